#include "tests/store/room.h"
#include <pthread.h>
#include <stdatomic.h>

SUPPORT_CLUSTER

static struct room r;

static void setup(void)
{
    room_make(&r);
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(sync, .init = setup, .fini = teardown);

static struct sync_lock lock_of(struct db *db, int32_t device, int replica)
{
    struct sync_lock lock;
    const struct id id = id_of(replica);
    OK(&r, store_sync_lock(db, r.a, device, &id, 0, &lock, &r.f));
    return lock;
}

static struct bytes hashes_of(uint64_t first, uint64_t last)
{
    uint64_t *list = arena_zero(r.a, last - first + 1, sizeof *list);
    for (uint64_t n = first; n <= last; n++)
        list[n - first] = n * 1000;
    return (struct bytes){(const uint8_t *)list, (last - first + 1) * sizeof *list};
}

/* A whole batch of the replica: the next `count` numbers. */
static struct sync_lock batch_of(int32_t device, int replica, uint64_t count, bool moved, uint64_t mark)
{
    OK(&r, db_begin(r.db, false, &r.f));
    struct sync_lock lock = lock_of(r.db, device, replica);
    uint64_t first = lock.last_number + 1;
    const struct sync_done done = {.lock = &lock,
                                   .first = first,
                                   .last = first + count - 1,
                                   .hashes = hashes_of(first, first + count - 1),
                                   .rev_moved = moved,
                                   .mark = mark};
    OK(&r, store_sync_done(r.db, r.a, &done, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    return lock;
}

static struct sync_lock state_of(int32_t device, int replica)
{
    OK(&r, db_begin(r.db, false, &r.f));
    struct sync_lock lock = lock_of(r.db, device, replica);
    db_rollback(r.db);
    return lock;
}

Test(sync, a_new_replica_starts_at_nothing)
{
    struct sync_lock lock = state_of(room_device(&r, r.unit), 1);
    cr_assert_eq(lock.last_number, 0);
    cr_assert_eq(lock.stream, r.unit);
    cr_assert_eq(lock.rev, 0);
    cr_assert_eq(lock.mark, 0);
}

Test(sync, a_batch_moves_number_revision_and_mark)
{
    int32_t device = room_device(&r, r.unit);
    batch_of(device, 1, 5, true, UINT64_MAX - 3);
    struct sync_lock lock = state_of(device, 1);
    cr_assert_eq(lock.last_number, 5);
    cr_assert_eq(lock.rev, 1);
    cr_assert_eq(lock.mark, UINT64_MAX - 3);
    uint64_t mark;
    OK(&r, store_mark(r.db, r.a, r.unit, 1, &mark, &r.f));
    cr_assert_eq(mark, UINT64_MAX - 3);
    cr_assert_eq(sql_int(&r.base, "select rev from stream where id = %d", r.other), 0);
}

Test(sync, a_batch_all_refused_moves_the_number_only)
{
    int32_t device = room_device(&r, r.unit);
    batch_of(device, 1, 5, false, 7);
    struct sync_lock lock = state_of(device, 1);
    cr_assert_eq(lock.last_number, 5);
    cr_assert_eq(lock.rev, 0);
    cr_assert_eq(sql_int(&r.base, "select count(*) from stream_commit"), 0);
}

Test(sync, a_mark_that_was_never_given_is_a_rewound_server)
{
    uint64_t mark = 1;
    OK(&r, store_mark(r.db, r.a, r.unit, 0, &mark, &r.f));
    cr_assert_eq(mark, 0);
    cr_assert_eq(store_mark(r.db, r.a, r.unit, 4, &mark, &r.f), ERR_REWOUND);
}

Test(sync, a_replica_stays_with_its_device)
{
    int32_t device = room_device(&r, r.unit), thief = room_device(&r, r.unit);
    struct sync_lock lock;
    const struct id id = id_of(1);
    batch_of(device, 1, 1, true, 1);
    OK(&r, db_begin(r.db, false, &r.f));
    cr_assert_eq(store_sync_lock(r.db, r.a, thief, &id, 0, &lock, &r.f), ERR_NOT_ALLOWED);
    db_rollback(r.db);
}

Test(sync, a_revoked_device_is_told)
{
    int32_t device = room_device(&r, r.unit);
    struct sync_lock lock;
    const struct id id = id_of(1);
    batch_of(device, 1, 1, true, 1);
    sql(&r.base, "update device set revoked_at = now() where id = %d", device);
    OK(&r, db_begin(r.db, false, &r.f));
    cr_assert_eq(store_sync_lock(r.db, r.a, device, &id, 0, &lock, &r.f), ERR_REVOKED);
    db_rollback(r.db);
}

struct waiter {
    struct db *db;
    int32_t device;
    int replica;
    struct sync_lock got;
    enum err err;
    atomic_bool done;
};

static void *waiter_run(void *arg)
{
    struct waiter *w = arg;
    struct fault f;
    struct arena *a = arena_make(1 << 20);
    const struct id id = id_of(w->replica);
    w->err = db_begin(w->db, false, &f);
    if (w->err == ERR_OK)
        w->err = store_sync_lock(w->db, a, w->device, &id, 0, &w->got, &f);
    if (w->err == ERR_OK)
        w->err = db_commit(w->db, &f);
    arena_free(a);
    w->done = true;
    return NULL;
}

/* Until the other waits for a lock; it must not come through. */
static void wait_until_waiting(const struct waiter *w)
{
    while (sql_int(&r.base, "select count(*) from pg_locks where not granted") == 0)
        cr_assert(!w->done, "did not wait");
}

static void assert_waits_and_sees(int32_t device, int replica, uint64_t number)
{
    pthread_t thread;
    struct waiter w = {.db = room_connect(&r), .device = device, .replica = replica};
    OK(&r, db_begin(r.db, false, &r.f));
    struct sync_lock lock = lock_of(r.db, device, 1);
    uint64_t next = lock.last_number + 1;
    const struct sync_done done = {
        .lock = &lock, .first = next, .last = next, .hashes = hashes_of(1, 1), .rev_moved = true, .mark = 9};
    OK(&r, store_sync_done(r.db, r.a, &done, &r.f));
    pthread_create(&thread, NULL, waiter_run, &w);
    wait_until_waiting(&w);
    OK(&r, db_commit(r.db, &r.f));
    pthread_join(thread, NULL);
    db_close(&w.db);
    cr_assert_eq(w.err, ERR_OK);
    cr_assert_eq(w.got.last_number, number);
    cr_assert_eq(w.got.rev, lock.rev + 1);
    cr_assert_eq(w.got.mark, 9);
}

Test(sync, the_same_replica_waits_and_sees_what_was_done)
{
    int32_t device = room_device(&r, r.unit);
    batch_of(device, 1, 3, true, 1);
    assert_waits_and_sees(device, 1, 4);
}

Test(sync, another_replica_of_the_commune_waits_for_the_stream)
{
    int32_t device = room_device(&r, r.unit);
    batch_of(device, 2, 3, true, 1);
    batch_of(device, 1, 1, true, 1);
    assert_waits_and_sees(device, 2, 3);
}

Test(sync, a_new_replica_made_twice_at_once_is_one)
{
    assert_waits_and_sees(room_device(&r, r.unit), 1, 1);
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 1);
}

Test(sync, another_commune_does_not_wait)
{
    struct db *db = room_connect(&r);
    int32_t device = room_device(&r, r.unit), far = room_device(&r, r.other);
    OK(&r, db_begin(r.db, false, &r.f));
    lock_of(r.db, device, 1);
    OK(&r, db_begin(db, false, &r.f));
    cr_assert_eq(lock_of(db, far, 2).stream, r.other);
    db_rollback(db);
    db_rollback(r.db);
    db_close(&db);
}

static void assert_hashes(uint64_t first, uint64_t last, uint64_t want)
{
    struct bytes got;
    int32_t replica = (int32_t)sql_int(&r.base, "select id from replica");
    OK(&r, store_hashes(r.db, r.a, replica, first, last, &got, &r.f));
    cr_assert_eq(got.n, want * 8, "%zu bytes for %lu..%lu", got.n, first, last);
    for (uint64_t i = 0; i < want; i++) {
        uint64_t hash;
        memcpy(&hash, got.p + 8 * i, 8);
        cr_assert_eq(hash, (first + i) * 1000);
    }
}

Test(sync, hashes_come_back_across_batches)
{
    int32_t device = room_device(&r, r.unit);
    batch_of(device, 1, 3, true, 1);
    batch_of(device, 1, 1, true, 2);
    batch_of(device, 1, 6, true, 3);
    assert_hashes(1, 10, 10);
    assert_hashes(2, 2, 1);
    assert_hashes(3, 5, 3);
    assert_hashes(9, 14, 2);
    assert_hashes(11, 14, 0);
    assert_hashes(5, 4, 0);
}

Test(sync, hashes_stop_where_one_is_not_kept)
{
    int32_t device = room_device(&r, r.unit);
    for (int i = 0; i < 3; i++)
        batch_of(device, 1, 2, true, 1);
    sql(&r.base, "delete from batch where first = 3");
    assert_hashes(1, 6, 2);
    assert_hashes(3, 6, 0);
    assert_hashes(5, 6, 2);
}

static const struct refusal refusals[] = {
    {.number = 2, .kind_number = 2, .code = ERR_BAD_DATE, .field_number = 22},
    {.number = 3, .kind_number = 4, .code = ERR_DEPENDS_ON, .depends_on = 2},
    {.number = 7, .kind_number = 99, .code = ERR_UNKNOWN_KIND},
};

static int32_t refuse(int32_t device)
{
    struct refusal list[3];
    memcpy(list, refusals, sizeof list);
    list[0].record = list[2].record = id_of(50);
    list[1].record = id_of(51);
    OK(&r, db_begin(r.db, false, &r.f));
    struct sync_lock lock = lock_of(r.db, device, 1);
    OK(&r, store_refusals_add(r.db, r.a, lock.replica, list, 3, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    return lock.replica;
}

Test(sync, refusals_are_kept_as_they_were)
{
    struct refusal *got;
    size_t count;
    int32_t replica = refuse(room_device(&r, r.unit));
    OK(&r, store_refusals(r.db, r.a, replica, 1, 10, &got, &count, &r.f));
    cr_assert_eq(count, 3);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(got[i].number, refusals[i].number);
        cr_assert_eq(got[i].kind_number, refusals[i].kind_number);
        cr_assert_eq(got[i].code, refusals[i].code);
        cr_assert_eq(got[i].field_number, refusals[i].field_number);
        cr_assert_eq(got[i].depends_on, refusals[i].depends_on);
    }
    OK(&r, store_refusals(r.db, r.a, replica, 3, 6, &got, &count, &r.f));
    cr_assert_eq(count, 1);
    cr_assert_eq(sql_int(&r.base, "select refused from replica where id = %d", replica), 3);
}

Test(sync, refused_records_are_found_by_their_latest_number)
{
    int32_t device = room_device(&r, r.unit);
    int32_t replica = refuse(device);
    const struct id ids[] = {id_of(52), id_of(51), id_of(50)};
    uint64_t numbers[3];
    OK(&r, store_refused_records(r.db, r.a, replica, ids, 3, numbers, &r.f));
    cr_assert_eq(numbers[0], 0);
    cr_assert_eq(numbers[1], 3);
    cr_assert_eq(numbers[2], 7);
    struct sync_lock stranger = batch_of(device, 2, 1, true, 1);
    OK(&r, store_refused_records(r.db, r.a, stranger.replica, ids, 3, numbers, &r.f));
    cr_assert_eq(numbers[2], 0);
}

Test(sync, a_device_that_spoke_is_noted_and_keeps_what_it_did_not_say)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_device_seen(r.db, r.a, device, "hoivien 0.1", 7, &r.f));
    OK(&r, store_device_seen(r.db, r.a, device, "", 0, &r.f));
    OK(&r, store_device_seen(r.db, r.a, device, NULL, 0, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    cr_assert_str_eq(
        sql(&r.base, "select program || ' ' || schema from device where id = %d and last_sync is not null",
            device),
        "hoivien 0.1 7");
}
