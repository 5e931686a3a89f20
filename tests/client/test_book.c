/* The register: what is written is found again, lists and filters, what is refused, tables that grow. */
#include "common/target.h"
#include "common/text.h"
#include "tests/client/register.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

TestSuite(book, .init = register_open, .fini = register_close, .timeout = 30);

/* ---- opening ---- */

Test(book, nobody_else_may_read_the_file)
{
    struct stat st;
    cr_assert_eq(stat(words("%s/register.db", folder), &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0600);
}

Test(book, where_there_is_none_the_clerk_is_told_how_to_make_one)
{
    struct book *none;
    FAILS(ERR_FILE, book_open(&none, &ui, words("%s/other", folder), false, &f));
    cr_assert(strstr(f.text, "hoivien init") != NULL, "%s", f.text);
    cr_assert_null(none);
}

static void by_hand(const char *path, const char *statements)
{
    sqlite3 *db;
    char *message = NULL;
    cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(db, statements, NULL, NULL, &message), SQLITE_OK, "%s", message);
    sqlite3_close(db);
}

Test(book, a_file_of_another_program_is_left_alone)
{
    char other[PATH_ROOM];
    struct book *none;
    scratch_make(other);
    by_hand(words("%s/register.db", other), "CREATE TABLE recipes (x)");
    FAILS(ERR_FILE, book_open(&none, &ui, other, true, &f));
    file_write(words("%s/register.db", other), "this is no database, however long it may be");
    FAILS(ERR_DB, book_open(&none, &ui, other, true, &f));
}

Test(book, a_register_of_a_newer_program_asks_for_the_newer_program)
{
    book_close(&book);
    by_hand(words("%s/register.db", folder), "PRAGMA user_version = 1000");
    FAILS(ERR_SCHEMA, book_open(&book, &ui, folder, false, &f));
}

/* ---- records ---- */

static void fill_text(struct change *c, size_t i)
{
    static const struct {
        enum check check;
        const char *text;
    } samples[] = {{CHECK_CITIZEN, "093170000001"}, {CHECK_PHONE, "0911111111"}, {CHECK_TWO_DIGITS, "01"}};
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
        change_set_int(c, (int)i, 1);
    }
}

static void relation_id(struct change *c)
{
    const struct id *ids[8];
    size_t n = 0;
    for (size_t i = 0; i < c->kind->field_count; i++)
        if (field_type(c->kind, i) == FIELD_ID)
            ids[n++] = (const struct id *)(const void *)c->values[i].p;
    if (c->kind->relation)
        c->id = id_of_relation(c->kind->number, ids, n);
}

