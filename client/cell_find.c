/* Finding the record that somebody means: by id, the end of an id, or a name. */
#include "client/cell.h"
#include "client/cell_cause.h"
#include "client/cell_reference.h"
#include "client/selection.h"
#include "common/id.h"
#include "common/right.h"
#include "common/text.h"
#include <string.h>

#define SHORTEST_ID 4

struct cell_group {
    const char *fold;
    size_t fold_size;
    struct id id;
};

/* ---- several that fit ---- */

#define MOST_SHOWN 4

struct candidates {
    struct id ids[MOST_SHOWN];
    size_t count; /* more than MOST_SHOWN are counted only */
};

static void candidate_add(struct candidates *c, const struct id *id)
{
    if (c->count < MOST_SHOWN)
        c->ids[c->count] = *id;
    c->count++;
}

/* What tells records of one name apart: the first few of these that are set. */
static const char *apart(struct cells *x, const struct record *r)
{
    static const char *const fields[] = {"birth", "type",   "group_id", "parent_id", "standard", "address",
                                         "date",  "opened", "plan_id",  "closed",    "phone"};
    const char *text = "";
    size_t said = 0;
    for (size_t k = 0; k < sizeof fields / sizeof fields[0] && said < 3 && text != NULL; k++) {
        int i = kind_field(r->kind, fields[k]);
        if (i < 0 || !record_has(r, i))
            continue;
        text = arena_print(x->arena, "%s%s%s", text, said > 0 ? ", " : "", cell_write(x, r, (size_t)i));
        said++;
    }
    return text;
}

