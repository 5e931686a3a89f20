#include "common/arena.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *first; /* kept over resets */
    struct block *current;
    size_t budget;
    size_t used;
    ProtobufCAllocator allocator;
};

static void *allocator_alloc(void *data, size_t size)
{
    return arena_alloc(data, size);
}

static void allocator_free(void *data, void *pointer)
{
    (void)data;
    (void)pointer;
}

static struct block *block_make(size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (b == NULL)
        return NULL;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

struct arena *arena_make(size_t budget)
{
    struct arena *a = malloc(sizeof *a);
    if (a == NULL)
        return NULL;
    a->first = block_make(BLOCK_SIZE);
    if (a->first == NULL) {
        free(a);
        return NULL;
    }
    a->current = a->first;
    a->budget = budget;
    a->used = 0;
    a->allocator = (ProtobufCAllocator){allocator_alloc, allocator_free, a};
    return a;
}

/* Blocks double, so that a large request needs few of them. */
static struct block *next_block(struct arena *a, size_t size)
{
    size_t want = a->current->size * 2;
    if (want > (size_t)4 << 20)
        want = (size_t)4 << 20;
    if (want < size)
        want = size;
    struct block *b = block_make(want);
    if (b == NULL)
        return NULL;
    a->current->next = b;
    a->current = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > a->budget || a->used > a->budget - size)
        return NULL;
    size_t rounded = (size + 15) & ~(size_t)15;
    struct block *b = a->current;
    if (b->size - b->used < rounded && (b = next_block(a, rounded)) == NULL)
        return NULL;
    void *p = b->bytes + b->used;
    b->used += rounded;
    a->used += rounded;
    return p;
}

void *arena_zero(struct arena *a, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    void *p = arena_alloc(a, total);
    if (p != NULL)
        memset(p, 0, total);
    return p;
}

void *arena_copy(struct arena *a, const void *bytes, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *p = arena_alloc(a, size + 1);
    if (p == NULL)
        return NULL;
    if (size > 0)
        memcpy(p, bytes, size);
    p[size] = '\0';
    return p;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (p != NULL)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

void arena_reset(struct arena *a)
{
    struct block *b = a->first->next;
    while (b != NULL) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    a->first->next = NULL;
    a->first->used = 0;
    a->current = a->first;
    a->used = 0;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    arena_reset(a);
    free(a->first);
    free(a);
}

void arena_cleanup(struct arena **a)
{
    arena_free(*a);
    *a = NULL;
}

ProtobufCAllocator *arena_allocator(struct arena *a)
{
    return &a->allocator;
}
