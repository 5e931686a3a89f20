/* The province's pen: hoivien-report enters what the province owns, and the commune's register hears it. */
#include "tests/session/pen_scene.h"

SUPPORT_CLUSTER

TestSuite(pen, .init = pen_begin, .fini = pen_end, .timeout = 120);

/* ---- its own stream ---- */

Test(pen, a_programme_is_entered_at_once_and_the_communes_have_it)
{
    expect("programme add --name 'Đề án 938' --starts 2017", "The server has it.");
    cr_assert_eq(rows_in("programmes"), 1);
    free(hoivien_ok(&one, "sync"));
    hears(&one, "programme list", "Đề án 938");
    expect("programme edit 'Đề án 938' --partner 'Sở Tư pháp'", "The server has it.");
    free(hoivien_ok(&one, "sync"));
    hears(&one, "programme list --columns name,partner --plain", "Đề án 938,Sở Tư pháp");
    expect("programme void 'Đề án 938'", "The server has it.");
    cr_assert_eq(sql_int(&server.db, "select count(*) from programmes where voided"), 1);
}

Test(pen, officers_posts_and_courses_of_the_province_stay_the_provinces)
{
    free(report_ok("officer add --name 'Lê Thị Tỉnh'"));
    free(report_ok("post add --officer 'Lê Thị Tỉnh' --type province-officer --communes '31317, 31318'"));
    free(report_ok("course add --name 'Tập huấn 2018' --date 05/2018"));
    free(report_ok("course attend 'Tập huấn 2018' 'Lê Thị Tỉnh'"));
    cr_assert_eq(rows_in("trainings"), 1);
    free(hoivien_ok(&one, "sync"));
    hears_not(&one, "officer list", "Lê Thị Tỉnh");
    expect("officer list", "Lê Thị Tỉnh");
}

Test(pen, a_class_of_the_province_is_read_and_attended_in_communes_and_changed_by_it_alone)
{
    free(report_ok("course add --name 'Lớp tỉnh' --date 05/2018"));
    free(hoivien_ok(&one, "sync"));
    hears(&one, "course list", "Lớp tỉnh");
    hears(&one, "course list --columns held-by", "Hậu Giang");
    static const char *const commands[] = {"course edit 'Lớp tỉnh' --days 3", "course void 'Lớp tỉnh'"};
    for (size_t i = 0; i < 2; i++) {
        struct output o = hoivien(&one, "%s", commands[i]);
        cr_assert(o.status == 1 && strstr(o.err, "the record is that of Tỉnh Hậu Giang") != NULL, "%d %s%s",
                  o.status, o.out, o.err);
        output_free(&o);
    }
    free(hoivien_ok(&one, "officer add --name 'Lê Thị Xã'"));
    free(hoivien_ok(&one, "training add --course 'Lớp tỉnh' --officer 'Lê Thị Xã'"));
    free(hoivien_ok(&one, "course export %s/courses.csv", folder));
    free(hoivien_ok(&one, "course import %s/courses.csv", folder));
    free(hoivien_ok(&one, "course add --name 'Lớp xã' --date 06/2018"));
    free(hoivien_ok(&one, "course edit 'Lớp xã' --days 2"));
    char *out = hoivien_ok(&one, "sync");
    cr_assert(strstr(out, "refused 0") != NULL, "%s", out);
    free(out);
    cr_assert_eq(rows_in("trainings"), 1);
    free(hoivien_ok(&two, "sync"));
    hears(&two, "course list", "Lớp tỉnh");
    hears_not(&two, "course list", "Lớp xã");
    free(report_ok("course void 'Lớp tỉnh'"));
    free(hoivien_ok(&two, "sync"));
    hears_not(&two, "course list", "Lớp tỉnh");
}

