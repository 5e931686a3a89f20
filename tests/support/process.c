#include "tests/support/support.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct text_buffer {
    char *p;
    size_t n;
};

static void buffer_take(struct text_buffer *b, const char *p, size_t n)
{
    b->p = realloc(b->p, b->n + n + 1);
    memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

/* Reads both pipes until both are closed. */
static void drain(int out, int err, struct text_buffer buffers[2])
{
    struct pollfd fds[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    buffer_take(&buffers[0], "", 0);
    buffer_take(&buffers[1], "", 0);
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0)
            continue;
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || fds[i].revents == 0)
                continue;
            char bytes[65536];
            ssize_t n = read(fds[i].fd, bytes, sizeof bytes);
            if (n > 0) {
                buffer_take(&buffers[i], bytes, (size_t)n);
            } else if (n == 0) {
                close(fds[i].fd);
                fds[i].fd = -1;
            }
        }
    }
}

static int status_of(int wait_status)
{
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

static struct output run_line(const char *line)
{
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
        give_up("no pipe");
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(out[1], 1);
        dup2(err[1], 2);
        int null = open("/dev/null", O_RDONLY);
        dup2(null, 0);
        execl("/bin/bash", "bash", "-c", line, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    close(err[1]);
    struct text_buffer buffers[2] = {{NULL, 0}, {NULL, 0}};
    drain(out[0], err[0], buffers);
    int status;
    waitpid(pid, &status, 0);
    return (struct output){status_of(status), buffers[0].p, buffers[1].p};
}

struct output run(const char *format, ...)
{
    char *line;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    cr_assert(n >= 0);
    struct output o = run_line(line);
    free(line);
    return o;
}

void output_free(struct output *o)
{
    free(o->out);
    free(o->err);
    o->out = o->err = NULL;
}

char *run_ok(const char *format, ...)
{
    char *line;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    cr_assert(n >= 0);
    struct output o = run_line(line);
    cr_assert(o.status == 0, "%s: exit status %d\n%s%s", line, o.status, o.out, o.err);
    free(line);
    free(o.err);
    return o.out;
}

pid_t spawn(const char *log, const char *const argv[])
{
    fflush(NULL);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    int to = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(to, 1);
    dup2(to, 2);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(argv[0], (char *const *)argv);
    _exit(127);
}

int wait_for(pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) != pid)
        return -1;
    return status_of(status);
}
