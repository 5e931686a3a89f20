/* What comes down: written over the rows here, but never over what the clerk has not sent yet. */
#include "proto/record.pb-c.h"
#include "tests/client/register.h"

static struct id group;

static void begin(void)
{
    register_open();
    group = add_group("Chi hội 1");
    acknowledge_all();
}

TestSuite(apply, .init = begin, .fini = register_close, .timeout = 30);

static uint64_t apply(struct change *changes, size_t count, struct gone *gone, size_t gone_count)
{
    struct batch b = {changes, count, gone, gone_count};
    uint64_t n;
    OK(book_apply(book, arena, &b, &n, &f));
    return n;
}

static uint64_t lose(const struct kind *kind, const struct id *id)
{
    struct gone g = {kind->number, *id};
    return apply(NULL, 0, &g, 1);
}

Test(apply, a_record_from_elsewhere_is_written_and_not_sent_back)
{
    struct change *c = new_member("Nguyễn Thị Hoa", &group);
    apply(c, 1, NULL, 0);
    cr_assert_str_eq(text_of(&kind_member, &c->id, "name"), "Nguyễn Thị Hoa");
    cr_assert_eq(state().waiting, 0);
}

Test(apply, a_record_comes_as_a_whole)
{
    struct change *c = new_member("Nguyễn Thị Hoa", &group);
    set_text(c, "phone", "0911111111");
    apply(c, 1, NULL, 0);
    struct change *again = new_member("Nguyễn Thị Hoà", &group);
    again->id = c->id;
    apply(again, 1, NULL, 0);
    cr_assert_str_eq(text_of(&kind_member, &c->id, "name"), "Nguyễn Thị Hoà");
    cr_assert_not(record_has(find(&kind_member, &c->id), field(&kind_member, "phone")),
                  "it had been cleared");
}

Test(apply, what_waits_stays_as_the_clerk_left_it)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    edit_text(&kind_member, &m, "occupation", "Làm vườn");
    acknowledge_all();
    edit_text(&kind_member, &m, "phone", "0911111111");
    struct change *c = new_change(&kind_member, &m);
    clear(c, "occupation");
    OK(record(c, false));
    struct change *down = new_member("Nguyễn Thị Hoà", &group);
    down->id = m;
    set_text(down, "phone", "0922222222");
    set_text(down, "occupation", "Buôn bán");
    apply(down, 1, NULL, 0);
    cr_assert_str_eq(text_of(&kind_member, &m, "name"), "Nguyễn Thị Hoà");
    cr_assert_str_eq(text_of(&kind_member, &m, "phone"), "0911111111");
    cr_assert_not(record_has(find(&kind_member, &m), field(&kind_member, "occupation")));
}

Test(apply, what_was_refused_stays_to_be_mended)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    acknowledge_all();
    edit_text(&kind_member, &m, "phone", "0911111111");
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(state().last);
    refuse(r, state().last, HV__CODE__BAD_FORMAT, 0, 0);
    acknowledge(r);
    struct change *down = new_member("Nguyễn Thị Hoà", &group);
    down->id = m;
    apply(down, 1, NULL, 0);
    cr_assert_str_eq(text_of(&kind_member, &m, "name"), "Nguyễn Thị Hoà");
    cr_assert_str_eq(text_of(&kind_member, &m, "phone"), "0911111111");
}

Test(apply, kinds_fields_and_codes_not_known_here_are_passed_over)
{
    struct change *c = new_member("Nguyễn Thị Hoa", &group);
    set_int(c, "education", 3);
    apply(c, 1, NULL, 0);
    struct change down[2] = {{.kind_number = 77, .id = os_new_id()}, *new_member("Nguyễn Thị Hoà", &group)};
    down[1].id = c->id;
    down[1].unknown_field = 61;
    set_int(&down[1], "education", 77);
    struct gone g = {77, os_new_id()};
    cr_assert_eq(apply(down, 2, &g, 1), 0);
    struct record *r = find(&kind_member, &c->id);
    cr_assert_str_eq(text_of(&kind_member, &c->id, "name"), "Nguyễn Thị Hoà");
    cr_assert_eq(record_int(r, field(&kind_member, "education"), 0), 3, "not cleared, not replaced");
}

