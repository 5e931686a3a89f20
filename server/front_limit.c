/* At the descriptor limit a ROUTER does not fail, it spins. So it stops listening while some descriptors are
 * still left, and listens again when enough have been given back. Those who are connected are served all the
 * while. */
#include "common/log.h"
#include "common/os.h"
#include "server/front_private.h"
#include <dirent.h>
#include <string.h>
#include <sys/resource.h>

#define RESERVE 64 /* for the database, files, and what is accepted before the news of it arrives */
#define LOOK_MS 200

/* Without the three entries that looking itself makes. */
static size_t descriptors_open(void)
{
    size_t n = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL)
        return 0;
    while (readdir(folder) != NULL)
        n++;
    closedir(folder);
    return n > 3 ? n - 3 : 0;
}

static enum err watch(struct front *s, struct fault *f)
{
    s->monitor = zmq_socket(s->context, ZMQ_PAIR);
    if (s->monitor == NULL ||
        zmq_socket_monitor(s->router, "inproc://front-events", ZMQ_EVENT_ACCEPTED) != 0 ||
        zmq_connect(s->monitor, "inproc://front-events") != 0)
        return fault(f, ERR_INTERNAL, "connections can't be watched: %s", zmq_strerror(zmq_errno()));
    return ERR_OK;
}

enum err limit_start(struct front *s, struct fault *f)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return fault(f, ERR_INTERNAL, "the descriptor limit can't be read");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return fault(f, ERR_INTERNAL, "the descriptor limit can't be raised");
    if (limit.rlim_cur < 2 * RESERVE)
        return fault(f, ERR_BAD_NUMBER,
                     "at most %llu descriptors may be open; raise the limit (ulimit -n) to at least 1024",
                     (unsigned long long)limit.rlim_cur);
    s->descriptor_limit = (size_t)limit.rlim_cur - RESERVE;
    log_line(LOG_INFO, "limit", "descriptors=%llu connections=%zu", (unsigned long long)limit.rlim_cur,
             s->descriptor_limit);
    return watch(s, f);
}

void limit_accepted(struct front *s)
{
    zmq_msg_t frame;
    for (;;) {
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, s->monitor, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&frame);
            return;
        }
        if (!zmq_msg_more(&frame))
            s->descriptors++; /* the second frame of an event, its endpoint */
        zmq_msg_close(&frame);
    }
}

/* The count from events only grows; when it comes near, what is really open is counted. */
void limit_look(struct front *s)
{
    struct fault f;
    uint64_t now = os_monotonic_ms();
    bool near = s->descriptors >= s->descriptor_limit || !s->listening;
    if (!near || s->stopping || (now - s->looked_at < LOOK_MS && !s->listening))
        return;
    s->looked_at = now;
    s->descriptors = descriptors_open();
    if (s->listening && s->descriptors >= s->descriptor_limit) {
        log_line(LOG_WARNING, "limit", "state=reached descriptors=%zu", s->descriptors);
        listen_end(s);
    } else if (!s->listening && s->descriptors < s->descriptor_limit - s->descriptor_limit / 16) {
        log_line(LOG_INFO, "limit", "state=left descriptors=%zu", s->descriptors);
        if (listen_begin(s, &f) != ERR_OK)
            log_line(LOG_ERROR, "listen", "text=\"%s\"", f.text);
    }
}

/* A wildcard port is chosen once and kept. */
enum err listen_begin(struct front *s, struct fault *f)
{
    bool first = s->endpoint_count == 0;
    size_t count = first ? s->config->listen_count : s->endpoint_count;
    for (size_t i = 0; i < count; i++) {
        const char *endpoint = first ? s->config->listen[i] : s->endpoints[i];
        size_t size = sizeof s->endpoints[0];
        if (zmq_bind(s->router, endpoint) != 0)
            return fault(f, ERR_FILE, "cannot listen on %s: %s", endpoint, zmq_strerror(zmq_errno()));
        if (first && zmq_getsockopt(s->router, ZMQ_LAST_ENDPOINT, s->endpoints[i], &size) != 0)
            return fault(f, ERR_INTERNAL, "the endpoint can't be read back");
    }
    s->endpoint_count = count;
    s->listening = true;
    return ERR_OK;
}

void listen_end(struct front *s)
{
    for (size_t i = 0; s->listening && i < s->endpoint_count; i++)
        zmq_unbind(s->router, s->endpoints[i]);
    s->listening = false;
}
