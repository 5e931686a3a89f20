/* Population figures and targets by command: imports, and one figure or target by options. */
#ifndef HV_FIGURE_COMMAND_H
#define HV_FIGURE_COMMAND_H

#include "client/report/report.h"
#include "common/import_column.h"

/* Adds these commands to `out`; false: no memory. Each one's data is "population" or "target". */
#define FIGURE_COMMANDS 7
bool figure_commands(struct arena *a, struct command *out);

/* Hands the text to the server, or asks for what stands when it is NULL. */
enum err figures_ask(struct reporter *r, const struct options *o, const struct bytes *text,
                     Hv__FiguresReply **reply, struct fault *f) HV_MUST_USE;

/* What the reply says of the change to each figure. */
void figures_say_differences(struct reporter *r, const Hv__FiguresReply *reply);

/* The column's name as an option: term_from is "term-from". */
const char *figures_option(struct arena *a, const char *column);

enum err cmd_figures_import(void *program, const struct options *o, struct fault *f);
enum err cmd_figures_add(void *program, const struct options *o, struct fault *f);
enum err cmd_figures_edit(void *program, const struct options *o, struct fault *f);
enum err cmd_figures_list(void *program, const struct options *o, struct fault *f);

#endif
