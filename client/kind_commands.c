/* The commands that the registry gives each kind. */
#include "client/cmd.h"
#include "client/command_options.h"
#include "client/field.h"
#include "client/fit.h"
#include "client/selection.h"
#include "common/ask.h"
#include "common/codes.h"
#include <string.h>

#define COLUMNS_OPTION                                                                                       \
    {                                                                                                        \
        "columns", 0, "A,B,...",                                                                             \
        {                                                                                                    \
            "chọn cột, ví dụ id,name,phone", "choose columns, for example id,name,phone"                     \
        }                                                                                                    \
    }

#define WHERE_OPTION                                                                                         \
    {                                                                                                        \
        "where", 0, "FIELD=VALUE,...",                                                                       \
        {                                                                                                    \
            "chỉ những hồ sơ có giá trị này, ví dụ type=loan,date=2018",                                     \
                "only those with this value, for example type=loan,date=2018"                                \
        }                                                                                                    \
    }

static const struct option_row list_options[] = {
    SELECTION_OPTIONS("group"),
    {"member", 0, "ID", {"chỉ của hội viên này", "only of this member"}},
    WHERE_OPTION,
    COLUMNS_OPTION,
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row export_options[] = {
    SELECTION_OPTIONS("group"),
    {"member", 0, "ID", {"chỉ của hội viên này", "only of this member"}},
    WHERE_OPTION,
    COLUMNS_OPTION,
    PLAIN_OPTION,
    END_OF_OPTIONS,
};

#define UNDO_OPTION                                                                                          \
    {                                                                                                        \
        "undo", 0, NULL,                                                                                     \
        {                                                                                                    \
            "lấy lại hồ sơ đã huỷ", "bring voided records back"                                              \
        }                                                                                                    \
    }

static const struct option_row void_options[] = {
    SELECTION_OPTIONS("in-group"),
    UNDO_OPTION,
    END_OF_OPTIONS,
};

static const struct option_row void_group_options[] = {
    SELECTION_OPTIONS("in-group"),
    UNDO_OPTION,
    {"anyway", 0, NULL, {"huỷ cả khi nhóm còn hội viên", "void a group although it has members"}},
    END_OF_OPTIONS,
};

static const struct option_row show_options[] = {
    {"plain", 0, NULL, {"ngày ISO, mã thay cho chữ", "ISO dates, tokens"}},
    END_OF_OPTIONS,
};

static const struct option_row import_options[] = {
    {"check", 0, NULL, {"chỉ kiểm tra, không ghi gì", "only check, write nothing"}},
    {"anyway", 0, NULL, {"thêm cả hồ sơ có thể trùng", "add likely duplicates too"}},
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
    SELECTION_WHO("in-group"),
    END_OF_OPTIONS,
};

static const struct option_row to_ask_options[] = {
    {"group", 0, "GROUP", {"chỉ trong chi hội, tổ, nhóm này", "only in this group"}},
    {"field", 0, "FIELD", {"chỉ mục thông tin này", "only this field"}},
    FORMAT_OPTIONS,
    END_OF_OPTIONS,
};

static const struct option_row sheet_options[] = {
    {"group", 0, "GROUP", {"chi hội, tổ, nhóm (bắt buộc)", "the group (required)"}},
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
    SELECTION_OPTIONS("in-group"),
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
    const struct option_row *options; /* NULL: from the fields */
    enum err (*run)(void *program, const struct options *o, struct fault *f);
} verbs[] = {
    {"add", "", {"thêm ", "add "}, {"", ""}, NULL, cmd_record_add},
    {"edit",
     "ID...",
     {"sửa ", "edit "},
     {"; \"\" xoá trống một mục", "; \"\" clears a field"},
     NULL,
     cmd_record_edit},
    {"show", "ID...", {"xem đầy đủ ", "show "}, {"", " in full"}, show_options, cmd_record_show},
    {"list", "", {"danh sách ", "list "}, {"", ""}, list_options, cmd_record_list},
    {"search",
     "TEXT",
     {"tìm ", "search "},
     {" theo tên, không cần dấu", " by name, without tones"},
     list_options,
     cmd_record_search},
    {"void",
     "ID...",
     {"huỷ ", "void "},
     {" ghi nhầm (hồ sơ vẫn được giữ)", " noted by mistake (they are kept)"},
     void_options,
     cmd_record_void},
    {"import",
     "FILE.csv",
     {"nhập ", "import "},
     {" từ tệp CSV", " from a CSV file"},
     import_options,
     cmd_record_import},
    {"export",
     "[FILE.csv]",
     {"xuất ", "export "},
     {" ra tệp CSV, kèm mã", " to CSV, with ids"},
     export_options,
     cmd_record_export},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static bool is_add(const struct verb *v)
{
    return v->run == cmd_record_add;
}

/* "ordinary = Hội viên; honorary = Hội viên danh dự" */
static const char *code_list(struct arena *a, const struct code *codes, enum lang lang)
{
    const char *list = "";
    for (const struct code *c = codes; c->token != NULL && list != NULL; c++)
        list = arena_print(a, "%s%s%s = %s", list, c == codes ? "" : "; ", c->token, text_in(lang, c->label));
    return list;
}

/* The field's label and what it takes. */
static const char *field_help(struct arena *a, const struct field *field, bool adds, enum lang lang)
{
    static const struct text_pair required = {" (bắt buộc)", " (required)"};
    const char *label = text_in(lang, field->label),
               *mark = adds && field->required ? text_in(lang, required) : "";
    const struct code *codes = field->check == CHECK_MEMBER_FIELD ? ask_field_codes : field->codes;
    if (codes == NULL)
        return arena_print(a, "%s%s", label, mark);
    const char *list = code_list(a, codes, lang);
    return list != NULL ? arena_print(a, "%s%s: %s", label, mark, list) : NULL;
}

static const char *value_name(const struct kind *kind, size_t i)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "TEXT", [FIELD_INT] = "N", [FIELD_BOOL] = "yes|no",  [FIELD_CODE] = "WORD",
        [FIELD_DATE] = "DATE", [FIELD_ID] = "ID", [FIELD_SET] = "WORD,...",
    };
    const char *refers = kind->fields[i].refers;
    bool is_group = refers != NULL && kind_by_name(refers) == &kind_group;
    if (kind->fields[i].check == CHECK_MEMBER_FIELD)
        return names[FIELD_CODE];
    return is_group ? "GROUP" : names[field_type(kind, i)];
}

