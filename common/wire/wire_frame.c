#include "common/wire/wire_frame.h"
#include "common/wire.h"
#include <zstd.h>

#define LEVEL      3
#define LONG_PIECE 512 /* bytes from which a table of its own pays */

/* Takes a message piece by piece as protobuf-c packs it. */
struct frame_writer {
    ProtobufCBuffer base;
    ZSTD_CCtx *context;
    ZSTD_outBuffer out;
    bool bad;
};

static void frame_write(struct frame_writer *w, const void *bytes, size_t n, ZSTD_EndDirective how)
{
    ZSTD_inBuffer in = {bytes, n, 0};
    size_t left = ZSTD_compressStream2(w->context, &w->out, &in, how);
    if (ZSTD_isError(left) || in.pos < n || (how != ZSTD_e_continue && left > 0))
        w->bad = true;
}

/* zstd codes the symbols of a block by one table. The values of a column resemble each other and no other
 * column, so a long piece gets a block of its own. */
static void frame_append(ProtobufCBuffer *buffer, size_t n, const uint8_t *bytes)
{
    struct frame_writer *w = (struct frame_writer *)buffer;
    if (n < LONG_PIECE) {
        frame_write(w, bytes, n, ZSTD_e_continue);
        return;
    }
    frame_write(w, NULL, 0, ZSTD_e_flush);
    frame_write(w, bytes, n, ZSTD_e_flush);
}

static void context_free(ZSTD_CCtx **context)
{
    ZSTD_freeCCtx(*context);
}

enum err frame_pack(struct arena *a, const ProtobufCMessage *m, struct bytes *out)
{
    size_t size = protobuf_c_message_get_packed_size(m);
    if (size > WIRE_MAX_RAW)
        return ERR_TOO_LARGE;
    size_t room = ZSTD_compressBound(size) + size / 16;
    uint8_t *p = arena_alloc(a, room);
    __attribute__((cleanup(context_free))) ZSTD_CCtx *context = ZSTD_createCCtx();
    if (p == NULL || context == NULL)
        return ERR_NO_MEMORY;
    struct frame_writer w = {.base = {frame_append}, .context = context, .out = {p, room, 0}};
    if (ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL)) ||
        ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(context, size)))
        return ERR_INTERNAL;
    protobuf_c_message_pack_to_buffer(m, &w.base);
    frame_write(&w, NULL, 0, ZSTD_e_end);
    if (w.bad)
        return ERR_NO_MEMORY;
    *out = (struct bytes){p, w.out.pos};
    return ERR_OK;
}

static void decontext_free(ZSTD_DCtx **context)
{
    ZSTD_freeDCtx(*context);
}

/* zstd has frames without content, too, which its functions pass over. */
static bool frame_has_content(struct bytes in)
{
    return in.n >= 4 && (in.p[0] | (uint32_t)in.p[1] << 8 | (uint32_t)in.p[2] << 16 |
                         (uint32_t)in.p[3] << 24) == ZSTD_MAGICNUMBER;
}

enum err frame_unpack(struct arena *a, struct bytes in, struct bytes *out, struct fault *f)
{
    unsigned long long size = ZSTD_getFrameContentSize(in.p, in.n);
    if (!frame_has_content(in) || size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return fault(f, ERR_MALFORMED, "the batch is not a zstd frame that names its size");
    if (size > WIRE_MAX_RAW)
        return fault(f, ERR_TOO_LARGE, "the batch has %llu bytes, more than %u", size, WIRE_MAX_RAW);
    if (ZSTD_findFrameCompressedSize(in.p, in.n) != in.n)
        return fault(f, ERR_MALFORMED, "the batch is cut short or something lies behind it");
    uint8_t *p = arena_alloc(a, size);
    __attribute__((cleanup(decontext_free))) ZSTD_DCtx *context = ZSTD_createDCtx();
    if (p == NULL || context == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for a batch of %llu bytes", size);
    if (ZSTD_decompressDCtx(context, p, size, in.p, in.n) != size)
        return fault(f, ERR_MALFORMED, "the batch does not decompress");
    *out = (struct bytes){p, size};
    return ERR_OK;
}
