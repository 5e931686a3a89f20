#include "common/os.h"
#include "server/cluster_private.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum err guest_enter(struct cluster *c, struct fault *f)
{
    c->guest_lock = open(c->guest_file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (c->guest_lock < 0 || flock(c->guest_lock, LOCK_SH) != 0)
        return fault(f, ERR_FILE, "%s: %s", c->guest_file, strerror(errno));
    return ERR_OK;
}

bool guest_is_last(struct cluster *c)
{
    return os_exists(c->guest_mark) && flock(c->guest_lock, LOCK_EX | LOCK_NB) == 0;
}

void guest_leave(struct cluster *c)
{
    os_unlock(&c->guest_lock);
}

void guest_mark(const struct cluster *c, bool by_guest)
{
    if (!by_guest) {
        unlink(c->guest_mark);
        return;
    }
    int fd = open(c->guest_mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}
