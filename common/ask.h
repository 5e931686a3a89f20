/* What a member may be asked for, and how far that has come (guidance, task 7: members give what is missing
 * of their own will). Pure; both sides run it. */
#ifndef HV_ASK_H
#define HV_ASK_H

#include "common/people.h"

/* Whether it makes sense to ask somebody for a field of the kind: optional words, numbers and codes. Not what
 * is required or decided by the union itself (yes and no, references), not notes, not dates (those of members
 * belong to another field or say something only where they are given), not the category (ordinary when not
 * given) and not the list that an ethnic code is of. */
bool field_is_asked(const struct kind *kind, size_t i);

/* Those fields of members with their words; values are the fields' numbers, tokens their options' names. */
extern const struct code ask_field_codes[];
#define ASK_FIELDS 16

/* Members of all categories are asked, women not yet members are not. */
bool category_is_asked(int32_t category);

/* What decides besides her own record: what was asked for, and the households with their heads. */
struct asks {
    struct records questions;  /* by id */
    struct records households; /* by id */
};
enum err asks_load(const struct tally_input *in, struct asks *out, struct fault *f) HV_MUST_USE;

/* Whether this member may lack the field: nationality only an honorary member, whom the Charter does not ask
 * to be Vietnamese; the head of her household only who has no household of its own record, which names its
 * head; her relation to that head who is not named like it. */
bool member_is_asked(const struct asks *asks, const struct record *member, size_t i);

enum ask_cell { ASK_FILLED, ASK_MISSING, ASK_ASKED, ASK_DECLINED, ASK_NO_CELL };

/* How it stands with field `i` of the member: what is filled in needs no question. Who was asked and has not
 * answered is still to be asked. ASK_NO_CELL: neither filled in nor to be asked (member_is_asked). */
enum ask_cell ask_cell(const struct asks *asks, const struct record *member, size_t i);

/* The id of the question about the field with this number. */
struct id ask_id(const struct id *member, uint32_t number);

#endif
