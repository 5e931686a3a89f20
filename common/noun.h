/* Counts with their noun: English says one otherwise than many. */
#ifndef HV_NOUN_H
#define HV_NOUN_H

#include "common/lang.h"
#include <stddef.h>
#include <stdint.h>

struct noun {
    const char *vi;
    const char *one;
    const char *many;
};

extern const struct noun noun_change, noun_code, noun_difference, noun_field, noun_line, noun_member,
    noun_record, noun_remedy, noun_row;

#define NOUN_ROOM 64

/* "1 change", "2,000 changes", "2.000 thay đổi" into out, which is given back. */
const char *noun_count(char out[NOUN_ROOM], uint64_t n, const struct noun *noun, enum lang lang);

/* The same in room of its own, which lasts as long as the block around it. */
#define COUNTED(n, noun, lang) noun_count((char[NOUN_ROOM]){0}, (n), &(noun), (lang))

#endif
