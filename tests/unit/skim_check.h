/*
 * skim_check.h - whether skimming and reading agree about a document
 */
#ifndef YARE_TESTS_SKIM_CHECK_H
#define YARE_TESTS_SKIM_CHECK_H

#include "codec/yaml_read.h"
#include "codec/yaml_skim.h"
#include "value/compare.h"

#include <strings.h>

static const struct yaml_skim_entry skim_annotation_entries[] = {{"hook", NULL}, {NULL, NULL}};
static const struct yaml_skim_map skim_annotations = {skim_annotation_entries, true};
static const struct yaml_skim_entry skim_metadata_entries[] = {
    {"name", NULL}, {"annotations", &skim_annotations}, {NULL, NULL}};
static const struct yaml_skim_map skim_metadata = {skim_metadata_entries, false};
static const struct yaml_skim_entry skim_root_entries[] = {
    {"apiVersion", NULL}, {"kind", NULL}, {"metadata", &skim_metadata}, {NULL, NULL}};
static const struct yaml_skim_map skim_root = {skim_root_entries, false};

static const struct yaml_skim_entry *skim_entry_of(const struct yaml_skim_map *wanted, struct slice key)
{
    const struct yaml_skim_entry *entry = wanted->entries;
    while (entry->name && (key.len != strlen(entry->name) || strncasecmp(entry->name, key.ptr, key.len) != 0))
        entry++;
    return entry->name ? entry : NULL;
}

/* The wanted entries of what was read; a wanted value of another kind than skimming gives becomes nil. */
static struct value skim_pick(struct arena *a, struct value v, const struct yaml_skim_map *wanted)
{
    struct map *picked = map_new(a, 4);
    for (uint32_t i = 0; i < v.map->len; i++) {
        struct value below = v.map->entries[i].value;
        const struct yaml_skim_entry *entry = skim_entry_of(wanted, v.map->entries[i].key);
        if (entry && entry->below && below.kind == VALUE_MAP)
            below = skim_pick(a, below, entry->below);
        if (entry)
            map_set(picked, v.map->entries[i].key, below);
    }
    return value_map(picked);
}

/* False: skimming said something else than reading. *knows: it said something. */
static bool skim_agrees(struct slice text, bool *knows)
{
    static const struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct arena a;
    struct value skimmed, read;
    struct yaml_error error;
    arena_init(&a);
    *knows = yaml_skim(&a, text, &skim_root, &skimmed);
    bool agrees = !*knows || (yaml_read(&a, NULL, text, &options, &read, &error) && read.kind == VALUE_MAP &&
                              value_deep_equal(skimmed, skim_pick(&a, read, &skim_root)));
    arena_release(&a);
    return agrees;
}

#endif
