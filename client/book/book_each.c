/* Lists: records by a filter, in the order in which people expect them. */
#include "client/book/book_private.h"
#include "common/os.h"
#include "common/text.h"
#include <string.h>

/* A query under way: its text, and what is bound to ?1, ?2 ... */
struct query {
    sqlite3_str *text;
    struct {
        char form; /* i: number, d: id, t: text */
        int64_t number;
        struct bytes bytes;
    } values[8];
    int count;
};

static int bind_later(struct query *q, char form, int64_t number, struct bytes bytes)
{
    int i = q->count++;
    q->values[i].form = form;
    q->values[i].number = number;
    q->values[i].bytes = bytes;
    return i + 1;
}

static int bind_id_later(struct query *q, const struct id *id)
{
    return bind_later(q, 'd', 0, (struct bytes){id->b, sizeof id->b});
}

static void where_set(struct query *q, const char *column, const struct id *id)
{
    sqlite3_str_appendf(q->text, " AND \"%w\" = ?%d", column, bind_id_later(q, id));
}

/* Members of the group by home or by a membership that has not ended; the end of an incomplete date is its
 * last possible day. */
static void where_member_of(struct query *q, const struct id *group)
{
    int id = bind_id_later(q, group);
    int today = bind_later(q, 'i', os_today(), (struct bytes){NULL, 0});
    sqlite3_str_appendf(
        q->text,
        " AND (group_id = ?%d OR id IN (SELECT member_id FROM \"%w\" WHERE group_id = ?%d "
        "AND voided IS NOT 1 AND (until IS NULL OR until + CASE WHEN until %% 10000 = 0 THEN 1231 "
        "WHEN until %% 100 = 0 THEN 31 ELSE 0 END > ?%d)))",
        id, kind_membership.table, id, today);
}

/* What has no group of its own belongs to that of its member; what has neither is in no group. */
static void where_group(struct query *q, const struct kind *kind, const struct id *group)
{
    if (kind == &kind_member) {
        where_member_of(q, group);
    } else if (kind_field(kind, "group_id") >= 0) {
        where_set(q, "group_id", group);
    } else if (kind_field(kind, "member_id") >= 0) {
        sqlite3_str_appendf(q->text, " AND member_id IN (SELECT id FROM \"%w\" WHERE 1", kind_member.table);
        where_member_of(q, group);
        sqlite3_str_appendall(q->text, ")");
    } else {
        sqlite3_str_appendall(q->text, " AND 0");
    }
}

static void where_name(struct query *q, int at, bool whole)
{
    if (whole)
        sqlite3_str_appendf(q->text, "fold = ?%d", at);
    else
        sqlite3_str_appendf(q->text, "instr(fold, ?%d) > 0", at);
}

/* NULL: the field refers to nothing, or to what has no name. */
static const struct kind *named_by(const struct kind *kind, size_t i)
{
    const struct kind *to = kind->fields[i].refers != NULL ? kind_by_name(kind->fields[i].refers) : NULL;
    return to != NULL && kind_name_field(to) >= 0 ? to : NULL;
}

static bool has_words(const struct kind *kind)
{
    bool has = kind_name_field(kind) >= 0;
    for (size_t i = 0; i < kind->field_count; i++)
        has |= named_by(kind, i) != NULL;
    return has;
}

static void where_names_referred(struct query *q, const struct kind *kind, int at, bool whole)
{
    sqlite3_str_appendall(q->text, "0");
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct kind *to = named_by(kind, i);
        if (to == NULL)
            continue;
        sqlite3_str_appendf(q->text, " OR \"%w\" IN (SELECT id FROM \"%w\" WHERE ", kind->fields[i].name,
                            to->table);
        where_name(q, at, whole);
        sqlite3_str_appendall(q->text, ")");
    }
}

/* What has no name is found by the names of what it refers to, and what refers to none by nothing. */
static enum err where_text(struct query *q, struct arena *a, const struct kind *kind, const char *text,
                           bool whole)
{
    struct bytes fold;
    if (!has_words(kind)) {
        sqlite3_str_appendall(q->text, " AND 0");
        return ERR_OK;
    }
    enum err e = text_fold(a, text, strlen(text), &fold);
    if (e != ERR_OK)
        return e;
    int at = bind_later(q, 't', 0, fold);
    sqlite3_str_appendall(q->text, " AND (");
    if (kind_name_field(kind) >= 0)
        where_name(q, at, whole);
    else
        where_names_referred(q, kind, at, whole);
    sqlite3_str_appendall(q->text, ")");
    return ERR_OK;
}

