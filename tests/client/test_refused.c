/* Refused changes: they stay with the clerk, and how they are mended. */
#include "tests/client/register.h"

static struct id group;

static void begin(void)
{
    register_open();
    group = add_group("Chi hội 1");
}

TestSuite(refused, .init = begin, .fini = register_close, .timeout = 60);

struct listed {
    size_t count;
    struct refused rows[16];
};

static enum err list_refused(void *context, const struct refused *r, struct fault *fault)
{
    struct listed *l = context;
    (void)fault;
    l->rows[l->count++] = *r;
    return ERR_OK;
}

static struct listed refused_now(void)
{
    struct listed l = {0};
    OK(outbox_each_refused(book, list_refused, &l, &f));
    cr_assert_eq(l.count, state().refused);
    return l;
}

Test(refused, a_refused_creation_is_sent_whole_once_it_is_mended)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    edit_text(&kind_member, &m, "phone", "0911111111");
    size_t n;
    waiting(&n);
    uint32_t name = field_number(&kind_member, (size_t)field(&kind_member, "name"));
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__BAD_TEXT, name, 0);
    acknowledge(r);
    struct listed l = refused_now();
    cr_assert_eq(l.count, 1);
    cr_assert_eq(l.rows[0].code, ERR_BAD_TEXT);
    cr_assert_eq(l.rows[0].field, field(&kind_member, "name"));
    cr_assert(id_equal(&l.rows[0].id, &m));
    cr_assert_eq(edit_text(&kind_member, &m, "name", "Nguyễn Thị Hoà"), 3);
    cr_assert_eq(refused_now().count, 0);
    struct change *w = waiting(&n);
    cr_assert_eq(n, 1);
    cr_assert(sets_text(&w[0], "name", "Nguyễn Thị Hoà"));
    cr_assert(sets_text(&w[0], "phone", "0911111111"));
    cr_assert(sets(&w[0], "group_id") && sets(&w[0], "birth"));
}

Test(refused, a_refused_edit_goes_again_with_the_next_one)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    acknowledge_all();
    edit_text(&kind_member, &m, "phone", "0911111111");
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(3);
    refuse(r, 3, HV__CODE__BAD_FORMAT, 0, 0);
    acknowledge(r);
    edit_text(&kind_member, &m, "note", "x");
    struct change *w = waiting(&n);
    cr_assert_eq(n, 1);
    cr_assert(sets_text(&w[0], "phone", "0911111111"));
    cr_assert(sets_text(&w[0], "note", "x"));
    cr_assert_not(sets(&w[0], "name"));
    cr_assert_eq(refused_now().count, 0);
}

Test(refused, the_same_value_again_sends_a_refused_change_again)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__REFUSED_BY_STORE, 0, 0);
    acknowledge(r);
    cr_assert_eq(edit_text(&kind_member, &m, "name", "Nguyễn Thị Hoa"), 3);
    cr_assert_eq(refused_now().count, 0);
}

Test(refused, a_refusal_that_a_later_change_has_mended_already_is_none)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    acknowledge_all();
    edit_text(&kind_member, &m, "phone", "0911111111");
    size_t n;
    waiting(&n);
    edit_text(&kind_member, &m, "phone", "0922222222");
    struct reply *r = reply_make(3);
    refuse(r, 3, HV__CODE__BAD_FORMAT, 0, 0);
    acknowledge(r);
    cr_assert_eq(refused_now().count, 0);
}

Test(refused, a_verdict_told_twice_counts_once)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    edit_text(&kind_member, &m, "name", "Nguyễn Thị Hoà");
    acknowledge(r);
    cr_assert_eq(refused_now().count, 0);
}

/* Group 1 refused, members 2 and 4 of it, and event 3 of member 2 refused with it. */
struct family {
    struct id one, two, event;
};

