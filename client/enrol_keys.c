#include "client/enrol_keys.h"
#include "common/os.h"
#include <stdio.h>
#include <string.h>

static const char *path_of(const char *folder, char path[4096])
{
    snprintf(path, 4096, "%s/enrolment.keys", folder);
    return path;
}

/* The file is the struct as it lies in memory: bytes only, so there are no gaps and no byte order. */
_Static_assert(_Alignof(struct enrol_keys) == 1, "enrol_keys has parts that are no bytes");

static bool keys_read(const char *path, const struct enrolment_code *code, struct enrol_keys *out)
{
    struct bytes text;
    struct arena *a = arena_make(1 << 17);
    bool fits = a != NULL && os_exists(path) && os_file_read(a, path, sizeof *out, &text, NULL) == ERR_OK &&
                text.n == sizeof *out;
    if (fits)
        memcpy(out, text.p, sizeof *out);
    arena_free(a);
    return fits && memcmp(out->seed, code->seed, SEED_SIZE) == 0 &&
           memcmp(out->server_key, code->server_key, KEY_SIZE) == 0;
}

enum err enrol_keys_for(const char *folder, const struct enrolment_code *code, struct enrol_keys *out,
                        bool *again, struct fault *f)
{
    char path[4096];
    *again = keys_read(path_of(folder, path), code, out);
    if (*again)
        return ERR_OK;
    curve_pair_make(&out->curve);
    sign_pair_make(&out->sign);
    memcpy(out->seed, code->seed, SEED_SIZE);
    memcpy(out->server_key, code->server_key, KEY_SIZE);
    return os_file_write(path, out, sizeof *out, 0600, f);
}

void enrol_keys_remove(const char *folder)
{
    char path[4096];
    os_remove(path_of(folder, path));
}