/* Whose the field is, for who gives it from the other side. */
static const char *refusal(struct arena *a, const struct kind *kind, size_t i, enum lang lang)
{
    const char *label = text_in(lang, kind->fields[i].label),
               *words = field_words(kind, (int)i, ERR_NOT_ALLOWED, lang),
               *name = cell_option_name(a, kind, i);
    return name != NULL ? arena_print(a, lang == LANG_EN ? "--%s: the field \"%s\" %s" : "--%s: mục “%s” %s",
                                      name, label, words)
                        : NULL;
}

static bool field_row(struct arena *a, enum seat seat, const struct kind *kind, size_t i, bool adds,
                      struct option_row *out)
{
    bool is_own = right_field(seat, kind, i);
    struct text_pair help = {
        is_own ? field_help(a, &kind->fields[i], adds, LANG_VI) : refusal(a, kind, i, LANG_VI),
        is_own ? field_help(a, &kind->fields[i], adds, LANG_EN) : refusal(a, kind, i, LANG_EN)};
    *out = (struct option_row){cell_option_name(a, kind, i), is_own ? '\0' : OPTION_REFUSED,
                               value_name(kind, i), help};
    return out->name != NULL && help.vi != NULL && help.en != NULL;
}

/* An option for each field; `add` may also take --anyway, `edit` a filter as far as no field has its
 * name. What is just being added can't be void. */
static const struct option_row *field_options(struct arena *a, enum seat seat, const struct kind *kind,
                                              const struct verb *v)
{
    static const struct option_row filter[] = {SELECTION_OPTIONS("in-group")};
    static const struct option_row anyway = {
        "anyway", 0, NULL, {"thêm dù có thể trùng", "add although it may be there already"}};
    struct option_row *rows = arena_zero(a, kind->field_count + 6, sizeof *rows);
    size_t count = 0;
    if (rows == NULL)
        return NULL;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (is_add(v) && strcmp(kind->fields[i].name, "voided") == 0)
            continue;
        if (!field_row(a, seat, kind, i, is_add(v), &rows[count++]))
            return NULL;
    }
    for (size_t k = 0; k < sizeof filter / sizeof filter[0] && !is_add(v); k++)
        if (kind_field(kind, filter[k].name) < 0)
            rows[count++] = filter[k];
    if (is_add(v) && likeness_is_asked(kind))
        rows[count] = anyway;
    return rows;
}

static const struct option_row *options_of(struct arena *a, enum seat seat, const struct kind *kind,
                                           const struct verb *v)
{
    if (v->options == NULL)
        return field_options(a, seat, kind, v);
    return v->options == void_options && kind == &kind_group ? void_group_options : v->options;
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
    const char *noun = text_in(lang, is_add(v) ? kind->one : kind->all);
    if (kind->append_only && v->run == cmd_record_edit)
        return arena_print(a, "%s%s%s", text_in(lang, v->before), noun, text_in(lang, edit));
    if (kind->append_only && v->run == cmd_record_void)
        return arena_print(a, "%s%s%s", text_in(lang, take_back), noun, text_in(lang, refused));
    return arena_print(a, "%s%s%s%s", text_in(lang, v->before), noun, text_in(lang, v->after),
                       v->options == NULL ? text_in(lang, dates) : "");
}

static bool add_verb(struct arena *a, enum seat seat, const struct kind *kind, const struct verb *v,
                     struct command *out)
{
    *out = (struct command){arena_print(a, "%s %s", kind->name, v->word),
                            v->arguments,
                            {verb_help(a, kind, v, LANG_VI), verb_help(a, kind, v, LANG_EN)},
                            options_of(a, seat, kind, v),
                            v->run,
                            kind};
    return out->words != NULL && out->help.vi != NULL && out->help.en != NULL && out->options != NULL;
}

/* What the usage line of `member event` names, in words too. */
static bool explain_events(struct arena *a, struct command *c)
{
    const char *vi = code_list(a, event_type_codes, LANG_VI), *en = code_list(a, event_type_codes, LANG_EN);
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
