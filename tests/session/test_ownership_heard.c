/* What the server gives a commune and its province to hear of each other, once and in order. */
#include "tests/session/ownership_scene.h"

SUPPORT_CLUSTER

TestSuite(heard, .init = ownership_begin, .fini = ownership_end, .timeout = 120);

/* ---- what comes down ---- */

Test(heard, a_commune_hears_its_provinces_notices_and_not_its_officers)
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

Test(heard, the_pen_hears_the_shared_kinds_and_its_cursor_moves_over_the_others)
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
Test(heard, the_pen_comes_to_the_end_in_one_reply_when_little_is_its_own)
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

Test(heard, the_province_hears_its_own_stream_whole)
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
Test(heard, what_the_pen_sends_twice_is_entered_once)
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
Test(heard, commune_and_province_write_one_stream_in_order)
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

Test(heard, a_commune_says_for_itself_that_it_saw_a_notice)
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
