/*
 * cluster.h - rendered objects as they refer to each other
 *
 * All objects of one or more releases, each with its release; found by kind, namespace and name, and Services by the
 * pods they select. What cannot be carried over to compose is noted here, too, in the order it was met. Everything
 * lives in the arena; objects are the caller's.
 */
#ifndef YARE_COMPOSE_CLUSTER_H
#define YARE_COMPOSE_CLUSTER_H

#include "base/buffer.h"
#include "value/field.h"

struct cluster_object {
    struct value object;
    struct slice release;
    struct slice kind;
    struct slice name;
    struct slice name_space; /* its own, or the release's */
};

struct cluster {
    struct arena *arena;
    struct slice forwarder; /* image of socat, for ports that a Service changes */
    struct cluster_object *objects;
    size_t count;
    size_t cap;
    struct slice *losses; /* sentences */
    size_t loss_count;
    size_t loss_cap;
};

void cluster_init(struct cluster *c, struct arena *a);

/* Adds an object of a release; what is no object is left out. */
void cluster_add(struct cluster *c, struct value object, struct slice release, struct slice release_namespace);

/* The object, or null. */
const struct cluster_object *cluster_find(const struct cluster *c, const char *kind, struct slice name_space,
                                          struct slice name);

/* How many objects of the kinds that become services have the name, in all namespaces. */
size_t cluster_count_workloads(const struct cluster *c, struct slice name);

/* Whether objects of the kind run pods from a template: Deployment, StatefulSet, DaemonSet, Job. */
bool cluster_is_workload(const struct cluster_object *object);

/* Whether a Service sends its traffic to pods with these labels. */
bool cluster_selects(const struct cluster_object *service, const struct cluster_object *workload, struct value labels);

/* Notes that something of an object is lost; the sentence is made like printf's and follows the object's name. A loss
   that was noted before is not noted again. */
void cluster_lose(struct cluster *c, const struct cluster_object *object, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
