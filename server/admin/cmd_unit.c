#include "common/date.h"
#include "common/os.h"
#include "server/admin/admin.h"
#include <stdlib.h>

static const struct import_column columns[] = {
    {.name = "province_code"},
    {.name = "province_name"},
    {.name = "district_code", .optional = true},
    {.name = "district_name", .optional = true},
    {.name = "commune_code"},
    {.name = "commune_name"},
    {.name = "commune_type", .optional = true},
    {.name = "valid_from", .optional = true, .is_date = true},
};
#define COLUMNS (sizeof columns / sizeof columns[0])

static enum err spread(struct importer *m, struct fault *f)
{
    return m->run(m, "unit_spread", NULL, NULL, f);
}

static enum err apply(struct importer *m, struct fault *f)
{
    for (int level = 1; level <= 4; level++) {
        struct db_params p;
        db_params_begin(&p, m->arena);
        db_int4(&p, level);
        enum err e = m->run(m, "unit_apply", &p, NULL, f);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

enum err cmd_unit_import(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    struct import i = {
        .name = "unit", .columns = columns, .column_count = COLUMNS, .prepare = spread, .apply = apply};
    const char *from = option(o, "from");
    if (from != NULL && (!date_parse(from, &i.argument) || !date_valid(i.argument, false)))
        return ui_fault(&m->ui, f, ERR_USAGE, "--from cần một ngày đủ ngày tháng năm, ví dụ 2004-01-01.",
                        "--from needs a full date, for example 2004-01-01.");
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = db_script(m->db, arena_print(m->arena, "set hoivien.valid_from = '%d'", (int)i.argument), f);
    return e == ERR_OK ? import_run(m, &i, NULL, o, f) : e;
}

enum err cmd_unit_list(void *program, const struct options *o, struct fault *f)
{
    static const struct list_column list[] = {
        {{"Cấp", "level"}, LIST_CODE, level_codes},  {{"Mã", "code"}, LIST_TEXT, NULL},
        {{"Tên", "name"}, LIST_TEXT, NULL},          {{"Loại", "type"}, LIST_TEXT, NULL},
        {{"Thuộc", "above"}, LIST_TEXT, NULL},       {{"Từ ngày", "valid_from"}, LIST_DATE, NULL},
        {{"Đến ngày", "valid_to"}, LIST_DATE, NULL},
    };
    DB_RESULT r = NULL;
    struct admin *m = program;
    struct db_params p;
    const struct code *level =
        code_by_token(level_codes, option(o, "level") != NULL ? option(o, "level") : "");
    if (option(o, "level") != NULL && level == NULL)
        return ui_fault(&m->ui, f, ERR_USAGE, "--level nhận centre, province, district hoặc commune.",
                        "--level takes centre, province, district or commune.");
    enum err e = admin_open(m, o, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_int4(&p, level != NULL ? level->value : 0);
    db_text(&p, o->arg_count > 0 ? o->args[0] : "");
    e = admin_run(m, "unit_list", &p, &r, f);
    return e == ERR_OK ? admin_list(m, o, r, list, sizeof list / sizeof list[0], f) : e;
}

enum err cmd_unit_export(void *program, const struct options *o, struct fault *f)
{
    static const struct list_column list[] = {
        {{"", "province_code"}, LIST_TEXT, NULL}, {{"", "province_name"}, LIST_TEXT, NULL},
        {{"", "district_code"}, LIST_TEXT, NULL}, {{"", "district_name"}, LIST_TEXT, NULL},
        {{"", "commune_code"}, LIST_TEXT, NULL},  {{"", "commune_name"}, LIST_TEXT, NULL},
        {{"", "commune_type"}, LIST_TEXT, NULL},  {{"", "valid_from"}, LIST_DATE, NULL},
    };
    DB_RESULT r = NULL;
    struct admin *m = program;
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = admin_run(m, "unit_export", NULL, &r, f);
    if (e == ERR_OK)
        admin_export(m, o, r, list, sizeof list / sizeof list[0]);
    return e;
}
