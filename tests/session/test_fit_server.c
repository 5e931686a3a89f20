/* What records must fit beyond themselves, said by a device that checks nothing before it sends. */
#include "common/ask.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct server server;
static struct talk talk, pen; /* of 31317, and of its province there */

static void begin_talk(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    talk_make(&talk, &db, "31317");
    talk_make_pen(&pen, &db, "93", "31317");
    server_start(&server, &db, NULL);
    talk_open(&talk, &server);
    talk_open(&pen, &server);
}

static void end_talk(void)
{
    talk_close(&talk);
    talk_close(&pen);
    server_stop(&server);
}

TestSuite(fit_server, .init = begin_talk, .fini = end_talk, .timeout = 60);

static Hv__Code verdict(void)
{
    const Hv__SyncReply *r = talk_push(&talk);
    return talk_code(r, talk.made);
}

Test(fit_server, the_server_refuses_it_too)
{
    struct id group = os_new_id(), member = os_new_id();
    talk_group(&talk, group, "Chi hội 1");
    talk_member(&talk, member, group, "A Thị Một");
    cr_assert_eq(verdict(), HV__CODE__OK);
    static const struct {
        uint32_t field;
        Hv__Code code;
    } rows[] = {{999, HV__CODE__UNKNOWN_VALUE}, {2, HV__CODE__UNKNOWN_VALUE}, {15, HV__CODE__OK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct change *c = talk_change(&talk, &kind_question, ask_id(&member, rows[i].field));
        put_id(&talk, c, "member_id", member);
        put_int(c, "field", rows[i].field);
        cr_assert_eq(verdict(), rows[i].code, "field %u", rows[i].field);
    }
    struct change *c = talk_change(&talk, &kind_group, group);
    put_int(c, "founded", 20180000);
    put_int(c, "closed", 20100000);
    cr_assert_eq(verdict(), HV__CODE__BAD_DATE);
    c = talk_change(&talk, &kind_activity, os_new_id());
    put_id(&talk, c, "group_id", group);
    put_int(c, "date", 20180501);
    put_int(c, "attended", INT32_MAX);
    cr_assert_eq(verdict(), HV__CODE__BAD_NUMBER);
}

/* ---- with others of the stream ---- */

/* What the server must say of a change: with which field, NULL: none. */
static void expect(const Hv__SyncReply *r, const struct change *c, Hv__Code code, const char *field)
{
    const Hv__Verdict *v = talk_verdict(r, c->number);
    uint32_t number = field != NULL ? field_number(c->kind, (size_t)kind_field(c->kind, field)) : 0;
    cr_assert_eq(talk_code(r, c->number), code, "%s, change %d: %d, not %d", c->kind->name, (int)c->number,
                 (int)talk_code(r, c->number), (int)code);
    cr_assert_eq(v != NULL ? v->field : 0, number, "%s, change %d: field %u", c->kind->name, (int)c->number,
                 v != NULL ? v->field : 0);
}

static struct change *group_of(struct id id, int type, const struct id *parent)
{
    struct change *c = talk_group(&talk, id, "Nhóm");
    put_int(c, "type", type);
    if (parent != NULL)
        put_id(&talk, c, "parent_id", *parent);
    return c;
}

static struct change *post_of(struct id officer, int type, const struct id *group)
{
    struct change *c = talk_change(&talk, &kind_post, os_new_id());
    put_id(&talk, c, "officer_id", officer);
    put_int(c, "type", type);
    if (group != NULL)
        put_id(&talk, c, "group_id", *group);
    return c;
}

static struct id officer_made(void)
{
    struct id id = os_new_id();
    put_text(&talk, talk_change(&talk, &kind_officer, id), "name", "Lê Thị Hai");
    return id;
}

/* Groups and posts of one batch, then a batch about groups that are there, then one in which the group
 * changes beside its post. */
Test(fit_server, a_post_is_that_of_its_groups_type)
{
    struct id chi_hoi = os_new_id(), to = os_new_id(), officer;
    group_of(chi_hoi, HV__GROUP_KIND__CHI_HOI, NULL);
    group_of(to, HV__GROUP_KIND__TO, &chi_hoi);
    officer = officer_made();
    for (int round = 0; round < 2; round++) {
        struct change *good = post_of(officer, HV__POST_TYPE__CHI_HOI_HEAD, &chi_hoi),
                      *other = post_of(officer, HV__POST_TYPE__CHI_HOI_HEAD, &to),
                      *none = post_of(officer, HV__POST_TYPE__TO_HEAD, NULL),
                      *unwanted = post_of(officer, HV__POST_TYPE__COMMUNE_PRESIDENT, &to),
                      *any = post_of(officer, HV__POST_TYPE__VOLUNTEER, &to);
        const Hv__SyncReply *r = talk_push(&talk);
        expect(r, good, HV__CODE__OK, NULL);
        expect(r, other, HV__CODE__BAD_FORMAT, "group_id");
        expect(r, none, HV__CODE__MISSING, "group_id");
        expect(r, unwanted, HV__CODE__BAD_FORMAT, "group_id");
        expect(r, any, HV__CODE__OK, NULL);
        struct change *edit = talk_change(&talk, &kind_post, good->id);
        put_int(edit, "type", HV__POST_TYPE__TO_HEAD);
        expect(talk_push(&talk), edit, HV__CODE__BAD_FORMAT, "group_id");
    }
    put_int(talk_change(&talk, &kind_group, to), "type", HV__GROUP_KIND__NHOM);
    struct change *fits = post_of(officer, HV__POST_TYPE__NHOM_HEAD, &to),
                  *no_more = post_of(officer, HV__POST_TYPE__TO_HEAD, &to);
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, fits, HV__CODE__OK, NULL);
    expect(r, no_more, HV__CODE__BAD_FORMAT, "group_id");
    cr_assert_eq(sql_int(&server.db, "select count(*) from posts"), 5);
}

