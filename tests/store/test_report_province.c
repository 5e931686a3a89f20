/* Reports of a province and of a commune from a real database: how they are summed, what they list, who may
 * ask. */
#include "tests/store/report_world.h"

SUPPORT_CLUSTER

/* A third commune in a district whose code comes first, without a figure. */
static int32_t third_make(struct world *w)
{
    sql(&w->db,
        "insert into unit (level, code, name, parent, valid_from) values (3, '929', 'Huyện A', %d, "
        "20040101); "
        "insert into unit (level, code, name, parent, valid_from) select 4, '31999', 'Xã B', id, 20040101 "
        "from unit "
        "where code = '929'; insert into stream (id) select id from unit where code = '31999'",
        w->province);
    return world_unit(&w->db, "31999");
}

Test(report_province, a_province_lists_its_communes_by_district_and_code)
{
    struct world w;
    world_begin(&w);
    third_make(&w);
    sql(&w.db,
        "insert into unit (level, code, name, parent, valid_from, valid_to) select 4, '31000', 'Xã cũ', id, "
        "20040101, "
        "20190715 from unit where code = '930'; "
        "insert into unit (level, code, name, parent, valid_from) values (4, '32000', 'Xã thẳng', %d, "
        "20040101)",
        w.province);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    cr_assert_str_eq(r->code, "93");
    cr_assert_eq(r->n_commune, 4u, "%zu", r->n_commune);
    static const char *const codes[] = {"32000", "31999", "31317", "31318"};
    for (size_t i = 0; i < 4; i++)
        cr_assert_str_eq(r->commune[i]->code, codes[i]);
    cr_assert_null(r->commune[0]->district_code);
    cr_assert_str_eq(r->commune[1]->district_name, "Huyện A");
    cr_assert_str_eq(r->commune[2]->district_code, "930");
    cr_assert_eq(province_report(&w, 20190714)->n_commune, 5u, "the old commune was there the day before");
    world_end(&w);
}

Test(report_province, a_province_sums_only_communes_with_a_figure)
{
    struct world w;
    world_begin(&w);
    int32_t third = third_make(&w);
    add_target(&w, "share", "2017-2022", w.centre, 0, HV__FORM__RATIO, 1, 500000, false);
    add_target(&w, "number", "2017-2022", w.centre, 0, HV__FORM__NUMBER, 1, 300, false);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 600);
    stand(&w, w.second, 'a', ORDINARY, false, 0, 99991231, 249);
    stand(&w, third, 'a', ORDINARY, false, 0, 99991231, 50);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    cr_assert_eq(r->n_target, 3u);
    const Hv__TargetLine *base = r->target[0], *share = line_of(r->target, 3, "share");
    cr_assert(share->numerator == 849 && share->denominator == 1500);
    cr_assert_eq(share->verdict, HV__VERDICT_WORD__EXCEEDED, "56.6 of 50 %%");
    cr_assert_str_eq(share->denominator_source, "figure for tests");
    cr_assert(base->numerator == 849 && base->denominator == 1500);
    cr_assert_eq(base->verdict, HV__VERDICT_WORD__NOT_MET, "one base lies below, whatever the sum says");
    cr_assert_eq(base->missing, 1);
    const Hv__TargetLine *number = line_of(r->target, 3, "number");
    cr_assert(number->numerator == 899 && number->threshold == 900 && number->missing == 1);
    cr_assert_eq(r->commune[0]->standing, HV__VERDICT_WORD__NO_VERDICT, "no figure");
    cr_assert_eq(r->commune[1]->standing, HV__VERDICT_WORD__MET);
    cr_assert_eq(r->commune[2]->standing, HV__VERDICT_WORD__NOT_MET);
    cr_assert(r->commune[2]->line->missing == 1 && r->commune[2]->line->title == NULL);
    cr_assert_eq(r->commune[2]->n_other, 2u);
    world_end(&w);
}

