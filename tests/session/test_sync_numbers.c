/* Exactly once: numbers that are new, known, missing or somebody else's. */
#include "common/wire/wire_frame.h"
#include "proto/batch.pb-c.h"
#include "tests/session/scene.h"
#include <string.h>

SUPPORT_CLUSTER

TestSuite(numbers, .init = scene_begin, .fini = scene_end, .timeout = 60);

static const struct bytes no_batch = {NULL, 0};

Test(numbers, a_batch_that_begins_behind_the_last_number_is_kept_once)
{
    struct id group = os_new_id();
    scene_settle(&a, group, os_new_id());
    cr_assert_eq(rows_in("members"), 1);
    cr_assert_eq(rows_in("log"), 2);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", a.stream), 1);
    talk_member(&a, os_new_id(), group, "Lê Thị Lan");
    talk_push(&a);
    cr_assert_eq(rows_in("members"), 2);
    cr_assert_eq(sql_int(&server.db, "select last_number from replica"), 3);
}

Test(numbers, a_gap_names_the_number_wanted)
{
    scene_settle(&a, os_new_id(), os_new_id());
    talk_group(&a, os_new_id(), "Tổ 1");
    talk_group(&a, os_new_id(), "Tổ 2");
    const Hv__Reply *r = talk_ask(&a, 4, talk_batch(&a, 4, 4), false);
    cr_assert_eq(peer_code(r), HV__CODE__GAP);
    cr_assert_eq(r->error->expected, 3);
    r = talk_ask(&a, 5, no_batch, true);
    cr_assert_eq(peer_code(r), HV__CODE__GAP, "without a batch too");
    cr_assert_eq(r->error->expected, 3);
    cr_assert_eq(talk_push(&a)->last, 4, "and the same connection goes on");
}

Test(numbers, what_is_known_gets_its_first_verdicts_again)
{
    talk_group(&a, os_new_id(), "Chi hội 1");
    talk_group(&a, os_new_id(), "Chi \x01 hội");
    talk_member(&a, os_new_id(), a.changes[1]->id, "Trần Thị Mai");
    struct bytes batch = talk_batch(&a, 1, 3);
    for (int i = 0; i < 2; i++) {
        const Hv__Reply *r = talk_ask(&a, 1, batch, false);
        cr_assert_eq(peer_code(r), HV__CODE__OK);
        cr_assert_eq(r->sync->last, 3);
        cr_assert_eq(r->sync->n_verdict, 2);
        cr_assert_eq(talk_code(r->sync, 2), HV__CODE__BAD_TEXT);
        cr_assert_eq(talk_verdict(r->sync, 2)->field, 1);
        cr_assert_eq(talk_code(r->sync, 3), HV__CODE__DEPENDS_ON);
        cr_assert_eq(talk_verdict(r->sync, 3)->depends_on, 2);
    }
    cr_assert_eq(rows_in("log"), 1);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", a.stream), 1);
}

Test(numbers, of_a_batch_known_in_part_only_the_rest_is_applied)
{
    scene_settle(&a, os_new_id(), os_new_id());
    put_int(talk_change(&a, &kind_member, a.changes[1]->id), "sex", 9); /* refused */
    talk_push(&a);
    talk_group(&a, os_new_id(), "Chi hội 2");
    const Hv__Reply *r = talk_ask(&a, 2, talk_batch(&a, 2, 4), false);
    cr_assert_eq(peer_code(r), HV__CODE__OK);
    cr_assert_eq(r->sync->last, 4);
    cr_assert_eq(r->sync->n_verdict, 1);
    cr_assert_eq(talk_code(r->sync, 3), HV__CODE__UNKNOWN_VALUE);
    cr_assert_eq(rows_in("log"), 3);
    cr_assert_eq(sql_int(&server.db, "select count(*) from batch where first = 4 and last = 4"), 1);
}

Test(numbers, a_known_number_with_another_content_is_a_fork)
{
    scene_settle(&a, os_new_id(), os_new_id());
    put_text(&a, a.changes[1], "name", "Nguyễn Thị Hoà");
    talk_group(&a, os_new_id(), "Chi hội 2");
    cr_assert_eq(peer_code(talk_ask(&a, 2, talk_batch(&a, 2, 3), false)), HV__CODE__FORK);
    cr_assert_eq(rows_in("log"), 2, "nothing of it is kept");
    cr_assert_eq(sql_int(&server.db, "select last_number from replica"), 2);
}

Test(numbers, a_register_that_knows_less_than_the_server_is_a_fork)
{
    scene_settle(&a, os_new_id(), os_new_id());
    cr_assert_eq(peer_code(talk_ask(&a, 2, no_batch, true)), HV__CODE__FORK);
}

Test(numbers, a_fork_whose_hashes_were_not_kept_is_not_taken_on_trust)
{
    scene_settle(&a, os_new_id(), os_new_id());
    sql(&server.db, "delete from batch");
    cr_assert_eq(peer_code(talk_ask(&a, 1, talk_batch(&a, 1, 2), false)), HV__CODE__FORK);
}

