/* Settings, identity, report, cursors. */
#include "client/exchange.h"
#include "tests/client/register.h"
#include <stdio.h>

TestSuite(settings, .init = register_open, .fini = register_close, .timeout = 30);

Test(settings, settings_come_back_and_absent_ones_are_null)
{
    struct bytes v;
    OK(book_get(book, arena, "colour", &v, &f));
    cr_assert_null(v.p);
    OK(book_put(book, "colour", (struct bytes){(const uint8_t *)"red", 3}, &f));
    OK(book_put(book, "colour", (struct bytes){(const uint8_t *)"blue", 4}, &f));
    register_reopen();
    OK(book_get(book, arena, "colour", &v, &f));
    cr_assert_eq(v.n, 4);
    cr_assert(memcmp(v.p, "blue", 4) == 0);
}

Test(settings, a_register_without_an_identity_is_enrolled_by_the_program_at_hand)
{
    struct sync_result r;
    FAILS(ERR_NO_SUCH_RECORD, sync_run(book, &ui, folder, 100, NULL, NULL, &r, &f));
    cr_assert(strstr(f.text, "run: test init CODE") != NULL, "%s", f.text);
}

Test(settings, the_identity_comes_back)
{
    struct identity a, b;
    OK(identity_load(book, &a, &f));
    cr_assert_eq(a.device, 0);
    os_random(&a.curve, sizeof a.curve);
    os_random(&a.sign, sizeof a.sign);
    os_random(a.server_key, sizeof a.server_key);
    a.replica = os_new_id();
    a.device = 5;
    snprintf(a.endpoints, sizeof a.endpoints, "tcp://localhost:1 tcp://localhost:2");
    snprintf(a.role, sizeof a.role, "commune");
    a.unit_count = 2;
    for (uint32_t i = 0; i < 2; i++) {
        a.units[i].stream = 3 + i;
        a.units[i].level = 4 - i;
        snprintf(a.units[i].code, sizeof a.units[i].code, "3131%u", i);
        snprintf(a.units[i].name, sizeof a.units[i].name, "Xã Ea H'leo");
    }
    OK(identity_save(book, &a, &f));
    OK(identity_save(book, &a, &f));
    register_reopen();
    OK(identity_load(book, &b, &f));
    cr_assert(memcmp(&a, &b, sizeof a) == 0);
}

Test(settings, the_report_comes_back)
{
    Hv__TargetReport r = HV__TARGET_REPORT__INIT, *back;
    OK(report_get(book, arena, &back, &f));
    cr_assert_null(back);
    r.code = (char *)(uintptr_t) "31317";
    OK(report_put(book, arena, &r, &f));
    OK(report_get(book, arena, &back, &f));
    cr_assert_str_eq(back->code, "31317");
}

Test(settings, the_cursor_of_the_own_stream_is_the_base_of_changes)
{
    struct identity who = {.unit_count = 1};
    uint64_t rev, mark;
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 0);
    cr_assert_eq(base_now(), 0);
    who.units[0].stream = 7;
    OK(identity_save(book, &who, &f));
    OK(cursor_put(book, 8, 99, 1, &f));
    OK(cursor_put(book, 7, 10, UINT64_C(0xfedcba9876543210), &f));
    OK(cursor_get(book, 7, &rev, &mark, &f));
    cr_assert_eq(rev, 10);
    cr_assert_eq(mark, UINT64_C(0xfedcba9876543210));
    cr_assert_eq(base_now(), 10);
    OK(cursor_put(book, 7, 6, 2, &f));
    cr_assert_eq(base_now(), 6, "the server went back");
}
