/* At the descriptor limit a ROUTER does not fail, it spins. So nobody more is let in while some descriptors
 * are still left, until enough have been given back. Those who are connected are served all the while.
 *
 * A crowd may be faster than the news of it. So the soft limit stays below the hard one while the server
 * listens; once it has paused, the soft limit is raised, and what stands in the kernel's queue of connections
 * can be taken in: a queue that can't be emptied would keep the ROUTER spinning. */
#include "common/log.h"
#include "common/os.h"
#include "server/front/front_private.h"
#include <dirent.h>
#include <string.h>
#include <sys/resource.h>

#define RESERVE        64 /* for files, and for what is accepted before the news of it arrives */
#define RESERVE_SHARE  32 /* one in so many is kept back as well: the more may come, the faster they come */
#define OF_A_WORKER    3  /* both ends of its line, its connection to the database */
#define LEAST_CONNECTS 16
#define MOST           ((size_t)1 << 20)
#define LOOK_MS        200
#define BACKLOG_SHARE  64
#define BACKLOG_LEAST  8
#define BACKLOG_MOST   512

/* Without the three entries that looking itself makes; SIZE_MAX when there is not even one left for that. */
static size_t descriptors_open(void)
{
    size_t n = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL)
        return SIZE_MAX;
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

static size_t backlog_for(size_t all)
{
    size_t backlog = all / BACKLOG_SHARE;
    return backlog < BACKLOG_LEAST ? BACKLOG_LEAST : backlog > BACKLOG_MOST ? BACKLOG_MOST : backlog;
}

static bool set_soft_limit(size_t n)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    limit.rlim_cur = n;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
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
    size_t all = limit.rlim_max < MOST ? (size_t)limit.rlim_max : MOST;
    s->backlog = (int)backlog_for(all);
    s->hard_limit = all;
    s->soft_limit = all - 2 * (size_t)s->backlog;
    size_t open_now = descriptors_open(), back = reserve(s, all) + 2 * (size_t)s->backlog;
    if (!set_soft_limit(s->soft_limit))
        return fault(f, ERR_INTERNAL, "the descriptor limit can't be raised");
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
    uint64_t now = os_monotonic_ms();
    bool near = s->descriptors >= s->descriptor_limit || !s->listening;
    if (!near || s->stopping || (now - s->looked_at < LOOK_MS && !s->listening))
        return;
    s->looked_at = now;
    s->descriptors = descriptors_open();
    if (s->listening && s->descriptors >= s->descriptor_limit) {
        log_line(LOG_WARNING, "limit", "state=reached descriptors=%zu", s->descriptors);
        listen_pause(s);
        set_soft_limit(s->hard_limit);
    } else if (!s->listening && s->descriptors < s->descriptor_limit - s->descriptor_limit / 16) {
        log_line(LOG_INFO, "limit", "state=left descriptors=%zu", s->descriptors);
        set_soft_limit(s->soft_limit);
        listen_resume(s);
    }
}
