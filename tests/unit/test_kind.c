#include "common/codes.h"
#include "common/kind.h"
#include "common/text.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>
#include <string.h>

Test(kind, the_registry_fits_the_messages)
{
    struct fault f = {.code = ERR_OK};
    cr_assert_eq(kind_verify(&f), ERR_OK, "%s", f.text);
}

Test(kind, numbers_and_names_never_change)
{
    static const struct {
        uint32_t number;
        const char *name, *table;
    } rows[] = {{1, "group", "groups"},
                {2, "member", "members"},
                {3, "membership", "memberships"},
                {4, "event", "events"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct kind *k = kind_by_number(rows[i].number);
        cr_assert_not_null(k);
        cr_assert_str_eq(k->name, rows[i].name);
        cr_assert_str_eq(k->table, rows[i].table);
        cr_assert(kind_by_name(rows[i].name) == k);
        cr_assert(kinds[kind_index(k)] == k);
    }
    cr_assert_null(kind_by_number(0));
    cr_assert_null(kind_by_number(99));
    cr_assert_null(kind_by_name("members"));
}

Test(kind, the_schema_counts_kinds_and_fields)
{
    size_t fields = 0;
    for (size_t k = 0; k < kind_count; k++)
        fields += kinds[k]->descriptor->n_fields;
    cr_assert_eq(kind_schema(), kind_count + fields);
}

Test(kind, fields_are_found_by_name_and_number)
{
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < kinds[k]->field_count; i++) {
            cr_assert_eq(kind_field(kinds[k], kinds[k]->fields[i].name), (int)i);
            cr_assert_eq(kind_field_by_number(kinds[k], field_number(kinds[k], i)), (int)i);
            cr_assert_eq(field_bit(kinds[k], i), UINT64_C(1) << field_number(kinds[k], i));
        }
    cr_assert_eq(kind_field(&kind_member, "id"), -1);
    cr_assert_eq(kind_field_by_number(&kind_member, 0), -1);
    cr_assert_eq(kind_field_by_number(&kind_member, 63), -1);
    cr_assert_eq(kind_field_by_number(&kind_member, UINT32_MAX), -1);
}

Test(kind, types_come_from_the_messages)
{
    static const struct {
        const char *field;
        enum field_type type;
    } rows[] = {{"name", FIELD_TEXT}, {"birth", FIELD_DATE},  {"group_id", FIELD_ID},
                {"sex", FIELD_CODE},  {"voided", FIELD_BOOL}, {"religion", FIELD_TEXT}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_assert_eq(field_type(&kind_member, (size_t)kind_field(&kind_member, rows[i].field)), rows[i].type,
                     "%s", rows[i].field);
}

Test(kind, only_name_birth_and_group_of_a_member_are_required)
{
    for (size_t i = 0; i < kind_member.field_count; i++) {
        const char *name = kind_member.fields[i].name;
        bool wanted =
            strcmp(name, "name") == 0 || strcmp(name, "birth") == 0 || strcmp(name, "group_id") == 0;
        cr_assert_eq(kind_member.fields[i].required, wanted, "%s", name);
    }
}

Test(kind, origin_religion_and_politics_are_sensitive)
{
    static const char *const names[] = {"ethnic_code", "ethnic_list", "religion", "political_theory",
                                        "party_since"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        cr_assert_eq(kind_member.fields[kind_field(&kind_member, names[i])].sensitivity, SENSITIVE, "%s",
                     names[i]);
}

Test(kind, codes_are_found_by_value_and_by_token)
{
    cr_assert_str_eq(code_by_value(event_type_codes, HV__EVENT_TYPE__MOVED_OUT)->token, "moved-out");
    cr_assert_eq(code_by_token(group_kind_codes, "chi-hoi")->value, HV__GROUP_KIND__CHI_HOI);
    cr_assert_null(code_by_value(event_type_codes, 0));
    cr_assert_null(code_by_value(event_type_codes, INT64_C(4294967297)));
    cr_assert_null(code_by_token(event_type_codes, "Joined"));
    cr_assert_null(code_by_token(event_type_codes, ""));
}

Test(kind, the_rank_of_an_event_is_its_number)
{
    /* Standing orders the events of one day by it: all that enter come before all that leave. */
    cr_assert(HV__EVENT_TYPE__JOINED < HV__EVENT_TYPE__MOVED_IN);
    cr_assert(HV__EVENT_TYPE__MOVED_IN < HV__EVENT_TYPE__RETURNED);
    cr_assert(HV__EVENT_TYPE__RETURNED < HV__EVENT_TYPE__MOVED_OUT);
    cr_assert(HV__EVENT_TYPE__REMOVED < HV__EVENT_TYPE__DIED);
}

static bool folds_to(struct arena *a, const char *p, size_t n, struct bytes word)
{
    struct bytes fold;
    cr_assert_eq(text_fold(a, p, n, &fold), ERR_OK);
    return fold.n == word.n && memcmp(fold.p, word.p, word.n) == 0;
}

/* Rows, tokens and labels of the list that the word stands for, without the one it belongs to. */
static void says_one(struct arena *a, const struct code_said *s, const char *p, size_t n)
{
    struct bytes word;
    cr_assert_eq(text_fold(a, p, n, &word), ERR_OK);
    for (const struct code *k = s->codes; k->token != NULL; k++)
        cr_assert(!folds_to(a, k->token, strlen(k->token), word) &&
                      !folds_to(a, k->label.vi, strlen(k->label.vi), word) &&
                      !folds_to(a, k->label.en, strlen(k->label.en), word),
                  "%.*s: %s", (int)n, p, k->token);
    for (const struct code_said *o = codes_said; o->codes != NULL; o++)
        for (const char *q = o->words; o->codes == s->codes; q++) {
            size_t m = strcspn(q, "|");
            cr_assert(q == p || !folds_to(a, q, m, word), "%.*s twice", (int)n, p);
            q += m;
            if (*q == '\0')
                break;
        }
}

Test(kind, each_word_that_lists_say_is_one_code_of_its_list)
{
    struct arena *a = arena_make((size_t)1 << 24);
    for (const struct code_said *s = codes_said; s->codes != NULL; s++) {
        cr_assert_not_null(code_by_token(s->codes, s->token), "%s", s->token);
        for (const char *p = s->words;; p++) {
            size_t n = strcspn(p, "|");
            says_one(a, s, p, n);
            p += n;
            if (*p == '\0')
                break;
        }
    }
    arena_free(a);
}
