/* What a record that is fine by itself must still fit: its group, its own other fields as they will be, and
 * those that are there already. */
#ifndef HV_FIT_H
#define HV_FIT_H

#include "client/cmd.h"
#include "proto/report.pb-c.h"

/* Fills in what follows from who writes: the side that proposes a cause or remedy agrees to it; a plan that a
 * province writes gets the key of the commune's target that it names by number, title or key (the first
 * deciding one that is not met when a new plan names none), the figure that meets it, and its day. Asks the
 * server for the commune's targets; without a link those of the last time must do. ERR_UNKNOWN_VALUE with the
 * targets that there are. */
enum err fit_prepare(struct client *c, struct arena *a, struct change *change, bool creates,
                     struct fault *f) HV_MUST_USE;

/* Checks the record as the change will leave it: a post and its group, a group and the ones above and below
 * it, codes of communes, spans of dates, counts. What the change does not touch is not held against it. The
 * fault is a sentence that names the field: ERR_BAD_FORMAT, ERR_BAD_DATE, ERR_BAD_NUMBER. */
enum err fit_check(struct client *c, struct arena *a, const struct change *change, bool creates,
                   struct fault *f) HV_MUST_USE;

/* The same of a record that the server refused, as it stands here beside all that came down since: the group
 * of a post, those below a group, a plan's other main cause, codes of communes. The fault is a sentence that
 * names the field and what to do now; ERR_OK: it fits by now. */
enum err fit_refused(struct client *c, const struct record *r, struct fault *f) HV_MUST_USE;

/* What is doubtful in a record of the register and yet stands: check_warning, an activity outside its group's
 * life, a group with posts of another type, an event that changes nothing. One sentence into `out`, the first
 * that holds; `out` is empty when there is none. */
enum err fit_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                   struct fault *f) HV_MUST_USE;

/* ---- one record by itself, and the fund; parts of the two above ---- */

/* What the fields must be to each other (check_whole), and the bounds of a number: a sentence with the field.
 */
enum err fit_whole_check(struct client *c, const struct record *r, struct fault *f) HV_MUST_USE;
enum err fit_bounds_check(struct client *c, struct arena *a, const struct record *r, int i,
                          struct fault *f) HV_MUST_USE;

/* Entries, reversals and closings: written once, in years that are open; an entry is reversed once and not
 * before its day; no money is collected while a loan is paid out. */
enum err fit_fund_check(struct client *c, struct arena *a, const struct change *change,
                        const struct record *r, struct fault *f) HV_MUST_USE;
/* The fault of touching one that is in the book: a sentence that says what to do instead. */
enum err fit_kept_fault(struct client *c, const struct kind *kind, const struct id *id, struct fault *f);
enum err fit_fund_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f) HV_MUST_USE;

/* A payment of dues that is not its months at the rate in force, and more months than a year has. */
enum err fit_dues_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f) HV_MUST_USE;

/* Another who holds the same post of the same group at the same time. */
enum err fit_post_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f) HV_MUST_USE;

/* ---- plans and their parts; parts of the two above ---- */

enum err fit_plan_check(struct client *c, struct arena *a, const struct change *change,
                        const struct record *r, struct fault *f) HV_MUST_USE;
enum err fit_plan_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f) HV_MUST_USE;

/* Says which target the plan is for and how far it has come, by the last report; nothing without one. */
enum err fit_plan_show(struct client *c, const struct record *r, struct fault *f) HV_MUST_USE;

/* The plan's target among those of the commune; NULL: not there. */
const Hv__TargetLine *fit_plan_line(const Hv__TargetReport *r, const struct record *plan);

/* ---- likely the same ---- */

/* What tells records of one kind apart as far as a list can: two with equal keys are likely one. */
struct likeness {
    uint64_t key;
    int32_t birth;  /* 0: not known, or nothing of the kind */
    uint64_t apart; /* 0: none; two that both have one and differ are two */
};

/* Whether records of the kind are looked at for likely duplicates; whether `add` does so, too. */
bool likeness_is_known(const struct kind *kind);
bool likeness_is_asked(const struct kind *kind);

enum err likeness_of(struct arena *a, const struct record *r, struct likeness *out,
                     struct fault *f) HV_MUST_USE;
bool likeness_equal(const struct likeness *x, const struct likeness *y);

/* Shows what is likely the same and refuses (ERR_EXISTS, a sentence). The kind must be known. */
enum err fit_not_here(struct client *c, const struct change *change, struct fault *f) HV_MUST_USE;

/* "name, birth": the fields by which the kind's records are likely one, in words. NULL: no memory. */
const char *likeness_words(struct arena *a, const struct kind *kind, enum lang lang);

#endif
