/* The database's structure: migrations, rights of the server's role, and whether the registry fits. */
#ifndef HV_SCHEMA_H
#define HV_SCHEMA_H

#include "common/fault.h"
#include <stdbool.h>

struct db;

/* Brings the database of this connection (of the owner, or of who may become it) to the newest version:
 * applies the migrations that are missing, each in a transaction, grants the server's role what it needs, and
 * checks that every field of the registry has its column. ERR_SCHEMA says what is wrong, ERR_BUSY that
 * servers are connected. Applying nothing twice, it may be called at any time. */
enum err schema_migrate(const char *connection, struct fault *f) HV_MUST_USE;

/* Number of the newest migration that this program carries. */
int schema_version(void);

/* Whether the database has this program's version; on any connection. ERR_SCHEMA. */
enum err schema_check(struct db *db, struct fault *f) HV_MUST_USE;

/* Holds the schema for a session: servers together (`shared`), the migrator alone. ERR_SCHEMA or ERR_BUSY. */
enum err schema_lock(struct db *db, bool shared, struct fault *f) HV_MUST_USE;

#endif
