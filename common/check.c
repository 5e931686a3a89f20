#include "common/check.h"
#include "common/ask.h"
#include "common/change.h"
#include "common/date.h"
#include "common/id.h"
#include "common/text.h"
#include "proto/record.pb-c.h"
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 500

/* Bytes of `p` from the start that are plain ASCII: no control characters. Most texts of a batch are that
 * altogether, so eight bytes are looked at in one step. */
static size_t plain_run(const uint8_t *p, size_t n)
{
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, sizeof w);
        uint64_t below_space = w - ones * 0x20, is_delete = (w ^ ones * 0x7f) - ones;
        if (((w | below_space | is_delete) & high) != 0)
            break;
    }
    while (i < n && p[i] >= 0x20 && p[i] < 0x7f)
        i++;
    return i;
}

/* Length of one character from U+00A0 to U+02FF or from U+1E00 to U+1EFF, where every Vietnamese letter has
 * its place; all of these are in NFC whatever stands beside them. 0: something else. */
static size_t composed_letter(const uint8_t *p, size_t n)
{
    if (n >= 2 && p[0] >= 0xc2 && p[0] <= 0xcb)
        return (p[1] & 0xc0) == 0x80 && (p[0] > 0xc2 || p[1] >= 0xa0) ? 2 : 0;
    if (n >= 3 && p[0] == 0xe1)
        return p[1] >= 0xb8 && p[1] <= 0xbb && (p[2] & 0xc0) == 0x80 ? 3 : 0;
    return 0;
}

/* Whether the text needs no closer look: ASCII and composed letters only. False says nothing yet. */
static bool text_is_simple(const char *text, size_t n)
{
    const uint8_t *p = (const uint8_t *)text;
    for (size_t i = 0; i < n;) {
        size_t step = plain_run(p + i, n - i);
        if (step == 0)
            step = composed_letter(p + i, n - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    /* Beyond ASCII everything that is left in a valid text is taken for a letter. */
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t digit_count(const char *p, size_t n)
{
    size_t digits = 0;
    for (size_t i = 0; i < n; i++)
        digits += is_digit(p[i]);
    return digits;
}

static bool only_letters_digits_and(const char *others, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_letter(p[i]) && !is_digit(p[i]) && (p[i] == '\0' || strchr(others, p[i]) == NULL))
            return false;
    return true;
}

static bool has_letter(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_letter(p[i]))
            return true;
    return false;
}

/* Digits are taken in names, since lists tell namesakes apart by them. */
static bool name_fits(const char *p, size_t n)
{
    return has_letter(p, n) && only_letters_digits_and(" '-.,()/", p, n);
}

static bool phone_fits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i]) && (p[i] == '\0' || strchr("+ .-()/,", p[i]) == NULL))
            return false;
    return digit_count(p, n) >= 3;
}

#define COMMUNE_DIGITS 5

/* Blanks around a code are taken. */
struct bytes check_communes(const char *p, size_t n)
{
    for (size_t at = 0; at <= n;) {
        size_t end = at;
        while (end < n && p[end] != ',')
            end++;
        size_t from = at, to = end;
        while (from < to && p[from] == ' ')
            from++;
        while (to > from && p[to - 1] == ' ')
            to--;
        if (to - from != COMMUNE_DIGITS || digit_count(p + from, to - from) != COMMUNE_DIGITS)
            return (struct bytes){(const uint8_t *)p + from, to - from};
        at = end + 1;
    }
    return (struct bytes){NULL, 0};
}

/* NULL when the text fits the check of its field; otherwise what it should be. */
static const char *format_fault(enum check check, const char *p, size_t n)
{
    switch (check) {
    case CHECK_NAME:
        return name_fits(p, n) ? NULL : "not what a person's name is made of";
    case CHECK_TITLE:
        return has_letter(p, n) || digit_count(p, n) > 0 ? NULL : "neither letter nor digit";
    case CHECK_CITIZEN:
        return digit_count(p, n) == n && (n == 9 || n == 12) ? NULL : "not 9 or 12 digits";
    case CHECK_PHONE:
        return phone_fits(p, n) ? NULL : "not a telephone number";
    case CHECK_TWO_DIGITS:
        return n == 2 && digit_count(p, n) == 2 ? NULL : "not two digits";
    case CHECK_COMMUNES:
        return check_communes(p, n).p == NULL ? NULL : "not codes of 5 digits between commas";
    default:
        return NULL;
    }
}

