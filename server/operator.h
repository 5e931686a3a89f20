/* What the operator's two programs, server and admin, share in talking to the operator. */
#ifndef HV_OPERATOR_H
#define HV_OPERATOR_H

#include "common/ui.h"

/* Puts a sentence in the operator's language around what the layers below say of the database without knowing
 * it; what is a sentence already stays. Gives `e` back. */
enum err operator_fault(const struct ui *ui, enum err e, struct fault *f);

#endif
