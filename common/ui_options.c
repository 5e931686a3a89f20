#include "common/ui_private.h"
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LONG_BASE 256 /* what getopt_long returns for row 0; letters are below */

const struct option_row ui_common_options[] = {
    {"lang", 0, "vi|en", {"ngôn ngữ của thông báo", "language of the messages"}},
    {"help", 'h', NULL, {"xem trợ giúp này", "show this help"}},
    {"version", 0, NULL, {"xem phiên bản", "show the version"}},
    {0},
};

void options_add_rows(struct options *o, const struct option_row *rows)
{
    for (; rows != NULL && rows->name != NULL; rows++) {
        if (o->row_count == UI_MAX_OPTIONS)
            abort(); /* a table of this program is too long: the first call of the command shows it */
        o->rows[o->row_count++] = rows;
    }
}

const char *option(const struct options *o, const char *name)
{
    for (size_t i = 0; i < o->row_count; i++)
        if (strcmp(o->rows[i]->name, name) == 0)
            return o->values[i];
    return NULL;
}

enum err option_format(const struct ui *ui, const struct options *o, bool *is_csv, struct fault *f)
{
    const char *format = option(o, "format");
    *is_csv = option(o, "plain") != NULL || (format != NULL && strcmp(format, "csv") == 0);
    if (format != NULL && strcmp(format, "csv") != 0 && strcmp(format, "table") != 0)
        return ui_fault(ui, f, ERR_USAGE, "Tuỳ chọn --format chỉ nhận table hoặc csv.",
                        "The option --format takes table or csv.");
    return ERR_OK;
}

/* The two forms in which getopt_long wants the table. */
struct getopt_tables {
    struct option longs[UI_MAX_OPTIONS + 1];
    char shorts[3 + 3 * UI_MAX_OPTIONS];
};

static void tables_make(const struct options *o, bool stop_at_word, struct getopt_tables *t)
{
    char *s = t->shorts;
    *s++ = stop_at_word ? '+' : '-';
    *s++ = ':';
    for (size_t i = 0; i < o->row_count; i++) {
        const struct option_row *row = o->rows[i];
        int takes = row->value_name != NULL ? required_argument : no_argument;
        t->longs[i] = (struct option){row->name, takes, NULL, LONG_BASE + (int)i};
        if (row->letter == 0 || row->letter == OPTION_REFUSED)
            continue;
        *s++ = row->letter;
        if (takes == required_argument)
            *s++ = ':';
    }
    *s = '\0';
    t->longs[o->row_count] = (struct option){0};
}

static int row_of(const struct options *o, int code)
{
    if (code >= LONG_BASE)
        return code - LONG_BASE;
    for (size_t i = 0; i < o->row_count; i++)
        if (o->rows[i]->letter == code)
            return (int)i;
    return -1;
}

/* getopt_long leaves the letter or the row in optopt, and 0 for an unknown long name. */
static enum err unknown_option(const struct ui *ui, const struct options *o, const char *word,
                               struct fault *f)
{
    if (optopt >= LONG_BASE)
        return ui_fault(ui, f, ERR_USAGE, "Tuỳ chọn --%s không nhận giá trị.",
                        "The option --%s takes no value.", o->rows[row_of(o, optopt)]->name);
    if (optopt > ' ' && optopt <= '~')
        return ui_fault(ui, f, ERR_USAGE, "Không có tuỳ chọn -%c.", "There is no option -%c.", optopt);
    if (optopt != 0)
        return ui_fault(ui, f, ERR_USAGE, "Chữ đứng sau dấu - không phải là một tuỳ chọn.",
                        "Behind a - stands a letter that is no option.");
    return ui_fault(ui, f, ERR_USAGE, "Không có tuỳ chọn %.*s, hoặc tên viết tắt chưa đủ rõ.",
                    "There is no option %.*s, or its short form is not clear.", (int)strcspn(word, "="),
                    word);
}

