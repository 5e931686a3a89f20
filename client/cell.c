#include "client/cell.h"
#include "client/cell_code.h"
#include "client/cell_money.h"
#include "client/cell_reference.h"
#include "client/cell_unit.h"
#include "common/date.h"
#include "common/id.h"
#include "common/number.h"
#include "common/text.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    bool value;
} bool_words[] = {{"co", true}, {"x", true},      {"yes", true}, {"true", true},   {"1", true},
                  {"v", true},  {"khong", false}, {"no", false}, {"false", false}, {"0", false}};

const char *cell_option_name(struct arena *a, const struct kind *kind, size_t i)
{
    char *name = arena_print(a, "%s", kind->fields[i].name);
    if (name == NULL)
        return NULL;
    size_t n = strlen(name);
    if (field_type(kind, i) == FIELD_ID && n > 3 && strcmp(name + n - 3, "_id") == 0)
        name[n - 3] = '\0';
    for (char *p = name; *p != '\0'; p++)
        if (*p == '_')
            *p = '-';
    return name;
}

static bool is_label(struct arena *a, const char *label, struct bytes fold)
{
    struct bytes own;
    return text_fold(a, label, strlen(label), &own) == ERR_OK && own.n == fold.n &&
           memcmp(own.p, fold.p, fold.n) == 0;
}

int cell_field_of(struct arena *a, const struct kind *kind, const char *word)
{
    struct bytes fold;
    for (size_t i = 0; i < kind->field_count; i++)
        if (strcmp(cell_option_name(a, kind, i), word) == 0 || strcmp(kind->fields[i].name, word) == 0)
            return (int)i;
    if (text_fold(a, word, strlen(word), &fold) != ERR_OK)
        return -1;
    for (size_t i = 0; i < kind->field_count; i++)
        if (is_label(a, kind->fields[i].label.vi, fold) || is_label(a, kind->fields[i].label.en, fold))
            return (int)i;
    return -1;
}

/* ---- reading ---- */

/* What a spreadsheet makes of long numbers: the leading zero gone, or 9.3E+10. */
static enum err citizen_mangled(struct cells *x, const char *text, struct fault *f)
{
    size_t digits = strspn(text, "0123456789");
    bool all_digits = text[digits] == '\0';
    if (strpbrk(text, "eE") != NULL && strchr(text, '+') != NULL &&
        strspn(text, "0123456789.,eE+") == strlen(text))
        return ui_fault(x->ui, f, ERR_BAD_FORMAT,
                        "bảng tính đã viết số này thành dạng mũ (%s), các chữ số cuối bị mất; hãy định dạng "
                        "cột là Văn bản rồi nhập lại từ giấy tờ",
                        "a spreadsheet wrote this number with an exponent (%s), its last digits are lost; "
                        "format the column as text and enter it again",
                        text);
    if (all_digits && (digits == 11 || digits == 8))
        return ui_fault(
            x->ui, f, ERR_BAD_FORMAT,
            "số có %zu chữ số: bảng tính đã bỏ số 0 ở đầu; hãy định dạng cột là Văn bản và thêm lại số 0",
            "the number has %zu digits: a spreadsheet dropped its leading 0; format the column as text and "
            "put the 0 back",
            digits);
    return ERR_OK;
}

/* The apostrophe and the separators that people write around numbers. */
static struct bytes number_clean(struct arena *a, struct bytes in)
{
    char *out = arena_alloc(a, in.n + 1);
    size_t n = 0;
    for (size_t k = 0; out != NULL && k < in.n; k++)
        if (strchr(" .'-", (char)in.p[k]) == NULL)
            out[n++] = (char)in.p[k];
    if (out == NULL)
        return in;
    out[n] = '\0';
    return (struct bytes){(const uint8_t *)out, n};
}

static enum err read_text(struct cells *x, struct change *c, size_t i, struct bytes text, struct fault *f)
{
    enum check check = c->kind->fields[i].check;
    bool scientific = check == CHECK_CITIZEN && memchr(text.p, '+', text.n) != NULL;
    if ((check == CHECK_CITIZEN && !scientific) || check == CHECK_PHONE)
        text = number_clean(x->arena, text);
    if (check == CHECK_CITIZEN) {
        enum err e = citizen_mangled(x, (const char *)text.p, f);
        if (e != ERR_OK)
            return e;
    }
    if (check == CHECK_TWO_DIGITS && text.n == 1)
        text = (struct bytes){(const uint8_t *)arena_print(x->arena, "0%c", text.p[0]), 2};
    change_set_text(c, (int)i, (const char *)text.p, text.n);
    return ERR_OK;
}

static enum err read_date(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    int32_t date;
    if (!date_parse(text, &date))
        return ui_fault(x->ui, f, ERR_BAD_DATE,
                        "\"%s\" không phải là ngày có thật; hãy viết dd/mm/yyyy, mm/yyyy hoặc yyyy",
                        "\"%s\" is no date that exists; write dd/mm/yyyy, mm/yyyy or yyyy", text);
    change_set_int(c, (int)i, date);
    return ERR_OK;
}

