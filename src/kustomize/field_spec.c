/*
 * field_spec.c - walking to the fields that a spec names
 */
#include "kustomize/field_spec.h"

#include "kustomize/field_path.h"
#include "kustomize/field_tables.h"
#include "kustomize/sort_order.h"

/* --- paths -------------------------------------------------------------------------------------------------------- */

/* Joins a part to the one before when that ends in a backslash. */
static void add_part(struct arena *a, struct texts *parts, struct slice part, char separator)
{
    struct slice *last = parts->count ? &parts->items[parts->count - 1] : NULL;
    if (!last || last->len == 0 || last->ptr[last->len - 1] != '\\') {
        texts_add(a, parts, part);
        return;
    }
    *last = arena_printf(a, "%.*s%c%.*s", (int)(last->len - 1), last->ptr, separator, SLICE_ARG(part));
}

struct texts field_path_split(struct arena *a, struct slice path, char separator)
{
    struct texts parts = {NULL, 0, 0};
    struct slice piece;
    struct slice rest = path;
    if (rest.len && rest.ptr[0] == separator)
        rest = slice_after(rest, 1);
    while (slice_next_piece(&rest, separator, &piece))
        add_part(a, &parts, piece, separator);
    return parts;
}

struct texts field_path_split_brackets(struct arena *a, struct slice path, char separator)
{
    struct texts parts = field_path_split(a, path, separator);
    struct texts joined = {NULL, 0, 0};
    for (size_t i = 0; i < parts.count; i++) {
        struct slice part = parts.items[i];
        if (!slice_starts(part, SLICE("[")) || slice_ends(part, SLICE("]"))) {
            texts_add(a, &joined, part);
            continue;
        }
        while (i + 1 < parts.count) {
            struct slice next = parts.items[++i];
            part = arena_printf(a, "%.*s%c%.*s", SLICE_ARG(part), separator, SLICE_ARG(next));
            if (slice_ends(next, SLICE("]")))
                break;
        }
        if (slice_find_char(part, '=') == part.len) {
            part = slice_after(part, 1);
            if (slice_ends(part, SLICE("]")))
                part = slice_part(part, 0, part.len - 1);
        }
        texts_add(a, &joined, part);
    }
    return joined;
}

/* --- walking ------------------------------------------------------------------------------------------------------ */

static bool walk(const struct field_spec *spec, const struct field_setter *setter, struct value *node,
                 struct slice rest, struct diag *diag);

/* Takes the next part off the path; backslashes keep a separator. */
static struct slice take_part(struct arena *a, struct slice *rest)
{
    size_t end = 0;
    bool escaped = false;
    while (end < rest->len && rest->ptr[end] != '/') {
        if (rest->ptr[end] == '\\' && end + 1 < rest->len && rest->ptr[end + 1] == '/') {
            escaped = true;
            end++;
        }
        end++;
    }
    struct slice part = slice_part(*rest, 0, end);
    *rest = end < rest->len ? slice_after(*rest, end + 1) : slice_of(NULL, 0);
    if (!escaped)
        return part;
    struct buffer plain = BUFFER_INIT;
    for (size_t i = 0; i < part.len; i++) {
        if (part.ptr[i] == '\\' && i + 1 < part.len && part.ptr[i + 1] == '/')
            continue;
        buffer_add_char(&plain, part.ptr[i]);
    }
    return buffer_move(&plain, a);
}

static struct value made_node(struct arena *a, enum value_kind kind)
{
    if (kind == VALUE_MAP)
        return node_new_map(a);
    if (kind == VALUE_LIST)
        return value_list(list_new(a, 2));
    return node_scalar(SLICE(""));
}

/* A name that says something of lists is an error in a map. */
static bool check_name(const struct field_setter *setter, struct value *node, struct slice name, struct diag *diag)
{
    struct texts path = {&name, 1, 1};
    struct value *field;
    if (field_path_find(setter->arena, node, &path, &field, diag))
        return true;
    diag_prefix(diag, "fieldName: %.*s: ", SLICE_ARG(name));
    return false;
}

