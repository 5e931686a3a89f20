#include "client/cell_code.h"
#include "common/ask.h"
#include "common/codes.h"
#include "common/text.h"
#include <stdlib.h>
#include <string.h>

static bool fold_equal(struct cells *x, const char *a, struct bytes b)
{
    struct bytes fold;
    return text_fold(x->arena, a, strlen(a), &fold) == ERR_OK && fold.n == b.n &&
           memcmp(fold.p, b.p, b.n) == 0;
}

/* Whether the folded text is one of the words between '|'. */
static bool is_said(struct cells *x, const char *words, struct bytes fold)
{
    for (const char *p = words;; p++) {
        size_t n = strcspn(p, "|");
        const char *word = arena_print(x->arena, "%.*s", (int)n, p);
        if (word != NULL && fold_equal(x, word, fold))
            return true;
        p += n;
        if (*p == '\0')
            return false;
    }
}

/* A label whose first word says nothing that its list does not say: "Nghèo" for "Hộ nghèo". */
static bool is_short(struct cells *x, const struct code *code, struct bytes fold)
{
    struct bytes label;
    if (text_fold(x->arena, code->label.vi, strlen(code->label.vi), &label) != ERR_OK)
        return false;
    for (const char *const *word = codes_generic; *word != NULL; word++) {
        size_t n = strlen(*word);
        if (label.n == n + fold.n && memcmp(label.p, *word, n) == 0 &&
            memcmp(label.p + n, fold.p, fold.n) == 0)
            return true;
    }
    return false;
}

static const struct code *find_said(struct cells *x, const struct code *codes, struct bytes fold)
{
    for (const struct code_said *s = codes_said; s->codes != NULL; s++)
        if (s->codes == codes && is_said(x, s->words, fold))
            return code_by_token(codes, s->token);
    for (const struct code *k = codes; k->token != NULL; k++)
        if (is_short(x, k, fold))
            return k;
    return NULL;
}

static const struct code *find(struct cells *x, const struct code *codes, const char *text, size_t n)
{
    struct bytes fold;
    for (const struct code *k = codes; k->token != NULL; k++)
        if (strlen(k->token) == n && memcmp(k->token, text, n) == 0)
            return k;
    if (text_fold(x->arena, text, n, &fold) != ERR_OK)
        return NULL;
    for (const struct code *k = codes; k->token != NULL; k++)
        if (fold_equal(x, k->label.vi, fold) || fold_equal(x, k->label.en, fold))
            return k;
    return find_said(x, codes, fold);
}

const struct code *cell_code_find(struct cells *x, const struct code *codes, const char *text)
{
    return find(x, codes, text, strlen(text));
}

static enum err unknown(struct cells *x, const struct code *codes, const char *text, struct fault *f)
{
    char list[600] = "";
    for (const struct code *k = codes; k->token != NULL; k++) {
        size_t at = strlen(list);
        snprintf(list + at, sizeof list - at, "%s%s", at > 0 ? ", " : "",
                 x->ui->lang == LANG_EN ? k->token : k->label.vi);
    }
    return ui_fault(x->ui, f, ERR_UNKNOWN_VALUE, "không có giá trị \"%s\"; hãy chọn: %s",
                    "there is no value \"%s\"; choose: %s", text, list);
}

enum err cell_code_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    const struct code *code = find(x, c->kind->fields[i].codes, text, strlen(text));
    if (code == NULL)
        return unknown(x, c->kind->fields[i].codes, text, f);
    change_set_int(c, (int)i, code->value);
    return ERR_OK;
}

/* The longest run of parts from `text` on that is a code, so that labels with commas are found whole. */
static const struct code *take(struct cells *x, const struct code *codes, const char *text, size_t *length)
{
    const struct code *found = NULL;
    for (size_t n = strcspn(text, ",;+");; n += 1 + strcspn(text + n + 1, ",;+")) {
        const struct code *code = find(x, codes, text, n);
        if (code != NULL) {
            found = code;
            *length = n;
        }
        if (text[n] == '\0')
            return found;
    }
}

enum err cell_set_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    const struct code *codes = c->kind->fields[i].codes;
    int64_t set = 0;
    for (const char *p = text; *p != '\0';) {
        size_t n = 0;
        p += strspn(p, " ,;+");
        if (*p == '\0')
            break;
        const struct code *code = take(x, codes, p, &n);
        if (code == NULL)
            return unknown(x, codes, p, f);
        set |= INT64_C(1) << code->value;
        p += n;
    }
    if (set != 0)
        change_set_int(c, (int)i, set);
    return ERR_OK;
}

enum err cell_open_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    const struct code *code = find(x, c->kind->fields[i].codes, text, strlen(text));
    (void)f;
    if (code != NULL)
        text = code->token;
    change_set_text(c, (int)i, text, strlen(text));
    return ERR_OK;
}

static const struct code *field_by_number(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    return end != text && *end == '\0' ? code_by_value(ask_field_codes, number) : NULL;
}

const struct code *cell_field_code(struct cells *x, const char *text)
{
    int column = cell_field_of(x->arena, &kind_member, text);
    const struct code *code = find(x, ask_field_codes, text, strlen(text));
    if (code == NULL && column >= 0)
        code = code_by_value(ask_field_codes, field_number(&kind_member, (size_t)column));
    return code != NULL ? code : field_by_number(text);
}

enum err cell_field_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    const struct code *code = cell_field_code(x, text);
    if (code == NULL)
        return unknown(x, ask_field_codes, text, f);
    change_set_int(c, (int)i, code->value);
    return ERR_OK;
}

static const char *word(const struct cells *x, const struct code *code)
{
    return x->plain ? code->token : text_in(x->ui->lang, code->label);
}

const char *cell_code_write(struct cells *x, const struct code *codes, int64_t v)
{
    const struct code *code = code_by_value(codes, v);
    return code != NULL ? word(x, code) : arena_print(x->arena, "%lld", (long long)v);
}

const char *cell_set_write(struct cells *x, const struct code *codes, int64_t v)
{
    const char *list = "";
    for (const struct code *k = codes; k->token != NULL && list != NULL; k++)
        if ((v >> k->value & 1) != 0)
            list = arena_print(x->arena, "%s%s%s", list, *list != '\0' ? (x->plain ? "+" : "; ") : "",
                               word(x, k));
    return list;
}

const char *cell_open_write(struct cells *x, const struct code *codes, struct bytes text)
{
    const char *copy = arena_copy(x->arena, text.p, text.n);
    const struct code *code = copy != NULL ? code_by_token(codes, copy) : NULL;
    return code != NULL ? word(x, code) : copy;
}

const char *cell_field_write(struct cells *x, int64_t v)
{
    return cell_code_write(x, ask_field_codes, v);
}
