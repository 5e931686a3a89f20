/* The parts of an import (import_*.c): headings, cells, whose row it is, bad lines. */
#ifndef HV_IMPORT_H
#define HV_IMPORT_H

#include "client/cell.h"
#include "client/cmd.h"
#include "common/csv.h"

#define IMPORT_MAX_COLUMNS CSV_MAX_COLUMNS

/* What a column of the file is. */
enum { COLUMN_IGNORED = -1, COLUMN_ID = -2, COLUMN_JOINED = -3, COLUMN_DECISION = -4, COLUMN_SILENT = -5 };

struct known; /* what is in the register already, and the keys to find it by (import_match.c) */

struct import {
    struct client *client;
    const struct kind *kind;
    struct cells cells;
    struct arena *row;               /* reset after each row */
    int columns[IMPORT_MAX_COLUMNS]; /* field index, or one of the above */
    size_t column_count;
    bool check_only;
    bool anyway;
    bool add_groups;

    struct known *known;
    size_t known_count;
    size_t known_room;
    uint32_t *by_name; /* hash tables of places in `known` plus one */
    uint32_t *by_citizen;
    size_t slots;

    const char *bad_path;
    FILE *bad_file;
    struct csv_out bad_csv;
    const char **headings;

    size_t lines;
    size_t added;
    size_t updated;
    size_t unchanged;
    size_t bad;
    size_t doubts;
    bool phone_mended; /* in this row */
    size_t alike;
    size_t groups_added;
};

/* Understands the first line: names of fields, labels in both languages, aliases, with or without tones.
 * Required columns of a new record may be missing if the file has ids. Columns that mean nothing here are
 * named once and passed over. */
enum err import_heading(struct import *m, const struct csv_row *row, struct fault *f) HV_MUST_USE;

/* Reads the cells into the change, adding groups where asked to. The fault is a sentence with the field. */
enum err import_read(struct import *m, const struct csv_row *row, struct change *c,
                     struct fault *f) HV_MUST_USE;

/* Who is in the register already. */
enum err import_index(struct import *m, struct fault *f) HV_MUST_USE;

/* Whose row it is: by id, by citizen number, by the ids a relation joins; otherwise somebody new, unless she
 * is likely here already (ERR_EXISTS). A citizen number never leads to somebody with another name or year of
 * birth, nor goes to a second person (ERR_EXISTS). */
enum err import_match(struct import *m, struct change *c, bool *creates, struct fault *f) HV_MUST_USE;

/* Keeps a record as it is now in mind for the lines to come. */
enum err import_remember(struct import *m, const struct record *r, struct fault *f) HV_MUST_USE;

/* The event of joining, checked, where the file tells the date and the member has none yet; otherwise *out is
 * NULL. The fault is a sentence with the field. */
enum err import_event(struct import *m, const struct csv_row *row, const struct change *c, bool creates,
                      struct change **out, struct fault *f) HV_MUST_USE;

/* Puts back the leading 0 that a spreadsheet took from a telephone number, where that is beyond doubt. */
enum err import_phone(struct import *m, struct change *c, size_t field, struct fault *f) HV_MUST_USE;

/* What is doubtful in a line and stands: the first 20 are told, the others counted. `event` may be NULL. */
enum err import_doubt_row(struct import *m, long line, const struct record *r, const struct change *event,
                          struct fault *f) HV_MUST_USE;
void import_doubt(struct import *m, long line, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
void import_doubt_end(const struct import *m);

/* Notes a bad line with its reason; ERR_FILE when the file to mend can't be written. */
enum err import_bad(struct import *m, const struct csv_row *row, const struct fault *why,
                    struct fault *f) HV_MUST_USE;
enum err import_bad_end(struct import *m, struct fault *f);

#endif
