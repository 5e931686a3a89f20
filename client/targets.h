/* The commune's targets with the figures of this register, so that local changes are counted in, online or
 * not; and their words, for the commands that show them. Texts lie in the client's arena. */
#ifndef HV_TARGETS_H
#define HV_TARGETS_H

#include "client/cmd.h"
#include "common/target.h"

struct targets {
    Hv__TargetReport *report; /* the last one fetched, with this register's numerators and verdicts */
    struct outbox_state state;
    int32_t day;
};

/* With the figures of the day, today (0) or an earlier one: the register's records are dated. The register
 * must be open. ERR_NO_SUCH_RECORD with a sentence when no report was fetched yet. */
enum err targets_load_at(struct client *c, int32_t day, struct targets *out, struct fault *f) HV_MUST_USE;

/* Whose figures these are, of which day, and that changes not yet sent are counted in. */
void targets_say_head(struct client *c, const struct targets *t);

const char *targets_date(struct client *c, int32_t date); /* "" for 0 */
const char *targets_count(struct client *c, int64_t n);
const char *targets_ratio(struct client *c, int64_t num, int64_t den); /* "55,36 %" */
const char *targets_code(const struct client *c, const struct code *codes, int value);
const char *targets_measure(const struct client *c, const Hv__TargetLine *line);

/* What the target asks: "Hội viên cư trú tại địa bàn từ 50,00 %". */
const char *targets_wish(struct client *c, const Hv__TargetLine *line);

bool targets_is_ratio(const Hv__TargetLine *line);

#endif
