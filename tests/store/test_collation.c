/* The sort keys of common/text.h order texts as PostgreSQL does by vi-x-icu: the client's lists and the
 * server's are in one order. */
#include "common/text.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define TEXT_ROOM 64

struct sorted {
    char text[TEXT_ROOM];
    struct bytes key;
};

typedef enum err key_fn(struct arena *a, const char *p, size_t n, struct bytes *out);
typedef void text_fn(uint64_t *seed, char out[TEXT_ROOM]);

static const char *const onsets[] = {"",   "b",  "c", "ch", "d", "đ",  "g",   "gi", "h",
                                     "k",  "kh", "l", "m",  "n", "ng", "ngh", "nh", "p",
                                     "ph", "qu", "r", "s",  "t", "th", "tr",  "v",  "x"};
/* Each vowel with its six tones in order. */
static const char *const vowels[][6] = {
    {"a", "à", "ả", "ã", "á", "ạ"},       {"ă", "ằ", "ẳ", "ẵ", "ắ", "ặ"},
    {"â", "ầ", "ẩ", "ẫ", "ấ", "ậ"},       {"e", "è", "ẻ", "ẽ", "é", "ẹ"},
    {"ê", "ề", "ể", "ễ", "ế", "ệ"},       {"i", "ì", "ỉ", "ĩ", "í", "ị"},
    {"o", "ò", "ỏ", "õ", "ó", "ọ"},       {"ô", "ồ", "ổ", "ỗ", "ố", "ộ"},
    {"ơ", "ờ", "ở", "ỡ", "ớ", "ợ"},       {"u", "ù", "ủ", "ũ", "ú", "ụ"},
    {"ư", "ừ", "ử", "ữ", "ứ", "ự"},       {"y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"},
    {"oa", "òa", "oả", "oã", "óa", "oạ"}, {"oà", "hoà", "uỷ", "ủy", "uý", "úy"},
};
static const char *const codas[] = {"", "n", "ng", "nh", "m", "i", "y", "t", "c", "p", "o", "u"};

/* All Vietnamese letters, those of the Central Highlands' languages, digits, blanks and signs. */
static const char *const alphabet[] = {
    "a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ",  "ặ", "â", "ầ", "ẩ", "ẫ", "ấ",  "ậ", "b", "c", "d",
    "đ", "e", "è", "ẻ", "ẽ", "é", "ẹ", "ê", "ề", "ể", "ễ",  "ế", "ệ", "f", "g", "h", "i",  "ì", "ỉ", "ĩ", "í",
    "ị", "j", "k", "l", "m", "n", "o", "ò", "ỏ", "õ", "ó",  "ọ", "ô", "ồ", "ổ", "ỗ", "ố",  "ộ", "ơ", "ờ", "ở",
    "ỡ", "ớ", "ợ", "p", "q", "r", "s", "t", "u", "ù", "ủ",  "ũ", "ú", "ụ", "ư", "ừ", "ử",  "ữ", "ứ", "ự", "v",
    "w", "x", "y", "ỳ", "ỷ", "ỹ", "ý", "ỵ", "z", "A", "À",  "Ả", "Ã", "Á", "Ạ", "Ă", "Ằ",  "Ẳ", "Ẵ", "Ắ", "Ặ",
    "Â", "Ầ", "Ẩ", "Ẫ", "Ấ", "Ậ", "B", "C", "D", "Đ", "E",  "È", "Ẻ", "Ẽ", "É", "Ẹ", "Ê",  "Ề", "Ể", "Ễ", "Ế",
    "Ệ", "F", "G", "H", "I", "Ì", "Ỉ", "Ĩ", "Í", "Ị", "J",  "K", "L", "M", "N", "O", "Ò",  "Ỏ", "Õ", "Ó", "Ọ",
    "Ô", "Ồ", "Ổ", "Ỗ", "Ố", "Ộ", "Ơ", "Ờ", "Ở", "Ỡ", "Ớ",  "Ợ", "P", "Q", "R", "S", "T",  "U", "Ù", "Ủ", "Ũ",
    "Ú", "Ụ", "Ư", "Ừ", "Ử", "Ữ", "Ứ", "Ự", "V", "W", "X",  "Y", "Ỳ", "Ỷ", "Ỹ", "Ý", "Ỵ",  "Z", "ƀ", "Ƀ", "č",
    "Č", "ñ", "Ñ", "ĕ", "ĭ", "Ĭ", "ŏ", "ŭ", "ơ̆", "ê̆", "ö",  "ü", "ç", "0", "1", "2", "3",  "4", "5", "6", "7",
    "8", "9", " ", "_", "-", "–", "—", ",", ";", ":", "!",  "?", ".", "'", "‘", "’", "\"", "“", "”", "«", "»",
    "(", ")", "[", "]", "{", "}", "§", "@", "*", "/", "\\", "&", "#", "%", "†", "•", "`",  "^", "°", "©", "®",
    "+", "±", "÷", "×", "<", "=", ">", "|", "~", "$", "£",  "₫", "€",
};
#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const char *any_of(uint64_t *seed, const char *const *list, size_t count)
{
    return list[random_below(seed, count)];
}

