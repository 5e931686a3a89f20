/* What a bad link does to the clerk's program: nothing is lost, nothing comes twice, and what it says is
 * true. */
#include "common/os.h"
#include "tests/support/peer.h"
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

SUPPORT_CLUSTER

static struct server server;
static struct relay *relay;
static struct client_device one, two;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    relay = relay_start(server.endpoint);
    device_make(&one, &server, "31317", relay_endpoint(relay));
    free(hoivien_ok(&one, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&one, "sync"));
}

static void end(void)
{
    relay_stop(relay);
    if (server.pid != 0)
        server_stop(&server);
}

TestSuite(link, .init = begin, .fini = end, .timeout = 120);

static void import_members(int count)
{
    const char *path = words("%s/list.csv", one.folder);
    FILE *f = fopen(path, "w");
    cr_assert(f != NULL);
    fputs("name,birth,phone,group\n", f);
    for (int i = 0; i < count; i++)
        fprintf(f, "Nguyễn Thị %c%c %d,%d,0%d,Chi hội 1\n", 'A' + i % 26, 'a' + i / 26 % 26, i, 1930 + i % 60,
                912000000 + i * 7919 % 1000000);
    fclose(f);
    free(hoivien_ok(&one, "member import %s", path));
}

static int64_t members_kept(void)
{
    return sql_int(&server.db, "select count(*) from members");
}

/* Each exit status has its own sentence. */
static void expect_sync(const struct client_device *d, int status, const char *text)
{
    struct output o = hoivien(d, "sync");
    cr_assert_eq(o.status, status, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "does not say \"%s\": %s", text, o.err);
    output_free(&o);
}

static long not_sent(const struct client_device *d)
{
    char *status = hoivien_ok(d, "status"), *at = strstr(status, "Not sent: ");
    cr_assert(at != NULL, "%s", status);
    long n = atol(at + strlen("Not sent: "));
    free(status);
    return n;
}

static char *everything(const struct client_device *d)
{
    return run_ok("for kind in group member; do %s/client/hoivien --dir %s $kind export --plain | sort; done",
                  HV_BIN, d->folder);
}

static void expect_same(void)
{
    char *a = everything(&one), *b = everything(&two);
    cr_assert_str_eq(a, b);
    free(a);
    free(b);
}

/* ---- a link that breaks ---- */

Test(link, an_upload_cut_in_the_middle_goes_on_where_it_was)
{
    enum { COUNT = 600 };
    import_members(COUNT);
    relay_cut_after(relay, 1200); /* handshake and some of thirty replies */
    struct output o = hoivien(&one, "sync --batch 20");
    cr_assert_eq(o.status, 3, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "everything is kept") != NULL, "%s", o.err);
    output_free(&o);
    long left = not_sent(&one);
    cr_assert(left > 0 && left < COUNT, "%ld are left, so it was not cut in the middle", left);
    cr_assert_geq(members_kept(), COUNT - left, "what was acknowledged is not there");
    free(hoivien_ok(&one, "sync --batch 20"));
    cr_assert_eq(not_sent(&one), 0);
    cr_assert_eq(members_kept(), COUNT);
    cr_assert_eq(sql_int(&server.db, "select count(*) from log where kind = 2"), COUNT, "some came twice");
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}

Test(link, a_download_cut_in_the_middle_goes_on_where_it_was)
{
    device_make(&two, &server, "31317", relay_endpoint(relay));
    import_members(2500);
    free(hoivien_ok(&one, "sync"));
    relay_cut_after(relay, 30000);
    expect_sync(&two, 3, "everything is kept");
    free(hoivien_ok(&two, "sync"));
    expect_same();
}

Test(link, a_slow_link_takes_longer_and_nothing_else)
{
    import_members(300);
    relay_slow(relay, 20000, 20);
    free(hoivien_ok(&one, "sync --batch 50"));
    device_make(&two, &server, "31317", relay_endpoint(relay));
    expect_same();
}

Test(link, a_second_sync_of_the_register_says_so)
{
    import_members(10);
    const char *const argv[] = {HV_BIN "/client/hoivien", "--dir", one.folder, "sync", NULL};
    relay_set(relay, RELAY_HOLD_DOWN);
    uint64_t before = relay_bytes_up(relay);
    pid_t first = spawn(words("%s/log", one.folder), argv);
    for (int i = 0; relay_bytes_up(relay) == before; i++, usleep(5000))
        cr_assert(i < 2000, "the first sync does not begin");
    expect_sync(&one, 1, "Another sync of this register is running");
    relay_set(relay, RELAY_PASS);
    cr_assert_eq(wait_for(first), 0);
    cr_assert_eq(members_kept(), 10);
}

/* ---- who is there ---- */

Test(link, nobody_there_is_no_link)
{
    import_members(3);
    server_kill(&server);
    relay_stop(relay);
    expect_sync(&one, 3, "The server can't be reached; everything is kept");
    cr_assert_eq(not_sent(&one), 3);
    server_restart(&server);
    relay = relay_start(server.endpoint);
}

