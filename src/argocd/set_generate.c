/*
 * set_generate.c - generators of an ApplicationSet
 */
#include "argocd/set_generate.h"

#include "argocd/set_files.h"
#include "codec/yaml_read.h"
#include "value/compare.h"
#include "value/field.h"
#include "value/format.h"
#include "value/merge.h"

static bool fail_at(const struct set_context *c, struct value at, struct diag *diag)
{
    diag_locate_origin(diag, source_set_find(c->sources, at.origin.source), at.origin);
    return false;
}

/* --- parameters ----------------------------------------------------------------------------------------------- */

/* A scalar as the plain language has it. */
static struct value as_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    if (value_is_string(v))
        return v;
    format_value(&text, v);
    return value_string(buffer_move(&text, a));
}

/* Puts the leaves of a value under dotted names. */
static void flatten(struct arena *a, struct slice name, struct value v, struct map *out)
{
    const char *dot = name.len ? "." : "";
    if (value_is_map(v)) {
        for (uint32_t i = 0; i < v.map->len; i++) {
            const struct entry *entry = &v.map->entries[i];
            flatten(a, arena_printf(a, "%.*s%s%.*s", SLICE_ARG(name), dot, SLICE_ARG(entry->key)), entry->value, out);
        }
    } else if (value_is_list(v)) {
        for (uint32_t i = 0; i < v.list->len; i++)
            flatten(a, arena_printf(a, "%.*s%s%u", SLICE_ARG(name), dot, i), v.list->items[i], out);
    } else {
        map_set(out, name, as_text(a, v));
    }
}

/* Parameters of the language: a map that can be changed. */
static struct map *parameters_of(const struct set_context *c, struct value v)
{
    if (c->go)
        return value_thaw(c->arena, v).map;
    struct map *flat = map_new(c->arena, 8);
    flatten(c->arena, SLICE(""), v, flat);
    return flat;
}

/* A generator's `values` are templates over its own parameters. */
static bool add_values(const struct set_context *c, struct value generator, struct map *parameters, struct diag *diag)
{
    struct value values = field_value(generator, "values");
    struct value done;
    if (!value_is_map(values))
        return true;
    if (!set_template_apply(&c->template, values, value_map(parameters), &done, diag))
        return fail_at(c, values, diag);
    if (c->go)
        map_set_text(parameters, "values", done);
    else
        flatten(c->arena, SLICE("values"), done, parameters);
    return true;
}

/* --- list ----------------------------------------------------------------------------------------------------- */

static bool generate_list(struct set_context *c, struct value generator, struct list *out, struct diag *diag)
{
    const struct yaml_read_options options = {.no_origin = true};
    struct field_items elements = field_items(generator, "elements");
    struct slice yaml = field_text(generator, "elementsYaml");
    for (size_t i = 0; i < elements.count; i++) {
        if (!value_is_map(elements.items[i])) {
            diag_error(diag, "an element of a list generator is no map");
            return fail_at(c, elements.items[i], diag);
        }
        list_add(c->arena, out, value_map(parameters_of(c, elements.items[i])));
    }
    if (yaml.len) {
        struct value more;
        struct yaml_error error;
        if (!yaml_read(c->arena, NULL, yaml, &options, &more, &error))
            return diag_error(diag, "error unmarshling decoded ElementsYaml: %.*s", SLICE_ARG(error.message));
        for (uint32_t i = 0; value_is_list(more) && i < more.list->len; i++) {
            if (value_is_map(more.list->items[i]))
                list_add(c->arena, out, value_map(parameters_of(c, more.list->items[i])));
        }
    }
    return true;
}

/* --- git ------------------------------------------------------------------------------------------------------ */

/* Host and path of a repository: https://host/path.git, ssh://git@host/path and git@host:path are one. */
static struct slice plain_url(struct arena *a, struct slice url)
{
    size_t scheme = slice_find(url, SLICE("://"));
    if (scheme < url.len)
        url = slice_after(url, scheme + 3);
    size_t at = slice_find_char(url, '@');
    if (at < slice_find_char(url, '/'))
        url = slice_after(url, at + 1);
    while (slice_ends(url, SLICE("/")))
        url.len--;
    if (slice_ends(url, SLICE(".git")))
        url.len -= 4;
    char *text = arena_text(a, url);
    for (size_t i = 0; i < url.len; i++) {
        if (text[i] == ':')
            text[i] = '/';
        else if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] | 0x20);
    }
    return slice_of(text, url.len);
}

bool set_context_is_here(const struct set_context *c, struct slice url)
{
    return c->url.len == 0 || slice_equal(plain_url(c->arena, c->url), plain_url(c->arena, url));
}

