#include "common/wording.h"
#include "common/change.h"
#include "proto/record.pb-c.h"

#define WORDING_BITS 40

static uint64_t bit_of(const char *field)
{
    return field_bit(&kind_notice, (size_t)kind_field(&kind_notice, field));
}

/* A notice to no audience in particular is one to all. */
static uint64_t audience_bit(const struct record *notice)
{
    int64_t audience = record_int(notice, kind_field(&kind_notice, "audience"), HV__AUDIENCE__ALL_COMMUNES);
    return audience != HV__AUDIENCE__ALL_COMMUNES ? bit_of("audience") : 0;
}

enum err wording_of(struct arena *a, const struct record *notice, int64_t *out)
{
    struct bytes packed;
    *out = WORDING_WITHDRAWN;
    if (record_int(notice, kind_field(&kind_notice, "voided"), 0) != 0)
        return ERR_OK;
    uint64_t fields = bit_of("name") | bit_of("body") | bit_of("due") | audience_bit(notice);
    enum err e = value_list_pack(a, notice, fields, &packed);
    if (e == ERR_OK)
        *out = (int64_t)(content_hash(packed) & ((UINT64_C(1) << WORDING_BITS) - 1));
    if (e == ERR_OK && *out == WORDING_WITHDRAWN)
        *out = 1;
    return e;
}
