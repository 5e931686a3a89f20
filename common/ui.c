#include "common/ui_private.h"
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((nonnull)) static void speak(FILE *out, const char *format, va_list args)
{
    vfprintf(out, format, args);
    fputc('\n', out);
}

void ui_say(const struct ui *ui, const char *vi, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    speak(stdout, ui->lang == LANG_EN ? en : vi, args);
    va_end(args);
}

void ui_tell(const struct ui *ui, const char *vi, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    speak(stderr, ui->lang == LANG_EN ? en : vi, args);
    va_end(args);
}

enum err ui_fault(const struct ui *ui, struct fault *f, enum err code, const char *vi, const char *en, ...)
{
    char text[sizeof f->text];
    va_list args;
    va_start(args, en);
    vsnprintf(text, sizeof text, ui->lang == LANG_EN ? en : vi, args);
    va_end(args);
    return fault(f, code, "%s", text);
}

/* ---- language ---- */

static const char *locale_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return NULL;
}

static bool is_lang(const char *value)
{
    return strcmp(value, "vi") == 0 || strcmp(value, "en") == 0;
}

/* Looks ahead for --lang, so that complaints about the rest of the line are in that language already. */
static enum lang lang_of_line(int argc, char **argv)
{
    const char *found = locale_of_environment();
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0)
            value = argv[i + 1]; /* NULL at the end of the line */
        if (value != NULL && is_lang(value))
            found = value;
    }
    return lang_of_locale(found);
}

static enum err lang_check(const struct ui *ui, const struct options *o, struct fault *f)
{
    const char *given = option(o, "lang");
    if (given == NULL || is_lang(given))
        return ERR_OK;
    return ui_fault(ui, f, ERR_USAGE, "Tuỳ chọn --lang chỉ nhận vi hoặc en.",
                    "The option --lang takes vi or en.");
}

/* ---- the end ---- */

static const struct {
    enum err code;
    int status;
} statuses[] = {{ERR_OK, EXIT_DONE}, {ERR_USAGE, EXIT_WRONG_USAGE}, {ERR_NO_LINK, EXIT_NO_LINK}};

static int status_of(enum err code)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i].code == code)
            return statuses[i].status;
    return EXIT_FAILED;
}

/* Sentences around what lower layers say without knowing the language. */
static const struct {
    enum err code;
    struct text_pair format;
} around[] = {
    {ERR_FILE,
     {"Không đọc hoặc ghi được tệp (%s). Hãy kiểm tra tên tệp, quyền và chỗ trống trên đĩa rồi thử lại.",
      "A file can't be read or written (%s). Check its name, its permissions and the space on the disk and "
      "try "
      "again."}},
    {ERR_BUSY,
     {"Một chương trình khác đang dùng sổ này (%s). Hãy đợi nó xong rồi thử lại.",
      "Another program is using this register (%s). Wait until it is done and try again."}},
    {ERR_NO_MEMORY,
     {"Máy không đủ bộ nhớ cho việc này (%s). Hãy đóng bớt chương trình hoặc chia nhỏ việc rồi thử lại.",
      "There is not enough memory for this (%s). Close other programs or split the work and try again."}},
};

static bool is_sentence(const char *text)
{
    size_t n = strlen(text);
    return n > 0 && strchr(".?!)", text[n - 1]) != NULL;
}

static void tell_fault(const struct ui *ui, enum err code, const struct fault *f)
{
    const char *text = f->text[0] == '\0' ? err_name(code) : f->text;
    for (size_t i = 0; i < sizeof around / sizeof around[0] && !is_sentence(text); i++)
        if (around[i].code == code) {
            fprintf(stderr, text_in(ui->lang, around[i].format), text);
            fputc('\n', stderr);
            return;
        }
    fprintf(stderr, "%s\n", text);
}

/* As of "| head -1". The error of the write that failed may be long gone from errno. */
static bool reader_has_gone(void)
{
    struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&p, 1, 0) == 1 && (p.revents & (POLLERR | POLLHUP)) != 0;
}

static int end_call(const struct ui *ui, enum err code, const struct fault *f)
{
    if (code != ERR_OK)
        tell_fault(ui, code, f);
    if ((fflush(stdout) == 0 && !ferror(stdout)) || reader_has_gone())
        return status_of(code);
    ui_tell(ui, "Không ghi được kết quả (%s). Hãy kiểm tra chỗ trống trên đĩa rồi thử lại.",
            "The result can't be written (%s). Check the space on the disk and try again.", strerror(errno));
    return code == ERR_OK ? EXIT_FAILED : status_of(code);
}

