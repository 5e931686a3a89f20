#include "client/cell_money.h"
#include "common/target.h"
#include "common/text.h"
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 18 /* surely within 64 bits; what there can be is told by the field's bounds */

bool cell_is_money(const struct kind *kind, size_t i)
{
    return kind->fields[i].check == CHECK_MONEY || kind->fields[i].check == CHECK_BALANCE;
}

/* The unit behind the number and the blanks before it, taken off. */
static void cut_unit(struct bytes *fold)
{
    static const char *const units[] = {"dong", "vnd", "d"};
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
        size_t n = strlen(units[k]);
        if (fold->n > n && memcmp(fold->p + fold->n - n, units[k], n) == 0) {
            fold->n -= n;
            break;
        }
    }
    while (fold->n > 0 && fold->p[fold->n - 1] == ' ')
        fold->n--;
}

static size_t digits(const char *p)
{
    return strspn(p, "0123456789");
}

/* Digits alone, or one to three of them and then groups of three behind the same separator. */
static bool take_digits(const char *p, char out[MOST_DIGITS + 1])
{
    size_t n = digits(p), count = n;
    char separator = p[n];
    if (n == 0 || n > MOST_DIGITS || (separator != '\0' && n > 3))
        return false;
    memcpy(out, p, n);
    for (p += n; *p != '\0'; p += 4) {
        if (*p != separator || strchr("., ", separator) == NULL || digits(p + 1) != 3 ||
            count + 3 > MOST_DIGITS)
            return false;
        memcpy(out + count, p + 1, 3);
        count += 3;
    }
    out[count] = '\0';
    return true;
}

enum err cell_money_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    struct bytes fold;
    char number[MOST_DIGITS + 1];
    enum err e = text_fold(x->arena, text, strlen(text), &fold);
    if (e != ERR_OK)
        return fault(f, e, "out of memory");
    cut_unit(&fold);
    const char *p = arena_copy(x->arena, fold.p, fold.n);
    bool below = p != NULL && *p == '-';
    if (p == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (!take_digits(p + below, number))
        return ui_fault(x->ui, f, ERR_BAD_NUMBER,
                        "\"%s\" không phải là số tiền; hãy viết số đồng nguyên, ví dụ 1.250.000 hoặc 1250000",
                        "\"%s\" is no sum of money; write whole đồng, for example 1,250,000 or 1250000",
                        text);
    int64_t v = strtoll(number, NULL, 10);
    change_set_int(c, (int)i, below ? -v : v);
    return ERR_OK;
}

const char *cell_money_write(struct cells *x, int64_t v)
{
    char text[40];
    if (!x->points)
        return arena_print(x->arena, "%lld", (long long)v);
    count_format(v, x->ui->lang, text, sizeof text);
    return arena_print(x->arena, "%s", text);
}
