/* A change of the clerk: checked, written, put into the outbox. */
#include "client/book/book_private.h"
#include "client/field.h"
#include "common/check.h"
#include <string.h>

enum { LEVEL_COMMUNE = 4 };

static enum err check_reference(struct book *b, const struct change *c, size_t i, struct fault *f)
{
    bool exists;
    const struct field *field = &c->kind->fields[i];
    const struct id *id = (const struct id *)c->values[i].p;
    enum err e = row_exists(b, kind_by_name(field->refers), id, &exists, f);
    if (e != ERR_OK || exists)
        return e;
    enum lang lang = b->ui->lang;
    const char *what = text_in(lang, kind_by_name(field->refers)->label);
    return lang == LANG_EN
               ? fault_field(f, ERR_NO_SUCH_RECORD, (int)i,
                             "%s: the register has no such record (%s); add it first, or choose another.",
                             field->label.en, what)
               : fault_field(
                     f, ERR_NO_SUCH_RECORD, (int)i,
                     "%s: trong sổ chưa có hồ sơ này (%s); hãy thêm hồ sơ ấy trước hoặc chọn hồ sơ khác.",
                     field->label.vi, what);
}

static enum err check_references(struct book *b, const struct change *c, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < c->kind->field_count; i++)
        if (field_type(c->kind, i) == FIELD_ID && (c->set & field_bit(c->kind, i)) != 0)
            e = check_reference(b, c, i, f);
    return e;
}

/* Adding a relation that is there already: one that was voided comes back with what is given now and nothing
 * else. */
static void renew(struct change *c, const struct record *r)
{
    int voided = kind_field(c->kind, "voided");
    if (voided >= 0 && record_int(r, voided, 0) != 0)
        c->cleared |= r->set & ~c->set;
}

static bool voids(const struct change *c)
{
    int voided = kind_field(c->kind, "voided");
    return voided >= 0 && (c->set & field_bit(c->kind, (size_t)voided)) != 0 && c->values[voided].i != 0;
}

/* What is to be sent for an edit: the edit itself, and what was refused of the record before. */
static struct change outgoing(const struct change *c, const struct record *r, const struct refusal *refused)
{
    struct change out = *c;
    out.values = r->values;
    if (refused->whole) {
        out.set = r->set;
        out.cleared = 0;
    } else {
        uint64_t mask = c->set | c->cleared | refused->mask;
        out.set = mask & r->set;
        out.cleared = mask & ~r->set;
    }
    return out;
}

/* The server never kept the record, so there is nothing to tell it; should the clerk take the void back, the
 * whole record goes. */
static enum err void_unkept(struct book *b, const struct change *c, struct fault *f)
{
    return book_run(b, SQL_REFUSED_DROP, f, "d", &c->id);
}

static enum err send_edit(struct book *b, struct arena *a, struct change *c, const struct record *r,
                          const struct refusal *refused, struct fault *f)
{
    struct change out = outgoing(c, r, refused);
    enum err e = ERR_OK;
    if (b->marks.conflicts)
        e = book_run(b, SQL_CONFLICT_SETTLE, f, "di", &c->id, (int64_t)(c->set | c->cleared));
    if (e == ERR_OK)
        e = outbox_put(b, a, &out, refused->whole ? ENTRY_WHOLE : 0, false, f);
    c->number = out.number;
    c->base = out.base;
    return e == ERR_OK && refused->any ? refusal_mended(b, a, &c->id, f) : e;
}

/* What lies in a stream above is read here, and changed there. */
static enum err check_own(struct book *b, struct arena *a, const struct record *r, struct fault *f)
{
    const char *unit;
    enum err e = book_above(b, a, r, &unit, f);
    if (e != ERR_OK || unit == NULL)
        return e;
    return ui_fault(b->ui, f, ERR_NOT_ALLOWED, "%s: hồ sơ này của %s; hãy đề nghị nơi đó sửa.",
                    "%s: the record is that of %s; ask them to change it.",
                    text_in(b->ui->lang, r->kind->label), unit);
}

static enum err record_edit(struct book *b, struct arena *a, struct change *c, struct record *r,
                            struct fault *f)
{
    struct refusal refused = {0};
    enum err e = marks_load(b, f);
    if (e == ERR_OK && b->marks.refused)
        e = refusal_of(b, &c->id, &refused, f);
    if (e != ERR_OK)
        return e;
    change_trim(c, r);
    bool changes = (c->set | c->cleared) != 0;
    if (!changes && !refused.any)
        return ERR_OK;
    if (c->kind->append_only && !refused.whole)
        return field_sentence(b->ui->lang, c->kind, &(struct fault){.code = ERR_APPEND_ONLY, .field = -1}, f);
    if (changes && (e = check_own(b, a, r, f)) != ERR_OK)
        return e;
    change_apply(r, c);
    if (changes && (e = row_write(b, a, r, f)) != ERR_OK)
        return e;
    if (refused.whole && voids(c))
        return void_unkept(b, c, f);
    return send_edit(b, a, c, r, &refused, f);
}

static enum err edit_existing(struct book *b, struct arena *a, struct change *c, bool creates,
                              struct fault *f)
{
    struct record *r;
    enum err e = book_find(b, a, c->kind, &c->id, &r, f);
    if (e != ERR_OK)
        return e;
    if (creates)
        renew(c, r);
    return record_edit(b, a, c, r, f);
}

