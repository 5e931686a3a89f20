/* A key that is taken back stops working, on an open connection too. */
#include "common/os.h"
#include "tests/support/peer.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

#define ACTS_WITHIN_MS 10000

/* What the server says until a key is let in: greeting, WELCOME and READY. */
#define HANDSHAKE_DOWN (64 + 170 + 67)

static struct server server;
static struct curve_pair first, second;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &first);
    peer_device(&db, "31318", "commune", &second);
    server_start(&server, &db, NULL);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(revoked, .init = begin, .fini = end, .timeout = 60);

static void device_revoke(const struct curve_pair *key)
{
    char hex[2 * KEY_SIZE + 1];
    key_format(key->public_key, hex);
    free(run_ok(
        "%s/server/hoivien-admin --config %s/hoivien.conf device revoke %s", HV_BIN, server.folder,
        words("%s", sql(&server.db, "select id from device where curve_key = decode('%s', 'hex')", hex))));
}

static Hv__Code ask(struct peer *p)
{
    uint32_t id = peer_target(p);
    const Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id);
    return peer_code(reply);
}

/* Asks until the key is refused; every answer until then is a good one. */
static void expect_refusal(struct peer *p)
{
    uint64_t from = os_monotonic_ms();
    Hv__Code code;
    while ((code = ask(p)) == HV__CODE__OK)
        cr_assert(os_monotonic_ms() - from < ACTS_WITHIN_MS, "a revoked key is still served");
    cr_assert_eq(code, HV__CODE__REVOKED);
}

Test(revoked, key_is_told_so_on_an_open_connection_and_enters_no_more)
{
    struct peer p, other, again;
    peer_open(&p, server.endpoint, server.key, &first);
    peer_open(&other, server.endpoint, server.key, &second);
    cr_assert_eq(ask(&p), HV__CODE__OK);
    device_revoke(&first);
    expect_refusal(&p);
    cr_assert_eq(ask(&p), HV__CODE__REVOKED, "the connection stays, and the answer too");
    cr_assert_eq(ask(&other), HV__CODE__OK, "others are served as before");
    peer_open(&again, server.endpoint, server.key, &first);
    cr_assert(!peer_enters(&again));
    peer_close(&again);
    peer_close(&other);
    peer_close(&p);
}

Test(revoked, clerk_is_told_apart_from_one_without_a_link)
{
    struct client_device d;
    device_make(&d, &server, "31317", NULL);
    free(hoivien_ok(&d, "sync"));
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf device revoke %lld", HV_BIN, server.folder,
                (long long)sql_int(&server.db, "select max(id) from device")));
    struct peer p; /* once this one is refused, the gate is newer than both */
    peer_open(&p, server.endpoint, server.key, &second);
    device_revoke(&second);
    expect_refusal(&p);
    peer_close(&p);
    struct output o = hoivien(&d, "sync");
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    server_kill(&server);
    o = hoivien(&d, "sync");
    cr_assert_eq(o.status, 3, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    server_restart(&server);
}

/* ---- a new code for the register of a revoked device ---- */

static struct client_device one;

static void expect(int status, const char *text, const char *line)
{
    struct output o = hoivien(&one, "%s", line);
    cr_assert_eq(o.status, status, "%s: exit status %d\n%s%s", line, o.status, o.out, o.err);
    cr_assert(strstr(o.out, text) != NULL || strstr(o.err, text) != NULL, "%s does not say \"%s\":\n%s%s",
              line, text, o.out, o.err);
    output_free(&o);
}

/* A register with one group that the server has and two that it does not. */
static void begin_register(const char *endpoint)
{
    device_make(&one, &server, "31317", endpoint);
    free(hoivien_ok(&one, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&one, "sync"));
    free(hoivien_ok(&one, "group add --name 'Chi hội 2' --type chi-hoi"));
    free(hoivien_ok(&one, "group add --name 'Chi hội 3' --type chi-hoi"));
}

static int64_t last_device(void)
{
    return sql_int(&server.db, "select max(id) from device");
}

static void revoke_last(void)
{
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf device revoke %lld", HV_BIN, server.folder,
                (long long)last_device()));
}

static void expect_all_kept(void)
{
    expect(0, "Sent 2, received 0, refused 0", "sync");
    cr_assert_eq(sql_int(&server.db, "select count(*) from groups"), 3);
    cr_assert_eq(sql_int(&server.db, "select count(*) from replica"), 1, "it is the same replica as before");
    expect(0, "Sent 0, received 0, refused 0", "sync");
}

