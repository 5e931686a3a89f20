/* The listening sockets are made here and lent to libzmq, because it has no way to stop listening that leaves
 * those who are connected alone: zmq_unbind cuts them off. The kernel has one: a listening socket may demand
 * that packets come with a hop limit of 255, which no packet of a client has. While it does, every attempt to
 * connect is dropped, and made again later by the other side's TCP; nothing is accepted, so no descriptor is
 * used. (A socket filter would do the same, but not every kernel allows it without privileges.) */
#include "common/log.h"
#include "server/front/front_private.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef IPV6_MINHOPCOUNT
#define IPV6_MINHOPCOUNT 73
#endif

static void address_free(struct addrinfo **a)
{
    if (*a != NULL)
        freeaddrinfo(*a);
}

/* tcp://ADDRESS:PORT, checked by config; "*" is any address, any port; an IPv6 address stands in brackets. */
static void split(const char *endpoint, char host[256], char port[8])
{
    const char *from = endpoint + strlen("tcp://"), *colon = strrchr(from, ':');
    size_t n = (size_t)(colon - from);
    bool bracketed = n >= 2 && from[0] == '[' && colon[-1] == ']';
    snprintf(host, 256, "%.*s", (int)(bracketed ? n - 2 : n), bracketed ? from + 1 : from);
    snprintf(port, 8, "%s", strcmp(colon, ":*") == 0 ? "0" : colon + 1);
}

static int socket_of(const struct addrinfo *a, int backlog)
{
    int yes = 1;
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, backlog) == 0)
        return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

static enum err socket_open(const char *endpoint, int backlog, int *fd, struct fault *f)
{
    char host[256], port[8];
    __attribute__((cleanup(address_free))) struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    split(endpoint, host, port);
    bool any = strcmp(host, "*") == 0;
    int e = getaddrinfo(any ? "0.0.0.0" : host, port, &hints, &found);
    if (e != 0)
        return fault(f, ERR_FILE, "cannot listen on %s: %s", endpoint, gai_strerror(e));
    *fd = socket_of(found, backlog);
    return *fd >= 0 ? ERR_OK : fault(f, ERR_FILE, "cannot listen on %s: %s", endpoint, strerror(errno));
}

static enum err lend(struct front *s, int fd, size_t i, struct fault *f)
{
    size_t size = sizeof s->endpoints[i];
    if (zmq_setsockopt(s->router, ZMQ_USE_FD, &fd, sizeof fd) != 0 ||
        zmq_bind(s->router, s->config->listen[i]) != 0) {
        close(fd);
        return fault(f, ERR_FILE, "cannot listen on %s: %s", s->config->listen[i], zmq_strerror(zmq_errno()));
    }
    s->listeners[i] = fd;
    s->endpoint_count = i + 1;
    return zmq_getsockopt(s->router, ZMQ_LAST_ENDPOINT, s->endpoints[i], &size) == 0
               ? ERR_OK
               : fault(f, ERR_INTERNAL, "the endpoint can't be read back");
}

enum err listen_begin(struct front *s, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->config->listen_count; i++) {
        int fd;
        e = socket_open(s->config->listen[i], s->backlog, &fd, f);
        if (e == ERR_OK)
            e = lend(s, fd, i, f);
    }
    s->listening = e == ERR_OK;
    return e;
}

/* An IPv6 socket may take IPv4 connections too, an IPv4 socket does not know the second option. */
static void demand_hops(struct front *s, int hops)
{
    for (size_t i = 0; i < s->endpoint_count; i++) {
        setsockopt(s->listeners[i], IPPROTO_IPV6, IPV6_MINHOPCOUNT, &hops, sizeof hops);
        if (setsockopt(s->listeners[i], IPPROTO_IP, IP_MINTTL, &hops, sizeof hops) != 0)
            log_line(LOG_ERROR, "listen", "state=unchanged reason=\"%s\"", strerror(errno));
    }
}

void listen_pause(struct front *s)
{
    demand_hops(s, 255);
    s->listening = false;
}

void listen_resume(struct front *s)
{
    demand_hops(s, 0);
    s->listening = true;
}
