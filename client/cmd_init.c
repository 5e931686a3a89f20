#include "client/cmd.h"

/* The first sync brings the whole register down. */
enum err cmd_init(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct sync_result r;
    struct identity who;
    if (o->arg_count < 1)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho mã ghi danh, hoặc tệp chứa mã.",
                        "Give the enrolment code, or the file that holds it.");
    enum err e = client_open(c, o, true, f);
    if (e == ERR_OK)
        e = enrol_run(c->book, &c->ui, o, "commune", f);
    if (e == ERR_OK)
        e = identity_load(c->book, &who, f);
    if (e != ERR_OK)
        return e;
    ui_say(&c->ui, "Máy này nay thuộc về %s (%s), máy số %u.",
           "This computer now belongs to %s (%s), device %u.", who.units[0].name, who.units[0].code,
           (unsigned)who.device);
    key_wipe(&who, sizeof who);
    e = sync_run(c->book, &c->ui, c->folder, 500, NULL, NULL, &r, f);
    if (e == ERR_OK)
        ui_say(&c->ui, "Đã nhận %llu hồ sơ.", "%llu records received.", (unsigned long long)r.received);
    return e;
}
