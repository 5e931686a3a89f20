/* What comes down: what others changed, in pieces, with cursors that a rewound server does not know. */
#include "tests/session/scene.h"
#include <string.h>

SUPPORT_CLUSTER

TestSuite(pull, .init = scene_begin, .fini = scene_end, .timeout = 120);

Test(pull, brings_what_others_changed_and_not_the_own)
{
    struct id group = os_new_id(), member = os_new_id();
    scene_settle(&a, group, member);
    cr_assert_eq(a.rev, 1);
    const Hv__SyncReply *r = talk_pull(&b);
    struct batch got = talk_records(&b, r);
    cr_assert_eq(got.count, 2);
    cr_assert(id_equal(&got.changes[0].id, &group) && id_equal(&got.changes[1].id, &member));
    cr_assert_eq(got.changes[1].number, 0);
    cr_assert(!r->more);
    cr_assert_eq(b.rev, 1);
    cr_assert_eq(b.mark, a.mark);
    cr_assert_eq(talk_records(&c, talk_pull(&c)).count, 0, "nothing for the other commune");
}

Test(pull, an_empty_one_moves_no_cursor_and_repeats_no_report)
{
    scene_settle(&a, os_new_id(), os_new_id());
    Hv__Request r = HV__REQUEST__INIT;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Cursor cursor = HV__CURSOR__INIT, *cursors[] = {&cursor};
    const Hv__SyncReply *first = talk_pull(&a);
    cr_assert(first->report != NULL, "no digest was sent");
    cr_assert_eq(first->n_cursor, 0);
    sync.has_replica = sync.has_pull = sync.pull = sync.has_digest = true;
    sync.replica = (ProtobufCBinaryData){sizeof a.replica.b, a.replica.b};
    sync.digest = wire_report_digest(a.peer.arena, first->report);
    cursor.has_stream = cursor.has_rev = cursor.has_mark = true;
    cursor.stream = (uint32_t)a.stream;
    cursor.rev = a.rev;
    cursor.mark = a.mark;
    sync.n_cursor = 1;
    sync.cursor = cursors;
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    const Hv__SyncReply *again = peer_ask(&a.peer, &r)->sync;
    cr_assert(again->report == NULL && !again->has_pulled && !again->more);
    cr_assert_eq(again->n_cursor, 0);
    talk_member(&a, os_new_id(), a.changes[0]->id, "Lê Thị Lan");
    talk_push(&a);
    again = peer_ask(&a.peer, &r)->sync;
    cr_assert(again->report != NULL, "a member more is another report");
    cr_assert_eq(again->report->line[0]->numerator, 2);
    cr_assert(again->report->line[0]->has_verdict);
}

Test(pull, comes_in_pieces_that_end_with_a_revision)
{
    enum { BATCHES = 4, EACH = 200 };
    struct id group = os_new_id();
    size_t count = 0, replies = 0;
    bool more = true;
    scene_settle(&a, group, os_new_id());
    for (int i = 0; i < BATCHES; i++) {
        for (int k = 0; k < EACH; k++)
            talk_member(&a, os_new_id(), group, "Lê Thị Lan");
        talk_push(&a);
    }
    while (more) {
        const Hv__SyncReply *r = talk_pull(&b);
        size_t n = talk_records(&b, r).count;
        cr_assert(n > 0 && n <= 500);
        count += n;
        replies++;
        more = r->more;
    }
    cr_assert_eq(count, 2 + BATCHES * EACH);
    cr_assert_eq(replies, 2);
    cr_assert_eq(b.rev, (uint64_t)BATCHES + 1);
}

Test(pull, an_own_change_between_others_moves_the_cursor_over_it)
{
    scene_settle(&a, os_new_id(), os_new_id());
    talk_pull(&b);
    talk_group(&b, os_new_id(), "Tổ 1");
    talk_push(&b);
    put_text(&a, talk_change(&a, &kind_group, a.changes[0]->id), "note", "mới");
    talk_push(&a);
    cr_assert_eq(talk_records(&b, talk_pull(&b)).count, 1);
    cr_assert_eq(b.rev, 3);
    struct batch got = talk_records(&a, talk_pull(&a));
    cr_assert_eq(got.count, 1);
    cr_assert(id_equal(&got.changes[0].id, &b.changes[0]->id));
    cr_assert_eq(a.mark, b.mark);
}

Test(pull, with_changes_going_up_in_the_same_request)
{
    scene_settle(&a, os_new_id(), os_new_id());
    talk_group(&b, os_new_id(), "Tổ 1");
    const Hv__SyncReply *r = talk_pull(&b);
    cr_assert_eq(r->last, 1);
    cr_assert_eq(talk_records(&b, r).count, 2);
    cr_assert_eq(b.rev, 2);
    talk_group(&b, os_new_id(), "Tổ 2");
    r = talk_pull(&b);
    cr_assert(!r->has_pulled && !r->more);
    cr_assert_eq(b.rev, 3, "over what it wrote itself");
}

/* ---- a server that was restored from an older copy ---- */

