#include "tests/support/support.h"
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_SCRATCH 64

static struct {
    char paths[MAX_SCRATCH][PATH_ROOM];
    pid_t owners[MAX_SCRATCH];
    int count;
} made;

void give_up(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    abort();
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

/* Only what this very process made: a forked test inherits its parent's list. */
static void remove_all(void)
{
    if (getenv("HV_KEEP") != NULL)
        return;
    for (int i = 0; i < made.count; i++)
        if (made.owners[i] == getpid())
            nftw(made.paths[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void scratch_make(char out[PATH_ROOM])
{
    const char *top = getenv("TMPDIR");
    snprintf(out, PATH_ROOM, "%s/hv-test-XXXXXX", top != NULL ? top : "/tmp");
    if (mkdtemp(out) == NULL)
        give_up("no scratch folder under %s", out);
    cr_assert(made.count < MAX_SCRATCH, "too many scratch folders");
    snprintf(made.paths[made.count], PATH_ROOM, "%s", out);
    made.owners[made.count++] = getpid();
    static pid_t registered;
    if (registered != getpid()) {
        registered = getpid();
        atexit(remove_all);
    }
}

const char *words(const char *format, ...)
{
    static char ring[16][4096];
    static unsigned next;
    char *out = ring[next++ % 16];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(out, sizeof ring[0], format, args);
    va_end(args);
    cr_assert(n >= 0 && (size_t)n < sizeof ring[0], "words() is too small");
    return out;
}

void file_write(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (f == NULL)
        give_up("cannot write %s", path);
    fputs(text, f);
    if (fclose(f) != 0)
        give_up("cannot write %s", path);
}

char *file_read(const char *path)
{
    FILE *f = fopen(path, "r");
    if (f == NULL)
        give_up("cannot read %s", path);
    char *text = NULL;
    size_t room = 0;
    ssize_t n = getdelim(&text, &room, '\0', f);
    fclose(f);
    if (n < 0) {
        free(text);
        text = calloc(1, 1);
    }
    return text;
}

uint64_t seed_of_run(void)
{
    const char *given = getenv("HV_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed =
        given != NULL ? strtoull(given, NULL, 0) : (uint64_t)now.tv_sec * 1000003 + (uint64_t)now.tv_nsec;
    fprintf(stderr, "HV_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t random_below(uint64_t *state, uint64_t n)
{
    return n == 0 ? 0 : random_next(state) % n;
}
