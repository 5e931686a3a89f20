#include "client/field.h"
#include "client/exchange.h"
#include <string.h>

static const struct text_pair forms[] = {
    [CHECK_NONE] = {"mục này đang trống; hãy điền lại hoặc xoá hẳn.", "it is empty; fill it in or clear it."},
    [CHECK_NAME] = {"họ tên phải có chữ và chỉ gồm chữ, số, khoảng trắng và các dấu ' - . , ( ) /; hãy viết "
                    "lại.",
                    "a person's name has letters, and besides them only digits, blanks and ' - . , ( ) /; "
                    "write it again."},
    [CHECK_TITLE] = {"tên phải có ít nhất một chữ hoặc số; hãy viết lại.",
                     "a name has a letter or a digit at least; write it again."},
    [CHECK_LINES] = {"mục này đang trống; hãy điền lại hoặc xoá hẳn.",
                     "it is empty; fill it in or clear it."},
    [CHECK_CITIZEN] = {"số CCCD gồm đúng 12 chữ số (CMND cũ: 9 chữ số), ví dụ 093170000001; hãy xem lại giấy "
                       "tờ.",
                       "a citizen number has exactly 12 digits (an old one 9), for example 093170000001; see "
                       "the card."},
    [CHECK_PHONE] = {"số điện thoại chỉ gồm chữ số, có thể có + . - ( ) /, ví dụ 0912345678; hãy viết lại.",
                     "a telephone number has digits, and only + . - ( ) / besides, for example 0912345678; "
                     "write it again."},
    [CHECK_DATE] = {"ngày viết dd/mm/yyyy, mm/yyyy hoặc yyyy, ví dụ 05/03/1971.",
                    "a date is written dd/mm/yyyy, mm/yyyy or yyyy, for example 05/03/1971."},
    [CHECK_DAY] = {"ngày phải đủ dd/mm/yyyy, ví dụ 05/03/1971.",
                   "the date must be whole, dd/mm/yyyy, for example 05/03/1971."},
    [CHECK_COMMUNES] = {"mã xã gồm 5 chữ số, cách nhau bằng dấu phẩy, ví dụ 31317,31318; hãy viết lại.",
                        "codes of communes have 5 digits and commas between them, for example 31317,31318; "
                        "write them again."},
    [CHECK_TWO_DIGITS] = {"mã gồm đúng hai chữ số, ví dụ 01; hãy xem lại danh mục.",
                          "the code has exactly two digits, for example 01; see the list of codes."},
};

/* What can't be told from the field's form: it is right by itself, and does not fit another record. */
static const struct {
    const struct kind *kind;
    const char *field;
    struct text_pair words;
} misfits[] = {
    {&kind_group,
     "parent_id",
     {"nhóm chỉ trực thuộc một chi hội, không trực thuộc chính nó; hãy chọn nhóm khác.",
      "a group belongs to a chi hội and never to itself; choose another."}},
    {&kind_group,
     "type",
     {"chỉ chi hội mới có tổ, nhóm trực thuộc; hãy chuyển các nhóm đó trước.",
      "only a chi hội has groups below it; move those first."}},
    {&kind_post,
     "group_id",
     {"nhóm này không hợp với chức danh; hãy chọn nhóm khác hoặc chức danh khác.",
      "the group does not fit the post; choose another group or another post."}},
};

/* NULL: there are none. */
static const char *misfit_words(const struct kind *kind, const struct field *field, enum lang lang)
{
    for (size_t k = 0; k < sizeof misfits / sizeof misfits[0]; k++)
        if (misfits[k].kind == kind && strcmp(misfits[k].field, field->name) == 0)
            return text_in(lang, misfits[k].words);
    return NULL;
}

/* Whose it is, and so to whom to turn. */
static const struct text_pair of_province = {"do tỉnh ghi; hãy đề nghị cán bộ tỉnh ghi.",
                                             "is the province's to enter; ask the province's officer."},
                              of_commune = {"do xã ghi; hãy đề nghị xã ghi.",
                                            "is the commune's to enter; ask the commune."},
                              not_here = {"do nơi khác ghi.", "is another's to enter."};

static const struct text_pair *owner_words(const struct kind *kind, int i)
{
    if (i >= 0)
        return kind->fields[i].owner == OWNER_PROVINCE ? &of_province : &of_commune;
    return kind->home == HOME_PROVINCE ? &of_province : kind->home == HOME_COMMUNE ? &of_commune : &not_here;
}

