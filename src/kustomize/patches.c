/*
 * patches.c - the fields `patches`, `patchesStrategicMerge` and `patchesJson6902`
 *
 * A patch of `patches` is strategic if it reads as objects, else a list of JSON operations. A strategic patch without
 * target goes to the one resource that has or had its id.
 */
#include "kustomize/patches.h"

#include "codec/yaml_write.h"
#include "golang/strconv.h"
#include "kustomize/patch_object.h"
#include "kustomize/select.h"

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* The text of a patch and how messages name it. */
struct patch_text {
    struct placed_text placed;
    const char *file;       /* null: it stands in the kustomization */
    struct slice described; /* [path: "p.yaml"] */
};

static struct slice describe(struct arena *a, const char *what, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "[%s: ", what);
    go_quote(&out, text);
    buffer_add_char(&out, ']');
    return buffer_move(&out, a);
}

static bool load_file(struct target *t, struct slice path, struct patch_text *out, struct diag *diag)
{
    struct slice text;
    if (!root_read(t->build->arena, t->root, path, &text, &out->file, diag))
        return false;
    out->described = describe(t->build->arena, "path", path);
    out->placed = (struct placed_text){text, source_set_keep(t->build->sources, slice_text(out->file), text), 0};
    return true;
}

/* Where a text that the kustomization holds begins: a block begins on the line behind its key. */
static size_t lines_before(const struct source *source, struct origin key, struct slice text)
{
    struct slice first = slice_part(text, 0, slice_find_char(text, '\n'));
    struct slice line = slice_trim(source_line(source, (size_t)key.line + 1));
    return first.len && slice_starts(line, slice_trim(first)) ? key.line : key.line - 1u;
}

static void take_inline(struct target *t, struct slice text, struct origin at, struct patch_text *out)
{
    const struct source *source = t->k->source;
    out->file = NULL;
    out->described = describe(t->build->arena, "patch", text);
    out->placed = (struct placed_text){text, NULL, 0};
    if (source && at.line && at.source == source->id)
        out->placed = (struct placed_text){text, source, lines_before(source, at, text)};
}

/* A list is never an object: operations need not be tried as such. */
static bool starts_a_list(struct slice text)
{
    struct slice line;
    while (slice_next_piece(&text, '\n', &line)) {
        line = slice_trim(line);
        if (line.len && line.ptr[0] != '#')
            return line.ptr[0] == '[' || (line.ptr[0] == '-' && (line.len == 1 || line.ptr[1] == ' '));
    }
    return false;
}

static bool read_objects(struct target *t, const struct patch_text *text, struct resource_map *out, struct diag *diag)
{
    return resource_map_read_placed(t->build->arena, &text->placed, text->file, out, diag);
}

/* Says of an error which kustomization brought the patch. */
static bool note_entry(const struct target *t, const struct patch *patch, const char *field, struct diag *diag)
{
    if (t->k->source && patch->at.line)
        diag_note(diag, (struct diag_place){t->k->source, patch->at.line, patch->at.column, 0}, "in '%s'", field);
    else
        diag_note(diag, (struct diag_place){0}, "in '%s' of %s", field, t->k->file);
    return false;
}

/* Says of an error which resource the patch met. */
static bool note_resource(struct target *t, const struct resource *r, struct diag *diag)
{
    struct res_id id = resource_id(r);
    struct slice text = res_id_text(t->build->arena, &id);
    diag_note(diag, (struct diag_place){0}, "it was applied to %.*s%s%s", SLICE_ARG(text), r->file ? " of " : "",
              r->file ? r->file : "");
    return false;
}

/* --- strategic patches -------------------------------------------------------------------------------------------- */

/* The resource that has the patch's id. */
static struct resource *find_by_id(struct target *t, const struct resource_map *map, const struct resource *patch,
                                   struct diag *diag)
{
    struct res_id id = resource_id(patch);
    struct resource *found = resource_map_find(t->build->arena, map, &id, diag);
    if (found)
        return found;
    diag_locate_origin(diag, source_set_find(t->build->sources, patch->node.origin.source), patch->node.origin);
    select_note_nearest(t->build->arena, map, &id, diag);
    return NULL;
}

static bool check_ids(struct arena *a, const struct resource_map *map, struct diag *diag)
{
    struct resource_map checked = {NULL, 0, 0};
    struct resource_map left = {NULL, 0, 0};
    for (size_t i = 0; i < map->count; i++) {
        if (!node_is_empty(map->items[i]->node))
            resource_map_push(a, &left, map->items[i]);
    }
    return resource_map_append(a, &checked, &left, diag);
}

