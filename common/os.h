/* The only way to the operating system for the client and for common: time, randomness, files, locks, sleep.
 */
#ifndef HV_OS_H
#define HV_OS_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/value.h"

/* Milliseconds since 1970, and of a clock that only runs forward. */
uint64_t os_now_ms(void);
uint64_t os_monotonic_ms(void);

/* The civil day at +07:00. The environment variable HOIVIEN_TODAY (yyyy-mm-dd) stands in for it, so that a
 * test or a demonstration can choose the day. */
int32_t os_today(void);

void os_random(void *out, size_t n);
struct id os_new_id(void);

/* Whole file, at most `limit` bytes; "-" is standard input. ERR_FILE names the file and the reason. */
enum err os_file_read(struct arena *a, const char *path, size_t limit, struct bytes *out,
                      struct fault *f) HV_MUST_USE;

/* Writes a temporary file beside it with the given mode, syncs it and renames it. */
enum err os_file_write(const char *path, const void *p, size_t n, unsigned mode, struct fault *f) HV_MUST_USE;

/* Makes the folder and those above it (mode 0700). */
enum err os_folder_make(const char *path, struct fault *f) HV_MUST_USE;
bool os_exists(const char *path);
void os_remove(const char *path); /* a file or an empty folder, if it can be */
/* The names in a folder, hidden ones left out, in order; none when it is not there. In the arena. */
enum err os_folder_list(struct arena *a, const char *path, char ***out, size_t *count,
                        struct fault *f) HV_MUST_USE;
uint64_t os_file_size(const char *path); /* 0 when there is none */

/* An exclusive lock on a file, held until os_unlock or the process ends. ERR_BUSY when somebody else holds
 * it. */
enum err os_lock(const char *path, int *handle, struct fault *f) HV_MUST_USE;
void os_unlock(int *handle);

/* Sleeps; false when a signal (SIGINT, SIGTERM) asked to stop. os_catch_stop installs the handlers. */
void os_catch_stop(void);
bool os_stop_asked(void);
bool os_sleep_ms(uint64_t ms);

/* Folder for the user's registers when none is named: $XDG_DATA_HOME/hoivien or ~/.local/share/hoivien. */
enum err os_default_folder(struct arena *a, char **out, struct fault *f) HV_MUST_USE;

/* Bytes that have passed through a connected TCP socket: received, and sent and acknowledged. 0 when it is
 * none (any more). */
uint64_t os_socket_bytes(int descriptor);

/* Whether standard error is a terminal (progress is only shown on one). */
bool os_is_terminal(void);

#endif
