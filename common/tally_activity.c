#include "common/tally_rules.h"

const struct tally_report tally_activity = {.token = "activitys", .label = {"Sinh hoạt", "Activities"}};
