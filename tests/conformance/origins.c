/*
 * origins.c - what explain names as the source of a field is its source, and nothing else is
 *
 *     origins [-n PAIRS] [-s SEED] [-v] PLACE...      PLACE: a chart, or HELMFILE_FOLDER:ENVIRONMENT
 *
 * Each place is copied into a scratch folder. Then, again and again, a scalar field of a rendered object is drawn at
 * random with one of the sources that field_origin.h names for it: that key is changed in its file, the whole project
 * read and rendered anew, and the field must have changed (a key may be changed in several ways: to another value, to an
 * empty one, to null, to another name; one must show). For the same field another key is drawn that is not named: it is
 * changed, and the field must be what it was. A change that does not render (schemas, `required`) cannot show: such pairs
 * are drawn anew. Identity counts: what an object's kind, name and namespace are made of are sources of all its fields.
 * Fields that differ from seed to seed are left out. Prints N of M for both, and with -v what failed.
 */
#include "base/file.h"
#include "base/process.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "report/field_origin.h"
#include "report/object_path.h"
#include "value/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    DEFAULT_PAIRS = 1000,
    DRAWS_PER_PAIR = 60, /* before a subject is given up */
    MOST_CHANGES = 5
};

/* --- chance ------------------------------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t draw_below(uint64_t *state, size_t count)
{
    return count ? (size_t)(draw(state) % count) : 0;
}

/* --- a project rendered ------------------------------------------------------------------------------------------- */

struct subject {
    struct slice path;
    struct slice environment;
};

struct rendering_of {
    struct arena arena;
    struct source_set *sources;
    struct diag diag;
    struct plan plan;
    struct rendered_plan rendered;
    struct origin_objects *objects; /* one a release */
    bool is_planned;
    bool is_rendered;
};

static void rendering_end(struct rendering_of *r)
{
    if (r->is_rendered)
        rendered_plan_free(&r->rendered);
    if (r->is_planned)
        plan_release(&r->plan);
    diag_release(&r->diag);
    arena_release(&r->arena);
    source_set_free(r->sources);
}

/* Reads and renders all, or the one release of that name. */
static bool rendering_begin(struct rendering_of *r, const struct subject *s, struct slice release, bool trace,
                            uint64_t seed)
{
    struct slice selector = release;
    struct plan_options options = {.helmfile = {.environment = s->environment}, .needs = NEEDS_SKIP};
    struct render_options render = {.trace = trace, .threads = 1, .seeded = true, .seed = seed};
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diag_init(&r->diag);
    r->sources = source_set_new();
    if (release.len && s->environment.len) {
        selector = arena_printf(&r->arena, "name=%.*s", SLICE_ARG(release));
        options.helmfile.selectors = (struct helmfile_texts){&selector, 1};
    }
    r->is_planned = plan_make(&r->arena, r->sources, s->path, &options, &r->plan, &r->diag);
    r->is_rendered = r->is_planned && render_plan_keep(&r->plan, &render, &r->rendered, &r->diag);
    if (!r->is_rendered)
        return false;
    r->objects = ARENA_ARRAY(&r->arena, struct origin_objects, r->rendered.count);
    for (size_t i = 0; i < r->rendered.count; i++)
        origin_objects_list(&r->arena, r->sources, &r->rendered.releases[i], &r->objects[i]);
    return true;
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

struct field {
    size_t release;
    size_t object;
    struct key_path path;
};

struct fields {
    struct arena *arena;
    struct field *items;
    size_t count;
    size_t cap;
};

static void add_fields(struct fields *f, size_t release, size_t object, struct value v, const struct key_path *path)
{
    struct key_path here = {ARENA_ARRAY(f->arena, struct key_step, path->count + 1), path->count + 1};
    uint32_t count = v.kind == VALUE_MAP ? v.map->len : v.kind == VALUE_LIST ? v.list->len : 0;
    if (path->count)
        memcpy(here.steps, path->steps, path->count * sizeof *path->steps);
    if (count == 0 && path->count) {
        if (f->count == f->cap) {
            size_t cap = f->cap ? f->cap * 2 : 256;
            f->items = arena_resize(f->arena, f->items, f->cap * sizeof *f->items, cap * sizeof *f->items);
            f->cap = cap;
        }
        struct key_path copy = {ARENA_ARRAY(f->arena, struct key_step, path->count), path->count};
        memcpy(copy.steps, path->steps, path->count * sizeof *path->steps);
        f->items[f->count++] = (struct field){release, object, copy};
    }
    for (uint32_t i = 0; i < count; i++) {
        bool is_index = v.kind == VALUE_LIST;
        here.steps[path->count] = (struct key_step){is_index, i, is_index ? SLICE("") : v.map->entries[i].key};
        add_fields(f, release, object, is_index ? v.list->items[i] : v.map->entries[i].value, &here);
    }
}

static struct slice path_of(struct arena *a, struct value tree, const struct key_path *path)
{
    struct buffer text = BUFFER_INIT;
    object_path_write(a, tree, path, &text);
    return buffer_move(&text, a);
}

static const struct origin_object *same_object(const struct origin_objects *objects, const struct origin_object *o)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct origin_object *x = &objects->items[i];
        if (slice_equal(x->kind, o->kind) && slice_equal(x->name, o->name) &&
            slice_equal(x->name_space, o->name_space))
            return x;
    }
    return NULL;
}