Test(fit_server, only_a_chi_hoi_has_groups_below_it)
{
    struct id chi_hoi = os_new_id(), to = os_new_id(), nhom = os_new_id();
    group_of(chi_hoi, HV__GROUP_KIND__CHI_HOI, NULL);
    group_of(to, HV__GROUP_KIND__TO, &chi_hoi);
    struct change *below_to = group_of(nhom, HV__GROUP_KIND__NHOM, &to),
                  *below = group_of(os_new_id(), HV__GROUP_KIND__CHI_HOI, &chi_hoi);
    talk_member(&talk, os_new_id(), nhom, "A Thị Một");
    struct change *member = talk.changes[talk.made - 1];
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, below_to, HV__CODE__BAD_FORMAT, "parent_id");
    expect(r, below, HV__CODE__BAD_FORMAT, "parent_id");
    expect(r, member, HV__CODE__DEPENDS_ON, "group_id");
    cr_assert_eq(sql_int(&server.db, "select count(*) from groups"), 2);
}

Test(fit_server, a_group_with_others_below_it_stays_a_chi_hoi)
{
    struct id chi_hoi = os_new_id(), to = os_new_id();
    group_of(chi_hoi, HV__GROUP_KIND__CHI_HOI, NULL);
    group_of(to, HV__GROUP_KIND__TO, &chi_hoi);
    talk_push(&talk);
    struct change *strands = talk_change(&talk, &kind_group, chi_hoi);
    put_int(strands, "type", HV__GROUP_KIND__CAU_LAC_BO);
    expect(talk_push(&talk), strands, HV__CODE__BAD_FORMAT, "type");
    struct change *becomes = talk_change(&talk, &kind_group, to);
    put_int(becomes, "type", HV__GROUP_KIND__CHI_HOI);
    expect(talk_push(&talk), becomes, HV__CODE__BAD_FORMAT, "parent_id");
    /* the one below leaves, and its leaving is refused */
    strands = talk_change(&talk, &kind_group, chi_hoi);
    put_int(strands, "type", HV__GROUP_KIND__CAU_LAC_BO);
    struct change *leaves = talk_change(&talk, &kind_group, to);
    put_nothing(leaves, "parent_id");
    put_int(leaves, "founded", 20189999);
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, leaves, HV__CODE__BAD_DATE, "founded");
    expect(r, strands, HV__CODE__BAD_FORMAT, "type");
    /* it leaves in the same batch, and another comes */
    strands = talk_change(&talk, &kind_group, chi_hoi);
    put_int(strands, "type", HV__GROUP_KIND__CAU_LAC_BO);
    put_nothing(talk_change(&talk, &kind_group, to), "parent_id");
    struct change *comes = group_of(os_new_id(), HV__GROUP_KIND__TO, &chi_hoi);
    r = talk_push(&talk);
    expect(r, strands, HV__CODE__OK, NULL);
    expect(r, comes, HV__CODE__BAD_FORMAT, "parent_id");
}

