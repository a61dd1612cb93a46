/*
 * edit_set.c - kustomize edit set
 */
#include "golang/regexp.h"
#include "golang/strconv.h"
#include "kustomize/edit.h"
#include "kustomize/images.h"

#include <stdlib.h>

static bool set_text(struct edit *e, struct slice *field, const char *what, struct diag *diag)
{
    if (e->words->count != 1)
        return diag_error(diag, "must specify exactly one %s value", what);
    *field = e->words->items[0];
    return true;
}

bool edit_set_name_prefix(struct edit *e, struct diag *diag)
{
    return set_text(e, &e->k->name_prefix, "prefix", diag);
}

bool edit_set_name_suffix(struct edit *e, struct diag *diag)
{
    return set_text(e, &e->k->name_suffix, "suffix", diag);
}

bool edit_set_namespace(struct edit *e, struct diag *diag)
{
    return set_text(e, &e->k->namespace, "namespace", diag);
}

bool edit_set_build_metadata(struct edit *e, struct diag *diag)
{
    struct texts words = {NULL, 0, 0};
    if (!edit_build_metadata_words(e, &words, diag))
        return false;
    e->k->build_metadata = words;
    return true;
}

/* --- labels and annotations --------------------------------------------------------------------------------------- */

static bool read_pairs(struct edit *e, const char *kind, struct map **out, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify %s", kind);
    return edit_pairs(e->arena, e->words, kind, out, diag);
}

static void set_pairs(struct edit *e, struct value *field, const struct map *pairs)
{
    if (field->kind != VALUE_MAP)
        *field = value_map(map_new(e->arena, pairs->len));
    for (uint32_t i = 0; i < pairs->len; i++)
        map_set(field->map, pairs->entries[i].key, pairs->entries[i].value);
}

bool edit_set_label(struct edit *e, struct diag *diag)
{
    struct map *pairs;
    if (!read_pairs(e, "label", &pairs, diag))
        return false;
    set_pairs(e, &e->k->common_labels, pairs);
    return true;
}

static bool is_annotation_key(struct arena *a, struct slice key)
{
    static const char pattern[] = "^([a-zA-Z](([-a-zA-Z0-9.]{0,251})[a-zA-Z0-9])?\\/)?"
                                  "[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$";
    struct slice error;
    struct go_regexp *re = go_regexp_compile(a, slice_text(pattern), &error);
    bool good = re && go_regexp_match(re, key, 0, NULL);
    go_regexp_free(re);
    return good;
}

bool edit_set_annotation(struct edit *e, struct diag *diag)
{
    struct map *pairs;
    if (!read_pairs(e, "annotation", &pairs, diag))
        return false;
    for (uint32_t i = 0; i < pairs->len; i++) {
        if (!is_annotation_key(e->arena, pairs->entries[i].key))
            return diag_error(diag, "invalid annotation key: see the syntax and character set rules at "
                                    "https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/");
    }
    set_pairs(e, &e->k->common_annotations, pairs);
    return true;
}

/* --- images ------------------------------------------------------------------------------------------------------- */

/* "name=new:tag@digest" and its shorter forms. */
static bool parse_image(struct slice word, struct image *out, struct diag *diag)
{
    size_t at = slice_find_char(word, '=');
    bool has_key = at < word.len;
    struct image_parts parts = image_split(has_key ? slice_after(word, at + 1) : word);
    if (slice_equal(parts.name, word))
        return diag_error(diag, "invalid format of image, use one of the following options:\n"
                                "- <image>=<newimage>:<newtag>\n"
                                "- <image>=<newimage>@<digest>\n"
                                "- <image>=<newimage>:<newtag>@<digest>\n"
                                "- <image>=<newimage>\n"
                                "- <image>:<newtag>\n"
                                "- <image>:<newtag>@<digest>\n"
                                "- <image>@<digest>");
    struct slice key = has_key ? slice_part(word, 0, at) : SLICE("");
    *out = (struct image){.name = key.len ? key : parts.name, .new_tag = parts.tag, .digest = parts.digest};
    if (key.len)
        out->new_name = parts.name;
    return true;
}

