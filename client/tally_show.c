#include "client/tally_rows.h"
#include "common/date.h"
#include "common/target.h"
#include "common/text.h"
#include <string.h>

/* ---- words ---- */

static const char *words_or_none(const char *text)
{
    return text != NULL ? text : "";
}

static const char *label_of(const struct tally_show *s, struct text_pair label)
{
    return text_in(s->ui->lang, label);
}

static const char *count_words(const struct tally_show *s, int64_t n)
{
    char text[40];
    count_format(n, s->ui->lang, text, sizeof text);
    return words_or_none(arena_print(s->arena, "%s", text));
}

static const char *date_words(const struct tally_show *s, int32_t day)
{
    char text[DATE_TEXT];
    date_format(day, false, text);
    return words_or_none(arena_print(s->arena, "%s", text));
}

/* "55,36 %"; "" when there is nothing that it could be a share of. */
static const char *share_words(const struct tally_show *s, int64_t part, int64_t whole)
{
    char text[40];
    if (whole == 0)
        return "";
    ratio_format(part, whole, 2, s->ui->lang, text, sizeof text);
    return words_or_none(arena_print(s->arena, "%s %%", text));
}

static const char *figure_words(const struct tally_show *s, const struct tally_column *c, int64_t v)
{
    return c->of == TALLY_DATE ? words_or_none(tally_date_words(s, v, false)) : count_words(s, v);
}

/* "12 (10; +2)": beside the figure the earlier one and the change; `then` NULL: the figure alone. */
static const char *beside_words(const struct tally_show *s, const struct tally_column *c, int64_t v,
                                const int64_t *then, size_t column)
{
    const char *now = figure_words(s, c, v);
    int64_t change;
    if (then == NULL || c->of == TALLY_DATE || __builtin_sub_overflow(v, then[column], &change))
        return now;
    return words_or_none(arena_print(s->arena, "%s (%s; %s%s)", now, count_words(s, then[column]),
                                     change > 0 ? "+" : "", count_words(s, change)));
}

static bool is_single(const struct tally_rows *rows)
{
    return rows->count == 1 && rows->list[0]->key[0] == '\0';
}

static bool is_all_zero(const int64_t *v)
{
    for (size_t i = 0; i < TALLY_COLUMNS; i++)
        if (v[i] != 0)
            return false;
    return true;
}

static bool is_zero(const struct tally_row *row)
{
    return is_all_zero(row->v);
}

/* ---- tables ---- */

static size_t width_of(const struct tally_section *section)
{
    size_t n = 0;
    for (const struct tally_column *c = section->columns; c->token != NULL; c++)
        n += tally_has_share(c) ? 2 : 1;
    return n;
}

/* "%", and of what when it is not the first column. */
static const char *share_heading(const struct tally_show *s, const struct tally_section *section, int of)
{
    return of == 0 ? "%"
                   : words_or_none(arena_print(s->arena, "%% / %s", label_of(s, section->columns[of].label)));
}

/* A heading is broken at blanks, so that many columns find room beside each other. */
#define HEADING_WIDTH 14

static const char *broken(const struct tally_show *s, const char *label)
{
    char *text = arena_copy(s->arena, label, strlen(label));
    char *line = text, *gap = NULL;
    if (text == NULL)
        return label;
    for (char *p = text;; p++) {
        bool ends = *p == '\0';
        if (!ends && *p != ' ')
            continue;
        if (gap != NULL && text_width(line, (size_t)(p - line)) > HEADING_WIDTH) {
            *gap = '\n';
            line = gap + 1;
        }
        gap = p;
        if (ends)
            return text;
    }
}

static struct table *table_begin(const struct tally_show *s, const struct tally_section *section,
                                 size_t names)
{
    size_t at = names;
    struct table *t = table_make(names + width_of(section));
    for (const struct tally_column *c = section->columns; c->token != NULL; c++) {
        table_heading(t, at++, broken(s, label_of(s, c->label)), true);
        if (tally_has_share(c))
            table_heading(t, at++, broken(s, share_heading(s, section, c->of)), true);
    }
    return t;
}

static void table_end(struct table *t, FILE *out)
{
    table_print(t, out);
    table_free(t);
}

static void table_figures(const struct tally_show *s, struct table *t, const struct tally_section *section,
                          const int64_t *v, const int64_t *then)
{
    for (size_t i = 0; section->columns[i].token != NULL; i++) {
        table_cell(t, beside_words(s, &section->columns[i], v[i], then, i));
        if (tally_has_share(&section->columns[i]))
            table_cell(t, share_words(s, v[i], v[section->columns[i].of]));
    }
}

static void print_title(const struct tally_show *s, const struct tally_section *section)
{
    fprintf(s->out, "\n%s\n", label_of(s, section->label));
}

static void print_empty(const struct tally_show *s)
{
    static const struct text_pair empty = {"Chưa có gì để tính trong mục này.",
                                           "There is nothing to count in this section yet."};
    fprintf(s->out, "%s\n", label_of(s, empty));
}

/* "33,33 % của Hội viên" */
static const char *share_of(const struct tally_show *s, int64_t part, int64_t whole, struct text_pair of)
{
    const char *share = share_words(s, part, whole);
    return share[0] == '\0'
               ? ""
               : words_or_none(arena_print(s->arena, s->ui->lang == LANG_EN ? "%s of \"%s\"" : "%s của “%s”",
                                           share, label_of(s, of)));
}