Test(revoked, a_new_code_renews_the_keys_and_keeps_what_was_not_sent)
{
    begin_register(NULL);
    revoke_last();
    char *code = world_code(&server, "31317", "commune");
    expect(0, "The register was kept", words("init %s", code));
    expect(0, "Not sent: 2 changes", "status");
    expect_all_kept();
    free(code);
}

Test(revoked, a_new_code_ends_the_former_keys_of_the_register)
{
    begin_register(NULL);
    int64_t former = last_device();
    char *code = world_code(&server, "31317", "commune");
    expect(0, "waiting to be sent: 2 changes", words("init %s", code));
    cr_assert_eq(sql_int(&server.db, "select count(*) from device where id = %lld and revoked_at is not null",
                         (long long)former),
                 1);
    cr_assert_eq(sql_int(&server.db, "select count(*) from device where revoked_at is not null"), 1);
    expect_all_kept();
    free(code);
}

Test(revoked, the_code_of_another_commune_changes_nothing)
{
    begin_register(NULL);
    char *code = world_code(&server, "31318", "commune"), *reporter = world_code(&server, "93", "reporter");
    int64_t before = sql_int(&server.db, "select count(*) from device");
    char *files = run_ok("ls -A %s", one.folder);
    expect(1, "belongs to Phường I (31317) already", words("init %s", code));
    expect(1, "not one for hoivien but for hoivien-report", words("init %s", reporter));
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), before, "a code is used up");
    char *after = run_ok("ls -A %s", one.folder);
    cr_assert_str_eq(files, after);
    expect_all_kept();
    free(files);
    free(after);
    free(code);
    free(reporter);
}

/* Starts an init with `code` over a relay that is in `mode`, and kills it when `count` devices are there. */
static void init_killed(struct relay *relay, enum relay_mode mode, const char *code, int64_t count)
{
    const char *const argv[] = {HV_BIN "/client/hoivien", "--dir", one.folder, "init", code, NULL};
    const char *keys = words("%s/enrolment.keys", one.folder);
    relay_set(relay, mode);
    pid_t pid = spawn(words("%s.log", one.folder), argv);
    for (int i = 0; access(keys, F_OK) != 0 || sql_int(&server.db, "select count(*) from device") != count;
         i++, usleep(5000))
        cr_assert(i < 2000, "the enrolment does not come so far");
    kill(pid, SIGKILL);
    wait_for(pid);
    relay_set(relay, RELAY_PASS);
}

static int64_t device_count(void)
{
    return sql_int(&server.db, "select count(*) from device");
}

Test(revoked, a_renewal_killed_before_the_server_knows_of_it_leaves_the_former_keys)
{
    struct relay *relay = relay_start(server.endpoint);
    struct server through = server;
    snprintf(through.endpoint, sizeof through.endpoint, "%s", relay_endpoint(relay));
    begin_register(relay_endpoint(relay));
    char *code = world_code(&through, "31317", "commune");
    init_killed(relay, RELAY_STALL, code, device_count());
    expect_all_kept();
    relay_stop(relay);
    free(code);
}

static void wait_until_known(const char *text)
{
    struct arena *a = arena_make(1 << 16);
    struct enrolment_code code;
    struct curve_pair keys;
    bool entered = false;
    cr_assert(code_parse(a, LANG_EN, text, &code, NULL) == ERR_OK);
    curve_pair_of_seed(code.seed, &keys);
    for (int i = 0; !entered && i < 500; i++, usleep(20000)) {
        struct peer p;
        peer_open(&p, server.endpoint, server.key, &keys);
        entered = peer_enters(&p);
        peer_close(&p);
    }
    cr_assert(entered, "the gate does not learn of the code");
    arena_free(a);
}

Test(revoked, a_renewal_whose_answer_is_lost_is_finished_by_the_same_code)
{
    struct relay *relay = relay_start(server.endpoint);
    struct server through = server;
    snprintf(through.endpoint, sizeof through.endpoint, "%s", relay_endpoint(relay));
    begin_register(relay_endpoint(relay));
    char *code = world_code(&through, "31317", "commune");
    wait_until_known(code);
    int64_t count = device_count() + 1;
    relay_cut_after(relay, HANDSHAKE_DOWN + 10);
    expect(3, "can't be reached", words("init %s", code));
    cr_assert_eq(device_count(), count, "the server did its part");
    expect(1, "new enrolment code", "sync");
    expect(0, "waiting to be sent: 2 changes", words("init %s", code));
    cr_assert_eq(device_count(), count);
    cr_assert_neq(access(words("%s/enrolment.keys", one.folder), F_OK), 0);
    expect_all_kept();
    relay_stop(relay);
    free(code);
}
