/*
 * value_history.c - which layers had a say in a key, and which one won
 */
#include "report/value_history.h"

#include "helm/coalesce.h"

enum {
    DEEPEST_IMPORT = 16 /* imports of imports that are followed */
};

struct history {
    struct arena *arena;
    const struct value_tree *tree;
    struct value_history *out;
};

/* --- paths -------------------------------------------------------------------------------------------------------- */

static struct key_path path_after(const struct key_path *path, size_t count)
{
    return (struct key_path){path->steps + count, path->count - count};
}

static struct key_path path_below(struct arena *a, struct slice key, const struct key_path *path)
{
    struct key_path below = {ARENA_ARRAY(a, struct key_step, path->count + 1), path->count + 1};
    below.steps[0] = (struct key_step){.key = key};
    for (size_t i = 0; i < path->count; i++)
        below.steps[i + 1] = path->steps[i];
    return below;
}

static bool begins_with_key(const struct key_path *path, struct slice key)
{
    return path->count && !path->steps[0].is_index && slice_equal(path->steps[0].key, key);
}

static struct slice path_text(struct arena *a, const struct key_path *path, size_t count)
{
    struct buffer text = BUFFER_INIT;
    const struct key_path part = {path->steps, count};
    key_path_write(&text, &part);
    return buffer_move(&text, a);
}

/* --- one layer ---------------------------------------------------------------------------------------------------- */

static struct diag_place place_of(const struct value_tree *tree, struct value v)
{
    const struct source *source = source_set_find(tree->sources, (uint32_t)v.origin.source);
    return source ? (struct diag_place){source, v.origin.line, v.origin.column, 1} : (struct diag_place){0};
}

static const struct value *step_into(const struct value *v, const struct key_step *step)
{
    if (step->is_index)
        return v->kind == VALUE_LIST && step->index < v->list->len ? &v->list->items[step->index] : NULL;
    return v->kind == VALUE_MAP ? map_find(v->map, step->key) : NULL;
}

/* What the layer says of the path: its value there, or one above that is no container of it. Null: nothing. */
static const struct value *find_say(const struct value *layer, const struct key_path *path, size_t *depth)
{
    const struct value *v = layer;
    for (size_t i = 0; i < path->count; i++) {
        const struct value *next = step_into(v, &path->steps[i]);
        bool holds = path->steps[i].is_index ? v->kind == VALUE_LIST : v->kind == VALUE_MAP;
        *depth = i;
        if (!next)
            return holds && v->kind == VALUE_MAP ? NULL : i > 0 ? v : NULL;
        v = next;
    }
    *depth = path->count;
    return v;
}

static void add_step(struct history *h, struct value_step step, const struct value *layer, const struct key_path *path)
{
    struct value_history *out = h->out;
    size_t depth;
    const struct value *said = find_say(layer, path, &depth);
    if (!said || path->count == 0)
        return;
    step.value = *said;
    step.place = place_of(h->tree, *said);
    step.is_above = depth < path->count;
    step.path = path_text(h->arena, path, depth);
    size_t old = out->count * sizeof step;
    out->steps = arena_resize(h->arena, out->steps, old, old + sizeof step);
    out->steps[out->count++] = step;
}

/* --- charts ------------------------------------------------------------------------------------------------------- */

static const struct release_chart *child_of(const struct release_chart *chart, struct slice name)
{
    for (size_t i = 0; i < chart->child_count; i++) {
        if (slice_equal(chart->children[i]->metadata->name, name))
            return chart->children[i];
    }
    return NULL;
}

static void add_defaults(struct history *h, const struct release_chart *chart, const struct key_path *path,
                         struct value_step step, int depth);

/* One entry of import-values, if the path lies where it puts something. */
static void add_import(struct history *h, const struct release_chart *child, struct value item,
                       const struct key_path *path, struct value_step step, int depth)
{
    const struct value *from = item.kind == VALUE_MAP ? map_find_text(item.map, "child") : NULL;
    const struct value *to = item.kind == VALUE_MAP ? map_find_text(item.map, "parent") : NULL;
    struct slice key;
    if (!from || !to || from->kind != VALUE_STRING || to->kind != VALUE_STRING)
        return;
    struct key_path rest = *path;
    struct slice parts = slice_is(value_slice(*to), ".") ? slice_of(NULL, 0) : value_slice(*to);
    while (parts.ptr && slice_next_piece(&parts, '.', &key)) {
        if (!begins_with_key(&rest, key))
            return;
        rest = path_after(&rest, 1);
    }
    if (rest.count == 0)
        return;
    struct slice source = value_slice(*from);
    for (size_t at; source.len; source = slice_part(source, 0, at == source.len ? 0 : at)) {
        at = slice_find_last_char(source, '.');
        rest = path_below(h->arena, at == source.len ? source : slice_after(source, at + 1), &rest);
    }
    step.kind = LAYER_IMPORTED;
    add_defaults(h, child, &rest, step, depth + 1);
}

