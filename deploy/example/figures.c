#include "deploy/example/example.h"
#include <string.h>

#define MILLION INT64_C(1000000)

uint64_t example_random(uint64_t *state, uint64_t below)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return below == 0 ? 0 : z % below;
}

/* Towns are larger than communes in the countryside. */
static int64_t weight_of(const struct example_commune *c, uint64_t *state)
{
    bool town = strcmp(c->type, "Xã") != 0;
    return (town ? 1100 : 700) + (int64_t)example_random(state, 700);
}

static void spread_women(struct example_commune *communes, size_t count, uint64_t *state)
{
    int64_t weights = 0, given = 0;
    for (size_t i = 0; i < count; i++)
        weights += communes[i].women = weight_of(&communes[i], state);
    for (size_t i = 0; i < count; i++)
        given += communes[i].women = communes[i].women * EXAMPLE_WOMEN / weights;
    for (size_t i = 0; given < EXAMPLE_WOMEN; i = (i + 1) % count, given++)
        communes[i].women++;
}

static int64_t part(int64_t women, int64_t millionths)
{
    return women * millionths / MILLION;
}

/* Moves members between the communes above one half until the total fits; each stays between 51 and 69 %. */
static void settle(struct example_commune *communes, const bool *below, size_t count, int64_t total)
{
    while (total != EXAMPLE_MEMBERS) {
        for (size_t i = 0; i < count && total != EXAMPLE_MEMBERS; i++) {
            struct example_commune *c = &communes[i];
            int64_t step = total < EXAMPLE_MEMBERS ? 1 : -1;
            int64_t next = c->members + step;
            if (below[i] || next <= part(c->women, 510000) || next >= part(c->women, 690000))
                continue;
            c->members = next;
            total += step;
        }
    }
}

void example_spread(struct example_commune *communes, size_t count, uint64_t seed)
{
    uint64_t state = seed;
    bool below[4096] = {false};
    spread_women(communes, count, &state);
    for (size_t i = 0, left = EXAMPLE_BELOW_HALF; left > 0; i = (i + 1) % count)
        if (!below[i] && example_random(&state, 9) == 0) {
            below[i] = true;
            left--;
        }
    int64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        struct example_commune *c = &communes[i];
        int64_t ratio = below[i] ? 360000 + (int64_t)example_random(&state, 135000)
                                 : 515000 + (int64_t)example_random(&state, 120000);
        total += c->members = part(c->women, ratio);
    }
    settle(communes, below, count, total);
}
