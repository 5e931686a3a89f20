/* The register: what is written is found again, and what is refused. */
#include "common/ask.h"
#include "tests/client/register.h"

TestSuite(book, .init = register_open, .fini = register_close, .timeout = 30);

static void fill_text(struct change *c, size_t i)
{
    static const struct {
        enum check check;
        const char *text;
    } samples[] = {{CHECK_CITIZEN, "093170000001"},
                   {CHECK_PHONE, "0911111111"},
                   {CHECK_TWO_DIGITS, "01"},
                   {CHECK_COMMUNES, "31317"}};
    const char *text = "Nguyễn Thị Hoà";
    for (size_t k = 0; k < sizeof samples / sizeof *samples; k++)
        if (samples[k].check == c->kind->fields[i].check)
            text = samples[k].text;
    change_set_text(c, (int)i, text, strlen(text));
}

static void fill(struct change *c, size_t i, const struct id *of_kind)
{
    const struct field *x = &c->kind->fields[i];
    switch (field_type(c->kind, i)) {
    case FIELD_TEXT:
        fill_text(c, i);
        break;
    case FIELD_ID:
        change_set_id(c, (int)i, &of_kind[kind_index(kind_by_name(x->refers))]);
        break;
    case FIELD_CODE:
        change_set_int(c, (int)i, x->codes[0].value);
        break;
    case FIELD_DATE:
        change_set_int(c, (int)i, 20010203);
        break;
    default:
        change_set_int(c, (int)i,
                       x->check == CHECK_MEMBER_FIELD ? ask_field_codes[0].value
                       : x->check == CHECK_YEAR       ? 2018
                                                      : 1);
    }
}

Test(book, every_field_of_every_kind_comes_back)
{
    struct id *of_kind = arena_zero(arena, kind_count, sizeof *of_kind);
    of_kind[kind_index(&kind_group)] = add_group("Chi hội 1");
    for (size_t k = 0; k < kind_count; k++) {
        struct change *c = new_change(kinds[k], NULL);
        for (size_t i = 0; i < kinds[k]->field_count; i++)
            fill(c, i, of_kind);
        relation_id(c);
        OK(record(c, true));
        register_reopen();
        struct record *r = find(kinds[k], &c->id);
        cr_assert_eq(r->set, c->set, "%s", kinds[k]->name);
        for (size_t i = 0; i < kinds[k]->field_count; i++)
            cr_assert(value_equal(kinds[k], i, &r->values[i], &c->values[i]), "%s.%s", kinds[k]->name,
                      kinds[k]->fields[i].name);
        of_kind[k] = c->id;
    }
}

Test(book, an_edit_that_changes_nothing_leaves_no_trace)
{
    struct id g = add_group("Chi hội 1");
    cr_assert_eq(edit_text(&kind_group, &g, "name", "Chi hội 1"), 0);
    struct change *c = new_change(&kind_group, &g);
    clear(c, "note");
    set_int(c, "voided", 0);
    OK(record(c, false));
    cr_assert_eq(state().last, 1);
}

Test(book, only_what_differs_is_sent)
{
    struct id g = add_group("Chi hội 1");
    acknowledge_all();
    struct change *c = new_change(&kind_group, &g);
    set_text(c, "name", "Chi hội 1");
    set_text(c, "note", "x");
    OK(record(c, false));
    size_t n;
    struct change *w = waiting(&n);
    cr_assert(sets_text(&w[0], "note", "x"));
    cr_assert_not(sets(&w[0], "name"));
}

Test(book, a_reference_must_be_here)
{
    struct id nobody = os_new_id();
    FAILS(ERR_NO_SUCH_RECORD, record(new_member("Nguyễn Thị Hoa", &nobody), true));
    cr_assert_eq(f.field, field(&kind_member, "group_id"));
    cr_assert(strstr(f.text, "Branch") != NULL, "%s", f.text);
    cr_assert_eq(state().last, 0);
    ui.lang = LANG_VI;
    FAILS(ERR_NO_SUCH_RECORD, record(new_member("Nguyễn Thị Hoa", &nobody), true));
    cr_assert(strstr(f.text, "Chi hội: ") == f.text, "%s", f.text);
}

