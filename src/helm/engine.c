/*
 * engine.c - the templates of a chart and its subcharts, run
 */
#include "helm/engine.h"

#include "base/limits.h"
#include "chart/log_line.h"
#include "funcs/helm_funcs.h"
#include "helm/engine_error.h"
#include "helm/members.h"
#include "helm/release_flow.h"

#include <stdlib.h>

/* A template file on its way through the engine. */
struct renderable {
    struct slice name;
    const struct chart_file *file;
    const struct release_chart *chart;
    struct map *context; /* the dot of its chart, shared by all files of that chart */
    size_t depth;        /* slashes in the name */
};

struct engine {
    const struct engine_options *options;
    struct arena *arena;
    struct renderable *items;
    size_t count;
    size_t cap;
    struct diag *diag;
};

static bool is_partial(struct slice name)
{
    size_t slash = slice_find_last_char(name, '/');
    struct slice base = slash == name.len ? name : slice_after(name, slash + 1);
    return base.len > 0 && base.ptr[0] == '_';
}

static void add_renderable(struct engine *e, const struct release_chart *chart, const struct chart_file *file,
                           struct map *context)
{
    e->items = arena_room(e->arena, e->items, e->count, &e->cap, sizeof *e->items);
    struct renderable *item = &e->items[e->count++];
    item->name = arena_printf(e->arena, "%.*s/%.*s", SLICE_ARG(chart->path), SLICE_ARG(file->name));
    item->file = file;
    item->chart = chart;
    item->context = context;
    item->depth = 0;
    for (size_t i = 0; i < item->name.len; i++)
        item->depth += item->name.ptr[i] == '/';
}

static enum go_type values_type(const struct engine *e)
{
    return e->options->host->helm3 ? GO_VALUES_HELM3 : GO_VALUES;
}

/* The dot of a chart's templates; files are collected on the way, subcharts first. */
static struct map *collect(struct engine *e, const struct release_chart *chart)
{
    const struct engine_options *o = e->options;
    struct map *context = map_new(e->arena, 8);
    struct map *subcharts = map_new(e->arena, (uint32_t)chart->child_count);
    map_set_text(context, "Capabilities", o->capabilities->object);
    map_set_text(context, "Chart", chart_object(e->arena, chart, o->host->helm3));
    map_set_text(context, "Files", chart->chart->files_value);
    map_set_text(context, "Release", release_object(e->arena, o->release));
    map_set_text(context, "Subcharts", value_map(subcharts));
    map_set_text(context, "Values", value_map_as(values_type(e), chart->values));
    for (size_t i = 0; i < chart->child_count; i++)
        map_set(subcharts, chart->children[i]->metadata->name, value_map(collect(e, chart->children[i])));
    bool is_library = slice_is(chart->metadata->type, "library");
    for (size_t i = 0; i < chart->chart->templates.count; i++) {
        const struct chart_file *file = &chart->chart->templates.items[i];
        if (!is_library || is_partial(file->name))
            add_renderable(e, chart, file, context);
    }
    return context;
}

/* Deepest first, then falling names. */
static int compare_renderables(const void *a, const void *b)
{
    const struct renderable *x = a;
    const struct renderable *y = b;
    if (x->depth != y->depth)
        return x->depth > y->depth ? -1 : 1;
    int order = slice_compare(y->name, x->name);
    return order ? order : (x->file > y->file) - (x->file < y->file);
}

/* Of several files with one name (an archive may have them) the last one counts. */
static void drop_duplicates(struct engine *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->count; i++) {
        bool replaced = i + 1 < e->count && slice_equal(e->items[i].name, e->items[i + 1].name);
        if (!replaced)
            e->items[kept++] = e->items[i];
    }
    e->count = kept;
}

static const struct template_set *parse_all(struct engine *e)
{
    struct template_file *files = ARENA_ARRAY(e->arena, struct template_file, e->count);
    const struct template_set *set;
    size_t failed = 0;
    for (size_t i = 0; i < e->count; i++) {
        files[i].name = e->items[i].name;
        files[i].file = e->items[i].file;
    }
    if (e->options->cache)
        set = template_cache_get(e->options->cache, files, e->count, e->options->functions, &failed, e->diag);
    else
        set = template_files_parse(e->arena, files, e->count, e->options->functions, &failed, e->diag);
    if (!set)
        engine_reword_parse_error(e->items[failed].name, e->diag);
    return set;
}

