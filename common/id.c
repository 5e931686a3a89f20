#include "common/id.h"
#include "common/date.h"
#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void id_mark(struct id *id, unsigned version)
{
    id->b[6] = (uint8_t)((id->b[6] & 0x0f) | (version << 4));
    id->b[8] = (uint8_t)((id->b[8] & 0x3f) | 0x80);
}

struct id id_make(uint64_t ms, const uint8_t random[10])
{
    struct id id;
    for (int i = 0; i < 6; i++)
        id.b[i] = (uint8_t)(ms >> (40 - 8 * i));
    memcpy(id.b + 6, random, 10);
    id_mark(&id, 7);
    return id;
}

int32_t id_day(const struct id *id)
{
    const uint64_t offset = UINT64_C(7) * 3600 * 1000, day = UINT64_C(86400) * 1000;
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | id->b[i];
    return id->b[6] >> 4 == 7 ? date_of_days((int32_t)((ms + offset) / day)) : 0;
}

struct id id_of_relation(uint32_t kind_number, const struct id *const *ids, size_t count)
{
    uint8_t number[4] = {(uint8_t)(kind_number >> 24), (uint8_t)(kind_number >> 16),
                         (uint8_t)(kind_number >> 8), (uint8_t)kind_number};
    crypto_generichash_state state;
    struct id id;
    crypto_generichash_init(&state, NULL, 0, sizeof id.b);
    crypto_generichash_update(&state, number, sizeof number);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, ids[i]->b, sizeof ids[i]->b);
    crypto_generichash_final(&state, id.b, sizeof id.b);
    id_mark(&id, 8);
    return id;
}

void id_format(const struct id *id, char out[ID_TEXT])
{
    char *p = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        snprintf(p, 3, "%02x", id->b[i]);
        p += 2;
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool id_parse(const char *text, struct id *out)
{
    const char *p = text;
    for (int i = 0; i < 16; i++) {
        if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
            return false;
        int high = hex_digit(*p);
        int low = high < 0 ? -1 : hex_digit(p[1]);
        if (low < 0)
            return false;
        out->b[i] = (uint8_t)(high << 4 | low);
        p += 2;
    }
    return *p == '\0';
}
