/* Households through the whole house: counted once however many of their members count, on both sides alike.
 */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

/* A target of 90 % of the households with a woman 18 or older; there are 4 of them. */
static void households_target(const struct database *db)
{
    sql(db, "insert into target (key, term, issuer, title, form, measure, comparator, threshold, "
            "denominator_type, "
            "deadline, document) select 'HO-90', t.id, u.id, 'Hộ có hội viên', 1, 5, 1, 900000, 4, 20220301, "
            "'NQ' from unit u, term t where u.level = 1");
    sql(db,
        "insert into population (unit, term, type, value, as_of, source) select u.id, t.id, 4, 4, 20181231, "
        "'test' from unit u, term t where u.code = '31317'");
}

static void begin(void)
{
    struct database db;
    clerk_world(&db);
    households_target(&db);
    clerk_start(&db);
    clerk_reporter();
    clerk_ok("group add --name 'Chi hội 1' --type chi-hoi");
    clerk_ok("household add --name 'Lê Văn Một' --standard near-poor");
    clerk_ok("household add --name 'Lê Văn Hai'");
    clerk_ok("household add --name 'Lê Văn Ba'");
}

TestSuite(household, .init = begin, .fini = clerk_end, .timeout = 60);

static void member(const char *name, const char *household, const char *more)
{
    clerk_ok("member add --name '%s' --birth 1970 --group 'Chi hội 1' --household '%s' %s", name, household,
             more);
}

static void expect(int households)
{
    char *here = hoivien_ok(&clerk.device, "target --plain"), *there = reporter_ok("commune 31317 --plain");
    const char *figures = words(",%d,4,households-with-woman-18-plus,", households);
    cr_assert(strstr(here, figures) != NULL, "the commune: no %s in\n%s", figures, here);
    cr_assert(strstr(there, figures) != NULL, "the province: no %s in\n%s", figures, there);
    free(here);
    free(there);
}

Test(household, each_counts_once_as_long_as_one_of_its_members_does)
{
    member("Trần Thị Một", "Lê Văn Một", "");
    member("Trần Thị Hai", "Lê Văn Một", "");
    member("Trần Thị Ba", "Lê Văn Hai", "--category honorary");
    clerk_ok("sync");
    expect(1);
    member("Trần Thị Tư", "Lê Văn Ba", "");
    char *offline = hoivien_ok(&clerk.device, "target --plain");
    cr_assert(strstr(offline, ",2,4,households-with-woman-18-plus,") != NULL, "%s", offline);
    free(offline);
    clerk_ok("sync");
    expect(2);
    clerk_ok("member event --search 'tran thi' moved-out --date 2018-12-01");
    clerk_ok("sync");
    expect(0);
}

Test(household, one_noted_by_mistake_counts_no_more)
{
    member("Trần Thị Một", "Lê Văn Một", "");
    member("Trần Thị Hai", "Lê Văn Hai", "");
    clerk_fails("household void --search 'van hai'", 1, "Members: 1;");
    clerk_ok("household void --search 'van hai' --anyway");
    clerk_ok("sync");
    expect(1);
    char *province = reporter_ok("province 93");
    cr_assert(strstr(province, "Hộ có hội viên") != NULL, "%s", province);
    free(province);
}

Test(household, its_members_are_shown_with_it_and_counted_in_the_list)
{
    member("Trần Thị Một", "Lê Văn Một", "");
    member("Trần Thị Hai", "Lê Văn Một", "");
    member("Trần Thị Ba", "Lê Văn Hai", "--category not-yet");
    clerk_says("household show 'Lê Văn Một'", "Members:                      2\n");
    clerk_says("household show 'Lê Văn Một'", "  Trần Thị Hai; Date of birth: 1970; Branch: Chi hội 1\n");
    clerk_says_not("household show 'Lê Văn Một'", "Trần Thị Ba");
    clerk_ok("member event --search 'thi hai' moved-out --date 2018-12-01");
    clerk_says("household list | sed 's/  */ /g'", "Lê Văn Một Near-poor 1\n");
    clerk_says("household list | sed 's/  */ /g'", "Lê Văn Hai 0\n");
    clerk_says("household list --plain", "id,name,standard,address\n");
    clerk_says("household list --plain --columns name,members", "Lê Văn Một,1\n");
}
