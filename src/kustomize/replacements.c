/*
 * replacements.c - the field `replacements`
 *
 * A value is read from one object, or given, and written to fields of others. Onto a scalar only its text is written:
 * what kind of scalar it is, and how it is quoted, stays.
 */
#include "kustomize/replacements.h"

#include "codec/yaml_read.h"
#include "kustomize/field_path.h"
#include "kustomize/label_selector.h"
#include "kustomize/select.h"

static const struct slice default_path = SLICE_INIT("metadata.name");

/* --- identities --------------------------------------------------------------------------------------------------- */

/* The resource's identities count one by one, without knowledge of which kinds have no namespace. */
static struct res_id id_at(const struct resource *r, size_t i)
{
    struct res_id id = i ? resource_previous_id(r, i - 1) : resource_id(r);
    id.gvk.cluster_scoped = false;
    return id;
}

static bool has_selected_id(const struct resource *r, const struct res_id *selector)
{
    for (size_t i = 0; i <= r->previous_count; i++) {
        struct res_id id = id_at(r, i);
        if (res_id_selected(&id, selector))
            return true;
    }
    return false;
}

/* --- sources ------------------------------------------------------------------------------------------------------ */

static struct slice source_text(struct arena *a, const struct replacement_source *source)
{
    struct buffer out = BUFFER_INIT;
    const struct field_options *options = source->options;
    res_id_write(&out, &source->id);
    if (source->field_path.len)
        buffer_printf(&out, ":%.*s", SLICE_ARG(source->field_path));
    if (options && (options->delimiter.len || options->create))
        buffer_printf(&out, ":%.*s(%lld), create=%s", SLICE_ARG(options->delimiter), (long long)options->index,
                      options->create ? "true" : "false");
    return buffer_move(&out, a);
}

static struct resource *find_source(struct arena *a, const struct resource_map *map,
                                    const struct replacement_source *source, struct diag *diag)
{
    struct resource *found = NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (node_is_empty(map->items[i]->node) || !has_selected_id(map->items[i], &source->id))
            continue;
        if (found) {
            struct slice text = source_text(a, source);
            diag_error(diag, "multiple matches for selector %.*s", SLICE_ARG(text));
            return NULL;
        }
        found = map->items[i];
    }
    if (!found) {
        struct slice text = source_text(a, source);
        diag_error(diag, "nothing selected by %.*s", SLICE_ARG(text));
        select_note_nearest(a, map, &source->id, diag);
    }
    return found;
}

/* The part of a text that stands at the index. */
static bool take_part(const struct field_options *options, struct value *value, struct slice text, struct diag *diag)
{
    struct slice rest = text;
    for (int64_t i = 0;; i++) {
        size_t at = slice_find(rest, options->delimiter);
        struct slice part = slice_part(rest, 0, at);
        if (i == options->index) {
            value->s = part.ptr;
            value->len = (uint32_t)part.len;
            return true;
        }
        if (at == rest.len)
            break;
        rest = slice_after(rest, at + options->delimiter.len);
    }
    return diag_error(diag, "options.index %lld is out of bounds for value %.*s", (long long)options->index,
                      SLICE_ARG(text));
}

static struct slice text_of(struct value node)
{
    return node.kind == VALUE_STRING && !yaml_node_is_null(node) ? value_slice(node) : SLICE("");
}

static bool refine(const struct field_options *options, struct value *value, struct diag *diag)
{
    if (!options || options->delimiter.len == 0)
        return true;
    if (value->kind != VALUE_STRING)
        return diag_error(diag, "delimiter option can only be used with scalar nodes");
    return take_part(options, value, text_of(*value), diag);
}

static bool read_source(struct target *t, const struct resource_map *map, const struct replacement_source *source,
                        struct value *out, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct slice path = source->field_path.len ? source->field_path : default_path;
    struct resource *r = find_source(a, map, source, diag);
    struct texts parts = field_path_split_brackets(a, path, '.');
    struct value *field;
    if (!r)
        return false;
    if (!field_path_find(a, &r->node, &parts, &field, diag)) {
        diag_prefix(diag, "error looking up replacement source: ");
        return false;
    }
    if (!field || node_is_empty(*field)) {
        struct slice id = res_id_text(a, &source->id);
        return diag_error(diag, "fieldPath `%.*s` is missing for replacement source %.*s", SLICE_ARG(path),
                          SLICE_ARG(id));
    }
    *out = *field;
    return refine(source->options, out, diag);
}

/* --- targets ------------------------------------------------------------------------------------------------------ */

