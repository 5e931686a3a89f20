/* Changes under construction, for the checks of whole records. */
#ifndef HV_UNIT_DRAFT_H
#define HV_UNIT_DRAFT_H

#include "common/change.h"
#include "common/check.h"
#include "common/id.h"
#include "proto/record.pb-c.h"
#include <criterion/criterion.h>
#include <string.h>

/* A change with room for the fields of any kind. */
struct draft {
    struct value values[64];
    struct change change;
};

static inline void draft_begin(struct draft *d, const struct kind *kind)
{
    memset(d, 0, sizeof *d);
    d->change.kind = kind;
    d->change.kind_number = kind->number;
    d->change.id.b[0] = 1;
    d->change.values = d->values;
}

static inline void draft_text(struct draft *d, const char *field, const char *s, size_t n)
{
    int i = kind_field(d->change.kind, field);
    d->values[i] = (struct value){.p = s, .n = (uint32_t)n};
    d->change.set |= field_bit(d->change.kind, (size_t)i);
}

static inline void draft_number(struct draft *d, const char *field, int64_t n)
{
    int i = kind_field(d->change.kind, field);
    d->values[i].i = n;
    d->change.set |= field_bit(d->change.kind, (size_t)i);
}

static const struct id __attribute__((unused)) a_group = {{1, 2, 3}}, a_member = {{4, 5, 6}};

static inline void draft_member(struct draft *d)
{
    draft_begin(d, &kind_member);
    draft_text(d, "name", "Nguyễn Thị Hoa", strlen("Nguyễn Thị Hoa"));
    draft_number(d, "birth", 19750000);
    draft_text(d, "group_id", (const char *)a_group.b, sizeof a_group.b);
}

static inline enum err checked(const struct draft *d, bool creates)
{
    struct fault f = {.code = ERR_OK};
    enum err e = check_change(&d->change, creates, &f);
    cr_assert(e == ERR_OK || (f.code == e && f.text[0] != '\0'));
    return e;
}

#endif
