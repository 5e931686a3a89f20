/* Small things that are kept beside the records: settings, identity, cursors, the last report. */
#include "client/book/book_private.h"
#include <stdio.h>
#include <string.h>

enum err book_put(struct book *b, const char *name, struct bytes v, struct fault *f)
{
    return book_run(b, SQL_SETTING_PUT, f, "tb", name, v);
}

enum err book_put_number(struct book *b, const char *name, uint64_t v, struct fault *f)
{
    return book_run(b, SQL_SETTING_PUT, f, "ti", name, (int64_t)v);
}

enum err book_get(struct book *b, struct arena *a, const char *name, struct bytes *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = (struct bytes){NULL, 0};
    enum err e = book_fixed(b, SQL_SETTING_GET, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "t", name);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row)
        return e;
    struct bytes v = column_bytes(s, 0);
    out->p = arena_copy(a, v.p, v.n);
    out->n = v.n;
    return out->p == NULL ? book_no_memory(b, f) : ERR_OK;
}

/* The parts of an identity that are single values. A text is kept without its 0 byte. */
static const struct part {
    const char *name;
    size_t offset;
    size_t size;
    bool text;
} parts[] = {
#define PART(name, field, text)                                                                              \
    {                                                                                                        \
        name, offsetof(struct identity, field), sizeof((struct identity *)0)->field, text                    \
    }
    PART("identity.curve.public", curve.public_key, false),
    PART("identity.curve.secret", curve.secret_key, false),
    PART("identity.sign.public", sign.public_key, false),
    PART("identity.sign.secret", sign.secret_key, false),
    PART("identity.replica", replica, false),
    PART("identity.server", server_key, false),
    PART("identity.endpoints", endpoints, true),
    PART("identity.device", device, false),
    PART("identity.role", role, true),
#undef PART
};

static enum err part_load(struct book *b, const struct part *p, struct identity *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_fixed(b, SQL_SETTING_GET, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "t", p->name);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row)
        return e;
    struct bytes v = column_bytes(s, 0);
    if (v.n > 0 && (p->text ? v.n < p->size : v.n == p->size)) /* SQLite gives NULL for an empty blob */
        memcpy((char *)out + p->offset, v.p, v.n);
    return ERR_OK;
}

static enum err units_load(struct book *b, struct identity *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    enum err e = book_fixed(b, SQL_UNIT_EACH, &s, f);
    const size_t room = sizeof out->units / sizeof *out->units;
    while (e == ERR_OK && (e = book_step(b, s, &row, f)) == ERR_OK && row && out->unit_count < room) {
        size_t i = out->unit_count++;
        out->units[i].stream = (uint32_t)sqlite3_column_int64(s, 0);
        snprintf(out->units[i].code, sizeof out->units[i].code, "%s",
                 (const char *)sqlite3_column_text(s, 1));
        snprintf(out->units[i].name, sizeof out->units[i].name, "%s",
                 (const char *)sqlite3_column_text(s, 2));
        out->units[i].level = (uint32_t)sqlite3_column_int64(s, 3);
    }
    return e;
}

void identity_units(struct identity *who, Hv__Unit *const *units, size_t count)
{
    const size_t room = sizeof who->units / sizeof *who->units;
    who->unit_count = 0;
    for (size_t i = 0; i < count && i < room; i++) {
        who->units[i].stream = units[i]->stream;
        who->units[i].level = units[i]->level;
        snprintf(who->units[i].code, sizeof who->units[i].code, "%s",
                 units[i]->code != NULL ? units[i]->code : "");
        snprintf(who->units[i].name, sizeof who->units[i].name, "%s",
                 units[i]->name != NULL ? units[i]->name : "");
        who->unit_count++;
    }
}

enum err identity_load(struct book *b, struct identity *out, struct fault *f)
{
    memset(out, 0, sizeof *out);
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < sizeof parts / sizeof *parts; i++)
        e = part_load(b, &parts[i], out, f);
    return e != ERR_OK ? e : units_load(b, out, f);
}