/* The text with the value in the place of one of its parts, in front of them or behind. */
static struct slice join_parts(struct arena *a, const struct field_options *options, struct slice old,
                               struct slice text)
{
    struct buffer out = BUFFER_INIT;
    bool done = options->index < 0;
    if (done) {
        buffer_add(&out, text);
        buffer_add(&out, options->delimiter);
    }
    for (int64_t i = 0;; i++) {
        size_t at = slice_find(old, options->delimiter);
        bool here = i == options->index;
        buffer_add(&out, here ? text : slice_part(old, 0, at));
        done |= here;
        if (at == old.len)
            break;
        buffer_add(&out, options->delimiter);
        old = slice_after(old, at + options->delimiter.len);
    }
    if (!done) {
        buffer_add(&out, options->delimiter);
        buffer_add(&out, text);
    }
    return buffer_move(&out, a);
}

static bool write_field(struct arena *a, const struct field_options *options, struct value *field,
                        struct value value, struct diag *diag)
{
    struct slice text = value.kind == VALUE_STRING ? value_slice(value) : SLICE("");
    if (options && options->delimiter.len) {
        if (field->kind != VALUE_STRING)
            return diag_error(diag, "delimiter option can only be used with scalar nodes");
        text = join_parts(a, options, value_slice(*field), text_of(value));
    }
    if (field->kind != VALUE_STRING) {
        *field = value_thaw(a, value);
        return true;
    }
    field->s = text.ptr;
    field->len = (uint32_t)text.len;
    field->origin = value.origin;
    return true;
}

static bool not_found(const struct field_options *options, struct slice path, bool has_reason, struct diag *diag)
{
    bool create = options && options->create;
    const char *what = create ? "unable to find or create field" : "unable to find field";
    if (!has_reason)
        return diag_error(diag, "%s \"%.*s\" in replacement target", what, SLICE_ARG(path));
    diag_prefix(diag, "%s \"%.*s\" in replacement target: ", what, SLICE_ARG(path));
    return false;
}

static bool write_path(struct target *t, const struct field_options *options, struct slice path, struct resource *r,
                       struct value value, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct texts parts = field_path_split_brackets(a, path, '.');
    struct field_matcher m = {.arena = a, .regexps = t->build->regexps, .create = VALUE_NIL, .diag = diag};
    if (options && options->create)
        m.create = (enum value_kind)value.kind;
    if (!field_path_match(&m, &r->node, &parts))
        return not_found(options, path, true, diag);
    if (m.found.count == 0)
        return not_found(options, path, false, diag);
    for (size_t i = 0; i < m.found.count; i++) {
        if (!write_field(a, options, m.found.items[i], value, diag))
            return false;
    }
    return true;
}

static bool write_target(struct target *t, const struct replacement_target *target, struct resource *r,
                         struct value value, struct diag *diag)
{
    if (target->field_paths.count == 0)
        return write_path(t, target->options, default_path, r, value, diag);
    for (size_t i = 0; i < target->field_paths.count; i++) {
        if (!write_path(t, target->options, target->field_paths.items[i], r, value, diag))
            return false;
    }
    return true;
}

/* A selector with its parts that are read only once. */
struct labels_and_annotations {
    struct label_selector labels;
    struct label_selector annotations;
    bool is_given;
};

static bool read_selectors(struct arena *a, const struct selector *selector, struct labels_and_annotations *out,
                           struct diag *diag)
{
    out->is_given = selector->labels.len || selector->annotations.len;
    return label_selector_read(a, selector->annotations, &out->annotations, diag) &&
           label_selector_read(a, selector->labels, &out->labels, diag);
}

static bool has_selected_metadata(const struct labels_and_annotations *s, const struct resource *r)
{
    return label_selector_matches(&s->labels, resource_metadata_map(r, "labels")) &&
           label_selector_matches(&s->annotations, resource_metadata_map(r, "annotations"));
}

static bool is_empty_id(const struct res_id *id)
{
    return id->gvk.group.len == 0 && id->gvk.version.len == 0 && id->gvk.kind.len == 0 && id->name.len == 0 &&
           id->namespace.len == 0;
}

/* Whether the id of one `reject`, or the labels and annotations of one, are the resource's. */
static bool is_rejected(const struct replacement_target *target, const struct labels_and_annotations *rejects,
                        const struct resource *r)
{
    const struct selector *items = target->reject.items;
    for (size_t i = 0; i < target->reject.count; i++) {
        if (rejects[i].is_given && has_selected_metadata(&rejects[i], r))
            return true;
        if (!is_empty_id(&items[i].id) && has_selected_id(r, &items[i].id))
            return true;
    }
    return false;
}

