#include "tests/store/room.h"
#include <stdio.h>

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

TestSuite(db, .init = setup, .fini = teardown);

static struct db_result *answer(const char *name, const char *text, const struct db_params *p)
{
    struct db_result *rows;
    OK(&r, db_prepare(r.db, name, text, &r.f));
    OK(&r, db_run(r.db, name, p, &rows, &r.f));
    return rows;
}

Test(db, single_values_come_back_as_they_were_sent)
{
    struct db_params p;
    const struct id id = id_of(7);
    db_params_begin(&p, r.a);
    db_int4(&p, -5);
    db_int8(&p, INT64_MIN);
    db_bool(&p, true);
    db_text(&p, "hoà");
    db_bytea(&p, (struct bytes){(const uint8_t *)"a\0b", 3});
    db_uuid(&p, &id);
    db_text(&p, NULL);
    db_bytea(&p, (struct bytes){(const uint8_t *)"", 0});
    DB_RESULT a = answer("echo",
                         "select $1::int4, $2::int8, $3::bool, $4::text, $5::bytea, $6::uuid, $7::text, "
                         "$8::bytea, 3::int2",
                         &p);
    cr_assert_eq(db_rows(a), 1);
    cr_assert_eq(db_get_int4(a, 0, 0), -5);
    cr_assert_eq(db_get_int8(a, 0, 0), -5);
    cr_assert_eq(db_get_int8(a, 0, 1), INT64_MIN);
    cr_assert(db_get_bool(a, 0, 2));
    cr_assert_str_eq(db_get_text(a, 0, 3), "hoà");
    cr_assert_eq(db_get_bytes(a, 0, 4).n, 3);
    cr_assert_eq(memcmp(db_get_bytes(a, 0, 4).p, "a\0b", 3), 0);
    const struct id back = db_get_uuid(a, 0, 5);
    cr_assert(id_equal(&back, &id));
    cr_assert(db_is_null(a, 0, 6));
    cr_assert_str_eq(db_get_text(a, 0, 6), "");
    cr_assert(!db_is_null(a, 0, 7));
    cr_assert_eq(db_get_bytes(a, 0, 7).n, 0);
    cr_assert_not_null(db_get_bytes(a, 0, 7).p);
    cr_assert_eq(db_get_int4(a, 0, 8), 3);
}

static void array_of_ints(struct db_params *p, unsigned type)
{
    struct db_array x;
    db_array_begin(&x, p, type, 3, 0);
    db_array_int(&x, 1);
    db_array_null(&x);
    db_array_int(&x, type == DB_BOOL ? 0 : -2);
    db_array_end(&x);
}

Test(db, arrays_of_numbers_carry_nulls)
{
    struct db_params p;
    db_params_begin(&p, r.a);
    array_of_ints(&p, DB_BOOL);
    array_of_ints(&p, DB_INT2);
    array_of_ints(&p, DB_INT4);
    array_of_ints(&p, DB_INT8);
    DB_RESULT a =
        answer("arrays", "select $1::bool[]::text, $2::int2[]::text, $3::int4[]::text, $4::int8[]::text", &p);
    cr_assert_str_eq(db_get_text(a, 0, 0), "{t,NULL,f}");
    for (int i = 1; i < 4; i++)
        cr_assert_str_eq(db_get_text(a, 0, i), "{1,NULL,-2}");
}

Test(db, an_array_takes_more_than_was_announced)
{
    struct db_params p;
    struct db_array x;
    db_params_begin(&p, r.a);
    db_array_begin(&x, &p, DB_TEXT, 1, 2);
    for (int i = 0; i < 1000; i++)
        db_array_bytes(&x, "long text", 9);
    db_array_end(&x);
    db_array_begin(&x, &p, DB_UUID, 0, 0);
    db_array_end(&x);
    DB_RESULT a =
        answer("sizes",
               "select cardinality($1::text[]), (select count(*) from unnest($1) t where t = 'long text'), "
               "cardinality($2::uuid[])",
               &p);
    cr_assert_eq(db_get_int4(a, 0, 0), 1000);
    cr_assert_eq(db_get_int8(a, 0, 1), 1000);
    cr_assert_eq(db_get_int4(a, 0, 2), 0);
}

Test(db, an_exhausted_arena_is_told)
{
    struct arena *small = arena_make(100);
    struct db_params p;
    struct db_array x;
    db_params_begin(&p, small);
    db_array_begin(&x, &p, DB_INT8, 1000, 0);
    db_array_int(&x, 1);
    db_array_end(&x);
    OK(&r, db_prepare(r.db, "one", "select $1::int8[]", &r.f));
    cr_assert_eq(db_run(r.db, "one", &p, NULL, &r.f), ERR_NO_MEMORY);
    arena_free(small);
}

