#include "common/codes.h"
#include "server/statement.h"
#include "tests/store/room.h"

SUPPORT_CLUSTER

static struct room r;

static void setup(void)
{
    room_make(&r);
}

static void teardown(void)
{
    room_free(&r);
}

TestSuite(kind, .init = setup, .fini = teardown);

/* A record with a value in every field; `salt` makes it differ from others. */
static struct record *record_full(const struct kind *kind, const struct id *id, int salt)
{
    struct record *made = record_make(r.a, kind);
    made->id = *id;
    for (size_t i = 0; i < kind->field_count; i++) {
        struct value *v = &made->values[i];
        const char *text = arena_print(r.a, "chữ %d %zu", salt, i);
        struct id *other = arena_zero(r.a, 1, sizeof *other);
        made->set |= field_bit(kind, i);
        switch (statement_type(kind, i)) {
        case DB_TEXT:
            v->p = text;
            v->n = (uint32_t)strlen(text);
            break;
        case DB_UUID:
            *other = id_of(salt + (int)i);
            v->p = (const char *)other->b;
            v->n = sizeof other->b;
            break;
        case DB_BOOL:
            v->i = (salt + (int)i) % 2;
            break;
        default:
            v->i = 1000 * salt - (int)i;
        }
    }
    return made;
}

static void assert_same(const struct record *x, const struct record *y)
{
    cr_assert_eq(x->kind, y->kind);
    cr_assert(id_equal(&x->id, &y->id));
    cr_assert_eq(x->set, y->set);
    for (size_t i = 0; i < x->kind->field_count; i++)
        if (x->set & field_bit(x->kind, i))
            cr_assert(value_equal(x->kind, i, &x->values[i], &y->values[i]), "field %s",
                      x->kind->fields[i].name);
}

static void put(const struct kind *kind, int32_t stream, uint64_t rev, const struct record *const *list,
                size_t count)
{
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, store_put(r.db, r.a, kind, stream, rev, list, count, &r.f));
    OK(&r, db_commit(r.db, &r.f));
}

static struct stored fetch_one(const struct kind *kind, const struct id *id)
{
    struct stored s;
    OK(&r, store_fetch(r.db, r.a, kind, id, 1, &s, &r.f));
    return s;
}

Test(kind, every_field_of_every_kind_goes_in_and_comes_out)
{
    for (size_t k = 0; k < kind_count; k++) {
        const struct id ids[] = {id_of(1), id_of(2)};
        const struct record *list[] = {record_full(kinds[k], &ids[0], 3), record_make(r.a, kinds[k])};
        ((struct record *)list[1])->id = ids[1];
        put(kinds[k], r.unit, 9, list, 2);
        struct stored back[2];
        OK(&r, store_fetch(r.db, r.a, kinds[k], ids, 2, back, &r.f));
        for (int i = 0; i < 2; i++) {
            assert_same(list[i], &back[i].record);
            cr_assert(back[i].found);
            cr_assert_eq(back[i].stream, r.unit);
            cr_assert_eq(back[i].rev, 9);
        }
    }
}

Test(kind, a_second_put_replaces_the_whole_row)
{
    const struct id id = id_of(1);
    const struct record *before = record_full(&kind_member, &id, 1);
    const struct record *after = member_of(r.a, 1, "B");
    put(&kind_member, r.unit, 1, &before, 1);
    put(&kind_member, r.unit, 2, &after, 1);
    struct stored back = fetch_one(&kind_member, &id);
    assert_same(after, &back.record);
    cr_assert_eq(back.rev, 2);
}

Test(kind, rows_come_back_in_the_order_of_the_question)
{
    enum { COUNT = 300 };
    const struct record *list[COUNT];
    struct id ids[COUNT + 2];
    struct stored back[COUNT + 2];
    for (int i = 0; i < COUNT; i++) {
        struct record *m = member_of(r.a, 0, "A");
        m->id = id_make(1700000000000u, (const uint8_t[10]){(uint8_t)(i >> 8), (uint8_t)i});
        record_set_int(m, "birth", i);
        list[i] = m;
        ids[COUNT - 1 - i] = m->id;
    }
    ids[COUNT] = id_of(200);
    ids[COUNT + 1] = ids[5];
    put(&kind_member, r.unit, 1, list, COUNT);
    OK(&r, store_fetch(r.db, r.a, &kind_member, ids, COUNT + 2, back, &r.f));
    int birth = kind_field(&kind_member, "birth");
    for (int i = 0; i < COUNT; i++)
        cr_assert_eq(record_int(&back[i].record, birth, -1), COUNT - 1 - i);
    cr_assert(!back[COUNT].found);
    cr_assert(id_equal(&back[COUNT].record.id, &ids[COUNT]));
    cr_assert(back[COUNT + 1].found);
    cr_assert_eq(record_int(&back[COUNT + 1].record, birth, -1), COUNT - 1 - 5);
}

