/* Between what a person types or a CSV cell holds and a value: one reading and one writing for forms, lists
 * and files. */
#ifndef HV_CELL_H
#define HV_CELL_H

#include "client/book.h"

/* Where references are looked up: groups by name, records by id or, if unambiguous, by the beginning of the
 * id. */
struct cells {
    struct book *book;
    const struct ui *ui;
    struct arena *arena;       /* values read lie here */
    struct arena *keep;        /* what is remembered from one row to the next lies here; NULL: in `arena` */
    bool plain;                /* writing: ISO dates, tokens, true/false */
    bool exact;                /* writing: references that read back as the same record */
    bool of_voided;            /* finding by name: among voided records */
    bool points;               /* writing: sums of money with points between thousands */
    struct cell_group *groups; /* names known so far, by folded name */
    size_t group_count;
    size_t group_room;
};

/* Puts the value of field `i` into `c`. An empty text leaves the field untouched; "-" clears it. The fault's
 * text is a sentence in the user's language without the field's name (the caller puts line and field before
 * it): numbers that a spreadsheet mangled are named as such. */
enum err cell_read(struct cells *x, struct change *c, size_t i, const char *text, size_t n,
                   struct fault *f) HV_MUST_USE;

/* Text for a value of a record; "" when not set. In the arena. */
const char *cell_write(struct cells *x, const struct record *r, size_t i);

/* A group by name or id, the end of an id too. ERR_NO_SUCH_RECORD; ERR_EXISTS when several groups bear the
 * name: the fault names them with what tells them apart. */
enum err cell_group_find(struct cells *x, const char *name, struct id *out, struct fault *f) HV_MUST_USE;

/* Makes the group known under its name (one that is just being added). */
enum err cell_group_learn(struct cells *x, const char *name, const struct id *id,
                          struct fault *f) HV_MUST_USE;

/* A record by its id or the end of it (at least 4 characters, see id_short), or by its
 * name when no other bears it; ERR_EXISTS as above. */
enum err cell_record_find(struct cells *x, const struct kind *kind, const char *text, struct id *out,
                          struct fault *f) HV_MUST_USE;

/* What a record is called: its name, else its cause or date, else its id. */
const char *cell_name(struct cells *x, const struct record *r);

/* The field of this name: as an option, as a column, or its label in either language; -1: none. */
int cell_field_of(struct arena *a, const struct kind *kind, const char *word);

/* The field's name as an option: group_id is "group", citizen_no is "citizen-no". */
const char *cell_option_name(struct arena *a, const struct kind *kind, size_t i);

#endif
