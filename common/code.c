/* The enrolment code of keys.h as text.
 *
 * Bytes: version, length of the endpoints, seed, server key, endpoints, checksum. The length stands in front,
 * so that a code cut short is told from one mistyped. */
#include "common/keys.h"
#include <sodium.h>
#include <string.h>

#define CODE_VERSION  1
#define CHECKSUM_SIZE 4
#define HEAD_SIZE     (2 + SEED_SIZE + KEY_SIZE)
#define CODE_MAX      (HEAD_SIZE + CODE_ENDPOINTS_MAX + CHECKSUM_SIZE)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char context[] = "hoivien code";

enum flaw { FLAW_NONE, FLAW_NO_CODE, FLAW_CUT_SHORT, FLAW_MISTYPED, FLAW_ACCENTS, FLAW_NEWER };

static const struct text_pair flaws[] = {
    [FLAW_NO_CODE] = {"Đây không phải là mã ghi danh: mã có dạng HV1-XXXXX-XXXXX-... Hãy sao chép lại mã mà "
                      "cấp trên đã gửi.",
                      "This is no enrolment code: a code looks like HV1-XXXXX-XXXXX-... Copy the code that "
                      "you were sent again."},
    [FLAW_CUT_SHORT] =
        {"Mã ghi danh bị thiếu ký tự. Hãy sao chép lại toàn bộ mã (HV1-XXXXX-XXXXX-...), từ HV1 đến hết.",
         "A part of the enrolment code is missing. Copy the whole code (HV1-XXXXX-XXXXX-...) again, from HV1 "
         "to its end."},
    [FLAW_MISTYPED] = {"Mã ghi danh có ký tự sai. Hãy so lại từng nhóm năm ký tự (HV1-XXXXX-XXXXX-...) với "
                       "mã đã nhận rồi nhập lại.",
                       "The enrolment code has a wrong character. Compare each group of five "
                       "(HV1-XXXXX-XXXXX-...) with the code that you were sent and enter it again."},
    [FLAW_ACCENTS] =
        {"Mã ghi danh có chữ có dấu. Hãy tắt bộ gõ tiếng Việt rồi nhập lại mã.",
         "The enrolment code has letters with accents. Turn off Vietnamese typing and enter it again."},
    [FLAW_NEWER] =
        {"Mã ghi danh này dành cho phiên bản mới hơn. Hãy cập nhật chương trình rồi nhập lại mã.",
         "This enrolment code is for a newer version. Update the program and enter the code again."},
};

static void checksum(const uint8_t *p, size_t n, uint8_t out[CHECKSUM_SIZE])
{
    uint8_t hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)context, sizeof context - 1);
    crypto_generichash_update(&state, p, n);
    crypto_generichash_final(&state, hash, sizeof hash);
    memcpy(out, hash, CHECKSUM_SIZE);
}

#define DIGITS(bytes) (((bytes)*8 + 4) / 5)

/* Five bits from place 5 * d; behind the last byte are zero bits. */
static unsigned base32_digit(const uint8_t *p, size_t n, size_t d)
{
    size_t byte = d * 5 / 8;
    unsigned two = (unsigned)p[byte] << 8 | (byte + 1 < n ? p[byte + 1] : 0u);
    return two >> (11 - d * 5 % 8) & 31;
}

static void base32_write(const uint8_t *p, size_t n, char *out)
{
    for (size_t d = 0; d < DIGITS(n); d++) {
        if (d > 0 && d % 5 == 0)
            *out++ = '-';
        *out++ = alphabet[base32_digit(p, n, d)];
    }
    *out = '\0';
}