Test(fit_server, a_void_group_comes_back_only_where_it_fits)
{
    struct id chi_hoi = os_new_id(), to = os_new_id();
    group_of(chi_hoi, HV__GROUP_KIND__CHI_HOI, NULL);
    put_int(group_of(to, HV__GROUP_KIND__TO, &chi_hoi), "voided", 1);
    talk_push(&talk);
    struct change *becomes = talk_change(&talk, &kind_group, chi_hoi);
    put_int(becomes, "type", HV__GROUP_KIND__CAU_LAC_BO);
    expect(talk_push(&talk), becomes, HV__CODE__OK, NULL);
    struct change *back = talk_change(&talk, &kind_group, to);
    put_int(back, "voided", 0);
    expect(talk_push(&talk), back, HV__CODE__BAD_FORMAT, "parent_id");
}

/* ---- causes ---- */

static struct id plan_made(void)
{
    struct id id = os_new_id();
    put_text(&pen, talk_change(&pen, &kind_plan, id), "name", "Hỗ trợ 2019");
    cr_assert_eq(talk_code(talk_push(&pen), pen.made), HV__CODE__OK);
    return id;
}

static struct change *cause_of(struct talk *t, struct id id, struct id plan, bool is_main)
{
    struct change *c = talk_change(t, &kind_cause, id);
    put_id(t, c, "plan_id", plan);
    put_text(t, c, "cause", "poverty");
    if (is_main)
        put_int(c, "main_cause", 1);
    return c;
}

static struct change *marked(struct talk *t, struct id cause, bool is_main)
{
    struct change *c = talk_change(t, &kind_cause, cause);
    put_int(c, "main_cause", is_main);
    return c;
}

static int64_t mains(void)
{
    return sql_int(&server.db, "select count(*) from causes where main_cause and voided is not true");
}

Test(fit_server, a_plan_has_one_main_cause_whoever_marks_it)
{
    struct id plan = plan_made(), other = plan_made(), one = os_new_id(), two = os_new_id(),
              three = os_new_id();
    struct change *first = cause_of(&talk, one, plan, true), *second = cause_of(&talk, two, plan, true),
                  *elsewhere = cause_of(&talk, three, other, true);
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, first, HV__CODE__OK, NULL);
    expect(r, second, HV__CODE__EXISTS, "main_cause");
    expect(r, elsewhere, HV__CODE__OK, NULL);
    struct change *theirs = cause_of(&pen, two, plan, true);
    expect(talk_push(&pen), theirs, HV__CODE__EXISTS, "main_cause");
    theirs = cause_of(&pen, two, plan, false);
    expect(talk_push(&pen), theirs, HV__CODE__OK, NULL);
    theirs = marked(&pen, two, true);
    expect(talk_push(&pen), theirs, HV__CODE__EXISTS, "main_cause");
    struct change *moved = talk_change(&talk, &kind_cause, three);
    put_id(&talk, moved, "plan_id", plan);
    expect(talk_push(&talk), moved, HV__CODE__EXISTS, "main_cause");
    struct change *again = marked(&talk, one, true);
    expect(talk_push(&talk), again, HV__CODE__OK, NULL);
    cr_assert_eq(mains(), 2);
}