static int end_usage(const struct ui *ui, const struct command *c, const struct fault *f)
{
    const char *words = c == NULL ? "" : c->words;
    const char *gap = words[0] == '\0' ? "" : " ";
    tell_fault(ui, ERR_USAGE, f);
    ui_tell(ui, "Xem cách dùng: %s%s%s --help", "See how to use it: %s%s%s --help", ui->program, gap, words);
    return EXIT_WRONG_USAGE;
}

/* ---- finding and running ---- */

struct call {
    const struct program *program;
    struct ui *ui;
    void *context;
    int argc;
    char **argv;
};

/* Runs a command whose words have been taken out of argv. */
static int command_run(const struct call *call, const struct command *c, struct options *o)
{
    struct fault f = {.field = -1};
    int end;
    o->command = c;
    options_add_rows(o, call->program->options);
    options_add_rows(o, c->options);
    options_add_rows(o, ui_common_options);
    enum err e = options_read(call->ui, o, call->argc, call->argv, false, &end, &f);
    if (e == ERR_OK)
        e = lang_check(call->ui, o, &f);
    if (e != ERR_OK)
        return end_usage(call->ui, c, &f);
    if (option(o, "help") != NULL)
        help_command(call->ui, call->program, c, stdout);
    else if (option(o, "version") != NULL)
        printf("%s %s\n", call->program->name, HV_VERSION);
    else if ((e = options_check_words(call->ui, o, &f)) == ERR_OK)
        e = c->run(call->context, o, &f);
    if (e == ERR_USAGE)
        return end_usage(call->ui, c, &f);
    return end_call(call->ui, e, &f);
}

/* How many of `words` (at most 2 of them) the command's name takes; 0: it is another. */
static int command_matches(const struct command *c, char **words, int count)
{
    const char *gap = strchr(c->words, ' ');
    if (count >= 1 && gap == NULL)
        return strcmp(c->words, words[0]) == 0 ? 1 : 0;
    if (count < 2 || !command_in_group(c, words[0]))
        return 0;
    return strcmp(gap + 1, words[1]) == 0 ? 2 : 0;
}

static const struct command *command_find(const struct program *p, char **words, int count, int *taken)
{
    const struct command *found = NULL;
    *taken = 0;
    for (const struct command *c = p->commands; c->words != NULL; c++) {
        int n = command_matches(c, words, count);
        if (n > *taken) {
            *taken = n;
            found = c;
        }
    }
    return found;
}

/* The word of a command that is listed: the first one, or in a group the second. */
static const char *listed_word(const struct command *c, const char *group)
{
    const char *word = group == NULL ? c->words : c->words + strlen(group);
    return word + strspn(word, " ");
}

static bool listed_before(const struct program *p, const struct command *c, const char *group)
{
    const char *word = listed_word(c, group);
    size_t n = strcspn(word, " ");
    for (const struct command *k = p->commands; k < c; k++) {
        if (group != NULL && !command_in_group(k, group))
            continue;
        const char *other = listed_word(k, group);
        if (strcspn(other, " ") == n && strncmp(other, word, n) == 0)
            return true;
    }
    return false;
}

/* Lists the second words of a group, or all commands' first words, each once. False: there is no room for
 * all.
 */
static bool list_words(const struct program *p, const char *group, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (const struct command *c = p->commands; c->words != NULL && used < size; c++) {
        if ((group != NULL && !command_in_group(c, group)) || listed_before(p, c, group))
            continue;
        const char *word = listed_word(c, group);
        size_t n = strcspn(word, " ");
        if (n > 0)
            used += (size_t)snprintf(out + used, size - used, "%s%.*s", used == 0 ? "" : ", ", (int)n, word);
    }
    return used < size;
}

#define WORD_MOST 31

/* How many letters must be put in, left out or changed; words are cut at WORD_MOST. */
static size_t word_distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[WORD_MOST + 1];
    for (size_t k = 0; k <= m; k++)
        row[k] = k;
    for (size_t i = 1; i <= n; i++) {
        size_t before = row[0];
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            size_t change = before + (a[i - 1] != b[k - 1]),
                   shift = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            before = row[k];
            row[k] = change < shift ? change : shift;
        }
    }
    return row[m];
}

