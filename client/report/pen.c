#include "client/report/pen.h"
#include "client/cell.h"
#include "common/os.h"
#include "common/right.h"
#include <string.h>

#define SYNC_BATCH 500

/* A command of the pen and the clerk's command that does the work. */
struct pen_command {
    struct command inner;
    bool of_commune;
};

static const struct option_row commune_option = {
    "commune", 0, "CODE", {"xã được ghi (bắt buộc)", "the commune that is written to (required)"}};

/* ---- registers ---- */

static bool is_code(const char *text)
{
    size_t n = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-@");
    return n > 0 && text[n] == '\0';
}

/* The units of the commune's stream, as enrolment tells those of a commune. */
static enum err ask_units(struct reporter *r, const char *code, struct identity *who, struct fault *f)
{
    Hv__UnitRequest unit = HV__UNIT_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    unit.code = arena_print(r->arena, "%s", code);
    request.unit = &unit;
    enum err e = reporter_fetch(r, &request, HV__REPLY__BODY_UNIT, &reply, f);
    if (e == ERR_NOT_ALLOWED)
        return ui_fault(&r->ui, f, e, "Đơn vị của bạn không có xã nào mang mã %s; hãy xem lại mã.",
                        "There is no commune %s below your unit; check the code.", code);
    if (e == ERR_OK && reply->unit->n_unit == 0)
        e = fault(f, ERR_MALFORMED, "%s", code_words(ERR_MALFORMED, r->ui.lang));
    if (e == ERR_OK)
        identity_units(who, reply->unit->unit, reply->unit->n_unit);
    return e;
}

/* Keys are those of the computer, whatever the stream. */
static bool take_keys(struct identity *it, const struct identity *own)
{
    struct identity before = *it;
    it->curve = own->curve;
    it->sign = own->sign;
    memcpy(it->server_key, own->server_key, sizeof it->server_key);
    memcpy(it->endpoints, own->endpoints, sizeof it->endpoints);
    memcpy(it->role, own->role, sizeof it->role);
    it->device = own->device;
    bool differs = memcmp(&before, it, sizeof before) != 0;
    key_wipe(&before, sizeof before);
    return differs;
}

/* The computer's own register is what new keys are recognised by, should these ones be revoked: the server
 * must know of it before there are others. */
static enum err make_known(struct reporter *r, struct fault *f)
{
    struct sync_result result;
    return sync_run(r->book, &r->ui, r->folder, SYNC_BATCH, NULL, NULL, &result, f);
}

static enum err register_make(struct reporter *r, const char *code, const struct identity *own,
                              struct client *c, struct fault *f)
{
    struct identity who = {.replica = os_new_id()};
    enum err e = ask_units(r, code, &who, f);
    if (e == ERR_OK)
        e = make_known(r, f);
    if (e == ERR_OK)
        e = os_folder_make(c->folder, f);
    if (e == ERR_OK)
        e = book_open(&c->book, &c->ui, c->folder, true, f);
    take_keys(&who, own);
    if (e == ERR_OK)
        e = identity_save(c->book, &who, f);
    key_wipe(&who, sizeof who);
    return e;
}

/* One whose making was cut off has no keys yet and is made again; nothing was entered there. */
static enum err register_open(struct reporter *r, const char *code, const struct identity *own,
                              struct client *c, struct fault *f)
{
    struct identity who = {0};
    const char *path = arena_print(r->arena, "%s/register.db", c->folder);
    if (path == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (!os_exists(path))
        return register_make(r, code, own, c, f);
    enum err e = book_open(&c->book, &c->ui, c->folder, false, f);
    if (e == ERR_OK)
        e = identity_load(c->book, &who, f);
    bool is_made = who.device != 0;
    if (e == ERR_OK && is_made && take_keys(&who, own))
        e = identity_save(c->book, &who, f);
    key_wipe(&who, sizeof who);
    if (e != ERR_OK || is_made)
        return e;
    book_close(&c->book);
    return register_make(r, code, own, c, f);
}

static enum err open_commune(struct reporter *r, const struct options *o, const struct identity *own,
                             struct client *c, struct fault *f)
{
    const char *code = option(o, commune_option.name);
    if (code == NULL || !is_code(code))
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho mã xã, ví dụ: --commune 31317",
                        "Give the commune's code, for example: --commune 31317");
    c->folder = arena_print(r->arena, "%s/streams/%s", r->folder, code);
    return c->folder != NULL ? register_open(r, code, own, c, f) : fault(f, ERR_NO_MEMORY, "out of memory");
}

