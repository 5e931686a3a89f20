/* What is missing in members' records, by hand-computed numbers. */
#include "common/ask.h"
#include "common/codes.h"
#include "tests/unit/tally_scene.h"

#define DAY 20181231

#define IS(section, key, column, n) FIGURE_IS(tally_data, &t, section, key, column, n)

static struct scene s;
static struct record *home;

static void begin(void)
{
    s = scene_begin(20180101, DAY);
    home = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"}, {"type", .n = HV__GROUP_KIND__CHI_HOI});
}

static void end(void)
{
    scene_end(&s);
}

TestSuite(tally_data, .init = begin, .fini = end);

static struct record *member(const char *name)
{
    return NEW(&s, &kind_member, {"name", .text = name}, {"birth", .n = 19700000}, {"group_id", .to = home});
}

/* The question carries the id that its relation has. */
static struct record *question(const struct record *of, const char *field, int64_t state)
{
    uint32_t number = field_number(&kind_member, (size_t)kind_field(&kind_member, field));
    struct record *q =
        NEW(&s, &kind_question, {"member_id", .to = of}, {"field", .n = number}, {"state", .n = state});
    q->id = ask_id(&of->id, number);
    return q;
}

static void fill_all(struct record *m)
{
    for (size_t i = 0; i < kind_member.field_count; i++)
        if (field_is_asked(&kind_member, i))
            record_put(m, field_type(&kind_member, i) == FIELD_TEXT
                              ? (struct given){kind_member.fields[i].name, .text = "x"}
                              : (struct given){kind_member.fields[i].name, .n = 1});
}

Test(tally_data, what_may_be_asked_is_known_with_the_words_of_the_registry)
{
    size_t count = 0;
    for (size_t i = 0; i < kind_member.field_count; i++) {
        const struct field *field = &kind_member.fields[i];
        const struct code *code = code_by_value(ask_field_codes, field_number(&kind_member, i));
        cr_assert_eq(code != NULL, field_is_asked(&kind_member, i), "%s", field->name);
        if (code == NULL)
            continue;
        count++;
        cr_assert_str_eq(code->label.vi, field->label.vi);
        cr_assert_str_eq(code->label.en, field->label.en);
        cr_assert_eq(strlen(code->token), strlen(field->name));
        for (size_t k = 0; code->token[k] != '\0'; k++)
            cr_assert_eq(code->token[k] == '-' ? '_' : code->token[k], field->name[k], "%s", field->name);
    }
    cr_assert_eq(count, ASK_FIELDS);
    cr_assert_null(ask_field_codes[ASK_FIELDS].token);
}

Test(tally_data, nobody_is_asked_for_these)
{
    static const char *const none[] = {
        "name",           "birth",       "group_id",        "voided",     "category",    "core",       "note",
        "citizen_issued", "card_issued", "residence_since", "away_since", "party_since", "ethnic_list"};
    for (size_t k = 0; k < sizeof none / sizeof none[0]; k++)
        cr_assert(!field_is_asked(&kind_member, (size_t)kind_field(&kind_member, none[k])), "%s", none[k]);
    cr_assert(field_is_asked(&kind_member, (size_t)kind_field(&kind_member, "phone")));
    cr_assert(!category_is_asked(HV__CATEGORY__NOT_YET) && category_is_asked(HV__CATEGORY__HONORARY));
}

Test(tally_data, an_empty_register_shows_zeros)
{
    struct tally t = scene_tally(&s, &tally_data);
    IS("all", "", "members", 0);
    IS("all", "", "cells", 0);
    IS("fields", "phone", "members", 0);
    IS("fields", "household-relation", "missing", 0);
    cr_assert_null(scene_row(&tally_data, &t, "groups", "Chi hội 1"));
}

Test(tally_data, cells_are_counted_by_field_group_and_in_all)
{
    struct record *a = member("A"), *b = member("B");
    fill_all(member("C"));
    record_put(a, (struct given){"phone", .text = "0912345678"});
    record_put(a, (struct given){"sex", .n = HV__SEX__FEMALE});
    record_put(b, (struct given){"sex", .n = HV__SEX__FEMALE});
    record_put(b, (struct given){"party_since", .n = 20000000});
    struct tally t = scene_tally(&s, &tally_data);
    IS("all", "", "members", 3);
    IS("all", "", "complete", 1);
    IS("all", "", "cells", 46);
    IS("all", "", "filled", 19);
    IS("all", "", "missing", 27);
    IS("fields", "phone", "members", 3);
    IS("fields", "phone", "filled", 2);
    IS("fields", "phone", "missing", 1);
    IS("fields", "sex", "missing", 0);
    IS("groups", "Chi hội 1", "members", 3);
    IS("groups", "Chi hội 1", "cells", 46);
    IS("groups", "Chi hội 1", "filled", 19);
}

