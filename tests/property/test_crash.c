/* Whatever is killed at whatever instant, every change is there once in the end. Rounds of edits and syncs in
 * which the client, the server or PostgreSQL gets SIGKILL, or the reply is withheld after the commit. Seed
 * and number of rounds: HV_SEED, HV_ROUNDS. */
#include "tests/support/any.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEVICES        2
#define ROUNDS         30
#define HANDSHAKE_DOWN 295 /* bytes that the server says before the first message, all but a few */

struct device {
    struct client_device client;
    int added;  /* members that this device has added */
    int edited; /* the last phone that it gave to its own first member */
    int events;
    char first[16]; /* its own first member */
    pid_t sync;
    char made[ANY_KINDS][ANY_RECORDS][ANY_SHORT]; /* by kind: records of any kind that it has added beside */
    int made_count[ANY_KINDS];
    char joined[ANY_KINDS][ANY_RECORDS][64]; /* what its relations join */
};

static struct {
    struct server server;
    struct relay *relay;
    struct device devices[DEVICES];
    uint64_t random;
    bool down;
} world;

static uint64_t below(uint64_t n)
{
    return random_below(&world.random, n);
}

static void pause_up_to(unsigned ms)
{
    usleep((useconds_t)below((uint64_t)ms * 1000 + 1));
}

/* A record of some kind, referring to this device's own; values are drawn from the registry. */
static void add_any(struct device *d, size_t k)
{
    const struct kind *kind = kinds[k];
    struct any_value values[ANY_FIELDS] = {0};
    static int serial;
    char joins[64] = "";
    if (!any_creatable(ANY_COMMUNE, kind) || d->made_count[k] == ANY_RECORDS)
        return;
    for (size_t i = 0; i < kind->field_count; i++) {
        const char *candidates[ANY_RECORDS];
        const char *refers = kind->fields[i].refers;
        size_t of = refers != NULL ? kind_index(kind_by_name(refers)) : 0, n = 0;
        while (refers != NULL && n < (size_t)d->made_count[of]) {
            candidates[n] = d->made[of][n];
            n++;
        }
        if (kind->fields[i].required && !any_draw(&world.random, kind, i, candidates, n,
                                                  (int)(d - world.devices) + DEVICES * ++serial, &values[i]))
            return;
        if (kind->fields[i].required)
            snprintf(joins + strlen(joins), sizeof joins - strlen(joins), "%.20s ", values[i].text);
    }
    for (int i = 0; kind->relation && i < d->made_count[k]; i++)
        if (strcmp(d->joined[k][i], joins) == 0)
            return;
    memcpy(d->joined[k][d->made_count[k]], joins, sizeof joins);
    any_settle(kind, values);
    any_add(&d->client, kind, values, d->made[k][d->made_count[k]++]);
}

static void edit_some(struct device *d, int k)
{
    int n = 1 + (int)below(4);
    for (int i = 0; i < n; i++) {
        char *out = hoivien_ok(
            &d->client,
            "member add --anyway --name 'Nguyễn Thị Hoa' --birth %d --group 'Chi hội %d' --card-no %d-%d",
            1950 + (int)below(40), k + 1, k, d->added);
        if (d->added++ == 0)
            sscanf(strstr(out, "id "), "id %8[0-9a-f]", d->first);
        free(out);
    }
    free(hoivien_ok(&d->client, "member edit %s --phone 0912%06d", d->first, ++d->edited));
    free(hoivien_ok(&d->client, "member event %s %s --date %02d/2017", d->first,
                    d->events % 2 == 0 ? "moved-out" : "returned", 1 + d->events % 12));
    d->events++;
    add_any(d, below(kind_count));
}

static void start_sync(struct device *d)
{
    const char *argv[] = {
        HV_BIN "/client/hoivien",       "--dir", d->client.folder, "--lang", "en", "sync", "--batch",
        words("%d", 1 + (int)below(6)), NULL};
    d->sync = spawn(words("%s/sync.log", d->client.folder), argv);
}

static void end_syncs(void)
{
    for (int k = 0; k < DEVICES; k++)
        if (world.devices[k].sync != 0) {
            kill(world.devices[k].sync, SIGKILL);
            wait_for(world.devices[k].sync);
            world.devices[k].sync = 0;
        }
}

static void back_up(void)
{
    if (!world.down)
        return;
    server_restart(&world.server);
    world.down = false;
}

/* Syncs until everything is through, however long a restarted PostgreSQL recovers. */
static void sync_to_end(struct device *d)
{
    for (int i = 0; i < 100; i++) {
        struct output o = hoivien(&d->client, "sync");
        int status = o.status;
        cr_assert(status == 0 || status == 3, "sync: exit status %d\n%s%s", status, o.out, o.err);
        output_free(&o);
        if (status == 0)
            return;
        usleep(100000);
    }
    cr_assert(false, "the device never got through");
}

enum victim { CLIENT, SERVER, POSTGRES, REPLY };

