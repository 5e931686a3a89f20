/* Recounting by a program of its own: what was exported and what reports said is read by the sqlite3 shell,
 * and the SQL beside the test that asks (recount/) finds every figure again and says which differ. */
#ifndef HV_RECOUNT_H
#define HV_RECOUNT_H

#include "tests/support/support.h"
#include <stdio.h>

/* Reports whose rules have no SQL yet; recount_end() demands it of all others. */
extern const char *const recount_lacking[];

struct recount {
    char folder[PATH_ROOM];
    FILE *commands; /* a line each, run beside each other */
    FILE *script;   /* of the sqlite3 shell: what comes before the figures */
    FILE *said;     /* and what they are compared with */
};

void recount_begin(struct recount *r);

/* Period number 1, 2 ...; the last one ends today. Dates as yyyy-mm-dd. */
void recount_period(struct recount *r, int number, const char *first, const char *last);

/* All kinds that lie in the unit's stream, exported by the program with these words before its command
 * ("... hoivien --dir ..."). */
void recount_export(struct recount *r, const char *code, bool is_province, const char *program);

/* A CSV file as a table, which the SQL knows by this name; `more`: added to what is there. */
void recount_table(struct recount *r, const char *table, bool more, const char *csv);

/* What every report says: by program, with its further words (a unit's code, a period). `scope` is commune or
 * province, `source` says who said it. */
void recount_reports(struct recount *r, int period, const char *scope, const char *source,
                     const char *program, const char *arguments);

/* What a report on targets says (raw_target, raw_commune, raw_province), about the unit. */
void recount_told(struct recount *r, const char *table, int period, const char *source, const char *code,
                  const char *command);

/* Runs it all. What differs, a line each; then what was compared, which begins with '='. malloc'ed. */
char *recount_end(struct recount *r);

#endif
