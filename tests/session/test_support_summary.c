/* What a province's summary tells of communes below target: their plans by the province's pen, their causes
 * agreed with the commune, their progress, and the shares trained, attending and complete. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static struct client_device two; /* of 31318; it is below target like 31317 */

static void begin(void)
{
    clerk_begin();
    device_make(&two, &clerk.server, "31318", NULL);
    clerk_reporter();
}

TestSuite(support_summary, .init = begin, .fini = clerk_end, .timeout = 120);

/* The cells behind the last sync of a commune's row, in a plain CSV. */
static void expect_cells(const char *args, const char *code, const char *cells)
{
    char *out = reporter_ok("%s", args);
    const char *row = strstr(out, words(",%s,", code));
    cr_assert(row != NULL, "%s", out);
    const char *end_of_row = strpbrk(row, "\r\n");
    size_t n = strlen(cells);
    cr_assert(end_of_row != NULL && (size_t)(end_of_row - row) > n && strncmp(end_of_row - n, cells, n) == 0,
              "%s does not end in %s", words("%.*s", (int)(end_of_row - row), row), cells);
    free(out);
}

static void expect(const char *args, const char *text)
{
    char *out = reporter_ok("%s", args);
    cr_assert(strstr(out, text) != NULL, "hoivien-report %s does not say \"%s\":\n%s", args, text, out);
    free(out);
}

/* The id of the only record of a kind in a commune's register. */
static char *id_of(const struct client_device *d, const char *kind)
{
    char *list = hoivien_ok(d, "%s list --columns id --plain", kind);
    char *id = strdup(strchr(list, '\n') + 1);
    id[strcspn(id, "\r\n")] = '\0';
    free(list);
    return id;
}

/* Two members, one of whom came; two officers, one of whom was taught. */
static void fill(const struct client_device *d)
{
    free(hoivien_ok(d, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(
        d, "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1' --phone 0912345678"));
    free(hoivien_ok(d, "member add --name 'Nguyễn Thị Hai' --birth 1971 --group 'Chi hội 1'"));
    free(hoivien_ok(d, "activity add --group 'Chi hội 1' --date 05/10/2018 --forms regular"));
    char *activity = id_of(d, "activity");
    free(hoivien_ok(d, "activity attend %s --search mot", activity));
    free(activity);
    free(hoivien_ok(d, "officer add --name 'Trần Thị Chủ Tịch'"));
    free(hoivien_ok(d, "officer add --name 'Trần Thị Chi Hội'"));
    free(hoivien_ok(d, "post add --officer 'Trần Thị Chủ Tịch' --type commune-president --since 2017"));
    free(hoivien_ok(
        d, "post add --officer 'Trần Thị Chi Hội' --type chi-hoi-head --group 'Chi hội 1' --since 2017"));
    free(hoivien_ok(d, "course add --name 'Lớp 1' --date 05/2018 --topics ratio"));
    free(hoivien_ok(d, "course attend 'Lớp 1' 'Trần Thị Chủ Tịch'"));
    free(hoivien_ok(d, "sync"));
}

static void write_plan(void)
{
    free(reporter_ok(
        "plan add --commune 31317 --name 'Kế hoạch 2019' --opened 01/12/2018 --deadline 30/06/2019 "
        "--state running --officer 'Lê Thị Tỉnh'"));
    free(reporter_ok("cause add --commune 31317 --plan 'Kế hoạch 2019' --cause far-work --main-cause yes "
                     "--by-province yes"));
    clerk_ok("sync");
}

/* The sides agree, and the commune tells how it goes. */
static void answer(void)
{
    char *cause = id_of(&clerk.device, "cause");
    clerk_ok("cause edit %s --by-commune yes", cause);
    clerk_ok("remedy add --cause %s --remedy online-groups --by-commune yes", cause);
    clerk_ok("cause add --plan 'Kế hoạch 2019' --cause poverty --by-commune yes");
    clerk_ok("progress add --plan 'Kế hoạch 2019' --date 20/12/2018 --note 'Đã lập nhóm'");
    clerk_ok("sync");
    free(cause);
}

Test(support_summary, what_is_proposed_agreed_and_reported_is_told)
{
    expect_cells("province 93 --plain", "31317", ",,,,,,,,,0,0,0,0,0,0");
    fill(&clerk.device);
    expect_cells("province 93 --plain", "31317", ",,,,,,,,,1,2,1,2,1,30");
    write_plan();
    expect_cells("province 93 --plain", "31317",
                 ",far-work,no,0,,running,2019-06-30,Lê Thị Tỉnh,,1,2,1,2,1,30");
    expect("province 93", "(proposed; 0 remedies)");
    answer();
    expect_cells("province 93 --plain", "31317",
                 ",far-work,yes,1,poverty proposed 0,running,2019-06-30,Lê Thị Tỉnh,2018-12-20,1,2,1,2,1,30");
    expect_cells("province 93 --plain", "31318", ",,,,,,,,,0,0,0,0,0,0");
}

Test(support_summary, the_closing_line_counts_what_communes_lack)
{
    expect("province 93",
           "Communes below target: 2. Without a running plan: 2; without an agreed main cause: 2; with an "
           "agreed cause that lacks an agreed remedy: 0; without an officer in charge: 2; without progress "
           "in 30 days: 2.");
    fill(&clerk.device);
    write_plan();
    expect("province 93",
           "Communes below target: 2. Without a running plan: 1; without an agreed main cause: 2; with an "
           "agreed cause that lacks an agreed remedy: 0; without an officer in charge: 1; without progress "
           "in 30 days: 2.");
    answer();
    expect("province 93", "with an agreed cause that lacks an agreed remedy: 1;");
    char *remedy = id_of(&clerk.device, "remedy");
    free(reporter_ok("plan list --commune 31317"));
    free(reporter_ok("remedy edit --commune 31317 %s --by-province yes", remedy));
    free(remedy);
    expect("province 93",
           "Communes below target: 2. Without a running plan: 1; without an agreed main cause: 1; with an "
           "agreed cause that lacks an agreed remedy: 0; without an officer in charge: 1; without progress "
           "in 30 days: 1.");
    char *out = reporter_ok("province 93");
    cr_assert(strstr(out, "Women work far away") != NULL && strstr(out, "(1 remedy)") != NULL &&
                  strstr(out, "another language (proposed; 0 remedies)") != NULL,
              "%s", out);
    cr_assert(strstr(out, "30/06/2019") != NULL && strstr(out, "20/12/2018") != NULL, "%s", out);
    cr_assert(strstr(out, "50.00 %") != NULL && strstr(out, "3.33 %") != NULL, "%s", out);
    free(out);
}

Test(support_summary, an_earlier_day_has_what_stood_then)
{
    fill(&clerk.device);
    write_plan();
    answer();
    expect_cells("province 93 --plain --as-of 2018-12-19", "31317",
                 ",far-work,yes,1,poverty proposed 0,running,2019-06-30,Lê Thị Tỉnh,,1,2,1,2,1,30");
}

Test(support_summary, communes_that_have_met_the_target_are_left_out)
{
    fill(&clerk.device);
    sql(&clerk.server.db,
        "update population set value = 4 where unit = (select id from unit where code = '31317')");
    expect_cells("province 93 --plain", "31317", ",,,,,,,,,,,,");
    expect("province 93", "Communes below target: 1. ");
}
