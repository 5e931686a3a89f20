#include "server/admin/verify_figures.h"
#include "server/store_figure.h"

#define RECORDS_ARENA ((size_t)256 << 20)
#define ARENA         __attribute__((cleanup(arena_cleanup))) struct arena *

static enum err kept_read(struct admin *m, struct arena *a, int32_t unit, struct steps *out, struct fault *f)
{
    struct db_params p;
    DB_RESULT r = NULL;
    db_params_begin(&p, a);
    db_int4(&p, unit);
    *out = (struct steps){.arena = a};
    enum err e = admin_run(m, "verify_figures", &p, &r, f);
    for (int row = 0; e == ERR_OK && row < db_rows(r); row++) {
        struct id group = db_get_uuid(r, row, 1);
        e = steps_add(out, db_get_int4(r, row, 0), &group, db_get_int4(r, row, 2), db_get_int8(r, row, 3), f);
    }
    steps_settle(out);
    return e;
}

static enum err made(struct admin *m, struct arena *a, int32_t unit, struct steps *out, struct fault *f)
{
    enum err e = ERR_OK;
    *out = (struct steps){.arena = a};
    for (size_t i = 0; e == ERR_OK && i < measure_rule_count; i++) {
        struct steps part = {0};
        if (measure_rules[i]->live)
            continue;
        e = store_steps(m->db, a, unit, measure_rules[i], &part, f);
        for (size_t k = 0; e == ERR_OK && k < part.count; k++)
            e = steps_add(out, part.list[k].measure, &part.list[k].group, part.list[k].day, part.list[k].n,
                          f);
    }
    steps_settle(out);
    return e;
}

static bool same(const struct steps *x, const struct steps *y)
{
    bool is_same = x->count == y->count;
    for (size_t i = 0; is_same && i < x->count; i++)
        is_same = x->list[i].measure == y->list[i].measure &&
                  id_equal(&x->list[i].group, &y->list[i].group) && x->list[i].day == y->list[i].day &&
                  x->list[i].n == y->list[i].n;
    return is_same;
}

enum err verify_figures(struct admin *m, int32_t unit, verify_differ_fn *differ, void *context,
                        struct fault *f)
{
    struct steps kept, wanted;
    ARENA a = arena_make(RECORDS_ARENA);
    enum err e = a != NULL ? kept_read(m, a, unit, &kept, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_OK)
        e = made(m, a, unit, &wanted, f);
    if (e == ERR_OK && !same(&kept, &wanted))
        differ(context, unit);
    return e;
}
