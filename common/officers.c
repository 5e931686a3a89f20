#include "common/officers.h"
#include "common/change.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>

#define MOST_BITS 32

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the officers");
}

bool officer_holds(const struct officer *o, int post_type)
{
    return (o->posts & SET_BIT(post_type)) != 0;
}

bool post_is_head(int64_t type)
{
    return type == HV__POST_TYPE__CHI_HOI_HEAD ||
           (type >= HV__POST_TYPE__TO_HEAD && type <= HV__POST_TYPE__NETWORK_HEAD);
}

static int against_officer(const void *key, const void *element)
{
    const struct officer *o = element;
    return id_compare(key, &o->record->id);
}

static struct officer *find(struct officers *o, const struct id *id)
{
    return o->count > 0 ? bsearch(id, o->list, o->count, sizeof *o->list, against_officer) : NULL;
}

static enum err people_of(const struct tally_input *in, const struct people *people, struct officers *out,
                          struct fault *f)
{
    struct records r;
    enum err e = records_load(in, &kind_officer, &r, f);
    if (e != ERR_OK)
        return e;
    records_sort(&r);
    out->list = arena_zero(in->arena, r.count + 1, sizeof *out->list);
    if (out->list == NULL)
        return no_memory(f);
    for (size_t i = 0; i < r.count; i++)
        out->list[out->count++] =
            (struct officer){.record = r.list[i],
                             .person = people_find(people, record_reference_or_none(r.list[i], "member_id"))};
    return ERR_OK;
}

static enum err posts_of(const struct tally_input *in, const struct named_groups *groups,
                         struct officers *out, struct fault *f)
{
    struct records r;
    int since = kind_field(&kind_post, "since"), until = kind_field(&kind_post, "until");
    enum err e = records_load(in, &kind_post, &r, f);
    out->headed = arena_zero(in->arena, groups->count + 1, sizeof *out->headed);
    if (e == ERR_OK && out->headed == NULL)
        return no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < r.count; i++) {
        struct officer *officer = find(out, record_reference_or_none(r.list[i], "officer_id"));
        int64_t type = record_number(r.list[i], "type");
        if (officer == NULL || type <= 0 || type >= MOST_BITS || !lasts_on(r.list[i], since, until, in->day))
            continue;
        officer->posts |= SET_BIT(type);
        if (post_is_head(type))
            out->headed[named_groups_find(groups, record_reference_or_none(r.list[i], "group_id"))] = true;
    }
    return e;
}

/* ---- courses ---- */

struct above {
    const struct tally_input *in;
    struct officers *officers;
};

static int lesson_compare(const void *a, const void *b)
{
    const struct lesson *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return id_compare(&x->course->id, &y->course->id);
}

static void learn(const struct tally_input *in, const struct lesson *l)
{
    uint32_t topics = (uint32_t)record_number(l->course, "topics");
    l->officer->trained = true;
    l->officer->topics |= topics;
    if (l->day >= in->from) {
        l->officer->trained_in_period = true;
        l->officer->topics_in_period |= topics;
    }
}

static enum err lessons_of(const struct tally_input *in, struct officers *out, struct fault *f)
{
    struct records courses, r;
    enum err e = records_load(in, &kind_course, &courses, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_training, &r, f);
    if (e != ERR_OK)
        return e;
    records_sort(&courses);
    out->lessons = arena_zero(in->arena, r.count + 1, sizeof *out->lessons);
    if (out->lessons == NULL)
        return no_memory(f);
    for (size_t i = 0; i < r.count; i++) {
        struct lesson l = {records_find(&courses, record_reference_or_none(r.list[i], "course_id")),
                           find(out, record_reference_or_none(r.list[i], "officer_id")), 0, false};
        if (l.course == NULL || l.officer == NULL)
            continue;
        l.day = date_last_day((int32_t)record_number(l.course, "date"));
        if (l.day > in->day)
            continue;
        learn(in, &l);
        out->lessons[out->lesson_count++] = l;
    }
    if (out->lesson_count > 1)
        qsort(out->lessons, out->lesson_count, sizeof *out->lessons, lesson_compare);
    return ERR_OK;
}

static enum err mark_above(void *context, const struct record *r, struct fault *f)
{
    const struct above *x = context;
    (void)f;
    for (size_t i = 0; tally_is_above(x->in, r) && i < x->officers->lesson_count; i++)
        if (id_equal(&x->officers->lessons[i].course->id, &r->id))
            x->officers->lessons[i].is_above = true;
    return ERR_OK;
}

enum err officers_load(const struct tally_input *in, const struct people *people,
                       const struct named_groups *groups, struct officers *out, struct fault *f)
{
    *out = (struct officers){0};
    enum err e = people_of(in, people, out, f);
    if (e == ERR_OK)
        e = posts_of(in, groups, out, f);
    if (e == ERR_OK)
        e = lessons_of(in, out, f);
    return e == ERR_OK ? in->each(in->source, &kind_course, mark_above, &(struct above){in, out}, f) : e;
}
