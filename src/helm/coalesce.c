/*
 * coalesce.c - user values over chart defaults
 *
 * The user's values are copied once; then each chart lays its defaults under them, in place. What a default adds is
 * copied when it is added, so the frozen defaults of a chart stay shared. Globals are the exception: Helm links the
 * parent's nested tables into the child's, and so do we, since templates can see it when they change one of them.
 */
#include "helm/coalesce.h"

#include "chart/log_line.h"
#include "golang/strconv.h"
#include "value/format.h"

static const struct slice global_key = SLICE_INIT("global");

/* How tables are laid over each other. */
struct pass {
    const struct coalesce_options *options;
    struct arena *arena;
    struct diag *diag;
    bool links; /* added values are linked, not copied; the lower table is the caller's to change */
};

/* Where a table stands: its key in the table around it. Only warnings need the whole path. */
struct place {
    const struct place *outer;
    struct slice key;
};

static void add_path(struct buffer *out, const struct place *place)
{
    if (!place)
        return;
    add_path(out, place->outer);
    if (out->len)
        buffer_add_char(out, '.');
    buffer_add(out, place->key);
}

/* --- warnings ----------------------------------------------------------------------------------------------- */

/* "warning: BEFORE c.a.b AFTER (value)" */
static void warn_about_value(const struct pass *pass, const char *line, const char *before,
                             const struct place *place, const char *after, struct value v)
{
    struct buffer path = BUFFER_INIT;
    struct buffer text = BUFFER_INIT;
    add_path(&path, place);
    format_value(&text, v);
    log_text(pass->diag, pass->options->helm3, line, "warning: %s %.*s%s (%.*s)", before,
             SLICE_ARG(buffer_slice(&path)), after, SLICE_ARG(buffer_slice(&text)));
    buffer_release(&path);
    buffer_release(&text);
}

static void warn_skipped(const struct pass *pass, const struct place *place)
{
    struct buffer path = BUFFER_INIT;
    add_path(&path, place);
    log_text(pass->diag, pass->options->helm3, "coalesce.go:237", "warning: skipped value for %.*s: Not a table.",
             SLICE_ARG(buffer_slice(&path)));
    buffer_release(&path);
}

static void warn_global(const struct pass *pass, const char *line, const char *which)
{
    log_text(pass->diag, pass->options->helm3, line, "warning: skipping globals because %s global is not a table.",
             which);
}

static void warn_global_conflict(const struct pass *pass, struct slice key)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, key);
    log_text(pass->diag, pass->options->helm3, "coalesce.go:161",
             "Conflict: cannot merge map onto non-map for %.*s. Skipping.", SLICE_ARG(buffer_slice(&quoted)));
    buffer_release(&quoted);
}

/* --- tables ------------------------------------------------------------------------------------------------- */

static void lay_tables(const struct pass *pass, struct map *dst, struct map *src, const struct place *place,
                       bool keep_nulls);

/* `high` is null: does that take the key away from what lies under it? */
static bool null_removes(const struct pass *pass, struct value low, bool keep_nulls)
{
    return !keep_nulls && (pass->options->helm3 || low.kind != VALUE_NIL);
}

/* Both tables have the key, which is that of the place. */
static void lay_value(const struct pass *pass, struct map *dst, struct value high, struct value low,
                      const struct place *place, bool keep_nulls)
{
    if (high.kind == VALUE_NIL && null_removes(pass, low, keep_nulls)) {
        map_remove(dst, place->key);
        return;
    }
    if (high.kind == VALUE_NIL && !pass->options->helm3)
        return;
    if (value_is_map(low) && value_is_map(high))
        lay_tables(pass, high.map, low.map, place, keep_nulls);
    else if (value_is_map(low))
        warn_about_value(pass, "coalesce.go:298", "cannot overwrite table with non table for", place, "", low);
    else if (value_is_map(high) && low.kind != VALUE_NIL)
        warn_about_value(pass, "coalesce.go:301", "destination for", place, " is a table. Ignoring non-table value",
                         low);
}

