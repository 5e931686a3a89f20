/* What protects texts from Excel, and its undoing. Private to csv*.c. */
#ifndef HV_CSV_GUARD_H
#define HV_CSV_GUARD_H

#include <stdbool.h>
#include <stddef.h>

enum csv_guard {
    CSV_GUARD_NONE,
    CSV_GUARD_MARK,  /* ' in front */
    CSV_GUARD_DIGITS /* as ="..." */
};

enum csv_guard csv_guard_of(const char *p, size_t n, bool plain);

/* Takes the protection off a cell that was read. */
void csv_unguard(const char **p, size_t *n);

#endif
