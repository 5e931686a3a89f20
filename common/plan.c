#include "common/plan.h"
#include "common/change.h"
#include "common/id.h"
#include "proto/record.pb-c.h"

static bool both_agree(const struct record *r)
{
    return record_int(r, kind_field(r->kind, "by_province"), 0) != 0 &&
           record_int(r, kind_field(r->kind, "by_commune"), 0) != 0;
}

bool cause_agreed(const struct record *r)
{
    return both_agree(r);
}

bool remedy_agreed(const struct record *r)
{
    return both_agree(r);
}

int32_t plan_opened(const struct record *r)
{
    int64_t opened = record_int(r, kind_field(r->kind, "opened"), 0);
    return opened != 0 ? (int32_t)opened : id_day(&r->id);
}

bool plan_runs(const struct record *r, int32_t day)
{
    return record_int(r, kind_field(&kind_plan, "state"), 0) == HV__PLAN_STATE__RUNNING &&
           plan_opened(r) <= day;
}

bool step_is_late(const struct record *r, int32_t day)
{
    int64_t state = record_int(r, kind_field(&kind_step, "state"), 0);
    int due = kind_field(&kind_step, "due");
    return record_has(r, due) && record_int(r, due, 0) < day && state != HV__STEP_STATE__DONE &&
           state != HV__STEP_STATE__GIVEN_UP;
}
