#include "common/ui.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What the last command saw. */
static struct {
    int calls;
    char what[8000];
    enum err answer;
    const char *text;
} seen;

static enum err run(void *context, const struct options *o, struct fault *f)
{
    char *p = seen.what;
    seen.calls++;
    p += sprintf(p, "%s %s", (const char *)context, o->command->words);
    for (size_t i = 0; i < o->all_count; i++)
        p += sprintf(p, " %s=%.80s", o->rows[o->all[i].row]->name, o->all[i].value);
    for (int i = 0; i < o->arg_count; i++)
        p += sprintf(p, " [%s]", o->args[i]);
    if (option(o, "group") != NULL)
        sprintf(p, " last=%s", option(o, "group"));
    return seen.answer == ERR_OK ? ERR_OK : fault(f, seen.answer, "%s", seen.text);
}

static const struct option_row member_options[] = {
    {"group", 'g', "NAME", {"chi hội, tổ, câu lạc bộ", "group to list"}},
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "change nothing"}},
    {"secret", OPTION_REFUSED, "TEXT", {"--secret là của người khác.", "--secret is another's."}},
    {"chosen-with-care", 0, "A-RATHER-LONG-VALUE", {"tên dài", "a long name"}},
    {0},
};
static const struct option_row program_options[] = {
    {"dir", 0, "FOLDER", {"thư mục chứa sổ", "folder of the register"}},
    {0},
};
static const struct command commands[] = {
    {"init", "CODE", {"lập sổ mới", "make a register"}, NULL, run, NULL},
    {"member add", "", {"thêm hội viên\nChi tiết.", "add a member\nMore of it."}, member_options, run, NULL},
    {"member list", "[WORD ...]", {"xem danh sách", "list members"}, member_options, run, NULL},
    {"sync", "", {"đồng bộ", "send and receive"}, NULL, run, NULL},
    {0},
};
static const struct program program = {
    "hoivien", {"Sổ hội viên.", "The register."}, commands, program_options};

static char out[65536], err[65536];

static void slurp(int file, char *text, size_t size)
{
    ssize_t n = pread(file, text, size - 1, 0);
    text[n < 0 ? 0 : n] = '\0';
    close(file);
}

/* Runs a command line whose words are divided by '|' and catches what it prints. */
static int call_program(const struct program *p, const char *line)
{
    char copy[1000], *argv[64], *rest = copy, *word;
    struct ui ui;
    int argc = 0;
    snprintf(copy, sizeof copy, "hoivien%s%s", line[0] == '\0' ? "" : "|", line);
    while ((word = strsep(&rest, "|")) != NULL)
        argv[argc++] = word;
    argv[argc] = NULL;
    int files[2] = {memfd_create("out", 0), memfd_create("err", 0)}, kept[2] = {dup(1), dup(2)};
    fflush(NULL);
    dup2(files[0], 1);
    dup2(files[1], 2);
    seen.calls = 0;
    seen.what[0] = '\0';
    int status = ui_main(p, &ui, (void *)(uintptr_t) "ctx", argc, argv);
    fflush(NULL);
    dup2(kept[0], 1);
    dup2(kept[1], 2);
    slurp(files[0], out, sizeof out);
    slurp(files[1], err, sizeof err);
    return status;
}

static int call(const char *line)
{
    return call_program(&program, line);
}

static void start(void)
{
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    setenv("LANG", "en_US.UTF-8", 1);
    memset(&seen, 0, sizeof seen);
}

TestSuite(ui, .init = start);

static void check_runs(const char *line, const char *what)
{
    cr_assert_eq(call(line), EXIT_DONE, "%s: %s", line, err);
    cr_assert_str_eq(seen.what, what);
    cr_assert_str_eq(err, "");
}

Test(ui, commands_of_one_and_two_words_are_found_and_options_stand_anywhere)
{
    check_runs("init|HV1-X", "ctx init [HV1-X]");
    check_runs("member|list|--group|To 1|Hoa|-gx|--check",
               "ctx member list group=To 1 group=x check= [Hoa] last=x");
    check_runs("--dir|/a|member|list|--dir=/b", "ctx member list dir=/a dir=/b");
    check_runs("--lang|en|sync", "ctx sync lang=en");
    check_runs("member|list|--group=|--|--check|-g", "ctx member list group= [--check] [-g] last=");
    check_runs("member|list|--group=--x", "ctx member list group=--x last=--x");
    check_runs("member|list|-", "ctx member list [-]");
}

