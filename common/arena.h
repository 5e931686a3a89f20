/* Memory of one request: many small allocations, one release. */
#ifndef HV_ARENA_H
#define HV_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct arena;

/* Makes an arena that hands out at most `budget` bytes between resets. NULL when memory is out. */
struct arena *arena_make(size_t budget);

/* Aligned for any type, not cleared; NULL when the budget is used up. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` times `size` bytes, zeroed; NULL on overflow or when the budget is used up. */
void *arena_zero(struct arena *a, size_t count, size_t size);

/* A copy of `size` bytes with a 0 byte behind them. */
void *arena_copy(struct arena *a, const void *bytes, size_t size);

/* printf into the arena; NULL when the budget is used up. */
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets all allocations and keeps a first block for the next request. */
void arena_reset(struct arena *a);

void arena_free(struct arena *a);
void arena_cleanup(struct arena **a);

/* For protobuf_c_message_unpack: frees nothing, fails when the budget is used up. Lives as long as the arena.
 */
ProtobufCAllocator *arena_allocator(struct arena *a);

#endif
