/* Whole numbers as people write them. Pure. */
#ifndef HV_NUMBER_H
#define HV_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Digits, with or without a sign and one separator of thousands throughout: 20000000, 20.000.000, 20,000,000,
 * 20 000 000. Behind them may stand what money is counted in: đ, đồng, VND. False when it is no such number
 * or does not fit. */
bool number_parse(const char *text, int64_t *out);

#endif
