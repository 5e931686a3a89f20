/* Whole changes: what is required, references, relations, spans. */
#include "tests/unit/draft.h"

Test(check_change, a_new_record_needs_what_is_required)
{
    static const char *const required[] = {"name", "birth", "group_id"};
    struct draft d;
    draft_member(&d);
    cr_assert_eq(checked(&d, true), ERR_OK);
    for (size_t i = 0; i < 3; i++) {
        draft_member(&d);
        d.change.set &= ~field_bit(&kind_member, (size_t)kind_field(&kind_member, required[i]));
        cr_assert_eq(checked(&d, true), ERR_MISSING, "%s", required[i]);
        cr_assert_eq(checked(&d, false), ERR_OK, "an edit need not name %s", required[i]);
    }
}

Test(check_change, what_is_required_can_not_be_cleared)
{
    struct draft d;
    draft_begin(&d, &kind_member);
    d.change.cleared = field_bit(&kind_member, (size_t)kind_field(&kind_member, "name"));
    cr_assert_eq(checked(&d, false), ERR_MISSING);
    d.change.cleared = field_bit(&kind_member, (size_t)kind_field(&kind_member, "phone"));
    cr_assert_eq(checked(&d, false), ERR_OK);
}

Test(check_change, every_value_of_a_change_is_looked_at)
{
    struct draft d;
    draft_member(&d);
    draft_number(&d, "voided", 7);
    cr_assert_eq(checked(&d, true), ERR_BAD_NUMBER);
    draft_member(&d);
    draft_number(&d, "education", 77);
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_VALUE);
}

Test(check_change, unknown_kinds_and_fields)
{
    struct draft d;
    draft_member(&d);
    d.change.unknown_field = 61;
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_FIELD);
    d.change.kind = NULL;
    cr_assert_eq(checked(&d, true), ERR_UNKNOWN_KIND);
}

Test(check_change, the_null_id_names_no_record)
{
    struct draft d;
    draft_member(&d);
    memset(&d.change.id, 0, sizeof d.change.id);
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
}

Test(check_change, no_group_belongs_to_itself)
{
    struct draft d;
    draft_begin(&d, &kind_group);
    d.change.id = a_group;
    draft_text(&d, "parent_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_text(&d, "parent_id", (const char *)a_group.b, sizeof a_group.b);
    cr_assert_eq(checked(&d, false), ERR_BAD_FORMAT);
}

static void draft_membership(struct draft *d)
{
    const struct id *joined[] = {&a_member, &a_group};
    draft_begin(d, &kind_membership);
    draft_text(d, "member_id", (const char *)a_member.b, sizeof a_member.b);
    draft_text(d, "group_id", (const char *)a_group.b, sizeof a_group.b);
    d->change.id = id_of_relation(kind_membership.number, joined, 2);
}

Test(check_change, the_id_of_a_relation_is_computed)
{
    struct draft d;
    draft_membership(&d);
    cr_assert_eq(checked(&d, true), ERR_OK);
    d.change.id.b[15] ^= 1;
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
    draft_membership(&d);
    draft_text(&d, "group_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, true), ERR_BAD_ID);
}

Test(check_change, an_edit_of_a_relation_may_not_join_something_else)
{
    struct draft d;
    draft_membership(&d);
    d.change.set = 0;
    draft_number(&d, "until", 20240000);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_text(&d, "group_id", (const char *)a_member.b, sizeof a_member.b);
    cr_assert_eq(checked(&d, false), ERR_BAD_ID);
    const struct id *one[] = {&a_member};
    d.change.id = id_of_relation(kind_membership.number, one, 1);
    cr_assert_eq(checked(&d, false), ERR_BAD_ID, "a relation joins two");
}

Test(check_change, append_only_kinds_are_written_once)
{
    struct kind ledger = kind_event;
    ledger.append_only = true;
    struct draft d;
    draft_begin(&d, &ledger);
    draft_text(&d, "member_id", (const char *)a_member.b, sizeof a_member.b);
    draft_number(&d, "type", HV__EVENT_TYPE__JOINED);
    draft_number(&d, "date", 20200000);
    cr_assert_eq(checked(&d, true), ERR_OK);
    cr_assert_eq(checked(&d, false), ERR_APPEND_ONLY);
    draft_number(&d, "voided", 1);
    cr_assert_eq(checked(&d, true), ERR_APPEND_ONLY);
}

/* ---- spans ---- */

Test(check_change, nothing_ends_before_it_begins)
{
    static const struct {
        const struct kind *kind;
        const char *begins, *ends;
    } rows[] = {{&kind_group, "founded", "closed"},
                {&kind_membership, "since", "until"},
                {&kind_post, "since", "until"},
                {&kind_programme, "starts", "ends"},
                {&kind_plan, "opened", "deadline"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct draft d;
        struct fault f = {.field = -1};
        draft_begin(&d, rows[i].kind);
        draft_number(&d, rows[i].begins, 20180115);
        cr_assert_eq(checked(&d, false), ERR_OK, "%s", rows[i].kind->name);
        draft_number(&d, rows[i].ends, 20180115);
        cr_assert_eq(checked(&d, false), ERR_OK, "%s: one day", rows[i].kind->name);
        draft_number(&d, rows[i].ends, 20180114);
        cr_assert_eq(check_change(&d.change, false, &f), ERR_BAD_DATE, "%s", rows[i].kind->name);
        cr_assert_eq(f.field, kind_field(rows[i].kind, rows[i].ends), "%s", rows[i].kind->name);
    }
}

Test(check_change, partial_dates_are_backwards_only_beyond_doubt)
{
    struct draft d;
    draft_begin(&d, &kind_group);
    draft_number(&d, "founded", 20180600);
    draft_number(&d, "closed", 20180000);
    cr_assert_eq(checked(&d, false), ERR_OK);
    draft_number(&d, "closed", 20180500);
    cr_assert_eq(checked(&d, false), ERR_BAD_DATE);
    draft_number(&d, "founded", 20180000);
    draft_number(&d, "closed", 20100000);
    cr_assert_eq(checked(&d, false), ERR_BAD_DATE);
}
