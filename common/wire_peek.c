#include "common/wire_peek.h"

enum { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };
#define FIRST_BODY 10
#define ID_FIELD   1

static bool varint(struct bytes *in, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; shift < 64 && in->n > 0; shift += 7) {
        uint8_t byte = *in->p++;
        in->n--;
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

static bool skip(struct bytes *in, uint64_t n)
{
    if (n > in->n)
        return false;
    in->p += n;
    in->n -= (size_t)n;
    return true;
}

int wire_peek(struct bytes message, uint32_t *id)
{
    uint64_t tag, value;
    int body = 0;
    *id = 0;
    while (message.n > 0 && varint(&message, &tag)) {
        uint64_t field = tag >> 3;
        bool fine = false;
        switch (tag & 7) {
        case WIRE_VARINT:
            fine = varint(&message, &value);
            if (fine && field == ID_FIELD)
                *id = (uint32_t)value;
            break;
        case WIRE_BYTES:
            fine = varint(&message, &value) && skip(&message, value);
            if (fine && field >= FIRST_BODY && field < 1000)
                body = (int)field;
            break;
        case WIRE_FIXED64:
            fine = skip(&message, 8);
            break;
        case WIRE_FIXED32:
            fine = skip(&message, 4);
            break;
        default:
            break;
        }
        if (!fine)
            break;
    }
    return body;
}
