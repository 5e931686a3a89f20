#include "common/keys.h"
#include "server/handle.h"
#include "server/store.h"
#include <string.h>

static enum err check_keys(const Hv__EnrolRequest *r, struct fault *f)
{
    if (r->curve_key.len != KEY_SIZE || r->sign_key.len != KEY_SIZE || r->proof.len != SIGN_SIZE)
        return fault(f, ERR_BAD_REQUEST, "keys have %d bytes, the proof %d", KEY_SIZE, SIGN_SIZE);
    if (!enrol_proof_check(r->sign_key.data, r->curve_key.data, r->proof.data))
        return fault(f, ERR_BAD_REQUEST, "the proof is not signed by the signing key");
    if (r->has_replica && (!r->has_unit || r->replica.len != sizeof(struct id)))
        return fault(f, ERR_BAD_REQUEST, "a replica has 16 bytes and comes with its unit");
    return ERR_OK;
}

static enum err enrol(struct call *c, struct enrolled *out, struct fault *f)
{
    const Hv__EnrolRequest *r = c->request->enrol;
    const char *program = c->request->program;
    struct id replica;
    if (r->has_replica)
        memcpy(replica.b, r->replica.data, sizeof replica.b);
    const struct enrolment x = {.code_id = c->caller->device,
                                .curve_key = {r->curve_key.data, r->curve_key.len},
                                .sign_key = {r->sign_key.data, r->sign_key.len},
                                .program = program != NULL ? program : "",
                                .role = r->role != NULL ? r->role : "",
                                .unit = r->has_unit ? (int32_t)r->unit : 0,
                                .replica = r->has_replica ? &replica : NULL};
    return store_enrol(c->db, c->arena, &x, out, f);
}

enum err handle_enrol(struct call *c, struct fault *f)
{
    struct enrolled it;
    enum err e = check_keys(c->request->enrol, f);
    if (e == ERR_OK)
        e = enrol(c, &it, f);
    if (e != ERR_OK)
        return e;
    Hv__EnrolReply *reply = arena_alloc(c->arena, sizeof *reply);
    if (reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__enrol_reply__init(reply);
    reply->has_device = reply->has_max_message = true;
    reply->device = (uint32_t)it.device;
    reply->max_message = WIRE_MAX_MESSAGE;
    reply->role = it.reporter ? "reporter" : "commune";
    if ((e = units_reply(c, it.unit, &reply->unit, &reply->n_unit, f)) != ERR_OK)
        return e;
    c->reply->body_case = HV__REPLY__BODY_ENROL;
    c->reply->enrol = reply;
    c->keys_changed = true;
    return ERR_OK;
}
