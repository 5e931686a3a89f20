/* Random histories on several devices, against a model that knows nothing of merging and of standing: the
 * later arrival of a field stands, and who counts on a day is walked through event by event. Seed and length:
 * HV_SEED, HV_STEPS. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define DEVICES     3
#define GROUPS      3
#define MAX_MEMBERS 400
#define MAX_EVENTS  12
#define MAX_PENDING 2000

enum { ENTERS_UP_TO = 3, DIED = 7 };

struct happened {
    int type;
    int date;
};

struct person {
    char id[16]; /* as lists show it */
    int group;
    int category;  /* 1 ordinary, 2 honorary, 3 of an organisation */
    int residence; /* 0 not given, 1 permanent, 2 temporary, 3 elsewhere */
    int since;
    int phone; /* a number that stands for it; 0: none */
    bool voided;
    struct happened events[MAX_EVENTS];
    int event_count;
};

struct state {
    struct person people[MAX_MEMBERS];
    bool there[MAX_MEMBERS];
};

enum field { GROUP, CATEGORY, RESIDENCE, SINCE, PHONE, VOIDED, EVENT, NEW };

struct op {
    int person;
    enum field field;
    int value;
    struct happened event;
    struct person whole;
};

struct device {
    struct client_device client;
    struct state view;
    struct op pending[MAX_PENDING];
    int pending_count;
};

static struct {
    struct state server;
    struct device devices[DEVICES];
    int people;
    uint64_t random;
    struct server real;
} world;

/* ---- the model ---- */

static void apply(struct state *s, const struct op *op)
{
    struct person *p = &s->people[op->person];
    switch (op->field) {
    case GROUP:
        p->group = op->value;
        break;
    case CATEGORY:
        p->category = op->value;
        break;
    case RESIDENCE:
        p->residence = op->value;
        break;
    case SINCE:
        p->since = op->value;
        break;
    case PHONE:
        p->phone = op->value;
        break;
    case VOIDED:
        p->voided = op->value != 0;
        break;
    case EVENT:
        p->events[p->event_count++] = op->event;
        break;
    case NEW:
        *p = op->whole;
        s->there[op->person] = true;
        break;
    }
}

