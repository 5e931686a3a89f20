/* Random working days over all kinds: two devices of one commune, one of another, and the province. Some
 * thirty days over three years; at the end every figure of every report is compared with one that a program
 * of its own recounts from the exported records alone (recount/). Seed: HV_SEED; days: HV_STEPS; HV_TALK:
 * what is refused. */
#include "common/date.h"
#include "tests/support/desk.h"
#include "tests/support/recount.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define DEVICES 3
#define DAYS    30
#define FIRST   20180102

static const char *const communes[DEVICES] = {"31317", "31317", "31318"};

static struct {
    struct office office;
    struct client_device devices[DEVICES];
    char pen[PATH_ROOM];
    struct server server;
} world;

static uint64_t below(uint64_t n)
{
    return office_below(&world.office, n);
}

static const char *day_text(int32_t day)
{
    char text[DATE_TEXT];
    date_format(day, true, text);
    return words("%s", text);
}

/* ---- who works: a device's clerk, or the province in its own stream or a commune's ---- */

static struct desk desk_of_device(int d)
{
    struct desk desk = {.office = &world.office, .side = ANY_COMMUNE, .commune = communes[d]};
    snprintf(desk.program, sizeof desk.program, "%s/client/hoivien --lang en --dir %s", HV_BIN,
             world.devices[d].folder);
    snprintf(desk.register_file, sizeof desk.register_file, "%s/register.db", world.devices[d].folder);
    return desk;
}

static struct desk desk_of_province(const char *commune)
{
    struct desk desk = {.office = &world.office, .side = ANY_PROVINCE, .commune = commune};
    snprintf(desk.program, sizeof desk.program, "%s/client/hoivien-report --lang en --dir %s", HV_BIN,
             world.pen);
    snprintf(desk.register_file, sizeof desk.register_file, "%s%s%s/register.db", world.pen,
             commune != NULL ? "/streams/" : "", commune != NULL ? commune : "");
    if (commune != NULL)
        snprintf(desk.options, sizeof desk.options, " --commune %s", commune);
    return desk;
}

static void happen(const struct desk *desk)
{
    static const char *const types[] = {"joined", "moved-in", "returned", "moved-out",
                                        "left",   "removed",  "died"};
    const char *members = desk_some(desk, &kind_member, 4), *groups = desk_some(desk, &kind_group, 1),
               *activities = desk_some(desk, &kind_activity, 1);
    if (members[0] == '\0' || groups[0] == '\0')
        return;
    desk_order(desk, words("member event%s %s --date %s", members, types[below(7)],
                           day_text(office_day(&world.office, -(int)below(40)))));
    desk_order(desk, words("member join%s%s%s", desk_some(desk, &kind_member, 4), groups,
                           below(6) == 0 ? " --leave" : ""));
    if (activities[0] != '\0')
        desk_order(desk, words("activity attend%s%s%s", activities,
                               below(3) == 0 ? " --search thi" : desk_some(desk, &kind_member, 8),
                               below(8) == 0 ? " --take-out" : ""));
}

/* Both agree, and one cause is the main one. */
static void agree(const struct desk *desk)
{
    const char *side = desk->side == ANY_COMMUNE ? "commune" : "province",
               *causes = desk_some(desk, &kind_cause, 3), *remedies = desk_some(desk, &kind_remedy, 3);
    if (causes[0] != '\0')
        desk_order(desk, words("cause edit%s --by-%s true", causes, side));
    if (remedies[0] != '\0')
        desk_order(desk, words("remedy edit%s --by-%s true", remedies, side));
    if (causes[0] != '\0')
        desk_order(desk, words("cause edit%s --main-cause true", desk_some(desk, &kind_cause, 1)));
}

static const struct kind *some_kind(const struct desk *desk)
{
    const struct kind *kind;
    do
        kind = kinds[below(kind_count)];
    while (!desk_may_enter(desk, kind));
    return kind;
}

