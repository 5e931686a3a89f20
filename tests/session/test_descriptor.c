/* Near the descriptor limit nobody more is let in, nothing spins, and those who are connected are served. */
#include "tests/support/peer.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

SUPPORT_CLUSTER

#define LIMIT  256 /* descriptors of the server */
#define CROWD  400 /* who wants in, at most */
#define BEYOND 50  /* after the limit has been reached */

static struct server server;
static struct curve_pair device;
static struct peer peer;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    peer_device(&db, "31317", "commune", &device);
    server_prepare(&server, &db, HV_BIN "/server/hoivien-server", "sync_workers = 1\nreport_workers = 1");
    const char *program = words("%s/limited", server.folder);
    file_write(program, words("#!/bin/bash\nulimit -n %d\nexec %s \"$@\"\n", LIMIT, server.program));
    cr_assert_eq(chmod(program, 0700), 0);
    snprintf(server.program, sizeof server.program, "%s", program);
    server_launch(&server);
    peer_open(&peer, server.endpoint, server.key, &device);
}

static void end(void)
{
    peer_close(&peer);
    server_stop(&server);
}

TestSuite(descriptor, .init = begin, .fini = end, .timeout = 120);

static void expect_good(struct peer *p)
{
    uint32_t id = peer_target(p);
    const Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id);
    cr_assert_eq(peer_code(reply), HV__CODE__OK);
}

static size_t descriptors_of_server(void)
{
    size_t n = 0;
    DIR *folder = opendir(words("/proc/%d/fd", (int)server.pid));
    cr_assert(folder != NULL);
    while (readdir(folder) != NULL)
        n++;
    closedir(folder);
    return n - 2;
}

static bool log_has(const char *text)
{
    char *log = file_read(words("%s/log", server.folder));
    bool has = strstr(log, text) != NULL;
    free(log);
    return has;
}

/* One after another, until the server has had enough; then some more, who wait at the door. */
static int *crowd_make(void)
{
    const struct sockaddr_in to = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)atoi(strrchr(server.endpoint, ':') + 1)),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int *crowd = calloc(CROWD, sizeof *crowd);
    for (int i = 0, beyond = 0; beyond < BEYOND; i++) {
        cr_assert(i < CROWD, "%d are let in", i);
        crowd[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        cr_assert(crowd[i] >= 0);
        (void)!connect(crowd[i], (const struct sockaddr *)&to, sizeof to); /* under way */
        beyond += beyond > 0 || log_has("limit state=reached");
        struct pollfd p = {crowd[i], POLLOUT, 0};
        if (beyond == 0)
            poll(&p, 1, 1000);
    }
    return crowd;
}

static void crowd_leave(int *crowd)
{
    for (int i = 0; i < CROWD && crowd[i] > 0; i++)
        close(crowd[i]);
    free(crowd);
}

static void wait_for_log(const char *text)
{
    for (int i = 0; !log_has(text); i++) {
        cr_assert(i < 1000, "the server never says %s", text);
        usleep(20000);
    }
}

/* Seconds of processor time that the server has used. */
static double processor_time(void)
{
    char *text = file_read(words("/proc/%d/stat", (int)server.pid));
    unsigned long user, system;
    cr_assert_eq(
        sscanf(strrchr(text, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system),
        2);
    free(text);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

Test(descriptor, limit_keeps_the_crowd_out_and_serves_who_is_in)
{
    expect_good(&peer);
    int *crowd = crowd_make();
    for (int i = 0; i < 20; i++)
        expect_good(&peer);
    cr_assert(descriptors_of_server() < LIMIT, "%zu descriptors", descriptors_of_server());
    crowd_leave(crowd);
    wait_for_log("limit state=left");
    struct peer next;
    peer_open(&next, server.endpoint, server.key, &device);
    expect_good(&next);
    expect_good(&peer);
    peer_close(&next);
}

/* A spinning server would use a whole second of each; on a busy machine this one uses only less. */
Test(descriptor, limit_makes_nobody_spin)
{
    int *crowd = crowd_make();
    double from = processor_time();
    usleep(2000000);
    double used = processor_time() - from;
    cr_assert(used < 1.0, "%.2f s of processor time in 2 s", used);
    expect_good(&peer);
    crowd_leave(crowd);
}

Test(descriptor_limit, too_low_is_told_at_the_start)
{
    struct database db;
    database_make(&db);
    server_prepare(&server, &db, HV_BIN "/server/hoivien-server", NULL);
    struct output o =
        run("ulimit -n 100; %s --config %s/hoivien.conf --lang en", server.program, server.folder);
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "ulimit -n") != NULL, "%s", o.err);
    output_free(&o);
}
