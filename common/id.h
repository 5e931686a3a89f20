/* Ids of records: UUIDv7 for what is made, UUIDv8 for what is computed. */
#ifndef HV_ID_H
#define HV_ID_H

#include "common/fault.h"
#include "common/value.h"

/* A UUIDv7 of the time `ms` (milliseconds since 1970) and 10 random bytes. */
struct id id_make(uint64_t ms, const uint8_t random[10]);

/* The civil day (yyyymmdd, at UTC+7) of an id that holds a time; 0: it holds none. */
int32_t id_day(const struct id *id);

/* The id of a relation of `kind_number` between `count` ids in their order: BLAKE2b of them, marked as
 * UUIDv8. */
struct id id_of_relation(uint32_t kind_number, const struct id *const *ids, size_t count);

/* 36 characters and a 0. */
#define ID_TEXT 37
void id_format(const struct id *id, char out[ID_TEXT]);

/* Takes the 36-character form, any case. False when it is none. */
bool id_parse(const char *text, struct id *out);

#endif