static void check_usage(const char *line, const char *sentence)
{
    cr_assert_eq(call(line), EXIT_WRONG_USAGE, "%s", line);
    cr_assert_not_null(strstr(err, sentence), "%s: %s", line, err);
    cr_assert_not_null(strstr(err, "--help"));
    cr_assert_eq(seen.calls, 0);
    cr_assert_str_eq(out, "");
}

Test(ui, wrong_usage_says_what_there_is)
{
    check_usage("member|list|--colour|x", "There is no option --colour,");
    check_usage("member|list|--colour=x", "There is no option --colour,");
    check_usage("member|list|-x", "There is no option -x.");
    check_usage("--group|x|member|list", "There is no option --group,");
    check_usage("member|list|--group", "The option --group lacks its value NAME.");
    check_usage("member|list|-g", "The option --group lacks its value NAME.");
    check_usage("member|list|--group|--check", "The option --group lacks its value NAME.");
    check_usage("member|list|--check=1", "The option --check takes no value.");
    check_usage("members", "There is no command \"members\". The commands are: init, member, sync.");
    check_usage("member", "After \"member\" one of these must follow: add, list.");
    check_usage("member|delete", "After \"member\" one of these must follow: add, list.");
    check_usage("sync|--lang|fr", "The option --lang takes vi or en.");
    check_usage("--lang", "The option --lang lacks its value vi|en.");
    check_usage("member|list|-\xc4\x91", "Behind a - stands a letter");
}

Test(ui, an_option_of_somebody_else_is_refused_with_its_own_words)
{
    check_usage("member|list|--secret|x", "--secret is another's.");
    check_usage("member|list|--sec=x", "--secret is another's.");
    check_usage("member|list|--secret", "--secret is another's.");
    check_usage("member|list|--secret|x|--lang|vi", "--secret là của người khác.");
    cr_assert_eq(call("member|list|--help"), EXIT_DONE);
    cr_assert_null(strstr(out, "secret"), "%s", out);
}

Test(ui, words_beyond_those_of_the_usage_line_are_refused_by_name)
{
    check_usage("sync|foo|bar", "\"foo\" is one word too many: this command takes only options.");
    check_usage("init|HV1-X|more", "\"more\" is one word too many: this command takes at most 1.");
    check_usage("init|HV1-X|--|--more", "\"--more\" is one word too many");
    check_usage("sync|foo|--lang|vi", "Thừa từ “foo”: lệnh này chỉ nhận tuỳ chọn.");
    check_usage("init|HV1-X|more|--lang|vi", "Thừa từ “more”: lệnh này nhận nhiều nhất 1 từ.");
    check_runs("member|list|a|b|c", "ctx member list [a] [b] [c]");
    cr_assert_eq(call("sync|foo|--help"), EXIT_DONE);
}

Test(ui, a_program_of_one_command_refuses_words_too)
{
    static const struct command only[] = {{"", NULL, {"", ""}, member_options, run, NULL}, {0}};
    static const struct program server = {"hoivien-server", {"Máy chủ.", "The server."}, only, NULL};
    cr_assert_eq(call_program(&server, "x|--check"), EXIT_WRONG_USAGE);
    cr_assert_eq(seen.calls, 0);
}

Test(ui, the_known_commands_are_listed_once_each)
{
    static const struct command mixed[] = {{"member event", "", {"", ""}, NULL, run, NULL},
                                           {"sync", "", {"", ""}, NULL, run, NULL},
                                           {"member add", "", {"", ""}, NULL, run, NULL},
                                           {"memo", "", {"", ""}, NULL, run, NULL},
                                           {0}};
    static const struct program p = {"hoivien", {"", ""}, mixed, NULL};
    cr_assert_eq(call_program(&p, "x"), EXIT_WRONG_USAGE);
    cr_assert_not_null(strstr(err, "The commands are: member, sync, memo."), "%s", err);
}

