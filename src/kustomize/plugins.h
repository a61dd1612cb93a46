/*
 * plugins.h - the fields `generators`, `transformers` and `validators`
 *
 * Each names objects whose kind is that of a builtin plugin. Most plugins are what a field of a kustomization does,
 * with field specs of their own; they run as a kustomization that has only that field.
 */
#ifndef YARE_KUSTOMIZE_PLUGINS_H
#define YARE_KUSTOMIZE_PLUGINS_H

#include "kustomize/build.h"

transform_fn plugin_generators_run;
transform_fn plugin_transformers_run;
transform_fn plugin_validators_run;

#endif
