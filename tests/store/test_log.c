#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct room r;
static int32_t mine, theirs; /* replicas */

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
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(log, .init = setup, .fini = teardown);

static struct log_row row_of(int record, int32_t replica, uint64_t number)
{
    return (struct log_row){
        .kind_number = 2, .record = id_of(record), .replica = replica, .number = number, .mask = 6};
}

static void add(uint64_t rev, const struct log_row *rows, size_t count)
{
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_log_add(r.db, r.a, r.unit, rev, rows, count, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

Test(log, what_was_logged_is_read_as_it_was)
{
    struct log_row rows[3] = {row_of(1, theirs, 1), row_of(2, theirs, 2), row_of(3, theirs, 3)};
    rows[0].mask = UINT64_C(1) << 62;
    rows[1].old = (struct bytes){(const uint8_t *)"", 0};
    rows[2].old = (struct bytes){(const uint8_t *)"a\0b", 3};
    rows[2].kind_number = 4;
    add(5, rows, 3);
    const struct id ids[] = {id_of(3), id_of(2), id_of(1)};
    struct log_row *got;
    size_t count;
    OK(&r, store_log_since(r.db, r.a, r.unit, mine, 4, ids, 3, &got, &count, &r.f));
    cr_assert_eq(count, 3);
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(got[i].kind_number, rows[i].kind_number);
        cr_assert(id_equal(&got[i].record, &rows[i].record));
        cr_assert_eq(got[i].rev, 5);
        cr_assert_eq(got[i].replica, theirs);
        cr_assert_eq(got[i].number, rows[i].number);
        cr_assert_eq(got[i].mask, rows[i].mask);
        cr_assert_eq(got[i].old.p == NULL, rows[i].old.p == NULL);
        cr_assert_eq(got[i].old.n, rows[i].old.n);
    }
    cr_assert_eq(memcmp(got[2].old.p, "a\0b", 3), 0);
}

Test(log, only_others_later_changes_of_the_records_asked_come_back)
{
    add(1, (const struct log_row[]){row_of(1, theirs, 1), row_of(2, theirs, 2)}, 2);
    add(2, (const struct log_row[]){row_of(1, mine, 1)}, 1);
    add(3, (const struct log_row[]){row_of(2, theirs, 3), row_of(1, theirs, 4)}, 2);
    add(4, (const struct log_row[]){row_of(1, theirs, 5)}, 1);
    struct log_row *got;
    size_t count;
    const struct id one = id_of(1);
    OK(&r, store_log_since(r.db, r.a, r.unit, mine, 1, &one, 1, &got, &count, &r.f));
    cr_assert_eq(count, 2);
    cr_assert_eq(got[0].number, 4);
    cr_assert_eq(got[1].number, 5);
    OK(&r, store_log_since(r.db, r.a, r.other, mine, 0, &one, 1, &got, &count, &r.f));
    cr_assert_eq(count, 0);
}
