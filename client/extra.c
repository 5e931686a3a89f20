#include "client/extra.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

/* ---- what they are made from ---- */

static enum err each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f)
{
    struct cells *cells = source;
    struct book_filter all = {.kind = kind, .missing_field = -1};
    return book_each(cells->book, cells->arena, &all, fn, context, f);
}

/* A woman not yet a member stands in her group and yet counts nowhere. */
static const struct record *counting(const struct extras *x, const struct person *p)
{
    const struct interval *now = person_on(p, x->today);
    return now != NULL && now->category != HV__CATEGORY__NOT_YET ? p->member : NULL;
}

static void put_at(struct extras *x, const struct id *id)
{
    if (id != NULL)
        x->at[x->at_count++] = *id;
}

static int by_id(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct id));
}

/* Her home group is not counted again when she has also joined it. */
static void put_membership(struct extras *x, const struct record *r)
{
    const struct id *member = record_id(r, kind_field(&kind_membership, "member_id")),
                    *group = record_id(r, kind_field(&kind_membership, "group_id"));
    const struct person *p = member != NULL ? people_find(&x->people, member) : NULL;
    const struct record *m = p != NULL ? counting(x, p) : NULL;
    const struct id *home = m != NULL ? record_id(m, kind_field(&kind_member, "group_id")) : NULL;
    int until = kind_field(&kind_membership, "until");
    if (m != NULL && group != NULL && lasts_on(r, -1, until, x->today) &&
        (home == NULL || memcmp(home, group, sizeof *home) != 0))
        put_at(x, group);
}

static enum err load_members(struct extras *x, const struct tally_input *in, struct fault *f)
{
    struct records joined = {0};
    enum err e = people_load(in, &x->people, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_membership, &joined, f);
    if (e != ERR_OK)
        return e;
    x->at = arena_zero(in->arena, 2 * x->people.count + joined.count + 1, sizeof *x->at);
    if (x->at == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < x->people.count; i++) {
        const struct record *m = counting(x, &x->people.list[i]);
        if (m == NULL)
            continue;
        put_at(x, record_id(m, kind_field(&kind_member, "group_id")));
        put_at(x, record_id(m, kind_field(&kind_member, "household_id")));
    }
    for (size_t i = 0; i < joined.count; i++)
        put_membership(x, joined.list[i]);
    qsort(x->at, x->at_count, sizeof *x->at, by_id);
    return ERR_OK;
}

enum err extras_load(struct extras *x, struct cells *cells, const struct kind *kind, struct fault *f)
{
    struct tally_input in = {.arena = cells->arena, .source = cells, .each = each};
    enum err e = ERR_OK;
    *x = (struct extras){.cells = cells, .today = os_today()};
    if (extra_find(kind, "members") != NULL)
        e = load_members(x, &in, f);
    if (e == ERR_OK && extra_find(kind, "head") != NULL)
        e = records_load(&in, &kind_post, &x->posts, f);
    return e;
}

/* ---- their values ---- */

