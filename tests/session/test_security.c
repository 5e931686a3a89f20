/* What each key may ask, and what an enrolment code is good for: through the real server, by hand. */
#include "common/os.h"
#include "tests/support/peer.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SUPPORT_CLUSTER

static struct server server;
static struct curve_pair device, reporter;

static void begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    sql(&db, "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc "
             "Trăng', 'Tỉnh', id, 20040101 from unit where level = 1;"
             "insert into unit (level, code, name, type, parent, valid_from) select 3, '941', 'Thành phố Sóc "
             "Trăng', 'Thành phố', id, 20040101 from unit where code = '94';"
             "insert into unit (level, code, name, type, parent, valid_from) select 4, '31498', 'Phường 5', "
             "'Phường', id, 20040101 from unit where code = '941'");
    peer_device(&db, "31317", "commune", &device);
    peer_device(&db, "93", "reporter", &reporter);
    server_start(&server, &db, NULL);
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(security, .init = begin, .fini = end, .timeout = 60);

static void open_peer(struct peer *p, const struct curve_pair *keys)
{
    peer_open(p, server.endpoint, server.key, keys);
}

/* ---- who may ask what ---- */

static const Hv__Reply *ask_province(struct peer *p, const char *code)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    province.code = arena_copy(p->arena, code, strlen(code));
    r.body_case = HV__REQUEST__BODY_PROVINCE;
    r.province = &province;
    return peer_ask(p, &r);
}

static const Hv__Reply *ask_commune(struct peer *p, const char *code)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__CommuneRequest commune = HV__COMMUNE_REQUEST__INIT;
    commune.code = arena_copy(p->arena, code, strlen(code));
    r.body_case = HV__REQUEST__BODY_COMMUNE;
    r.commune = &commune;
    return peer_ask(p, &r);
}

static Hv__Code next_code(struct peer *p, uint32_t id)
{
    const Hv__Reply *reply = peer_receive(p);
    cr_assert_eq(reply->id, id);
    return peer_code(reply);
}

