/* The walls between rooms, held by reading the sources: who includes what, and who calls what only one room
 * may call. */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A word that may stand only in files whose path, below the tree's root, begins with one of `where`
 * (separated by '|'). */
static const struct wall {
    const char *word;
    const char *where;
} walls[] = {
    {"#include <libpq-fe.h>", "server/db"},
    {"#include <sqlite3.h>", "client/book"},
    {"#include <zmq.h>", "client/link|server/front|tests/"},
    {"protobuf_c_message_pack(", "common/wire"},
    {"protobuf_c_message_unpack(", "common/wire"},
    {"#include \"server/", "server/|tests/"},
    {"#include \"client/", "client/|tests/"},
    {"#include \"tests/", "tests/"},
    {"#include <csv.h>", "common/csv"},
    {"#include <zstd.h>", "common/wire"},
};

static const char *const folders[] = {"common/*.[ch]",        "common/*/*.[ch]", "server/*.[ch]",
                                      "server/*/*.[ch]",      "client/*.[ch]",   "client/*/*.[ch]",
                                      "deploy/example/*.[ch]"};

static int allowed(const struct wall *w, const char *path)
{
    for (const char *p = w->where; *p != '\0';) {
        size_t n = strcspn(p, "|");
        if (strncmp(path, p, n) == 0)
            return 1;
        p += n + (p[n] == '|');
    }
    return 0;
}

static void look(const char *full)
{
    char line[4096];
    const char *path = full + strlen(HV_SOURCE) + 1;
    FILE *f = fopen(full, "r");
    cr_assert(f != NULL, "cannot read %s", full);
    while (fgets(line, sizeof line, f) != NULL)
        for (size_t i = 0; i < sizeof walls / sizeof walls[0]; i++)
            cr_expect(strstr(line, walls[i].word) == NULL || allowed(&walls[i], path), "%s must not have: %s",
                      path, walls[i].word);
    fclose(f);
}

Test(walls, every_room_keeps_to_its_own)
{
    size_t looked = 0;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        char pattern[1024];
        glob_t g;
        snprintf(pattern, sizeof pattern, "%s/%s", HV_SOURCE, folders[i]);
        if (glob(pattern, 0, NULL, &g) != 0)
            continue;
        for (size_t k = 0; k < g.gl_pathc; k++, looked++)
            look(g.gl_pathv[k]);
        globfree(&g);
    }
    cr_assert(looked > 200, "only %zu files found below %s", looked, HV_SOURCE);
}
