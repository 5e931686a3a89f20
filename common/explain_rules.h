/* The rules by which members are counted and groups meet, each with where it comes from and since when it is
 * in force, as far as that is known; what is not known is said to be not known. */
#ifndef HV_EXPLAIN_RULES_H
#define HV_EXPLAIN_RULES_H

#include "common/kind.h"
#include <stdint.h>

enum rule_name {
    RULE_ORDINARY,
    RULE_ORGANISATION,
    RULE_HONORARY,
    RULE_HONORARY_APART,
    RULE_NOT_YET,
    RULE_AS_LISTED,
    RULE_OFFICER,
    RULE_CORE,
    RULE_RESIDENCE,
    RULE_SIX_MONTHS,
    RULE_RESIDENCE_NOT_GIVEN,
    RULE_GROUPS,
    RULE_ONCE,
    RULE_MOVED,
    RULE_GONE,
    RULE_DAYS,
    RULE_PRESENT,
    RULE_VOID,
    RULE_MEASURE,
    RULE_CARD,
    RULE_REACHED,
    RULE_RECORDS,
    RULE_PERIOD,
    RULE_EACH_GROUP,
    RULE_UNITS,
    RULE_DENOMINATOR,
    RULE_DENOMINATOR_ELIGIBLE,
    RULE_DENOMINATOR_PRESENT,
    RULE_HOUSEHOLDS,
    RULE_DENOMINATOR_HOUSEHOLDS,
    RULE_INTEGERS,
    RULE_WORDS,
    RULE_TO,
    RULE_AT_MEETINGS,
    RULE_FORMS,
    RULE_MIXED,
    RULE_ZALO,
    RULE_COUNT
};

enum rule_topic { TOPIC_CATEGORY, TOPIC_RATIO, TOPIC_ACTIVITY, TOPIC_COUNT };

/* What a rule stands on. */
enum rule_basis {
    BASIS_DOCUMENT, /* a document or event that can be named */
    BASIS_REPORTED, /* in papers of the union, of which the name was not kept */
    BASIS_GENERAL,  /* generally known, not compared with the wording */
    BASIS_INFERRED, /* no document was found: how this program reads the other rules */
    BASIS_PROGRAM,  /* how this program keeps records */
    BASIS_COUNT
};

struct rule {
    const char *token;
    enum rule_topic topic;
    enum rule_basis basis;
    struct text_pair text;     /* whole sentences */
    struct text_pair document; /* BASIS_DOCUMENT: what and where */
    int32_t said;              /* partial date of the document; 0: not known */
    int32_t since;             /* partial date, in force since; 0: not known */
};

extern const struct rule rules[RULE_COUNT];
extern const struct code topic_words[], basis_words[]; /* values of the two enums */

/* Where the rule comes from, a sentence without its dates. */
struct text_pair rule_source(const struct rule *r);

#endif
