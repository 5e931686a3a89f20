/* A register in a scratch folder, and short words for what tests do to it. */
#ifndef HV_TESTS_REGISTER_H
#define HV_TESTS_REGISTER_H

#include "client/book.h"
#include "common/id.h"
#include "common/os.h"
#include "tests/support/support.h"
#include <string.h>

static struct ui ui = {.lang = LANG_EN, .program = "test"};
static struct fault f;
static struct arena *arena;
static struct book *book;
static char folder[PATH_ROOM];

#define OK(call)       cr_assert_eq((call), ERR_OK, "%s: %s (%s)", #call, f.text, err_name(f.code))
#define FAILS(e, call) cr_assert_eq((call), (e), "%s: %s", #call, f.text)

static inline void register_open(void)
{
    scratch_make(folder);
    arena = arena_make((size_t)256 << 20);
    OK(book_open(&book, &ui, folder, true, &f));
}

static inline void register_reopen(void)
{
    book_close(&book);
    OK(book_open(&book, &ui, folder, false, &f));
}

static inline void register_close(void)
{
    book_close(&book);
    arena_free(arena);
}

static inline int field(const struct kind *kind, const char *name)
{
    int i = kind_field(kind, name);
    cr_assert(i >= 0, "no field %s", name);
    return i;
}

static inline struct change *new_change(const struct kind *kind, const struct id *id)
{
    struct change *c = change_make(arena, kind);
    c->id = id != NULL ? *id : os_new_id();
    return c;
}

static inline void set_text(struct change *c, const char *name, const char *text)
{
    change_set_text(c, field(c->kind, name), text, strlen(text));
}

static inline void set_int(struct change *c, const char *name, int64_t v)
{
    change_set_int(c, field(c->kind, name), v);
}

static inline void set_id(struct change *c, const char *name, const struct id *id)
{
    change_set_id(c, field(c->kind, name), id);
}

static inline void clear(struct change *c, const char *name)
{
    change_clear(c, field(c->kind, name));
}

/* One change in a transaction of its own. */
static inline enum err record(struct change *c, bool creates)
{
    OK(book_begin(book, &f));
    enum err e = book_record(book, arena, c, creates, &f);
    if (e == ERR_OK)
        OK(book_commit(book, &f));
    else
        book_rollback(book);
    return e;
}

static inline struct change *new_group(const char *name)
{
    struct change *c = new_change(&kind_group, NULL);
    set_text(c, "name", name);
    set_int(c, "type", 1);
    return c;
}

static inline struct change *new_member(const char *name, const struct id *group)
{
    struct change *c = new_change(&kind_member, NULL);
    set_text(c, "name", name);
    set_int(c, "birth", 19700000);
    set_id(c, "group_id", group);
    return c;
}

/* Gives a relation the id computed from what it joins. */
static inline void relation_id(struct change *c)
{
    bool any;
    if (c->kind->relation)
        cr_assert(kind_relation_id(c->kind, c->set, c->values, &c->id, &any));
}

/* A member in a further group. */
static inline struct change *new_membership(const struct id *m, const struct id *g)
{
    struct change *c = new_change(&kind_membership, NULL);
    set_id(c, "member_id", m);
    set_id(c, "group_id", g);
    relation_id(c);
    return c;
}

static inline struct id add_group(const char *name)
{
    struct change *c = new_group(name);
    OK(record(c, true));
    return c->id;
}

static inline struct id add_member(const char *name, const struct id *group)
{
    struct change *c = new_member(name, group);
    OK(record(c, true));
    return c->id;
}

static inline struct id add_event(const struct id *m, int type, int32_t date)
{
    struct change *e = new_change(&kind_event, NULL);
    set_id(e, "member_id", m);
    set_int(e, "type", type);
    set_int(e, "date", date);
    OK(record(e, true));
    return e->id;
}

/* Sets one text of a record; the number of the change, 0 when it left no trace. */
static inline uint64_t edit_text(const struct kind *kind, const struct id *id, const char *name,
                                 const char *text)
{
    struct change *c = new_change(kind, id);
    set_text(c, name, text);
    OK(record(c, false));
    return c->number;
}

