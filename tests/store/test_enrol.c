#include "common/os.h"
#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct room r;

static void setup(void)
{
    room_make(&r);
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(enrol, .init = setup, .fini = teardown);

static struct bytes key_of(int n)
{
    uint8_t *key = arena_alloc(r.a, 32);
    memset(key, n, 32);
    return (struct bytes){key, 32};
}

static int32_t code_make(int key, const char *role, const char *expires)
{
    return (int32_t)sql_int(&r.base,
                            "insert into enrolment_code (unit, role, one_time_key, expires_at) values (%d, "
                            "'%s', decode(repeat('%02x', 32), 'hex'), now() + interval '%s') returning id",
                            r.unit, role, key, expires);
}

static int64_t gate_version(void)
{
    int64_t version;
    OK(&r, store_gate_version(r.db, r.a, &version, &r.f));
    return version;
}

struct outcome {
    enum err err;
    int32_t device;
    int32_t unit;
    bool reporter;
};

static struct outcome enrol_as(const struct enrolment *x)
{
    struct enrolled e = {0};
    OK(&r, db_begin(r.db, false, &r.f));
    enum err err = store_enrol(r.db, r.a, x, &e, &r.f);
    if (err == ERR_OK)
        OK(&r, db_commit(r.db, &r.f));
    else
        db_rollback(r.db);
    return (struct outcome){err, e.device, e.unit, e.reporter};
}

static struct enrolment asking(int32_t code, int curve, int sign)
{
    return (struct enrolment){.code_id = code,
                              .curve_key = key_of(curve),
                              .sign_key = key_of(sign),
                              .program = "hoivien 0.1",
                              .role = ""};
}

static struct outcome enrol(int32_t code, int curve, int sign)
{
    const struct enrolment x = asking(code, curve, sign);
    return enrol_as(&x);
}

Test(enrol, a_code_becomes_a_device)
{
    int32_t code = code_make(1, "commune", "1 hour");
    int64_t version = gate_version();
    struct outcome e = enrol(code, 11, 12);
    cr_assert_eq(e.err, ERR_OK);
    cr_assert_eq(e.unit, r.unit);
    cr_assert(!e.reporter);
    cr_assert_gt(gate_version(), version);
    cr_assert_eq(
        sql_int(
            &r.base,
            "select count(*) from device d join enrolment_code c on c.device = d.id where d.id = %d "
            "and c.id = %d and d.unit = %d and d.role = 'commune' and d.program = 'hoivien 0.1' and "
            "d.curve_key = decode(repeat('0b', 32), 'hex') and d.sign_key = decode(repeat('0c', 32), 'hex')",
            e.device, code, r.unit),
        1);
    cr_assert(enrol(code_make(2, "reporter", "1 hour"), 21, 22).reporter);
}

Test(enrol, the_same_keys_again_are_the_same_device)
{
    int32_t code = code_make(1, "commune", "1 hour");
    struct outcome first = enrol(code, 11, 12);
    int64_t version = gate_version();
    struct outcome again = enrol(code, 11, 12);
    cr_assert_eq(again.err, ERR_OK);
    cr_assert_eq(again.device, first.device);
    cr_assert_eq(again.unit, r.unit);
    cr_assert_eq(gate_version(), version);
    cr_assert_eq(sql_int(&r.base, "select count(*) from device"), 1);
}

Test(enrol, other_keys_find_the_code_used)
{
    int32_t code = code_make(1, "commune", "1 hour");
    enrol(code, 11, 12);
    cr_assert_eq(enrol(code, 13, 12).err, ERR_CODE_USED);
    cr_assert_eq(enrol(code, 11, 14).err, ERR_CODE_USED);
    cr_assert_eq(sql_int(&r.base, "select count(*) from device"), 1);
}

Test(enrol, a_device_revoked_since_does_not_come_back_by_its_code)
{
    int32_t code = code_make(1, "commune", "1 hour");
    enrol(code, 11, 12);
    sql(&r.base, "update device set revoked_at = now()");
    cr_assert_eq(enrol(code, 11, 12).err, ERR_REVOKED);
}

Test(enrol, expired_cancelled_and_unknown_codes_let_nobody_in)
{
    cr_assert_eq(enrol(code_make(1, "commune", "-1 second"), 11, 12).err, ERR_NOT_ALLOWED);
    int32_t cancelled = code_make(2, "commune", "1 hour");
    sql(&r.base, "update enrolment_code set cancelled_at = now() where id = %d", cancelled);
    cr_assert_eq(enrol(cancelled, 11, 12).err, ERR_NOT_ALLOWED);
    cr_assert_eq(enrol(99999, 11, 12).err, ERR_NOT_ALLOWED);
    cr_assert_eq(sql_int(&r.base, "select count(*) from device"), 0);
}

Test(enrol, a_code_for_something_else_is_left_as_it_is)
{
    int32_t code = code_make(1, "commune", "1 hour");
    struct enrolment x = asking(code, 11, 12);
    x.role = "reporter";
    cr_assert_eq(enrol_as(&x).err, ERR_OTHER_PROGRAM);
    x.role = "commune";
    x.unit = r.unit + 1;
    cr_assert_eq(enrol_as(&x).err, ERR_OTHER_UNIT);
    cr_assert_eq(sql_int(&r.base, "select count(*) from device"), 0);
    x.unit = r.unit;
    cr_assert_eq(enrol_as(&x).err, ERR_OK);
}

static int32_t holder_of(const struct id *replica)
{
    char uuid[ID_TEXT];
    id_format(replica, uuid);
    return (int32_t)sql_int(&r.base, "select device from replica where uuid = '%s'", uuid);
}

static void replica_make(const struct id *replica, int32_t device)
{
    char uuid[ID_TEXT];
    id_format(replica, uuid);
    sql(&r.base, "insert into replica (uuid, device) values ('%s', %d)", uuid, device);
}

static bool is_revoked(int32_t device)
{
    return sql_int(&r.base, "select count(*) from device where id = %d and revoked_at is not null", device) ==
           1;
}

Test(enrol, a_register_goes_on_with_new_keys_and_the_former_ones_end)
{
    struct id replica = os_new_id();
    int32_t former = enrol(code_make(1, "commune", "1 hour"), 11, 12).device;
    int32_t beside = enrol(code_make(2, "commune", "1 hour"), 13, 14).device;
    replica_make(&replica, former);
    struct enrolment x = asking(code_make(3, "commune", "1 hour"), 15, 16);
    x.unit = r.unit;
    x.replica = &replica;
    struct outcome e = enrol_as(&x);
    cr_assert_eq(e.err, ERR_OK);
    cr_assert_eq(holder_of(&replica), e.device);
    cr_assert(is_revoked(former) && !is_revoked(beside) && !is_revoked(e.device));
    cr_assert_eq(enrol_as(&x).device, e.device, "a lost answer is given again");
    cr_assert(!is_revoked(e.device));
}

Test(enrol, the_replica_of_another_unit_stays_where_it_is)
{
    struct id replica = os_new_id();
    int32_t theirs = enrol(code_make(1, "commune", "1 hour"), 11, 12).device;
    sql(&r.base, "update device set unit = %d", r.other);
    replica_make(&replica, theirs);
    struct enrolment x = asking(code_make(2, "commune", "1 hour"), 13, 14);
    x.unit = r.unit;
    x.replica = &replica;
    cr_assert_eq(enrol_as(&x).err, ERR_OK);
    cr_assert_eq(holder_of(&replica), theirs);
    cr_assert(!is_revoked(theirs));
}

Test(enrol, a_key_belongs_to_one_device)
{
    enrol(code_make(1, "commune", "1 hour"), 11, 12);
    int32_t second = code_make(2, "commune", "1 hour");
    cr_assert_eq(enrol(second, 11, 12).err, ERR_NOT_ALLOWED);
    cr_assert_eq(
        sql_int(&r.base, "select count(*) from enrolment_code where id = %d and device is null", second), 1);
}

static const struct gate_row *gate_find(const struct gate_row *rows, size_t count, int key)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(rows[i].key, key_of(key).p, 32) == 0)
            return &rows[i];
    return NULL;
}

