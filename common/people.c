#include "common/people.h"
#include "common/change.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the people");
}

struct loading {
    struct arena *arena;
    struct records *records;
};

static enum err keep(void *context, const struct record *r, struct fault *f)
{
    struct loading *l = context;
    struct records *to = l->records;
    if (to->count == to->room) {
        size_t room = to->room == 0 ? 64 : 2 * to->room;
        const struct record **more = arena_alloc(l->arena, room * sizeof *more);
        if (more == NULL)
            return no_memory(f);
        if (to->count > 0)
            memcpy(more, to->list, to->count * sizeof *more);
        to->list = more;
        to->room = room;
    }
    const struct record *copy = record_copy(l->arena, r);
    if (copy == NULL)
        return no_memory(f);
    to->list[to->count++] = copy;
    return ERR_OK;
}

enum err records_load(const struct tally_input *in, const struct kind *kind, struct records *out,
                      struct fault *f)
{
    struct loading l = {in->arena, out};
    *out = (struct records){0};
    return in->each(in->source, kind, keep, &l, f);
}

static int by_id(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    return id_compare(&(*x)->id, &(*y)->id);
}

void records_sort(struct records *r)
{
    if (r->count > 1)
        qsort(r->list, r->count, sizeof *r->list, by_id);
}

const struct record *records_find(const struct records *sorted, const struct id *id)
{
    struct record key = {.id = *id};
    const struct record *p = &key;
    const struct record *const *found =
        sorted->count > 0 ? bsearch(&p, sorted->list, sorted->count, sizeof *sorted->list, by_id) : NULL;
    return found != NULL ? *found : NULL;
}

static const struct id *member_of(const struct record *event)
{
    static const struct id none;
    const struct id *id = record_id(event, kind_field(&kind_event, "member_id"));
    return id != NULL ? id : &none;
}

static int by_member(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    int order = id_compare(member_of(*x), member_of(*y));
    return order != 0 ? order : id_compare(&(*x)->id, &(*y)->id);
}

static enum err stand(struct arena *a, struct person *p, struct fault *f)
{
    struct interval *intervals = arena_alloc(a, STANDING_ROOM(p->event_count) * sizeof *intervals);
    struct standing_event *events = arena_alloc(a, (p->event_count + 1) * sizeof *events);
    if (intervals == NULL || events == NULL)
        return no_memory(f);
    for (size_t i = 0; i < p->event_count; i++)
        events[i] = standing_event_of(p->events[i]);
    struct standing_member m = standing_member_of(p->member);
    p->interval_count = standing_of(&m, events, p->event_count, intervals);
    p->intervals = intervals;
    return ERR_OK;
}

/* Members by id and events by member: one walk pairs them. */
static enum err pair(struct arena *a, const struct records *members, const struct records *events,
                     struct people *out, struct fault *f)
{
    size_t at = 0;
    enum err e = ERR_OK;
    out->list = arena_zero(a, members->count + 1, sizeof *out->list);
    if (out->list == NULL)
        return no_memory(f);
    for (size_t i = 0; e == ERR_OK && i < members->count; i++) {
        struct person *p = &out->list[out->count++];
        p->member = members->list[i];
        while (at < events->count && id_compare(member_of(events->list[at]), &p->member->id) < 0)
            at++;
        p->events = events->list + at;
        while (at < events->count && id_equal(member_of(events->list[at]), &p->member->id)) {
            p->event_count++;
            at++;
        }
        e = stand(a, p, f);
    }
    return e;
}

enum err people_load(const struct tally_input *in, struct people *out, struct fault *f)
{
    struct records members, events;
    *out = (struct people){0};
    enum err e = records_load(in, &kind_member, &members, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_event, &events, f);
    if (e != ERR_OK)
        return e;
    records_sort(&members);
    if (events.count > 1)
        qsort(events.list, events.count, sizeof *events.list, by_member);
    return pair(in->arena, &members, &events, out, f);
}

static int person_by_id(const void *key, const void *element)
{
    const struct person *p = element;
    return id_compare(key, &p->member->id);
}

const struct person *people_find(const struct people *p, const struct id *member)
{
    return p->count > 0 ? bsearch(member, p->list, p->count, sizeof *p->list, person_by_id) : NULL;
}

const struct interval *person_on(const struct person *p, int32_t day)
{
    for (size_t i = 0; i < p->interval_count; i++)
        if (p->intervals[i].from <= day && day < p->intervals[i].to)
            return &p->intervals[i];
    return NULL;
}

bool category_is_member(int32_t category)
{
    return category == HV__CATEGORY__ORDINARY || category == HV__CATEGORY__ORGANISATION;
}

bool lasts_on(const struct record *r, int since_field, int until_field, int32_t day)
{
    if (record_has(r, since_field) && date_last_day((int32_t)record_int(r, since_field, 0)) > day)
        return false;
    return !record_has(r, until_field) || date_last_day((int32_t)record_int(r, until_field, 0)) > day;
}
