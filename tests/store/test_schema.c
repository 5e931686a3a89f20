#include "server/schema.h"
#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct fault f;

static void database_empty(struct database *out)
{
    database_make(out);
    sql(out, "drop owned by hoivien_owner cascade");
    cr_assert_eq(sql_int(out, "select count(*) from pg_class where relname = 'unit'"), 0);
}

static enum err open_as_server(const struct database *base, struct db **db)
{
    const struct db_options o = {.connection = base->server, .name = "test"};
    return db_open(db, &o, &f);
}

static enum err try_server(const struct database *base)
{
    struct db *db;
    enum err err = open_as_server(base, &db);
    db_close(&db);
    return err;
}

Test(schema, an_empty_database_is_refused_and_then_migrated)
{
    struct database base;
    database_empty(&base);
    cr_assert_eq(try_server(&base), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "hoivien-admin migrate"));
    cr_assert(schema_migrate(base.owner, &f) == ERR_OK, "%s", f.text);
    cr_assert_eq(try_server(&base), ERR_OK);
    cr_assert_eq(sql_int(&base, "select max(number) from schema_migration"), schema_version());
}

Test(schema, migrating_again_changes_nothing)
{
    struct database base;
    database_make(&base);
    int64_t rows = sql_int(&base, "select count(*) from schema_migration");
    cr_assert(schema_migrate(base.owner, &f) == ERR_OK, "%s", f.text);
    cr_assert_eq(sql_int(&base, "select count(*) from schema_migration"), rows);
}

Test(schema, a_newer_database_is_left_alone)
{
    struct database base;
    database_make(&base);
    sql(&base, "insert into schema_migration values (9999, 'of tomorrow', '')");
    cr_assert_eq(try_server(&base), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "install the newer"));
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "install the newer"));
}

Test(schema, an_applied_migration_with_another_content_is_refused)
{
    struct database base;
    database_make(&base);
    sql(&base, "update schema_migration set checksum = 'x' where number = 1");
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "0001_register.sql"));
}

Test(schema, a_field_without_its_column_is_named)
{
    struct database base;
    database_make(&base);
    sql(&base, "alter table members drop column occupation");
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "members"));
    cr_assert_not_null(strstr(f.text, "occupation"));
}

Test(schema, a_column_of_another_type_is_named)
{
    struct database base;
    database_make(&base);
    sql(&base, "alter table events alter column date type text using date::text");
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "column date of table events must be integer"));
}

Test(schema, a_kind_without_its_table_is_named)
{
    struct database base;
    database_make(&base);
    sql(&base, "drop table memberships");
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "memberships"));
}

Test(schema, nobody_migrates_under_a_server)
{
    struct database base;
    struct db *db;
    database_make(&base);
    cr_assert_eq(open_as_server(&base, &db), ERR_OK);
    cr_assert_eq(schema_migrate(base.owner, &f), ERR_BUSY);
    cr_assert_not_null(strstr(f.text, "stop them"));
    db_close(&db);
}

Test(schema, no_server_starts_under_a_migration)
{
    struct database base;
    struct db *db;
    const struct db_options o = {.name = "migrating", .migrator = true};
    database_make(&base);
    struct db_options owner = o;
    owner.connection = base.owner;
    cr_assert_eq(db_open(&db, &owner, &f), ERR_OK);
    cr_assert_eq(schema_lock(db, false, &f), ERR_OK);
    cr_assert_eq(try_server(&base), ERR_SCHEMA);
    cr_assert_not_null(strstr(f.text, "being migrated"));
    db_close(&db);
}

static void assert_denied(struct db *db, const char *text)
{
    cr_assert_eq(db_script(db, text, &f), ERR_DB, "%s was allowed", text);
    cr_assert_not_null(strstr(f.text, "42501"), "%s: %s", text, f.text);
}

Test(schema, the_servers_role_makes_nothing_and_forges_nothing)
{
    struct database base;
    struct db *db;
    database_make(&base);
    /* rights on a database itself do not come with a clone */
    cr_assert(schema_migrate(base.owner, &f) == ERR_OK, "%s", f.text);
    cr_assert_eq(open_as_server(&base, &db), ERR_OK);
    assert_denied(db, "create table mine (n int)");
    assert_denied(db, "create temporary table mine (n int)");
    assert_denied(db, "drop table members");
    assert_denied(db, "update standing_count set n = 0");
    assert_denied(db, "delete from members");
    assert_denied(db, "update log set mask = 0");
    assert_denied(db, "delete from log");
    assert_denied(db, "insert into unit (level, code, name, valid_from) values (4, 'x', 'x', 0)");
    assert_denied(db, "select * from act");
    cr_assert_eq(sql_int(&base, "select count(*) from pg_class c join pg_roles o on o.oid = c.relowner "
                                "where o.rolname = 'hoivien_server'"),
                 0);
    db_close(&db);
}
