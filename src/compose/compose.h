/*
 * compose.h - rendered objects as a compose file
 *
 * For work on one machine: workloads become services of docker compose, their ConfigMaps and Secrets configs in the
 * file itself, Services names in one network. What has no counterpart is listed in comments at the top.
 */
#ifndef YARE_COMPOSE_COMPOSE_H
#define YARE_COMPOSE_COMPOSE_H

#include "base/diag.h"
#include "compose/cluster.h"

/* Appends the compose file of project `name`; losses are added to the cluster. */
bool compose_write(struct cluster *cluster, struct slice name, struct buffer *out, struct diag *diag);

#endif
