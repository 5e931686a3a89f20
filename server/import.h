/* Imports from CSV, by the operator's program and by the province's pen: rows into the table `incoming`,
 * checked, compared, applied. */
#ifndef HV_IMPORT_FIGURES_H
#define HV_IMPORT_FIGURES_H

#include "common/arena.h"
#include "common/import_column.h"
#include "common/ui.h"
#include "server/db.h"

/* Who imports, inside a transaction of its own. */
struct importer {
    struct ui ui; /* the language of the faults */
    struct arena *arena;
    struct db *db;
    int32_t above; /* only of this unit and those below it; 0: of any */
    enum err (*run)(struct importer *m, const char *statement, const struct db_params *p,
                    struct db_result **out, struct fault *f);
    void (*on_fault)(struct importer *m, int64_t line, const char *column, const char *text);
    void (*on_difference)(struct importer *m, const char *const cells[IMPORT_DIFFERENCE]);
    void *context;
};

struct import {
    const char *name; /* "unit": statements are unit_validate, unit_diff */
    const struct import_column *columns;
    size_t column_count;
    /* Adds further columns for a row (may be NULL): writes `extra_count` texts, NULL for null. */
    const char *const *extra;
    size_t extra_count;
    enum err (*derive)(struct importer *m, const char *const *cells, const char **extra, struct fault *f);
    enum err (*prepare)(struct importer *m, struct fault *f); /* after the checks, before the comparison */
    enum err (*apply)(struct importer *m, struct fault *f);
    int32_t argument; /* $1 of validate */
    bool is_limited;  /* validate takes the importer's unit as $2 */
    bool is_kept; /* `incoming` is a table of the schema, empty outside of imports; otherwise a temporary one
                   */
};

struct import_result {
    size_t lines;
    int changed;
    int faults; /* when there are any, nothing was changed */
};

/* Reads and checks the text, tells faults and differences, and applies it unless `check`; what a check leaves
 * in the transaction is to be rolled back. ERR_BAD_FORMAT with a sentence when it is no such file. */
enum err import_text(struct importer *m, const struct import *i, struct bytes text, bool check,
                     struct import_result *out, struct fault *f) HV_MUST_USE;

/* Cell of an import row by column name; "" when the file has no such column. */
const char *import_cell(const struct import *i, const char *const *cells, const char *name);

/* "population" or "target", as of a day; false: no such figures. Sets the day for the statements. */
enum err figures_import(struct importer *m, const char *name, int32_t today, struct import *out,
                        struct fault *f) HV_MUST_USE;

/* Those that stand and are of units of today, as the file that an import takes: of the importer's unit and of
 * those below and above it. In the importer's arena. */
enum err figures_list(struct importer *m, const char *name, int32_t today, struct bytes *out,
                      struct fault *f) HV_MUST_USE;

#endif
