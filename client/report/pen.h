/* The province's pen: registers of the province's own stream and of communes' streams, each of the same make
 * as a commune's, and the clerk's commands on them. */
#ifndef HV_PEN_H
#define HV_PEN_H

#include "client/cmd.h"
#include "client/report/report.h"

/* The commands of the kinds that a province enters. Adds to `out`, which has room for pen_command_room();
 * false: no memory. */
size_t pen_command_room(void);
bool pen_commands(struct arena *a, struct command *out, size_t *count);

/* Opens the register that a command is about: the province's own, or with --commune that commune's, which is
 * made when it is not there yet. */
enum err pen_open(struct reporter *r, const struct options *o, bool of_commune, struct client *out,
                  struct fault *f) HV_MUST_USE;

void pen_close(struct reporter *r, struct client *c);

extern const struct option_row pen_commune_option;

/* Calls for each register there is, the province's own first, then those of communes by code. The own one
 * must be open. */
typedef enum err pen_fn(void *context, struct client *c, struct fault *f);
enum err pen_each(struct reporter *r, pen_fn *fn, void *context, struct fault *f) HV_MUST_USE;

#define PEN_BATCH 500

/* Sends what waits and fetches what others changed; without a link that is no fault. With one, what waits in
 * the other registers goes too. */
enum err pen_pull(struct reporter *r, struct client *c, bool *no_link, struct fault *f) HV_MUST_USE;

enum err cmd_report_sync(void *program, const struct options *o, struct fault *f);
enum err cmd_report_status(void *program, const struct options *o, struct fault *f);

enum err cmd_notice_seen(void *program, const struct options *o, struct fault *f);

#endif
