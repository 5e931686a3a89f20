/* Binary parameters in PostgreSQL's formats (its *_recv functions). */
#include "server/db.h"
#include <endian.h>
#include <string.h>

static char *param_add(struct db_params *p, unsigned type, size_t size)
{
    char *at = p->count < DB_MAX_PARAMS && size <= INT32_MAX ? arena_alloc(p->arena, size + 1) : NULL;
    if (at == NULL) {
        p->failed = true;
        return NULL;
    }
    p->types[p->count] = type;
    p->values[p->count] = at;
    p->lengths[p->count] = (int)size;
    p->count++;
    return at;
}

static void param_copy(struct db_params *p, unsigned type, const void *from, size_t size)
{
    char *at = param_add(p, type, size);
    if (at != NULL && size > 0)
        memcpy(at, from, size);
}

void db_params_begin(struct db_params *p, struct arena *a)
{
    p->arena = a;
    p->count = 0;
    p->failed = false;
}

void db_null(struct db_params *p, unsigned type)
{
    if (param_add(p, type, 0) != NULL)
        p->values[p->count - 1] = NULL;
}

void db_int4(struct db_params *p, int32_t v)
{
    uint32_t be = htobe32((uint32_t)v);
    param_copy(p, DB_INT4, &be, sizeof be);
}

void db_int8(struct db_params *p, int64_t v)
{
    uint64_t be = htobe64((uint64_t)v);
    param_copy(p, DB_INT8, &be, sizeof be);
}

void db_bool(struct db_params *p, bool v)
{
    uint8_t byte = v;
    param_copy(p, DB_BOOL, &byte, 1);
}

void db_text(struct db_params *p, const char *v)
{
    if (v == NULL)
        db_null(p, DB_TEXT);
    else
        param_copy(p, DB_TEXT, v, strlen(v));
}

void db_bytea(struct db_params *p, struct bytes v)
{
    if (v.p == NULL)
        db_null(p, DB_BYTEA);
    else
        param_copy(p, DB_BYTEA, v.p, v.n);
}

void db_uuid(struct db_params *p, const struct id *v)
{
    param_copy(p, DB_UUID, v->b, sizeof v->b);
}

/* dimensions, flags, element type, length, lower bound */
#define ARRAY_HEAD 20

static size_t element_size(unsigned type)
{
    switch (type) {
    case DB_BOOL:
        return 1;
    case DB_INT2:
        return 2;
    case DB_INT4:
        return 4;
    case DB_INT8:
        return 8;
    case DB_UUID:
        return sizeof(struct id);
    default:
        return 0;
    }
}

void db_array_begin(struct db_array *x, struct db_params *p, unsigned type, size_t count,
                    size_t payload_bytes)
{
    *x = (struct db_array){.params = p, .type = type, .used = ARRAY_HEAD};
    x->room = ARRAY_HEAD + count * (4 + element_size(type)) + payload_bytes;
    x->start = arena_alloc(p->arena, x->room);
    if (x->start == NULL)
        p->failed = true;
}

static bool array_grow(struct db_array *x, size_t more)
{
    size_t room = 2 * x->room + more;
    uint8_t *wider = arena_alloc(x->params->arena, room);
    if (wider == NULL) {
        x->params->failed = true;
        return false;
    }
    memcpy(wider, x->start, x->used);
    x->start = wider;
    x->room = room;
    return true;
}

/* Room for one more element of `n` bytes behind its length word; NULL when there is none. */
static uint8_t *array_element(struct db_array *x, uint32_t length, size_t n)
{
    if (x->params->failed || (x->room - x->used < 4 + n && !array_grow(x, 4 + n)))
        return NULL;
    uint8_t *at = x->start + x->used;
    uint32_t be = htobe32(length);
    memcpy(at, &be, sizeof be);
    x->used += 4 + n;
    x->count++;
    return at + 4;
}

void db_array_null(struct db_array *x)
{
    array_element(x, UINT32_MAX, 0);
    x->has_null = true;
}

void db_array_int(struct db_array *x, int64_t v)
{
    size_t n = element_size(x->type);
    uint8_t *at = array_element(x, (uint32_t)n, n);
    uint64_t be = htobe64((uint64_t)v);
    if (at != NULL)
        memcpy(at, (const uint8_t *)&be + sizeof be - n, n);
}

void db_array_bytes(struct db_array *x, const void *p, size_t n)
{
    uint8_t *at = array_element(x, (uint32_t)n, n);
    if (at != NULL && n > 0)
        memcpy(at, p, n);
}

/* The array types of PostgreSQL's catalogue (pg_type.dat). */
static unsigned array_type(unsigned element)
{
    static const struct {
        unsigned element;
        unsigned array;
    } types[] = {{DB_BOOL, 1000}, {DB_BYTEA, 1001}, {DB_INT2, 1005}, {DB_INT4, 1007},
                 {DB_TEXT, 1009}, {DB_INT8, 1016},  {DB_UUID, 2951}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].element == element)
            return types[i].array;
    return 0;
}

void db_array_end(struct db_array *x)
{
    struct db_params *p = x->params;
    if (p->failed || p->count == DB_MAX_PARAMS || x->used > INT32_MAX) {
        p->failed = true;
        return;
    }
    uint32_t head[] = {htobe32(x->count > 0), htobe32(x->has_null), htobe32(x->type), htobe32(x->count),
                       htobe32(1)};
    memcpy(x->start, head, sizeof head);
    p->types[p->count] = array_type(x->type);
    p->values[p->count] = (const char *)x->start;
    p->lengths[p->count] = x->count > 0 ? (int)x->used : 12; /* an empty array has no dimension */
    p->count++;
}