static size_t first_at(const struct extras *x, const struct id *id)
{
    size_t low = 0, high = x->at_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_id(&x->at[middle], id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const char *members(struct extras *x, const struct record *r)
{
    size_t first = first_at(x, &r->id), n = 0;
    while (first + n < x->at_count && by_id(&x->at[first + n], &r->id) == 0)
        n++;
    return arena_print(x->cells->arena, "%zu", n);
}

static bool is_head(int64_t type)
{
    static const int64_t heads[] = {HV__POST_TYPE__CHI_HOI_HEAD, HV__POST_TYPE__TO_HEAD,
                                    HV__POST_TYPE__NHOM_HEAD, HV__POST_TYPE__CLUB_HEAD,
                                    HV__POST_TYPE__NETWORK_HEAD};
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++)
        if (heads[k] == type)
            return true;
    return false;
}

static const char *head(struct extras *x, const struct record *r)
{
    const char *names = "";
    for (size_t i = 0; i < x->posts.count && names != NULL; i++) {
        const struct record *p = x->posts.list[i];
        const struct id *group = record_id(p, kind_field(&kind_post, "group_id"));
        if (group != NULL && by_id(group, &r->id) == 0 &&
            is_head(record_int(p, kind_field(&kind_post, "type"), 0)) &&
            lasts_on(p, kind_field(&kind_post, "since"), kind_field(&kind_post, "until"), x->today))
            names = arena_print(x->cells->arena, "%s%s%s", names, *names != '\0' ? ", " : "",
                                cell_write(x->cells, p, (size_t)kind_field(&kind_post, "officer_id")));
    }
    return names;
}

static bool says(const struct record *r, const char *field)
{
    return record_int(r, kind_field(r->kind, field), 0) != 0;
}

static const char *word(const struct extras *x, bool is_said, struct text_pair words)
{
    return is_said ? text_in(x->cells->ui->lang, words) : "";
}

static const char *agreed(struct extras *x, const struct record *r)
{
    bool province = says(r, "by_province"), commune = says(r, "by_commune");
    return arena_print(x->cells->arena, "%s%s%s", word(x, province, (struct text_pair){"tỉnh", "province"}),
                       province && commune ? ", " : "",
                       word(x, commune, (struct text_pair){"xã", "commune"}));
}

static const char *main_cause(struct extras *x, const struct record *r)
{
    return word(x, says(r, "main_cause"), (struct text_pair){"có", "yes"});
}

/* A remedy of the main cause. */
static const char *main_remedy(struct extras *x, const struct record *r)
{
    const struct id *id = record_id(r, kind_field(&kind_remedy, "cause_id"));
    struct record *cause;
    bool is_known =
        id != NULL && book_find(x->cells->book, x->cells->arena, &kind_cause, id, &cause, NULL) == ERR_OK;
    return is_known ? main_cause(x, cause) : "";
}

/* A course of the province, of those that the register keeps. */
static const char *held_by(struct extras *x, const struct record *r)
{
    const char *unit = NULL;
    bool is_known = book_above(x->cells->book, x->cells->arena, r, &unit, NULL) == ERR_OK;
    return is_known ? unit : NULL;
}

/* ---- the table ---- */

#define MEMBERS_LABEL                                                                                        \
    {                                                                                                        \
        "Số hội viên", "Members"                                                                             \
    }
#define MAIN_LABEL                                                                                           \
    {                                                                                                        \
        "Chính", "Main"                                                                                      \
    }
#define AGREED_LABEL                                                                                         \
    {                                                                                                        \
        "Thống nhất", "Agreed by"                                                                            \
    }

static const struct extra extras[] = {
    {&kind_group, "members", MEMBERS_LABEL, NULL, members},
    {&kind_group, "head", {"Người phụ trách", "Head"}, NULL, head},
    {&kind_household, "members", MEMBERS_LABEL, NULL, members},
    {&kind_cause, "main", MAIN_LABEL, "main_cause", main_cause},
    {&kind_cause, "agreed", AGREED_LABEL, "by_province,by_commune", agreed},
    {&kind_course, "held-by", {"Của cấp trên", "Held by"}, NULL, held_by},
    {&kind_remedy, "main", MAIN_LABEL, NULL, main_remedy},
    {&kind_remedy, "agreed", AGREED_LABEL, "by_province,by_commune", agreed},
};
#define EXTRAS (sizeof extras / sizeof extras[0])

const struct extra *extra_next(const struct kind *kind, const struct extra *previous)
{
    for (size_t k = previous != NULL ? (size_t)(previous - extras) + 1 : 0; k < EXTRAS; k++)
        if (extras[k].kind == kind)
            return &extras[k];
    return NULL;
}

const struct extra *extra_find(const struct kind *kind, const char *name)
{
    for (size_t k = 0; k < EXTRAS; k++)
        if (extras[k].kind == kind && strcmp(extras[k].name, name) == 0)
            return &extras[k];
    return NULL;
}

const char *extra_write(struct extras *x, const struct extra *e, const struct record *r)
{
    const char *text = e->write(x, r);
    return text != NULL ? text : "";
}
