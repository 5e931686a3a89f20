#include "common/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uninorm.h>
#include <unistr.h>

static struct arena *arena;

static void start(void)
{
    arena = arena_make((size_t)64 << 20);
}

static void finish(void)
{
    arena_free(arena);
}

TestSuite(text, .init = start, .fini = finish);

static const char *cleaned(const char *s)
{
    struct bytes out;
    struct fault f;
    cr_assert_eq(text_clean(arena, s, strlen(s), &out, &f), ERR_OK, "%s", s);
    cr_assert_eq(strlen((const char *)out.p), out.n);
    return (const char *)out.p;
}

static const char *folded(const char *s)
{
    struct bytes out;
    cr_assert_eq(text_fold(arena, s, strlen(s), &out), ERR_OK);
    cr_assert_eq(strlen((const char *)out.p), out.n);
    return (const char *)out.p;
}

static int compare_keys(struct bytes x, struct bytes y)
{
    int c = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
    return c != 0 ? c : (x.n > y.n) - (x.n < y.n);
}

typedef enum err key_fn(struct arena *a, const char *p, size_t n, struct bytes *out);

static int compare(key_fn *key, const char *x, const char *y)
{
    struct bytes a, b;
    cr_assert_eq(key(arena, x, strlen(x), &a), ERR_OK);
    cr_assert_eq(key(arena, y, strlen(y), &b), ERR_OK);
    return compare_keys(a, b);
}

