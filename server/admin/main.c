/* hoivien-admin: what the operator does on the server's machine. */
#include "common/keys.h"
#include "common/kind.h"
#include "server/admin/admin.h"
#include "server/operator.h"
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define ROOM ((size_t)1 << 30)

#define END_OF_OPTIONS                                                                                       \
    {                                                                                                        \
        NULL, 0, NULL,                                                                                       \
        {                                                                                                    \
            NULL, NULL                                                                                       \
        }                                                                                                    \
    }
#define FORMAT_OPTIONS                                                                                       \
    {"format",                                                                                               \
     0,                                                                                                      \
     "table|csv",                                                                                            \
     {"dạng bảng hoặc CSV mở được bằng Excel", "a table, or CSV that opens in Excel"}},                      \
    {                                                                                                        \
        "plain", 0, NULL,                                                                                    \
        {                                                                                                    \
            "CSV cho chương trình", "CSV for programs"                                                       \
        }                                                                                                    \
    }

static const struct option_row unit_import[] = {
    {"check", 0, NULL, {"chỉ xem sẽ thay đổi gì", "only show what would change"}},
    {"from",
     0,
     "DATE",
     {"có hiệu lực từ ngày (cho dòng không ghi)", "valid from (for lines that do not say it)"}},
    END_OF_OPTIONS,
};
static const struct option_row import[] = {
    {"check", 0, NULL, {"chỉ xem sẽ thay đổi gì", "only show what would change"}},
    END_OF_OPTIONS,
};
static const struct option_row unit_list[] = {
    {"level",
     0,
     "LEVEL",
     {"centre, province, district hoặc commune", "centre, province, district or commune"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};
static const struct option_row list[] = {
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};
static const struct option_row list_all[] = {
    {"all", 0, NULL, {"cả số liệu đã được thay thế", "superseded ones too"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};
static const struct option_row export[] = {
    {"plain",
     0,
     NULL,
     {"CSV cho chương trình (mặc định: CSV mở được bằng Excel)",
      "CSV for programs (default: CSV that opens in Excel)"}},
    END_OF_OPTIONS,
};
static const struct option_row enrol[] = {
    {"role",
     0,
     "ROLE",
     {"commune hoặc reporter (mặc định theo cấp đơn vị)",
      "commune or reporter (default: by the unit's level)"}},
    {"days",
     0,
     "N",
     {"mã dùng được trong bao nhiêu ngày (mặc định 14)", "days for which the code works (default 14)"}},
    {"communes-of",
     0,
     "PROVINCE",
     {"một mã cho mỗi xã của tỉnh này", "one code for each commune of this province"}},
    {"out", 0, "DIR", {"thư mục ghi các mã", "folder for the codes"}},
    END_OF_OPTIONS,
};
static const struct option_row status[] = {
    {"stale",
     0,
     "DAYS",
     {"báo xã quá số ngày này chưa đồng bộ (mặc định 30)",
      "report communes that have not synced for so long (default 30)"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};
static const struct option_row month_end[] = {
    {"month",
     0,
     "YYYY-MM",
     {"chỉ tháng này (mặc định: mọi tháng đến hạn)", "only this month (default: all that are due)"}},
    END_OF_OPTIONS,
};
static const struct option_row connection[] = {
    {"owner", 0, NULL, {"của vai trò sở hữu bảng", "of the role that owns the tables"}},
    END_OF_OPTIONS,
};

/* What stands behind each command's function. */
struct action {
    enum err (*run)(void *program, const struct options *o, struct fault *f);
};

/* Whoever reads has seen enough ("| head"): what is left is dropped without a word. */
static void drop_unwanted_output(void)
{
    struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
    fflush(stdout);
    if (poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0 && freopen("/dev/null", "w", stdout) == NULL)
        clearerr(stdout);
}

static enum err run_action(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    const struct action *action = o->command->data;
    enum err e = action->run(program, o, f);
    drop_unwanted_output();
    return operator_fault(&m->ui, e, f);
}
#define RUN(function)                                                                                        \
    run_action, &(const struct action)                                                                       \
    {                                                                                                        \
        function                                                                                             \
    }

const struct command admin_commands[] = {
    {"migrate",
     "",
     {"đưa cơ sở dữ liệu lên phiên bản của chương trình", "bring the database to the program's version"},
     NULL,
     RUN(cmd_migrate)},
    {"unit import",
     "FILE.csv",
     {"nhập đơn vị hành chính", "import units"},
     unit_import,
     RUN(cmd_unit_import)},
    {"unit list", "[CODE]", {"danh sách đơn vị", "list units"}, unit_list, RUN(cmd_unit_list)},
    {"unit export",
     "",
     {"xuất đơn vị thành CSV, đúng dạng để nhập", "export units as CSV, as an import takes them"},
     export,
     RUN(cmd_unit_export)},
    {"population import",
     "FILE.csv",
     {"nhập số liệu dân số; số cũ được giữ lại", "import population figures; old ones are kept"},
     import,
     RUN(cmd_population_import)},
    {"population list",
     "",
     {"danh sách số liệu dân số", "list population figures"},
     list_all,
     RUN(cmd_population_list)},
    {"population export",
     "",
     {"xuất số liệu dân số của các đơn vị hiện nay thành CSV, đúng dạng để nhập",
      "export the population figures of today's units as CSV, as an import takes them"},
     export,
     RUN(cmd_population_export)},
    {"target import",
     "FILE.csv",
     {"nhập chỉ tiêu và nhiệm kỳ", "import targets and terms"},
     import,
     RUN(cmd_target_import)},
    {"target list", "", {"danh sách chỉ tiêu", "list targets"}, list_all, RUN(cmd_target_list)},
    {"target export",
     "",
     {"xuất chỉ tiêu của các đơn vị hiện nay thành CSV, đúng dạng để nhập",
      "export the targets of today's units as CSV, as an import takes them"},
     export,
     RUN(cmd_target_export)},
    {"enrol",
     "CODE",
     {"cấp mã ghi danh cho một xã hoặc tỉnh", "issue an enrolment code for a commune or province"},
     enrol,
     RUN(cmd_enrol)},
    {"code list", "", {"danh sách mã ghi danh", "list enrolment codes"}, list, RUN(cmd_code_list)},
    {"code cancel",
     "N",
     {"huỷ mã ghi danh chưa dùng", "cancel an unused enrolment code"},
     NULL,
     RUN(cmd_code_cancel)},
    {"device list", "", {"danh sách máy", "list devices"}, list, RUN(cmd_device_list)},
    {"device revoke", "N", {"thu hồi một máy", "revoke a device"}, NULL, RUN(cmd_device_revoke)},
    {"setting list",
     "",
     {"xem các quy định dùng chung", "see the rules that are yours to set"},
     NULL,
     RUN(cmd_setting_list)},
    {"setting set",
     "NAME VALUE",
     {"đặt một quy định dùng chung cho mọi xã", "set a rule for all communes"},
     NULL,
     RUN(cmd_setting_set)},
    {"status",
     "",
     {"tình hình đồng bộ; trạng thái 1 khi cần xem lại",
      "how syncs stand; exit status 1 when something needs a hand"},
     status,
     RUN(cmd_status)},
    {"month-end",
     "",
     {"lưu số liệu chỉ tiêu cuối tháng của mọi xã, như máy chủ tự làm mỗi ngày; tháng đã kết thúc trước khi "
      "xã "
      "gửi hồ sơ đầu tiên thì không lưu, báo cáo sẽ tính lại",
      "keep all communes' targets at month-ends, as the server does every day by itself; months that had "
      "ended before a commune sent its first records are not kept, and reports count them anew"},
     month_end,
     RUN(cmd_month_end)},
    {"verify",
     "",
     {"tính lại mọi số đếm từ hồ sơ", "recompute every kept count from the records"},
     NULL,
     RUN(cmd_verify)},
    {"connection",
     "",
     {"chuỗi kết nối PostgreSQL, ví dụ cho psql", "the PostgreSQL connection string, for psql"},
     connection,
     RUN(cmd_connection)},
    {NULL, NULL, {NULL, NULL}, NULL, NULL, NULL},
};

/* The files of figures: their columns and words. NULL: no memory. */
static const struct command *with_columns(struct arena *a)
{
    static const char *const names[] = {"population", "target"};
    size_t count = 0;
    while (admin_commands[count].words != NULL)
        count++;
    struct command *all = arena_copy(a, admin_commands, (count + 1) * sizeof *all);
    for (size_t i = 0; all != NULL && i < count; i++)
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
            const char *words = arena_print(a, "%s import", names[n]);
            if (words == NULL || strcmp(all[i].words, words) != 0)
                continue;
            const char *vi = import_help(a, names[n], LANG_VI), *en = import_help(a, names[n], LANG_EN);
            if (vi == NULL || en == NULL)
                return NULL;
            all[i].help = (struct text_pair){arena_print(a, "%s%s", all[i].help.vi, vi),
                                             arena_print(a, "%s%s", all[i].help.en, en)};
            if (all[i].help.vi == NULL || all[i].help.en == NULL)
                return NULL;
        }
    return all;
}

int main(int argc, char **argv)
{
    struct program program = {.name = "hoivien-admin",
                              .help = {"Công cụ của người vận hành máy chủ hoivien.",
                                       "The tool of the operator of a hoivien server."},
                              .options = admin_options};
    struct fault f = {0};
    struct admin m = {.arena = arena_make(ROOM)};
    if (m.arena == NULL || keys_start(&f) != ERR_OK || kind_verify(&f) != ERR_OK ||
        (program.commands = with_columns(m.arena)) == NULL) {
        fprintf(stderr, "hoivien-admin: %s\n", f.text);
        return EXIT_FAILED;
    }
    signal(SIGPIPE, SIG_IGN); /* the private cluster is stopped in order even when nobody reads */
    int status_of_run = ui_main(&program, &m.ui, &m, argc, argv);
    admin_close(&m);
    return status_of_run;
}
