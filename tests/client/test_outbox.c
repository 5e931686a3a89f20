/* The outbox: numbers, joining, batches, what is acknowledged and how long it is kept, kill -9. */
#include "tests/client/register.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static struct id group;

static void begin(void)
{
    register_open();
    struct identity who = {.device = 1, .unit_count = 1};
    who.units[0].stream = 7;
    OK(identity_save(book, &who, &f));
    OK(cursor_put(book, 7, 10, 99, &f));
    group = add_group("Chi hội 1");
}

TestSuite(outbox, .init = begin, .fini = register_close, .timeout = 60);

Test(outbox, changes_are_numbered_and_based_on_the_cursor)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 2);
    cr_assert(id_equal(&w[0].id, &group));
    cr_assert(id_equal(&w[1].id, &m));
    cr_assert_eq(w[1].base, 10);
    cr_assert(sets_text(&w[1], "name", "Nguyễn Thị Hoa"));
}

Test(outbox, what_never_left_takes_later_edits_in)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    cr_assert_eq(edit_text(&kind_member, &m, "phone", "0911111111"), 2);
    cr_assert_eq(edit_text(&kind_member, &m, "note", "x"), 2);
    struct change *c = new_change(&kind_member, &m);
    clear(c, "note");
    OK(record(c, false));
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 2);
    cr_assert(sets_text(&w[1], "phone", "0911111111"));
    cr_assert_not(sets(&w[1], "note"));
    cr_assert_eq(w[1].cleared, 0, "a creation has nothing to clear");
}

Test(outbox, edits_join_only_on_the_same_base)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    acknowledge_all();
    cr_assert_eq(edit_text(&kind_member, &m, "phone", "0911111111"), 3);
    struct change *c = new_change(&kind_member, &m);
    clear(c, "phone");
    OK(record(c, false));
    cr_assert_eq(c->number, 3);
    OK(cursor_put(book, 7, 12, 98, &f));
    cr_assert_eq(edit_text(&kind_member, &m, "note", "x"), 4);
    size_t n;
    struct change *w = waiting(&n);
    cr_assert_eq(n, 2);
    cr_assert(clears(&w[0], "phone"));
    cr_assert_eq(w[0].base, 10);
    cr_assert_eq(w[1].base, 12);
}

Test(outbox, what_may_have_left_stays_as_it_is)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    register_reopen();
    add_group("Chi hội 2");
    cr_assert_eq(edit_text(&kind_member, &m, "phone", "0911111111"), 4);
}

Test(outbox, an_edit_never_moves_before_what_it_refers_to)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    struct id other = add_group("Chi hội 2");
    struct change *c = new_change(&kind_member, &m);
    set_id(c, "group_id", &other);
    OK(record(c, false));
    cr_assert_eq(c->number, 4);
}

Test(outbox, a_batch_ends_at_its_limit_and_before_a_record_comes_twice)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    uint64_t last;
    waiting(&n);
    edit_text(&kind_member, &m, "phone", "0911111111");
    struct id g = add_group("Chi hội 2");
    struct batch b = take(0, 1, &last);
    cr_assert_eq(b.count, 1);
    cr_assert_eq(last, 1);
    b = take(0, 500, &last);
    cr_assert_eq(b.count, 2);
    cr_assert_eq(last, 2);
    b = take(last, 500, &last);
    cr_assert_eq(b.count, 2);
    cr_assert_eq(last, 4);
    cr_assert(id_equal(&b.changes[0].id, &g), "kinds come in the registry's order");
    cr_assert_eq(b.changes[0].number, 4);
    b = take(last, 500, &last);
    cr_assert_eq(b.count, 0);
}

Test(outbox, acknowledged_changes_no_longer_wait)
{
    add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    acknowledge(reply_make(1));
    cr_assert_eq(state().waiting, 1);
    acknowledge(reply_make(2));
    acknowledge(reply_make(1));
    register_reopen();
    cr_assert_eq(state().waiting, 0);
    cr_assert_eq(state().last, 2);
}

Test(outbox, a_server_that_has_more_than_we_made_shows_an_old_copy)
{
    size_t n;
    waiting(&n);
    FAILS(ERR_FORK, outbox_ack(book, arena, &reply_make(5)->message, &f));
    cr_assert_eq(state().acked, 0);
}

