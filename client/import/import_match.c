/* Whose row it is. The register is read once into two hash tables, by what makes records likely one and by
 * citizen number, so that a large file costs no question a row. */
#include "client/fit.h"
#include "client/import.h"
#include "client/selection.h"
#include "common/change.h"
#include "common/id.h"
#include "common/os.h"
#include "common/text.h"
#include <string.h>

struct known {
    struct id id;
    struct likeness like;
    uint64_t citizen;   /* hash of a member's citizen number; 0: none known */
    uint32_t next_name; /* place plus one of the next with the same slot */
    uint32_t next_citizen;
};

#define FIRST_SLOTS 4096u

static uint64_t hash_text(struct bytes text, uint64_t with)
{
    return content_hash(text) ^ with * UINT64_C(0x9e3779b97f4a7c15);
}

static int member_field(const char *name)
{
    return kind_field(&kind_member, name);
}

/* 0 when there is no citizen number. */
static uint64_t citizen_of(const struct record *r)
{
    struct bytes no = record_text(r, member_field("citizen_no"));
    return no.n == 0 ? 0 : hash_text(no, 1) | 1;
}

static enum err describe(struct import *m, const struct record *r, struct known *out, struct fault *f)
{
    *out = (struct known){.id = r->id, .citizen = r->kind == &kind_member ? citizen_of(r) : 0};
    return likeness_of(m->row, r, &out->like, f);
}

static void link_place(struct import *m, uint32_t place)
{
    struct known *k = &m->known[place];
    uint32_t *name = &m->by_name[k->like.key & (m->slots - 1)];
    k->next_name = *name;
    *name = place + 1;
    if (k->citizen == 0)
        return;
    uint32_t *citizen = &m->by_citizen[k->citizen & (m->slots - 1)];
    k->next_citizen = *citizen;
    *citizen = place + 1;
}

static enum err grow(struct import *m, struct fault *f)
{
    size_t room = m->known_room == 0 ? FIRST_SLOTS : 2 * m->known_room;
    struct known *more = arena_zero(m->client->arena, room, sizeof *more);
    m->by_name = arena_zero(m->client->arena, room, sizeof *m->by_name);
    m->by_citizen = arena_zero(m->client->arena, room, sizeof *m->by_citizen);
    if (more == NULL || m->by_name == NULL || m->by_citizen == NULL || room > UINT32_MAX)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (m->known_count > 0)
        memcpy(more, m->known, m->known_count * sizeof *more);
    m->known = more;
    m->known_room = m->slots = room;
    for (uint32_t i = 0; i < m->known_count; i++)
        link_place(m, i);
    return ERR_OK;
}

static enum err know(struct import *m, const struct record *r, struct fault *f)
{
    enum err e = m->known_count == m->known_room ? grow(m, f) : ERR_OK;
    if (e == ERR_OK)
        e = describe(m, r, &m->known[m->known_count], f);
    if (e == ERR_OK)
        link_place(m, (uint32_t)m->known_count++);
    return e;
}

/* A register may hold more than the memory of one row. */
static enum err know_one(void *context, const struct record *r, struct fault *f)
{
    struct import *m = context;
    enum err e = know(m, r, f);
    arena_reset(m->row);
    return e;
}

enum err import_index(struct import *m, struct fault *f)
{
    struct book_filter all = {.kind = m->kind, .missing_field = -1};
    enum err e = grow(m, f);
    return e == ERR_OK && likeness_is_known(m->kind)
               ? book_each(m->client->book, m->client->arena, &all, know_one, m, f)
               : e;
}

enum err import_remember(struct import *m, const struct record *r, struct fault *f)
{
    return likeness_is_known(m->kind) ? know(m, r, f) : ERR_OK;
}

static bool same_citizen(const struct record *a, const struct record *b)
{
    struct bytes x = record_text(a, member_field("citizen_no")),
                 y = record_text(b, member_field("citizen_no"));
    return x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
}

/* Who else has the citizen number of `r` now; NULL: nobody. The table only leads to her: the number may have
 * been changed by an earlier line. */
static enum err by_citizen(struct import *m, const struct record *r, struct record **out, struct fault *f)
{
    uint64_t citizen = citizen_of(r);
    uint32_t place = citizen == 0 ? 0 : m->by_citizen[citizen & (m->slots - 1)];
    *out = NULL;
    for (; place != 0; place = m->known[place - 1].next_citizen) {
        const struct known *k = &m->known[place - 1];
        struct record *found;
        if (k->citizen != citizen || id_equal(&k->id, &r->id))
            continue;
        enum err e = book_find(m->client->book, m->row, &kind_member, &k->id, &found, f);
        if (e != ERR_OK)
            return e;
        if (same_citizen(found, r)) {
            *out = found;
            return ERR_OK;
        }
    }
    return ERR_OK;
}

