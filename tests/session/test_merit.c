/* Support, models, commendations and programmes: from the clerk's commands and the province's pen to the
 * server, and back as figures. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define BORDER "'Đồng hành cùng phụ nữ biên cương'"

static struct server server;
static struct client_device one, two; /* of 31317 and 31318 */
static char folder[PATH_ROOM];        /* the province's */

static char *report_ok(const char *args)
{
    return run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, folder, args);
}

static void ok(const struct client_device *d, const char *command)
{
    free(hoivien_ok(d, "%s", command));
}

static void fill(const struct client_device *d)
{
    ok(d, "group add --name 'Chi hội 1' --type chi-hoi");
    ok(d, "member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    ok(d, "member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 1'");
    ok(d, "support add --member 'Lê Thị Một' --type loan --date 10/03/2018 --value 50000000 "
          "--programme " BORDER);
    ok(d, "support add --member 'Lê Thị Một' --type visit --date 06/2018 --value 500000 --source fund");
    ok(d, "model add --name 'Nuôi heo đất' --started 2017 --topic livelihood --reviewed 30/06/2018 --effect "
          "effective");
    ok(d, "replication add --model 'Nuôi heo đất' --place 'Thôn 2' --date 01/09/2018");
    ok(d, "commendation add --member 'Lê Thị Hai' --award certificate --level commune --date 08/03/2018 "
          "--ground models");
}

static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&one, &server, "31317", NULL);
    device_make(&two, &server, "31318", NULL);
    scratch_make(folder);
    char *code = world_code(&server, "93", "reporter");
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, folder, code));
    free(code);
    free(report_ok("programme add --name " BORDER " --starts 2018 --ends 2020 --planned-value 1000000000 "
                   "--planned-persons 400 --planned-communes 4"));
    free(report_ok("pairing add --programme " BORDER " --partner 'Báo Phụ nữ' --communes 31317,31318"));
    ok(&one, "sync");
    ok(&two, "sync");
    fill(&one);
    fill(&two);
    ok(&one, "support add --name 'Trần Thị Ba' --type 'Giúp sửa nhà' --date 01/07/2018 --programme " BORDER);
    ok(&one, "support add --persons 30 --type visit --date 20/01/2018");
    ok(&one, "commendation add --group 'Chi hội 1' --award diploma --level province --date 20/10/2018");
    ok(&one, "sync");
    ok(&two, "sync");
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(merit, .init = begin, .fini = end, .timeout = 120);

static void has(const char *out, const char *text)
{
    cr_assert(strstr(out, text) != NULL, "\"%s\" is not in\n%s", text, out);
}

