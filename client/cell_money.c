#include "client/cell_money.h"
#include "common/number.h"
#include "common/target.h"

bool cell_is_money(const struct kind *kind, size_t i)
{
    return kind->fields[i].check == CHECK_MONEY || kind->fields[i].check == CHECK_BALANCE;
}

enum err cell_money_read(struct cells *x, struct change *c, size_t i, const char *text, struct fault *f)
{
    int64_t v;
    if (!number_parse(text, &v))
        return ui_fault(x->ui, f, ERR_BAD_NUMBER,
                        "\"%s\" không phải là số tiền; hãy viết số đồng nguyên, ví dụ 1.250.000 hoặc 1250000",
                        "\"%s\" is no sum of money; write whole đồng, for example 1,250,000 or 1250000",
                        text);
    change_set_int(c, (int)i, v);
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
