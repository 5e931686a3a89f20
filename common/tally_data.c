#include "common/tally_rules.h"

const struct tally_report tally_data = {.token = "data", .label = {"Dữ liệu hội viên", "Member data"}};
