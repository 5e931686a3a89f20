/* What the server refuses stays with the clerk, is named, and goes again once it is mended. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static struct client_device other;

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("sync");
}

TestSuite(refused, .init = begin, .fini = clerk_end, .timeout = 60);

static void expect_refused(int count)
{
    clerk_says("status", words("Refused: %d.", count));
}

/* Nothing is refused any more, and another computer gets all that this one has. */
static void expect_mended(void)
{
    clerk_ok("sync");
    clerk_says("status", "Not sent: 0");
    expect_refused(0);
    device_make(&other, &clerk.server, "31317", NULL);
    const struct client_device *const both[] = {&clerk.device, &other};
    char *all[2];
    for (int i = 0; i < 2; i++)
        all[i] = run_ok("for kind in group member membership event; do %s/client/hoivien --dir %s $kind "
                        "export --plain | sort; done",
                        HV_BIN, both[i]->folder);
    cr_assert_str_eq(all[0], all[1]);
    free(all[0]);
    free(all[1]);
    clerk_verify();
}

/* A rule of the database that the programs know nothing of. */
static void forbid_group(const char *name)
{
    sql(&clerk.server.db, "alter table groups add constraint forbidden check (name <> '%s')", name);
}

Test(refused, a_change_whose_group_is_gone_is_named_and_mended_by_another_group)
{
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi");
    clerk_ok("sync");
    sql(&clerk.server.db, "delete from groups where name = 'Chi hội 2'");
    clerk_ok("member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 2'");
    clerk_ok("member add --name 'Lê Thị Ba' --birth 1972 --group 'Chi hội 1'");
    clerk_says("sync", "the record that is referred to is not there");
    expect_refused(1);
    clerk_says("status", "the record that is referred to is not there");
    clerk_says("member list --columns name --plain", "Lê Thị Hai");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members"), 2,
                 "the good one beside it is kept");
    clerk_ok("member edit --search hai --group 'Chi hội 1'");
    clerk_says("sync", "refused 0");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members where birth = 19710000"), 1,
                 "it went whole, not only what was edited");
    expect_refused(0);
}

Test(refused, what_depends_on_a_refused_record_goes_again_by_itself)
{
    forbid_group("Chi hội 9");
    clerk_ok("group add --name 'Chi hội 9' --type chi-hoi");
    clerk_ok("member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 9'");
    clerk_ok("member event --search hai joined --date 01/07/2018");
    clerk_ok("member edit --search mot --phone 0912345678");
    clerk_says("sync", "could not store it");
    expect_refused(3);
    clerk_says("status", "waits for a record that was refused");
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members where phone = '0912345678'"), 1);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from events"), 0);
    clerk_ok("group edit --search 'chi hoi 9' --name 'Chi hội 10'");
    expect_mended();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from events"), 1);
    cr_assert_eq(sql_int(&clerk.server.db, "select sum(n) from standing_count where day <= 20181231"), 2);
}

/* What is added after the refusal, and sent apart from it, waits too. */
Test(refused, what_comes_later_waits_for_the_refused_record)
{
    forbid_group("Chi hội 9");
    clerk_ok("group add --name 'Chi hội 9' --type chi-hoi");
    clerk_ok("sync");
    clerk_ok("member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 9'");
    clerk_says("sync", "waits for a record that was refused");
    clerk_ok("member event --search hai joined --date 01/07/2018");
    clerk_says("sync", "refused 3");
    clerk_ok("sync"); /* again brings nothing new and loses nothing */
    expect_refused(3);
    clerk_ok("group edit --search 'chi hoi 9' --name 'Chi hội 10'");
    expect_mended();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members"), 2);
}

/* A correction that is refused as well leaves everything as it was, until one is not. */
Test(refused, a_mending_that_is_refused_again_loses_nothing)
{
    forbid_group("Chi hội 9");
    clerk_ok("group add --name 'Chi hội 9' --type chi-hoi");
    clerk_ok("member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 9'");
    clerk_ok("sync");
    clerk_ok("group edit --search 'chi hoi 9' --note 'sửa lần một'");
    clerk_ok("sync");
    expect_refused(2);
    clerk_ok("group edit --search 'chi hoi 9' --name 'Chi hội 10'");
    expect_mended();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from groups where note = 'sửa lần một'"), 1);
}

