#include "client/fund.h"
#include "client/cell.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/target.h"
#include "proto/record.pb-c.h"
#include <string.h>

enum { LEVEL_COMMUNE = 4 };

#define MOST_REDS 5

static enum err each(void *source, const struct kind *kind, tally_record_fn *fn, void *context,
                     struct fault *f)
{
    const struct fund_source *s = source;
    const struct book_filter filter = {.kind = kind, .missing_field = -1};
    return book_each(s->book, s->arena, &filter, fn, context, f);
}

/* A register of a province's own stream keeps the province's fund. */
static enum err is_of_province(struct client *c, bool *out, struct fault *f)
{
    struct identity who;
    enum err e = identity_load(c->book, &who, f);
    *out =
        e == ERR_OK && who.unit_count > 0 && who.units[0].level != 0 && who.units[0].level != LEVEL_COMMUNE;
    key_wipe(&who, sizeof who);
    return e;
}

enum err fund_desk_input(struct client *c, struct arena *a, struct fund_source *source,
                         struct tally_input *out, struct fault *f)
{
    *source = (struct fund_source){c->book, a};
    *out = (struct tally_input){.arena = a, .source = source, .each = each};
    return is_of_province(c, &out->of_province, f);
}

enum err fund_desk_book(struct client *c, struct arena *a, struct fund_book *out, struct fault *f)
{
    struct fund_source source;
    struct tally_input in;
    enum err e = fund_desk_input(c, a, &source, &in, f);
    if (e == ERR_OK)
        e = fund_load(&in, out, f);
    if (e == ERR_BAD_NUMBER)
        return ui_fault(&c->ui, f, e,
                        "Các số tiền trong sổ quỹ cộng lại vượt quá mức có thể; hãy xem lại các bút toán lớn "
                        "nhất: hoivien entry list",
                        "The sums in the fund's book are beyond what can be; check the largest entries: "
                        "hoivien entry list");
    return e;
}

enum err fund_desk_closed(struct client *c, struct arena *a, int32_t *year, struct fault *f)
{
    struct fund_source source = {c->book, a};
    const struct tally_input in = {.arena = a, .source = &source, .each = each};
    struct records closings;
    enum err e = records_load(&in, &kind_closing, &closings, f);
    *year = e == ERR_OK ? fund_closed_until(&closings) : 0;
    return e;
}

/* ---- words ---- */

const char *fund_desk_name(struct client *c, struct arena *a, const struct fund *fund, bool plain)
{
    const struct code *level = code_by_value(fund_level_codes, fund->level);
    const char *word = level == NULL ? "?" : plain ? level->token : text_in(c->ui.lang, level->label);
    struct record *group;
    if (fund->group == NULL || book_find(c->book, a, &kind_group, fund->group, &group, NULL) != ERR_OK)
        return word;
    struct bytes name = record_text(group, kind_field(&kind_group, "name"));
    const char *both = arena_print(a, "%s: %.*s", word, (int)name.n, (const char *)name.p);
    return both != NULL ? both : word;
}

const char *fund_desk_money(struct client *c, struct arena *a, int64_t n)
{
    char text[40];
    count_format(n, c->ui.lang, text, sizeof text);
    const char *copy = arena_print(a, "%s", text);
    return copy != NULL ? copy : "";
}

const char *fund_desk_red(struct client *c, struct arena *a, const struct fund_book *b,
                          const struct fund_deficit *d)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    const char *name = fund_desk_name(c, a, &b->funds[d->fund], false),
               *lowest = fund_desk_money(c, a, d->lowest);
    bool lasts = d->until == DATE_MAX, english = c->ui.lang == LANG_EN;
    date_format(d->from, false, from);
    date_format(lasts ? d->from : date_add_days(d->until, -1), false, to);
    const char *text =
        lasts ? arena_print(a,
                            english ? "the fund \"%s\" is below zero since %s, at worst %s đồng"
                                    : "quỹ \"%s\" bị âm từ ngày %s, thấp nhất %s đồng",
                            name, from, lowest)
              : arena_print(a,
                            english ? "the fund \"%s\" is below zero from %s to %s, at worst %s đồng"
                                    : "quỹ \"%s\" bị âm từ ngày %s đến ngày %s, thấp nhất %s đồng",
                            name, from, to, lowest);
    return text != NULL ? text : "";
}

/* ---- days in the red ---- */

enum err fund_desk_reds(struct client *c, struct arena *a, struct fund_reds *out, struct fault *f)
{
    *out = (struct fund_reds){.list = NULL};
    enum err e = fund_desk_book(c, a, &out->book, f);
    return e == ERR_OK ? fund_deficits(a, &out->book, &out->list, &out->count, f) : e;
}

static bool is_same_fund(const struct fund *x, const struct fund *y)
{
    bool same = x->group == NULL || y->group == NULL ? x->group == y->group : id_equal(x->group, y->group);
    return same && x->level == y->level;
}

static bool was_there(const struct fund_reds *before, const struct fund_book *b, const struct fund_deficit *d)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct fund_deficit *old = &before->list[i];
        if (is_same_fund(&before->book.funds[old->fund], &b->funds[d->fund]) && old->from <= d->from &&
            old->until >= d->until && old->lowest <= d->lowest)
            return true;
    }
    return false;
}

static void say(struct client *c, const char *red)
{
    ui_say(&c->ui, "  Lưu ý: %s; xem: %s fund book", "  Note: %s; see: %s fund book", red, c->ui.program);
}

void fund_desk_say_new(struct client *c, struct arena *a, const struct fund_reds *before,
                       const struct fund_reds *now)
{
    for (size_t i = 0; i < now->count; i++)
        if (!was_there(before, &now->book, &now->list[i]))
            say(c, fund_desk_red(c, a, &now->book, &now->list[i]));
}

enum err fund_desk_say_reds(struct client *c, struct fault *f)
{
    struct fund_reds now;
    int32_t closed;
    size_t said = 0;
    enum err e = fund_desk_closed(c, c->arena, &closed, f);
    if (e == ERR_OK)
        e = fund_desk_reds(c, c->arena, &now, f);
    for (size_t i = 0; e == ERR_OK && i < now.count && said < MOST_REDS; i++)
        if (now.list[i].until / 10000 > closed) {
            say(c, fund_desk_red(c, c->arena, &now.book, &now.list[i]));
            said++;
        }
    return e;
}