/* What the server refuses where the code alone says too little. */
static const struct {
    const struct kind *kind;
    const char *field; /* NULL: any, or none */
    enum err code;
    struct text_pair words;
} of_kinds[] = {
    {&kind_reversal,
     NULL,
     ERR_EXISTS,
     {"bút toán này đã được đảo ở một máy khác; bút toán đảo ấy được giữ, không phải làm gì thêm.",
      "the entry has been reversed on another computer; that reversal stands, nothing is to be done."}},
    {&kind_closing,
     NULL,
     ERR_EXISTS,
     {"năm này đã được khóa sổ ở một máy khác; không phải làm gì thêm.",
      "the year has been closed on another computer; nothing is to be done."}},
    {&kind_closing,
     "balance",
     ERR_BAD_NUMBER,
     {"số dư trên máy chủ khác, vì máy khác đã ghi thêm; hãy đồng bộ rồi khóa sổ lại: hoivien fund close NĂM",
      "the server has another balance, since more was entered elsewhere; sync and close again: hoivien fund "
      "close YEAR"}},
    {&kind_closing,
     "year",
     ERR_BAD_DATE,
     {"năm này chưa kết thúc; hãy bỏ việc khóa sổ này: hoivien closing void MÃ",
      "the year is not over; take this closing back: hoivien closing void ID"}},
    {&kind_reversal,
     "date",
     ERR_BAD_DATE,
     {"không thể đảo trước ngày của chính bút toán; hãy ghi lại với ngày khác.",
      "an entry can't be reversed before its own day; enter it again with another date."}},
    {&kind_support,
     "type",
     ERR_BAD_FORMAT,
     {"một bút toán thu đã ghi cho lần chăm lo này, nên đây không thể là vốn vay; hãy huỷ lần này và ghi vốn "
      "vay "
      "riêng.",
      "a receipt of the fund names it, so it can't be a loan; void it and enter the loan anew."}},
    {&kind_plan,
     "deadline",
     ERR_BAD_DATE,
     {"kế hoạch không thể kết thúc sau hạn của chỉ tiêu hoặc nhiệm kỳ; hãy chọn ngày sớm hơn.",
      "a plan can't end after its target's deadline or its term; choose an earlier day."}},
    {&kind_entry,
     "support_id",
     ERR_BAD_FORMAT,
     {"không được thu tiền quỹ khi giải ngân vốn vay; hãy bỏ trống mục này hoặc huỷ bút toán.",
      "no fund money is collected while a loan is paid out; clear the field or void the entry."}},
};

static const char *kind_words(const struct kind *kind, int i, enum err code, enum lang lang)
{
    for (size_t k = 0; k < sizeof of_kinds / sizeof of_kinds[0]; k++)
        if (of_kinds[k].kind == kind && of_kinds[k].code == code &&
            (of_kinds[k].field == NULL || (i >= 0 && strcmp(of_kinds[k].field, kind->fields[i].name) == 0)))
            return text_in(lang, of_kinds[k].words);
    return NULL;
}

/* NULL: the form has no words of its own. */
static const char *form_words(const struct field *field, enum lang lang)
{
    return field->check < sizeof forms / sizeof forms[0] ? text_in(lang, forms[field->check]) : NULL;
}

const char *field_words(const struct kind *kind, int i, enum err code, enum lang lang)
{
    const struct field *field = i < 0 ? NULL : &kind->fields[i];
    const char *words = kind_words(kind, i, code, lang);
    if (words != NULL)
        return words;
    if (field != NULL && code == ERR_BAD_FORMAT) {
        words = misfit_words(kind, field, lang);
        words = words != NULL ? words : form_words(field, lang);
    } else if (field != NULL && code == ERR_BAD_DATE && field->check == CHECK_DAY)
        words = form_words(field, lang);
    else if (code == ERR_NOT_ALLOWED)
        words = text_in(lang, *owner_words(kind, i));
    return words != NULL ? words : code_words(code, lang);
}

enum err field_sentence(enum lang lang, const struct kind *kind, const struct fault *found, struct fault *f)
{
    const struct text_pair label = found->field < 0 ? kind->label : kind->fields[found->field].label;
    return fault_field(f, found->code, found->field, "%s: %s", text_in(lang, label),
                       field_words(kind, found->field, found->code, lang));
}

const char *field_other_side(enum lang lang, enum seat seat)
{
    static const struct text_pair others[] = {{"tỉnh", "province"}, {"xã", "commune"}};
    return text_in(lang, others[seat != SEAT_COMMUNE]);
}

enum err field_agreed(const struct ui *ui, enum seat seat, const struct kind *kind, int i, struct fault *f)
{
    const char *label = text_in(ui->lang, kind->fields[i].label), *other = field_other_side(ui->lang, seat);
    bool is_mark = i == kind_field(kind, "main_cause");
    enum err e =
        is_mark
            ? ui_fault(
                  ui, f, ERR_AGREED,
                  "%s: %s đã đồng ý với nguyên nhân này như đang ghi; hãy đề nghị %s rút lại ý kiến trước, "
                  "rồi ghi hoặc bỏ dấu này và để %s đồng ý lại.",
                  "%s: the %s has agreed to it as it is; ask the %s to take its agreement back first, then "
                  "change the mark, and let the %s agree anew.",
                  label, other, other, other)
            : ui_fault(
                  ui, f, ERR_AGREED,
                  "%s: %s đã đồng ý với nội dung này; hãy ghi một mục khác, hoặc đề nghị %s rút lại ý kiến "
                  "trước.",
                  "%s: the %s has agreed to it as it is; enter another one, or ask the %s to take its "
                  "agreement back first.",
                  label, other, other);
    if (f != NULL)
        f->field = i;
    return e;
}
