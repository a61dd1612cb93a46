/*
 * field_tables.h - the field specs that Kustomize has built in
 */
#ifndef YARE_KUSTOMIZE_FIELD_TABLES_H
#define YARE_KUSTOMIZE_FIELD_TABLES_H

#include "kustomize/field_spec.h"

/* Each table, sorted. */
extern const struct field_specs default_fields[FIELD_TABLES];

/* Fields that name objects, by the kind of these. */
extern const struct back_reference default_references[];
extern const size_t default_reference_count;

#endif
