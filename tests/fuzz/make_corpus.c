/* make_corpus FOLDER: first inputs for the targets request, reply, batch and change: one of each message, and
 * small batches with all kinds in them. The same every time. */
#include "common/os.h"
#include "common/wire/wire_frame.h"
#include "proto/batch.pb-c.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/sample.h"

#define ROWS 12

static void save(const char *folder, const char *target, const char *name, struct bytes b)
{
    char path[1000];
    struct fault f;
    snprintf(path, sizeof path, "%s/%s", folder, target);
    must(os_folder_make(path, &f) == ERR_OK);
    snprintf(path, sizeof path, "%s/%s/%s", folder, target, name);
    must(os_file_write(path, b.p, b.n, 0644, &f) == ERR_OK);
}

static void save_request(const char *folder, struct arena *a, const char *name, Hv__Request *r)
{
    struct bytes out;
    r->has_id = r->has_protocol = r->has_schema = true;
    r->id = 1;
    r->protocol = WIRE_PROTOCOL;
    r->schema = kind_schema();
    must(wire_request_pack(a, r, &out) == ERR_OK);
    save(folder, "request", name, out);
}

static void save_reply(const char *folder, struct arena *a, const char *name, Hv__Reply *r)
{
    struct bytes out;
    r->has_id = true;
    r->id = 1;
    must(wire_reply_pack(a, r, &out) == ERR_OK);
    save(folder, "reply", name, out);
}

/* The batch as the target wants it: not compressed, a byte for its way in front. */
static void save_batch(const char *folder, struct arena *a, const char *name, struct bytes packed,
                       uint8_t way)
{
    struct bytes raw;
    struct fault f;
    must(frame_unpack(a, packed, &raw, &f) == ERR_OK);
    uint8_t *out = arena_alloc(a, raw.n + 1);
    out[0] = way;
    memcpy(out + 1, raw.p, raw.n);
    save(folder, "batch", name, (struct bytes){out, raw.n + 1});
}

/* Three rows of each kind; the texts of a people that does not exist. */
static struct batch rows_of_all_kinds(struct sample *s, bool up)
{
    struct batch b = {.changes = arena_zero(s->arena, ROWS, sizeof *b.changes), .count = ROWS};
    for (size_t i = 0; i < ROWS; i++) {
        b.changes[i] = *sample_change(s, kinds[i * kind_count / ROWS]);
        b.changes[i].number = up ? 7 + (i * 5) % (ROWS + 1) : 0;
    }
    for (size_t i = 1; up && i < ROWS; i++)
        if (b.changes[i].kind == b.changes[i - 1].kind && b.changes[i].number < b.changes[i - 1].number)
            b.changes[i].number += ROWS + 1;
    return b;
}

static ProtobufCBinaryData borrowed(struct bytes b)
{
    return (ProtobufCBinaryData){b.n, (uint8_t *)(uintptr_t)b.p};
}

static void requests(const char *folder, struct arena *a, struct bytes batch)
{
    static uint8_t key[64] = {9};
    Hv__Cursor cursor = HV__CURSOR__INIT, *cursors[] = {&cursor};
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__EnrolRequest enrol = HV__ENROL_REQUEST__INIT;
    Hv__TargetRequest target = HV__TARGET_REQUEST__INIT;
    Hv__ProvinceRequest province = HV__PROVINCE_REQUEST__INIT;
    Hv__Request r = HV__REQUEST__INIT;
    cursor.has_stream = cursor.has_rev = cursor.has_mark = true;
    sync.has_replica = sync.has_first = sync.has_batch = sync.has_pull = sync.pull = true;
    sync.replica = (ProtobufCBinaryData){16, key};
    sync.first = 7;
    sync.batch = borrowed(batch);
    sync.n_cursor = 1;
    sync.cursor = cursors;
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    save_request(folder, a, "sync", &r);
    r.program = (char *)"hoivien 0.1.0";
    enrol.has_curve_key = enrol.has_sign_key = enrol.has_proof = true;
    enrol.curve_key = enrol.sign_key = (ProtobufCBinaryData){32, key};
    enrol.proof = (ProtobufCBinaryData){64, key};
    r.body_case = HV__REQUEST__BODY_ENROL;
    r.enrol = &enrol;
    save_request(folder, a, "enrol", &r);
    target.has_digest = true;
    r.body_case = HV__REQUEST__BODY_TARGET;
    r.target = &target;
    save_request(folder, a, "target", &r);
    province.code = (char *)"93@2019-10-06";
    province.has_as_of = true;
    province.as_of = 20181231;
    r.body_case = HV__REQUEST__BODY_PROVINCE;
    r.province = &province;
    save_request(folder, a, "province", &r);
}

