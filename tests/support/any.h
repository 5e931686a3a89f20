/* Records of any kind by the client's own commands, drawn from the registry: whoever adds a kind has it in
 * the random histories and the crash rounds without a line here. */
#ifndef HV_ANY_H
#define HV_ANY_H

#include "common/kind.h"
#include "tests/support/support.h"

#define ANY_KINDS   40
#define ANY_RECORDS 600
#define ANY_FIELDS  64
#define ANY_SHORT   9

/* A value as --plain shows it and as an option takes it; "": not set. */
struct any_value {
    char text[48];
};

struct any_record {
    char id[ANY_SHORT]; /* as lists show it; "": not there */
    struct any_value values[ANY_FIELDS];
};

/* Who makes and edits records: a commune's clerk, or the province by its pen. */
enum any_side { ANY_COMMUNE, ANY_PROVINCE };

/* Whether the side may make records of the kind in a commune's stream, if there is what they must refer to.
 */
bool any_creatable(enum any_side side, const struct kind *kind);

/* Whether the side may set the field. */
bool any_owned(enum any_side side, const struct field *field);

/* Whether an edit may set the field: the side's, not a required reference, not `voided`, no reference to its
 * own kind, and nothing on which other commands insist. */
bool any_editable(enum any_side side, const struct kind *kind, size_t field);

/* A value for a field; ids are taken from `candidates` (short ids; may be empty). False: none can be made.
 * `serial` makes what must differ differ. */
bool any_draw(uint64_t *random, const struct kind *kind, size_t field, const char *const *candidates,
              size_t count, int serial, struct any_value *out);

/* Changes what was drawn for a new record so that its fields fit each other (check_whole). */
void any_settle(const struct kind *kind, struct any_value *values);

/* The options that set what is set in `values`, for a shell. Static ring of buffers. */
const char *any_options(const struct kind *kind, const struct any_value *values);

/* The short id in what an `add` said; frees the text. */
void any_id(char *said, char id[ANY_SHORT]);

/* The option that a kind's `add` wants: what is drawn may be alike, and is meant to be another all the same.
 */
const char *any_anyway(const struct kind *kind);

/* hoivien KIND add; the short id of the new record. */
void any_add(const struct client_device *d, const struct kind *kind, const struct any_value *values,
             char id[ANY_SHORT]);

#endif
