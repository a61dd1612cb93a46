/*
 * conditions.c - which charts a release uses, and under which names
 *
 * Two walks over the tree, as Helm makes them: from the root down, what is declared is matched with what is there,
 * renamed, and left out where tags or a condition say so; then from the leaves up, import-values is applied. A chart
 * that declares no dependencies ends both walks: what lies below it stays as it was loaded.
 *
 * Helm copies a declared chart shallowly before it renames it. Charts two levels below such a copy are shared by all
 * copies and keep their first parent, so their paths show the name without alias. The walks therefore work on a graph
 * that is linked just as Helm's; only at the end a tree is made of it.
 */
#include "helm/conditions.h"

#include "chart/dependency.h"
#include "chart/log_line.h"
#include "golang/strconv.h"
#include "helm/coalesce.h"
#include "value/format.h"

struct processing {
    struct arena *arena;
    struct coalesce_options coalescing;
    struct diag *diag;
};

/* --- the graph ---------------------------------------------------------------------------------------------- */

static struct chart_metadata *copy_metadata(struct arena *a, const struct chart_metadata *md)
{
    struct chart_metadata *copy = ARENA_NEW(a, struct chart_metadata);
    *copy = metadata_copy(a, md);
    return copy;
}

static struct release_chart *make_graph(struct arena *a, const struct chart *chart, struct release_chart *parent)
{
    struct release_chart *made = ARENA_NEW(a, struct release_chart);
    made->chart = chart;
    made->metadata = copy_metadata(a, &chart->metadata);
    made->defaults = chart->values;
    made->parent = parent;
    made->children = ARENA_ARRAY(a, struct release_chart *, chart->dependency_count + 1);
    made->child_count = chart->dependency_count;
    for (size_t i = 0; i < made->child_count; i++)
        made->children[i] = make_graph(a, chart->dependencies[i], made);
    return made;
}

static struct release_chart *copy_shallow(struct arena *a, const struct release_chart *chart)
{
    struct release_chart *copy = ARENA_NEW(a, struct release_chart);
    *copy = *chart;
    return copy;
}

/* A declared chart that may be renamed. Helm 4 gives it entries of its own and shallow copies of its children; in
   Helm 3 it shares both with the chart it was copied from. */
static struct release_chart *copy_declared(struct processing *p, const struct release_chart *chart)
{
    struct release_chart *copy = copy_shallow(p->arena, chart);
    if (p->coalescing.helm3) {
        copy->metadata = ARENA_NEW(p->arena, struct chart_metadata);
        *copy->metadata = *chart->metadata;
        return copy;
    }
    copy->metadata = copy_metadata(p->arena, chart->metadata);
    copy->children = ARENA_ARRAY(p->arena, struct release_chart *, chart->child_count + 1);
    for (size_t i = 0; i < chart->child_count; i++) {
        copy->children[i] = copy_shallow(p->arena, chart->children[i]);
        copy->children[i]->parent = copy;
    }
    return copy;
}

static struct slice full_path(struct arena *a, const struct release_chart *chart)
{
    struct slice name = chart->metadata->name;
    if (!chart->parent)
        return name;
    return arena_printf(a, "%.*s/charts/%.*s", SLICE_ARG(full_path(a, chart->parent)), SLICE_ARG(name));
}

/* A tree of the graph: a chart that several others share becomes one of its own for each. Paths are those that Helm
   finds by going up from parent to parent. */
static struct release_chart *make_tree(struct arena *a, const struct release_chart *chart,
                                       struct release_chart *parent)
{
    struct release_chart *made = copy_shallow(a, chart);
    made->path = full_path(a, chart);
    made->children = ARENA_ARRAY(a, struct release_chart *, chart->child_count + 1);
    for (size_t i = 0; i < chart->child_count; i++)
        made->children[i] = make_tree(a, chart->children[i], made);
    made->parent = parent;
    return made;
}

/* --- declared against present ------------------------------------------------------------------------------- */

static bool satisfies(const struct release_chart *chart, const struct chart_dependency *dependency)
{
    return slice_equal(chart->metadata->name, dependency->name) &&
           dependency_version_matches(dependency->version, chart->metadata->version);
}

static bool is_declared(const struct chart_dependencies *declared, const struct release_chart *chart)
{
    for (size_t i = 0; i < declared->count; i++) {
        if (satisfies(chart, declared->items[i]))
            return true;
    }
    return false;
}