/* An asterisk takes what is there. */
static void keep_old(struct slice *field, struct slice old)
{
    if (slice_is(*field, "*"))
        *field = old;
}

static struct image *find_image(struct records *images, struct slice name)
{
    struct image *items = images->items;
    for (size_t i = 0; i < images->count; i++) {
        if (slice_equal(items[i].name, name))
            return &items[i];
    }
    return NULL;
}

static int compare_images(const void *left, const void *right)
{
    return slice_compare(((const struct image *)left)->name, ((const struct image *)right)->name);
}

static bool read_images(struct edit *e, struct records *given, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "no image specified");
    for (size_t i = 0; i < e->words->count; i++) {
        struct image image;
        if (!parse_image(e->words->items[i], &image, diag))
            return false;
        struct image *old = find_image(given, image.name);
        if (old)
            *old = image;
        else
            edit_append(e->arena, given, sizeof image, &image);
    }
    return true;
}

bool edit_set_image(struct edit *e, struct diag *diag)
{
    struct records given = {NULL, 0};
    const struct image *olds = e->k->images.items;
    if (!read_images(e, &given, diag))
        return false;
    struct image *items = given.items;
    size_t new_count = given.count;
    for (size_t i = 0; i < e->k->images.count; i++) {
        struct image *same = find_image(&given, olds[i].name);
        if (!same) {
            edit_append(e->arena, &given, sizeof *items, &olds[i]);
        } else if (same < (struct image *)given.items + new_count) { /* else named twice in the file: the first stays */
            keep_old(&same->new_name, olds[i].new_name);
            keep_old(&same->new_tag, olds[i].new_tag);
            keep_old(&same->digest, olds[i].digest);
        }
    }
    items = given.items;
    for (size_t i = 0; i < given.count; i++) {
        keep_old(&items[i].new_name, SLICE(""));
        keep_old(&items[i].new_tag, SLICE(""));
        keep_old(&items[i].digest, SLICE(""));
    }
    qsort(items, given.count, sizeof *items, compare_images);
    e->k->images = given;
    return true;
}

/* --- replicas ----------------------------------------------------------------------------------------------------- */

static bool parse_replica(struct slice word, struct replica *out, struct diag *diag)
{
    size_t at = slice_find_char(word, '=');
    bool good = at < word.len && slice_count_char(word, '=') == 1;
    *out = (struct replica){.name = slice_part(word, 0, at)};
    return (good && go_parse_int(slice_after(word, at + 1), 10, 64, &out->count) == GO_NUMBER_OK) ||
           diag_error(diag, "invalid format of replica, use the following format: <name>=<count>");
}

static struct replica *find_replica(struct records *replicas, struct slice name)
{
    struct replica *items = replicas->items;
    for (size_t i = 0; i < replicas->count; i++) {
        if (slice_equal(items[i].name, name))
            return &items[i];
    }
    return NULL;
}

static int compare_replicas(const void *left, const void *right)
{
    return slice_compare(((const struct replica *)left)->name, ((const struct replica *)right)->name);
}

bool edit_set_replicas(struct edit *e, struct diag *diag)
{
    struct records given = {NULL, 0};
    const struct replica *olds = e->k->replicas.items;
    if (e->words->count == 0)
        return diag_error(diag, "no replicas specified");
    for (size_t i = 0; i < e->words->count; i++) {
        struct replica replica;
        if (!parse_replica(e->words->items[i], &replica, diag))
            return false;
        struct replica *old = find_replica(&given, replica.name);
        if (old)
            *old = replica;
        else
            edit_append(e->arena, &given, sizeof replica, &replica);
    }
    for (size_t i = 0; i < e->k->replicas.count; i++) {
        if (!find_replica(&given, olds[i].name))
            edit_append(e->arena, &given, sizeof *olds, &olds[i]);
    }
    qsort(given.items, given.count, sizeof *olds, compare_replicas);
    e->k->replicas = given;
    return true;
}
