/* make_corpus FOLDER: first inputs for the targets request, batch, reply and change, from a small real batch.
 */
#include "common/change.h"
#include "common/id.h"
#include "common/os.h"
#include "common/wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static void save(const char *folder, const char *target, const char *name, struct bytes b)
{
    char path[1000];
    struct fault f;
    snprintf(path, sizeof path, "%s/%s", folder, target);
    if (os_folder_make(path, &f) != ERR_OK)
        exit(1);
    snprintf(path, sizeof path, "%s/%s/%s", folder, target, name);
    if (os_file_write(path, b.p, b.n, 0644, &f) != ERR_OK)
        exit(1);
}

static struct change *person(struct arena *a, unsigned n)
{
    static const uint8_t random[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    static struct id group = {{1, 2, 3, 4, 5, 6, 0x77, 8, 0x89}};
    struct change *c = change_make(a, &kind_member);
    char *name = arena_print(a, "Nguyễn Thị Hoa %c", 'A' + (int)n);
    c->id = id_make(1700000000000 + n, random);
    change_set_text(c, kind_field(&kind_member, "name"), name, strlen(name));
    change_set_int(c, kind_field(&kind_member, "birth"), 19700000 + (int)n);
    change_set_id(c, kind_field(&kind_member, "group_id"), &group);
    if (n % 2 == 0)
        change_set_int(c, kind_field(&kind_member, "core"), 1);
    if (n % 3 == 0)
        change_clear(c, kind_field(&kind_member, "phone"));
    c->number = 7 + n;
    c->base = 3;
    return c;
}

static struct bytes raw(struct arena *a, struct bytes packed, char way)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed.p, packed.n);
    uint8_t *out = arena_alloc(a, (size_t)size + 1);
    out[0] = (uint8_t)way;
    ZSTD_decompress(out + 1, (size_t)size, packed.p, packed.n);
    return (struct bytes){out, (size_t)size + 1};
}

static void save_request(const char *folder, struct arena *a, struct bytes batch)
{
    struct bytes out;
    Hv__SyncRequest sync = HV__SYNC_REQUEST__INIT;
    Hv__Request r = HV__REQUEST__INIT;
    uint8_t replica[16] = {9};
    r.has_id = r.has_protocol = sync.has_replica = sync.has_first = sync.has_batch = true;
    r.id = 1;
    r.protocol = WIRE_PROTOCOL;
    r.body_case = HV__REQUEST__BODY_SYNC;
    r.sync = &sync;
    sync.replica = (ProtobufCBinaryData){sizeof replica, replica};
    sync.first = 7;
    sync.batch = (ProtobufCBinaryData){batch.n, (uint8_t *)(uintptr_t)batch.p};
    if (wire_request_pack(a, &r, &out) != ERR_OK)
        exit(1);
    save(folder, "request", "sync", out);
}

static void save_reply(const char *folder, struct arena *a, struct bytes batch)
{
    struct bytes out;
    Hv__SyncReply sync = HV__SYNC_REPLY__INIT;
    Hv__Reply r = HV__REPLY__INIT;
    r.has_id = sync.has_last = sync.has_pulled = true;
    r.id = 1;
    sync.last = 9;
    sync.pulled = (ProtobufCBinaryData){batch.n, (uint8_t *)(uintptr_t)batch.p};
    r.body_case = HV__REPLY__BODY_SYNC;
    r.sync = &sync;
    if (wire_reply_pack(a, &r, &out) != ERR_OK)
        exit(1);
    save(folder, "reply", "sync", out);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_make((size_t)8 << 20);
    struct change changes[10];
    struct bytes up, down, one;
    if (argc != 2)
        return 2;
    for (unsigned i = 0; i < 10; i++)
        changes[i] = *person(a, i);
    struct batch b = {.changes = changes, .count = 10};
    if (wire_batch_pack(a, &b, 7, &up) != ERR_OK || wire_batch_pack(a, &b, 0, &down) != ERR_OK ||
        change_pack(a, &changes[0], &one) != ERR_OK)
        return 1;
    save(argv[1], "batch", "up", raw(a, up, 1));
    save(argv[1], "batch", "down", raw(a, down, 0));
    save(argv[1], "change", "member", one);
    save_request(argv[1], a, up);
    save_reply(argv[1], a, down);
    arena_free(a);
    return 0;
}