Test(numbers, a_hole_refuses_the_batch)
{
    talk_group(&a, os_new_id(), "Chi hội 1");
    talk_group(&a, os_new_id(), "Chi hội 2");
    a.changes[1]->number = 3;
    cr_assert_eq(peer_code(talk_ask(&a, 1, talk_batch(&a, 1, 2), false)), HV__CODE__BAD_REQUEST);
    a.changes[1]->number = 2;
    cr_assert_eq(talk_push(&a)->last, 2);
}

Test(numbers, a_batch_needs_its_first_number_and_a_replica_its_sixteen_bytes)
{
    talk_group(&a, os_new_id(), "Chi hội 1");
    struct bytes batch = talk_batch(&a, 1, 1);
    cr_assert_eq(peer_code(talk_ask(&a, 0, batch, false)), HV__CODE__BAD_REQUEST);
    Hv__Request r = HV__REQUEST__INIT;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    cr_assert_eq(peer_code(peer_ask(&a.peer, &r)), HV__CODE__BAD_REQUEST);
    sync.has_replica = true;
    sync.replica = (ProtobufCBinaryData){15, a.replica.b};
    cr_assert_eq(peer_code(peer_ask(&a.peer, &r)), HV__CODE__BAD_REQUEST);
    cr_assert_eq(talk_push(&a)->last, 1);
}

Test(numbers, a_replica_stays_with_its_device)
{
    scene_settle(&a, os_new_id(), os_new_id());
    b.replica = a.replica;
    cr_assert_eq(peer_code(talk_ask(&b, 1, no_batch, true)), HV__CODE__NOT_ALLOWED);
}

Test(numbers, bytes_that_are_no_batch_refuse_the_request_and_nothing_else)
{
    static const uint8_t noise[] = "this is no zstd frame";
    uint8_t cut[4096];
    talk_group(&a, os_new_id(), "Chi hội 1");
    struct bytes batch = talk_batch(&a, 1, 1);
    memcpy(cut, batch.p, batch.n);
    cr_assert_eq(peer_code(talk_ask(&a, 1, (struct bytes){noise, sizeof noise}, false)), HV__CODE__MALFORMED);
    cr_assert_eq(peer_code(talk_ask(&a, 1, (struct bytes){cut, batch.n / 2}, false)), HV__CODE__MALFORMED);
    cr_assert_eq(talk_push(&a)->last, 1);
    cr_assert_eq(rows_in("groups"), 1);
}

/* What a newer client may send: the batch of one group, with the kind or a column under a number unknown
 * here. */
static struct bytes newer_batch(struct talk *t, bool new_kind)
{
    struct bytes raw, out, batch = talk_batch(t, t->made, t->made);
    struct fault f;
    cr_assert(frame_unpack(t->peer.arena, batch, &raw, &f) == ERR_OK);
    Hv__Batch *m = hv__batch__unpack(arena_allocator(t->peer.arena), raw.n, raw.p);
    cr_assert(m != NULL);
    if (new_kind)
        m->block[0]->kind = 77;
    else
        m->block[0]->column[m->block[0]->n_column - 1]->field = 61;
    cr_assert(frame_pack(t->peer.arena, &m->base, &out) == ERR_OK);
    return out;
}

Test(numbers, unknown_kinds_and_fields_are_refused_and_stay_so_when_asked_again)
{
    talk_group(&a, os_new_id(), "Chi hội 1");
    struct bytes kind = newer_batch(&a, true);
    talk_group(&a, os_new_id(), "Chi hội 2");
    struct bytes field = newer_batch(&a, false);
    for (int i = 0; i < 2; i++) {
        const Hv__Reply *r = talk_ask(&a, 1, kind, false);
        cr_assert_eq(peer_code(r), HV__CODE__OK);
        cr_assert_eq(talk_code(r->sync, 1), HV__CODE__UNKNOWN_KIND);
    }
    for (int i = 0; i < 2; i++) {
        const Hv__Reply *r = talk_ask(&a, 2, field, false);
        cr_assert_eq(peer_code(r), HV__CODE__OK);
        cr_assert_eq(talk_code(r->sync, 2), HV__CODE__UNKNOWN_FIELD);
        cr_assert_eq(talk_verdict(r->sync, 2)->field, 61);
    }
    cr_assert_eq(rows_in("groups"), 0);
}

/* The server knew neither when they came first; meanwhile it was brought up to date. */
Test(numbers, a_server_that_has_learned_a_kind_does_not_take_the_same_batch_for_a_fork)
{
    talk_group(&a, os_new_id(), "Chi hội 1");
    struct bytes newer = newer_batch(&a, true);
    cr_assert_eq(peer_code(talk_ask(&a, 1, newer, false)), HV__CODE__OK);
    const Hv__Reply *r = talk_ask(&a, 1, talk_batch(&a, 1, 1), false);
    cr_assert_eq(peer_code(r), HV__CODE__OK);
    cr_assert_eq(talk_code(r->sync, 1), HV__CODE__UNKNOWN_KIND);
}
