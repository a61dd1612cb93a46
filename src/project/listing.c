/*
 * listing.c - which releases and environments a project has
 */
#include "project/listing.h"

#include "chart/load.h"
#include "codec/json_write.h"
#include "golang/unicode.h"
#include "helmfile/state_lock.h"

#include <stdlib.h>

struct lister {
    struct helmfile helmfile;
    const struct plan_options *options;
    struct listing *out;
    size_t cap;
    struct map *environments; /* names */
    struct diag *diag;
};

/* --- releases ------------------------------------------------------------------------------------------------- */

static struct listed_release *add_row(struct lister *l)
{
    l->out->items = arena_room(l->helmfile.arena, l->out->items, l->out->count, &l->cap, sizeof *l->out->items);
    return &l->out->items[l->out->count++];
}

static struct slice labels_text(struct arena *a, struct value labels)
{
    struct buffer text = BUFFER_INIT;
    for (uint32_t i = 0; i < labels.map->len; i++) {
        const struct entry *entry = &labels.map->entries[i];
        buffer_printf(&text, "%s%.*s:%.*s", i ? "," : "", SLICE_ARG(entry->key), SLICE_ARG(value_slice(entry->value)));
    }
    return buffer_move(&text, a);
}

static bool list_state(void *context, const struct state *state, const struct release_list *releases,
                       const struct helmfile_texts *selectors, struct diag *diag)
{
    struct lister *l = context;
    bool *selected = ARENA_ARRAY(l->helmfile.arena, bool, releases->count);
    struct release_list locked;
    if (selectors->count && !needs_select(&l->helmfile, releases, selectors, selected, diag))
        return false;
    if (!state_lock_apply(&l->helmfile, state, releases, &locked, diag)) {
        diag_prefix(diag, "unable to resolve dependencies for %.*s: ", SLICE_ARG(state->shown_path));
        return false;
    }
    for (size_t i = 0; i < locked.count; i++) {
        const struct release_spec *r = &locked.items[i];
        bool enabled;
        if (selectors->count && !selected[i])
            continue;
        if (!release_spec_enabled(&l->helmfile, r, &enabled, diag))
            return false;
        *add_row(l) = (struct listed_release){r->name,
                                              r->name_space,
                                              enabled,
                                              r->installed,
                                              labels_text(l->helmfile.arena, r->labels),
                                              r->chart,
                                              r->version};
    }
    return true;
}

static int compare_rows(const void *a, const void *b)
{
    const struct listed_release *x = a;
    const struct listed_release *y = b;
    int order = slice_compare(x->name_space, y->name_space);
    return order ? order : slice_compare(x->name, y->name);
}

static bool list_chart(struct lister *l, struct source_set *sources, struct slice path)
{
    struct arena *a = l->helmfile.arena;
    struct chart_load_options options = {.helm3 = l->options->helm3};
    struct chart *chart;
    struct diag infos; /* of links in the chart: of no use here */
    diag_init(&infos);
    bool loaded = chart_load(arena_text(a, path), &options, sources, &chart, &infos);
    if (!loaded)
        diag_append(l->diag, &infos);
    diag_release(&infos);
    if (!loaded)
        return false;
    struct slice name = l->options->name.len ? l->options->name : chart->metadata.name;
    struct slice name_space = l->options->name_space.len ? l->options->name_space : SLICE("default");
    *add_row(l) = (struct listed_release){arena_slice(a, name), name_space,
                                          true, true, SLICE(""), path, arena_slice(a, chart->metadata.version)};
    chart_free(chart);
    return true;
}

/* Passes over state files that do not know the environment, but says so where there is only one. */
static bool fail_unknown(void *context, const struct state *state, struct diag *diag)
{
    struct lister *l = context;
    return plan_fail_environment(l->helmfile.arena, state, l->options->helmfile.environment, diag);
}

static bool visit(struct lister *l, struct slice path, helmfile_visit_fn *found,
                  bool (*unknown)(void *, const struct state *, struct diag *))
{
    bool is_peer = l->options->is_helmfile;
    struct helmfile_visit visiting = {
        .found = found, .context = l, .unknown = is_peer ? NULL : unknown,
        .command = is_peer ? "list" : NULL, .peer_errors = is_peer};
    struct helmfile_texts files;
    return helmfile_files(&l->helmfile, path, &files, l->diag) &&
           helmfile_visit_files(&l->helmfile, &files, &visiting, l->diag);
}

bool listing_releases(struct arena *a, struct source_set *sources, struct slice path,
                      const struct plan_options *options, struct listing *out, struct diag *diag)
{
    struct lister l = {.options = options, .out = out, .diag = diag};
    struct project_place place;
    *out = (struct listing){NULL, 0};
    helmfile_init(&l.helmfile, a, sources, &options->helmfile);
    if (options->is_helmfile)
        place = (struct project_place){PROJECT_HELMFILE, path};
    else if (!project_detect(a, path, &place, diag))
        return false;
    bool ok = place.kind == PROJECT_HELMFILE ? visit(&l, place.path, list_state, fail_unknown)
              : place.kind == PROJECT_CHART  ? list_chart(&l, sources, place.path)
                                             : true;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_rows);
    return ok;
}

