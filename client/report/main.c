/* hoivien-report: the provincial reporter's program. */
#include "client/figures.h"
#include "client/outlook_show.h"
#include "client/report/figure_command.h"
#include "client/report/pen.h"
#include "client/report/report.h"
#include "client/result_show.h"
#include "client/tally_compare.h"
#include "common/kind.h"
#include <string.h>

#define ROOM ((size_t)512 << 20)

static const struct option_row program_options[] = {
    {"dir", 0, "DIR", {"thư mục giữ khoá của máy này", "folder that keeps this computer's keys"}},
    {NULL, 0, NULL, {NULL, NULL}},
};

static const struct option_row report_options[] = {
    {"as-of",
     0,
     "DATE",
     {"số liệu tính đến ngày này (mặc định: hôm nay)", "figures as of this day (default: today)"}},
    {"format",
     0,
     "table|csv",
     {"dạng bảng hoặc CSV mở được bằng Excel", "a table, or CSV that opens in Excel"}},
    {"plain",
     0,
     NULL,
     {"CSV cho chương trình: dấu phẩy, ngày ISO, mã thay cho chữ",
      "CSV for programs: commas, ISO dates, tokens"}},
    {"output", 'o', "FILE", {"ghi vào tệp này", "write to this file"}},
    COMPARE_OPTION,
    {NULL, 0, NULL, {NULL, NULL}},
};

#define OUTPUT_OPTIONS                                                                                       \
    {"by-commune", 0, NULL, {"thêm từng xã của tỉnh", "each commune of the province too"}},                  \
        OUTPUT_FORMAT_OPTIONS

static const struct option_row forecast_options[] = {
    {"as-of", 0, "DATE", {"dự báo như vào ngày này (mặc định: hôm nay)", "as on this day (default: today)"}},
    OUTPUT_FORMAT_OPTIONS};
static const struct option_row seen_options[] = {OUTPUT_FORMAT_OPTIONS};
static const struct option_row tally_rows[] = {TALLY_OPTIONS, TALLY_COMPARE_OPTIONS, OUTPUT_OPTIONS};
static const struct option_row regular_options[] = {TALLY_OPTIONS, TALLY_COMPARE_OPTIONS,
                                                    TALLY_REGULAR_OPTION, OUTPUT_OPTIONS};

/* What the commands of all reports have in common. */
static const struct command reports = {
    "report",
    "CODE",
    {" của một tỉnh hoặc một xã\n\n" TALLY_HELP_VI
     " Của một tỉnh, CSV có số tổng của tỉnh trước, rồi đến từng xã.",
     " of a province or a commune\n\n" TALLY_HELP_EN
     " Of a province it holds first the province's own sums, then every commune."},
    tally_rows,
    cmd_report_tally,
    NULL};

static const struct command fixed[] = {
    {"init",
     "CODE...|FILE",
     {"ghi danh máy này bằng mã được cấp", "enrol this computer with the code you were given"},
     NULL,
     cmd_report_init,
     NULL},
    {"province",
     "CODE",
     {"tổng hợp các xã của một tỉnh\n\n" FIGURES_HELP_VI,
      "summary of a province's communes\n\n" FIGURES_HELP_EN},
     report_options,
     cmd_report_province,
     NULL},
    {"commune",
     "CODE",
     {"báo cáo đầy đủ của một xã\n\nTrong CSV, cột đầu cho biết dòng nói về xã, chỉ tiêu hay tổ chức "
      "(--plain: commune, "
      "target, group). " FIGURES_HELP_VI,
      "one commune in full\n\nIn a CSV the first column says what a row is about: commune, target or "
      "group. " FIGURES_HELP_EN},
     report_options,
     cmd_report_commune,
     NULL},
    {"result",
     "CODE",
     {"bảng kết quả thực hiện chỉ tiêu của một xã, một tỉnh hoặc cả nước (VN)\n\n" RESULT_HELP_VI,
      "table of results of a commune, a province or the whole country (VN)\n\n" RESULT_HELP_EN},
     report_options,
     cmd_report_result,
     NULL},
    {"forecast",
     "CODE",
     {"khi nào đạt chỉ tiêu, theo số cuối tháng của một xã hoặc một tỉnh\n\n" OUTLOOK_HELP_VI,
      "when targets are met, by the month-ends of a commune or a province\n\n" OUTLOOK_HELP_EN},
     forecast_options,
     cmd_report_forecast,
     NULL},
    {"sync",
     "",
     {"gửi những gì tỉnh đã ghi và lấy thay đổi về, cho tỉnh và mọi xã đã ghi",
      "send what the province entered and fetch changes, for the province and all communes it wrote to"},
     NULL,
     cmd_report_sync,
     NULL},
    {"status",
     "",
     {"những gì tỉnh ghi mà chưa gửi hoặc bị từ chối; lần đồng bộ cuối, theo từng đơn vị",
      "what the province entered and is not sent or was refused; the last sync, by unit"},
     NULL,
     cmd_report_status,
     NULL},
    {"notice seen",
     "ID",
     {"những xã đã xem một thông báo, và ngày xem", "which communes have seen a notice, and when"},
     seen_options,
     cmd_notice_seen,
     NULL},
};
#define FIXED (sizeof fixed / sizeof fixed[0])

/* NULL: no memory. */
static const struct command *commands_make(struct arena *a)
{
    size_t count, entered;
    struct command *all =
        arena_zero(a, FIXED + FIGURE_COMMANDS + tally_report_count + pen_command_room() + 1, sizeof *all);
    if (all == NULL || !figure_commands(a, all + FIXED) ||
        !tally_commands(a, &reports, regular_options, all + FIXED + FIGURE_COMMANDS, &count) ||
        !pen_commands(a, all + FIXED + FIGURE_COMMANDS + count, &entered))
        return NULL;
    memcpy(all, fixed, sizeof fixed);
    return all;
}

int main(int argc, char **argv)
{
    struct program program = {.name = "hoivien-report",
                              .help = {"Báo cáo tổng hợp của tỉnh, và những gì tỉnh ghi.",
                                       "The province's reports, and what the province enters."},
                              .options = program_options};
    struct fault f = {0};
    struct reporter r = {.arena = arena_make(ROOM)};
    if (r.arena == NULL || keys_start(&f) != ERR_OK || kind_verify(&f) != ERR_OK ||
        (program.commands = commands_make(r.arena)) == NULL) {
        fprintf(stderr, "hoivien-report: %s\n", f.text);
        return EXIT_FAILED;
    }
    int status = ui_main(&program, &r.ui, &r, argc, argv);
    book_close(&r.book);
    arena_free(r.arena);
    return status;
}
