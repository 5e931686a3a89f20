/* A woman in a group who is not yet a member: kept, counted nowhere, and the same record when she joins. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static char id[16];

static void begin(void)
{
    clerk_begin();
    clerk_reporter();
    clerk_ok("group add --name 'CLB Hoa' --type cau-lac-bo");
    char *out = hoivien_ok(
        &clerk.device, "member add --name 'Lê Thị Chưa' --birth 1970 --group 'CLB Hoa' --category not-yet");
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", id) == 1, "%s", out);
    free(out);
    clerk_ok("member add --name 'Lê Thị Rồi' --birth 1971 --group 'CLB Hoa'");
    clerk_ok("sync");
}

TestSuite(not_yet, .init = begin, .fini = clerk_end, .timeout = 60);

static void joins(const char *date)
{
    clerk_ok("member event %s joined --date %s", id, date);
    clerk_ok("sync");
}

static void shows(const char *command, const char *text, bool there)
{
    char *out = hoivien_ok(&clerk.device, "%s", command);
    cr_assert_eq(strstr(out, text) != NULL, there, "hoivien %s: \"%s\"\n%s", command, text, out);
    free(out);
}

/* The commune has so many members on the day by the province's report; the group's figures are the same. */
static void members_are(const char *day, int count)
{
    char *out = reporter_ok("province 93 --plain --as-of %s", day);
    cr_assert(strstr(out, words("31317,Phường I,not-met,%d,1000,", count)) != NULL, "%s: %s", day, out);
    free(out);
    out = reporter_ok("commune 31317 --plain --as-of %s", day);
    cr_assert(strstr(out, words("CLB Hoa,cau-lac-bo,%d,0", count)) != NULL, "%s: %s", day, out);
    free(out);
}

Test(not_yet, she_is_in_no_measure)
{
    members_are("2018-12-31", 1);
    shows("target --plain", ",1,1000,", true);
    clerk_verify();
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members"), 2);
}

Test(not_yet, the_lists_know_her_and_say_that_she_does_not_count)
{
    shows("member list --columns name,category --plain", "Lê Thị Chưa,not-yet", true);
    shows("member list --state counted --columns name --plain", "Chưa", false);
    shows("member list --state counted --columns name --plain", "Rồi", true);
    shows("member list --state not-counted --columns name --plain", "Chưa", true);
    shows("member list --group 'CLB Hoa' --columns name --plain", "Chưa", true);
    shows(words("member show %s", id), "Not yet a member", true);
}

Test(not_yet, she_joins_and_her_record_stays_the_same)
{
    const char *before =
        sql(&clerk.server.db, "select encode(uuid_send(id), 'hex') from members where name = 'Lê Thị Chưa'");
    joins("01/10/2018");
    members_are("2018-12-31", 2);
    members_are("2018-10-01", 2);
    members_are("2018-09-30", 1);
    shows("target --plain", ",2,1000,", true);
    shows("member list --state counted --columns name --plain", "Chưa", true);
    cr_assert_str_eq(
        sql(&clerk.server.db, "select encode(uuid_send(id), 'hex') from members where name = 'Lê Thị Chưa'"),
        before);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from members"), 2);
    clerk_verify();
}

Test(not_yet, an_event_alone_makes_no_member_of_her)
{
    clerk_ok("member event %s moved-in --date 01/10/2018", id);
    clerk_ok("sync");
    members_are("2018-12-31", 1);
    clerk_verify();
}

Test(not_yet, the_event_of_joining_makes_a_member_of_her)
{
    char *out = hoivien_ok(&clerk.device, "member event joined --in-group 'CLB Hoa' --date 01/10/2018");
    cr_assert(strstr(out, "Members: 2.") != NULL &&
                  strstr(out, "Women who were not yet members and are members now: 1.") != NULL,
              "%s", out);
    free(out);
    clerk_ok("sync");
    shows("member list --columns name,category --plain", "Lê Thị Chưa,ordinary", true);
    shows("member list --columns name,category --plain", "Lê Thị Rồi,\n", true);
    members_are("2018-12-31", 2);
    members_are("2018-09-30", 0);
    clerk_verify();
}

/* Without a date of joining she would be a member since always. */
Test(not_yet, an_edit_alone_is_refused_and_says_how)
{
    struct output o = hoivien(&clerk.device, "member edit %s --category ordinary", id);
    cr_assert(o.status == 1 && strstr(o.err, "Category") != NULL && strstr(o.err, "joined --date") != NULL,
              "%d %s", o.status, o.err);
    output_free(&o);
    clerk_ok("member edit %s --category honorary", id);
}

