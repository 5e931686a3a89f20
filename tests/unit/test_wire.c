/* Messages: packed and unpacked within bounds, and the one gate for texts and enums. */
#include "common/wire.h"
#include "common/wire/wire_gate.h"
#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;

static void begin(void)
{
    arena = arena_make(WIRE_ARENA);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(wire, .init = begin, .fini = end);

static struct bytes request_bytes(void)
{
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Request r = HV__REQUEST__INIT;
    Hv__Cursor cursor = HV__CURSOR__INIT, *cursors[] = {&cursor};
    struct bytes out;
    r.has_id = r.has_protocol = cursor.has_rev = cursor.has_mark = true;
    r.id = 5;
    r.protocol = WIRE_PROTOCOL;
    r.program = (char *)"test 1";
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    cursor.rev = 300;
    cursor.mark = UINT64_MAX;
    sync.cursor = cursors;
    sync.n_cursor = 1;
    cr_assert_eq(wire_request_pack(arena, &r, &out), ERR_OK);
    return out;
}

static struct bytes reply_bytes(Hv__TargetLine *line)
{
    Hv__TargetReport report = HV__TARGET_REPORT__INIT;
    Hv__SyncReply sync = HV__SYNC_REPLY__INIT;
    Hv__Reply r = HV__REPLY__INIT;
    struct bytes out;
    r.body_case = HV__REPLY__BODY_SYNC;
    r.sync = &sync;
    sync.report = &report;
    report.n_line = 1;
    report.line = &line;
    cr_assert_eq(wire_reply_pack(arena, &r, &out), ERR_OK);
    return out;
}

/* The same message with `from` replaced by as many other bytes. */
static struct bytes replaced(struct bytes in, const char *from, const char *to, size_t n)
{
    uint8_t *copy = arena_copy(arena, in.p, in.n);
    char *at = memmem(copy, in.n, from, n);
    cr_assert(at != NULL);
    memcpy(at, to, n);
    return (struct bytes){copy, in.n};
}

Test(wire, a_request_comes_back)
{
    Hv__Request *back;
    struct fault f;
    cr_assert_eq(wire_request_unpack(arena, request_bytes(), &back, &f), ERR_OK);
    cr_assert(back->id == 5 && back->protocol == WIRE_PROTOCOL && strcmp(back->program, "test 1") == 0);
    cr_assert(back->sync->n_cursor == 1 && back->sync->cursor[0]->mark == UINT64_MAX);
}

Test(wire, a_request_with_bad_text_keeps_its_id)
{
    static const char *const bad[] = {"te\0t 1",   "te\nt 1",   "te\tt 1",      "te\xfft 1",
                                      "te\x7ft 1", "test \xc3", "te\xc0\x80 1", "t\xed\xa0\x80 1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        Hv__Request *back;
        struct fault f;
        struct bytes in = replaced(request_bytes(), "test 1", bad[i], 6);
        cr_assert_eq(wire_request_unpack(arena, in, &back, &f), ERR_BAD_TEXT, "text %zu", i);
        cr_assert(back != NULL && back->id == 5);
        cr_assert(strstr(f.text, "Request.program") != NULL, "%s", f.text);
    }
}

Test(wire, an_unknown_request_keeps_its_id)
{
    /* id 5, protocol 1, field 30 */
    static const uint8_t unknown[] = {0x08, 0x05, 0x10, 0x01, 0xf2, 0x01, 0x00};
    Hv__Request *request;
    Hv__Reply *reply;
    struct fault f;
    struct bytes in = {unknown, sizeof unknown};
    cr_assert_eq(wire_request_unpack(arena, in, &request, &f), ERR_UNKNOWN_REQUEST);
    cr_assert(request != NULL && request->id == 5);
    cr_assert_eq(wire_reply_unpack(arena, in, &reply, &f), ERR_UNKNOWN_REQUEST);
    cr_assert_eq(wire_request_unpack(arena, (struct bytes){NULL, 0}, &request, &f), ERR_UNKNOWN_REQUEST);
}

Test(wire, what_is_no_message_is_malformed)
{
    static const struct {
        const char *bytes;
        size_t n;
    } cases[] = {
        {"\x08", 1},                                            /* a number is missing */
        {"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 12}, /* longer than any */
        {"\x22\5abc", 5},                                       /* a text cut */
        {"\x5a\2\x08\1", 4},                                    /* sync.replica is no number */
        {"\x22\xff\xff\xff\xff\x0f", 6},                        /* 4 GiB of text */
        {"\x0b", 1},                                            /* a group */
        {"\0\0", 2},                                            /* field 0 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Hv__Request *back;
        struct fault f;
        struct bytes in = {(const uint8_t *)cases[i].bytes, cases[i].n};
        cr_assert_eq(wire_request_unpack(arena, in, &back, &f), ERR_MALFORMED, "case %zu", i);
        cr_assert_null(back);
    }
}

Test(wire, cut_short_or_turned_it_does_no_harm)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT;
    line.title = (char *)"Không cơ sở nào dưới 50 %";
    struct bytes whole[] = {request_bytes(), reply_bytes(&line)};
    struct fault f;
    for (size_t i = 0; i < 2; i++)
        for (size_t bit = 0; bit < whole[i].n * 8; bit++) {
            Hv__Request *request;
            Hv__Reply *reply;
            uint8_t *turned = arena_copy(arena, whole[i].p, whole[i].n),
                    *cut = arena_copy(arena, whole[i].p, bit / 8);
            turned[bit / 8] = (uint8_t)(turned[bit / 8] ^ 1u << bit % 8);
            const struct bytes both[] = {{turned, whole[i].n}, {cut, bit / 8}};
            for (size_t k = 0; k < 2; k++) {
                enum err one = wire_request_unpack(arena, both[k], &request, &f);
                enum err two = wire_reply_unpack(arena, both[k], &reply, &f);
                cr_assert(one < ERR_NO_MEMORY && two < ERR_NO_MEMORY);
                cr_assert((request != NULL || one == ERR_MALFORMED) &&
                          (reply != NULL || two == ERR_MALFORMED));
            }
        }
}

Test(wire, a_message_has_a_largest_size)
{
    Hv__Request r = HV__REQUEST__INIT, *back;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    struct bytes out;
    struct fault f;
    size_t n = WIRE_MAX_MESSAGE - 8; /* two tags and two lengths of three bytes */
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    sync.has_batch = true;
    sync.batch = (ProtobufCBinaryData){n, arena_zero(arena, n + 1, 1)};
    cr_assert_eq(wire_request_pack(arena, &r, &out), ERR_OK);
    cr_assert_eq(out.n, WIRE_MAX_MESSAGE);
    cr_assert_eq(wire_request_unpack(arena, out, &back, &f), ERR_OK);
    sync.batch.len++;
    cr_assert_eq(wire_request_pack(arena, &r, &out), ERR_TOO_LARGE);
    uint8_t *larger = arena_zero(arena, WIRE_MAX_MESSAGE + 1, 1);
    cr_assert_eq(wire_request_unpack(arena, (struct bytes){larger, WIRE_MAX_MESSAGE + 1}, &back, &f),
                 ERR_TOO_LARGE);
    cr_assert_null(back);
}

/* Half a million empty cursors: more than any budget is meant for, and no more memory than it. */
Test(wire, many_small_parts_use_up_the_budget_and_no_more)
{
    size_t n = (1u << 20) - 4;
    uint8_t *in = arena_alloc(arena, WIRE_MAX_MESSAGE);
    memcpy(in, "\x5a\xfc\xff\x3f", 4);
    for (size_t i = 4; i + 1 < 4 + n; i += 2)
        memcpy(in + i, "\x2a\0", 2);
    struct arena *small = arena_make((size_t)8 << 20);
    Hv__Request *back;
    struct fault f;
    cr_assert_eq(wire_request_unpack(small, (struct bytes){in, n + 4}, &back, &f), ERR_MALFORMED);
    cr_assert_null(back);
    arena_free(small);
}

Test(wire, the_gate_knows_enums_and_clients_forgive_them)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT;
    Hv__Reply *back;
    struct fault f;
    line.has_verdict = true;
    line.verdict = HV__VERDICT_WORD__MET;
    struct bytes known = reply_bytes(&line);
    cr_assert_eq(wire_gate(&hv__reply__descriptor, known, true, &f), ERR_OK);
    line.verdict = (Hv__VerdictWord)900;
    struct bytes unknown = reply_bytes(&line);
    cr_assert_eq(wire_gate(&hv__reply__descriptor, unknown, true, &f), ERR_UNKNOWN_VALUE);
    cr_assert(strstr(f.text, "TargetLine.verdict") != NULL, "%s", f.text);
    cr_assert_eq(wire_reply_unpack(arena, unknown, &back, &f), ERR_OK);
    cr_assert_eq((int)back->sync->report->line[0]->verdict, 900);
}

/* protobuf-c takes the low 32 bits of a longer number. */
Test(wire, an_enum_beyond_32_bits_is_not_taken_for_a_known_one)
{
    static const uint8_t verdict[] = {0x78, 0x83, 0x80, 0x80, 0x80, 0x10}; /* 2^32 + 3 */
    struct fault f;
    cr_assert_eq(wire_gate(&hv__target_line__descriptor, (struct bytes){verdict, sizeof verdict}, true, &f),
                 ERR_UNKNOWN_VALUE);
}

Test(wire, the_gate_looks_into_messages_inside)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT;
    Hv__Reply *back;
    struct fault f;
    line.title = (char *)"chỉ tiêu";
    struct bytes in = replaced(reply_bytes(&line), "ti", "\0i", 2);
    cr_assert_eq(wire_reply_unpack(arena, in, &back, &f), ERR_BAD_TEXT);
    cr_assert(strstr(f.text, "TargetLine.title") != NULL, "%s", f.text);
}

Test(wire, a_report_is_kept_whole)
{
    Hv__TargetReport r = HV__TARGET_REPORT__INIT, *back;
    Hv__TargetLine line = HV__TARGET_LINE__INIT, *lines[] = {&line};
    struct bytes out;
    struct fault f;
    r.name = (char *)"Xã Ea H'leo";
    r.n_line = 1;
    r.line = lines;
    line.has_numerator = true;
    line.numerator = INT64_MAX;
    cr_assert_eq(wire_report_pack(arena, &r, &out), ERR_OK);
    cr_assert_eq(wire_report_unpack(arena, out, &back, &f), ERR_OK);
    cr_assert(strcmp(back->name, r.name) == 0 && back->line[0]->numerator == INT64_MAX);
    cr_assert_eq(wire_report_digest(arena, back), wire_report_digest(arena, &r));
}

/* A newer server's report: what this program does not know is part of the digest, or it would be fetched
 * again and again. */
Test(wire, the_digest_covers_what_is_not_known)
{
    static const uint8_t newer[] = {0x0a, 1, 'A', 0x98, 0x3e, 7}; /* code "A", field 995 */
    Hv__TargetReport *back;
    struct fault f;
    cr_assert_eq(wire_report_unpack(arena, (struct bytes){newer, sizeof newer}, &back, &f), ERR_OK);
    uint64_t digest = wire_report_digest(arena, back);
    back->base.n_unknown_fields = 0;
    cr_assert_neq(wire_report_digest(arena, back), digest);
}

Test(wire, the_digest_leaves_out_the_day)
{
    Hv__TargetReport r = HV__TARGET_REPORT__INIT;
    Hv__TargetLine line = HV__TARGET_LINE__INIT, *lines[] = {&line};
    r.n_line = 1;
    r.line = lines;
    line.has_numerator = true;
    line.numerator = 5;
    uint64_t before = wire_report_digest(arena, &r);
    cr_assert_neq(before, 0);
    r.has_as_of = true;
    r.as_of = 20181231;
    cr_assert_eq(wire_report_digest(arena, &r), before);
    line.numerator = 6;
    cr_assert_neq(wire_report_digest(arena, &r), before);
}
