/* The province's pen: hoivien-report enters what the province owns, and the commune's register hears it. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct relay *relay;
static struct client_device one, two; /* of 31317 and 31318 */
static char folder[PATH_ROOM];

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    sql(&db,
        "insert into unit (level, code, name, type, parent, valid_from) select 2, '94', 'Tỉnh Sóc Trăng', "
        "'Tỉnh', id, 20040101 from unit where level = 1; insert into unit (level, code, name, type, parent, "
        "valid_from) select 4, '31498', 'Phường 5', 'Phường', id, 20040101 from unit where code = '94'; "
        "insert into stream (id) select id from unit where code in ('94', '31498')");
    server_start(&server, &db, NULL);
    relay = relay_start(server.endpoint);
    device_make(&one, &server, "31317", NULL);
    device_make(&two, &server, "31318", NULL);
    scratch_make(folder);
    struct server through = server;
    snprintf(through.endpoint, sizeof through.endpoint, "%s", relay_endpoint(relay));
    char *code = world_code(&through, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
}

static void end(void)
{
    relay_stop(relay);
    server_stop(&server);
}

TestSuite(pen, .init = begin, .fini = end, .timeout = 120);

static struct output report(const char *args)
{
    return run("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static char *report_ok(const char *args)
{
    struct output o = report(args);
    cr_assert(o.status == 0, "hoivien-report %s: exit status %d\n%s%s", args, o.status, o.out, o.err);
    free(o.err);
    return o.out;
}

static void expect(const char *args, const char *text)
{
    char *out = report_ok(args);
    cr_assert(strstr(out, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, out);
    free(out);
}

static void expect_failure(const char *args, int status, const char *text)
{
    struct output o = report(args);
    cr_assert_eq(o.status, status, "hoivien-report %s: exit status %d\n%s%s", args, o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, o.err);
    output_free(&o);
}

static void hears(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) != NULL, "hoivien %s does not say \"%s\":\n%s", command, text, out);
    free(out);
}

static void hears_not(const struct client_device *d, const char *command, const char *text)
{
    char *out = hoivien_ok(d, "%s", command);
    cr_assert(strstr(out, text) == NULL, "hoivien %s says \"%s\":\n%s", command, text, out);
    free(out);
}

static int64_t rows_in(const char *table)
{
    return sql_int(&server.db, "select count(*) from %s", table);
}

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

static void plan_made(void)
{
    free(report_ok("plan add --commune 31317 --name 'Hỗ trợ 2019' --figure 500 --deadline 30/06/2019"));
}

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
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "Figure to reach: is the province's to enter") != NULL, "%s", o.err);
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
    expect_failure("programme add --name 'Đề án 2'", 3, "They go with the next command");
    expect_failure("programme list", 3, "1 changes are entered on this computer");
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
                   "They go with the next command");
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
    expect_failure("visit add --commune 31317 --plan 'Hỗ trợ 2019' --date 20/12/2018", 3, "They go");
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
                   "has a main cause already");
    free(report_ok("cause add --commune 31317 --plan 'Hỗ trợ 2019' --cause poverty"));
    free(hoivien_ok(&one, "sync"));
    char *id = hoivien_ok(&one, "cause list --columns id,cause --plain | grep poverty | cut -d, -f1");
    id[strcspn(id, "\n")] = '\0';
    struct output o = hoivien(&one, "cause edit %s --main-cause yes", id);
    cr_assert(o.status == 1 && strstr(o.err, "has a main cause already") != NULL, "%d %s", o.status, o.err);
    output_free(&o);
    free(id);
}

/* ---- notices ---- */

Test(pen, a_notice_is_shown_once_and_the_province_sees_who_saw_it)
{
    free(report_ok("notice add --name 'Nộp báo cáo' --body 'Gửi trước hạn' --due 15/01/2019"));
    hears(&one, "sync", "Notice from the province: Nộp báo cáo\nGửi trước hạn\nDue: 15/01/2019.");
    expect("notice seen 'Nộp báo cáo'", "Seen by 1 of 2 communes.");
    expect("notice seen 'Nộp báo cáo' --plain",
           "commune_code,commune,seen,addressed\n31317,Phường I,2018-12-31,yes\n31318,Phường III,,yes\n");
    hears(&one, "notice list", "Nộp báo cáo");
    hears_not(&one, "sync", "Nộp báo cáo");
    cr_assert_eq(rows_in("notices_seen"), 1);
}

Test(pen, a_notice_is_for_whom_it_is_meant)
{
    sql(&server.db,
        "update population set value = 1 where unit = (select id from unit where code = '31318')");
    free(hoivien_ok(&two, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&two, "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&two, "sync"));
    free(report_ok("notice add --name 'Chúc mừng' --audience met"));
    free(report_ok("notice add --name 'Cần cố gắng' --audience not-met"));
    free(report_ok("notice add --name 'Gửi tất cả' --audience all"));
    char *out = hoivien_ok(&one, "sync");
    cr_assert(strstr(out, "Cần cố gắng") != NULL && strstr(out, "Gửi tất cả") != NULL, "%s", out);
    cr_assert(strstr(out, "Chúc mừng") == NULL, "%s", out);
    free(out);
    out = hoivien_ok(&two, "sync");
    cr_assert(strstr(out, "Chúc mừng") != NULL && strstr(out, "Gửi tất cả") != NULL, "%s", out);
    cr_assert(strstr(out, "Cần cố gắng") == NULL, "%s", out);
    free(out);
    hears(&one, "notice list", "Chúc mừng");
    expect("notice seen 'Chúc mừng'", "Seen by 1 of 1 communes.");
    expect("notice seen 'Chúc mừng' --plain", "31317,Phường I,,no\n31318,Phường III,2018-12-31,yes\n");
}

Test(pen, a_voided_notice_is_not_shown)
{
    free(report_ok("notice add --name 'Gửi nhầm'"));
    free(report_ok("notice void 'Gửi nhầm'"));
    hears_not(&one, "sync", "Gửi nhầm");
}
