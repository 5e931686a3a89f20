#include "client/cmd.h"
#include "client/field.h"
#include "client/fit.h"
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

/* What the record does not fit is known here too once it has come down; otherwise the code alone must do. */
static enum err refusal_words(struct client *c, const struct refused *r, const char **out, struct fault *f)
{
    struct record *record;
    struct fault why;
    const char *label = r->field >= 0 ? text_in(c->ui.lang, r->kind->fields[r->field].label) : "";
    enum err e = book_find(c->book, c->arena, r->kind, &r->id, &record, f);
    if (e != ERR_OK && e != ERR_NO_SUCH_RECORD)
        return e;
    bool is_known = e == ERR_OK && fit_refused(c, record, &why) == r->code &&
                    strncmp(why.text, label, strlen(label)) == 0;
    *out = is_known ? arena_print(c->arena, "%s", why.text)
                    : arena_print(c->arena, "%s%s%s", label, *label != '\0' ? ": " : "",
                                  field_words(r->kind, r->field, r->code, c->ui.lang));
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

static enum err say_refused(void *context, const struct refused *r, struct fault *f)
{
    struct client *c = context;
    struct bytes name;
    char id[ID_TEXT];
    const char *text;
    enum err e = client_name_of(c, r->kind, &r->id, &name, f);
    if (e == ERR_OK)
        e = refusal_words(c, r, &text, f);
    if (e != ERR_OK)
        return e;
    id_format(&r->id, id);
    ui_say(&c->ui, "  Bị từ chối: %s %.*s (%s): %s", "  Refused: %s %.*s (%s): %s",
           text_in(c->ui.lang, r->kind->label), (int)name.n, (const char *)name.p, id, text);
    return ERR_OK;
}

enum err client_say_refused(struct client *c, struct fault *f)
{
    return outbox_each_refused(c->book, say_refused, c, f);
}
