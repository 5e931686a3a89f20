/* Opening: whose file it is, and tables that grow with the registry. */
#include "tests/client/register.h"
#include <sqlite3.h>
#include <sys/stat.h>

TestSuite(schema, .init = register_open, .fini = register_close, .timeout = 30);

Test(schema, nobody_else_may_read_the_file)
{
    struct stat st;
    cr_assert_eq(stat(words("%s/register.db", folder), &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0600);
}

Test(schema, where_there_is_none_the_clerk_is_told_how_to_make_one)
{
    struct book *none;
    FAILS(ERR_FILE, book_open(&none, &ui, words("%s/other", folder), false, &f));
    cr_assert(strstr(f.text, "(test init ENROLMENT-CODE)") != NULL, "%s", f.text);
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

Test(schema, a_file_of_another_program_is_left_alone)
{
    char other[PATH_ROOM];
    struct book *none;
    scratch_make(other);
    by_hand(words("%s/register.db", other), "CREATE TABLE recipes (x)");
    FAILS(ERR_FILE, book_open(&none, &ui, other, true, &f));
    file_write(words("%s/register.db", other), "this is no database, however long it may be");
    FAILS(ERR_DB, book_open(&none, &ui, other, true, &f));
}

Test(schema, a_register_of_a_newer_program_asks_for_the_newer_program)
{
    book_close(&book);
    by_hand(words("%s/register.db", folder), "PRAGMA user_version = 1000");
    FAILS(ERR_SCHEMA, book_open(&book, &ui, folder, false, &f));
    cr_assert(strstr(f.text, "install the new test,") != NULL, "the program at hand: %s", f.text);
}

Test(schema, tables_grow_with_the_registry_and_what_was_not_known_is_fetched_again)
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

Test(schema, an_older_program_works_with_wider_tables)
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
