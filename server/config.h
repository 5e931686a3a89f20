/* Configuration of the server and its admin program: a data folder with a PostgreSQL cluster of its own, or a
 * file that names a database. */
#ifndef HV_CONFIG_H
#define HV_CONFIG_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/keys.h"
#include "common/log.h"
#include "common/ui.h"

#define CONFIG_ENDPOINTS 8

struct config {
    const struct ui *ui; /* in whose language the operator is told what is wrong */
    const char *data;    /* folder of the private cluster, or NULL */
    const char *path;    /* of the file, or NULL */
    const char *listen[CONFIG_ENDPOINTS];
    size_t listen_count;
    const char *announce;         /* endpoints for enrolment codes, separated by ' '; NULL: those of listen */
    const char *connection;       /* of the server's role; with a data folder filled by the cluster */
    const char *owner_connection; /* of the role that owns the tables */
    const char *report_connection; /* NULL: the same */
    const char *key_file;
    const char *endpoint_file; /* gets the endpoints as bound; NULL: none */
    const char *pg_bin;        /* folder of postgres and initdb; NULL: the newest that is installed */
    int sync_workers;
    int report_workers;
    int report_timeout_ms;
    enum log_level log_level;
};

/* Reads DIR/hoivien.conf if it is there (data) or the file (path); one of them must be given. Everything lies
 * in the arena. The fault names file, line and key. */
enum err config_load(struct arena *a, const struct ui *ui, const char *data, const char *path,
                     struct config *out, struct fault *f) HV_MUST_USE;

/* What a start would find missing in the files that are named: key, folders to write to, PostgreSQL's
 * programs. */
enum err config_check(const struct config *c, struct fault *f) HV_MUST_USE;

/* Endpoints separated by blanks. ERR_BAD_FORMAT. */
enum err config_listen(struct arena *a, struct config *c, const char *text, struct fault *f) HV_MUST_USE;

/* The server's key pair from the key file: its secret half in hex. Made (0600) when it is not there and
 * `make`. Refuses a file that others may read. */
enum err config_key(const struct config *c, bool make, struct curve_pair *out, struct fault *f) HV_MUST_USE;

#endif
