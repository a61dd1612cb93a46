/*
 * vars.c - the field `vars`
 *
 * A kustomization ties each of its vars to the one object that it names; the object keeps the var's name through all
 * renames. When all is gathered, values are read from these objects, and $(NAME) gives way to them in the fields that
 * the tables list.
 */
#include "kustomize/vars.h"

#include "golang/strconv.h"
#include "kustomize/field_path.h"
#include "value/format.h"

/* --- recording ---------------------------------------------------------------------------------------------------- */

/* Group and version may be given together. */
static struct var with_defaults(const struct var *given)
{
    struct var var = *given;
    size_t slash = slice_find_char(var.api_version, '/');
    if (var.api_version.len && slash == var.api_version.len) {
        var.object.gvk.version = var.api_version;
    } else if (var.api_version.len && slice_count_char(var.api_version, '/') == 1) {
        var.object.gvk.group = slice_part(var.api_version, 0, slash);
        var.object.gvk.version = slice_after(var.api_version, slash + 1);
    }
    if (var.field_path.len == 0)
        var.field_path = SLICE("metadata.name");
    return var;
}

/* The var as Go prints it. */
static struct slice var_text(struct arena *a, const struct var *var)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "{%.*s ", SLICE_ARG(var->name));
    gvk_write(&out, &var->object.gvk);
    buffer_printf(&out, " {%.*s}}", SLICE_ARG(var->field_path));
    return buffer_move(&out, a);
}

static bool add_var(struct arena *a, struct var_set *vars, const struct var *var, struct diag *diag)
{
    size_t at = 0;
    while (at < vars->count && slice_compare(vars->items[at].name, var->name) < 0)
        at++;
    if (at < vars->count && slice_equal(vars->items[at].name, var->name))
        return diag_error(diag, "var '%.*s' already encountered", SLICE_ARG(var->name));
    if (vars->count == vars->cap) {
        size_t cap = vars->cap ? vars->cap * 2 : 4;
        size_t size = sizeof *vars->items;
        vars->items = arena_resize(a, vars->items, vars->cap * size, cap * size);
        vars->cap = cap;
    }
    memmove(vars->items + at + 1, vars->items + at, (vars->count - at) * sizeof *vars->items);
    vars->items[at] = *var;
    vars->count++;
    return true;
}

bool vars_merge(struct arena *a, struct var_set *vars, const struct var_set *more, struct diag *diag)
{
    for (size_t i = 0; i < more->count; i++) {
        if (!add_var(a, vars, &more->items[i], diag))
            return false;
    }
    return true;
}

/* Without a namespace any will do. */
static bool is_named(const struct res_id *id, const struct res_id *object)
{
    return slice_equal(id->name, object->name) && gvk_equal(&id->gvk, &object->gvk) &&
           (object->namespace.len == 0 || res_id_same_namespace(id, object));
}

static bool is_object_of(const struct resource *r, const struct var *var)
{
    struct res_id now = resource_id(r);
    if (is_named(&now, &var->object))
        return true;
    for (size_t i = 0; i < r->previous_count; i++) {
        struct res_id before = resource_previous_id(r, i);
        if (is_named(&before, &var->object))
            return true;
    }
    return false;
}

static bool tie_var(struct arena *a, const struct resource_map *map, const struct var *var, struct diag *diag)
{
    struct resource *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (node_is_empty(map->items[i]->node) || !is_object_of(map->items[i], var))
            continue;
        found = map->items[i];
        count++;
    }
    if (count > 1) {
        struct slice text = var_text(a, var);
        return diag_error(diag, "found %zu resId matches for var %.*s (unable to disambiguate)", count,
                          SLICE_ARG(text));
    }
    if (found)
        texts_add(a, &found->vars, var->name);
    return true;
}