Test(link, a_revoked_key_is_told_apart_and_everything_is_kept)
{
    struct output o;
    import_members(3);
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf device revoke %lld", HV_BIN, server.folder,
                (long long)sql_int(&server.db, "select id from device")));
    struct server gone = server; /* a restart reads the gate anew */
    server_stop(&server);
    server = gone;
    server_restart(&server);
    o = hoivien(&one, "sync");
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "refuses this computer's key") != NULL, "%s", o.err);
    output_free(&o);
    cr_assert_eq(not_sent(&one), 3);
    cr_assert_eq(members_kept(), 0);
}

static void server_key_change(void)
{
    struct curve_pair other;
    char secret[2 * KEY_SIZE + 1];
    server_stop(&server);
    curve_pair_make(&other);
    key_format(other.secret_key, secret);
    file_write(words("%s/server.key", server.folder), words("%s\n", secret));
    memcpy(server.key, other.public_key, KEY_SIZE);
    server_restart(&server);
}

Test(link, another_server_at_the_address_is_told_apart)
{
    import_members(3);
    server_key_change();
    expect_sync(&one, 1, "is not the server of the enrolment");
    cr_assert_eq(not_sent(&one), 3);
}

/* ---- enrolment ---- */

static struct output enrol(struct client_device *d, const char *code)
{
    return hoivien(d, "init %s", code);
}

static char *code_through(const char *endpoints)
{
    struct server through = server;
    snprintf(through.endpoint, sizeof through.endpoint, "%s", endpoints);
    return world_code(&through, "31317", "commune");
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

Test(link, a_lost_reply_to_the_enrolment_is_asked_for_again)
{
    char *code = code_through(relay_endpoint(relay));
    int64_t before = sql_int(&server.db, "select count(*) from device");
    wait_until_known(code);
    scratch_make(two.folder);
    relay_cut_after(relay, 320); /* the handshake and the first bytes of the reply */
    struct output o = enrol(&two, code);
    cr_assert_eq(o.status, 3, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), before + 1,
                 "the server did its part, so the reply is what was lost");
    o = enrol(&two, code);
    cr_assert_eq(o.status, 0, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.out, "now belongs to") != NULL, "%s", o.out);
    output_free(&o);
    cr_assert_eq(sql_int(&server.db, "select count(*) from device"), before + 1);
    expect_same();
    free(code);
}

Test(link, a_used_code_makes_no_second_computer)
{
    char *code = code_through(server.endpoint);
    struct client_device third;
    scratch_make(two.folder);
    scratch_make(third.folder);
    struct output o = enrol(&two, code);
    cr_assert_eq(o.status, 0, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    o = enrol(&third, code);
    cr_assert_eq(o.status, 1, "exit status %d\n%s%s", o.status, o.out, o.err);
    cr_assert(strstr(o.err, "was used by another computer") != NULL, "%s", o.err);
    output_free(&o);
    free(code);
}

Test(link, of_several_addresses_the_next_one_serves)
{
    char *code = code_through(words("tcp://127.0.0.1:1 %s", server.endpoint));
    scratch_make(two.folder);
    struct output o = enrol(&two, code);
    cr_assert_eq(o.status, 0, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
    expect_same();
    free(code);
}

/* ---- periodically ---- */

static void wait_for_members(int64_t n)
{
    for (int i = 0; members_kept() != n; i++, usleep(20000))
        cr_assert(i < 1500, "%lld of %lld members after a while", (long long)members_kept(), (long long)n);
}

/* Takes the server's place and hangs up on whoever comes, as a network does that wants a login first. */
static void hang_up_on(int count)
{
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)atoi(strrchr(server.endpoint, ':') + 1)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    cr_assert(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 8) == 0);
    for (int i = 0; i < count; i++) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        cr_assert(fd >= 0);
        close(fd);
    }
    close(listener);
}

Test(link, a_periodic_sync_lives_through_bad_networks_and_stops_when_asked)
{
    const char *const argv[] = {
        HV_BIN "/client/hoivien", "--dir", two.folder, "--lang", "en", "sync", "--every", "1s", NULL};
    device_make(&two, &server, "31317", NULL);
    const char *log = words("%s/log", two.folder);
    pid_t pid = spawn(log, argv);
    free(hoivien_ok(&two, "member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'"));
    wait_for_members(1);
    server_kill(&server);
    hang_up_on(5); /* more than one sync tries */
    free(hoivien_ok(&two, "member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 1'"));
    server_restart(&server);
    wait_for_members(2);
    kill(pid, SIGTERM);
    int status = wait_for(pid);
    char *said = file_read(log);
    cr_assert_eq(status, 0, "exit status %d: %s", status, said);
    cr_assert(strstr(said, "server") == NULL, "it is not quiet: %s", said);
    free(said);
}
