/* What becomes of each change of a batch: kept, or refused with a reason while the others are kept. */
#include "common/id.h"
#include "proto/record.pb-c.h"
#include "tests/session/scene.h"
#include <string.h>

SUPPORT_CLUSTER

TestSuite(verdicts, .init = scene_begin, .fini = scene_end, .timeout = 60);

Test(verdicts, one_bad_change_leaves_the_others)
{
    struct id group = os_new_id();
    talk_group(&a, group, "Chi hội 1");
    put_text(&a, talk_member(&a, os_new_id(), group, "Nguyễn Thị Hoa"), "note",
             "a\xff"
             "b");
    talk_member(&a, os_new_id(), group, "Lê Thị Lan");
    put_int(talk_member(&a, os_new_id(), group, "Lê Thị Mai"), "birth", 19700231);
    put_int(talk_member(&a, os_new_id(), group, "Lê Thị Cúc"), "category", 9);
    put_text(&a, talk_member(&a, os_new_id(), group, "Lê Thị Đào"), "citizen_no", "12");
    talk_member(&a, os_new_id(), group, "Lê Thị Sen");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 4);
    cr_assert_eq(talk_code(r, 2), HV__CODE__BAD_TEXT);
    cr_assert_eq(talk_verdict(r, 2)->field, 28);
    cr_assert_eq(talk_code(r, 4), HV__CODE__BAD_DATE);
    cr_assert_eq(talk_code(r, 5), HV__CODE__UNKNOWN_VALUE);
    cr_assert_eq(talk_code(r, 6), HV__CODE__BAD_FORMAT);
    cr_assert_eq(rows_in("members"), 2);
    cr_assert_eq(rows_in("refusal"), 4);
    cr_assert_eq(rows_in("standing"), 2);
}

Test(verdicts, a_record_named_again_is_refused_the_second_time)
{
    struct id group = os_new_id();
    talk_group(&a, group, "Chi hội 1");
    talk_group(&a, group, "Chi hội 2");
    put_text(&a, talk_change(&a, &kind_group, group), "note", "hai lần");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 2);
    cr_assert_eq(talk_code(r, 2), HV__CODE__NAMED_TWICE);
    cr_assert_eq(talk_code(r, 3), HV__CODE__NAMED_TWICE);
    cr_assert_str_eq(sql(&server.db, "select name from groups"), "Chi hội 1");
}

Test(verdicts, what_is_required_may_not_be_cleared)
{
    struct id member = os_new_id();
    scene_settle(&a, os_new_id(), member);
    put_nothing(talk_change(&a, &kind_member, member), "birth");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(talk_code(r, 3), HV__CODE__MISSING);
    cr_assert_eq(talk_verdict(r, 3)->field, 2);
}

/* ---- others' records ---- */

/* The answer to an edit of `member`, on the wire. */
static Hv__Verdict edit_of(struct talk *t, struct id member, bool whole)
{
    struct id group = os_new_id();
    talk_group(t, group, "Chi hội 1");
    if (whole)
        talk_member(t, member, group, "Nguyễn Thị Hoa");
    else
        put_text(t, talk_change(t, &kind_member, member), "phone", "0912345678");
    const Hv__Verdict *v = talk_verdict(talk_push(t), t->made);
    cr_assert(v != NULL, "it was accepted");
    return *v;
}

Test(verdicts, another_communes_record_is_told_apart_from_none_by_nothing)
{
    struct id theirs = os_new_id();
    scene_settle(&c, os_new_id(), theirs);
    for (int i = 0; i < 2; i++) { /* again: a refusal is on record now */
        Hv__Verdict other = edit_of(&a, theirs, false), none = edit_of(&a, os_new_id(), false);
        cr_assert_eq(other.code, HV__CODE__NO_SUCH_RECORD);
        cr_assert_eq(none.code, HV__CODE__NO_SUCH_RECORD);
        cr_assert_eq(other.has_field, none.has_field);
        cr_assert_eq(other.has_depends_on, none.has_depends_on);
    }
    cr_assert_eq(edit_of(&a, theirs, true).code, HV__CODE__NO_SUCH_RECORD, "made with an id that is theirs");
    cr_assert_str_eq(sql(&server.db, "select coalesce(phone, 'none') from members"), "none");
    cr_assert_eq(sql_int(&server.db, "select stream from members"), c.stream);
}

Test(verdicts, an_edit_is_checked_the_same_whether_its_record_is_anothers_or_none)
{
    struct id ids[] = {os_new_id(), os_new_id()};
    scene_settle(&c, os_new_id(), ids[0]);
    for (int i = 0; i < 2; i++)
        put_int(talk_change(&a, &kind_member, ids[i]), "sex", 9);
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(talk_code(r, 1), HV__CODE__UNKNOWN_VALUE);
    cr_assert_eq(talk_code(r, 2), HV__CODE__UNKNOWN_VALUE);
}

Test(verdicts, a_reference_to_another_communes_record_or_to_none_gets_the_same_answer)
{
    struct id theirs = os_new_id(), ours = os_new_id();
    scene_settle(&c, theirs, os_new_id());
    scene_settle(&a, ours, os_new_id());
    talk_member(&a, os_new_id(), theirs, "Lê Thị Lan");
    talk_member(&a, os_new_id(), os_new_id(), "Lê Thị Mai");
    put_id(&a, talk_group(&a, os_new_id(), "Tổ 1"), "parent_id", theirs);
    put_id(&a, talk_change(&a, &kind_member, a.changes[1]->id), "group_id", theirs);
    talk_member(&a, os_new_id(), ours, "Lê Thị Đào");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 4);
    for (uint64_t n = 3; n <= 6; n++)
        cr_assert_eq(talk_code(r, n), HV__CODE__NO_SUCH_RECORD);
    cr_assert_eq(talk_verdict(r, 3)->field, 3);
    cr_assert_eq(talk_verdict(r, 5)->field, 3);
    cr_assert_eq(sql_int(&server.db, "select count(*) from members where stream = %d", a.stream), 2);
}

