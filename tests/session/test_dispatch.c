/* The way of one request: version, right, transaction, retries, and an answer to whatever came. */
#include "common/keys.h"
#include "server/handle.h"
#include "tests/store/room.h"
#include <stdlib.h>

SUPPORT_CLUSTER

static struct room r;
static struct arena *mine; /* dispatch's arena is the request's */
static struct caller commune;
static struct id replica;

static void setup(void)
{
    room_make(&r);
    mine = arena_make((size_t)64 << 20);
    replica = id_of(9);
    commune = (struct caller){.role = ROLE_COMMUNE, .device = room_device(&r, r.unit), .unit = r.unit};
}

static void teardown(void)
{
    arena_cleanup(&mine);
    room_free(&r);
}

TestSuite(dispatch, .init = setup, .fini = teardown);

static Hv__Reply *send_bytes(const struct caller *who, struct bytes message)
{
    struct bytes packed;
    Hv__Reply *reply;
    arena_reset(mine);
    dispatch(r.db, mine, who, message, &packed, NULL);
    cr_assert(packed.p != NULL, "no reply");
    cr_assert(wire_reply_unpack(r.a, (struct bytes){arena_copy(r.a, packed.p, packed.n), packed.n}, &reply,
                                NULL) == ERR_OK);
    return reply;
}

static Hv__Reply *send_request(const struct caller *who, const Hv__Request *q)
{
    struct bytes message;
    cr_assert(wire_request_pack(r.a, q, &message) == ERR_OK);
    return send_bytes(who, message);
}

static Hv__Code code_of(const Hv__Reply *reply)
{
    return reply->body_case == HV__REPLY__BODY_ERROR ? reply->error->code : HV__CODE__OK;
}

/* A sync that makes one group; id 42. */
static Hv__Request *sync_request(void)
{
    Hv__Request *q = arena_zero(r.a, 1, sizeof *q);
    Hv__SyncRequest *sync = arena_zero(r.a, 1, sizeof *sync);
    struct change *c = change_make(r.a, &kind_group);
    struct batch b = {.changes = c, .count = 1};
    struct bytes packed;
    hv__request__init(q);
    hv__sync_request__init(sync);
    c->id = id_of(1);
    c->number = 1;
    change_set_text(c, kind_field(&kind_group, "name"), "Tổ 1", strlen("Tổ 1"));
    change_set_int(c, kind_field(&kind_group, "type"), 2);
    cr_assert(wire_batch_pack(r.a, &b, 1, &packed) == ERR_OK);
    sync->has_replica = sync->has_first = sync->has_batch = true;
    sync->replica = (ProtobufCBinaryData){sizeof replica.b, replica.b};
    sync->first = 1;
    sync->batch = (ProtobufCBinaryData){packed.n, (uint8_t *)(uintptr_t)packed.p};
    q->has_id = q->has_protocol = true;
    q->id = 42;
    q->protocol = WIRE_PROTOCOL;
    q->body_case = HV__REQUEST__BODY_SYNC;
    q->sync = sync;
    return q;
}

Test(dispatch, answers_under_the_requests_id)
{
    const Hv__Reply *reply = send_request(&commune, sync_request());
    cr_assert_eq(code_of(reply), HV__CODE__OK);
    cr_assert_eq(reply->id, 42);
    cr_assert_eq(reply->sync->last, 1);
    cr_assert_eq(sql_int(&r.base, "select count(*) from groups"), 1);
}

Test(dispatch, refuses_other_protocols)
{
    Hv__Request *q = sync_request();
    q->protocol = 2;
    cr_assert_eq(code_of(send_request(&commune, q)), HV__CODE__UNKNOWN_VERSION);
    q->has_protocol = false;
    cr_assert_eq(code_of(send_request(&commune, q)), HV__CODE__UNKNOWN_VERSION);
    cr_assert_eq(sql_int(&r.base, "select count(*) from groups"), 0);
}

Test(dispatch, answers_what_it_does_not_know)
{
    static const uint8_t unknown[] = {0x08, 42, 0x10, 1, 0xa2, 0x06, 0}; /* id 42, protocol 1, body 100 */
    static const uint8_t version[] = {0x08, 42, 0x10, 9, 0xa2, 0x06, 0};
    const Hv__Reply *reply = send_bytes(&commune, (struct bytes){unknown, sizeof unknown});
    cr_assert_eq(code_of(reply), HV__CODE__UNKNOWN_REQUEST);
    cr_assert_eq(reply->id, 42);
    reply = send_bytes(&commune, (struct bytes){version, sizeof version});
    cr_assert_eq(code_of(reply), HV__CODE__UNKNOWN_VERSION, "which says more");
}

