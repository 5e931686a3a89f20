/* The private PostgreSQL of a data folder: made when new, started, adopted when it survived its server,
 * looked after, stopped. */
#ifndef HV_CLUSTER_H
#define HV_CLUSTER_H

#include "server/config.h"

struct cluster;

/* Whether a data folder holds a PostgreSQL already. */
bool cluster_exists(const char *data);

/* Makes DIR when new (cluster, database, roles, tables), starts its PostgreSQL or adopts the one that runs,
 * and fills the connection strings of `c`. As server (`keep`) it holds DIR for itself; ERR_BUSY when another
 * server has it. PostgreSQL refuses root: ERR_NOT_ALLOWED says what to do. */
enum err cluster_open(struct arena *a, struct config *c, bool keep, struct cluster **out,
                      struct fault *f) HV_MUST_USE;

/* Starts PostgreSQL again when it has died, not more often than a back-off allows. To be called about every
 * second. */
void cluster_check(struct cluster *c);

/* Stops PostgreSQL (fast): a server always, the admin program only when it started it and no server has come
 * meanwhile. */
void cluster_close(struct cluster **c);

#endif