static void set_template_object(struct engine *e, const struct renderable *item)
{
    struct map *map = map_new(e->arena, 2);
    map_set_text(map, "BasePath",
                 value_string(arena_printf(e->arena, "%.*s/templates", SLICE_ARG(item->chart->path))));
    map_set_text(map, "Name", value_string(item->name));
    map_set_text(item->context, "Template", value_map_as(values_type(e), map));
}

struct diag_place rendered_file_place(const struct rendered_file *file, size_t offset)
{
    const struct trace_record *record = trace_find(&file->trace, offset);
    if (!record || !record->tree->source)
        return (struct diag_place){NULL, 0, 0, 0};
    return diag_place_at(record->tree->source, trace_position(record, file->text, offset), 1);
}

/* While a trace is recorded, the text without "<no value>" has the records of the one with it. */
static void move_trace(struct engine *e, struct slice whole, struct rendered_file *out)
{
    struct trace_text records = trace_take_output(e->options->trace);
    const struct slice mark = SLICE_INIT(HELM_NO_VALUE);
    size_t count = (whole.len - out->text.len) / mark.len;
    size_t *offsets = ARENA_ARRAY(e->arena, size_t, count);
    size_t at = 0;
    out->no_values = ARENA_ARRAY(e->arena, size_t, count);
    out->no_value_count = count;
    for (size_t i = 0; i < count; i++) {
        at += slice_find(slice_after(whole, at), mark);
        offsets[i] = at;
        out->no_values[i] = at - i * mark.len;
        at += mark.len;
    }
    out->trace = count ? trace_without(e->arena, &records, offsets, count, mark.len) : records;
}

static bool run_one(struct engine *e, const struct exec_environment *environment, const struct template_set *set,
                    const struct renderable *item, struct buffer *text, struct rendered_file *out)
{
    const struct tree *tree = template_set_find(set, item->name);
    struct template_error *error = NULL;
    set_template_object(e, item);
    buffer_clear(text);
    if (!exec_tree(environment, set, tree, value_map_as(values_type(e), item->context), text, &error))
        return engine_report_exec_error(item->name, error, e->options->host->helm3, e->diag);
    struct slice whole = arena_slice(e->arena, buffer_slice(text));
    out->name = item->name;
    out->text = helm_without_no_value(e->arena, whole);
    out->file = item->file;
    out->chart = item->chart;
    if (environment->trace)
        move_trace(e, whole, out);
    return true;
}

static bool run_all(struct engine *e, const struct template_set *set, struct rendered_files *out)
{
    struct exec_environment environment = {.arena = e->arena,
                                           .host = e->options->host,
                                           .member = value_member,
                                           .trace = e->options->trace,
                                           .output_limit = LIMIT_RENDERED_OUTPUT};
    struct buffer text = BUFFER_INIT;
    bool ok = true;
    out->items = ARENA_ARRAY(e->arena, struct rendered_file, e->count);
    out->count = 0;
    for (size_t i = 0; i < e->count && ok; i++) {
        if (is_partial(e->items[i].name))
            continue;
        ok = run_one(e, &environment, set, &e->items[i], &text, &out->items[out->count]);
        out->count += ok;
    }
    buffer_release(&text);
    return ok;
}

static void log_forgiven(struct function_host *host, bool warning, const char *line, struct slice message)
{
    struct engine *e = host->owner;
    struct log_pair pair = {"message", message};
    log_line(e->diag, warning ? DIAG_WARNING : DIAG_INFO, line, &pair, 1);
}

bool engine_render(const struct release_chart *root, const struct engine_options *options, struct arena *a,
                   struct rendered_files *out, struct diag *diag)
{
    struct engine e = {.options = options, .arena = a, .diag = diag};
    options->host->includes = include_state_new(a);
    options->host->forgiven = options->lint ? log_forgiven : NULL;
    options->host->owner = &e;
    struct map *context = collect(&e, root);
    if (options->trace)
        release_flow_mark(trace_flow(options->trace), root, context);
    if (e.count)
        qsort(e.items, e.count, sizeof *e.items, compare_renderables);
    drop_duplicates(&e);
    const struct template_set *set = parse_all(&e);
    return set && run_all(&e, set, out);
}