Test(pen, posts_of_the_province_are_of_its_own_types_and_communes)
{
    free(report_ok("officer add --name 'Lê Thị Tỉnh'"));
    struct output o = report("post add --officer 'Lê Thị Tỉnh' --type commune-president");
    cr_assert(o.status == 1 && strstr(o.err, "Type: ") != NULL, "%d %s%s", o.status, o.out, o.err);
    output_free(&o);
    o = report("post add --officer 'Lê Thị Tỉnh' --type province-officer --communes 31317,31498");
    cr_assert(strstr(o.out, "Communes assigned: ") != NULL && strstr(o.out, "31317,31498") != NULL, "%d %s%s",
              o.status, o.out, o.err);
    output_free(&o);
    cr_assert_eq(rows_in("posts"), 0);
    free(report_ok("post edit --search 'le thi tinh' --communes 31317"));
    cr_assert_eq(rows_in("posts"), 1);
}

Test(pen, csv_goes_in_and_comes_out)
{
    file_write(words("%s/programmes.csv", folder), "Tên,Bắt đầu\nĐề án 938,2017\nĐề án 939,01/02/2017\n");
    expect(words("programme import --check %s/programmes.csv", folder), "would add 2");
    cr_assert_eq(rows_in("programmes"), 0);
    expect(words("programme import %s/programmes.csv", folder), "2 added");
    cr_assert_eq(rows_in("programmes"), 2);
    expect(words("programme export %s/out.csv --plain", folder), "");
    char *text = file_read(words("%s/out.csv", folder));
    cr_assert(strstr(text, "Đề án 939,2017-02-01") != NULL, "%s", text);
    free(text);
}

/* ---- a commune's stream ---- */

Test(pen, a_plan_is_the_communes_and_both_work_on_it)
{
    plan_made();
    expect("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause 'Ít chi hội' --by-province yes",
           "The server has it.");
    cr_assert_eq(
        sql_int(&server.db, "select count(*) from causes where stream = %d", world_unit(&server.db, "31317")),
        1);
    free(hoivien_ok(&one, "sync"));
    hears(&one, "plan list", "Hỗ trợ 2019");
    char *id = hoivien_ok(&one, "cause list --columns id --plain");
    char *line = strchr(id, '\n');
    cr_assert(line != NULL);
    free(hoivien_ok(&one, "cause edit %.36s --by-commune yes", line + 1));
    free(id);
    free(hoivien_ok(&one, "progress add --plan 'Hỗ trợ 2019' --date 31/12/2018 --note 'Đã họp'"));
    free(hoivien_ok(&one, "sync"));
    expect("progress list --commune 31317", "2018");
    cr_assert_eq(sql_int(&server.db, "select count(*) from causes where by_commune and by_province"), 1);
    free(hoivien_ok(&two, "sync"));
    hears_not(&two, "plan list", "Hỗ trợ 2019");
}

Test(pen, a_step_refers_to_the_provinces_programme)
{
    plan_made();
    free(report_ok("programme add --name 'Đề án 938'"));
    expect("step add --commune 31317 --plan 'Hỗ trợ 2019' --name 'Mở lớp' --programme 'Đề án 938'",
           "The server has it.");
    free(hoivien_ok(&one, "sync"));
    hears(&one, "step list", "Mở lớp");
}

Test(pen, a_clerk_is_told_at_once_what_is_the_provinces)
{
    plan_made();
    free(hoivien_ok(&one, "sync"));
    struct output o = hoivien(&one, "plan edit 'Hỗ trợ 2019' --figure 1");
    cr_assert_eq(o.status, 2);
    cr_assert(strstr(o.err, "the field \"Figure to reach\" is the province's to enter") != NULL, "%s", o.err);
    output_free(&o);
    o = hoivien(&one, "notice add --name 'Của xã'");
    cr_assert_eq(o.status, 2, "%s", o.err);
    output_free(&o);
    free(hoivien_ok(&one, "plan edit 'Hỗ trợ 2019' --note 'Xã nhất trí'"));
    hears(&one, "status", "1");
}

Test(pen, another_provinces_commune_is_none)
{
    expect_failure("plan add --commune 31498 --name 'Hỗ trợ'", 1,
                   "There is no commune 31498 below your unit");
    expect_failure("plan add --commune 99999 --name 'Hỗ trợ'", 1,
                   "There is no commune 99999 below your unit");
    expect_failure("plan add --name 'Hỗ trợ'", 2, "--commune 31317");
    expect_failure("plan add --commune ../../x --name 'Hỗ trợ'", 2, "--commune 31317");
    expect_failure("progress add --commune 31317 --note x", 2, "");
}

