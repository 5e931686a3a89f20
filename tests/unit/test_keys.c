#include "common/keys.h"
#include <criterion/criterion.h>
#include <ctype.h>
#include <sodium.h>
#include <string.h>

static struct arena *arena;

static void start(void)
{
    struct fault f;
    cr_assert_eq(keys_start(&f), ERR_OK);
    arena = arena_make((size_t)1 << 20);
}

static void finish(void)
{
    arena_free(arena);
}

TestSuite(keys, .init = start, .fini = finish);

static struct enrolment_code sample(void)
{
    struct enrolment_code c = {.endpoints = "tcp://hoivien.example:5599 tcp://10.0.0.7:5599"};
    for (int i = 0; i < KEY_SIZE; i++)
        c.server_key[i] = (uint8_t)(i * 7 + 1);
    for (int i = 0; i < SEED_SIZE; i++)
        c.seed[i] = (uint8_t)(255 - i * 13);
    return c;
}

static char *sample_text(void)
{
    struct enrolment_code c = sample();
    char *text;
    cr_assert_eq(code_format(arena, &c, &text), ERR_OK);
    return text;
}

static void check_taken(const char *text)
{
    struct enrolment_code want = sample(), got;
    struct fault f = {0};
    cr_assert_eq(code_parse(arena, LANG_EN, text, &got, &f), ERR_OK, "%s: %s", text, f.text);
    cr_assert_arr_eq(got.server_key, want.server_key, KEY_SIZE);
    cr_assert_arr_eq(got.seed, want.seed, SEED_SIZE);
    cr_assert_str_eq(got.endpoints, want.endpoints);
}

static const char *complaint(const char *text)
{
    static struct fault f;
    struct enrolment_code got;
    cr_assert_eq(code_parse(arena, LANG_EN, text, &got, &f), ERR_BAD_FORMAT, "%s", text);
    return f.text;
}

#define MISTYPED  "wrong character"
#define CUT_SHORT "is missing"
#define NO_CODE   "no enrolment code"

Test(keys, a_code_is_read_back_as_it_was_written)
{
    const char *text = sample_text();
    cr_assert_eq(strncmp(text, "HV1-", 4), 0);
    for (const char *p = text + 4; *p != '\0'; p++)
        cr_assert(*p == '-' || strchr("ILOU", *p) == NULL, "%c", *p);
    check_taken(text);
}

Test(keys, endpoints_of_any_length_within_the_bound_fit)
{
    char endpoints[CODE_ENDPOINTS_MAX + 2];
    struct enrolment_code c = sample(), got;
    struct fault f = {0};
    char *text;
    for (size_t n = 0; n <= CODE_ENDPOINTS_MAX; n++) {
        memset(endpoints, 'e', n);
        endpoints[n] = '\0';
        c.endpoints = endpoints;
        cr_assert_eq(code_format(arena, &c, &text), ERR_OK);
        cr_assert_eq(code_parse(arena, LANG_EN, text, &got, &f), ERR_OK, "%zu: %s", n, f.text);
        cr_assert_str_eq(got.endpoints, endpoints);
        arena_reset(arena);
    }
    memset(endpoints, 'e', CODE_ENDPOINTS_MAX + 1);
    endpoints[CODE_ENDPOINTS_MAX + 1] = '\0';
    cr_assert_eq(code_format(arena, &c, &text), ERR_TOO_LONG);
}

Test(keys, reading_forgives_case_blanks_dashes_and_letters_that_look_alike)
{
    char *text = sample_text();
    char *lower = arena_print(arena, "%s", text), *bare = arena_print(arena, "%s", text);
    size_t n = 0;
    for (char *p = lower; *p != '\0'; p++)
        *p = *p == '0' ? 'o' : *p == '1' ? 'l' : (char)tolower((unsigned char)*p);
    for (const char *p = text; *p != '\0'; p++)
        if (*p != '-')
            bare[n++] = *p;
    bare[n] = '\0';
    check_taken(lower);
    check_taken(bare);
    check_taken(arena_print(arena, " \t\r\n%s \n", text));
    check_taken(arena_print(arena, "H V 1 \u2013 %.20s\r\n   %s\u00a0\ufeff", text + 4, text + 24));
}

