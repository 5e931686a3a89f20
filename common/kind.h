/* The registry of kinds: everything the layers need to know of a record, once.
 *
 * A kind is a message of proto/record.proto, a table in both databases and a row here. Field i of a kind is
 * the i-th field of its message in the order of the numbers; its name and type come from the descriptor, so a
 * row only adds what a descriptor can't say. Validation, forms, CSV, outbox, batches, change log and
 * statements read this. */
#ifndef HV_KIND_H
#define HV_KIND_H

#include "common/fault.h"
#include "common/lang.h"
#include "common/value.h"
#include <protobuf-c/protobuf-c.h>

enum field_type { FIELD_TEXT, FIELD_INT, FIELD_BOOL, FIELD_CODE, FIELD_SET, FIELD_DATE, FIELD_ID };

/* What a text or number must look like beyond its type. */
enum check {
    CHECK_NONE,
    CHECK_NAME,    /* of a person: a letter at least, and only what names carry */
    CHECK_TITLE,   /* of a thing: a letter or digit at least */
    CHECK_LINES,   /* several lines are allowed */
    CHECK_CITIZEN, /* 9 or 12 digits (DOMAIN 9) */
    CHECK_PHONE,
    CHECK_DATE, /* partial date */
    CHECK_DAY,  /* full date */
    CHECK_TWO_DIGITS,
    CHECK_COUNT,       /* a number, not negative and not beyond what there can be */
    CHECK_MONEY,       /* whole đồng above zero, at most MONEY_MAX */
    CHECK_BALANCE,     /* whole đồng, below zero too */
    CHECK_PERCENT,     /* 0 to 100 */
    CHECK_YEAR,        /* 1930 to 2200 */
    CHECK_MONTHS,      /* of a year: 1 to 12 */
    CHECK_COMMUNES,    /* codes of communes between commas */
    CHECK_MEMBER_FIELD /* the number of a field of members that may be asked for (common/ask.h) */
};

enum sensitivity { OPEN, PERSONAL, SENSITIVE }; /* SENSITIVE: ethnic origin, religion, politics (DOMAIN 9) */
/* Who may set a field of a record that lies in a commune's stream. */
enum owner { OWNER_COMMUNE, OWNER_PROVINCE, OWNER_BOTH };
/* In whose streams records of a kind may lie. */
enum home { HOME_COMMUNE, HOME_PROVINCE, HOME_EITHER };

/* A code of a closed list with its words; a list ends with a NULL token. `token` is what CSV and options take
 * too. */
struct code {
    int32_t value;
    const char *token;
    struct text_pair label;
};

struct field {
    const char *name; /* of the message's field; the column's name in both databases */
    struct text_pair label;
    enum check check;
    enum sensitivity sensitivity;
    enum owner owner;
    bool required;
    bool needed;  /* a new record must have it, yet a relation's id is not computed from it */
    uint32_t max; /* FIELD_TEXT: bytes at most; 0: 500. CHECK_COUNT: the number at most; 0: COUNT_MAX */
    const struct code
        *codes; /* FIELD_CODE; FIELD_SET: numbers of bits; FIELD_TEXT: an open list, whose tokens are kept */
    const char *refers;  /* FIELD_ID: name of the kind referred to */
    const char *aliases; /* further CSV headings, separated by '|' */
};

struct kind {
    uint32_t number;   /* on the wire and in logs; never re-used */
    const char *name;  /* "member": the command's name */
    const char *table; /* "members" */
    struct text_pair label;
    struct text_pair one, all; /* the same within a sentence: "a member", "members" */
    const ProtobufCMessageDescriptor *descriptor;
    const struct field *fields;
    size_t field_count;
    bool append_only; /* neither edited nor voided */
    bool relation;    /* the id is computed from all required fields, in order (id_of_relation) */
    enum home home;   /* HOME_PROVINCE: its communes read them */
    bool read_below;  /* HOME_EITHER: communes read those of their province, too */
    bool shared;      /* lies in a commune's stream, and its province reads and writes there too */
};

/* The rows of a kind's fields, for its initializer. */
#define KIND_FIELDS(list) .fields = (list), .field_count = sizeof(list) / sizeof((list)[0])

/* All kinds, in an order in which references point backwards. */
extern const struct kind *const kinds[];
extern const size_t kind_count;

extern const struct kind kind_group, kind_household, kind_member, kind_membership, kind_event;
extern const struct kind kind_activity, kind_attendance, kind_officer, kind_post, kind_course, kind_training,
    kind_question;
extern const struct kind kind_programme, kind_notice, kind_plan, kind_cause, kind_remedy, kind_step,
    kind_visit, kind_progress, kind_seen;
extern const struct kind kind_pairing, kind_rate, kind_resource, kind_support, kind_entry, kind_reversal,
    kind_closing, kind_model, kind_replication, kind_commendation;

/* NULL when there is none. */
const struct kind *kind_by_name(const char *name);
const struct kind *kind_by_number(uint32_t number);

/* Position of the kind in `kinds`. */
size_t kind_index(const struct kind *kind);

/* Index of a field, or -1. */
int kind_field(const struct kind *kind, const char *name);
int kind_field_by_number(const struct kind *kind, uint32_t number);

enum field_type field_type(const struct kind *kind, size_t i);

static inline uint32_t field_number(const struct kind *kind, size_t i)
{
    return kind->descriptor->fields[i].id;
}

static inline uint64_t field_bit(const struct kind *kind, size_t i)
{
    return UINT64_C(1) << field_number(kind, i);
}

/* Whether communes read the records of the kind that lie in the streams above theirs. */
static inline bool kind_is_read_below(const struct kind *kind)
{
    return kind->home == HOME_PROVINCE || kind->read_below;
}

/* Grows with every field and kind: what a client tells the server, and compares to know that it must fetch
 * anew. */
uint32_t kind_schema(void);

/* Checks that the registry fits the descriptors (names, order, numbers, code lists, references); the first
 * disagreement is the fault. Tests and every program's start call it. */
enum err kind_verify(struct fault *f) HV_MUST_USE;

/* Code by value or by token; NULL when not in the list. */
const struct code *code_by_value(const struct code *codes, int64_t value);
const struct code *code_by_token(const struct code *codes, const char *token);

#endif