/* What a chart's own values.yaml says, over what it imports. */
static void add_defaults(struct history *h, const struct release_chart *chart, const struct key_path *path,
                         struct value_step step, int depth)
{
    const struct chart_dependencies *all = &chart->metadata->dependencies;
    for (size_t i = 0; i < all->count && depth < DEEPEST_IMPORT; i++) {
        const struct chart_dependency *dependency = all->items[i];
        const struct release_chart *child = child_of(chart, dependency->name);
        struct value items = dependency->import_values;
        for (uint32_t k = 0; child && items.kind == VALUE_LIST && k < items.list->len; k++)
            add_import(h, child, items.list->items[k], path, step, depth);
    }
    step.chart = chart->chart;
    add_step(h, step, &chart->chart->values, path);
}

/* Whether a source is the state file of the release, as it stands or rendered. */
static bool is_state(const struct planned_release *release, const struct source *source)
{
    return release->spec && source && slice_starts(source->name, release->spec->state->path);
}

static void add_layers(struct history *h, const struct key_path *path, struct value_step step)
{
    const struct planned_release *release = h->tree->release;
    step.kind = LAYER_FILE;
    for (size_t i = 0; i < release->layer_count; i++) {
        step.is_state = is_state(release, release->layers[i].source);
        add_step(h, step, &release->layers[i].values, path);
    }
    step.kind = LAYER_SET;
    for (size_t i = 0; i < release->sets.count; i++) {
        step.is_state = is_state(release, release->sets.items[i].source);
        add_step(h, step, &release->sets.items[i].values, path);
    }
}

/* All layers that speak of `path` of the chart, from its own defaults up; then its globals. */
static void add_chart(struct history *h, const struct release_chart *chart, const struct key_path *path,
                      struct value_step step)
{
    struct key_path here = *path;
    for (const struct release_chart *c = chart;; c = c->parent) {
        add_defaults(h, c, &here, step, 0);
        if (!c->parent)
            break;
        here = path_below(h->arena, c->metadata->name, &here);
    }
    add_layers(h, &here, step);
    if (chart->parent && begins_with_key(path, SLICE("global"))) {
        step.is_global = true;
        add_chart(h, chart->parent, path, step);
    }
}

/* --- effects ------------------------------------------------------------------------------------------------------ */

