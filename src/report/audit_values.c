/*
 * audit_values.c - values that are set and never read, keys that a schema does not know
 *
 * Read is what the run of templates recorded, and what a chart's templates mention (template_names.h). A key of which
 * neither knows is unread; of keys within each other only the uppermost is told.
 */
#include "report/audit_values.h"

#include "base/limits.h"
#include "chart/schema.h"
#include "helm/schema_check.h"
#include "report/template_names.h"
#include "value/key_path.h"

enum {
    DEEPEST = 64 /* keys within each other */
};

/* A chart, by its location. */
struct known_chart {
    struct slice location;
    struct slice name;
    struct template_names names;
    struct schema *schema; /* null where it has none that compiles */
};

/* A key in a layer, by its place. */
struct set_key {
    struct diag_place place;
    struct slice path;
    struct slice chart;
    struct slice nearest;
    bool is_read;
    bool is_forbidden; /* by the chart's schema */
};

struct audit_values {
    struct audit *audit;
    struct known_chart *charts;
    size_t chart_count;
    size_t chart_cap;
    struct map *keys; /* texts of places: index in `items` */
    struct set_key *items;
    size_t count;
    size_t cap;
};

/* One release being looked at. */
struct looking {
    struct audit_values *v;
    const struct known_chart *chart;
    struct value defaults; /* of the chart and what it inherits */
    struct map *read; /* paths that templates read, as ".Values.a.b" */
    struct slice path[DEEPEST];
};

struct audit_values *audit_values_new(struct audit *audit)
{
    struct audit_values *v = ARENA_NEW(audit->arena, struct audit_values);
    v->audit = audit;
    v->keys = map_new(audit->arena, 256);
    return v;
}

/* --- charts --------------------------------------------------------------------------------------------------------- */

static struct schema *schema_of(struct audit_values *v, const struct chart *chart)
{
    struct schema *schema;
    struct slice error;
    if (!chart->schema_file || !schema_compile(v->audit->arena, chart->schema_file->bytes, NULL, &schema, &error))
        return NULL;
    return schema;
}

static const struct known_chart *chart_of(struct audit_values *v, const struct chart *chart)
{
    for (size_t i = 0; i < v->chart_count; i++) {
        if (slice_equal(v->charts[i].location, chart->location))
            return &v->charts[i];
    }
    v->charts = arena_room(v->audit->arena, v->charts, v->chart_count, &v->chart_cap, sizeof *v->charts);
    struct known_chart *known = &v->charts[v->chart_count++];
    *known = (struct known_chart){.location = arena_slice(v->audit->arena, chart->location),
                                  .name = arena_slice(v->audit->arena, chart->metadata.name),
                                  .schema = schema_of(v, chart)};
    template_names_collect(&known->names, v->audit->arena, chart);
    return known;
}

/* --- what was read -------------------------------------------------------------------------------------------------- */

static void note_path(struct looking *l, const struct flow *flow, uint32_t id)
{
    struct buffer path = BUFFER_INIT;
    if (flow_node(flow, id)->kind == FLOW_NAME)
        id = flow_node(flow, id)->first;
    flow_write_path(flow, id, &path);
    if (slice_starts(buffer_slice(&path), SLICE(".Values")))
        map_append(l->read, buffer_move(&path, l->v->audit->arena), value_nil());
    buffer_release(&path);
}

static void collect_reads(struct looking *l, const struct release *release)
{
    struct trace_sources sources;
    struct arena *a = l->v->audit->arena;
    const struct flow *flow = trace_flow(release->trace);
    trace_sources_init(&sources, a, release->trace);
    trace_sources_clear(&sources);
    for (size_t i = 0; i < release->files.count; i++) {
        const struct trace_text *text = &release->files.items[i].trace;
        for (size_t k = 0; k < text->count; k++) {
            trace_collect(release->trace, text->records[k].flow, &sources);
            trace_collect(release->trace, trace_frame(release->trace, text->records[k].frame)->all, &sources);
        }
    }
    l->read = map_new(a, (uint32_t)sources.count);
    for (size_t i = 0; i < sources.count; i++)
        note_path(l, flow, sources.ids[i]);
    map_sort(l->read, NULL, NULL);
}

static struct slice path_text(const struct looking *l, size_t count, struct buffer *path)
{
    buffer_add_text(path, ".Values");
    for (size_t i = 0; i < count; i++)
        key_path_add_key(path, l->path[i]);
    return buffer_slice(path);
}

/* Calls `found` for the rest of each path that was read and begins with the path, until that returns true. */
typedef bool found_read_fn(const struct looking *l, size_t count, struct slice rest);

