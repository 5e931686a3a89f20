/* Desks at which random work is done: a clerk's device, or the province in its own stream or a commune's.
 * Records of all kinds are drawn from the registry, with dates that a working day would give them. */
#ifndef HV_DESK_H
#define HV_DESK_H

#include "tests/support/any.h"

#define DESK_KNOWN 600

/* What a register holds that is not void: short ids, and the types of groups. */
struct desk_known {
    int count;
    struct {
        char id[ANY_SHORT];
        int type;
    } list[DESK_KNOWN];
};

/* What all desks share. */
struct office {
    uint64_t random;
    int32_t today;
    int serial;                         /* makes what must differ differ */
    int done, refused;                  /* commands */
    char scratch[PATH_ROOM];            /* a folder for files that are imported */
    struct desk_known known[ANY_KINDS]; /* of the desk that looked last */
};

uint64_t office_below(struct office *o, uint64_t n);
int32_t office_day(const struct office *o, int days_from_today);

struct desk {
    struct office *office;
    enum any_side side;
    char program[2 * PATH_ROOM];
    char register_file[2 * PATH_ROOM];
    char options[32];    /* behind every command */
    const char *commune; /* NULL: the province's own stream */
};

/* A command; what does not fit is refused in words, and nothing else may go wrong. HV_TALK shows refusals. */
void desk_order(const struct desk *d, const char *command);

/* Learns the ids of the desk's register. */
void desk_look(const struct desk *d);

/* The ids of up to `most` records, each behind a blank; "": there is none. Ring of words(). */
const char *desk_some(const struct desk *d, const struct kind *kind, uint64_t most);

/* Whether the desk may make records of the kind. */
bool desk_may_enter(const struct desk *d, const struct kind *kind);

/* Up to `rows` new records by one import; as many as there is what they must refer to. */
void desk_enter(const struct desk *d, const struct kind *kind, uint64_t rows);

/* One field of up to three records; nothing where none may be changed. */
void desk_edit(const struct desk *d, const struct kind *kind);

/* Up to two records are taken for mistakes. */
void desk_void(const struct desk *d, const struct kind *kind);

#endif