static enum err wrong(struct fault *f, enum err code, const struct kind *kind, size_t i, const char *what)
{
    return fault_field(f, code, (int)i, "%s.%s: %s", kind->name, kind->fields[i].name, what);
}

static enum err check_text(const struct kind *kind, size_t i, const struct value *v, struct fault *f)
{
    const struct field *x = &kind->fields[i];
    if (v->n == 0)
        return wrong(f, ERR_BAD_FORMAT, kind, i, "empty, though not cleared");
    if (v->n > (x->max == 0 ? TEXT_MAX : x->max))
        return wrong(f, ERR_TOO_LONG, kind, i, "longer than the field may be");
    if (!text_is_simple(v->p, v->n)) {
        if (!text_valid(v->p, v->n, x->check == CHECK_LINES))
            return wrong(f, ERR_BAD_TEXT, kind, i, "not UTF-8, or with control characters");
        if (!text_is_nfc(v->p, v->n))
            return wrong(f, ERR_BAD_TEXT, kind, i, "not in normal form NFC");
    }
    const char *what = format_fault(x->check, v->p, v->n);
    return what == NULL ? ERR_OK : wrong(f, ERR_BAD_FORMAT, kind, i, what);
}

bool check_bounds(const struct field *field, int64_t *least, int64_t *most)
{
    const struct {
        enum check check;
        int64_t least, most;
    } rows[] = {
        {CHECK_COUNT, 0, field->max == 0 ? COUNT_MAX : field->max},
        {CHECK_MONEY, 1, MONEY_MAX},
        {CHECK_BALANCE, INT64_MIN, INT64_MAX},
        {CHECK_PERCENT, 0, 100},
        {CHECK_YEAR, YEAR_FIRST, YEAR_LAST},
        {CHECK_MONTHS, 1, 12},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        if (rows[k].check == field->check) {
            *least = rows[k].least;
            *most = rows[k].most;
            return true;
        }
    return false;
}

/* The number of a field of members that may be asked for. */
static bool is_asked(int64_t number)
{
    int i = number > 0 && number <= UINT32_MAX ? kind_field_by_number(&kind_member, (uint32_t)number) : -1;
    return i >= 0 && field_is_asked(&kind_member, (size_t)i);
}

static enum err check_int(const struct kind *kind, size_t i, const struct value *v, struct fault *f)
{
    bool small = kind->descriptor->fields[i].type == PROTOBUF_C_TYPE_INT32;
    if (small && (v->i < INT32_MIN || v->i > INT32_MAX))
        return wrong(f, ERR_BAD_NUMBER, kind, i, "beyond 32 bits");
    const struct field *x = &kind->fields[i];
    if (x->check == CHECK_MEMBER_FIELD && !is_asked(v->i))
        return wrong(f, ERR_UNKNOWN_VALUE, kind, i, "no field that is asked for");
    int64_t least, most;
    if (check_bounds(x, &least, &most) && (v->i < least || v->i > most))
        return wrong(f, ERR_BAD_NUMBER, kind, i, "less or more than there can be");
    return ERR_OK;
}

static enum err check_set(const struct kind *kind, size_t i, const struct value *v, struct fault *f)
{
    int64_t known = 0;
    for (const struct code *c = kind->fields[i].codes; c->token != NULL; c++)
        known |= INT64_C(1) << c->value;
    return v->i > 0 && (v->i & ~known) == 0 ? ERR_OK
                                            : wrong(f, ERR_UNKNOWN_VALUE, kind, i, "no such set of codes");
}

static bool id_is_null(const struct id *id)
{
    static const struct id null;
    return id_equal(id, &null);
}

static enum err check_id(const struct kind *kind, size_t i, const struct value *v, struct fault *f)
{
    struct id id;
    if (v->n != sizeof id.b)
        return wrong(f, ERR_BAD_ID, kind, i, "not 16 bytes");
    memcpy(id.b, v->p, sizeof id.b);
    return id_is_null(&id) ? wrong(f, ERR_BAD_ID, kind, i, "the null id") : ERR_OK;
}

enum err check_value(const struct kind *kind, size_t i, const struct value *v, struct fault *f)
{
    const struct field *x = &kind->fields[i];
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        return check_text(kind, i, v, f);
    case FIELD_DATE:
        return date_valid(v->i, x->check == CHECK_DATE) ? ERR_OK
                                                        : wrong(f, ERR_BAD_DATE, kind, i, "no such date");
    case FIELD_CODE:
        return code_by_value(x->codes, v->i) != NULL ? ERR_OK
                                                     : wrong(f, ERR_UNKNOWN_VALUE, kind, i, "no such code");
    case FIELD_BOOL:
        return v->i == 0 || v->i == 1 ? ERR_OK : wrong(f, ERR_BAD_NUMBER, kind, i, "neither 0 nor 1");
    case FIELD_ID:
        return check_id(kind, i, v, f);
    case FIELD_SET:
        return check_set(kind, i, v, f);
    case FIELD_INT:
        return check_int(kind, i, v, f);
    }
    return wrong(f, ERR_INTERNAL, kind, i, "a type that nobody checks");
}

