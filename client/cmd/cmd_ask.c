/* Asking members for what is missing in their records, which they give of their own will: noting how far it
 * has come, and the list of what is to be asked. */
#include "client/asking.h"
#include "client/cell_code.h"
#include "common/codes.h"
#include "common/date.h"
#include "common/id.h"
#include "common/noun.h"
#include "common/os.h"
#include <string.h>

/* ---- what the options say ---- */

static enum err no_such_field(const struct client *c, const char *word, struct fault *f)
{
    const char *list = "";
    for (const struct code *code = ask_field_codes; code->token != NULL && list != NULL; code++)
        list = arena_print(c->arena, "%s%s%s", list, *list != '\0' ? ", " : "", code->token);
    if (list == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    return ui_fault(&c->ui, f, ERR_USAGE, "--field: không hỏi được mục \"%s\"; các mục có thể hỏi: %s.",
                    "--field: \"%s\" is nothing to ask for; what can be asked: %s.", word, list);
}

/* *out is NULL when there is no --field. The words that lists print will do too. */
static enum err read_field(const struct client *c, const struct options *o, const struct code **out,
                           struct fault *f)
{
    const char *word = option(o, "field");
    *out = NULL;
    if (word == NULL)
        return ERR_OK;
    struct cells cells = {.ui = &c->ui, .arena = c->arena};
    *out = cell_field_code(&cells, word);
    return *out != NULL ? ERR_OK : no_such_field(c, word, f);
}

static enum err read_state(const struct client *c, const struct options *o, const struct code **out,
                           struct fault *f)
{
    const char *word = option(o, "state");
    *out = word != NULL ? code_by_token(ask_state_codes, word) : NULL;
    return *out != NULL ? ERR_OK
                        : ui_fault(&c->ui, f, ERR_USAGE, "--state nhận not-asked, asked hoặc declined.",
                                   "--state takes not-asked, asked or declined.");
}

static enum err read_date(const struct client *c, const struct options *o, int32_t *out, struct fault *f)
{
    const char *text = option(o, "date");
    *out = os_today();
    if (text != NULL && !date_parse(text, out))
        return ui_fault(&c->ui, f, ERR_USAGE,
                        "--date: \"%s\" không phải là ngày có thật; hãy viết dd/mm/yyyy, mm/yyyy hoặc yyyy.",
                        "--date: \"%s\" is no date that exists; write dd/mm/yyyy, mm/yyyy or yyyy.", text);
    return ERR_OK;
}

/* ---- ask ---- */

struct answer {
    const struct code *field;
    const struct code *state;
    int32_t date;
};

static enum err read_answer(const struct client *c, const struct options *o, struct answer *out,
                            struct fault *f)
{
    enum err e = read_field(c, o, &out->field, f);
    if (e == ERR_OK && out->field == NULL)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho mục được hỏi, ví dụ --field phone --state asked.",
                        "Give the field that is asked for, for example --field phone --state asked.");
    if (e == ERR_OK)
        e = read_state(c, o, &out->state, f);
    return e == ERR_OK ? read_date(c, o, &out->date, f) : e;
}

/* Whoever has given it needs no asking. */
static enum err has_given(struct client *c, const struct answer *answer, const struct id *member, bool *out,
                          struct fault *f)
{
    struct record *r;
    enum err e = book_find(c->book, c->arena, &kind_member, member, &r, f);
    *out = e == ERR_OK && record_has(r, kind_field_by_number(&kind_member, (uint32_t)answer->field->value));
    return e;
}

/* That she was not asked may be noted of everybody whom there is a question about. */
static enum err note_one(struct client *c, const struct answer *answer, const struct id *member,
                         size_t *given, struct fault *f)
{
    struct record *old;
    struct change *q = change_make(c->arena, &kind_question);
    int date = kind_field(&kind_question, "date");
    bool is_asked = strcmp(answer->state->token, "not-asked") != 0, has;
    if (q == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    q->id = ask_id(member, (uint32_t)answer->field->value);
    bool known = book_find(c->book, c->arena, &kind_question, &q->id, &old, NULL) == ERR_OK;
    enum err e = has_given(c, answer, member, &has, f);
    if (e != ERR_OK)
        return e;
    if (has && (is_asked || !known)) {
        ++*given;
        return ERR_OK;
    }
    change_set_id(q, kind_field(&kind_question, "member_id"), member);
    change_set_int(q, kind_field(&kind_question, "field"), answer->field->value);
    change_set_int(q, kind_field(&kind_question, "state"), answer->state->value);
    if (is_asked)
        change_set_int(q, date, answer->date);
    else if (known)
        change_clear(q, date);
    if (known)
        change_set_int(q, kind_field(&kind_question, "voided"), 0);
    return book_record(c->book, c->arena, q, !known, f);
}

/* One transaction over all members: all or nothing. */
static enum err note_all(struct client *c, const struct answer *answer, const struct id *members,
                         size_t count, size_t *given, struct fault *f)
{
    enum err e = book_begin(c->book, f);
    *given = 0;
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < count && e == ERR_OK; i++)
        e = note_one(c, answer, &members[i], given, f);
    if (e == ERR_OK)
        return book_commit(c->book, f);
    book_rollback(c->book);
    return e;
}

