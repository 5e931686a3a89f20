/* What is kept of a commune's records against what the rules make of them. */
#ifndef HV_VERIFY_FIGURES_H
#define HV_VERIFY_FIGURES_H

#include "server/admin/admin.h"

/* Calls `differ` when they are not the same. The connection has the store's statements. */
typedef void verify_differ_fn(void *context, int32_t unit);
enum err verify_figures(struct admin *m, int32_t unit, verify_differ_fn *differ, void *context,
                        struct fault *f) HV_MUST_USE;

#endif