/* A list that was cut would look like the whole. */
Test(ui, of_many_commands_the_nearest_is_named)
{
    static const struct command many[] = {{"a-word-that-is-certainly-long-1", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-2", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-3", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-4", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-5", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-6", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-7", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-8", "", {"", ""}, NULL, run, NULL},
                                          {"member list", "", {"", ""}, NULL, run, NULL},
                                          {"model list", "", {"", ""}, NULL, run, NULL},
                                          {"a-word-that-is-certainly-long-9", "", {"", ""}, NULL, run, NULL},
                                          {0}};
    static const struct program p = {"hoivien", {"", ""}, many, NULL};
    cr_assert_eq(call_program(&p, "members"), EXIT_WRONG_USAGE);
    cr_assert_not_null(strstr(err, "There is no command \"members\". The nearest is: member. All commands: "
                                   "hoivien --help."),
                       "%s", err);
}

Test(ui, without_a_command_the_help_goes_to_standard_error)
{
    cr_assert_eq(call(""), EXIT_WRONG_USAGE);
    cr_assert_not_null(strstr(err, "Commands:"));
    cr_assert_str_eq(out, "");
}

Test(ui, too_many_options_are_refused)
{
    char line[1000] = "member|list";
    char *argv_line = line + strlen(line);
    for (int i = 0; i < 50; i++)
        argv_line += sprintf(argv_line, "|-gxxx");
    check_usage("member|list|-q", "There is no option -q.");
    cr_assert_eq(call(line), EXIT_DONE);
    char *argv[UI_MAX_GIVEN + 8] = {(char *)(uintptr_t) "hoivien", (char *)(uintptr_t) "sync"};
    int argc = 2;
    while (argc < UI_MAX_GIVEN + 3)
        argv[argc++] = (char *)(uintptr_t) "--dir=x";
    struct ui ui;
    seen.calls = 0;
    cr_assert_eq(ui_main(&program, &ui, NULL, argc, argv), EXIT_WRONG_USAGE);
    cr_assert_eq(seen.calls, 0);
}

Test(ui, faults_become_sentences_and_exit_statuses)
{
    static const struct {
        enum err answer;
        const char *text;
        int status;
        const char *said;
    } cases[] = {
        {ERR_USAGE, "Name one member.", EXIT_WRONG_USAGE,
         "Name one member.\nSee how to use it: hoivien sync --help\n"},
        {ERR_NO_LINK, "Nobody answered.", EXIT_NO_LINK, "Nobody answered.\n"},
        {ERR_KEY_REFUSED, "Refused.", EXIT_FAILED, "Refused.\n"},
        {ERR_FILE, "Put the file elsewhere.", EXIT_FAILED, "Put the file elsewhere.\n"},
        {ERR_FILE, "x.csv: No such file", EXIT_FAILED,
         "A file can't be read or written (x.csv: No such file). Check its name, its permissions and the "
         "space on "
         "the disk and try again.\n"},
        {ERR_DB, "", EXIT_FAILED, "db\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        seen.answer = cases[i].answer;
        seen.text = cases[i].text;
        cr_assert_eq(call("sync"), cases[i].status);
        cr_assert_str_eq(err, cases[i].said);
    }
}

static void check_lang(const char *all, const char *messages, const char *lang, const char *line,
                       const char *said)
{
    setenv("LC_ALL", all, 1);
    setenv("LC_MESSAGES", messages, 1);
    setenv("LANG", lang, 1);
    call(line);
    cr_assert_eq(strncmp(err, said, strlen(said)), 0, "%s", err);
}

Test(ui, the_language_comes_from_the_line_then_the_environment)
{
    check_lang("", "", "en_GB", "x", "There is no command");
    check_lang("", "", "C", "x", "Không có lệnh");
    check_lang("", "en_US", "vi_VN", "x", "There is no command");
    check_lang("vi_VN", "en_US", "en_US", "x", "Không có lệnh");
    check_lang("en_US", "", "", "x|--lang|vi", "Không có lệnh");
    check_lang("", "", "", "--lang=en|x", "There is no command");
}

Test(ui, help_lists_commands_and_options_in_aligned_columns)
{
    cr_assert_eq(call("--help"), EXIT_DONE);
    cr_assert_str_eq(out, "Usage: hoivien COMMAND [OPTIONS] ...\n"
                          "\n"
                          "The register.\n"
                          "\n"
                          "Commands:\n"
                          "  init         make a register\n"
                          "  member add   add a member\n"
                          "  member list  list members\n"
                          "  sync         send and receive\n"
                          "\n"
                          "General options:\n"
                          "  --dir FOLDER  folder of the register\n"
                          "  --lang vi|en  language of the messages\n"
                          "  -h, --help    show this help\n"
                          "  --version     show the version\n"
                          "\n"
                          "\"hoivien COMMAND --help\" explains one command.\n");
    cr_assert_eq(call("-h|--lang|vi"), EXIT_DONE);
    cr_assert_not_null(strstr(out, "Cách dùng: hoivien LỆNH [TUỲ CHỌN] ...\n"));
    cr_assert_not_null(strstr(out, "  member add   thêm hội viên\n"));
}

Test(ui, help_of_a_command_and_of_a_group_of_commands)
{
    cr_assert_eq(call("member|add|--help|--check"), EXIT_DONE);
    cr_assert_eq(seen.calls, 0);
    cr_assert_not_null(strstr(out,
                              "Usage: hoivien member add [OPTIONS]\n\nadd a member\nMore of it.\n\nOptions:\n"
                              "  -g, --group NAME  group to list\n"
                              "  --check           change nothing\n"
                              "  --chosen-with-care A-RATHER-LONG-VALUE\n"
                              "                    a long name\n"
                              "\nGeneral options:\n"));
    cr_assert_eq(call("member|--help"), EXIT_DONE);
    cr_assert_not_null(strstr(out, "member list"));
    cr_assert_null(strstr(out, "sync"));
    cr_assert_eq(call("member|list|-h"), EXIT_DONE);
    cr_assert_not_null(strstr(out, "hoivien member list [OPTIONS] [WORD ...]"));
}

Test(ui, the_version_is_told)
{
    cr_assert_eq(call("--version"), EXIT_DONE);
    cr_assert_str_eq(out, "hoivien " HV_VERSION "\n");
    cr_assert_eq(call("sync|--version"), EXIT_DONE);
    cr_assert_eq(seen.calls, 0);
}

Test(ui, long_help_is_broken_at_blanks_by_display_width)
{
    static const struct command wordy[] = {
        {"x",
         "",
         {"", "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn oooo pppp qqqq\n\nnext"},
         NULL,
         run,
         NULL},
        {0}};
    static const struct program p = {"p", {"", ""}, wordy, NULL};
    cr_assert_eq(call_program(&p, "x|--help"), EXIT_DONE);
    cr_assert_not_null(
        strstr(out, "\naaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll mmmm nnnn oooo pppp"
                    "\nqqqq\n\nnext\n"));
}

Test(ui, a_program_may_be_one_command)
{
    static const struct command only[] = {{"", "", {"", ""}, member_options, run, NULL}, {0}};
    static const struct program server = {
        "hoivien-server", {"Máy chủ.", "The server."}, only, program_options};
    cr_assert_eq(call_program(&server, "--check|--dir|x"), EXIT_DONE);
    cr_assert_str_eq(seen.what, "ctx  check= dir=x");
    cr_assert_eq(call_program(&server, "--help"), EXIT_DONE);
    cr_assert_eq(strncmp(out, "Usage: hoivien-server [OPTIONS]\n\nThe server.\n", 44), 0, "%s", out);
    cr_assert_eq(call_program(&server, "--nothing"), EXIT_WRONG_USAGE);
}

Test(ui, output_that_cannot_be_written_is_a_failure)
{
    static char buffer[16];
    struct ui ui;
    char *argv[] = {(char *)(uintptr_t) "hoivien", (char *)(uintptr_t) "--help", NULL};
    int full = open("/dev/full", O_WRONLY);
    fflush(stdout);
    dup2(full, 1);
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    int status = ui_main(&program, &ui, NULL, 2, argv);
    cr_assert_eq(status, EXIT_FAILED);
}

/* As `hoivien ... | head -1` where the shell lets its children ignore the signal. */
Test(ui, nothing_is_said_when_the_reader_of_the_output_has_gone)
{
    static char buffer[16];
    struct ui ui;
    char *argv[] = {(char *)(uintptr_t) "hoivien", (char *)(uintptr_t) "--help", NULL};
    int pipe_ends[2], told = memfd_create("err", 0);
    cr_assert_eq(pipe(pipe_ends), 0);
    close(pipe_ends[0]);
    signal(SIGPIPE, SIG_IGN);
    fflush(NULL);
    dup2(pipe_ends[1], 1);
    dup2(told, 2);
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    int status = ui_main(&program, &ui, NULL, 2, argv);
    fflush(stderr);
    slurp(told, err, sizeof err);
    cr_assert_eq(status, EXIT_DONE);
    cr_assert_str_eq(err, "");
}

Test(ui, sentences_are_in_the_users_language)
{
    struct ui vi = {.lang = LANG_VI, .program = "p"}, en = {.lang = LANG_EN, .program = "p"};
    struct fault f;
    cr_assert_eq(ui_fault(&vi, &f, ERR_MISSING, "Thiếu %s.", "%s is missing.", "x"), ERR_MISSING);
    cr_assert_str_eq(f.text, "Thiếu x.");
    cr_assert_eq(ui_fault(&en, &f, ERR_MISSING, "Thiếu %s.", "%s is missing.", "x"), ERR_MISSING);
    cr_assert_str_eq(f.text, "x is missing.");
    cr_assert_eq(ui_fault(&en, NULL, ERR_MISSING, "a", "b"), ERR_MISSING);
}