/* What a path gives: for Go templates a map under `path`, else texts under path, path.basename, path[0]… */
static struct map *path_parameters(const struct set_context *c, struct value generator, struct map *parameters,
                                   struct slice folder, struct slice file)
{
    struct arena *a = c->arena;
    struct slice prefix = field_text(generator, "pathParamPrefix");
    struct slice segment, rest = folder;
    struct map *path = map_new(a, 8);
    struct list *segments = list_new(a, 4);
    struct slice base = file_base(folder);
    map_set_text(path, "basename", value_string(base));
    map_set_text(path, "basenameNormalized", value_string(set_template_normalize(a, base)));
    if (file.len) {
        map_set_text(path, "filename", value_string(file));
        map_set_text(path, "filenameNormalized", value_string(set_template_normalize(a, file)));
    }
    while (slice_next_piece(&rest, '/', &segment))
        list_add(a, segments, value_string(segment));
    if (c->go) {
        map_set_text(path, "path", value_string(folder));
        map_set_text(path, "segments", value_list(segments));
        struct map *holder = parameters;
        if (prefix.len) {
            holder = map_new(a, 1);
            map_set(parameters, prefix, value_map(holder));
        }
        map_set_text(holder, "path", value_map(path));
        return parameters;
    }
    struct slice name = prefix.len ? arena_printf(a, "%.*s.path", SLICE_ARG(prefix)) : SLICE("path");
    flatten(a, name, value_map(path), parameters);
    map_set(parameters, name, value_string(folder));
    for (uint32_t i = 0; i < segments->len; i++)
        map_set(parameters, arena_printf(a, "%.*s[%u]", SLICE_ARG(name), i), segments->items[i]);
    return parameters;
}

static bool add_folder(struct set_context *c, struct value generator, struct slice folder, struct list *out,
                       struct diag *diag)
{
    struct map *parameters = path_parameters(c, generator, map_new(c->arena, 4), folder, SLICE(""));
    if (!add_values(c, generator, parameters, diag))
        return false;
    list_add(c->arena, out, value_map(parameters));
    return true;
}

/* A file has one map of parameters, or a list of them. */
static bool add_file(struct set_context *c, struct value generator, struct slice path, struct list *out,
                     struct diag *diag)
{
    struct value content;
    if (!set_files_read(c, path, &content, diag))
        return false;
    struct list one = {&content, 1, 1, 0};
    const struct list *all = value_is_list(content) ? content.list : &one;
    struct slice folder = file_folder(path);
    for (uint32_t i = 0; i < all->len; i++) {
        if (!value_is_map(all->items[i]))
            return diag_error(diag, "%.*s: a git generator's file has to be a map or a list of maps", SLICE_ARG(path));
        struct map *parameters = parameters_of(c, all->items[i]);
        path_parameters(c, generator, parameters, folder, file_base(path));
        if (!add_values(c, generator, parameters, diag))
            return false;
        list_add(c->arena, out, value_map(parameters));
    }
    return true;
}

static bool generate_git(struct set_context *c, struct value generator, struct list *out, struct diag *diag)
{
    struct slice url = field_text(generator, "repoURL");
    struct set_paths paths;
    if (!set_context_is_here(c, url)) {
        diag_error(diag, "the git generator's repository %.*s is not the one checked out here", SLICE_ARG(url));
        return fail_at(c, generator, diag);
    }
    if (value_is_list(field_value(generator, "directories"))) {
        if (!set_files_folders(c, field_items(generator, "directories"), &paths, diag))
            return false;
        for (size_t i = 0; i < paths.count; i++) {
            if (!add_folder(c, generator, paths.items[i], out, diag))
                return false;
        }
        return true;
    }
    if (!set_files_files(c, field_items(generator, "files"), &paths, diag))
        return false;
    for (size_t i = 0; i < paths.count; i++) {
        if (!add_file(c, generator, paths.items[i], out, diag))
            return false;
    }
    return true;
}

/* --- matrix and merge ----------------------------------------------------------------------------------------- */

/* Two sets of parameters as one. In the plain language a name with two values is an error, as for Argo CD. */
static bool combine(const struct set_context *c, struct value low, struct value high, struct value *out,
                    struct diag *diag)
{
    for (uint32_t i = 0; !c->go && i < low.map->len; i++) {
        const struct entry *entry = &low.map->entries[i];
        const struct value *other = map_find(high.map, entry->key);
        if (other && !slice_equal(value_slice(*other), value_slice(entry->value)))
            return diag_error(diag, "failed to combine string maps with merging params: found duplicate key %.*s with "
                                    "different value, a: %.*s ,b: %.*s",
                              SLICE_ARG(entry->key), SLICE_ARG(value_slice(entry->value)),
                              SLICE_ARG(value_slice(*other)));
    }
    *out = merge_values(c->arena, low, high, &merge_helm_layers);
    return true;
}