Test(dispatch, answers_bytes_that_are_no_message)
{
    static const uint8_t noise[] = {0xff, 0xff, 0xff, 0xff, 0x07};
    static const uint8_t cut[] = {0x08, 42,   0x10, 1,
                                  0x5a, 0x20, 0x0a}; /* id 42, then a sync that ends early */
    cr_assert_eq(code_of(send_bytes(&commune, (struct bytes){noise, sizeof noise})), HV__CODE__MALFORMED);
    const Hv__Reply *reply = send_bytes(&commune, (struct bytes){cut, sizeof cut});
    cr_assert_eq(code_of(reply), HV__CODE__MALFORMED);
    cr_assert_eq(reply->id, 42);
    cr_assert_neq(code_of(send_bytes(&commune, (struct bytes){noise, 0})), HV__CODE__OK);
}

Test(dispatch, lets_each_role_ask_only_what_is_its)
{
    static const struct {
        enum role role;
        int body;
        bool may;
    } cases[] = {
        {ROLE_NONE, HV__REQUEST__BODY_SYNC, false},        {ROLE_CODE, HV__REQUEST__BODY_SYNC, false},
        {ROLE_REPORTER, HV__REQUEST__BODY_SYNC, true},     {ROLE_COMMUNE, HV__REQUEST__BODY_ENROL, false},
        {ROLE_REPORTER, HV__REQUEST__BODY_ENROL, false},   {ROLE_CODE, HV__REQUEST__BODY_TARGET, false},
        {ROLE_COMMUNE, HV__REQUEST__BODY_TARGET, true},    {ROLE_COMMUNE, HV__REQUEST__BODY_PROVINCE, false},
        {ROLE_CODE, HV__REQUEST__BODY_PROVINCE, false},    {ROLE_COMMUNE, HV__REQUEST__BODY_COMMUNE, false},
        {ROLE_REPORTER, HV__REQUEST__BODY_PROVINCE, true}, {ROLE_REPORTER, HV__REQUEST__BODY_COMMUNE, true},
    };
    Hv__EnrolRequest enrol = HV__ENROL_REQUEST__INIT;
    Hv__TargetRequest target = HV__TARGET_REQUEST__INIT;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    Hv__CommuneRequest one = HV__COMMUNE_REQUEST__INIT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct caller who = commune;
        Hv__Request *q = sync_request();
        who.role = cases[i].role;
        q->body_case = (Hv__Request__BodyCase)cases[i].body;
        if (cases[i].body == HV__REQUEST__BODY_ENROL)
            q->enrol = &enrol;
        if (cases[i].body == HV__REQUEST__BODY_TARGET)
            q->target = &target;
        if (cases[i].body == HV__REQUEST__BODY_PROVINCE)
            q->province = &province;
        if (cases[i].body == HV__REQUEST__BODY_COMMUNE)
            q->commune = &one;
        Hv__Code code = code_of(send_request(&who, q));
        cr_assert_eq(code != HV__CODE__NOT_ALLOWED, cases[i].may, "case %zu: %d", i, (int)code);
    }
    cr_assert_eq(sql_int(&r.base, "select count(*) from groups"), 0);
}

/* ---- when the database does not want to ---- */

/* Every write of a batch fails with this state, the first `times` times; what a sequence counts stays
 * counted. */
static void make_fail(const char *state, int times)
{
    sql(&r.base,
        "create sequence tries; grant usage on sequence tries to public; create function fail() returns "
        "trigger "
        "language plpgsql as $$ begin if nextval('tries') <= %d then raise exception 'a secret' using "
        "errcode = "
        "'%s'; end if; return new; end $$; create trigger fail before insert on batch for each row execute "
        "function "
        "fail()",
        times, state);
}

Test(dispatch, tries_again_after_a_serialisation_failure)
{
    make_fail("40001", 5);
    cr_assert_eq(code_of(send_request(&commune, sync_request())), HV__CODE__OK);
    cr_assert_eq(sql_int(&r.base, "select last_value from tries"), 6);
    cr_assert_eq(sql_int(&r.base, "select count(*) from log"), 1, "written once");
    cr_assert_eq(sql_int(&r.base, "select rev from stream where id = %d", r.unit), 1);
}

Test(dispatch, is_busy_when_trying_again_does_not_help)
{
    make_fail("40P01", 1000);
    const Hv__Reply *reply = send_request(&commune, sync_request());
    cr_assert_eq(code_of(reply), HV__CODE__BUSY);
    cr_assert_eq(sql_int(&r.base, "select last_value from tries"), 6);
    cr_assert_eq(sql_int(&r.base, "select count(*) from groups"), 0);
}

