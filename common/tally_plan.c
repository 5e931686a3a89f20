#include "common/tally_rules.h"

const struct tally_report tally_plan = {.token = "plans", .label = {"Kế hoạch hỗ trợ", "Support plans"}};
