/* The table of commands: the fixed ones and, for each kind, those that the registry gives. */
#include "client/cmd.h"
#include "client/selection.h"
#include <string.h>

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
            "CSV cho chương trình: dấu phẩy, ngày ISO, mã thay cho chữ",                                     \
                "CSV for programs: commas, ISO dates, tokens"                                                \
        }                                                                                                    \
    }

const struct option_row client_options[] = {
    {"dir", 0, "DIR", {"thư mục của sổ hội viên", "folder of the register"}},
    END_OF_OPTIONS,
};

static const struct option_row list_options[] = {
    SELECTION_OPTIONS("group"),
    {"member", 0, "ID", {"chỉ của hội viên này", "only of this member"}},
    {"columns", 0, "A,B,...", {"chọn cột, ví dụ id,name,phone", "choose columns, for example id,name,phone"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row void_options[] = {
    SELECTION_OPTIONS("in-group"),
    {"undo", 0, NULL, {"lấy lại hồ sơ đã huỷ", "bring voided records back"}},
    {"anyway", 0, NULL, {"huỷ cả nhóm còn hội viên", "void a group although it has members"}},
    END_OF_OPTIONS,
};

static const struct option_row show_options[] = {
    {"plain", 0, NULL, {"ngày ISO, mã thay cho chữ", "ISO dates, tokens"}},
    END_OF_OPTIONS,
};

static const struct option_row import_options[] = {
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}},
    {"anyway", 0, NULL, {"thêm cả người có thể trùng", "add likely duplicates too"}},
    {"add-groups",
     0,
     NULL,
     {"tự thêm chi hội, tổ, nhóm có tên trong tệp", "add the groups that the file names"}},
    {"bad", 0, "FILE", {"ghi các dòng lỗi vào tệp này", "write bad lines to this file"}},
    END_OF_OPTIONS,
};

static const struct option_row event_options[] = {
    SELECTION_OPTIONS("in-group"),
    {"date", 0, "DATE", {"ngày xảy ra (mặc định: hôm nay)", "the day it happened (default: today)"}},
    {"reason", 0, "TEXT", {"lý do", "reason"}},
    {"decision", 0, "TEXT", {"số quyết định", "number of the decision"}},
    {"place", 0, "TEXT", {"nơi đến hoặc nơi đi", "where she came from or went to"}},
    END_OF_OPTIONS,
};

static const struct option_row join_options[] = {
    SELECTION_OPTIONS("in-group"),
    {"leave", 0, NULL, {"ra khỏi tổ chức này", "out of the group"}},
    END_OF_OPTIONS,
};

static const struct option_row sync_options[] = {
    {"every",
     0,
     "30m",
     {"đồng bộ định kỳ, cho đến khi dừng (s, m, h)", "sync periodically until stopped (s, m, h)"}},
    {"plain", 0, NULL, {"chỉ in số byte đi và về", "only print the bytes up and down"}},
    {"batch", 0, "N", {"số thay đổi mỗi lần gửi (mặc định 500)", "changes in a batch (default 500)"}},
    END_OF_OPTIONS,
};

static const struct option_row format_options[] = {
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct command fixed[] = {
    {"init",
     "CODE...|FILE",
     {"ghi danh máy này bằng mã do cấp trên đưa", "enrol this computer with the code you were given"},
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
     {"chỉ tiêu của xã và kết quả", "the commune's targets and how it stands"},
     format_options,
     cmd_target,
     NULL},
    {"status",
     "",
     {"việc chưa gửi, bị từ chối, lần đồng bộ cuối", "what is not sent or refused, the last sync"},
     NULL,
     cmd_status,
     NULL},
    {"backup", "FILE", {"sao lưu sổ vào một tệp", "copy the register into one file"}, NULL, cmd_backup, NULL},
    {"member event",
     "ID... joined|moved-in|returned|moved-out|left|removed|died",
     {"ghi biến động của hội viên", "note what happened to members"},
     event_options,
     cmd_member_event,
     NULL},
    {"member join",
     "ID... GROUP",
     {"đưa hội viên vào tổ, nhóm, câu lạc bộ", "put members into a further group"},
     join_options,
     cmd_member_join,
     NULL},
};
#define FIXED (sizeof fixed / sizeof fixed[0])

static const struct verb {
    const char *word;
    const char *arguments;
    struct text_pair help;
    const struct option_row *options; /* NULL: from the fields */
    enum err (*run)(void *program, const struct options *o, struct fault *f);
} verbs[] = {
    {"add", "", {"thêm", "add"}, NULL, cmd_record_add},
    {"edit",
     "ID...",
     {"sửa một hay nhiều hồ sơ; \"\" xoá một mục", "change one or more records; \"\" clears a field"},
     NULL,
     cmd_record_edit},
    {"show", "ID...", {"xem đầy đủ", "show in full"}, show_options, cmd_record_show},
    {"list", "", {"danh sách", "list"}, list_options, cmd_record_list},
    {"search",
     "TEXT",
     {"tìm theo tên, không cần dấu", "search by name, without tones"},
     list_options,
     cmd_record_search},
    {"void",
     "ID...",
     {"huỷ hồ sơ ghi nhầm (vẫn giữ lại)", "void wrong records (they are kept)"},
     void_options,
     cmd_record_void},
    {"import", "FILE.csv", {"nhập từ tệp CSV", "import from a CSV file"}, import_options, cmd_record_import},
    {"export",
     "[FILE.csv]",
     {"xuất tất cả ra tệp CSV, kèm mã", "export everything to CSV, with ids"},
     list_options,
     cmd_record_export},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static bool is_add(const struct verb *v)
{
    return v->run == cmd_record_add;
}

/* An option for each field; `add` also takes --anyway, `edit` a filter. */
static const struct option_row *field_options(struct arena *a, const struct kind *kind, const struct verb *v)
{
    static const struct option_row filter[] = {SELECTION_OPTIONS("in-group")};
    static const struct option_row anyway = {
        "anyway", 0, NULL, {"thêm dù có thể trùng", "add although likely there already"}};
    struct option_row *rows = arena_zero(a, kind->field_count + 6, sizeof *rows);
    if (rows == NULL)
        return NULL;
    for (size_t i = 0; i < kind->field_count; i++)
        rows[i] = (struct option_row){cell_option_name(a, kind, i), 0, "VALUE", kind->fields[i].label};
    if (is_add(v))
        rows[kind->field_count] = anyway;
    else
        memcpy(rows + kind->field_count, filter, sizeof filter);
    return rows;
}

const struct command *client_commands(struct arena *a)
{
    struct command *all = arena_zero(a, FIXED + kind_count * VERBS + 1, sizeof *all);
    if (all == NULL)
        return NULL;
    memcpy(all, fixed, sizeof fixed);
    size_t at = FIXED;
    for (size_t k = 0; k < kind_count; k++)
        for (size_t v = 0; v < VERBS; v++) {
            const char *vi = arena_print(a, "%s: %s", kinds[k]->label.vi, verbs[v].help.vi);
            const char *en = arena_print(a, "%s: %s", kinds[k]->label.en, verbs[v].help.en);
            const struct option_row *options =
                verbs[v].options != NULL ? verbs[v].options : field_options(a, kinds[k], &verbs[v]);
            const char *name = arena_print(a, "%s %s", kinds[k]->name, verbs[v].word);
            if (vi == NULL || en == NULL || options == NULL || name == NULL)
                return NULL;
            all[at++] = (struct command){name, verbs[v].arguments, {vi, en}, options, verbs[v].run, kinds[k]};
        }
    return all;
}
