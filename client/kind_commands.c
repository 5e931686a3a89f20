/* The commands that the registry gives each kind. */
#include "client/cmd.h"
#include "client/command_options.h"
#include "client/kind_options.h"
#include "client/selection.h"
#include "common/ask.h"
#include "common/codes.h"
#include <string.h>

static const struct option_row event_options[] = {
    SELECTION_OPTIONS,
    {"date", 0, "DATE", {"ngày xảy ra (mặc định: hôm nay)", "the day it happened (default: today)"}},
    {"reason", 0, "TEXT", {"lý do", "reason"}},
    {"decision", 0, "TEXT", {"số quyết định", "number of the decision"}},
    {"place", 0, "TEXT", {"nơi đến hoặc nơi đi", "where she came from or went to"}},
    END_OF_OPTIONS,
};

static const struct option_row join_options[] = {
    SELECTION_OPTIONS,
    {"leave", 0, NULL, {"đưa ra khỏi tổ, nhóm này", "take them out of the group"}},
    END_OF_OPTIONS,
};

static const struct option_row ask_options[] = {
    {"field",
     0,
     "FIELD",
     {"mục thông tin được hỏi, ví dụ phone", "what she is asked for, for example phone"}},
    {"state",
     0,
     "WORD",
     {"not-asked = Chưa hỏi; asked = Đã hỏi; declined = Không cung cấp",
      "not-asked = Not asked; asked = Asked; declined = Declined"}},
    {"date", 0, "DATE", {"ngày hỏi (mặc định: hôm nay)", "the day she was asked (default: today)"}},
    SELECTION_WHO,
    END_OF_OPTIONS,
};

