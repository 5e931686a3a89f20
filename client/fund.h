/* The fund at the desk: the book over the rows here, its closed years, and what is said of days in the red.
 */
#ifndef HV_FUND_DESK_H
#define HV_FUND_DESK_H

#include "client/cmd.h"
#include "common/fund.h"

/* The rows here as the rules read them; `source` has room for what they need and outlives the input. */
struct fund_source {
    struct book *book;
    struct arena *arena;
};
enum err fund_desk_input(struct client *c, struct arena *a, struct fund_source *source,
                         struct tally_input *out, struct fault *f) HV_MUST_USE;

enum err fund_desk_book(struct client *c, struct arena *a, struct fund_book *out,
                        struct fault *f) HV_MUST_USE;

/* The last closed year of this register's own unit; 0: none. */
enum err fund_desk_closed(struct client *c, struct arena *a, int32_t *year, struct fault *f) HV_MUST_USE;

/* "Cấp xã", "Chi hội, tổ: Chi hội 1"; plain: the level's token */
const char *fund_desk_name(struct client *c, struct arena *a, const struct fund *fund, bool plain);

/* Money with points between thousands. */
const char *fund_desk_money(struct client *c, struct arena *a, int64_t n);

/* "the fund Commune is below zero from 10/02/2018 to 28/02/2018, at worst -12" */
const char *fund_desk_red(struct client *c, struct arena *a, const struct fund_book *b,
                          const struct fund_deficit *d);

/* The days in the red as they are now; NULL rows: none. For comparing before and after. */
struct fund_reds {
    struct fund_book book;
    struct fund_deficit *list;
    size_t count;
};
enum err fund_desk_reds(struct client *c, struct arena *a, struct fund_reds *out,
                        struct fault *f) HV_MUST_USE;

/* A line for each stretch of days in `now` that was not there, or not so far down, `before`. */
void fund_desk_say_new(struct client *c, struct arena *a, const struct fund_reds *before,
                       const struct fund_reds *now);

/* A line for each stretch in the open years, at most a few. */
enum err fund_desk_say_reds(struct client *c, struct fault *f) HV_MUST_USE;

#endif