/* The first chart present that the dependency asks for, under its alias; null where there is none. */
static struct release_chart *find_declared(struct processing *p, const struct release_chart *parent,
                                           const struct chart_dependency *dependency)
{
    for (size_t i = 0; i < parent->child_count; i++) {
        if (!satisfies(parent->children[i], dependency))
            continue;
        struct release_chart *child = copy_declared(p, parent->children[i]);
        if (dependency->alias.len)
            child->metadata->name = dependency->alias;
        return child;
    }
    return NULL;
}

static void set_children(struct release_chart *chart, struct release_chart **children, size_t count)
{
    for (size_t i = 0; i < count; i++)
        children[i]->parent = chart;
    chart->children = children;
    chart->child_count = count;
}

/* Children become: what is present but not declared, then what is declared, in the order of Chart.yaml. From here on
   the entries of `dependencies` bear their aliases as names. */
static void match_declared(struct processing *p, struct release_chart *chart)
{
    struct chart_dependencies *declared = &chart->metadata->dependencies;
    struct release_chart **children =
        ARENA_ARRAY(p->arena, struct release_chart *, chart->child_count + declared->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < chart->child_count; i++) {
        if (!is_declared(declared, chart->children[i]))
            children[count++] = chart->children[i];
    }
    for (size_t i = 0; i < declared->count; i++) {
        struct chart_dependency *dependency = declared->items[i];
        struct release_chart *child = find_declared(p, chart, dependency);
        if (child)
            children[count++] = child;
        if (dependency->alias.len)
            dependency->name = dependency->alias;
        dependency->enabled = true;
    }
    set_children(chart, children, count);
}

/* --- tags and conditions ------------------------------------------------------------------------------------ */

static void warn_not_bool(struct processing *p, const char *key, struct slice what, struct slice chart)
{
    if (p->coalescing.helm3) {
        bool is_tag = strcmp(key, "tag") == 0;
        log_text(p->diag, true, is_tag ? "dependencies.go:94" : "dependencies.go:63",
                 "Warning: %s '%.*s' for chart %.*s returned non-bool value", is_tag ? "Tag" : "Condition path",
                 SLICE_ARG(what), SLICE_ARG(chart));
        return;
    }
    struct log_pair pairs[] = {{key, what}, {"chart", chart}};
    log_line(p->diag, DIAG_WARNING, "returned non-bool value", pairs, 2);
}

static void apply_tags(struct processing *p, struct chart_dependency *dependency, const struct map *tags)
{
    bool has_true = false;
    bool has_false = false;
    for (size_t i = 0; i < dependency->tags.count; i++) {
        const struct value *v = map_find(tags, dependency->tags.items[i]);
        if (!v)
            continue;
        if (v->kind != VALUE_BOOL)
            warn_not_bool(p, "tag", dependency->tags.items[i], dependency->name);
        else if (v->b)
            has_true = true;
        else
            has_false = true;
    }
    dependency->enabled = has_true || !has_false;
}

/* Of a comma list of paths the first that holds a bool decides. */
static void apply_condition(struct processing *p, struct chart_dependency *dependency, struct map *values,
                            struct slice path)
{
    struct slice rest = slice_trim(dependency->condition);
    struct slice condition;
    while (slice_next_piece(&rest, ',', &condition)) {
        if (condition.len == 0)
            continue;
        const struct value *v = coalesce_find_value(values, arena_concat(p->arena, path, condition));
        if (!v)
            continue;
        if (v->kind == VALUE_BOOL) {
            dependency->enabled = v->b;
            return;
        }
        warn_not_bool(p, "path", condition, dependency->name);
    }
}

static void apply_switches(struct processing *p, struct release_chart *chart, struct map *values, struct slice path)
{
    struct chart_dependencies *declared = &chart->metadata->dependencies;
    const struct map *tags = coalesce_find_table(values, SLICE("tags"), NULL);
    for (size_t i = 0; tags && i < declared->count; i++)
        apply_tags(p, declared->items[i], tags);
    for (size_t i = 0; i < declared->count; i++)
        apply_condition(p, declared->items[i], values, path);
}

static bool is_disabled(const struct chart_dependencies *declared, struct slice name)
{
    for (size_t i = 0; i < declared->count; i++) {
        if (!declared->items[i]->enabled && slice_equal(declared->items[i]->name, name))
            return true;
    }
    return false;
}

