#include "common/kind.h"
#include "common/codes.h"
#include "proto/record.pb-c.h"
#include <string.h>

/* One row a field, in the order of the field's number in proto/record.proto. Aliases are headings met in the
 * lists that communes keep today. */
static const struct field group_fields[] = {
    {.name = "name",
     .label = {"Tên nhóm", "Group name"},
     .check = CHECK_TITLE,
     .required = true,
     .max = 200,
     .aliases = "Tên chi hội|Tên tổ|Tên câu lạc bộ|Tên CLB|Tên"},
    {.name = "type",
     .label = {"Loại hình", "Type"},
     .required = true,
     .codes = group_kind_codes,
     .aliases = "Loại|Loại nhóm"},
    {.name = "parent_id",
     .label = {"Thuộc chi hội", "Belongs to"},
     .refers = "group",
     .aliases = "Chi hội|Trực thuộc"},
    {.name = "basis",
     .label = {"Tiêu chí tập hợp", "Basis"},
     .codes = basis_codes,
     .aliases = "Đối tượng|Nhóm đối tượng"},
    {.name = "channel",
     .label = {"Hình thức sinh hoạt", "Channel"},
     .codes = channel_codes,
     .aliases = "Kênh|Kênh sinh hoạt"},
    {.name = "founded",
     .label = {"Ngày thành lập", "Founded"},
     .check = CHECK_DATE,
     .aliases = "Năm thành lập|Thành lập"},
    {.name = "closed",
     .label = {"Ngày giải thể", "Closed"},
     .check = CHECK_DATE,
     .aliases = "Ngừng hoạt động|Giải thể"},
    {.name = "note", .label = {"Ghi chú", "Note"}, .check = CHECK_LINES, .max = 2000},
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy"},
    {.name = "purpose",
     .label = {"Mục đích", "Purpose"},
     .check = CHECK_TITLE,
     .max = 200,
     .codes = purpose_codes,
     .aliases = "Nội dung sinh hoạt"},
    {.name = "special_model",
     .label = {"Mô hình tập hợp đặc thù", "Special-group model"},
     .aliases = "Mô hình đặc thù|Đặc thù"},
};

static const struct code household_class_codes[] = {
    {HV__HOUSEHOLD_CLASS__POOR, "poor", {"Hộ nghèo", "Poor"}},
    {HV__HOUSEHOLD_CLASS__NEAR_POOR, "near-poor", {"Hộ cận nghèo", "Near-poor"}},
    {HV__HOUSEHOLD_CLASS__POLICY, "policy", {"Hộ chính sách", "Policy household"}},
    {HV__HOUSEHOLD_CLASS__AVERAGE, "average", {"Hộ trung bình", "Average"}},
    {HV__HOUSEHOLD_CLASS__WELL_OFF, "well-off", {"Hộ khá, giàu", "Well-off"}},
    {0, NULL, {NULL, NULL}},
};

static const struct field household_fields[] = {
    {.name = "name",
     .label = {"Chủ hộ", "Head of household"},
     .check = CHECK_NAME,
     .sensitivity = PERSONAL,
     .required = true,
     .max = 200,
     .aliases = "Họ tên chủ hộ|Tên chủ hộ|Họ và tên chủ hộ"},
    {.name = "standard",
     .label = {"Diện hộ", "Class"},
     .sensitivity = PERSONAL,
     .codes = household_class_codes,
     .aliases = "Loại hộ|Hộ nghèo"},
    {.name = "address", .label = {"Địa chỉ", "Address"}, .sensitivity = PERSONAL, .aliases = "Nơi ở"},
    {.name = "note",
     .label = {"Ghi chú", "Note"},
     .check = CHECK_LINES,
     .sensitivity = PERSONAL,
     .max = 2000},
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy"},
};

