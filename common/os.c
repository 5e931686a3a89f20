#include "common/os.h"
#include "common/date.h"
#include "common/id.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static uint64_t clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

uint64_t os_now_ms(void)
{
    return clock_ms(CLOCK_REALTIME);
}

uint64_t os_monotonic_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

int32_t os_today(void)
{
    int32_t day;
    const char *chosen = getenv("HOIVIEN_TODAY");
    if (chosen != NULL && date_parse(chosen, &day) && date_valid(day, false))
        return day;
    const uint64_t offset = 7 * 3600, day_length = 86400;
    return date_of_days((int32_t)((os_now_ms() / 1000 + offset) / day_length));
}

void os_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

struct id os_new_id(void)
{
    uint8_t random[10];
    os_random(random, sizeof random);
    return id_make(os_now_ms(), random);
}

static enum err file_fault(struct fault *f, const char *path)
{
    return fault(f, ERR_FILE, "%s: %s", path, strerror(errno));
}

struct buffer {
    char *p;
    size_t n;
    size_t room;
};

static void buffer_cleanup(struct buffer *b)
{
    free(b->p);
}

static bool buffer_grow(struct buffer *b, size_t limit)
{
    size_t room = b->room < 65536 ? 65536 : b->room * 2;
    if (room > limit)
        room = limit;
    char *p = realloc(b->p, room);
    if (p == NULL)
        return false;
    b->p = p;
    b->room = room;
    return true;
}

/* Reads to the end, or one byte beyond the limit, which tells that there is more. */
static enum err read_all(int fd, const char *path, size_t limit, struct buffer *b, struct fault *f)
{
    for (;;) {
        if (b->n == b->room && !buffer_grow(b, limit + 1))
            return fault(f, ERR_NO_MEMORY, "%s: out of memory", path);
        ssize_t got = read(fd, b->p + b->n, b->room - b->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fault(f, path);
        if (got == 0)
            return ERR_OK;
        b->n += (size_t)got;
        if (b->n > limit)
            return fault(f, ERR_FILE, "%s: larger than %zu bytes", path, limit);
    }
}

enum err os_file_read(struct arena *a, const char *path, size_t limit, struct bytes *out, struct fault *f)
{
    __attribute__((cleanup(buffer_cleanup))) struct buffer b = {0};
    bool input = strcmp(path, "-") == 0;
    int fd = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(f, path);
    enum err e = read_all(fd, path, limit, &b, f);
    if (!input)
        close(fd);
    if (e != ERR_OK)
        return e;
    out->p = arena_copy(a, b.p, b.n);
    out->n = b.n;
    return out->p == NULL ? fault(f, ERR_NO_MEMORY, "%s: out of memory", path) : ERR_OK;
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

/* A new name is only safe on the disk when its folder is. */
static bool folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0;
    close(fd);
    return done;
}

static bool file_fill(int fd, const void *p, size_t n, unsigned mode)
{
    bool done = fchmod(fd, mode) == 0 && write_all(fd, p, n) && fsync(fd) == 0;
    return close(fd) == 0 && done;
}

enum err os_file_write(const char *path, const void *p, size_t n, unsigned mode, struct fault *f)
{
    char temporary[4096];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= sizeof temporary) {
        errno = ENAMETOOLONG;
        return file_fault(f, path);
    }
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return file_fault(f, path);
    if (!file_fill(fd, p, n, mode) || rename(temporary, path) != 0) {
        enum err e = file_fault(f, path);
        unlink(temporary);
        return e;
    }
    return folder_sync(path) ? ERR_OK : file_fault(f, path);
}

static bool folder_make_one(const char *path)
{
    struct stat s;
    if (mkdir(path, 0700) == 0)
        return true;
    if (errno != EEXIST)
        return false;
    if (stat(path, &s) == 0 && S_ISDIR(s.st_mode))
        return true;
    errno = ENOTDIR;
    return false;
}

enum err os_folder_make(const char *path, struct fault *f)
{
    char part[4096];
    size_t n = strlen(path);
    if (n >= sizeof part) {
        errno = ENAMETOOLONG;
        return file_fault(f, path);
    }
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (!folder_make_one(part))
            return file_fault(f, part);
    }
    return ERR_OK;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

enum err os_folder_list(struct arena *a, const char *path, char ***out, size_t *count, struct fault *f)
{
    struct dirent **entries;
    *count = 0;
    int found = scandir(path, &entries, is_shown, alphasort);
    if (found < 0)
        return errno == ENOENT ? ERR_OK : file_fault(f, path);
    *out = arena_zero(a, (size_t)found + 1, sizeof **out);
    for (int i = 0; i < found; i++) {
        char *name = *out != NULL ? arena_print(a, "%s", entries[i]->d_name) : NULL;
        if (name != NULL)
            (*out)[(*count)++] = name;
        free(entries[i]);
    }
    free(entries);
    return *count == (size_t)found ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

bool os_exists(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0;
}

void os_remove(const char *path)
{
    if (remove(path) != 0)
        errno = 0; /* what is still there does no harm */
}

uint64_t os_file_size(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 ? (uint64_t)s.st_size : 0;
}

enum err os_lock(const char *path, int *handle, struct fault *f)
{
    *handle = -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fault(f, path);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *handle = fd;
        return ERR_OK;
    }
    enum err e =
        errno == EWOULDBLOCK ? fault(f, ERR_BUSY, "%s: another program holds it", path) : file_fault(f, path);
    close(fd);
    return e;
}

void os_unlock(int *handle)
{
    if (*handle >= 0)
        close(*handle);
    *handle = -1;
}

/* A signal handler can only reach what is static. The pipe lets a sleeper wake even when the signal comes
 * just before it falls asleep. */
static volatile sig_atomic_t stop_asked;
static int stop_pipe[2] = {-1, -1};

static void on_stop(int signal_number)
{
    int kept = errno;
    (void)signal_number;
    stop_asked = 1;
    if (write(stop_pipe[1], "", 1) < 0)
        errno = kept; /* the pipe is full: the sleeper wakes anyway */
    errno = kept;
}

void os_catch_stop(void)
{
    struct sigaction action = {.sa_handler = on_stop};
    if (stop_pipe[0] >= 0 || pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool os_stop_asked(void)
{
    return stop_asked != 0;
}

bool os_sleep_ms(uint64_t ms)
{
    struct pollfd p = {.fd = stop_pipe[0], .events = POLLIN};
    uint64_t end = os_monotonic_ms() + ms;
    for (uint64_t now = end - ms; now < end && !os_stop_asked(); now = os_monotonic_ms()) {
        uint64_t left = end - now;
        poll(&p, 1, left > 60000 ? 60000 : (int)left);
    }
    return !os_stop_asked();
}

enum err os_default_folder(struct arena *a, char **out, struct fault *f)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (data != NULL && data[0] == '/')
        *out = arena_print(a, "%s/hoivien", data);
    else if (home != NULL && home[0] == '/')
        *out = arena_print(a, "%s/.local/share/hoivien", home);
    else
        return fault(f, ERR_FILE, "HOME: %s", strerror(ENOENT));
    return *out == NULL ? fault(f, ERR_NO_MEMORY, "out of memory") : ERR_OK;
}

bool os_is_terminal(void)
{
    return isatty(STDERR_FILENO) != 0;
}
