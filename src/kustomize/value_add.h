/*
 * value_add.h - the plugin ValueAddTransformer
 */
#ifndef YARE_KUSTOMIZE_VALUE_ADD_H
#define YARE_KUSTOMIZE_VALUE_ADD_H

#include "kustomize/build.h"
#include "kustomize/plugin_config.h"

/* Writes the value into fields of the selected objects. */
bool value_add_apply(struct target *t, const struct plugin_config *config, struct resource_map *map,
                     struct diag *diag);

#endif