static enum err several(struct cells *x, const struct kind *kind, const char *text,
                        const struct candidates *c, struct fault *f)
{
    const char *list = "";
    for (size_t i = 0; i < c->count && i < MOST_SHOWN && list != NULL; i++) {
        struct record *r;
        char shown[ID_SHORT];
        enum err e = book_find(x->book, x->arena, kind, &c->ids[i], &r, f);
        if (e != ERR_OK && e != ERR_NO_SUCH_RECORD)
            return e;
        id_short(&c->ids[i], shown);
        const char *words = e == ERR_OK ? apart(x, r) : "";
        list = words == NULL || *words == '\0'
                   ? arena_print(x->arena, "%s%s%s", list, i > 0 ? "; " : "", shown)
                   : arena_print(x->arena, "%s%s%s (%s)", list, i > 0 ? "; " : "", shown, words);
    }
    if (list == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    return ui_fault(x->ui, f, ERR_EXISTS, "Có %zu hồ sơ ứng với \"%s\"; hãy ghi mã thay cho tên: %s%s.",
                    "%zu records fit \"%s\"; give the id of the one that is meant: %s%s.", c->count, text,
                    list, c->count > MOST_SHOWN ? "; ..." : "");
}

/* ---- groups by name ---- */

static struct arena *keep(const struct cells *x)
{
    return x->keep != NULL ? x->keep : x->arena;
}

enum err cell_group_learn(struct cells *x, const char *name, const struct id *id, struct fault *f)
{
    struct bytes fold;
    if (text_fold(keep(x), name, strlen(name), &fold) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (x->group_count == x->group_room) {
        size_t room = x->group_room == 0 ? 64 : 2 * x->group_room;
        struct cell_group *more = arena_zero(keep(x), room, sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        if (x->group_count > 0)
            memcpy(more, x->groups, x->group_count * sizeof *more);
        x->groups = more;
        x->group_room = room;
    }
    x->groups[x->group_count++] = (struct cell_group){(const char *)fold.p, fold.n, *id};
    return ERR_OK;
}

static enum err learn_group(void *context, const struct record *r, struct fault *f)
{
    struct cells *x = context;
    struct bytes name = record_text(r, kind_field(&kind_group, "name"));
    const char *copy = arena_copy(keep(x), name.p, name.n);
    return copy != NULL ? cell_group_learn(x, copy, &r->id, f) : fault(f, ERR_NO_MEMORY, "out of memory");
}

static enum err learn_all_groups(struct cells *x, struct fault *f)
{
    struct book_filter all = {.kind = &kind_group, .missing_field = -1};
    if (x->groups != NULL)
        return ERR_OK;
    x->groups = arena_zero(keep(x), 64, sizeof *x->groups);
    x->group_room = 64;
    return x->groups != NULL ? book_each(x->book, keep(x), &all, learn_group, x, f)
                             : fault(f, ERR_NO_MEMORY, "out of memory");
}

static bool is_short_id(const char *text)
{
    size_t n = strlen(text);
    return n >= SHORTEST_ID && n <= 12 && strspn(text, "0123456789abcdefABCDEF") == n;
}

enum err cell_group_find(struct cells *x, const char *name, struct id *out, struct fault *f)
{
    struct bytes fold;
    const struct cell_group *found = NULL;
    struct candidates same = {0};
    if (id_parse(name, out))
        return ERR_OK;
    if (cell_reference_bracket(name) != NULL)
        return cell_record_find(x, &kind_group, name, out, f);
    enum err e = learn_all_groups(x, f);
    if (e != ERR_OK || (e = text_fold(x->arena, name, strlen(name), &fold)) != ERR_OK)
        return e;
    for (size_t i = 0; i < x->group_count; i++) {
        const struct cell_group *g = &x->groups[i];
        if (g->fold_size != fold.n || memcmp(g->fold, fold.p, fold.n) != 0)
            continue;
        found = g;
        candidate_add(&same, &g->id);
    }
    if (same.count > 1)
        return several(x, &kind_group, name, &same, f);
    if (found == NULL && is_short_id(name))
        return cell_record_find(x, &kind_group, name, out, f);
    if (found == NULL && strcmp(x->ui->program, "hoivien") != 0)
        return ui_fault(x->ui, f, ERR_NO_SUCH_RECORD,
                        "không có chi hội, tổ, nhóm nào tên \"%s\" trong sổ này; tổ chức do xã ghi",
                        "no group is named \"%s\" in this register; groups are entered by their communes",
                        name);
    if (found == NULL)
        return ui_fault(x->ui, f, ERR_NO_SUCH_RECORD,
                        "không có chi hội, tổ, nhóm nào tên \"%s\"; hãy thêm bằng: hoivien group add",
                        "no group is named \"%s\"; add it by: hoivien group add", name);
    *out = found->id;
    return ERR_OK;
}

/* ---- records by id ---- */

struct suffix_search {
    const char *suffix;
    size_t length;
    bool of_voided;
    struct candidates found;
};

static enum err match_suffix(void *context, const struct record *r, struct fault *f)
{
    struct suffix_search *s = context;
    char text[ID_TEXT];
    (void)f;
    id_format(&r->id, text);
    if (strcasecmp(text + sizeof text - 1 - s->length, s->suffix) == 0)
        candidate_add(&s->found, &r->id);
    return ERR_OK;
}

static enum err count_found(void *context, const struct record *r, struct fault *f)
{
    struct suffix_search *s = context;
    (void)f;
    if (s->of_voided && record_int(r, kind_field(r->kind, "voided"), 0) == 0)
        return ERR_OK;
    candidate_add(&s->found, &r->id);
    return ERR_OK;
}

enum err cell_record_find(struct cells *x, const struct kind *kind, const char *text, struct id *out,
                          struct fault *f)
{
    char inner[REFERENCE_ROOM];
    const char *bracket = cell_reference_bracket(text);
    if (bracket != NULL) {
        cell_reference_inner(bracket, inner);
        text = inner;
    }
    struct suffix_search s = {.suffix = text, .length = strlen(text), .of_voided = x->of_voided};
    struct book_filter all = {.kind = kind, .with_voided = true, .missing_field = -1};
    if (id_parse(text, out))
        return ERR_OK;
    if (is_short_id(text)) {
        enum err e = book_each(x->book, x->arena, &all, match_suffix, &s, f);
        if (e != ERR_OK)
            return e;
    }
    if (s.found.count == 0 && kind_field(kind, "name") >= 0) {
        struct book_filter named = {
            .kind = kind, .name_exact = text, .with_voided = x->of_voided, .missing_field = -1};
        enum err e = book_each(x->book, x->arena, &named, count_found, &s, f);
        if (e != ERR_OK)
            return e;
    }
    if (s.found.count == 0 && kind == &kind_cause) {
        enum err e = cell_cause_each(x, text, count_found, &s, f);
        if (e != ERR_OK)
            return e;
    }
    if (s.found.count > 1)
        return several(x, kind, text, &s.found, f);
    if (s.found.count == 0)
        return ui_fault(x->ui, f, ERR_NO_SUCH_RECORD,
                        "Không có %s nào mang mã \"%s\"; hãy xem mã trong danh sách: %s %s list%s%s",
                        "No %s has the id \"%s\"; see the ids in the list: %s %s list%s%s",
                        text_in(x->ui->lang, kind->label), text, x->ui->program, kind->name,
                        x->of_voided ? " --state voided" : "",
                        right_kind(SEAT_PEN, kind) ? ui_about(x->ui) : "");
    *out = s.found.ids[0];
    return ERR_OK;
}
