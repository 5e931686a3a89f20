/* What commands share: language, options from a table, exit status, help, tables on the terminal. */
#ifndef HV_UI_H
#define HV_UI_H

#include "common/csv.h"
#include "common/fault.h"
#include "common/lang.h"
#include <stdio.h>

enum exit_status { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_WRONG_USAGE = 2, EXIT_NO_LINK = 3 };

struct ui {
    enum lang lang;
    const char *program;
    const char *about; /* what a command must say besides to be about the same register; NULL: nothing */
};

/* For sentences that name a command: " --commune 31317" or "". */
static inline const char *ui_about(const struct ui *ui)
{
    return ui->about != NULL ? ui->about : "";
}

/* Sentences for a person. ui_say goes to standard output, ui_tell (progress, warnings, errors) to standard
 * error; a newline is added. */
void ui_say(const struct ui *ui, const char *vi, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
void ui_tell(const struct ui *ui, const char *vi, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* A fault whose text is in the user's language: a whole sentence. Texts of the operating system ("PATH:
 * reason") become sentences in ui_main. */
enum err ui_fault(const struct ui *ui, struct fault *f, enum err code, const char *vi, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* One option of a command; a list ends with a NULL name. A flag has no value_name. */
struct option_row {
    const char *name;       /* "group", for --group */
    char letter;            /* 'o' for -o, or 0; OPTION_REFUSED */
    const char *value_name; /* "FILE"; NULL: a flag */
    struct text_pair help;
};

/* In the place of the letter: an option that is another's to give. It is not listed, and whoever gives it is
 * told the sentence that stands as its help. */
#define OPTION_REFUSED '\1'

#define UI_MAX_OPTIONS 96
#define UI_MAX_GIVEN   256

struct command;

/* What was given. values[i] belongs to row i of the table: NULL when absent, "" for a flag, the last one when
 * given several times; all that was given stands in order in `all`. */
struct options {
    const struct command *command; /* the one that was asked for */
    const struct option_row *rows[UI_MAX_OPTIONS];
    size_t row_count;
    const char *values[UI_MAX_OPTIONS];
    struct {
        int row;
        const char *value;
    } all[UI_MAX_GIVEN];
    size_t all_count;
    int arg_count; /* words that are no options */
    const char **args;
};

/* One command; words are "member add"; "" as the first command: the program has no others. `arguments` also
 * says how many words are taken besides options: as many as it has, any number where it has "...". */
struct command {
    const char *words;
    const char *arguments;            /* "ID joined|left ..." for the usage line, or "" */
    struct text_pair help;            /* first line short, more may follow */
    const struct option_row *options; /* beyond the common ones: --lang, --help, and the program's */
    enum err (*run)(void *program, const struct options *o, struct fault *f);
    const void *data; /* what one function serves several commands by, such as a kind */
};

struct program {
    const char *name;
    struct text_pair help;
    const struct command *commands;   /* ends with NULL words */
    const struct option_row *options; /* of the program: taken by every command, before or after its words */
};

/* Finds the command, reads the options, prints help where asked (exit 0), runs it and turns its fault into a
 * sentence on standard error and an exit status. --lang, --help and --version are taken by every command.
 * `options` of program and command share values[]: the program's rows first. `ui` is filled from --lang and
 * the environment before `run`; `context` is handed to `run`. */
int ui_main(const struct program *p, struct ui *ui, void *context, int argc, char **argv);

/* Value of an option by name; NULL when absent, "" for a flag. */
const char *option(const struct options *o, const char *name);

/* Reads --format table|csv and --plain, which is a CSV too. ERR_USAGE with a sentence. */
enum err option_format(const struct ui *ui, const struct options *o, bool *is_csv,
                       struct fault *f) HV_MUST_USE;

/* A table whose columns fit their widest cell; numbers to the right. Cells are copied; line breaks and other
 * control characters become blanks. Ends the program when memory is out. */
struct table;
struct table *table_make(size_t columns);
/* Without any heading there is no heading line; a line break begins a further one. */
void table_heading(struct table *t, size_t column, const char *text, bool right);
void table_cell(struct table *t, const char *text); /* row by row */
void table_print(const struct table *t, FILE *out);
void table_free(struct table *t);

#endif
