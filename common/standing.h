/* Standing: when a member counts, as what, and where (DOMAIN 4 and 5, DESIGN 3). Pure; both sides run it.
 *
 * Rules:
 *  - Events that are not void are ordered by (last possible day, rank of the type, id); the rank is the
 * number of the type in proto/record.proto, so on one day entering comes before leaving.
 *  - She stands from the beginning of time unless her first event enters (joined, moved in, returned);
 * entering starts an interval on its day, leaving (moved out, left, removed, died) ends it on its day, that
 * day no longer included.
 *  - An event that changes nothing counts nothing. After a death nothing changes any more.
 *  - A permanent resident counts at once, and so does one whose residence is not given. A temporary resident
 * counts from the day six calendar months after the last possible day of `residence_since`, and not at all
 * while that date is unknown. One who resides elsewhere does not count.
 *  - Each interval carries the category (none given: ordinary), whether she works away and what she is
 * besides (flags: core, holds a card); an interval is cut at the last possible day of `away_since`.
 *  - A void member has no interval; an empty interval is left out. */
#ifndef HV_STANDING_H
#define HV_STANDING_H

#include "common/value.h"

/* What a member is besides her category, as bits that the databases keep. */
enum { STANDING_CORE = 1, STANDING_CARD = 2 };

struct standing_member {
    const struct id *group; /* NULL: none */
    int32_t category;
    int32_t residence;       /* 0: not given */
    int32_t residence_since; /* 0: not given */
    int32_t away_since;      /* 0: not given */
    int32_t flags;           /* STANDING_CARD: the number or the day of a card is given */
    bool voided;
};

struct standing_event {
    struct id id;
    int32_t type;
    int32_t date;
    bool voided;
};

/* [from, to): `to` is DATE_MAX while it lasts, `from` is DATE_MIN when she always stood. The types of the
 * events that begin and end it are derived, not stored; 0: none does (she always stood, her residence came to
 * count, it lasts, she went to work away). */
struct interval {
    struct id group;
    int32_t category;
    int32_t flags;
    bool away;
    uint8_t begun_by;
    uint8_t ended_by;
    int32_t from;
    int32_t to;
};

/* Intervals that `events` can make at most, so that the caller can give room. */
#define STANDING_ROOM(events) ((events) + 3)

/* Sorts `events` in place and writes the intervals in the order of their dates. Returns how many. */
size_t standing_of(const struct standing_member *m, struct standing_event *events, size_t event_count,
                   struct interval *out);

/* What the intervals are made of, for those who explain them. Events that are not void and of a known type
 * come to the front, in their order; returns how many. */
size_t standing_order(struct standing_event *events, size_t count);

/* Whether an event of this type enters; of the known types, the others leave. */
bool standing_enters(int32_t type);

/* The first day on which her residence lets her count; DATE_MAX: never. */
int32_t standing_residence_from(const struct standing_member *m);

/* The parts of records that standing needs. `r` must be of kind_member, kind_event. */
struct standing_member standing_member_of(const struct record *r);
struct standing_event standing_event_of(const struct record *r);

#endif
