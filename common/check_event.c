/* What is doubtful in an event among those of its member. */
#include "common/check.h"
#include "common/date.h"
#include "common/standing.h"
#include "proto/record.pb-c.h"

/* An event of the other direction on the same day: the order of the two decides, and only full dates tell it.
 */
static bool meets_other(const struct standing_event *events, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (i != at && date_last_day(events[i].date) == date_last_day(events[at].date) &&
            standing_enters(events[i].type) != standing_enters(events[at].type))
            return true;
    return false;
}

enum event_doubt check_event_doubt(struct standing_event *events, size_t count, const struct id *which)
{
    bool stands = true, dead = false;
    count = standing_order(events, count);
    for (size_t i = 0; i < count; i++) {
        bool enters = standing_enters(events[i].type);
        /* The first event tells what was before it: whoever enters was not there. */
        bool changes = !dead && (i == 0 || enters != stands);
        if (id_equal(&events[i].id, which)) {
            if (meets_other(events, count, i))
                return EVENT_SAME_DAY;
            return changes ? EVENT_COUNTS : dead ? EVENT_AFTER_DEATH : EVENT_CHANGES_NOTHING;
        }
        stands = enters;
        dead |= events[i].type == HV__EVENT_TYPE__DIED;
    }
    return EVENT_COUNTS;
}
