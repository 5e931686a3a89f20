/* A TCP relay in a thread of its own: what a bad link does, on demand. */
#include "tests/support/support.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_PAIRS 64

struct pair {
    int client; /* -1: free */
    int server;
};

struct relay {
    int listener;
    int target_port;
    char endpoint[64];
    pthread_t thread;
    atomic_bool stop;
    atomic_int mode;
    atomic_ullong up;
    atomic_ullong down;
    atomic_ullong cut_at; /* of `down`; 0: never */
    atomic_uint rate;
    atomic_uint delay_ms;
    struct pair pairs[MAX_PAIRS];
};

static void pair_close(struct pair *p)
{
    if (p->client < 0)
        return;
    close(p->client);
    close(p->server);
    p->client = -1;
}

static int port_of(const char *endpoint)
{
    const char *colon = strrchr(endpoint, ':');
    return colon != NULL ? atoi(colon + 1) : 0;
}

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void accept_one(struct relay *r)
{
    int client = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0)
        return;
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = loopback(r->target_port);
    if (r->mode == RELAY_CUT || connect(server, (struct sockaddr *)&to, sizeof to) != 0) {
        close(client);
        close(server);
        return;
    }
    for (int i = 0; i < MAX_PAIRS; i++)
        if (r->pairs[i].client < 0) {
            r->pairs[i] = (struct pair){client, server};
            return;
        }
    close(client);
    close(server);
}

static void sleep_ms(unsigned ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = send(fd, p, n, MSG_NOSIGNAL);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

/* Moves what is there from one side to the other; false when the pair is done for. */
static bool move(struct relay *r, int from, int to, bool is_down)
{
    char bytes[16384];
    unsigned rate = r->rate;
    size_t room = sizeof bytes;
    if (rate > 0 && rate / 20 + 1 < room)
        room = rate / 20 + 1;
    unsigned long long cut = r->cut_at;
    if (is_down && cut > 0 && cut - r->down < room)
        room = (size_t)(cut - r->down);
    ssize_t n = recv(from, bytes, room, 0);
    if (n <= 0)
        return false;
    if (rate > 0)
        sleep_ms((unsigned)((size_t)n * 1000 / rate));
    if (!write_all(to, bytes, (size_t)n))
        return false;
    unsigned long long now =
        atomic_fetch_add(is_down ? &r->down : &r->up, (unsigned long long)n) + (unsigned long long)n;
    if (is_down && cut > 0 && now >= cut) {
        r->cut_at = 0;
        return false;
    }
    return true;
}

static void serve_pair(struct relay *r, struct pair *p, short client_events, short server_events)
{
    if (r->delay_ms > 0)
        sleep_ms(r->delay_ms);
    bool fine = true;
    if (client_events != 0)
        fine = move(r, p->client, p->server, false);
    if (fine && server_events != 0)
        fine = move(r, p->server, p->client, true);
    if (!fine)
        pair_close(p);
}

static void step(struct relay *r)
{
    struct pollfd fds[1 + 2 * MAX_PAIRS];
    int mode = r->mode;
    fds[0] = (struct pollfd){r->listener, POLLIN, 0};
    for (int i = 0; i < MAX_PAIRS; i++) {
        struct pair *p = &r->pairs[i];
        if (mode == RELAY_CUT)
            pair_close(p);
        bool up = p->client >= 0 && mode != RELAY_STALL;
        fds[1 + 2 * i] = (struct pollfd){up ? p->client : -1, POLLIN, 0};
        fds[2 + 2 * i] = (struct pollfd){up && mode != RELAY_HOLD_DOWN ? p->server : -1, POLLIN, 0};
    }
    if (poll(fds, 1 + 2 * MAX_PAIRS, 5) <= 0)
        return;
    for (int i = 0; i < MAX_PAIRS; i++)
        if (fds[1 + 2 * i].revents != 0 || fds[2 + 2 * i].revents != 0)
            serve_pair(r, &r->pairs[i], fds[1 + 2 * i].revents, fds[2 + 2 * i].revents);
    if (fds[0].revents != 0)
        accept_one(r);
}

static void *relay_thread(void *argument)
{
    struct relay *r = argument;
    while (!r->stop)
        step(r);
    for (int i = 0; i < MAX_PAIRS; i++)
        pair_close(&r->pairs[i]);
    return NULL;
}

struct relay *relay_start(const char *target_endpoint)
{
    struct relay *r = calloc(1, sizeof *r);
    r->target_port = port_of(target_endpoint);
    for (int i = 0; i < MAX_PAIRS; i++)
        r->pairs[i].client = -1;
    r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    if (bind(r->listener, (struct sockaddr *)&at, size) != 0 || listen(r->listener, 64) != 0 ||
        getsockname(r->listener, (struct sockaddr *)&at, &size) != 0)
        give_up("the relay can't listen: %s", strerror(errno));
    snprintf(r->endpoint, sizeof r->endpoint, "tcp://127.0.0.1:%d", ntohs(at.sin_port));
    if (pthread_create(&r->thread, NULL, relay_thread, r) != 0)
        give_up("the relay has no thread");
    return r;
}

const char *relay_endpoint(const struct relay *r)
{
    return r->endpoint;
}

void relay_set(struct relay *r, enum relay_mode mode)
{
    r->mode = mode;
}

void relay_cut_after(struct relay *r, uint64_t bytes_down)
{
    r->cut_at = bytes_down == 0 ? 0 : r->down + bytes_down;
}

void relay_slow(struct relay *r, unsigned bytes_per_second, unsigned delay_ms)
{
    r->rate = bytes_per_second;
    r->delay_ms = delay_ms;
}

uint64_t relay_bytes_up(const struct relay *r)
{
    return r->up;
}

uint64_t relay_bytes_down(const struct relay *r)
{
    return r->down;
}

bool relay_wait_down(struct relay *r, uint64_t bytes)
{
    unsigned long long from = r->down;
    for (int i = 0; i < 2000; i++) {
        if (r->down - from >= bytes)
            return true;
        sleep_ms(5);
    }
    return false;
}

void relay_stop(struct relay *r)
{
    r->stop = true;
    pthread_join(r->thread, NULL);
    close(r->listener);
    free(r);
}
