/* Dues (hội phí; DOMAIN 7: rates and shares by a table with exemptions): who is liable for a year, who has
 * paid, what is owed, whose share is what. Pure; both sides run it.
 *
 * Rules:
 *  - The rate of a year is the one in force on the day on which liability is decided, which is the year's
 * last day or today when that is earlier: it has begun (an incomplete date on its first possible day) and not
 *    ended (on its last possible day it still holds); of several the one that began last.
 *  - Liable is who stands on that day as a member of the union, and an honorary member too, unless the rate
 *    exempts her: honorary members; those of poor, near-poor or policy households; who works away by her
 *    standing; who is surely of the age by then (an incomplete birth on its last possible day). Whoever joins
 *    within the year is liable for the whole of it.
 *  - Paid is what entries of dues for the year say, dated by the day of counting and not reversed by then:
 *    their months together, no months given being all twelve, and twelve at most. Who is exempt and pays has
 *    paid, too.
 *  - Owed are the months that are missing, by the rate. Without a rate nothing is owed and nobody is exempt.
 *  - Shares are of all dues received for the year, in whole đồng; what division leaves over goes to the
 * largest remainders, so that the shares sum to the whole. */
#ifndef HV_DUES_H
#define HV_DUES_H

#include "common/people.h"

#define DUES_MONTHS 12

/* Whose share it is, in the order of the rate's fields. */
enum dues_share { DUES_GROUP, DUES_COMMUNE, DUES_DISTRICT, DUES_PROVINCE, DUES_CENTRE, DUES_SHARES };

struct dues_rate {
    const struct record *record; /* NULL: no rate is in force */
    int64_t monthly;             /* đồng */
    int share[DUES_SHARES];      /* percent */
    int64_t exempt;              /* set: exempt_codes */
};

struct dues_rate dues_rate_on(const struct records *rates, int32_t day);

/* The day on which liability for the year is decided. */
int32_t dues_day(int32_t year, int32_t today);

enum dues_state { DUES_UNPAID, DUES_PART, DUES_PAID, DUES_EXEMPT };

/* Somebody who stands as a member, or who has paid. */
struct dues_member {
    const struct person *person;
    bool stands;
    int exempt;   /* code of exempt_codes, or -1; the first that holds */
    int months;   /* paid: 0 to 12 */
    int64_t paid; /* đồng */
    int64_t owed; /* đồng */
};

struct dues {
    struct dues_rate rate;
    struct dues_member *list; /* by member's id */
    size_t count;
    int64_t received; /* for the year, from whomever */
};

/* Liability for `year` decided on `decided`, payments up to the end of `counted`. Everything lies in the
 * input's arena. ERR_BAD_NUMBER when a sum is beyond 64 bits. */
enum err dues_load(const struct tally_input *in, int32_t year, int32_t decided, int32_t counted,
                   struct dues *out, struct fault *f) HV_MUST_USE;

/* NULL: she neither stands nor has paid. */
const struct dues_member *dues_find(const struct dues *d, const struct id *member);

/* DUES_EXEMPT only while nothing is paid. */
enum dues_state dues_state_of(const struct dues_member *m);

/* The parts of `received` by the rate; all 0 without one. */
void dues_split(const struct dues_rate *rate, int64_t received, int64_t out[DUES_SHARES]);

#endif
