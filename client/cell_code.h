/* Cells whose values have words: codes, sets of codes, open lists. */
#ifndef HV_CELL_CODE_H
#define HV_CELL_CODE_H

#include "client/cell.h"

/* By token, by label in either language, or as lists say it (codes_said), whatever the tones; NULL: none. */
const struct code *cell_code_find(struct cells *x, const struct code *codes, const char *text);

/* The same; ERR_UNKNOWN_VALUE names those that there are. */
enum err cell_code_read(struct cells *x, struct change *c, size_t i, const char *text,
                        struct fault *f) HV_MUST_USE;

/* Several of them, between commas or semicolons or plus signs; a label may itself hold a comma. */
enum err cell_set_read(struct cells *x, struct change *c, size_t i, const char *text,
                       struct fault *f) HV_MUST_USE;

/* What is in the list becomes its token, anything else stays as it was written. */
enum err cell_open_read(struct cells *x, struct change *c, size_t i, const char *text,
                        struct fault *f) HV_MUST_USE;

/* A field of members that may be asked for (CHECK_MEMBER_FIELD): by its option's name, its column, its label
 * or its number. */
enum err cell_field_read(struct cells *x, struct change *c, size_t i, const char *text,
                         struct fault *f) HV_MUST_USE;
const struct code *cell_field_code(struct cells *x, const char *text); /* NULL: nothing to ask for */
const char *cell_field_write(struct cells *x, int64_t v);

const char *cell_code_write(struct cells *x, const struct code *codes, int64_t v);
const char *cell_set_write(struct cells *x, const struct code *codes, int64_t v);
const char *cell_open_write(struct cells *x, const struct code *codes, struct bytes text);

#endif