Test(db, wrong_parameters_are_the_programs_mistake_not_wrong_data)
{
    struct db_params p;
    db_params_begin(&p, r.a);
    db_int8(&p, 1);
    OK(&r, db_prepare(r.db, "one", "select $1::int4", &r.f));
    cr_assert_eq(db_run(r.db, "one", &p, NULL, &r.f), ERR_INTERNAL);
    db_params_begin(&p, r.a);
    cr_assert_eq(db_run(r.db, "one", &p, NULL, &r.f), ERR_INTERNAL);
    cr_assert_eq(db_run(r.db, "nowhere", &p, NULL, &r.f), ERR_INTERNAL);
    db_int4(&p, 1);
    OK(&r, db_run(r.db, "one", &p, NULL, &r.f));
}

Test(db, a_statement_that_does_not_fit_is_told_when_prepared)
{
    cr_assert_eq(db_prepare(r.db, "no", "select no_such_column from unit", &r.f), ERR_DB);
    cr_assert_not_null(strstr(r.f.text, "42703"));
    cr_assert_not_null(strstr(r.f.text, "no_such_column"));
    OK(&r, db_prepare(r.db, "no", "select 1", &r.f));
    OK(&r, db_run(r.db, "no", NULL, NULL, &r.f));
}

/* insert into replica (device) fails by reference, unique key or type */
static enum err insert_replica(const char *uuid_text, int32_t device)
{
    struct db_params p;
    struct id id = id_of(0);
    cr_assert(id_parse(uuid_text, &id));
    db_params_begin(&p, r.a);
    db_uuid(&p, &id);
    db_int4(&p, device);
    OK(&r, db_prepare(r.db, "ins", "insert into replica (uuid, device) values ($1::uuid, $2::int4)", &r.f));
    return db_run(r.db, "ins", &p, NULL, &r.f);
}

#define UUID "01890000-0000-7000-8000-00000000abcd"

Test(db, wrong_data_is_told_by_code_and_constraint_never_by_value)
{
    int32_t device = room_device(&r, r.unit);
    cr_assert_eq(insert_replica(UUID, device), ERR_OK);
    cr_assert_eq(insert_replica(UUID, device), ERR_DB_DATA);
    cr_assert_not_null(strstr(r.f.text, "23505"));
    cr_assert_not_null(strstr(r.f.text, "replica_uuid_key"));
    cr_assert_null(strstr(r.f.text, "abcd"));
    struct db_params p;
    db_params_begin(&p, r.a);
    db_text(&p, "Nguyen");
    OK(&r, db_prepare(r.db, "cast", "select $1::text::int4", &r.f));
    cr_assert_eq(db_run(r.db, "cast", &p, NULL, &r.f), ERR_DB_DATA);
    cr_assert_null(strstr(r.f.text, "Nguyen"));
}

static enum err raise(const char *state)
{
    char text[200], name[20];
    snprintf(name, sizeof name, "raise_%s", state);
    snprintf(text, sizeof text, "do $$ begin raise exception using errcode = '%s'; end $$", state);
    OK(&r, db_prepare(r.db, name, text, &r.f));
    return db_run(r.db, name, NULL, NULL, &r.f);
}

Test(db, failures_that_may_be_tried_again_are_told_apart)
{
    cr_assert_eq(raise("40001"), ERR_DB_RETRY);
    cr_assert_eq(raise("40P01"), ERR_DB_RETRY);
    cr_assert_eq(raise("22003"), ERR_DB_DATA);
    cr_assert_eq(raise("XX000"), ERR_DB);
}

Test(db, a_savepoint_takes_back_what_failed_and_no_more)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, db_savepoint(r.db, &r.f));
    OK(&r, insert_replica(UUID, device));
    OK(&r, db_savepoint_keep(r.db, &r.f));
    OK(&r, db_savepoint(r.db, &r.f));
    cr_assert_eq(insert_replica(UUID, device), ERR_DB_DATA);
    OK(&r, db_savepoint_undo(r.db, &r.f));
    OK(&r, db_savepoint(r.db, &r.f));
    OK(&r, insert_replica("01890000-0000-7000-8000-000000000002", device));
    OK(&r, db_savepoint_undo(r.db, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica where uuid = '%s'", UUID), 1);
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 1);
}

static enum err post_replica(int n, int32_t device)
{
    struct db_params p;
    const struct id id = id_of(n);
    db_params_begin(&p, r.a);
    db_uuid(&p, &id);
    db_int4(&p, device);
    OK(&r, db_prepare(r.db, "ins", "insert into replica (uuid, device) values ($1::uuid, $2::int4)", &r.f));
    return db_post(r.db, "ins", &p, &r.f);
}

Test(db, a_posted_statement_that_fails_shows_at_the_savepoint)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, db_savepoint(r.db, &r.f));
    OK(&r, post_replica(1, device));
    OK(&r, post_replica(1, device));
    OK(&r, post_replica(2, device));
    cr_assert_eq(db_savepoint_keep(r.db, &r.f), ERR_DB_DATA);
    OK(&r, db_savepoint_undo(r.db, &r.f));
    OK(&r, post_replica(3, device));
    OK(&r, db_commit(r.db, &r.f));
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 1);
}

