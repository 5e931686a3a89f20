/* One consistent copy, unsent changes included. */
#include "tests/client/register.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(backup, .init = register_open, .fini = register_close, .timeout = 30);

Test(backup, the_copy_is_a_register_with_everything_in_it)
{
    struct id g = add_group("Chi hội 1");
    char other[PATH_ROOM];
    scratch_make(other);
    OK(book_backup(book, words("%s/register.db", other), &f));
    edit_text(&kind_group, &g, "name", "Chi hội Một");
    book_close(&book);
    OK(book_open(&book, &ui, other, false, &f));
    cr_assert_eq(state().waiting, 1);
    cr_assert_str_eq(text_of(&kind_group, &g, "name"), "Chi hội 1");
}

Test(backup, nobody_else_may_read_it_and_it_is_one_file)
{
    const char *path = words("%s/copy", folder);
    struct stat st;
    OK(book_backup(book, path, &f));
    cr_assert_eq(stat(path, &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0600);
    cr_assert_neq(access(words("%s-wal", path), F_OK), 0);
    cr_assert_neq(access(words("%s-journal", path), F_OK), 0);
}

Test(backup, another_file_is_never_overwritten)
{
    const char *path = words("%s/letter", folder);
    file_write(path, "dear");
    FAILS(ERR_EXISTS, book_backup(book, path, &f));
    char *text = file_read(path);
    cr_assert_str_eq(text, "dear");
    free(text);
}

Test(backup, a_place_that_is_not_there_is_told)
{
    FAILS(ERR_FILE, book_backup(book, words("%s/nowhere/copy", folder), &f));
}

Test(backup, it_is_made_while_another_command_writes)
{
    struct book *other;
    add_group("Chi hội 1");
    OK(book_open(&other, &ui, folder, false, &f));
    OK(book_begin(other, &f));
    OK(book_record(other, arena, new_group("Chi hội 2"), true, &f));
    OK(book_backup(book, words("%s/copy", folder), &f));
    book_rollback(other);
    book_close(&other);
}