static void work(const struct desk *desk)
{
    desk_look(desk);
    for (int i = 0; i < 3; i++)
        desk_enter(desk, some_kind(desk), 1 + below(5));
    desk_edit(desk, some_kind(desk));
    desk_edit(desk, some_kind(desk));
    desk_void(desk, some_kind(desk));
    desk_void(desk, some_kind(desk));
    if (desk->side == ANY_COMMUNE)
        happen(desk);
    if (desk->commune != NULL && below(2) == 0)
        agree(desk);
}

/* Whether the server kept all of it. */
static bool sync_device(int d)
{
    struct output o = hoivien(&world.devices[d], "sync --batch %d", 5 + (int)below(40));
    bool is_kept = strstr(o.out, "refused 0;") != NULL;
    cr_assert(o.status == 0, "sync: %s%s", o.out, o.err);
    if (getenv("HV_TALK") != NULL && !is_kept)
        fprintf(stderr, "device %d: %s%s", d, o.out, o.err);
    output_free(&o);
    return is_kept;
}

/* ---- the world ---- */

static void today_is(int32_t day)
{
    world.office.today = day;
    setenv("HOIVIEN_TODAY", day_text(day), 1);
}

/* The server's day is the last one of the clerks' year, so that nobody is ahead of it. */
static void server_of_year(int year)
{
    today_is(year * 10000 + 1231);
    if (world.server.pid != 0) {
        server_stop(&world.server);
        server_restart(&world.server);
    }
}

#define FILES HV_SOURCE "/tests/property/recount"

/* Targets and figures by the ways that there are for them: of the centre's, world_make has entered the target
 * (centre.csv), and its figures are given here. */
static void figures_enter(const struct desk *province)
{
    FILE *centre = fopen(words("%s/centre-figures.csv", world.office.scratch), "w"),
         *own = fopen(words("%s/figures.csv", world.office.scratch), "w");
    cr_assert(centre != NULL && own != NULL);
    fprintf(own, "unit,term_level,term,type,value,as_of,source\n");
    fprintf(centre, "unit,term_level,term,type,value,as_of,source\n");
    for (int c = 1; c < DEVICES; c++) {
        int women = 12 + (int)below(40);
        sql(&world.server.db, "update population set value = %d where unit = %d", women,
            (int)world_unit(&world.server.db, communes[c]));
        fprintf(centre, "%s,centre,2017-2022,women-18-plus,%d,2017-12-31,figure for tests\n", communes[c],
                women);
        fprintf(own,
                "%s,province,2016-2021,women-18-present,%d,2018-06-30,Cục Thống kê\n"
                "%s,province,2016-2021,households-with-woman-18-plus,%d,2018-06-30,Cục Thống kê\n",
                communes[c], women - 5, communes[c], women / 2);
    }
    fclose(centre);
    fclose(own);
    sql(&world.server.db,
        "insert into term (level, name, from_day, to_day) values (2, '2016-2021', 20160101, "
        "20210101)");
    free(run_ok("%s target import " FILES "/targets.csv", province->program));
    free(run_ok("%s population import %s/figures.csv", province->program, world.office.scratch));
}

static void world_begin(const struct desk *province)
{
    struct database db;
    server_of_year(2018);
    database_make(&db);
    world_make(&db);
    server_start(&world.server, &db, NULL);
    for (int d = 0; d < DEVICES; d++)
        device_make(&world.devices[d], &world.server, communes[d], NULL);
    char *code = world_code(&world.server, "93", "reporter");
    free(run_ok("%s init %s", province->program, code));
    free(code);
    figures_enter(province);
}

/* Enough of everything that figures are of. */
struct share_of_work {
    const struct kind *kind;
    uint64_t rows;
};
static const struct share_of_work of_province[] = {
    {&kind_programme, 4}, {&kind_officer, 4}, {&kind_post, 4},    {&kind_course, 4},
    {&kind_training, 6},  {&kind_rate, 1},    {&kind_pairing, 5}, {&kind_commendation, 4},
};
static const struct share_of_work of_commune[] = {
    {&kind_group, 6},     {&kind_household, 5},    {&kind_member, 22},      {&kind_officer, 7},
    {&kind_activity, 12}, {&kind_course, 5},       {&kind_event, 14},       {&kind_membership, 20},
    {&kind_post, 12},     {&kind_attendance, 100}, {&kind_training, 12},    {&kind_question, 30},
    {&kind_support, 12},  {&kind_model, 6},        {&kind_replication, 10}, {&kind_commendation, 10},
    {&kind_entry, 16},    {&kind_reversal, 3},
};
static const struct share_of_work of_plans[] = {{&kind_plan, 2}, {&kind_cause, 8}, {&kind_remedy, 8},
                                                {&kind_step, 8}, {&kind_visit, 4}, {&kind_resource, 4}};