/* ---- when the link fails ---- */

Test(pen, without_a_link_it_is_entered_here_and_goes_with_the_next_command)
{
    free(report_ok("programme add --name 'Đề án 1'"));
    relay_set(relay, RELAY_CUT);
    expect_failure("programme add --name 'Đề án 2'", 3, "This goes with the next command");
    expect_failure("programme list", 3, "entered on this computer and waiting: 1 change.");
    expect_failure("plan add --commune 31317 --name 'Hỗ trợ'", 3, "The server can't be reached");
    cr_assert_eq(rows_in("programmes"), 1);
    relay_set(relay, RELAY_PASS);
    expect("programme list", "Đề án 2");
    cr_assert_eq(rows_in("programmes"), 2);
}

/* The reply to the push is lost: what was entered is entered once. */
Test(pen, a_lost_reply_enters_nothing_twice)
{
    uint64_t down = 0, all = 0;
    plan_made();
    for (int i = 0; i < 2; i++) {
        down = relay_bytes_down(relay);
        free(report_ok(words("visit add --commune 31317 --plan 'Hỗ trợ 2019' --date %d/12/2018", 18 + i)));
        all = relay_bytes_down(relay) - down;
    }
    relay_cut_after(relay, all - 10);
    expect_failure("visit add --commune 31317 --plan 'Hỗ trợ 2019' --date 20/12/2018", 3,
                   "This goes with the next command");
    cr_assert_eq(rows_in("visits"), 3, "the server has it, and the computer does not know");
    free(report_ok("visit list --commune 31317"));
    free(report_ok("visit list --commune 31317"));
    cr_assert_eq(rows_in("visits"), 3);
    cr_assert_eq(sql_int(&server.db, "select count(*) from log where kind = 18"), 3);
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}

/* New keys go on with the registers of the old ones, and lose nothing that was not sent. */
Test(pen, a_revoked_computer_goes_on_with_a_new_code)
{
    plan_made();
    relay_set(relay, RELAY_CUT);
    expect_failure("visit add --commune 31317 --plan 'Hỗ trợ 2019' --date 20/12/2018", 3, "This goes");
    relay_set(relay, RELAY_PASS);
    sql(&server.db, "update device set revoked_at = now() where role = 'reporter'; update gate set version = "
                    "version + 1");
    char *code = world_code(&server, "93", "reporter");
    free(report_ok(words("init %s", code)));
    free(code);
    free(report_ok("visit list --commune 31317"));
    free(report_ok("programme add --name 'Đề án 1'"));
    cr_assert_eq(rows_in("visits"), 1);
    cr_assert_eq(rows_in("programmes"), 1);
}

/* What the other side has signed is not rewritten under its name; the server holds it too. */
Test(pen, what_both_agreed_to_is_changed_by_neither_alone)
{
    plan_made();
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause far-work --by-province yes"));
    free(hoivien_ok(&one, "sync"));
    char *id = hoivien_ok(&one, "cause list --columns id --plain | tail -n 1 | tr -d '\n'");
    struct output o = hoivien(&one, "cause edit %s --cause weak-head", id);
    cr_assert(o.status == 1 && strstr(o.err, "the province has agreed to it") != NULL, "%d %s", o.status,
              o.err);
    output_free(&o);
    o = hoivien(&one, "cause void %s", id);
    cr_assert_eq(o.status, 1);
    output_free(&o);
    free(hoivien_ok(&one, "cause edit %s --by-commune yes --note 'Đúng'", id));
    free(hoivien_ok(&one, "sync"));
    expect_failure(words("cause edit %s --commune 31317 --cause poverty", id), 1,
                   "the commune has agreed to it");
    free(report_ok(words("cause edit %s --commune 31317 --by-province no", id)));
    free(hoivien_ok(&one, "sync"));
    free(hoivien_ok(&one, "cause edit %s --cause weak-head", id));
    free(hoivien_ok(&one, "sync"));
    cr_assert_str_eq(sql(&server.db, "select cause from causes"), "weak-head");
    free(id);
}