Test(db, a_posted_statement_that_fails_never_commits)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, post_replica(1, device));
    OK(&r, post_replica(2, -1));
    cr_assert_eq(db_commit(r.db, &r.f), ERR_DB_DATA);
    db_rollback(r.db);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, post_replica(3, device));
    OK(&r, db_commit(r.db, &r.f));
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 1);
}

Test(db, a_failed_transaction_does_not_commit)
{
    OK(&r, db_begin(r.db, false, &r.f));
    cr_assert_eq(insert_replica(UUID, -1), ERR_DB_DATA);
    cr_assert_eq(db_commit(r.db, &r.f), ERR_DB);
    db_rollback(r.db);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

Test(db, many_statements_may_be_posted)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    for (int i = 1; i <= 200; i++)
        OK(&r, post_replica(i, device));
    OK(&r, db_commit(r.db, &r.f));
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 200);
}

Test(db, a_rollback_leaves_nothing)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, post_replica(1, device));
    db_rollback(r.db);
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 0);
}

static int64_t count_units(void)
{
    DB_RESULT a = answer("units", "select count(*) from unit", NULL);
    return db_get_int8(a, 0, 0);
}

Test(db, a_read_only_transaction_sees_one_moment_and_writes_nothing)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, true, &r.f));
    int64_t before = count_units();
    sql(&r.base, "insert into unit (level, code, name, valid_from) values (4, 'x', 'x', 20000101)");
    cr_assert_eq(count_units(), before);
    OK(&r, db_commit(r.db, &r.f));
    OK(&r, db_begin(r.db, true, &r.f));
    cr_assert_eq(count_units(), before + 1);
    cr_assert_eq(insert_replica(UUID, device), ERR_DB);
    db_rollback(r.db);
}

Test(db, a_statement_that_takes_too_long_is_ended)
{
    struct db *slow;
    const struct db_options o = {.connection = r.base.server, .name = "slow", .statement_timeout_ms = 50};
    OK(&r, db_open(&slow, &o, &r.f));
    OK(&r, db_prepare(slow, "sleep", "select pg_sleep(100)", &r.f));
    cr_assert_eq(db_run(slow, "sleep", NULL, NULL, &r.f), ERR_BUSY);
    cr_assert(db_is_alive(slow));
    db_close(&slow);
}

/* As the server's role itself, which may end its own sessions. */
static void end_sessions(void)
{
    struct database base = r.base;
    memcpy(base.owner, base.server, sizeof base.owner);
    sql(&base,
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = current_user and "
        "datname = current_database() and pid <> pg_backend_pid()");
}

Test(db, a_lost_connection_is_told_by_everything)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, insert_replica(UUID, device));
    end_sessions();
    cr_assert_eq(insert_replica("01890000-0000-7000-8000-000000000002", device), ERR_DB_GONE);
    cr_assert(!db_is_alive(r.db));
    cr_assert_eq(db_commit(r.db, &r.f), ERR_DB_GONE);
    cr_assert_eq(db_begin(r.db, false, &r.f), ERR_DB_GONE);
    cr_assert_eq(db_savepoint(r.db, &r.f), ERR_DB_GONE);
    cr_assert_eq(db_savepoint_undo(r.db, &r.f), ERR_DB_GONE);
    cr_assert_eq(db_script(r.db, "select 1", &r.f), ERR_DB_GONE);
    cr_assert_eq(db_prepare(r.db, "new", "select 1", &r.f), ERR_DB_GONE);
    db_rollback(r.db);
    cr_assert_eq(sql_int(&r.base, "select count(*) from replica"), 0);
}

Test(db, a_connection_lost_with_posted_statements_does_not_hang)
{
    int32_t device = room_device(&r, r.unit);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, post_replica(1, device));
    end_sessions();
    for (int i = 2; i < 50 && post_replica(i, device) == ERR_OK; i++)
        ;
    cr_assert_eq(db_commit(r.db, &r.f), ERR_DB_GONE);
}

Test(db, nobody_there_is_told_without_a_connection)
{
    struct db *none;
    const struct db_options o = {.connection = "host=/nowhere dbname=x password=geheim", .name = "t"};
    cr_assert_eq(db_open(&none, &o, &r.f), ERR_DB_GONE);
    cr_assert_null(none);
    cr_assert_null(strstr(r.f.text, "geheim"));
}

Test(db, a_script_runs_several_statements_and_names_its_fault)
{
    struct db *owner;
    const struct db_options o = {.connection = r.base.owner, .name = "t", .migrator = true};
    OK(&r, db_open(&owner, &o, &r.f));
    OK(&r, db_begin(owner, false, &r.f));
    OK(&r, db_script(owner, "create table one (n int); insert into one values (1), (2)", &r.f));
    cr_assert_eq(db_script(owner, "select * from two", &r.f), ERR_DB);
    cr_assert_not_null(strstr(r.f.text, "two"));
    db_rollback(owner);
    cr_assert_eq(sql_int(&r.base, "select count(*) from pg_class where relname = 'one'"), 0);
    db_close(&owner);
}
