/*
 * plugins.h - the fields `generators`, `transformers` and `validators`
 */
#ifndef YARE_KUSTOMIZE_PLUGINS_H
#define YARE_KUSTOMIZE_PLUGINS_H

#include "kustomize/build.h"

transform_fn plugin_transformers_run;
transform_fn plugin_validators_run;

#endif
