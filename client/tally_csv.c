#include "client/tally_rows.h"
#include "common/csv.h"

void tally_csv_head(struct csv_out *csv, enum lang lang, bool compares)
{
    static const struct text_pair headings[] = {
        {"Mã đơn vị", "unit_code"}, {"Đơn vị", "unit"},   {"Mục", "section"},     {"Dòng", "key"},
        {"Số liệu", "column"},      {"Giá trị", "value"}, {"Trên tổng số", "of"}, {"Kỳ trước", "earlier"},
        {"Thay đổi", "change"}};
    size_t count = sizeof headings / sizeof headings[0] - (compares ? 0 : 2);
    for (size_t i = 0; i < count; i++)
        csv_string(csv, csv->plain ? headings[i].en : text_in(lang, headings[i]));
    csv_end_row(csv);
}

static void csv_then(struct csv_out *csv, const struct tally_column *c, int64_t v, int64_t then)
{
    int64_t change;
    if (c->of == TALLY_DATE || __builtin_sub_overflow(v, then, &change)) {
        csv_string(csv, "");
        csv_string(csv, "");
        return;
    }
    csv_int(csv, then);
    csv_int(csv, change);
}

static void csv_row(const struct tally_show *s, struct csv_out *csv, const struct tally_unit *unit,
                    const struct tally_section *section, const struct tally_row *row)
{
    for (size_t i = 0; section->columns[i].token != NULL; i++) {
        const struct tally_column *c = &section->columns[i];
        csv_string(csv, unit->code);
        csv_string(csv, unit->name);
        csv_string(csv, csv->plain ? section->token : text_in(s->ui->lang, section->label));
        csv_string(csv, csv->plain ? row->key : tally_key_words(s->ui->lang, section, row->key));
        csv_string(csv, csv->plain ? c->token : text_in(s->ui->lang, c->label));
        const char *date = tally_date_words(s, c->of == TALLY_DATE ? row->v[i] : 0, csv->plain);
        if (c->of == TALLY_DATE)
            csv_string(csv, date != NULL ? date : "");
        else
            csv_int(csv, row->v[i]);
        if (tally_has_share(c))
            csv_int(csv, row->v[c->of]);
        else
            csv_string(csv, "");
        if (unit->then != NULL)
            csv_then(csv, c, row->v[i], tally_row_then(unit, row)[i]);
        csv_end_row(csv);
    }
}

enum err tally_csv_unit(const struct tally_show *s, struct csv_out *csv, const struct tally_unit *unit,
                        struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < s->report->section_count; i++) {
        struct tally_rows rows;
        e = tally_rows_of(s, &unit->figures, i, &rows, f);
        for (size_t k = 0; e == ERR_OK && k < rows.count; k++)
            csv_row(s, csv, unit, &s->report->sections[i], rows.list[k]);
    }
    return e;
}