static bool walk_map(const struct field_spec *spec, const struct field_setter *setter, struct value *node,
                     struct slice rest, struct diag *diag)
{
    struct slice name = take_part(setter->arena, &rest);
    bool is_list = slice_ends(name, SLICE("[]"));
    enum value_kind kind = VALUE_NIL; /* what a null becomes */
    if (is_list) {
        name = slice_part(name, 0, name.len - 2);
        kind = VALUE_LIST;
    }
    if (name.len == 0)
        return diag_error(diag, "cannot set or create an empty field name");
    if (!check_name(setter, node, name, diag))
        return false;
    bool creates = spec->create && setter->create != VALUE_NIL && !is_list;
    if (creates)
        kind = rest.ptr ? VALUE_MAP : setter->create;
    struct value *field = map_find(node->map, name);
    if (!field) {
        if (!creates)
            return true;
        node_insert(node->map, name, made_node(setter->arena, kind));
        field = map_find(node->map, name);
    } else if (kind != VALUE_NIL && yaml_node_is_null(*field)) {
        *field = made_node(setter->arena, kind);
    }
    return walk(spec, setter, field, rest, diag);
}

static bool walk(const struct field_spec *spec, const struct field_setter *setter, struct value *node,
                 struct slice rest, struct diag *diag)
{
    if (!rest.ptr)
        return setter->set(setter, node, diag);
    if (yaml_node_is_null(*node))
        return true;
    if (node->kind == VALUE_MAP)
        return walk_map(spec, setter, node, rest, diag);
    if (node->kind != VALUE_LIST)
        return diag_error(diag, "expected sequence or mapping node");
    for (uint32_t i = 0; i < node->list->len; i++) {
        if (!walk(spec, setter, &node->list->items[i], rest, diag))
            return false;
    }
    return true;
}

static bool is_for(const struct field_spec *spec, struct value object)
{
    if (spec->gvk.kind.len && !slice_equal(spec->gvk.kind, node_text(object, "kind")))
        return false;
    if (spec->gvk.group.len == 0 && spec->gvk.version.len == 0)
        return true;
    struct slice api_version = node_text(object, "apiVersion");
    size_t slash = slice_find_char(api_version, '/');
    bool has_group = slash < api_version.len;
    struct slice group = has_group ? slice_part(api_version, 0, slash) : SLICE("");
    struct slice version = has_group ? slice_after(api_version, slash + 1) : api_version;
    return (spec->gvk.group.len == 0 || slice_equal(spec->gvk.group, group)) &&
           (spec->gvk.version.len == 0 || slice_equal(spec->gvk.version, version));
}

bool field_spec_apply(const struct field_spec *spec, const struct field_setter *setter, struct value *object,
                      struct diag *diag)
{
    if (!is_for(spec, *object))
        return true;
    struct slice path = spec->path;
    if (path.len && path.ptr[0] == '/')
        path = slice_after(path, 1);
    if (walk(spec, setter, object, path, diag))
        return true;
    struct resource r = {.node = *object};
    struct res_id id = resource_id(&r);
    struct slice text = res_id_text(setter->arena, &id);
    diag_prefix(diag, "considering field '%.*s' of object %.*s: ", SLICE_ARG(spec->path), SLICE_ARG(text));
    return false;
}

