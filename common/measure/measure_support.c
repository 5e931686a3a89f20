/* Support on the last possible day of its date, in times and in persons (common/tally/tally_support.c has the
 * same: members by their record, others by name, each once a calendar year; who is told by number alone
 * counts by it, less the one whom the same record names). */
#include "common/change.h"
#include "common/date.h"
#include "common/measure/once.h"
#include "common/text.h"

struct work {
    struct steps *out;
    struct once_list persons;
};

/* *named: whether it says whom. */
static enum err see_person(struct work *w, const struct record *r, int32_t day, bool *named, struct fault *f)
{
    const struct id *member = record_id(r, kind_field(&kind_support, "member_id"));
    struct bytes name = record_text(r, kind_field(&kind_support, "name")), folded;
    *named = member != NULL || name.n > 0;
    if (member != NULL)
        return once_add(&w->persons, 'm', member->b, sizeof member->b, day, f);
    if (name.n == 0)
        return ERR_OK;
    if (text_fold(w->persons.arena, (const char *)name.p, name.n, &folded) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "no memory for the persons");
    return once_add(&w->persons, 'n', folded.p, folded.n, day, f);
}

static enum err count_support(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    int64_t date = record_int(r, kind_field(&kind_support, "date"), 0);
    int64_t persons = record_int(r, kind_field(&kind_support, "persons"), 0);
    bool named;
    if (date == 0)
        return ERR_OK;
    int32_t day = date_last_day((int32_t)date);
    enum err e = steps_add(w->out, HV__MEASURE__SUPPORTS, NULL, day, persons > 0 ? persons : 1, f);
    if (e == ERR_OK)
        e = see_person(w, r, day, &named, f);
    int64_t unnamed = e == ERR_OK && persons > 0 ? persons - named : 0;
    return unnamed > 0 ? steps_add(w->out, HV__MEASURE__SUPPORTED_WOMEN, NULL, day, unnamed, f) : e;
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    struct work w = {.out = out, .persons = {.arena = in->arena}};
    enum err e = in->each(in->source, &kind_support, count_support, &w, f);
    return e == ERR_OK ? once_settle(&w.persons, HV__MEASURE__SUPPORTED_WOMEN, out, f) : e;
}

const struct measure_rule measure_of_support = {
    .kinds = {&kind_support}, .measures = {HV__MEASURE__SUPPORTS, HV__MEASURE__SUPPORTED_WOMEN}, .run = run};