/* The field that refers to records of a kind; the registry has one. */
static const char *field_to(const struct kind *kind, const struct kind *to)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].refers != NULL && strcmp(kind->fields[i].refers, to->name) == 0)
            return kind->fields[i].name;
    return NULL;
}

static void where_of(struct query *q, const struct book_filter *x)
{
    const struct kind *by = x->relation != NULL ? x->relation : x->kind;
    const char *to = field_to(by, x->of_kind), *own = x->relation != NULL ? field_to(by, x->kind) : "id";
    if (to == NULL || own == NULL) {
        sqlite3_str_appendall(q->text, " AND 0");
    } else if (x->relation == NULL) {
        where_set(q, to, x->of);
    } else {
        sqlite3_str_appendf(q->text, " AND id IN (SELECT \"%w\" FROM \"%w\" WHERE voided IS NOT 1", own,
                            by->table);
        where_set(q, to, x->of);
        sqlite3_str_appendall(q->text, ")");
    }
}

/* ---- whose records are a member's ---- */

/* Her own record; what refers to her, or to what does (the posts of the officer that she is); what her record
 * refers to (her household, her group); what a relation joins with her (activities), or with the officer that
 * she is (courses). With q NULL only says whether the kind has any of these. */
static bool or_equal(struct query *q, const char *column, int at)
{
    if (q != NULL)
        sqlite3_str_appendf(q->text, " OR \"%w\" = ?%d", column, at);
    return true;
}

static bool or_among(struct query *q, const char *text, const char *column, const char *table, int at)
{
    if (q != NULL)
        sqlite3_str_appendf(q->text, text, column, table, at);
    return true;
}

static bool or_joined(struct query *q, const struct kind *kind, const struct kind *relation, int at)
{
    const char *own = field_to(relation, kind), *officer = field_to(relation, &kind_officer);
    bool is_hers = kind_field(relation, "member_id") >= 0;
    if (!relation->relation || own == NULL || (!is_hers && officer == NULL) || kind == &kind_member)
        return false;
    if (is_hers)
        return or_among(q, " OR id IN (SELECT \"%w\" FROM \"%w\" WHERE member_id = ?%d AND voided IS NOT 1)",
                        own, relation->table, at);
    return kind != &kind_officer &&
           or_among(q,
                    " OR id IN (SELECT \"%w\" FROM \"%w\" WHERE voided IS NOT 1 AND officer_id IN "
                    "(SELECT id FROM officers WHERE member_id = ?%d))",
                    own, relation->table, at);
}

static bool or_member(struct query *q, const struct kind *kind, int at)
{
    bool any = false;
    const char *from_her = field_to(&kind_member, kind);
    if (kind == &kind_member)
        any |= or_equal(q, "id", at);
    if (kind_field(kind, "member_id") >= 0)
        any |= or_equal(q, "member_id", at);
    if (kind_field(kind, "officer_id") >= 0)
        any |= or_among(q, " OR \"%w\" IN (SELECT id FROM \"%w\" WHERE member_id = ?%d)", "officer_id",
                        kind_officer.table, at);
    if (from_her != NULL)
        any |= or_among(q, " OR id IN (SELECT \"%w\" FROM \"%w\" WHERE id = ?%d)", from_her,
                        kind_member.table, at);
    for (size_t k = 0; k < kind_count; k++)
        any |= or_joined(q, kind, kinds[k], at);
    return any;
}

bool book_knows_member(const struct kind *kind)
{
    return or_member(NULL, kind, 0);
}

static void where_of_member(struct query *q, const struct kind *kind, const struct id *member)
{
    if (kind_field(kind, "member_id") >= 0 && kind_field(kind, "officer_id") < 0) {
        where_set(q, "member_id", member);
        return;
    }
    int at = bind_id_later(q, member);
    sqlite3_str_appendall(q->text, " AND (0");
    or_member(q, kind, at);
    sqlite3_str_appendall(q->text, ")");
}

static void where_citizen(struct query *q, const struct kind *kind, const char *text)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].check == CHECK_CITIZEN)
            sqlite3_str_appendf(q->text, " AND \"%w\" = ?%d", kind->fields[i].name,
                                bind_later(q, 't', 0, (struct bytes){(const uint8_t *)text, strlen(text)}));
}

