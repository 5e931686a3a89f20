/* Refusing to add what is likely here already; the answer is --anyway. */
#include "client/fit.h"
#include "client/selection.h"

struct likely {
    struct client *client;
    struct likeness like;
    size_t count;
};

static enum err show_likely(void *context, const struct record *r, struct fault *f)
{
    struct likely *x = context;
    struct likeness like;
    char id[ID_SHORT];
    enum err e = likeness_of(x->client->arena, r, &like, f);
    if (e != ERR_OK || !likeness_equal(&like, &x->like))
        return e;
    struct cells cells = {.book = x->client->book, .ui = &x->client->ui, .arena = x->client->arena};
    const char *title = cell_name(&cells, r);
    if (kind_field(r->kind, "name") < 0 && (e = client_title_of(x->client, r, &title, f)) != ERR_OK)
        return e;
    id_short(&r->id, id);
    ui_tell(&x->client->ui, "  %s  %s", "  %s  %s", id, title);
    x->count++;
    return ERR_OK;
}

enum err fit_not_here(struct client *c, const struct change *change, struct fault *f)
{
    const struct record r = {change->kind, change->id, change->set, change->values};
    struct likely x = {.client = c};
    struct book_filter all = {.kind = change->kind, .missing_field = -1};
    enum err e = likeness_of(c->arena, &r, &x.like, f);
    if (e == ERR_OK)
        e = book_each(c->book, c->arena, &all, show_likely, &x, f);
    if (e != ERR_OK || x.count == 0)
        return e;
    if (change->kind == &kind_group)
        return ui_fault(
            &c->ui, f, ERR_EXISTS,
            "Tên nhóm: đã có nhóm cùng tên ở cùng một nơi trực thuộc (ở trên). Nếu đúng là nhóm khác, "
            "hãy đặt tên cho phân biệt, hoặc thêm --anyway; khi đó tên này không còn đủ để chỉ một "
            "nhóm, phải ghi mã.",
            "Group name: a group of the same parent bears this name already (above). If it is "
            "another, give it a name of its own, or add --anyway; from then on the name alone does "
            "not say which group is meant, its id does.");
    return ui_fault(&c->ui, f, ERR_EXISTS,
                    "Đã có hồ sơ như vậy (ở trên; cùng: %s). Nếu đúng là hồ sơ khác, hãy thêm --anyway.",
                    "There is such a record already (above; by: %s). If it is another, add --anyway.",
                    likeness_words(c->arena, change->kind, c->ui.lang));
}