Test(enrol, the_gate_knows_devices_and_codes_that_may_enter)
{
    struct gate_row *rows;
    size_t count;
    int32_t used = code_make(1, "commune", "1 hour"), fresh = code_make(2, "reporter", "1 hour");
    struct outcome e = enrol(used, 11, 12);
    struct outcome revoked = enrol(code_make(3, "commune", "1 hour"), 13, 14);
    code_make(4, "commune", "-1 second");
    int32_t cancelled = code_make(5, "commune", "1 hour");
    sql(&r.base,
        "update device set revoked_at = now() where id = %d; update enrolment_code set cancelled_at = now() "
        "where id = %d",
        revoked.device, cancelled);
    OK(&r, store_gate_rows(r.db, r.a, &rows, &count, &r.f));
    const struct gate_row *device = gate_find(rows, count, 11), *code = gate_find(rows, count, 2);
    cr_assert(device != NULL && !device->is_code && !device->reporter && device->id == e.device &&
              device->unit == r.unit && device->expires == 0);
    cr_assert(code != NULL && code->is_code && code->reporter && code->id == fresh && code->unit == r.unit);
    int64_t left = code->expires - sql_int(&r.base, "select extract(epoch from now())::bigint");
    cr_assert(left > 3000 && left <= 3601);
    cr_assert_not_null(gate_find(rows, count, 1), "a lost reply can't be asked for again");
    cr_assert_null(gate_find(rows, count, 13));
    cr_assert_null(gate_find(rows, count, 4));
    cr_assert_null(gate_find(rows, count, 5));
}

