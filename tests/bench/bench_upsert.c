/* bench_upsert CONNECTION TABLE CONNECTIONS ROWS: plain unnest() upserts of members in transactions of 500,
 * the reference of the sync benchmark. Prints the rows per second of the first writing (new rows) and of the
 * second (updates). The table is like members. */
#include "common/change.h"
#include "common/wire.h"
#include "server/db.h"
#include "tests/bench/person.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 500

struct lane {
    pthread_t thread;
    const char *connection;
    const char *table;
    struct batch rows;
    struct arena *arena; /* of the rows */
};

static void check(enum err e, const struct fault *f)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench_upsert: %s\n", f->text);
    exit(1);
}

static const char *sql_type(size_t i)
{
    switch (field_type(&kind_member, i)) {
    case FIELD_TEXT:
        return "text";
    case FIELD_BOOL:
        return "boolean";
    case FIELD_ID:
        return "uuid";
    default:
        return "integer";
    }
}

static unsigned db_type(size_t i)
{
    switch (field_type(&kind_member, i)) {
    case FIELD_TEXT:
        return DB_TEXT;
    case FIELD_BOOL:
        return DB_BOOL;
    case FIELD_ID:
        return DB_UUID;
    default:
        return DB_INT4;
    }
}

static void statement_of(const char *table, char *out, size_t size)
{
    char columns[2000] = "id", types[2000] = "$1::uuid[]", sets[4000] = "";
    for (size_t i = 0; i < kind_member.field_count; i++) {
        const char *name = kind_member.fields[i].name;
        snprintf(columns + strlen(columns), sizeof columns - strlen(columns), ", \"%s\"", name);
        snprintf(types + strlen(types), sizeof types - strlen(types), ", $%zu::%s[]", i + 2, sql_type(i));
        snprintf(sets + strlen(sets), sizeof sets - strlen(sets), "%s\"%s\" = excluded.\"%s\"",
                 i > 0 ? ", " : "", name, name);
    }
    snprintf(out, size, "insert into %s (%s) select * from unnest(%s) on conflict (id) do update set %s",
             table, columns, types, sets);
}

static void put_column(struct db_params *p, const struct change *rows, size_t count, size_t i)
{
    struct db_array x;
    size_t payload = 0;
    for (size_t k = 0; k < count; k++)
        payload += db_type(i) == DB_TEXT ? rows[k].values[i].n : 16;
    db_array_begin(&x, p, db_type(i), count, payload);
    for (size_t k = 0; k < count; k++) {
        const struct value *v = &rows[k].values[i];
        if ((rows[k].set & field_bit(&kind_member, i)) == 0)
            db_array_null(&x);
        else if (db_type(i) == DB_TEXT)
            db_array_bytes(&x, v->p, v->n);
        else if (db_type(i) == DB_UUID)
            db_array_bytes(&x, v->p, 16);
        else
            db_array_int(&x, v->i);
    }
    db_array_end(&x);
}

static void upsert(struct db *db, struct arena *a, const struct change *rows, size_t count)
{
    struct db_params p;
    struct db_array ids;
    struct fault f;
    arena_reset(a);
    db_params_begin(&p, a);
    db_array_begin(&ids, &p, DB_UUID, count, count * 16);
    for (size_t k = 0; k < count; k++)
        db_array_bytes(&ids, rows[k].id.b, 16);
    db_array_end(&ids);
    for (size_t i = 0; i < kind_member.field_count; i++)
        put_column(&p, rows, count, i);
    check(db_begin(db, false, &f), &f);
    check(db_run(db, "upsert", &p, NULL, &f), &f);
    check(db_commit(db, &f), &f);
}

static void *lane_run(void *argument)
{
    struct lane *l = argument;
    struct db *db;
    struct fault f;
    char statement[10000];
    struct arena *a = arena_make((size_t)64 << 20);
    check(db_open(&db, &(struct db_options){.connection = l->connection, .name = "bench"}, &f), &f);
    statement_of(l->table, statement, sizeof statement);
    check(db_prepare(db, "upsert", statement, &f), &f);
    for (size_t at = 0; at < l->rows.count; at += BATCH)
        upsert(db, a, l->rows.changes + at, l->rows.count - at < BATCH ? l->rows.count - at : BATCH);
    db_close(&db);
    arena_free(a);
    return NULL;
}

static double run_all(struct lane *lanes, size_t count, size_t rows)
{
    double from = bench_seconds();
    for (size_t i = 0; i < count; i++)
        if (pthread_create(&lanes[i].thread, NULL, lane_run, &lanes[i]) != 0)
            exit(1);
    for (size_t i = 0; i < count; i++)
        pthread_join(lanes[i].thread, NULL);
    return (double)rows / (bench_seconds() - from);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_make((size_t)8 << 20);
    struct example_names names;
    if (argc != 5)
        return 2;
    bench_names(a, &names);
    size_t count = (size_t)atoi(argv[3]), rows = (size_t)atoll(argv[4]);
    struct lane *lanes = calloc(count, sizeof *lanes);
    for (size_t i = 0; i < count; i++) {
        uint64_t state = 1000 + i;
        lanes[i].connection = argv[1];
        lanes[i].table = argv[2];
        lanes[i].arena = arena_make((size_t)2 << 30);
        bench_batch(lanes[i].arena, &names, rows / count, &state, &lanes[i].rows);
    }
    double fresh = run_all(lanes, count, rows);
    double again = run_all(lanes, count, rows);
    printf("%.0f %.0f\n", fresh, again);
    for (size_t i = 0; i < count; i++)
        arena_free(lanes[i].arena);
    free(lanes);
    arena_free(a);
    return 0;
}