/* Merges a patch into resources that were selected. Only a patch that may change ids can make two equal. */
static bool merge_into_selected(struct target *t, const struct resource *patch, const struct resource_map *selected,
                                const struct resource_map *map, struct diag *diag)
{
    struct arena *a = t->build->arena;
    for (size_t i = 0; i < selected->count; i++) {
        struct resource *r = selected->items[i];
        if (!resource_merge_patch(t->build, r, resource_patch_for(a, patch, r), diag))
            return note_resource(t, r, diag);
    }
    return (!patch->allows_name_change && !patch->allows_kind_change) || check_ids(a, map, diag);
}

static bool is_strict(const struct target *t)
{
    return t->build->options->strict_patches;
}

/* With --strict-patches a target that selects nothing is an error. */
static bool check_selected(struct target *t, const struct selector *target, const struct resource_map *selected,
                           const struct resource_map *map, struct slice described, struct diag *diag)
{
    if (selected->count || !is_strict(t))
        return true;
    diag_error(diag, "no resource matches the target of the patch %.*s", SLICE_ARG(described));
    select_note_nearest(t->build->arena, map, &target->id, diag);
    return false;
}

static bool merge_with_target(struct target *t, const struct selector *target, const struct resource_map *patches,
                              struct slice described, struct resource_map *map, struct diag *diag)
{
    struct resource_map selected = {NULL, 0, 0};
    if (patches->count > 1)
        return diag_error(diag, "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set "
                                "`patches.target` field: %.*s", SLICE_ARG(described));
    if (!select_resources(t->build->arena, target, map, &selected, diag)) {
        struct slice id = res_id_text(t->build->arena, &target->id);
        diag_prefix(diag, "unable to find patch target \"%.*s:a=%.*s:l=%.*s\" in `resources`: ", SLICE_ARG(id),
                    SLICE_ARG(target->annotations), SLICE_ARG(target->labels));
        return false;
    }
    return check_selected(t, target, &selected, map, described, diag) &&
           merge_into_selected(t, patches->items[0], &selected, map, diag);
}

static bool merge_by_id(struct target *t, const struct resource_map *patches, struct resource_map *map,
                        struct diag *diag)
{
    for (size_t i = 0; i < patches->count; i++) {
        struct resource *r = find_by_id(t, map, patches->items[i], diag);
        if (!r) {
            struct res_id id = resource_id(patches->items[i]);
            struct slice text = res_id_text(t->build->arena, &id);
            diag_prefix(diag, "no resource matches strategic merge patch \"%.*s\": ", SLICE_ARG(text));
            return false;
        }
        if (!resource_merge_patch(t->build, r, patches->items[i], diag))
            return note_resource(t, r, diag);
    }
    return true;
}

/* --- JSON patches ------------------------------------------------------------------------------------------------- */

static bool apply_to_selected(struct target *t, const struct selector *target, const struct json_patch *patch,
                              const struct patch_text *text, bool keeps_ids, struct resource_map *map,
                              struct diag *diag)
{
    struct resource_map selected = {NULL, 0, 0};
    if (!select_resources(t->build->arena, target, map, &selected, diag) ||
        !check_selected(t, target, &selected, map, text->described, diag))
        return false;
    for (size_t i = 0; i < selected.count; i++) {
        if (keeps_ids)
            resource_store_id(t->build->arena, selected.items[i]);
        if (!resource_apply_json_patch(t->build, selected.items[i], patch, text->placed.source, diag))
            return note_resource(t, selected.items[i], diag);
    }
    return true;
}

/* --- entries of `patches` ----------------------------------------------------------------------------------------- */

static void set_text(struct map *map, const char *key, struct slice text)
{
    if (text.len)
        map_set_text(map, key, value_string(text));
}

/* The entry as Kustomize shows it in messages. */
static struct slice entry_text(struct arena *a, const struct patch *patch, const char *patch_key)
{
    struct map *entry = map_new(a, 4);
    struct buffer out = BUFFER_INIT;
    struct slice error;
    set_text(entry, "path", patch->path);
    set_text(entry, patch_key, patch->patch);
    if (value_is_map(patch->options) && patch->options.map->len)
        map_set_text(entry, "options", patch->options);
    if (patch->target) {
        struct map *target = map_new(a, 8);
        set_text(target, "group", patch->target->id.gvk.group);
        set_text(target, "version", patch->target->id.gvk.version);
        set_text(target, "kind", patch->target->id.gvk.kind);
        set_text(target, "name", patch->target->id.name);
        set_text(target, "namespace", patch->target->id.namespace);
        set_text(target, "labelSelector", patch->target->labels);
        set_text(target, "annotationSelector", patch->target->annotations);
        map_set_text(entry, "target", value_map(target));
    }
    yaml_write(&out, value_map(entry), a, &error);
    return buffer_move(&out, a);
}