static const struct field member_fields[] = {
    {.name = "name",
     .label = {"Họ và tên", "Full name"},
     .check = CHECK_NAME,
     .sensitivity = PERSONAL,
     .required = true,
     .max = 200,
     .aliases = "Họ tên|Họ, tên|Họ và tên hội viên|Họ tên hội viên|Tên hội viên|Name"},
    {.name = "birth",
     .label = {"Ngày sinh", "Date of birth"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .required = true,
     .aliases = "Năm sinh|Ngày tháng năm sinh|Ngày, tháng, năm sinh|NTNS|Sinh ngày|Sinh năm|Birth year"},
    {.name = "group_id",
     .label = {"Chi hội", "Branch"},
     .required = true,
     .refers = "group",
     .aliases = "Chi hội phụ nữ|Thuộc chi hội|Đơn vị sinh hoạt|Nơi sinh hoạt|Group"},
    {.name = "category",
     .label = {"Thành phần hội viên", "Category"},
     .codes = category_codes,
     .aliases = "Loại hội viên|Thành phần"},
    {.name = "sex",
     .label = {"Giới tính", "Sex"},
     .sensitivity = PERSONAL,
     .codes = sex_codes,
     .aliases = "Phái|Giới|Nam/Nữ"},
    {.name = "citizen_no",
     .label = {"Số CCCD", "Citizen number"},
     .check = CHECK_CITIZEN,
     .sensitivity = PERSONAL,
     .max = 40,
     .aliases = "CCCD|CMND|Số CMND|CCCD/CMND|CMND/CCCD|Số CMND/CCCD|Số CCCD/CMND|Số căn cước|Căn cước|"
                "Căn cước công dân|Số căn cước công dân|Số định danh|Số định danh cá nhân|Mã định danh"},
    {.name = "citizen_issued",
     .label = {"Ngày cấp CCCD", "Citizen card issued"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Ngày cấp|Ngày cấp CMND|Ngày cấp CCCD/CMND|Ngày cấp căn cước"},
    {.name = "card_no",
     .label = {"Số thẻ hội viên", "Membership card"},
     .sensitivity = PERSONAL,
     .max = 40,
     .aliases = "Số thẻ|Thẻ hội viên|Mã thẻ|Mã số thẻ"},
    {.name = "card_issued",
     .label = {"Ngày cấp thẻ", "Membership card issued"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Ngày cấp thẻ hội viên"},
    {.name = "residence",
     .label = {"Loại cư trú", "Residence"},
     .sensitivity = PERSONAL,
     .codes = residence_codes,
     .aliases = "Cư trú|Tình trạng cư trú|Diện cư trú|Thường trú/Tạm trú"},
    {.name = "residence_since",
     .label = {"Cư trú từ ngày", "Resident since"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Tạm trú từ|Cư trú từ|Ngày đăng ký tạm trú|Tạm trú từ ngày"},
    {.name = "away_since",
     .label = {"Đi làm ăn xa từ", "Away since"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Đi làm ăn xa|Vắng mặt từ|Đi làm xa từ"},
    {.name = "permanent_address",
     .label = {"Địa chỉ thường trú", "Permanent address"},
     .sensitivity = PERSONAL,
     .aliases = "Hộ khẩu thường trú|HKTT|Nơi thường trú|Nơi đăng ký thường trú|Thường trú|Hộ khẩu"},
    {.name = "present_address",
     .label = {"Chỗ ở hiện nay", "Present address"},
     .sensitivity = PERSONAL,
     .aliases = "Nơi ở hiện nay|Nơi ở|Địa chỉ|Địa chỉ hiện nay|Chỗ ở|Nơi tạm trú|Address"},
    {.name = "phone",
     .label = {"Điện thoại", "Phone"},
     .check = CHECK_PHONE,
     .sensitivity = PERSONAL,
     .max = 40,
     .aliases = "Số điện thoại|SĐT|SDT|ĐT|Điện thoại di động|ĐTDĐ|Số ĐT"},
    {.name = "ethnic_code",
     .label = {"Mã dân tộc", "Ethnic code"},
     .check = CHECK_TWO_DIGITS,
     .sensitivity = SENSITIVE,
     .max = 20,
     .aliases = "Dân tộc"},
    {.name = "ethnic_list",
     .label = {"Danh mục dân tộc", "Ethnic list"},
     .sensitivity = SENSITIVE,
     .codes = ethnic_list_codes},
    {.name = "religion",
     .label = {"Mã tôn giáo", "Religion code"},
     .check = CHECK_TWO_DIGITS,
     .sensitivity = SENSITIVE,
     .max = 20,
     .aliases = "Tôn giáo|Religion"},
    {.name = "education",
     .label = {"Trình độ học vấn", "Education"},
     .sensitivity = PERSONAL,
     .codes = education_codes,
     .aliases = "Học vấn|Trình độ văn hóa|Văn hóa|TĐHV|Trình độ văn hoá"},
    {.name = "profession",
     .label = {"Trình độ chuyên môn", "Professional level"},
     .sensitivity = PERSONAL,
     .codes = profession_codes,
     .aliases = "Chuyên môn|Trình độ CM|Chuyên môn nghiệp vụ|TĐCM"},
    {.name = "political_theory",
     .label = {"Lý luận chính trị", "Political theory"},
     .sensitivity = SENSITIVE,
     .codes = political_theory_codes,
     .aliases = "LLCT|Trình độ LLCT|Trình độ lý luận chính trị|Trình độ chính trị"},
    {.name = "party_since",
     .label = {"Ngày vào Đảng", "Party member since"},
     .check = CHECK_DATE,
     .sensitivity = SENSITIVE,
     .aliases = "Vào Đảng|Ngày kết nạp Đảng|Năm vào Đảng|Đảng viên từ"},
    {.name = "occupation",
     .label = {"Nghề nghiệp", "Occupation"},
     .sensitivity = PERSONAL,
     .max = 200,
     .aliases = "Nghề|Công việc|Nghề nghiệp hiện nay"},
    {.name = "core", .label = {"Hội viên nòng cốt", "Core member"}, .aliases = "Nòng cốt|HVNC|HV nòng cốt"},
    {.name = "nationality", .label = {"Quốc tịch", "Nationality"}, .sensitivity = PERSONAL, .max = 100},
    {.name = "household_head",
     .label = {"Chủ hộ", "Head of household"},
     .sensitivity = PERSONAL,
     .max = 200,
     .aliases = "Họ tên chủ hộ|Tên chủ hộ|Họ và tên chủ hộ"},
    {.name = "household_relation",
     .label = {"Quan hệ với chủ hộ", "Relation to head"},
     .sensitivity = PERSONAL,
     .max = 100,
     .aliases = "Quan hệ chủ hộ|QH với chủ hộ|Quan hệ"},
    {.name = "note",
     .label = {"Ghi chú", "Note"},
     .check = CHECK_LINES,
     .sensitivity = PERSONAL,
     .max = 2000},
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy"},
    {.name = "household_id",
     .label = {"Hộ gia đình", "Household"},
     .sensitivity = PERSONAL,
     .refers = "household",
     .aliases = "Hộ"},
};

static const struct field membership_fields[] = {
    {.name = "member_id", .label = {"Hội viên", "Member"}, .required = true, .refers = "member"},
    {.name = "group_id",
     .label = {"Nhóm tham gia", "Group"},
     .required = true,
     .refers = "group",
     .aliases = "Tổ|Câu lạc bộ|CLB|Nhóm|Mạng lưới"},
    {.name = "since",
     .label = {"Tham gia từ", "Since"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Ngày tham gia|Từ ngày"},
    {.name = "until",
     .label = {"Tham gia đến", "Until"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .aliases = "Ngày ra|Đến ngày"},
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy"},
};

static const struct field event_fields[] = {
    {.name = "member_id", .label = {"Hội viên", "Member"}, .required = true, .refers = "member"},
    {.name = "type",
     .label = {"Loại biến động", "Change"},
     .required = true,
     .codes = event_type_codes,
     .aliases = "Biến động"},
    {.name = "date",
     .label = {"Ngày biến động", "Date"},
     .check = CHECK_DATE,
     .sensitivity = PERSONAL,
     .required = true,
     .aliases = "Ngày|Thời điểm"},
    {.name = "reason", .label = {"Lý do", "Reason"}, .sensitivity = PERSONAL, .aliases = "Nguyên nhân"},
    {.name = "decision",
     .label = {"Số quyết định", "Decision"},
     .sensitivity = PERSONAL,
     .max = 100,
     .aliases = "Quyết định|Số QĐ"},
    {.name = "place",
     .label = {"Nơi chuyển", "Place"},
     .sensitivity = PERSONAL,
     .aliases = "Nơi đến|Nơi đi|Chuyển từ|Chuyển đến"},
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy"},
};

const struct kind kind_group = {.number = 1,
                                .name = "group",
                                .table = "groups",
                                .label = {"Nhóm", "Group"},
                                .one = {"chi hội, tổ, nhóm", "a group"},
                                .all = {"chi hội, tổ, nhóm", "groups"},
                                .descriptor = &hv__group__descriptor,
                                KIND_FIELDS(group_fields)};

static const struct kind kind_household = {.number = 21,
                                           .name = "household",
                                           .table = "households",
                                           .label = {"Hộ gia đình", "Household"},
                                           .one = {"hộ gia đình", "a household"},
                                           .all = {"hộ gia đình", "households"},
                                           .descriptor = &hv__household__descriptor,
                                           KIND_FIELDS(household_fields)};

const struct kind kind_member = {.number = 2,
                                 .name = "member",
                                 .table = "members",
                                 .label = {"Hội viên", "Member"},
                                 .one = {"hội viên", "a member"},
                                 .all = {"hội viên", "members"},
                                 .descriptor = &hv__member__descriptor,
                                 KIND_FIELDS(member_fields)};

const struct kind kind_membership = {.number = 3,
                                     .name = "membership",
                                     .table = "memberships",
                                     .label = {"Tham gia nhóm", "Membership in a group"},
                                     .one = {"lượt tham gia nhóm", "a membership in a group"},
                                     .all = {"lượt tham gia nhóm", "memberships in groups"},
                                     .descriptor = &hv__membership__descriptor,
                                     KIND_FIELDS(membership_fields),
                                     .relation = true};

const struct kind kind_event = {.number = 4,
                                .name = "event",
                                .table = "events",
                                .label = {"Biến động", "Change of a member"},
                                .one = {"biến động của hội viên", "a change of a member"},
                                .all = {"biến động của hội viên", "changes of members"},
                                .descriptor = &hv__event__descriptor,
                                KIND_FIELDS(event_fields)};

const struct kind *const kinds[] = {
    &kind_group,        &kind_household,  &kind_member,   &kind_membership, &kind_event,  &kind_programme,
    &kind_activity,     &kind_attendance, &kind_officer,  &kind_post,       &kind_course, &kind_training,
    &kind_question,     &kind_notice,     &kind_plan,     &kind_cause,      &kind_remedy, &kind_step,
    &kind_visit,        &kind_progress,   &kind_seen,     &kind_pairing,    &kind_rate,   &kind_resource,
    &kind_support,      &kind_entry,      &kind_reversal, &kind_closing,    &kind_model,  &kind_replication,
    &kind_commendation,
};
const size_t kind_count = sizeof kinds / sizeof kinds[0];

const struct kind *kind_by_name(const char *name)
{
    for (size_t k = 0; k < kind_count; k++)
        if (strcmp(kinds[k]->name, name) == 0)
            return kinds[k];
    return NULL;
}

const struct kind *kind_by_number(uint32_t number)
{
    for (size_t k = 0; k < kind_count; k++)
        if (kinds[k]->number == number)
            return kinds[k];
    return NULL;
}

size_t kind_index(const struct kind *kind)
{
    size_t k = 0;
    while (k < kind_count && kinds[k] != kind)
        k++;
    return k;
}

int kind_field(const struct kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (strcmp(kind->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

int kind_field_by_number(const struct kind *kind, uint32_t number)
{
    /* Numbers mostly have no gaps, so the first guess mostly holds. */
    if (number >= 1 && number <= kind->field_count && field_number(kind, number - 1) == number)
        return (int)number - 1;
    for (size_t i = 0; i < kind->field_count; i++)
        if (field_number(kind, i) == number)
            return (int)i;
    return -1;
}

enum field_type field_type(const struct kind *kind, size_t i)
{
    switch (kind->descriptor->fields[i].type) {
    case PROTOBUF_C_TYPE_STRING:
        return FIELD_TEXT;
    case PROTOBUF_C_TYPE_BYTES:
        return FIELD_ID;
    case PROTOBUF_C_TYPE_BOOL:
        return FIELD_BOOL;
    case PROTOBUF_C_TYPE_ENUM:
        return FIELD_CODE;
    default:
        if (kind->fields[i].codes != NULL)
            return FIELD_SET;
        return kind->fields[i].check == CHECK_DATE || kind->fields[i].check == CHECK_DAY ? FIELD_DATE
                                                                                         : FIELD_INT;
    }
}

uint32_t kind_schema(void)
{
    size_t n = kind_count;
    for (size_t k = 0; k < kind_count; k++)
        n += kinds[k]->field_count;
    return (uint32_t)n;
}
