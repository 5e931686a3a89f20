/* Why a member counts or not, and the rules that say so. */
#include "common/date.h"
#include "common/explain.h"
#include "common/people.h"
#include "sample.h"
#include "tally_scene.h"

#define DAY 20190731

static const struct measure *resident(void)
{
    return measure_by_number(HV__MEASURE__MEMBERS);
}

static const struct measure *present(void)
{
    return measure_by_number(HV__MEASURE__MEMBERS_PRESENT);
}

struct happened {
    int32_t type, date;
    bool voided;
};

static enum reason why(const struct measure *m, struct standing_member who, const struct happened *list,
                       size_t count)
{
    struct standing_event events[8] = {{.type = 0}};
    cr_assert(count <= 8);
    for (size_t i = 0; i < count; i++) {
        events[i] =
            (struct standing_event){.type = list[i].type, .date = list[i].date, .voided = list[i].voided};
        events[i].id.b[0] = (uint8_t)i;
    }
    return reason_of(m, &who, events, count, DAY);
}

#define WHO(...) ((struct standing_member){__VA_ARGS__})
#define WHY(m, who, ...)                                                                                     \
    why(m, who, (const struct happened[]){__VA_ARGS__},                                                      \
        sizeof((const struct happened[]){__VA_ARGS__}) / sizeof(struct happened))
#define IS(reason, wanted)                                                                                   \
    cr_assert_eq(reason, wanted, "%s, not %s", reasons[reason].token, reasons[wanted].token)

Test(explain, a_category_counts_where_the_measure_counts_it)
{
    const struct measure *honorary = measure_by_number(HV__MEASURE__MEMBERS_HONORARY);
    const struct measure *organisation = measure_by_number(HV__MEASURE__MEMBERS_ORGANISATION);
    IS(why(resident(), WHO(.category = 0), NULL, 0), REASON_ORDINARY);
    IS(why(resident(), WHO(.category = HV__CATEGORY__ORDINARY), NULL, 0), REASON_ORDINARY);
    IS(why(resident(), WHO(.category = HV__CATEGORY__ORGANISATION), NULL, 0), REASON_ORGANISATION);
    IS(why(resident(), WHO(.category = HV__CATEGORY__HONORARY), NULL, 0), REASON_NOT_HONORARY);
    IS(why(resident(), WHO(.category = HV__CATEGORY__NOT_YET), NULL, 0), REASON_NOT_YET);
    IS(why(resident(), WHO(.category = 9), NULL, 0), REASON_UNKNOWN_CATEGORY);
    IS(why(honorary, WHO(.category = HV__CATEGORY__HONORARY), NULL, 0), REASON_HONORARY);
    IS(why(honorary, WHO(.category = 0), NULL, 0), REASON_NOT_ORDINARY);
    IS(why(honorary, WHO(.category = HV__CATEGORY__ORGANISATION), NULL, 0), REASON_NOT_ORGANISATION);
    IS(why(organisation, WHO(.category = 0), NULL, 0), REASON_NOT_ORDINARY);
}

Test(explain, void_comes_before_all_and_category_before_changes)
{
    IS(WHY(resident(), WHO(.category = HV__CATEGORY__HONORARY, .voided = true),
           {HV__EVENT_TYPE__DIED, 20190101, false}),
       REASON_VOID);
    IS(WHY(resident(), WHO(.category = HV__CATEGORY__HONORARY), {HV__EVENT_TYPE__DIED, 20190101, false}),
       REASON_NOT_HONORARY);
    IS(WHY(resident(), WHO(.residence = HV__RESIDENCE__ELSEWHERE),
           {HV__EVENT_TYPE__MOVED_OUT, 20190101, false}),
       REASON_MOVED_OUT);
}

Test(explain, what_ended_her_standing_is_the_reason)
{
    static const struct {
        int32_t type;
        enum reason reason;
    } rows[] = {{HV__EVENT_TYPE__MOVED_OUT, REASON_MOVED_OUT},
                {HV__EVENT_TYPE__LEFT, REASON_LEFT},
                {HV__EVENT_TYPE__REMOVED, REASON_REMOVED},
                {HV__EVENT_TYPE__DIED, REASON_DIED}};
    for (size_t i = 0; i < 4; i++) {
        IS(WHY(resident(), WHO(.category = 0), {rows[i].type, DAY, false}), rows[i].reason);
        IS(WHY(resident(), WHO(.category = 0), {rows[i].type, DAY + 1, false}), REASON_ORDINARY);
        IS(WHY(resident(), WHO(.category = 0), {rows[i].type, DAY, true}), REASON_ORDINARY);
    }
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__MOVED_OUT, 20180101, false},
           {HV__EVENT_TYPE__DIED, 20190101, false}),
       REASON_MOVED_OUT);
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__DIED, 20180101, false},
           {HV__EVENT_TYPE__RETURNED, 20190101, false}, {HV__EVENT_TYPE__LEFT, 20190201, false}),
       REASON_DIED);
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__LEFT, 20180101, false},
           {HV__EVENT_TYPE__RETURNED, 20190101, false}),
       REASON_ORDINARY);
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__JOINED, DAY, false}), REASON_ORDINARY);
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__JOINED, DAY + 1, false}), REASON_NOT_BEGUN);
    IS(WHY(resident(), WHO(.category = 0), {HV__EVENT_TYPE__JOINED, 20190000, false}), REASON_NOT_BEGUN);
}

