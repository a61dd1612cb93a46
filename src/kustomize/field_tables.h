/*
 * field_tables.h - the field specs that Kustomize has built in
 */
#ifndef YARE_KUSTOMIZE_FIELD_TABLES_H
#define YARE_KUSTOMIZE_FIELD_TABLES_H

#include "kustomize/field_spec.h"

struct default_reference {
    struct default_field target;
    const struct default_field *referrers;
};

/* Rows of each table; a null path ends one. A table without rows is null. */
extern const struct default_field *const default_fields[FIELD_TABLES];

/* A null kind ends it. */
extern const struct default_reference default_references[];

#endif
