#include "client/selection.h"
#include "common/id.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <string.h>

void id_short(const struct id *id, char out[ID_SHORT])
{
    char text[ID_TEXT];
    id_format(id, text);
    memcpy(out, text + ID_TEXT - ID_SHORT, ID_SHORT);
}

/* "moved-in" for --state is no state: only what a list may ask for. */
static enum err read_state(struct selection *s, const char *word, struct fault *f)
{
    static const char *const words[] = {"any", "counted", "not-counted", "voided"};
    for (int i = 0; i < 4; i++)
        if (word != NULL && strcmp(word, words[i]) == 0)
            s->state = i;
    if (word != NULL && s->state == STATE_ANY && strcmp(word, "any") != 0)
        return ui_fault(&s->client->ui, f, ERR_USAGE, "--state nhận counted, not-counted, voided hoặc any.",
                        "--state takes counted, not-counted, voided or any.");
    if (s->kind != &kind_member && (s->state == STATE_COUNTED || s->state == STATE_NOT_COUNTED))
        return ui_fault(&s->client->ui, f, ERR_USAGE,
                        "Chỉ hội viên mới được tính hay không được tính; ở đây --state nhận voided hoặc any.",
                        "Only members count or do not count; --state takes voided or any here.");
    s->filter.with_voided = s->state == STATE_VOIDED;
    return ERR_OK;
}

static enum err read_missing(struct selection *s, const char *word, struct fault *f)
{
    s->filter.missing_field = word != NULL ? cell_field_of(s->client->arena, s->kind, word) : -1;
    if (word != NULL && s->filter.missing_field < 0)
        return ui_fault(&s->client->ui, f, ERR_USAGE,
                        "Không có mục \"%s\"; hãy xem các mục bằng: %s %s add --help",
                        "There is no field \"%s\"; see the fields by: %s %s add --help", word,
                        s->client->ui.program, s->kind->name);
    return ERR_OK;
}

static enum err read_group(struct selection *s, const char *word, struct fault *f)
{
    if (word == NULL)
        return ERR_OK;
    if (kind_field(s->kind, "group_id") < 0 && kind_field(s->kind, "member_id") < 0)
        return ui_fault(&s->client->ui, f, ERR_USAGE, "Không lọc được %s theo chi hội, tổ, nhóm.",
                        "A %s can't be filtered by group.", text_in(s->client->ui.lang, s->kind->label));
    s->filter.group = &s->group;
    enum err e = cell_group_find(&s->cells, word, &s->group, f);
    if (e != ERR_OK)
        selection_field_fault(&s->client->ui, f, &kind_member, (size_t)kind_field(&kind_member, "group_id"));
    return e;
}

static enum err read_member(struct selection *s, const char *word, struct fault *f)
{
    if (word == NULL)
        return ERR_OK;
    if (!book_knows_member(s->kind))
        return ui_fault(&s->client->ui, f, ERR_USAGE, "Không lọc được %s theo hội viên.",
                        "A %s can't be filtered by member.", text_in(s->client->ui.lang, s->kind->label));
    s->filter.member = &s->member;
    return cell_record_find(&s->cells, &kind_member, word, &s->member, f);
}

/* The word of a filter's option. A field of the same name takes something else. */
static const char *filter_word(const struct options *o, const char *name, const char *takes)
{
    for (size_t i = 0; i < o->row_count; i++)
        if (strcmp(o->rows[i]->name, name) == 0)
            return o->rows[i]->value_name != NULL && strcmp(o->rows[i]->value_name, takes) == 0 ? o->values[i]
                                                                                                : NULL;
    return NULL;
}

enum err selection_begin(struct selection *s, struct client *c, const struct options *o,
                         const struct kind *kind, struct fault *f)
{
    const char *group = option(o, "in-group");
    if (group == NULL)
        group = filter_word(o, "group", SELECTION_GROUP);
    *s = (struct selection){
        .client = c, .kind = kind, .cells = {.book = c->book, .ui = &c->ui, .arena = c->arena}};
    s->filter = (struct book_filter){.kind = kind, .search = option(o, "search"), .missing_field = -1};
    enum err e = read_state(s, filter_word(o, "state", SELECTION_STATE), f);
    if (e == ERR_OK)
        e = read_missing(s, option(o, "missing"), f);
    if (e == ERR_OK)
        e = read_group(s, group, f);
    if (e == ERR_OK)
        e = read_member(s, filter_word(o, "member", SELECTION_MEMBER), f);
    if (e == ERR_OK && option(o, "where") != NULL)
        e = where_read(&s->cells, kind, option(o, "where"), &s->where, f);
    s->cells.of_voided = option(o, "undo") != NULL;
    s->has_filter = s->filter.group != NULL || s->filter.search != NULL || s->filter.missing_field >= 0 ||
                    s->filter.member != NULL || s->where.count > 0 || s->state != STATE_ANY;
    if (s->cells.of_voided) {
        s->state = STATE_VOIDED;
        s->filter.with_voided = true;
    }
    return e;
}

struct each {
    struct selection *selection;
    book_fn *fn;
    void *context;
};

