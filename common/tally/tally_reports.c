/* The reports there are; a new one is a file of rules and a line here. */
#include "common/tally.h"
#include "common/tally_rules.h"
#include <string.h>

const struct tally_report *const tally_reports[] = {
    &tally_group,   &tally_activity, &tally_officer,      &tally_data,      &tally_change, &tally_plan,
    &tally_support, &tally_model,    &tally_commendation, &tally_programme, &tally_fund,
};
const size_t tally_report_count = sizeof tally_reports / sizeof tally_reports[0];
