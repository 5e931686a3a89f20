/* What the province tells its communes: who is shown what, once in each wording, and what the province hears
 * of it. */
#include "tests/session/pen_scene.h"

SUPPORT_CLUSTER

TestSuite(notice, .init = pen_begin, .fini = pen_end, .timeout = 120);

Test(notice, a_notice_is_shown_once_and_the_province_sees_who_saw_it)
{
    free(report_ok("notice add --name 'Nộp báo cáo' --body 'Gửi trước hạn' --due 15/01/2019"));
    hears(&one, "sync", "Notice from the province: Nộp báo cáo\nGửi trước hạn\nDue: 15/01/2019.");
    expect("notice seen 'Nộp báo cáo'", "Seen by 1 of 2 communes.");
    expect("notice seen 'Nộp báo cáo' --plain",
           "commune_code,commune,seen,addressed,wording\n31317,Phường I,2018-12-31,yes,present\n"
           "31318,Phường III,,yes,\n");
    hears(&one, "notice list", "Nộp báo cáo");
    hears_not(&one, "sync", "Nộp báo cáo");
    cr_assert_eq(rows_in("notices_seen"), 1);
}

Test(notice, a_notice_is_for_whom_it_is_meant)
{
    sql(&server.db,
        "update population set value = 1 where unit = (select id from unit where code = '31318')");
    free(hoivien_ok(&two, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(hoivien_ok(&two, "member add --name 'Nguyễn Thị Một' --birth 1970 --group 'Chi hội 1'"));
    free(hoivien_ok(&two, "sync"));
    free(report_ok("notice add --name 'Chúc mừng' --audience met"));
    free(report_ok("notice add --name 'Cần cố gắng' --audience not-met"));
    free(report_ok("notice add --name 'Gửi tất cả' --audience all"));
    char *out = hoivien_ok(&one, "sync");
    cr_assert(strstr(out, "Cần cố gắng") != NULL && strstr(out, "Gửi tất cả") != NULL, "%s", out);
    cr_assert(strstr(out, "Chúc mừng") == NULL, "%s", out);
    free(out);
    out = hoivien_ok(&two, "sync");
    cr_assert(strstr(out, "Chúc mừng") != NULL && strstr(out, "Gửi tất cả") != NULL, "%s", out);
    cr_assert(strstr(out, "Cần cố gắng") == NULL, "%s", out);
    free(out);
    hears(&one, "notice list", "Chúc mừng");
    expect("notice seen 'Chúc mừng'", "Seen by 1 of 1 communes.");
    expect("notice seen 'Chúc mừng' --plain",
           "31317,Phường I,,no,\n31318,Phường III,2018-12-31,yes,present\n");
}

Test(notice, a_voided_notice_is_not_shown)
{
    free(report_ok("notice add --name 'Gửi nhầm'"));
    free(report_ok("notice void 'Gửi nhầm'"));
    hears_not(&one, "sync", "Gửi nhầm");
}

/* ---- when it changes ---- */

static void notice_seen(void)
{
    free(report_ok("notice add --name 'Nộp báo cáo' --body 'Gửi trước hạn' --due 15/01/2019"));
    hears(&one, "sync", "Notice from the province: Nộp báo cáo");
}

Test(notice, a_changed_notice_is_shown_again_as_changed)
{
    notice_seen();
    free(hoivien_ok(&two, "sync"));
    free(report_ok("notice edit 'Nộp báo cáo' --due 20/01/2019"));
    expect("notice seen 'Nộp báo cáo'", "Of these 2 saw an older wording");
    expect("notice seen 'Nộp báo cáo' --plain", "31317,Phường I,2018-12-31,yes,older\n");
    hears(&one, "sync",
          "Notice from the province, changed since you saw it: Nộp báo cáo\nGửi trước hạn\nDue: 20/01/2019.");
    hears_not(&one, "sync", "Nộp báo cáo");
    expect("notice seen 'Nộp báo cáo' --plain",
           "31317,Phường I,2018-12-31,yes,present\n31318,Phường III,2018-12-31,yes,older\n");
    expect("notice seen 'Nộp báo cáo'", "Seen by 2 of 2 communes.\nOf these 1 saw an older wording");
    cr_assert_eq(rows_in("notices_seen"), 2);
}

Test(notice, what_does_not_change_its_wording_is_no_change)
{
    notice_seen();
    free(report_ok("notice edit 'Nộp báo cáo' --audience all --issued 30/12/2018"));
    hears_not(&one, "sync", "Nộp báo cáo");
}

Test(notice, title_text_and_audience_are_its_wording_too)
{
    static const char *const edits[] = {"--name 'Báo cáo'", "--body 'Gửi ngay'", "--audience not-met"};
    notice_seen();
    char *id = report_ok("notice list --columns id --plain | tail -n 1 | tr -d '\n'");
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        free(report_ok(words("notice edit %s %s", id, edits[i])));
        hears(&one, "sync", "changed since you saw it");
    }
    free(id);
}

Test(notice, a_withdrawn_notice_is_told_once_to_who_saw_it)
{
    notice_seen();
    free(report_ok("notice void 'Nộp báo cáo'"));
    hears(&one, "sync", "The province has withdrawn its notice, it no longer holds: Nộp báo cáo");
    hears_not(&one, "sync", "Nộp báo cáo");
    hears_not(&two, "sync", "Nộp báo cáo");
    free(report_ok("notice void 'Nộp báo cáo' --undo"));
    hears(&one, "sync", "Notice from the province, which holds again: Nộp báo cáo\nGửi trước hạn");
    hears(&two, "sync", "Notice from the province: Nộp báo cáo");
}

Test(notice, whom_it_no_longer_addresses_is_told_once_and_no_longer_counted)
{
    notice_seen();
    free(hoivien_ok(&two, "sync"));
    free(report_ok("notice edit 'Nộp báo cáo' --audience met"));
    expect("notice seen 'Nộp báo cáo'", "Seen by 0 of 0 communes.\n");
    hears(&one, "sync", "Notice from the province, no longer meant for this commune: Nộp báo cáo\n");
    hears_not(&one, "sync", "Nộp báo cáo");
    free(report_ok("notice edit 'Nộp báo cáo' --body 'Gửi ngay'"));
    hears_not(&one, "sync", "Nộp báo cáo");
    free(report_ok("notice edit 'Nộp báo cáo' --audience not-met"));
    expect("notice seen 'Nộp báo cáo'", "Seen by 2 of 2 communes.\nOf these 2 saw an older wording");
    hears(&one, "sync", "which holds again: Nộp báo cáo\nGửi ngay");
}

Test(notice, the_same_title_of_the_same_day_is_likely_the_same_notice)
{
    free(report_ok("notice add --name 'Nộp báo cáo' --issued 30/12/2018"));
    expect_failure("notice add --name 'nộp báo cáo' --issued 30/12/2018", 1, "--anyway");
    free(report_ok("notice add --name 'Nộp báo cáo' --issued 31/12/2018"));
    cr_assert_eq(rows_in("notices"), 2);
}

Test(notice, it_is_not_due_before_it_is_issued)
{
    expect_failure("notice add --name 'Nộp báo cáo' --issued 15/01/2019 --due 14/01/2019", 1,
                   "14/01/2019 lies before \"Issued\"");
    free(report_ok("notice add --name 'Nộp báo cáo' --issued 15/01/2019 --due 15/01/2019"));
}

/* ---- lists ---- */

Test(notice, lists_say_for_whom_until_when_and_who_saw_it)
{
    free(report_ok("notice add --name 'Nộp báo cáo' --due 15/01/2019 --issued 30/12/2018 --audience all"));
    free(hoivien_ok(&one, "sync"));
    hears(&one, "notice list", "All communes");
    hears(&one, "notice list", "15/01/2019");
    hears(&one, "notice list", "30/12/2018");
    hears(&one, "seen list", "31317 Phường I");
    hears(&one, "seen list", "Nộp báo cáo");
    hears(&one, "seen list --columns unit --plain", "unit\n31317\n");
}
