/* Whose record and whose field it is: what the server takes from a commune and from its province. */
#include "proto/record.pb-c.h"
#include "tests/session/ownership_scene.h"

SUPPORT_CLUSTER

TestSuite(ownership, .init = ownership_begin, .fini = ownership_end, .timeout = 120);

/* ---- streams ---- */

Test(ownership, a_stream_is_its_units_and_its_provinces_and_no_others)
{
    const struct bytes none = {NULL, 0};
    cr_assert_eq(peer_code(talk_ask(&pen, 1, none, true)), HV__CODE__OK);
    cr_assert_eq(peer_code(talk_ask(&province, 1, none, true)), HV__CODE__OK);
    cr_assert_eq(peer_code(talk_ask(&stranger, 1, none, true)), HV__CODE__NOT_ALLOWED);
    const char *text = talk_ask(&stranger, 1, none, true)->error->text;
    cr_assert(strstr(text, words("%d", stranger.stream)) != NULL);
    static const char *const above[] = {"VN", "930", "94"};
    for (int i = 0; i < 3; i++) {
        pen.stream = world_unit(&server.db, above[i]);
        cr_assert_eq(peer_code(talk_ask(&pen, 1, none, true)), HV__CODE__NOT_ALLOWED, "%s", above[i]);
    }
    pen.stream = INT32_MAX;
    cr_assert_eq(peer_code(talk_ask(&pen, 1, none, true)), HV__CODE__NOT_ALLOWED, "none at all");
    pen.stream = -1;
    cr_assert_eq(peer_code(talk_ask(&pen, 1, none, true)), HV__CODE__NOT_ALLOWED);
}

Test(ownership, a_commune_names_no_stream_but_its_own)
{
    const struct bytes none = {NULL, 0};
    commune.is_pen = true;
    cr_assert_eq(peer_code(talk_ask(&commune, 1, none, true)), HV__CODE__OK);
    commune.stream = other.stream;
    cr_assert_eq(peer_code(talk_ask(&commune, 1, none, true)), HV__CODE__NOT_ALLOWED);
    commune.stream = province.stream;
    cr_assert_eq(peer_code(talk_ask(&commune, 1, none, true)), HV__CODE__NOT_ALLOWED);
}

Test(ownership, what_a_stranger_sends_is_not_kept)
{
    named(&stranger, &kind_plan, os_new_id());
    cr_assert_eq(peer_code(talk_ask(&stranger, 1, talk_batch(&stranger, 1, 1), true)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(rows_in("plans"), 0);
    cr_assert_eq(rows_in("replica"), 0);
}

/* ---- who may set what ---- */

Test(ownership, a_commune_makes_no_plan_and_changes_none_of_the_provinces_fields)
{
    named(&commune, &kind_plan, os_new_id());
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "name");
    struct id plan = plan_made();
    put_int(talk_change(&commune, &kind_plan, plan), "figure", 60);
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "figure");
    put_int(talk_change(&commune, &kind_plan, plan), "voided", 1);
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "voided");
    put_nothing(talk_change(&commune, &kind_plan, plan), "deadline");
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "deadline");
    put_text(&commune, talk_change(&commune, &kind_plan, plan), "note", "Xã nhất trí");
    taken(&commune);
    cr_assert_eq(sql_int(&server.db,
                         "select count(*) from plans where note is not null and figure is null and "
                         "voided is null and stream = %d",
                         commune.stream),
                 1);
}

Test(ownership, a_province_leaves_a_communes_fields_to_it)
{
    struct id plan = plan_made();
    put_text(&pen, talk_change(&pen, &kind_plan, plan), "note", "Tỉnh ghi");
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, "note");
    struct change *p = talk_change(&pen, &kind_progress, os_new_id());
    put_id(&pen, p, "plan_id", plan);
    put_int(p, "date", 20190401);
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, "plan_id");
    put_int(talk_change(&pen, &kind_plan, plan), "figure", 60);
    put_int(pen.changes[pen.made - 1], "voided", 1);
    taken(&pen);
}

Test(ownership, a_province_touches_only_the_shared_kinds_of_a_commune)
{
    struct id group = os_new_id(), member = os_new_id();
    talk_group(&commune, group, "Chi hội 1");
    talk_member(&commune, member, group, "Nguyễn Thị Hoa");
    taken(&commune);
    put_text(&pen, talk_change(&pen, &kind_member, member), "note", "của tỉnh");
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, NULL);
    named(&pen, &kind_officer, os_new_id());
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, NULL);
    named(&pen, &kind_programme, os_new_id());
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, NULL);
    cr_assert_eq(sql_int(&server.db, "select count(*) from members where note is not null"), 0);
}

