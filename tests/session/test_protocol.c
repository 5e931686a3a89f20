/* Whatever a client sends that is wrong gets its typed answer, and takes nothing else along. */
#include "common/id.h"
#include "tests/session/scene.h"
#include <string.h>

SUPPORT_CLUSTER

TestSuite(protocol, .init = scene_begin, .fini = scene_end, .timeout = 60);

/* ---- wrong values, one of each ---- */

struct wrong_text {
    const char *field;
    const char *text;
    size_t n;
    Hv__Code code;
};

#define TEXT(field, text, code)                                                                              \
    {                                                                                                        \
        field, text, sizeof(text) - 1, HV__CODE__##code                                                      \
    }
static const struct wrong_text texts[] = {
    TEXT("note", "một\xffhai", BAD_TEXT),
    TEXT("note", "\xc3", BAD_TEXT),
    TEXT("occupation", "làm\0vườn", BAD_TEXT),
    TEXT("religion", "0\x01", BAD_TEXT),
    TEXT("occupation", "làm\nvườn", BAD_TEXT),
    TEXT("present_address", "\xed\xa0\x80", BAD_TEXT),
    TEXT("permanent_address", "Hoa\xcc\x80", BAD_TEXT), /* a tone apart from its letter */
    TEXT("name", "0912", BAD_FORMAT),
    TEXT("name", "<script>", BAD_FORMAT),
    TEXT("citizen_no", "12345", BAD_FORMAT),
    TEXT("phone", "không có", BAD_FORMAT),
    TEXT("ethnic_code", "1", BAD_FORMAT),
    TEXT("occupation", "", BAD_FORMAT),
};

static const struct {
    const char *field;
    int64_t v;
    Hv__Code code;
} numbers[] = {
    {"birth", 20190229, HV__CODE__BAD_DATE},      {"birth", 19701301, HV__CODE__BAD_DATE},
    {"birth", 19700015, HV__CODE__BAD_DATE},      {"birth", -19700101, HV__CODE__BAD_DATE},
    {"birth", INT64_MAX, HV__CODE__BAD_DATE},     {"citizen_issued", 20200230, HV__CODE__BAD_DATE},
    {"category", 0, HV__CODE__UNKNOWN_VALUE},     {"category", 5, HV__CODE__UNKNOWN_VALUE},
    {"sex", -1, HV__CODE__UNKNOWN_VALUE},         {"education", INT64_MIN, HV__CODE__UNKNOWN_VALUE},
    {"residence", 1000, HV__CODE__UNKNOWN_VALUE}, {"core", 7, HV__CODE__BAD_NUMBER},
    {"voided", 2, HV__CODE__BAD_NUMBER},
};

#define TEXT_COUNT   (sizeof texts / sizeof texts[0])
#define NUMBER_COUNT (sizeof numbers / sizeof numbers[0])

static void expect_verdict(const Hv__SyncReply *r, uint64_t number, Hv__Code code, const char *field)
{
    const Hv__Verdict *v = talk_verdict(r, number);
    const int i = kind_field(&kind_member, field);
    cr_assert(v != NULL, "%s is taken", field);
    cr_assert_eq(v->code, code, "%s (change %d): %d instead of %d", field, (int)number, (int)v->code,
                 (int)code);
    cr_assert_eq(v->field, field_number(&kind_member, (size_t)i), "%s: field %u", field, v->field);
}

Test(protocol, each_wrong_value_is_refused_by_its_field_and_the_good_are_kept)
{
    struct id group = os_new_id();
    talk_group(&a, group, "Chi hội 1");
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        struct change *x = talk_member(&a, os_new_id(), group, "Lê Thị Hai");
        change_set_text(x, kind_field(&kind_member, texts[i].field), texts[i].text, texts[i].n);
    }
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        put_int(talk_member(&a, os_new_id(), group, "Lê Thị Ba"), numbers[i].field, numbers[i].v);
    talk_member(&a, os_new_id(), group, "Lê Thị Tốt");
    const Hv__SyncReply *r = talk_push(&a);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        expect_verdict(r, 2 + i, texts[i].code, texts[i].field);
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        expect_verdict(r, 2 + TEXT_COUNT + i, numbers[i].code, numbers[i].field);
    cr_assert_eq(r->n_verdict, TEXT_COUNT + NUMBER_COUNT);
    cr_assert_str_eq(sql(&server.db, "select string_agg(name, ',') from members"), "Lê Thị Tốt");
}

/* As long as it may be, one byte longer, and much longer. */
Test(protocol, a_text_may_be_so_long_and_no_longer)
{
    enum { MUCH = 100000 };
    const int field = kind_field(&kind_member, "occupation");
    const size_t max = kind_member.fields[field].max, lengths[] = {max, max + 1, MUCH};
    struct id group = os_new_id();
    char *text = arena_alloc(a.peer.arena, MUCH);
    memset(text, 'x', MUCH);
    talk_group(&a, group, "Chi hội 1");
    for (size_t i = 0; i < 3; i++)
        change_set_text(talk_member(&a, os_new_id(), group, "Lê Thị Hai"), field, text, lengths[i]);
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 2);
    expect_verdict(r, 3, HV__CODE__TOO_LONG, "occupation");
    expect_verdict(r, 4, HV__CODE__TOO_LONG, "occupation");
}