enum err cmd_member_ask(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct selection s;
    struct answer answer;
    struct id *members;
    size_t count, given;
    enum err e = read_answer(c, o, &answer, f);
    if (e == ERR_OK)
        e = selection_open(&s, c, o, &kind_member, o->arg_count, &members, &count, f);
    if (e == ERR_OK)
        e = note_all(c, &answer, members, count, &given, f);
    if (e == ERR_OK && given > 0)
        ui_tell(&c->ui, "%s: bỏ qua %zu hội viên đã có trong hồ sơ.",
                "%s: members passed over because their records have it: %zu.",
                text_in(c->ui.lang, answer.field->label), given);
    if (e == ERR_OK)
        ui_say(&c->ui, "%s: đã ghi \"%s\" cho %zu hội viên.", "%s: noted \"%s\". Members: %zu.",
               text_in(c->ui.lang, answer.field->label), text_in(c->ui.lang, answer.state->label),
               count - given);
    return e;
}

/* ---- to-ask ---- */

static const struct to_ask_column {
    const char *token;
    struct text_pair label;
} to_ask_columns[] = {
    {"id", {"Mã", "Id"}},
    {"name", {"Họ và tên", "Full name"}},
    {"birth", {"Ngày sinh", "Date of birth"}},
    {"group_id", {"Chi hội", "Branch"}},
    {"field", {"Mục cần hỏi", "To ask for"}},
    {"state", {"Tình trạng", "State"}},
    {"date", {"Ngày hỏi", "Asked on"}},
};
#define TO_ASK_COLUMNS (sizeof to_ask_columns / sizeof to_ask_columns[0])

struct to_ask {
    struct cells cells;
    const struct code *field; /* NULL: all */
    bool is_csv;
    struct csv_out csv;
    struct table *table;
    size_t rows;
};

static void to_ask_begin(struct to_ask *t)
{
    if (t->is_csv)
        csv_begin(&t->csv, stdout, t->cells.plain);
    else
        t->table = table_make(TO_ASK_COLUMNS);
    for (size_t i = 0; i < TO_ASK_COLUMNS; i++) {
        const struct to_ask_column *column = &to_ask_columns[i];
        const char *heading = t->cells.plain ? column->token : text_in(t->cells.ui->lang, column->label);
        if (t->is_csv)
            csv_string(&t->csv, heading);
        else
            table_heading(t->table, i, heading, false);
    }
    if (t->is_csv)
        csv_end_row(&t->csv);
}

static const char *id_text(const struct to_ask *t, const struct id *id)
{
    char full[ID_TEXT], shown[ID_SHORT];
    id_format(id, full);
    id_short(id, shown);
    return arena_print(t->cells.arena, "%s", t->is_csv ? full : shown);
}

static const char *word(const struct to_ask *t, const struct code *code)
{
    return t->cells.plain ? code->token : text_in(t->cells.ui->lang, code->label);
}

static void to_ask_row(struct to_ask *t, const struct asking *a, const struct record *member,
                       const struct code *field)
{
    struct id id = ask_id(&member->id, (uint32_t)field->value);
    const struct record *question = records_find(&a->asks.questions, &id);
    const struct code *state = code_by_value(
        ask_state_codes, question != NULL ? record_int(question, kind_field(&kind_question, "state"), 0) : 0);
    const char *cells[TO_ASK_COLUMNS] = {
        id_text(t, &member->id),
        cell_write(&t->cells, member, (size_t)kind_field(&kind_member, "name")),
        cell_write(&t->cells, member, (size_t)kind_field(&kind_member, "birth")),
        cell_write(&t->cells, member, (size_t)kind_field(&kind_member, "group_id")),
        word(t, field),
        word(t, state != NULL ? state : code_by_token(ask_state_codes, "not-asked")),
        question != NULL ? cell_write(&t->cells, question, (size_t)kind_field(&kind_question, "date")) : "",
    };
    for (size_t i = 0; i < TO_ASK_COLUMNS; i++)
        if (t->is_csv)
            csv_string(&t->csv, cells[i]);
        else
            table_cell(t->table, cells[i]);
    if (t->is_csv)
        csv_end_row(&t->csv);
    t->rows++;
}

static enum err to_ask_member(struct asking *a, const struct record *member, struct fault *f)
{
    struct to_ask *t = a->context;
    (void)f;
    for (const struct code *field = ask_field_codes; field->token != NULL; field++)
        if ((t->field == NULL || t->field == field) && asking_is_open(a, member, field))
            to_ask_row(t, a, member, field);
    return ERR_OK;
}

static void to_ask_end(struct to_ask *t)
{
    if (t->table == NULL)
        return;
    table_print(t->table, stdout);
    table_free(t->table);
    if (fflush(stdout) == 0)
        ui_tell(t->cells.ui, "%s.", "%s.", COUNTED(t->rows, noun_row, t->cells.ui->lang));
}

enum err cmd_member_to_ask(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct asking a;
    struct to_ask t = {.cells = {.ui = &c->ui, .arena = c->arena, .plain = option(o, "plain") != NULL}};
    enum err e = read_field(c, o, &t.field, f);
    if (e == ERR_OK)
        e = option_format(&c->ui, o, &t.is_csv, f);
    if (e == ERR_OK)
        e = asking_begin(&a, c, o, f);
    if (e != ERR_OK)
        return e;
    t.cells.book = c->book;
    to_ask_begin(&t);
    e = asking_each(&a, to_ask_member, &t, f);
    to_ask_end(&t);
    return e;
}
