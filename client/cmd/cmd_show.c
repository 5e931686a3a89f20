/* show: a record in full, and what stands below it. */
#include "client/extra.h"
#include "client/fit.h"
#include "client/selection.h"
#include "common/id.h"
#include "common/text.h"
#include <string.h>

struct showing {
    struct client *client;
    struct cells cells;
    struct extras extras; /* of the record that is asked for */
};

static void show_line(const struct ui *ui, const char *label, const char *text)
{
    size_t width = text_width(label, strlen(label));
    ui_say(ui, "  %s:%*s %s", "  %s:%*s %s", label, width < 28 ? (int)(28 - width) : 0, "", text);
}

static void show_fields(struct cells *x, const struct record *r)
{
    char id[ID_TEXT];
    id_format(&r->id, id);
    ui_say(x->ui, "%s %s", "%s %s", text_in(x->ui->lang, r->kind->label), id);
    for (size_t i = 0; i < r->kind->field_count; i++)
        if (record_has(r, (int)i))
            show_line(x->ui, text_in(x->ui->lang, r->kind->fields[i].label), cell_write(x, r, i));
}

/* What fields say already is not said again. */
static void show_extras(struct showing *s, const struct record *r)
{
    for (const struct extra *e = extra_next(r->kind, NULL); e != NULL; e = extra_next(r->kind, e)) {
        const char *text = e->fields == NULL ? extra_write(&s->extras, e, r) : "";
        if (*text != '\0')
            show_line(s->cells.ui, text_in(s->cells.ui->lang, e->label), text);
    }
}

/* ---- what stands below it ---- */

/* Others that refer to a record, in full or with a few fields on a line; or those that a relation joins with
 * it, by name. */
static const struct part {
    const struct kind *of;
    const struct kind *kind;
    const struct kind *relation;
    const char *brief; /* fields and extras between commas; NULL: in full */
} parts[] = {
    {&kind_household, &kind_member, NULL, "name,birth,group_id"},
    {&kind_member, &kind_event, NULL, NULL},
    {&kind_member, &kind_membership, NULL, NULL},
    {&kind_member, &kind_support, NULL, NULL},
    {&kind_member, &kind_commendation, NULL, NULL},
    {&kind_model, &kind_replication, NULL, NULL},
    {&kind_programme, &kind_pairing, NULL, NULL},
    {&kind_activity, &kind_member, &kind_attendance, "name"},
    {&kind_officer, &kind_post, NULL, NULL},
    {&kind_officer, &kind_commendation, NULL, NULL},
    {&kind_officer, &kind_course, &kind_training, "name"},
    {&kind_course, &kind_officer, &kind_training, "name"},
    {&kind_plan, &kind_cause, NULL, "cause,main,agreed"},
    {&kind_plan, &kind_step, NULL, "name,due,state,done_on"},
    {&kind_plan, &kind_visit, NULL, "date,persons,agreed"},
    {&kind_plan, &kind_progress, NULL, "date,note"},
    {&kind_cause, &kind_remedy, NULL, "remedy,agreed"},
};
#define PARTS (sizeof parts / sizeof parts[0])

struct below {
    struct showing *showing;
    const struct part *part;
    int indent;
    bool any;
};

static enum err show_below(struct showing *s, const struct record *r, int indent, struct fault *f);

static enum err show_full(void *context, const struct record *r, struct fault *f)
{
    struct below *b = context;
    (void)f;
    show_fields(&b->showing->cells, r);
    return ERR_OK;
}

/* "Name; label: value; ..." of what is set; the first says by itself what it is. */
static const char *line_of(struct showing *s, const struct record *r, const char *brief)
{
    struct cells *x = &s->cells;
    const char *line = "";
    char *rest, *words = arena_copy(x->arena, brief, strlen(brief));
    for (char *word = words != NULL ? strtok_r(words, ",", &rest) : NULL; word != NULL && line != NULL;
         word = strtok_r(NULL, ",", &rest)) {
        int field = kind_field(r->kind, word);
        const struct extra *e = extra_find(r->kind, word);
        const char *text = field >= 0 ? cell_write(x, r, (size_t)field) : extra_write(&s->extras, e, r),
                   *label = text_in(x->ui->lang, field >= 0 ? r->kind->fields[field].label : e->label);
        if (text == NULL || *text == '\0')
            continue;
        line = *line == '\0' ? text : arena_print(x->arena, "%s; %s: %s", line, label, text);
    }
    return line;
}

static enum err show_brief(void *context, const struct record *r, struct fault *f)
{
    struct below *b = context;
    const struct ui *ui = b->showing->cells.ui;
    const struct kind *heading = b->part->relation != NULL ? b->part->relation : b->part->kind;
    char id[ID_SHORT];
    const char *line = line_of(b->showing, r, b->part->brief);
    if (line == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    if (!b->any)
        ui_say(ui, "%*s%s:", "%*s%s:", b->indent, "", text_in(ui->lang, heading->label));
    b->any = true;
    id_short(&r->id, id);
    ui_say(ui, "%*s  %s  %s", "%*s  %s  %s", b->indent, "", id, line);
    return b->part->relation == NULL ? show_below(b->showing, r, b->indent + 4, f) : ERR_OK;
}

/* Further down only what takes one line. */
static enum err show_below(struct showing *s, const struct record *r, int indent, struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < PARTS && e == ERR_OK; i++) {
        const struct part *p = &parts[i];
        struct below below = {s, p, indent, false};
        struct book_filter filter = {.kind = p->kind,
                                     .of_kind = r->kind,
                                     .of = &r->id,
                                     .relation = p->relation,
                                     .with_voided = p->brief == NULL,
                                     .missing_field = -1};
        if (p->of == r->kind && (p->brief != NULL || indent == 0))
            e = book_each(s->client->book, s->client->arena, &filter,
                          p->brief != NULL ? show_brief : show_full, &below, f);
    }
    return e;
}

static enum err show_one(struct showing *s, const struct kind *kind, const char *word, struct fault *f)
{
    struct id id;
    struct record *r;
    enum err e = cell_record_find(&s->cells, kind, word, &id, f);
    if (e == ERR_OK)
        e = book_find(s->client->book, s->client->arena, kind, &id, &r, f);
    if (e != ERR_OK)
        return e;
    show_fields(&s->cells, r);
    show_extras(s, r);
    if (kind == &kind_plan && (e = fit_plan_show(s->client, r, f)) != ERR_OK)
        return e;
    return show_below(s, r, 0, f);
}

enum err cmd_record_show(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    const struct kind *kind = o->command->data;
    enum err e = client_open(c, o, f);
    if (e != ERR_OK)
        return e;
    if (o->arg_count == 0)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho mã của hồ sơ.", "Give the id of the record.");
    struct showing s = {
        .client = c,
        .cells = {.book = c->book, .ui = &c->ui, .arena = c->arena, .plain = option(o, "plain") != NULL}};
    s.cells.points = !s.cells.plain;
    e = extras_load(&s.extras, &s.cells, kind, f);
    for (int i = 0; i < o->arg_count && e == ERR_OK; i++)
        e = show_one(&s, kind, o->args[i], f);
    return e;
}
