/* What a client does with foreign bytes: the message, the records that came down in it, the report that it
 * keeps. */
#include "tests/fuzz/fuzz.h"

static void keep_report(struct arena *a, const Hv__TargetReport *report)
{
    Hv__TargetReport *back;
    struct bytes packed;
    struct fault f;
    uint64_t digest = wire_report_digest(a, report);
    enum err err = wire_report_pack(a, report, &packed);
    if (err == ERR_OK && digest != 0 && wire_report_unpack(a, packed, &back, &f) == ERR_OK) {
        uint64_t again = wire_report_digest(a, back);
        must(again == digest || again == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    Hv__Reply *r;
    struct fault f;
    struct batch b;
    if (wire_reply_unpack(a, (struct bytes){data, size}, &r, &f) != ERR_OK)
        return 0;
    if (r->body_case == HV__REPLY__BODY_TARGET)
        keep_report(a, r->target);
    if (r->body_case != HV__REPLY__BODY_SYNC)
        return 0;
    if (r->sync->report != NULL)
        keep_report(a, r->sync->report);
    struct bytes pulled = {r->sync->pulled.data, r->sync->pulled.len};
    if (r->sync->has_pulled && wire_batch_unpack(a, pulled, 0, &b, &f) == ERR_OK)
        for (size_t i = 0; i < b.count; i++)
            must(b.changes[i].number == 0 && b.changes[i].base == 0);
    return 0;
}