static void strike(enum victim victim)
{
    pid_t postmaster;
    switch (victim) {
    case CLIENT:
        kill(world.devices[below(DEVICES)].sync, SIGKILL);
        break;
    case SERVER:
        server_kill(&world.server);
        world.down = true;
        break;
    case POSTGRES:
        postmaster = server_postmaster(&world.server);
        cr_assert(postmaster > 1);
        kill(postmaster, SIGKILL);
        break;
    case REPLY:
        break;
    }
}

/* The reply is withheld until the commit is seen in the database, then both ends of the connection die. */
static void round_reply(void)
{
    int64_t before = sql_int(&world.server.db, "select count(*) from batch"), now = before;
    relay_set(world.relay, RELAY_PASS);
    start_sync(&world.devices[0]);
    relay_wait_down(world.relay, HANDSHAKE_DOWN);
    relay_set(world.relay, RELAY_HOLD_DOWN);
    for (int i = 0; i < 500 && now == before; i++) {
        usleep(10000);
        now = sql_int(&world.server.db, "select count(*) from batch");
    }
    cr_assert(now > before, "no batch was committed");
    kill(world.devices[0].sync, SIGKILL);
    relay_set(world.relay, RELAY_CUT);
    usleep(20000);
    relay_set(world.relay, RELAY_PASS);
}

static void round_of(int number)
{
    for (int k = 0; k < DEVICES; k++)
        edit_some(&world.devices[k], k);
    if (number % 6 == 5) {
        round_reply();
    } else {
        for (int k = 0; k < DEVICES; k++)
            start_sync(&world.devices[k]);
        pause_up_to(400);
        strike((enum victim)(number % 3));
        pause_up_to(100);
    }
    end_syncs();
    back_up();
    if (number % 5 == 4)
        sync_to_end(&world.devices[below(DEVICES)]);
}

static void compare(void)
{
    int added = 0;
    int64_t made[ANY_KINDS] = {0};
    for (int turn = 0; turn < 2; turn++)
        for (int k = 0; k < DEVICES; k++)
            sync_to_end(&world.devices[k]);
    const struct database *db = &world.server.db;
    for (int k = 0; k < DEVICES; k++) {
        const struct device *d = &world.devices[k];
        added += d->added;
        for (size_t i = 0; i < kind_count; i++)
            made[i] += d->made_count[i];
        cr_assert_eq(sql_int(db, "select count(distinct card_no) from members where card_no like '%d-%%'", k),
                     d->added, "device %d added %d members", k, d->added);
        cr_assert_eq(sql_int(db, "select phone from members where right(id::text, 8) = '%s'", d->first),
                     912000000 + d->edited, "the last edit of device %d stands", k);
        cr_assert_eq(sql_int(db,
                             "select count(*) from events e join members m on m.id = e.member_id where "
                             "right(m.id::text, 8) = '%s'",
                             d->first),
                     d->events);
    }
    made[kind_index(&kind_member)] += added;
    made[kind_index(&kind_group)] += DEVICES;
    for (size_t i = 0; i < kind_count; i++)
        cr_assert(kinds[i] == &kind_event ||
                      sql_int(db, "select count(*) from %s", kinds[i]->table) == made[i],
                  "%s: not as many as were added", kinds[i]->name);
    /* each change was logged once: additions, edits and events; groups on top */
    cr_assert_eq(sql_int(db, "select count(*) - count(distinct (replica, number)) from log"), 0,
                 "a change was logged twice");
    cr_assert_eq(
        sql_int(
            db,
            "select coalesce(sum(last - first + 1), 0) - (select sum(last_number) from replica) from batch"),
        0, "batches overlap or leave gaps");
    char *one = run_ok("%s/client/hoivien --dir %s member export --plain | sort", HV_BIN,
                       world.devices[0].client.folder);
    char *two = run_ok("%s/client/hoivien --dir %s member export --plain | sort", HV_BIN,
                       world.devices[1].client.folder);
    cr_assert_str_eq(one, two, "the two devices hold different registers");
    free(one);
    free(two);
    free(run_ok("%s/server/hoivien-admin --lang en --data %s verify", HV_BIN, world.server.folder));
}

static void world_begin(void)
{
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    world.random = seed_of_run();
    server_start_private(&world.server);
    world_make(&world.server.db);
    world.relay = relay_start(world.server.endpoint);
    for (int k = 0; k < DEVICES; k++)
        device_make(&world.devices[k].client, &world.server, "31317", relay_endpoint(world.relay));
    for (int k = 0; k < DEVICES; k++)
        free(hoivien_ok(&world.devices[0].client, "group add --name 'Chi hội %d' --type chi-hoi", k + 1));
    for (int k = 0; k < DEVICES; k++)
        sync_to_end(&world.devices[k]);
    for (int k = 0; k < DEVICES; k++)
        for (size_t i = 0; i < kind_count; i++)
            add_any(&world.devices[k], i);
}

Test(crash, kill_anything_at_any_instant_and_every_change_is_there_once)
{
    int rounds = getenv("HV_ROUNDS") != NULL ? atoi(getenv("HV_ROUNDS")) : ROUNDS;
    world_begin();
    for (int i = 0; i < rounds; i++) {
        round_of(i);
        if (i % 10 == 9)
            compare();
    }
    compare();
    server_stop(&world.server);
    relay_stop(world.relay);
}
