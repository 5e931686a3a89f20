#include "common/log.h"
#include "common/os.h"
#include "common/wire_peek.h"
#include "server/handle.h"
#include <string.h>

#define TRIES 6

/* Codes below this are those of proto/request.proto; the others stay inside. */
#define FIRST_INNER_CODE 64

static void reply_error(struct arena *a, Hv__Reply *reply, const struct fault *f)
{
    Hv__Error *error = arena_alloc(a, sizeof *error);
    if (error == NULL)
        return;
    hv__error__init(error);
    error->has_code = true;
    error->code = (Hv__Code)f->code;
    error->text = arena_copy(a, f->text, strlen(f->text));
    error->has_expected = f->code == ERR_GAP;
    error->expected = f->expected;
    error->has_limit = f->code == ERR_TOO_LARGE;
    error->limit = WIRE_MAX_MESSAGE;
    reply->body_case = HV__REPLY__BODY_ERROR;
    reply->error = error;
}

/* What the other side may know of a fault of the server's own. */
static void fault_outward(struct fault *f)
{
    bool is_busy = f->code == ERR_DB_GONE || f->code == ERR_DB_RETRY;
    if (f->code < FIRST_INNER_CODE)
        return;
    if (is_busy)
        fault(f, ERR_BUSY, "the database is not reachable at the moment; try again");
    else
        fault(f, ERR_INTERNAL, "the server could not do this; its log has the reason");
}

static enum err run_once(struct call *c, const struct handler *h, struct fault *f)
{
    bool read_only = h->mode == MODE_READ;
    hv__reply__init(c->reply);
    enum err e = db_begin(c->db, read_only, f);
    if (e == ERR_OK)
        e = h->handle(c, f);
    if (e == ERR_OK)
        e = db_commit(c->db, f);
    if (e != ERR_OK)
        db_rollback(c->db);
    return e;
}

/* Deadlocks and serialisation failures go again; data that the database refuses goes once more with care, so
 * that the one bad change is found. */
static enum err run(struct call *c, const struct handler *h, struct fault *f)
{
    enum err e = ERR_INTERNAL;
    for (int i = 0; i < TRIES; i++) {
        e = run_once(c, h, f);
        bool with_care = e == ERR_DB_DATA && h->mode == MODE_WRITE && !c->careful;
        if (e != ERR_DB_RETRY && !with_care)
            break;
        c->careful |= with_care;
    }
    return e;
}

static enum err answer(struct call *c, struct bytes message, const struct handler **h, struct fault *f)
{
    Hv__Request *request = NULL;
    enum err e = wire_request_unpack(c->arena, message, &request, f);
    c->request = request;
    if (request != NULL && (!request->has_protocol || request->protocol != WIRE_PROTOCOL))
        return fault(f, ERR_UNKNOWN_VERSION, "this server speaks protocol %u", WIRE_PROTOCOL);
    if (e != ERR_OK)
        return e;
    *h = handler_find((int)request->body_case);
    if (*h == NULL)
        return fault(f, ERR_UNKNOWN_REQUEST, "this server does not know the request");
    if (((*h)->roles & ROLE_BIT(c->caller->role)) == 0)
        return fault(f, ERR_NOT_ALLOWED, "this key may not ask for %s", (*h)->name);
    return run(c, *h, f);
}

static void pack(struct call *c, uint32_t id, struct bytes *out)
{
    struct fault f = {.code = ERR_INTERNAL};
    c->reply->has_id = true;
    c->reply->id = id;
    enum err e = wire_reply_pack(c->arena, c->reply, out);
    if (e == ERR_OK)
        return;
    fault(&f, e == ERR_TOO_LARGE ? ERR_TOO_LARGE : ERR_INTERNAL, "the answer does not fit into a message");
    hv__reply__init(c->reply);
    c->reply->has_id = true;
    c->reply->id = id;
    arena_reset(c->arena);
    reply_error(c->arena, c->reply, &f);
    if (wire_reply_pack(c->arena, c->reply, out) != ERR_OK)
        *out = (struct bytes){NULL, 0};
}

void dispatch(struct db *db, struct arena *a, const struct caller *caller, struct bytes message,
              struct bytes *reply, bool *keys_changed)
{
    Hv__Reply body;
    struct fault f = {0};
    const struct handler *h = NULL;
    struct call c = {.db = db, .arena = a, .caller = caller, .reply = &body, .today = os_today()};
    uint64_t from = os_monotonic_ms();
    uint32_t id; /* of a request that can't be unpacked too */
    wire_peek(message, &id);
    hv__reply__init(&body);
    enum err e = answer(&c, message, &h, &f);
    if (e != ERR_OK) {
        f.code = e;
        log_line(e >= FIRST_INNER_CODE ? LOG_ERROR : LOG_WARNING, "request",
                 "name=%s role=%d sender=%d unit=%d id=%u code=%s ms=%llu text=\"%s\"",
                 h != NULL ? h->name : "?", (int)caller->role, (int)caller->device, (int)caller->unit,
                 (unsigned)id, err_name(e), (unsigned long long)(os_monotonic_ms() - from), f.text);
        fault_outward(&f);
        hv__reply__init(&body);
        reply_error(a, &body, &f);
    } else {
        log_line(LOG_INFO, "request",
                 "name=%s role=%d sender=%d unit=%d id=%u code=ok changes=%zu refused=%zu pulled=%zu ms=%llu",
                 h->name, (int)caller->role, (int)caller->device, (int)caller->unit, (unsigned)id, c.changes,
                 c.refused, c.pulled, (unsigned long long)(os_monotonic_ms() - from));
    }
    pack(&c, id, reply);
    if (keys_changed != NULL)
        *keys_changed = e == ERR_OK && c.keys_changed;
}

void dispatch_refuse_id(struct arena *a, uint32_t id, enum err code, const char *text, struct bytes *reply)
{
    Hv__Reply body;
    struct fault f;
    fault(&f, code, "%s", text);
    hv__reply__init(&body);
    reply_error(a, &body, &f);
    body.has_id = true;
    body.id = id;
    if (wire_reply_pack(a, &body, reply) != ERR_OK)
        *reply = (struct bytes){NULL, 0};
}

void dispatch_refuse(struct arena *a, struct bytes message, enum err code, const char *text,
                     struct bytes *reply)
{
    uint32_t id;
    wire_peek(message, &id);
    dispatch_refuse_id(a, id, code, text, reply);
}
