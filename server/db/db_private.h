/* What db*.c share among themselves. */
#ifndef HV_DB_PRIVATE_H
#define HV_DB_PRIVATE_H

#include "server/db.h"

struct pg_result;

/* Takes the PGresult over; NULL when memory is out. */
struct db_result *db_result_make(struct pg_result *rows);

/* The prepared statements of a connection, by name, with the types of their parameters: a wrong parameter is
 * told as the program's mistake and not taken for wrong data. */
struct prepared {
    char *name;
    int count;
    unsigned *types; /* room for `count` */
};
struct prepared_list {
    struct prepared *list; /* sorted */
    size_t count;
};
const struct prepared *prepared_find(const struct prepared_list *all, const char *name);

/* The new entry, its types to be filled; NULL when memory is out. */
struct prepared *prepared_add(struct prepared_list *all, const char *name, int count);
void prepared_free(struct prepared_list *all);

enum err prepared_check(const struct prepared *s, const char *name, const struct db_params *p,
                        struct fault *f) HV_MUST_USE;

#endif
