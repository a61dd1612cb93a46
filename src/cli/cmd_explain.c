/*
 * cmd_explain.c - `yare explain`: where a value or a field comes from
 */
#include "cli/project_options.h"
#include "cli/terminal.h"
#include "codec/json_write.h"
#include "report/annotate.h"
#include "report/explain.h"
#include "report/object_path.h"

#include <ctype.h>

struct explain_command {
    struct project_options project;
    struct slice output;
    struct slice colour;
    struct slice seed;
};

/* What is asked for. */
struct question {
    struct slice path;    /* of the project */
    struct slice release; /* empty for a chart */
    struct slice key;     /* of the values; empty: all of them, or an object is meant */
    struct slice kind;    /* of an object; empty: a key is meant */
    struct slice name;
    struct slice field;   /* empty: the whole object */
};

struct answering {
    struct context *context;
    const struct explain_command *command;
    const struct question *question;
    const struct planned_release *release;
    struct plan *plan;
    struct explain_options options;
};

/* --- printing ----------------------------------------------------------------------------------------------------- */

static bool print_json(struct context *c, struct value v)
{
    static const struct json_write_options json = {.no_html_escape = true, .indent = "  "};
    struct buffer text = BUFFER_INIT;
    struct slice error;
    bool ok = json_write(&text, v, &json, c->arena, &error) || diag_error_slice(c->diag, error);
    if (ok)
        buffer_add_char(&text, '\n');
    ok = ok && context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

static bool is_json(const struct answering *q)
{
    return slice_is(q->command->output, "json");
}

static struct slice title_of(struct context *c, const struct plan *plan, const struct planned_release *release)
{
    if (plan->environment.len == 0)
        return release->name;
    return arena_printf(c->arena, "%.*s in %.*s", SLICE_ARG(release->name), SLICE_ARG(plan->environment));
}

/* --- rendering ---------------------------------------------------------------------------------------------------- */

/* Renders the one release with a trace; `one` is a plan of it alone. */
static bool render_release(struct answering *q, struct plan *one, struct rendered_plan *rendered, struct diag *diag)
{
    struct render_options options = {.trace = true, .threads = 1, .seeded = true};
    *one = *q->plan;
    one->releases = (struct planned_release *)q->release;
    one->count = 1;
    return render_plan_keep(one, &options, rendered, diag);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static bool fail_unknown_key(struct answering *q, const struct value_tree *tree, const struct key_path *path)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct diag *diag = q->context->diag;
    struct diag hint;
    struct key_path ignored;
    diag_init(&hint);
    diag_error(diag, "no layer of release '%.*s' sets '%.*s', and no template reads it", SLICE_ARG(q->release->name),
               SLICE_ARG(q->question->key));
    if (path->count && !object_path_parse(q->context->arena, tree->values, q->question->key, &ignored, &hint) &&
        hint.last->notes)
        diag_note(diag, nowhere, "%.*s", SLICE_ARG(hint.last->notes->message));
    diag_release(&hint);
    return false;
}

/* A release that cannot be rendered has values all the same. */
static void find_readers(struct answering *q, struct slice key, struct key_readers *readers,
                         struct rendered_plan *rendered)
{
    struct diag ignored;
    struct plan one;
    struct origin_objects objects;
    *readers = (struct key_readers){NULL, 0};
    diag_init(&ignored);
    if (render_release(q, &one, rendered, &ignored)) {
        origin_objects_list(q->context->arena, q->context->sources, &rendered->releases[0], &objects);
        key_readers_find(q->context->arena, &objects, key, readers);
    } else {
        diag_warning(q->context->diag, "release '%.*s' cannot be rendered: who reads the key is not known",
                     SLICE_ARG(q->release->name));
    }
    diag_release(&ignored);
}

static bool answer_key(struct answering *q, const struct value_tree *tree)
{
    struct context *c = q->context;
    struct slice text = q->question->key;
    struct key_path path;
    struct value_history history;
    struct key_readers readers;
    struct rendered_plan rendered = {NULL, 0, NULL};
    struct buffer key = BUFFER_INIT;
    struct buffer out = BUFFER_INIT;
    if (slice_starts(text, SLICE(".Values.")))
        text = slice_after(text, strlen(".Values."));
    if (!key_path_parse(c->arena, text, &path, c->diag))
        return false;
    key_path_write(&key, &path);
    struct slice name = buffer_move(&key, c->arena);
    value_history_find(c->arena, tree, &path, &history);
    find_readers(q, name, &readers, &rendered);
    bool ok = history.count || history.is_set || readers.count || fail_unknown_key(q, tree, &path);
    if (ok && is_json(q)) {
        ok = print_json(c, explain_key_json(c->arena, name, &history, &readers));
    } else if (ok) {
        explain_key_text(c->arena, name, &history, &readers, &q->options, &out);
        ok = context_print(c, buffer_slice(&out));
    }
    buffer_release(&out);
    rendered_plan_free(&rendered);
    return ok;
}

/* --- all values --------------------------------------------------------------------------------------------------- */

static void write_deletions(struct answering *q, const struct value_tree *tree, struct buffer *out)
{
    struct value_deletions deletions;
    value_deletions_find(q->context->arena, tree, &deletions);
    for (size_t i = 0; i < deletions.count; i++) {
        struct value_history history;
        struct buffer line = BUFFER_INIT;
        value_history_find(q->context->arena, tree, &deletions.paths[i], &history);
        buffer_add_text(&line, i == 0 ? "# deleted by null:\n# " : "# ");
        struct buffer key = BUFFER_INIT;
        key_path_write(&key, &deletions.paths[i]);
        buffer_add(&line, buffer_slice(&key));
        buffer_release(&key);
        for (size_t k = history.count; k > 0; k--) {
            if (history.steps[k - 1].value.kind != VALUE_NIL)
                continue;
            buffer_add_text(&line, "  ");
            explain_write_place(history.steps[k - 1].place, &line);
            break;
        }
        buffer_add_char(&line, '\n');
        buffer_add(out, buffer_slice(&line));
        buffer_release(&line);
    }
}

/* Each leaf with its key, value and place. */
static void list_leaves(struct answering *q, struct value v, struct buffer *path, const struct value_tree *tree,
                        struct list *out)
{
    struct arena *a = q->context->arena;
    uint32_t count = v.kind == VALUE_MAP ? v.map->len : v.kind == VALUE_LIST ? v.list->len : 0;
    size_t mark = path->len;
    for (uint32_t i = 0; i < count; i++) {
        if (v.kind == VALUE_MAP)
            key_path_add_key(path, v.map->entries[i].key);
        else
            key_path_add_index(path, i);
        list_leaves(q, v.kind == VALUE_MAP ? v.map->entries[i].value : v.list->items[i], path, tree, out);
        path->len = mark;
    }
    if (count)
        return;
    struct map *leaf = map_new(a, 3);
    const struct source *source = source_set_find(tree->sources, (uint32_t)v.origin.source);
    struct buffer place = BUFFER_INIT;
    if (source)
        explain_write_place((struct diag_place){source, v.origin.line, v.origin.column, 1}, &place);
    map_set_text(leaf, "key", value_string(arena_slice(a, buffer_slice(path))));
    map_set_text(leaf, "value", v);
    map_set_text(leaf, "place", value_string(buffer_move(&place, a)));
    list_add(a, out, value_map(leaf));
}

static bool answer_all(struct answering *q, const struct value_tree *tree)
{
    struct context *c = q->context;
    struct buffer out = BUFFER_INIT;
    bool ok;
    if (is_json(q)) {
        struct list *leaves = list_new(c->arena, 64);
        list_leaves(q, tree->values, &out, tree, leaves);
        ok = print_json(c, value_list(leaves));
    } else {
        ok = annotate_values(c->arena, tree, q->options.colour, &out, c->diag);
        write_deletions(q, tree, &out);
        ok = ok && context_print(c, buffer_slice(&out));
    }
    buffer_release(&out);
    return ok;
}

/* --- objects ------------------------------------------------------------------------------------------------------ */

static bool fail_unknown_object(struct answering *q, const struct origin_objects *objects)
{
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct context *c = q->context;
    struct slice *names = ARENA_ARRAY(c->arena, struct slice, objects->count);
    struct slice wanted = arena_printf(c->arena, "%.*s/%.*s", SLICE_ARG(q->question->kind),
                                       SLICE_ARG(q->question->name));
    for (size_t i = 0; i < objects->count; i++)
        names[i] = arena_printf(c->arena, "%.*s/%.*s", SLICE_ARG(objects->items[i].kind),
                                SLICE_ARG(objects->items[i].name));
    diag_error(c->diag, "release '%.*s' has no object '%.*s'", SLICE_ARG(q->release->name), SLICE_ARG(wanted));
    size_t near = diag_nearest_slice(wanted, names, objects->count);
    if (near < objects->count) {
        diag_note(c->diag, nowhere, "did you mean '%.*s'?", SLICE_ARG(names[near]));
        return false;
    }
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < objects->count; i++)
        buffer_printf(&list, "%s%.*s", i ? ", " : "", SLICE_ARG(names[i]));
    diag_note(c->diag, nowhere, "it has %.*s", SLICE_ARG(buffer_slice(&list)));
    buffer_release(&list);
    return false;
}