static bool has_equal_item(const struct value *list, struct value item)
{
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->list->len; i++) {
        if (value_deep_equal(list->list->items[i], item))
            return true;
    }
    return false;
}

/* Whether the outermost list on the way has the same item, which may have moved. */
static bool has_moved(struct value old_tree, struct value new_tree, const struct key_path *path)
{
    for (size_t i = 1; i <= path->count; i++) {
        const struct key_path item = {path->steps, i};
        const struct key_path list = {path->steps, i - 1};
        if (path->steps[i - 1].is_index)
            return has_equal_item(key_path_find(&new_tree, &list), *key_path_find(&old_tree, &item));
    }
    return false;
}

/* The value at the path where no list on the way has lost or got items. */
static const struct value *find_in_place(struct value old_tree, struct value *new_tree, const struct key_path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct key_path above = {path->steps, i};
        const struct value *old = key_path_find(&old_tree, &above);
        const struct value *now = key_path_find(new_tree, &above);
        if (!now || now->kind != old->kind || (now->kind == VALUE_LIST && now->list->len != old->list->len))
            return NULL;
    }
    return key_path_find(new_tree, path);
}

/* The field is looked for by the natural keys of items, by its place, and as a part of an item that has moved. */
static bool is_same_field(struct arena *a, const struct origin_object *before, const struct origin_object *after,
                          const struct key_path *path)
{
    struct diag ignored;
    struct key_path there;
    struct value old_tree = before->tree;
    struct value new_tree = after->tree;
    const struct value *old = key_path_find(&old_tree, path);
    diag_init(&ignored);
    bool found = object_path_parse(a, new_tree, path_of(a, old_tree, path), &there, &ignored);
    const struct value *now = found ? key_path_find(&new_tree, &there) : find_in_place(old_tree, &new_tree, path);
    diag_release(&ignored);
    return (now && value_deep_equal(*old, *now)) || has_moved(old_tree, new_tree, path);
}

/* --- changing a file ---------------------------------------------------------------------------------------------- */

/* A node of a file: where it begins, where its value ends, its key (null for an item). */
struct spot {
    size_t start;
    size_t end;
    struct slice key;
    struct value value;
};

struct spot_search {
    struct slice text;
    uint64_t line;
    uint64_t column;
    const size_t *lines;
    size_t next; /* the lowest start behind the node */
    size_t last; /* the highest start in it */
    struct spot spot;
    bool found;
};

