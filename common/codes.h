/* The closed lists of codes that fields of proto/record.proto take, with their words. Each ends with a NULL
 * token. */
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

#endif