/* ---- what hangs on a refused one ---- */

Test(verdicts, what_depends_on_a_refused_record_is_refused_with_it)
{
    struct id group = os_new_id(), part = os_new_id(), member = os_new_id();
    put_int(talk_group(&a, group, "Chi hội 1"), "founded", 20201301);
    put_id(&a, talk_group(&a, part, "Tổ 1"), "parent_id", group);
    talk_member(&a, member, part, "Nguyễn Thị Hoa");
    struct change *e = talk_change(&a, &kind_event, os_new_id());
    put_id(&a, e, "member_id", member);
    put_int(e, "type", 1);
    put_int(e, "date", 20190301);
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(talk_code(r, 1), HV__CODE__BAD_DATE);
    for (uint64_t n = 2; n <= 4; n++) {
        cr_assert_eq(talk_code(r, n), HV__CODE__DEPENDS_ON, "number %u", (unsigned)n);
        cr_assert_eq(talk_verdict(r, n)->depends_on, n - 1);
    }
    cr_assert_eq(rows_in("groups") + rows_in("members") + rows_in("events"), 0);
}

Test(verdicts, what_depends_on_an_earlier_refusal_is_refused_until_that_is_mended)
{
    struct id group = os_new_id(), member = os_new_id();
    put_int(talk_group(&a, group, "Chi hội 1"), "founded", 20201301);
    talk_push(&a);
    talk_member(&a, member, group, "Nguyễn Thị Hoa");
    put_text(&a, talk_change(&a, &kind_group, group), "note", "sửa");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(talk_code(r, 2), HV__CODE__DEPENDS_ON);
    cr_assert_eq(talk_code(r, 3), HV__CODE__DEPENDS_ON);
    cr_assert_eq(talk_verdict(r, 3)->depends_on, 1);
    talk_group(&a, group, "Chi hội 1");
    talk_member(&a, member, group, "Nguyễn Thị Hoa");
    cr_assert_eq(talk_push(&a)->n_verdict, 0);
    cr_assert_eq(rows_in("members"), 1);
}

Test(verdicts, another_replicas_refusal_is_none_of_its_business)
{
    struct id group = os_new_id();
    put_int(talk_group(&a, group, "Chi hội 1"), "founded", 20201301);
    talk_push(&a);
    talk_member(&b, os_new_id(), group, "Nguyễn Thị Hoa");
    cr_assert_eq(talk_code(talk_push(&b), 1), HV__CODE__NO_SUCH_RECORD);
}

Test(verdicts, a_refused_edit_does_not_take_along_what_refers_to_the_record)
{
    struct id group = os_new_id();
    scene_settle(&a, group, os_new_id());
    put_int(talk_change(&a, &kind_group, group), "founded", 20201301);
    talk_member(&a, os_new_id(), group, "Lê Thị Lan");
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 1);
    cr_assert_eq(talk_code(r, 3), HV__CODE__BAD_DATE);
}

/* ---- what only the database refuses ---- */

Test(verdicts, what_the_database_refuses_is_found_and_the_rest_kept)
{
    struct id group = os_new_id(), bad = os_new_id();
    uint64_t refused = 0;
    sql(&server.db,
        "alter table groups add check (note is distinct from 'no'); alter table members add check "
        "(birth <> 19990000)");
    talk_group(&a, group, "Chi hội 1");
    put_text(&a, talk_group(&a, bad, "Chi hội 2"), "note", "no");
    struct change *below = talk_group(&a, os_new_id(), "Tổ 1");
    put_int(below, "type", HV__GROUP_KIND__TO);
    put_id(&a, below, "parent_id", bad);
    for (int i = 0; i < 60; i++)
        put_int(talk_member(&a, os_new_id(), i % 20 == 7 ? bad : group, "Lê Thị Lan"), "birth",
                i % 25 == 13 ? 19990000 : 19700000);
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(talk_code(r, 2), HV__CODE__REFUSED_BY_STORE);
    cr_assert_eq(talk_code(r, 3), HV__CODE__DEPENDS_ON);
    for (uint64_t n = 4; n <= 63; n++) {
        uint64_t i = n - 4;
        Hv__Code code = i % 20 == 7    ? HV__CODE__DEPENDS_ON
                        : i % 25 == 13 ? HV__CODE__REFUSED_BY_STORE
                                       : HV__CODE__OK;
        cr_assert_eq(talk_code(r, n), code, "number %u", (unsigned)n);
        refused += code != HV__CODE__OK;
    }
    cr_assert_eq(rows_in("members"), 60 - (int64_t)refused);
    cr_assert_eq(rows_in("standing"), 60 - (int64_t)refused);
    cr_assert_eq(rows_in("log"), 61 - (int64_t)refused);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", a.stream), 1);
}

Test(verdicts, a_batch_refused_as_a_whole_moves_the_numbers_but_not_the_stream)
{
    put_int(talk_group(&a, os_new_id(), "Chi hội 1"), "founded", 20201301);
    cr_assert_eq(talk_push(&a)->last, 1);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", a.stream), 0);
}
