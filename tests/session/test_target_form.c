/* Targets of every form, issued by CSV alone: their figures are the same offline at the commune, at the
 * server, and in the province's sums; what is kept of records is what they make. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static struct client_device two; /* of 31318 */

static void begin(void)
{
    clerk_begin();
    device_make(&two, &clerk.server, "31318", NULL);
    clerk_reporter();
    sql(&clerk.server.db,
        "insert into term (level, name, from_day, to_day) values (2, '2016-2021', 20160501, "
        "20210501)");
}

TestSuite(target_form, .init = begin, .fini = clerk_end, .timeout = 120);

#define HEAD                                                                                                 \
    "key,term_level,term,term_from,term_to,issuer,unit,title,form,measure,comparator,threshold,"             \
    "denominator,period,groups,units_comparator,units_threshold,baseline_date,deadline,document,decides\n"
#define OF(key, rest) key ",province,2016-2021,2016-05-01,2021-05-01,93,," key "," rest ",2018-12-31,NQ,no\n"

/* clang-format off */
static const char lines[] = HEAD
    OF("ratio", "ratio,card,equal,50,members,,,,,")
    OF("number", "number,persons-honoured,at-least,2,,year,,,,")
    OF("increase", "increase,groups-club,at-least,1,,,,,,2017-12-31")
    OF("none-below", "none-below,core,at-least,10,members,,,,,")
    OF("each", "each-group,activities,at-least,2,,year,groups-chi-hoi,,,")
    OF("dues-85", "each-group,dues-paid,at-least,85,members,year,groups-chi-hoi,,,")
    OF("units", "units-number,special-models,at-least,1,,,,at-least,2,")
    OF("share", "units-share,chi-hoi-heads-trained,at-least,100,chi-hoi-heads,,,at-least,50,")
    OF("term", "number,activities,at-least,1,,,,,,")
    OF("attending", "ratio,attending,at-least,50,members,,,,,");
/* clang-format on */

/* The centre's term begins a year later than the province's. */
static const char centre[] = HEAD "centre-term,centre,2017-2022,2017-03-01,2022-03-01,VN,,centre-term,"
                                  "number,activities,at-least,1,,,,,,,2018-12-31,NQ,no\n";

static struct output import(const char *text)
{
    file_write(words("%s/targets.csv", clerk.reporter.folder), text);
    return reporter("target import %s/targets.csv", clerk.reporter.folder);
}

static void imports(const char *text)
{
    struct output o = import(text);
    cr_assert(o.status == 0, "exit status %d\n%s%s", o.status, o.out, o.err);
    output_free(&o);
}

static void refuses(const char *line, const char *text)
{
    struct output o = import(words("%s%s", HEAD, line));
    cr_assert(o.status == 1 && strstr(o.err, text) != NULL, "%d, does not say \"%s\":\n%s%s", o.status, text,
              o.out, o.err);
    output_free(&o);
}

static void imports_centre(void)
{
    const char *path = words("%s/centre.csv", clerk.reporter.folder);
    file_write(path, centre);
    free(run_ok("%s/server/hoivien-admin --config %s/hoivien.conf target import %s", HV_BIN,
                clerk.server.folder, path));
}

static void device_ok(const struct client_device *d, const char *command)
{
    free(hoivien_ok(d, "%s", command));
}

/* She came to all activities. */
static void attend_all(const struct client_device *d, const char *search)
{
    char *list = hoivien_ok(d, "activity list --columns id --plain"), *rest = strchr(list, '\n') + 1, *id;
    while ((id = strsep(&rest, "\n")) != NULL)
        if (id[0] != '\0')
            device_ok(d, words("activity attend %s --search %s", id, search));
    free(list);
}

/* Two members of whom one has a card and paid her dues, who came; one head who was taught. */
static void fill(const struct client_device *d)
{
    device_ok(d, "group add --name 'Chi hội 1' --type chi-hoi");
    device_ok(d, "group add --name 'CLB Thơ' --type cau-lac-bo --founded 03/2018 --special-model yes");
    device_ok(d,
              "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1' --card-no A1 --core yes");
    device_ok(d, "member add --name 'Nguyễn Thị Hai' --birth 1971 --group 'Chi hội 1'");
    for (int i = 0; i < 3; i++)
        device_ok(d, words("activity add --group 'Chi hội 1' --date 05/10/%d --forms regular", 2016 + i));
    device_ok(d, "activity add --group 'Chi hội 1' --date 06/10/2018 --forms regular");
    attend_all(d, "mot");
    device_ok(d, "officer add --name 'Trần Thị Chi Hội'");
    device_ok(d, "post add --officer 'Trần Thị Chi Hội' --type chi-hoi-head --group 'Chi hội 1'");
    device_ok(d, "course add --name 'Tập huấn' --date 05/2018");
    device_ok(d, "training add --course 'Tập huấn' --officer 'Trần Thị Chi Hội'");
    device_ok(
        d,
        "commendation add --member 'Nguyễn Thị Một' --award certificate --level commune --date 08/03/2018");
    device_ok(d, "commendation add --officer 'Trần Thị Chi Hội' --award certificate --level commune --date "
                 "20/10/2018");
    device_ok(d, "entry add --type receipt --date 10/01/2018 --amount 60000 --source dues --member "
                 "'Nguyễn Thị Một' --dues-year 2018 --group 'Chi hội 1'");
}