static const struct option_row to_ask_options[] = {
    {"in-group", 0, SELECTION_GROUP, {"chỉ trong chi hội, tổ, nhóm này", "only in this group"}},
    {"group", 0, SELECTION_GROUP, {"như --in-group", "the same as --in-group"}},
    {"field", 0, "FIELD", {"chỉ mục thông tin này", "only this field"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row sheet_options[] = {
    {"group", 0, SELECTION_GROUP, {"chi hội, tổ, nhóm (bắt buộc)", "the group (required)"}},
    {"in-group", 0, SELECTION_GROUP, {"như --group", "the same as --group"}},
    {"output", 'o', "FILE", {"ghi vào tệp này", "write to this file"}},
    END_OF_OPTIONS,
};

#define TAKE_OUT_OPTION                                                                                      \
    {                                                                                                        \
        "take-out", 0, NULL,                                                                                 \
        {                                                                                                    \
            "bỏ khỏi danh sách người dự", "take them off the list of who came"                               \
        }                                                                                                    \
    }

static const struct option_row attend_options[] = {
    SELECTION_OPTIONS,
    TAKE_OUT_OPTION,
    END_OF_OPTIONS,
};

static const struct option_row attend_course_options[] = {
    {"search", 0, "TEXT", {"tên có chứa (không cần dấu)", "name contains (tones don't matter)"}},
    TAKE_OUT_OPTION,
    END_OF_OPTIONS,
};

/* Commands that one kind has besides those of all; `data` is the kind. */
static const struct command of_kinds[] = {
    {"member event",
     "ID... joined|moved-in|returned|moved-out|left|removed|died",
     {"ghi biến động của hội viên", "note what happened to members"},
     event_options,
     cmd_member_event,
     &kind_member},
    {"member join",
     "ID... GROUP",
     {"đưa hội viên vào tổ, nhóm, câu lạc bộ", "put members into a further group"},
     join_options,
     cmd_member_join,
     &kind_member},
    {"member ask",
     "ID...",
     {"ghi việc hỏi hội viên về một mục còn thiếu; không cung cấp cũng được",
      "note how it stands with asking members for a field; they may decline"},
     ask_options,
     cmd_member_ask,
     &kind_member},
    {"member to-ask",
     "",
     {"danh sách cần hỏi: ai còn thiếu mục nào và chưa từ chối",
      "who is to be asked for what: missing and not declined"},
     to_ask_options,
     cmd_member_to_ask,
     &kind_member},
    {"member sheet",
     "",
     {"phiếu của một chi hội để in ra và ghi tay (tệp HTML, khổ A4 ngang)\n\nPhiếu có tên, năm sinh và các "
      "mục thiếu nhiều nhất; dân tộc, tôn giáo, lý luận chính trị không đưa lên phiếu chung.",
      "a sheet of a group to print and fill in by hand (HTML, A4 landscape)\n\nIt has names, years of birth "
      "and the fields that are missing most; ethnic group, religion and political theory are left out of a "
      "sheet that many see."},
     sheet_options,
     cmd_member_sheet,
     &kind_member},
    {"activity attend",
     "ACTIVITY MEMBER...",
     {"điểm danh: ghi hội viên đã dự một buổi sinh hoạt", "note which members came to an activity"},
     attend_options,
     cmd_activity_attend,
     &kind_activity},
    {"course attend",
     "COURSE OFFICER...",
     {"ghi cán bộ đã dự một lớp tập huấn", "note which officers attended a course"},
     attend_course_options,
     cmd_course_attend,
     &kind_course},
};
#define OF_KINDS (sizeof of_kinds / sizeof of_kinds[0])

static const struct verb {
    const char *word;
    const char *arguments;
    struct text_pair before; /* the noun */
    struct text_pair after;
    enum err (*run)(void *program, const struct options *o, struct fault *f);
} verbs[] = {
    {"add", "", {"thêm ", "add "}, {"", ""}, cmd_record_add},
    {"edit",
     "ID...",
     {"sửa ", "edit "},
     {"; \"\" xoá trống một mục", "; \"\" clears a field"},
     cmd_record_edit},
    {"show", "ID...", {"xem đầy đủ ", "show "}, {"", " in full"}, cmd_record_show},
    {"list", "", {"danh sách ", "list "}, {"", ""}, cmd_record_list},
    {"search",
     "TEXT",
     {"tìm ", "search "},
     {" theo tên, không cần dấu", " by name, without tones"},
     cmd_record_search},
    {"void",
     "ID...",
     {"huỷ ", "void "},
     {" ghi nhầm (hồ sơ vẫn được giữ)", " noted by mistake (they are kept)"},
     cmd_record_void},
    {"import", "FILE.csv", {"nhập ", "import "}, {" từ tệp CSV", " from a CSV file"}, cmd_record_import},
    {"export",
     "[FILE.csv]",
     {"xuất ", "export "},
     {" ra tệp CSV, kèm mã", " to CSV, with ids"},
     cmd_record_export},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static bool is_add(const struct verb *v)
{
    return v->run == cmd_record_add;
}

static const char *verb_help(struct arena *a, const struct kind *kind, const struct verb *v, enum lang lang)
{
    static const struct text_pair dates = {"\n\nNgày viết dạng 31/12/2018, 12/2018 hoặc 2018.",
                                           "\n\nDates are written 31/12/2018, 12/2018 or 2018."};
    static const struct text_pair edit = {" mà máy chủ từ chối; những gì đã vào sổ thì đảo, không sửa",
                                          " that the server refused; what is in the book is reversed, not "
                                          "edited"},
                                  take_back = {"bỏ ", "take back "},
                                  refused = {" mà máy chủ từ chối; những gì đã vào sổ thì đảo, không huỷ",
                                             " that the server refused; what is in the book is reversed, not "
                                             "voided"};
    bool is_form = is_add(v) || v->run == cmd_record_edit;
    const char *noun = text_in(lang, is_add(v) ? kind->one : kind->all);
    if (kind->append_only && v->run == cmd_record_edit)
        return arena_print(a, "%s%s%s", text_in(lang, v->before), noun, text_in(lang, edit));
    if (kind->append_only && v->run == cmd_record_void)
        return arena_print(a, "%s%s%s", text_in(lang, take_back), noun, text_in(lang, refused));
    return arena_print(a, "%s%s%s%s", text_in(lang, v->before), noun, text_in(lang, v->after),
                       is_form ? text_in(lang, dates) : "");
}

static bool add_verb(struct arena *a, enum seat seat, const struct kind *kind, const struct verb *v,
                     struct command *out)
{
    *out = (struct command){arena_print(a, "%s %s", kind->name, v->word),
                            v->arguments,
                            {verb_help(a, kind, v, LANG_VI), verb_help(a, kind, v, LANG_EN)},
                            kind_options(a, seat, kind, v->run),
                            v->run,
                            kind};
    return out->words != NULL && out->help.vi != NULL && out->help.en != NULL && out->options != NULL;
}

/* What the usage line of `member event` names, in words too. */
static bool explain_events(struct arena *a, struct command *c)
{
    const char *vi = kind_code_list(a, event_type_codes, LANG_VI),
               *en = kind_code_list(a, event_type_codes, LANG_EN);
    if (vi != NULL && en != NULL) {
        c->help.vi = arena_print(a, "%s\n\n%s.", c->help.vi, vi);
        c->help.en = arena_print(a, "%s\n\n%s.", c->help.en, en);
    }
    return vi != NULL && en != NULL && c->help.vi != NULL && c->help.en != NULL;
}

/* Returns how many commands this kind has of its own. */
static size_t add_of_kind(struct arena *a, const struct kind *kind, struct command *out, bool *done)
{
    size_t count = 0;
    for (size_t i = 0; i < OF_KINDS; i++) {
        if (of_kinds[i].data != kind)
            continue;
        out[count] = of_kinds[i];
        *done &= of_kinds[i].run != cmd_member_event || explain_events(a, &out[count]);
        count++;
    }
    return count;
}

bool kind_commands(struct arena *a, enum seat seat, const struct kind *kind, struct command *out,
                   size_t *count)
{
    bool done = true;
    *count = 0;
    for (size_t v = 0; v < VERBS && done; v++)
        done = add_verb(a, seat, kind, &verbs[v], &out[(*count)++]);
    if (done)
        *count += add_of_kind(a, kind, &out[*count], &done);
    return done;
}

size_t kind_command_room(void)
{
    return VERBS + OF_KINDS;
}
