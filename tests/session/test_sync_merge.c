/* Two devices of one commune: what merges, what is told as a conflict, and what standing says then. */
#include "common/id.h"
#include "tests/session/scene.h"
#include <string.h>

SUPPORT_CLUSTER

static struct id group, member;

/* Both devices know one group and one member. */
static void begin(void)
{
    scene_begin();
    group = os_new_id();
    member = os_new_id();
    scene_settle(&a, group, member);
    talk_pull(&b);
    b.base = b.rev;
}

TestSuite(merge, .init = begin, .fini = scene_end, .timeout = 60);

static void edit(struct talk *t, const char *field, const char *text)
{
    struct change *e = talk_change(t, &kind_member, member);
    if (text != NULL)
        put_text(t, e, field, text);
    else
        put_nothing(e, field);
}

static const char *stored(const char *field)
{
    return sql(&server.db, "select coalesce(%s::text, 'none') from members", field);
}

/* Demands that `r` tells one conflict, of a field of the change `number`, which replaced `other` (NULL:
 * nothing). */
static void assert_conflict(struct talk *t, const Hv__SyncReply *r, uint64_t number, const char *field,
                            const char *other)
{
    struct change old;
    int i = kind_field(&kind_member, field);
    cr_assert_eq(r->n_conflict, 1, "%zu conflicts", r->n_conflict);
    const Hv__Conflict *x = r->conflict[0];
    cr_assert_eq(x->number, number);
    cr_assert_eq(x->field, field_number(&kind_member, (size_t)i));
    cr_assert_eq(x->has_other, other != NULL);
    if (other == NULL)
        return;
    struct bytes packed = {x->other.data, x->other.len};
    cr_assert(value_list_unpack(t->peer.arena, &kind_member, packed, &old, NULL) == ERR_OK);
    cr_assert(old.values[i].n == strlen(other) && memcmp(old.values[i].p, other, strlen(other)) == 0);
}

Test(merge, different_fields_merge)
{
    edit(&a, "phone", "0911111111");
    edit(&b, "card_no", "HV-7");
    talk_push(&a);
    cr_assert_eq(talk_push(&b)->n_conflict, 0);
    cr_assert_str_eq(stored("phone"), "0911111111");
    cr_assert_str_eq(stored("card_no"), "HV-7");
}

Test(merge, of_the_same_field_the_later_arrival_stands_and_the_other_is_told)
{
    edit(&a, "phone", "0911111111");
    edit(&b, "phone", "0922222222");
    cr_assert_eq(talk_push(&a)->n_conflict, 0);
    assert_conflict(&b, talk_push(&b), 1, "phone", "0911111111");
    cr_assert_str_eq(stored("phone"), "0922222222");
    cr_assert_eq(sql_int(&server.db, "select count(*) from log where old is not null"), 2,
                 "both stay in the log");
}

Test(merge, setting_what_another_cleared_is_a_conflict_with_nothing)
{
    edit(&a, "phone", "0911111111");
    talk_push(&a);
    talk_pull(&b);
    b.base = b.rev;
    a.base = b.rev;
    edit(&a, "phone", NULL);
    edit(&b, "phone", "0922222222");
    talk_push(&a);
    assert_conflict(&b, talk_push(&b), 1, "phone", NULL);
}

Test(merge, clearing_what_another_set_is_a_conflict)
{
    edit(&a, "phone", "0911111111");
    talk_push(&a);
    b.base = 1;
    edit(&b, "phone", NULL);
    assert_conflict(&b, talk_push(&b), 1, "phone", "0911111111");
    cr_assert_str_eq(stored("phone"), "none");
}

Test(merge, equal_values_are_no_conflict_and_write_nothing)
{
    edit(&a, "phone", "0911111111");
    edit(&b, "phone", "0911111111");
    talk_push(&a);
    int64_t rows = rows_in("log"),
            rev = sql_int(&server.db, "select rev from stream where id = %d", a.stream);
    const Hv__SyncReply *r = talk_push(&b);
    cr_assert_eq(r->n_conflict + r->n_verdict, 0);
    cr_assert_eq(rows_in("log"), rows);
    cr_assert_eq(sql_int(&server.db, "select rev from stream where id = %d", a.stream), rev);
}

Test(merge, what_was_seen_before_the_edit_is_no_conflict)
{
    edit(&a, "phone", "0911111111");
    talk_push(&a);
    talk_pull(&b);
    b.base = b.rev;
    edit(&b, "phone", "0922222222");
    cr_assert_eq(talk_push(&b)->n_conflict, 0);
}