/* The first word of a command that is likest. */
static void nearest_word(const struct program *p, const char *typed, char *out, size_t size)
{
    size_t least = SIZE_MAX, length = strlen(typed);
    out[0] = '\0';
    for (const struct command *c = p->commands; c->words != NULL; c++) {
        const char *word = c->words;
        size_t n = strcspn(word, " ");
        if (n == 0 || n > WORD_MOST)
            continue;
        size_t far = word_distance(typed, length < WORD_MOST ? length : WORD_MOST, word, n);
        if (far >= least)
            continue;
        least = far;
        snprintf(out, size, "%.*s", (int)n, word);
    }
}

static bool group_exists(const struct program *p, const char *word)
{
    for (const struct command *c = p->commands; c->words != NULL; c++)
        if (command_in_group(c, word))
            return true;
    return false;
}

static bool help_asked(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

/* The words at `at` are no command. */
static int end_unknown(const struct call *call, int at)
{
    struct fault f = {.field = -1};
    char known[300], near[WORD_MOST + 1];
    const char *word = call->argv[at];
    bool group = group_exists(call->program, word);
    if (group && help_asked(call->argc, call->argv)) {
        help_group(call->ui, call->program, word, stdout);
        return end_call(call->ui, ERR_OK, &f);
    }
    bool whole = list_words(call->program, group ? word : NULL, known, sizeof known);
    nearest_word(call->program, word, near, sizeof near);
    enum err e = !whole && !group
                     ? ui_fault(call->ui, &f, ERR_USAGE,
                                "Không có lệnh “%s”. Gần nhất là: %s. Tất cả các lệnh: %s --help.",
                                "There is no command \"%s\". The nearest is: %s. All commands: %s --help.",
                                word, near, call->program->name)
                 : group ? ui_fault(call->ui, &f, ERR_USAGE, "Sau “%s” phải là một trong các từ: %s.",
                                    "After \"%s\" one of these must follow: %s.", word, known)
                         : ui_fault(call->ui, &f, ERR_USAGE, "Không có lệnh “%s”. Các lệnh: %s.",
                                    "There is no command \"%s\". The commands are: %s.", word, known);
    (void)e; /* the status is known */
    return end_usage(call->ui, NULL, &f);
}

static int end_without_command(const struct call *call, const struct options *o)
{
    struct fault f = {.field = -1};
    if (option(o, "version") != NULL) {
        printf("%s %s\n", call->program->name, HV_VERSION);
        return end_call(call->ui, ERR_OK, &f);
    }
    if (option(o, "help") != NULL) {
        help_program(call->ui, call->program, stdout);
        return end_call(call->ui, ERR_OK, &f);
    }
    help_program(call->ui, call->program, stderr);
    return EXIT_WRONG_USAGE;
}

/* Where the command's words begin: behind the program's own options. */
static enum err words_find(const struct call *call, struct options *o, int *at, struct fault *f)
{
    options_add_rows(o, call->program->options);
    options_add_rows(o, ui_common_options);
    enum err e = options_read(call->ui, o, call->argc, call->argv, true, at, f);
    return e == ERR_OK ? lang_check(call->ui, o, f) : e;
}

static int call_run(struct call *call, struct options *first, struct options *o)
{
    struct fault f = {.field = -1};
    int at, taken;
    if (call->program->commands[0].words[0] == '\0')
        return command_run(call, &call->program->commands[0], o);
    if (words_find(call, first, &at, &f) != ERR_OK)
        return end_usage(call->ui, NULL, &f);
    if (at >= call->argc)
        return end_without_command(call, first);
    const struct command *c = command_find(call->program, call->argv + at, call->argc - at, &taken);
    if (c == NULL)
        return end_unknown(call, at);
    memmove(call->argv + at, call->argv + at + taken,
            (size_t)(call->argc - at - taken + 1) * sizeof *call->argv);
    call->argc -= taken;
    return command_run(call, c, o);
}

int ui_main(const struct program *p, struct ui *ui, void *context, int argc, char **argv)
{
    *ui = (struct ui){.lang = lang_of_line(argc, argv), .program = p->name};
    struct call call = {p, ui, context, argc, calloc((size_t)argc + 1, sizeof *argv)};
    struct options *o = calloc(2, sizeof *o);
    const char **args = calloc((size_t)argc + 1, sizeof *args);
    int status = EXIT_FAILED;
    if (call.argv != NULL && o != NULL && args != NULL) {
        memcpy(call.argv, argv, ((size_t)argc + 1) * sizeof *argv);
        o[0].args = o[1].args = args;
        status = call_run(&call, &o[0], &o[1]);
    }
    free(args);
    free(o);
    free(call.argv);
    return status;
}