/* key,numerator,denominator,units,units_met,verdict of each line of a plain CSV. */
struct row {
    const char *key, *numerator, *denominator, *units, *met, *verdict;
};

static const char *cell(char *const *cells, char *const *heads, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(heads[i], name) == 0)
            return cells[i];
    cr_assert(false, "no column %s", name);
    return "";
}

static size_t split(char *line, char **out, size_t room)
{
    size_t n = 0;
    for (char *p = line; p != NULL && n < room; n++)
        out[n] = strsep(&p, ",");
    return n;
}

static void row_is(const char *csv, const char *title, const struct row *r)
{
    char *copy = strdup(csv), *heads[60], *cells[60];
    char *row = strstr(copy, words("\n%s,", title));
    if (row == NULL)
        row = strstr(copy, words("\ntarget,31317,%s,", title));
    cr_assert(row != NULL, "no %s in\n%s", title, csv);
    row++;
    row[strcspn(row, "\n")] = '\0';
    char *head = strdup(csv);
    head[strcspn(head, "\n")] = '\0';
    size_t n = split(head, heads, 60);
    split(row, cells, 60);
    const char *const got[] = {cell(cells, heads, n, "numerator"), cell(cells, heads, n, "denominator"),
                               cell(cells, heads, n, "units"), cell(cells, heads, n, "units_met"),
                               cell(cells, heads, n, "verdict")};
    const char *const wanted[] = {r->numerator, r->denominator, r->units, r->met, r->verdict};
    for (size_t i = 0; i < 5; i++)
        cr_assert_str_eq(got[i], wanted[i], "%s, figure %zu: %s, not %s\n%s", title, i, got[i], wanted[i],
                         csv);
    free(copy);
    free(head);
}

static const struct row wanted[] = {
    {"ratio", "1", "2", "", "", "met"},     {"number", "2", "", "", "", "met"},
    {"increase", "1", "", "", "", "met"},   {"none-below", "1", "2", "", "", "met"},
    {"each", "2", "", "1", "1", "met"},     {"dues-85", "1", "2", "1", "0", "not-met"},
    {"units", "1", "", "", "", "met"},      {"share", "1", "1", "", "", "met"},
    {"term", "4", "", "", "", "exceeded"},  {"centre-term", "3", "", "", "", "exceeded"},
    {"attending", "1", "2", "", "", "met"},
};
#define ROWS (sizeof wanted / sizeof wanted[0])

Test(target_form, the_same_offline_at_the_server_and_summed)
{
    fill(&clerk.device);
    clerk_ok("sync");
    imports(lines);
    imports_centre();
    clerk_ok("sync");
    char *offline = hoivien_ok(&clerk.device, "target --plain");
    char *server = reporter_ok("commune 31317 --plain");
    for (size_t i = 0; i < ROWS; i++) {
        row_is(offline, wanted[i].key, &wanted[i]);
        row_is(server, wanted[i].key, &wanted[i]);
    }
    free(offline);
    free(server);
    clerk_verify();
}

/* What the lines of the province say, in words. */
static void province_says(const char *text)
{
    char *out = reporter_ok("province 93");
    cr_assert(strstr(out, text) != NULL, "the province does not say \"%s\":\n%s", text, out);
    free(out);
}