/* The children that stay; the chart itself is changed only after they have been processed. */
static struct release_chart **enabled_children(struct arena *a, const struct release_chart *chart, size_t *count)
{
    struct release_chart **kept = ARENA_ARRAY(a, struct release_chart *, chart->child_count + 1);
    *count = 0;
    for (size_t i = 0; i < chart->child_count; i++) {
        if (!is_disabled(&chart->metadata->dependencies, chart->children[i]->metadata->name))
            kept[(*count)++] = chart->children[i];
    }
    return kept;
}

static struct chart_dependencies enabled_entries(struct arena *a, const struct chart_dependencies *all)
{
    struct chart_dependencies kept = {ARENA_ARRAY(a, struct chart_dependency *, all->count + 1), 0};
    for (size_t i = 0; i < all->count; i++) {
        if (!is_disabled(all, all->items[i]->name))
            kept.items[kept.count++] = all->items[i];
    }
    if (kept.count == 0)
        kept.items = NULL;
    return kept;
}

/* `values` are those of the level above, not only this chart's: Helm coalesces the defaults of a nested chart into the
   root of what its parent saw, and looks tags and conditions up there. */
static bool enable_children(struct processing *p, struct release_chart *chart, struct value values, struct slice path)
{
    if (!chart->metadata->dependencies.items)
        return true;
    match_declared(p, chart);
    if (!coalesce_release(chart, values, &p->coalescing, p->arena, p->diag))
        return false;
    struct value coalesced = value_map(chart->values);
    apply_switches(p, chart, chart->values, path);
    size_t count;
    struct release_chart **kept = enabled_children(p->arena, chart, &count);
    struct chart_dependencies entries = enabled_entries(p->arena, &chart->metadata->dependencies);
    for (size_t i = 0; i < count; i++) {
        struct slice below = arena_printf(p->arena, "%.*s%.*s.", SLICE_ARG(path), SLICE_ARG(kept[i]->metadata->name));
        if (!enable_children(p, kept[i], coalesced, below))
            return false;
    }
    chart->metadata->dependencies = entries;
    set_children(chart, kept, count);
    return true;
}

/* --- import-values ------------------------------------------------------------------------------------------ */

static void warn_no_table(struct processing *p, const char *message, const char *place, struct slice chart,
                          struct slice missing)
{
    struct buffer error = BUFFER_INIT;
    go_quote(&error, missing);
    buffer_add_text(&error, " is not a table");
    struct log_pair pairs[] = {{"chart", chart}, {"error", buffer_slice(&error)}};
    if (p->coalescing.helm3 && chart.len)
        log_text(p->diag, true, place, "Warning: %s %.*s: %.*s", message, SLICE_ARG(chart),
                 SLICE_ARG(buffer_slice(&error)));
    else if (p->coalescing.helm3)
        log_text(p->diag, true, place, "Warning: %s: %.*s", message, SLICE_ARG(buffer_slice(&error)));
    else if (chart.len)
        log_line(p->diag, DIAG_WARNING, message, pairs, 2);
    else
        log_line(p->diag, DIAG_WARNING, message, pairs + 1, 1);
    buffer_release(&error);
}

/* The table wrapped in maps along a dotted path; "." is the table itself. */
static struct map *wrap_table(struct arena *a, struct slice path, struct map *table)
{
    if (slice_is(path, "."))
        return table;
    for (;;) {
        size_t at = slice_find_last_char(path, '.');
        struct slice key = at < path.len ? slice_after(path, at + 1) : path;
        struct map *outer = map_new(a, 1);
        map_set(outer, key, value_map(table));
        if (at == path.len)
            return outer;
        table = outer;
        path = slice_part(path, 0, at);
    }
}

static struct map *not_empty(struct arena *a, struct map *table)
{
    return table->len ? table : map_new(a, 0);
}

static struct slice text_of(struct arena *a, const struct map *map, const char *key)
{
    const struct value *found = map_find_text(map, key);
    struct buffer text = BUFFER_INIT;
    format_value(&text, found ? *found : value_nil());
    return buffer_move(&text, a);
}

static void add_import(struct arena *a, struct list *imports, struct slice child, struct slice parent)
{
    struct map *map = map_new(a, 2);
    map_set_text(map, "child", value_string(child));
    map_set_text(map, "parent", value_string(parent));
    list_add(a, imports, value_map_as(GO_STRING_MAP, map));
}

