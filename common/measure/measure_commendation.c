/* Commendations on the last possible day of their date, and who was honoured, each person once a calendar
 * year (common/tally/tally_commendation.c has the same persons). */
#include "common/change.h"
#include "common/date.h"
#include "common/measure/once.h"
#include "common/people.h"

struct work {
    struct steps *out;
    struct records officers;
    struct once_list persons;
};

static enum err see_person(struct work *w, const struct record *r, int32_t day, struct fault *f)
{
    const struct id *member = record_reference(r, "member_id"), *officer = record_reference(r, "officer_id");
    const struct record *known = officer != NULL ? records_find(&w->officers, officer) : NULL;
    if (member == NULL && known != NULL)
        member = record_reference(known, "member_id");
    if (member != NULL)
        return once_add(&w->persons, 'm', member->b, sizeof member->b, day, f);
    return officer != NULL ? once_add(&w->persons, 'o', officer->b, sizeof officer->b, day, f) : ERR_OK;
}

static enum err count_commendation(void *context, const struct record *r, struct fault *f)
{
    struct work *w = context;
    int64_t date = record_int(r, kind_field(&kind_commendation, "date"), 0);
    if (date == 0)
        return ERR_OK;
    int32_t day = date_last_day((int32_t)date);
    enum err e = steps_add(w->out, HV__MEASURE__COMMENDATIONS, NULL, day, 1, f);
    return e == ERR_OK ? see_person(w, r, day, f) : e;
}

static enum err run(const struct tally_input *in, struct steps *out, struct fault *f)
{
    struct work w = {.out = out, .persons = {.arena = in->arena}};
    enum err e = records_load(in, &kind_officer, &w.officers, f);
    records_sort(&w.officers);
    if (e == ERR_OK)
        e = in->each(in->source, &kind_commendation, count_commendation, &w, f);
    return e == ERR_OK ? once_settle(&w.persons, HV__MEASURE__PERSONS_HONOURED, out, f) : e;
}

const struct measure_rule measure_of_commendation = {
    .kinds = {&kind_commendation, &kind_officer},
    .measures = {HV__MEASURE__COMMENDATIONS, HV__MEASURE__PERSONS_HONOURED},
    .run = run};
