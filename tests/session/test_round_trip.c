/* What a clerk exports and imports again changes nothing, also where names are borne by several. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static char folder[PATH_ROOM];

/* Namesakes everywhere: members, officers, courses, households; a tổ of one name under each chi hội. */
static void begin(void)
{
    clerk_begin();
    scratch_make(folder);
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi --purpose livelihood");
    clerk_ok("group add --name 'Chi hội 2' --type chi-hoi --purpose 'Việc riêng'");
    clerk_ok("group add --name 'Tổ 1' --type to --parent 'Chi hội 1'");
    clerk_ok("group add --name 'Tổ 2' --type to --parent 'Chi hội 2'");
    clerk_ok("group edit --search 'To 2' --name 'Tổ 1'");
    for (int i = 0; i < 2; i++) {
        clerk_ok("household add --name 'Lê Văn Hộ %d'", i);
        clerk_ok("officer add --name 'Lê Thị Cán %d'", i);
        clerk_ok("course add --name 'Lớp %d' --date %d --topics ratio,forms", i, 2016 + i);
        clerk_ok("member add --name 'Lê Thị Trùng' --birth 1970 --group 'Chi hội 1' --anyway");
    }
    clerk_ok("household edit --search 'van ho' --name 'Lê Văn Trùng'");
    clerk_ok("officer edit --search 'thi can' --name 'Lê Thị Cán'");
    clerk_ok("course edit --search 'lop' --name 'Lớp chung'");
}

TestSuite(round_trip, .init = begin, .fini = clerk_end, .timeout = 120);

/* The ids of a kind's records, one behind the other. */
static char *ids(const char *kind)
{
    return hoivien_ok(&clerk.device, "%s export --columns id --plain | tail -n +2 | tr '\n' ' '", kind);
}

static void join_all(void)
{
    char *members = ids("member"), *groups = ids("group"), *officers = ids("officer"),
         *courses = ids("course"), *households = ids("household");
    for (int i = 0; i < 2; i++) {
        const char *member = words("%.36s", members + 37 * i), *officer = words("%.36s", officers + 37 * i);
        clerk_ok("member edit %s --household %.36s", member, households + 37 * i);
        clerk_ok("membership add --member %s --group %.36s", member, groups + 37 * (2 + i));
        clerk_ok("activity add --group %.36s --date 2018-1%d-05 --forms games,online --attended 7",
                 groups + 37 * (2 + i), i);
        clerk_ok("post add --officer %s --type collaborator", officer);
        clerk_ok("training add --officer %s --course %.36s", officer, courses + 37 * i);
        clerk_ok("event add --member %s --type joined --date 2015", member);
    }
    char *activities = ids("activity");
    clerk_ok("attendance add --activity %.36s --member %.36s", activities, members);
    clerk_ok("attendance add --activity %.36s --member %.36s", activities + 37, members + 37);
    clerk_ok("member ask %.36s --field phone --state asked", members);
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
            clerk_ok("%s export %s %s/x.csv", kinds[k], languages[l], folder);
            char *said = hoivien_ok(&clerk.device, "%s import %s/x.csv", kinds[k], folder);
            cr_assert(strstr(said, " 0 added, 0 changed,") != NULL && strstr(said, " 0 left out") != NULL,
                      "%s %s: %s", kinds[k], languages[l], said);
            free(said);
        }
}
