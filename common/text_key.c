/* Sort keys. A text's key is three levels one after the other: the letters, the marks on them, their case. A
 * level is looked at only when those before it are equal. Trailing weights that say nothing (no mark, small
 * letter) are left off, which keeps keys short and changes no order. */
#include "common/text.h"
#include "common/text_letter.h"
#include <string.h>

/* Weights start behind the separators, so that a text that is the beginning of another comes first. */
#define BETWEEN_TEXTS  0x01
#define BETWEEN_LEVELS 0x02
#define NOTHING        0x03 /* no mark, small letter */
#define CAPITAL        0x04
#define FIRST_SIGN     0x03
#define FIRST_DIGIT    0x60
#define FIRST_LETTER   0x80 /* four for each of a-z: the letter, and those that follow it in Vietnamese */
#define OTHER          0xf0 /* and three bytes of the code point */

/* Blanks and signs in the order of ICU's root collation. */
static const uint16_t signs[] = {
    '\t', '\n', ' ',  '_', '-',    0x2010, 0x2013, 0x2014, ',',    ';',  ':',    '!',
    0xa1, '?',  0xbf, '.', 0x2026, 0xb7,   '\'',   0x2018, 0x2019, '"',  0x201c, 0x201d,
    0xab, 0xbb, '(',  ')', '[',    ']',    '{',    '}',    0xa7,   '@',  '*',    '/',
    '\\', '&',  '#',  '%', 0x2020, 0x2022, '`',    '^',    0xb0,   0xa9, 0xae,   '+',
    0xb1, 0xf7, 0xd7, '<', '=',    '>',    '|',    '~',    '$',    0xa3, 0x20ab, 0x20ac,
};
_Static_assert(FIRST_SIGN + sizeof signs / sizeof signs[0] <= FIRST_DIGIT, "signs come before digits");

/* Marks by weight: the five tones, then the others as ICU orders them. */
static const uint16_t marks[] = {
    0x300, 0x309, 0x303, 0x301, 0x323, 0x306, 0x302, 0x30c,
    0x30a, 0x308, 0x30b, 0x307, 0x338, 0x327, 0x328, 0x304,
};

/* Letters of their own, by what follows the base. */
static const struct {
    char base;
    uint8_t place;
    uint16_t mark;
} letters[] = {
    {'a', 1, MARK_BREVE},      {'a', 2, MARK_CIRCUMFLEX}, {'e', 1, MARK_CIRCUMFLEX},
    {'o', 1, MARK_CIRCUMFLEX}, {'o', 2, MARK_HORN},       {'u', 1, MARK_HORN},
};

#define CLUSTER_MARKS 8

/* One letter with the marks that follow it. */
struct cluster {
    ucs4_t base;
    ucs4_t marks[CLUSTER_MARKS];
    size_t count;
};

/* The three levels while they are written, side by side in one block. */
struct key {
    uint8_t *level[3];
    size_t used[3];
};

static void key_put(struct key *k, int level, unsigned weight)
{
    k->level[level][k->used[level]++] = (uint8_t)weight;
}

static unsigned mark_weight(ucs4_t mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i] == mark)
            return NOTHING + 1 + (unsigned)i;
    return 0x40 + (mark - 0x300);
}

static unsigned sign_weight(ucs4_t c)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i] == c)
            return FIRST_SIGN + (unsigned)i;
    return 0;
}

/* Takes the mark that makes another letter (ă â ê ô ơ ư) out of the cluster; its place behind the base. */
static unsigned letter_place(struct cluster *c, char base)
{
    for (size_t m = 0; m < c->count; m++)
        for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
            if (letters[i].base == base && letters[i].mark == c->marks[m]) {
                memmove(c->marks + m, c->marks + m + 1, (--c->count - m) * sizeof *c->marks);
                return letters[i].place;
            }
    return 0;
}

static void put_letter(struct key *k, struct cluster *c, char base, unsigned place, unsigned form)
{
    if (place == 0)
        place = letter_place(c, base);
    key_put(k, 0, FIRST_LETTER + 4 * (unsigned)(base - 'a') + place);
    key_put(k, 1, NOTHING);
    key_put(k, 2, form);
}

static unsigned case_form(bool capital)
{
    return capital ? CAPITAL : NOTHING;
}

/* Letters that stand for đ are told from it last of all; 0: it is none of them. */
static unsigned stroke_form(ucs4_t c)
{
    static const uint16_t forms[] = {0x111, 0x110, 0xf0, 0xd0, 0x256, 0x189};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (forms[i] == c)
            return NOTHING + (unsigned)i;
    return 0;
}