Test(tally_data, questions_count_only_where_something_is_missing)
{
    struct record *a = member("A"), *b = member("B");
    record_put(a, (struct given){"phone", .text = "0912345678"});
    question(a, "phone", HV__ASK_STATE__DECLINED);
    question(a, "occupation", HV__ASK_STATE__ASKED);
    question(a, "religion", HV__ASK_STATE__NOT_ASKED);
    question(b, "phone", HV__ASK_STATE__DECLINED);
    record_put(question(b, "occupation", HV__ASK_STATE__ASKED), (struct given){"voided", .n = 1});
    question(b, "birth", HV__ASK_STATE__ASKED);
    struct tally t = scene_tally(&s, &tally_data);
    IS("fields", "phone", "missing", 1);
    IS("fields", "phone", "declined", 1);
    IS("fields", "phone", "asked", 0);
    IS("fields", "occupation", "asked", 1);
    IS("fields", "occupation", "missing", 2);
    IS("fields", "religion", "asked", 0);
    IS("all", "", "asked", 1);
    IS("all", "", "declined", 1);
    IS("groups", "Chi hội 1", "declined", 1);
}

Test(tally_data, only_members_who_stand_on_the_day_count)
{
    record_put(member("away"), (struct given){"residence", .n = HV__RESIDENCE__ELSEWHERE});
    record_put(member("not yet"), (struct given){"category", .n = HV__CATEGORY__NOT_YET});
    record_put(member("void"), (struct given){"voided", .n = 1});
    record_put(member("honorary"), (struct given){"category", .n = HV__CATEGORY__HONORARY});
    struct record *left = member("left"), *comes = member("leaves tomorrow");
    NEW(&s, &kind_event, {"member_id", .to = left}, {"type", .n = HV__EVENT_TYPE__LEFT}, {"date", .n = DAY});
    NEW(&s, &kind_event, {"member_id", .to = comes}, {"type", .n = HV__EVENT_TYPE__LEFT},
        {"date", .n = 20190101});
    struct tally t = scene_tally(&s, &tally_data);
    IS("all", "", "members", 2);
    IS("fields", "phone", "members", 2);
}

Test(tally_data, members_of_void_groups_are_shown_and_groups_of_one_name_kept_apart)
{
    struct record *twin = NEW(&s, &kind_group, {"name", .text = "Chi hội 1"});
    member("A");
    home = twin;
    member("B");
    home = NEW(&s, &kind_group, {"name", .text = "Chi hội 3"}, {"voided", .n = 1});
    member("C");
    struct tally t = scene_tally(&s, &tally_data);
    IS("groups", "Chi hội 1", "members", 1);
    IS("groups", "Chi hội 1 (2)", "members", 1);
    IS("groups", "no-group", "members", 1);
    IS("all", "", "members", 3);
}

Test(tally_data, nationality_is_asked_of_honorary_members_alone)
{
    member("A");
    record_put(member("B"), (struct given){"category", .n = HV__CATEGORY__HONORARY});
    record_put(member("C"), (struct given){"nationality", .text = "Pháp"});
    struct tally t = scene_tally(&s, &tally_data);
    IS("fields", "nationality", "members", 2);
    IS("fields", "nationality", "filled", 1);
    IS("fields", "nationality", "missing", 1);
    IS("all", "", "cells", 15 + 16 + 16);
}

static struct record *household_of(struct record *m, const char *head)
{
    struct record *house = NEW(&s, &kind_household, {"name", .text = head});
    record_put(m, (struct given){"household_id", .to = house});
    return house;
}

Test(tally_data, who_has_a_household_is_not_asked_for_its_head)
{
    household_of(member("A"), "Lê Văn Một");
    member("B");
    struct tally t = scene_tally(&s, &tally_data);
    IS("fields", "household-head", "members", 1);
    IS("fields", "household-relation", "missing", 2);
    IS("all", "", "cells", 14 + 15);
}

Test(tally_data, who_heads_her_household_is_not_asked_how_she_is_related_to_its_head)
{
    household_of(member("Lê Thị Hoa"), "Lê Thị Hoa");
    household_of(member("Lê Thị Ho"), "Lê Thị Hoa");
    struct tally t = scene_tally(&s, &tally_data);
    IS("fields", "household-relation", "members", 1);
    IS("fields", "household-head", "members", 0);
    IS("all", "", "cells", 13 + 14);
}

Test(tally_data, in_a_household_noted_by_mistake_she_is_asked_for_its_head_and_her_relation)
{
    struct record *house = household_of(member("Lê Thị Hoa"), "Lê Thị Hoa");
    record_put(house, (struct given){"voided", .n = 1});
    struct tally t = scene_tally(&s, &tally_data);
    IS("fields", "household-head", "missing", 1);
    IS("fields", "household-relation", "missing", 1);
}

Test(tally_data, a_vietnamese_member_of_a_household_has_a_complete_record)
{
    struct record *m = member("A");
    const struct record *house = household_of(m, "Lê Văn Một");
    struct asks asks = {.households = {.list = &house, .count = 1}};
    for (size_t i = 0; i < kind_member.field_count; i++)
        if (field_is_asked(&kind_member, i) && member_is_asked(&asks, m, i))
            record_put(m, field_type(&kind_member, i) == FIELD_TEXT
                              ? (struct given){kind_member.fields[i].name, .text = "x"}
                              : (struct given){kind_member.fields[i].name, .n = 1});
    struct tally t = scene_tally(&s, &tally_data);
    IS("all", "", "complete", 1);
    IS("all", "", "cells", 14);
    IS("all", "", "missing", 0);
}