static void note(struct device *d, struct op op)
{
    cr_assert(d->pending_count < MAX_PENDING);
    apply(&d->view, &op);
    d->pending[d->pending_count++] = op;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static int last_day(int date)
{
    int year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (month == 0)
        return year * 10000 + 1231;
    return day == 0 ? year * 10000 + month * 100 + days_in(year, month) : date;
}

static int six_months_on(int date)
{
    int year = date / 10000, month = date / 100 % 100 + 6, day = date % 100;
    if (month > 12) {
        month -= 12;
        year++;
    }
    if (day > days_in(year, month))
        day = days_in(year, month);
    return year * 10000 + month * 100 + day;
}

static int order(const void *a, const void *b)
{
    const struct happened *x = a, *y = b;
    if (last_day(x->date) != last_day(y->date))
        return last_day(x->date) < last_day(y->date) ? -1 : 1;
    return x->type - y->type;
}

/* Walks through her life up to the day. */
static bool counts_on(const struct person *p, int day)
{
    struct happened events[MAX_EVENTS];
    memcpy(events, p->events, sizeof events);
    qsort(events, (size_t)p->event_count, sizeof events[0], order);
    bool in = p->event_count == 0 || events[0].type > ENTERS_UP_TO;
    bool dead = false;
    for (int i = 0; i < p->event_count && last_day(events[i].date) <= day; i++) {
        if (!dead)
            in = events[i].type <= ENTERS_UP_TO;
        dead = dead || events[i].type == DIED;
    }
    if (p->voided || p->residence == 3 || (p->residence == 2 && p->since == 0))
        return false;
    return in && (p->residence != 2 || six_months_on(last_day(p->since)) <= day);
}

static int model_count(int group, int category, int day)
{
    int n = 0;
    for (int i = 0; i < world.people; i++) {
        const struct person *p = &world.server.people[i];
        n += world.server.there[i] && p->group == group && p->category == category && counts_on(p, day);
    }
    return n;
}

/* ---- what devices do ---- */

static uint64_t below(uint64_t n)
{
    return random_below(&world.random, n);
}

static int some_date(void)
{
    int year = 2008 + (int)below(10), month = 1 + (int)below(12),
        day = 1 + (int)below((uint64_t)days_in(year, month));
    switch (below(4)) {
    case 0:
        return year * 10000;
    case 1:
        return year * 10000 + month * 100;
    default:
        return year * 10000 + month * 100 + day;
    }
}

static const char *date_text(int date)
{
    int year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (month == 0)
        return words("%d", year);
    return day == 0 ? words("%02d/%d", month, year) : words("%02d/%02d/%d", day, month, year);
}

static const char *const categories[] = {"", "ordinary", "honorary", "organisation"};
static const char *const residences[] = {"", "permanent", "temporary", "elsewhere"};
static const char *const types[] = {"",          "joined", "moved-in", "returned",
                                    "moved-out", "left",   "removed",  "died"};

static void add_member(struct device *d)
{
    if (world.people == MAX_MEMBERS)
        return;
    struct op op = {.person = world.people++, .field = NEW};
    struct person *p = &op.whole;
    p->group = (int)below(GROUPS);
    p->category = below(10) == 0 ? 2 : below(6) == 0 ? 3 : 1;
    p->residence = below(3) == 0 ? (int)below(4) : 0;
    p->since = p->residence == 2 && below(4) > 0 ? some_date() : 0;
    char *out = hoivien_ok(
        &d->client, "member add --name 'Nguyễn Thị %s' --birth %d --group 'Chi hội %d' --category %s%s%s%s%s",
        words("Số%c%c", 'A' + op.person / 26, 'a' + op.person % 26), 1950 + (int)below(40), p->group + 1,
        categories[p->category], p->residence > 0 ? " --residence " : "", residences[p->residence],
        p->since != 0 ? " --residence-since " : "", p->since != 0 ? date_text(p->since) : "");
    const char *id = strstr(out, "id ");
    cr_assert(id != NULL, "no id in: %s", out);
    sscanf(id, "id %8[0-9a-f]", p->id);
    free(out);
    note(d, op);
}

/* Somebody whom this device knows, or -1. */
static int somebody(const struct device *d)
{
    int known[MAX_MEMBERS], n = 0;
    for (int i = 0; i < world.people; i++)
        if (d->view.there[i])
            known[n++] = i;
    return n == 0 ? -1 : known[below((uint64_t)n)];
}

static void edit(struct device *d, int who)
{
    struct person *p = &d->view.people[who];
    struct op op = {.person = who, .field = (enum field)below(5)};
    const char *option;
    int old;
    switch (op.field) {
    case GROUP:
        op.value = (int)below(GROUPS);
        old = p->group;
        option = words("--group 'Chi hội %d'", op.value + 1);
        break;
    case CATEGORY:
        op.value = 1 + (int)below(3);
        old = p->category;
        option = words("--category %s", categories[op.value]);
        break;
    case RESIDENCE:
        op.value = (int)below(4);
        old = p->residence;
        option = words("--residence '%s'", residences[op.value]);
        break;
    case SINCE:
        op.value = below(5) == 0 ? 0 : some_date();
        old = p->since;
        option = words("--residence-since '%s'", op.value == 0 ? "" : date_text(op.value));
        break;
    default:
        op.value = 1 + (int)below(1000);
        old = p->phone;
        option = words("--phone 0912345%03d", op.value % 1000);
        break;
    }
    free(hoivien_ok(&d->client, "member edit %s %s", p->id, option));
    if (op.value != old)
        note(d, op);
}

static void void_or_back(struct device *d, int who)
{
    bool is = d->view.people[who].voided;
    free(hoivien_ok(&d->client, "member void %s %s", d->view.people[who].id, is ? "--undo" : ""));
    note(d, (struct op){.person = who, .field = VOIDED, .value = !is});
}

static void happen(struct device *d, int who)
{
    struct op op = {.person = who, .field = EVENT, .event = {1 + (int)below(7), some_date()}};
    int events =
        world.server.people[who].event_count; /* those of other devices that are not sent yet come on top */
    for (int k = 0; k < DEVICES; k++)
        for (int i = 0; i < world.devices[k].pending_count; i++)
            events += world.devices[k].pending[i].person == who && world.devices[k].pending[i].field == EVENT;
    if (events >= MAX_EVENTS - 1)
        return;
    free(hoivien_ok(&d->client, "member event %s %s --date %s", d->view.people[who].id, types[op.event.type],
                    date_text(op.event.date)));
    note(d, op);
}

static void sync_device(struct device *d)
{
    free(hoivien_ok(&d->client, "sync --batch %d", 1 + (int)below(40)));
    for (int i = 0; i < d->pending_count; i++)
        apply(&world.server, &d->pending[i]);
    d->pending_count = 0;
    d->view = world.server;
}

static void step(void)
{
    struct device *d = &world.devices[below(DEVICES)];
    int who = somebody(d);
    uint64_t what = below(20);
    if (who < 0 || what < 6)
        add_member(d);
    else if (what < 11)
        edit(d, who);
    else if (what < 15)
        happen(d, who);
    else if (what < 16)
        void_or_back(d, who);
    else
        sync_device(d);
}

/* ---- comparing ---- */

static int real_count(int group, int category, int day)
{
    return (int)sql_int(&world.real.db,
                        "select coalesce(sum(c.n), 0) from standing_count c join groups g on g.id = "
                        "c.group_id where g.name = 'Chi hội %d' and c.category = %d and c.day <= %d",
                        group + 1, category, day);
}

static void compare_counts(void)
{
    for (int i = 0; i < 8; i++) {
        int day = i == 0 ? 20180630 : last_day(some_date());
        for (int g = 0; g < GROUPS; g++)
            for (int c = 1; c <= 3; c++)
                cr_assert_eq(real_count(g, c, day), model_count(g, c, day),
                             "group %d, category %d, day %d: kept %d, the model says %d", g + 1, c, day,
                             real_count(g, c, day), model_count(g, c, day));
    }
}

static void compare_records(void)
{
    for (int i = 0; i < world.people; i++) {
        const struct person *p = &world.server.people[i];
        const char *row =
            sql(&world.real.db,
                "select concat_ws(' ', right(g.name, 1)::int - 1, m.category, coalesce(m.residence, 0), "
                "coalesce(m.residence_since, 0), coalesce(right(m.phone, 3)::int, 0), "
                "coalesce(m.voided, false)) from members m join groups g on g.id = m.group_id where "
                "right(m.id::text, 8) = '%s'",
                p->id);
        cr_assert_str_eq(row,
                         words("%d %d %d %d %d %s", p->group, p->category, p->residence, p->since,
                               p->phone % 1000, p->voided ? "t" : "f"),
                         "member %s", p->id);
    }
    cr_assert_eq(sql_int(&world.real.db, "select count(*) from members"), world.people);
}

static void compare_devices(void)
{
    char *first = NULL;
    for (int k = 0; k < DEVICES; k++) {
        char *all = run_ok("%s/client/hoivien --dir %s member export --plain | sort", HV_BIN,
                           world.devices[k].client.folder);
        cr_assert(first == NULL || strcmp(first, all) == 0, "device %d holds another register than device 0",
                  k);
        if (first == NULL)
            first = all;
        else
            free(all);
    }
    free(first);
}

static void compare_all(void)
{
    for (int round = 0; round < 2; round++)
        for (int k = 0; k < DEVICES; k++)
            sync_device(&world.devices[k]);
    compare_records();
    compare_counts();
    compare_devices();
    struct output o =
        run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf verify", HV_BIN, world.real.folder);
    cr_assert(o.status == 0, "verify: %s%s", o.out, o.err);
    output_free(&o);
}

static void world_begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    world.random = seed_of_run();
    database_make(&db);
    world_make(&db);
    server_start(&world.real, &db, NULL);
    for (int k = 0; k < DEVICES; k++)
        device_make(&world.devices[k].client, &world.real, "31317", NULL);
    for (int g = 1; g <= GROUPS; g++)
        free(hoivien_ok(&world.devices[0].client, "group add --name 'Chi hội %d' --type chi-hoi", g));
    for (int k = 0; k < DEVICES; k++)
        sync_device(&world.devices[k]);
}

Test(history, random_histories_on_three_devices_agree_with_the_model)
{
    int steps = getenv("HV_STEPS") != NULL ? atoi(getenv("HV_STEPS")) : 400;
    world_begin();
    for (int i = 0; i < steps; i++) {
        step();
        if (i % 100 == 99)
            compare_all();
    }
    compare_all();
    server_stop(&world.real);
}
