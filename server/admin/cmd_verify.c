/* Recomputes every kept figure from the records: intervals of standing from members and events, counts from
 * intervals, measures of records from these, revisions and numbers from their logs. */
#include "common/id.h"
#include "common/noun.h"
#include "common/os.h"
#include "common/standing.h"
#include "server/admin/admin.h"
#include "server/admin/verify_figures.h"
#include "server/admin/verify_months.h"
#include "server/store.h"
#include <stdlib.h>
#include <string.h>

struct checking {
    struct admin *admin;
    int64_t members;
    int64_t differences;
    struct verify_months months;
};

static void differ(struct checking *c, const char *what, int32_t unit, const struct id *member)
{
    char text[ID_TEXT] = "";
    if (member != NULL)
        id_format(member, text);
    c->differences++;
    ui_tell(&c->admin->ui, "Sai khác: %s, đơn vị %d %s", "Difference: %s, unit %d %s", what, (int)unit, text);
}

static void differ_at(void *checking, int32_t unit)
{
    differ(checking, "figure", unit, NULL);
}

static void differ_in_month(void *checking, int32_t unit)
{
    differ(checking, "month-end", unit, NULL);
}

static enum err rows_of(struct admin *m, const char *statement, int32_t unit, struct db_result **out,
                        struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, m->arena);
    db_int4(&p, unit);
    return admin_run(m, statement, &p, out, f);
}

static int32_t int_or_0(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? 0 : db_get_int4(r, row, column);
}

static bool true_or_false(const struct db_result *r, int row, int column)
{
    return !db_is_null(r, row, column) && db_get_bool(r, row, column);
}

struct unit_rows {
    int32_t unit;
    struct db_result *members;
    struct db_result *events;
    struct db_result *standing;
    int event; /* the next one not yet looked at */
    int interval;
    struct standing_event *hers; /* room for all events of the unit, should they be one member's */
    struct interval *expected;
};

