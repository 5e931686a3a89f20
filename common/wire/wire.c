#include "common/wire.h"
#include "common/change.h"
#include "common/wire/wire_gate.h"

static enum err message_unpack(struct arena *a, const ProtobufCMessageDescriptor *d, struct bytes in,
                               bool enums, ProtobufCMessage **out, struct fault *f)
{
    *out = NULL;
    if (in.n > WIRE_MAX_MESSAGE)
        return fault(f, ERR_TOO_LARGE, "a message of %zu bytes, more than %u", in.n, WIRE_MAX_MESSAGE);
    *out = protobuf_c_message_unpack(d, arena_allocator(a), in.n, in.n == 0 ? (const uint8_t *)"" : in.p);
    if (*out == NULL)
        return fault(f, ERR_MALFORMED, "%s is no message, or has too many parts", d->short_name);
    return wire_gate(d, in, enums, f);
}

enum err wire_request_unpack(struct arena *a, struct bytes in, Hv__Request **out, struct fault *f)
{
    ProtobufCMessage *m;
    enum err err = message_unpack(a, &hv__request__descriptor, in, true, &m, f);
    *out = (Hv__Request *)m;
    if (err == ERR_OK && (*out)->body_case == HV__REQUEST__BODY__NOT_SET)
        return fault(f, ERR_UNKNOWN_REQUEST, "a request that this program does not know");
    return err;
}

enum err wire_reply_unpack(struct arena *a, struct bytes in, Hv__Reply **out, struct fault *f)
{
    ProtobufCMessage *m;
    enum err err = message_unpack(a, &hv__reply__descriptor, in, false, &m, f);
    *out = (Hv__Reply *)m;
    if (err == ERR_OK && (*out)->body_case == HV__REPLY__BODY__NOT_SET)
        return fault(f, ERR_UNKNOWN_REQUEST, "a reply that this program does not know");
    return err;
}

enum err wire_report_unpack(struct arena *a, struct bytes in, Hv__TargetReport **out, struct fault *f)
{
    ProtobufCMessage *m;
    enum err err = message_unpack(a, &hv__target_report__descriptor, in, false, &m, f);
    *out = (Hv__TargetReport *)m;
    return err;
}

static enum err message_pack(struct arena *a, const ProtobufCMessage *m, struct bytes *out)
{
    size_t n = protobuf_c_message_get_packed_size(m);
    if (n > WIRE_MAX_MESSAGE)
        return ERR_TOO_LARGE;
    uint8_t *p = arena_alloc(a, n);
    if (p == NULL)
        return ERR_NO_MEMORY;
    protobuf_c_message_pack(m, p);
    *out = (struct bytes){p, n};
    return ERR_OK;
}

enum err wire_request_pack(struct arena *a, const Hv__Request *m, struct bytes *out)
{
    return message_pack(a, &m->base, out);
}

enum err wire_reply_pack(struct arena *a, const Hv__Reply *m, struct bytes *out)
{
    return message_pack(a, &m->base, out);
}

enum err wire_report_pack(struct arena *a, const Hv__TargetReport *m, struct bytes *out)
{
    return message_pack(a, &m->base, out);
}

uint64_t wire_report_digest(struct arena *a, const Hv__TargetReport *m)
{
    Hv__TargetReport timeless = *m;
    struct bytes packed;
    timeless.has_as_of = false;
    if (message_pack(a, &timeless.base, &packed) != ERR_OK)
        return 0;
    uint64_t digest = content_hash(packed);
    return digest == 0 ? 1 : digest;
}
