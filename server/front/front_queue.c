/* Requests wait by commune: one at a time each, in order; a free worker takes the next commune that has one.
 */
#include "common/log.h"
#include "server/front/front_private.h"
#include <stdlib.h>
#include <string.h>

void queue_start(struct front *s)
{
    for (int i = 0; i < LANES; i++)
        s->lanes[i].ready_tail = &s->lanes[i].ready_head;
}

void job_free(struct job *j)
{
    if (j == NULL)
        return;
    zmq_msg_close(&j->peer);
    zmq_msg_close(&j->message);
    free(j);
}

static struct unit_queue *queue_of(struct lane_state *l, int32_t unit)
{
    struct unit_queue **slot = &l->slots[(uint32_t)unit % (sizeof l->slots / sizeof l->slots[0])];
    for (struct unit_queue *q = *slot; q != NULL; q = q->next_slot)
        if (q->unit == unit)
            return q;
    struct unit_queue *q = calloc(1, sizeof *q);
    if (q == NULL)
        return NULL;
    q->unit = unit;
    q->tail = &q->head;
    q->next_slot = *slot;
    *slot = q;
    return q;
}

static void make_ready(struct lane_state *l, struct unit_queue *q)
{
    q->next_ready = NULL;
    *l->ready_tail = q;
    l->ready_tail = &q->next_ready;
}

void queue_take(struct front *s, struct job *j, enum lane lane)
{
    struct lane_state *l = &s->lanes[lane];
    struct unit_queue *q = queue_of(l, j->caller.unit);
    j->size = zmq_msg_size(&j->message);
    if (q == NULL || q->waiting >= UNIT_QUEUE_LIMIT || s->jobs >= TOTAL_QUEUE_LIMIT ||
        j->size > TOTAL_QUEUE_BYTES - s->job_bytes) {
        front_refuse(s, &j->peer, j->id, ERR_BUSY, "too many requests wait; try again");
        job_free(j);
        return;
    }
    j->next = NULL;
    *q->tail = j;
    q->tail = &j->next;
    s->jobs++;
    s->job_bytes += j->size;
    if (q->waiting++ == 0 && !q->busy)
        make_ready(l, q);
}

static struct worker *free_worker(struct lane_state *l)
{
    for (unsigned i = 0; i < l->worker_count; i++)
        if (l->workers[i].queue == NULL)
            return &l->workers[i];
    return NULL;
}

static struct job *next_job(struct unit_queue *q)
{
    struct job *j = q->head;
    q->head = j->next;
    if (q->head == NULL)
        q->tail = &q->head;
    q->waiting--;
    return j;
}

static void hand_over(struct lane_state *l, struct worker *w)
{
    struct unit_queue *q = l->ready_head;
    l->ready_head = q->next_ready;
    if (l->ready_head == NULL)
        l->ready_tail = &l->ready_head;
    w->queue = q;
    w->job = next_job(q);
    q->busy = true;
    zmq_send(w->socket, &w->job->caller, sizeof w->job->caller, ZMQ_SNDMORE);
    if (zmq_msg_send(&w->job->message, w->socket, 0) < 0)
        log_line(LOG_ERROR, "worker", "state=unreachable lane=%d number=%u", (int)w->lane, w->number);
}

void queue_dispatch(struct front *s)
{
    for (int i = 0; i < LANES; i++) {
        struct lane_state *l = &s->lanes[i];
        struct worker *w;
        while (l->ready_head != NULL && (w = free_worker(l)) != NULL)
            hand_over(l, w);
    }
}

void queue_done(struct front *s, struct worker *w)
{
    struct unit_queue *q = w->queue;
    w->queue = NULL;
    q->busy = false;
    s->jobs--;
    s->job_bytes -= w->job->size;
    if (q->waiting > 0)
        make_ready(&s->lanes[w->lane], q);
    job_free(w->job);
    w->job = NULL;
}

uint32_t queue_waiting(const struct front *s)
{
    unsigned busy = 0;
    for (int i = 0; i < LANES; i++)
        for (unsigned k = 0; k < s->lanes[i].worker_count; k++)
            busy += s->lanes[i].workers[k].queue != NULL;
    return s->jobs - busy;
}

void queue_free(struct front *s)
{
    for (int i = 0; i < LANES; i++)
        for (size_t k = 0; k < sizeof s->lanes[i].slots / sizeof s->lanes[i].slots[0]; k++)
            while (s->lanes[i].slots[k] != NULL) {
                struct unit_queue *q = s->lanes[i].slots[k];
                s->lanes[i].slots[k] = q->next_slot;
                while (q->head != NULL)
                    job_free(next_job(q));
                free(q);
            }
}
