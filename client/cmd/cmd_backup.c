#include "client/cmd.h"

enum err cmd_backup(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    if (o->arg_count != 1)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho tên tệp sao lưu.", "Give the name of the copy.");
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = book_backup(c->book, o->args[0], f);
    if (e == ERR_OK)
        ui_say(&c->ui, "Đã sao lưu sổ vào %s, kể cả thay đổi chưa gửi.",
               "The register was copied to %s, unsent changes included.", o->args[0]);
    return e;
}