static void syllable(uint64_t *seed, char out[TEXT_ROOM])
{
    const char *const *vowel = vowels[random_below(seed, COUNT(vowels))];
    snprintf(out, TEXT_ROOM, "%s%s%s", any_of(seed, onsets, COUNT(onsets)), any_of(seed, vowel, 6),
             any_of(seed, codas, COUNT(codas)));
    if (random_below(seed, 2) == 0 && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
}

static void few_characters(uint64_t *seed, char out[TEXT_ROOM])
{
    size_t n = 1 + random_below(seed, 3);
    out[0] = '\0';
    for (size_t i = 0; i < n; i++)
        strcat(out, any_of(seed, alphabet, COUNT(alphabet)));
}

/* Few families and middles, so that the later words often decide. */
static void name(uint64_t *seed, char out[TEXT_ROOM])
{
    static const char *const families[] = {"Nguyễn", "Trần", "Trân", "Đỗ", "Do", "H'", "Lê", "Le"};
    static const char *const middles[] = {" Thị", " thị", " Thi", " Thị Ngọc", " Thu", ""};
    char given[TEXT_ROOM];
    syllable(seed, given);
    snprintf(out, TEXT_ROOM, "%s%s %.30s", any_of(seed, families, COUNT(families)),
             any_of(seed, middles, COUNT(middles)), given);
}

static int compare(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    int c = memcmp(a->key.p, b->key.p, a->key.n < b->key.n ? a->key.n : b->key.n);
    return c != 0 ? c : (a->key.n > b->key.n) - (a->key.n < b->key.n);
}

/* Different texts in the order of their keys; how many. */
static size_t make_sorted(struct arena *a, struct sorted *rows, size_t count, text_fn *make, key_fn *key)
{
    uint64_t seed = seed_of_run();
    for (size_t i = 0; i < count; i++) {
        make(&seed, rows[i].text);
        cr_assert_eq(key(a, rows[i].text, strlen(rows[i].text), &rows[i].key), ERR_OK);
    }
    qsort(rows, count, sizeof *rows, compare);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(rows[i].text, rows[kept - 1].text) == 0)
            continue;
        cr_assert(compare(&rows[i], &rows[kept - 1]) != 0, "\"%s\" and \"%s\" have one key", rows[i].text,
                  rows[kept - 1].text);
        rows[kept++] = rows[i];
    }
    return kept;
}

/* As a list of SQL literals. */
static char *sql_list(const struct sorted *rows, size_t count)
{
    char *text = malloc(count * (2 * TEXT_ROOM + 3) + 1);
    char *p = text;
    for (size_t i = 0; i < count; i++) {
        p += sprintf(p, i == 0 ? "'" : ",'");
        for (const char *t = rows[i].text; *t != '\0'; t++)
            p += sprintf(p, *t == '\'' ? "''" : "%c", *t);
        p += sprintf(p, "'");
    }
    return text;
}

static int key_order(struct arena *a, const char *x, const char *y)
{
    struct sorted rows[2] = {0};
    cr_assert_eq(text_sort_key(a, x, strlen(x), &rows[0].key), ERR_OK);
    cr_assert_eq(text_sort_key(a, y, strlen(y), &rows[1].key), ERR_OK);
    return compare(&rows[0], &rows[1]);
}

/* The first neighbours that PostgreSQL would have the other way round, by `order`, an SQL expression over v.
 */
static void check_order(const char *order, text_fn *make, key_fn *key)
{
    enum { TEXTS = 5000 };
    static struct sorted rows[TEXTS];
    struct database db;
    database_make(&db);
    struct arena *a = arena_make((size_t)64 << 20);
    size_t count = make_sorted(a, rows, TEXTS, make, key);
    cr_assert(count > TEXTS / 4);
    char *list = sql_list(rows, count);
    const char *wrong =
        sql(&db,
            "select a || ' | ' || b from (select v as b, lag(v) over (order by i) as a, row(%s) as kb, "
            "lag(row(%s)) over (order by i) as ka from unnest(array[%s]) with ordinality u (v, i)) x "
            "where a is not null and not (ka < kb) limit 1",
            order, order, list);
    free(list);
    arena_free(a);
    cr_assert_str_eq(wrong, "", "wrong order: %s", wrong);
}

#define WHOLE "v collate \"vi-x-icu\""
#define GIVEN "regexp_replace(v, '^.* ', '') collate \"vi-x-icu\""
#define REST  "regexp_replace(v, ' ?[^ ]*$', '') collate \"vi-x-icu\""

Test(collation, syllables_with_all_tones_are_in_the_order_of_postgresql)
{
    check_order(WHOLE, syllable, text_sort_key);
}

Test(collation, letters_signs_and_digits_are_in_the_order_of_postgresql)
{
    check_order(WHOLE, few_characters, text_sort_key);
}

Test(collation, whole_names_are_in_the_order_of_postgresql)
{
    check_order(WHOLE, name, text_sort_key);
}

Test(collation, names_by_given_word_are_in_the_order_of_postgresql)
{
    check_order(GIVEN ", " REST, name, text_name_key);
}

/* PostgreSQL takes the Icelandic letter for a plain D; the key for the Đ that was meant. */
Test(collation, what_old_keyboards_wrote_for_d_with_stroke_stands_where_postgresql_has_it_mended)
{
    static const char *const pairs[][2] = {{"Dũng", "Ðào"}, {"dz", "ð"},    {"Ðào", "Em"},
                                           {"ðz", "e"},     {"Đào", "Ðẹp"}, {"Ðào", "Đẹp"}};
    struct database db;
    database_make(&db);
    struct arena *a = arena_make((size_t)1 << 20);
    for (size_t i = 0; i < COUNT(pairs); i++) {
        const char *x = pairs[i][0], *y = pairs[i][1];
        struct bytes lower, upper;
        cr_assert_eq(text_clean(a, x, strlen(x), &lower, NULL), ERR_OK);
        cr_assert_eq(text_clean(a, y, strlen(y), &upper, NULL), ERR_OK);
        cr_assert_str_eq(sql(&db, "select '%.*s' < '%.*s' collate \"vi-x-icu\"", (int)lower.n,
                             (const char *)lower.p, (int)upper.n, (const char *)upper.p),
                         "t", "%s %s", x, y);
        cr_assert(key_order(a, x, y) < 0, "%s %s", x, y);
    }
    arena_free(a);
}