static enum err unit_rows_read(struct checking *c, struct unit_rows *u, struct fault *f)
{
    enum err e = rows_of(c->admin, "verify_members", u->unit, &u->members, f);
    if (e == ERR_OK)
        e = rows_of(c->admin, "verify_events", u->unit, &u->events, f);
    if (e == ERR_OK)
        e = rows_of(c->admin, "verify_standing", u->unit, &u->standing, f);
    if (e != ERR_OK)
        return e;
    size_t room = (size_t)db_rows(u->events) + 1;
    u->hers = calloc(room, sizeof *u->hers);
    u->expected = calloc(STANDING_ROOM(room), sizeof *u->expected);
    return u->hers != NULL && u->expected != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

static void unit_rows_free(struct unit_rows *u)
{
    db_free(&u->members);
    db_free(&u->events);
    db_free(&u->standing);
    free(u->hers);
    free(u->expected);
}

/* Events of one member; both lists lie in the order of the members. */
static size_t events_take(struct unit_rows *u, const struct id *member)
{
    size_t n = 0;
    for (; u->event < db_rows(u->events); u->event++) {
        struct id of = db_get_uuid(u->events, u->event, 0);
        int order = id_compare(&of, member);
        if (order > 0)
            break;
        if (order == 0)
            u->hers[n++] = (struct standing_event){.id = db_get_uuid(u->events, u->event, 1),
                                                   .type = int_or_0(u->events, u->event, 2),
                                                   .date = int_or_0(u->events, u->event, 3),
                                                   .voided = true_or_false(u->events, u->event, 4)};
    }
    return n;
}

static bool interval_stands(const struct unit_rows *u, int row, const struct id *member,
                            const struct interval *i)
{
    const struct db_result *s = u->standing;
    if (row >= db_rows(s))
        return false;
    struct id of = db_get_uuid(s, row, 0), group = db_get_uuid(s, row, 1);
    return id_equal(&of, member) && id_equal(&group, &i->group) && db_get_int4(s, row, 2) == i->category &&
           db_get_bool(s, row, 3) == i->away && db_get_int4(s, row, 4) == i->from &&
           db_get_int4(s, row, 5) == i->to && db_get_int4(s, row, 6) == i->flags;
}

static void check_member(struct checking *c, struct unit_rows *u, int row)
{
    static const struct id no_group = {{0}};
    struct id member = db_get_uuid(u->members, row, 0);
    struct id group = db_is_null(u->members, row, 1) ? no_group : db_get_uuid(u->members, row, 1);
    struct standing_member m = {.group = &group,
                                .category = int_or_0(u->members, row, 2),
                                .residence = int_or_0(u->members, row, 3),
                                .residence_since = int_or_0(u->members, row, 4),
                                .away_since = int_or_0(u->members, row, 5),
                                .voided = true_or_false(u->members, row, 6),
                                .flags = (db_get_bool(u->members, row, 7) ? STANDING_CORE : 0) |
                                         (db_get_bool(u->members, row, 8) ? STANDING_CARD : 0)};
    size_t event_count = events_take(u, &member);
    size_t count = standing_of(&m, u->hers, event_count, u->expected);
    bool fine = true;
    for (size_t k = 0; k < count; k++)
        fine = fine && interval_stands(u, u->interval + (int)k, &member, &u->expected[k]);
    int found = 0;
    while (u->interval < db_rows(u->standing)) {
        struct id of = db_get_uuid(u->standing, u->interval, 0);
        if (id_compare(&of, &member) > 0)
            break;
        found += id_equal(&of, &member);
        u->interval++;
    }
    if (!fine || (size_t)found != count)
        differ(c, "standing", u->unit, &member);
    c->members++;
}

static enum err check_unit(struct checking *c, int32_t unit, struct fault *f)
{
    struct unit_rows u = {.unit = unit};
    enum err e = unit_rows_read(c, &u, f);
    for (int row = 0; e == ERR_OK && row < db_rows(u.members); row++)
        check_member(c, &u, row);
    if (e == ERR_OK && u.interval < db_rows(u.standing))
        differ(c, "standing without member", unit, NULL);
    unit_rows_free(&u);
    return e;
}

static enum err check_counts(struct checking *c, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = admin_run(c->admin, "verify_counts", NULL, &r, f);
    for (int row = 0; e == ERR_OK && row < db_rows(r); row++) {
        struct id group = db_get_uuid(r, row, 1);
        differ(c, "count", db_get_int4(r, row, 0), &group);
    }
    return e;
}

static enum err check_streams(struct checking *c, struct fault *f)
{
    DB_RESULT r = NULL;
    enum err e = admin_run(c->admin, "verify_streams", NULL, &r, f);
    for (int row = 0; e == ERR_OK && row < db_rows(r); row++)
        differ(c, db_get_text(r, row, 0), (int32_t)db_get_int8(r, row, 1), NULL);
    return e;
}

static enum err check_all(struct checking *c, struct fault *f)
{
    DB_RESULT units = NULL;
    enum err e = admin_run(c->admin, "verify_units", NULL, &units, f);
    for (int row = 0; e == ERR_OK && row < db_rows(units); row++) {
        e = check_unit(c, db_get_int4(units, row, 0), f);
        if (e == ERR_OK)
            e = verify_figures(c->admin, db_get_int4(units, row, 0), differ_at, c, f);
    }
    if (e == ERR_OK)
        e = check_counts(c, f);
    if (e == ERR_OK)
        e = verify_months(c->admin, differ_in_month, c, &c->months, f);
    return e == ERR_OK ? check_streams(c, f) : e;
}

/* In one snapshot, so that syncs meanwhile make no differences. */
enum err cmd_verify(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    struct checking c = {.admin = m};
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = store_prepare(m->db, f);
    if (e == ERR_OK)
        e = db_begin(m->db, true, f);
    if (e != ERR_OK)
        return e;
    e = db_script(m->db, "set transaction isolation level repeatable read", f);
    if (e == ERR_OK)
        e = check_all(&c, f);
    db_rollback(m->db);
    if (e != ERR_OK)
        return e;
    ui_say(&m->ui, "Đã kiểm tra %s: %s.", "%s checked: %s.",
           COUNTED((uint64_t)c.members, noun_member, m->ui.lang),
           COUNTED((uint64_t)c.differences, noun_difference, m->ui.lang));
    if (c.months.recounted + c.months.passed_over > 0)
        ui_say(&m->ui,
               "Số liệu cuối tháng: tính lại %llu, bỏ qua %llu (hồ sơ, chỉ tiêu hoặc dân số đã đổi sau đó).",
               "Month-ends: %llu recounted, %llu passed over (records, targets or population have changed "
               "since).",
               (unsigned long long)c.months.recounted, (unsigned long long)c.months.passed_over);
    if (c.differences > 0)
        return ui_fault(
            &m->ui, f, ERR_DB_DATA,
            "Các số đếm không khớp với hồ sơ; hãy báo cho người bảo trì và giữ nguyên cơ sở dữ liệu.",
            "Kept counts disagree with the records; tell the maintainer and leave the database as it is.");
    return ERR_OK;
}
