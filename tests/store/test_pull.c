#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct room r;
static int32_t mine, theirs; /* replicas */
static uint64_t rev;         /* of the stream */

static int32_t replica_make(int n)
{
    return (int32_t)sql_int(&r.base,
                            "insert into replica (uuid, device) values "
                            "('00000000-0000-7000-8000-%012d', %d) returning id",
                            n, room_device(&r, r.unit));
}

static void setup(void)
{
    room_make(&r);
    mine = replica_make(1);
    theirs = replica_make(2);
    rev = 0;
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(pull, .init = setup, .fini = teardown);

static void commit_batch(int32_t replica, uint64_t count)
{
    struct sync_lock lock = {.replica = replica, .stream = r.unit};
    const struct sync_done done = {.lock = &lock,
                                   .first = rev * 1000,
                                   .last = rev * 1000 + count - 1,
                                   .hashes = {(const uint8_t *)"", 0},
                                   .rev_moved = true,
                                   .mark = rev};
    OK(&r, store_sync_done(r.db, r.a, &done, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

/* One revision by a replica: these members get this name. */
static void write_members(int32_t replica, const char *name, const int *ids, size_t count)
{
    const struct record *list[300];
    struct log_row rows[300];
    rev++;
    for (size_t i = 0; i < count; i++) {
        struct record *m = member_of(r.a, ids[i] % 256, name);
        m->id.b[15] = (uint8_t)(ids[i] / 256);
        list[i] = m;
        rows[i] = (struct log_row){.kind_number = kind_member.number,
                                   .record = m->id,
                                   .replica = replica,
                                   .number = rev * 1000 + i,
                                   .mask = m->set};
    }
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_put(r.db, r.a, &kind_member, r.unit, rev, list, count, &r.f));
    OK(&r, store_log_add(r.db, r.a, r.unit, rev, rows, count, &r.f));
    commit_batch(replica, count);
}

static void write_group(int32_t replica, int id)
{
    struct record *g = record_make(r.a, &kind_group);
    const struct record *list = g;
    g->id = id_of(id);
    record_set(g, "name", "Chi hội", strlen("Chi hội"));
    rev++;
    const struct log_row row = {
        .kind_number = kind_group.number, .record = g->id, .replica = replica, .number = 1, .mask = 2};
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_put(r.db, r.a, &kind_group, r.unit, rev, &list, 1, &r.f));
    OK(&r, store_log_add(r.db, r.a, r.unit, rev, &row, 1, &r.f));
    commit_batch(replica, 1);
}

struct pulled {
    struct batch batch;
    uint64_t upto;
    bool more;
};

static struct pulled pull(uint64_t since, size_t limit)
{
    struct pulled p;
    OK(&r, store_pull(r.db, r.a, r.unit, mine, since, limit, NULL, &p.batch, &p.upto, &p.more, &r.f));
    return p;
}

static const char *name_of(const struct change *c)
{
    int i = kind_field(&kind_member, "name");
    return arena_copy(r.a, c->values[i].p, c->values[i].n);
}

Test(pull, nothing_changed_nothing_comes)
{
    struct pulled p = pull(0, 100);
    cr_assert_eq(p.batch.count, 0);
    cr_assert_eq(p.batch.gone_count, 0);
    cr_assert_eq(p.upto, 0);
    cr_assert(!p.more);
}

Test(pull, a_stream_that_is_not_there_is_told)
{
    struct pulled p;
    cr_assert_eq(store_pull(r.db, r.a, -1, mine, 0, 10, NULL, &p.batch, &p.upto, &p.more, &r.f),
                 ERR_INTERNAL);
}

Test(pull, others_changes_come_whole_and_own_ones_do_not)
{
    write_members(theirs, "Lan", (const int[]){1, 2}, 2);
    write_members(mine, "Mai", (const int[]){3}, 1);
    struct pulled p = pull(0, 100);
    cr_assert_eq(p.batch.count, 2);
    cr_assert_eq(p.upto, 2);
    cr_assert(!p.more);
    const struct change *c = &p.batch.changes[0];
    cr_assert_eq(c->kind, &kind_member);
    cr_assert_eq(c->kind_number, kind_member.number);
    cr_assert_eq(c->set, field_bit(&kind_member, 0) | field_bit(&kind_member, 1));
    cr_assert_eq(c->cleared, 0);
    cr_assert_eq(c->number, 0);
    cr_assert_str_eq(name_of(c), "Lan");
    cr_assert_eq(pull(1, 100).batch.count, 0);
    cr_assert_eq(pull(1, 100).upto, 2);
}

Test(pull, an_own_record_comes_when_others_changed_it)
{
    write_members(mine, "Mai", (const int[]){3}, 1);
    cr_assert_eq(pull(0, 100).batch.count, 0);
    write_members(theirs, "Mơ", (const int[]){3}, 1);
    write_members(mine, "Mận", (const int[]){3}, 1);
    struct pulled p = pull(1, 100);
    cr_assert_eq(p.batch.count, 1);
    cr_assert_str_eq(name_of(&p.batch.changes[0]), "Mận");
}

Test(pull, kinds_come_in_the_registrys_order)
{
    write_members(theirs, "Lan", (const int[]){1}, 1);
    write_group(theirs, 9);
    struct pulled p = pull(0, 100);
    cr_assert_eq(p.batch.count, 2);
    cr_assert_eq(p.batch.changes[0].kind, &kind_group);
    cr_assert_eq(p.batch.changes[1].kind, &kind_member);
}

Test(pull, steps_end_at_whole_revisions_and_more_is_told)
{
    write_members(theirs, "A", (const int[]){1, 2, 3}, 3);
    write_members(theirs, "B", (const int[]){4, 5}, 2);
    write_members(theirs, "C", (const int[]){6, 7, 8}, 3);
    struct pulled p = pull(0, 5);
    cr_assert_eq(p.batch.count, 5);
    cr_assert_eq(p.upto, 2);
    cr_assert(p.more);
    p = pull(0, 6);
    cr_assert_eq(p.batch.count, 5);
    cr_assert_eq(p.upto, 2);
    p = pull(2, 3);
    cr_assert_eq(p.batch.count, 3);
    cr_assert_eq(p.upto, 3);
    cr_assert(!p.more);
}

Test(pull, a_revision_larger_than_the_limit_comes_whole)
{
    int ids[300];
    for (int i = 0; i < 300; i++)
        ids[i] = i;
    write_members(theirs, "A", ids, 300);
    write_members(theirs, "B", (const int[]){1000}, 1);
    struct pulled p = pull(0, 10);
    cr_assert_eq(p.batch.count, 300);
    cr_assert_eq(p.upto, 1);
    cr_assert(p.more);
}

Test(pull, a_record_comes_once_in_its_last_step)
{
    write_members(theirs, "A", (const int[]){1, 2}, 2);
    write_members(theirs, "B", (const int[]){3, 4}, 2);
    write_members(theirs, "C", (const int[]){1}, 1);
    struct pulled first = pull(0, 3);
    cr_assert_eq(first.batch.count, 3);
    cr_assert_eq(first.upto, 2);
    struct pulled second = pull(first.upto, 3);
    cr_assert_eq(second.batch.count, 1);
    cr_assert_str_eq(name_of(&second.batch.changes[0]), "C");
    cr_assert_eq(pull(0, 100).batch.count, 4);
}

Test(pull, what_left_the_stream_comes_as_gone)
{
    write_members(theirs, "A", (const int[]){1, 2, 3}, 3);
    sql(&r.base,
        "insert into log (stream, rev, kind, record, replica, number, mask, gone) select stream, 2, kind, "
        "record, replica, 99, 0, true from log where record = '01010101-0101-0101-0101-010101010100';"
        "delete from members where id = '02020202-0202-0202-0202-020202020200';"
        "update members set stream = %d where id = '03030303-0303-0303-0303-030303030300';"
        "update stream set rev = 2 where id = %d",
        r.other, r.unit);
    struct pulled p = pull(0, 100);
    cr_assert_eq(p.batch.count, 0);
    cr_assert_eq(p.batch.gone_count, 3);
    cr_assert_eq(p.batch.gone[0].kind_number, kind_member.number);
    cr_assert_eq(p.upto, 2);
}

/* Random histories by two replicas, pulled in steps of random size: at the end the puller has, for every
 * record that another touched, what the table has, and none twice. */
Test(pull, steps_of_any_size_bring_everything_once)
{
    uint64_t seed = seed_of_run();
    for (int i = 0; i < 40; i++) {
        int ids[8];
        size_t count = 1 + random_below(&seed, 8);
        int start = (int)random_below(&seed, 30);
        for (size_t k = 0; k < count; k++)
            ids[k] = start + (int)k;
        write_members(random_below(&seed, 2) ? mine : theirs, arena_print(r.a, "tên %d", i), ids, count);
    }
    bool seen[256] = {false};
    int64_t sum = 0;
    struct pulled p = {.upto = 0, .more = true};
    while (p.more) {
        p = pull(p.upto, 1 + random_below(&seed, 12));
        for (size_t i = 0; i < p.batch.count; i++) {
            uint8_t n = p.batch.changes[i].id.b[0];
            cr_assert(!seen[n]);
            seen[n] = true;
            sum++;
        }
    }
    cr_assert_eq(p.upto, rev);
    cr_assert_eq(sum, sql_int(&r.base, "select count(distinct record) from log where replica = %d", theirs));
}
