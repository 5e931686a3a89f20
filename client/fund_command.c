#include "client/fund_command.h"
#include "client/cell.h"
#include "client/command_options.h"
#include "client/tally_show.h"
#include "common/check.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

#define YEAR_OPTION                                                                                          \
    {                                                                                                        \
        "year", 0, "YEAR",                                                                                   \
        {                                                                                                    \
            "năm (mặc định: năm nay)", "the year (default: this year)"                                       \
        }                                                                                                    \
    }
#define FUND_OPTIONS                                                                                                            \
    {"level",                                                                                                                   \
     0,                                                                                                                         \
     "WORD",                                                                                                                    \
     {"chỉ quỹ của cấp này: group = Chi hội, tổ; commune = Cấp xã; district = Cấp huyện; province = Cấp " \
      "tỉnh",                                                                                                                   \
      "only the fund of this level: group = Chi hội, tổ; commune = Commune; district = District; province "                 \
      "= Province"}},                                                                                                           \
    {                                                                                                                           \
        "group", 0, "GROUP",                                                                                                    \
        {                                                                                                                       \
            "chỉ quỹ của chi hội, tổ này", "only the fund of this group"                                                        \
        }                                                                                                                       \
    }

static const struct option_row book_options[] = {
    YEAR_OPTION, TALLY_OPTIONS, FUND_OPTIONS, FORMAT_OPTIONS, END_OF_OPTIONS,
};

static const struct option_row statement_options[] = {
    YEAR_OPTION,
    FUND_OPTIONS,
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row dues_options[] = {
    YEAR_OPTION,
    {"group", 0, "GROUP", {"chỉ trong chi hội, tổ, nhóm này", "only in this group"}},
    {"unpaid", 0, NULL, {"chỉ những người còn nợ hội phí", "only those who owe dues"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row close_options[] = {
    {"anyway",
     0,
     NULL,
     {"khóa sổ cả khi số dư của một quỹ bị âm", "close it although the balance of a fund is below zero"}},
    END_OF_OPTIONS,
};

const struct command fund_commands[FUND_COMMANDS + 1] = {
    {"fund book",
     "",
     {"sổ quỹ: từng khoản thu, chi và tồn quỹ\n\nHiện vật và ngày công được ghi giá trị, không tính vào tồn "
      "quỹ. Bút toán đảo đứng ở ngày đảo, với dấu ngược lại.",
      "the cash book: each receipt and payment with the balance\n\nGifts in kind and labour are valued and "
      "stand outside of the balance. A reversal stands on its own day with the opposite sign."},
     book_options,
     cmd_fund_book,
     NULL},
    {"fund statement",
     "",
     {"báo cáo quỹ của một năm: tồn đầu năm, thu theo nguồn, chi theo mục đích, tồn cuối năm",
      "the yearly statement: opening balance, receipts by source, payments by purpose, closing balance"},
     statement_options,
     cmd_fund_statement,
     NULL},
    {"fund dues",
     "",
     {"hội phí của một năm: ai đã nộp, ai chưa, ai được miễn và vì sao\n\nAi phải nộp tính đến ngày cuối năm "
      "(năm nay: đến hôm nay), theo mức hội phí đang áp dụng khi đó.",
      "the dues of a year: who has paid, who has not, who is exempt and why\n\nWho is liable is decided on "
      "the year's last day (this year: today), by the rate in force then."},
     dues_options,
     cmd_fund_dues,
     NULL},
    {"fund close",
     "YEAR",
     {"khóa sổ quỹ của một năm đã hết; năm đã khóa không ghi thêm được nữa",
      "close the book of a year that is over; nothing more is entered in a closed year"},
     close_options,
     cmd_fund_close,
     NULL},
    {NULL, NULL, {NULL, NULL}, NULL, NULL, NULL},
};

enum err fund_year(const struct ui *ui, const char *text, int32_t *out, struct fault *f)
{
    char *end = NULL;
    long year = text != NULL ? strtol(text, &end, 10) : 0;
    *out = (int32_t)year;
    if (text != NULL && end != text && *end == '\0' && year >= YEAR_FIRST && year <= YEAR_LAST)
        return ERR_OK;
    return ui_fault(ui, f, ERR_USAGE, "Hãy cho một năm, ví dụ 2018.", "Give a year, for example 2018.");
}

static enum err choose_period(struct client *c, const struct options *o, struct fund_choice *x,
                              struct fault *f)
{
    int32_t year;
    int regular;
    const char *text = option(o, "year");
    if (text != NULL && (option(o, "from") != NULL || option(o, "to") != NULL))
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho --year, hoặc --from và --to.",
                        "Give either --year, or --from and --to.");
    x->from = x->day = 0;
    enum err e = text != NULL ? fund_year(&c->ui, text, &year, f)
                              : tally_options(&c->ui, o, &x->from, &x->day, &regular, f);
    if (e == ERR_OK && text != NULL) {
        x->from = year * 10000 + 101;
        x->day = year * 10000 + 1231;
    }
    return e == ERR_OK ? tally_period_check(&c->ui, &x->from, &x->day, f) : e;
}

static enum err choose_fund(struct client *c, const struct options *o, struct fund_choice *x, struct fault *f)
{
    struct cells cells = {.book = c->book, .ui = &c->ui, .arena = c->arena};
    const char *level = option(o, "level"), *group = option(o, "group");
    const struct code *code = level != NULL ? code_by_token(fund_level_codes, level) : NULL;
    struct id id;
    x->fund = FUND_ALL;
    if (level != NULL && code == NULL)
        return ui_fault(&c->ui, f, ERR_USAGE, "--level nhận group, commune, district hoặc province.",
                        "--level takes group, commune, district or province.");
    if (code != NULL && (code->value == HV__FUND_LEVEL__FUND_GROUP) != (group != NULL))
        return ui_fault(&c->ui, f, ERR_USAGE,
                        "Quỹ của chi hội, tổ cần --group; quỹ của cấp khác không có --group.",
                        "The fund of a group needs --group; that of another level takes none.");
    enum err e = group != NULL ? cell_group_find(&cells, group, &id, f) : ERR_OK;
    if (e != ERR_OK || (level == NULL && group == NULL))
        return e;
    x->fund = fund_find(&x->book, group != NULL ? HV__FUND_LEVEL__FUND_GROUP : code->value,
                        group != NULL ? &id : NULL);
    if (x->fund == FUND_ALL)
        x->fund = x->book.fund_count;
    return ERR_OK;
}

enum err fund_choose(struct client *c, const struct options *o, struct fund_choice *out, struct fault *f)
{
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = choose_period(c, o, out, f);
    if (e == ERR_OK)
        e = fund_desk_book(c, c->arena, &out->book, f);
    return e == ERR_OK ? choose_fund(c, o, out, f) : e;
}