static bool trouble(struct target *t, const char *plugin, const struct patch *patch, const char *patch_key,
                    struct diag *diag)
{
    struct slice entry = entry_text(t->build->arena, patch, patch_key);
    diag_prefix(diag, "trouble configuring builtin %s with config: `\n%.*s`: ", plugin, SLICE_ARG(entry));
    return false;
}

static bool load_patch(struct target *t, const struct patch *patch, struct patch_text *out, struct diag *diag)
{
    struct slice inline_text = slice_trim(patch->patch);
    if (inline_text.len == 0 && patch->path.len == 0) {
        struct slice entry = entry_text(t->build->arena, patch, "patch");
        return diag_error(diag, "must specify one of patch and path in\n%.*s", SLICE_ARG(entry));
    }
    if (inline_text.len && patch->path.len) {
        struct slice entry = entry_text(t->build->arena, patch, "patch");
        return diag_error(diag, "patch and path can't be set at the same time\n%.*s", SLICE_ARG(entry));
    }
    if (inline_text.len) {
        take_inline(t, inline_text, patch->at, out);
        return true;
    }
    if (load_file(t, patch->path, out, diag))
        return true;
    diag_prefix(diag, "failed to get the patch file from path(%.*s): ", SLICE_ARG(patch->path));
    return false;
}

/* What an entry turned out to be: objects, or operations. */
struct parsed_patch {
    struct resource_map objects;
    struct json_patch operations;
};

/* Why a text is neither: the error of the reading that got farther. */
static bool unreadable(const struct patch_text *text, struct diag *as_objects, struct diag *as_operations, bool is_list,
                       struct diag *diag)
{
    struct diag *why = is_list ? as_operations : as_objects;
    diag_error(diag, "unable to parse SM or JSON patch from %.*s", SLICE_ARG(text->described));
    if (why->last) {
        diag_locate(diag, why->last->place);
        diag_note(diag, why->last->place, "%.*s", SLICE_ARG(why->last->message));
    }
    return false;
}

static bool parse_patch(struct target *t, const struct patch_text *text, struct parsed_patch *out, struct diag *diag)
{
    struct diag as_objects;
    struct diag as_operations;
    bool is_list = starts_a_list(text->placed.text);
    diag_init(&as_objects);
    diag_init(&as_operations);
    memset(out, 0, sizeof *out);
    bool good = !is_list && read_objects(t, text, &out->objects, &as_objects);
    if (!good || out->objects.count == 0) {
        bool is_empty = text->placed.text.len == 0;
        bool read = !is_empty && json_patch_read(t->build->arena, &text->placed, &out->operations, &as_operations);
        if (!good && !read)
            unreadable(text, &as_objects, &as_operations, is_list, diag);
        good = good || read;
    }
    diag_release(&as_operations);
    diag_release(&as_objects);
    return good;
}

static bool option_is_set(const struct patch *patch, const char *name)
{
    const struct value *v = value_is_map(patch->options) ? map_find_text(patch->options.map, name) : NULL;
    return v && v->b;
}

/* Kustomize keeps options in the patch's annotations, which become texts by that. */
static void set_options(struct arena *a, const struct patch *patch, struct resource_map *objects)
{
    bool name = option_is_set(patch, "allowNameChange");
    bool kind = option_is_set(patch, "allowKindChange");
    for (size_t i = 0; (name || kind) && i < objects->count; i++) {
        struct resource *r = objects->items[i];
        r->allows_name_change = name;
        r->allows_kind_change = kind;
        resource_set_metadata_map(a, r, "annotations", node_texts(a, resource_metadata_map(r, "annotations")));
    }
}

static bool patch_apply(struct target *t, const struct patch *patch, struct resource_map *map, struct diag *diag)
{
    struct patch_text text;
    struct parsed_patch parsed;
    if (!load_patch(t, patch, &text, diag) || !parse_patch(t, &text, &parsed, diag))
        return trouble(t, "PatchTransformer", patch, "patch", diag);
    set_options(t->build->arena, patch, &parsed.objects);
    if (parsed.objects.count)
        return patch->target ? merge_with_target(t, patch->target, &parsed.objects, text.described, map, diag)
                             : merge_by_id(t, &parsed.objects, map, diag);
    if (!patch->target)
        return diag_error(diag, "must specify a target for JSON patch %.*s", SLICE_ARG(text.described));
    return apply_to_selected(t, patch->target, &parsed.operations, &text, true, map, diag);
}

