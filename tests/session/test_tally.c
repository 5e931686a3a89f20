/* Reports beyond targets: the same figures offline at the commune, at the server, and summed for the
 * province. */
#include "tests/support/clerk_scene.h"
#include "tests/support/peer.h"

SUPPORT_CLUSTER

static struct client_device two;
static struct curve_pair keys; /* of a third device, which speaks by hand; of the first commune */

#define REPORTS 6
static const char *const reports[REPORTS] = {"groups", "activities", "officers", "data", "changes", "plans"};

/* The id that a command prints behind what it added: its last word. */
static char *added(const struct client_device *d, const char *command)
{
    free(hoivien_ok(d, "%s", command));
    const char *kind = words("%.*s", (int)strcspn(command, " "), command);
    char *list = hoivien_ok(d, "%s list --columns id --plain", kind);
    char *last = strrchr(list, '\n');
    cr_assert(last != NULL, "%s", list);
    *last = '\0';
    char *id = strdup(strrchr(list, '\n') + 1);
    free(list);
    return id;
}

/* Records of many kinds, void ones among them; `members` of them in Chi hội 1. */
static void fill(const struct client_device *d, int members)
{
    free(hoivien_ok(d, "group add --name 'Chi hội 1' --type chi-hoi --basis residence"));
    free(hoivien_ok(d, "group add --name 'Tổ 1' --type to --founded 2018"));
    free(hoivien_ok(d, "group add --name 'Tổ nhầm' --type to"));
    free(hoivien_ok(d, "group void --search nham"));
    for (int i = 0; i < members; i++)
        free(hoivien_ok(d, "member add --name 'Nguyễn Thị Số %c' --birth 197%d --group 'Chi hội 1'", 'A' + i,
                        i));
    free(hoivien_ok(d, "member add --name 'Nguyễn Thị Nhầm' --birth 1980 --group 'Tổ 1'"));
    free(hoivien_ok(d, "member void --search nham"));
    free(hoivien_ok(d, "member event --search 'so a' joined --date 01/03/2018"));
    free(hoivien_ok(d, "member event --search 'so b' moved-out --date 01/09/2018"));
    free(hoivien_ok(d, "member join --search 'so a' 'Tổ 1'"));
    char *activity =
        added(d, "activity add --group 'Chi hội 1' --date 05/10/2018 --forms regular,games --topic law");
    char *member = hoivien_ok(d, "member list --search 'so a' --columns id --plain");
    member[strcspn(member, "\r")] = '\0';
    const char *id = strchr(member, '\n') + 1;
    free(hoivien_ok(d, "attendance add --activity %s --member %.36s", activity, id));
    char *officer = added(d, "officer add --name 'Trần Thị Chủ Tịch' --sex female");
    free(
        hoivien_ok(d, "post add --officer %s --type chi-hoi-head --group 'Chi hội 1' --since 2017", officer));
    free(hoivien_ok(d, "sync"));
    free(activity);
    free(member);
    free(officer);
}

static void begin(void)
{
    struct database db;
    clerk_world(&db);
    peer_device(&db, "31317", "commune", &keys);
    clerk_start(&db);
    device_make(&two, &clerk.server, "31318", NULL);
    fill(&clerk.device, 4);
    fill(&two, 2);
    clerk_reporter();
}

TestSuite(tally, .init = begin, .fini = clerk_end, .timeout = 120);

/* Whether the report is there: not every program offers all of them. */
static bool is_offered(const char *report)
{
    struct output o = run("%s/client/hoivien report --help --lang en", HV_BIN);
    bool found = strstr(o.out, words("report %s ", report)) != NULL;
    output_free(&o);
    return found;
}

/* Sum of the values of a column in a plain CSV. */
static long sum_of(const char *csv, const char *unit, const char *row)
{
    long sum = 0;
    for (const char *line = csv; (line = strchr(line, '\n')) != NULL && *++line != '\0';) {
        char text[600], *found;
        snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
        if (strncmp(text, unit, strlen(unit)) == 0 && (found = strstr(text, row)) != NULL)
            sum += strtol(found + strlen(row), NULL, 10);
    }
    return sum;
}

Test(tally, what_the_register_counts_offline_the_server_counts_too)
{
    const struct client_device *devices[] = {&clerk.device, &two};
    const char *codes[] = {"31317", "31318"};
    size_t seen = 0;
    for (size_t i = 0; i < REPORTS; i++)
        for (size_t k = 0; k < 2 && is_offered(reports[i]); k++, seen++) {
            char *offline = hoivien_ok(devices[k], "report %s --plain", reports[i]);
            char *online = reporter_ok("report %s %s --plain", reports[i], codes[k]);
            cr_assert_str_eq(offline, online);
            cr_assert(strlen(offline) > 100, "%s", offline);
            free(offline);
            free(online);
        }
    cr_assert(seen >= 4, "%zu", seen);
}