enum err pen_open(struct reporter *r, const struct options *o, bool of_commune, struct client *out,
                  struct fault *f)
{
    struct identity own = {0};
    *out = (struct client){.ui = r->ui, .arena = r->arena};
    enum err e = reporter_folder(r, o, f);
    if (e == ERR_OK)
        e = book_open(&r->book, &r->ui, r->folder, false, f);
    if (e == ERR_OK)
        e = identity_load(r->book, &own, f);
    if (e == ERR_OK && own.device == 0)
        e = ui_fault(&r->ui, f, ERR_NO_SUCH_RECORD, "Máy này chưa ghi danh; hãy chạy: hoivien-report init MÃ",
                     "This computer is not enrolled; run: hoivien-report init CODE");
    if (e == ERR_OK && of_commune) {
        e = open_commune(r, o, &own, out, f);
    } else {
        out->folder = r->folder;
        out->book = r->book;
    }
    key_wipe(&own, sizeof own);
    return e;
}

void pen_close(struct reporter *r, struct client *c)
{
    if (c->book != r->book)
        book_close(&c->book);
}

/* ---- one command ---- */

enum err pen_pull(struct client *c, bool *no_link, struct fault *f)
{
    struct sync_result result;
    enum err e = sync_run(c->book, &c->ui, c->folder, SYNC_BATCH, NULL, NULL, &result, f);
    *no_link = e == ERR_NO_LINK;
    return *no_link ? ERR_OK : e;
}

static enum err say_no_link(struct client *c, uint64_t waiting, struct fault *f)
{
    if (waiting == 0)
        return ui_fault(&c->ui, f, ERR_NO_LINK,
                        "Không kết nối được máy chủ; trên đây là những gì máy này biết từ lần trước.",
                        "The server can't be reached; this is what this computer knew before.");
    return ui_fault(&c->ui, f, ERR_NO_LINK,
                    "Không kết nối được máy chủ; %llu thay đổi đã ghi trên máy này đang chờ và sẽ được gửi "
                    "cùng lệnh kế tiếp cho đơn vị này.",
                    "The server can't be reached; %llu changes are entered on this computer and wait. They "
                    "go with the next command about this unit.",
                    (unsigned long long)waiting);
}

static enum err say_sent(struct client *c, const struct sync_result *r, struct fault *f)
{
    if (r->conflicts > 0)
        ui_say(&c->ui, "%llu mục cũng được sửa ở nơi khác; giá trị gửi sau được giữ.",
               "%llu fields were edited elsewhere too; the later arrival stands.",
               (unsigned long long)r->conflicts);
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
        e = sync_run(c->book, &c->ui, c->folder, SYNC_BATCH, NULL, NULL, &result, f);
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
        e = pen_pull(&c, &no_link, f);
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
    if (c->run == cmd_record_add)
        return right_creates(seat, kind);
    if (c->run == cmd_record_void)
        return right_field(seat, kind, (size_t)kind_field(kind, "voided"));
    return (c->run != cmd_record_edit && c->run != cmd_record_import) || right_edits(seat, kind);
}

/* The clerk's options, those of fields that are not the province's left out, and --commune. */
static const struct option_row *options_make(struct arena *a, const struct command *c, enum seat seat,
                                             const struct kind *kind)
{
    size_t count = 0, kept = 0;
    bool is_form = c->run == cmd_record_add || c->run == cmd_record_edit;
    while (c->options[count].name != NULL)
        count++;
    struct option_row *rows = arena_zero(a, count + 2, sizeof *rows);
    for (size_t i = 0; rows != NULL && i < count; i++) {
        bool is_other = false;
        for (size_t k = 0; is_form && k < kind->field_count; k++)
            is_other |=
                !right_field(seat, kind, k) && strcmp(cell_option_name(a, kind, k), c->options[i].name) == 0;
        if (!is_other)
            rows[kept++] = c->options[i];
    }
    if (rows != NULL && seat == SEAT_PEN)
        rows[kept] = commune_option;
    return rows;
}

static bool add_kind(struct arena *a, enum seat seat, const struct kind *kind, struct command *out,
                     size_t *count)
{
    size_t found = 0;
    struct command *all = arena_zero(a, kind_command_room(), sizeof *all);
    bool done = all != NULL && kind_commands(a, kind, all, &found);
    for (size_t i = 0; done && i < found; i++) {
        struct pen_command *pen = arena_zero(a, 1, sizeof *pen);
        const struct option_row *rows = options_make(a, &all[i], seat, kind);
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

size_t pen_command_room(void)
{
    return kind_count * kind_command_room();
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
    return done;
}
