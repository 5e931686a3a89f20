#include "common/meetings.h"
#include "common/change.h"
#include <stdlib.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the activities");
}

static int order(size_t x, size_t y)
{
    return x < y ? -1 : x > y;
}

static int meeting_compare(const void *a, const void *b)
{
    const struct meeting *x = a, *y = b;
    if (x->group != y->group)
        return order(x->group, y->group);
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return id_compare(&x->record->id, &y->record->id);
}

static int visit_compare(const void *a, const void *b)
{
    const struct visit *x = a, *y = b;
    return x->person != y->person ? order(x->person, y->person) : order(x->meeting, y->meeting);
}

static void by_group(struct meetings *m)
{
    if (m->count > 1)
        qsort(m->list, m->count, sizeof *m->list, meeting_compare);
    for (size_t i = m->count; i > 0; i--) {
        struct meeting_range *g = &m->of_group[m->list[i - 1].group];
        g->first = i - 1;
        g->count++;
    }
}

static enum err load(const struct tally_input *in, const struct named_groups *groups, struct meetings *out,
                     struct fault *f)
{
    struct records r;
    enum err e = records_load(in, &kind_activity, &r, f);
    if (e != ERR_OK)
        return e;
    out->list = arena_zero(in->arena, r.count + 1, sizeof *out->list);
    out->of_group = arena_zero(in->arena, groups->count + 1, sizeof *out->of_group);
    if (out->list == NULL || out->of_group == NULL)
        return no_memory(f);
    for (size_t i = 0; i < r.count; i++) {
        struct meeting m = {.record = r.list[i]};
        m.date = (int32_t)record_int(m.record, kind_field(&kind_activity, "date"), 0);
        m.group = named_groups_find(groups, record_reference_or_none(m.record, "group_id"));
        if (m.date <= in->day)
            out->list[out->count++] = m;
    }
    by_group(out);
    return ERR_OK;
}

/* ---- who came ---- */

static int by_activity(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    return id_compare(record_reference_or_none(*x, "activity_id"),
                      record_reference_or_none(*y, "activity_id"));
}

/* The first of the list of one activity. */
static size_t list_begin(const struct records *r, const struct id *activity)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (id_compare(record_reference_or_none(r->list[middle], "activity_id"), activity) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void list_read(const struct records *r, const struct people *people, size_t number,
                      struct meetings *out)
{
    struct meeting *m = &out->list[number];
    for (size_t i = list_begin(r, &m->record->id); i < r->count; i++) {
        if (!id_equal(record_reference_or_none(r->list[i], "activity_id"), &m->record->id))
            return;
        const struct person *p = people_find(people, record_reference_or_none(r->list[i], "member_id"));
        if (p == NULL)
            continue;
        out->visits[out->visit_count++] = (struct visit){(size_t)(p - people->list), number};
        m->listed++;
    }
}

static enum err lists_read(const struct tally_input *in, const struct people *people, struct meetings *out,
                           struct fault *f)
{
    struct records r;
    enum err e = records_load(in, &kind_attendance, &r, f);
    if (e != ERR_OK)
        return e;
    out->visits = arena_zero(in->arena, r.count + 1, sizeof *out->visits);
    if (out->visits == NULL)
        return no_memory(f);
    if (r.count > 1)
        qsort(r.list, r.count, sizeof *r.list, by_activity);
    for (size_t i = 0; i < out->count; i++)
        list_read(&r, people, i, out);
    if (out->visit_count > 1)
        qsort(out->visits, out->visit_count, sizeof *out->visits, visit_compare);
    return ERR_OK;
}

enum err meetings_load(const struct tally_input *in, const struct people *people,
                       const struct named_groups *groups, struct meetings *out, struct fault *f)
{
    *out = (struct meetings){0};
    enum err e = load(in, groups, out, f);
    return e == ERR_OK ? lists_read(in, people, out, f) : e;
}

int64_t meeting_attended(const struct meeting *m)
{
    return m->listed > 0 ? m->listed : record_int(m->record, kind_field(&kind_activity, "attended"), 0);
}

bool meeting_visited(const struct meetings *m, size_t person, size_t meeting)
{
    struct visit key = {person, meeting};
    return m->visit_count > 0 && bsearch(&key, m->visits, m->visit_count, sizeof key, visit_compare) != NULL;
}
