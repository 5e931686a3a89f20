/* The commands about the fund (cmd_fund*.c, fund_command.c). */
#ifndef HV_FUND_COMMAND_H
#define HV_FUND_COMMAND_H

#include "client/fund.h"

enum err cmd_fund_book(void *program, const struct options *o, struct fault *f);
enum err cmd_fund_statement(void *program, const struct options *o, struct fault *f);
enum err cmd_fund_dues(void *program, const struct options *o, struct fault *f);
enum err cmd_fund_close(void *program, const struct options *o, struct fault *f);

/* What the options --year, --from, --to, --level, --group choose, with the book: the period (default: this
 * year) and the fund (default: all of them). Opens the register. */
struct fund_choice {
    struct fund_book book;
    int32_t from, day;
    size_t fund; /* one that the book lacks: book.fund_count, which no line has */
};
enum err fund_choose(struct client *c, const struct options *o, struct fund_choice *out,
                     struct fault *f) HV_MUST_USE;

/* A year in digits. NULL: ERR_USAGE with a sentence, as for what is none. */
enum err fund_year(const struct ui *ui, const char *text, int32_t *out, struct fault *f) HV_MUST_USE;

/* The table of the commands, which ends with NULL words. */
extern const struct command fund_commands[];
#define FUND_COMMANDS 4

#endif