/* One item of import-values: its table goes into `imported`. An item that add_import made (the entry is shared with a
   copy of the chart that was processed before) is of another type and, as for Helm, no item at all. */
static void import_item(struct processing *p, struct map *values, const struct chart_dependency *dependency,
                        struct value item, struct map *imported, struct list *imports)
{
    struct arena *a = p->arena;
    bool is_map = value_is_map(item) && item.type == GO_MAP;
    if (!is_map && !value_is_string(item))
        return;
    struct slice child = is_map ? text_of(a, item.map, "child") : arena_concat(a, SLICE("exports."), value_slice(item));
    struct slice parent = is_map ? text_of(a, item.map, "parent") : SLICE(".");
    add_import(a, imports, child, parent);
    struct slice missing;
    struct slice path = arena_printf(a, "%.*s.%.*s", SLICE_ARG(dependency->name), SLICE_ARG(child));
    struct map *table = coalesce_find_table(values, path, &missing);
    if (!table && is_map)
        warn_no_table(p, "ImportValues missing table from chart", "dependencies.go:269", dependency->name, missing);
    else if (!table)
        warn_no_table(p, "ImportValues missing table", "dependencies.go:286", SLICE(""), missing);
    else
        coalesce_link_tables(imported, wrap_table(a, parent, not_empty(a, table)), &p->coalescing, a, p->diag);
}

static void import_from(struct processing *p, struct map *values, struct chart_dependency *dependency,
                        struct map *imported)
{
    struct list *imports = list_new(p->arena, 0);
    if (value_is_list(dependency->import_values)) {
        const struct list *items = dependency->import_values.list;
        for (uint32_t i = 0; i < items->len; i++)
            import_item(p, values, dependency, items->items[i], imported, imports);
    }
    dependency->import_values = imports->len ? value_list(imports) : value_nil();
}

/* The chart's defaults become all that it and its children default to, with the imported tables under them. */
static bool import_values(struct processing *p, struct release_chart *chart)
{
    for (size_t i = 0; i < chart->child_count; i++) {
        if (!import_values(p, chart->children[i]))
            return false;
    }
    if (!chart->metadata->dependencies.items)
        return true;
    if (!coalesce_release(chart, value_nil(), &p->coalescing, p->arena, p->diag))
        return false;
    struct map *imported = map_new(p->arena, 4);
    for (size_t i = 0; i < chart->metadata->dependencies.count; i++)
        import_from(p, chart->values, chart->metadata->dependencies.items[i], imported);
    struct value defaults = value_map(chart->values);
    if (imported->len) {
        defaults = value_thaw(p->arena, defaults);
        coalesce_link_tables(defaults.map, imported, &p->coalescing, p->arena, p->diag);
    }
    chart->defaults = defaults;
    return true;
}

/* Helm 4 logs a failure before it reports it; `own` holds what was said until then, the failure last. */
static bool report_failure(struct diag *own, bool helm3, struct diag *diag)
{
    if (helm3) {
        diag_append(diag, own);
        return false;
    }
    for (const struct diag_entry *entry = own->first; entry != own->last; entry = entry->next) {
        if (entry->severity == DIAG_INFO)
            diag_info(diag, "%.*s", SLICE_ARG(entry->message));
        else
            diag_warning(diag, "%.*s", SLICE_ARG(entry->message));
    }
    struct slice reason = own->last->message;
    struct log_pair error = {"error", reason};
    log_line(diag, DIAG_LOGGED_ERROR, "chart dependencies processing failed", &error, 1);
    return diag_error(diag, "chart dependencies processing failed: %.*s", SLICE_ARG(reason));
}

bool conditions_process(const struct chart *root, struct value values, bool helm3, struct arena *a,
                        struct release_chart **out, struct diag *diag)
{
    struct diag own;
    diag_init(&own);
    struct processing p = {.arena = a, .coalescing = {.helm3 = helm3}, .diag = &own};
    struct release_chart *graph = make_graph(a, root, NULL);
    bool ok = enable_children(&p, graph, values, SLICE(""));
    p.coalescing.keep_nulls = true;
    ok = ok && import_values(&p, graph);
    if (ok)
        diag_append(diag, &own);
    else
        report_failure(&own, helm3, diag);
    diag_release(&own);
    if (!ok)
        return false;
    *out = make_tree(a, graph, NULL);
    return true;
}