Test(tally, the_figures_are_those_of_the_records)
{
    char *out = hoivien_ok(&clerk.device, "report groups --plain");
    cr_assert(strncmp(out, "unit_code,unit,section,key,column,value,of\n", 43) == 0, "%s", out);
    cr_assert(strstr(out, "\n31317,Phường I,all,,groups,2,\n") != NULL, "%s", out);
    cr_assert(strstr(out, "\n31317,Phường I,all,,persons,3,\n") != NULL, "%s", out);
    cr_assert(strstr(out, "\n31317,Phường I,heads,chi-hoi,with-head,1,1\n") != NULL, "%s", out);
    free(out);
    out = hoivien_ok(&clerk.device, "report groups --plain --to 31/08/2018");
    cr_assert(strstr(out, "\n31317,Phường I,all,,persons,4,\n") != NULL, "%s", out);
    free(out);
}

Test(tally, a_province_has_every_commune_and_their_sums)
{
    char *province = reporter_ok("report groups 93 --plain"),
         *first = reporter_ok("report groups 31317 --plain"),
         *second = reporter_ok("report groups 31318 --plain"), *table = reporter_ok("report groups 93");
    const char *rows[] = {",all,,groups,", ",all,,persons,", ",type,to,groups,", ",basis,-,groups,"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_eq(sum_of(province, "31317", rows[i]), sum_of(first, "31317", rows[i]), "%s", rows[i]);
        cr_assert_eq(sum_of(province, "31318", rows[i]), sum_of(second, "31318", rows[i]), "%s", rows[i]);
        cr_assert_gt(sum_of(second, "31318", rows[i]), 0, "%s", rows[i]);
        cr_assert_eq(sum_of(province, "93,", rows[i]),
                     sum_of(first, "31317", rows[i]) + sum_of(second, "31318", rows[i]), "%s", rows[i]);
    }
    cr_assert(strstr(province, "core-group") == NULL && strstr(first, "core-group") != NULL, "%s", province);
    cr_assert(strstr(table, "are in the report of each commune") != NULL, "%s", table);
    free(province);
    free(first);
    free(second);
    free(table);
}

Test(tally, the_tables_have_the_sums_and_a_row_for_each_commune)
{
    char *out = reporter_ok("report groups 93 --by-commune");
    const char *all = strstr(out, "\nAll groups\n");
    cr_assert(all != NULL, "%s", out);
    cr_assert(strstr(out, "from") == NULL && strstr(out, "01/01/2018 to 31/12/2018") != NULL, "%s", out);
    const char *first = strstr(all, "31317"), *second = strstr(all, "31318"), *sum = strstr(all, "\n93 ");
    cr_assert(first != NULL && second != NULL && sum != NULL && first < second && second < sum, "%s", out);
    long groups[3] = {0}, persons[3] = {0};
    const char *lines[] = {strstr(first, "Phường I") + strlen("Phường I"),
                           strstr(second, "Phường III") + strlen("Phường III"),
                           strpbrk(sum + 4, "0123456789")};
    for (int i = 0; i < 3; i++)
        cr_assert_eq(sscanf(lines[i], "%ld %ld", &groups[i], &persons[i]), 2, "%s", out);
    cr_assert(groups[0] == 2 && persons[0] == 3 && persons[1] == 1, "%s", out);
    cr_assert(groups[2] == groups[0] + groups[1] && persons[2] == persons[0] + persons[1], "%s", out);
    free(out);
}

Test(tally, a_period_that_ends_before_it_begins_is_told_before_the_server_is_asked)
{
    server_kill(&clerk.server);
    const char *from = "--from 2019 --to 2018";
    struct output commune = hoivien(&clerk.device, "report groups %s", from),
                  province = reporter("report groups 93 %s", from);
    cr_assert(commune.status == 2 && province.status == 2, "%d %d", commune.status, province.status);
    cr_assert(strstr(commune.err, "The period ends before it begins") != NULL, "%s", commune.err);
    cr_assert(strstr(province.err, "The period ends before it begins") != NULL, "%s", province.err);
    output_free(&commune);
    output_free(&province);
    server_restart(&clerk.server);
}

/* The help as one line. */
static void help_says(const char *program, const char *text)
{
    char *help = run_ok("%s/client/%s report changes --help --lang en", HV_BIN, program);
    for (char *p = help; *p != '\0'; p++)
        if (*p == '\n')
            *p = ' ';
    cr_assert(strstr(help, text) != NULL, "%s: %s", program, help);
    free(help);
}

Test(tally, changes_by_group_are_told_to_be_those_of_the_present_groups)
{
    static const char note[] = "who was moved to another chi hội is counted in her present one";
    help_says("hoivien", note);
    help_says("hoivien-report", note);
    help_says("hoivien-report", "the province's own sums");
    char *out = hoivien_ok(&clerk.device, "report changes"),
         *groups = hoivien_ok(&clerk.device, "report groups"), *commune = reporter_ok("report changes 31317"),
         *province = reporter_ok("report changes 93");
    cr_assert(strstr(out, note) != NULL && strstr(commune, note) != NULL, "%s%s", out, commune);
    cr_assert(strstr(groups, note) == NULL && strstr(province, note) == NULL, "%s", province);
    free(out);
    free(groups);
    free(commune);
    free(province);
}

