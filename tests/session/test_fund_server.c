/* What the server refuses of the fund, said by a device that checks nothing before it sends. */
#include "common/change.h"
#include "common/os.h"
#include "proto/record.pb-c.h"
#include "tests/support/talk.h"

SUPPORT_CLUSTER

static struct server server;
static struct talk talk;

static void begin_talk(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
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

TestSuite(fund_server, .init = begin_talk, .fini = end_talk, .timeout = 60);

/* Of the newest change. */
static void expect(Hv__Code code, const struct kind *kind, const char *field)
{
    const Hv__SyncReply *r = talk_push(&talk);
    const Hv__Verdict *v = talk_verdict(r, talk.made);
    cr_assert_eq(talk_code(r, talk.made), code, "%d", talk_code(r, talk.made));
    if (field != NULL)
        cr_assert(v->has_field && v->field == field_number(kind, (size_t)kind_field(kind, field)), "%u",
                  v->field);
}

static void ok(void)
{
    expect(HV__CODE__OK, NULL, NULL);
}

static struct change *entry(int type, int32_t day, int64_t amount)
{
    struct change *c = talk_change(&talk, &kind_entry, os_new_id());
    put_int(c, "type", type);
    put_int(c, "date", day);
    put_int(c, "amount", amount);
    return c;
}

static struct id relation(const struct kind *kind, const struct change *c)
{
    struct id id;
    bool any;
    cr_assert(kind_relation_id(kind, c->set, c->values, &id, &any));
    return id;
}

static struct change *reversal(struct id of, int32_t day)
{
    struct change *c = talk_change(&talk, &kind_reversal, of);
    put_id(&talk, c, "entry_id", of);
    put_int(c, "date", day);
    c->id = relation(&kind_reversal, c);
    return c;
}

static struct change *closing(int64_t year, int64_t balance)
{
    struct change *c = talk_change(&talk, &kind_closing, os_new_id());
    put_int(c, "unit", talk.stream);
    put_int(c, "year", year);
    put_int(c, "balance", balance);
    put_int(c, "date", 20181231);
    c->id = relation(&kind_closing, c);
    return c;
}

Test(fund_server, a_year_is_closed_when_it_is_over_with_the_balance_of_the_book)
{
    entry(HV__ENTRY_TYPE__RECEIPT, 20171231, 100);
    entry(HV__ENTRY_TYPE__GIFT_IN_KIND, 20171231, 7);
    entry(HV__ENTRY_TYPE__RECEIPT, 20180101, 1000);
    struct id wrong = entry(HV__ENTRY_TYPE__PAYMENT, 20171201, 30)->id;
    ok();
    reversal(wrong, 20180102);
    ok();
    closing(2018, 1100);
    expect(HV__CODE__BAD_DATE, &kind_closing, "year");
    closing(2017, 100);
    expect(HV__CODE__BAD_NUMBER, &kind_closing, "balance");
    entry(HV__ENTRY_TYPE__RECEIPT, 20171230, 5); /* counts in the batch that closes the year */
    closing(2017, 75);
    ok();
    closing(2017, 75);
    ok();
    closing(2017, 76);
    expect(HV__CODE__EXISTS, NULL, NULL);
    closing(2016, 0);
    expect(HV__CODE__YEAR_CLOSED, &kind_closing, "year");
    cr_assert_eq(sql_int(&server.db, "select count(*) from closings"), 1);
}

Test(fund_server, a_closed_year_and_those_before_it_take_nothing)
{
    struct id old = entry(HV__ENTRY_TYPE__RECEIPT, 20170601, 100)->id;
    ok();
    closing(2017, 100);
    ok();
    entry(HV__ENTRY_TYPE__RECEIPT, 20171231, 1);
    expect(HV__CODE__YEAR_CLOSED, &kind_entry, "date");
    entry(HV__ENTRY_TYPE__RECEIPT, 20151231, 1);
    expect(HV__CODE__YEAR_CLOSED, &kind_entry, "date");
    reversal(old, 20171231);
    expect(HV__CODE__YEAR_CLOSED, &kind_reversal, "date");
    struct id late = entry(HV__ENTRY_TYPE__RECEIPT, 20171230, 1)->id;
    reversal(late, 20180101);
    expect(HV__CODE__DEPENDS_ON, NULL, NULL);
    entry(HV__ENTRY_TYPE__RECEIPT, 20180101, 1);
    ok();
    reversal(old, 20180101);
    ok();
    closing(2017, 100)->id = old;
    expect(HV__CODE__BAD_ID, NULL, NULL);
}

Test(fund_server, an_entry_is_reversed_once_and_not_before_its_day)
{
    struct id one = entry(HV__ENTRY_TYPE__RECEIPT, 20180601, 100)->id;
    ok();
    reversal(one, 20180531);
    expect(HV__CODE__BAD_DATE, &kind_reversal, "date");
    reversal(one, 20180601);
    ok();
    reversal(one, 20180601);
    ok();
    reversal(one, 20180602);
    expect(HV__CODE__EXISTS, NULL, NULL);
    put_int(talk_change(&talk, &kind_entry, one), "amount", 5);
    expect(HV__CODE__APPEND_ONLY, NULL, NULL);
    cr_assert_eq(sql_int(&server.db, "select date from reversals"), 20180601);
}

Test(fund_server, fields_fit_each_other_and_no_money_is_collected_with_a_loan)
{
    put_text(&talk, entry(HV__ENTRY_TYPE__PAYMENT, 20180601, 1), "source", "voluntary");
    expect(HV__CODE__BAD_FORMAT, &kind_entry, "source");
    put_int(entry(HV__ENTRY_TYPE__RECEIPT, 20180601, 1), "level", HV__FUND_LEVEL__FUND_GROUP);
    expect(HV__CODE__MISSING, &kind_entry, "group_id");
    struct change *c = talk_change(&talk, &kind_support, os_new_id());
    put_text(&talk, c, "type", "loan");
    put_int(c, "date", 20180601);
    expect(HV__CODE__MISSING, &kind_support, "member_id");
    struct id loan = os_new_id();
    c = talk_change(&talk, &kind_support, loan);
    put_text(&talk, c, "type", "loan");
    put_int(c, "date", 20180601);
    put_int(c, "persons", 2);
    ok();
    put_nothing(talk_change(&talk, &kind_support, loan), "persons");
    expect(HV__CODE__MISSING, &kind_support, "member_id");
    put_id(&talk, entry(HV__ENTRY_TYPE__RECEIPT, 20180601, 1), "support_id", loan);
    expect(HV__CODE__BAD_FORMAT, &kind_entry, "support_id");
    put_id(&talk, entry(HV__ENTRY_TYPE__PAYMENT, 20180601, 1), "support_id", loan);
    ok();
}

Test(fund_server, what_a_receipt_names_becomes_no_loan)
{
    struct id visit = os_new_id(), paid = os_new_id();
    const struct id both[] = {visit, paid};
    for (size_t i = 0; i < 2; i++) {
        struct change *c = talk_change(&talk, &kind_support, both[i]);
        put_text(&talk, c, "type", "visit");
        put_int(c, "date", 20180601);
        put_int(c, "persons", 2);
    }
    put_id(&talk, entry(HV__ENTRY_TYPE__RECEIPT, 20180601, 1), "support_id", visit);
    put_id(&talk, entry(HV__ENTRY_TYPE__PAYMENT, 20180601, 1), "support_id", paid);
    ok();
    put_text(&talk, talk_change(&talk, &kind_support, visit), "type", "loan");
    expect(HV__CODE__BAD_FORMAT, &kind_support, "type");
    put_text(&talk, talk_change(&talk, &kind_support, paid), "type", "loan");
    ok();
    put_text(&talk, talk_change(&talk, &kind_support, visit), "type", "training");
    ok();
}