/* Both edits of `b` were made before it heard of `a`'s; only the first replaces what another had set. */
Test(merge, the_own_earlier_value_is_no_conflict)
{
    edit(&a, "phone", "0911111111");
    talk_push(&a);
    edit(&b, "phone", "0922222222");
    assert_conflict(&b, talk_push(&b), 1, "phone", "0911111111");
    edit(&b, "phone", "0933333333");
    cr_assert_eq(talk_push(&b)->n_conflict, 0);
    edit(&a, "phone", "0944444444");
    assert_conflict(&a, talk_push(&a), a.made, "phone", "0933333333");
    edit(&b, "phone", "0955555555");
    assert_conflict(&b, talk_push(&b), 3, "phone", "0944444444");
}

Test(merge, a_conflict_is_told_again_when_the_reply_was_lost)
{
    edit(&a, "phone", "0911111111");
    edit(&b, "phone", "0922222222");
    put_text(&b, talk_change(&b, &kind_group, group), "note", "khác");
    talk_push(&a);
    struct bytes batch = talk_batch(&b, 1, 2);
    for (int i = 0; i < 3; i++) {
        const Hv__Reply *r = talk_ask(&b, 1, batch, false);
        cr_assert_eq(peer_code(r), HV__CODE__OK);
        assert_conflict(&b, r->sync, 1, "phone", "0911111111");
        if (i == 0)
            continue;
        edit(&a, "phone", "0944444444"); /* what comes later changes nothing of it */
        talk_push(&a);
    }
}

Test(merge, a_relation_made_on_two_devices_is_one)
{
    struct talk *both[] = {&a, &b};
    const struct id *joins[] = {&member, &group};
    for (int i = 0; i < 2; i++) {
        struct change *m =
            talk_change(both[i], &kind_membership, id_of_relation(kind_membership.number, joins, 2));
        put_id(both[i], m, "member_id", member);
        put_id(both[i], m, "group_id", group);
        cr_assert_eq(talk_push(both[i])->n_verdict, 0);
    }
    cr_assert_eq(rows_in("memberships"), 1);
}

/* ---- standing ---- */

static void event(struct talk *t, struct id of, int type, int date)
{
    struct change *e = talk_change(t, &kind_event, os_new_id());
    put_id(t, e, "member_id", of);
    put_int(e, "type", type);
    put_int(e, "date", date);
}

static const char *standing_of_member(struct id id)
{
    char text[ID_TEXT];
    id_format(&id, text);
    return sql(
        &server.db,
        "select coalesce(string_agg(concat_ws(' ', category, from_day, to_day), ', ' order by from_day), "
        "'none') from standing where member = '%s'",
        text);
}

Test(merge, standing_follows_members_and_events)
{
    struct id fresh = os_new_id();
    cr_assert_str_eq(standing_of_member(member), "1 0 99991231");
    talk_member(&a, fresh, group, "Lê Thị Lan"); /* new, with an event in the same batch */
    event(&a, fresh, 1, 20190301);
    event(&a, member, 4, 20200105);
    talk_push(&a);
    cr_assert_str_eq(standing_of_member(fresh), "1 20190301 99991231");
    cr_assert_str_eq(standing_of_member(member), "1 0 20200105");
    event(&b, member, 3, 20210101);
    put_int(talk_change(&b, &kind_member, fresh), "category", 2);
    talk_push(&b);
    cr_assert_str_eq(standing_of_member(member), "1 0 20200105, 1 20210101 99991231");
    cr_assert_str_eq(standing_of_member(fresh), "2 20190301 99991231");
    put_int(talk_change(&a, &kind_event, a.changes[4]->id), "voided", 1);
    put_int(talk_change(&a, &kind_member, fresh), "voided", 1);
    talk_push(&a);
    cr_assert_str_eq(standing_of_member(member), "1 20210101 99991231", "her first event enters now");
    cr_assert_str_eq(standing_of_member(fresh), "none");
}

Test(merge, an_event_that_is_given_to_another_member_changes_both)
{
    struct id other = os_new_id();
    talk_member(&a, other, group, "Lê Thị Lan");
    event(&a, member, 5, 20200105);
    talk_push(&a);
    put_id(&b, talk_change(&b, &kind_event, a.changes[3]->id), "member_id", other);
    talk_push(&b);
    cr_assert_str_eq(standing_of_member(member), "1 0 99991231");
    cr_assert_str_eq(standing_of_member(other), "1 0 20200105");
}