Test(pull, a_revision_that_is_not_there_is_a_rewound_server)
{
    scene_settle(&a, os_new_id(), os_new_id());
    a.rev = 2;
    cr_assert_eq(peer_code(talk_ask(&a, 3, (struct bytes){NULL, 0}, true)), HV__CODE__REWOUND);
}

Test(pull, a_mark_that_is_not_the_revisions_is_a_rewound_server)
{
    scene_settle(&a, os_new_id(), os_new_id());
    a.mark++;
    cr_assert_eq(peer_code(talk_ask(&a, 3, (struct bytes){NULL, 0}, true)), HV__CODE__REWOUND, "the newest");
    a.mark--;
    talk_group(&b, os_new_id(), "Tổ 1");
    talk_push(&b);
    a.mark++;
    cr_assert_eq(peer_code(talk_ask(&a, 3, (struct bytes){NULL, 0}, true)), HV__CODE__REWOUND,
                 "an older one");
}

Test(pull, what_comes_up_with_a_cursor_of_another_history_is_not_kept)
{
    scene_settle(&a, os_new_id(), os_new_id());
    talk_group(&a, os_new_id(), "Tổ 1");
    a.mark++;
    cr_assert_eq(peer_code(talk_ask(&a, 3, talk_batch(&a, 3, 3), true)), HV__CODE__REWOUND);
    cr_assert_eq(rows_in("groups"), 1);
    cr_assert_eq(sql_int(&server.db, "select last_number from replica"), 2);
}

/* ---- streams above ---- */

/* A record of the province, as its own writing will make it: in its stream, at a revision with a mark. */
Test(pull, streams_above_are_heard_too)
{
    scene_settle(&a, os_new_id(), os_new_id());
    int32_t province = world_unit(&server.db, "93");
    sql(&server.db,
        "insert into programmes (id, stream, rev, name) values ('01890000-0000-7000-8000-000000000001', %d, "
        "1, "
        "'Đề án'); insert into log (stream, rev, kind, record, replica, number, mask) values (%d, 1, 12, "
        "'01890000-0000-7000-8000-000000000001', 0, 1, 2); insert into stream_commit (stream, rev, mark) "
        "values "
        "(%d, 1, 77); update stream set rev = 1, mark = 77 where id = %d",
        province, province, province, province);
    const Hv__SyncReply *r = talk_pull(&b);
    cr_assert_eq(talk_records(&b, r).count, 2, "one stream at a time");
    cr_assert(r->more);
    r = talk_pull(&b);
    cr_assert_eq(talk_records(&b, r).count, 1);
    cr_assert(!r->more);
    cr_assert_eq(r->n_cursor, 1);
    cr_assert_eq(r->cursor[0]->stream, (uint32_t)province);
    cr_assert_eq(r->cursor[0]->mark, 77);
}

/* ---- size ---- */

/* A text that zstd can't make smaller than about three quarters. */
static const char *noise(uint64_t *seed, size_t n)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static char text[1000];
    for (size_t i = 0; i < n; i++)
        text[i] = letters[random_below(seed, sizeof letters - 1)];
    text[n] = '\0';
    return text;
}

/* Sends one text of `n` bytes for each member. */
static Hv__Code send_texts(const struct id *ids, size_t count, uint64_t first, const char *field, size_t n,
                           uint64_t *seed)
{
    struct batch batch = {.changes = arena_zero(a.peer.arena, count, sizeof *batch.changes), .count = count};
    struct bytes packed;
    for (size_t i = 0; i < count; i++) {
        struct change *e = change_make(a.peer.arena, &kind_member);
        e->id = ids[i];
        e->number = first + i;
        put_text(&a, e, field, noise(seed, n));
        batch.changes[i] = *e;
    }
    cr_assert(wire_batch_pack(a.peer.arena, &batch, first, &packed) == ERR_OK);
    const Hv__Reply *r = talk_ask(&a, first, packed, false);
    cr_assert(r->body_case == HV__REPLY__BODY_ERROR || r->sync->n_verdict == 0);
    return peer_code(r);
}

/* Each batch fits; what the last one changes has grown beyond what fits into one message as whole records. */
Test(pull, a_revision_that_would_not_fit_down_is_refused_on_its_way_up)
{
    enum { COUNT = 1200 };
    static struct id ids[COUNT];
    struct id group = os_new_id();
    uint64_t seed = seed_of_run(), next = COUNT + 2;
    talk_group(&a, group, "Chi hội 1");
    for (int i = 0; i < COUNT; i++)
        talk_member(&a, ids[i] = os_new_id(), group, "Lê Thị Lan");
    talk_push(&a);
    cr_assert_eq(send_texts(ids, COUNT, next, "note", 900, &seed), HV__CODE__OK);
    next += COUNT;
    cr_assert_eq(send_texts(ids, COUNT, next, "present_address", 300, &seed), HV__CODE__TOO_LARGE);
    cr_assert_eq(send_texts(ids, COUNT / 2, next, "present_address", 300, &seed), HV__CODE__OK,
                 "in smaller ones");
    size_t count = 0;
    for (bool more = true; more;) {
        const Hv__SyncReply *r = talk_pull(&b);
        count += talk_records(&b, r).count;
        more = r->more;
    }
    cr_assert_eq(count, COUNT + 1, "each record once, at its newest");
}
