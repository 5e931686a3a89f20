/* SQL files as they lie in the tree, embedded at build. Each table ends with a NULL name. */
#ifndef HV_EMBEDDED_H
#define HV_EMBEDDED_H

struct embedded {
    const char *name; /* "target_report.sql" */
    const char *text;
};

extern const struct embedded embedded_sql[];        /* server/sql, by name */
extern const struct embedded embedded_admin[];      /* server/admin/sql, by name */
extern const struct embedded embedded_migrations[]; /* server/migrations, in their order */

#endif