Test(explain, residence_counts_at_the_edges_of_six_months)
{
    struct standing_member m = {.residence = HV__RESIDENCE__TEMPORARY, .residence_since = 20190131};
    IS(why(resident(), m, NULL, 0), REASON_ORDINARY);
    m.residence_since = 20190201;
    IS(why(resident(), m, NULL, 0), REASON_TEMPORARY_SHORT);
    m.residence_since = 20190000;
    IS(why(resident(), m, NULL, 0), REASON_TEMPORARY_SHORT);
    m.residence_since = 0;
    IS(why(resident(), m, NULL, 0), REASON_TEMPORARY_UNKNOWN);
    m.residence = HV__RESIDENCE__ELSEWHERE;
    IS(why(resident(), m, NULL, 0), REASON_ELSEWHERE);
    m.residence = HV__RESIDENCE__PERMANENT;
    IS(why(resident(), m, NULL, 0), REASON_ORDINARY);
}

Test(explain, working_away_matters_only_to_a_measure_of_those_present)
{
    IS(why(resident(), WHO(.away_since = 20180101), NULL, 0), REASON_ORDINARY);
    IS(why(present(), WHO(.away_since = DAY), NULL, 0), REASON_AWAY);
    IS(why(present(), WHO(.away_since = DAY + 1), NULL, 0), REASON_ORDINARY);
    IS(why(present(), WHO(.category = HV__CATEGORY__ORGANISATION), NULL, 0), REASON_ORGANISATION);
}

/* Random dates cluster around a few days so that edges meet. */
static int32_t random_date(struct sample *s)
{
    static const int32_t dates[] = {0,        20180000, 20190000, 20190100, 20190131, 20190201,
                                    20190700, 20190730, 20190731, 20190801, 20190831, 20200101};
    return dates[sample_below(s, sizeof dates / sizeof dates[0])];
}

static struct standing_member random_member(struct sample *s)
{
    return (struct standing_member){.category = (int32_t)sample_below(s, 6),
                                    .residence = (int32_t)sample_below(s, 4),
                                    .residence_since = random_date(s),
                                    .away_since = random_date(s),
                                    .flags = (int32_t)sample_below(s, 4),
                                    .voided = sample_below(s, 12) == 0};
}

static size_t random_events(struct sample *s, struct standing_event out[6])
{
    size_t count = (size_t)sample_below(s, 7);
    for (size_t i = 0; i < count; i++)
        out[i] = (struct standing_event){.id = *sample_id(s),
                                         .type = (int32_t)sample_below(s, 9),
                                         .date = random_date(s),
                                         .voided = sample_below(s, 8) == 0};
    return count;
}

static bool counts_by_standing(const struct measure *m, const struct standing_member *who,
                               struct standing_event *events, size_t count, int32_t day)
{
    struct interval list[STANDING_ROOM(6)];
    size_t intervals = standing_of(who, events, count, list);
    for (size_t i = 0; i < intervals; i++)
        if (list[i].from <= day && day < list[i].to)
            return measure_counts(m, list[i].category, list[i].away, list[i].flags);
    return false;
}

Test(explain, who_counts_by_her_reason_counts_by_her_standing)
{
    struct arena *arena = arena_make(1u << 26);
    struct sample s = sample_begin(arena);
    static const int32_t days[] = {20190130, 20190731, 20190801, 20200115};
    bool seen[REASON_COUNT] = {false};
    for (size_t round = 0; round < 20000; round++) {
        struct standing_member who = random_member(&s);
        struct standing_event events[6], again[6];
        size_t count = random_events(&s, events);
        memcpy(again, events, sizeof again);
        for (size_t i = 0; i < 4 * measure_count; i++) {
            const struct measure *m = &measures[i / 4];
            enum reason r = reason_of(m, &who, events, count, days[i % 4]);
            cr_assert_eq(reasons[r].counts, counts_by_standing(m, &who, again, count, days[i % 4]),
                         "round %zu, %s, day %d: %s", round, m->token, days[i % 4], reasons[r].token);
            seen[r] = true;
        }
    }
    for (size_t r = 0; r < REASON_COUNT; r++)
        cr_assert(seen[r], "%s never came", reasons[r].token);
    arena_free(arena);
}