static enum err where(struct query *q, struct arena *a, const struct book_filter *x)
{
    const struct kind *kind = x->kind;
    enum err e = ERR_OK;
    sqlite3_str_appendall(q->text, " WHERE 1");
    if (!x->with_voided && kind_field(kind, "voided") >= 0)
        sqlite3_str_appendall(q->text, " AND voided IS NOT 1");
    if (x->group != NULL)
        where_group(q, kind, x->group);
    if (x->member != NULL)
        where_of_member(q, kind, x->member);
    if (x->of != NULL)
        where_of(q, x);
    if (x->citizen_no != NULL)
        where_citizen(q, kind, x->citizen_no);
    if (x->missing_field >= 0 && (size_t)x->missing_field < kind->field_count)
        sqlite3_str_appendf(q->text, " AND \"%w\" IS NULL", kind->fields[x->missing_field].name);
    if (x->search != NULL)
        e = where_text(q, a, kind, x->search, false);
    if (e == ERR_OK && x->name_exact != NULL)
        e = where_text(q, a, kind, x->name_exact, true);
    return e;
}

static void order_by(struct query *q, const struct kind *kind)
{
    const char *first = kind_name_field(kind) >= 0      ? "sort_key, "
                        : kind_field(kind, "date") >= 0 ? "date, "
                                                        : "";
    sqlite3_str_appendf(q->text, " ORDER BY %sid", first);
}

static struct query query_begin(struct book *b, const struct kind *kind)
{
    struct query q = {.text = sqlite3_str_new(b->db)};
    sqlite3_str_appendall(q.text, "SELECT id, ");
    sql_columns(q.text, kind, "");
    sqlite3_str_appendf(q.text, " FROM \"%w\"", kind->table);
    return q;
}

static bool query_bind(const struct query *q, sqlite3_stmt *s)
{
    bool good = true;
    for (int i = 0; i < q->count; i++) {
        const struct bytes *v = &q->values[i].bytes;
        switch (q->values[i].form) {
        case 'i':
            good &= sqlite3_bind_int64(s, i + 1, q->values[i].number) == SQLITE_OK;
            break;
        case 'd':
            good &= sqlite3_bind_blob64(s, i + 1, v->p, v->n, SQLITE_STATIC) == SQLITE_OK;
            break;
        default:
            good &= sqlite3_bind_text64(s, i + 1, v->n == 0 ? "" : (const char *)v->p, v->n, SQLITE_STATIC,
                                        SQLITE_UTF8) == SQLITE_OK;
        }
    }
    return good;
}

/* Not cached: `fn` may begin another list of the same kind. */
static enum err query_run(struct book *b, struct arena *a, struct query *q, const struct kind *kind,
                          book_fn *fn, void *context, struct fault *f)
{
    STATEMENT_ALONE s = NULL;
    bool row;
    char *sql = sqlite3_str_finish(q->text);
    struct record *r = record_make(a, kind);
    bool good = sql != NULL && r != NULL;
    if (good && sqlite3_prepare_v2(b->db, sql, -1, &s, NULL) != SQLITE_OK)
        s = NULL;
    sqlite3_free(sql);
    if (!good)
        return book_no_memory(b, f);
    if (s == NULL || !query_bind(q, s))
        return book_fault(b, f);
    enum err e;
    while ((e = book_step(b, s, &row, f)) == ERR_OK && row) {
        if (!column_id(s, 0, &r->id))
            continue;
        record_of_row(r, s, 1);
        if ((e = fn(context, r, f)) != ERR_OK)
            break;
    }
    return e;
}

enum err book_each(struct book *b, struct arena *a, const struct book_filter *filter, book_fn *fn,
                   void *context, struct fault *f)
{
    struct query q = query_begin(b, filter->kind);
    if (where(&q, a, filter) != ERR_OK) {
        sqlite3_free(sqlite3_str_finish(q.text));
        return book_no_memory(b, f);
    }
    order_by(&q, filter->kind);
    return query_run(b, a, &q, filter->kind, fn, context, f);
}

enum err book_similar(struct book *b, struct arena *a, struct bytes fold, int32_t birth_year, book_fn *fn,
                      void *context, struct fault *f)
{
    struct query q = query_begin(b, &kind_member);
    int name = bind_later(&q, 't', 0, fold);
    int year = bind_later(&q, 'i', birth_year, (struct bytes){NULL, 0});
    sqlite3_str_appendf(q.text, " WHERE voided IS NOT 1 AND birth / 10000 = ?%d AND fold = ?%d", year, name);
    order_by(&q, &kind_member);
    return query_run(b, a, &q, &kind_member, fn, context, f);
}