static void put_other(struct key *k, ucs4_t c)
{
    key_put(k, 0, OTHER);
    for (int shift = 14; shift >= 0; shift -= 7)
        key_put(k, 0, 0x80 | (c >> shift & 0x7f));
    key_put(k, 1, NOTHING);
    key_put(k, 2, NOTHING);
}

static void put_base(struct key *k, struct cluster *c)
{
    ucs4_t b = c->base;
    unsigned weight;
    if (b >= 'a' && b <= 'z') {
        put_letter(k, c, (char)b, 0, case_form(false));
    } else if (b >= 'A' && b <= 'Z') {
        put_letter(k, c, (char)(b - 'A' + 'a'), 0, case_form(true));
    } else if ((weight = stroke_form(b)) != 0) {
        put_letter(k, c, 'd', 1, weight);
    } else if (b == 0x243 || b == 0x180) {
        put_letter(k, c, 'b', 1, case_form(b == 0x243));
    } else if ((weight = b >= '0' && b <= '9' ? FIRST_DIGIT + (b - '0') : sign_weight(b)) != 0) {
        key_put(k, 0, weight);
        key_put(k, 1, NOTHING);
        key_put(k, 2, NOTHING);
    } else {
        put_other(k, b);
    }
}

static void put_cluster(struct key *k, struct cluster *c)
{
    if (c->base != 0)
        put_base(k, c);
    for (size_t m = 0; m < c->count; m++) {
        key_put(k, 1, mark_weight(c->marks[m]));
        key_put(k, 2, NOTHING);
    }
    *c = (struct cluster){0};
}

static void take_part(struct key *k, struct cluster *c, ucs4_t part)
{
    if (!letter_is_mark(part)) {
        put_cluster(k, c);
        c->base = part;
        return;
    }
    if (c->count == CLUSTER_MARKS)
        put_cluster(k, c);
    c->marks[c->count++] = part;
}

static void write_levels(struct key *k, const char *p, size_t n)
{
    struct cluster cluster = {0};
    ucs4_t c, parts[LETTER_PARTS];
    for (size_t i = 0; i < n;) {
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)p + i, n - i);
        size_t count = letter_parts(c, parts);
        for (size_t j = 0; j < count; j++)
            take_part(k, &cluster, parts[j]);
    }
    put_cluster(k, &cluster);
}

/* A byte of text makes at most this many bytes of one level: a Korean syllable of 3 bytes three letters of 4.
 */
#define GROWTH 4

/* Writes the key at `out`, which has room for 3 * GROWTH * n + 2; its length. */
static size_t write_key(const char *p, size_t n, uint8_t *out)
{
    struct key k = {.level = {out, out + GROWTH * n + 1, out + 2 * (GROWTH * n + 1)}};
    write_levels(&k, p, n);
    size_t used = k.used[0];
    for (int level = 1; level < 3; level++) {
        size_t length = k.used[level];
        while (length > 0 && k.level[level][length - 1] == NOTHING)
            length--;
        out[used++] = BETWEEN_LEVELS;
        memmove(out + used, k.level[level], length);
        used += length;
    }
    return used;
}

static uint8_t *key_room(struct arena *a, size_t n)
{
    return n > SIZE_MAX / 32 ? NULL : arena_alloc(a, 3 * (GROWTH * n + 1));
}

enum err text_sort_key(struct arena *a, const char *p, size_t n, struct bytes *out)
{
    uint8_t *room = key_room(a, n);
    if (room == NULL)
        return ERR_NO_MEMORY;
    size_t used = write_key(p, n, room);
    out->n = used;
    out->p = room;
    return ERR_OK;
}

/* Where the last word begins; blanks behind it are taken off n. */
static size_t last_word(const char *p, size_t *n)
{
    while (*n > 0 && p[*n - 1] == ' ')
        --*n;
    size_t at = *n;
    while (at > 0 && p[at - 1] != ' ')
        at--;
    return at;
}

enum err text_name_key(struct arena *a, const char *p, size_t n, struct bytes *out)
{
    uint8_t *room = key_room(a, n + 1);
    if (room == NULL)
        return ERR_NO_MEMORY;
    size_t given = last_word(p, &n);
    size_t rest = given;
    while (rest > 0 && p[rest - 1] == ' ')
        rest--;
    size_t used = write_key(p + given, n - given, room);
    room[used++] = BETWEEN_TEXTS;
    used += write_key(p, rest, room + used);
    *out = (struct bytes){room, used};
    return ERR_OK;
}
