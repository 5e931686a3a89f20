#include "common/wire_peek.h"
#include "common/varint.h"

enum { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };
#define FIRST_BODY 10
#define ID_FIELD   1

int wire_peek(struct bytes message, uint32_t *id)
{
    struct reader r = reader_of(message.p, message.n);
    int body = 0;
    *id = 0;
    while (r.p < r.end) {
        uint64_t tag = read_varint(&r);
        uint64_t field = tag >> 3, value;
        switch (tag & 7) {
        case WIRE_VARINT:
            value = read_varint(&r);
            if (!r.bad && field == ID_FIELD)
                *id = (uint32_t)value;
            break;
        case WIRE_BYTES:
            read_bytes(&r, read_varint(&r));
            if (!r.bad && field >= FIRST_BODY && field < 1000)
                body = (int)field;
            break;
        case WIRE_FIXED64:
            read_bytes(&r, 8);
            break;
        case WIRE_FIXED32:
            read_bytes(&r, 4);
            break;
        default:
            r.p = r.end;
        }
    }
    return body;
}