Test(target_form, a_province_sums_its_communes)
{
    imports(lines);
    fill(&clerk.device);
    clerk_ok("sync");
    province_says(
        "Special-group models at least 1, in at least 2 communes\n  1\n  Communes that reach it: 1 of "
        "2\n  result: Not met\n  missing: 1\n");
    province_says(
        "of the communes\n  1 of 1 = 100.00 % (Chi hội heads)\n  Communes that reach it: 1 of 2; not "
        "enough data: 1\n  result: Not enough data\n");
    fill(&two);
    device_ok(&two, "sync");
    province_says("in at least 2 communes\n  2\n  Communes that reach it: 2 of 2\n  result: Met\n");
    province_says("in at least 50.00 % of the communes\n  2 of 2 = 100.00 % (Chi hội heads)\n  Communes that "
                  "reach it: 2 of 2\n  result: Exceeded\n");
    province_says("in each: Chi hội\n  4\n  Chi hội that reach it: 2 of 2\n  result: Met\n");
    province_says("Members with a card / Members resident here exactly 50.00 %\n  2 of 4 = 50.00 %");
    province_says(
        "Core members / Members resident here at least 10.00 %\n  2 of 4 = 50.00 % (Members resident "
        "here)\n  Communes that reach it: 2 of 2\n");
    clerk_verify();
}

Test(target_form, what_is_entered_offline_counts_at_once)
{
    imports(lines);
    fill(&clerk.device);
    clerk_ok("sync");
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi");
    struct row each = {"each", "2", "", "2", "1", "not-met"}, heads = {"share", "1", "2", "", "", "not-met"};
    clerk_ok("officer add --name 'Lê Thị Mới'");
    clerk_ok("post add --officer 'Lê Thị Mới' --type chi-hoi-head --group 'Chi hội 2'");
    char *offline = hoivien_ok(&clerk.device, "target --plain");
    row_is(offline, "each", &each);
    row_is(offline, "share", &heads);
    clerk_ok("sync");
    char *server = reporter_ok("commune 31317 --plain");
    row_is(server, "each", &each);
    row_is(server, "share", &heads);
    free(offline);
    free(server);
    clerk_verify();
}

Test(target_form, each_is_explained_by_what_it_counts)
{
    imports(lines);
    fill(&clerk.device);
    clerk_ok("sync");
    clerk_says("explain each", "Each activity whose date lies in the period counts");
    clerk_says("explain each", "In the period from 01/01/2018 to 31/12/2018.");
    clerk_says("explain term", "In the period from 01/05/2016 to 31/12/2018.");
    clerk_says("explain dues-85", "Chi hội that reach it: 0 of 1. Result: Not met.");
    clerk_says("explain ratio", "Records with neither number nor date of a card: 1");
    clerk_says("target", "Target: Activities (Each year) at least 2, in each: Chi hội\n");
}

#define BAD(rest) "bad,province,2016-2021,2016-05-01,2021-05-01,93,,bad," rest ",2018-12-31,NQ,no\n"

Test(target_form, what_does_not_go_together_is_refused_by_line_and_column)
{
    refuses(BAD("each-group,households,at-least,2,,,,,,"),
            "Line 2, column measure: this measure is not known by");
    refuses(BAD("each-group,card,at-least,100,women-18-plus,,,,,"),
            "column denominator: this figure is not known");
    refuses(BAD("increase,activities,at-least,2,,,,,,2017-12-31"),
            "column measure: an increase needs a measure of");
    refuses(BAD("number,activities,at-least,2,,month,,,,"),
            "column period: the period must be term, year or");
    refuses(BAD("each-group,card,at-least,2,,,members,,,"), "column groups: name the groups by the measure");
    refuses(BAD("number,card,at-least,2,,,groups-to,,,"), "column groups: only for the form each-group");
    refuses(BAD("units-number,card,at-least,2,,,,,2,"),
            "column units_comparator: the forms units-number and");
    refuses(BAD("units-share,card,at-least,2,,,,at-least,101,"),
            "column units_threshold: the form units-number");
    refuses(BAD("number,card,at-least,2,,,,at-least,5,"), "column units_threshold: only for the forms");
    refuses(BAD("number,card,at-least,2,members,,,,,"), "column denominator: a number is not divided");
    refuses(BAD("ratio,card,at-least,20,men,,,,,"), "column denominator: a ratio needs a known type");
    refuses(
        "bad,province,2016-2021,2016-05-01,2021-05-01,93,31317,bad,units-number,card,at-least,2,,,,at-least,1"
        ",,2018-12-31,NQ,no\n",
        "column unit: a target of units is of many communes");
}

Test(target_form, verify_recounts_what_is_kept_of_records)
{
    fill(&clerk.device);
    clerk_ok("sync");
    clerk_verify();
    sql(&clerk.server.db, "update figure_count set n = n + 1 where measure = 10");
    struct output o =
        run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf verify", HV_BIN, clerk.server.folder);
    cr_assert(o.status != 0 && strstr(o.err, "Difference: figure") != NULL, "%d %s%s", o.status, o.out,
              o.err);
    output_free(&o);
}
