/* hoivien-report: the provincial reporter's program. */
#include "client/figures.h"
#include "client/report/report.h"
#include "common/kind.h"

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
    {NULL, 0, NULL, {NULL, NULL}},
};

static const struct command commands[] = {
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
    {NULL, NULL, {NULL, NULL}, NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
    static const struct program program = {.name = "hoivien-report",
                                           .help = {"Báo cáo tổng hợp của tỉnh.", "The province's reports."},
                                           .commands = commands,
                                           .options = program_options};
    struct fault f = {0};
    struct reporter r = {.arena = arena_make(ROOM)};
    if (r.arena == NULL || keys_start(&f) != ERR_OK || kind_verify(&f) != ERR_OK) {
        fprintf(stderr, "hoivien-report: %s\n", f.text);
        return EXIT_FAILED;
    }
    int status = ui_main(&program, &r.ui, &r, argc, argv);
    book_close(&r.book);
    arena_free(r.arena);
    return status;
}