static bool any_read(const struct looking *l, size_t count, found_read_fn *found)
{
    struct buffer path = BUFFER_INIT;
    struct slice text = path_text(l, count, &path);
    bool ignored, yes = false;
    for (uint32_t at = map_position(l->read, text, &ignored); !yes && at < l->read->len; at++) {
        struct slice key = l->read->entries[at].key;
        if (!slice_starts(key, text))
            break;
        struct slice rest = slice_after(key, text.len);
        yes = (rest.len == 0 || rest.ptr[0] == '.' || rest.ptr[0] == '[') && found(l, count, rest);
    }
    buffer_release(&path);
    return yes;
}

static bool is_any(const struct looking *l, size_t count, struct slice rest)
{
    (void)l;
    (void)count;
    (void)rest;
    return true;
}

/* A key that no chain in full mentions: the map went there under another name. */
static bool is_aliased(const struct looking *l, size_t count, struct slice rest)
{
    struct slice key;
    if (rest.len < 2 || rest.ptr[0] != '.')
        return rest.len > 0;
    rest = slice_after(rest, 1);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '.' && rest.ptr[end] != '[')
        end++;
    key = slice_part(rest, 0, end);
    return !map_find(template_names_below(&l->chart->names, l->path, count), key);
}

/* Whether the path, or anything below it, was read. */
static bool was_read(const struct looking *l, size_t count)
{
    return any_read(l, count, is_any);
}

/* Whether the run tells what is read below a map. One that templates mention by itself may go on under another name: then
   the run has to show that it went there. */
static bool was_looked_into(const struct looking *l, size_t count)
{
    return any_read(l, count, template_names_mention(&l->chart->names, l->path, count) ? is_aliased : is_any);
}

/* --- keys of layers ------------------------------------------------------------------------------------------------- */

static struct slice dotted(struct arena *a, const struct slice *path, size_t count)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++)
        buffer_printf(&out, "%s%.*s", i ? "." : "", SLICE_ARG(path[i]));
    return buffer_move(&out, a);
}

static size_t nearest_in(struct arena *a, const struct map *names, struct slice name, struct slice *out)
{
    struct slice *items = ARENA_ARRAY(a, struct slice, (size_t)names->len + 1);
    for (uint32_t i = 0; i < names->len; i++)
        items[i] = names->entries[i].key;
    size_t near = diag_nearest_slice(name, items, names->len);
    *out = near < names->len ? items[near] : SLICE("");
    return out->len;
}

/* The map of the chart's defaults in which the last key of the path would stand. */
static const struct map *defaults_beside(const struct looking *l, size_t count)
{
    struct value v = l->defaults;
    for (size_t i = 0; i + 1 < count && value_is_map(v); i++) {
        const struct value *below = map_find(v.map, l->path[i]);
        v = below ? *below : value_nil();
    }
    return value_is_map(v) ? v.map : map_nil();
}

/* The path with its last key put right: by the chart's defaults, by the names that templates mention there, else by any
   they mention. */
static struct slice nearest_path(struct looking *l, size_t count)
{
    struct arena *a = l->v->audit->arena;
    struct slice wrong = l->path[count - 1];
    struct slice right;
    if (!nearest_in(a, defaults_beside(l, count), wrong, &right) &&
        !nearest_in(a, template_names_below(&l->chart->names, l->path, count - 1), wrong, &right) &&
        (count == 1 || !nearest_in(a, l->chart->names.loose, wrong, &right)))
        return SLICE("");
    l->path[count - 1] = right;
    struct slice path = dotted(a, l->path, count);
    l->path[count - 1] = wrong;
    return path;
}

static struct set_key *key_at(struct looking *l, struct origin origin, size_t count)
{
    struct audit_values *v = l->v;
    struct arena *a = v->audit->arena;
    struct diag_place place = audit_place(v->audit, origin);
    struct slice id = arena_printf(a, "%.*s:%u:%u %.*s", SLICE_ARG(place.source ? place.source->name : SLICE("")),
                                   place.line, place.column, SLICE_ARG(l->path[count - 1]));
    const struct value *known = map_find(v->keys, id);
    if (known) {
        struct set_key *key = &v->items[known->i];
        if (key->nearest.len == 0)
            key->nearest = nearest_path(l, count);
        return key;
    }
    v->items = arena_room(a, v->items, v->count, &v->cap, sizeof *v->items);
    map_set(v->keys, id, value_int((int64_t)v->count));
    v->items[v->count] = (struct set_key){.place = place,
                                          .path = dotted(a, l->path, count),
                                          .chart = l->chart->name,
                                          .nearest = nearest_path(l, count)};
    return &v->items[v->count++];
}

static bool is_forbidden(const struct looking *l, size_t count)
{
    return l->chart->schema && schema_knows(l->chart->schema, l->path, count) == SCHEMA_KEY_FORBIDDEN;
}

