#include "common/import_column.h"
#include "common/target.h"
#include <stdlib.h>
#include <string.h>

const struct code level_codes[] = {
    {1, "centre", {"Trung ương", "centre"}},
    {2, "province", {"tỉnh", "province"}},
    {3, "district", {"huyện", "district"}},
    {4, "commune", {"xã", "commune"}},
    {0, NULL, {NULL, NULL}},
};

static const struct code decides_codes[] = {
    {0, "no", {"không", "no"}}, {1, "yes", {"có", "yes"}}, {0, NULL, {NULL, NULL}}};

const struct import_column population_columns[] = {
    {.name = "unit", .label = {"Mã tỉnh hoặc xã", "Code of the province or commune"}},
    {.name = "term_level", .words = level_codes, .label = {"Cấp của nhiệm kỳ", "Level of the term"}},
    {.name = "term", .label = {"Nhiệm kỳ, ví dụ 2017-2022", "Term, for example 2017-2022"}},
    {.name = "type", .codes = population_codes, .label = {"Loại số liệu", "Type of figure"}},
    {.name = "value", .is_number = true, .label = {"Số", "Value"}},
    {.name = "as_of", .is_date = true, .label = {"Số liệu của ngày", "Day of the figure"}},
    {.name = "source", .label = {"Nguồn", "Source"}},
};
const size_t population_column_count = sizeof population_columns / sizeof population_columns[0];

const struct import_column target_columns[] = {
    {.name = "key", .label = {"Khoá, giữ nguyên khi sửa", "Key, which stays when it is corrected"}},
    {.name = "term_level", .words = level_codes, .label = {"Cấp của nhiệm kỳ", "Level of the term"}},
    {.name = "term", .label = {"Nhiệm kỳ, ví dụ 2017-2022", "Term, for example 2017-2022"}},
    {.name = "term_from", .is_date = true, .label = {"Ngày đầu nhiệm kỳ", "First day of the term"}},
    {.name = "term_to", .is_date = true, .label = {"Ngày cuối nhiệm kỳ", "Last day of the term"}},
    {.name = "issuer", .label = {"Mã đơn vị ban hành", "Code of the unit that issued it"}},
    {.name = "unit",
     .optional = true,
     .label = {"Mã đơn vị phải đạt; trống: mọi xã", "Code of the unit it is for; empty: each commune"}},
    {.name = "title", .label = {"Nội dung", "Title"}},
    {.name = "form", .codes = form_codes, .label = {"Dạng", "Form"}},
    {.name = "measure", .measures = MEASURES_ALL, .label = {"Thước đo", "Measure"}},
    {.name = "comparator", .codes = comparator_codes, .label = {"Phép so sánh", "Comparator"}},
    {.name = "threshold", .label = {"Ngưỡng: phần trăm hoặc một số", "Threshold: percent or a number"}},
    {.name = "denominator",
     .optional = true,
     .codes = population_codes,
     .measures = MEASURES_ALL,
     .label = {"Mẫu số của tỷ lệ", "Denominator of a ratio"}},
    {.name = "period", .optional = true, .codes = period_codes, .label = {"Kỳ tính", "Period"}},
    {.name = "groups",
     .optional = true,
     .measures = MEASURES_OF_GROUPS,
     .label = {"Loại tổ chức phải đạt (each-group)", "Which groups must reach it (each-group)"}},
    {.name = "units_comparator",
     .optional = true,
     .codes = comparator_codes,
     .label = {"Phép so sánh số cơ sở (units-number, units-share)",
               "Comparator of the number of units (units-number, units-share)"}},
    {.name = "units_threshold",
     .optional = true,
     .label = {"Số hoặc phần trăm cơ sở", "Number or percentage of the units"}},
    {.name = "baseline_date",
     .optional = true,
     .is_date = true,
     .label = {"Ngày của số gốc (increase)", "Day of the baseline (increase)"}},
    {.name = "baseline", .optional = true, .is_number = true, .label = {"Số gốc", "Baseline"}},
    {.name = "deadline", .is_date = true, .label = {"Hạn", "Deadline"}},
    {.name = "document", .label = {"Văn bản quy định", "Source document"}},
    {.name = "decides",
     .words = decides_codes,
     .label = {"Quyết định đã đạt hay chưa đạt", "Decides whether a commune has met its targets"}},
};
const size_t target_column_count = sizeof target_columns / sizeof target_columns[0];

const struct import_column *import_columns(const char *name, size_t *count)
{
    bool is_target = strcmp(name, "target") == 0;
    if (!is_target && strcmp(name, "population") != 0)
        return NULL;
    *count = is_target ? target_column_count : population_column_count;
    return is_target ? target_columns : population_columns;
}

bool import_takes_words(const struct import_column *c)
{
    return c->codes != NULL || c->words != NULL || c->measures != MEASURES_NONE;
}

