/* What the programs say of themselves. */
#include "client/cell.h"
#include "client/cmd.h"
#include "client/fit.h"
#include "client/selection.h"
#include "tests/support/support.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static const struct command *commands;

static void begin(void)
{
    arena = arena_make(1 << 24);
    commands = client_commands(arena);
    cr_assert_not_null(commands);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(help, .init = begin, .fini = end, .timeout = 120);

static const struct command *command_found(const char *words)
{
    for (const struct command *c = commands; c->words != NULL; c++)
        if (strcmp(c->words, words) == 0)
            return c;
    return NULL;
}

static const struct command *command_named(const char *words)
{
    const struct command *c = command_found(words);
    cr_assert_not_null(c, "no command %s", words);
    return c;
}

static const struct option_row *row_named(const struct command *c, const char *name)
{
    for (const struct option_row *row = c->options; row != NULL && row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static void check_pair(const char *words, const char *what, struct text_pair pair)
{
    cr_assert(pair.vi != NULL && pair.en != NULL && pair.vi[0] != '\0' && pair.en[0] != '\0', "%s %s", words,
              what);
}

Test(help, every_command_and_option_is_explained_in_both_languages)
{
    for (const struct command *c = commands; c->words != NULL; c++) {
        check_pair(c->words, "", c->help);
        cr_assert_str_neq(c->help.vi, c->help.en, "%s", c->words);
        for (const struct option_row *row = c->options; row != NULL && row->name != NULL; row++)
            check_pair(c->words, row->name, row->help);
    }
}

static void check_codes(const struct command *c, const struct kind *kind, size_t i)
{
    if (c == NULL)
        return;
    const struct option_row *row = row_named(c, cell_option_name(arena, kind, i));
    cr_assert_not_null(row, "%s %s", c->words, kind->fields[i].name);
    for (const struct code *code = kind->fields[i].codes; code != NULL && code->token != NULL; code++)
        cr_assert(strstr(row->help.vi, words("%s = %s", code->token, code->label.vi)) != NULL &&
                      strstr(row->help.en, words("%s = %s", code->token, code->label.en)) != NULL,
                  "%s --%s: %s", c->words, row->name, row->help.en);
}

Test(help, an_option_of_a_closed_list_names_all_its_values)
{
    for (size_t k = 0; k < kind_count; k++)
        for (size_t i = 0; i < kinds[k]->field_count; i++) {
            if (!right_field(SEAT_COMMUNE, kinds[k], i))
                continue;
            check_codes(command_found(words("%s edit", kinds[k]->name)), kinds[k], i);
            if (kinds[k]->fields[i].codes != NULL)
                check_codes(command_found(words("%s add", kinds[k]->name)), kinds[k], i);
        }
    const struct command *event = command_named("member event");
    cr_assert(strstr(event->help.vi, "moved-out = Chuyển đi") != NULL, "%s", event->help.vi);
}

static bool has_option(const char *words, const char *name)
{
    const struct command *c = command_found(words);
    return c != NULL && row_named(c, name) != NULL;
}

static bool names_groups(const struct kind *kind)
{
    bool names = false;
    for (size_t i = 0; i < kind->field_count; i++)
        names |= kind->fields[i].refers != NULL && strcmp(kind->fields[i].refers, "group") == 0;
    return names;
}

Test(help, nothing_is_offered_that_has_no_sense)
{
    for (size_t k = 0; k < kind_count; k++) {
        const char *name = kinds[k]->name;
        cr_assert(!has_option(words("%s add", name), "voided"));
        cr_assert_null(row_named(command_named(words("%s export", name)), "format"));
        cr_assert(!has_option(words("%s import", name), "add-groups") || names_groups(kinds[k]));
        cr_assert_eq(has_option(words("%s add", name), "anyway"),
                     command_found(words("%s add", name)) != NULL && likeness_is_asked(kinds[k]));
        cr_assert_eq(has_option(words("%s void", name), "anyway"),
                     strcmp(name, "group") == 0 || strcmp(name, "household") == 0);
    }
    cr_assert_not_null(row_named(command_named("member edit"), "voided"));
}

static const char *const verbs[] = {"add", "edit", "void", "import", "show", "list", "search", "export"};
#define VERBS (sizeof verbs / sizeof verbs[0])

/* The verbs that the clerk has not, of kinds of which she has not all of them. */
static const struct {
    const char *kind;
    const char *missing;
} provinces[] = {{"programme", "add edit void import"},
                 {"notice", "add edit void import"},
                 {"plan", "add void"},
                 {"visit", "add edit void import"},
                 {"seen", "add edit void import"},
                 {"pairing", "add edit void import"},
                 {"rate", "add edit void import"},
                 {"closing", "add edit"}};

static bool is_the_clerks(const char *kind, const char *verb)
{
    for (size_t i = 0; i < sizeof provinces / sizeof provinces[0]; i++)
        if (strcmp(provinces[i].kind, kind) == 0)
            return strstr(provinces[i].missing, verb) == NULL;
    return true;
}

Test(help, the_clerk_is_offered_what_is_hers_to_do)
{
    for (size_t k = 0; k < kind_count; k++)
        for (size_t v = 0; v < VERBS; v++)
            cr_assert_eq(command_found(words("%s %s", kinds[k]->name, verbs[v])) != NULL,
                         is_the_clerks(kinds[k]->name, verbs[v]), "%s %s", kinds[k]->name, verbs[v]);
    cr_assert_not_null(command_named("member to-ask"));
}

/* Names that keep their capitals within a sentence. */
static bool is_capital_name(const char *p)
{
    static const char *const names[] = {"CSV", "ISO", "Excel", "HTML", "A4", "Zalo"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(p, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* The first sentence of a help, which lists show. */
static void check_small(const char *words, const char *help)
{
    static const char *const capitals[] = {"Đ", "Á", "Ả", "Ố", "Ư"};
    for (const char *p = help; *p != '\0' && *p != '\n'; p++) {
        bool begins = p == help || p[-1] == ' ';
        bool capital = isupper((unsigned char)*p) != 0;
        for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++)
            capital |= strncmp(p, capitals[i], strlen(capitals[i])) == 0;
        cr_assert(!begins || !capital || is_capital_name(p), "%s: %s", words, help);
    }
}

static bool is_of_a_kind(const char *words)
{
    size_t n = strcspn(words, " ");
    for (size_t k = 0; k < kind_count; k++)
        if (strlen(kinds[k]->name) == n && strncmp(words, kinds[k]->name, n) == 0)
            return true;
    return false;
}

Test(help, commands_of_kinds_are_told_in_small_letters)
{
    size_t count = 0;
    for (const struct command *c = commands; c->words != NULL; c++) {
        if (!is_of_a_kind(c->words))
            continue;
        check_small(c->words, c->help.vi);
        check_small(c->words, c->help.en);
        count++;
    }
    cr_assert_gt(count, 100);
    cr_assert_str_eq(command_named("household list")->help.en, "list households");
    cr_assert(strncmp(command_named("household add")->help.en, "add a household\n", 16) == 0);
    cr_assert_str_eq(command_named("question list")->help.vi, "danh sách việc hỏi thông tin");
}

Test(help, what_must_be_given_to_add_is_marked)
{
    const struct command *add = command_named("member add"), *edit = command_named("member edit");
    cr_assert(strstr(row_named(add, "name")->help.vi, "(bắt buộc)") != NULL);
    cr_assert(strstr(row_named(add, "name")->help.en, "(required)") != NULL);
    cr_assert(strstr(row_named(add, "phone")->help.en, "(required)") == NULL);
    cr_assert(strstr(row_named(edit, "name")->help.en, "(required)") == NULL);
}

Test(help, an_option_is_named_once)
{
    for (const struct command *c = commands; c->words != NULL; c++)
        for (const struct option_row *row = c->options; row != NULL && row->name != NULL; row++)
            cr_assert_eq(row_named(c, row->name), row, "%s --%s", c->words, row->name);
}

Test(help, the_states_to_filter_by_are_all_named)
{
    static const char *const states[] = {"any", "counted", "not-counted", "voided"};
    for (const struct command *c = commands; c->words != NULL; c++) {
        const struct option_row *row = row_named(c, "state");
        bool filters = row != NULL && strcmp(row->value_name, SELECTION_STATE) == 0;
        for (size_t i = 0; filters && i < sizeof states / sizeof states[0]; i++)
            cr_assert(strstr(row->help.vi, words("%s: ", states[i])) != NULL &&
                          strstr(row->help.en, words("%s: ", states[i])) != NULL,
                      "%s", c->words);
    }
}

/* Help as one line. */
static char *help_of(const char *command)
{
    char *text = run_ok("%s/client/%s --help --lang en", HV_BIN, command);
    for (char *p = text; *p != '\0'; p++)
        if (*p == '\n')
            *p = ' ';
    return text;
}

Test(help, the_tokens_of_plain_figures_are_documented)
{
    char *target = help_of("hoivien target"), *province = help_of("hoivien-report province"),
         *commune = help_of("hoivien-report commune");
    const char *texts[] = {target, province, commune};
    for (size_t i = 0; i < 3; i++)
        cr_assert(strstr(texts[i], "exceeded, met, not-met, no-verdict") != NULL &&
                      strstr(texts[i], "50.0000") != NULL,
                  "%s", texts[i]);
    cr_assert(strstr(commune, "commune, target or group") != NULL, "%s", commune);
    free(target);
    free(province);
    free(commune);
}

/* The command of a line of the list: "  member add   add a member". */
static bool command_of_line(const char *line, char *out)
{
    const char *end =
        strncmp(line, "  ", 2) == 0 && islower((unsigned char)line[2]) ? strstr(line + 2, "  ") : NULL;
    if (end == NULL)
        return false;
    sprintf(out, "%.*s", (int)(end - line - 2), line + 2);
    return true;
}

static int check_program(const char *program)
{
    char *list = run_ok("%s/%s --help --lang en", HV_BIN, program), *rest, command[100];
    int count = 0;
    for (char *line = strtok_r(list, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (!command_of_line(line, command))
            continue;
        char *vi = run_ok("%s/%s %s --help --lang vi", HV_BIN, program, command),
             *en = run_ok("%s/%s %s --help --lang en", HV_BIN, program, command);
        cr_assert(strncmp(vi, "Cách dùng: ", 11) == 0 && strncmp(en, "Usage: ", 7) == 0 &&
                      strstr(vi, command) != NULL && strstr(en, command) != NULL,
                  "%s%s", vi, en);
        free(vi);
        free(en);
        count++;
    }
    free(list);
    return count;
}

Test(help, every_command_of_every_program_prints_its_help_in_both_languages)
{
    cr_assert_geq(check_program("client/hoivien"), 39);
    cr_assert_geq(check_program("client/hoivien-report"), 3);
    cr_assert_geq(check_program("server/hoivien-admin"), 15);
}

Test(help, the_commands_are_named_once_each)
{
    struct output o = run("%s/client/hoivien membr --lang en", HV_BIN);
    cr_assert(o.status == 2 && strstr(o.err, "The nearest is: member. All commands: hoivien --help.") != NULL,
              "%s", o.err);
    output_free(&o);
    char *list = run_ok("%s/client/hoivien --help --lang en", HV_BIN);
    const char *last = strstr(list, "member join"), *next = strstr(list, "membership add");
    cr_assert(strstr(list, "member add") < last && last < next, "the commands of a word stand together: %s",
              list);
    free(list);
}

static void check_superfluous(const char *line)
{
    struct output o = run("%s/%s --lang en foo bar", HV_BIN, line);
    cr_assert(o.status == 2 && strstr(o.err, "\"foo\" is one word too many") != NULL, "%s: %d %s", line,
              o.status, o.err);
    output_free(&o);
}

Test(help, words_too_many_are_refused_by_all_programs)
{
    check_superfluous("client/hoivien status");
    check_superfluous("client/hoivien sync");
    check_superfluous("client/hoivien member list");
    check_superfluous("client/hoivien member add");
    check_superfluous("client/hoivien backup copy.db");
    check_superfluous("client/hoivien member import list.csv");
    check_superfluous("client/hoivien member search x");
    check_superfluous("client/hoivien-report province 93");
    check_superfluous("server/hoivien-admin device list");
    check_superfluous("server/hoivien-admin device revoke 1");
    check_superfluous("server/hoivien-server");
}
