/* What is wrong with a field, in the clerk's words. */
#ifndef HV_FIELD_H
#define HV_FIELD_H

#include "common/fault.h"
#include "common/kind.h"
#include "common/lang.h"
#include "common/right.h"
#include "common/ui.h"

/* The sentence without the field's name for a refusal of field `i` (or -1): the right form of that field
 * where the code alone does not tell it. */
const char *field_words(const struct kind *kind, int i, enum err code, enum lang lang);

/* Makes of what check_change found the sentence "Field: what is wrong and what to do." Returns its code. */
enum err field_sentence(enum lang lang, const struct kind *kind, const struct fault *found, struct fault *f);

/* The side that is not the writer's, in words. */
const char *field_other_side(enum lang lang, enum seat seat);

/* The fault (ERR_AGREED) of changing field `i`, to which the other side has agreed: a sentence with what to
 * do instead. */
enum err field_agreed(const struct ui *ui, enum seat seat, const struct kind *kind, int i, struct fault *f);

#endif
