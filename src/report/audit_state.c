/*
 * audit_state.c - findings in state files
 */
#include "report/audit_state.h"

#include "helmfile/fields.h"

static void look_at_fields(struct audit *audit, struct value fields, const char *where)
{
    for (uint32_t i = 0; value_is_map(fields) && i < fields.map->len; i++) {
        const struct entry *entry = &fields.map->entries[i];
        if (state_field_effect(entry->key) == FIELD_IN_CLUSTER && entry->value.origin.line)
            audit_add(audit, AUDIT_NO_EFFECT, audit_place(audit, entry->value.origin), SLICE(""),
                      "%s%.*s changes nothing in what is rendered: it is for a cluster", where, SLICE_ARG(entry->key));
    }
}

void audit_state(struct audit *audit, const struct planned_release *release)
{
    if (!release->spec)
        return;
    look_at_fields(audit, release->spec->body, "");
    look_at_fields(audit, field_value(release->spec->state->top, "helmDefaults"), "helmDefaults.");
}
