/* The clerk's commands through the real program, offline unless said otherwise. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi");
}

TestSuite(clerk, .init = begin, .fini = clerk_end, .timeout = 60);

static const char *add(const char *name, const char *rest)
{
    static char ids[8][16];
    static unsigned next;
    char *id = ids[next++ % 8],
         *out = hoivien_ok(&clerk.device,
                           "member add --name '%s' --birth 1970 --group 'Chi hội 1' --anyway %s", name, rest);
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", id) == 1, "%s", out);
    free(out);
    return id;
}

Test(clerk, lists_are_sorted_by_given_name_in_vietnamese_order)
{
    const char *names[] = {"Trần Thị Đào",  "Lê Thị Dung", "Nguyễn Thị Ánh",
                           "Nguyễn Thị An", "Bùi Thị Ân",  "Lê Văn Ăn"};
    for (size_t i = 0; i < 6; i++)
        add(names[i], "");
    char *out = hoivien_ok(&clerk.device, "member list --columns name --plain");
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
    char *out = hoivien_ok(&clerk.device, "member search 'thi hoa' --columns name --plain");
    cr_assert(strstr(out, "Hoà") != NULL && strstr(out, "Hòa") != NULL && strstr(out, "Đẹp") == NULL, "%s",
              out);
    free(out);
    clerk_says("member search 'do thi dep' --columns name --plain", "Đỗ Thị Đẹp");
}

Test(clerk, edit_of_many_is_all_or_nothing)
{
    const char *one = add("Lê Thị Một", ""), *two = add("Lê Thị Hai", "");
    clerk_ok("member edit %s %s --occupation 'Làm vườn'", one, two);
    clerk_says("member list --columns name,occupation --plain", "Lê Thị Hai,Làm vườn");
    struct output o = hoivien(&clerk.device, "member edit %s ffffffff --occupation Khác", one);
    cr_assert_neq(o.status, 0);
    output_free(&o);
    clerk_says_not("member list --columns name,occupation --plain", "Khác");
}

Test(clerk, edit_and_event_take_a_filter)
{
    add("Lê Thị Một", "");
    add("Lê Thị Hai", "--phone 0912345678");
    clerk_ok("member edit --missing phone --note 'hỏi số điện thoại'");
    clerk_says("member list --columns name,note --plain", "Lê Thị Một,hỏi số điện thoại");
    clerk_says_not("member list --columns name,note --plain", "Lê Thị Hai,hỏi");
    clerk_says("member event --in-group 'Chi hội 1' moved-out --date 3/2018 --reason 'chuyển chỗ ở'",
               "Members: 2.");
    clerk_says("member list --state not-counted --columns name --plain", "Lê Thị Hai");
    clerk_says_not("member list --state counted --columns name --plain", "Lê Thị");
}

Test(clerk, an_empty_value_clears_and_others_stay)
{
    const char *id = add("Lê Thị Một", "--phone 0912345678 --occupation 'Làm ruộng'");
    clerk_ok("member edit %s --phone ''", id);
    clerk_says("member list --columns name,phone,occupation --plain", "Lê Thị Một,,Làm ruộng");
}

Test(clerk, void_keeps_the_record_and_undo_brings_it_back)
{
    const char *id = add("Lê Thị Nhầm", "");
    clerk_ok("member void %s", id);
    clerk_says_not("member list --columns name --plain", "Nhầm");
    clerk_says("member list --state voided --columns name --plain", "Nhầm");
    clerk_ok("member void %s --undo", id);
    clerk_says("member list --columns name --plain", "Nhầm");
}

Test(clerk, a_member_may_be_in_several_groups)
{
    const char *id = add("Lê Thị Hát", "");
    clerk_ok("group add --name 'CLB Văn nghệ' --type cau-lac-bo");
    clerk_ok("member join %s 'CLB Văn nghệ'", id);
    clerk_says("member list --group 'clb van nghe' --columns name --plain", "Lê Thị Hát");
    clerk_says("member list --group 'Chi hội 1' --columns name --plain", "Lê Thị Hát");
    clerk_ok("member join %s 'CLB Văn nghệ' --leave", id);
    clerk_says_not("member list --group 'clb van nghe' --columns name --plain", "Lê Thị Hát");
}

Test(clerk, show_has_the_member_her_events_and_groups)
{
    const char *id = add("Lê Thị Xem", "--phone 0912345678");
    clerk_ok("member event %s joined --date 12/03/2010 --decision 5/QĐ", id);
    char *out = hoivien_ok(&clerk.device, "member show %s", id);
    cr_assert(strstr(out, "Lê Thị Xem") != NULL && strstr(out, "12/03/2010") != NULL &&
                  strstr(out, "5/QĐ") != NULL && strstr(out, "Chi hội 1") != NULL,
              "%s", out);
    free(out);
}

Test(clerk, somebody_who_is_likely_there_is_asked_about)
{
    add("Lê Thị Một", "");
    clerk_fails("member add --name 'le thi mot' --birth 1970 --group 'Chi hội 1'", 1, "--anyway");
}

Test(clerk, what_is_wrong_is_named_by_its_field)
{
    clerk_fails("member add --name 'Lê Thị Sai' --birth 31/02/1970 --group 'Chi hội 1'", 1, "Date of birth");
    clerk_fails("member add --name 'Lê Thị Sai' --birth 1970 --group 'Chi hội 7'", 1, "group");
    clerk_fails("member add --name 'Lê Thị Sai' --birth 1970 --group 'Chi hội 1' --citizen-no 12345", 1,
                "itizen");
    clerk_fails("member add --birth 1970 --group 'Chi hội 1'", 1, "name");
    clerk_fails("member add --nonsense 1", 2, "nonsense");
    clerk_fails("nonsense", 2, "nonsense");
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
    clerk_ok("sync");
    clerk_says("target", "1/1,000");
    add("Lê Thị Hai", "");
    add("Ông Danh Dự", "--category honorary");
    char *out = hoivien_ok(&clerk.device, "target");
    cr_assert(strstr(out, "2/1,000 = 0.20 %") != NULL && strstr(out, "not sent yet") != NULL &&
                  strstr(out, "Missing: 498") != NULL && strstr(out, "figure for tests") != NULL,
              "%s", out);
    free(out);
    server_kill(&clerk.server);
    clerk_says("target", "2/1,000");
    server_restart(&clerk.server);
}

Test(clerk, a_csv_for_excel_has_bom_semicolons_and_decimal_commas)
{
    clerk_ok("sync");
    char *out = hoivien_ok(&clerk.device, "target --format csv");
    cr_assert(strncmp(out, "\xEF\xBB\xBF", 3) == 0 && strchr(out, ';') != NULL, "%s", out);
    free(out);
}

Test(clerk, without_a_link_everything_is_kept_and_the_exit_status_is_3)
{
    add("Lê Thị Một", "");
    server_kill(&clerk.server);
    struct output o = hoivien(&clerk.device, "sync");
    cr_assert_eq(o.status, 3, "exit status %d: %s%s", o.status, o.out, o.err);
    output_free(&o);
    clerk_says("status", "Not sent: 3 changes.");
    server_restart(&clerk.server);
    clerk_ok("sync");
    clerk_says("status", "Not sent: 0 changes.");
    clerk_ok("group add --name 'Chi hội 3' --type chi-hoi");
    clerk_says("status", "Not sent: 1 change.");
}

Test(clerk, a_backup_holds_what_is_not_sent)
{
    add("Lê Thị Một", "");
    clerk_ok("backup %s/copy.db", clerk.device.folder);
    char *count =
        run_ok("mkdir %s/copy && cp %s/copy.db %s/copy/register.db && %s/client/hoivien --dir "
               "%s/copy --lang en status",
               clerk.device.folder, clerk.device.folder, clerk.device.folder, HV_BIN, clerk.device.folder);
    cr_assert(strstr(count, "Not sent: 3 changes.") != NULL, "%s", count);
    free(count);
}

Test(clerk, a_search_finds_events_by_the_member_and_never_all)
{
    add("Lê Thị Một", "");
    add("Lê Thị Hai", "");
    clerk_ok("member event --in-group 'Chi hội 1' joined --date 2015");
    clerk_says("event list --search 'thi mot' --columns type --plain | wc -l", "2");
    clerk_says("event search zzzz --columns type --plain | wc -l", "1");
    clerk_fails("event void --search zzzz", 1, "No record");
    clerk_says("event list --group 'Chi hội 2' --columns type --plain | wc -l", "1");
    clerk_says("event list --group 'Chi hội 1' --columns type --plain | wc -l", "3");
    clerk_fails("event void --state counted", 2, "Only members");
    clerk_fails("group list --group 'Chi hội 1'", 2, "by group");
}

Test(clerk, what_is_a_members_is_listed_through_what_refers_to_her)
{
    const char *one = add("Lê Thị Một", "");
    clerk_ok("household add --name 'Lê Văn Hộ'");
    clerk_ok("household add --name 'Lê Văn Khác'");
    clerk_ok("member edit %s --household 'Lê Văn Hộ'", one);
    clerk_ok("officer add --name 'Lê Thị Một' --member %s", one);
    clerk_ok("officer add --name 'Trần Thị Khác'");
    clerk_ok("post add --officer 'Lê Thị Một' --type chi-hoi-head --group 'Chi hội 1'");
    clerk_ok("post add --officer 'Trần Thị Khác' --type chi-hoi-deputy --group 'Chi hội 1'");
    clerk_ok("course add --name 'Lớp A' --date 2018-03");
    clerk_ok("course add --name 'Lớp B' --date 2018-04");
    clerk_ok("course attend 'Lớp A' 'Lê Thị Một'");
    clerk_ok("course attend 'Lớp B' 'Trần Thị Khác'");
    clerk_ok("activity add --group 'Chi hội 1' --date 2018-05-01");
    clerk_ok("activity add --group 'Chi hội 1' --date 2018-05-02");
    clerk_ok(
        "activity attend $(%s/client/hoivien --dir %s activity list --columns id --plain | tail -n 1) %s",
        HV_BIN, clerk.device.folder, one);
    static const char *const kinds[] = {"household", "post",   "course", "training",
                                        "activity",  "member", "group"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        clerk_says(words("%s list --member %s --columns id --plain | tail -n +2 | wc -l", kinds[i], one),
                   "1\n");
    clerk_fails(words("model list --member %s", one), 2, "by member");
    clerk_fails(words("programme export --member %s", one), 2, "by member");
}

Test(clerk, records_of_one_name_are_told_with_what_tells_them_apart)
{
    add("Lê Thị Một", "");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1985 --group 'Chi hội 1' --anyway");
    clerk_fails("member show 'Lê Thị Một'", 1, "2 records fit \"Lê Thị Một\"; give the id");
    clerk_fails("member show 'Lê Thị Một'", 1, "(1985, Chi hội 1)");
    clerk_ok("member export -o %s/all.csv", clerk.device.folder);
    free(run_ok("grep -q 1985 %s/all.csv", clerk.device.folder));
    clerk_fails("member export -o a.csv b.csv", 2, "leave out -o");
    clerk_ok("member void --group 'Chi hội 1'");
    clerk_says("household list --help", "for example standard=poor");
    clerk_says("household list --help", "for example id,name,standard");
}

Test(clerk, codes_are_taken_in_the_words_of_lists)
{
    clerk_ok("group add --name 'Hoa Sen' --type clb");
    clerk_ok("group add --name 'Tổ 1' --type 'tổ phụ nữ'");
    clerk_says("group list --columns name,type --plain", "Hoa Sen,cau-lac-bo");
    clerk_says("group list --columns name,type --plain", "Tổ 1,to\n");
    clerk_ok("household add --name 'Lê Văn Một' --standard 'Nghèo'");
    clerk_ok("household add --name 'Lê Văn Hai' --standard 'can ngheo'");
    clerk_says("household list --columns name,standard --plain", "Lê Văn Một,poor");
    clerk_says("household list --columns name,standard --plain", "Lê Văn Hai,near-poor");
    const char *id = add("Lê Thị Một", "--education THPT");
    clerk_says("member list --columns name,education --plain", "Lê Thị Một,upper-secondary");
    clerk_fails(words("member edit %s --category 'là hội viên'", id), 1, "choose: ordinary");
    clerk_ok("member event %s 'thôi sinh hoạt' --date 1/2018", id);
    clerk_says("event list --columns type --plain", "left");
}

Test(clerk, a_post_that_is_there_already_is_named)
{
    clerk_ok("officer add --name 'Trần Thị Hai' --birth 1975");
    clerk_ok("post add --officer 'Trần Thị Hai' --type chi-hoi-head --group 'Chi hội 1' --since 2018");
    clerk_fails("post add --officer 'Trần Thị Hai' --type chi-hoi-head --group 'Chi hội 1' --since 2018", 1,
                "Trần Thị Hai, Head of a chi hội");
}