/* The second generator is a template over the parameters of the first. */
static bool generate_matrix(struct set_context *c, struct value generator, struct list *out, struct diag *diag)
{
    struct field_items generators = field_items(generator, "generators");
    struct list *outer = list_new(c->arena, 8);
    if (generators.count != 2)
        return diag_error(diag, "found %zu generators, matrix support only 2 generators", generators.count);
    if (!set_generate(c, generators.items[0], outer, diag))
        return false;
    for (uint32_t i = 0; i < outer->len; i++) {
        struct list *inner = list_new(c->arena, 8);
        struct value second;
        if (!set_template_apply(&c->template, generators.items[1], outer->items[i], &second, diag) ||
            !set_generate(c, second, inner, diag))
            return false;
        for (uint32_t k = 0; k < inner->len; k++) {
            struct value both;
            if (!combine(c, outer->items[i], inner->items[k], &both, diag))
                return false;
            list_add(c->arena, out, both);
        }
    }
    return true;
}

static bool same_keys(struct field_items keys, struct value a, struct value b)
{
    for (size_t i = 0; i < keys.count; i++) {
        const struct value *x = map_find(a.map, value_slice(keys.items[i]));
        const struct value *y = map_find(b.map, value_slice(keys.items[i]));
        if (!x != !y || (x && !value_deep_equal(*x, *y)))
            return false;
    }
    return true;
}

/* Parameters of later generators go over those of the first that agree in the merge keys. */
static bool generate_merge(struct set_context *c, struct value generator, struct list *out, struct diag *diag)
{
    struct field_items generators = field_items(generator, "generators");
    struct field_items keys = field_items(generator, "mergeKeys");
    struct list *base = list_new(c->arena, 8);
    if (generators.count < 2)
        return diag_error(diag, "found less than two generators, Merge requires two or more");
    if (keys.count == 0)
        return diag_error(diag, "no merge keys were specified, Merge requires at least one");
    if (!set_generate(c, generators.items[0], base, diag))
        return false;
    for (size_t g = 1; g < generators.count; g++) {
        struct list *over = list_new(c->arena, 8);
        if (!set_generate(c, generators.items[g], over, diag))
            return false;
        for (uint32_t i = 0; i < base->len; i++) {
            for (uint32_t k = 0; k < over->len; k++) {
                if (same_keys(keys, base->items[i], over->items[k]))
                    base->items[i] = merge_values(c->arena, base->items[i], over->items[k], &merge_helm_layers);
            }
        }
    }
    for (uint32_t i = 0; i < base->len; i++)
        list_add(c->arena, out, base->items[i]);
    return true;
}

/* --- any generator -------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    bool (*generate)(struct set_context *c, struct value generator, struct list *out, struct diag *diag);
} kinds[] = {{"list", generate_list}, {"git", generate_git}, {"matrix", generate_matrix}, {"merge", generate_merge}};

static struct value flat_parameters(const struct set_context *c, struct value parameters)
{
    struct map *flat = map_new(c->arena, 8);
    flatten(c->arena, SLICE(""), parameters, flat);
    return value_map(flat);
}

static bool expression_holds(struct value expression, struct value flat)
{
    const struct value *have = map_find(flat.map, field_text(expression, "key"));
    struct slice operator = field_text(expression, "operator");
    struct field_items values = field_items(expression, "values");
    bool among = false;
    for (size_t i = 0; have && i < values.count; i++)
        among = among || value_deep_equal(*have, values.items[i]);
    if (slice_is(operator, "In"))
        return among;
    if (slice_is(operator, "NotIn"))
        return !among;
    return slice_is(operator, "Exists") ? have != NULL : have == NULL;
}

/* The generator's `selector` is one of labels, over the parameters. */
static bool is_selected(const struct set_context *c, struct value selector, struct value parameters)
{
    struct value flat = flat_parameters(c, parameters);
    struct value labels = field_value(selector, "matchLabels");
    struct field_items expressions = field_items(selector, "matchExpressions");
    for (uint32_t i = 0; value_is_map(labels) && i < labels.map->len; i++) {
        const struct value *have = map_find(flat.map, labels.map->entries[i].key);
        if (!have || !value_deep_equal(*have, labels.map->entries[i].value))
            return false;
    }
    for (size_t i = 0; i < expressions.count; i++) {
        if (!expression_holds(expressions.items[i], flat))
            return false;
    }
    return true;
}

bool set_generate(struct set_context *c, struct value generator, struct list *out, struct diag *diag)
{
    struct value selector = field_value(generator, "selector");
    struct list *all = list_new(c->arena, 8);
    struct value body = value_nil();
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && !value_is_map(body); i++) {
        body = field_value(generator, kinds[i].name);
        if (value_is_map(body) && !kinds[i].generate(c, body, all, diag))
            return false;
    }
    if (!value_is_nil(field_value(body, "template"))) {
        diag_error(diag, "a template inside of a generator is not supported");
        return fail_at(c, body, diag);
    }
    if (!value_is_map(body)) {
        diag_error(diag, "this generator asks something outside of the checkout: yare expands list, git, matrix and "
                         "merge");
        return fail_at(c, generator, diag);
    }
    for (uint32_t i = 0; i < all->len; i++) {
        if (!value_is_map(selector) || is_selected(c, selector, all->items[i]))
            list_add(c->arena, out, all->items[i]);
    }
    return true;
}