Test(apply, bytes_that_are_no_text_are_passed_over)
{
    struct change *c = new_member("Nguyễn Thị Hoa", &group);
    change_set_text(c, field(&kind_member, "note"), "a\0b", 3);
    change_set_text(c, field(&kind_member, "name"), "\xff\xfe", 2);
    apply(c, 1, NULL, 0);
    struct record *r = find(&kind_member, &c->id);
    cr_assert_not(record_has(r, field(&kind_member, "note")));
    cr_assert_not(record_has(r, field(&kind_member, "name")));
}

Test(apply, a_waiting_creation_and_the_same_relation_from_elsewhere_make_one)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    struct id club = add_group("CLB");
    const struct id *ids[] = {&m, &club};
    struct id id = id_of_relation(kind_membership.number, ids, 2);
    struct change *c = new_change(&kind_membership, &id), *down = new_change(&kind_membership, &id);
    set_id(c, "member_id", &m);
    set_id(c, "group_id", &club);
    set_int(c, "since", 20200101);
    OK(record(c, true));
    set_id(down, "member_id", &m);
    set_id(down, "group_id", &club);
    set_int(down, "since", 20190101);
    set_int(down, "until", 20210101);
    apply(down, 1, NULL, 0);
    struct record *r = find(&kind_membership, &id);
    cr_assert_eq(record_int(r, field(&kind_membership, "since"), 0), 20200101);
    cr_assert_eq(record_int(r, field(&kind_membership, "until"), 0), 20210101);
}

Test(apply, what_is_gone_takes_its_unsent_changes_along_and_leaves_no_gap)
{
    struct id a = add_member("Nguyễn Thị Hoa", &group), b = add_member("Trần Thị Lan", &group);
    struct id c = add_member("Lê Thị Mai", &group), d = add_member("Phạm Thị Cúc", &group);
    struct gone g[] = {{kind_member.number, a}, {kind_member.number, c}};
    cr_assert_eq(apply(NULL, 0, g, 2), 2);
    cr_assert_not(is_here(&kind_member, &a));
    cr_assert_not(is_here(&kind_member, &c));
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 2);
    cr_assert(id_equal(&w[0].id, &b));
    cr_assert(id_equal(&w[1].id, &d));
    cr_assert_eq(edit_text(&kind_member, &d, "note", "x"), 4);
}

Test(apply, what_may_have_left_keeps_its_bytes_until_it_is_acknowledged)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    uint64_t last;
    struct bytes before, after;
    OK(change_pack(arena, &waiting(&n)[0], &before));
    cr_assert_eq(lose(&kind_member, &m), 1);
    OK(change_pack(arena, &waiting(&n)[0], &after));
    cr_assert_eq(before.n, after.n);
    cr_assert(memcmp(before.p, after.p, before.n) == 0, "the server would see a fork");
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__NOT_YOURS, 0, 0);
    acknowledge(r);
    cr_assert_eq(state().refused, 0);
    struct batch b = take(1, 10, &last);
    cr_assert_eq(b.count, 1, "the number keeps its place");
    cr_assert_eq(b.changes[0].set | b.changes[0].cleared, 0, "and says nothing any more");
}

Test(apply, what_is_gone_leaves_no_history)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    uint64_t last;
    waiting(&n);
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    cr_assert_eq(lose(&kind_member, &m), 1);
    cr_assert_eq(state().refused, 0);
    cr_assert_eq(take(1, 10, &last).changes[0].set, 0);
    book_close(&book);
    struct output o = run("grep -c 'Nguyễn Thị Hoa' %s/register.db", folder);
    cr_assert_str_eq(o.out, "0\n", "her name is still in the file");
    output_free(&o);
    OK(book_open(&book, &ui, folder, false, &f));
}

Test(apply, what_left_one_stream_and_came_by_another_stays)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    acknowledge_all();
    struct change *down = new_member("Nguyễn Thị Hoa", &group);
    struct gone g = {kind_member.number, m};
    down->id = m;
    apply(down, 1, &g, 1);
    cr_assert(is_here(&kind_member, &m));
}

Test(apply, gone_twice_is_gone_once)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    cr_assert_eq(lose(&kind_member, &m), 1);
    cr_assert_eq(lose(&kind_member, &m), 0);
}
