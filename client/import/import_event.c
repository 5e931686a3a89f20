/* The event of joining, where the file tells its date. It is read and checked before its member is recorded,
 * so that a line goes in whole or not at all. */
#include "client/field.h"
#include "client/import.h"
#include "client/joining.h"
#include "common/check.h"
#include "common/date.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include <string.h>

static const char *cell_of(const struct import *m, const struct csv_row *row, int column)
{
    for (size_t k = 0; k < row->count && k < m->column_count; k++)
        if (m->columns[k] == column)
            return row->cells[k];
    return "";
}

static int event_field(const char *name)
{
    return kind_field(&kind_event, name);
}

static bool is_set(const struct change *event, const char *name)
{
    return (event->set & field_bit(&kind_event, (size_t)event_field(name))) != 0;
}

/* The heading in the file is the date of joining, not the date of an event. */
static enum err event_fault(const struct import *m, int field, enum err code, const char *words,
                            struct fault *f)
{
    static const struct text_pair joined = {"Ngày vào Hội", "Date of joining"};
    char copy[sizeof f->text];
    snprintf(copy, sizeof copy, "%s", words);
    const struct text_pair label = field == event_field("date") ? joined
                                   : field < 0                  ? kind_event.label
                                                                : kind_event.fields[field].label;
    return fault(f, code, "%s: %s", text_in(m->client->ui.lang, label), copy);
}

static enum err read_field(struct import *m, struct change *event, const char *name, const char *text,
                           struct fault *f)
{
    int field = event_field(name);
    struct fault found = {.field = -1};
    enum err e = cell_read(&m->cells, event, (size_t)field, text, strlen(text), &found);
    return e == ERR_OK ? e : event_fault(m, field, e, found.text, f);
}

struct joining {
    bool is_known;
    int64_t date;
};

static enum err look_for_joining(void *context, const struct record *r, struct fault *f)
{
    struct joining *x = context;
    (void)f;
    if (record_int(r, event_field("type"), 0) == HV__EVENT_TYPE__JOINED && !x->is_known) {
        x->is_known = true;
        x->date = record_int(r, event_field("date"), 0);
    }
    return ERR_OK;
}

/* A member joins once: what the register has of it stays, and another date in the file is only told. */
static enum err leave_known(struct import *m, const struct csv_row *row, const struct id *member,
                            struct change **event, struct fault *f)
{
    struct joining known = {0};
    struct book_filter hers = {.kind = &kind_event, .member = member, .missing_field = -1};
    enum err e = book_each(m->client->book, m->row, &hers, look_for_joining, &known, f);
    if (e != ERR_OK || !known.is_known)
        return e;
    if (known.date != (*event)->values[event_field("date")].i) {
        char date[DATE_TEXT];
        date_format((int32_t)known.date, false, date);
        import_doubt(
            m, row->line,
            "sổ đã ghi ngày vào Hội là %s và giữ ngày đó; nếu sai, hãy sửa bằng: hoivien event edit.",
            "the register has %s as the date of joining and keeps it; if it is wrong, mend it by: hoivien "
            "event edit.",
            date);
    }
    *event = NULL;
    return ERR_OK;
}

static enum err check_event(const struct import *m, const struct change *event, struct fault *f)
{
    struct fault found = {.field = -1};
    enum err e = check_change(event, true, &found);
    return e == ERR_OK ? e
                       : event_fault(m, found.field, e,
                                     field_words(&kind_event, found.field, e, m->client->ui.lang), f);
}

enum err import_event(struct import *m, const struct csv_row *row, const struct change *c, bool creates,
                      struct change **out, struct fault *f)
{
    *out = NULL;
    if (m->kind != &kind_member)
        return ERR_OK;
    struct change *event = change_make(m->row, &kind_event);
    if (event == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    event->id = os_new_id();
    change_set_id(event, event_field("member_id"), &c->id);
    change_set_int(event, event_field("type"), HV__EVENT_TYPE__JOINED);
    enum err e = read_field(m, event, "date", cell_of(m, row, COLUMN_JOINED), f);
    if (e == ERR_OK)
        e = read_field(m, event, "decision", cell_of(m, row, COLUMN_DECISION), f);
    if (e == ERR_OK && !is_set(event, "date") && is_set(event, "decision"))
        import_doubt(m, row->line, "có số quyết định mà không có ngày vào Hội; số quyết định không được ghi.",
                     "there is a decision without a date of joining; the decision is not noted.");
    if (e != ERR_OK || !is_set(event, "date"))
        return e;
    if ((e = check_event(m, event, f)) == ERR_OK && !creates)
        e = leave_known(m, row, &c->id, &event, f);
    if (e == ERR_OK && event != NULL)
        e = joining_prepare(m->client, m->row, c, event, f);
    if (e == ERR_OK)
        *out = event;
    return e;
}