Test(outbox, conflicts_are_counted_until_the_clerk_settles_them)
{
    struct id m = add_member("Nguyễn Thị Hoa", &group);
    size_t n;
    waiting(&n);
    struct reply *r = reply_make(2);
    Hv__Conflict *c = r->conflict[0] = &r->conflicts[0];
    hv__conflict__init(c);
    c->has_number = c->has_field = true;
    c->number = 2;
    c->field = field_number(&kind_member, (size_t)field(&kind_member, "phone"));
    r->message.n_conflict = 1;
    acknowledge(r);
    cr_assert_eq(state().conflicts, 1);
    edit_text(&kind_member, &m, "note", "x");
    cr_assert_eq(state().conflicts, 1);
    edit_text(&kind_member, &m, "phone", "0911111111");
    cr_assert_eq(state().conflicts, 0);
}

Test(outbox, acknowledged_changes_are_kept_for_ninety_days)
{
    uint64_t last;
    setenv("HOIVIEN_TODAY", "2020-01-01", 1);
    acknowledge_all();
    setenv("HOIVIEN_TODAY", "2020-03-31", 1);
    add_group("Chi hội 2");
    acknowledge_all();
    cr_assert_eq(take(0, 10, &last).count, 2, "a restored server may ask for them");
    setenv("HOIVIEN_TODAY", "2020-04-01", 1);
    add_group("Chi hội 3");
    acknowledge_all();
    cr_assert_eq(take(0, 10, &last).count, 2);
    setenv("HOIVIEN_TODAY", "2021-01-01", 1);
    add_group("Chi hội 4");
    acknowledge_all();
    setenv("HOIVIEN_TODAY", "2022-01-01", 1);
    struct id id = add_group("Chi hội 5");
    acknowledge_all();
    register_reopen();
    cr_assert_eq(edit_text(&kind_group, &id, "note", "x"), 6, "numbers go on");
}

static void write_for_ever(int progress)
{
    struct book *own;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (book_open(&own, &ui, folder, false, NULL) != ERR_OK)
        _exit(1);
    for (int i = 0;; i++) {
        struct arena *a = arena_make((size_t)16 << 20);
        struct change *g = change_make(a, &kind_group);
        struct batch b;
        uint64_t last;
        g->id = os_new_id();
        set_text(g, "name", "Tổ");
        set_int(g, "type", 2);
        if (book_begin(own, NULL) != ERR_OK || book_record(own, a, g, true, NULL) != ERR_OK ||
            book_commit(own, NULL) != ERR_OK || write(progress, "x", 1) != 1)
            _exit(1);
        if (i % 7 == 0 && outbox_next(own, a, 0, 2000, &b, &last, NULL) != ERR_OK)
            _exit(1);
        arena_free(a);
    }
}

static enum err count_one(void *context, const struct record *r, struct fault *fault)
{
    (void)r;
    (void)fault;
    ++*(size_t *)context;
    return ERR_OK;
}

Test(outbox, killed_at_any_instant_row_and_entry_are_both_there_or_neither)
{
    uint64_t seed = seed_of_run();
    size_t told = 1; /* the group of the set-up */
    for (int round = 0; round < 8; round++) {
        int pipe_ends[2];
        cr_assert_eq(pipe(pipe_ends), 0);
        pid_t child = fork();
        if (child == 0)
            write_for_ever(pipe_ends[1]);
        close(pipe_ends[1]);
        char x;
        for (uint64_t n = 1 + random_below(&seed, 30); n > 0 && read(pipe_ends[0], &x, 1) == 1; n--)
            told++;
        kill(child, SIGKILL);
        cr_assert_eq(wait_for(child), 128 + SIGKILL);
        while (read(pipe_ends[0], &x, 1) == 1)
            told++;
        close(pipe_ends[0]);
        size_t rows = 0, entries;
        const struct book_filter all = {.kind = &kind_group, .missing_field = -1};
        OK(book_each(book, arena, &all, count_one, &rows, &f));
        waiting(&entries);
        cr_assert_eq(rows, entries);
        cr_assert(rows == told || rows == told + 1, "%zu rows, %zu told", rows, told);
        told = rows;
    }
}
