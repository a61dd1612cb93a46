/*
 * pod.h - a pod being turned into services of compose
 *
 * One pod of a workload: the replica of a StatefulSet, or what stands for all of a Deployment's. The files that make
 * environment, mounts and the service itself share it.
 */
#ifndef YARE_COMPOSE_POD_H
#define YARE_COMPOSE_POD_H

#include "compose/cluster.h"

struct pod {
    struct cluster *cluster;
    const struct cluster_object *workload;
    struct value template; /* metadata and spec of the pod */
    struct value spec;
    struct slice name;     /* of the pod, its host name and its service */
    size_t index;          /* in a StatefulSet */
    struct map *volumes;   /* top level of the compose file, filled on the way */
    struct map *configs;
};

/* A text in which compose is to leave dollars alone. */
struct slice pod_escape(struct arena *a, struct slice text);

/* --- pod_environment.c ----------------------------------------------------------------------------------------- */

/* The environment of a container: envFrom below env, values out of ConfigMaps and Secrets put in, $(NAME) replaced.
   A value that is not among the rendered objects is null: compose takes it from the shell. */
struct value pod_environment(struct pod *pod, struct value container);

/* `command` or `args` with $(NAME) replaced, as a list; nil where there is none. `environment` is the container's. */
struct value pod_words(struct pod *pod, struct value container, const char *key, struct value environment);

/* The bytes of a key of a ConfigMap or Secret; false where it has none, or none that is text. */
bool pod_data(struct pod *pod, const struct cluster_object *object, struct slice key, struct slice *out);

/* --- pod_mounts.c ------------------------------------------------------------------------------------------------ */

/* Adds `volumes`, `configs` and `tmpfs` of a container to its service. */
void pod_add_mounts(struct pod *pod, struct value container, struct map *service);

/* --- pod_services.c ---------------------------------------------------------------------------------------------- */

/* Adds the services of the pod's containers. `depends` (service names; may be empty) must be up before. */
void pod_add_services(struct pod *pod, struct map *services, struct value depends);

#endif
