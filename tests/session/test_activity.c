/* Activities and courses with who came, from the clerk's command to the server, to the commune's second
 * device and into the reports. */
#include "common/id.h"
#include "common/os.h"
#include "tests/support/clerk_scene.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct client_device two, other; /* `other` is of another commune */
static struct talk talk;                /* of the other commune too */
static char meeting[ID_TEXT];

/* The full id of the last record of a list. */
static const char *id_of(const struct client_device *d, const char *list)
{
    static char ids[8][ID_TEXT];
    static unsigned next;
    char *out = hoivien_ok(d, "%s --columns id --plain | tail -n 1 | tr -d '\\n'", list),
         *id = ids[next++ % 8];
    cr_assert_eq(strlen(out), ID_TEXT - 1, "%s: %s", list, out);
    memcpy(id, out, ID_TEXT);
    free(out);
    return id;
}

static void add_meeting(void)
{
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("member add --name 'Lê Thị Một' --birth 1970 --group 'Chi hội 1'");
    clerk_ok("member add --name 'Lê Thị Hai' --birth 1971 --group 'Chi hội 1'");
    clerk_ok("activity add --group 'Chi hội 1' --date 10/03/2018 --forms regular,games "
             "--topic law --channel zalo --attended 40");
    memcpy(meeting, id_of(&clerk.device, "activity list"), sizeof meeting);
}

static void begin(void)
{
    struct database db;
    clerk_world(&db);
    talk_make(&talk, &db, "31318");
    clerk_start(&db);
    talk_open(&talk, &clerk.server);
    device_make(&two, &clerk.server, "31317", NULL);
    device_make(&other, &clerk.server, "31318", NULL);
    add_meeting();
}

static void end(void)
{
    talk_close(&talk);
    server_stop(&clerk.server);
}

TestSuite(activity, .init = begin, .fini = end, .timeout = 120);

static void warns(const char *command, const char *text)
{
    struct output o = hoivien(&clerk.device, "%s", command);
    cr_assert_eq(o.status, 0, "hoivien %s: %s", command, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien %s does not warn \"%s\":\n%s", command, text, o.err);
    output_free(&o);
}

static void sync_all(void)
{
    clerk_ok("sync");
    free(hoivien_ok(&two, "sync"));
    clerk_ok("sync");
    clerk_verify();
}

static int64_t on_lists(void)
{
    return sql_int(&clerk.server.db, "select count(*) from attendances where voided is not true");
}

/* A figure of the plain report, here and as the server counts it. */
static void figure_is(const char *report, const char *row)
{
    if (*clerk.reporter.folder == '\0')
        clerk_reporter();
    char *here = hoivien_ok(&two, "report %s --plain", report),
         *there = reporter_ok("report %s 31317 --plain", report);
    cr_assert(strstr(here, row) != NULL, "\"%s\" is not in\n%s", row, here);
    cr_assert_str_eq(here, there);
    free(here);
    free(there);
}

Test(activity, who_came_goes_up_and_arrives_on_the_second_device)
{
    clerk_says(words("activity attend %s --in-group 'Chi hội 1'", meeting), "2 are on the list");
    sync_all();
    cr_assert_eq(on_lists(), 2);
    device_says(&two, words("activity show %s", meeting), "Lê Thị Một");
    device_says(&two, words("activity show %s", meeting), "Lê Thị Hai");
    figure_is("activities", ",all,,attendances,2,");
    figure_is("activities", ",form,games,activities,1,");
    figure_is("activities", ",topic,law,activities,1,");
    figure_is("activities", ",regular,50,regular,2,2");
    figure_is("activities --regular 90", ",regular,90,regular,2,2");
}

Test(activity, both_devices_note_the_same_one_and_taking_out_is_undone_anywhere)
{
    sync_all();
    clerk_ok("activity attend %s 'Lê Thị Một'", meeting);
    free(hoivien_ok(&two, "activity attend %s 'Lê Thị Một'", meeting));
    sync_all();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from attendances"), 1);
    device_says(&two, words("activity attend %s 'Lê Thị Một' --take-out", meeting), "1 taken off");
    device_says(&two, words("activity attend %s 'Lê Thị Một' --take-out", meeting), "0 taken off");
    sync_all();
    cr_assert_eq(on_lists(), 0);
    clerk_says_not(words("activity show %s", meeting), "Lê Thị Một");
    figure_is("activities", ",all,,attendances,40,");
    clerk_says(words("activity attend %s 'Lê Thị Một'", meeting), "new ones: 1");
    clerk_says(words("activity attend %s 'Lê Thị Một'", meeting), "new ones: 0");
    sync_all();
    cr_assert_eq(on_lists(), 1);
}

Test(activity, void_members_and_activities_and_unknown_ones_are_refused_whole)
{
    clerk_ok("member void --search 'thi hai'");
    clerk_fails(words("activity attend %s 'Lê Thị Một' %s", meeting,
                      id_of(&clerk.device, "member list --state voided")),
                1, "Member: record");
    clerk_says_not(words("activity show %s", meeting), "Lê Thị Một");
    clerk_fails(words("activity attend %s 'Lê Thị Một' 01890000-0000-7000-8000-000000000001", meeting), 1,
                "Member: the register has no record");
    clerk_fails("activity attend 01890000-0000-7000-8000-000000000001 'Lê Thị Một'", 1,
                "Activity: the register has no record");
    clerk_fails(words("activity attend %s", meeting), 2, "--in-group");
    clerk_fails("activity attend", 2, "activity list");
    clerk_ok("activity void %s", meeting);
    clerk_fails(words("activity attend %s 'Lê Thị Một'", meeting), 1, "Activity: record");
    clerk_says("attendance list --columns id --plain | wc -l", "1\n");
}

