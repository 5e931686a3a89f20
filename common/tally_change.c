#include "common/tally_rules.h"

const struct tally_report tally_change = {.token = "changes",
                                          .label = {"Biến động hội viên", "Changes of members"}};