bool patches_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct patch *patches = t->k->patches.items;
    for (size_t i = 0; i < t->k->patches.count; i++) {
        if (!patch_apply(t, &patches[i], &acc->resources, diag))
            return note_entry(t, &patches[i], "patches", diag);
        if (!target_step_done(t, acc, "PatchTransformer", diag))
            return false;
    }
    return true;
}

/* --- `patchesStrategicMerge` -------------------------------------------------------------------------------------- */

/* An entry is a patch, or else the path of one. */
static bool read_strategic(struct target *t, struct slice entry, struct resource_map *out, struct diag *diag)
{
    struct patch_text text;
    struct diag as_objects;
    take_inline(t, entry, (struct origin){0}, &text);
    diag_init(&as_objects);
    bool good = slice_find_char(entry, ':') < entry.len && read_objects(t, &text, out, &as_objects);
    diag_release(&as_objects);
    return good || (load_file(t, entry, &text, diag) && read_objects(t, &text, out, diag));
}

static bool patches_strategic_apply(struct target *t, const struct texts *paths, struct resource_map *map,
                                    struct diag *diag)
{
    struct resource_map patches = {NULL, 0, 0};
    for (size_t i = 0; i < paths->count; i++) {
        if (!read_strategic(t, paths->items[i], &patches, diag)) {
            diag_prefix(diag, "trouble configuring builtin PatchStrategicMergeTransformer with config: ");
            return false;
        }
    }
    if (paths->count && patches.count == 0)
        return diag_error(diag, "patch appears to be empty");
    for (size_t i = 0; i < patches.count; i++) {
        struct resource *r = find_by_id(t, map, patches.items[i], diag);
        struct resource_map selected = {&r, 1, 1};
        if (!r || !merge_into_selected(t, patches.items[i], &selected, map, diag))
            return false;
    }
    return true;
}

bool patches_strategic_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    if (t->k->patches_strategic_merge.count == 0)
        return true;
    return patches_strategic_apply(t, &t->k->patches_strategic_merge, &acc->resources, diag) &&
           target_step_done(t, acc, "PatchStrategicMergeTransformer", diag);
}

/* --- `patchesJson6902` -------------------------------------------------------------------------------------------- */

static bool load_json6902(struct target *t, const struct patch *patch, struct patch_text *out, struct diag *diag)
{
    if (!patch->target || patch->target->id.name.len == 0)
        return diag_error(diag, "must specify the target name");
    if (patch->path.len == 0 && patch->patch.len == 0)
        return diag_error(diag, "empty file path and empty jsonOp");
    if (patch->path.len && patch->patch.len)
        return diag_error(diag, "must specify a file path or jsonOp, not both");
    if (patch->path.len == 0) {
        take_inline(t, patch->patch, patch->at, out);
        return true;
    }
    if (!load_file(t, patch->path, out, diag))
        return false;
    return out->placed.text.len ||
           diag_error(diag, "patch file '%.*s' empty seems to be empty", SLICE_ARG(patch->path));
}

static bool patch_json6902_apply(struct target *t, const struct patch *patch, struct resource_map *map,
                                 struct diag *diag)
{
    struct patch_text text;
    struct json_patch operations;
    if (!load_json6902(t, patch, &text, diag) ||
        !json_patch_read(t->build->arena, &text.placed, &operations, diag))
        return trouble(t, "PatchJson6902Transformer", patch, "jsonOp", diag);
    if (operations.count == 0) {
        diag_error(diag, "patch appears to be empty; file=%.*s, JsonOp=%.*s", SLICE_ARG(patch->path),
                   SLICE_ARG(text.placed.text));
        return trouble(t, "PatchJson6902Transformer", patch, "jsonOp", diag);
    }
    return apply_to_selected(t, patch->target, &operations, &text, false, map, diag);
}

bool patches_json6902_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct patch *patches = t->k->patches_json6902.items;
    for (size_t i = 0; i < t->k->patches_json6902.count; i++) {
        if (!patch_json6902_apply(t, &patches[i], &acc->resources, diag))
            return note_entry(t, &patches[i], "patchesJson6902", diag);
        if (!target_step_done(t, acc, "PatchJson6902Transformer", diag))
            return false;
    }
    return true;
}
