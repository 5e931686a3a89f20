/* Intervals of standing; the kept counts follow by the table's triggers. */
#include "server/store_kind.h"

static void member_column(struct db_params *p, const struct standing_row *rows, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, DB_UUID, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_bytes(&x, rows[i].member.b, sizeof rows[i].member.b);
    db_array_end(&x);
}

/* Intervals of one member lie side by side and are numbered from 0. */
static void nr_column(struct db_params *p, const struct standing_row *rows, size_t count)
{
    struct db_array x;
    int64_t nr = 0;
    db_array_begin(&x, p, DB_INT2, count, 0);
    for (size_t i = 0; i < count; i++) {
        nr = i > 0 && id_equal(&rows[i - 1].member, &rows[i].member) ? nr + 1 : 0;
        db_array_int(&x, nr);
    }
    db_array_end(&x);
}

static void group_column(struct db_params *p, const struct standing_row *rows, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, DB_UUID, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_bytes(&x, rows[i].interval.group.b, sizeof rows[i].interval.group.b);
    db_array_end(&x);
}

static int64_t category_of(const struct interval *v)
{
    return v->category;
}

static int64_t away_of(const struct interval *v)
{
    return v->away;
}

static int64_t flags_of(const struct interval *v)
{
    return v->flags;
}

static int64_t from_of(const struct interval *v)
{
    return v->from;
}

static int64_t to_of(const struct interval *v)
{
    return v->to;
}

static void number_column(struct db_params *p, unsigned type, int64_t of(const struct interval *v),
                          const struct standing_row *rows, size_t count)
{
    struct db_array x;
    db_array_begin(&x, p, type, count, 0);
    for (size_t i = 0; i < count; i++)
        db_array_int(&x, of(&rows[i].interval));
    db_array_end(&x);
}

static void standing_columns(struct db_params *p, const struct standing_row *rows, size_t count)
{
    member_column(p, rows, count);
    nr_column(p, rows, count);
    group_column(p, rows, count);
    number_column(p, DB_INT2, category_of, rows, count);
    number_column(p, DB_BOOL, away_of, rows, count);
    number_column(p, DB_INT2, flags_of, rows, count);
    number_column(p, DB_INT4, from_of, rows, count);
    number_column(p, DB_INT4, to_of, rows, count);
}

static enum err standing_write(struct db *db, struct arena *a, const char *statement, int32_t stream,
                               const struct standing_row *rows, size_t count, struct fault *f)
{
    struct db_params p;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, stream);
    standing_columns(&p, rows, count);
    return db_post(db, statement, &p, f);
}

enum err store_standing_add(struct db *db, struct arena *a, int32_t stream, const struct standing_row *rows,
                            size_t count, struct fault *f)
{
    return standing_write(db, a, "standing_add", stream, rows, count, f);
}

enum err store_standing_put(struct db *db, struct arena *a, int32_t stream, const struct standing_row *rows,
                            size_t count, struct fault *f)
{
    return standing_write(db, a, "standing_put", stream, rows, count, f);
}

enum err store_standing_drop(struct db *db, struct arena *a, int32_t stream, const struct id *members,
                             size_t count, struct fault *f)
{
    struct db_params p;
    if (count == 0)
        return ERR_OK;
    db_params_begin(&p, a);
    db_int4(&p, stream);
    param_ids(&p, members, count);
    return db_post(db, "standing_drop", &p, f);
}