static void look_at_map(struct looking *l, struct value map, size_t count, bool judged);

/* What was recorded goes before what is mentioned: where the map around a key was looked into, and it was not read, nothing
   takes that map as a whole. */
static enum name_use use_of(const struct looking *l, size_t count)
{
    if (was_read(l, count))
        return NAME_READ;
    enum name_use use = template_names_use(&l->chart->names, l->path, count);
    return use == NAME_WHOLE && count > 1 && was_looked_into(l, count - 1) ? NAME_UNKNOWN : use;
}

/* Nobody has to read null: it takes a default away. What is below a map that no run looked into cannot be judged; what is
   below one that nobody reads goes with it. */
static void look_at_key(struct looking *l, const struct entry *entry, size_t count, bool judged)
{
    l->path[count] = arena_slice(l->v->audit->arena, entry->key);
    if (value_is_nil(entry->value))
        return;
    struct set_key *key = key_at(l, entry->value.origin, count + 1);
    key->is_read = key->is_read || !judged || use_of(l, count + 1) != NAME_UNKNOWN;
    key->is_forbidden = key->is_forbidden || is_forbidden(l, count + 1);
    if (value_is_map(entry->value) && count + 1 < DEEPEST)
        look_at_map(l, entry->value, count + 1, judged && was_looked_into(l, count + 1));
}

static void look_at_map(struct looking *l, struct value map, size_t count, bool judged)
{
    for (uint32_t i = 0; i < map.map->len; i++)
        look_at_key(l, &map.map->entries[i], count, judged);
}

/* Values of a subchart are those of another chart; they are not looked at but for the ones that say whether it is on. */
static bool is_of_subchart(const struct chart *chart, struct slice key)
{
    if (slice_is(key, "global"))
        return false;
    for (size_t i = 0; i < chart->metadata.dependencies.count; i++) {
        const struct chart_dependency *d = chart->metadata.dependencies.items[i];
        if (slice_equal(d->name, key) || slice_equal(d->alias, key))
            return true;
    }
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (slice_equal(chart->dependencies[i]->metadata.name, key))
            return true;
    }
    return false;
}

static void look_at_layer(struct looking *l, const struct chart *chart, struct value layer)
{
    for (uint32_t i = 0; value_is_map(layer) && i < layer.map->len; i++) {
        if (!is_of_subchart(chart, layer.map->entries[i].key))
            look_at_key(l, &layer.map->entries[i], 0, true);
    }
}

static void look_at_schema(struct audit_values *v, const struct rendered_release *rendered)
{
    struct diag faults;
    diag_init(&faults);
    if (!schema_check_release(rendered->release->chart, NULL, rendered->planned->helm3, false, &faults))
        audit_add(v->audit, AUDIT_SCHEMA, (struct diag_place){NULL, 0, 0, 0}, SLICE(""), "release %.*s: %.*s",
                  SLICE_ARG(rendered->planned->name), SLICE_ARG(slice_trim(faults.last->message)));
    diag_release(&faults);
}

void audit_values_add(struct audit_values *v, const struct plan *plan, const struct rendered_release *rendered)
{
    const struct planned_release *planned = rendered->planned;
    const struct chart *chart = plan->charts[planned->chart].chart;
    struct looking l = {.v = v, .chart = chart_of(v, chart), .defaults = rendered->release->chart->defaults};
    look_at_schema(v, rendered);
    collect_reads(&l, rendered->release);
    for (size_t i = 0; i < planned->layer_count; i++)
        look_at_layer(&l, chart, planned->layers[i].values);
    look_at_layer(&l, chart, chart->values);
}

/* --- findings --------------------------------------------------------------------------------------------------------- */

void audit_values_finish(struct audit_values *v)
{
    struct arena *a = v->audit->arena;
    for (size_t i = 0; i < v->count; i++) {
        const struct set_key *key = &v->items[i];
        struct slice fix = key->nearest.len ? arena_printf(a, "did you mean %.*s?", SLICE_ARG(key->nearest))
                                            : SLICE("remove it");
        if (!key->is_read)
            audit_add(v->audit, AUDIT_UNREAD_VALUE, key->place, fix,
                      "%.*s is set, but no template of chart %.*s reads it", SLICE_ARG(key->path),
                      SLICE_ARG(key->chart));
        else if (key->is_forbidden)
            audit_add(v->audit, AUDIT_UNKNOWN_KEY, key->place, fix, "the schema of chart %.*s does not know %.*s",
                      SLICE_ARG(key->chart), SLICE_ARG(key->path));
    }
    for (size_t i = 0; i < v->chart_count; i++)
        schema_release(v->charts[i].schema);
}