static size_t offset_at(const struct spot_search *s, struct origin at)
{
    return s->lines[at.line - 1] + at.column - 1;
}

static void visit(struct spot_search *s, struct value v, struct slice key, bool within)
{
    bool is_it = !s->found && v.origin.line == s->line && v.origin.column == s->column && v.origin.line;
    if (is_it) {
        s->found = true;
        s->spot = (struct spot){.start = offset_at(s, v.origin), .key = key, .value = v};
        s->last = s->spot.start;
    }
    within |= is_it;
    if (within && v.origin.line && offset_at(s, v.origin) > s->last)
        s->last = offset_at(s, v.origin);
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++)
        visit(s, v.map->entries[i].value, v.map->entries[i].key, within);
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++)
        visit(s, v.list->items[i], slice_of(NULL, 0), within);
}

static void find_next(struct spot_search *s, struct value v)
{
    if (v.origin.line) {
        size_t at = offset_at(s, v.origin);
        s->next = at > s->last && at < s->next ? at : s->next;
    }
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.map->len; i++)
        find_next(s, v.map->entries[i].value);
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.list->len; i++)
        find_next(s, v.list->items[i]);
}

static size_t trim_end(struct slice text, size_t start, size_t end)
{
    for (;;) {
        while (end > start && strchr(" \t\r\n", text.ptr[end - 1]))
            end--;
        size_t line = end;
        while (line > start && text.ptr[line - 1] != '\n')
            line--;
        struct slice last = slice_trim(slice_part(text, line, end));
        if (line == start || !(slice_starts(last, SLICE("#")) || slice_is(last, "-")))
            return end;
        end = line;
    }
}

/* In a flow collection what follows is a comma or a bracket, and belongs to it. */
static size_t trim_flow(struct slice text, size_t start, size_t end, struct value v)
{
    bool quoted = memchr(text.ptr + start, '"', end - start) || memchr(text.ptr + start, '\'', end - start);
    if (v.kind == VALUE_MAP || v.kind == VALUE_LIST || quoted)
        return end;
    while (end > start && strchr(",]} \n", text.ptr[end - 1]))
        end--;
    return end;
}

static bool find_spot(struct arena *a, struct slice text, struct diag_place place, struct spot *out)
{
    static const struct yaml_read_options options = {0};
    const struct source source = {.id = 1, .text = text};
    struct yaml_error error;
    struct value root;
    struct spot_search s = {.text = text, .line = place.line, .column = place.column, .next = text.len};
    size_t *lines = ARENA_ARRAY(a, size_t, slice_count_char(text, '\n') + 2);
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            lines[count++] = i + 1;
    }
    s.lines = lines;
    if (!yaml_read(a, &source, text, &options, &root, &error))
        return false;
    visit(&s, root, slice_of(NULL, 0), false);
    if (!s.found)
        return false;
    find_next(&s, root);
    *out = s.spot;
    out->end = trim_end(text, s.spot.start, s.next);
    bool is_flow = slice_find_char(slice_part(text, s.spot.start, s.next), '\n') == s.next - s.spot.start;
    if (is_flow || s.next == text.len)
        out->end = trim_flow(text, s.spot.start, out->end, s.spot.value);
    return true;
}

/* An empty container, or one that is not. */
static size_t containers_of(struct arena *a, struct value v, struct value *out)
{
    bool fill = v.kind == VALUE_MAP ? v.map->len == 0 : v.list->len == 0;
    struct map *map = map_new(a, 1);
    struct list *list = list_new(a, 1);
    if (fill) {
        map_set_text(map, "zz", value_text("zz"));
        list_add(a, list, value_text("zz"));
    }
    out[0] = v.kind == VALUE_MAP ? value_map(map) : value_list(list);
    return 1;
}