/* A woman not yet a member stands in her group and yet counts nowhere. */
static enum err counts_today(struct selection *s, const struct id *member, bool *out, struct fault *f)
{
    struct interval *intervals;
    size_t count;
    int32_t today = os_today();
    enum err e = book_standing(s->client->book, s->client->arena, member, &intervals, &count, f);
    *out = false;
    for (size_t i = 0; e == ERR_OK && i < count; i++)
        *out |= intervals[i].from <= today && today < intervals[i].to &&
                intervals[i].category != HV__CATEGORY__NOT_YET;
    return e;
}

static enum err pass(void *context, const struct record *r, struct fault *f)
{
    struct each *x = context;
    struct selection *s = x->selection;
    bool voided = record_int(r, kind_field(r->kind, "voided"), 0) != 0;
    if ((s->state == STATE_VOIDED && !voided) || !where_holds(&s->where, r))
        return ERR_OK;
    if (s->kind == &kind_member && (s->state == STATE_COUNTED || s->state == STATE_NOT_COUNTED)) {
        bool counts;
        enum err e = counts_today(s, &r->id, &counts, f);
        if (e != ERR_OK || counts != (s->state == STATE_COUNTED))
            return e;
    }
    return x->fn(x->context, r, f);
}

enum err selection_each(struct selection *s, book_fn *fn, void *context, struct fault *f)
{
    struct each x = {s, fn, context};
    return book_each(s->client->book, s->client->arena, &s->filter, pass, &x, f);
}

struct collecting {
    struct arena *arena;
    struct id *ids;
    size_t count;
    size_t room;
};

static enum err collect(void *context, const struct record *r, struct fault *f)
{
    struct collecting *c = context;
    if (c->count == c->room) {
        size_t room = c->room == 0 ? 64 : 2 * c->room;
        struct id *more = arena_zero(c->arena, room, sizeof *more);
        if (more == NULL)
            return fault(f, ERR_NO_MEMORY, "out of memory");
        if (c->count > 0)
            memcpy(more, c->ids, c->count * sizeof *more);
        c->ids = more;
        c->room = room;
    }
    c->ids[c->count++] = r->id;
    return ERR_OK;
}

static enum err ids_of_words(struct selection *s, const char *const *words, int count, struct id *out,
                             struct fault *f)
{
    enum err e = ERR_OK;
    for (int i = 0; i < count && e == ERR_OK; i++)
        e = cell_record_find(&s->cells, s->kind, words[i], &out[i], f);
    return e;
}

enum err selection_ids(struct selection *s, const char *const *words, int count, struct id **out,
                       size_t *found, struct fault *f)
{
    struct collecting c = {.arena = s->client->arena};
    if (count > 0) {
        *out = arena_zero(s->client->arena, (size_t)count, sizeof **out);
        *found = (size_t)count;
        return *out != NULL ? ids_of_words(s, words, count, *out, f)
                            : fault(f, ERR_NO_MEMORY, "out of memory");
    }
    if (!s->has_filter)
        return ui_fault(&s->client->ui, f, ERR_USAGE,
                        "Hãy cho một hay nhiều mã, hoặc một bộ lọc như --in-group, --missing.",
                        "Give one or more ids, or a filter such as --in-group, --missing.");
    enum err e = selection_each(s, collect, &c, f);
    if (e == ERR_OK && c.count == 0)
        e = ui_fault(&s->client->ui, f, ERR_NO_SUCH_RECORD, "Không có hồ sơ nào khớp với bộ lọc.",
                     "No record fits the filter.");
    *out = c.ids;
    *found = c.count;
    return e;
}

enum err selection_open(struct selection *s, struct client *c, const struct options *o,
                        const struct kind *kind, int count, struct id **out, size_t *found, struct fault *f)
{
    enum err e = client_open(c, o, f);
    if (e == ERR_OK)
        e = selection_begin(s, c, o, kind, f);
    return e == ERR_OK ? selection_ids(s, o->args, count, out, found, f) : e;
}

enum err selection_field_fault(const struct ui *ui, struct fault *f, const struct kind *kind, size_t i)
{
    char sentence[sizeof f->text];
    memcpy(sentence, f->text, sizeof sentence);
    const char *label = text_in(ui->lang, kind->fields[i].label);
    size_t n = strlen(sentence);
    if (n > 0 && sentence[n - 1] == '.')
        sentence[n - 1] = '\0';
    enum err e = ui_fault(ui, f, f->code, "%s: %s.", "%s: %s.", label, sentence);
    f->field = (int)i;
    return e;
}

enum err selection_form(struct cells *x, const struct options *o, struct change *c, bool *any,
                        struct fault *f)
{
    *any = false;
    for (size_t i = 0; i < c->kind->field_count; i++) {
        const char *text = option(o, cell_option_name(x->arena, c->kind, i));
        if (text == NULL)
            continue;
        *any = true;
        enum err e = ERR_OK;
        if (*text == '\0')
            change_clear(c, (int)i);
        else
            e = cell_read(x, c, i, text, strlen(text), f);
        if (e != ERR_OK)
            return selection_field_fault(x->ui, f, c->kind, i);
    }
    return ERR_OK;
}
