/*
 * app_facts.h - what an Application has to know of the objects it deploys
 *
 * Objects are shown one by one; what is remembered lives in the arena and shares their texts, which must live as long.
 */
#ifndef YARE_ARGOCD_APP_FACTS_H
#define YARE_ARGOCD_APP_FACTS_H

#include "argocd/app_write.h"

struct app_facts {
    struct arena *arena;
    struct list *objects; /* of one release */
    struct app_kind *kinds; /* without namespace, of all releases, each once */
    size_t kind_count;
};

void app_facts_init(struct app_facts *facts, struct arena *a);

/* Forgets the objects, not the kinds: the next release begins. */
void app_facts_next_release(struct app_facts *facts);

/* Looks at an object. */
void app_facts_add(struct app_facts *facts, struct value object);

/* Notes a kind without namespace that Argo CD itself makes an object of. */
void app_facts_add_kind(struct app_facts *facts, struct slice group, struct slice kind);

/* The differences that Argo CD is known to see although nobody made them: replicas that an autoscaler sets, fields that
   the API server adds to volume claim templates, certificates that a controller injects. A list for
   spec.ignoreDifferences, or nil where there are none. */
struct value app_facts_ignored(const struct app_facts *facts);

#endif
