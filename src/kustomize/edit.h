/*
 * edit.h - changes to a kustomization as `kustomize edit` makes them
 *
 * Each function takes the words behind its command and changes the struct in memory; the caller reads the file before
 * and writes it afterwards (kustomization_file.h). What is odd about them is Kustomize's.
 */
#ifndef YARE_KUSTOMIZE_EDIT_H
#define YARE_KUSTOMIZE_EDIT_H

#include "kustomize/kustomization_file.h"

struct edit_options {
    bool force;             /* overwrite what is there */
    bool without_selector;  /* labels go to `labels` */
    bool include_templates;
    bool no_verify;         /* resources need not exist */
    bool ignore_missing;
    bool disable_hash;
    struct texts from_file;
    struct texts from_literal;
    struct slice from_env_file;
    struct slice behavior;
    struct slice type;
    struct slice namespace;
    struct slice new_namespace;
    struct patch patch;
    struct selector target; /* of the patch */
};

struct edit {
    struct arena *arena;
    struct source_set *sources;
    const struct edit_options *options;
    const struct texts *words;
    struct kustomization *k;
    const char *file;
    bool unchanged; /* set where there is nothing to write */
};

typedef bool edit_fn(struct edit *e, struct diag *diag);

edit_fn edit_set_name_prefix, edit_set_name_suffix, edit_set_namespace, edit_set_image, edit_set_replicas;
edit_fn edit_set_label, edit_set_annotation, edit_set_build_metadata, edit_set_config_map, edit_set_secret;

edit_fn edit_add_base, edit_add_resource, edit_add_component, edit_add_generator, edit_add_transformer;
edit_fn edit_add_label, edit_add_annotation, edit_add_build_metadata, edit_add_patch;
edit_fn edit_add_config_map, edit_add_secret;

edit_fn edit_remove_resource, edit_remove_transformer, edit_remove_label, edit_remove_annotation;
edit_fn edit_remove_build_metadata, edit_remove_patch, edit_remove_config_map, edit_remove_secret;

/* Moves deprecated fields to their successors. */
edit_fn edit_fix;

/* --- shared by these ---------------------------------------------------------------------------------------------- */

/* Files that fit the patterns, as Go's filepath.Glob finds them; with `must_exist` a pattern that finds none has to be
   a folder. Without, it is passed over with a warning. */
bool edit_glob(struct arena *a, const struct texts *patterns, bool must_exist, struct texts *out, struct diag *diag);

/* "key:value" words as a map of strings; `kind` is for messages. */
bool edit_pairs(struct arena *a, const struct texts *words, const char *kind, struct map **out, struct diag *diag);

/* The one word, an option of buildMetadata or several with commas. */
bool edit_build_metadata_words(struct edit *e, struct texts *out, struct diag *diag);

bool edit_has_text(const struct texts *texts, struct slice text);

/* Whether two namespaces are the same; none is "default". */
bool edit_same_namespace(struct slice a, struct slice b);

/* Adds an item to a list of structs. */
void *edit_append(struct arena *a, struct records *records, size_t size, const void *item);

#endif