Test(enrol, units_come_from_the_own_one_upwards)
{
    struct unit_row up[4];
    size_t count;
    OK(&r, store_units_up(r.db, r.a, r.unit, up, &count, &r.f));
    cr_assert_eq(count, 4);
    const char *const codes[] = {"31317", "930", "93", "VN"};
    for (int i = 0; i < 4; i++) {
        cr_assert_str_eq(up[i].code, codes[i]);
        cr_assert_eq(up[i].level, 4 - i);
    }
    cr_assert_eq(up[0].id, r.unit);
    cr_assert_str_eq(up[0].name, "Phường I");
}

Test(enrol, a_unit_is_found_by_code_and_day)
{
    struct unit_row u;
    sql(&r.base,
        "update unit set valid_to = 20250701 where id = %d; insert into unit (level, code, name, valid_from) "
        "values (4, '31317', 'Phường Mới', 20250701)",
        r.unit);
    OK(&r, store_unit_find(r.db, r.a, "31317", 4, 20250630, &u, &r.f));
    cr_assert_eq(u.id, r.unit);
    OK(&r, store_unit_find(r.db, r.a, "31317", 4, 20250701, &u, &r.f));
    cr_assert_str_eq(u.name, "Phường Mới");
    OK(&r, store_unit_find(r.db, r.a, "31317@2025-06-30", 4, 20260101, &u, &r.f));
    cr_assert_eq(u.id, r.unit);
    cr_assert_eq(store_unit_find(r.db, r.a, "31317", 4, 19990101, &u, &r.f), ERR_NO_SUCH_UNIT);
    cr_assert_eq(store_unit_find(r.db, r.a, "31317", 3, 20260101, &u, &r.f), ERR_NO_SUCH_UNIT);
    cr_assert_eq(store_unit_find(r.db, r.a, "31317@2025", 4, 20260101, &u, &r.f), ERR_NO_SUCH_UNIT);
    cr_assert_eq(store_unit_find(r.db, r.a, "31317@", 4, 20260101, &u, &r.f), ERR_NO_SUCH_UNIT);
}

Test(enrol, a_unit_lies_below_itself_and_those_above)
{
    bool below;
    int32_t province = world_unit(&r.base, "93");
    OK(&r, store_unit_below(r.db, r.a, r.unit, province, &below, &r.f));
    cr_assert(below);
    OK(&r, store_unit_below(r.db, r.a, r.unit, r.unit, &below, &r.f));
    cr_assert(below);
    OK(&r, store_unit_below(r.db, r.a, province, r.unit, &below, &r.f));
    cr_assert(!below);
    OK(&r, store_unit_below(r.db, r.a, r.unit, r.other, &below, &r.f));
    cr_assert(!below);
}
