#include "server/handle.h"

const struct handler handlers[] = {
    {HV__REQUEST__BODY_ENROL, "enrol", LANE_SYNC, ROLE_BIT(ROLE_CODE), MODE_WRITE, handle_enrol},
    {HV__REQUEST__BODY_SYNC, "sync", LANE_SYNC, ROLE_BIT(ROLE_COMMUNE) | ROLE_BIT(ROLE_REPORTER), MODE_WRITE,
     handle_sync},
    {HV__REQUEST__BODY_TARGET, "target", LANE_REPORT, ROLE_BIT(ROLE_COMMUNE), MODE_READ, handle_target},
    {HV__REQUEST__BODY_PROVINCE, "province", LANE_REPORT, ROLE_BIT(ROLE_REPORTER), MODE_READ,
     handle_province},
    {HV__REQUEST__BODY_COMMUNE, "commune", LANE_REPORT, ROLE_BIT(ROLE_REPORTER), MODE_READ, handle_commune},
    {HV__REQUEST__BODY_TALLY, "tally", LANE_REPORT, ROLE_BIT(ROLE_COMMUNE) | ROLE_BIT(ROLE_REPORTER),
     MODE_READ, handle_tally},
    {HV__REQUEST__BODY_UNIT, "unit", LANE_REPORT, ROLE_BIT(ROLE_REPORTER), MODE_READ, handle_unit},
    {HV__REQUEST__BODY_SEEN, "seen", LANE_REPORT, ROLE_BIT(ROLE_REPORTER), MODE_READ, handle_seen},
    {HV__REQUEST__BODY_FIGURES, "figures", LANE_SYNC, ROLE_BIT(ROLE_REPORTER), MODE_WRITE, handle_figures},
    {HV__REQUEST__BODY_RESULT, "result", LANE_REPORT, ROLE_BIT(ROLE_REPORTER), MODE_READ, handle_result},
};

const size_t handler_count = sizeof handlers / sizeof handlers[0];

const struct handler *handler_find(int body)
{
    for (size_t i = 0; i < handler_count; i++)
        if ((int)handlers[i].body == body)
            return &handlers[i];
    return NULL;
}