/* Each text comes before all that follow it. */
static void check_rising(key_fn *key, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            cr_assert(compare(key, texts[i], texts[j]) < 0, "\"%s\" < \"%s\"", texts[i], texts[j]);
            cr_assert(compare(key, texts[j], texts[i]) > 0, "\"%s\" > \"%s\"", texts[j], texts[i]);
        }
}
#define RISING(key, ...)                                                                                     \
    check_rising(key, (const char *const[]){__VA_ARGS__},                                                    \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

Test(text, valid_text_is_utf8_without_control_characters)
{
    cr_assert(text_valid("Nguyễn Thị Đẹp", strlen("Nguyễn Thị Đẹp"), false));
    cr_assert(text_valid("", 0, false));
    cr_assert(text_valid("\U0001f338", 4, false));
    cr_assert_not(text_valid("a\nb", 3, false));
    cr_assert(text_valid("a\n\tb", 4, true));
    cr_assert_not(text_valid("a\rb", 3, true));
    cr_assert_not(text_valid("a\0b", 3, true));
    cr_assert_not(text_valid("\x7f", 1, true));
    cr_assert_not(text_valid("\xc2\x85", 2, true), "C1 control");
    static const char *const broken[] = {"\x80",         "\xc3",         "\xe1\xbb",
                                         "\xf0\x9f\x8c", "\xc0\x80",     "\xc1\xbf",
                                         "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                         "\xff",         "a\xe1\xbbx",   "\xf8\x88\x80\x80\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        cr_assert_not(text_valid(broken[i], strlen(broken[i]), true), "%zu", i);
        cr_assert_not(text_is_nfc(broken[i], strlen(broken[i])), "%zu", i);
    }
}

Test(text, normal_form_is_recognised)
{
    cr_assert(text_is_nfc("Nguyễn Thị Đẹp", strlen("Nguyễn Thị Đẹp")));
    cr_assert_not(text_is_nfc("Nguye\u0302\u0303n", strlen("Nguye\u0302\u0303n")));
    cr_assert_not(text_is_nfc("Nguyê\u0303n", strlen("Nguyê\u0303n")));
    cr_assert(text_is_nfc("q\u0301", 3), "there is no such letter in one piece");
    cr_assert_not(text_is_nfc("\u212b", 3), "the unit Ångström is a letter twice");
    cr_assert_not(text_is_nfc("\u2000", 3));
}

/* All code points, alone and before a mark, against the library's own normalisation. */
Test(text, normal_form_agrees_with_the_library_for_every_character)
{
    for (ucs4_t c = 1; c < 0x20000; c++) {
        uint8_t s[16];
        if (c >= 0xd800 && c < 0xe000)
            continue;
        size_t n = (size_t)u8_uctomb(s, c, 8);
        for (int with_mark = 0; with_mark <= 1; with_mark++) {
            uint8_t made[64];
            size_t length = sizeof made;
            cr_assert_eq(u8_normalize(UNINORM_NFC, s, n, made, &length), made);
            bool same = length == n && memcmp(made, s, n) == 0;
            cr_assert_eq(text_is_nfc((const char *)s, n), same, "U+%04X", (unsigned)c);
            n += (size_t)u8_uctomb(s + n, 0x301, 8);
        }
    }
}

Test(text, cleaning_composes_and_trims)
{
    cr_assert_str_eq(cleaned("  Nguye\u0302\u0303n   Thi\u0323  "), "Nguyễn Thị");
    cr_assert_str_eq(cleaned("a\u00a0\u00a0b\tc"), "a b c");
    cr_assert_str_eq(cleaned("\ufeffHoa\u200b\u00ad"), "Hoa");
    cr_assert_str_eq(cleaned("e\u200b\u0323"), "ẹ");
    cr_assert_str_eq(cleaned("một\r\n  hai \n\n ba\n"), "một\nhai\nba");
    cr_assert_str_eq(cleaned(""), "");
    cr_assert_str_eq(cleaned(" \n "), "");
    cr_assert_str_eq(cleaned("\u2000"), "");
}

Test(text, cleaning_refuses_what_is_no_text)
{
    static const struct {
        const char *p;
        size_t n;
    } bad[] = {{"a\0b", 3}, {"\xe1\xbb", 2}, {"\x1b[31m", 5}, {"\xc2\x9b", 2}, {"\xed\xa0\x80", 3}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct bytes out;
        struct fault f = {0};
        cr_assert_eq(text_clean(arena, bad[i].p, bad[i].n, &out, &f), ERR_BAD_TEXT, "%zu", i);
        cr_assert_eq(f.code, ERR_BAD_TEXT);
    }
}

Test(text, an_arena_that_is_used_up_is_said)
{
    struct arena *small = arena_make(4);
    struct bytes out;
    cr_assert_eq(text_clean(small, "Nguyễn", strlen("Nguyễn"), &out, NULL), ERR_NO_MEMORY);
    cr_assert_eq(text_fold(small, "Nguyễn", strlen("Nguyễn"), &out), ERR_NO_MEMORY);
    cr_assert_eq(text_sort_key(small, "Nguyễn", strlen("Nguyễn"), &out), ERR_NO_MEMORY);
    cr_assert_eq(text_name_key(small, "Nguyễn", strlen("Nguyễn"), &out), ERR_NO_MEMORY);
    arena_free(small);
}

Test(text, letters_come_before_tones_and_tones_before_case)
{
    RISING(text_sort_key, "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m",
           "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z");
    RISING(text_sort_key, "a", "A", "à", "À", "ả", "ã", "á", "Á", "ạ", "aa", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ",
           "â", "ầ");
    RISING(text_sort_key, "hoa", "hoA", "Hoa", "hoà", "hoá", "hòa", "hóa", "hoab", "họan", "hoe");
    RISING(text_sort_key, "", " ", "-", ".", "'", "0", "1", "10", "9", "a", "Z", "α", "я", "中");
    RISING(text_sort_key, "An", "Án", "An Bình", "An Cư", "Anh");
}

Test(text, letters_that_look_like_d_with_stroke_stand_beside_it)
{
    RISING(text_sort_key, "d", "dz", "đ", "Đ", "ð", "Ð", "ɖ", "Ɖ", "Đào", "Ðào", "Đẹp", "Ðình", "e");
    RISING(text_name_key, "Lê Thị Duyên", "Lê Thị Ðào", "Lê Thị Đẹp", "Lê Thị Em");
}

Test(text, composed_or_not_a_text_has_one_key)
{
    cr_assert_eq(compare(text_sort_key, "Nguyễn Thị", "Nguye\u0302\u0303n Thi\u0323"), 0);
    cr_assert_eq(compare(text_sort_key, "ậ", "a\u0323\u0302"), 0);
    cr_assert_eq(compare(text_sort_key, "ự", "u\u031b\u0323"), 0);
}

Test(text, names_are_ordered_by_the_given_word_first)
{
    RISING(text_name_key, "Trần Thị An", "Nguyễn Thị Ân", "Lê Thị Bình", "Nguyễn Thị Bình", "Nguyễn Thị Hoa",
           "Đỗ Thị Hoà", "Phạm Văn Hoà", "Vũ");
    RISING(text_name_key, "Lan", "Đỗ Lan", "Lê Lan", "Đỗ Lán");
    cr_assert_eq(compare(text_name_key, "Lê Thị Hoa", "Lê Thị Hoa "), 0);
    cr_assert_eq(compare(text_name_key, "", " "), 0);
}

Test(text, folding_drops_case_tones_marks_and_strokes)
{
    cr_assert_str_eq(folded("NGUYỄN Thị Đẹp"), "nguyen thi dep");
    cr_assert_str_eq(folded("hoà"), "hoa");
    cr_assert_str_eq(folded("hòa"), "hoa");
    cr_assert_str_eq(folded("HOA"), "hoa");
    cr_assert_str_eq(folded("Ðặng Ɖình đ"), "dang dinh d");
    cr_assert_str_eq(folded("Nguye\u0302\u0303n"), "nguyen");
    cr_assert_str_eq(folded("  Ea \n H'Leo\u00a0 2 "), "ea h'leo 2");
    cr_assert_str_eq(folded("ƯỚC ƠN ĂN ƀĕ"), "uoc on an be");
    cr_assert_str_eq(folded(""), "");
}

/* Folds, keys and widths of whatever bytes: no overrun, and folding twice is folding once. */
static void check_bytes(const char *p, size_t n)
{
    struct bytes once, twice, key;
    cr_assert_eq(text_fold(arena, p, n, &once), ERR_OK);
    cr_assert_eq(text_fold(arena, (const char *)once.p, once.n, &twice), ERR_OK);
    cr_assert_eq(once.n, twice.n);
    cr_assert_arr_eq(once.p, twice.p, once.n);
    cr_assert_eq(text_sort_key(arena, p, n, &key), ERR_OK);
    cr_assert(key.n == 0 || memchr(key.p, 0, key.n) == NULL);
    cr_assert_eq(text_name_key(arena, p, n, &key), ERR_OK);
    cr_assert(text_width(p, n) <= 2 * n);
    arena_reset(arena);
}

Test(text, cleaning_makes_d_with_stroke_of_what_old_keyboards_wrote_for_it)
{
    cr_assert_str_eq(cleaned("Ðỗ Thị Bích Ðiệp"), "Đỗ Thị Bích Điệp");
    cr_assert_str_eq(cleaned("ðƉɖ đĐ"), "đĐđ đĐ");
    cr_assert(text_valid("Ðỗ", strlen("Ðỗ"), false) && text_is_nfc("Ðỗ", strlen("Ðỗ")),
              "what older programs sent stays valid");
}

Test(text, every_character_can_be_folded_and_sorted)
{
    for (ucs4_t c = 1; c < 0x20000; c++) {
        uint8_t s[32];
        size_t n = 0;
        if (c >= 0xd800 && c < 0xe000)
            continue;
        for (int i = 0; i < 5; i++)
            n += (size_t)u8_uctomb(s + n, c, 6);
        check_bytes((const char *)s, n);
    }
}

Test(text, cleaning_twice_is_cleaning_once)
{
    static const char *const bits[] = {"a",  "e",    "\u0302", "\u0323", "\u0301", "đ",  "Ễ",      " ",
                                       "\n", "\r\n", "\u00a0", "\u200b", "\u2003", "가", "\u1112", "\u1161"};
    const char *given = getenv("HV_SEED");
    uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    fprintf(stderr, "HV_SEED=%llu\n", (unsigned long long)seed);
    for (int i = 0; i < 20000; i++) {
        char text[128] = "";
        for (int k = 0; k < 8; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            strcat(text, bits[(seed >> 40) % (sizeof bits / sizeof bits[0])]);
        }
        const char *once = cleaned(text);
        cr_assert_str_eq(cleaned(once), once);
        cr_assert(text_valid(once, strlen(once), true));
        cr_assert(text_is_nfc(once, strlen(once)));
        cr_assert_str_eq(folded(once), folded(text));
        arena_reset(arena);
    }
}

Test(text, random_bytes_do_no_harm)
{
    uint64_t seed = 20190706;
    for (int i = 0; i < 20000; i++) {
        char bytes[24];
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[k] = (char)(seed >> 56);
        }
        check_bytes(bytes, (size_t)i % sizeof bytes);
    }
}

Test(text, width_counts_columns_not_bytes)
{
    cr_assert_eq(text_width("Nguyễn", strlen("Nguyễn")), 6);
    cr_assert_eq(text_width("Nguye\u0302\u0303n", strlen("Nguye\u0302\u0303n")), 6);
    cr_assert_eq(text_width("中文", strlen("中文")), 4);
    cr_assert_eq(text_width("", 0), 0);
}
