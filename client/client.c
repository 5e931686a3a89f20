#include "client/cmd.h"
#include "common/os.h"

enum err client_open(struct client *c, const struct options *o, bool make, struct fault *f)
{
    char *folder;
    enum err e = ERR_OK;
    c->folder = option(o, "dir");
    if (c->folder == NULL) {
        e = os_default_folder(c->arena, &folder, f);
        c->folder = e == ERR_OK ? folder : NULL;
    }
    return e == ERR_OK ? book_open(&c->book, &c->ui, c->folder, make, f) : e;
}