bool vars_record(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    const struct var *vars = t->k->vars.items;
    for (size_t i = 0; i < t->k->vars.count; i++) {
        struct var var = with_defaults(&vars[i]);
        if (!tie_var(a, &acc->resources, &var, diag))
            return false;
    }
    for (size_t i = 0; i < t->k->vars.count; i++) {
        struct var var = with_defaults(&vars[i]);
        if (add_var(a, &acc->vars, &var, diag))
            continue;
        diag_prefix(diag, "merging vars: ");
        return false;
    }
    return true;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* What stands for a var: nil, bool, int, float or text; a list or map stands for nothing. */
struct var_value {
    struct value value;
    bool is_used;
};

struct resolving {
    struct arena *arena;
    const struct var_set *vars;
    struct var_value *values; /* of each var */
};

/* "ports[0]" is "ports", "0". */
static struct texts split_indexes(struct arena *a, const struct texts *path)
{
    struct texts parts = {NULL, 0, 0};
    for (size_t i = 0; i < path->count; i++) {
        struct slice part = path->items[i];
        size_t open = slice_find_last_char(part, '[');
        struct slice index = open < part.len ? slice_part(part, open + 1, part.len - 1) : SLICE("");
        bool is_index = index.len && slice_ends(part, SLICE("]"));
        for (size_t j = 0; j < index.len; j++)
            is_index = is_index && index.ptr[j] >= '0' && index.ptr[j] <= '9';
        if (!is_index) {
            texts_add(a, &parts, part);
            continue;
        }
        if (open)
            texts_add(a, &parts, slice_part(part, 0, open));
        texts_add(a, &parts, index);
    }
    return parts;
}

/* The data of a scalar by its tag; text that nothing is known of is a string. False where the text does not fit. */
static bool scalar_value(struct value node, struct value *out)
{
    struct slice text = value_slice(node);
    int64_t i;
    double f;
    *out = value_string(text);
    switch (yaml_node_tag(node)) {
    case YAML_TAG_INT:
        if (go_parse_int(text, 10, 64, &i) != GO_NUMBER_OK)
            return false;
        *out = value_int(i);
        return true;
    case YAML_TAG_FLOAT:
        if (go_parse_float(text, 64, &f) != GO_NUMBER_OK)
            return false;
        *out = value_float(f);
        return true;
    case YAML_TAG_BOOL:
        *out = value_bool(text.ptr[0] == 't' || text.ptr[0] == 'T');
        return true;
    default:
        return true;
    }
}

static bool field_value(struct arena *a, struct resource *r, struct slice path, struct value *out)
{
    struct texts parts = field_path_split_brackets(a, path, '.');
    struct diag ignored;
    struct value *field = NULL;
    parts = split_indexes(a, &parts);
    diag_init(&ignored);
    bool found = field_path_find(a, &r->node, &parts, &field, &ignored) && field;
    diag_release(&ignored);
    if (!found)
        return false;
    *out = *field;
    return field->kind != VALUE_STRING || scalar_value(*field, out);
}

static bool has_var(const struct resource *r, struct slice name)
{
    for (size_t i = 0; i < r->vars.count; i++) {
        if (slice_equal(r->vars.items[i], name))
            return true;
    }
    return false;
}

static bool value_of(struct arena *a, const struct resource_map *map, const struct var *var, struct value *out,
                     struct diag *diag)
{
    struct slice text = var_text(a, var);
    for (size_t i = 0; i < map->count; i++) {
        if (!has_var(map->items[i], var->name))
            continue;
        return field_value(a, map->items[i], var->field_path, out) ||
               diag_error(diag, "field specified in var '%.*s' not found in corresponding resource",
                          SLICE_ARG(text));
    }
    return diag_error(diag, "var '%.*s' cannot be mapped to a field in the set of known resources", SLICE_ARG(text));
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* The value of a var, or null. */
static const struct value *lookup(struct resolving *r, struct slice name)
{
    for (size_t i = 0; i < r->vars->count; i++) {
        if (!slice_equal(r->vars->items[i].name, name))
            continue;
        const struct value *v = &r->values[i].value;
        if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
            return NULL;
        r->values[i].is_used = true;
        return v;
    }
    return NULL;
}

/* Length of "$(NAME)" at the start of the text; 0 where there is none. */
static size_t reference_length(struct slice text)
{
    size_t close = slice_find_char(text, ')');
    return text.len > 1 && text.ptr[1] == '(' && close < text.len ? close + 1 : 0;
}

/* "$$" is "$"; a '$' before anything else is kept with what follows. */
static size_t expand_one(struct resolving *r, struct slice rest, struct buffer *out)
{
    size_t len = reference_length(rest);
    if (len == 0) {
        buffer_add(out, slice_part(rest, 0, rest.ptr[1] == '$' ? 1 : 2));
        return 2;
    }
    const struct value *v = lookup(r, slice_part(rest, 2, len - 1));
    if (v)
        format_value(out, *v);
    else
        buffer_add(out, slice_part(rest, 0, len));
    return len;
}

static struct slice expand(struct resolving *r, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    size_t i = 0;
    while (i < text.len) {
        size_t dollar = slice_find_char(slice_after(text, i), '$');
        buffer_add(&out, slice_part(text, i, i + dollar));
        i += dollar;
        if (i + 1 >= text.len) {
            buffer_add(&out, slice_after(text, i));
            break;
        }
        i += expand_one(r, slice_after(text, i), &out);
    }
    return buffer_move(&out, r->arena);
}

/* A scalar for a value that stands alone. */
static struct value node_of_value(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    switch (v.kind) {
    case VALUE_INT:
        go_format_int(&text, v.i, 10);
        return yaml_node(buffer_move(&text, a), YAML_TAG_INT, YAML_PLAIN);
    case VALUE_FLOAT:
        go_format_float(&text, v.f, 'f', -1, 64);
        return yaml_node(buffer_move(&text, a), YAML_TAG_FLOAT, YAML_PLAIN);
    case VALUE_BOOL:
        return yaml_node(v.b ? SLICE("true") : SLICE("false"), YAML_TAG_BOOL, YAML_PLAIN);
    default:
        return yaml_node(value_slice(v), YAML_TAG_STR, YAML_PLAIN);
    }
}

/* A text that is nothing but a reference takes the value as it is; any other is a string afterwards, without quotes. */
static void resolve_scalar(struct resolving *r, struct value *node)
{
    struct slice text = value_slice(*node);
    struct origin at = node->origin;
    bool alone = text.len && text.ptr[0] == '$' && reference_length(text) == text.len;
    const struct value *v = alone ? lookup(r, slice_part(text, 2, text.len - 1)) : NULL;
    if (v)
        *node = value_from(node_of_value(r->arena, *v), v->origin.line ? v->origin : at);
    else
        *node = value_from(yaml_node(alone ? text : expand(r, text), YAML_TAG_STR, YAML_PLAIN), at);
}

static bool is_text(struct value node)
{
    return node.kind == VALUE_STRING && yaml_node_tag(node) <= YAML_TAG_STR;
}

static bool resolve_field(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    struct resolving *r = setter->context;
    if (is_text(*field))
        resolve_scalar(r, field);
    if (field->kind == VALUE_MAP && field->map->flags & MAP_ODD_KEYS)
        return diag_error(diag, "invalid map key");
    for (uint32_t i = 0; field->kind == VALUE_MAP && i < field->map->len; i++) {
        if (is_text(field->map->entries[i].value))
            resolve_scalar(r, &field->map->entries[i].value);
    }
    for (uint32_t i = 0; field->kind == VALUE_LIST && i < field->list->len; i++) {
        if (!is_text(field->list->items[i]))
            return diag_error(diag, "invalid value type expect a string");
        resolve_scalar(r, &field->list->items[i]);
    }
    return true;
}

/* --- resolving ---------------------------------------------------------------------------------------------------- */

static void tell_unused(const struct resolving *r, struct diag *diag)
{
    struct buffer names = BUFFER_INIT;
    for (size_t i = 0; i < r->vars->count; i++) {
        if (r->values[i].is_used)
            continue;
        buffer_add_text(&names, names.len ? "," : "");
        buffer_add(&names, r->vars->items[i].name);
    }
    if (names.len)
        diag_warning(diag, "well-defined vars that were never replaced: %.*s", SLICE_ARG(buffer_slice(&names)));
    buffer_release(&names);
}

bool vars_resolve(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct resolving r = {a, &acc->vars, ARENA_ARRAY(a, struct var_value, acc->vars.count + 1)};
    struct field_setter setter = {resolve_field, &r, a, VALUE_NIL};
    for (size_t i = 0; i < acc->vars.count; i++) {
        if (!value_of(a, &acc->resources, &acc->vars.items[i], &r.values[i].value, diag))
            return false;
    }
    for (size_t i = 0; acc->vars.count && i < acc->resources.count; i++) {
        if (!field_specs_apply(&acc->tables.specs[FIELDS_VAR_REFERENCE], &setter, &acc->resources.items[i]->node,
                               diag))
            return false;
    }
    tell_unused(&r, diag);
    return true;
}
