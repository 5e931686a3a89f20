/* Canonical bytes: what can be read is written back as it was, as a change and as a list of values. */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/sample.h"

static void check_list(struct arena *a, const struct change *c)
{
    struct record r = {c->kind, c->id, c->set, c->values};
    struct change back;
    struct bytes packed;
    struct fault f;
    must(value_list_pack(a, &r, c->set | c->cleared, &packed) == ERR_OK);
    must(value_list_unpack(a, c->kind, packed, &back, &f) == ERR_OK);
    back.id = c->id;
    must(sample_same(c, &back));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct change c, back;
    struct bytes packed;
    struct fault f;
    if (change_unpack(a, (struct bytes){data, size}, &c, &f) != ERR_OK)
        return 0;
    must(change_pack(a, &c, &packed) == ERR_OK && packed.n <= size);
    must(change_unpack(a, packed, &back, &f) == ERR_OK);
    must(sample_same(&c, &back) && c.base == back.base);
    check_list(a, &c);
    return 0;
}