Test(protocol, ids_are_checked)
{
    static const struct id null;
    struct id group = os_new_id(), member = os_new_id(), random = os_new_id();
    const struct id *joined[] = {&member, &group};
    struct id computed = id_of_relation(kind_membership.number, joined, 2);
    talk_group(&a, group, "Chi hội 1");
    talk_group(&a, null, "Chi hội 2");
    talk_member(&a, member, group, "Lê Thị Hai");
    talk_member(&a, os_new_id(), null, "Lê Thị Ba");
    talk_member(&a, os_new_id(), random, "Lê Thị Tư");
    for (int i = 0; i < 2; i++) {
        struct change *x = talk_change(&a, &kind_membership, i == 0 ? random : computed);
        put_id(&a, x, "member_id", member);
        put_id(&a, x, "group_id", group);
    }
    const Hv__SyncReply *r = talk_push(&a);
    cr_assert_eq(r->n_verdict, 4);
    cr_assert_eq(talk_code(r, 2), HV__CODE__BAD_ID, "the null id");
    cr_assert_eq(talk_code(r, 6), HV__CODE__BAD_ID, "not the relation's");
    expect_verdict(r, 4, HV__CODE__BAD_ID, "group_id");
    expect_verdict(r, 5, HV__CODE__NO_SUCH_RECORD, "group_id");
    cr_assert_eq(rows_in("memberships"), 1);
}

/* ---- requests as a whole ---- */

static Hv__Code answer_to(const void *bytes, size_t n)
{
    peer_send(&a.peer, bytes, n, false);
    return peer_code(peer_receive(&a.peer));
}

#define ANSWER_TO(text) answer_to(text, sizeof(text) - 1)

Test(protocol, another_version_is_told_before_anything_else)
{
    cr_assert_eq(ANSWER_TO("\x08\x01\x10\x02\x62\x00"), HV__CODE__UNKNOWN_VERSION);
    cr_assert_eq(ANSWER_TO("\x08\x02\x62\x00"), HV__CODE__UNKNOWN_VERSION, "none at all");
    cr_assert_eq(ANSWER_TO("\x08\x03\x10\x02\xf2\x01\x00"), HV__CODE__UNKNOWN_VERSION,
                 "a request that only the other version has");
    cr_assert_eq(ANSWER_TO("\x08\x04\x10\x01\xf2\x01\x00"), HV__CODE__UNKNOWN_REQUEST);
    cr_assert_eq(ANSWER_TO("\x08\x05\x10\x01"), HV__CODE__UNKNOWN_REQUEST, "none at all");
    cr_assert_eq(ANSWER_TO("\x08\x06\x10\x01\x62\x00"), HV__CODE__OK);
}

/* A field that this version does not know is passed over. */
Test(protocol, a_newer_clients_further_fields_do_no_harm)
{
    cr_assert_eq(ANSWER_TO("\x08\x01\x10\x01\x98\x06\x2a\x62\x04\x9a\x06\x01x"), HV__CODE__OK);
}

Test(protocol, a_broken_sync_keeps_nothing_and_the_next_is_good)
{
    struct id group = os_new_id();
    talk_group(&a, group, "Chi hội 1");
    struct bytes good = talk_batch(&a, 1, 1);
    for (size_t n = 0; n < good.n; n++) {
        Hv__Reply *r = talk_ask(&a, 1, (struct bytes){good.p, n}, false);
        cr_assert_neq(peer_code(r), HV__CODE__OK, "%zu of %zu bytes", n, good.n);
        cr_assert_neq(peer_code(r), HV__CODE__INTERNAL, "%zu of %zu bytes", n, good.n);
    }
    cr_assert_eq(rows_in("groups"), 0);
    cr_assert_eq(rows_in("batch"), 0);
    cr_assert_eq(talk_push(&a)->n_verdict, 0);
    cr_assert_eq(rows_in("groups"), 1);
}

/* Random bytes where a batch should be, and bits turned over in a good one. */
Test(protocol, damaged_bytes_never_bring_the_server_down)
{
    uint64_t seed = seed_of_run();
    struct id group = os_new_id();
    talk_group(&a, group, "Chi hội 1");
    talk_member(&a, os_new_id(), group, "Lê Thị Hai");
    struct bytes good = talk_batch(&a, 1, 2);
    for (int i = 0; i < 200; i++) {
        uint8_t *bad = arena_copy(b.peer.arena, good.p, good.n);
        bad[random_below(&seed, good.n)] ^= (uint8_t)(1u << random_below(&seed, 8));
        b.replica = os_new_id();
        Hv__Code code = peer_code(talk_ask(&b, 1, (struct bytes){bad, good.n}, false));
        cr_assert(code != HV__CODE__INTERNAL && code != HV__CODE__BUSY, "code %d", (int)code);
    }
    cr_assert_eq(talk_push(&a)->last, 2);
}
