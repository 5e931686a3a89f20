#include "common/date.h"
#include "common/id.h"
#include "common/log.h"
#include "common/os.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];
static struct arena *arena;

static void start(void)
{
    strcpy(folder, "/tmp/hv-os-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    arena = arena_make((size_t)4 << 20);
}

static void finish(void)
{
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    cr_assert_eq(chdir("/"), 0);
    cr_assert_eq(system(line), 0);
    arena_free(arena);
}

TestSuite(os, .init = start, .fini = finish);

Test(os, clocks_run_and_ids_follow_them)
{
    uint64_t before = os_now_ms(), mono = os_monotonic_ms();
    struct id a = os_new_id(), b = os_new_id();
    cr_assert(before > UINT64_C(1700000000000));
    cr_assert(os_monotonic_ms() >= mono);
    cr_assert_not(id_equal(&a, &b));
    uint64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | a.b[i];
    cr_assert(ms >= before && ms <= os_now_ms());
}

Test(os, today_is_a_full_date_and_can_be_chosen)
{
    unsetenv("HOIVIEN_TODAY");
    cr_assert(date_valid(os_today(), false));
    setenv("HOIVIEN_TODAY", "2019-07-31", 1);
    cr_assert_eq(os_today(), 20190731);
    setenv("HOIVIEN_TODAY", "2019-07", 1);
    cr_assert_neq(os_today(), 20190700, "a day is a whole one");
    setenv("HOIVIEN_TODAY", "soon", 1);
    cr_assert(date_valid(os_today(), false));
}

Test(os, a_file_is_written_whole_with_its_mode_and_read_back)
{
    struct bytes got;
    struct fault f;
    struct stat s;
    char *large = malloc(300000);
    memset(large, 'x', 300000);
    cr_assert_eq(os_file_write("key", "first", 5, 0600, &f), ERR_OK);
    cr_assert_eq(os_file_write("key", large, 300000, 0640, &f), ERR_OK);
    cr_assert_eq(stat("key", &s), 0);
    cr_assert_eq(s.st_mode & 07777, 0640);
    cr_assert_eq(os_file_size("key"), 300000);
    cr_assert_eq(os_file_read(arena, "key", 300000, &got, &f), ERR_OK);
    cr_assert_eq(got.n, 300000);
    cr_assert_eq(memcmp(got.p, large, got.n), 0);
    cr_assert_eq(got.p[got.n], 0);
    cr_assert_eq(os_file_write("empty", "", 0, 0600, &f), ERR_OK);
    cr_assert_eq(os_file_read(arena, "empty", 0, &got, &f), ERR_OK);
    cr_assert_eq(got.n, 0);
    cr_assert_eq(system("test $(ls | wc -l) = 2"), 0, "no temporary file is left");
    free(large);
}

Test(os, what_a_file_refuses_names_it_and_the_reason)
{
    struct bytes got;
    struct fault f;
    cr_assert_eq(os_file_read(arena, "absent", 10, &got, &f), ERR_FILE);
    cr_assert_str_eq(f.text, "absent: No such file or directory");
    cr_assert_eq(os_file_read(arena, ".", 10, &got, &f), ERR_FILE);
    cr_assert_eq(os_file_write("absent/x", "", 0, 0600, &f), ERR_FILE);
    cr_assert_eq(os_file_write("twelve", "123456789012", 12, 0600, &f), ERR_OK);
    cr_assert_eq(os_file_read(arena, "twelve", 11, &got, &f), ERR_FILE);
    cr_assert_str_eq(f.text, "twelve: larger than 11 bytes");
    cr_assert_eq(os_file_read(arena, "twelve", 12, &got, &f), ERR_OK);
    struct arena *small = arena_make(4);
    cr_assert_eq(os_file_read(small, "twelve", 12, &got, &f), ERR_NO_MEMORY);
    arena_free(small);
    cr_assert_eq(mkdir("folder", 0700), 0);
    cr_assert_eq(os_file_write("folder", "", 0, 0600, &f), ERR_FILE);
    cr_assert_eq(system("test $(ls | wc -l) = 2"), 0, "no temporary file is left");
}

Test(os, a_dash_is_standard_input)
{
    struct bytes got;
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(write(ends[1], "given", 5), 5);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    cr_assert_eq(os_file_read(arena, "-", 100, &got, NULL), ERR_OK);
    cr_assert_str_eq((const char *)got.p, "given");
    cr_assert_neq(fcntl(STDIN_FILENO, F_GETFD), -1, "standard input stays open");
}

Test(os, folders_are_made_with_those_above_them)
{
    struct fault f;
    struct stat s;
    char path[200];
    snprintf(path, sizeof path, "%s/a/b//c/", folder);
    cr_assert_eq(os_folder_make(path, &f), ERR_OK);
    cr_assert_eq(os_folder_make(path, &f), ERR_OK);
    cr_assert_eq(os_folder_make("d/e", &f), ERR_OK);
    cr_assert_eq(stat("a/b", &s), 0);
    cr_assert_eq(s.st_mode & 0777, 0700);
    cr_assert(os_exists("d/e") && !os_exists("d/f"));
    cr_assert_eq(os_file_write("file", "", 0, 0600, &f), ERR_OK);
    cr_assert_eq(os_folder_make("file", &f), ERR_FILE);
    cr_assert_eq(os_folder_make("file/x", &f), ERR_FILE);
    cr_assert_eq(os_file_size("absent"), 0);
}

Test(os, a_lock_is_held_until_it_is_given_back_or_its_holder_ends)
{
    struct fault f;
    int mine, again, pipes[2];
    char c;
    cr_assert_eq(os_lock("lock", &mine, &f), ERR_OK);
    cr_assert_eq(os_lock("lock", &again, &f), ERR_BUSY);
    cr_assert_eq(again, -1);
    os_unlock(&mine);
    os_unlock(&mine);
    cr_assert_eq(pipe(pipes), 0);
    pid_t pid = fork();
    if (pid == 0) {
        int theirs;
        c = os_lock("lock", &theirs, NULL) == ERR_OK ? 'y' : 'n';
        if (write(pipes[1], &c, 1) == 1)
            pause();
        _exit(1);
    }
    cr_assert_eq(read(pipes[0], &c, 1), 1);
    cr_assert_eq(c, 'y');
    cr_assert_eq(os_lock("lock", &again, &f), ERR_BUSY);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    cr_assert_eq(os_lock("lock", &again, &f), ERR_OK);
    os_unlock(&again);
    cr_assert_eq(os_lock("absent/lock", &again, &f), ERR_FILE);
}

Test(os, sleep_ends_by_itself_or_by_a_signal_even_an_early_one)
{
    os_catch_stop();
    cr_assert_not(os_stop_asked());
    uint64_t before = os_monotonic_ms();
    cr_assert(os_sleep_ms(20));
    cr_assert(os_monotonic_ms() >= before + 20);
    raise(SIGTERM);
    cr_assert(os_stop_asked());
    cr_assert_not(os_sleep_ms(UINT64_C(3600000)));
}

static void *signal_later(void *arg)
{
    (void)arg;
    kill(getpid(), SIGINT);
    return NULL;
}

Test(os, a_signal_from_elsewhere_ends_a_long_sleep, .timeout = 30)
{
    pthread_t thread;
    os_catch_stop();
    cr_assert_eq(pthread_create(&thread, NULL, signal_later, NULL), 0);
    cr_assert_not(os_sleep_ms(UINT64_C(3600000)));
    pthread_join(thread, NULL);
}

static void check_default(const char *data, const char *home, const char *expected)
{
    char *path = NULL;
    struct fault f;
    data == NULL ? unsetenv("XDG_DATA_HOME") : setenv("XDG_DATA_HOME", data, 1);
    home == NULL ? unsetenv("HOME") : setenv("HOME", home, 1);
    enum err e = os_default_folder(arena, &path, &f);
    cr_assert_eq(e, expected == NULL ? ERR_FILE : ERR_OK);
    if (expected != NULL)
        cr_assert_str_eq(path, expected);
}

Test(os, the_default_folder_follows_the_environment)
{
    check_default("/data", "/home/x", "/data/hoivien");
    check_default(NULL, "/home/x", "/home/x/.local/share/hoivien");
    check_default("", "/home/x", "/home/x/.local/share/hoivien");
    check_default("relative", "/home/x", "/home/x/.local/share/hoivien");
    check_default(NULL, NULL, NULL);
}

/* ---- log lines ---- */

static int log_begin(void)
{
    int file = memfd_create("log", 0);
    fflush(stderr);
    dup2(file, STDERR_FILENO);
    return file;
}

static const char *log_end(int file)
{
    static char text[8192];
    ssize_t n = pread(file, text, sizeof text - 1, 0);
    text[n < 0 ? 0 : n] = '\0';
    return text;
}

Test(os, a_log_line_has_time_level_event_and_pairs)
{
    int file = log_begin(), year, ms;
    log_line(LOG_INFO, "sync", "unit=%d changes=%d", 7, 100);
    log_line(LOG_WARNING, "start", "%s", "");
    log_line(LOG_DEBUG, "hidden", "%s", "");
    log_set_level(LOG_ERROR);
    log_line(LOG_WARNING, "hidden", "%s", "");
    const char *text = log_end(file);
    cr_assert_eq(sscanf(text, "%4d-%*2d-%*2dT%*2d:%*2d:%*2d.%3dZ", &year, &ms), 2, "%s", text);
    cr_assert_str_eq(strchr(text, ' '), strstr(text, " info sync unit=7 changes=100\n"));
    cr_assert_not_null(strstr(text, " warning start"));
    cr_assert_null(strstr(text, "hidden"));
}

Test(os, a_log_value_can_neither_break_the_line_nor_overrun_it)
{
    int file = log_begin();
    char large[5000];
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    errno = EINTR;
    log_line(LOG_ERROR, "bad", "v=%s", "a\nb\x1b[31m");
    log_line(LOG_ERROR, "large", "v=%s", large);
    cr_assert_eq(errno, EINTR);
    const char *text = log_end(file);
    cr_assert_not_null(strstr(text, " error bad v=a?b?[31m\n"));
    cr_assert_eq(text[strlen(text) - 1], '\n');
    cr_assert(strlen(text) < 2300);
}

Test(os, the_names_in_a_folder_come_in_order)
{
    struct fault f;
    char **names = NULL;
    size_t count = 9;
    cr_assert_eq(os_folder_list(arena, "none", &names, &count, &f), ERR_OK);
    cr_assert_eq(count, 0);
    cr_assert_eq(os_folder_make("list/31318", &f), ERR_OK);
    cr_assert_eq(os_folder_make("list/31317", &f), ERR_OK);
    cr_assert_eq(os_folder_make("list/.hidden", &f), ERR_OK);
    cr_assert_eq(os_folder_list(arena, "list", &names, &count, &f), ERR_OK);
    cr_assert_eq(count, 2);
    cr_assert_str_eq(names[0], "31317");
    cr_assert_str_eq(names[1], "31318");
    cr_assert_eq(os_file_write("file", "x", 1, 0600, &f), ERR_OK);
    cr_assert_eq(os_folder_list(arena, "file", &names, &count, &f), ERR_FILE);
}
