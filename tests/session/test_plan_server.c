/* What the server refuses of a plan whose deadline lies behind that of its target, whoever the client is. */
#include "common/os.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct server server;
static struct talk pen; /* of 93 in the stream of 31317; the target TW-50 is due on 1 March 2022 */

static void setup(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    talk_make_pen(&pen, &db, "93", "31317");
    server_start(&server, &db, NULL);
    talk_open(&pen, &server);
}

static void teardown(void)
{
    talk_close(&pen);
    server_stop(&server);
}

TestSuite(plan_check, .init = setup, .fini = teardown, .timeout = 60);

static struct change *plan_of(struct id id, const char *target, int32_t deadline)
{
    struct change *c = talk_change(&pen, &kind_plan, id);
    put_text(&pen, c, "name", "Hỗ trợ");
    put_text(&pen, c, "target", target);
    put_int(c, "deadline", deadline);
    return c;
}

Test(plan_check, a_deadline_behind_that_of_the_target_is_refused_with_what_depends_on_the_plan)
{
    struct id good = os_new_id(), late = os_new_id(), unknown = os_new_id();
    plan_of(good, "TW-50", 20220301);
    plan_of(late, "TW-50", 20220302);
    plan_of(unknown, "nobody's", 20990101);
    put_id(&pen, talk_change(&pen, &kind_visit, os_new_id()), "plan_id", late);
    put_int(pen.changes[3], "date", 20181220);
    const Hv__SyncReply *r = talk_push(&pen);
    cr_assert_eq(talk_code(r, 1), HV__CODE__OK);
    cr_assert_eq(talk_code(r, 2), HV__CODE__BAD_DATE);
    cr_assert_eq(talk_verdict(r, 2)->field, 5);
    cr_assert_eq(talk_code(r, 3), HV__CODE__OK);
    cr_assert_eq(talk_code(r, 4), HV__CODE__DEPENDS_ON);
}

Test(plan_check, an_edit_is_held_against_what_stands)
{
    struct id id = os_new_id();
    plan_of(id, "TW-50", 20220301);
    cr_assert_eq(talk_code(talk_push(&pen), 1), HV__CODE__OK);
    put_int(talk_change(&pen, &kind_plan, id), "deadline", 20220302);
    cr_assert_eq(talk_code(talk_push(&pen), 2), HV__CODE__BAD_DATE);
    sql(&server.db, "update target set deadline = 20210101");
    put_int(talk_change(&pen, &kind_plan, id), "figure", 10);
    cr_assert_eq(talk_code(talk_push(&pen), 3), HV__CODE__OK);
    sql(&server.db, "update target set deadline = 20250101");
    put_int(talk_change(&pen, &kind_plan, id), "deadline", 20220302);
    cr_assert_eq(talk_code(talk_push(&pen), 4), HV__CODE__BAD_DATE, "the term ends on 1 March 2022");
}