static void refuses(const char *command, const char *text)
{
    struct output o = hoivien(&one, "%s", command);
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

static void told(const char *command, const char *text)
{
    struct output o = hoivien(&one, "%s", command);
    cr_assert(o.status == 0 && strstr(o.err, text) != NULL, "%s: %d %s%s", command, o.status, o.out, o.err);
    output_free(&o);
}

static const char *const reports[] = {"support", "models", "commendations", "programmes"};

Test(merit, what_the_register_counts_offline_the_server_counts_too)
{
    for (size_t i = 0; i < 4; i++) {
        char *offline = hoivien_ok(&one, "report %s --plain", reports[i]),
             *online = report_ok(words("report %s 31317 --plain", reports[i]));
        cr_assert_str_eq(offline, online);
        cr_assert_gt(strlen(offline), 200, "%s", offline);
        free(offline);
        free(online);
    }
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf verify", HV_BIN, server.folder));
}

Test(merit, support_is_told_in_times_and_in_persons)
{
    char *out = hoivien_ok(&one, "report support --plain");
    has(out, ",all,,times,33,");
    has(out, ",all,,persons,32,");
    has(out, ",all,,members,1,32");
    has(out, ",all,,others,1,32");
    has(out, ",all,,not-named,30,32");
    has(out, ",all,,value,50500000,");
    has(out, ",type,Giúp sửa nhà,times,1,");
    has(out, ",source,fund,value,500000,");
    has(out, ",quarter,2018-Q2,times,1,");
    has(out, ",group,Chi hội 1,persons,1,");
    has(out, ",programme,Đồng hành cùng phụ nữ biên cương,times,2,");
    free(out);
}

Test(merit, models_have_dates_in_their_list)
{
    char *plain = hoivien_ok(&one, "report models --plain"), *table = hoivien_ok(&one, "report models");
    has(plain, ",all,,effective,1,1");
    has(plain, ",all,,replicated,1,1");
    has(plain, ",topic,livelihood,replications-in-period,1,");
    has(plain, ",model,Nuôi heo đất,started,2017,");
    has(plain, ",model,Nuôi heo đất,reviewed,2018-06-30,");
    has(table, "30/06/2018");
    free(plain);
    free(table);
}

/* The value behind the row; 0: there is no such row. */
static long value_of(const char *csv, const char *unit, const char *row)
{
    const char *found = strstr(csv, words("\n%s", unit));
    for (; found != NULL; found = strstr(found + 1, words("\n%s", unit))) {
        const char *line = words("%.*s", (int)strcspn(found + 1, "\r\n"), found + 1), *at = strstr(line, row);
        if (at != NULL)
            return strtol(at + strlen(row), NULL, 10);
    }
    return 0;
}

Test(merit, a_provinces_figures_are_its_communes_and_what_it_plans_itself)
{
    const char *rows[] = {",all,,times,",     ",all,,value,",          ",all,,commendations,",
                          ",all,,persons,",   ",communes,,communes,",  ",all,,replications,",
                          ",all,,to-groups,", ",type,visit,not-named,"};
    for (size_t i = 0; i < 3; i++) {
        char *out = report_ok(words("report %s 93 --plain", reports[i]));
        for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
            cr_assert_eq(value_of(out, "93,", rows[k]),
                         value_of(out, "31317,", rows[k]) + value_of(out, "31318,", rows[k]), "%s %s: %s",
                         reports[i], rows[k], out);
        free(out);
    }
    char *out = report_ok("report programmes 93 --plain");
    const char *done = ",programme,Đồng hành cùng phụ nữ biên cương,value,";
    cr_assert_eq(value_of(out, "31317,", done), 50000000, "%s", out);
    cr_assert_eq(value_of(out, "31318,", done), 50000000, "%s", out);
    has(out, ",programme,Đồng hành cùng phụ nữ biên cương,value,100000000,1000000000");
    has(out, ",programme,Đồng hành cùng phụ nữ biên cương,persons,3,400");
    has(out, ",pairing,Đồng hành cùng phụ nữ biên cương,communes,2,4");
    free(out);
}

Test(merit, the_clerk_sees_who_goes_with_her_commune)
{
    char *out = hoivien_ok(&one, "pairing list --columns partner,communes --plain");
    has(out, "Báo Phụ nữ,\"31317,31318\"");
    free(out);
}

/* Imports the one line of the file. */
static void imports(const char *kind, const char *said)
{
    struct output o = hoivien(&one, "%s import %s/in.csv", kind, folder);
    cr_assert(o.status == 0 && strstr(o.out, said) != NULL, "%s %s%s", kind, o.out, o.err);
    output_free(&o);
}

Test(merit, csv_goes_out_and_comes_in_under_vietnamese_headings)
{
    static const char *const kinds[] = {"support", "model", "replication", "commendation"};
    for (size_t i = 0; i < 4; i++) {
        const char *file = words("%s/%s.csv", folder, kinds[i]);
        free(run_ok("%s/client/hoivien --lang vi --dir %s %s export > %s", HV_BIN, one.folder, kinds[i],
                    file));
        struct output o = hoivien(&one, "%s import %s", kinds[i], file);
        cr_assert(o.status == 0 && strstr(o.out, ": 0 added, 0 changed") != NULL &&
                      strstr(o.out, ", 0 left out") != NULL,
                  "%s %s%s", kinds[i], o.out, o.err);
        output_free(&o);
    }
    file_write(words("%s/in.csv", folder),
               "Họ và tên,Nội dung chăm lo,Ngày hỗ trợ,Số tiền,Nguồn vốn,Chương trình\n"
               "Phạm Thị Tư,Hỗ trợ vay vốn,15/05/2018,20.000.000,Ngân hàng Chính sách xã hội,Đồng hành cùng "
               "phụ nữ biên cương\n");
    imports("support", ": 1 added");
    char *out = hoivien_ok(&one, "support export --columns name,type,date,value,source,programme");
    has(out, "\nPhạm Thị Tư;Loan;\"=\"\"15/05/2018\"\"\";20000000;Bank for social policies;Đồng hành cùng");
    free(out);
    file_write(
        words("%s/in.csv", folder),
        "Tên mô hình,Ngày thành lập,Lĩnh vực,Đánh giá\nBiến rác thành tiền,03/2018,Môi trường,Hiệu quả\n");
    imports("model", ": 1 added");
    file_write(words("%s/in.csv", folder), "Tên,Hình thức khen,Cấp khen,Ngày quyết định,Thành tích\n"
                                           "Hội LHPN xã,Giấy khen,Cấp xã,08/03/2018,Phát triển kinh tế\n");
    imports("commendation", ": 1 added");
    out = hoivien_ok(&one, "commendation list --columns name,award,level,ground --plain");
    has(out, "Hội LHPN xã,certificate,commune,economy");
    free(out);
}

Test(merit, a_list_read_twice_adds_nothing_twice)
{
    file_write(words("%s/in.csv", folder), "Họ và tên,Nội dung chăm lo,Ngày hỗ trợ\n"
                                           "Phạm Thị Tư,Hỗ trợ vay vốn,15/05/2018\n");
    imports("support", ": 1 added");
    imports("support", "likely duplicates: 1");
    refuses("support add --member 'Lê Thị Một' --type loan --date 10/03/2018", "--anyway");
    refuses("model add --name 'Nuôi HEO đất' --started 2018", "--anyway");
    refuses("replication add --model 'Nuôi heo đất' --place 'thôn 2' --date 2018", "--anyway");
    refuses("commendation add --member 'Lê Thị Hai' --award certificate --level commune --date 08/03/2018",
            "--anyway");
    ok(&one, "commendation add --member 'Lê Thị Hai' --award certificate --level province --date 08/03/2018");
    ok(&one, "support add --persons 20 --type visit --date 20/01/2018");
}

Test(merit, what_is_wrong_is_refused_and_what_is_doubtful_told)
{
    refuses("support add --member 'Lê Thị Một' --type loan --date 10/03/2018 --value 0 --anyway", "Value");
    refuses("support add --member 'Lê Thị Một' --type loan --date 11/03/2018 --value 1000000000001", "Value");
    refuses("support add --persons 10000001 --type visit --date 11/03/2018", "Persons");
    refuses("support add --member 0123456789ab --type visit --date 11/03/2018", "");
    refuses("support add --name 'Lê Thị Tư' --type visit --date 11/03/2018 --programme 'Không có'",
            "Programme");
    refuses("commendation add --member 'Lê Thị Một' --award medal --level ap --date 2018", "Level");
    refuses("model add --name 'M' --started 2018 --effect good", "Effect");
    refuses("model add --name 'M' --started 2018 --reviewed 31/12/2017", "Reviewed");
    told("replication add --model 'Nuôi heo đất' --place 'Thôn 3' --date 31/12/2016", "before the start");
    told("support add --name 'Lê Thị Tư' --type visit --date 01/01/2019", "in the future");
    told("commendation add --name 'Hội' --award medal --level state --date 01/01/2019", "in the future");
}

static void lists(const char *args, int rows)
{
    char *out = hoivien_ok(&one, "support list %s --columns id --plain | tail -n +2 | wc -l", args);
    cr_assert_eq(atoi(out), rows, "%s: %s", args, out);
    free(out);
}

Test(merit, a_list_may_ask_for_values)
{
    lists("--where type=loan", 1);
    lists("--where type=visit,date=2018", 2);
    lists("--where 'type=visit,date=06/2018'", 1);
    lists("--where date=01/06/2018", 0);
    lists("--where 'type=Giúp sửa nhà'", 1);
    lists("--where value=500.000", 1);
    lists("--where programme=" BORDER, 2);
    lists("--where programme=" BORDER ",type=loan", 1);
    static const char *const wrong[] = {"type", "=loan", "nothing=1",
                                        "type=", "type=loan,nothing=1=2,value="};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct output o = hoivien(&one, "support list --where %s", wrong[i]);
        cr_assert(o.status == 2 && strstr(o.err, "--where needs FIELD=VALUE") != NULL, "%s: %d %s", wrong[i],
                  o.status, o.err);
        output_free(&o);
    }
    refuses("support list --where date=31/02/2018", "Date");
}

Test(merit, what_belongs_to_a_record_is_shown_below_it)
{
    static const struct {
        const char *command;
        const char *says;
    } shown[] = {{"member show 'Lê Thị Một'", "50,000,000"},
                 {"member show 'Lê Thị Hai'", "Certificate"},
                 {"model show 'Nuôi heo đất'", "Thôn 2"},
                 {"programme show " BORDER, "Báo Phụ nữ"}};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        char *out = hoivien_ok(&one, "%s", shown[i].command);
        has(out, shown[i].says);
        free(out);
    }
}
