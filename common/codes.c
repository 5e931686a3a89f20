#include "common/codes.h"
#include "proto/record.pb-c.h"
#include <string.h>

const struct code group_kind_codes[] = {
    {HV__GROUP_KIND__CHI_HOI, "chi-hoi", {"Chi hội", "Branch (chi hội)"}},
    {HV__GROUP_KIND__TO, "to", {"Tổ", "Cell (tổ)"}},
    {HV__GROUP_KIND__NHOM, "nhom", {"Nhóm", "Group (nhóm)"}},
    {HV__GROUP_KIND__CAU_LAC_BO, "cau-lac-bo", {"Câu lạc bộ", "Club"}},
    {HV__GROUP_KIND__MANG_LUOI, "mang-luoi", {"Mạng lưới", "Network"}},
    {HV__GROUP_KIND__TO_TU_VAN, "to-tu-van", {"Tổ tư vấn", "Advice team"}},
    {0, NULL, {NULL, NULL}},
};

const struct code basis_codes[] = {
    {HV__BASIS__RESIDENCE, "residence", {"Địa bàn dân cư", "Place of residence"}},
    {HV__BASIS__AGE, "age", {"Độ tuổi", "Age"}},
    {HV__BASIS__RELIGION, "religion", {"Tôn giáo", "Religion"}},
    {HV__BASIS__ETHNICITY, "ethnicity", {"Dân tộc", "Ethnic group"}},
    {HV__BASIS__HOBBY, "hobby", {"Sở thích", "Hobby"}},
    {HV__BASIS__OCCUPATION, "occupation", {"Ngành nghề", "Occupation"}},
    {HV__BASIS__MIGRANT, "migrant", {"Lao động nhập cư", "Migrant workers"}},
    {HV__BASIS__TRADER, "trader", {"Tiểu thương", "Market traders"}},
    {HV__BASIS__ELDERLY, "elderly", {"Người cao tuổi", "Elderly"}},
    {0, NULL, {NULL, NULL}},
};

const struct code channel_codes[] = {
    {HV__CHANNEL__IN_PERSON, "in-person", {"Trực tiếp", "In person"}},
    {HV__CHANNEL__ZALO, "zalo", {"Zalo", "Zalo"}},
    {HV__CHANNEL__FACEBOOK, "facebook", {"Facebook", "Facebook"}},
    {HV__CHANNEL__FANPAGE, "fanpage", {"Fanpage", "Fanpage"}},
    {0, NULL, {NULL, NULL}},
};

const struct code sex_codes[] = {
    {HV__SEX__FEMALE, "female", {"Nữ", "Female"}},
    {HV__SEX__MALE, "male", {"Nam", "Male"}},
    {0, NULL, {NULL, NULL}},
};

const struct code category_codes[] = {
    {HV__CATEGORY__ORDINARY, "ordinary", {"Hội viên", "Member"}},
    {HV__CATEGORY__HONORARY, "honorary", {"Hội viên danh dự", "Honorary member"}},
    {HV__CATEGORY__ORGANISATION,
     "organisation",
     {"Hội viên của tổ chức thành viên", "Member of a member organisation"}},
    {HV__CATEGORY__NOT_YET, "not-yet", {"Chưa là hội viên", "Not yet a member"}},
    {0, NULL, {NULL, NULL}},
};

const struct code residence_codes[] = {
    {HV__RESIDENCE__PERMANENT, "permanent", {"Thường trú", "Permanent"}},
    {HV__RESIDENCE__TEMPORARY, "temporary", {"Tạm trú", "Temporary"}},
    {HV__RESIDENCE__ELSEWHERE, "elsewhere", {"Cư trú nơi khác", "Elsewhere"}},
    {0, NULL, {NULL, NULL}},
};

const struct code ethnic_list_codes[] = {
    {HV__ETHNIC_LIST__LIST_1979, "list-1979", {"Danh mục năm 1979", "List of 1979"}},
    {HV__ETHNIC_LIST__LIST_2008, "list-2008", {"Danh mục năm 2008", "List of 2008"}},
    {0, NULL, {NULL, NULL}},
};

const struct code education_codes[] = {
    {HV__EDUCATION__NO_SCHOOL, "no-school", {"Chưa đi học", "No school"}},
    {HV__EDUCATION__PRIMARY, "primary", {"Tiểu học", "Primary"}},
    {HV__EDUCATION__LOWER_SECONDARY, "lower-secondary", {"Trung học cơ sở", "Lower secondary"}},
    {HV__EDUCATION__UPPER_SECONDARY, "upper-secondary", {"Trung học phổ thông", "Upper secondary"}},
    {0, NULL, {NULL, NULL}},
};

const struct code profession_codes[] = {
    {HV__PROFESSION__UNTRAINED, "untrained", {"Chưa qua đào tạo", "Untrained"}},
    {HV__PROFESSION__ELEMENTARY, "elementary", {"Sơ cấp", "Elementary"}},
    {HV__PROFESSION__INTERMEDIATE, "intermediate", {"Trung cấp", "Intermediate"}},
    {HV__PROFESSION__COLLEGE, "college", {"Cao đẳng", "College"}},
    {HV__PROFESSION__UNIVERSITY, "university", {"Đại học", "University"}},
    {HV__PROFESSION__POSTGRADUATE, "postgraduate", {"Sau đại học", "Postgraduate"}},
    {0, NULL, {NULL, NULL}},
};

const struct code political_theory_codes[] = {
    {HV__POLITICAL_THEORY__NO_THEORY, "none", {"Chưa học", "None"}},
    {HV__POLITICAL_THEORY__THEORY_ELEMENTARY, "elementary", {"Sơ cấp", "Elementary"}},
    {HV__POLITICAL_THEORY__THEORY_INTERMEDIATE, "intermediate", {"Trung cấp", "Intermediate"}},
    {HV__POLITICAL_THEORY__THEORY_ADVANCED, "advanced", {"Cao cấp", "Advanced"}},
    {0, NULL, {NULL, NULL}},
};

const struct code event_type_codes[] = {
    {HV__EVENT_TYPE__JOINED, "joined", {"Kết nạp", "Joined"}},
    {HV__EVENT_TYPE__MOVED_IN, "moved-in", {"Chuyển đến", "Moved in"}},
    {HV__EVENT_TYPE__RETURNED, "returned", {"Sinh hoạt trở lại", "Returned"}},
    {HV__EVENT_TYPE__MOVED_OUT, "moved-out", {"Chuyển đi", "Moved out"}},
    {HV__EVENT_TYPE__LEFT, "left", {"Thôi sinh hoạt", "Left"}},
    {HV__EVENT_TYPE__REMOVED, "removed", {"Đưa ra khỏi danh sách", "Removed from the list"}},
    {HV__EVENT_TYPE__DIED, "died", {"Qua đời", "Died"}},
    {0, NULL, {NULL, NULL}},
};

const struct code *code_by_value(const struct code *codes, int64_t value)
{
    for (const struct code *c = codes; c->token != NULL; c++)
        if (c->value == value)
            return c;
    return NULL;
}

const struct code *code_by_token(const struct code *codes, const char *token)
{
    for (const struct code *c = codes; c->token != NULL; c++)
        if (strcmp(c->token, token) == 0)
            return c;
    return NULL;
}
