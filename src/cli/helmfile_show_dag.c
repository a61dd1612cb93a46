/*
 * helmfile_show_dag.c - `helmfile show-dag`
 */
#include "cli/helmfile_options.h"
#include "helmfile/hooks.h"

struct showing {
    struct helmfile helmfile;
    struct buffer text;
    size_t count;
};

enum {
    COLUMNS = 3
};

static void write_row(struct buffer *out, const struct slice *cells, const size_t *widths)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        buffer_add(out, cells[i]);
        if (i + 1 < COLUMNS)
            buffer_add_repeated(out, ' ', widths[i] + 1 - cells[i].len);
    }
    while (out->len && out->ptr[out->len - 1] == ' ')
        out->len--;
    buffer_add_char(out, '\n');
}

static void row_cells(struct arena *a, const struct planned_need *item, struct slice *cells)
{
    struct buffer needs = BUFFER_INIT;
    for (size_t i = 0; i < item->release->need_count; i++)
        buffer_printf(&needs, "%s%.*s", i ? ", " : "", SLICE_ARG(item->release->needs[i]));
    cells[0] = arena_printf(a, "%zu", item->group);
    cells[1] = item->release->id;
    cells[2] = buffer_move(&needs, a);
}

static void write_table(struct showing *s, const struct needs_plan *plan)
{
    const struct slice head[COLUMNS] = {SLICE("GROUP"), SLICE("RELEASE"), SLICE("DEPENDENCIES")};
    size_t widths[COLUMNS] = {head[0].len, head[1].len, head[2].len};
    struct slice cells[COLUMNS];
    for (size_t i = 0; i < plan->count; i++) {
        row_cells(s->helmfile.arena, &plan->items[i], cells);
        for (size_t k = 0; k < COLUMNS; k++)
            widths[k] = cells[k].len > widths[k] ? cells[k].len : widths[k];
    }
    write_row(&s->text, head, widths);
    for (size_t i = 0; i < plan->count; i++) {
        row_cells(s->helmfile.arena, &plan->items[i], cells);
        write_row(&s->text, cells, widths);
    }
}

/* With selectors the file has only the selected releases: a need of another is one that does not exist. */
static bool show_state(void *context, const struct state *state, const struct release_list *releases,
                       const struct helmfile_texts *selectors, struct diag *diag)
{
    struct showing *s = context;
    struct arena *a = s->helmfile.arena;
    bool *selected = ARENA_ARRAY(a, bool, releases->count);
    bool *all = ARENA_ARRAY(a, bool, releases->count);
    struct release_list kept = {ARENA_ARRAY(a, struct release_spec, releases->count), 0};
    struct needs_plan plan;
    (void)state;
    if (!needs_select(&s->helmfile, releases, selectors, selected, diag) ||
        !hooks_prepare_releases(&s->helmfile, releases, selected, "show-dag", diag)) {
        diag_enclose(diag, "[", "]");
        return false;
    }
    for (size_t i = 0; i < releases->count; i++) {
        all[i] = true;
        if (selectors->count == 0 || selected[i])
            kept.items[kept.count++] = releases->items[i];
    }
    if (!needs_order(&s->helmfile, &kept, all, NEEDS_SKIP, &plan, diag))
        return false;
    s->count += kept.count;
    write_table(s, &plan);
    return true;
}

int helmfile_show_dag(struct context *c, const struct helmfile_command *o)
{
    struct showing s = {.count = 0};
    bool ok = helmfile_each_state(c, o, show_state, &s, &s.helmfile);
    ok = context_print(c, buffer_slice(&s.text)) && ok;
    buffer_release(&s.text);
    return helmfile_finish(c, o, ok, s.count > 0);
}