Test(activity, who_does_not_stand_on_the_day_is_put_in_with_a_warning)
{
    clerk_ok("member event --search 'thi mot' joined --date 11/03/2018");
    warns(words("activity attend %s 'Lê Thị Một'", meeting), "does not stand as a member on 10/03/2018");
    clerk_says(words("activity show %s", meeting), "Lê Thị Một");
    struct output o = hoivien(&clerk.device, "activity attend %s 'Lê Thị Hai'", meeting);
    cr_assert(o.status == 0 && strstr(o.err, "stand") == NULL, "%s", o.err);
    output_free(&o);
}

Test(activity, what_is_wrong_is_named_by_its_field)
{
    clerk_fails("activity add --group 'Chi hội 7' --date 2018-03-10", 1, "Group: ");
    clerk_fails("activity add --group 'Chi hội 1' --date 3/2018", 1, "Date: ");
    clerk_fails("activity add --group 'Chi hội 1' --date 10/03/2018 --forms karaoke", 1, "Forms: ");
    clerk_fails("activity add --date 10/03/2018", 1, "Group");
    clerk_fails("officer add --name 'Trần Thị Lan' --member 'Không Có'", 1, "Member: ");
    clerk_fails("post add --officer 'Không Có' --type volunteer", 1, "Officer: ");
}

/* The verdict on an activity of the group, spoken by hand. */
static const Hv__Verdict *verdict_on(struct id group)
{
    struct change *c = talk_change(&talk, &kind_activity, os_new_id());
    put_id(&talk, c, "group_id", group);
    put_int(c, "date", 20180310);
    const Hv__SyncReply *r = talk_push(&talk);
    cr_assert_eq(r->n_verdict, 1);
    return r->verdict[0];
}

Test(activity, one_in_a_group_of_another_commune_is_refused_like_one_in_no_group)
{
    const char *group = id_of(&clerk.device, "group list"), *none = "01890000-0000-7000-8000-000000000001";
    struct id real, unreal = os_new_id();
    sync_all();
    free(hoivien_ok(&other, "sync"));
    struct output theirs = hoivien(&other, "activity add --date 10/03/2018 --group %s", group),
                  nobodys = hoivien(&other, "activity add --date 10/03/2018 --group %s", none);
    cr_assert(theirs.status == 1 && strstr(theirs.err, "Group: ") != NULL, "%s", theirs.err);
    cr_assert_str_eq(theirs.err, nobodys.err);
    cr_assert(id_parse(group, &real));
    const Hv__Verdict *x = verdict_on(real), *y = verdict_on(unreal);
    cr_assert(x->code == HV__CODE__NO_SUCH_RECORD && x->code == y->code && x->field == y->field);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from activities"), 1);
    output_free(&theirs);
    output_free(&nobodys);
}

Test(activity, posts_and_courses_stand_below_the_officer_on_every_device)
{
    clerk_ok("officer add --name 'Trần Văn Nam' --sex male");
    clerk_ok("officer add --name 'Trần Thị Lan' --sex female");
    clerk_ok("post add --officer 'Trần Thị Lan' --type commune-president --since 2016");
    clerk_ok("post add --officer 'Trần Văn Nam' --type chi-hoi-head --group 'Chi hội 1'");
    clerk_ok("course add --name 'Lớp tính tỷ lệ' --date 05/2018 --topics ratio,categories");
    clerk_ok("course attend 'Lớp tính tỷ lệ' 'Trần Thị Lan' 'Trần Văn Nam'");
    clerk_ok("course attend 'Lớp tính tỷ lệ' --take-out --search 'van nam'");
    sync_all();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from trainings"), 2);
    device_says(&two, words("officer show %s", id_of(&two, "officer list --search lan")),
                "President of the commune");
    device_says(&two, words("officer show %s", id_of(&two, "officer list --search lan")), "Lớp tính tỷ lệ");
    device_says_not(&two, words("officer show %s", id_of(&two, "officer list --search nam")),
                    "Lớp tính tỷ lệ");
    device_says(&two, words("course show %s", id_of(&two, "course list")), "Trần Thị Lan");
    device_says(&two, "training list", "Lớp tính tỷ lệ  Trần Thị Lan");
    device_says(&two, "post list", "Trần Văn Nam");
    figure_is("officers", ",post,commune-president,trained,1,1");
    figure_is("officers", ",post,chi-hoi-head,men,1,1");
    figure_is("officers", ",topic,ratio,presidents-trained,1,1");
    figure_is("officers", ",vacant,chi-hoi-head,vacant,0,1");
    figure_is("officers", ",president-untrained,forms,untrained,1,1");
    clerk_ok("officer void --search nam");
    clerk_fails(
        words("course attend 'Lớp tính tỷ lệ' %s", id_of(&clerk.device, "officer list --state voided")), 1,
        "Officer: record");
}