Test(ownership, what_provinces_keep_is_not_in_communes_streams_nor_the_other_way)
{
    named(&commune, &kind_programme, os_new_id());
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, NULL);
    talk_group(&province, os_new_id(), "Chi hội 1");
    expect(talk_push(&province), &province, HV__CODE__NOT_ALLOWED, NULL);
    named(&province, &kind_plan, os_new_id());
    expect(talk_push(&province), &province, HV__CODE__NOT_ALLOWED, NULL);
    named(&province, &kind_programme, os_new_id());
    named(&province, &kind_notice, os_new_id());
    named(&province, &kind_officer, os_new_id());
    taken(&province);
    named(&commune, &kind_officer, os_new_id());
    taken(&commune);
    cr_assert_eq(sql_int(&server.db, "select count(*) from officers where stream = %d", province.stream), 1);
}

Test(ownership, both_may_write_what_is_both_and_each_confirms_for_itself)
{
    struct id plan = plan_made(), cause = os_new_id();
    struct change *c = talk_change(&commune, &kind_cause, cause);
    put_id(&commune, c, "plan_id", plan);
    put_text(&commune, c, "cause", "few-groups");
    put_int(c, "by_commune", 1);
    taken(&commune);
    put_int(talk_change(&commune, &kind_cause, cause), "by_province", 1);
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "by_province");
    cr_assert_eq(pulled(&pen, &kind_cause), 1);
    pen.base = pen.rev;
    put_int(talk_change(&pen, &kind_cause, cause), "by_province", 1);
    taken(&pen);
    put_int(talk_change(&pen, &kind_cause, cause), "by_commune", 1);
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, "by_commune");
    put_int(talk_change(&pen, &kind_cause, cause), "main_cause", 1);
    expect(talk_push(&pen), &pen, HV__CODE__AGREED, "main_cause");
    put_int(talk_change(&commune, &kind_cause, cause), "main_cause", 1);
    expect(talk_push(&commune), &commune, HV__CODE__AGREED, "main_cause");
    put_int(talk_change(&commune, &kind_cause, cause), "by_commune", 0);
    taken(&commune);
    put_int(talk_change(&pen, &kind_cause, cause), "main_cause", 1);
    taken(&pen);
    cr_assert_eq(pulled(&commune, &kind_cause), 1);
    commune.base = commune.rev;
    put_int(talk_change(&commune, &kind_cause, cause), "by_commune", 1);
    taken(&commune);
    cr_assert_eq(
        sql_int(&server.db, "select count(*) from causes where by_commune and by_province and main_cause"),
        1);
}

/* What the province and the commune set apart from each other is a conflict as between two clerks. */
Test(ownership, a_conflict_between_commune_and_province_is_told)
{
    struct id plan = plan_made(), step = os_new_id();
    step_of(&pen, step, plan);
    taken(&pen);
    talk_pull(&commune);
    commune.base = commune.rev;
    put_text(&commune, talk_change(&commune, &kind_step, step), "name", "Họp dân");
    taken(&commune);
    put_text(&pen, talk_change(&pen, &kind_step, step), "name", "Tập huấn");
    const Hv__SyncReply *r = talk_push(&pen);
    cr_assert_eq(r->n_verdict, 0);
    cr_assert_eq(r->n_conflict, 1);
}

/* ---- references ---- */

Test(ownership, a_programme_is_referred_to_across_streams_and_only_upwards)
{
    struct id programme = os_new_id(), plan = plan_made(), step = os_new_id();
    step_of(&pen, step, plan);
    put_id(&pen, pen.changes[pen.made - 1], "programme_id", programme);
    expect(talk_push(&pen), &pen, HV__CODE__NO_SUCH_RECORD, "programme_id");
    named(&province, &kind_programme, programme);
    taken(&province);
    step_of(&pen, os_new_id(), plan);
    put_id(&pen, pen.changes[pen.made - 1], "programme_id", programme);
    taken(&pen);
    step_of(&commune, os_new_id(), plan);
    put_id(&commune, commune.changes[commune.made - 1], "programme_id", programme);
    taken(&commune);
    sql(&server.db, "update programmes set stream = (select id from unit where code = '94')");
    step_of(&commune, os_new_id(), plan);
    put_id(&commune, commune.changes[commune.made - 1], "programme_id", programme);
    expect(talk_push(&commune), &commune, HV__CODE__NO_SUCH_RECORD, "programme_id");
    sql(&server.db, "update programmes set stream = (select id from unit where code = 'VN')");
    step_of(&commune, os_new_id(), plan);
    put_id(&commune, commune.changes[commune.made - 1], "programme_id", programme);
    taken(&commune);
}

Test(ownership, everything_else_is_referred_to_in_the_same_stream)
{
    struct id plan = plan_made(), officer = os_new_id();
    step_of(&other, os_new_id(), plan);
    expect(talk_push(&other), &other, HV__CODE__NO_SUCH_RECORD, "plan_id");
    named(&province, &kind_officer, officer);
    taken(&province);
    struct change *post = talk_change(&commune, &kind_post, os_new_id());
    put_id(&commune, post, "officer_id", officer);
    put_int(post, "type", 1);
    expect(talk_push(&commune), &commune, HV__CODE__NO_SUCH_RECORD, "officer_id");
    post = talk_change(&province, &kind_post, os_new_id());
    put_id(&province, post, "officer_id", officer);
    put_int(post, "type", HV__POST_TYPE__PROVINCE_OFFICER);
    taken(&province);
}