Test(not_yet, every_way_of_noting_that_she_joined_is_the_same)
{
    clerk_ok("event add --member %s --type joined --date 01/10/2018", id);
    char *out =
        hoivien_ok(&clerk.device, "member add --name 'Lê Thị Sau' --birth 1972 --group 'CLB Hoa' --category "
                                  "not-yet");
    char other[16];
    cr_assert(sscanf(strstr(out, "id "), "id %8[0-9a-f]", other) == 1, "%s", out);
    free(out);
    file_write(words("%s/joined.csv", clerk.device.folder),
               words("member;type;date\n%s;joined;01/11/2018\n", other));
    clerk_ok("event import %s/joined.csv", clerk.device.folder);
    clerk_ok("sync");
    members_are("2018-12-31", 3);
    members_are("2018-10-31", 2);
    members_are("2018-09-30", 1);
    clerk_verify();
}

Test(not_yet, a_list_that_makes_members_of_them_needs_the_day)
{
    char *out =
        hoivien_ok(&clerk.device, "member export --columns id,category --plain | grep not-yet | cut -d, -f1");
    out[strcspn(out, "\n")] = '\0';
    file_write(words("%s/now.csv", clerk.device.folder), words("id;category\n%s;ordinary\n", out));
    char *said = hoivien_ok(&clerk.device, "member import %s/now.csv", clerk.device.folder);
    cr_assert(strstr(said, "1 left out") != NULL, "%s", said);
    free(said);
    file_write(words("%s/now.csv", clerk.device.folder),
               words("id;category;Ngày vào Hội\n%s;ordinary;01/10/2018\n", out));
    said = hoivien_ok(&clerk.device, "member import %s/now.csv", clerk.device.folder);
    cr_assert(strstr(said, "1 changed") != NULL, "%s", said);
    free(said);
    free(out);
    clerk_ok("sync");
    members_are("2018-12-31", 2);
    members_are("2018-09-30", 1);
}

static const char *her_joining(void)
{
    static char event[40];
    char *out = hoivien_ok(&clerk.device, "event list --plain --columns id,type | grep joined");
    snprintf(event, sizeof event, "%.36s", out);
    free(out);
    return event;
}

Test(not_yet, a_joining_noted_by_mistake_is_undone_with_what_it_made)
{
    clerk_ok("member event %s joined --date 10/2018", id);
    const char *event = her_joining();
    clerk_says(words("event void %s", event), "1.");
    shows("member list --columns name,category --plain", "Lê Thị Chưa,not-yet", true);
    clerk_ok("event void %s --undo", event);
    shows("member list --columns name,category --plain", "Lê Thị Chưa,ordinary", true);
    clerk_ok("member event %s joined --date 11/2018", id);
    clerk_ok("event void %s", event);
    shows("member list --columns name,category --plain", "Lê Thị Chưa,ordinary", true);
    clerk_ok("sync");
    clerk_verify();
}

/* Of a woman whom a list has as a member, the event says only since when. */
Test(not_yet, who_was_a_member_before_stays_one)
{
    clerk_ok("member event --in-group 'CLB Hoa' joined --date 10/2018");
    char *out =
        hoivien_ok(&clerk.device, "event list --plain --columns id,type,was-not-yet | grep 'joined,$'");
    clerk_ok("event void %.36s", out);
    free(out);
    shows("member list --columns name,category --plain", "Lê Thị Rồi,\n", true);
}

Test(not_yet, a_day_to_come_is_refused_whichever_way_it_comes)
{
    clerk_fails(words("member event %s joined --date 10/2028", id), 1, "10/2028");
    clerk_fails(words("event add --member %s --type joined --date 10/2028", id), 1, "10/2028");
    shows("member list --columns name,category --plain", "Lê Thị Chưa,not-yet", true);
    file_write(words("%s/ahead.csv", clerk.device.folder), "Họ tên;Năm sinh;Chi hội;Thành phần;Ngày vào Hội\n"
                                                           "Lê Thị Sẽ;1980;CLB Hoa;not-yet;10/2028\n");
    struct output o = hoivien(&clerk.device, "member import %s/ahead.csv", clerk.device.folder);
    cr_assert(strstr(o.out, "1 left out") != NULL, "%s%s", o.out, o.err);
    output_free(&o);
    shows("member list --columns name --plain", "Lê Thị Sẽ", false);
    clerk_says(words("member event %s joined --date 10/2018", id), "10/2018");
    clerk_fails(words("event edit %s --date 10/2028", her_joining()), 1, "10/2028");
}