/* Without a field the whole object is shown, each line with what it comes from. */
static bool answer_object(struct answering *q, struct origin_objects *objects, const struct origin_object *object)
{
    struct context *c = q->context;
    struct buffer out = BUFFER_INIT;
    struct buffer shown = BUFFER_INIT;
    struct key_path path = {NULL, 0};
    struct field_origin origin;
    struct slice field = q->question->field;
    bool ok = object_path_parse(c->arena, object->tree, field, &path, c->diag) &&
              field_origin_find(c->arena, objects, object, &path, &origin);
    object_path_write(c->arena, object->tree, &path, &shown);
    if (ok && is_json(q)) {
        ok = print_json(c, explain_field_json(c->arena, object, buffer_slice(&shown), &origin));
    } else if (ok && field.len == 0) {
        annotate_object(c->arena, objects, object, q->options.colour, &out);
        buffer_add_char(&out, '\n');
    } else if (ok) {
        explain_field_text(c->arena, object, buffer_slice(&shown), &origin, &q->options, &out);
    }
    ok = ok && (out.len == 0 || context_print(c, buffer_slice(&out)));
    buffer_release(&out);
    buffer_release(&shown);
    return ok;
}

static bool answer_field(struct answering *q)
{
    struct plan one;
    struct rendered_plan rendered;
    struct origin_objects objects;
    struct context *c = q->context;
    if (!render_release(q, &one, &rendered, c->diag))
        return false;
    origin_objects_list(c->arena, c->sources, &rendered.releases[0], &objects);
    const struct origin_object *object = origin_objects_find(&objects, q->question->kind, q->question->name, SLICE(""));
    bool ok = object ? answer_object(q, &objects, object) : fail_unknown_object(q, &objects);
    rendered_plan_free(&rendered);
    return ok;
}

