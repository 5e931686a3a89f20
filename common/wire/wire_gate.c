#include "common/wire/wire_gate.h"
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

enum err wire_gate(const ProtobufCMessageDescriptor *d, struct bytes in, bool enums, struct fault *f)
{
    const struct gate g = {enums, f};
    return gate_walk(&g, d, reader_of(in.p, in.n));
}