Test(fit_server, the_mark_goes_from_one_cause_to_another_in_one_batch)
{
    struct id plan = plan_made(), one = os_new_id(), two = os_new_id();
    cause_of(&talk, one, plan, true);
    cause_of(&talk, two, plan, false);
    talk_push(&talk);
    struct change *on = marked(&talk, two, true), *off = marked(&talk, one, false);
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, on, HV__CODE__OK, NULL);
    expect(r, off, HV__CODE__OK, NULL);
    on = marked(&talk, one, true);
    off = marked(&talk, two, false);
    put_id(&talk, off, "plan_id", os_new_id()); /* so that it is refused, and the mark stays */
    r = talk_push(&talk);
    expect(r, off, HV__CODE__NO_SUCH_RECORD, "plan_id");
    expect(r, on, HV__CODE__EXISTS, "main_cause");
    cr_assert_eq(mains(), 1);
}

Test(fit_server, a_void_main_cause_holds_no_place)
{
    struct id plan = plan_made(), one = os_new_id(), two = os_new_id();
    put_int(cause_of(&talk, one, plan, true), "voided", 1);
    struct change *second = cause_of(&talk, two, plan, true);
    expect(talk_push(&talk), second, HV__CODE__OK, NULL);
    struct change *back = talk_change(&talk, &kind_cause, one);
    put_int(back, "voided", 0);
    expect(talk_push(&talk), back, HV__CODE__EXISTS, "main_cause");
    back = talk_change(&talk, &kind_cause, one);
    put_nothing(back, "voided");
    put_int(talk_change(&talk, &kind_cause, two), "voided", 1);
    expect(talk_push(&talk), back, HV__CODE__OK, NULL);
    cr_assert_eq(mains(), 1);
}

/* The mark does not go over when the database refuses what takes it away. */
Test(fit_server, what_the_database_refuses_still_holds_its_place)
{
    struct id plan = plan_made(), one = os_new_id(), two = os_new_id();
    cause_of(&talk, one, plan, true);
    cause_of(&talk, two, plan, false);
    talk_push(&talk);
    sql(&server.db, "alter table causes add constraint forbidden check (note <> 'x')");
    struct change *off = marked(&talk, one, false), *on = marked(&talk, two, true);
    put_text(&talk, off, "note", "x");
    const Hv__SyncReply *r = talk_push(&talk);
    expect(r, off, HV__CODE__REFUSED_BY_STORE, NULL);
    expect(r, on, HV__CODE__EXISTS, "main_cause");
    cr_assert_eq(mains(), 1);
}

/* ---- of the unit that writes ---- */

Test(fit_server, a_commune_notes_no_posts_of_the_province_and_only_communes_of_it)
{
    struct id officer = officer_made();
    static const int types[] = {HV__POST_TYPE__DISTRICT_OFFICER, HV__POST_TYPE__PROVINCE_OFFICER};
    for (size_t i = 0; i < 2; i++) {
        struct change *c = post_of(officer, types[i], NULL);
        expect(talk_push(&talk), c, HV__CODE__BAD_FORMAT, "type");
    }
    static const struct {
        const char *communes;
        int since;
        Hv__Code code;
    } rows[] = {{"31317, 31318", 0, HV__CODE__OK},    {"31318,99999", 0, HV__CODE__NO_SUCH_UNIT},
                {"31498", 0, HV__CODE__NO_SUCH_UNIT}, /* of another province */
                {"31316", 0, HV__CODE__NO_SUCH_UNIT}, /* no more */
                {"31316", 20150000, HV__CODE__OK},    {"31317", 20150000, HV__CODE__OK}};
    sql(&server.db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into unit (level, code, name, type, parent, "
        "valid_from) select 4, '31498', 'Phường 5', 'Phường', id, 20040101 from unit where code = '94'; "
        "insert into unit (level, code, name, type, parent, valid_from, valid_to) select 4, '31316', 'Xã', "
        "'Xã', id, 20040101, 20150601 from unit where code = '93'");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct change *c = post_of(officer, HV__POST_TYPE__COLLABORATOR, NULL);
        put_text(&talk, c, "communes", rows[i].communes);
        if (rows[i].since != 0)
            put_int(c, "since", rows[i].since);
        expect(talk_push(&talk), c, rows[i].code, rows[i].code == HV__CODE__OK ? NULL : "communes");
    }
}