Test(book, a_reference_must_be_of_its_kind)
{
    struct id g = add_group("Chi hội 1"), m = add_member("Nguyễn Thị Hoa", &g);
    OK(book_begin(book, &f));
    struct change *e = new_change(&kind_event, NULL);
    set_id(e, "member_id", &m);
    set_int(e, "type", 1);
    set_int(e, "date", 20200101);
    OK(book_record(book, arena, e, true, &f));
    FAILS(ERR_NO_SUCH_RECORD, book_record(book, arena, new_member("Trần Thị Lan", &m), true, &f));
    book_rollback(book);
}

Test(book, a_bad_value_is_named_and_nothing_is_written)
{
    struct id g = add_group("Chi hội 1");
    struct change *c = new_member("Nguyễn Thị Hoa", &g);
    set_int(c, "birth", 19701301);
    FAILS(ERR_BAD_DATE, record(c, true));
    cr_assert_eq(f.field, field(&kind_member, "birth"));
    cr_assert(strstr(f.text, "Date of birth") != NULL, "%s", f.text);
    cr_assert_not(is_here(&kind_member, &c->id));
    cr_assert_eq(state().last, 1);
}

Test(book, a_required_field_is_not_cleared_or_left_out)
{
    struct id g = add_group("Chi hội 1");
    struct change *c = new_change(&kind_group, &g);
    clear(c, "name");
    FAILS(ERR_MISSING, record(c, false));
    c = new_change(&kind_group, NULL);
    set_int(c, "type", 1);
    FAILS(ERR_MISSING, record(c, true));
}

Test(book, an_edit_needs_its_record_and_a_creation_a_new_id)
{
    struct id g = add_group("Chi hội 1");
    struct change *c = new_group("Chi hội 2");
    FAILS(ERR_NO_SUCH_RECORD, record(c, false));
    c->id = g;
    FAILS(ERR_EXISTS, record(c, true));
    cr_assert_str_eq(text_of(&kind_group, &g, "name"), "Chi hội 1");
}

Test(book, a_relation_added_again_is_the_same_one_and_comes_back_from_void)
{
    struct id g = add_group("Chi hội 1"), club = add_group("CLB"), m = add_member("Nguyễn Thị Hoa", &g);
    struct change *c = new_membership(&m, &club);
    set_int(c, "until", 20190000);
    OK(record(c, true));
    acknowledge_all();
    c = new_membership(&m, &club);
    OK(record(c, true));
    cr_assert_eq(c->number, 0, "it was there");
    struct change *v = new_change(&kind_membership, &c->id);
    set_int(v, "voided", 1);
    OK(record(v, false));
    acknowledge_all();
    c = new_membership(&m, &club);
    OK(record(c, true));
    struct record *r = find(&kind_membership, &c->id);
    cr_assert_eq(r->set & ~c->set,
                 field_bit(&kind_membership, (size_t)field(&kind_membership, "member_id")) |
                     field_bit(&kind_membership, (size_t)field(&kind_membership, "group_id")));
    size_t n;
    cr_assert(clears(&waiting(&n)[0], "voided"));
}

Test(book, what_is_rolled_back_is_not_there)
{
    struct change *c = new_group("Chi hội 1");
    OK(book_begin(book, &f));
    OK(book_record(book, arena, c, true, &f));
    book_rollback(book);
    cr_assert_not(is_here(&kind_group, &c->id));
    cr_assert_eq(state().last, 0);
    OK(record(new_group("Chi hội 2"), true));
    cr_assert_eq(state().last, 1);
}

Test(book, after_a_faulty_line_the_transaction_goes_on)
{
    struct id nobody = os_new_id();
    OK(book_begin(book, &f));
    struct change *g = new_group("Chi hội 1");
    OK(book_record(book, arena, g, true, &f));
    FAILS(ERR_NO_SUCH_RECORD, book_record(book, arena, new_member("Trần Thị Lan", &nobody), true, &f));
    FAILS(ERR_EXISTS, book_record(book, arena, g, true, &f));
    OK(book_record(book, arena, new_member("Nguyễn Thị Hoa", &g->id), true, &f));
    OK(book_commit(book, &f));
    cr_assert_eq(state().last, 2);
}