/* Helm 4 marks the nulls of the upper table in the lower one, which matters where that one is looked at again. */
static void mark_nulls(struct map *src, const struct map *nulls)
{
    for (uint32_t i = 0; i < nulls->len; i++)
        map_set(src, nulls->entries[i].key, nulls->entries[i].value);
}

static struct map *find_nulls(struct arena *a, const struct map *map)
{
    struct map *nulls = map_new(a, 0);
    for (uint32_t i = 0; i < map->len; i++) {
        if (map->entries[i].value.kind == VALUE_NIL)
            map_append(nulls, map->entries[i].key, map->entries[i].value);
    }
    return nulls;
}

/* With links the two tables may hold each other, so what stood in src at the start is walked. */
static void lay_tables(const struct pass *pass, struct map *dst, struct map *src, const struct place *place,
                       bool keep_nulls)
{
    const struct map *walked = pass->links ? map_copy(pass->arena, src) : src;
    const struct map *nulls = pass->links && !pass->options->helm3 ? find_nulls(pass->arena, dst) : NULL;
    for (uint32_t i = 0; i < walked->len; i++) {
        struct slice key = walked->entries[i].key;
        struct value low = walked->entries[i].value;
        struct place below = {place, key};
        const struct value *high = map_find(dst, key);
        if (high)
            lay_value(pass, dst, *high, low, &below, keep_nulls);
        else
            map_set(dst, key, pass->links ? low : value_thaw(pass->arena, low));
    }
    if (nulls)
        mark_nulls(src, nulls);
}

void coalesce_tables(struct map *dst, const struct map *src, struct slice prefix,
                     const struct coalesce_options *options, struct arena *a, struct diag *diag)
{
    struct pass pass = {options, a, diag, false};
    struct place place = {NULL, prefix};
    lay_tables(&pass, dst, (struct map *)src, prefix.len ? &place : NULL, options->keep_nulls); /* not changed without links */
}

void coalesce_link_tables(struct map *dst, struct map *src, const struct coalesce_options *options, struct arena *a,
                          struct diag *diag)
{
    struct pass pass = {options, a, diag, true};
    lay_tables(&pass, dst, src, NULL, options->keep_nulls);
}

struct map *coalesce_find_table(struct map *values, struct slice path, struct slice *missing)
{
    struct slice component;
    while (slice_next_piece(&path, '.', &component)) {
        struct value *found = map_find(values, component);
        if (!found || !value_is_map(*found)) {
            if (missing)
                *missing = component;
            return NULL;
        }
        values = found->map;
    }
    return values;
}

const struct value *coalesce_find_value(struct map *values, struct slice path)
{
    size_t at = slice_find_last_char(path, '.');
    struct slice key = path;
    if (at < path.len) {
        key = slice_after(path, at + 1);
        values = coalesce_find_table(values, slice_part(path, 0, at), NULL);
    }
    const struct value *found = values ? map_find(values, key) : NULL;
    return found && !value_is_map(*found) ? found : NULL;
}

/* --- globals ------------------------------------------------------------------------------------------------ */

/* The `global` table of a values map; *ok is false when it is something else. Null: there is none. */
static struct map *find_globals(const struct map *values, bool *ok)
{
    const struct value *found = map_find(values, global_key);
    *ok = !found || value_is_map(*found);
    return found && *ok ? found->map : NULL;
}

/* A parent's global table over the child's of the same key. */
static void hand_down_table(const struct pass *pass, struct map *to, struct slice key, struct value table,
                            const struct place *place)
{
    struct pass linking = *pass;
    linking.links = true;
    struct value copy = value_from(value_map(map_copy(pass->arena, table.map)), table.origin);
    struct value *below = map_find(to, key);
    if (below && !value_is_map(*below)) {
        warn_global_conflict(pass, key);
        return;
    }
    struct place here = {place, key};
    if (below)
        lay_tables(&linking, copy.map, below->map, &here, true);
    map_set(to, key, copy);
}