static const struct share_of_work of_year[] = {
    {&kind_member, 4},       {&kind_activity, 10}, {&kind_attendance, 220}, {&kind_course, 3},
    {&kind_training, 6},     {&kind_event, 6},     {&kind_support, 8},      {&kind_replication, 4},
    {&kind_commendation, 6}, {&kind_entry, 12},    {&kind_reversal, 2},     {&kind_progress, 3},
    {&kind_model, 2},
};

static void begin_with(const struct desk *desk, const struct share_of_work *list, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        desk_look(desk);
        desk_enter(desk, list[k].kind, list[k].rows);
    }
}

#define BEGIN_WITH(desk, list) begin_with(desk, list, sizeof(list) / sizeof(list)[0])

/* The second device of a commune finds what the first one has entered. */
static void first_day(const struct desk *province, const struct desk *communes_of_province)
{
    BEGIN_WITH(province, of_province);
    for (int c = 0; c < 2; c++)
        BEGIN_WITH(&communes_of_province[c], of_plans);
    for (int d = 0; d < DEVICES; d++) {
        struct desk desk = desk_of_device(d);
        sync_device(d);
        if (d != 1)
            BEGIN_WITH(&desk, of_commune);
        sync_device(d);
    }
}

/* All have the same in the end. What the server refused stays in a register until it is mended, so the clerk
 * takes another computer. */
static void all_quiet(void)
{
    for (int d = 0; d < DEVICES; d++)
        sync_device(d);
    for (int d = 0; d < DEVICES; d++) {
        if (sync_device(d))
            continue;
        device_make(&world.devices[d], &world.server, communes[d], NULL);
        sync_device(d);
    }
}

/* The fund's book of a year is closed when all that the commune has entered is at the server. */
static void close_book(int device, int year)
{
    struct desk desk = desk_of_device(device);
    for (int d = 0; d < DEVICES; d++)
        sync_device(d);
    desk_order(&desk, words("fund close %d --anyway", year));
    sync_device(device);
}

/* The server goes on to the year, and so do the communes. What they enter is of the last months, so they
 * close the book of the year before the last. */
static void new_year(int32_t day, int device)
{
    server_of_year(day / 10000);
    today_is(day);
    for (int d = device; d < DEVICES; d += 2 - device) {
        struct desk desk = desk_of_device(d);
        close_book(d, day / 10000 - 2);
        BEGIN_WITH(&desk, of_year);
    }
}

static void days_pass(int days)
{
    const struct desk province[] = {desk_of_province(NULL), desk_of_province(communes[0]),
                                    desk_of_province(communes[2])};
    world_begin(&province[0]);
    today_is(FIRST);
    first_day(&province[0], province + 1);
    for (int i = 0; i < days; i++) {
        int32_t next = office_day(&world.office, 1 + (int)below(2 * 1000 / (uint64_t)days));
        if (next / 10000 != world.office.today / 10000)
            new_year(next, (int)below(2));
        today_is(next);
        int d = (int)below(DEVICES);
        struct desk desk = below(3) == 0 ? province[below(3)] : desk_of_device(d);
        work(&desk);
        if (below(2) == 0)
            sync_device(d);
    }
    close_book(2 * (int)below(2), world.office.today / 10000 - 1);
    all_quiet();
}

/* ---- comparing ---- */