static enum err part_save(struct book *b, const struct part *p, const struct identity *i, struct fault *f)
{
    const char *from = (const char *)i + p->offset;
    size_t n = p->text ? strnlen(from, p->size - 1) : p->size;
    return book_put(b, p->name, (struct bytes){(const uint8_t *)from, n}, f);
}

static enum err identity_write(struct book *b, const struct identity *i, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t k = 0; e == ERR_OK && k < sizeof parts / sizeof *parts; k++)
        e = part_save(b, &parts[k], i, f);
    if (e == ERR_OK)
        e = book_run(b, SQL_UNIT_CLEAR, f, "");
    for (size_t k = 0; e == ERR_OK && k < i->unit_count; k++)
        e = book_run(b, SQL_UNIT_PUT, f, "iitti", (int64_t)k, (int64_t)i->units[k].stream, i->units[k].code,
                     i->units[k].name, (int64_t)i->units[k].level);
    b->marks.loaded = false; /* the own stream may be another one now */
    b->is_seated = false;
    return e;
}

enum err identity_save(struct book *b, const struct identity *i, struct fault *f)
{
    bool own;
    enum err e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, identity_write(b, i, f), f);
}

/* A row of the table cursor; `rev` and `mark` are 0 when the stream must be fetched anew, because it was
 * pulled by a program that knew less. */
struct cursor {
    uint64_t rev;
    uint64_t mark;
    uint64_t seen;
};

static enum err cursor_read(struct book *b, uint32_t stream, struct cursor *out, struct fault *f)
{
    STATEMENT s = NULL;
    bool row;
    *out = (struct cursor){0};
    enum err e = book_fixed(b, SQL_CURSOR_GET, &s, f);
    if (e == ERR_OK)
        e = book_bind(b, s, f, "i", (int64_t)stream);
    if (e == ERR_OK)
        e = book_step(b, s, &row, f);
    if (e != ERR_OK || !row)
        return e;
    out->seen = column_u64(s, 2);
    if (column_u64(s, 3) >= book_vocabulary()) {
        out->rev = column_u64(s, 0);
        out->mark = column_u64(s, 1);
    }
    return e;
}

enum err cursor_get(struct book *b, uint32_t stream, uint64_t *rev, uint64_t *mark, struct fault *f)
{
    struct cursor c;
    enum err e = cursor_read(b, stream, &c, f);
    *rev = c.rev;
    *mark = c.mark;
    return e;
}

static enum err cursor_write(struct book *b, uint32_t stream, uint64_t rev, uint64_t mark, struct fault *f)
{
    struct cursor c;
    enum err e = cursor_read(b, stream, &c, f);
    if (e != ERR_OK)
        return e;
    /* Going on keeps what was seen (a stream fetched anew starts low); going back means that the server was.
     */
    uint64_t seen = rev >= c.rev && c.seen > rev ? c.seen : rev;
    b->marks.loaded = false;
    return book_run(b, SQL_CURSOR_PUT, f, "iiiii", (int64_t)stream, (int64_t)rev, (int64_t)mark,
                    (int64_t)seen, (int64_t)book_vocabulary());
}

enum err cursor_put(struct book *b, uint32_t stream, uint64_t rev, uint64_t mark, struct fault *f)
{
    bool own;
    enum err e = scope_open(b, &own, f);
    return e != ERR_OK ? e : scope_close(b, own, cursor_write(b, stream, rev, mark, f), f);
}

enum err report_get(struct book *b, struct arena *a, Hv__TargetReport **out, struct fault *f)
{
    struct bytes packed;
    *out = NULL;
    enum err e = book_get(b, a, "report", &packed, f);
    return e != ERR_OK || packed.p == NULL ? e : wire_report_unpack(a, packed, out, f);
}

enum err report_put(struct book *b, struct arena *a, const Hv__TargetReport *r, struct fault *f)
{
    struct bytes packed;
    if (wire_report_pack(a, r, &packed) != ERR_OK)
        return book_no_memory(b, f);
    return book_put(b, "report", packed, f);
}