Test(book, every_field_of_every_kind_comes_back)
{
    struct id of_kind[8] = {add_group("Chi hội 1")};
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

static struct change *new_membership(const struct id *m, const struct id *g)
{
    struct change *c = new_change(&kind_membership, NULL);
    set_id(c, "member_id", m);
    set_id(c, "group_id", g);
    relation_id(c);
    return c;
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

/* ---- lists ---- */

static enum err name_to_list(void *context, const struct record *r, struct fault *fault)
{
    char *list = context;
    struct bytes name = record_text(r, field(r->kind, "name"));
    size_t at = strlen(list);
    (void)fault;
    snprintf(list + at, 1000 - at, "%s%.*s", at == 0 ? "" : "; ", (int)name.n, (const char *)name.p);
    return ERR_OK;
}

static const char *names(struct book_filter filter)
{
    static char list[1000];
    list[0] = '\0';
    OK(book_each(book, arena, &filter, name_to_list, list, &f));
    return list;
}

#define MEMBERS(...) names((struct book_filter){.kind = &kind_member, .missing_field = -1, __VA_ARGS__})
#define GROUPS(...)  names((struct book_filter){.kind = &kind_group, .missing_field = -1, __VA_ARGS__})

Test(book, members_come_by_given_name_in_vietnamese_order)
{
    struct id g = add_group("Chi hội 1");
    static const char *const given[] = {"Trần Thị Đào", "Lê Thị Dung", "Nguyễn Thị Ánh",
                                        "Võ Thị Ân",    "Phạm Thị An", "Bùi Thị An"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add_member(given[i], &g);
    cr_assert_str_eq(MEMBERS(), "Bùi Thị An; Phạm Thị An; Nguyễn Thị Ánh; Võ Thị Ân; Lê Thị Dung; "
                                "Trần Thị Đào");
}

Test(book, search_ignores_tones_marks_and_case)
{
    struct id g = add_group("Chi hội 1");
    add_member("Nguyễn Thị Hoà", &g);
    add_member("Trần Thị Đào", &g);
    cr_assert_str_eq(MEMBERS(.search = "HÒA"), "Nguyễn Thị Hoà");
    cr_assert_str_eq(MEMBERS(.search = "dao"), "Trần Thị Đào");
    cr_assert_str_eq(MEMBERS(.search = "%"), "");
    cr_assert_str_eq(MEMBERS(.search = "\xff"), "");
}

Test(book, filters_by_group_void_missing_citizen_number_and_exact_name)
{
    setenv("HOIVIEN_TODAY", "2020-06-15", 1);
    struct id one = add_group("Chi hội Hòa Bình"), club = add_group("CLB");
    struct id a = add_member("Nguyễn Thị Hoa", &one), b = add_member("Trần Thị Lan", &one),
              c = add_member("Lê Thị Mai", &club), d = add_member("Phạm Thị Cúc", &one);
    struct change *e = new_change(&kind_member, &a);
    set_text(e, "citizen_no", "093170000001");
    OK(record(e, false));
    e = new_change(&kind_member, &d);
    set_int(e, "voided", 1);
    OK(record(e, false));
    OK(record(new_membership(&a, &club), true));
    e = new_membership(&b, &club);
    set_int(e, "until", 20200500);
    OK(record(e, true));
    cr_assert_str_eq(MEMBERS(), "Nguyễn Thị Hoa; Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.with_voided = true), "Phạm Thị Cúc; Nguyễn Thị Hoa; Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.group = &club), "Nguyễn Thị Hoa; Lê Thị Mai");
    cr_assert_str_eq(MEMBERS(.citizen_no = "093170000001"), "Nguyễn Thị Hoa");
    const struct book_filter unnumbered = {.kind = &kind_member,
                                           .missing_field = field(&kind_member, "citizen_no")};
    cr_assert_str_eq(names(unnumbered), "Trần Thị Lan; Lê Thị Mai");
    cr_assert_str_eq(GROUPS(.name_exact = "chi hội hoà bình"), "Chi hội Hòa Bình");
    cr_assert_str_eq(GROUPS(.name_exact = "chi hội"), "");
    (void)c;
}

Test(book, a_membership_that_ends_within_this_month_still_stands)
{
    setenv("HOIVIEN_TODAY", "2020-06-15", 1);
    struct id one = add_group("Chi hội 1"), club = add_group("CLB"), a = add_member("Nguyễn Thị Hoa", &one);
    struct change *e = new_membership(&a, &club);
    set_int(e, "until", 20200600);
    OK(record(e, true));
    cr_assert_str_eq(MEMBERS(.group = &club), "Nguyễn Thị Hoa");
    setenv("HOIVIEN_TODAY", "2020-07-01", 1);
    cr_assert_str_eq(MEMBERS(.group = &club), "");
}

static struct id add_event(const struct id *m, int type, int32_t date)
{
    struct change *e = new_change(&kind_event, NULL);
    set_id(e, "member_id", m);
    set_int(e, "type", type);
    set_int(e, "date", date);
    OK(record(e, true));
    return e->id;
}

static enum err date_to_list(void *context, const struct record *r, struct fault *fault)
{
    int32_t **at = context;
    (void)fault;
    *(*at)++ = (int32_t)record_int(r, field(&kind_event, "date"), 0);
    return ERR_OK;
}

Test(book, events_of_a_member_come_by_date)
{
    struct id g = add_group("Chi hội 1"), a = add_member("Nguyễn Thị Hoa", &g),
              b = add_member("Lê Thị Mai", &g);
    add_event(&a, 4, 20200101);
    add_event(&a, 1, 20100101);
    add_event(&b, 1, 20150101);
    int32_t dates[4] = {0}, *at = dates;
    const struct book_filter filter = {.kind = &kind_event, .member = &a, .missing_field = -1};
    OK(book_each(book, arena, &filter, date_to_list, &at, &f));
    cr_assert_eq(at - dates, 2);
    cr_assert_eq(dates[0], 20100101);
    cr_assert_eq(dates[1], 20200101);
}

static enum err stop_at_once(void *context, const struct record *r, struct fault *fault)
{
    ++*(int *)context;
    (void)r;
    (void)fault;
    return ERR_STOPPED;
}

Test(book, a_list_ends_where_its_reader_says)
{
    int calls = 0;
    add_group("Chi hội 1");
    add_group("Chi hội 2");
    const struct book_filter all = {.kind = &kind_group, .missing_field = -1};
    FAILS(ERR_STOPPED, book_each(book, arena, &all, stop_at_once, &calls, &f));
    cr_assert_eq(calls, 1);
}

Test(book, likely_the_same_person_has_the_same_folded_name_and_year)
{
    struct id g = add_group("Chi hội 1");
    struct bytes fold;
    char list[1000] = "";
    add_member("Nguyễn Thị Hòa", &g);
    add_member("Nguyễn Thị Hoàn", &g);
    OK(text_fold(arena, "NGUYEN THI HOA", 14, &fold));
    OK(book_similar(book, arena, fold, 1970, name_to_list, list, &f));
    cr_assert_str_eq(list, "Nguyễn Thị Hòa");
    list[0] = '\0';
    OK(book_similar(book, arena, fold, 1971, name_to_list, list, &f));
    cr_assert_str_eq(list, "");
}

/* ---- standing ---- */

Test(book, standing_and_figures_come_from_members_and_their_events)
{
    struct id g = add_group("Chi hội 1");
    struct id a = add_member("Nguyễn Thị Hoa", &g), b = add_member("Trần Thị Lan", &g),
              c = add_member("Lê Thị Mai", &g);
    add_event(&a, 1, 20150101);
    add_event(&a, 4, 20180101);
    struct id wrong = add_event(&b, 7, 20160101);
    struct change *e = new_change(&kind_event, &wrong);
    set_int(e, "voided", 1);
    OK(record(e, false));
    e = new_change(&kind_member, &c);
    set_int(e, "category", 2);
    OK(record(e, false));
    struct interval *i;
    size_t n;
    OK(book_standing(book, arena, &a, &i, &n, &f));
    cr_assert_eq(n, 1);
    cr_assert_eq(i[0].from, 20150101);
    cr_assert_eq(i[0].to, 20180101);
    int64_t out[16];
    const size_t members = (size_t)(measure_by_number(HV__MEASURE__MEMBERS) - measures);
    const size_t honorary = (size_t)(measure_by_number(HV__MEASURE__MEMBERS_HONORARY) - measures);
    OK(book_count(book, arena, 20170101, out, &f));
    cr_assert_eq(out[members], 2);
    cr_assert_eq(out[honorary], 1);
    OK(book_count(book, arena, 20180101, out, &f));
    cr_assert_eq(out[members], 1);
}

/* ---- settings ---- */

Test(book, settings_come_back_and_absent_ones_are_null)
{
    struct bytes v;
    OK(book_get(book, arena, "colour", &v, &f));
    cr_assert_null(v.p);
    OK(book_put(book, "colour", (struct bytes){(const uint8_t *)"red", 3}, &f));
    OK(book_put(book, "colour", (struct bytes){(const uint8_t *)"blue", 4}, &f));
    register_reopen();
    OK(book_get(book, arena, "colour", &v, &f));
    cr_assert_eq(v.n, 4);
    cr_assert(memcmp(v.p, "blue", 4) == 0);
}

Test(book, the_identity_comes_back)
{
    struct identity a, b;
    OK(identity_load(book, &a, &f));
    cr_assert_eq(a.device, 0);
    os_random(&a.curve, sizeof a.curve);
    os_random(&a.sign, sizeof a.sign);
    os_random(a.server_key, sizeof a.server_key);
    os_random(a.seed, sizeof a.seed);
    a.replica = os_new_id();
    a.device = 5;
    snprintf(a.endpoints, sizeof a.endpoints, "tcp://localhost:1 tcp://localhost:2");
    snprintf(a.role, sizeof a.role, "commune");
    a.unit_count = 2;
    for (uint32_t i = 0; i < 2; i++) {
        a.units[i].stream = 3 + i;
        a.units[i].level = 4 - i;
        snprintf(a.units[i].code, sizeof a.units[i].code, "3131%u", i);
        snprintf(a.units[i].name, sizeof a.units[i].name, "Xã Ea H'leo");
    }
    OK(identity_save(book, &a, &f));
    OK(identity_save(book, &a, &f));
    register_reopen();
    OK(identity_load(book, &b, &f));
    cr_assert(memcmp(&a, &b, sizeof a) == 0);
}

Test(book, the_report_comes_back)
{
    Hv__TargetReport r = HV__TARGET_REPORT__INIT, *back;
    OK(report_get(book, arena, &back, &f));
    cr_assert_null(back);
    r.code = (char *)(uintptr_t) "31317";
    OK(report_put(book, arena, &r, &f));
    OK(report_get(book, arena, &back, &f));
    cr_assert_str_eq(back->code, "31317");
}

static uint64_t base_now(void)
{
    struct change *c = new_group("Tổ");
    OK(record(c, true));
    return c->base;
}

Test(book, the_cursor_of_the_own_stream_is_the_base_of_changes)
{
    struct identity who = {.unit_count = 1};
    uint64_t rev, mark;
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 0);
    cr_assert_eq(base_now(), 0);
    who.units[0].stream = 7;
    OK(identity_save(book, &who, &f));
    OK(cursor_put(book, 8, 99, 1, &f));
    OK(cursor_put(book, 7, 10, UINT64_C(0xfedcba9876543210), &f));
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 10);
    cr_assert_eq(mark, UINT64_C(0xfedcba9876543210));
    cr_assert_eq(base_now(), 10);
    OK(cursor_put(book, 7, 6, 2, &f));
    cr_assert_eq(base_now(), 6, "the server went back");
}