Test(report_province, no_base_below_is_met_when_each_has_met_it)
{
    struct world w;
    world_begin(&w);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 500);
    stand(&w, w.second, 'a', ORDINARY, false, 0, 99991231, 250);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    cr_assert(r->target[0]->verdict == HV__VERDICT_WORD__MET && r->target[0]->missing == 0);
    third_make(&w);
    r = province_report(&w, TODAY);
    cr_assert_eq(r->target[0]->verdict, HV__VERDICT_WORD__NO_VERDICT, "one base is not known");
    cr_assert_not(r->target[0]->has_missing);
    world_end(&w);
}

Test(report_province, sources_that_differ_are_not_given_for_the_whole)
{
    struct world w;
    world_begin(&w);
    sql(&w.db, "update population set source = 'another' where unit = %d", w.second);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    cr_assert(r->target[0]->denominator == 1500 && r->target[0]->denominator_source == NULL);
    cr_assert_not(r->target[0]->has_denominator_date);
    world_end(&w);
}

Test(report_province, a_target_of_the_province_itself)
{
    struct world w;
    world_begin(&w);
    int32_t third = third_make(&w);
    add_term(&w, 2, "2016-2021", 20160101, 20211231);
    add_target(&w, "share", "2016-2021", w.province, w.province, HV__FORM__RATIO, 1, 500000, true);
    add_target(&w, "number", "2016-2021", w.province, w.province, HV__FORM__NUMBER, 1, 900, false);
    sql(&w.db, "insert into population (unit, term, type, value, as_of, source) select p.unit, t.id, 1, "
               "p.value, p.as_of, 's' "
               "from population p, term t where t.name = '2016-2021'");
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 500);
    stand(&w, w.second, 'a', ORDINARY, false, 0, 99991231, 300);
    stand(&w, third, 'a', ORDINARY, false, 0, 99991231, 50);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    const Hv__TargetLine *share = line_of(r->target, r->n_target, "share");
    cr_assert(share->numerator == 800 && share->denominator == 1500, "the third has no figure");
    const Hv__TargetLine *number = line_of(r->target, r->n_target, "number");
    cr_assert(number->numerator == 850 && number->threshold == 900 && number->missing == 50);
    cr_assert_eq(r->commune[1]->n_other, 0u, "it is no commune's target");
    sql(&w.db,
        "insert into population (unit, term, type, value, as_of, source) select %d, id, 1, 2000, 20181231, "
        "'own' from "
        "term where name = '2016-2021'",
        w.province);
    r = province_report(&w, TODAY);
    share = line_of(r->target, r->n_target, "share");
    cr_assert(share->numerator == 850 && share->denominator == 2000);
    cr_assert_str_eq(share->denominator_source, "own");
    world_end(&w);
}

Test(report_province, the_last_sync_is_the_newest_of_a_commune_s_devices)
{
    struct world w;
    world_begin(&w);
    sql(&w.db,
        "insert into device (unit, role, curve_key, sign_key, last_sync) select %d, 'commune', "
        "decode(repeat(i::text, 32), 'escape'), decode(repeat('0', 32), 'escape'), to_timestamp(1500000000 + "
        "i) from "
        "generate_series(1, 3) i",
        w.first);
    Hv__ProvinceReport *r = province_report(&w, TODAY);
    cr_assert(r->commune[0]->has_last_sync && r->commune[0]->last_sync == 1500000003);
    cr_assert_not(r->commune[1]->has_last_sync);
    world_end(&w);
}