static bool is_among(const struct import_column *c, const struct measure *m)
{
    return c->measures == MEASURES_ALL || (c->measures == MEASURES_OF_GROUPS && measure_of_groups(m));
}

bool import_takes(const struct import_column *c, const char *word)
{
    const struct measure *m = measure_by_token(word);
    return (c->codes != NULL && code_by_token(c->codes, word) != NULL) ||
           (c->words != NULL && code_by_token(c->words, word) != NULL) || (m != NULL && is_among(c, m));
}

/* ---- lists of words ---- */

struct list {
    struct arena *arena;
    const char *text; /* NULL: no memory */
    bool explains;
    enum lang lang;
};

static void list_word(struct list *l, const char *token, struct text_pair label)
{
    if (l->text == NULL)
        return;
    const char *between = l->text[0] == '\0' ? "" : l->explains ? "; " : ", ";
    l->text = l->explains
                  ? arena_print(l->arena, "%s%s%s = %s", l->text, between, token, text_in(l->lang, label))
                  : arena_print(l->arena, "%s%s%s", l->text, between, token);
}

static void list_codes(struct list *l, const struct code *codes)
{
    for (; codes != NULL && codes->token != NULL; codes++)
        list_word(l, codes->token, codes->label);
}

static const char *list_all(struct list l, const struct import_column *c)
{
    list_codes(&l, c->codes);
    list_codes(&l, c->words);
    for (size_t i = 0; i < measure_count; i++)
        if (is_among(c, &measures[i]))
            list_word(&l, measures[i].token, measures[i].label);
    return l.text;
}

const char *import_tokens(struct arena *a, const struct import_column *c)
{
    return list_all((struct list){.arena = a, .text = ""}, c);
}

const char *import_words(struct arena *a, const struct import_column *c, enum lang lang)
{
    return list_all((struct list){.arena = a, .text = "", .explains = true, .lang = lang}, c);
}

/* ---- help ---- */

/* The words of a measure are told once. */
static const char *column_help(struct arena *a, const struct import_column *c, enum lang lang)
{
    struct import_column shown = *c;
    bool refers = c->codes != NULL && c->measures == MEASURES_ALL;
    if (refers)
        shown.measures = MEASURES_NONE;
    const char *words = import_words(a, &shown, lang);
    if (words == NULL)
        return NULL;
    return arena_print(a, "%s (%s): %s%s", c->name, text_in(lang, c->label), words,
                       !refers           ? "."
                       : lang == LANG_EN ? "; or a measure."
                                         : "; hoặc một thước đo.");
}

const char *import_help(struct arena *a, const char *name, enum lang lang)
{
    size_t count = 0;
    const struct import_column *columns = import_columns(name, &count);
    const char *text = lang == LANG_EN ? "\n\nColumns: " : "\n\nCác cột: ";
    for (size_t i = 0; i < count && text != NULL; i++)
        text = arena_print(a, "%s%s%s", text, i == 0 ? "" : ", ", columns[i].name);
    text = text != NULL ? arena_print(a, "%s.", text) : NULL;
    for (size_t i = 0; i < count && text != NULL; i++) {
        const char *line = import_takes_words(&columns[i]) ? column_help(a, &columns[i], lang) : "";
        text = line == NULL ? NULL : line[0] == '\0' ? text : arena_print(a, "%s\n\n%s", text, line);
    }
    return text;
}

/* ---- differences ---- */

static const char *happens(const char *what, enum lang lang)
{
    static const struct {
        const char *what;
        struct text_pair words;
    } all[] = {
        {"new", {"Mới", "New"}},
        {"supersedes", {"Thay", "Replaced"}},
        {"renamed", {"Đổi tên", "Renamed"}},
        {"succeeds", {"Kế tiếp", "Succeeded"}},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].what, what) == 0)
            return text_in(lang, all[i].words);
    return what;
}

static const char *and_then(struct arena *a, const char *text, const char *more)
{
    return text == NULL || more[0] == '\0' ? text : arena_print(a, "%s, %s", text, more);
}

const char *import_difference(struct arena *a, enum lang lang, const char *const cells[IMPORT_DIFFERENCE])
{
    const char *before = cells[3], *after = cells[4];
    const struct code *type = code_by_value(population_codes, (int32_t)strtol(cells[5], NULL, 10));
    const char *text = arena_print(a, "%s: %s", happens(cells[0], lang), cells[1]);
    text = and_then(a, text, cells[2]);
    text = and_then(a, text, type != NULL ? text_in(lang, type->label) : "");
    if (text == NULL)
        return NULL;
    if (before[0] == '\0')
        return arena_print(a, "%s: %s", text, after);
    if (strcmp(before, after) == 0)
        return arena_print(
            a, lang == LANG_EN ? "%s: %s as before, other columns change" : "%s: vẫn %s, thay đổi cột khác",
            text, after);
    return arena_print(a, lang == LANG_EN ? "%s: %s becomes %s" : "%s: %s thành %s", text, before, after);
}
