#include "common/kind.h"
#include <string.h>

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