Test(kind, a_row_of_another_stream_is_not_touched)
{
    const struct id id = id_of(1);
    const struct record *mine = member_of(r.a, 1, "A");
    const struct record *theirs[] = {member_of(r.a, 2, "B"), member_of(r.a, 1, "C")};
    put(&kind_member, r.unit, 1, &mine, 1);
    OK(&r, db_begin(r.db, false, &r.f));
    OK(&r, db_savepoint(r.db, &r.f));
    OK(&r, store_put(r.db, r.a, &kind_member, r.other, 1, theirs, 2, &r.f));
    cr_assert_eq(db_savepoint_keep(r.db, &r.f), ERR_DB_DATA);
    OK(&r, db_savepoint_undo(r.db, &r.f));
    OK(&r, store_put(r.db, r.a, &kind_member, r.other, 1, theirs, 1, &r.f));
    OK(&r, db_commit(r.db, &r.f));
    struct stored back = fetch_one(&kind_member, &id);
    assert_same(mine, &back.record);
    cr_assert_eq(back.stream, r.unit);
    cr_assert_eq(sql_int(&r.base, "select count(*) from members where stream = %d", r.other), 1);
}

Test(kind, exists_what_is_in_the_stream_void_or_not)
{
    struct record *voided = member_of(r.a, 2, "B");
    record_set_int(voided, "voided", 1);
    const struct record *list[] = {member_of(r.a, 1, "A"), voided};
    const struct record *foreign = member_of(r.a, 3, "C");
    put(&kind_member, r.unit, 1, list, 2);
    put(&kind_member, r.other, 1, &foreign, 1);
    const struct id ids[] = {id_of(3), id_of(1), id_of(4), id_of(2), id_of(1)};
    bool there[5];
    OK(&r, store_exist(r.db, r.a, &kind_member, r.unit, ids, 5, there, &r.f));
    const bool want[] = {false, true, false, true, true};
    for (int i = 0; i < 5; i++)
        cr_assert_eq(there[i], want[i], "id %d", i);
}

static const struct record *event_of(int n, int member, int32_t date, bool voided)
{
    struct record *e = record_make(r.a, &kind_event);
    struct id *id = arena_zero(r.a, 1, sizeof *id);
    *id = id_of(member);
    e->id = id_of(n);
    record_set(e, "member_id", id->b, sizeof id->b);
    record_set_int(e, "type", 1);
    record_set_int(e, "date", date);
    if (voided)
        record_set_int(e, "voided", 1);
    return e;
}

Test(kind, events_of_members_come_by_member_void_ones_too)
{
    const struct record *list[] = {event_of(10, 2, 20200101, false), event_of(11, 1, 20200102, true),
                                   event_of(12, 2, 20200103, false), event_of(13, 3, 20200104, false)};
    const struct id members[] = {id_of(1), id_of(2)};
    struct stored *found;
    size_t count;
    put(&kind_event, r.unit, 1, list, 4);
    OK(&r, store_referring(r.db, r.a, &kind_event, "member_id", r.unit, members, 2, &found, &count, &r.f));
    cr_assert_eq(count, 3);
    int member = kind_field(&kind_event, "member_id");
    const int want[] = {1, 2, 2};
    for (int i = 0; i < 3; i++) {
        struct id id = id_of(want[i]);
        cr_assert(id_equal(record_id(&found[i].record, member), &id));
    }
    cr_assert_eq(record_int(&found[0].record, kind_field(&kind_event, "voided"), 0), 1);
    OK(&r, store_referring(r.db, r.a, &kind_event, "member_id", r.other, members, 2, &found, &count, &r.f));
    cr_assert_eq(count, 0);
}

Test(kind, nothing_asked_is_nothing_done)
{
    struct stored *found;
    size_t count = 1;
    OK(&r, store_fetch(r.db, r.a, &kind_member, NULL, 0, NULL, &r.f));
    OK(&r, store_exist(r.db, r.a, &kind_member, r.unit, NULL, 0, NULL, &r.f));
    OK(&r, store_put(r.db, r.a, &kind_member, r.unit, 1, NULL, 0, &r.f));
    OK(&r, store_referring(r.db, r.a, &kind_event, "member_id", r.unit, NULL, 0, &found, &count, &r.f));
    cr_assert_eq(count, 0);
}