bool field_specs_apply(const struct field_specs *specs, const struct field_setter *setter, struct value *object,
                       struct diag *diag)
{
    for (size_t i = 0; i < specs->count; i++) {
        if (!field_spec_apply(&specs->items[i], setter, object, diag))
            return false;
    }
    return true;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

static void field_specs_add(struct arena *a, struct field_specs *specs, struct field_spec spec)
{
    struct field_spec *items = arena_room(a, (void *)specs->items, specs->count, &specs->cap, sizeof *items);
    items[specs->count++] = spec;
    specs->items = items;
}

/* An entry is covered by one with the same path whose kind it selects. */
bool field_specs_merge_one(struct arena *a, struct field_specs *specs, struct field_spec spec, struct diag *diag)
{
    for (size_t i = 0; i < specs->count; i++) {
        const struct field_spec *old = &specs->items[i];
        if (!slice_equal(old->path, spec.path) || !gvk_selected(&old->gvk, &spec.gvk))
            continue;
        if (old->create != spec.create)
            return diag_error(diag, "conflicting fieldspecs");
        return true;
    }
    field_specs_add(a, specs, spec);
    return true;
}

bool field_specs_merge(struct arena *a, struct field_specs *specs, const struct field_specs *more, struct diag *diag)
{
    for (size_t i = 0; i < more->count; i++) {
        if (!field_specs_merge_one(a, specs, more->items[i], diag))
            return false;
    }
    return true;
}

/* The table must be the caller's own. Most of it is in order already. */
static void field_specs_sort(struct field_specs *specs)
{
    struct field_spec *items = (struct field_spec *)specs->items;
    for (size_t i = 1; i < specs->count; i++) {
        struct field_spec moved = items[i];
        size_t j = i;
        for (; j > 0 && gvk_is_before(&moved.gvk, &items[j - 1].gvk); j--)
            items[j] = items[j - 1];
        items[j] = moved;
    }
}

static void back_references_sort(struct back_references *references)
{
    for (size_t i = 1; i < references->count; i++) {
        struct back_reference moved = references->items[i];
        size_t j = i;
        for (; j > 0 && gvk_is_before(&moved.target, &references->items[j - 1].target); j--)
            references->items[j] = references->items[j - 1];
        references->items[j] = moved;
    }
}

void back_references_add(struct arena *a, struct back_references *references, struct back_reference more)
{
    references->items = arena_room(a, references->items, references->count, &references->cap, sizeof *references->items);
    references->items[references->count++] = more;
}

bool back_references_merge_one(struct arena *a, struct back_references *references, struct back_reference more,
                               struct diag *diag)
{
    for (size_t i = 0; i < references->count; i++) {
        if (gvk_equal(&references->items[i].target, &more.target))
            return field_specs_merge(a, &references->items[i].referrers, &more.referrers, diag);
    }
    back_references_add(a, references, more);
    return true;
}

static struct field_specs field_specs_copy(struct arena *a, const struct field_specs *specs)
{
    struct field_specs copy = {NULL, 0, 0};
    for (size_t i = 0; i < specs->count; i++)
        field_specs_add(a, &copy, specs->items[i]);
    return copy;
}

/* Tables shared with other kustomizations are copied before they grow. */
static void field_tables_own(struct field_tables *tables, struct arena *a)
{
    struct back_references names = {NULL, 0, 0};
    for (int i = 0; i < FIELD_TABLES; i++)
        tables->specs[i] = field_specs_copy(a, &tables->specs[i]);
    for (size_t i = 0; i < tables->names.count; i++) {
        struct back_reference *old = &tables->names.items[i];
        back_references_add(a, &names, (struct back_reference){old->target, field_specs_copy(a, &old->referrers)});
    }
    tables->names = names;
}

void field_tables_sort(struct field_tables *tables)
{
    for (int i = 0; i < FIELD_TABLES; i++)
        field_specs_sort(&tables->specs[i]);
    back_references_sort(&tables->names);
}

/* As the errors of a merge name the tables. */
static const char *const table_names[FIELD_TABLES] = {
    [FIELDS_NAME_PREFIX] = "NamePrefix",
    [FIELDS_NAME_SUFFIX] = "NameSuffix",
    [FIELDS_NAMESPACE] = "NameSpace",
    [FIELDS_COMMON_LABELS] = "CommonLabels",
    [FIELDS_LABELS] = "Labels",
    [FIELDS_TEMPLATE_LABELS] = "TemplateLabels",
    [FIELDS_ANNOTATIONS] = "CommonAnnotations",
    [FIELDS_VAR_REFERENCE] = "VarReference",
    [FIELDS_IMAGES] = "Images",
    [FIELDS_REPLICAS] = "Replicas",
};

static bool is_empty(const struct field_tables *tables)
{
    for (int i = 0; i < FIELD_TABLES; i++) {
        if (tables->specs[i].count)
            return false;
    }
    return tables->names.count == 0;
}

bool field_tables_merge(struct arena *a, struct field_tables *tables, const struct field_tables *more,
                        struct diag *diag)
{
    if (is_empty(more) || (more->is_default && tables->is_default))
        return true;
    if (more->is_default && is_empty(tables)) {
        *tables = *more;
        return true;
    }
    field_tables_own(tables, a);
    tables->is_default = false;
    for (int i = 0; i < FIELD_TABLES; i++) {
        if (!field_specs_merge(a, &tables->specs[i], &more->specs[i], diag)) {
            diag_prefix(diag, "failed to merge %s fieldSpec: ", table_names[i]);
            return false;
        }
    }
    for (size_t i = 0; i < more->names.count; i++) {
        struct back_reference *one = &more->names.items[i];
        struct back_reference copy = {one->target, field_specs_copy(a, &one->referrers)};
        if (!back_references_merge_one(a, &tables->names, copy, diag)) {
            diag_prefix(diag, "failed to merge NameReference fieldSpec: ");
            return false;
        }
    }
    field_tables_sort(tables);
    return true;
}

void field_tables_default(struct field_tables *tables, struct arena *a)
{
    size_t count = default_reference_count;
    memcpy(tables->specs, default_fields, sizeof tables->specs);
    tables->names = (struct back_references){ARENA_ARRAY(a, struct back_reference, count), count, count};
    memcpy(tables->names.items, default_references, count * sizeof *default_references);
    tables->is_default = true;
}
