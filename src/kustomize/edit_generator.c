/*
 * edit_generator.c - kustomize edit add, set and remove for configmap and secret
 *
 * Both differ in the field they change and in a Secret's type. What comes out is generated once, to see that it can be.
 */
#include "kustomize/edit.h"
#include "kustomize/generate.h"

/* Where the command works. */
struct generators {
    struct records *entries;
    bool is_secret;
    const char *word; /* in messages */
};

static struct generators config_maps_of(struct edit *e)
{
    return (struct generators){&e->k->config_maps, false, "configmap"};
}

static struct generators secrets_of(struct edit *e)
{
    return (struct generators){&e->k->secrets, true, "secret"};
}

static struct generator *find_entry(const struct generators *g, struct slice name, struct slice namespace)
{
    struct generator *items = g->entries->items;
    for (size_t i = 0; i < g->entries->count; i++) {
        if (slice_equal(items[i].name, name) && edit_same_namespace(items[i].namespace, namespace))
            return &items[i];
    }
    return NULL;
}

/* --- checks ------------------------------------------------------------------------------------------------------- */

static bool fails(struct diag *diag, const char *prefix)
{
    diag_prefix(diag, "%s: ", prefix);
    return false;
}

static bool catches_several(struct slice word, const struct texts *found, struct diag *diag)
{
    struct buffer files = BUFFER_INIT;
    for (size_t i = 0; i < found->count; i++)
        buffer_printf(&files, "%s%.*s", i ? " " : "", SLICE_ARG(found->items[i]));
    diag_error(diag, "'pattern '%.*s' catches files [%.*s], should catch only one", SLICE_ARG(word),
               SLICE_ARG(buffer_slice(&files)));
    buffer_release(&files);
    return false;
}

/* "key=pattern" finds one file, "pattern" any number. */
static bool expand_files(struct edit *e, struct texts *out, struct diag *diag)
{
    for (size_t i = 0; i < e->options->from_file.count; i++) {
        struct slice word = e->options->from_file.items[i];
        size_t at = slice_find_char(word, '=');
        bool has_key = slice_count_char(word, '=') == 1;
        struct slice pattern = has_key ? slice_after(word, at + 1) : slice_part(word, 0, at);
        struct texts patterns = {&pattern, 1, 1};
        struct texts found = {NULL, 0, 0};
        if (!edit_glob(e->arena, &patterns, false, &found, diag))
            return false;
        if (has_key && at > 0 && found.count != 1)
            return catches_several(word, &found, diag);
        for (size_t j = 0; j < found.count; j++) {
            struct slice path = found.items[j];
            if (has_key && at > 0)
                path = arena_printf(e->arena, "%.*s=%.*s", (int)at, word.ptr, SLICE_ARG(path));
            texts_add(e->arena, out, path);
        }
    }
    return true;
}

static bool check_add(const struct edit *e, const struct texts *files, struct diag *diag)
{
    const struct edit_options *o = e->options;
    if (e->words->count != 1)
        return diag_error(diag, "name must be specified once");
    if (o->from_env_file.len == 0 && files->count == 0 && o->from_literal.count == 0)
        return diag_error(diag, "at least from-env-file, or from-file or from-literal must be set");
    if (o->from_env_file.len && (files->count || o->from_literal.count))
        return diag_error(diag, "from-env-file cannot be combined with from-file or from-literal");
    if (o->behavior.len && !slice_is(o->behavior, "create") && !slice_is(o->behavior, "merge") &&
        !slice_is(o->behavior, "replace"))
        return diag_error(diag, "invalid behavior: must be one of \"create\", \"merge\", or \"replace\"");
    return true;
}

/* The options of the whole kustomization become the entry's. */
static void take_global_options(struct edit *e, struct generator *entry)
{
    const struct generator_options *global = e->k->generator_options;
    if (!global)
        return;
    if (!entry->options)
        entry->options = ARENA_NEW(e->arena, struct generator_options);
    struct value *locals[] = {&entry->options->labels, &entry->options->annotations};
    const struct value globals[] = {global->labels, global->annotations};
    for (size_t i = 0; i < 2; i++) {
        if (globals[i].kind != VALUE_MAP)
            continue;
        struct map *merged = map_copy(e->arena, globals[i].map);
        for (uint32_t j = 0; locals[i]->kind == VALUE_MAP && j < locals[i]->map->len; j++)
            map_set(merged, locals[i]->map->entries[j].key, locals[i]->map->entries[j].value);
        *locals[i] = value_map(merged);
    }
    entry->options->disable_hash |= global->disable_hash;
    entry->options->immutable |= global->immutable;
}

static bool can_be_made(struct edit *e, const struct generators *g, struct generator *entry, struct diag *diag)
{
    struct build build = {.arena = e->arena, .sources = e->sources};
    struct root here;
    struct target t = {.build = &build, .root = &here, .k = e->k};
    take_global_options(e, entry);
    return root_open(e->arena, ".", false, &here, diag) && generate_object(&t, entry, g->is_secret, diag);
}

/* --- add ---------------------------------------------------------------------------------------------------------- */

static void add_all(struct arena *a, struct texts *list, const struct texts *more)
{
    for (size_t i = 0; i < more->count; i++)
        texts_add(a, list, more->items[i]);
}

static void fill_entry(struct edit *e, struct generator *entry, const struct texts *files)
{
    const struct edit_options *o = e->options;
    add_all(e->arena, &entry->literals, &o->from_literal);
    add_all(e->arena, &entry->files, files);
    if (o->from_env_file.len)
        texts_add(e->arena, &entry->envs, o->from_env_file);
    if (o->disable_hash) {
        entry->options = ARENA_NEW(e->arena, struct generator_options);
        entry->options->disable_hash = true;
    }
    if (o->behavior.len)
        entry->behavior = o->behavior;
}