static inline struct record *find(const struct kind *kind, const struct id *id)
{
    struct record *r;
    OK(book_find(book, arena, kind, id, &r, &f));
    return r;
}

static inline bool is_here(const struct kind *kind, const struct id *id)
{
    struct record *r;
    return book_find(book, arena, kind, id, &r, NULL) == ERR_OK;
}

static inline const char *text_of(const struct kind *kind, const struct id *id, const char *name)
{
    return arena_copy(arena, record_text(find(kind, id), field(kind, name)).p,
                      record_text(find(kind, id), field(kind, name)).n);
}

static inline struct outbox_state state(void)
{
    struct outbox_state s;
    OK(outbox_state(book, &s, &f));
    return s;
}

/* The base that a change made now gets. */
static inline uint64_t base_now(void)
{
    struct change *c = new_group("Tổ");
    OK(record(c, true));
    return c->base;
}

/* The next batch after `after`. */
static inline struct batch take(uint64_t after, size_t limit, uint64_t *last)
{
    struct batch b;
    OK(outbox_next(book, arena, after, limit, &b, last, &f));
    return b;
}

/* The waiting changes in the order of their numbers, which must be consecutive. Marks them as sent. */
static inline struct change *waiting(size_t *count)
{
    struct outbox_state s = state();
    struct change *all = arena_zero(arena, (size_t)s.waiting + 1, sizeof *all);
    uint64_t after = s.acked;
    *count = 0;
    while (after < s.last) {
        struct batch b = take(after, 500, &after);
        cr_assert(b.count > 0, "nothing after %llu", (unsigned long long)after);
        for (size_t i = 0; i < b.count; i++)
            all[b.changes[i].number - s.acked - 1] = b.changes[i];
        *count += b.count;
    }
    cr_assert_eq(*count, s.waiting);
    for (size_t i = 0; i < *count; i++)
        cr_assert_eq(all[i].number, s.acked + 1 + i, "a gap in the numbers");
    return all;
}

static inline bool sets(const struct change *c, const char *name)
{
    return (c->set & field_bit(c->kind, (size_t)field(c->kind, name))) != 0;
}

static inline bool clears(const struct change *c, const char *name)
{
    return (c->cleared & field_bit(c->kind, (size_t)field(c->kind, name))) != 0;
}

static inline bool sets_text(const struct change *c, const char *name, const char *text)
{
    const struct value *v = &c->values[field(c->kind, name)];
    return sets(c, name) && v->n == strlen(text) && memcmp(v->p, text, v->n) == 0;
}

/* A reply with verdicts and conflicts. */
struct reply {
    Hv__SyncReply message;
    Hv__Verdict verdicts[16], *verdict[16];
    Hv__Conflict conflicts[4], *conflict[4];
};

static inline struct reply *reply_make(uint64_t last)
{
    struct reply *r = arena_zero(arena, 1, sizeof *r);
    hv__sync_reply__init(&r->message);
    r->message.has_last = true;
    r->message.last = last;
    r->message.verdict = r->verdict;
    r->message.conflict = r->conflict;
    return r;
}

static inline void refuse(struct reply *r, uint64_t number, Hv__Code code, uint32_t field_no,
                          uint64_t depends_on)
{
    size_t i = r->message.n_verdict++;
    Hv__Verdict *v = r->verdict[i] = &r->verdicts[i];
    hv__verdict__init(v);
    v->has_number = v->has_code = true;
    v->number = number;
    v->code = code;
    v->has_field = field_no != 0;
    v->field = field_no;
    v->has_depends_on = depends_on != 0;
    v->depends_on = depends_on;
}

static inline void acknowledge(struct reply *r)
{
    OK(outbox_ack(book, arena, &r->message, &f));
}

static inline void acknowledge_all(void)
{
    size_t count;
    waiting(&count);
    acknowledge(reply_make(state().last));
}

#endif
