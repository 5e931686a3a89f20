/* Whose record and whose field it is: what the server takes from a commune and from its province, and what it
 * gives each of them to hear. */
#include "common/os.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct server server;
static struct talk commune, other; /* of 31317 and 31318 */
static struct talk province, pen;  /* of 93 in its own stream, and in that of 31317 */
static struct talk stranger;       /* of 94 in the stream of 31317 */

static void setup(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into stream (id) select id from unit "
        "where code = '94'");
    talk_make(&commune, &db, "31317");
    talk_make(&other, &db, "31318");
    talk_make_pen(&province, &db, "93", "93");
    talk_make_pen(&pen, &db, "93", "31317");
    talk_make_pen(&stranger, &db, "94", "31317");
    server_start(&server, &db, NULL);
    talk_open(&commune, &server);
    talk_open(&other, &server);
    talk_open(&province, &server);
    talk_open(&pen, &server);
    talk_open(&stranger, &server);
}

static void teardown(void)
{
    talk_close(&commune);
    talk_close(&other);
    talk_close(&province);
    talk_close(&pen);
    talk_close(&stranger);
    server_stop(&server);
}

TestSuite(ownership, .init = setup, .fini = teardown, .timeout = 120);

static int64_t rows_in(const char *table)
{
    return sql_int(&server.db, "select count(*) from %s", table);
}

static struct change *named(struct talk *t, const struct kind *kind, struct id id)
{
    struct change *c = talk_change(t, kind, id);
    put_text(t, c, "name", "Hỗ trợ 2019");
    return c;
}

static struct change *step_of(struct talk *t, struct id id, struct id plan)
{
    struct change *c = named(t, &kind_step, id);
    put_id(t, c, "plan_id", plan);
    return c;
}

static struct id relation_of(const struct change *c)
{
    struct id id;
    bool any;
    cr_assert(kind_relation_id(c->kind, c->set, c->values, &id, &any));
    return id;
}

static struct change *seen_of(struct talk *t, struct id notice, int32_t unit)
{
    struct change *c = talk_change(t, &kind_seen, (struct id){{0}});
    put_id(t, c, "notice_id", notice);
    put_int(c, "unit", unit);
    c->id = relation_of(c);
    return c;
}

static void expect(const Hv__SyncReply *r, const struct talk *t, Hv__Code code, const char *field)
{
    const Hv__Verdict *v = talk_verdict(r, t->made);
    const struct change *c = t->changes[t->made - 1];
    uint32_t number = field != NULL ? field_number(c->kind, (size_t)kind_field(c->kind, field)) : 0;
    cr_assert(v != NULL, "a change of %s is not refused", c->kind->name);
    cr_assert_eq(v->code, code);
    cr_assert_eq(v->field, number, "field %u of %s", v->field, c->kind->name);
}

static void taken(struct talk *t)
{
    const Hv__SyncReply *r = talk_pull(t);
    cr_assert_eq(r->n_verdict, 0, "code %d", (int)talk_code(r, t->made));
    t->base = t->rev;
}

/* A plan of the commune, entered by its province; the commune has heard of it. */
static struct id plan_made(void)
{
    struct id plan = os_new_id();
    named(&pen, &kind_plan, plan);
    taken(&pen);
    talk_pull(&commune);
    commune.base = commune.rev;
    return plan;
}

/* All that comes down, whatever the stream. */
static size_t pulled(struct talk *t, const struct kind *kind)
{
    size_t found = 0;
    struct batch b = talk_records(t, talk_pull(t));
    for (size_t i = 0; i < b.count; i++)
        found += kind == NULL || b.changes[i].kind == kind;
    return found;
}

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
    taken(&pen);
    cr_assert_eq(pulled(&commune, &kind_cause), 1);
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
    put_int(post, "type", 1);
    taken(&province);
}

/* ---- what comes down ---- */

Test(ownership, a_commune_hears_its_provinces_notices_and_not_its_officers)
{
    struct id notice = os_new_id();
    named(&province, &kind_officer, os_new_id());
    taken(&province);
    named(&province, &kind_notice, notice);
    taken(&province);
    named(&province, &kind_officer, os_new_id());
    taken(&province);
    const Hv__SyncReply *r = talk_pull(&commune);
    struct batch got = talk_records(&commune, r);
    cr_assert_eq(got.count, 1);
    cr_assert(id_equal(&got.changes[0].id, &notice));
    cr_assert_eq(r->n_cursor, 1);
    cr_assert_eq(r->cursor[0]->stream, (uint32_t)province.stream);
    cr_assert_eq(r->cursor[0]->rev, 3, "over what is not the commune's to hear");
    cr_assert_eq(r->cursor[0]->mark, province.mark);
    cr_assert(!r->more && r->report != NULL);
}