/* --- writing -------------------------------------------------------------------------------------------------- */

enum {
    COLUMNS = 7
};

static void row_cells(const struct listed_release *r, struct slice *cells)
{
    cells[0] = r->name;
    cells[1] = r->name_space;
    cells[2] = r->enabled ? SLICE("true") : SLICE("false");
    cells[3] = r->installed ? SLICE("true") : SLICE("false");
    cells[4] = r->labels;
    cells[5] = r->chart;
    cells[6] = r->version;
}

static void write_row(const struct slice *cells, const size_t *widths, struct buffer *out)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i > 0)
            buffer_add_char(out, '\t');
        buffer_add(out, cells[i]);
        buffer_add_repeated(out, ' ', widths[i] - go_rune_count(cells[i]));
    }
    while (out->len && (out->ptr[out->len - 1] == ' ' || out->ptr[out->len - 1] == '\t'))
        out->len--;
    buffer_add_char(out, '\n');
}

void listing_write_table(const struct listing *listing, struct buffer *out)
{
    const struct slice head[COLUMNS] = {SLICE("NAME"),   SLICE("NAMESPACE"), SLICE("ENABLED"), SLICE("INSTALLED"),
                                        SLICE("LABELS"), SLICE("CHART"),     SLICE("VERSION")};
    struct slice cells[COLUMNS];
    size_t widths[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++)
        widths[k] = head[k].len;
    for (size_t i = 0; i < listing->count; i++) {
        row_cells(&listing->items[i], cells);
        for (size_t k = 0; k < COLUMNS; k++) {
            size_t width = go_rune_count(cells[k]);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    write_row(head, widths, out);
    for (size_t i = 0; i < listing->count; i++) {
        row_cells(&listing->items[i], cells);
        write_row(cells, widths, out);
    }
}

static void write_text(struct buffer *out, const char *key, struct slice text, struct arena *scratch)
{
    static const struct json_write_options options;
    struct slice error;
    buffer_printf(out, "\"%s\":", key);
    json_write(out, value_string(text), &options, scratch, &error);
}

void listing_write_json(const struct listing *listing, struct buffer *out)
{
    struct arena scratch;
    arena_init(&scratch);
    buffer_add_text(out, listing->count ? "[" : "null");
    for (size_t i = 0; i < listing->count; i++) {
        const struct listed_release *r = &listing->items[i];
        buffer_add_text(out, i ? ",{" : "{");
        write_text(out, "name", r->name, &scratch);
        buffer_add_char(out, ',');
        write_text(out, "namespace", r->name_space, &scratch);
        buffer_printf(out, ",\"enabled\":%s,\"installed\":%s,", r->enabled ? "true" : "false",
                      r->installed ? "true" : "false");
        write_text(out, "labels", r->labels, &scratch);
        buffer_add_char(out, ',');
        write_text(out, "chart", r->chart, &scratch);
        buffer_add_char(out, ',');
        write_text(out, "version", r->version, &scratch);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, listing->count ? "]\n" : "\n");
    arena_release(&scratch);
}

/* --- environments --------------------------------------------------------------------------------------------- */

static bool note_environments(void *context, const struct state *state, struct diag *diag)
{
    struct lister *l = context;
    struct helmfile_texts names = state_environment_names(l->helmfile.arena, state);
    (void)diag;
    for (size_t i = 0; i < names.count; i++)
        map_set(l->environments, names.items[i], value_nil());
    return true;
}

/* No file has an environment without a name: each is read up to where its environments are known. */
bool listing_environments(struct arena *a, struct source_set *sources, struct slice path,
                          const struct plan_options *options, struct helmfile_texts *out, struct diag *diag)
{
    struct listing ignored = {NULL, 0};
    struct plan_options nameless = *options;
    struct lister l = {.options = options, .out = &ignored, .environments = map_new(a, 8), .diag = diag};
    struct project_place place;
    *out = (struct helmfile_texts){NULL, 0};
    nameless.helmfile.environment = SLICE("");
    helmfile_init(&l.helmfile, a, sources, &nameless.helmfile);
    if (!project_detect(a, path, &place, diag))
        return false;
    if (place.kind != PROJECT_HELMFILE)
        return true;
    if (!visit(&l, place.path, list_state, note_environments))
        return false;
    struct slice *names = ARENA_ARRAY(a, struct slice, l.environments->len);
    for (uint32_t i = 0; i < l.environments->len; i++)
        names[i] = l.environments->entries[i].key;
    *out = (struct helmfile_texts){names, l.environments->len};
    return true;
}
