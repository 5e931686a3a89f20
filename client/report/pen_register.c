/* The registers of the pen: the folder's own for the province's stream, one for each commune written to. */
#include "client/report/pen.h"
#include "common/os.h"
#include <string.h>

#define PEN_STREAMS "streams"

const struct option_row pen_commune_option = {
    "commune", 0, "CODE", {"xã được ghi (bắt buộc)", "the commune that is written to (required)"}};

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
    return sync_run(r->book, &r->ui, r->folder, PEN_BATCH, NULL, NULL, &result, f);
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
    const char *code = option(o, pen_commune_option.name);
    if (code == NULL || !is_code(code))
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho mã xã, ví dụ: --commune 31317",
                        "Give the commune's code, for example: --commune 31317");
    c->folder = arena_print(r->arena, "%s/" PEN_STREAMS "/%s", r->folder, code);
    c->ui.about = arena_print(r->arena, " --commune %s", code);
    return c->folder != NULL ? register_open(r, code, own, c, f) : fault(f, ERR_NO_MEMORY, "out of memory");
}

static enum err open_own(struct reporter *r, const struct options *o, struct identity *own, struct fault *f)
{
    enum err e = reporter_folder(r, o, f);
    if (e == ERR_OK)
        e = book_open(&r->book, &r->ui, r->folder, false, f);
    if (e == ERR_OK)
        e = identity_load(r->book, own, f);
    if (e == ERR_OK && own->device == 0)
        e = ui_fault(&r->ui, f, ERR_NO_SUCH_RECORD, "Máy này chưa ghi danh; hãy chạy: hoivien-report init MÃ",
                     "This computer is not enrolled; run: hoivien-report init CODE");
    return e;
}

enum err pen_open(struct reporter *r, const struct options *o, bool of_commune, struct client *out,
                  struct fault *f)
{
    struct identity own = {0};
    *out = (struct client){.ui = r->ui, .arena = r->arena};
    enum err e = open_own(r, o, &own, f);
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

/* ---- all of them ---- */

/* One that was never made whole has nothing in it. */
static enum err visit_commune(struct reporter *r, const char *name, const struct identity *own, pen_fn *fn,
                              void *context, struct fault *f)
{
    struct client c = {.ui = r->ui, .arena = r->arena};
    struct identity who = {0};
    c.folder = arena_print(r->arena, "%s/" PEN_STREAMS "/%s", r->folder, name);
    const char *path = arena_print(r->arena, "%s/register.db", c.folder);
    if (c.folder == NULL || path == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (!os_exists(path))
        return ERR_OK;
    enum err e = book_open(&c.book, &c.ui, c.folder, false, f);
    if (e == ERR_OK)
        e = identity_load(c.book, &who, f);
    bool is_made = who.device != 0;
    if (e == ERR_OK && is_made && take_keys(&who, own))
        e = identity_save(c.book, &who, f);
    key_wipe(&who, sizeof who);
    if (e == ERR_OK && is_made)
        e = fn(context, &c, f);
    book_close(&c.book);
    return e;
}

enum err pen_each(struct reporter *r, pen_fn *fn, void *context, struct fault *f)
{
    struct client c = {.ui = r->ui, .arena = r->arena, .folder = r->folder, .book = r->book};
    struct identity own = {0};
    char **names = NULL;
    size_t count = 0;
    const char *path = arena_print(r->arena, "%s/" PEN_STREAMS, r->folder);
    enum err e = path != NULL ? identity_load(r->book, &own, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_OK)
        e = fn(context, &c, f);
    if (e == ERR_OK)
        e = os_folder_list(r->arena, path, &names, &count, f);
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        e = visit_commune(r, names[i], &own, fn, context, f);
    key_wipe(&own, sizeof own);
    return e;
}
