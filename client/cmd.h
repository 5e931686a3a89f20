/* The clerk's commands (cmd_*.c): what they share and the list of them. */
#ifndef HV_CMD_H
#define HV_CMD_H

#include "client/book.h"
#include "client/exchange.h"
#include "common/right.h"
#include "common/ui.h"

struct client {
    struct ui ui;
    struct arena *arena;
    const char *folder;
    struct book *book; /* opened by client_open */
};

/* Options of the program: --dir. */
extern const struct option_row client_options[];

/* All commands: the fixed ones and, for each kind, add, edit, show, list, search, void, import, export, with
 * options made from the registry. The table lies in the arena and ends with NULL words; NULL when memory is
 * out. */
const struct command *client_commands(struct arena *a);

/* Those of one kind alone, for who sits there: options of fields that are another's tell whose they are.
 * `out` has room for kind_command_room(). False: no memory. */
bool kind_commands(struct arena *a, enum seat seat, const struct kind *kind, struct command *out,
                   size_t *count);
size_t kind_command_room(void);

/* The folder that --dir names, or the default one; opening the register in it, unless one is open already. */
enum err client_folder(struct client *c, const struct options *o, struct fault *f) HV_MUST_USE;
enum err client_open(struct client *c, const struct options *o, struct fault *f) HV_MUST_USE;

/* The name of a record, in the arena; "" as far as it has none here. */
enum err client_name_of(struct client *c, const struct kind *kind, const struct id *id, struct bytes *out,
                        struct fault *f) HV_MUST_USE;

/* What tells the record from others of its kind, in the arena: its name, else the values that it must have.
 */
enum err client_title_of(struct client *c, const struct record *r, const char **out,
                         struct fault *f) HV_MUST_USE;

/* One line for each change that stands refused: what, why, and what to do. */
enum err client_say_refused(struct client *c, struct fault *f) HV_MUST_USE;

/* Commands of every kind (cmd_record.c, cmd_list.c, cmd_import.c); options.command->data is the kind. */
enum err cmd_record_add(void *program, const struct options *o, struct fault *f);
enum err cmd_record_edit(void *program, const struct options *o, struct fault *f);
enum err cmd_record_show(void *program, const struct options *o, struct fault *f);
enum err cmd_record_void(void *program, const struct options *o, struct fault *f);
enum err cmd_record_list(void *program, const struct options *o, struct fault *f);
enum err cmd_record_search(void *program, const struct options *o, struct fault *f);
enum err cmd_record_import(void *program, const struct options *o, struct fault *f);
enum err cmd_record_export(void *program, const struct options *o, struct fault *f);

enum err cmd_member_event(void *program, const struct options *o, struct fault *f);
enum err cmd_member_join(void *program, const struct options *o,
                         struct fault *f); /* member into further groups */
enum err cmd_member_ask(void *program, const struct options *o, struct fault *f);
enum err cmd_member_to_ask(void *program, const struct options *o, struct fault *f);
enum err cmd_member_sheet(void *program, const struct options *o, struct fault *f);
/* Who came: members to an activity, officers to a course (cmd_activity.c). */
enum err cmd_activity_attend(void *program, const struct options *o, struct fault *f);
enum err cmd_course_attend(void *program, const struct options *o, struct fault *f);
enum err cmd_init(void *program, const struct options *o, struct fault *f);
enum err cmd_sync(void *program, const struct options *o, struct fault *f);
enum err cmd_target(void *program, const struct options *o, struct fault *f);
enum err cmd_result(void *program, const struct options *o, struct fault *f);
enum err cmd_explain(void *program, const struct options *o, struct fault *f);
enum err cmd_status(void *program, const struct options *o, struct fault *f);
enum err cmd_report(void *program, const struct options *o, struct fault *f); /* data: the report */
enum err cmd_backup(void *program, const struct options *o, struct fault *f);

#endif
