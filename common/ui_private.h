/* What the files of ui share: reading a command line and showing help. */
#ifndef HV_UI_PRIVATE_H
#define HV_UI_PRIVATE_H

#include "common/ui.h"

extern const struct option_row ui_common_options[];

/* Reads argv[1] and on into `o`, whose rows must be there. `stop_at_word`: only what stands before the first
 * word that is no option, whose place is then in *next. ERR_USAGE with a sentence. */
enum err options_read(const struct ui *ui, struct options *o, int argc, char **argv, bool stop_at_word,
                      int *next, struct fault *f) HV_MUST_USE;

/* Refuses words beyond those that the command's usage line names. ERR_USAGE with a sentence. */
enum err options_check_words(const struct ui *ui, const struct options *o, struct fault *f) HV_MUST_USE;

/* Adds a list of rows (may be NULL). */
void options_add_rows(struct options *o, const struct option_row *rows);

/* The whole program; those commands whose first word is `word`; one command. */
void help_program(const struct ui *ui, const struct program *p, FILE *out);
void help_group(const struct ui *ui, const struct program *p, const char *word, FILE *out);
void help_command(const struct ui *ui, const struct program *p, const struct command *c, FILE *out);

/* Whether the first of the command's words is `word`. */
bool command_in_group(const struct command *c, const char *word);

#endif
