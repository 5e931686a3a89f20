/* The rows of one statement; between db.c and db_result.c only. */
#ifndef HV_DB_RESULT_H
#define HV_DB_RESULT_H

#include "server/db.h"

struct pg_result;

/* Takes the PGresult over; NULL when memory is out. */
struct db_result *db_result_make(struct pg_result *rows);

#endif
