/* A world of units with its reports, for the tests of reports. */
#ifndef HV_TEST_REPORT_WORLD_H
#define HV_TEST_REPORT_WORLD_H

#include "common/target.h"
#include "server/handle.h"
#include "server/report.h"
#include "server/store.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

#define TODAY 20190715

enum { ORDINARY = 1, HONORARY = 2, ORGANISATION = 3 };

/* world_make's two communes of district 930 with 1,000 and 500 women and the centre's target that no base
 * lies below 50 %, as seen by the server's role. */
struct world {
    struct database db;
    struct db *server;
    struct arena *arena;
    int32_t first, second, province, centre;
};

static inline void world_begin(struct world *w)
{
    struct fault f = {.text = ""};
    database_make(&w->db);
    world_make(&w->db);
    w->arena = arena_make((size_t)64 << 20);
    w->first = world_unit(&w->db, "31317");
    w->second = world_unit(&w->db, "31318");
    w->province = world_unit(&w->db, "93");
    w->centre = world_unit(&w->db, "VN");
    struct db_options o = {.connection = w->db.server, .name = "test"};
    cr_assert_eq(db_open(&w->server, &o, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(store_prepare(w->server, &f), ERR_OK, "%s", f.text);
}

static inline void world_end(struct world *w)
{
    db_close(&w->server);
    arena_free(w->arena);
}

/* `count` intervals of standing in a group named by a letter. */
static inline void stand(struct world *w, int32_t unit, char group, int category, bool away, int from, int to,
                         int count)
{
    sql(&w->db,
        "insert into standing (unit, member, group_id, category, away, from_day, to_day) select %d, "
        "gen_random_uuid(), md5('%c')::uuid, %d, %s, %d, %d from generate_series(1, %d)",
        unit, group, category, away ? "true" : "false", from, to, count);
}

static inline Hv__TargetReport *target_report(struct world *w, int32_t unit, int32_t day)
{
    struct fault f = {.text = ""};
    Hv__TargetReport *r = NULL;
    cr_assert_eq(db_begin(w->server, true, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(store_target_report(w->server, w->arena, unit, day, &r, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_commit(w->server, &f), ERR_OK, "%s", f.text);
    report_target_decide(r);
    return r;
}

static inline Hv__ProvinceReport *province_report(struct world *w, int32_t day)
{
    struct fault f = {.text = ""};
    Hv__ProvinceReport *r = NULL;
    cr_assert_eq(db_begin(w->server, true, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(store_province_report(w->server, w->arena, w->province, day, &r, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(db_commit(w->server, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(report_province_decide(w->arena, r, &f), ERR_OK, "%s", f.text);
    return r;
}

static inline Hv__TargetLine *line_of(Hv__TargetLine **lines, size_t count, const char *title)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i]->title != NULL && strcmp(lines[i]->title, title) == 0)
            return lines[i];
    return NULL;
}

/* A target of `issuer` in the term that `term` selects; `unit` 0: for each commune. */
static inline void add_target(struct world *w, const char *title, const char *term, int32_t issuer,
                              int32_t unit, int form, int measure, long long threshold, bool decides)
{
    char one[16] = "null";
    if (unit != 0)
        snprintf(one, sizeof one, "%d", unit);
    sql(&w->db,
        "insert into target (key, term, issuer, unit, title, form, measure, comparator, threshold, "
        "denominator_type, deadline, document, decides) select '%s', id, %d, %s, '%s', %d, %d, 1, %lld, %s, "
        "20220301, 'QD', %s from term where name = '%s'",
        title, issuer, one, title, form, measure, threshold,
        form == HV__FORM__RATIO || form == HV__FORM__NONE_BELOW ? "1" : "null", decides ? "true" : "false",
        term);
}

static inline void add_term(struct world *w, int level, const char *name, int from, int to)
{
    sql(&w->db, "insert into term (level, name, from_day, to_day) values (%d, '%s', %d, %d)", level, name,
        from, to);
}

#endif
