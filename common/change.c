#include "common/change.h"
#include "common/id.h"
#include "common/varint.h"
#include <sodium.h>
#include <string.h>

/* Bytes that a value takes at most. */
static size_t value_room(enum field_type type, const struct value *v)
{
    switch (type) {
    case FIELD_TEXT:
        return VARINT_MAX + (size_t)v->n;
    case FIELD_ID:
        return sizeof(struct id);
    default:
        return VARINT_MAX;
    }
}

static uint8_t *value_put(uint8_t *p, enum field_type type, const struct value *v)
{
    size_t n = v->n;
    switch (type) {
    case FIELD_TEXT:
        p = varint_put(p, n);
        break;
    case FIELD_ID:
        n = sizeof(struct id);
        break;
    case FIELD_BOOL:
        *p = (uint8_t)v->i;
        return p + 1;
    default:
        return varint_put(p, zigzag(v->i));
    }
    if (n > 0)
        memcpy(p, v->p, n);
    return p + n;
}

static void value_read(struct reader *r, enum field_type type, struct value *out)
{
    const uint8_t *p;
    uint64_t n = sizeof(struct id);
    switch (type) {
    case FIELD_TEXT:
        n = read_varint(r);
        if (n > UINT32_MAX)
            reader_fail(r);
        break;
    case FIELD_ID:
        break;
    case FIELD_BOOL:
        p = read_bytes(r, 1);
        out->i = p == NULL ? 0 : *p;
        return;
    default:
        out->i = unzigzag(read_varint(r));
        return;
    }
    out->p = (const char *)read_bytes(r, n);
    out->n = (uint32_t)n;
}

static size_t fields_room(const struct kind *kind, uint64_t set, uint64_t mask, const struct value *values)
{
    size_t room = 0;
    for (size_t i = 0; i < kind->field_count; i++) {
        uint64_t bit = field_bit(kind, i);
        if (mask & bit)
            room += 2 + (set & bit ? value_room(field_type(kind, i), &values[i]) : 0);
    }
    return room;
}

/* The fields in `mask`: those in `set` with their value, the others as cleared. */
static uint8_t *fields_put(uint8_t *p, const struct kind *kind, uint64_t set, uint64_t mask,
                           const struct value *values)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        uint64_t bit = field_bit(kind, i);
        if (!(mask & bit))
            continue;
        p = varint_put(p, (uint64_t)field_number(kind, i) << 1 | !(set & bit));
        if (set & bit)
            p = value_put(p, field_type(kind, i), &values[i]);
    }
    return p;
}

static enum err fields_read(struct reader *r, const struct kind *kind, struct change *out, struct fault *f)
{
    uint64_t last = 0;
    while (r->p < r->end) {
        uint64_t key = read_varint(r);
        uint64_t number = key >> 1;
        if (r->bad || number <= last || number > 62)
            return fault(f, ERR_MALFORMED, "a list of values does not name its fields in order");
        int i = kind_field_by_number(kind, (uint32_t)number);
        if (i < 0)
            return fault(f, ERR_UNKNOWN_FIELD, "kind %u has no field %u", kind->number, (unsigned)number);
        last = number;
        if (key & 1) {
            out->cleared |= UINT64_C(1) << number;
            continue;
        }
        out->set |= UINT64_C(1) << number;
        value_read(r, field_type(kind, (size_t)i), &out->values[i]);
    }
    return r->bad ? fault(f, ERR_MALFORMED, "a list of values ends early") : ERR_OK;
}

enum err change_pack(struct arena *a, const struct change *c, struct bytes *out)
{
    uint64_t mask = c->set | c->cleared;
    size_t room = 2 * VARINT_MAX + sizeof c->id.b + fields_room(c->kind, c->set, mask, c->values);
    uint8_t *start = arena_alloc(a, room);
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *p = varint_put(start, c->kind->number);
    memcpy(p, c->id.b, sizeof c->id.b);
    p = varint_put(p + sizeof c->id.b, c->base);
    p = fields_put(p, c->kind, c->set, mask, c->values);
    *out = (struct bytes){start, (size_t)(p - start)};
    return ERR_OK;
}

