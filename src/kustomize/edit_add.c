/*
 * edit_add.c - kustomize edit add
 */
#include "base/file.h"
#include "kustomize/edit.h"

/* --- lists of files ----------------------------------------------------------------------------------------------- */

/* Adds those that are not there; the kustomization file itself is no part of it. */
static void add_texts(struct edit *e, struct texts *list, const struct texts *more, const char *what,
                      struct diag *diag)
{
    for (size_t i = 0; i < more->count; i++) {
        struct slice path = more->items[i];
        if (slice_is(path, e->file))
            continue;
        if (edit_has_text(list, path))
            diag_warning(diag, "%s %.*s already in kustomization file", what, SLICE_ARG(path));
        else
            texts_add(e->arena, list, path);
    }
}

static bool add_files(struct edit *e, struct texts *list, bool must_exist, const char *what, struct diag *diag)
{
    struct texts found = {NULL, 0, 0};
    if (e->options->no_verify)
        found = *e->words;
    else if (!edit_glob(e->arena, e->words, must_exist, &found, diag))
        return false;
    e->unchanged = found.count == 0;
    add_texts(e, list, &found, what, diag);
    return true;
}

bool edit_add_resource(struct edit *e, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify a resource file");
    return add_files(e, &e->k->resources, true, "resource", diag);
}

bool edit_add_component(struct edit *e, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify a component file");
    return add_files(e, &e->k->components, true, "component", diag);
}

bool edit_add_generator(struct edit *e, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify a yaml file which contains a generator plugin resource");
    return add_files(e, &e->k->generators, false, "generator", diag);
}

bool edit_add_transformer(struct edit *e, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify a yaml file which contains a transformer plugin resource");
    return add_files(e, &e->k->transformers, false, "transformer", diag);
}

bool edit_add_base(struct edit *e, struct diag *diag)
{
    if (e->words->count != 1)
        return diag_error(diag, "must specify a base directory");
    struct slice rest = e->words->items[0];
    struct slice path;
    while (slice_next_piece(&rest, ',', &path)) {
        if (!file_exists(arena_text(e->arena, path)))
            return diag_error(diag, "%.*s does not exist", SLICE_ARG(path));
        if (edit_has_text(&e->k->resources, path))
            return diag_error(diag, "base %.*s already in kustomization file", SLICE_ARG(path));
        texts_add(e->arena, &e->k->resources, path);
    }
    return true;
}

bool edit_add_build_metadata(struct edit *e, struct diag *diag)
{
    struct texts words = {NULL, 0, 0};
    if (!edit_build_metadata_words(e, &words, diag))
        return false;
    for (size_t i = 0; i < words.count; i++) {
        if (edit_has_text(&e->k->build_metadata, words.items[i]))
            return diag_error(diag, "buildMetadata option %.*s already in kustomization file",
                              SLICE_ARG(words.items[i]));
        texts_add(e->arena, &e->k->build_metadata, words.items[i]);
    }
    return true;
}

/* --- labels and annotations --------------------------------------------------------------------------------------- */

static bool add_pair(struct edit *e, struct map *map, const struct entry *pair, const char *kind, struct diag *diag)
{
    if (map_find(map, pair->key) && !e->options->force)
        return diag_error(diag, "%s %.*s already in kustomization file. Use --force to override.", kind,
                          SLICE_ARG(pair->key));
    map_set(map, pair->key, pair->value);
    return true;
}

static bool add_pairs(struct edit *e, struct value *field, const struct map *pairs, const char *kind,
                      struct diag *diag)
{
    if (field->kind != VALUE_MAP)
        *field = value_map(map_new(e->arena, pairs->len));
    for (uint32_t i = 0; i < pairs->len; i++) {
        if (!add_pair(e, field->map, &pairs->entries[i], kind, diag))
            return false;
    }
    return true;
}

static struct label_entry *find_labels(struct edit *e)
{
    struct label_entry *entries = e->k->labels.items;
    for (size_t i = 0; i < e->k->labels.count; i++) {
        if (!entries[i].include_selectors && entries[i].include_templates == e->options->include_templates)
            return &entries[i];
    }
    return NULL;
}

/* A new entry takes all pairs with the first of them; those behind it are then found there, and refused. */
static bool add_to_labels(struct edit *e, const struct map *pairs, struct diag *diag)
{
    for (uint32_t i = 0; i < pairs->len; i++) {
        struct label_entry *entry = find_labels(e);
        if (entry) {
            if (entry->pairs.kind != VALUE_MAP)
                entry->pairs = value_map(map_new(e->arena, 1));
            if (!add_pair(e, entry->pairs.map, &pairs->entries[i], "label", diag))
                return false;
            continue;
        }
        const struct label_entry made = {.pairs = value_map(map_copy(e->arena, pairs)),
                                         .include_templates = e->options->include_templates};
        edit_append(e->arena, &e->k->labels, sizeof made, &made);
    }
    return true;
}

static bool read_pairs(struct edit *e, const char *kind, struct map **out, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify %s", kind);
    if (e->options->include_templates && !e->options->without_selector)
        return diag_error(diag, "--without-selector flag must be specified for --include-templates to work");
    return edit_pairs(e->arena, e->words, kind, out, diag);
}

bool edit_add_label(struct edit *e, struct diag *diag)
{
    struct map *pairs;
    if (!read_pairs(e, "label", &pairs, diag))
        return false;
    return e->options->without_selector ? add_to_labels(e, pairs, diag)
                                        : add_pairs(e, &e->k->common_labels, pairs, "label", diag);
}

bool edit_add_annotation(struct edit *e, struct diag *diag)
{
    struct map *pairs;
    return read_pairs(e, "annotation", &pairs, diag) &&
           add_pairs(e, &e->k->common_annotations, pairs, "annotation", diag);
}