static bool same_place(struct diag_place a, struct diag_place b)
{
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

static bool is_null(const struct value_step *step)
{
    return step->value.kind == VALUE_NIL;
}

/* The step that the result comes from: the highest at its place. */
static size_t find_winner(const struct value_history *out)
{
    size_t i = out->count;
    while (out->is_set && i > 0 && !(same_place(out->steps[i - 1].place, out->place) && !out->steps[i - 1].is_above))
        i--;
    return out->is_set && i > 0 ? i - 1 : out->count;
}

static enum value_effect effect_of(const struct value_history *out, size_t i, size_t winner)
{
    const struct value_step *step = &out->steps[i];
    if (i == winner)
        return EFFECT_WINS;
    if (is_null(step))
        return i > 0 && (winner == out->count || i < winner) ? EFFECT_DELETES : EFFECT_IGNORED;
    if (!step->is_above && out->is_set && out->value.kind == VALUE_MAP && step->value.kind == VALUE_MAP)
        return EFFECT_MERGED;
    return winner < out->count && i > winner ? EFFECT_IGNORED : EFFECT_OVERRIDDEN;
}

static void find_effects(struct value_history *out)
{
    size_t winner = find_winner(out);
    for (size_t i = 0; i < out->count; i++)
        out->steps[i].effect = effect_of(out, i, winner);
}

/* --- entry -------------------------------------------------------------------------------------------------------- */

bool value_tree_make(struct arena *a, const struct plan *plan, const struct planned_release *release,
                     struct value_tree *out, struct diag *diag)
{
    struct coalesce_options options = {.helm3 = plan->helm3};
    *out = (struct value_tree){.release = release, .sources = plan->sources};
    if (!conditions_process(plan->charts[release->chart].chart, release->values, plan->helm3, a, &out->root, diag) ||
        !coalesce_release(out->root, release->values, &options, a, diag))
        return false;
    out->values = value_map(out->root->values);
    return true;
}

void value_history_find(struct arena *a, const struct value_tree *tree, const struct key_path *path,
                        struct value_history *out)
{
    struct history h = {a, tree, out};
    const struct release_chart *chart = tree->root;
    struct key_path below = *path;
    struct value root = tree->values;
    const struct value *found = key_path_find(&root, path);
    *out = (struct value_history){0};
    out->is_set = found != NULL;
    if (found) {
        out->value = *found;
        out->place = place_of(tree, *found);
    }
    while (below.count > 1 && !below.steps[0].is_index && child_of(chart, below.steps[0].key)) {
        chart = child_of(chart, below.steps[0].key);
        below = path_after(&below, 1);
    }
    add_chart(&h, chart, &below, (struct value_step){0});
    find_effects(out);
}

/* --- deletions ---------------------------------------------------------------------------------------------------- */

struct null_search {
    struct arena *arena;
    struct value values; /* the result */
    struct value_deletions *out;
};

static bool is_known(const struct value_deletions *out, const struct key_path *path, struct arena *a)
{
    struct slice text = path_text(a, path, path->count);
    for (size_t i = 0; i < out->count; i++) {
        if (slice_equal(path_text(a, &out->paths[i], out->paths[i].count), text))
            return true;
    }
    return false;
}

static void note_null(struct null_search *s, const struct key_path *path)
{
    if (key_path_find(&s->values, path) || is_known(s->out, path, s->arena))
        return;
    struct value_deletions *out = s->out;
    size_t old = out->count * sizeof *path;
    out->paths = arena_resize(s->arena, out->paths, old, old + sizeof *path);
    struct key_path copy = {ARENA_ARRAY(s->arena, struct key_step, path->count), path->count};
    memcpy(copy.steps, path->steps, path->count * sizeof *path->steps);
    out->paths[out->count++] = copy;
}

static void find_nulls(struct null_search *s, struct value v, struct key_path *path)
{
    struct key_path here = {ARENA_ARRAY(s->arena, struct key_step, path->count + 1), path->count + 1};
    if (path->count)
        memcpy(here.steps, path->steps, path->count * sizeof *path->steps);
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++) {
        const struct entry *entry = &v.map->entries[i];
        here.steps[path->count] = (struct key_step){.key = entry->key};
        if (entry->value.kind == VALUE_NIL)
            note_null(s, &here);
        else
            find_nulls(s, entry->value, &here);
    }
}

void value_deletions_find(struct arena *a, const struct value_tree *tree, struct value_deletions *out)
{
    struct null_search s = {a, tree->values, out};
    const struct planned_release *release = tree->release;
    struct key_path top = {NULL, 0};
    *out = (struct value_deletions){NULL, 0};
    find_nulls(&s, tree->root->chart->values, &top);
    for (size_t i = 0; i < release->layer_count; i++)
        find_nulls(&s, release->layers[i].values, &top);
    for (size_t i = 0; i < release->sets.count; i++)
        find_nulls(&s, release->sets.items[i].values, &top);
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

void value_step_write_layer(const struct value_step *step, struct buffer *out)
{
    const struct chart_metadata *chart = step->chart ? &step->chart->metadata : NULL;
    switch (step->kind) {
    case LAYER_DEFAULT:
        buffer_printf(out, "chart %.*s %.*s", SLICE_ARG(chart->name), SLICE_ARG(chart->version));
        break;
    case LAYER_IMPORTED:
        buffer_printf(out, "import-values of chart %.*s %.*s", SLICE_ARG(chart->name), SLICE_ARG(chart->version));
        break;
    case LAYER_FILE:
        buffer_add_text(out, step->is_state ? "state file" : "values file");
        break;
    case LAYER_SET:
        buffer_add_text(out, step->is_state ? "set of the state file" : "command line");
        break;
    }
    if (step->is_global)
        buffer_add_text(out, ", global");
}
