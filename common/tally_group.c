#include "common/tally_rules.h"

const struct tally_report tally_group = {.token = "groups", .label = {"Tổ chức của hội viên", "Groups"}};