static enum err values_make(struct arena *a, const struct kind *kind, struct change *out, struct fault *f)
{
    *out = (struct change){.kind = kind, .kind_number = kind->number};
    out->values = arena_zero(a, kind->field_count, sizeof *out->values);
    return out->values == NULL ? fault(f, ERR_NO_MEMORY, "no memory for a change") : ERR_OK;
}

enum err change_unpack(struct arena *a, struct bytes in, struct change *out, struct fault *f)
{
    struct reader r = reader_of(in.p, in.n);
    uint64_t number = read_varint(&r);
    const uint8_t *id = read_bytes(&r, sizeof(struct id));
    uint64_t base = read_varint(&r);
    if (r.bad)
        return fault(f, ERR_MALFORMED, "a change ends early");
    const struct kind *kind = number > UINT32_MAX ? NULL : kind_by_number((uint32_t)number);
    if (kind == NULL)
        return fault(f, ERR_UNKNOWN_KIND, "there is no kind %llu", (unsigned long long)number);
    enum err err = values_make(a, kind, out, f);
    if (err != ERR_OK)
        return err;
    memcpy(out->id.b, id, sizeof out->id.b);
    out->base = base;
    return fields_read(&r, kind, out, f);
}

enum err value_list_pack(struct arena *a, const struct record *r, uint64_t mask, struct bytes *out)
{
    uint8_t *start = arena_alloc(a, fields_room(r->kind, r->set, mask, r->values));
    if (start == NULL)
        return ERR_NO_MEMORY;
    uint8_t *end = fields_put(start, r->kind, r->set, mask, r->values);
    *out = (struct bytes){start, (size_t)(end - start)};
    return ERR_OK;
}

enum err value_list_unpack(struct arena *a, const struct kind *kind, struct bytes in, struct change *out,
                           struct fault *f)
{
    struct reader r = reader_of(in.p, in.n);
    enum err err = values_make(a, kind, out, f);
    return err != ERR_OK ? err : fields_read(&r, kind, out, f);
}

uint64_t content_hash(struct bytes canonical)
{
    static const uint8_t key[crypto_shorthash_KEYBYTES] = "hoivien content";
    uint8_t out[crypto_shorthash_BYTES];
    uint64_t hash = 0;
    crypto_shorthash(out, canonical.p, canonical.n, key);
    for (size_t i = 0; i < sizeof out; i++)
        hash |= (uint64_t)out[i] << (8 * i);
    return hash;
}

void change_apply(struct record *r, const struct change *c)
{
    for (size_t i = 0; i < r->kind->field_count; i++)
        if (c->set & field_bit(r->kind, i))
            r->values[i] = c->values[i];
    r->set = (r->set & ~c->cleared) | c->set;
}

struct record *record_make(struct arena *a, const struct kind *kind)
{
    struct record *r = arena_zero(a, 1, sizeof *r);
    if (r == NULL)
        return NULL;
    r->kind = kind;
    r->values = arena_zero(a, kind->field_count, sizeof *r->values);
    return r->values == NULL ? NULL : r;
}

struct change *change_make(struct arena *a, const struct kind *kind)
{
    struct change *c = arena_alloc(a, sizeof *c);
    return c == NULL || values_make(a, kind, c, NULL) != ERR_OK ? NULL : c;
}

bool value_equal(const struct kind *kind, size_t i, const struct value *x, const struct value *y)
{
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        return x->n == y->n && (x->n == 0 || memcmp(x->p, y->p, x->n) == 0);
    case FIELD_ID:
        return memcmp(x->p, y->p, sizeof(struct id)) == 0;
    default:
        return x->i == y->i;
    }
}

bool change_alters(const struct change *c, const struct record *r, size_t i)
{
    uint64_t bit = field_bit(c->kind, i);
    bool is_bool = field_type(c->kind, i) == FIELD_BOOL;
    if ((c->cleared & bit) != 0)
        return is_bool ? record_int(r, (int)i, 0) != 0 : record_has(r, (int)i);
    if ((c->set & bit) == 0)
        return false;
    if (!record_has(r, (int)i))
        return !is_bool || c->values[i].i != 0;
    return !value_equal(c->kind, i, &r->values[i], &c->values[i]);
}

