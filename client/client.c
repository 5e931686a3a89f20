#include "client/cell.h"
#include "client/cmd.h"
#include "client/field.h"
#include "client/fit.h"
#include "client/selection.h"
#include "common/change.h"
#include "common/id.h"
#include "common/os.h"
#include <string.h>

enum err client_folder(struct client *c, const struct options *o, struct fault *f)
{
    char *folder;
    c->folder = option(o, "dir");
    if (c->folder != NULL)
        return ERR_OK;
    enum err e = os_default_folder(c->arena, &folder, f);
    if (e == ERR_OK)
        c->folder = folder;
    return e;
}

enum err client_open(struct client *c, const struct options *o, struct fault *f)
{
    if (c->book != NULL)
        return ERR_OK;
    enum err e = client_folder(c, o, f);
    return e == ERR_OK ? book_open(&c->book, &c->ui, c->folder, false, f) : e;
}

enum err client_name_of(struct client *c, const struct kind *kind, const struct id *id, struct bytes *out,
                        struct fault *f)
{
    struct record *record;
    int name = kind_field(kind, "name");
    *out = (struct bytes){(const uint8_t *)"", 0};
    if (name < 0)
        return ERR_OK;
    enum err e = book_find(c->book, c->arena, kind, id, &record, f);
    if (e == ERR_OK)
        *out = record_text(record, name);
    return e == ERR_NO_SUCH_RECORD ? ERR_OK : e;
}

