#include "common/wire.h"
#include "common/change.h"
#include "common/text.h"
#include "common/varint.h"

/* How a message is looked through. */
struct gate {
    bool enums; /* an enum value that is not known is a fault */
    struct fault *f;
};

static enum err gate_walk(const struct gate *g, const ProtobufCMessageDescriptor *d, struct reader r);

static enum err gate_number(const struct gate *g, const ProtobufCMessageDescriptor *d,
                            const ProtobufCFieldDescriptor *field, uint64_t v)
{
    if (!g->enums || field == NULL || field->type != PROTOBUF_C_TYPE_ENUM)
        return ERR_OK;
    if ((int64_t)v == (int32_t)v && protobuf_c_enum_descriptor_get_value(field->descriptor, (int)v) != NULL)
        return ERR_OK;
    return fault(g->f, ERR_UNKNOWN_VALUE, "%s.%s has a value that is not known", d->short_name, field->name);
}

static enum err gate_bytes(const struct gate *g, const ProtobufCMessageDescriptor *d,
                           const ProtobufCFieldDescriptor *field, const uint8_t *p, size_t n)
{
    if (field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE)
        return gate_walk(g, field->descriptor, reader_of(p, n));
    if (field == NULL || field->type != PROTOBUF_C_TYPE_STRING || text_valid((const char *)p, n, false))
        return ERR_OK;
    return fault(g->f, ERR_BAD_TEXT, "%s.%s is not UTF-8 or holds control characters", d->short_name,
                 field->name);
}

/* Looks through the packed form, not the unpacked: there a text ends at its first NUL and can't be told from
 * one that was sent so. No message holds itself, so the descriptors bound the depth. */
static enum err gate_walk(const struct gate *g, const ProtobufCMessageDescriptor *d, struct reader r)
{
    enum err err = ERR_OK;
    while (err == ERR_OK && r.p < r.end) {
        uint64_t key = read_varint(&r);
        unsigned number = key >> 3 > UINT32_MAX ? 0 : (unsigned)(key >> 3);
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(d, number);
        uint64_t n;
        const uint8_t *p;
        switch (key & 7) {
        case PROTOBUF_C_WIRE_TYPE_VARINT:
            err = gate_number(g, d, field, read_varint(&r));
            break;
        case PROTOBUF_C_WIRE_TYPE_64BIT:
            read_bytes(&r, 8);
            break;
        case PROTOBUF_C_WIRE_TYPE_32BIT:
            read_bytes(&r, 4);
            break;
        case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
            n = read_varint(&r);
            p = read_bytes(&r, n);
            err = p == NULL ? ERR_OK : gate_bytes(g, d, field, p, n);
            break;
        default:
            r.bad = true;
        }
        if (r.bad)
            return fault(g->f, ERR_MALFORMED, "%s is no message", d->short_name);
    }
    return err;
}

static enum err message_unpack(struct arena *a, const ProtobufCMessageDescriptor *d, struct bytes in,
                               const struct gate *g, ProtobufCMessage **out)
{
    *out = NULL;
    if (in.n > WIRE_MAX_MESSAGE)
        return fault(g->f, ERR_TOO_LARGE, "a message of %zu bytes, more than %u", in.n, WIRE_MAX_MESSAGE);
    *out = protobuf_c_message_unpack(d, arena_allocator(a), in.n, in.n == 0 ? (const uint8_t *)"" : in.p);
    if (*out == NULL)
        return fault(g->f, ERR_MALFORMED, "%s is no message, or has too many parts", d->short_name);
    return gate_walk(g, d, reader_of(in.p, in.n));
}

enum err wire_request_unpack(struct arena *a, struct bytes in, Hv__Request **out, struct fault *f)
{
    struct gate g = {true, f};
    enum err err = message_unpack(a, &hv__request__descriptor, in, &g, (ProtobufCMessage **)out);
    if (err == ERR_OK && (*out)->body_case == HV__REQUEST__BODY__NOT_SET)
        return fault(f, ERR_UNKNOWN_REQUEST, "a request that this program does not know");
    return err;
}

enum err wire_reply_unpack(struct arena *a, struct bytes in, Hv__Reply **out, struct fault *f)
{
    struct gate g = {false, f};
    enum err err = message_unpack(a, &hv__reply__descriptor, in, &g, (ProtobufCMessage **)out);
    if (err == ERR_OK && (*out)->body_case == HV__REPLY__BODY__NOT_SET)
        return fault(f, ERR_UNKNOWN_REQUEST, "a reply that this program does not know");
    return err;
}

enum err wire_report_unpack(struct arena *a, struct bytes in, Hv__TargetReport **out, struct fault *f)
{
    struct gate g = {false, f};
    return message_unpack(a, &hv__target_report__descriptor, in, &g, (ProtobufCMessage **)out);
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