/* The edit of a record that is there: only the edit is refused, the record stands as it was. */
Test(refused, an_edit_keeps_the_clerks_value_until_it_is_mended)
{
    sql(&clerk.server.db, "alter table members add constraint forbidden check (phone <> '0900000000')");
    clerk_ok("member edit --search mot --phone 0900000000 --occupation 'Làm vườn'");
    clerk_ok("sync");
    expect_refused(1);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members where occupation is not null"), 0);
    clerk_says("member list --columns phone,occupation --plain", "0900000000,Làm vườn");
    clerk_ok("member edit --search mot --phone 0911111111");
    expect_mended();
    cr_assert_eq(sql_int(&clerk.server.db,
                         "select count(*) from members where phone = '0911111111' and occupation "
                         "= 'Làm vườn'"),
                 1);
}

/* A refusal is told in no language of the database: no constraint's name, no value. */
Test(refused, no_word_of_the_database_reaches_the_clerk)
{
    forbid_group("Chi hội 9");
    clerk_ok("group add --name 'Chi hội 9' --type chi-hoi");
    struct output o = hoivien(&clerk.device, "sync");
    cr_assert_eq(o.status, 0);
    cr_assert(strstr(o.out, "forbidden") == NULL && strstr(o.err, "forbidden") == NULL, "%s%s", o.out, o.err);
    output_free(&o);
    char *log = file_read(words("%s/log", clerk.server.folder));
    cr_assert(strstr(log, "Chi hội") == NULL, "%s", log);
    free(log);
}

/* ---- edited on another computer too ---- */

Test(refused, what_was_edited_elsewhere_too_is_listed_with_both_values)
{
    device_make(&other, &clerk.server, "31317", NULL);
    clerk_ok("member edit --search mot --phone 0911111111 --birth 2/1970");
    clerk_ok("sync");
    free(hoivien_ok(&other, "member edit --search mot --phone 0922222222 --birth 3/1970"));
    free(hoivien_ok(&other, "sync"));
    char *said = hoivien_ok(&other, "status");
    cr_assert(strstr(said, "Edited elsewhere too: 2.") != NULL, "%s", said);
    char *line = strstr(said, "  Edited elsewhere too: ");
    cr_assert(line != NULL && strstr(line, "Lê Thị Một") != NULL, "%s", said);
    char *phone = strstr(said, "hone: \"0911111111\" stood, \"0922222222\" stands now");
    cr_assert(phone != NULL && strstr(said, "\"02/1970\" stood, \"03/1970\" stands now") != NULL, "%s", said);
    free(said);
    free(hoivien_ok(&other, "member edit --search mot --phone 0911111111 --birth 2/1970"));
    said = hoivien_ok(&other, "status");
    cr_assert(strstr(said, "Edited elsewhere too: 0.") != NULL, "%s", said);
    free(said);
}

Test(refused, of_many_edited_elsewhere_too_the_first_twenty_are_listed)
{
    for (int i = 0; i < 22; i++)
        clerk_ok("member add --anyway --name 'Lê Thị %c' --birth 1970 --group 'Chi hội 1'", 'A' + i);
    clerk_ok("sync");
    device_make(&other, &clerk.server, "31317", NULL);
    clerk_ok("member edit --in-group 'Chi hội 1' --phone 0911111111");
    clerk_ok("sync");
    free(hoivien_ok(&other, "member edit --in-group 'Chi hội 1' --phone 0922222222"));
    free(hoivien_ok(&other, "sync"));
    char *said = hoivien_ok(&other, "status");
    int lines = 0;
    for (char *at = said; (at = strstr(at, "  Edited elsewhere too: ")) != NULL; at++)
        lines++;
    cr_assert_eq(lines, 20, "%s", said);
    cr_assert(strstr(said, "and 3 more") != NULL, "%s", said);
    free(said);
}
