#include "client/report/pen.h"
#include "client/fund_command.h"
#include "common/noun.h"
#include "common/right.h"
#include <string.h>

/* A command of the pen and the clerk's command that does the work. */
struct pen_command {
    struct command inner;
    bool of_commune;
};

/* ---- one command ---- */

static enum err say_no_link(struct client *c, uint64_t waiting, struct fault *f)
{
    if (waiting == 0)
        return ui_fault(&c->ui, f, ERR_NO_LINK,
                        "Không kết nối được máy chủ; trên đây là những gì máy này biết từ lần trước.",
                        "The server can't be reached; this is what this computer knew before.");
    return ui_fault(
        &c->ui, f, ERR_NO_LINK,
        "Không kết nối được máy chủ; %s đã ghi trên máy này đang chờ và sẽ được gửi cùng lệnh kế "
        "tiếp khi có mạng, hoặc bằng: hoivien-report sync",
        "The server can't be reached; entered on this computer and waiting: %s. This goes with the "
        "next command when there is a link, or by: hoivien-report sync",
        COUNTED(waiting, noun_change, c->ui.lang));
}

static enum err say_sent(struct client *c, const struct sync_result *r, struct fault *f)
{
    if (r->conflicts > 0)
        ui_say(&c->ui, "Cũng được sửa ở nơi khác: %s; giá trị gửi sau được giữ.",
               "Edited elsewhere too: %s; the later arrival stands.",
               COUNTED(r->conflicts, noun_field, c->ui.lang));
    if (r->refused == 0) {
        ui_say(&c->ui, "Máy chủ đã nhận.", "The server has it.");
        return ERR_OK;
    }
    enum err e = client_say_refused(c, f);
    return e != ERR_OK ? e
                       : ui_fault(&c->ui, f, ERR_NOT_ALLOWED,
                                  "Máy chủ không nhận thay đổi này; lý do ở trên, hãy sửa lại hồ sơ.",
                                  "The server refused the change; the reason is above, mend the record.");
}

/* What the command entered goes at once. */
static enum err push(struct client *c, bool no_link, struct fault *f)
{
    struct outbox_state state;
    struct sync_result result;
    enum err e = outbox_state(c->book, &state, f);
    if (e != ERR_OK || (state.waiting == 0 && !no_link))
        return e;
    if (!no_link)
        e = sync_run(c->book, &c->ui, c->folder, PEN_BATCH, NULL, NULL, &result, f);
    if (no_link || e == ERR_NO_LINK)
        return say_no_link(c, state.waiting, f);
    return e == ERR_OK ? say_sent(c, &result, f) : e;
}

static enum err pen_run(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    const struct pen_command *pen = o->command->data;
    struct options inner = *o;
    struct client c;
    bool no_link = false;
    inner.command = &pen->inner;
    enum err e = pen_open(r, o, pen->of_commune, &c, f);
    if (e == ERR_OK)
        e = pen_pull(r, &c, &no_link, f);
    if (e == ERR_OK)
        e = pen->inner.run(&c, &inner, f);
    if (e == ERR_OK)
        e = push(&c, no_link, f);
    pen_close(r, &c);
    return e;
}

/* ---- the table ---- */

static bool is_offered(const struct command *c, enum seat seat, const struct kind *kind)
{
    bool writes = c->run == cmd_record_add || c->run == cmd_record_edit || c->run == cmd_record_void;
    if (kind == &kind_closing && (c->run == cmd_record_add || c->run == cmd_record_edit)) /* `fund close` */
        return false;
    if (c->run == cmd_record_add || (kind->append_only && writes))
        return right_creates(seat, kind);
    if (c->run == cmd_record_void)
        return right_field(seat, kind, (size_t)kind_field(kind, "voided"));
    return (c->run != cmd_record_edit && c->run != cmd_record_import) || right_edits(seat, kind);
}

/* The clerk's options, and --commune. */
static const struct option_row *options_make(struct arena *a, const struct command *c, enum seat seat)
{
    size_t count = 0;
    while (c->options[count].name != NULL)
        count++;
    struct option_row *rows = arena_zero(a, count + 2, sizeof *rows);
    if (rows == NULL)
        return NULL;
    memcpy(rows, c->options, count * sizeof *rows);
    if (seat == SEAT_PEN)
        rows[count] = pen_commune_option;
    return rows;
}

static bool add_kind(struct arena *a, enum seat seat, const struct kind *kind, struct command *out,
                     size_t *count)
{
    size_t found = 0;
    struct command *all = arena_zero(a, kind_command_room(), sizeof *all);
    bool done = all != NULL && kind_commands(a, seat, kind, all, &found);
    for (size_t i = 0; done && i < found; i++) {
        struct pen_command *pen = arena_zero(a, 1, sizeof *pen);
        const struct option_row *rows = options_make(a, &all[i], seat);
        if (!is_offered(&all[i], seat, kind))
            continue;
        if (pen == NULL || rows == NULL)
            return false;
        *pen = (struct pen_command){all[i], seat == SEAT_PEN};
        out[*count] = all[i];
        out[*count].options = rows;
        out[*count].run = pen_run;
        out[(*count)++].data = pen;
    }
    return done;
}

/* The province keeps a fund of its own. */
static bool add_fund(struct arena *a, struct command *out, size_t *count)
{
    for (size_t i = 0; i < FUND_COMMANDS; i++) {
        struct pen_command *pen = arena_zero(a, 1, sizeof *pen);
        if (pen == NULL)
            return false;
        *pen = (struct pen_command){fund_commands[i], false};
        out[*count] = fund_commands[i];
        out[*count].run = pen_run;
        out[(*count)++].data = pen;
    }
    return true;
}

size_t pen_command_room(void)
{
    return kind_count * kind_command_room() + FUND_COMMANDS;
}

/* What a commune alone says, that it saw a notice, is in `notice seen`. */
bool pen_commands(struct arena *a, struct command *out, size_t *count)
{
    bool done = true;
    *count = 0;
    for (size_t k = 0; k < kind_count && done; k++) {
        if (right_kind(SEAT_PROVINCE, kinds[k]))
            done = add_kind(a, SEAT_PROVINCE, kinds[k], out, count);
        else if (right_kind(SEAT_PEN, kinds[k]) && kinds[k] != &kind_seen)
            done = add_kind(a, SEAT_PEN, kinds[k], out, count);
    }
    return done && add_fund(a, out, count);
}
