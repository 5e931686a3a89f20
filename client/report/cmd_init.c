#include "client/report/report.h"

enum err cmd_report_init(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct identity who;
    bool renewed;
    if (o->arg_count < 1)
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho mã ghi danh, hoặc tệp chứa mã.",
                        "Give the enrolment code, or the file that holds it.");
    enum err e = reporter_folder(r, o, f);
    if (e == ERR_OK)
        e = enrol_run(&r->book, &r->ui, r->folder, o, "reporter", &renewed, f);
    if (e == ERR_OK)
        e = identity_load(r->book, &who, f);
    if (e != ERR_OK)
        return e;
    ui_say(&r->ui, "Máy này nay báo cáo cho %s (%s).", "This computer now reports for %s (%s).",
           who.units[0].name, who.units[0].code);
    key_wipe(&who, sizeof who);
    return ERR_OK;
}