Test(book, tables_grow_with_the_registry_and_what_was_not_known_is_fetched_again)
{
    struct identity who = {.unit_count = 1};
    uint64_t rev, mark;
    who.units[0].stream = 7;
    OK(identity_save(book, &who, &f));
    OK(cursor_put(book, 7, 100, 5, &f));
    struct id g = add_group("Chi hội 1");
    book_close(&book);
    /* As a program left it that knew one field and one kind less. */
    by_hand(words("%s/register.db", folder),
            "ALTER TABLE groups DROP COLUMN note; DROP TABLE events;"
            "UPDATE settings SET value = value - 8 WHERE name = 'vocabulary';"
            "UPDATE cursor SET vocabulary = vocabulary - 8;");
    OK(book_open(&book, &ui, folder, false, &f));
    cr_assert_str_eq(text_of(&kind_group, &g, "name"), "Chi hội 1");
    edit_text(&kind_group, &g, "note", "x");
    struct id m = add_member("Nguyễn Thị Hoa", &g);
    add_event(&m, 1, 20200101);
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 0, "the stream is fetched anew");
    cr_assert_eq(base_now(), 100, "but the clerk has seen all of it");
    OK(cursor_put(book, 7, 40, 6, &f));
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 40);
    cr_assert_eq(base_now(), 100);
}

Test(book, an_older_program_works_with_wider_tables)
{
    book_close(&book);
    by_hand(words("%s/register.db", folder),
            "ALTER TABLE groups ADD COLUMN colour TEXT; UPDATE settings SET value = 100000 WHERE name = "
            "'vocabulary'");
    OK(book_open(&book, &ui, folder, false, &f));
    struct id g = add_group("Chi hội 1");
    by_hand(words("%s/register.db", folder), "UPDATE groups SET colour = 'red'");
    edit_text(&kind_group, &g, "name", "Chi hội Một");
    book_close(&book);
    by_hand(words("%s/register.db", folder),
            "CREATE TABLE proof (colour TEXT NOT NULL); INSERT INTO proof SELECT colour FROM groups");
    OK(book_open(&book, &ui, folder, false, &f));
}
