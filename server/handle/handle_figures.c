/* Population figures and targets from the province's pen: the operator's import, bound to the caller's unit.
 */
#include "server/handle.h"
#include "server/import.h"
#include <string.h>

#define TOLD_MAX 200 /* faults, differences */

struct telling {
    struct importer importer;
    struct call *call;
    Hv__FiguresReply *reply;
};

static enum err run_statement(struct importer *m, const char *statement, const struct db_params *p,
                              struct db_result **out, struct fault *f)
{
    struct db_params none;
    if (p == NULL)
        db_params_begin(&none, m->arena);
    return db_run(m->db, statement, p != NULL ? p : &none, out, f);
}

static void tell_fault(struct importer *m, int64_t line, const char *column, const char *text)
{
    struct telling *t = m->context;
    Hv__FiguresFault *one = arena_alloc(m->arena, sizeof *one);
    if (t->reply->n_fault == TOLD_MAX || one == NULL)
        return;
    hv__figures_fault__init(one);
    one->has_line = line != 0;
    one->line = (uint64_t)line;
    one->column = arena_print(m->arena, "%s", column);
    one->text = arena_print(m->arena, "%s", text);
    t->reply->fault[t->reply->n_fault++] = one;
}

static void tell_difference(struct importer *m, const char *const cells[IMPORT_DIFFERENCE])
{
    struct telling *t = m->context;
    Hv__FiguresDifference *one = arena_alloc(m->arena, sizeof *one);
    char **copies = arena_zero(m->arena, IMPORT_DIFFERENCE, sizeof *copies);
    if (t->reply->n_difference == TOLD_MAX || one == NULL || copies == NULL)
        return;
    hv__figures_difference__init(one);
    for (int i = 0; i < IMPORT_DIFFERENCE; i++)
        copies[i] = arena_print(m->arena, "%s", cells[i]);
    one->cell = copies;
    one->n_cell = IMPORT_DIFFERENCE;
    t->reply->difference[t->reply->n_difference++] = one;
}

static enum err note_act(struct telling *t, const char *name, const struct import_result *r, struct fault *f)
{
    struct call *c = t->call;
    struct db_params p;
    db_params_begin(&p, c->arena);
    db_text(&p, arena_print(c->arena, "device %d", (int)c->caller->device));
    db_text(&p, arena_print(c->arena, "%s-import", name));
    db_text(&p, arena_print(c->arena, "lines=%zu changed=%d", r->lines, r->changed));
    return db_run(c->db, "act", &p, NULL, f);
}

/* What a check, or a file with faults, left behind is taken back. A file that is none is a fault of the file.
 */
static enum err import_it(struct telling *t, const char *name, struct import_result *result, struct fault *f)
{
    struct call *c = t->call;
    const Hv__FiguresRequest *r = c->request->figures;
    struct import i;
    *result = (struct import_result){0};
    enum err e = db_savepoint(c->db, f);
    if (e == ERR_OK)
        e = figures_import(&t->importer, name, c->today, &i, f);
    if (e == ERR_OK)
        e = import_text(&t->importer, &i, (struct bytes){r->csv.data, r->csv.len}, r->check, result, f);
    if (e == ERR_BAD_FORMAT || e == ERR_BAD_TEXT || e == ERR_MALFORMED) {
        tell_fault(&t->importer, 0, "", f->text);
        result->faults = 1;
        e = ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    return r->check || result->faults > 0 ? db_savepoint_undo(c->db, f) : note_act(t, name, result, f);
}

static enum err list_them(struct telling *t, const char *name, struct fault *f)
{
    struct bytes csv = {0};
    enum err e = figures_list(&t->importer, name, t->call->today, &csv, f);
    t->reply->has_csv = e == ERR_OK;
    t->reply->csv = (ProtobufCBinaryData){csv.n, (uint8_t *)(uintptr_t)csv.p};
    return e;
}

static enum err take_file(struct telling *t, const char *name, struct fault *f)
{
    struct call *c = t->call;
    struct import_result result;
    enum err e = import_it(t, name, &result, f);
    t->reply->has_lines = t->reply->has_changed = t->reply->has_faults = true;
    t->reply->lines = (uint32_t)result.lines;
    t->reply->changed = (uint32_t)result.changed;
    t->reply->faults = (uint32_t)result.faults;
    c->changes = (size_t)result.changed;
    c->refused = (size_t)result.faults;
    return e;
}

enum err handle_figures(struct call *c, struct fault *f)
{
    const Hv__FiguresRequest *r = c->request->figures;
    const char *name = r->name != NULL ? r->name : "";
    struct telling t = {.call = c, .reply = arena_alloc(c->arena, sizeof *t.reply)};
    if (t.reply == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    hv__figures_reply__init(t.reply);
    t.reply->fault = arena_zero(c->arena, TOLD_MAX, sizeof *t.reply->fault);
    t.reply->difference = arena_zero(c->arena, TOLD_MAX, sizeof *t.reply->difference);
    if (t.reply->fault == NULL || t.reply->difference == NULL)
        return fault(f, ERR_NO_MEMORY, "no memory for the reply");
    t.importer =
        (struct importer){.ui = {.lang = r->lang != NULL && strcmp(r->lang, "en") == 0 ? LANG_EN : LANG_VI,
                                 .program = "hoivien-server"},
                          .arena = c->arena,
                          .db = c->db,
                          .above = c->caller->unit,
                          .run = run_statement,
                          .on_fault = tell_fault,
                          .on_difference = tell_difference,
                          .context = &t};
    enum err e = r->has_csv ? take_file(&t, name, f) : list_them(&t, name, f);
    c->reply->body_case = HV__REPLY__BODY_FIGURES;
    c->reply->figures = t.reply;
    return e;
}