static void ask_devices(struct recount *r, int period, const char *span)
{
    for (int d = 0; d < DEVICES; d++) {
        struct desk desk = desk_of_device(d);
        char source[32];
        snprintf(source, sizeof source, "device-%d", d);
        if (d == 1 && span[0] != '\0') /* the same commune: once is enough */
            continue;
        recount_reports(r, period, "commune", source, desk.program, span);
        if (span[0] == '\0')
            recount_told(r, "raw_target", period, source, desk.commune, words("%s target", desk.program));
        if (span[0] == '\0')
            recount_told(r, "raw_result", period, source, desk.commune, words("%s result", desk.program));
    }
}

/* The summary's figures of a year are those from its first day on. */
static void ask_server(struct recount *r, const char *program, int period, const char *span, int32_t first,
                       int32_t last)
{
    char source[32], arguments[100], day[DATE_TEXT];
    date_format(last, true, day);
    snprintf(arguments, sizeof arguments, "93 --by-commune %s", span);
    recount_reports(r, period, "province", "server-93", program, arguments);
    for (int c = 1; c < DEVICES; c++) {
        snprintf(source, sizeof source, "server-%s", communes[c]);
        snprintf(arguments, sizeof arguments, "%s %s", communes[c], span);
        recount_reports(r, period, "commune", source, program, arguments);
        recount_told(r, "raw_commune", period, "server", communes[c],
                     words("%s commune %s --as-of %s", program, communes[c], day));
        recount_told(r, "raw_result", period, "server", communes[c],
                     words("%s result %s --as-of %s", program, communes[c], day));
    }
    recount_told(r, "raw_result", period, "server", "93", words("%s result 93 --as-of %s", program, day));
    if (first % 10000 == 101 && first / 10000 == last / 10000)
        recount_told(r, "raw_province", period, "server", "93",
                     words("%s province 93 --as-of %s", program, day));
}

static char *recount_all(struct recount *r)
{
    int32_t today = world.office.today, from = date_add_days(FIRST, (int)below(400));
    const int32_t periods[][2] = {{20190101, 20191231},
                                  {from, date_add_days(from, (int)below(500))},
                                  {today / 10000 * 10000 + 101, today}};
    struct desk province = desk_of_province(NULL);
    recount_begin(r);
    recount_export(r, "31317", false, desk_of_device(0).program);
    recount_export(r, "31318", false, desk_of_device(2).program);
    recount_export(r, "93", true, province.program);
    recount_table(r, "target_file", false, FILES "/centre.csv");
    recount_table(r, "target_file", true, FILES "/targets.csv");
    recount_table(r, "population_file", false, words("%s/figures.csv", world.office.scratch));
    recount_table(r, "population_file", true, words("%s/centre-figures.csv", world.office.scratch));
    for (int n = 1; n <= 3; n++) {
        const int32_t *p = periods[n - 1];
        char first[DATE_TEXT], last[DATE_TEXT], span[50];
        date_format(p[0], true, first);
        date_format(p[1], true, last);
        recount_period(r, n, first, last);
        snprintf(span, sizeof span, "--from %s --to %s", first, last);
        ask_devices(r, n, n == 3 ? "" : span);
        ask_server(r, province.program, n, span, p[0], p[1]);
    }
    return recount_end(r);
}

Test(days, every_figure_of_every_report_is_what_is_recounted_from_the_records)
{
    static struct recount r;
    int days = getenv("HV_STEPS") != NULL ? atoi(getenv("HV_STEPS")) : DAYS;
    uint64_t seed = world.office.random = seed_of_run();
    scratch_make(world.office.scratch);
    scratch_make(world.pen);
    days_pass(days);
    cr_expect(recount_lacking[0] == NULL, "there is no recount of the report %s", recount_lacking[0]);
    char *said = recount_all(&r);
    fprintf(stderr, "%s= commands %d, refused %d\n", said, world.office.done, world.office.refused);
    cr_assert(said[0] == '=', "HV_SEED=%llu: reports and recount differ:\n%s", (unsigned long long)seed,
              said);
    cr_assert(world.office.done > 2 * world.office.refused, "of %d commands %d were refused",
              world.office.done + world.office.refused, world.office.refused);
    free(said);
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, world.server.folder));
    server_stop(&world.server);
}