static enum err record_new(struct book *b, struct arena *a, struct change *c, struct fault *f)
{
    bool exists;
    const struct record r = {c->kind, c->id, c->set, c->values};
    c->cleared = 0;
    enum err e = row_insert(b, a, &r, &exists, f);
    if (e != ERR_OK)
        return e;
    if (!exists)
        return outbox_put(b, a, c, ENTRY_WHOLE, true, f);
    if (c->kind->relation)
        return edit_existing(b, a, c, true, f);
    return ui_fault(b->ui, f, ERR_EXISTS, "%s: trong sổ đã có hồ sơ mang mã này; hãy sửa hồ sơ ấy.",
                    "%s: the register has a record with this id already; edit that one.",
                    text_in(b->ui->lang, c->kind->label));
}

/* A province's register is that of its own stream, or of the stream of a commune to which it writes. */
static enum err seat_load(struct book *b, struct fault *f)
{
    struct identity who;
    if (b->is_seated)
        return ERR_OK;
    enum err e = identity_load(b, &who, f);
    bool is_province = strcmp(who.role, "reporter") == 0;
    b->is_free = who.device == 0;
    b->seat = !is_province ? SEAT_COMMUNE : who.units[0].level == LEVEL_COMMUNE ? SEAT_PEN : SEAT_PROVINCE;
    b->is_seated = e == ERR_OK;
    key_wipe(&who, sizeof who);
    return e;
}

static enum err check_right(struct book *b, const struct change *c, struct fault *f)
{
    struct fault found = {.field = -1};
    enum err e = seat_load(b, f);
    if (e != ERR_OK || b->is_free || right_check(b->seat, c, &found) == ERR_OK)
        return e;
    return field_sentence(b->ui->lang, c->kind, &found, f);
}

/* A province notes officers of districts and its own, a commune all other posts. */
static enum err check_post(struct book *b, const struct change *c, struct fault *f)
{
    int type = kind_field(&kind_post, "type");
    bool is_province = b->seat == SEAT_PROVINCE;
    if (c->kind != &kind_post || b->is_free || (c->set & field_bit(c->kind, (size_t)type)) == 0 ||
        check_post_of_province(c->values[type].i) == is_province)
        return ERR_OK;
    const char *label = text_in(b->ui->lang, kind_post.fields[type].label);
    f->field = type;
    return is_province
               ? ui_fault(b->ui, f, ERR_BAD_FORMAT,
                          "%s: tỉnh chỉ ghi cán bộ Hội cấp tỉnh (province-officer) và cấp huyện "
                          "(district-officer); chức danh khác do xã ghi, hãy đề nghị xã ghi.",
                          "%s: a province notes officers of its own (province-officer) and of its "
                          "districts (district-officer); other posts are a commune's to enter, ask "
                          "the commune.",
                          label)
               : ui_fault(b->ui, f, ERR_BAD_FORMAT,
                          "%s: cán bộ Hội cấp tỉnh, cấp huyện do tỉnh ghi; hãy chọn chức danh khác, "
                          "hoặc đề nghị cán bộ tỉnh ghi.",
                          "%s: officers of districts and of the province are the province's to enter; "
                          "choose another post, or ask the province's officer.",
                          label);
}

enum err book_seat(struct book *b, enum seat *out, struct fault *f)
{
    enum err e = seat_load(b, f);
    *out = b->seat;
    return e;
}

/* The server judges by what it has, and so does the desk where a value here was refused: it may be set back.
 */
static enum err check_held(struct book *b, struct arena *a, const struct change *c, struct fault *f)
{
    struct record *r, *server;
    struct change left = *c;
    uint64_t mask;
    if (b->is_free || kind_field(c->kind, "by_province") < 0)
        return ERR_OK;
    enum err e = book_find(b, a, c->kind, &c->id, &r, f);
    if (e == ERR_OK)
        e = refused_stands(b, a, r, &mask, &server, f);
    if (e != ERR_OK)
        return e;
    if (server == NULL) {
        left.set &= ~mask;
        left.cleared &= ~mask;
    }
    int held = right_held(b->seat, server != NULL ? server : r, &left);
    return held < 0 ? ERR_OK : field_agreed(b->ui, b->seat, c->kind, held, f);
}

/* What is written once may be written anew as long as the server has refused it. */
static enum err check_form(struct book *b, struct arena *a, const struct change *c, bool creates,
                           struct fault *found, struct fault *f)
{
    enum err refused;
    struct record *r;
    if (creates || !c->kind->append_only)
        return check_change(c, creates, found);
    struct change left = *c;
    enum err e = book_find(b, a, c->kind, &c->id, &r, f);
    if (e == ERR_OK)
        e = refused_code(b, &c->id, &refused, f);
    if (e != ERR_OK)
        return e;
    change_trim(&left, r);
    if ((left.set | left.cleared) == 0)
        return ERR_OK;
    if (refused == ERR_OK)
        return check_change(c, false, found);
    change_apply(r, c);
    const struct change whole = {
        .kind = c->kind, .kind_number = c->kind->number, .id = c->id, .set = r->set, .values = r->values};
    return check_change(&whole, true, found);
}

enum err book_record(struct book *b, struct arena *a, struct change *c, bool creates, struct fault *f)
{
    struct fault found = {.field = -1};
    if (sqlite3_get_autocommit(b->db))
        return fault(f, ERR_INTERNAL, "book_record outside a transaction");
    enum err e = check_right(b, c, f);
    if (e != ERR_OK)
        return e;
    if ((e = check_post(b, c, f)) != ERR_OK)
        return e;
    if (!creates && (e = check_held(b, a, c, f)) != ERR_OK)
        return e;
    e = check_form(b, a, c, creates, &found, f);
    if (e != ERR_OK)
        return found.code != ERR_OK ? field_sentence(b->ui->lang, c->kind, &found, f) : e;
    c->number = 0;
    e = check_references(b, c, f);
    if (e != ERR_OK)
        return e;
    return creates ? record_new(b, a, c, f) : edit_existing(b, a, c, false, f);
}
