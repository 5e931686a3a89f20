/* The look at a request without unpacking it. */
#include "common/wire.h"
#include "common/wire_peek.h"
#include <criterion/criterion.h>
#include <string.h>

static struct bytes packed(struct arena *a, Hv__Request *r)
{
    struct bytes out;
    cr_assert(wire_request_pack(a, r, &out) == ERR_OK);
    return out;
}

Test(peek, sees_id_and_body)
{
    struct arena *a = arena_make(1 << 20);
    Hv__Request r = HV__REQUEST__INIT;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    uint32_t id;
    r.has_id = r.has_protocol = true;
    r.id = 4000000000u;
    r.protocol = WIRE_PROTOCOL;
    cr_assert_eq(wire_peek(packed(a, &r), &id), 0);
    cr_assert_eq(id, 4000000000u);
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    r.program = (char *)"hoivien 0.1.0";
    sync.has_first = true;
    sync.first = 300;
    cr_assert_eq(wire_peek(packed(a, &r), &id), HV__REQUEST__BODY_SYNC);
    cr_assert_eq(id, 4000000000u);
    r.body_case = HV__REQUEST__BODY_COMMUNE;
    r.commune = &commune;
    cr_assert_eq(wire_peek(packed(a, &r), &id), HV__REQUEST__BODY_COMMUNE);
    arena_free(a);
}

/* protobuf takes the last of several, so the lane must be that one's. */
Test(peek, takes_the_last_body)
{
    static const uint8_t two[] = {0x08, 0x07, 0x5a, 0x00, 0x62, 0x00};
    uint32_t id;
    cr_assert_eq(wire_peek((struct bytes){two, sizeof two}, &id), HV__REQUEST__BODY_TARGET);
    cr_assert_eq(id, 7);
}

Test(peek, stops_at_what_it_cannot_read)
{
    static const struct {
        uint8_t bytes[12];
        size_t n;
        uint32_t id;
        int body;
    } cases[] = {
        {{0}, 0, 0, 0},
        {{0x08}, 1, 0, 0},                         /* a tag alone */
        {{0x08, 0x05, 0x5a, 0x7f, 0x01}, 5, 5, 0}, /* longer than the message */
        {{0x08, 0x05, 0x5a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},
         12,
         5,
         0}, /* 2^64 - 1 bytes */
        {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 12, 0, 0}, /* no varint */
        {{0x08, 0x05, 0x0b, 0x5a, 0x00}, 5, 5, 0},                                            /* a group */
        {{0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x5a, 0x00}, 11, 0, 11}, /* fixed64, then sync */
        {{0x0d, 1, 2, 3, 0x5a, 0x00}, 5, 0, 0},                  /* fixed32 cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t id = 1;
        int body = wire_peek((struct bytes){cases[i].bytes, cases[i].n}, &id);
        cr_expect_eq(body, cases[i].body, "case %zu: body %d", i, body);
        cr_expect_eq(id, cases[i].id, "case %zu: id %u", i, id);
    }
}
