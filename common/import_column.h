/* The columns of the files of population figures and of targets, and which words they take: one table for the
 * import, the pen's options and all help. Pure. */
#ifndef HV_IMPORT_COLUMN_H
#define HV_IMPORT_COLUMN_H

#include "common/arena.h"
#include "common/kind.h"

enum column_measures { MEASURES_NONE, MEASURES_ALL, MEASURES_OF_GROUPS };

struct import_column {
    const char *name;
    bool optional;
    bool is_date;                  /* handed on as yyyymmdd when it is one */
    bool is_number;                /* whole */
    const struct code *codes;      /* a column NAME_number is added: the code of the token, or null */
    const struct code *words;      /* further words, which have no such column */
    enum column_measures measures; /* takes the names of these measures too */
    struct text_pair label;
};

extern const struct import_column population_columns[], target_columns[];
extern const size_t population_column_count, target_column_count;

/* Levels of units and of terms. */
extern const struct code level_codes[];

/* "population" or "target"; NULL: there are no such figures. */
const struct import_column *import_columns(const char *name, size_t *count);

/* Whether it takes certain words only; whether this is one of them. */
bool import_takes_words(const struct import_column *c);
bool import_takes(const struct import_column *c, const char *word);

/* The words: "a, b", or with their meaning "a = Nhóm; b = Tổ". "" when any text is taken; NULL: no memory. */
const char *import_tokens(struct arena *a, const struct import_column *c);
const char *import_words(struct arena *a, const struct import_column *c, enum lang lang);

/* For the help of an import: the columns, and below them a line for each that takes certain words. */
const char *import_help(struct arena *a, const char *name, enum lang lang);

/* What an import changes: what happens ("new", "supersedes", "renamed", "succeeds"), whose figure, of which
 * term or title, before, after, number of the population type or "". */
#define IMPORT_DIFFERENCE 6
const char *import_difference(struct arena *a, enum lang lang, const char *const cells[IMPORT_DIFFERENCE]);

#endif