static Hv__CommuneReport *commune_report(struct world *w, int32_t day)
{
    struct fault f = {.text = ""};
    Hv__CommuneReport *r = NULL;
    cr_assert_eq(db_begin(w->server, true, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(store_commune_report(w->server, w->arena, w->first, day, &r, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_commit(w->server, &f), ERR_OK, "%s", f.text);
    return r;
}

/* All who stand in group 'a' of the first commune are also in group `group`. */
static void join(struct world *w, char group, const char *since, const char *until, const char *voided)
{
    sql(&w->db,
        "insert into memberships (id, stream, rev, member_id, group_id, since, until, voided) select "
        "gen_random_uuid(), "
        "%d, 1, member, md5('%c')::uuid, %s, %s, %s from standing where group_id = md5('a')::uuid and unit = "
        "%d",
        w->first, group, since, until, voided, w->first);
}

Test(report_province, a_commune_lists_its_groups_with_all_who_belong_to_them)
{
    struct world w;
    world_begin(&w);
    sql(&w.db,
        "insert into groups (id, stream, rev, name, type, voided) values (md5('a')::uuid, %d, 1, 'Chi hội Ấp "
        "1', 1, "
        "null), (md5('b')::uuid, %d, 1, 'Âm nhạc', 4, null), (md5('c')::uuid, %d, 1, 'Bóng chuyền', 4, "
        "false), "
        "(md5('x')::uuid, %d, 1, 'Nhầm', 1, true), (md5('y')::uuid, %d, 1, 'Nơi khác', 1, null)",
        w.first, w.first, w.first, w.first, w.second);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 10);
    stand(&w, w.first, 'a', HONORARY, false, 0, 99991231, 2);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 20190101, 5);
    stand(&w, w.first, 'b', ORDINARY, true, 0, 99991231, 3);
    join(&w, 'a', "null", "null", "null");
    join(&w, 'b', "20190000", "null", "null");
    join(&w, 'c', "20180000", "20190700", "false");
    join(&w, 'x', "null", "null", "null");
    Hv__CommuneReport *r = commune_report(&w, TODAY);
    cr_assert_eq(r->n_group, 3u);
    static const char *const names[] = {"Âm nhạc", "Bóng chuyền", "Chi hội Ấp 1"};
    for (size_t i = 0; i < 3; i++)
        cr_assert_str_eq(r->group[i]->name, names[i]);
    cr_assert(r->group[0]->type == 4 && r->group[2]->type == 1);
    cr_assert(r->group[2]->members == 10 && r->group[2]->honorary == 2, "her own group counts once");
    cr_assert(r->group[0]->members == 3 && r->group[0]->honorary == 0, "2019 counts from its last day");
    cr_assert(r->group[1]->members == 10 && r->group[1]->honorary == 2, "until July counts to its last day");
    cr_assert_str_eq(r->targets->code, "31317");
    cr_assert_eq(r->targets->line[0]->numerator, 13);
    r = commune_report(&w, 20191231);
    cr_assert_eq(r->group[0]->members, 13);
    cr_assert_eq(r->group[1]->members, 0);
    sql(&w.db, "update memberships set voided = true");
    cr_assert_eq(commune_report(&w, 20191231)->group[0]->members, 3);
    world_end(&w);
}

/* One request through its handler. */
static enum err ask(struct world *w, handle_fn *handle, int32_t unit, Hv__Request *request, Hv__Reply *reply,
                    struct fault *f)
{
    struct caller caller = {.role = ROLE_REPORTER, .unit = unit};
    struct call c = {.db = w->server,
                     .arena = w->arena,
                     .caller = &caller,
                     .request = request,
                     .reply = reply,
                     .today = TODAY};
    hv__reply__init(reply);
    cr_assert_eq(db_begin(w->server, true, f), ERR_OK, "%s", f->text);
    enum err err = handle(&c, f);
    db_rollback(w->server);
    return err;
}

static enum err ask_unit(struct world *w, handle_fn *handle, int32_t unit, char *code, Hv__Reply *reply,
                         struct fault *f)
{
    Hv__Request request = HV__REQUEST__INIT;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    province.code = commune.code = code;
    if (handle == handle_province) {
        request.body_case = HV__REQUEST__BODY_PROVINCE;
        request.province = &province;
    } else {
        request.body_case = HV__REQUEST__BODY_COMMUNE;
        request.commune = &commune;
    }
    return ask(w, handle, unit, &request, reply, f);
}

Test(report_province, a_reporter_sees_her_province_only)
{
    struct world w;
    struct fault f = {.text = ""}, other = {.text = ""};
    Hv__Reply reply;
    world_begin(&w);
    sql(&w.db,
        "insert into unit (level, code, name, parent, valid_from) values (2, '92', 'Cần Thơ', %d, 20040101); "
        "insert into unit (level, code, name, parent, valid_from) select 4, '31117', 'Phường khác', id, "
        "20040101 from "
        "unit where code = '92'",
        w.centre);
    cr_assert_eq(ask_unit(&w, handle_province, w.province, "93", &reply, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(reply.body_case, HV__REPLY__BODY_PROVINCE);
    cr_assert(reply.province->n_commune == 2 && reply.province->commune[0]->has_standing);
    cr_assert_eq(ask_unit(&w, handle_province, w.province, "92", &reply, &f), ERR_NOT_ALLOWED);
    cr_assert_eq(ask_unit(&w, handle_province, w.province, "77", &reply, &other), ERR_NOT_ALLOWED);
    cr_assert_str_eq(f.text, other.text, "what exists elsewhere is not told");
    cr_assert_eq(ask_unit(&w, handle_province, w.centre, "92", &reply, &f), ERR_OK, "the centre sees all");
    cr_assert_eq(ask_unit(&w, handle_commune, w.province, "31318", &reply, &f), ERR_OK);
    cr_assert_eq(reply.body_case, HV__REPLY__BODY_COMMUNE);
    cr_assert_eq(reply.commune->standing, HV__VERDICT_WORD__NOT_MET);
    cr_assert_eq(ask_unit(&w, handle_commune, w.province, "31117", &reply, &f), ERR_NOT_ALLOWED);
    cr_assert_eq(ask_unit(&w, handle_commune, w.province, "99999", &reply, &other), ERR_NOT_ALLOWED);
    cr_assert_str_eq(f.text, other.text);
    cr_assert_eq(ask_unit(&w, handle_province, w.first, "93", &reply, &f), ERR_NOT_ALLOWED, "not from below");
    cr_assert_eq(ask_unit(&w, handle_province, w.province, NULL, &reply, &f), ERR_BAD_REQUEST);
    world_end(&w);
}

Test(report_province, a_report_may_be_asked_as_of_a_day)
{
    struct world w;
    struct fault f = {.text = ""};
    Hv__Reply reply;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    world_begin(&w);
    stand(&w, w.first, 'a', ORDINARY, false, 20180101, 99991231, 5);
    request.body_case = HV__REQUEST__BODY_PROVINCE;
    request.province = &province;
    province.code = "93@2010-01-01";
    province.has_as_of = 1;
    province.as_of = 20171231;
    cr_assert_eq(ask(&w, handle_province, w.province, &request, &reply, &f), ERR_OK, "%s", f.text);
    cr_assert(reply.province->as_of == 20171231 && reply.province->commune[0]->line->numerator == 0);
    static const int32_t bad[] = {0, 20190231, 20190000, -1, 99991231};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        province.as_of = bad[i];
        cr_assert_eq(ask(&w, handle_province, w.province, &request, &reply, &f), ERR_BAD_REQUEST, "%d",
                     bad[i]);
    }
    world_end(&w);
}

Test(report_province, a_report_that_is_at_hand_is_not_sent_again)
{
    struct world w;
    struct fault f = {.text = ""};
    Hv__Reply reply;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__TargetRequest target = HV__TARGET_REQUEST__INIT;
    world_begin(&w);
    request.body_case = HV__REQUEST__BODY_TARGET;
    request.target = &target;
    cr_assert_eq(ask(&w, handle_target, w.first, &request, &reply, &f), ERR_OK, "%s", f.text);
    cr_assert(reply.target->n_line == 1 && reply.target->line[0]->has_verdict);
    target.has_digest = 1;
    target.digest = wire_report_digest(w.arena, reply.target);
    cr_assert_eq(ask(&w, handle_target, w.first, &request, &reply, &f), ERR_OK, "%s", f.text);
    cr_assert(reply.body_case == HV__REPLY__BODY_TARGET && reply.target->code == NULL &&
              reply.target->n_line == 0);
    stand(&w, w.first, 'a', ORDINARY, false, 0, 99991231, 1);
    cr_assert_eq(ask(&w, handle_target, w.first, &request, &reply, &f), ERR_OK, "%s", f.text);
    cr_assert(reply.target->n_line == 1 && reply.target->line[0]->numerator == 1);
    world_end(&w);
}