/* Other values for a key; null comes last. */
static size_t changes_of(struct arena *a, struct value v, bool is_container, struct value *out)
{
    size_t count = 0;
    if (v.kind == VALUE_BOOL)
        out[count++] = value_bool(!v.b);
    else if (v.kind == VALUE_FLOAT || v.kind == VALUE_INT)
        out[count++] = v.kind == VALUE_INT ? value_int(v.i + 1) : value_float(v.f + 1);
    else if (v.kind == VALUE_STRING && v.len)
        out[count++] = value_string(arena_printf(a, "%.*sx", SLICE_ARG(value_slice(v))));
    else if (!is_container)
        out[count++] = value_text("zz");
    if (v.kind == VALUE_FLOAT)
        out[count++] = value_float(0);
    if (v.kind == VALUE_STRING && v.len) {
        out[count++] = value_text("zz");
        out[count++] = value_text("");
    }
    if (v.kind == VALUE_MAP || v.kind == VALUE_LIST)
        count = containers_of(a, v, out);
    out[count++] = value_nil();
    return count;
}

static struct slice changed_text(struct arena *a, struct slice text, const struct spot *spot, struct value v)
{
    static const struct json_write_options json = {.no_html_escape = true};
    struct buffer out = BUFFER_INIT;
    struct slice error;
    buffer_add(&out, slice_part(text, 0, spot->start));
    if (spot->key.ptr) {
        json_write(&out, value_string(spot->key), &json, a, &error);
        buffer_add_text(&out, ": ");
    }
    if (v.kind == VALUE_FLOAT)
        buffer_printf(&out, "%.17g", v.f);
    else
        json_write(&out, v, &json, a, &error);
    buffer_add(&out, slice_after(text, spot->end));
    return buffer_move(&out, a);
}

/* --- one experiment ----------------------------------------------------------------------------------------------- */

enum outcome {
    OUTCOME_REFUSED, /* does not render */
    OUTCOME_SAME,
    OUTCOME_CHANGED
};

struct experiment {
    const struct subject *subject;
    struct rendering_of *base;
    const struct field *field;
    struct arena *scratch;
};

static const struct origin_object *object_of(const struct experiment *x)
{
    return &x->base->objects[x->field->release].items[x->field->object];
}

/* Renders with `text` in place of the file's, and compares the field. */
static enum outcome try_text(const struct experiment *x, const char *path, struct slice old, struct slice text)
{
    struct rendering_of after;
    enum outcome outcome = OUTCOME_REFUSED;
    struct slice release = x->base->plan.releases[x->field->release].name;
    if (!file_write(path, text, NULL, &x->base->diag))
        return OUTCOME_REFUSED;
    if (rendering_begin(&after, x->subject, release, false, 1) && after.rendered.count == 1) {
        const struct origin_object *now = same_object(&after.objects[0], object_of(x));
        bool same = now && is_same_field(x->scratch, object_of(x), now, &x->field->path);
        outcome = same ? OUTCOME_SAME : OUTCOME_CHANGED;
    }
    rendering_end(&after);
    file_write(path, old, NULL, &x->base->diag);
    return outcome;
}

/* The key under another name: what only asks for its presence does not find it any more. */
static struct slice renamed_text(struct arena *a, struct slice text, const struct spot *spot)
{
    struct spot other = *spot;
    if (spot->key.ptr)
        other.key = arena_concat(a, spot->key, SLICE("zz"));
    return changed_text(a, text, &other, spot->value);
}