Test(ownership, the_pen_hears_the_shared_kinds_and_its_cursor_moves_over_the_others)
{
    struct id group = os_new_id(), plan = plan_made();
    talk_group(&commune, group, "Chi hội 1");
    talk_member(&commune, os_new_id(), group, "Nguyễn Thị Hoa");
    taken(&commune);
    step_of(&commune, os_new_id(), plan);
    taken(&commune);
    talk_group(&commune, os_new_id(), "Chi hội 2");
    taken(&commune);
    const Hv__SyncReply *r = talk_pull(&pen);
    struct batch got = talk_records(&pen, r);
    cr_assert_eq(got.count, 1);
    cr_assert(got.changes[0].kind == &kind_step);
    cr_assert_eq(pen.rev, 4);
    cr_assert_eq(pen.mark, commune.mark);
    cr_assert(r->report == NULL && !r->more);
    cr_assert_eq(pulled(&pen, NULL), 0);
}

/* More of what is not the pen's to hear than goes into one reply. */
Test(ownership, the_pen_comes_to_the_end_in_one_reply_when_little_is_its_own)
{
    for (int i = 0; i < 600; i++)
        talk_group(&commune, os_new_id(), "Chi hội 1");
    taken(&commune);
    const Hv__SyncReply *r = talk_pull(&pen);
    cr_assert(!r->more && !r->has_pulled);
    cr_assert_eq(pen.rev, 1);
    plan_made();
    cr_assert_eq(pen.rev, 2);
    cr_assert_eq(talk_pull(&pen)->n_cursor, 0);
}

Test(ownership, the_province_hears_its_own_stream_whole)
{
    named(&province, &kind_officer, os_new_id());
    named(&province, &kind_notice, os_new_id());
    taken(&province);
    province.replica = os_new_id(); /* another copy of the same device */
    province.made = province.kept = province.rev = 0;
    cr_assert_eq(pulled(&province, NULL), 2);
}

/* ---- once ---- */

/* The reply is lost: the same replica sends the same numbers again, on another connection too. */
Test(ownership, what_the_pen_sends_twice_is_entered_once)
{
    struct id plan = os_new_id(), nothing = os_new_id();
    for (int i = 0; i < 2; i++) {
        pen.made = 0;
        named(&pen, &kind_plan, plan);
        put_text(&pen, talk_change(&pen, &kind_plan, nothing), "note", "của xã");
        const Hv__Reply *r = talk_ask(&pen, 1, talk_batch(&pen, 1, 2), false);
        cr_assert_eq(peer_code(r), HV__CODE__OK);
        cr_assert_eq(r->sync->last, 2);
        cr_assert_eq(r->sync->n_verdict, 1);
        cr_assert_eq(r->sync->verdict[0]->code, HV__CODE__NOT_ALLOWED);
        talk_close(&pen);
        talk_open(&pen, &server);
    }
    cr_assert_eq(rows_in("plans"), 1);
    cr_assert_eq(rows_in("log"), 1);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", pen.stream), 1);
}

/* Two writers of one stream, side by side: every revision once, and both in the end alike. */
Test(ownership, commune_and_province_write_one_stream_in_order)
{
    enum { ROUNDS = 12 };
    struct id plan = plan_made();
    struct peer *both[] = {&commune.peer, &pen.peer};
    struct talk *talks[] = {&commune, &pen};
    uint64_t before = commune.kept,
             rev = (uint64_t)sql_int(&server.db, "select rev from stream where id = %d", pen.stream);
    for (int i = 0; i < ROUNDS; i++)
        for (int k = 0; k < 2; k++) {
            struct talk *t = talks[k];
            Hv__Request r = HV__REQUEST__INIT;
            Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
            step_of(t, os_new_id(), plan);
            struct bytes batch = talk_batch(t, t->made, t->made);
            sync.has_replica = sync.has_first = sync.has_batch = sync.has_stream = true;
            sync.replica = (ProtobufCBinaryData){sizeof t->replica.b, t->replica.b};
            sync.first = t->made;
            sync.batch = (ProtobufCBinaryData){batch.n, (uint8_t *)(uintptr_t)batch.p};
            sync.stream = (uint32_t)t->stream;
            r.body_case = HV__REQUEST__BODY_SYNC;
            r.sync = &sync;
            peer_request(both[k], &r);
        }
    for (int i = 0; i < ROUNDS; i++)
        for (int k = 0; k < 2; k++)
            cr_assert_eq(peer_code(peer_receive(both[k])), HV__CODE__OK);
    cr_assert_eq(before, 0);
    cr_assert_eq(rows_in("steps"), 2 * ROUNDS);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", pen.stream),
                 (int64_t)rev + 2 * ROUNDS);
    cr_assert_eq(
        sql_int(&server.db, "select count(distinct rev) from stream_commit where stream = %d", pen.stream),
        (int64_t)rev + 2 * ROUNDS);
}

/* ---- notices seen ---- */

Test(ownership, a_commune_says_for_itself_that_it_saw_a_notice)
{
    struct id notice = os_new_id();
    named(&province, &kind_notice, notice);
    taken(&province);
    seen_of(&commune, notice, commune.stream);
    taken(&commune);
    seen_of(&commune, notice, other.stream);
    expect(talk_push(&commune), &commune, HV__CODE__NOT_ALLOWED, "unit");
    seen_of(&other, notice, other.stream);
    taken(&other);
    seen_of(&pen, notice, pen.stream);
    expect(talk_push(&pen), &pen, HV__CODE__NOT_ALLOWED, "notice_id");
    cr_assert_eq(rows_in("notices_seen"), 2);
    cr_assert_eq(pulled(&pen, &kind_seen), 1);
}