Test(pen, a_plan_has_one_main_cause)
{
    plan_made();
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause far-work --main-cause yes"));
    expect_failure("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty --main-cause yes", 1,
                   " --commune 31317 --main-cause no");
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty"));
    free(hoivien_ok(&one, "sync"));
    char *id = hoivien_ok(&one, "cause list --columns id,cause --plain | grep poverty | cut -d, -f1");
    id[strcspn(id, "\n")] = '\0';
    struct output o = hoivien(&one, "cause edit %s --main-cause yes", id);
    cr_assert(o.status == 1 && strstr(o.err, "has a main cause already") != NULL, "%d %s", o.status, o.err);
    output_free(&o);
    free(id);
}

Test(pen, advice_names_the_register_in_which_it_works)
{
    plan_made();
    expect_failure("step add --commune 31317 --plan 'Hỗ trợ 2019' --name Một --programme Xa", 1,
                   "hoivien-report programme list.");
    free(report_ok("officer add --name 'Lê Thị Tỉnh'"));
    expect_failure("post add --officer 'Lê Thị Tỉnh' --type province-officer --group 'Chi hội 1'", 1,
                   "groups are entered by their communes");
}

/* ---- whose it is ---- */

Test(pen, an_option_of_the_other_side_is_told_whose_it_is)
{
    plan_made();
    expect_failure("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty --by-commune yes", 2,
                   "--by-commune: the field \"Commune agrees\" is the commune's to enter; ask the commune.");
    expect_failure("plan edit 'Hỗ trợ 2019' --commune 31317 --note", 2, "is the commune's to enter");
    expect_failure("plan edit 'Hỗ trợ 2019' --commune 31317 --note x --lang vi", 2,
                   "--note: mục “Ý kiến của xã” do xã ghi; hãy đề nghị xã ghi.");
    struct output o = hoivien(&one, "cause add --plan x --cause y --by-province=yes");
    cr_assert(o.status == 2 && strstr(o.err, "\"Province agrees\" is the province's to enter") != NULL,
              "%d %s", o.status, o.err);
    output_free(&o);
}

Test(pen, help_lists_what_is_the_readers_to_enter)
{
    hears(&one, "plan edit --help", "--note");
    hears_not(&one, "plan edit --help", "--figure");
    expect("plan edit --help", "--figure");
    char *out = report_ok("plan edit --help");
    cr_assert(strstr(out, "--note") == NULL, "%s", out);
    free(out);
}

/* ---- by name, and by what a message says ---- */

Test(pen, a_voided_record_is_brought_back_by_its_name)
{
    plan_made();
    free(report_ok("plan void 'Hỗ trợ 2019' --commune 31317"));
    expect_failure("plan edit 'Hỗ trợ 2019' --commune 31317 --figure 1", 1,
                   "hoivien-report plan list --commune 31317");
    free(report_ok("plan add --commune 31317 --name 'Hỗ trợ 2019'"));
    expect("plan void 'Hỗ trợ 2019' --undo --commune 31317", "Records brought back: 1.");
    cr_assert_eq(sql_int(&server.db, "select count(*) from plans where voided is not true"), 2);
    expect_failure("plan void 'Hỗ trợ 2019' --undo --commune 31317", 1,
                   "hoivien-report plan list --state voided --commune 31317");
}

Test(pen, the_command_that_a_message_names_runs)
{
    char command[200];
    plan_made();
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause far-work --main-cause yes"));
    struct output o =
        report("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty --main-cause yes");
    const char *named = strstr(o.err, "hoivien-report cause edit");
    cr_assert(o.status == 1 && named != NULL, "%d %s", o.status, o.err);
    snprintf(command, sizeof command, "%.*s", (int)strcspn(named, "\n"), named + strlen("hoivien-report "));
    command[strcspn(command, "\n")] = '\0';
    output_free(&o);
    free(report_ok(command));
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty --main-cause yes"));
}