static bool apply_to_target(struct target *t, const struct replacement_target *target, struct resource_map *map,
                            struct value value, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct labels_and_annotations select;
    struct labels_and_annotations *rejects = ARENA_ARRAY(a, struct labels_and_annotations, target->reject.count + 1);
    const struct selector *items = target->reject.items;
    if (!target->select)
        return diag_error(diag, "target must specify resources to select");
    if (map->count && !read_selectors(a, target->select, &select, diag))
        return false;
    for (size_t i = 0; map->count && i < target->reject.count; i++) {
        if (!read_selectors(a, &items[i], &rejects[i], diag))
            return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        struct resource *r = map->items[i];
        if (node_is_empty(r->node) || !has_selected_id(r, &target->select->id) || !has_selected_metadata(&select, r) ||
            is_rejected(target, rejects, r))
            continue;
        if (!write_target(t, target, r, value, diag)) {
            struct res_id id = resource_id(r);
            struct slice text = res_id_text(a, &id);
            diag_note(diag, (struct diag_place){0}, "in %.*s%s%s", SLICE_ARG(text), r->file ? " of " : "",
                      r->file ? r->file : "");
            return false;
        }
    }
    return true;
}

/* Kustomize knows the option, but does nothing with it. */
static void warn_encoding(const struct replacement *replacement, struct diag *diag)
{
    const struct replacement_target *targets = replacement->targets.items;
    const struct field_options *options = replacement->source ? replacement->source->options : NULL;
    bool given = options && options->encoding.len;
    for (size_t i = 0; i < replacement->targets.count; i++)
        given |= targets[i].options && targets[i].options->encoding.len;
    if (given)
        diag_warning(diag, "replacements: the option 'encoding' has no effect");
}

/* --- replacements ------------------------------------------------------------------------------------------------- */

static bool apply(struct target *t, const struct replacement *replacement, struct resource_map *map,
                  struct diag *diag)
{
    const struct replacement_target *targets = replacement->targets.items;
    struct value value;
    if ((!replacement->source && !replacement->source_value) || !targets)
        return diag_error(diag, "replacements must specify a source and at least one target");
    if (replacement->source && replacement->source_value)
        return diag_error(diag, "value and resource selectors are mutually exclusive");
    warn_encoding(replacement, diag);
    if (replacement->source_value)
        value = node_scalar(*replacement->source_value);
    else if (!read_source(t, map, replacement->source, &value, diag))
        return false;
    for (size_t i = 0; i < replacement->targets.count; i++) {
        if (!apply_to_target(t, &targets[i], map, value, diag))
            return false;
    }
    return true;
}

static bool read_file(struct target *t, struct slice path, struct value *out, struct diag *diag)
{
    struct slice text;
    const char *full;
    struct yaml_error error;
    if (!root_read(t->build->arena, t->root, path, &text, &full, diag))
        return false;
    const struct source *source = source_set_keep(t->build->sources, slice_text(full), text);
    if (yaml_read(t->build->arena, source, text, NULL, out, &error))
        return true;
    diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
    diag_locate_origin(diag, source, origin_at(source, error.line, error.column));
    return false;
}

/* A file has one replacement or a list of them; fields it should not have are passed over. */
static bool apply_file(struct target *t, const struct replacement *entry, struct resource_map *map, struct diag *diag)
{
    struct value v;
    if (entry->source || entry->targets.count)
        return diag_error(diag, "cannot specify both path and inline replacement");
    if (!read_file(t, entry->path, &v, diag))
        return false;
    if (!value_is_map(v) && !value_is_list(v))
        return diag_error(diag, "unsupported replacement type encountered within replacement path: %s",
                          value_kind_name(v));
    size_t count = value_is_list(v) ? v.list->len : 1;
    for (size_t i = 0; i < count; i++) {
        struct replacement replacement;
        memset(&replacement, 0, sizeof replacement);
        if (!record_read(t->build->arena, &replacement_record, value_is_list(v) ? v.list->items[i] : v, false,
                         &replacement, diag))
            return false;
        replacement.path = SLICE("");
        if (!apply(t, &replacement, map, diag))
            return false;
    }
    return true;
}

bool replacements_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct replacement *replacements = t->k->replacements.items;
    for (size_t i = 0; i < t->k->replacements.count; i++) {
        struct replacement entry = replacements[i];
        if (entry.targets.count == 0)
            entry.targets.items = NULL;
        if (entry.path.len ? apply_file(t, &entry, &acc->resources, diag) : apply(t, &entry, &acc->resources, diag))
            continue;
        diag_note(diag, (struct diag_place){0}, "in 'replacements' of %s", t->k->file);
        return false;
    }
    return t->k->replacements.count == 0 || target_step_done(t, acc, "ReplacementTransformer", diag);
}