static void hand_down(const struct pass *pass, struct map *to, const struct map *from, const struct place *place)
{
    for (uint32_t i = 0; i < from->len; i++) {
        struct slice key = from->entries[i].key;
        struct value v = from->entries[i].value;
        struct value *below = map_find(to, key);
        if (value_is_map(v))
            hand_down_table(pass, to, key, v, place);
        else if (below && value_is_map(*below))
            log_text(pass->diag, pass->options->helm3, "coalesce.go:175", "key %.*s is table. Skipping",
                     SLICE_ARG(key));
        else
            map_set(to, key, v);
    }
}

/* Lays the globals of `parent` over those of `child`, which gets a `global` table in any case. */
static void coalesce_globals(const struct pass *pass, struct map *child, const struct map *parent,
                             const struct place *place)
{
    bool ok;
    struct map *to = find_globals(child, &ok);
    if (!ok) {
        warn_global(pass, "coalesce.go:138", "destination");
        return;
    }
    const struct map *from = find_globals(parent, &ok);
    if (!ok) {
        warn_global(pass, "coalesce.go:145", "source");
        return;
    }
    if (!to) {
        to = map_new(pass->arena, from ? from->len : 0);
        map_set(child, global_key, value_map(to));
    }
    if (from)
        hand_down(pass, to, from, place);
}

/* --- charts ------------------------------------------------------------------------------------------------- */

static bool is_child(const struct release_chart *chart, struct slice key)
{
    for (size_t i = 0; i < chart->child_count; i++) {
        if (slice_equal(chart->children[i]->metadata->name, key))
            return true;
    }
    return false;
}

/* Lays the chart's defaults under its values. Nulls for a child are kept: they are for the child's own defaults. */
static void coalesce_defaults(const struct pass *pass, const struct release_chart *chart, struct map *values,
                              const struct place *place)
{
    const struct map *defaults = chart->defaults.map;
    for (uint32_t i = 0; i < defaults->len; i++) {
        struct slice key = defaults->entries[i].key;
        struct value low = defaults->entries[i].value;
        struct place below = {place, key};
        const struct value *high = map_find(values, key);
        if (!high)
            map_set(values, key, value_thaw(pass->arena, low));
        else if (high->kind == VALUE_NIL && !pass->options->keep_nulls)
            map_remove(values, key);
        else if (value_is_map(*high) && value_is_map(low))
            lay_tables(pass, high->map, low.map, &below,
                       pass->options->keep_nulls || is_child(chart, key));
        else if (value_is_map(*high) && low.kind != VALUE_NIL)
            warn_skipped(pass, &below);
    }
}

static bool type_mismatch(const struct pass *pass, struct slice name, struct value v)
{
    struct buffer text = BUFFER_INIT;
    format_printf(&text, SLICE("%t"), &v, 1);
    diag_error(pass->diag, "type mismatch on %.*s: %.*s", SLICE_ARG(name), SLICE_ARG(buffer_slice(&text)));
    buffer_release(&text);
    return false;
}

static bool coalesce_chart(const struct pass *pass, struct release_chart *chart, struct map *values,
                           const struct place *outer)
{
    struct place place = {outer, chart->metadata->name};
    chart->values = values;
    coalesce_defaults(pass, chart, values, &place);
    for (size_t i = 0; i < chart->child_count; i++) {
        struct release_chart *child = chart->children[i];
        struct value *found = map_find(values, child->metadata->name);
        if (found && !value_is_map(*found))
            return type_mismatch(pass, child->metadata->name, *found);
        struct map *below = found ? found->map : map_new(pass->arena, 4);
        if (!found)
            map_set(values, child->metadata->name, value_map(below));
        coalesce_globals(pass, below, values, &place);
        if (!coalesce_chart(pass, child, below, &place))
            return false;
    }
    return true;
}

bool coalesce_release(struct release_chart *root, struct value values, const struct coalesce_options *options,
                      struct arena *a, struct diag *diag)
{
    struct pass pass = {options, a, diag, false};
    struct value own = value_is_map(values) ? value_thaw(a, values) : value_map(map_new(a, 4));
    if (own.map->flags & VALUE_NIL_REF)
        own = value_map(map_new(a, 4));
    return coalesce_chart(&pass, root, own.map, NULL);
}