static enum err missing_value(const struct ui *ui, const struct option_row *row, struct fault *f)
{
    return ui_fault(ui, f, ERR_USAGE, "Tuỳ chọn --%s thiếu giá trị %s.",
                    "The option --%s lacks its value %s.", row->name, row->value_name);
}

static bool is_refused(const struct option_row *row)
{
    return row->letter == OPTION_REFUSED;
}

static enum err refuse(const struct ui *ui, const struct option_row *row, struct fault *f)
{
    return ui_fault(ui, f, ERR_USAGE, "%s", "%s", text_in(ui->lang, row->help));
}

static enum err take_value(const struct ui *ui, struct options *o, int row, bool apart, struct fault *f)
{
    const char *value = o->rows[row]->value_name == NULL ? "" : optarg;
    /* Somebody forgot the value, and the next option would become it. "--note=--x" still can say so. */
    if (apart && strncmp(value, "--", 2) == 0)
        return missing_value(ui, o->rows[row], f);
    if (o->all_count == UI_MAX_GIVEN)
        return ui_fault(ui, f, ERR_USAGE, "Có quá nhiều tuỳ chọn (hơn %d). Hãy chia thành nhiều lần chạy.",
                        "There are too many options (more than %d). Split the work over several runs.",
                        UI_MAX_GIVEN);
    o->values[row] = value;
    o->all[o->all_count].row = row;
    o->all[o->all_count++].value = value;
    return ERR_OK;
}

static enum err take_one(const struct ui *ui, struct options *o, int code, char **argv, struct fault *f)
{
    const char *word = argv[optind - 1];
    if (code == 1) {
        o->args[o->arg_count++] = optarg;
        return ERR_OK;
    }
    if (code == '?')
        return unknown_option(ui, o, word, f);
    int row = row_of(o, code == ':' ? optopt : code);
    if (is_refused(o->rows[row]))
        return refuse(ui, o->rows[row], f);
    if (code == ':')
        return missing_value(ui, o->rows[row], f);
    return take_value(ui, o, row, optarg == word, f);
}

enum err options_read(const struct ui *ui, struct options *o, int argc, char **argv, bool stop_at_word,
                      int *next, struct fault *f)
{
    struct getopt_tables t;
    tables_make(o, stop_at_word, &t);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1;) {
        enum err e = take_one(ui, o, code, argv, f);
        if (e != ERR_OK)
            return e;
    }
    *next = optind;
    for (; !stop_at_word && *next < argc; ++*next) /* what stands behind "--" */
        o->args[o->arg_count++] = argv[*next];
    return ERR_OK;
}

/* The usage line says how many: "ID GROUP" are two words, and any number fits where it has "...". */
static int words_most(const char *arguments)
{
    int count = 0;
    if (arguments == NULL)
        return 0;
    if (strstr(arguments, "...") != NULL)
        return INT_MAX;
    for (const char *p = arguments + strspn(arguments, " "); *p != '\0'; p += strspn(p, " ")) {
        p += strcspn(p, " ");
        count++;
    }
    return count;
}

enum err options_check_words(const struct ui *ui, const struct options *o, struct fault *f)
{
    int most = words_most(o->command->arguments);
    if (o->arg_count <= most)
        return ERR_OK;
    const char *word = o->args[most];
    if (most == 0)
        return ui_fault(ui, f, ERR_USAGE, "Thừa từ “%s”: lệnh này chỉ nhận tuỳ chọn.",
                        "\"%s\" is one word too many: this command takes only options.", word);
    return ui_fault(
        ui, f, ERR_USAGE,
        "Thừa từ “%s”: lệnh này nhận nhiều nhất %d từ. Cụm từ có dấu cách cần đặt trong ngoặc kép.",
        "\"%s\" is one word too many: this command takes at most %d. Words that belong together "
        "stand in quotation marks.",
        word, most);
}
