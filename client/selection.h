/* Which records a command is about: ids that were given, or a filter. */
#ifndef HV_SELECTION_H
#define HV_SELECTION_H

#include "client/cell.h"
#include "client/cmd.h"
#include "client/where.h"

/* Options of a filter. --group and --in-group are one; where --group is a field of the kind, it is the field.
 */
#define SELECTION_WHO                                                                                        \
    {"in-group", 0, SELECTION_GROUP, {"chỉ trong chi hội, tổ, nhóm này", "only in this group"}},             \
        {"group", 0, SELECTION_GROUP, {"như --in-group", "the same as --in-group"}},                         \
        {"search", 0, "TEXT", {"tên có chứa (không cần dấu)", "name contains (tones don't matter)"}},        \
    {                                                                                                        \
        "missing", 0, "FIELD",                                                                               \
        {                                                                                                    \
            "chỉ những hồ sơ còn thiếu mục này", "only those that lack this field"                           \
        }                                                                                                    \
    }

/* The same with --state, for commands that have no --state of their own. */
#define SELECTION_OPTIONS                                                                                    \
    SELECTION_WHO,                                                                                           \
    {                                                                                                        \
        "state", 0, SELECTION_STATE,                                                                         \
        {                                                                                                    \
            "any: không phân biệt (mặc định); counted: đang được tính; "                      \
            "not-counted: không được tính; voided: đã huỷ",                                                  \
                "any: no matter which (default); counted: who counts today; "                                \
                "not-counted: who does not; voided: voided ones"                                             \
        }                                                                                                    \
    }
/* What these options take; fields of the same names take something else. */
#define SELECTION_STATE  "STATE"
#define SELECTION_GROUP  "GROUP|ID"
#define SELECTION_MEMBER "MEMBER"

struct selection {
    struct client *client;
    const struct kind *kind;
    struct cells cells;
    struct book_filter filter;
    struct where where;
    bool has_filter;
    enum { STATE_ANY, STATE_COUNTED, STATE_NOT_COUNTED, STATE_VOIDED } state;
    struct id group;
    struct id member;
};

/* Reads the filter from the options. */
enum err selection_begin(struct selection *s, struct client *c, const struct options *o,
                         const struct kind *kind, struct fault *f) HV_MUST_USE;

/* Calls for each record of the filter, in list order. */
enum err selection_each(struct selection *s, book_fn *fn, void *context, struct fault *f) HV_MUST_USE;

/* The ids of `words` (ids or ends of ids), or of the filter when there are no words. ERR_USAGE when neither
 * is given; ERR_NO_SUCH_RECORD when the filter finds nobody. */
enum err selection_ids(struct selection *s, const char *const *words, int count, struct id **out,
                       size_t *found, struct fault *f) HV_MUST_USE;

/* Opens the register and does both: the records that a command names by its first `count` words or by a
 * filter. */
enum err selection_open(struct selection *s, struct client *c, const struct options *o,
                        const struct kind *kind, int count, struct id **out, size_t *found,
                        struct fault *f) HV_MUST_USE;

/* Puts the option that sets field `i` into the change, for each one given; *any says whether there was one.
 */
enum err selection_form(struct cells *x, const struct options *o, struct change *c, bool *any,
                        struct fault *f) HV_MUST_USE;

/* "Field: sentence." as the fault's text. */
enum err selection_field_fault(const struct ui *ui, struct fault *f, const struct kind *kind, size_t i);

/* The last 8 characters of an id, as lists show it. */
#define ID_SHORT 9
void id_short(const struct id *id, char out[ID_SHORT]);

#endif
