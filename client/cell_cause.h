/* Causes by their words: a plan has few, and nobody knows them by their ids. */
#ifndef HV_CELL_CAUSE_H
#define HV_CELL_CAUSE_H

#include "client/cell.h"

/* Those whose cause is this word: its token or its words in either language, whatever their tones, or the
 * text as it was entered. Void ones are left out. */
enum err cell_cause_each(struct cells *x, const char *text, book_fn *fn, void *context,
                         struct fault *f) HV_MUST_USE;

#endif
