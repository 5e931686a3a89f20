/* The table of commands: the fixed ones and, for each kind, those that the registry gives. */
#include "client/cmd.h"
#include "client/command_options.h"
#include "client/explain_plain.h"
#include "client/figures.h"
#include "client/fund_command.h"
#include "client/outlook_show.h"
#include "client/result_show.h"
#include "client/tally_compare.h"
#include "common/right.h"
#include <string.h>

const struct option_row client_options[] = {
    {"dir", 0, "DIR", {"thư mục của sổ hội viên", "folder of the register"}},
    END_OF_OPTIONS,
};

static const struct option_row sync_options[] = {
    {"every",
     0,
     "30m",
     {"đồng bộ định kỳ cho đến khi bị dừng (s: giây, m: phút, h: giờ)",
      "sync periodically until stopped (s: seconds, m: minutes, h: hours)"}},
    {"plain", 0, NULL, {"chỉ in số byte gửi đi và nhận về", "only print the bytes up and down"}},
    {"batch", 0, "N", {"số thay đổi mỗi lần gửi (mặc định 500)", "changes in a batch (default 500)"}},
    END_OF_OPTIONS,
};

static const struct option_row target_options[] = {
    AS_OF_OPTION,
    COMPARE_OPTION,
    {"forecast", 0, NULL, {"khi nào đạt, theo số cuối tháng", "when they are met, by the month-ends"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row result_options[] = {
    AS_OF_OPTION,
    COMPARE_OPTION,
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row report_options[] = {
    TALLY_OPTIONS,
    TALLY_COMPARE_OPTIONS,
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row regular_options[] = {
    TALLY_OPTIONS, TALLY_COMPARE_OPTIONS, TALLY_REGULAR_OPTION, FORMAT_OPTIONS, END_OF_OPTIONS,
};

/* What the commands of all reports have in common. */
static const struct command reports = {
    "report",
    "",
    {" của xã, tính từ sổ trên máy này\n\n" TALLY_HELP_VI, ", from this register\n\n" TALLY_HELP_EN},
    report_options,
    cmd_report,
    NULL};

static const struct option_row explain_options[] = {
    AS_OF_OPTION,
    PLAIN_OPTION,
    END_OF_OPTIONS,
};

static const struct command fixed[] = {
    {"init",
     "CODE...|FILE",
     {"ghi danh máy này bằng mã được cấp", "enrol this computer with the code you were given"},
     NULL,
     cmd_init,
     NULL},
    {"sync",
     "",
     {"gửi thay đổi đi, lấy thay đổi và báo cáo về", "send changes, fetch changes and the report"},
     sync_options,
     cmd_sync,
     NULL},
    {"target",
     "",
     {"chỉ tiêu của xã và kết quả\n\n" FIGURES_HELP_VI " " OUTLOOK_HELP_VI,
      "the commune's targets and how it stands\n\n" FIGURES_HELP_EN " " OUTLOOK_HELP_EN},
     target_options,
     cmd_target,
     NULL},
    {"result",
     "",
     {"bảng kết quả thực hiện chỉ tiêu của xã\n\n" RESULT_HELP_VI,
      "the commune's table of results\n\n" RESULT_HELP_EN},
     result_options,
     cmd_result,
     NULL},
    {"explain",
     "[TARGET]",
     {"cách tính một chỉ tiêu, từng bước; không nêu chỉ tiêu: các quy tắc\n\nChỉ tiêu là số thứ tự hoặc một "
      "phần tên như lệnh target cho thấy. " EXPLAIN_PLAIN_HELP_VI,
      "how a target is computed, step by step; without a target: the rules\n\nA target is its number or a "
      "part "
      "of its title as the command target shows them. " EXPLAIN_PLAIN_HELP_EN},
     explain_options,
     cmd_explain,
     NULL},
    {"status",
     "",
     {"thay đổi chưa gửi hoặc bị từ chối; lần đồng bộ cuối",
      "what is not sent or was refused; the last sync"},
     NULL,
     cmd_status,
     NULL},
    {"backup", "FILE", {"sao lưu sổ vào một tệp", "copy the register into one file"}, NULL, cmd_backup, NULL},
};
#define FIXED (sizeof fixed / sizeof fixed[0])

/* What the commune may enter by hand: not what is its province's (right.h), and not that a notice was seen,
 * which the program notes by itself. */
static bool is_clerks(const struct command *c)
{
    const struct kind *kind = c->data;
    bool writes = c->run == cmd_record_add || c->run == cmd_record_edit || c->run == cmd_record_void;
    if (kind == &kind_closing && (c->run == cmd_record_add || c->run == cmd_record_edit)) /* `fund close` */
        return false;
    if (kind != NULL && kind->append_only && writes)
        return right_creates(SEAT_COMMUNE, kind);
    if (c->run == cmd_record_add)
        return kind != &kind_seen && right_creates(SEAT_COMMUNE, kind);
    if (c->run == cmd_record_edit || c->run == cmd_record_import)
        return kind != &kind_seen && right_edits(SEAT_COMMUNE, kind);
    if (c->run == cmd_record_void)
        return kind != &kind_seen && right_field(SEAT_COMMUNE, kind, (size_t)kind_field(kind, "voided"));
    return true;
}

static size_t keep_clerks(struct command *list, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_clerks(&list[i]))
            list[kept++] = list[i];
    memset(list + kept, 0, (count - kept) * sizeof *list);
    return kept;
}

const struct command *client_commands(struct arena *a)
{
    struct command *all = arena_zero(
        a, FIXED + FUND_COMMANDS + tally_report_count + kind_count * kind_command_room() + 1, sizeof *all);
    bool done = all != NULL;
    size_t at = FIXED + FUND_COMMANDS, count = 0;
    if (done) {
        memcpy(all, fixed, sizeof fixed);
        memcpy(all + FIXED, fund_commands, FUND_COMMANDS * sizeof *all);
    }
    done = done && tally_commands(a, &reports, regular_options, all + at, &count);
    at += count;
    for (size_t k = 0; k < kind_count && done; k++) {
        done = kind_commands(a, SEAT_COMMUNE, kinds[k], all + at, &count);
        at += keep_clerks(all + at, count);
    }
    return done ? all : NULL;
}
