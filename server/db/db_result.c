/* Typed reading of binary results. */
#include "server/db/db_private.h"
#include <endian.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

struct db_result {
    PGresult *rows;
};

struct db_result *db_result_make(struct pg_result *rows)
{
    struct db_result *r = malloc(sizeof *r);
    if (r == NULL)
        PQclear(rows);
    else
        r->rows = rows;
    return r;
}

int db_rows(const struct db_result *r)
{
    return PQntuples(r->rows);
}

int64_t db_affected(const struct db_result *r)
{
    return strtoll(PQcmdTuples(r->rows), NULL, 10);
}

bool db_is_null(const struct db_result *r, int row, int column)
{
    return PQgetisnull(r->rows, row, column);
}

int32_t db_get_int4(const struct db_result *r, int row, int column)
{
    return (int32_t)db_get_int8(r, row, column);
}

int64_t db_get_int8(const struct db_result *r, int row, int column)
{
    const char *at = PQgetvalue(r->rows, row, column);
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (PQgetlength(r->rows, row, column)) {
    case 2:
        memcpy(&two, at, sizeof two);
        return (int16_t)be16toh(two);
    case 4:
        memcpy(&four, at, sizeof four);
        return (int32_t)be32toh(four);
    case 8:
        memcpy(&eight, at, sizeof eight);
        return (int64_t)be64toh(eight);
    default:
        return 0;
    }
}

bool db_get_bool(const struct db_result *r, int row, int column)
{
    return PQgetlength(r->rows, row, column) == 1 && *PQgetvalue(r->rows, row, column) != 0;
}

const char *db_get_text(const struct db_result *r, int row, int column)
{
    return PQgetvalue(r->rows, row, column);
}

struct bytes db_get_bytes(const struct db_result *r, int row, int column)
{
    if (PQgetisnull(r->rows, row, column))
        return (struct bytes){NULL, 0};
    return (struct bytes){(const uint8_t *)PQgetvalue(r->rows, row, column),
                          (size_t)PQgetlength(r->rows, row, column)};
}

struct id db_get_uuid(const struct db_result *r, int row, int column)
{
    struct id id = {{0}};
    if (PQgetlength(r->rows, row, column) == (int)sizeof id.b)
        memcpy(id.b, PQgetvalue(r->rows, row, column), sizeof id.b);
    return id;
}

void db_free(struct db_result **r)
{
    if (*r == NULL)
        return;
    PQclear((*r)->rows);
    free(*r);
    *r = NULL;
}
