/* The canonical bytes of a change or record: what the outbox keeps, what the content hash is of, what the log
 * keeps of old values.
 *
 *   varint kind, 16 bytes id, varint base, then for each field set or cleared in the order of the numbers:
 *   varint (number << 1 | cleared), and for a field set: its value
 *   value: text: varint length, bytes; number: zigzag varint; bool: one byte; id: 16 bytes
 *
 * The number of the change is not part of it. */
#ifndef HV_CHANGE_H
#define HV_CHANGE_H

#include "common/arena.h"
#include "common/kind.h"

/* Packs into the arena. ERR_NO_MEMORY only. The kind must be known. */
enum err change_pack(struct arena *a, const struct change *c, struct bytes *out) HV_MUST_USE;

/* Unpacks what change_pack made; values point into `in`. ERR_MALFORMED, ERR_UNKNOWN_KIND, ERR_UNKNOWN_FIELD.
 */
enum err change_unpack(struct arena *a, struct bytes in, struct change *out, struct fault *f) HV_MUST_USE;

/* Packs the fields of `r` named by `mask` in the form above without kind, id and base: fields that `r` lacks
 * are written as cleared. For the log's old values; value_list_unpack reads it back into set, cleared and
 * values. */
enum err value_list_pack(struct arena *a, const struct record *r, uint64_t mask,
                         struct bytes *out) HV_MUST_USE;
enum err value_list_unpack(struct arena *a, const struct kind *kind, struct bytes in, struct change *out,
                           struct fault *f) HV_MUST_USE;

/* 8-byte hash of canonical bytes (SipHash-2-4 with a fixed key). */
uint64_t content_hash(struct bytes canonical);

/* Sets the fields of `c` in `r` (values are borrowed). */
void change_apply(struct record *r, const struct change *c);

/* An empty record or change of a kind, its values in the arena; NULL when the budget is used up. */
struct record *record_make(struct arena *a, const struct kind *kind);
struct change *change_make(struct arena *a, const struct kind *kind);

/* The id of a relation from what it joins: its required fields in order, numbers as 16 bytes. False when
 * `set` lacks one of them; *any tells whether there was one at all. */
bool kind_relation_id(const struct kind *kind, uint64_t set, const struct value *values, struct id *out,
                      bool *any);

/* Moves the values of a record into the arena, before what they point into goes; false when the budget is
 * used up. */
bool record_keep(struct arena *a, struct record *r);

/* A copy of a record with all its values in the arena; NULL when the budget is used up. */
struct record *record_copy(struct arena *a, const struct record *r);

/* Whether the change makes a difference to field i of the record (an absent bool is false), and what of it
 * does so: the rest is taken out of the change. */
bool change_alters(const struct change *c, const struct record *r, size_t i);
void change_trim(struct change *c, const struct record *r);

/* Whether two values of field i are equal. */
bool value_equal(const struct kind *kind, size_t i, const struct value *x, const struct value *y);

/* Typed access by field index; the getters return `none` (or an empty text) when the field is not set, or -1:
 * the kind has no such field. */
void change_set_int(struct change *c, int field, int64_t v);
void change_set_text(struct change *c, int field, const char *p, size_t n);
void change_set_id(struct change *c, int field, const struct id *id); /* borrows */
void change_clear(struct change *c, int field);
bool record_has(const struct record *r, int field);
int64_t record_int(const struct record *r, int field, int64_t none);
struct bytes record_text(const struct record *r, int field);
const struct id *record_id(const struct record *r, int field); /* NULL when not set */

/* The same by the field's name: a number, 0 when not set; a reference, NULL when not set, or the null id. */
int64_t record_number(const struct record *r, const char *field);
const struct id *record_reference(const struct record *r, const char *field);
const struct id *record_reference_or_none(const struct record *r, const char *field);

#endif