static struct family family_refused(void)
{
    struct family x;
    x.one = add_member("Nguyễn Thị Hoa", &group);
    struct change *e = new_change(&kind_event, NULL);
    set_id(e, "member_id", &x.one);
    set_int(e, "type", 1);
    set_int(e, "date", 20200101);
    OK(record(e, true));
    x.event = e->id;
    x.two = add_member("Trần Thị Lan", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(4);
    refuse(r, 1, HV__CODE__BAD_TEXT, 0, 0);
    refuse(r, 2, HV__CODE__DEPENDS_ON, 0, 1);
    refuse(r, 3, HV__CODE__DEPENDS_ON, 0, 2);
    refuse(r, 4, HV__CODE__DEPENDS_ON, 0, 1);
    acknowledge(r);
    cr_assert_eq(refused_now().count, 4);
    return x;
}

Test(refused, what_depended_on_a_refused_change_goes_again_behind_it)
{
    struct family x = family_refused();
    edit_text(&kind_group, &group, "name", "Chi hội Một");
    cr_assert_eq(refused_now().count, 0);
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 4);
    cr_assert(id_equal(&w[0].id, &group));
    cr_assert(id_equal(&w[1].id, &x.one));
    cr_assert(id_equal(&w[2].id, &x.event));
    cr_assert(id_equal(&w[3].id, &x.two));
    cr_assert(sets_text(&w[3], "name", "Trần Thị Lan"));
    cr_assert(sets(&w[2], "date"));
}

Test(refused, a_mended_dependent_takes_along_only_its_own)
{
    struct family x = family_refused();
    struct id other = add_group("Chi hội 2");
    struct change *c = new_change(&kind_member, &x.one);
    set_id(c, "group_id", &other);
    OK(record(c, false));
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 3);
    cr_assert(id_equal(&w[1].id, &x.one));
    cr_assert(id_equal(&w[2].id, &x.event));
    cr_assert_eq(refused_now().count, 2);
}

Test(refused, a_dependent_on_its_way_while_the_other_is_mended_goes_again_once)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(1);
    refuse(r, 1, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    cr_assert_eq(edit_text(&kind_group, &group, "name", "Chi hội Một"), 3);
    waiting(&n);
    r = reply_make(3);
    refuse(r, 2, HV__CODE__DEPENDS_ON, 0, 1);
    acknowledge(r);
    cr_assert_eq(refused_now().count, 0);
    struct change *w = waiting(&n);
    cr_assert_eq(n, 1);
    cr_assert(id_equal(&w[0].id, &m));
    cr_assert_eq(w[0].number, 4);
    r = reply_make(4);
    refuse(r, 4, HV__CODE__DEPENDS_ON, 0, 1);
    acknowledge(r);
    cr_assert_eq(state().waiting, 0, "it would go round for ever");
    cr_assert_eq(refused_now().count, 1);
}

Test(refused, a_dependent_waits_while_the_mended_change_is_refused_again)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(1);
    refuse(r, 1, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    edit_text(&kind_group, &group, "name", "Chi hội Một");
    waiting(&n);
    r = reply_make(3);
    refuse(r, 2, HV__CODE__DEPENDS_ON, 0, 1);
    refuse(r, 3, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    cr_assert_eq(refused_now().count, 2);
    edit_text(&kind_group, &group, "name", "Chi hội 1A");
    struct change *w = waiting(&n);
    cr_assert_eq(n, 2);
    cr_assert(id_equal(&w[1].id, &m));
}

Test(refused, voiding_what_was_never_kept_sends_nothing)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(2);
    refuse(r, 2, HV__CODE__BAD_TEXT, 0, 0);
    acknowledge(r);
    struct change *c = new_change(&kind_member, &m);
    set_int(c, "voided", 1);
    OK(record(c, false));
    cr_assert_eq(refused_now().count, 0);
    cr_assert_eq(state().waiting, 0);
    cr_assert_eq(record_int(find(&kind_member, &m), field(&kind_member, "voided"), 0), 1);
    c = new_change(&kind_member, &m);
    clear(c, "voided");
    OK(record(c, false));
    struct change *w = waiting(&n);
    cr_assert_eq(n, 1);
    cr_assert(sets(&w[0], "name"), "taken back, the record goes whole");
}