void change_trim(struct change *c, const struct record *r)
{
    for (size_t i = 0; i < c->kind->field_count; i++) {
        uint64_t stays = change_alters(c, r, i) ? UINT64_MAX : ~field_bit(c->kind, i);
        c->set &= stays;
        c->cleared &= stays;
    }
}

static void change_mark(struct change *c, int field)
{
    uint64_t bit = field_bit(c->kind, (size_t)field);
    c->set |= bit;
    c->cleared &= ~bit;
}

void change_set_int(struct change *c, int field, int64_t v)
{
    c->values[field] = (struct value){.i = v};
    change_mark(c, field);
}

void change_set_text(struct change *c, int field, const char *p, size_t n)
{
    c->values[field] = (struct value){.p = p, .n = (uint32_t)n};
    change_mark(c, field);
}

void change_set_id(struct change *c, int field, const struct id *id)
{
    change_set_text(c, field, (const char *)id->b, sizeof id->b);
}

void change_clear(struct change *c, int field)
{
    uint64_t bit = field_bit(c->kind, (size_t)field);
    c->set &= ~bit;
    c->cleared |= bit;
}

bool record_has(const struct record *r, int field)
{
    return field >= 0 && (r->set & field_bit(r->kind, (size_t)field)) != 0;
}

int64_t record_int(const struct record *r, int field, int64_t none)
{
    return record_has(r, field) ? r->values[field].i : none;
}

struct bytes record_text(const struct record *r, int field)
{
    if (!record_has(r, field))
        return (struct bytes){(const uint8_t *)"", 0};
    return (struct bytes){(const uint8_t *)r->values[field].p, r->values[field].n};
}

const struct id *record_id(const struct record *r, int field)
{
    return record_has(r, field) ? (const struct id *)r->values[field].p : NULL;
}

#define JOINED_MAX 8

static struct id number_as_id(int64_t n)
{
    struct id id = {{0}};
    for (size_t i = 0; i < 8; i++)
        id.b[15 - i] = (uint8_t)((uint64_t)n >> (8 * i));
    return id;
}

bool kind_relation_id(const struct kind *kind, uint64_t set, const struct value *values, struct id *out,
                      bool *any)
{
    struct id numbers[JOINED_MAX];
    const struct id *joined[JOINED_MAX];
    size_t wanted = 0, count = 0;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (!kind->fields[i].required)
            continue;
        wanted++;
        if ((set & field_bit(kind, i)) == 0 || count == JOINED_MAX)
            continue;
        numbers[count] = number_as_id(values[i].i);
        joined[count] =
            field_type(kind, i) == FIELD_ID ? (const struct id *)(const void *)values[i].p : &numbers[count];
        count++;
    }
    *any = count > 0;
    if (count == wanted)
        *out = id_of_relation(kind->number, joined, count);
    return count == wanted;
}

bool record_keep(struct arena *a, struct record *r)
{
    for (size_t i = 0; i < r->kind->field_count; i++) {
        enum field_type type = field_type(r->kind, i);
        if ((type != FIELD_TEXT && type != FIELD_ID) || (r->set & field_bit(r->kind, i)) == 0)
            continue;
        size_t n = type == FIELD_ID ? sizeof(struct id) : r->values[i].n;
        if ((r->values[i].p = arena_copy(a, r->values[i].p, n)) == NULL)
            return false;
    }
    return true;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
    struct record *copy = record_make(a, r->kind);
    if (copy == NULL)
        return NULL;
    copy->id = r->id;
    copy->set = r->set;
    memcpy(copy->values, r->values, r->kind->field_count * sizeof *r->values);
    return record_keep(a, copy) ? copy : NULL;
}

int64_t record_number(const struct record *r, const char *field)
{
    return record_int(r, kind_field(r->kind, field), 0);
}

const struct id *record_reference(const struct record *r, const char *field)
{
    return record_id(r, kind_field(r->kind, field));
}

const struct id *record_reference_or_none(const struct record *r, const char *field)
{
    static const struct id none;
    const struct id *id = record_reference(r, field);
    return id != NULL ? id : &none;
}