static bool add_entry(struct edit *e, struct generators g, struct diag *diag)
{
    struct texts files = {NULL, 0, 0};
    if (!expand_files(e, &files, diag))
        return fails(diag, "failed to expand file source");
    if (!check_add(e, &files, diag))
        return fails(diag, "failed to validate flags");
    struct slice name = e->words->items[0];
    struct generator *entry = find_entry(&g, name, e->options->namespace);
    if (!entry) {
        struct generator made = {.name = name, .namespace = e->options->namespace};
        if (g.is_secret)
            made.type = e->options->type.len ? e->options->type : SLICE("Opaque");
        entry = edit_append(e->arena, g.entries, sizeof made, &made);
    }
    fill_entry(e, entry, &files);
    return can_be_made(e, &g, entry, diag) || fails(diag, g.is_secret ? "failed to create secret"
                                                                       : "failed to create configmap");
}

bool edit_add_config_map(struct edit *e, struct diag *diag)
{
    return add_entry(e, config_maps_of(e), diag);
}

bool edit_add_secret(struct edit *e, struct diag *diag)
{
    return add_entry(e, secrets_of(e), diag);
}

/* --- set ---------------------------------------------------------------------------------------------------------- */

static bool split_literal(struct slice literal, struct slice *key, struct diag *diag)
{
    size_t at = slice_find_char(literal, '=');
    if (at == literal.len || slice_count_char(literal, '=') != 1)
        return diag_error(diag, "failed to update resource: literal values must be specified in the key=value format");
    *key = slice_part(literal, 0, at);
    return true;
}

static bool set_literal(struct texts *literals, struct slice literal, struct diag *diag)
{
    struct slice key;
    struct slice old;
    if (!split_literal(literal, &key, diag))
        return false;
    for (size_t i = 0; i < literals->count; i++) {
        if (!split_literal(literals->items[i], &old, diag))
            return false;
        if (!slice_equal(key, old))
            continue;
        literals->items[i] = literal;
        return true;
    }
    return diag_error(diag, "key '%.*s' not found in resource", SLICE_ARG(key));
}

static bool change_entry(struct edit *e, struct generators g, struct diag *diag)
{
    const char *kind = g.is_secret ? "Secret" : "ConfigMap";
    struct generator *entry = find_entry(&g, e->words->items[0], e->options->namespace);
    if (!entry)
        return diag_error(diag, "could not set new %s value: unable to find %s with name \"%.*s\"", kind, kind,
                          SLICE_ARG(e->words->items[0]));
    for (size_t i = 0; i < e->options->from_literal.count; i++) {
        if (!set_literal(&entry->literals, e->options->from_literal.items[i], diag))
            return fails(diag, "failed to update literal sources");
    }
    if (e->options->new_namespace.len)
        entry->namespace = e->options->new_namespace;
    if (can_be_made(e, &g, entry, diag))
        return true;
    diag_prefix(diag, "failed to validate %s structure: ", kind);
    return false;
}

static bool set_entry(struct edit *e, struct generators g, struct diag *diag)
{
    if (e->words->count != 1)
        return diag_error(diag, "failed to validate flags: name must be specified once");
    if (e->options->from_literal.count == 0 && e->options->new_namespace.len == 0)
        return diag_error(diag, "failed to validate flags: at least one of [--from-literal, --new-namespace] must be "
                                "specified");
    return change_entry(e, g, diag) || fails(diag, g.is_secret ? "failed to create secret"
                                                               : "failed to create configmap");
}

bool edit_set_config_map(struct edit *e, struct diag *diag)
{
    return set_entry(e, config_maps_of(e), diag);
}

bool edit_set_secret(struct edit *e, struct diag *diag)
{
    return set_entry(e, secrets_of(e), diag);
}

/* --- remove ------------------------------------------------------------------------------------------------------- */

static void warn_missing(const struct texts *names, const struct texts *found, const char *word, struct diag *diag)
{
    for (size_t i = 0; i < names->count; i++) {
        if (!edit_has_text(found, names->items[i]))
            diag_warning(diag, "%s %.*s doesn't exist in kustomization file", word, SLICE_ARG(names->items[i]));
    }
}

static bool remove_entries(struct edit *e, struct generators g, struct diag *diag)
{
    struct generator *items = g.entries->items;
    struct texts names = {NULL, 0, 0};
    struct texts found = {NULL, 0, 0};
    size_t kept = 0;
    if (e->words->count == 0)
        return diag_error(diag, "at least one %s name must be specified", g.word);
    if (e->words->count > 1)
        return diag_error(diag, "too many arguments: [%.*s …]; to provide multiple %ss to remove, please separate %s "
                                "names by commas", SLICE_ARG(e->words->items[0]), g.word, g.word);
    struct slice rest = e->words->items[0];
    struct slice name;
    while (slice_next_piece(&rest, ',', &name))
        texts_add(e->arena, &names, name);
    for (size_t i = 0; i < g.entries->count; i++) {
        if (edit_has_text(&names, items[i].name) && edit_same_namespace(items[i].namespace, e->options->namespace))
            texts_add(e->arena, &found, items[i].name);
        else
            items[kept++] = items[i];
    }
    if (found.count == 0)
        return diag_error(diag, "no specified %s(s) were found in the kustomization.yaml file", g.word);
    warn_missing(&names, &found, g.word, diag);
    g.entries->count = kept;
    return true;
}

bool edit_remove_config_map(struct edit *e, struct diag *diag)
{
    return remove_entries(e, config_maps_of(e), diag);
}

bool edit_remove_secret(struct edit *e, struct diag *diag)
{
    return remove_entries(e, secrets_of(e), diag);
}