static void replies(const char *folder, struct arena *a, struct bytes batch)
{
    Hv__TargetLine line = HV__TARGET_LINE__INIT, *lines[] = {&line};
    Hv__TargetReport report = HV__TARGET_REPORT__INIT;
    Hv__Verdict verdict = HV__VERDICT__INIT, *verdicts[] = {&verdict};
    Hv__SyncReply sync = HV__SYNC_REPLY__INIT;
    Hv__Error error = HV__ERROR__INIT;
    Hv__Reply r = HV__REPLY__INIT;
    line.title = (char *)"Không cơ sở nào dưới 50 %";
    line.has_form = line.has_threshold = line.has_numerator = line.has_denominator = line.has_verdict = true;
    line.form = HV__FORM__NONE_BELOW;
    line.threshold = 500000;
    line.numerator = 1183;
    line.denominator = 2561;
    line.verdict = HV__VERDICT_WORD__NOT_MET;
    report.n_line = 1;
    report.line = lines;
    verdict.has_number = verdict.has_code = true;
    verdict.code = HV__CODE__BAD_DATE;
    sync.has_last = sync.has_pulled = true;
    sync.pulled = borrowed(batch);
    sync.report = &report;
    sync.n_verdict = 1;
    sync.verdict = verdicts;
    r.body_case = HV__REPLY__BODY_SYNC;
    r.sync = &sync;
    save_reply(folder, a, "sync", &r);
    r.body_case = HV__REPLY__BODY_TARGET;
    r.target = &report;
    save_reply(folder, a, "target", &r);
    error.has_code = error.has_expected = true;
    error.code = HV__CODE__GAP;
    error.text = (char *)"a gap";
    r.body_case = HV__REPLY__BODY_ERROR;
    r.error = &error;
    save_reply(folder, a, "error", &r);
}

/* A kind and a field that nobody knows. */
static struct bytes newer_batch(struct arena *a)
{
    static uint8_t ids[16] = {5};
    Hv__Block member = HV__BLOCK__INIT, newer = HV__BLOCK__INIT, *blocks[] = {&member, &newer};
    Hv__Column column = HV__COLUMN__INIT, *columns[] = {&column};
    Hv__Batch m = HV__BATCH__INIT;
    struct bytes out;
    member.has_kind = member.has_count = member.has_ids = column.has_field = true;
    member.kind = kind_member.number;
    member.count = 1;
    member.ids = (ProtobufCBinaryData){sizeof ids, ids};
    newer = member;
    newer.kind = 900;
    column.field = 61;
    member.n_column = 1;
    member.column = columns;
    m.n_block = 2;
    m.block = blocks;
    must(frame_pack(a, &m.base, &out) == ERR_OK);
    return out;
}

int main(int argc, char **argv)
{
    struct arena *a = fuzz_arena();
    struct sample s = {a, 93};
    struct bytes up, down, away, one;
    if (argc != 2)
        return 2;
    struct batch b = rows_of_all_kinds(&s, true), d = rows_of_all_kinds(&s, false);
    struct gone gone[] = {{kind_member.number, *sample_id(&s)}, {kind_event.number, *sample_id(&s)}};
    struct batch g = {.gone = gone, .gone_count = 2};
    must(wire_batch_pack(a, &b, 7, &up) == ERR_OK);
    must(wire_batch_pack(a, &d, 0, &down) == ERR_OK);
    must(wire_batch_pack(a, &g, 0, &away) == ERR_OK);
    save_batch(argv[1], a, "up", up, 1);
    save_batch(argv[1], a, "down", down, 0);
    save_batch(argv[1], a, "gone", away, 0);
    save_batch(argv[1], a, "newer", newer_batch(a), 0);
    for (size_t k = 0; k < kind_count; k++) {
        must(change_pack(a, sample_change(&s, kinds[k]), &one) == ERR_OK);
        save(argv[1], "change", kinds[k]->name, one);
    }
    requests(argv[1], a, up);
    replies(argv[1], a, down);
    return 0;
}
