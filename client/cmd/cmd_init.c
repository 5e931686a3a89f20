#include "client/cmd.h"
#include "common/noun.h"

/* Whom the register belongs to now, and what waits in one that was kept. */
static enum err say_outcome(struct client *c, bool renewed, struct fault *f)
{
    struct identity who;
    struct outbox_state state;
    enum err e = identity_load(c->book, &who, f);
    if (e == ERR_OK)
        e = outbox_state(c->book, &state, f);
    if (e != ERR_OK)
        return e;
    if (renewed)
        ui_say(&c->ui,
               "Sổ của %s (%s) được giữ nguyên và có khoá mới, máy số %u; đang chờ gửi: %s. Hãy chạy: "
               "hoivien sync",
               "The register was kept and has new keys: %s (%s), device %u; waiting to be sent: %s. Run: "
               "hoivien sync",
               who.units[0].name, who.units[0].code, (unsigned)who.device,
               COUNTED(state.waiting, noun_change, c->ui.lang));
    else
        ui_say(&c->ui, "Máy này nay thuộc về %s (%s), máy số %u.",
               "This computer now belongs to %s (%s), device %u.", who.units[0].name, who.units[0].code,
               (unsigned)who.device);
    key_wipe(&who, sizeof who);
    return ERR_OK;
}

/* The first sync brings the whole register down. */
enum err cmd_init(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct sync_result r;
    bool renewed;
    if (o->arg_count < 1)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho mã ghi danh, hoặc tệp chứa mã.",
                        "Give the enrolment code, or the file that holds it.");
    enum err e = client_folder(c, o, f);
    if (e == ERR_OK)
        e = enrol_run(&c->book, &c->ui, c->folder, o, "commune", &renewed, f);
    if (e == ERR_OK)
        e = say_outcome(c, renewed, f);
    if (e != ERR_OK || renewed)
        return e;
    e = sync_run(c->book, &c->ui, c->folder, 500, NULL, NULL, &r, f);
    if (e == ERR_OK)
        ui_say(&c->ui, "Đã nhận %s.", "%s received.", COUNTED(r.received, noun_record, c->ui.lang));
    return e;
}
