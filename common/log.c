#include "common/log.h"
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LINE_SIZE 2048

static const char *const names[] = {"error", "warning", "info", "debug"};
static _Atomic int level_shown = LOG_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&level_shown, (int)level);
}

static size_t clipped(int n, size_t room)
{
    if (n < 0)
        return 0;
    return (size_t)n < room ? (size_t)n : room - 1;
}

static size_t log_head(char *line, size_t room, enum log_level level, const char *event, const char *gap)
{
    struct timespec now;
    struct tm t;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &t);
    int n = snprintf(line, room, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s %s%s", t.tm_year + 1900,
                     t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, (int)(now.tv_nsec / 1000000),
                     names[level], event, gap);
    return clipped(n, room);
}

/* What others sent must not be able to write lines of its own. */
static void log_flatten(char *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
    char line[LINE_SIZE];
    va_list args;
    if ((int)level > atomic_load(&level_shown))
        return;
    int kept = errno;
    size_t n = log_head(line, sizeof line, level, event, format[0] == '\0' ? "" : " ");
    va_start(args, format);
    n += clipped(vsnprintf(line + n, sizeof line - n, format, args), sizeof line - n);
    va_end(args);
    log_flatten(line, n);
    line[n++] = '\n'; /* over the 0 */
    if (write(STDERR_FILENO, line, n) < 0)
        errno = kept; /* nobody left to tell */
    errno = kept;
}