static enum err each_with_void(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                               struct fault *f)
{
    const struct scene *s = source;
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->count; i++)
        if (s->records[i]->kind == kind)
            e = fn(context, s->records[i], f);
    return e;
}

static struct reason_counts count_all(struct scene *s, const struct measure *m)
{
    struct fault f = {0};
    struct reason_counts counts;
    struct tally_input in = {.arena = s->arena,
                             .from = DAY,
                             .day = DAY,
                             .regular_percent = 50,
                             .source = s,
                             .each = each_with_void};
    cr_assert_eq(reason_count(&in, m, &counts, &f), ERR_OK, "%s", f.text);
    return counts;
}

Test(explain, records_are_counted_each_under_one_reason)
{
    struct scene s = scene_begin(DAY, DAY);
    NEW(&s, &kind_member, {"name", .text = "Lê Thị Một"});
    NEW(&s, &kind_member, {"category", .n = HV__CATEGORY__ORGANISATION});
    NEW(&s, &kind_member, {"category", .n = HV__CATEGORY__HONORARY});
    NEW(&s, &kind_member, {"away_since", .n = 20190101});
    NEW(&s, &kind_member, {"voided", .n = 1});
    struct record *moved = NEW(&s, &kind_member, {"name", .text = "Lê Thị Hai"});
    struct record *kept = NEW(&s, &kind_member, {"name", .text = "Lê Thị Ba"});
    NEW(&s, &kind_event, {"member_id", .to = moved}, {"type", .n = HV__EVENT_TYPE__MOVED_OUT},
        {"date", .n = 20190301});
    NEW(&s, &kind_event, {"member_id", .to = kept}, {"type", .n = HV__EVENT_TYPE__DIED},
        {"date", .n = 20190301}, {"voided", .n = 1});
    struct reason_counts c = count_all(&s, resident());
    cr_assert_eq(c.records, 7);
    cr_assert_eq(c.counted, 4);
    cr_assert(c.by[REASON_ORDINARY] == 3 && c.by[REASON_ORGANISATION] == 1 &&
              c.by[REASON_NOT_HONORARY] == 1 && c.by[REASON_VOID] == 1 && c.by[REASON_MOVED_OUT] == 1);
    c = count_all(&s, present());
    cr_assert(c.counted == 3 && c.by[REASON_AWAY] == 1 && c.by[REASON_ORDINARY] == 2);
    scene_end(&s);
}

Test(explain, a_measure_of_households_counts_each_of_them_once)
{
    const struct measure *m = measure_by_number(HV__MEASURE__HOUSEHOLDS);
    const struct kind *household = measure_kind(m);
    cr_assert(household != NULL && measure_kind(resident()) == NULL);
    struct scene s = scene_begin(DAY, DAY);
    struct record *one = NEW(&s, household, {"name", .text = "Lê Văn Một"});
    struct record *two = NEW(&s, household, {"name", .text = "Lê Văn Hai"});
    struct record *mistake = NEW(&s, household, {"name", .text = "Lê Văn Ba"}, {"voided", .n = 1});
    NEW(&s, &kind_member, {"household_id", .to = two});
    NEW(&s, &kind_member, {"household_id", .to = one});
    NEW(&s, &kind_member, {"household_id", .to = two});
    NEW(&s, &kind_member, {"household_id", .to = mistake});
    NEW(&s, &kind_member, {"name", .text = "Lê Thị Bốn"});
    struct record *guest = NEW(&s, household, {"name", .text = "Lê Văn Năm"});
    NEW(&s, &kind_member, {"household_id", .to = guest}, {"category", .n = HV__CATEGORY__NOT_YET});
    struct reason_counts c = count_all(&s, m);
    cr_assert(c.records == 6 && c.counted == 5 && c.numerator == 2 && c.unreferred == 2, "%lld %lld %lld",
              (long long)c.counted, (long long)c.numerator, (long long)c.unreferred);
    c = count_all(&s, resident());
    cr_assert(c.counted == 5 && c.numerator == 5 && c.unreferred == 0);
    scene_end(&s);
}

/* The list counts as it is; whom to look at is told. */
Test(explain, men_and_who_is_not_yet_18_count_and_are_told_apart)
{
    const struct measure *honorary = measure_by_number(HV__MEASURE__MEMBERS_HONORARY);
    struct scene s = scene_begin(DAY, DAY);
    NEW(&s, &kind_member, {"sex", .n = HV__SEX__MALE});
    NEW(&s, &kind_member, {"sex", .n = HV__SEX__MALE}, {"voided", .n = 1});
    NEW(&s, &kind_member, {"sex", .n = HV__SEX__MALE}, {"category", .n = HV__CATEGORY__HONORARY});
    NEW(&s, &kind_member, {"birth", .n = 20010801}, {"sex", .n = HV__SEX__FEMALE});
    NEW(&s, &kind_member, {"birth", .n = 20010731});
    NEW(&s, &kind_member, {"birth", .n = 20010000});
    struct reason_counts c = count_all(&s, resident());
    cr_assert(c.counted == 4 && c.men == 1 && c.young == 1, "%lld %lld", (long long)c.men,
              (long long)c.young);
    c = count_all(&s, honorary);
    cr_assert(c.counted == 1 && c.men == 0 && c.young == 0);
    scene_end(&s);
}

