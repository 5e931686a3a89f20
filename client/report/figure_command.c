/* The table of these commands: an option for each column of the import. */
#include "client/report/figure_command.h"
#include <string.h>

static const struct option_row check_option = {
    "check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}};

static const struct option_row import_options[] = {
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}},
    {NULL, 0, NULL, {NULL, NULL}},
};
static const struct option_row list_options[] = {OUTPUT_FORMAT_OPTIONS};

static const struct verb {
    const char *words;
    const char *arguments;
    struct text_pair help;
    const struct option_row *options; /* NULL: from the columns */
    enum err (*run)(void *program, const struct options *o, struct fault *f);
    const char *name;
} verbs[FIGURE_COMMANDS] = {
    {"population import",
     "FILE.csv",
     {"nhập số liệu dân số của tỉnh và các xã trong tỉnh",
      "import population figures of the province and its communes"},
     import_options,
     cmd_figures_import,
     "population"},
    {"population add",
     "",
     {"ghi một số liệu dân số; số cũ được giữ lại", "enter a population figure; the old one is kept"},
     NULL,
     cmd_figures_add,
     "population"},
    {"population list",
     "",
     {"số liệu dân số đang dùng; CSV đúng dạng để nhập",
      "population figures in use; as CSV just as an import takes them"},
     list_options,
     cmd_figures_list,
     "population"},
    {"target import",
     "FILE.csv",
     {"nhập chỉ tiêu của tỉnh", "import the province's targets"},
     import_options,
     cmd_figures_import,
     "target"},
    {"target add",
     "",
     {"thêm một chỉ tiêu của tỉnh\n\nKhông cho --issuer là tỉnh này; ngày của nhiệm kỳ đã có thì không cần "
      "cho.",
      "add a target of the province\n\nWithout --issuer it is this province's; the days of a term that is "
      "known need "
      "not be given."},
     NULL,
     cmd_figures_add,
     "target"},
    {"target edit",
     "KEY",
     {"sửa một chỉ tiêu của tỉnh: chỉ cho những mục thay đổi; \"\" xoá trống một mục",
      "correct a target of the province: give what changes; \"\" clears a column"},
     NULL,
     cmd_figures_edit,
     "target"},
    {"target list",
     "",
     {"chỉ tiêu của tỉnh, của xã trong tỉnh và của cấp trên; CSV đúng dạng để nhập",
      "targets of the province, its communes and those above; as CSV just as an import takes them"},
     list_options,
     cmd_figures_list,
     "target"},
};

const char *figures_option(struct arena *a, const char *column)
{
    char *name = arena_print(a, "%s", column);
    for (char *p = name; p != NULL && *p != '\0'; p++)
        if (*p == '_')
            *p = '-';
    return name;
}

/* What need not be given: see the help of `target add`. */
static bool is_known(const struct import_column *c)
{
    return c->optional || strcmp(c->name, "issuer") == 0 || strcmp(c->name, "term_from") == 0 ||
           strcmp(c->name, "term_to") == 0;
}

static const char *option_help(struct arena *a, const struct import_column *c, bool adds, enum lang lang)
{
    static const struct text_pair required = {" (bắt buộc)", " (required)"};
    const char *words = import_words(a, c, lang);
    if (words == NULL)
        return NULL;
    return arena_print(a, "%s%s%s%s", text_in(lang, c->label),
                       adds && !is_known(c) ? text_in(lang, required) : "", words[0] != '\0' ? ": " : "",
                       words);
}

static const char *value_name(const struct import_column *c)
{
    return c->is_date ? "DATE" : c->is_number ? "N" : import_takes_words(c) ? "WORD" : "TEXT";
}

/* The key of what is edited is the command's argument. */
static const struct option_row *column_options(struct arena *a, const struct verb *v)
{
    size_t count = 0, at = 0;
    bool adds = v->run == cmd_figures_add;
    const struct import_column *columns = import_columns(v->name, &count);
    struct option_row *rows = arena_zero(a, count + 2, sizeof *rows);
    for (size_t i = 0; rows != NULL && i < count; i++) {
        const struct import_column *c = &columns[i];
        if (!adds && strcmp(c->name, "key") == 0)
            continue;
        rows[at] = (struct option_row){figures_option(a, c->name),
                                       '\0',
                                       value_name(c),
                                       {option_help(a, c, adds, LANG_VI), option_help(a, c, adds, LANG_EN)}};
        if (rows[at].name == NULL || rows[at].help.vi == NULL || rows[at].help.en == NULL)
            return NULL;
        at++;
    }
    if (rows != NULL)
        rows[at] = check_option;
    return rows;
}

static const char *verb_help(struct arena *a, const struct verb *v, enum lang lang)
{
    bool imports = v->run == cmd_figures_import;
    const char *columns = imports ? import_help(a, v->name, lang) : "";
    return columns != NULL ? arena_print(a, "%s%s", text_in(lang, v->help), columns) : NULL;
}

bool figure_commands(struct arena *a, struct command *out)
{
    for (size_t i = 0; i < FIGURE_COMMANDS; i++) {
        const struct verb *v = &verbs[i];
        const struct option_row *rows = v->options != NULL ? v->options : column_options(a, v);
        struct text_pair help = {verb_help(a, v, LANG_VI), verb_help(a, v, LANG_EN)};
        if (rows == NULL || help.vi == NULL || help.en == NULL)
            return false;
        out[i] = (struct command){v->words, v->arguments, help, rows, v->run, v->name};
    }
    return true;
}
