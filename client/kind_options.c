/* The options of the commands that every kind has. */
#include "client/kind_options.h"
#include "client/command_options.h"
#include "client/field.h"
#include "client/fit.h"
#include "client/selection.h"
#include "common/ask.h"
#include <string.h>

/* ---- the tables ---- */

/* Examples of fields of the kind are put behind their help. */
#define COLUMNS_OPTION                                                                                       \
    {                                                                                                        \
        "columns", 0, "A,B,...",                                                                             \
        {                                                                                                    \
            "chọn cột, ví dụ ", "choose columns, for example "                                               \
        }                                                                                                    \
    }

#define WHERE_OPTION                                                                                         \
    {                                                                                                        \
        "where", 0, "FIELD=VALUE,...",                                                                       \
        {                                                                                                    \
            "chỉ những hồ sơ có giá trị này, ví dụ ", "only those with this value, for example "             \
        }                                                                                                    \
    }

static const struct option_row list_options[] = {
    SELECTION_OPTIONS, {"member", 0, SELECTION_MEMBER, {"chỉ của hội viên này", "only of this member"}},
    WHERE_OPTION,      COLUMNS_OPTION,
    FORMAT_OPTIONS,    END_OF_OPTIONS,
};

static const struct option_row export_options[] = {
    SELECTION_OPTIONS,
    {"member", 0, SELECTION_MEMBER, {"chỉ của hội viên này", "only of this member"}},
    WHERE_OPTION,
    COLUMNS_OPTION,
    {"output", 'o', "FILE", {"ghi vào tệp này", "write to this file"}},
    PLAIN_OPTION,
    END_OF_OPTIONS,
};

#define UNDO_OPTION                                                                                          \
    {                                                                                                        \
        "undo", 0, NULL,                                                                                     \
        {                                                                                                    \
            "lấy lại hồ sơ đã huỷ", "bring voided records back"                                              \
        }                                                                                                    \
    }

static const struct option_row void_options[] = {
    SELECTION_OPTIONS,
    UNDO_OPTION,
    END_OF_OPTIONS,
};

static const struct option_row void_used_options[] = {
    SELECTION_OPTIONS,
    UNDO_OPTION,
    {"anyway", 0, NULL, {"huỷ cả khi còn hội viên trong đó", "void it although it has members"}},
    END_OF_OPTIONS,
};

static const struct option_row show_options[] = {
    {"plain", 0, NULL, {"ngày ISO, mã thay cho chữ", "ISO dates, tokens"}},
    END_OF_OPTIONS,
};

/* Of kinds that name no groups. */
static const struct option_row lean_import_options[] = {
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}},
    {"anyway", 0, NULL, {"thêm cả hồ sơ có thể trùng", "add likely duplicates too"}},
    {"bad",
     0,
     "FILE",
     {"ghi các dòng lỗi vào tệp này; dòng đúng vẫn được nhập và lệnh kết thúc với mã 0",
      "write bad lines to this file; the good ones go in and the exit status is 0"}},
    END_OF_OPTIONS,
};

static const struct option_row import_options[] = {
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}},
    {"anyway", 0, NULL, {"thêm cả hồ sơ có thể trùng", "add likely duplicates too"}},
    {"add-groups",
     0,
     NULL,
     {"tự thêm chi hội, tổ, nhóm có tên trong tệp", "add the groups that the file names"}},
    {"bad",
     0,
     "FILE",
     {"ghi các dòng lỗi vào tệp này; dòng đúng vẫn được nhập và lệnh kết thúc với mã 0",
      "write bad lines to this file; the good ones go in and the exit status is 0"}},
    END_OF_OPTIONS,
};

/* ---- from the fields ---- */

const char *kind_code_list(struct arena *a, const struct code *codes, enum lang lang)
{
    const char *list = "";
    for (const struct code *c = codes; c->token != NULL && list != NULL; c++)
        list = arena_print(a, "%s%s%s = %s", list, c == codes ? "" : "; ", c->token, text_in(lang, c->label));
    return list;
}

/* The field's label and what it takes. */
static const char *field_help(struct arena *a, const struct field *field, bool adds, enum lang lang)
{
    static const struct text_pair required = {" (bắt buộc)", " (required)"};
    const char *label = text_in(lang, field->label),
               *mark = adds && field->required ? text_in(lang, required) : "";
    const struct code *codes = field->check == CHECK_MEMBER_FIELD ? ask_field_codes : field->codes;
    if (codes == NULL)
        return arena_print(a, "%s%s", label, mark);
    const char *list = kind_code_list(a, codes, lang);
    return list != NULL ? arena_print(a, "%s%s: %s", label, mark, list) : NULL;
}

static const char *value_name(const struct kind *kind, size_t i)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "TEXT", [FIELD_INT] = "N", [FIELD_BOOL] = "yes|no",  [FIELD_CODE] = "WORD",
        [FIELD_DATE] = "DATE", [FIELD_ID] = "ID", [FIELD_SET] = "WORD,...",
    };
    const char *refers = kind->fields[i].refers;
    bool is_group = refers != NULL && kind_by_name(refers) == &kind_group;
    if (kind->fields[i].check == CHECK_MEMBER_FIELD)
        return names[FIELD_CODE];
    return is_group ? "GROUP" : names[field_type(kind, i)];
}

