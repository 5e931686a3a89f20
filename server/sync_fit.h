/* Rules about a record and others of its stream (sync_fit*.c): who holds a place already, what a group must
 * be for its post. A rule is a row of fit_rules and a function: the looking up, one statement a rule and
 * batch, is done for it.
 *
 * A rule sees records as they will be: what this batch changes besides counts as changed, unless it has been
 * refused by then. Of a kind that comes later in the registry only what is stored is seen. */
#ifndef HV_SYNC_FIT_H
#define HV_SYNC_FIT_H

#include "server/sync.h"

/* A record that a rule looked up. */
struct fit_other {
    const struct entry *entry;   /* that changes it in this batch, or NULL */
    const struct record *before; /* as it is stored, or NULL */
    const struct record *after;  /* as the batch would leave it, or NULL */
};

struct fit_state;

/* An entry that woke a rule. */
struct fitting {
    const struct sync *sync;
    struct entry *entry;
    const struct record *record; /* as it will be */
    const struct id *key;        /* NULL: there is nothing to look up */
    /* set by fit_next: */
    const struct fit_other *other;
    const struct record *now; /* the other one, as it will be */
    const struct fit_state *state;
    size_t node;
};

/* By what the others are found; false: by nothing. */
typedef bool fit_key(const struct sync *s, const struct record *r, struct id *out);

/* Refuses the entry (entry_refuse) if it does not fit. May be asked more than once, as further refusals leave
 * more in its place. */
typedef void fit_fn(struct fitting *x);

#define FIT_FIELDS 4

struct fit_rule {
    const struct kind *kind;
    const char *fields[FIT_FIELDS]; /* a change of one of them wakes the rule */
    fit_key *key;
    const struct kind *others;
    const char *by; /* the others' field that must be the key (one of store_referring); NULL: their id */
    fit_fn *check;
};

extern const struct fit_rule fit_rules[]; /* up to a row without a kind */

/* The next of the others, the entry itself not; false: no more. */
bool fit_next(struct fitting *x);

#endif