static void random_records(struct scene *scene, struct sample *s, size_t members)
{
    for (size_t i = 0; i < members; i++) {
        struct standing_event events[6];
        struct standing_member who = random_member(s);
        size_t count = random_events(s, events);
        struct record *m =
            NEW(scene, &kind_member, {"category", .n = who.category}, {"residence", .n = who.residence},
                {"residence_since", .n = who.residence_since}, {"away_since", .n = who.away_since},
                {"voided", .n = who.voided});
        for (size_t k = 0; k < count; k++)
            NEW(scene, &kind_event, {"member_id", .to = m}, {"type", .n = events[k].type},
                {"date", .n = events[k].date}, {"voided", .n = events[k].voided});
    }
}

static int64_t counted_by_people(struct scene *s, const struct measure *m)
{
    struct fault f = {0};
    struct people people;
    struct tally_input in = {
        .arena = s->arena, .from = DAY, .day = DAY, .regular_percent = 50, .source = s, .each = scene_each};
    int64_t counted = 0;
    cr_assert_eq(people_load(&in, &people, &f), ERR_OK, "%s", f.text);
    for (size_t i = 0; i < people.count; i++) {
        const struct interval *on = person_on(&people.list[i], DAY);
        counted += on != NULL && measure_counts(m, on->category, on->away, on->flags);
    }
    return counted;
}

Test(explain, reasons_partition_the_records_and_sum_to_the_numerator)
{
    struct scene scene = scene_begin(DAY, DAY);
    struct sample s = sample_begin(scene.arena);
    random_records(&scene, &s, 600);
    for (size_t i = 0; i < measure_count; i++) {
        struct reason_counts c = count_all(&scene, &measures[i]);
        int64_t all = 0, counted = 0;
        for (size_t r = 0; r < REASON_COUNT; r++) {
            all += c.by[r];
            counted += reasons[r].counts ? c.by[r] : 0;
        }
        cr_assert_eq(all, 600);
        cr_assert_eq(c.records, 600);
        cr_assert_eq(c.counted, counted);
        cr_assert_eq(counted, counted_by_people(&scene, &measures[i]), "%s", measures[i].token);
    }
    scene_end(&scene);
}

Test(explain, every_rule_has_words_and_tells_where_it_comes_from)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct rule *r = &rules[i];
        cr_assert(r->token != NULL && r->text.vi != NULL && r->text.en != NULL, "rule %zu", i);
        struct text_pair source = rule_source(r);
        cr_assert(source.vi != NULL && source.vi[0] != '\0' && source.en != NULL && source.en[0] != '\0',
                  "%s", r->token);
        cr_assert((r->basis == BASIS_DOCUMENT) == (r->document.vi != NULL), "%s", r->token);
        cr_assert(r->said == 0 || date_valid(r->said, true), "%s", r->token);
        cr_assert(r->since == 0 || date_valid(r->since, true), "%s", r->token);
        for (size_t k = 0; k < i; k++)
            cr_assert_str_neq(r->token, rules[k].token);
    }
    for (size_t i = 0; i < REASON_COUNT; i++) {
        cr_assert(reasons[i].token != NULL && reasons[i].label.vi != NULL && reasons[i].label.en != NULL);
        for (size_t k = 0; k < i; k++)
            cr_assert_str_neq(reasons[i].token, reasons[k].token);
    }
    cr_assert_eq(rules[RULE_RESIDENCE].said, 20230425);
    cr_assert_eq(rules[RULE_HONORARY].since, 20220000);
}

Test(explain, each_denominator_and_what_is_counted_has_a_rule_of_its_own)
{
    for (const struct code *a = population_codes; a->token != NULL; a++)
        for (const struct code *b = population_codes; b < a; b++)
            cr_assert_neq(denominator_rule(a->value), denominator_rule(b->value), "%s, %s", a->token,
                          b->token);
    cr_assert_eq(denominator_rule(HV__POPULATION_TYPE__WOMEN_18_PLUS), RULE_DENOMINATOR);
    cr_assert_eq(measure_rule(resident()), RULE_ONCE);
    cr_assert_eq(measure_rule(measure_by_number(HV__MEASURE__HOUSEHOLDS)), RULE_HOUSEHOLDS);
}