/* A section's only row reads better downwards. */
static void print_single(const struct tally_show *s, const struct tally_section *section, const int64_t *v,
                         const int64_t *then)
{
    struct table *t = table_make(3);
    table_heading(t, 1, "", true);
    for (size_t i = 0; section->columns[i].token != NULL; i++) {
        int of = section->columns[i].of;
        table_cell(t, label_of(s, section->columns[i].label));
        table_cell(t, beside_words(s, &section->columns[i], v[i], then, i));
        table_cell(t, of >= 0 ? share_of(s, v[i], v[of], section->columns[of].label) : "");
    }
    table_end(t, s->out);
}

static void print_rows(const struct tally_show *s, const struct tally_section *section,
                       const struct tally_unit *unit, const struct tally_rows *rows)
{
    struct table *t = table_begin(s, section, 1);
    for (size_t i = 0; i < rows->count; i++) {
        table_cell(t, tally_key_words(s->ui->lang, section, rows->list[i]->key));
        table_figures(s, t, section, rows->list[i]->v, tally_row_then(unit, rows->list[i]));
    }
    table_end(t, s->out);
}

void tally_show_head(const struct tally_show *s, const struct tally_unit *unit)
{
    bool en = s->ui->lang == LANG_EN;
    fprintf(s->out, en ? "%s: %s (%s), %s to %s\n" : "%s: %s (%s), từ %s đến %s\n",
            label_of(s, s->report->label), unit->name, unit->code, date_words(s, s->from),
            date_words(s, s->day));
    if (s->then_day != 0)
        fprintf(s->out,
                en ? "In brackets: the figure from %s to %s, and the change.\n"
                   : "Trong ngoặc: số liệu từ %s đến %s, và mức thay đổi.\n",
                date_words(s, s->then_from), date_words(s, s->then_day));
}

static enum err show_section(const struct tally_show *s, const struct tally_unit *unit, size_t i,
                             struct fault *f)
{
    struct tally_rows rows;
    const struct tally_section *section = &s->report->sections[i];
    enum err e = tally_rows_of(s, &unit->figures, i, &rows, f);
    if (e != ERR_OK)
        return e;
    print_title(s, section);
    if (rows.count == 0)
        print_empty(s);
    else if (is_single(&rows))
        print_single(s, section, rows.list[0]->v, tally_row_then(unit, rows.list[0]));
    else
        print_rows(s, section, unit, &rows);
    return ERR_OK;
}

enum err tally_show_sections(const struct tally_show *s, const struct tally_unit *unit, bool details,
                             struct fault *f)
{
    static const struct text_pair elsewhere = {
        "Số liệu của từng nhóm, từng người có trong báo cáo của mỗi xã.",
        "Figures of single groups and persons are in the report of each commune."};
    bool left_out = false;
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->report->section_count; i++) {
        bool skip = s->report->sections[i].detail && !details;
        left_out |= skip;
        if (!skip)
            e = show_section(s, unit, i, f);
    }
    if (left_out)
        fprintf(s->out, "\n%s\n", label_of(s, elsewhere));
    else if (s->report->note.vi != NULL)
        fprintf(s->out, "\n%s\n", label_of(s, s->report->note));
    return e;
}

/* ---- a row for each unit ---- */

static void unit_row(const struct tally_show *s, struct table *t, const struct tally_section *section,
                     const struct tally_unit *unit, const char *key, const int64_t *v, const int64_t *then)
{
    table_cell(t, unit->code);
    table_cell(t, unit->name);
    if (section->keys != NULL)
        table_cell(t, key);
    table_figures(s, t, section, v, then);
}

/* At least one row, so that nobody is missing. */
static enum err unit_rows(const struct tally_show *s, struct table *t, size_t i,
                          const struct tally_unit *unit, struct fault *f)
{
    static const int64_t nothing[TALLY_COLUMNS];
    const struct tally_section *section = &s->report->sections[i];
    struct tally_rows rows;
    size_t written = 0;
    enum err e = tally_rows_of(s, &unit->figures, i, &rows, f);
    for (size_t k = 0; e == ERR_OK && k < rows.count; k++) {
        const struct tally_row *row = rows.list[k];
        if (section->keys != NULL && is_zero(row) &&
            (unit->then == NULL || is_all_zero(tally_row_then(unit, row))))
            continue;
        unit_row(s, t, section, unit, tally_key_words(s->ui->lang, section, row->key), row->v,
                 tally_row_then(unit, row));
        written++;
    }
    if (e == ERR_OK && written == 0)
        unit_row(s, t, section, unit, "", nothing, unit->then != NULL ? nothing : NULL);
    return e;
}

enum err tally_show_units(const struct tally_show *s, const struct tally_unit *units, size_t count,
                          struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->report->section_count; i++) {
        const struct tally_section *section = &s->report->sections[i];
        if (section->detail)
            continue;
        struct table *t = table_begin(s, section, section->keys != NULL ? 3 : 2);
        for (size_t k = 0; e == ERR_OK && k < count; k++)
            e = unit_rows(s, t, i, &units[k], f);
        print_title(s, section);
        table_end(t, s->out);
    }
    return e;
}