enum err code_format(struct arena *a, const struct enrolment_code *c, char **out)
{
    uint8_t raw[CODE_MAX];
    size_t n = strlen(c->endpoints);
    if (n > CODE_ENDPOINTS_MAX)
        return ERR_TOO_LONG;
    raw[0] = CODE_VERSION;
    raw[1] = (uint8_t)n;
    memcpy(raw + 2, c->seed, SEED_SIZE);
    memcpy(raw + 2 + SEED_SIZE, c->server_key, KEY_SIZE);
    memcpy(raw + HEAD_SIZE, c->endpoints, n);
    checksum(raw, HEAD_SIZE + n, raw + HEAD_SIZE + n);
    size_t total = HEAD_SIZE + n + CHECKSUM_SIZE;
    *out = arena_alloc(a, 4 + total * 2 + 1); /* 8/5 digits a byte and a '-' for five digits are less */
    if (*out != NULL) {
        memcpy(*out, "HV1-", 4);
        base32_write(raw, total, *out + 4);
    }
    key_wipe(raw, sizeof raw);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

/* Reading: the value of each digit, without what stands between them. */
struct digits {
    uint8_t value[DIGITS(CODE_MAX) + 1];
    size_t count;
};

/* What word processors and chats put between the groups: blanks that do not break, dashes, marks without
 * width. 0: not such a character. */
static size_t filler_length(const char *p)
{
    static const char *const fillers[] = {
        " ",      "\t",     "\r",     "\n",     "-",      "\u00a0", "\u2010",
        "\u2011", "\u2012", "\u2013", "\u2014", "\u200b", "\ufeff",
    };
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (strncmp(p, fillers[i], strlen(fillers[i])) == 0)
            return strlen(fillers[i]);
    return 0;
}

/* -1: no digit. O is read as 0, I and L as 1: nobody can tell them apart on paper. */
static int digit_value(char c)
{
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    if (upper == 'O')
        return 0;
    if (upper == 'I' || upper == 'L')
        return 1;
    const char *at = upper == '\0' ? NULL : strchr(alphabet, upper);
    return at == NULL ? -1 : (int)(at - alphabet);
}

static enum flaw prefix_read(const char **text)
{
    static const char letters[] = "HV";
    const char *p = *text;
    for (size_t i = 0, gap; i<3; p += gap> 0 ? gap : 1) {
        gap = filler_length(p);
        if (gap > 0)
            continue;
        int value = digit_value(*p);
        if (value < 0 || (i < 2 && alphabet[value] != letters[i]))
            return FLAW_NO_CODE;
        if (i == 2 && value != CODE_VERSION)
            return value > CODE_VERSION && value < 10 ? FLAW_NEWER : FLAW_NO_CODE;
        i++;
    }
    *text = p;
    return FLAW_NONE;
}

static enum flaw digits_read(const char *p, struct digits *d)
{
    d->count = 0;
    for (size_t gap; *p != '\0'; p += gap > 0 ? gap : 1) {
        gap = filler_length(p);
        if (gap > 0)
            continue;
        int value = digit_value(*p);
        if (value < 0)
            return (unsigned char)*p >= 0x80 ? FLAW_ACCENTS : FLAW_MISTYPED;
        if (d->count == sizeof d->value)
            return FLAW_MISTYPED;
        d->value[d->count++] = (uint8_t)value;
    }
    return FLAW_NONE;
}

/* The bytes of the digits; bits left over are dropped. */
static size_t digits_to_bytes(const struct digits *d, uint8_t *out)
{
    unsigned held = 0;
    int bits = 0;
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++) {
        held = (held << 5 | d->value[i]) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[n++] = (uint8_t)(held >> bits);
        }
    }
    return n;
}

static enum flaw raw_check(const uint8_t *raw, size_t n, size_t digits)
{
    uint8_t sum[CHECKSUM_SIZE];
    if (n < 2)
        return FLAW_CUT_SHORT;
    size_t body = HEAD_SIZE + (size_t)raw[1];
    size_t want = DIGITS(body + CHECKSUM_SIZE);
    if (raw[0] != CODE_VERSION || digits > want)
        return FLAW_MISTYPED;
    if (digits < want)
        return FLAW_CUT_SHORT;
    checksum(raw, body, sum);
    return memcmp(sum, raw + body, CHECKSUM_SIZE) == 0 ? FLAW_NONE : FLAW_MISTYPED;
}

/* Endpoints go to the network library as they are: nothing but visible ASCII and the blank between two. */
static bool endpoints_clean(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] < 0x20 || p[i] > 0x7e)
            return false;
    return true;
}

static enum flaw raw_read(const char *text, uint8_t raw[CODE_MAX + 1])
{
    struct digits d;
    enum flaw flaw = prefix_read(&text);
    if (flaw == FLAW_NONE)
        flaw = digits_read(text, &d);
    if (flaw != FLAW_NONE)
        return flaw;
    size_t n = digits_to_bytes(&d, raw);
    flaw = raw_check(raw, n, d.count);
    if (flaw == FLAW_NONE && !endpoints_clean(raw + HEAD_SIZE, raw[1]))
        flaw = FLAW_MISTYPED;
    key_wipe(&d, sizeof d);
    return flaw;
}

enum err code_parse(struct arena *a, enum lang lang, const char *text, struct enrolment_code *out,
                    struct fault *f)
{
    uint8_t raw[CODE_MAX + 1] = {0};
    enum flaw flaw = raw_read(text, raw);
    if (flaw != FLAW_NONE)
        return fault(f, ERR_BAD_FORMAT, "%s", text_in(lang, flaws[flaw]));
    memcpy(out->seed, raw + 2, SEED_SIZE);
    memcpy(out->server_key, raw + 2 + SEED_SIZE, KEY_SIZE);
    out->endpoints = arena_copy(a, raw + HEAD_SIZE, raw[1]);
    key_wipe(raw, sizeof raw);
    return out->endpoints == NULL ? fault(f, ERR_NO_MEMORY, "out of memory") : ERR_OK;
}
