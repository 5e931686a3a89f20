/* Posts of chi hội heads and commune presidents, and those whose holders attended a course: the post lasts
 * from `since` to `until` (common/people.h: lasts_on), training counts from the first course's last possible
 * day on. */
#include "common/change.h"
#include "common/date.h"
#include "common/measure.h"
#include "common/people.h"
#include "proto/record.pb-c.h"

struct work {
    struct steps *out;
    struct records officers;
    struct records courses;
    int32_t *trained; /* day of the first course of each officer; DATE_MAX: none */
};

static const struct {
    int64_t type;
    int held, trained;
    bool by_group;
} posts[] = {
    {HV__POST_TYPE__CHI_HOI_HEAD, HV__MEASURE__CHI_HOI_HEADS, HV__MEASURE__CHI_HOI_HEADS_TRAINED, true},
    {HV__POST_TYPE__COMMUNE_PRESIDENT, HV__MEASURE__PRESIDENTS, HV__MEASURE__PRESIDENTS_TRAINED, false},
};

static int32_t day_of(const struct record *r, const char *field, int32_t absent)
{
    int at = kind_field(r->kind, field);
    return record_has(r, at) ? date_last_day((int32_t)record_int(r, at, 0)) : absent;
}

/* Place of the record that `field` refers to; SIZE_MAX: it is not there. */
static size_t place_of(const struct records *sorted, const struct record *r, const char *field)
{
    const struct id *id = record_id(r, kind_field(r->kind, field));
    if (id == NULL)
        return SIZE_MAX;
    size_t low = 0, high = sorted->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (id_compare(&sorted->list[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sorted->count && id_equal(&sorted->list[low]->id, id) ? low : SIZE_MAX;
}

static enum err see_training(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    size_t officer = place_of(&w->officers, r, "officer_id"), course = place_of(&w->courses, r, "course_id");
    (void)f;
    if (officer == SIZE_MAX || course == SIZE_MAX)
        return ERR_OK;
    int32_t day = day_of(w->courses.list[course], "date", DATE_MIN);
    if (day < w->trained[officer])
        w->trained[officer] = day;
    return ERR_OK;
}

static enum err count_post(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    size_t officer = place_of(&w->officers, r, "officer_id");
    int64_t type = record_int(r, kind_field(&kind_post, "type"), 0);
    int32_t from = day_of(r, "since", DATE_MIN), to = day_of(r, "until", DATE_MAX);
    enum err e = ERR_OK;
    for (size_t i = 0; officer != SIZE_MAX && e == ERR_OK && i < sizeof posts / sizeof posts[0]; i++) {
        if (posts[i].type != type)
            continue;
        const struct id *group = posts[i].by_group ? record_id(r, kind_field(&kind_post, "group_id")) : NULL;
        int32_t trained = w->trained[officer] > from ? w->trained[officer] : from;
        e = steps_last(w->out, posts[i].held, group, from, to, f);
        if (e == ERR_OK)
            e = steps_last(w->out, posts[i].trained, group, trained, to, f);
    }
    return e;
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    struct work w = {.out = out};
    enum err e = records_load(in, &kind_officer, &w.officers, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_course, &w.courses, f);
    records_sort(&w.officers);
    records_sort(&w.courses);
    w.trained = arena_alloc(in->arena, (w.officers.count + 1) * sizeof *w.trained);
    if (e == ERR_OK && w.trained == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the officers");
    for (size_t i = 0; e == ERR_OK && i < w.officers.count; i++)
        w.trained[i] = DATE_MAX;
    if (e == ERR_OK)
        e = in->each(in->source, &kind_training, see_training, &w, f);
    return e == ERR_OK ? in->each(in->source, &kind_post, count_post, &w, f) : e;
}

const struct measure_rule measure_of_officer = {
    .kinds = {&kind_officer, &kind_post, &kind_course, &kind_training},
    .measures = {HV__MEASURE__CHI_HOI_HEADS, HV__MEASURE__CHI_HOI_HEADS_TRAINED, HV__MEASURE__PRESIDENTS,
                 HV__MEASURE__PRESIDENTS_TRAINED},
    .run = run};
