/* What records must fit beyond themselves, said by a device that checks nothing before it sends. */
#include "common/ask.h"
#include "common/os.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct server server;
static struct talk talk;

static void begin_talk(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    talk_make(&talk, &db, "31317");
    server_start(&server, &db, NULL);
    talk_open(&talk, &server);
}

static void end_talk(void)
{
    talk_close(&talk);
    server_stop(&server);
}

TestSuite(fit_server, .init = begin_talk, .fini = end_talk, .timeout = 60);

static Hv__Code verdict(void)
{
    const Hv__SyncReply *r = talk_push(&talk);
    return talk_code(r, talk.made);
}

Test(fit_server, the_server_refuses_it_too)
{
    struct id group = os_new_id(), member = os_new_id();
    talk_group(&talk, group, "Chi hội 1");
    talk_member(&talk, member, group, "A Thị Một");
    cr_assert_eq(verdict(), HV__CODE__OK);
    static const struct {
        uint32_t field;
        Hv__Code code;
    } rows[] = {{999, HV__CODE__UNKNOWN_VALUE}, {2, HV__CODE__UNKNOWN_VALUE}, {15, HV__CODE__OK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct change *c = talk_change(&talk, &kind_question, ask_id(&member, rows[i].field));
        put_id(&talk, c, "member_id", member);
        put_int(c, "field", rows[i].field);
        cr_assert_eq(verdict(), rows[i].code, "field %u", rows[i].field);
    }
    struct change *c = talk_change(&talk, &kind_group, group);
    put_int(c, "founded", 20180000);
    put_int(c, "closed", 20100000);
    cr_assert_eq(verdict(), HV__CODE__BAD_DATE);
    c = talk_change(&talk, &kind_activity, os_new_id());
    put_id(&talk, c, "group_id", group);
    put_int(c, "date", 20180501);
    put_int(c, "attended", INT32_MAX);
    cr_assert_eq(verdict(), HV__CODE__BAD_NUMBER);
}
