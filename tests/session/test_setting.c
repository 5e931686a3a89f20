/* What the operator sets reaches every commune with its next sync, and holds at the server at once. */
#include "tests/support/clerk_scene.h"

SUPPORT_CLUSTER

static void begin(void)
{
    clerk_begin();
    clerk_reporter();
    clerk_ok("sync");
}

TestSuite(setting, .init = begin, .fini = clerk_end, .timeout = 60);

static struct output admin(const char *arguments)
{
    return run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf %s", HV_BIN, clerk.server.folder,
               arguments);
}

static void expect_regular(const char *percent)
{
    char *here = hoivien_ok(&clerk.device, "report activities --plain"),
         *there = reporter_ok("report activities 31317 --plain");
    const char *row = words(",regular,%s,", percent);
    cr_assert(strstr(here, row) != NULL, "the commune: no %s in\n%s", row, here);
    cr_assert(strstr(there, row) != NULL, "the province: no %s in\n%s", row, there);
    free(here);
    free(there);
}

Test(setting, what_regular_means_is_the_operators_to_say)
{
    expect_regular("50");
    struct output o = admin("setting set regular_percent 70");
    cr_assert_eq(o.status, 0, "%s", o.err);
    output_free(&o);
    clerk_ok("sync");
    expect_regular("70");
    o = admin("setting list");
    cr_assert(strstr(o.out, "regular_percent = 70") != NULL, "%s", o.out);
    output_free(&o);
    cr_assert_eq(sql_int(&clerk.server.db, "select count(*) from act where verb = 'setting'"), 1);
}

Test(setting, what_can_not_be_set_is_refused_by_name)
{
    static const char *const wrong[][2] = {
        {"setting set regular_percent 101", "1 to 100"},
        {"setting set regular_percent x", "regular_percent"},
        {"setting set nonsense 1", "There is no setting nonsense; there are: regular_percent"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct output o = admin(wrong[i][0]);
        cr_assert(o.status == 2 && strstr(o.err, wrong[i][1]) != NULL, "%s: %d %s", wrong[i][0], o.status,
                  o.err);
        output_free(&o);
    }
    expect_regular("50");
}
