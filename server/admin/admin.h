/* What the operator's commands share, and the list of them (cmd_*.c). */
#ifndef HV_ADMIN_H
#define HV_ADMIN_H

#include "common/kind.h"
#include "common/ui.h"
#include "server/config.h"
#include "server/db.h"
#include "server/import.h"

struct admin {
    struct ui ui;
    struct arena *arena;
    struct config config;
    struct db *db;           /* as owner; opened by admin_open */
    struct cluster *cluster; /* started for this run, or NULL */
};

/* Options of the program, taken by every command. */
extern const struct option_row admin_options[];
extern const struct command admin_commands[];

/* Reads the configuration and starts the private cluster when none is up. A data folder without one is
 * refused, for its name may be mistyped, unless `make`. */
enum err admin_configure(struct admin *m, const struct options *o, bool make, struct fault *f) HV_MUST_USE;

/* Configures and connects as owner. */
enum err admin_open(struct admin *m, const struct options *o, struct fault *f) HV_MUST_USE;

/* Closes what was opened, and stops the cluster if this run started it. */
void admin_close(struct admin *m);

/* Runs a statement of server/admin/sql, or of server/sql, by its name. */
enum err admin_run(struct admin *m, const char *name, const struct db_params *p, struct db_result **out,
                   struct fault *f) HV_MUST_USE;

/* Notes an act of the operator: in the table and in the log; ids and codes only. */
enum err admin_act(struct admin *m, const char *verb, const char *subject, struct fault *f) HV_MUST_USE;

/* A unit by CODE or CODE@DATE. ERR_NO_SUCH_UNIT. */
struct admin_unit {
    int32_t id;
    int32_t level;
    const char *code;
    const char *name;
};
enum err admin_unit_find(struct admin *m, const char *code, struct admin_unit *out,
                         struct fault *f) HV_MUST_USE;

/* What goes into enrolment codes: the server's public key and the endpoints it announces (separated by ' ').
 */
enum err admin_announce(struct admin *m, uint8_t key[32], const char **endpoints,
                        struct fault *f) HV_MUST_USE;

/* What --format and --plain ask for. ERR_USAGE. */
enum list_form { LIST_TABLE, LIST_CSV, LIST_PLAIN };
enum err admin_form(const struct admin *m, const struct options *o, enum list_form *form,
                    struct fault *f) HV_MUST_USE;

/* A result as table or CSV with these headings; a number column is set right. */
struct list_column {
    struct text_pair heading;
    enum { LIST_TEXT, LIST_NUMBER, LIST_DATE, LIST_CODE, LIST_TOKEN } type;
    const struct code *codes; /* of a number (LIST_CODE) or token (LIST_TOKEN): shown by its words, in plain
                                 CSV by its token */
};
enum err admin_list(struct admin *m, const struct options *o, const struct db_result *r,
                    const struct list_column *columns, size_t count, struct fault *f) HV_MUST_USE;

/* A result as the CSV file that an import takes: English headings are the columns' names, codes are tokens.
 * For Excel, or with --plain for programs. */
void admin_export(struct admin *m, const struct options *o, const struct db_result *r,
                  const struct list_column *columns, size_t count);

/* Imports the file that the options name: `import`, or where that is NULL the figures of this name. */
enum err import_run(struct admin *m, const struct import *import, const char *figures,
                    const struct options *o, struct fault *f) HV_MUST_USE;

enum err cmd_migrate(void *program, const struct options *o, struct fault *f);
enum err cmd_unit_import(void *program, const struct options *o, struct fault *f);
enum err cmd_unit_list(void *program, const struct options *o, struct fault *f);
enum err cmd_unit_export(void *program, const struct options *o, struct fault *f);
enum err cmd_population_import(void *program, const struct options *o, struct fault *f);
enum err cmd_population_list(void *program, const struct options *o, struct fault *f);
enum err cmd_population_export(void *program, const struct options *o, struct fault *f);
enum err cmd_target_import(void *program, const struct options *o, struct fault *f);
enum err cmd_target_list(void *program, const struct options *o, struct fault *f);
enum err cmd_target_export(void *program, const struct options *o, struct fault *f);
enum err cmd_enrol(void *program, const struct options *o, struct fault *f);
enum err cmd_code_list(void *program, const struct options *o, struct fault *f);
enum err cmd_code_cancel(void *program, const struct options *o, struct fault *f);
enum err cmd_device_list(void *program, const struct options *o, struct fault *f);
enum err cmd_setting_list(void *program, const struct options *o, struct fault *f);
enum err cmd_setting_set(void *program, const struct options *o, struct fault *f);
enum err cmd_device_revoke(void *program, const struct options *o, struct fault *f);
enum err cmd_status(void *program, const struct options *o, struct fault *f);
enum err cmd_connection(void *program, const struct options *o, struct fault *f);
enum err cmd_month_end(void *program, const struct options *o, struct fault *f);
enum err cmd_verify(void *program, const struct options *o, struct fault *f);

#endif
