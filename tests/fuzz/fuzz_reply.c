/* What a client does with foreign bytes: the message, and the records that came down in it. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    Hv__Reply *r;
    struct fault f;
    struct batch b;
    if (wire_reply_unpack(a, (struct bytes){data, size}, &r, &f) != ERR_OK ||
        r->body_case != HV__REPLY__BODY_SYNC)
        return 0;
    if (r->sync->has_pulled &&
        wire_batch_unpack(a, (struct bytes){r->sync->pulled.data, r->sync->pulled.len}, 0, &b, &f) != ERR_OK)
        return 0;
    if (r->sync->report != NULL)
        (void)wire_report_digest(a, r->sync->report);
    return 0;
}
