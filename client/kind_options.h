/* The options of the commands that every kind has (add, edit, show, list, search, void, import, export). */
#ifndef HV_KIND_OPTIONS_H
#define HV_KIND_OPTIONS_H

#include "client/cmd.h"

typedef enum err run_fn(void *program, const struct options *o, struct fault *f);

/* Those of the command that runs `run`, for who sits there; in the arena or static. NULL: no memory. */
const struct option_row *kind_options(struct arena *a, enum seat seat, const struct kind *kind, run_fn *run);

/* "ordinary = Hội viên; honorary = Hội viên danh dự", in the arena. NULL: no memory. */
const char *kind_code_list(struct arena *a, const struct code *codes, enum lang lang);

#endif