/* Changes the key at a place in all ways until one shows. `one`: only the first that renders. */
static enum outcome try_place(const struct experiment *x, struct diag_place place, const struct field_read *read,
                              bool one)
{
    struct value changes[MOST_CHANGES];
    struct spot spot;
    const char *path = arena_text(x->scratch, place.source->name);
    struct slice text;
    enum outcome outcome = OUTCOME_REFUSED;
    if (!file_read(x->scratch, path, 0, &text, &x->base->diag) || !find_spot(x->scratch, text, place, &spot))
        return OUTCOME_REFUSED;
    size_t count = changes_of(x->scratch, spot.value, read && read->is_container, changes);
    bool refused = false;
    if (read && read->is_name)
        outcome = try_text(x, path, text, renamed_text(x->scratch, text, &spot));
    for (size_t i = 0; i < count && outcome != OUTCOME_CHANGED && !(one && outcome == OUTCOME_SAME); i++) {
        enum outcome now = try_text(x, path, text, changed_text(x->scratch, text, &spot, changes[i]));
        refused |= now == OUTCOME_REFUSED;
        outcome = now > outcome ? now : outcome;
    }
    return refused && !one && outcome == OUTCOME_SAME ? OUTCOME_REFUSED : outcome;
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

/* A file that can be changed: not an archive's, not a rendered text. */
static bool is_file(const struct diag_place *place)
{
    return place->source && place->line && access(place->source->name.ptr, R_OK) == 0;
}

static bool same_place(struct diag_place a, struct diag_place b)
{
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

static bool is_related(struct slice a, struct slice b)
{
    if (a.len > b.len)
        return is_related(b, a);
    return slice_starts(b, a) && (a.len == b.len || b.ptr[a.len] == '.' || b.ptr[a.len] == '[');
}

static bool is_named(const struct field_origin *origin, struct slice key, struct diag_place place)
{
    for (size_t i = 0; i < origin->read_count; i++) {
        const struct field_read *r = &origin->reads[i];
        if (same_place(r->place, place) || (r->key.len && is_related(r->key, key)))
            return true;
    }
    return false;
}

/* Keys of the values with a file of their own. */
struct key_spot {
    struct slice key;
    struct diag_place place;
};

struct key_spots {
    struct arena *arena;
    struct source_set *sources;
    struct key_spot *items;
    size_t count;
    size_t cap;
};

static void add_keys(struct key_spots *k, const struct flow *flow)
{
    for (uint32_t id = 1; id < flow_count(flow); id++) {
        const struct flow_node *node = flow_node(flow, id);
        struct value v = node->value;
        const struct source *source = source_set_find(k->sources, (uint32_t)v.origin.source);
        struct diag_place place = {source, v.origin.line, v.origin.column, 1};
        if (node->kind != FLOW_PATH || node->is_container || !node->first || !is_file(&place))
            continue;
        struct buffer path = BUFFER_INIT;
        flow_write_path(flow, id, &path);
        struct slice text = buffer_move(&path, k->arena);
        if (!slice_starts(text, SLICE(".Values.")))
            continue;
        if (k->count == k->cap) {
            size_t cap = k->cap ? k->cap * 2 : 256;
            k->items = arena_resize(k->arena, k->items, k->cap * sizeof *k->items, cap * sizeof *k->items);
            k->cap = cap;
        }
        k->items[k->count++] = (struct key_spot){slice_after(text, strlen(".Values.")), place};
    }
}

/* --- totals ------------------------------------------------------------------------------------------------------- */

struct totals {
    size_t named;
    size_t named_changed;
    size_t others;
    size_t others_same;
    bool verbose;
};

static void tell(const struct experiment *x, const char *what, struct slice key, struct diag_place place)
{
    const struct origin_object *o = object_of(x);
    struct slice field = path_of(x->scratch, o->tree, &x->field->path);
    printf("%s: %.*s/%.*s %.*s: %.*s (%.*s:%u:%u)\n", what, SLICE_ARG(o->kind), SLICE_ARG(o->name), SLICE_ARG(field),
           SLICE_ARG(key), SLICE_ARG(place.source->name), place.line, place.column);
}

/* One of the named sources, changed; false where none can be. */
static bool test_named(const struct experiment *x, const struct field_origin *origin, uint64_t *seed,
                       struct totals *totals)
{
    const struct field_read *usable[64];
    size_t count = 0;
    for (size_t i = 0; i < origin->read_count && count < 64; i++) {
        if (!origin->reads[i].is_missing && is_file(&origin->reads[i].place))
            usable[count++] = &origin->reads[i];
    }
    if (count == 0)
        return false;
    const struct field_read *read = usable[draw_below(seed, count)];
    enum outcome outcome = try_place(x, read->place, read, false);
    if (outcome == OUTCOME_REFUSED)
        return false;
    totals->named++;
    totals->named_changed += outcome == OUTCOME_CHANGED;
    if (outcome != OUTCOME_CHANGED && totals->verbose)
        tell(x, read->how ? "no change by condition" : "no change by value", read->path, read->place);
    return true;
}

/* What the object's identity is made of. */
static bool is_identity(const struct experiment *x, struct slice key, struct diag_place place)
{
    static const char *const fields[] = {"kind", "metadata.name", "metadata.namespace"};
    for (size_t i = 0; i < 3; i++) {
        struct key_path path;
        struct field_origin origin;
        key_path_parse(x->scratch, slice_text(fields[i]), &path, &x->base->diag);
        if (field_origin_find(x->scratch, &x->base->objects[x->field->release], object_of(x), &path, &origin) &&
            is_named(&origin, key, place))
            return true;
    }
    return false;
}

static void test_other(const struct experiment *x, const struct field_origin *origin, const struct key_spots *keys,
                       uint64_t *seed, struct totals *totals)
{
    for (size_t n = 0; n < DRAWS_PER_PAIR && keys->count; n++) {
        const struct key_spot *key = &keys->items[draw_below(seed, keys->count)];
        if (is_named(origin, key->key, key->place) || is_identity(x, key->key, key->place))
            continue;
        enum outcome outcome = try_place(x, key->place, NULL, true);
        if (outcome == OUTCOME_REFUSED)
            continue;
        totals->others++;
        totals->others_same += outcome == OUTCOME_SAME;
        if (outcome == OUTCOME_CHANGED && totals->verbose)
            tell(x, "changed by what is not named", key->key, key->place);
        return;
    }
}

/* --- a subject ---------------------------------------------------------------------------------------------------- */

/* Fields that are the same for any seed. */
static void find_fields(struct rendering_of *base, const struct subject *s, struct fields *out)
{
    struct rendering_of again;
    struct fields all = {.arena = &base->arena};
    const struct key_path top = {NULL, 0};
    for (size_t r = 0; r < base->rendered.count; r++) {
        for (size_t o = 0; o < base->objects[r].count; o++)
            add_fields(&all, r, o, base->objects[r].items[o].tree, &top);
    }
    *out = (struct fields){.arena = &base->arena, .items = ARENA_ARRAY(&base->arena, struct field, all.count)};
    bool ok = rendering_begin(&again, s, SLICE(""), false, 2);
    for (size_t i = 0; ok && i < all.count; i++) {
        const struct field *f = &all.items[i];
        const struct origin_object *o = &base->objects[f->release].items[f->object];
        const struct origin_object *now = same_object(&again.objects[f->release], o);
        if (now && is_same_field(&base->arena, o, now, &f->path))
            out->items[out->count++] = *f;
    }
    rendering_end(&again);
}

/* Draws pairs until there are enough, or none can be had. */
static bool test_subject(const struct subject *s, size_t pairs, uint64_t *seed, struct totals *totals)
{
    struct rendering_of base;
    struct fields fields;
    size_t tested = 0;
    if (!rendering_begin(&base, s, SLICE(""), true, 1)) {
        struct buffer text = BUFFER_INIT;
        if (base.diag.last)
            diag_entry_write(base.diag.last, &text);
        printf("%.*s does not render: %.*s\n", SLICE_ARG(s->path), SLICE_ARG(buffer_slice(&text)));
        buffer_release(&text);
        rendering_end(&base);
        return false;
    }
    find_fields(&base, s, &fields);
    for (size_t n = 0; n < pairs * DRAWS_PER_PAIR && tested < pairs && fields.count; n++) {
        struct arena scratch;
        struct field_origin origin;
        const struct field *field = &fields.items[draw_below(seed, fields.count)];
        struct experiment x = {s, &base, field, &scratch};
        arena_init(&scratch);
        field_origin_find(&scratch, &base.objects[field->release], object_of(&x), &field->path, &origin);
        if (test_named(&x, &origin, seed, totals)) {
            struct key_spots keys = {.arena = &scratch, .sources = base.sources};
            add_keys(&keys, trace_flow(base.rendered.releases[field->release].release->trace));
            test_other(&x, &origin, &keys, seed, totals);
            tested++;
        }
        arena_release(&scratch);
    }
    rendering_end(&base);
    return tested == pairs;
}

/* --- the program -------------------------------------------------------------------------------------------------- */

static bool copy_place(struct arena *a, const char *folder, const char *place, size_t number, struct subject *out,
                       struct diag *diag)
{
    struct slice text = slice_text(place);
    size_t colon = slice_find_last_char(text, ':');
    char *from = arena_text(a, slice_part(text, 0, colon));
    const char *to = arena_printf(a, "%s/%zu", folder, number).ptr;
    char *const argv[] = {"cp", "-R", from, (char *)to, NULL};
    struct process_options options = {.argv = argv};
    struct slice output;
    out->path = slice_text(to);
    out->environment = colon < text.len ? slice_after(text, colon + 1) : SLICE("");
    return process_run(a, &options, &output, diag);
}

static void remove_folder(struct arena *a, char *folder, struct diag *diag)
{
    char *const argv[] = {"rm", "-rf", folder, NULL};
    struct process_options options = {.argv = argv};
    struct slice output;
    process_run(a, &options, &output, diag);
}

static bool run(struct arena *a, int count, char **places, size_t pairs, uint64_t seed, struct totals *totals)
{
    char folder[] = "/tmp/yare-origins-XXXXXX";
    struct diag diag;
    bool ok = mkdtemp(folder) != NULL;
    diag_init(&diag);
    for (int i = 0; ok && i < count; i++) {
        struct subject s;
        struct totals before = *totals;
        ok = copy_place(a, folder, places[i], (size_t)i, &s, &diag);
        size_t share = pairs * (size_t)(i + 1) / (size_t)count - pairs * (size_t)i / (size_t)count;
        ok = ok && test_subject(&s, share, &seed, totals);
        printf("%s: named %zu of %zu, others %zu of %zu\n", places[i], totals->named_changed - before.named_changed,
               totals->named - before.named, totals->others_same - before.others_same, totals->others - before.others);
        fflush(stdout);
    }
    remove_folder(a, folder, &diag);
    diag_release(&diag);
    return ok;
}

int main(int argc, char **argv)
{
    struct totals totals = {0};
    size_t pairs = DEFAULT_PAIRS;
    uint64_t seed = 1;
    int option;
    while ((option = getopt(argc, argv, "n:s:v")) != -1) {
        if (option == 'n')
            pairs = strtoul(optarg, NULL, 10);
        else if (option == 's')
            seed = strtoull(optarg, NULL, 10);
        else if (option == 'v')
            totals.verbose = true;
        else
            return 2;
    }
    struct arena a;
    arena_init(&a);
    printf("seed %llu\n", (unsigned long long)seed);
    bool ok = optind < argc && run(&a, argc - optind, argv + optind, pairs, seed, &totals);
    arena_release(&a);
    printf("a named source changes the field: %zu of %zu\n", totals.named_changed, totals.named);
    printf("another key does not: %zu of %zu\n", totals.others_same, totals.others);
    return ok && totals.named_changed == totals.named && totals.others_same == totals.others ? 0 : 1;
}
