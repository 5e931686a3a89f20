/* The clerk's commands through the real program, offline unless said otherwise. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device device;

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&device, &server, "31317", NULL);
    free(hoivien_ok(&device, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&device, "group add --name 'Chi hội 2' --type chi-hoi"));
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(clerk, .init = begin, .fini = end, .timeout = 60);

static const char *add(const char *name, const char *rest)
{
    static char ids[8][16];
    static unsigned next;
    char *id = ids[next++ % 8],
         *out = hoivien_ok(&device, "member add --name '%s' --birth 1970 --group 'Chi hội 1' --anyway %s",
                           name, rest);
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", id) == 1, "%s", out);
    free(out);
    return id;
}

static void expect(const char *command, const char *text)
{
    char *out = hoivien_ok(&device, "%s", command);
    cr_assert(strstr(out, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, out);
    free(out);
}

static void expect_not(const char *command, const char *text)
{
    char *out = hoivien_ok(&device, "%s", command);
    cr_assert(strstr(out, text) == NULL, "hoivien %s says \"%s\":\n%s", command, text, out);
    free(out);
}

static void expect_failure(const char *command, int status, const char *text)
{
    struct output o = hoivien(&device, "%s", command);
    cr_assert_eq(o.status, status, "hoivien %s: exit status %d\n%s", command, o.status, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, o.err);
    output_free(&o);
}

Test(clerk, lists_are_sorted_by_given_name_in_vietnamese_order)
{
    const char *names[] = {"Trần Thị Đào",  "Lê Thị Dung", "Nguyễn Thị Ánh",
                           "Nguyễn Thị An", "Bùi Thị Ân",  "Lê Văn Ăn"};
    for (size_t i = 0; i < 6; i++)
        add(names[i], "");
    char *out = hoivien_ok(&device, "member list --columns name --plain");
    cr_assert(
        strstr(out, "Nguyễn Thị An\nNguyễn Thị Ánh\nLê Văn Ăn\nBùi Thị Ân\nLê Thị Dung\nTrần Thị Đào\n") !=
            NULL,
        "%s", out);
    free(out);
}

Test(clerk, search_ignores_tones_and_finds_both_ways_to_write_hoa)
{
    add("Nguyễn Thị Hoà", "");
    add("Nguyễn Thị Hòa", "");
    add("Đỗ Thị Đẹp", "");
    char *out = hoivien_ok(&device, "member search 'thi hoa' --columns name --plain");
    cr_assert(strstr(out, "Hoà") != NULL && strstr(out, "Hòa") != NULL && strstr(out, "Đẹp") == NULL, "%s",
              out);
    free(out);
    expect("member search 'do thi dep' --columns name --plain", "Đỗ Thị Đẹp");
}

Test(clerk, edit_of_many_is_all_or_nothing)
{
    const char *one = add("Lê Thị Một", ""), *two = add("Lê Thị Hai", "");
    free(hoivien_ok(&device, "member edit %s %s --occupation 'Làm vườn'", one, two));
    expect("member list --columns name,occupation --plain", "Lê Thị Hai,Làm vườn");
    struct output o = hoivien(&device, "member edit %s ffffffff --occupation Khác", one);
    cr_assert_neq(o.status, 0);
    output_free(&o);
    expect_not("member list --columns name,occupation --plain", "Khác");
}

Test(clerk, edit_and_event_take_a_filter)
{
    add("Lê Thị Một", "");
    add("Lê Thị Hai", "--phone 0912345678");
    free(hoivien_ok(&device, "member edit --missing phone --note 'hỏi số điện thoại'"));
    expect("member list --columns name,note --plain", "Lê Thị Một,hỏi số điện thoại");
    expect_not("member list --columns name,note --plain", "Lê Thị Hai,hỏi");
    expect("member event --in-group 'Chi hội 1' moved-out --date 3/2018 --reason 'chuyển chỗ ở'",
           "Members: 2.");
    expect("member list --state not-counted --columns name --plain", "Lê Thị Hai");
    expect_not("member list --state counted --columns name --plain", "Lê Thị");
}

Test(clerk, an_empty_value_clears_and_others_stay)
{
    const char *id = add("Lê Thị Một", "--phone 0912345678 --occupation 'Làm ruộng'");
    free(hoivien_ok(&device, "member edit %s --phone ''", id));
    expect("member list --columns name,phone,occupation --plain", "Lê Thị Một,,Làm ruộng");
}

Test(clerk, void_keeps_the_record_and_undo_brings_it_back)
{
    const char *id = add("Lê Thị Nhầm", "");
    free(hoivien_ok(&device, "member void %s", id));
    expect_not("member list --columns name --plain", "Nhầm");
    expect("member list --state voided --columns name --plain", "Nhầm");
    free(hoivien_ok(&device, "member void %s --undo", id));
    expect("member list --columns name --plain", "Nhầm");
}

Test(clerk, a_member_may_be_in_several_groups)
{
    const char *id = add("Lê Thị Hát", "");
    free(hoivien_ok(&device, "group add --name 'CLB Văn nghệ' --type cau-lac-bo"));
    free(hoivien_ok(&device, "member join %s 'CLB Văn nghệ'", id));
    expect("member list --group 'clb van nghe' --columns name --plain", "Lê Thị Hát");
    expect("member list --group 'Chi hội 1' --columns name --plain", "Lê Thị Hát");
    free(hoivien_ok(&device, "member join %s 'CLB Văn nghệ' --leave", id));
    expect_not("member list --group 'clb van nghe' --columns name --plain", "Lê Thị Hát");
}

Test(clerk, show_has_the_member_her_events_and_groups)
{
    const char *id = add("Lê Thị Xem", "--phone 0912345678");
    free(hoivien_ok(&device, "member event %s joined --date 12/03/2010 --decision 5/QĐ", id));
    char *out = hoivien_ok(&device, "member show %s", id);
    cr_assert(strstr(out, "Lê Thị Xem") != NULL && strstr(out, "12/03/2010") != NULL &&
                  strstr(out, "5/QĐ") != NULL && strstr(out, "Chi hội 1") != NULL,
              "%s", out);
    free(out);
}

Test(clerk, somebody_who_is_likely_there_is_asked_about)
{
    add("Lê Thị Một", "");
    expect_failure("member add --name 'le thi mot' --birth 1970 --group 'Chi hội 1'", 1, "--anyway");
}

Test(clerk, what_is_wrong_is_named_by_its_field)
{
    expect_failure("member add --name 'Lê Thị Sai' --birth 31/02/1970 --group 'Chi hội 1'", 1,
                   "Date of birth");
    expect_failure("member add --name 'Lê Thị Sai' --birth 1970 --group 'Chi hội 7'", 1, "group");
    expect_failure("member add --name 'Lê Thị Sai' --birth 1970 --group 'Chi hội 1' --citizen-no 12345", 1,
                   "itizen");
    expect_failure("member add --birth 1970 --group 'Chi hội 1'", 1, "name");
    expect_failure("member add --nonsense 1", 2, "nonsense");
    expect_failure("nonsense", 2, "nonsense");
}

Test(clerk, every_command_has_help_in_both_languages)
{
    char *list = run_ok("%s/client/hoivien --lang en --help", HV_BIN);
    cr_assert(strstr(list, "member import") != NULL && strstr(list, "sync") != NULL, "%s", list);
    free(list);
    const char *commands[] = {"init",       "sync",         "target",           "status",
                              "backup",     "member event", "member join",      "member add",
                              "group list", "event void",   "membership export"};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        char *vi = run_ok("%s/client/hoivien %s --help --lang vi", HV_BIN, commands[i]),
             *en = run_ok("%s/client/hoivien %s --help --lang en", HV_BIN, commands[i]);
        cr_assert(strcmp(vi, en) != 0 && strstr(en, commands[i]) != NULL, "%s", en);
        free(vi);
        free(en);
    }
}

Test(clerk, the_target_counts_local_changes_and_says_so)
{
    add("Lê Thị Một", "");
    free(hoivien_ok(&device, "sync"));
    expect("target", "1/1,000");
    add("Lê Thị Hai", "");
    add("Ông Danh Dự", "--category honorary");
    char *out = hoivien_ok(&device, "target");
    cr_assert(strstr(out, "2/1,000 = 0.20 %") != NULL && strstr(out, "not sent yet") != NULL &&
                  strstr(out, "Missing: 498") != NULL && strstr(out, "figure for tests") != NULL,
              "%s", out);
    free(out);
    server_kill(&server);
    expect("target", "2/1,000");
    server_restart(&server);
}

Test(clerk, a_csv_for_excel_has_bom_semicolons_and_decimal_commas)
{
    free(hoivien_ok(&device, "sync"));
    char *out = hoivien_ok(&device, "target --format csv");
    cr_assert(strncmp(out, "\xEF\xBB\xBF", 3) == 0 && strchr(out, ';') != NULL, "%s", out);
    free(out);
}

Test(clerk, without_a_link_everything_is_kept_and_the_exit_status_is_3)
{
    add("Lê Thị Một", "");
    server_kill(&server);
    struct output o = hoivien(&device, "sync");
    cr_assert_eq(o.status, 3, "exit status %d: %s%s", o.status, o.out, o.err);
    output_free(&o);
    expect("status", "Not sent: 3 changes.");
    server_restart(&server);
    free(hoivien_ok(&device, "sync"));
    expect("status", "Not sent: 0 changes.");
    free(hoivien_ok(&device, "group add --name 'Chi hội 3' --type chi-hoi"));
    expect("status", "Not sent: 1 change.");
}

Test(clerk, a_backup_holds_what_is_not_sent)
{
    add("Lê Thị Một", "");
    free(hoivien_ok(&device, "backup %s/copy.db", device.folder));
    char *count = run_ok("mkdir %s/copy && cp %s/copy.db %s/copy/register.db && %s/client/hoivien --dir "
                         "%s/copy --lang en status",
                         device.folder, device.folder, device.folder, HV_BIN, device.folder);
    cr_assert(strstr(count, "Not sent: 3 changes.") != NULL, "%s", count);
    free(count);
}

Test(clerk, a_search_finds_events_by_the_member_and_never_all)
{
    add("Lê Thị Một", "");
    add("Lê Thị Hai", "");
    free(hoivien_ok(&device, "member event --in-group 'Chi hội 1' joined --date 2015"));
    expect("event list --search 'thi mot' --columns type --plain | wc -l", "2");
    expect("event search zzzz --columns type --plain | wc -l", "1");
    expect_failure("event void --search zzzz", 1, "No record");
    expect("event list --group 'Chi hội 2' --columns type --plain | wc -l", "1");
    expect("event list --group 'Chi hội 1' --columns type --plain | wc -l", "3");
    expect_failure("event void --state counted", 2, "Only members");
    expect_failure("group list --group 'Chi hội 1'", 2, "by group");
}
