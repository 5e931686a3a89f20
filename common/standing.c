#include "common/standing.h"
#include "common/change.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>

static int event_compare(const void *a, const void *b)
{
    const struct standing_event *x = a, *y = b;
    int32_t day_x = date_last_day(x->date), day_y = date_last_day(y->date);
    if (day_x != day_y)
        return day_x < day_y ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return id_compare(&x->id, &y->id);
}

bool standing_enters(int32_t type)
{
    return type == HV__EVENT_TYPE__JOINED || type == HV__EVENT_TYPE__MOVED_IN ||
           type == HV__EVENT_TYPE__RETURNED;
}

static bool leaves(int32_t type)
{
    return type >= HV__EVENT_TYPE__MOVED_OUT && type <= HV__EVENT_TYPE__DIED;
}

int32_t standing_residence_from(const struct standing_member *m)
{
    if (m->residence == HV__RESIDENCE__ELSEWHERE)
        return DATE_MAX;
    if (m->residence != HV__RESIDENCE__TEMPORARY)
        return DATE_MIN;
    return m->residence_since == 0 ? DATE_MAX : date_add_months(date_last_day(m->residence_since), 6);
}

/* What is being written: the intervals so far, and where every interval is cut. */
struct writer {
    struct interval *out;
    size_t count;
    struct interval like; /* group and category of all */
    int32_t counts_from;
    int32_t away_from;
};

/* A day on which something happens, and the type of the event; 0: none. */
struct turn {
    int32_t day;
    int32_t type;
};

static void interval_add(struct writer *w, bool away, struct turn from, struct turn to)
{
    if (from.day >= to.day)
        return;
    struct interval *i = &w->out[w->count++];
    *i = w->like;
    i->away = away;
    i->from = from.day;
    i->to = to.day;
    i->begun_by = (uint8_t)from.type;
    i->ended_by = (uint8_t)to.type;
}

static void stood(struct writer *w, struct turn from, struct turn to)
{
    if (from.day < w->counts_from)
        from = (struct turn){.day = w->counts_from};
    struct turn cut = {.day = w->away_from};
    if (cut.day <= from.day)
        cut = from;
    else if (cut.day >= to.day)
        cut = to;
    interval_add(w, false, from, cut);
    interval_add(w, true, cut, to);
}

size_t standing_order(struct standing_event *events, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!events[i].voided && (standing_enters(events[i].type) || leaves(events[i].type))) {
            struct standing_event e = events[i];
            events[i] = events[kept];
            events[kept++] = e;
        }
    if (kept > 1)
        qsort(events, kept, sizeof *events, event_compare);
    return kept;
}

size_t standing_of(const struct standing_member *m, struct standing_event *events, size_t event_count,
                   struct interval *out)
{
    if (m->voided)
        return 0;
    struct writer w = {.out = out, .counts_from = standing_residence_from(m), .away_from = DATE_MAX};
    w.like.flags = m->flags;
    w.like.category = m->category == 0 ? HV__CATEGORY__ORDINARY : m->category;
    if (m->group != NULL)
        w.like.group = *m->group;
    if (m->away_since != 0)
        w.away_from = date_last_day(m->away_since);
    size_t count = standing_order(events, event_count);
    bool stands = count == 0 || leaves(events[0].type), dead = false;
    struct turn from = {.day = DATE_MIN};
    for (size_t i = 0; i < count && !dead; i++) {
        struct turn now = {date_last_day(events[i].date), events[i].type};
        if (stands && leaves(events[i].type))
            stood(&w, from, now);
        else if (!stands && standing_enters(events[i].type))
            from = now;
        stands = standing_enters(events[i].type);
        dead = events[i].type == HV__EVENT_TYPE__DIED;
    }
    if (stands)
        stood(&w, from, (struct turn){.day = DATE_MAX});
    return w.count;
}

static int32_t number_of(const struct record *r, const char *field)
{
    return (int32_t)record_int(r, kind_field(r->kind, field), 0);
}

static bool has(const struct record *r, const char *field)
{
    return record_has(r, kind_field(r->kind, field));
}

struct standing_member standing_member_of(const struct record *r)
{
    return (struct standing_member){
        .group = record_id(r, kind_field(r->kind, "group_id")),
        .category = number_of(r, "category"),
        .residence = number_of(r, "residence"),
        .residence_since = number_of(r, "residence_since"),
        .away_since = number_of(r, "away_since"),
        .flags = (number_of(r, "core") != 0 ? STANDING_CORE : 0) |
                 (has(r, "card_no") || has(r, "card_issued") ? STANDING_CARD : 0),
        .voided = number_of(r, "voided") != 0,
    };
}

struct standing_event standing_event_of(const struct record *r)
{
    return (struct standing_event){
        .id = r->id,
        .type = number_of(r, "type"),
        .date = number_of(r, "date"),
        .voided = number_of(r, "voided") != 0,
    };
}