static enum err read_bool(struct cells *x, struct change *c, size_t i, struct bytes text, struct fault *f)
{
    struct bytes fold;
    enum err e = text_fold(x->arena, (const char *)text.p, text.n, &fold);
    if (e != ERR_OK)
        return e;
    for (size_t k = 0; k < sizeof bool_words / sizeof bool_words[0]; k++)
        if (strlen(bool_words[k].word) == fold.n && memcmp(bool_words[k].word, fold.p, fold.n) == 0) {
            change_set_int(c, (int)i, bool_words[k].value);
            return ERR_OK;
        }
    return ui_fault(x->ui, f, ERR_UNKNOWN_VALUE, "hãy viết có hoặc không", "write yes or no");
}

static enum err read_id(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    const struct kind *to = kind_by_name(c->kind->fields[i].refers);
    struct id *id = arena_alloc(x->arena, sizeof *id);
    if (id == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = to == &kind_group ? cell_group_find(x, text, id, f) : cell_record_find(x, to, text, id, f);
    if (e == ERR_OK)
        change_set_id(c, (int)i, id);
    return e;
}

static enum err read_int(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    int64_t v;
    if (!number_parse(text, &v))
        return ui_fault(x->ui, f, ERR_BAD_NUMBER, "\"%s\" không phải là số nguyên",
                        "\"%s\" is no whole number", text);
    change_set_int(c, (int)i, v);
    return ERR_OK;
}

enum err cell_read(struct cells *x, struct change *c, size_t i, const char *text, size_t n, struct fault *f)
{
    struct bytes clean;
    enum err e = text_clean(x->arena, text, n, &clean, f);
    if (e != ERR_OK)
        return ui_fault(x->ui, f, e, "có ký tự không đọc được; hãy lưu tệp dạng UTF-8",
                        "there are characters that can't be read; save the file as UTF-8");
    if (clean.n == 0)
        return ERR_OK;
    if (clean.n == 1 && clean.p[0] == '-') {
        change_clear(c, (int)i);
        return ERR_OK;
    }
    const char *copy = arena_copy(x->arena, clean.p, clean.n);
    if (copy == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    clean.p = (const uint8_t *)copy;
    if (cell_is_money(c->kind, i))
        return cell_money_read(x, c, i, copy, f);
    switch (field_type(c->kind, i)) {
    case FIELD_TEXT:
        return c->kind->fields[i].codes != NULL ? cell_open_read(x, c, i, copy, f)
                                                : read_text(x, c, i, clean, f);
    case FIELD_DATE:
        return read_date(x, c, i, copy, f);
    case FIELD_CODE:
        return cell_code_read(x, c, i, copy, f);
    case FIELD_SET:
        return cell_set_read(x, c, i, copy, f);
    case FIELD_BOOL:
        return read_bool(x, c, i, clean, f);
    case FIELD_ID:
        return read_id(x, c, i, copy, f);
    default:
        return c->kind->fields[i].check == CHECK_MEMBER_FIELD              ? cell_field_read(x, c, i, copy, f)
               : cell_is_unit(c->kind, i) && cell_unit_read(x, c, i, copy) ? ERR_OK
                                                                           : read_int(x, c, i, copy, f);
    }
}

/* ---- writing ---- */

const char *cell_name(struct cells *x, const struct record *r)
{
    static const char *const names[] = {"name", "cause", "date"};
    char id[ID_TEXT];
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        int i = kind_field(r->kind, names[k]);
        if (i >= 0 && record_has(r, i))
            return cell_write(x, r, (size_t)i);
    }
    id_format(&r->id, id);
    return arena_print(x->arena, "%s", id);
}

static const char *write_id(struct cells *x, const struct record *r, size_t i)
{
    const struct kind *to = kind_by_name(r->kind->fields[i].refers);
    const struct id *id = record_id(r, (int)i);
    struct record *other;
    char text[ID_TEXT];
    id_format(id, text);
    if (!x->plain && book_find(x->book, x->arena, to, id, &other, NULL) == ERR_OK)
        return cell_reference_write(x, other);
    return arena_print(x->arena, "%s", text);
}

const char *cell_write(struct cells *x, const struct record *r, size_t i)
{
    char date[DATE_TEXT];
    if (!record_has(r, (int)i))
        return "";
    struct bytes text;
    int64_t v = field_type(r->kind, i) == FIELD_TEXT ? 0 : record_int(r, (int)i, 0);
    if (cell_is_money(r->kind, i))
        return cell_money_write(x, v);
    switch (field_type(r->kind, i)) {
    case FIELD_TEXT:
        text = record_text(r, (int)i);
        return r->kind->fields[i].codes != NULL ? cell_open_write(x, r->kind->fields[i].codes, text)
                                                : arena_copy(x->arena, text.p, text.n);
    case FIELD_DATE:
        date_format((int32_t)v, x->plain, date);
        return arena_print(x->arena, "%s", date);
    case FIELD_CODE:
        return cell_code_write(x, r->kind->fields[i].codes, v);
    case FIELD_SET:
        return cell_set_write(x, r->kind->fields[i].codes, v);
    case FIELD_BOOL:
        if (x->plain)
            return v != 0 ? "true" : "false";
        return v != 0 ? text_in(x->ui->lang, (struct text_pair){"có", "yes"})
                      : text_in(x->ui->lang, (struct text_pair){"không", "no"});
    case FIELD_ID:
        return write_id(x, r, i);
    default:
        return r->kind->fields[i].check == CHECK_MEMBER_FIELD ? cell_field_write(x, v)
               : cell_is_unit(r->kind, i)                     ? cell_unit_write(x, v)
                                                              : arena_print(x->arena, "%lld", (long long)v);
    }
}
