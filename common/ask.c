#include "common/ask.h"
#include "common/change.h"
#include "proto/record.pb-c.h"
#include <string.h>

/* Words of kind_member's fields; a field that may be asked and is not here fails a test. */
const struct code ask_field_codes[ASK_FIELDS + 1] = {
    {5, "sex", {"Giới tính", "Sex"}},
    {6, "citizen-no", {"Số CCCD", "Citizen number"}},
    {8, "card-no", {"Số thẻ hội viên", "Membership card"}},
    {10, "residence", {"Loại cư trú", "Residence"}},
    {13, "permanent-address", {"Địa chỉ thường trú", "Permanent address"}},
    {14, "present-address", {"Chỗ ở hiện nay", "Present address"}},
    {15, "phone", {"Điện thoại", "Phone"}},
    {16, "ethnic-code", {"Mã dân tộc", "Ethnic code"}},
    {18, "religion", {"Mã tôn giáo", "Religion code"}},
    {19, "education", {"Trình độ học vấn", "Education"}},
    {20, "profession", {"Trình độ chuyên môn", "Professional level"}},
    {21, "political-theory", {"Lý luận chính trị", "Political theory"}},
    {23, "occupation", {"Nghề nghiệp", "Occupation"}},
    {25, "nationality", {"Quốc tịch", "Nationality"}},
    {26, "household-head", {"Chủ hộ", "Head of household"}},
    {27, "household-relation", {"Quan hệ với chủ hộ", "Relation to head"}},
    {0, NULL, {NULL, NULL}},
};

bool field_is_asked(const struct kind *kind, size_t i)
{
    const struct field *field = &kind->fields[i];
    enum field_type type = field_type(kind, i);
    bool is_type = type == FIELD_TEXT || type == FIELD_CODE || type == FIELD_SET || type == FIELD_INT;
    return is_type && !field->required && field->check != CHECK_LINES &&
           strcmp(field->name, "category") != 0 && strcmp(field->name, "ethnic_list") != 0;
}

bool category_is_asked(int32_t category)
{
    return category != HV__CATEGORY__NOT_YET;
}

enum err asks_load(const struct tally_input *in, struct asks *out, struct fault *f)
{
    enum err e = records_load(in, &kind_question, &out->questions, f);
    if (e == ERR_OK)
        e = records_load(in, &kind_household, &out->households, f);
    if (e != ERR_OK)
        return e;
    records_sort(&out->questions);
    records_sort(&out->households);
    return ERR_OK;
}

static bool is_honorary(const struct asks *asks, const struct record *member)
{
    (void)asks;
    return record_int(member, kind_field(&kind_member, "category"), 0) == HV__CATEGORY__HONORARY;
}

/* NULL: she has none, or it was noted by mistake. */
static const struct record *household_of(const struct asks *asks, const struct record *member)
{
    const struct id *id = record_id(member, kind_field(&kind_member, "household_id"));
    return id != NULL ? records_find(&asks->households, id) : NULL;
}

static bool has_no_household(const struct asks *asks, const struct record *member)
{
    return household_of(asks, member) == NULL;
}

/* By the name, which is all that a household says of its head. */
static bool is_not_head(const struct asks *asks, const struct record *member)
{
    const struct record *household = household_of(asks, member);
    if (household == NULL)
        return true;
    struct bytes head = record_text(household, kind_field(&kind_household, "name")),
                 name = record_text(member, kind_field(&kind_member, "name"));
    return head.n != name.n || memcmp(head.p, name.p, name.n) != 0;
}

bool member_is_asked(const struct asks *asks, const struct record *member, size_t i)
{
    static const struct {
        const char *field;
        bool (*is_asked)(const struct asks *asks, const struct record *member);
    } rows[] = {{"nationality", is_honorary},
                {"household_head", has_no_household},
                {"household_relation", is_not_head}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        if (strcmp(rows[k].field, member->kind->fields[i].name) == 0)
            return rows[k].is_asked(asks, member);
    return true;
}

struct id ask_id(const struct id *member, uint32_t number)
{
    struct value values[8] = {{.i = 0}};
    struct id id = {{0}};
    bool any;
    int m = kind_field(&kind_question, "member_id"), n = kind_field(&kind_question, "field");
    values[m] = (struct value){.p = (const char *)member->b, .n = sizeof member->b};
    values[n] = (struct value){.i = number};
    kind_relation_id(&kind_question,
                     field_bit(&kind_question, (size_t)m) | field_bit(&kind_question, (size_t)n), values, &id,
                     &any);
    return id;
}

enum ask_cell ask_cell(const struct asks *asks, const struct record *member, size_t i)
{
    if (record_has(member, (int)i))
        return ASK_FILLED;
    if (!member_is_asked(asks, member, i))
        return ASK_NO_CELL;
    struct id id = ask_id(&member->id, field_number(member->kind, i));
    const struct record *question = records_find(&asks->questions, &id);
    int64_t state = question != NULL ? record_int(question, kind_field(&kind_question, "state"), 0) : 0;
    if (state == HV__ASK_STATE__DECLINED)
        return ASK_DECLINED;
    return state == HV__ASK_STATE__ASKED ? ASK_ASKED : ASK_MISSING;
}