static enum err check_required(const struct change *c, bool creates, struct fault *f)
{
    for (size_t i = 0; i < c->kind->field_count; i++) {
        if (!c->kind->fields[i].required && !c->kind->fields[i].needed)
            continue;
        uint64_t bit = field_bit(c->kind, i);
        if ((c->cleared & bit) != 0)
            return wrong(f, ERR_MISSING, c->kind, i, "required, and cleared");
        if (creates && (c->set & bit) == 0)
            return wrong(f, ERR_MISSING, c->kind, i, "required, and not given");
    }
    return ERR_OK;
}

static enum err check_append_only(const struct change *c, bool creates, struct fault *f)
{
    if (!c->kind->append_only)
        return ERR_OK;
    int voided = kind_field(c->kind, "voided");
    if (!creates || (voided >= 0 && (c->set & field_bit(c->kind, (size_t)voided)) != 0))
        return fault(f, ERR_APPEND_ONLY, "%s: written once, neither edited nor voided", c->kind->name);
    return ERR_OK;
}

/* Called after the values, so ids are 16 bytes. An edit need not name what the relation joins. */
static enum err check_relation(const struct change *c, struct fault *f)
{
    struct id computed;
    bool any;
    if (!c->kind->relation)
        return ERR_OK;
    bool whole = kind_relation_id(c->kind, c->set, c->values, &computed, &any);
    if (any && (!whole || !id_equal(&computed, &c->id)))
        return fault(f, ERR_BAD_ID, "%s: the id is not the one of what it joins", c->kind->name);
    return ERR_OK;
}

/* A reference to the record itself: a group below itself. Longer circles can't be seen from one change. */
static enum err check_itself(const struct change *c, size_t i, struct fault *f)
{
    if (field_type(c->kind, i) != FIELD_ID || memcmp(c->values[i].p, c->id.b, sizeof c->id.b) != 0)
        return ERR_OK;
    return wrong(f, ERR_BAD_FORMAT, c->kind, i, "the record itself");
}

static enum err check_spans(const struct change *c, struct fault *f)
{
    int begins, ends;
    const struct record given = {c->kind, c->id, c->set, c->values};
    return check_backwards(&given, &begins, &ends)
               ? wrong(f, ERR_BAD_DATE, c->kind, (size_t)ends, "before its beginning")
               : ERR_OK;
}

enum err check_change(const struct change *c, bool creates, struct fault *f)
{
    if (c->kind == NULL)
        return fault(f, ERR_UNKNOWN_KIND, "kind %u is not known", c->kind_number);
    if (c->unknown_field != 0)
        return fault(f, ERR_UNKNOWN_FIELD, "%s: field %u is not known", c->kind->name, c->unknown_field);
    if (id_is_null(&c->id))
        return fault(f, ERR_BAD_ID, "%s: the null id", c->kind->name);
    enum err e = check_append_only(c, creates, f);
    if (e == ERR_OK)
        e = check_required(c, creates, f);
    for (size_t i = 0; i < c->kind->field_count && e == ERR_OK; i++)
        if ((c->set & field_bit(c->kind, i)) != 0 &&
            (e = check_value(c->kind, i, &c->values[i], f)) == ERR_OK)
            e = check_itself(c, i, f);
    if (e == ERR_OK)
        e = check_spans(c, f);
    return e == ERR_OK ? check_relation(c, f) : e;
}
