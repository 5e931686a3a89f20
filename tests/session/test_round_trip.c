/* What a clerk exports and imports again changes nothing, also where names are borne by several. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

static struct server server;
static struct client_device device;
static char folder[PATH_ROOM];

static void ok(const char *command)
{
    free(hoivien_ok(&device, "%s", command));
}

/* Namesakes everywhere: members, officers, courses, households; a tổ of one name under each chi hội. */
static void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    world_make(&db);
    server_start(&server, &db, NULL);
    device_make(&device, &server, "31317", NULL);
    scratch_make(folder);
    ok("group add --name 'Chi hội 1' --type chi-hoi --purpose livelihood");
    ok("group add --name 'Chi hội 2' --type chi-hoi --purpose 'Việc riêng'");
    ok("group add --name 'Tổ 1' --type to --parent 'Chi hội 1'");
    ok("group add --name 'Tổ 2' --type to --parent 'Chi hội 2'");
    ok("group edit --search 'To 2' --name 'Tổ 1'");
    for (int i = 0; i < 2; i++) {
        ok(words("household add --name 'Lê Văn Hộ %d'", i));
        ok(words("officer add --name 'Lê Thị Cán %d'", i));
        ok(words("course add --name 'Lớp %d' --date %d --topics ratio,forms", i, 2016 + i));
        ok("member add --name 'Lê Thị Trùng' --birth 1970 --group 'Chi hội 1' --anyway");
    }
    ok("household edit --search 'van ho' --name 'Lê Văn Trùng'");
    ok("officer edit --search 'thi can' --name 'Lê Thị Cán'");
    ok("course edit --search 'lop' --name 'Lớp chung'");
}

static void end(void)
{
    server_stop(&server);
}

TestSuite(round_trip, .init = begin, .fini = end, .timeout = 120);

/* The ids of a kind's records, one behind the other. */
static char *ids(const char *kind)
{
    return hoivien_ok(&device, "%s export --columns id --plain | tail -n +2 | tr '\n' ' '", kind);
}

static void join_all(void)
{
    char *members = ids("member"), *groups = ids("group"), *officers = ids("officer"),
         *courses = ids("course"), *households = ids("household");
    for (int i = 0; i < 2; i++) {
        const char *member = words("%.36s", members + 37 * i), *officer = words("%.36s", officers + 37 * i);
        ok(words("member edit %s --household %.36s", member, households + 37 * i));
        ok(words("membership add --member %s --group %.36s", member, groups + 37 * (2 + i)));
        ok(words("activity add --group %.36s --date 2018-1%d-05 --forms games,online --attended 7",
                 groups + 37 * (2 + i), i));
        ok(words("post add --officer %s --type collaborator", officer));
        ok(words("training add --officer %s --course %.36s", officer, courses + 37 * i));
        ok(words("event add --member %s --type joined --date 2015", member));
    }
    char *activities = ids("activity");
    ok(words("attendance add --activity %.36s --member %.36s", activities, members));
    ok(words("attendance add --activity %.36s --member %.36s", activities + 37, members + 37));
    ok(words("member ask %.36s --field phone --state asked", members));
    free(activities);
    free(households);
    free(courses);
    free(officers);
    free(groups);
    free(members);
}

Test(round_trip, every_kind_comes_back_as_it_went)
{
    static const char *const kinds[] = {"group", "household", "member",     "membership",
                                        "event", "activity",  "attendance", "officer",
                                        "post",  "course",    "training",   "question"};
    static const char *const languages[] = {"", "--lang vi", "--plain"};
    join_all();
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (size_t l = 0; l < 3; l++) {
            ok(words("%s export %s %s/x.csv", kinds[k], languages[l], folder));
            char *said = hoivien_ok(&device, "%s import %s/x.csv", kinds[k], folder);
            cr_assert(strstr(said, " 0 added, 0 changed,") != NULL && strstr(said, " 0 left out") != NULL,
                      "%s %s: %s", kinds[k], languages[l], said);
            free(said);
        }
}