/* Whose the field is, for who gives it from the other side. */
static const char *refusal(struct arena *a, const struct kind *kind, size_t i, enum lang lang)
{
    const char *label = text_in(lang, kind->fields[i].label),
               *words = field_words(kind, (int)i, ERR_NOT_ALLOWED, lang),
               *name = cell_option_name(a, kind, i);
    return name != NULL ? arena_print(a, lang == LANG_EN ? "--%s: the field \"%s\" %s" : "--%s: mục “%s” %s",
                                      name, label, words)
                        : NULL;
}

static bool field_row(struct arena *a, enum seat seat, const struct kind *kind, size_t i, bool adds,
                      struct option_row *out)
{
    bool is_own = right_field(seat, kind, i);
    struct text_pair help = {
        is_own ? field_help(a, &kind->fields[i], adds, LANG_VI) : refusal(a, kind, i, LANG_VI),
        is_own ? field_help(a, &kind->fields[i], adds, LANG_EN) : refusal(a, kind, i, LANG_EN)};
    *out = (struct option_row){cell_option_name(a, kind, i), is_own ? '\0' : OPTION_REFUSED,
                               value_name(kind, i), help};
    return out->name != NULL && help.vi != NULL && help.en != NULL;
}

/* Whether an option of this name is a field's. */
static bool bears(const struct kind *kind, const char *name, struct arena *a)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (strcmp(cell_option_name(a, kind, i), name) == 0)
            return true;
    return false;
}

/* An option for each field; `add` may also take --anyway, `edit` a filter as far as no field has its
 * name. What is just being added can't be void. */
static const struct option_row *field_options(struct arena *a, enum seat seat, const struct kind *kind,
                                              run_fn *run)
{
    static const struct option_row filter[] = {SELECTION_OPTIONS};
    static const struct option_row anyway = {
        "anyway", 0, NULL, {"thêm dù có thể trùng", "add although it may be there already"}};
    struct option_row *rows = arena_zero(a, kind->field_count + 7, sizeof *rows);
    size_t count = 0;
    if (rows == NULL)
        return NULL;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (run == cmd_record_add && strcmp(kind->fields[i].name, "voided") == 0)
            continue;
        if (!field_row(a, seat, kind, i, run == cmd_record_add, &rows[count++]))
            return NULL;
    }
    for (size_t k = 0; k < sizeof filter / sizeof filter[0] && run != cmd_record_add; k++)
        if (!bears(kind, filter[k].name, a))
            rows[count++] = filter[k];
    if (run == cmd_record_add && likeness_is_asked(kind))
        rows[count] = anyway;
    return rows;
}

/* ---- examples ---- */

/* "type=loan" of the first field with words, or a date; "" when the kind has neither. */
static const char *where_example(struct arena *a, const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].codes != NULL)
            return arena_print(a, "%s=%s", cell_option_name(a, kind, i), kind->fields[i].codes[0].token);
    for (size_t i = 0; i < kind->field_count; i++)
        if (field_type(kind, i) == FIELD_DATE)
            return arena_print(a, "%s=2018", cell_option_name(a, kind, i));
    return arena_print(a, "%s=...", cell_option_name(a, kind, 0));
}

static const char *columns_example(struct arena *a, const struct kind *kind)
{
    return arena_print(a, "id,%s,%s", cell_option_name(a, kind, 0), cell_option_name(a, kind, 1));
}

static const struct option_row *with_examples(struct arena *a, const struct kind *kind,
                                              const struct option_row *table)
{
    size_t count = 0;
    while (table[count].name != NULL)
        count++;
    struct option_row *rows = arena_zero(a, count + 1, sizeof *rows);
    for (size_t i = 0; rows != NULL && i < count; i++) {
        rows[i] = table[i];
        const char *example = strcmp(rows[i].name, "where") == 0     ? where_example(a, kind)
                              : strcmp(rows[i].name, "columns") == 0 ? columns_example(a, kind)
                                                                     : NULL;
        if (example == NULL)
            continue;
        rows[i].help.vi = arena_print(a, "%s%s", rows[i].help.vi, example);
        rows[i].help.en = arena_print(a, "%s%s", rows[i].help.en, example);
        if (rows[i].help.vi == NULL || rows[i].help.en == NULL)
            return NULL;
    }
    return rows;
}

static bool names_groups(const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].refers != NULL && kind_by_name(kind->fields[i].refers) == &kind_group)
            return true;
    return false;
}

const struct option_row *kind_options(struct arena *a, enum seat seat, const struct kind *kind, run_fn *run)
{
    bool is_used = kind == &kind_group || kind == &kind_household;
    if (run == cmd_record_add || run == cmd_record_edit)
        return field_options(a, seat, kind, run);
    if (run == cmd_record_list || run == cmd_record_search)
        return with_examples(a, kind, list_options);
    if (run == cmd_record_export)
        return with_examples(a, kind, export_options);
    return run == cmd_record_void     ? (is_used ? void_used_options : void_options)
           : run == cmd_record_import ? (names_groups(kind) ? import_options : lean_import_options)
                                      : show_options;
}
