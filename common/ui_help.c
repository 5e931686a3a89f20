#include "common/text.h"
#include "common/ui_private.h"
#include <string.h>

#define SCREEN 80

static size_t width_of(const char *s)
{
    return text_width(s, strlen(s));
}

static void blanks(FILE *out, size_t n)
{
    fprintf(out, "%*s", (int)n, "");
}

/* Writes a text from column `indent` on, broken at blanks; further lines begin at `indent` too. */
static void write_wrapped(FILE *out, size_t indent, const char *text)
{
    size_t column = indent;
    for (const char *p = text; *p != '\0';) {
        if (*p == '\n') {
            fputc('\n', out);
            blanks(out, p[1] == '\n' ? 0 : indent);
            column = indent;
            p++;
            continue;
        }
        size_t n = strcspn(p + (*p == ' '), " \n") + (*p == ' ');
        size_t width = text_width(p, n);
        if (column + width > SCREEN && column > indent && *p == ' ') {
            fputc('\n', out);
            blanks(out, indent);
            column = indent;
            p++, n--, width--;
        }
        fwrite(p, 1, n, out);
        column += width;
        p += n;
    }
    fputc('\n', out);
}

static void option_form(const struct option_row *row, char *out, size_t size)
{
    char letter[5] = "";
    if (row->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(out, size, "%s--%s%s%s", letter, row->name, row->value_name == NULL ? "" : " ",
             row->value_name == NULL ? "" : row->value_name);
}

#define FORM_SIZE 128
#define FORM_MOST 28 /* a longer form has its explanation on the next line */

static size_t forms_width(const struct option_row *rows, size_t width)
{
    char form[FORM_SIZE];
    for (; rows != NULL && rows->name != NULL; rows++) {
        if (rows->letter == OPTION_REFUSED)
            continue;
        option_form(rows, form, sizeof form);
        size_t own = width_of(form);
        if (own > width && own <= FORM_MOST)
            width = own;
    }
    return width;
}

/* One line of a list: what stands to the left, its explanation from a common column on. */
static void write_entry(FILE *out, const char *left, size_t width, const char *right)
{
    size_t own = width_of(left);
    fprintf(out, "  %s", left);
    if (own > width) {
        fputc('\n', out);
        own = 0;
        blanks(out, 2);
    }
    blanks(out, width - own + 2);
    write_wrapped(out, width + 4, right);
}

static void write_options(const struct ui *ui, const struct option_row *rows, size_t width, FILE *out)
{
    char form[FORM_SIZE];
    for (; rows != NULL && rows->name != NULL; rows++) {
        if (rows->letter == OPTION_REFUSED)
            continue;
        option_form(rows, form, sizeof form);
        write_entry(out, form, width, text_in(ui->lang, rows->help));
    }
}

static void write_title(const struct ui *ui, const char *vi, const char *en, FILE *out)
{
    fprintf(out, "\n%s\n", text_in(ui->lang, (struct text_pair){vi, en}));
}

static void write_general_options(const struct ui *ui, const struct program *p, FILE *out)
{
    size_t width = forms_width(ui_common_options, forms_width(p->options, 0));
    write_title(ui, "Tuỳ chọn chung:", "General options:", out);
    write_options(ui, p->options, width, out);
    write_options(ui, ui_common_options, width, out);
}

/* The first line of a command's help. */
static void write_command(const struct ui *ui, const struct command *c, size_t width, FILE *out)
{
    char line[256];
    const char *help = text_in(ui->lang, c->help);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(help, "\n"), help);
    write_entry(out, c->words, width, line);
}

bool command_in_group(const struct command *c, const char *word)
{
    size_t n = strlen(word);
    return strncmp(c->words, word, n) == 0 && (c->words[n] == ' ' || c->words[n] == '\0');
}

/* word NULL: all commands. */
static void write_commands(const struct ui *ui, const struct program *p, const char *word, FILE *out)
{
    size_t width = 0;
    for (const struct command *c = p->commands; c->words != NULL; c++)
        if (width_of(c->words) > width)
            width = width_of(c->words);
    write_title(ui, "Các lệnh:", "Commands:", out);
    for (const struct command *c = p->commands; c->words != NULL; c++)
        if (word == NULL || command_in_group(c, word))
            write_command(ui, c, width, out);
}

static void write_usage(const struct ui *ui, const struct program *p, const char *words,
                        const char *arguments, FILE *out)
{
    fprintf(out, "%s %s%s%s %s%s%s\n", ui->lang == LANG_EN ? "Usage:" : "Cách dùng:", p->name,
            words[0] == '\0' ? "" : " ", words, ui->lang == LANG_EN ? "[OPTIONS]" : "[TUỲ CHỌN]",
            arguments[0] == '\0' ? "" : " ", arguments);
}

static void write_hint(const struct ui *ui, const struct program *p, FILE *out)
{
    if (ui->lang == LANG_EN)
        fprintf(out, "\n\"%s COMMAND --help\" explains one command.\n", p->name);
    else
        fprintf(out, "\nGõ “%s LỆNH --help” để xem cách dùng từng lệnh.\n", p->name);
}

void help_program(const struct ui *ui, const struct program *p, FILE *out)
{
    write_usage(ui, p, ui->lang == LANG_EN ? "COMMAND" : "LỆNH", "...", out);
    fputc('\n', out);
    write_wrapped(out, 0, text_in(ui->lang, p->help));
    write_commands(ui, p, NULL, out);
    write_general_options(ui, p, out);
    write_hint(ui, p, out);
}

void help_group(const struct ui *ui, const struct program *p, const char *word, FILE *out)
{
    write_usage(ui, p, word, "...", out);
    write_commands(ui, p, word, out);
    write_hint(ui, p, out);
}

void help_command(const struct ui *ui, const struct program *p, const struct command *c, FILE *out)
{
    write_usage(ui, p, c->words, c->arguments == NULL ? "" : c->arguments, out);
    fputc('\n', out);
    write_wrapped(out, 0, text_in(ui->lang, c->words[0] == '\0' ? p->help : c->help));
    if (c->options != NULL && c->options[0].name != NULL) {
        write_title(ui, "Tuỳ chọn:", "Options:", out);
        write_options(ui, c->options, forms_width(c->options, 0), out);
    }
    write_general_options(ui, p, out);
}