enum err client_title_of(struct client *c, const struct record *r, const char **out, struct fault *f)
{
    struct cells cells = {.book = c->book, .ui = &c->ui, .arena = c->arena};
    int name = kind_field(r->kind, "name");
    *out = name >= 0 ? cell_write(&cells, r, (size_t)name) : "";
    for (size_t i = 0; name < 0 && *out != NULL && i < r->kind->field_count; i++)
        if (r->kind->fields[i].required && record_has(r, (int)i))
            *out = arena_print(c->arena, "%s%s%s", *out, **out != '\0' ? ", " : "", cell_write(&cells, r, i));
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

/* ---- refused since the other side has agreed ---- */

/* The text in quotes, as a shell takes it. */
static const char *quoted(struct arena *a, const char *text)
{
    const char *out = "'";
    for (const char *p = text; out != NULL && p != NULL && *p != '\0'; p++)
        out = *p == '\'' ? arena_print(a, "%s'\\''", out) : arena_print(a, "%s%c", out, *p);
    return out == NULL || text == NULL ? NULL : arena_print(a, "%s'", out);
}

/* The command that gives the record these fields of `like`. */
static const char *command_like(struct client *c, const struct record *like, uint64_t fields)
{
    struct cells cells = {.book = c->book, .ui = &c->ui, .arena = c->arena, .plain = true};
    const struct kind *kind = like->kind;
    int voided = kind_field(kind, "voided");
    char id[ID_SHORT];
    id_short(&like->id, id);
    if (voided >= 0 && (fields & field_bit(kind, (size_t)voided)) != 0)
        return arena_print(c->arena, "%s %s void %s%s%s", c->ui.program, kind->name, id, ui_about(&c->ui),
                           record_int(like, voided, 0) != 0 ? "" : " --undo");
    const char *out =
        arena_print(c->arena, "%s %s edit %s%s", c->ui.program, kind->name, id, ui_about(&c->ui));
    for (size_t i = 0; out != NULL && i < kind->field_count; i++) {
        if ((fields & field_bit(kind, i)) == 0)
            continue;
        bool is_bool = field_type(kind, i) == FIELD_BOOL, has = record_has(like, (int)i);
        const char *value = is_bool ? record_int(like, (int)i, 0) != 0 ? "yes" : "no"
                                    : quoted(c->arena, has ? cell_write(&cells, like, i) : "-");
        out = value == NULL
                  ? NULL
                  : arena_print(c->arena, "%s --%s %s", out, cell_option_name(c->arena, kind, i), value);
    }
    return out;
}

/* What of the refused fields differs from what stands, as far as the sides agree to it. */
static uint64_t held_fields(const struct record *here, const struct record *server, uint64_t mask)
{
    struct change c = {
        .kind = here->kind, .set = mask & here->set, .cleared = mask & ~here->set, .values = here->values};
    uint64_t out = 0;
    for (size_t i = 0; i < here->kind->field_count; i++)
        if (right_agreed(here->kind, i) && change_alters(&c, server, i))
            out |= field_bit(here->kind, i);
    return out;
}

/* Both ways out are commands: what stands there, or what is here once the other side has taken its word back.
 */
static enum err agreed_words(struct client *c, const struct record *here, int field, const char **out,
                             struct fault *f)
{
    struct record *server;
    enum seat seat;
    uint64_t mask;
    *out = NULL;
    enum err e = refused_stands(c->book, c->arena, here, &mask, &server, f);
    if (e == ERR_OK)
        e = book_seat(c->book, &seat, f);
    uint64_t fields = e == ERR_OK && server != NULL ? held_fields(here, server, mask) : 0;
    if (e != ERR_OK || fields == 0 || field < 0)
        return e;
    const char *label = text_in(c->ui.lang, here->kind->fields[field].label),
               *other = field_other_side(c->ui.lang, seat), *back = command_like(c, server, fields),
               *again = command_like(c, here, fields);
    if (back == NULL || again == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    *out =
        c->ui.lang == LANG_EN
            ? arena_print(c->arena,
                          "%s: the %s has agreed to it as it is. To leave it so: %s; otherwise ask the %s to "
                          "take its agreement back, sync, then: %s",
                          label, other, back, other, again)
            : arena_print(c->arena,
                          "%s: %s đã đồng ý với nội dung này. Để giữ như %s đã đồng ý: %s; nếu không, hãy đề "
                          "nghị %s rút lại ý kiến, đồng bộ, rồi: %s",
                          label, other, other, back, other, again);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

/* ---- what is refused ---- */

/* What the record does not fit is known here too once it has come down; otherwise the code alone must do. */
static enum err refusal_words(struct client *c, const struct refused *r, const struct record *record,
                              const char **out, struct fault *f)
{
    struct fault why;
    const char *label = r->field >= 0 ? text_in(c->ui.lang, r->kind->fields[r->field].label) : "";
    enum err e = ERR_OK;
    *out = NULL;
    if (record != NULL && r->code == ERR_AGREED)
        e = agreed_words(c, record, r->field, out, f);
    if (e != ERR_OK || *out != NULL)
        return e;
    bool is_known = record != NULL && fit_refused(c, record, &why) == r->code &&
                    strncmp(why.text, label, strlen(label)) == 0;
    *out = is_known ? arena_print(c->arena, "%s", why.text)
                    : arena_print(c->arena, "%s%s%s", label, *label != '\0' ? ": " : "",
                                  field_words(r->kind, r->field, r->code, c->ui.lang));
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

static enum err say_refused(void *context, const struct refused *r, struct fault *f)
{
    struct client *c = context;
    struct record *record = NULL;
    char id[ID_SHORT];
    const char *text, *title = "";
    enum err e = book_find(c->book, c->arena, r->kind, &r->id, &record, f);
    if (e == ERR_NO_SUCH_RECORD) {
        record = NULL;
        e = ERR_OK;
    }
    if (e == ERR_OK && record != NULL)
        e = client_title_of(c, record, &title, f);
    if (e == ERR_OK)
        e = refusal_words(c, r, record, &text, f);
    if (e != ERR_OK)
        return e;
    id_short(&r->id, id);
    ui_say(&c->ui, "  Bị từ chối: %s%s%s (%s): %s", "  Refused: %s%s%s (%s): %s",
           text_in(c->ui.lang, r->kind->label), *title != '\0' ? " " : "", title, id, text);
    return ERR_OK;
}

enum err client_say_refused(struct client *c, struct fault *f)
{
    return outbox_each_refused(c->book, say_refused, c, f);
}