Test(tally, sections_without_rows_say_so_and_zeros_stay)
{
    struct client_device fresh;
    sql(&clerk.server.db,
        "insert into unit (level, code, name, parent, valid_from) select 4, '31319', 'Phường V', "
        "parent, valid_from from unit where code = '31318'; insert into stream (id) select id "
        "from unit where code = '31319'");
    device_make(&fresh, &clerk.server, "31319", NULL);
    char *out = hoivien_ok(&fresh, "report groups");
    cr_assert(strstr(out, "Core members of each group\nThere is nothing to count in this section yet.") !=
                  NULL,
              "%s", out);
    free(out);
    out = hoivien_ok(&clerk.device, "report groups");
    cr_assert(strstr(out, "(not given)") != NULL && strstr(out, "100.00 %") != NULL, "%s", out);
    free(out);
    out = hoivien_ok(&clerk.device, "report groups --plain");
    cr_assert(strstr(out, "\n31317,Phường I,type,mang-luoi,groups,0,\n") != NULL, "%s", out);
    free(out);
}

Test(tally, nobody_hears_of_another_province_or_commune)
{
    sql(&clerk.server.db,
        "insert into unit (level, code, name, parent, valid_from) select 2, '94', 'Tỉnh khác', "
        "id, 20040101 from unit where level = 1");
    char *code = world_code(&clerk.server, "94", "reporter"), other[PATH_ROOM];
    scratch_make(other);
    free(run_ok("%s/client/hoivien-report --lang en --dir %s init %s", HV_BIN, other, code));
    free(code);
    const char *asked[] = {"93", "31317", "99999"};
    char *said = NULL;
    for (int i = 0; i < 3; i++) {
        struct output o =
            run("%s/client/hoivien-report --lang en --dir %s report groups %s", HV_BIN, other, asked[i]);
        cr_assert_eq(o.status, 1);
        cr_assert(said == NULL || strcmp(said, o.err) == 0, "%s", o.err);
        free(said);
        said = strdup(o.err);
        output_free(&o);
    }
    free(said);
}

Test(tally, a_communes_device_may_ask_for_its_own_and_no_other)
{
    struct peer p;
    peer_open(&p, clerk.server.endpoint, clerk.server.key, &keys);
    const struct {
        const char *code;
        const char *report;
        int32_t from;
        Hv__Code want;
    } asks[] = {{"31317", "groups", 0, HV__CODE__OK},
                {"31318", "groups", 0, HV__CODE__NOT_ALLOWED},
                {"93", "groups", 0, HV__CODE__NOT_ALLOWED},
                {"31317", "nothing", 0, HV__CODE__BAD_REQUEST},
                {"31317", "groups", 20190101, HV__CODE__BAD_REQUEST},
                {NULL, "groups", 0, HV__CODE__BAD_REQUEST}};
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        Hv__TallyRequest tally = HV__TALLY_REQUEST__INIT;
        Hv__Request r = HV__REQUEST__INIT;
        tally.code = (char *)(uintptr_t)asks[i].code;
        tally.report = (char *)(uintptr_t)asks[i].report;
        tally.has_from = asks[i].from != 0;
        tally.from = asks[i].from;
        r.body_case = HV__REQUEST__BODY_TALLY;
        r.tally = &tally;
        Hv__Reply *reply = peer_ask(&p, &r);
        cr_assert_eq(peer_code(reply), asks[i].want, "%zu: %d", i, (int)peer_code(reply));
        if (i == 0)
            cr_assert(reply->tally->n_unit == 0 && reply->tally->n_row > 0 && reply->tally->level == 4);
    }
    peer_close(&p);
}

Test(tally, figures_too_many_for_a_message_are_asked_for_by_commune)
{
    sql(&clerk.server.db,
        "insert into groups (id, stream, rev, name, type, purpose) select gen_random_uuid(), id, 1, 'Nhóm', "
        "3, n || repeat('x', 5000) from unit, generate_series(1, 250) n where code = '31317'");
    struct output o = reporter("report groups 93");
    cr_assert_eq(o.status, 1);
    cr_assert(strstr(o.err, "ask for each commune: hoivien-report report groups CODE-OF-COMMUNE") != NULL,
              "%s", o.err);
    output_free(&o);
}

Test(tally, what_is_no_period_or_report_is_refused)
{
    const struct {
        const char *args;
        const char *says;
    } wrong[] = {{"report groups --from 2019 --to 2018", "The period ends before it begins"},
                 {"report groups --to whenever", "--to needs a day"},
                 {"report activities --regular 0", "--regular needs a number from 1 to 100"},
                 {"report nothing", "After \"report\" one of these must follow: groups,"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct output o = hoivien(&clerk.device, "%s", wrong[i].args);
        cr_assert(o.status == 2 && strstr(o.err, wrong[i].says) != NULL, "%s: %d %s", wrong[i].args, o.status,
                  o.err);
        output_free(&o);
    }
}