/* A name that differs by more than tones and case, or another year of birth. */
static enum err somebody_else(struct import *m, const struct record *r, const struct record *found, bool *out,
                              struct fault *f)
{
    struct bytes name = record_text(r, member_field("name")),
                 other = record_text(found, member_field("name"));
    struct bytes fold, other_fold;
    int64_t birth = record_int(r, member_field("birth"), 0);
    if (text_fold(m->row, (const char *)name.p, name.n, &fold) != ERR_OK ||
        text_fold(m->row, (const char *)other.p, other.n, &other_fold) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    bool names_differ = fold.n > 0 && (fold.n != other_fold.n || memcmp(fold.p, other_fold.p, fold.n) != 0);
    *out = names_differ ||
           (birth != 0 && birth / 10000 != record_int(found, member_field("birth"), birth) / 10000);
    return ERR_OK;
}

static enum err citizen_taken(const struct import *m, const struct record *owner, struct fault *f)
{
    char shown[ID_SHORT];
    id_short(&owner->id, shown);
    return ui_fault(
        &m->client->ui, f, ERR_EXISTS,
        "Số CCCD: số này là của hồ sơ %s, khác họ tên hoặc năm sinh; hãy xem lại số; nếu là một người, "
        "ghi mã đó vào cột id.",
        "Citizen number: it is that of record %s, whose name or year of birth differs; check the number; "
        "if it is the same person, put that id into the column id.",
        shown);
}

static const struct known *alike(const struct import *m, const struct known *who)
{
    uint32_t place = m->by_name[who->like.key & (m->slots - 1)];
    for (; place != 0; place = m->known[place - 1].next_name)
        if (likeness_equal(&m->known[place - 1].like, &who->like))
            return &m->known[place - 1];
    return NULL;
}

static bool has_id(const struct change *c)
{
    static const struct id none;
    return !id_equal(&c->id, &none);
}

/* An exported id says whose row it is, so name and birth may be corrected; but the citizen number may not
 * become that of somebody else. */
static enum err match_id(struct import *m, const struct change *c, struct fault *f)
{
    struct record *r, *owner;
    const struct record now = {c->kind, c->id, c->set, c->values};
    if (book_find(m->client->book, m->row, m->kind, &c->id, &r, NULL) != ERR_OK)
        return ui_fault(&m->client->ui, f, ERR_NO_SUCH_RECORD,
                        "Mã hồ sơ: sổ này không có hồ sơ mang mã đó; để trống mã để thêm người mới.",
                        "Id: this register has no record with it; leave the cell empty to add somebody new.");
    if (m->kind != &kind_member || same_citizen(r, &now))
        return ERR_OK;
    enum err e = by_citizen(m, &now, &owner, f);
    return e != ERR_OK || owner == NULL ? e : citizen_taken(m, owner, f);
}

static enum err likely_here(struct import *m, const struct known *found, struct fault *f)
{
    char text[ID_TEXT];
    id_format(&found->id, text);
    m->alike++;
    if (m->kind != &kind_member)
        return ui_fault(&m->client->ui, f, ERR_EXISTS,
                        "Có thể trùng với hồ sơ %s (cùng: %s); nếu là hồ sơ khác, nhập lại với --anyway; nếu "
                        "là một, ghi mã đó vào cột id.",
                        "Likely the same as record %s (by: %s); if it is another import again with --anyway; "
                        "if it is the same, put that id into the column id.",
                        text, likeness_words(m->row, m->kind, m->client->ui.lang));
    return ui_fault(&m->client->ui, f, ERR_EXISTS,
                    "Có thể trùng với hồ sơ %s (cùng họ tên và năm sinh); nếu là người khác, nhập lại với "
                    "--anyway; nếu là một người, ghi mã đó vào cột id.",
                    "Likely the same person as record %s (name and year of birth); if it is somebody else "
                    "import again with --anyway; if it is the same, put that id into the column id.",
                    text);
}

/* Somebody new, unless she is likely here already. */
static enum err match_new(struct import *m, const struct change *c, struct fault *f)
{
    const struct record r = {c->kind, c->id, c->set, c->values};
    struct known who;
    const struct known *found;
    if (m->anyway || !likeness_is_known(m->kind))
        return ERR_OK;
    enum err e = describe(m, &r, &who, f);
    return e == ERR_OK && (found = alike(m, &who)) != NULL ? likely_here(m, found, f) : e;
}

static enum err match_member(struct import *m, struct change *c, bool *creates, struct fault *f)
{
    struct record r = {c->kind, c->id, c->set, c->values}, *owner;
    bool differs = false;
    enum err e = by_citizen(m, &r, &owner, f);
    if (e == ERR_OK && owner != NULL) {
        if ((e = somebody_else(m, &r, owner, &differs, f)) != ERR_OK || differs)
            return e != ERR_OK ? e : citizen_taken(m, owner, f);
        c->id = owner->id;
        *creates = false;
        return ERR_OK;
    }
    return e == ERR_OK ? match_new(m, c, f) : e;
}

static enum err match_relation(struct import *m, struct change *c, bool *creates)
{
    struct record *r;
    bool any;
    if (!kind_relation_id(c->kind, c->set, c->values, &c->id, &any))
        c->id = os_new_id();
    *creates = book_find(m->client->book, m->row, c->kind, &c->id, &r, NULL) != ERR_OK;
    return ERR_OK;
}

enum err import_match(struct import *m, struct change *c, bool *creates, struct fault *f)
{
    *creates = !has_id(c);
    if (!*creates)
        return match_id(m, c, f);
    if (c->kind->relation)
        return match_relation(m, c, creates);
    enum err e = m->kind == &kind_member ? match_member(m, c, creates, f) : match_new(m, c, f);
    if (e == ERR_OK && *creates)
        c->id = os_new_id();
    return e;
}