Test(security, a_commune_asks_for_its_own_only)
{
    struct peer p;
    struct id replica = os_new_id();
    open_peer(&p, &device);
    cr_assert_eq(peer_code(ask_province(&p, "93")), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(peer_code(ask_commune(&p, "31317")), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(next_code(&p, peer_enrol(&p, &reporter)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(next_code(&p, peer_target(&p)), HV__CODE__OK);
    cr_assert_eq(next_code(&p, peer_sync(&p, &replica)), HV__CODE__OK);
    peer_close(&p);
}

Test(security, a_reporter_asks_only_what_is_a_provinces)
{
    struct peer p;
    struct id replica = os_new_id();
    open_peer(&p, &reporter);
    cr_assert_eq(next_code(&p, peer_sync(&p, &replica)), HV__CODE__OK);
    cr_assert_eq(next_code(&p, peer_target(&p)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(next_code(&p, peer_enrol(&p, &device)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(peer_code(ask_province(&p, "93")), HV__CODE__OK);
    cr_assert_eq(peer_code(ask_commune(&p, "31318")), HV__CODE__OK);
    peer_close(&p);
}

/* One answer for what belongs to others and for what there is not. */
Test(security, a_reporter_cannot_tell_other_provinces_from_none)
{
    static const char *const elsewhere[] = {"94", "97", "", "93@1900-01-01", "' or ''='"},
                             *const communes[] = {"31498", "99999"};
    struct peer p;
    open_peer(&p, &reporter);
    const Hv__Reply *other = ask_province(&p, "94"), *none = ask_province(&p, "97");
    cr_assert_str_eq(other->error->text, none->error->text);
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        Hv__Code code = peer_code(ask_province(&p, elsewhere[i]));
        cr_assert(code == HV__CODE__NOT_ALLOWED || (code == HV__CODE__BAD_REQUEST && i >= 2), "%s: %d",
                  elsewhere[i], (int)code);
    }
    other = ask_commune(&p, communes[0]);
    none = ask_commune(&p, communes[1]);
    cr_assert_eq(peer_code(other), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(peer_code(none), HV__CODE__NOT_ALLOWED);
    cr_assert_str_eq(other->error->text, none->error->text);
    peer_close(&p);
}

/* ---- enrolment codes ---- */

static void code_keys(const char *unit, struct curve_pair *out, int64_t *id)
{
    char *text = world_code(&server, unit, "commune"), hex[2 * KEY_SIZE + 1];
    struct arena *a = arena_make(1 << 16);
    struct enrolment_code code;
    struct fault f;
    cr_assert(code_parse(a, LANG_EN, text, &code, &f) == ERR_OK);
    curve_pair_of_seed(code.seed, out);
    key_format(out->public_key, hex);
    *id = sql_int(&server.db, "select id from enrolment_code where one_time_key = decode('%s', 'hex')", hex);
    arena_free(a);
    free(text);
}

/* Tries until the gate has heard of the change; it must within 10 s. */
static void wait_until_enters(const struct curve_pair *keys, bool want)
{
    for (uint64_t until = os_monotonic_ms() + 10000; os_monotonic_ms() < until; usleep(20000)) {
        struct peer p;
        open_peer(&p, keys);
        bool entered = peer_enters(&p);
        peer_close(&p);
        if (entered == want)
            return;
    }
    cr_assert(false, "the code is %s let in", want ? "not" : "still");
}

/* An enrolment whose parts a test may spoil. */
struct enrolling {
    struct curve_pair curve;
    struct sign_pair sign;
    uint8_t proof[SIGN_SIZE];
    size_t key_size;
};

static void enrolling_make(struct enrolling *e)
{
    curve_pair_make(&e->curve);
    sign_pair_make(&e->sign);
    enrol_proof_make(&e->sign, e->curve.public_key, e->proof);
    e->key_size = KEY_SIZE;
}

static const Hv__Reply *enrol(struct peer *p, struct enrolling *e)
{
    Hv__Request r = HV__REQUEST__INIT;
    Hv__EnrolRequest body = HV__ENROL_REQUEST__INIT;
    body.has_curve_key = body.has_sign_key = body.has_proof = true;
    body.curve_key = (ProtobufCBinaryData){e->key_size, e->curve.public_key};
    body.sign_key = (ProtobufCBinaryData){KEY_SIZE, e->sign.public_key};
    body.proof = (ProtobufCBinaryData){SIGN_SIZE, e->proof};
    r.body_case = HV__REQUEST__BODY_ENROL;
    r.enrol = &body;
    return peer_ask(p, &r);
}

static int64_t device_count(void)
{
    return sql_int(&server.db, "select count(*) from device");
}

Test(security, a_code_makes_one_device_however_often_it_is_asked)
{
    struct curve_pair code;
    struct enrolling mine, others;
    struct peer p;
    int64_t id, before = device_count();
    code_keys("31317", &code, &id);
    enrolling_make(&mine);
    enrolling_make(&others);
    wait_until_enters(&code, true);
    open_peer(&p, &code);
    const Hv__Reply *first = enrol(&p, &mine), *again = enrol(&p, &mine);
    cr_assert_eq(first->body_case, HV__REPLY__BODY_ENROL);
    cr_assert_eq(again->body_case, HV__REPLY__BODY_ENROL);
    cr_assert_eq(again->enrol->device, first->enrol->device);
    cr_assert_str_eq(first->enrol->unit[0]->code, "31317");
    cr_assert_eq(peer_code(enrol(&p, &others)), HV__CODE__CODE_USED);
    others.curve = mine.curve; /* the same connection key, another signing key */
    enrol_proof_make(&others.sign, others.curve.public_key, others.proof);
    cr_assert_eq(peer_code(enrol(&p, &others)), HV__CODE__CODE_USED);
    cr_assert_eq(device_count(), before + 1);
    peer_close(&p);
}

Test(security, a_code_is_good_for_enrolment_only)
{
    struct curve_pair code;
    struct peer p;
    struct id replica = os_new_id();
    int64_t id;
    code_keys("31317", &code, &id);
    wait_until_enters(&code, true);
    open_peer(&p, &code);
    cr_assert_eq(next_code(&p, peer_sync(&p, &replica)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(next_code(&p, peer_target(&p)), HV__CODE__NOT_ALLOWED);
    cr_assert_eq(peer_code(ask_province(&p, "93")), HV__CODE__NOT_ALLOWED);
    peer_close(&p);
}

Test(security, an_enrolment_must_prove_its_signing_key)
{
    struct curve_pair code;
    struct enrolling e, other;
    struct peer p;
    int64_t id, before = device_count();
    code_keys("31317", &code, &id);
    enrolling_make(&e);
    enrolling_make(&other);
    wait_until_enters(&code, true);
    open_peer(&p, &code);
    e.proof[17] ^= 1;
    cr_assert_eq(peer_code(enrol(&p, &e)), HV__CODE__BAD_REQUEST);
    memcpy(e.proof, other.proof, sizeof e.proof); /* good, but of other keys */
    cr_assert_eq(peer_code(enrol(&p, &e)), HV__CODE__BAD_REQUEST);
    enrol_proof_make(&e.sign, e.curve.public_key, e.proof);
    e.key_size = KEY_SIZE - 1;
    cr_assert_eq(peer_code(enrol(&p, &e)), HV__CODE__BAD_REQUEST);
    cr_assert_eq(device_count(), before);
    e.key_size = KEY_SIZE;
    cr_assert_eq(peer_code(enrol(&p, &e)), HV__CODE__OK, "the code was not used up by the bad ones");
    peer_close(&p);
}

/* The key of a device that is there can't be taken over by another code. */
Test(security, a_code_does_not_take_over_a_device)
{
    struct curve_pair code;
    struct enrolling e;
    struct peer p;
    int64_t id;
    code_keys("31318", &code, &id);
    enrolling_make(&e);
    e.curve = device;
    enrol_proof_make(&e.sign, e.curve.public_key, e.proof);
    wait_until_enters(&code, true);
    open_peer(&p, &code);
    cr_assert_eq(peer_code(enrol(&p, &e)), HV__CODE__NOT_ALLOWED);
    peer_close(&p);
}

Test(security, a_cancelled_code_gets_nothing)
{
    struct curve_pair code;
    struct enrolling e;
    struct peer p;
    int64_t id, before = device_count();
    code_keys("31317", &code, &id);
    enrolling_make(&e);
    wait_until_enters(&code, true);
    open_peer(&p, &code); /* came in while it was good */
    cr_assert(peer_enters(&p));
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf code cancel %lld", HV_BIN, server.folder,
                (long long)id));
    cr_assert_neq(peer_code(enrol(&p, &e)), HV__CODE__OK);
    peer_close(&p);
    wait_until_enters(&code, false);
    cr_assert_eq(device_count(), before);
}

Test(security, a_code_ends_with_its_time_on_an_open_connection_too)
{
    struct curve_pair code;
    struct enrolling e;
    struct peer p;
    int64_t id, before = device_count();
    code_keys("31317", &code, &id);
    enrolling_make(&e);
    wait_until_enters(&code, true);
    open_peer(&p, &code);
    cr_assert(peer_enters(&p));
    sql(&server.db,
        "update enrolment_code set expires_at = now() - interval '1 second' where id = %lld; update gate set "
        "version = version + 1",
        (long long)id);
    cr_assert_neq(peer_code(enrol(&p, &e)), HV__CODE__OK);
    peer_close(&p);
    wait_until_enters(&code, false);
    cr_assert_eq(device_count(), before);
}

/* What the log has of all this: ids, never what was sent. */
Test(security, the_log_holds_no_values)
{
    struct peer p;
    open_peer(&p, &reporter);
    ask_province(&p, "94-never-to-be-logged");
    peer_close(&p);
    char *log = file_read(words("%s/log", server.folder));
    cr_assert(strstr(log, "never-to-be-logged") == NULL, "%s", log);
    cr_assert(strstr(log, "name=province") != NULL, "%s", log);
    free(log);
}
