/* The server's only door: sockets, gate, queues, workers, signals. */
#ifndef HV_FRONT_H
#define HV_FRONT_H

#include "common/keys.h"
#include "server/cluster.h"
#include "server/config.h"

/* Serves until SIGTERM or SIGINT, then answers what is queued and returns ERR_OK. `cluster` is looked after
 * meanwhile, NULL when PostgreSQL is not ours. */
enum err front_run(const struct config *c, const struct curve_pair *keys, struct cluster *cluster,
                   struct fault *f) HV_MUST_USE;

#endif
