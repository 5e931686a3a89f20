/* At the descriptor limit a ROUTER does not fail, it spins. So it stops listening while some descriptors are
 * still left, and listens again when enough have been given back. Those who are connected are served all the
 * while. */
#include "common/log.h"
#include "common/os.h"
#include "server/front_private.h"
#include <dirent.h>
#include <string.h>
#include <sys/resource.h>

#define RESERVE        64 /* for files, and for what is accepted before the news of it arrives */
#define RESERVE_SHARE  32 /* one in so many is kept back as well: the more may come, the faster they come */
#define OF_A_WORKER    3  /* both ends of its line, its connection to the database */
#define LEAST_CONNECTS 16
#define LOOK_MS        200

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

static size_t reserve(const struct front *s, size_t all)
{
    int workers = s->config->sync_workers + s->config->report_workers;
    return RESERVE + OF_A_WORKER * (size_t)(workers + 1) + all / RESERVE_SHARE;
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
    size_t all = (size_t)limit.rlim_cur, open_now = descriptors_open(), back = reserve(s, all);
    if (all < back + open_now + LEAST_CONNECTS)
        return fault(f, ERR_BAD_NUMBER,
                     "at most %zu descriptors may be open; raise the limit (ulimit -n) to at least 1024",
                     all);
    s->descriptors = open_now;
    s->descriptor_limit = all - back;
    log_line(LOG_INFO, "limit", "descriptors=%zu connections=%zu", all, s->descriptor_limit - open_now);
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
        if (zmq_bind(s->router, endpoint) != 0) {
            int reason = zmq_errno();
            for (size_t k = 0; k < i; k++)
                zmq_unbind(s->router, s->endpoints[k]);
            return fault(f, ERR_FILE, "cannot listen on %s: %s", endpoint, zmq_strerror(reason));
        }
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
