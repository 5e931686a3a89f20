/* The lists of codes that fields of proto/record.proto take, with their words. Each ends with a NULL token.
 * Values of a set are numbers of bits, 0 to 30; those of an open list only count. */
#ifndef HV_CODES_H
#define HV_CODES_H

#include "common/kind.h"

extern const struct code group_kind_codes[];
extern const struct code basis_codes[];
extern const struct code channel_codes[];
extern const struct code sex_codes[];
extern const struct code category_codes[];
extern const struct code residence_codes[];
extern const struct code ethnic_list_codes[];
extern const struct code education_codes[];
extern const struct code profession_codes[];
extern const struct code political_theory_codes[];
extern const struct code event_type_codes[];
extern const struct code household_class_codes[]; /* kind_people.c */

/* codes_work.c */
extern const struct code purpose_codes[];       /* open */
extern const struct code activity_form_codes[]; /* set (DOMAIN 7) */
extern const struct code topic_codes[];         /* open */
extern const struct code post_type_codes[];
extern const struct code course_topic_codes[]; /* set; the first six are those of the guidance's row 9 */
extern const struct code ask_state_codes[];

/* codes_plan.c */
extern const struct code audience_codes[];
extern const struct code plan_state_codes[];
extern const struct code step_state_codes[];
extern const struct code cause_codes[];  /* open (DOMAIN 8) */
extern const struct code remedy_codes[]; /* open (DOMAIN 8) */

/* codes_means.c */
extern const struct code exempt_codes[]; /* set */
extern const struct code entry_type_codes[];
extern const struct code fund_level_codes[];
extern const struct code fund_source_codes[];    /* open; DOMAIN 7, HD 07/HD-ĐCT-TC of 2017 */
extern const struct code fund_purpose_codes[];   /* open */
extern const struct code support_type_codes[];   /* open; the guidance's row 4 */
extern const struct code support_source_codes[]; /* open */
extern const struct code effect_codes[];
extern const struct code award_level_codes[];
extern const struct code award_codes[];        /* open */
extern const struct code award_ground_codes[]; /* open */

/* codes_said.c: further words by which lists of communes say a code, between '|'; ends with a NULL list. A
 * word is no token, label or word of another code of its list, whatever the tones and case. */
struct code_said {
    const struct code *codes;
    const char *token;
    const char *words;
};
extern const struct code_said codes_said[];

/* Words that lists leave out before what tells a code apart: "Nghèo" for "Hộ nghèo"; ends with NULL. */
extern const char *const codes_generic[];

#endif
