/* What `explain` tells, as CSV for programs. */
#ifndef HV_EXPLAIN_PLAIN_H
#define HV_EXPLAIN_PLAIN_H

#include "client/targets.h"
#include "common/explain.h"

/* One target and how its figure arises. */
struct explained {
    struct targets targets;
    size_t number; /* as the list of targets shows it */
    Hv__TargetLine *line;
    const struct measure *measure; /* NULL: this program does not know it; counts are empty */
    struct reason_counts counts;
};

/* One line a figure: step, key, value; reasons also have whether they count; reasons, what is counted once
 * and the denominator have their rule with its source and dates. Keys are tokens. */
void explain_plain_target(enum lang lang, const struct explained *x);

/* One line a rule. */
void explain_plain_rules(enum lang lang);

#define EXPLAIN_PLAIN_HELP_VI                                                                                                                \
    "Với --plain: mỗi dòng là bước, mục và giá trị. Bước members có số hồ sơ theo từng lý do (true là được " \
    "tính); bước compare có left × left-factor so với right × right-factor; bước change có kết quả mới và "              \
    "số "                                                                                                                                  \
    "hội viên phải thêm (số âm: bớt)."
#define EXPLAIN_PLAIN_HELP_EN                                                                                \
    "With --plain: a line is a step, a key and a value. Step members has the records by reason (true: they " \
    "count); step compare has left × left-factor against right × right-factor; step change has a new "     \
    "verdict "                                                                                               \
    "and how many members more it takes (negative: fewer)."

#endif
