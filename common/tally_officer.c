#include "common/tally_rules.h"

const struct tally_report tally_officer = {.token = "officers",
                                           .label = {"Cán bộ và tập huấn", "Officers and training"}};