Test(dispatch, says_nothing_of_its_own_faults)
{
    make_fail("XX000", 1000);
    const Hv__Reply *reply = send_request(&commune, sync_request());
    cr_assert_eq(code_of(reply), HV__CODE__INTERNAL);
    cr_assert_eq(reply->id, 42);
    cr_assert(strstr(reply->error->text, "secret") == NULL && strstr(reply->error->text, "SQL") == NULL);
    sql(&r.base, "drop trigger fail on batch");
    cr_assert_eq(code_of(send_request(&commune, sync_request())), HV__CODE__OK, "the connection goes on");
}

/* Data that no change of the batch is to blame for. */
Test(dispatch, does_not_look_for_a_bad_change_for_ever)
{
    make_fail("23514", 1000);
    cr_assert_eq(code_of(send_request(&commune, sync_request())), HV__CODE__INTERNAL);
    cr_assert_eq(sql_int(&r.base, "select last_value from tries"), 2);
    cr_assert_eq(sql_int(&r.base, "select count(*) from refusal"), 0);
}

Test(dispatch, is_busy_when_the_database_has_gone)
{
    free(run_ok(
        "psql -X -q -A -t -d '%s' -c \"select pg_terminate_backend(pid, 5000) from pg_stat_activity where "
        "application_name = 'test' and datname = current_database()\"",
        r.base.server));
    const Hv__Reply *reply = send_request(&commune, sync_request());
    cr_assert_eq(code_of(reply), HV__CODE__BUSY);
    cr_assert_not(db_is_alive(r.db));
    cr_assert_eq(code_of(send_request(&commune, sync_request())), HV__CODE__BUSY, "and stays so");
}

Test(dispatch, a_small_arena_is_no_silence)
{
    struct arena *large = mine;
    mine = arena_make(6000);
    const Hv__Reply *reply = send_request(&commune, sync_request());
    cr_assert_eq(code_of(reply), HV__CODE__INTERNAL);
    cr_assert_eq(reply->id, 42);
    cr_assert_eq(sql_int(&r.base, "select count(*) from groups"), 0);
    arena_cleanup(&mine);
    mine = large;
}

/* ---- enrolment ---- */

static Hv__Request *enrol_request(const struct sign_pair *sign, uint8_t curve_key[KEY_SIZE],
                                  uint8_t proof[SIGN_SIZE])
{
    Hv__Request *q = sync_request();
    Hv__EnrolRequest *enrol = arena_zero(r.a, 1, sizeof *enrol);
    hv__enrol_request__init(enrol);
    enrol->has_curve_key = enrol->has_sign_key = enrol->has_proof = true;
    enrol->curve_key = (ProtobufCBinaryData){KEY_SIZE, curve_key};
    enrol->sign_key = (ProtobufCBinaryData){KEY_SIZE, (uint8_t *)(uintptr_t)sign->public_key};
    enrol->proof = (ProtobufCBinaryData){SIGN_SIZE, proof};
    q->body_case = HV__REQUEST__BODY_ENROL;
    q->enrol = enrol;
    return q;
}

Test(dispatch, enrols_who_proves_to_hold_the_signing_key)
{
    struct sign_pair sign;
    uint8_t key[KEY_SIZE] = {5}, other[KEY_SIZE] = {6}, proof[SIGN_SIZE];
    cr_assert(keys_start(NULL) == ERR_OK);
    sign_pair_make(&sign);
    enrol_proof_make(&sign, key, proof);
    struct caller code = {.role = ROLE_CODE, .unit = r.unit};
    code.device =
        (int32_t)sql_int(&r.base,
                         "insert into enrolment_code (unit, role, one_time_key, expires_at) values (%d, "
                         "'commune', sha256('x'), now() + interval '1 hour') returning id",
                         r.unit);
    cr_assert_eq(code_of(send_request(&code, enrol_request(&sign, other, proof))), HV__CODE__BAD_REQUEST);
    Hv__Request *cut = enrol_request(&sign, key, proof);
    cut->enrol->proof.len = SIGN_SIZE - 1;
    cr_assert_eq(code_of(send_request(&code, cut)), HV__CODE__BAD_REQUEST);
    uint32_t device = 0;
    for (int i = 0; i < 2; i++) { /* a lost answer is given again */
        const Hv__Reply *reply = send_request(&code, enrol_request(&sign, key, proof));
        cr_assert_eq(code_of(reply), HV__CODE__OK);
        cr_assert(i == 0 || reply->enrol->device == device);
        device = reply->enrol->device;
        cr_assert_str_eq(reply->enrol->role, "commune");
        cr_assert_eq(reply->enrol->max_message, WIRE_MAX_MESSAGE);
        cr_assert_eq(reply->enrol->n_unit, 4);
        cr_assert_str_eq(reply->enrol->unit[0]->code, "31317");
        cr_assert_eq(reply->enrol->unit[3]->level, 1);
    }
    enrol_proof_make(&sign, other, proof);
    cr_assert_eq(code_of(send_request(&code, enrol_request(&sign, other, proof))), HV__CODE__CODE_USED);
}