/* --- the command line --------------------------------------------------------------------------------------------- */

/* "Deployment/web": a kind begins with a letter and has nothing else but letters and digits. */
static bool split_object(struct slice word, struct slice *kind, struct slice *name)
{
    size_t slash = slice_find_char(word, '/');
    if (slash == 0 || slash + 1 >= word.len)
        return false;
    for (size_t i = 0; i < slash; i++) {
        if (!isalnum((unsigned char)word.ptr[i]))
            return false;
    }
    *kind = slice_part(word, 0, slash);
    *name = slice_after(word, slash + 1);
    return true;
}

/* [PATH] [RELEASE] [KEY | KIND/NAME [FIELD]]; a chart has no RELEASE. */
static bool read_words(struct context *c, const struct text_list *words, struct plan *plan,
                       const struct plan_options *options, struct question *q)
{
    size_t next = 0;
    *q = (struct question){.path = SLICE(".")};
    if (words->count && project_is_at(c, words->items[0]))
        q->path = words->items[next++];
    if (!plan_make(c->arena, c->sources, q->path, options, plan, c->diag))
        return false;
    if (plan->place.kind == PROJECT_HELMFILE) {
        if (next == words->count)
            return diag_error(c->diag, "which release? (yare list shows them)");
        q->release = words->items[next++];
    }
    if (next < words->count && split_object(words->items[next], &q->kind, &q->name)) {
        next++;
        if (next < words->count)
            q->field = words->items[next++];
    } else if (next < words->count) {
        q->key = words->items[next++];
    }
    return next == words->count || diag_error(c->diag, "unexpected argument '%.*s'", SLICE_ARG(words->items[next]));
}

static bool answer(struct answering *q)
{
    struct context *c = q->context;
    struct value_tree tree;
    if (q->question->kind.len)
        return answer_field(q);
    if (!value_tree_make(c->arena, q->plan, q->release, &tree, c->diag))
        return false;
    return q->question->key.len ? answer_key(q, &tree) : answer_all(q, &tree);
}

static bool run(struct context *c, const struct explain_command *o, const struct text_list *words,
                const struct plan_options *options)
{
    struct plan plan = {.chart_count = 0};
    struct question question;
    struct answering q = {.context = c, .command = o, .question = &question, .plan = &plan};
    q.options = (struct explain_options){.colour = terminal_colour(o->colour), .width = terminal_width()};
    bool ok = read_words(c, words, &plan, options, &question) && plan_load_charts(&plan, 0, c->diag);
    if (ok && question.release.len)
        ok = plan_find(&plan, question.release, &q.release, c->diag);
    else if (ok)
        q.release = &plan.releases[0];
    if (ok) {
        q.options.title = title_of(c, &plan, q.release);
        ok = answer(&q);
    }
    plan_release(&plan);
    return ok;
}

int cmd_explain(struct context *c)
{
    struct explain_command o;
    struct option_result result;
    struct plan_options plan_options;
    memset(&o, 0, sizeof o);
    const struct option own[] = {
        PROJECT_COLOUR(&o.colour),
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &o.output,
         .argument = "format",
         .help = "text or json (default text)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o.project),
                                     helm_value_table(c->arena, &o.project.values)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_plan_options(c, &o.project, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.project.help)
        return project_help(c, "explain [PATH] [-e ENV] RELEASE [KEY | KIND/NAME [FIELD]]",
                            "KEY: every layer that set it, in order, and the fields that are made of it. FIELD of an "
                            "object: the template line that wrote it and the values it is made of. Without either: all "
                            "values, each with its place. The path of a chart needs no RELEASE.",
                            tables, sizeof tables / sizeof tables[0]);
    if (o.output.len && !slice_is(o.output, "text") && !slice_is(o.output, "json")) {
        diag_error(c->diag, "--output is text or json, not '%.*s'", SLICE_ARG(o.output));
        return context_finish(c, EXIT_USAGE);
    }
    return context_finish(c, run(c, &o, &result.arguments, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}