Test(keys, every_single_wrong_or_exchanged_digit_is_noticed)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *text = sample_text();
    for (size_t i = 4; text[i] != '\0'; i++) {
        if (text[i] == '-')
            continue;
        char kept = text[i];
        for (const char *d = digits; *d != '\0'; d++) {
            struct enrolment_code got;
            text[i] = *d;
            if (*d != kept)
                cr_assert_eq(code_parse(arena, LANG_EN, text, &got, NULL), ERR_BAD_FORMAT, "%zu %c", i, *d);
        }
        text[i] = kept;
    }
}

Test(keys, a_code_cut_short_is_told_from_a_mistyped_one_and_from_none)
{
    char *text = sample_text();
    size_t n = strlen(text);
    for (size_t i = 3; i < n; i++)
        cr_assert(strstr(complaint(arena_print(arena, "%.*s", (int)i, text)), CUT_SHORT) != NULL, "%zu", i);
    char *wrong = arena_print(arena, "%s", text);
    wrong[30] = wrong[30] == 'A' ? 'B' : 'A';
    cr_assert(strstr(complaint(wrong), MISTYPED) != NULL);
    cr_assert(strstr(complaint(arena_print(arena, "%sA", text)), MISTYPED) != NULL);
    cr_assert(strstr(complaint(arena_print(arena, "%s?", text)), MISTYPED) != NULL);
    cr_assert(strstr(complaint(""), NO_CODE) != NULL);
    cr_assert(strstr(complaint("xã Đông Phú"), NO_CODE) != NULL);
    cr_assert(strstr(complaint("HV"), NO_CODE) != NULL);
    cr_assert(strstr(complaint("HV1-ABCĐE"), "Vietnamese typing") != NULL);
    cr_assert(strstr(complaint("HV2-ABCDE"), "newer version") != NULL);
    cr_assert(strstr(complaint("HV1-\xff\xfe"), "Vietnamese typing") != NULL);
}

Test(keys, a_seed_gives_one_pair_and_it_is_a_pair)
{
    uint8_t seed[SEED_SIZE] = {1, 2, 3};
    struct curve_pair a, b, other;
    curve_pair_of_seed(seed, &a);
    curve_pair_of_seed(seed, &b);
    cr_assert_arr_eq(&a, &b, sizeof a);
    seed[15] ^= 1;
    curve_pair_of_seed(seed, &other);
    cr_assert_neq(memcmp(a.public_key, other.public_key, KEY_SIZE), 0);
    struct curve_pair made;
    curve_pair_make(&made);
    uint8_t shared_1[32], shared_2[32];
    cr_assert_eq(crypto_box_beforenm(shared_1, made.public_key, a.secret_key), 0);
    cr_assert_eq(crypto_box_beforenm(shared_2, a.public_key, made.secret_key), 0);
    cr_assert_arr_eq(shared_1, shared_2, sizeof shared_1);
}

Test(keys, a_proof_holds_for_its_two_keys_only)
{
    struct sign_pair s, stranger;
    struct curve_pair c, other;
    uint8_t proof[SIGN_SIZE];
    sign_pair_make(&s);
    sign_pair_make(&stranger);
    curve_pair_make(&c);
    curve_pair_make(&other);
    enrol_proof_make(&s, c.public_key, proof);
    cr_assert(enrol_proof_check(s.public_key, c.public_key, proof));
    cr_assert_not(enrol_proof_check(s.public_key, other.public_key, proof));
    cr_assert_not(enrol_proof_check(stranger.public_key, c.public_key, proof));
    proof[10] ^= 1;
    cr_assert_not(enrol_proof_check(s.public_key, c.public_key, proof));
}

Test(keys, keys_are_written_and_read_as_hex)
{
    struct curve_pair c;
    uint8_t back[KEY_SIZE];
    char hex[2 * KEY_SIZE + 1];
    curve_pair_make(&c);
    key_format(c.public_key, hex);
    cr_assert(key_parse(hex, back));
    cr_assert_arr_eq(back, c.public_key, KEY_SIZE);
    cr_assert_not(key_parse("", back));
    cr_assert_not(key_parse(hex + 1, back));
    hex[5] = 'g';
    cr_assert_not(key_parse(hex, back));
    cr_assert_not(key_parse("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0", back));
}

Test(keys, a_wiped_secret_is_gone)
{
    uint8_t secret[8] = {1, 2, 3, 4, 5, 6, 7, 8}, zero[8] = {0};
    key_wipe(secret, sizeof secret);
    cr_assert_arr_eq(secret, zero, sizeof secret);
}
