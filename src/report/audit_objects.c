/*
 * audit_objects.c - findings in what is rendered
 *
 * Places are those of the template that wrote the line in question, as the trace has them.
 */
#include "report/audit_objects.h"

#include "codec/yaml_read.h"
#include "helm/api_lifecycle.h"
#include "value/field.h"

struct object_walk {
    struct audit *audit;
    const struct rendered_release *release;
    const struct rendered_file *file;
    struct audit_kubernetes kubernetes;
    struct map *seen; /* identities of objects: where the first was written */
};

static size_t offset_in(const struct rendered_file *file, struct slice part)
{
    return (size_t)(part.ptr - file->text.ptr);
}

/* --- texts of files ------------------------------------------------------------------------------------------------- */

static struct diag_place place_of_line(const struct object_walk *w, struct slice line)
{
    return rendered_file_place(w->file, offset_in(w->file, line));
}

static bool is_comment(struct slice line)
{
    struct slice text = slice_trim(line);
    return text.len && text.ptr[0] == '#';
}

/* A separator that a trimmed template action glued to what stands before it. */
static bool is_glued(struct slice line)
{
    struct slice text = slice_trim(line);
    if (text.len < 4 || !slice_ends(text, SLICE("---")) || is_comment(line))
        return false;
    char before = text.ptr[text.len - 4];
    return before != '-' && before != ' ' && before != '\t' && slice_find_char(text, ':') < text.len;
}

static void look_at_line(struct object_walk *w, struct slice line)
{
    if (line.len && line.ptr[0] == '\t' && slice_trim(line).len && !is_comment(line))
        audit_add(w->audit, AUDIT_TAB, place_of_line(w, line), SLICE("indent with spaces"),
                 "the rendered line is indented by a tab, which YAML does not take for indentation");
    if (is_glued(line))
        audit_add(w->audit, AUDIT_GLUED_DOCUMENT, rendered_file_place(w->file, offset_in(w->file, line) + line.len - 3),
                 SLICE("let a line end stand before the separator: {{ end }} in place of {{- end -}}"),
                 "the separator --- is glued to '%.*s': two documents become one",
                 SLICE_ARG(slice_trim(slice_part(line, 0, line.len - 3))));
}

static void look_at_text(struct object_walk *w)
{
    struct slice rest = w->file->text;
    struct slice line;
    while (slice_next_piece(&rest, '\n', &line))
        look_at_line(w, line);
    for (size_t i = 0; i < w->file->no_value_count; i++) {
        size_t at = w->file->no_values[i];
        struct diag_place place = rendered_file_place(w->file, at ? at - 1 : 0);
        place.column = 0;
        audit_add(w->audit, AUDIT_NO_VALUE, place, SLICE("give the value a default, or put the line under if"),
                 "a value that is not there was printed; Helm drops the words <no value>");
    }
}

/* --- objects -------------------------------------------------------------------------------------------------------- */

static struct diag_place head_place(const struct object_walk *w, const struct manifest *m)
{
    return rendered_file_place(w->file, offset_in(w->file, m->content));
}

static void look_at_identity(struct object_walk *w, const struct manifest *m)
{
    struct arena *a = w->audit->arena;
    struct slice name_space = m->name_space.len ? m->name_space : w->release->planned->name_space;
    struct slice group = manifest_group(m->api_version);
    struct slice id = arena_printf(a, "%.*s/%.*s %.*s/%.*s", SLICE_ARG(group), SLICE_ARG(m->kind),
                                   SLICE_ARG(name_space), SLICE_ARG(m->name));
    const struct value *first = map_find(w->seen, id);
    if (first)
        audit_add(w->audit, AUDIT_DUPLICATE_OBJECT, head_place(w, m), SLICE("give one of them another name"),
                 "%.*s %.*s is rendered twice, first by %.*s", SLICE_ARG(m->kind), SLICE_ARG(m->name),
                 SLICE_ARG(value_slice(*first)));
    else
        map_set(w->seen, id,
                value_string(arena_printf(a, "release %.*s (%.*s)", SLICE_ARG(w->release->planned->name),
                                          SLICE_ARG(w->file->name))));
}

/* A List has no name, and no one minds. */
static bool look_at_head(struct object_walk *w, const struct manifest *m)
{
    static const char *const names[] = {"apiVersion", "kind", "metadata.name"};
    const struct slice have[] = {m->api_version, m->kind, m->name};
    bool whole = true;
    for (size_t i = 0; i < 3; i++) {
        if (have[i].len || (i == 2 && slice_ends(m->kind, SLICE("List"))))
            continue;
        whole = false;
        audit_add(w->audit, AUDIT_INCOMPLETE_OBJECT, head_place(w, m), SLICE(""), "%s%.*s has no %s",
                 m->kind.len ? "" : "an object", SLICE_ARG(m->kind), names[i]);
    }
    return whole && m->name.len;
}

static void look_at_version(struct object_walk *w, const struct manifest *m)
{
    struct buffer warning = BUFFER_INIT;
    if (api_lifecycle_warning(m->api_version, m->kind, w->kubernetes.major, w->kubernetes.minor, &warning))
        audit_add(w->audit, AUDIT_DEPRECATED_API, head_place(w, m), SLICE(""), "%.*s", SLICE_ARG(buffer_slice(&warning)));
    buffer_release(&warning);
}

/* --- blocks beside their key ------------------------------------------------------------------------------------------ */

/* Byte offset of a place in a document: lines and columns from 1. */
static size_t offset_of_place(struct slice document, struct origin at)
{
    size_t offset = 0;
    for (uint64_t line = 1; line < at.line && offset < document.len; line++)
        offset += slice_find_char(slice_after(document, offset), '\n') + 1;
    offset += at.column ? at.column - 1 : 0;
    return offset < document.len ? offset : document.len;
}

static const struct trace_record *record_at(const struct object_walk *w, const struct manifest *m, struct origin at)
{
    return trace_find(&w->file->trace, offset_in(w->file, m->content) + offset_of_place(m->content, at));
}

/* The entry of the map that begins next after `entry`. */
static const struct entry *next_entry(const struct map *map, const struct entry *entry)
{
    const struct entry *next = NULL;
    for (uint32_t i = 0; i < map->len; i++) {
        const struct entry *e = &map->entries[i];
        bool later = e->value.origin.line > entry->value.origin.line;
        if (later && (!next || e->value.origin.line < next->value.origin.line))
            next = e;
    }
    return next;
}

/* A key of the template's own without value, and the next line's key, on the same level, put in by an action: the block
   was meant to be below the first. */
static void look_at_entry(struct object_walk *w, const struct manifest *m, const struct map *map,
                          const struct entry *entry)
{
    const struct entry *next = next_entry(map, entry);
    if (!next || next->value.origin.line != entry->value.origin.line + 1)
        return;
    const struct trace_record *own = record_at(w, m, entry->value.origin);
    const struct trace_record *put = record_at(w, m, next->value.origin);
    if (!own || !put || own->flow || !put->flow || own == put)
        return;
    audit_add(w->audit, AUDIT_MISPLACED_BLOCK, rendered_file_place(w->file, offset_in(w->file, m->content) +
                                                                              offset_of_place(m->content, entry->value.origin)),
             SLICE("indent the block deeper (nindent)"), "%.*s of %.*s %.*s has no value: %.*s, which follows, is beside it",
             SLICE_ARG(entry->key), SLICE_ARG(m->kind), SLICE_ARG(m->name), SLICE_ARG(next->key));
}

static void look_for_blocks(struct object_walk *w, const struct manifest *m, struct value v, size_t depth)
{
    if (depth > 1000)
        return;
    for (uint32_t i = 0; value_is_list(v) && i < v.list->len; i++)
        look_for_blocks(w, m, v.list->items[i], depth + 1);
    for (uint32_t i = 0; value_is_map(v) && i < v.map->len; i++) {
        if (v.map->entries[i].value.kind == VALUE_NIL)
            look_at_entry(w, m, v.map, &v.map->entries[i]);
        else
            look_for_blocks(w, m, v.map->entries[i].value, depth + 1);
    }
}

static void look_at_body(struct object_walk *w, const struct manifest *m)
{
    static const struct source here = {.id = 1};
    const struct yaml_read_options options = {0};
    struct arena scratch;
    struct value body;
    struct yaml_error error;
    arena_init(&scratch);
    if (yaml_read(&scratch, &here, m->content, &options, &body, &error))
        look_for_blocks(w, m, body, 0);
    arena_release(&scratch);
}

static bool has_comments_only(struct slice document)
{
    struct slice rest = document, line;
    while (slice_next_piece(&rest, '\n', &line)) {
        if (slice_trim(line).len && !is_comment(line))
            return false;
    }
    return true;
}

static void look_at_manifests(struct object_walk *w, const struct manifest_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct manifest *m = &list->items[i];
        w->file = m->file;
        if (has_comments_only(m->content))
            continue;
        if (look_at_head(w, m))
            look_at_identity(w, m);
        look_at_version(w, m);
        look_at_body(w, m);
    }
}

void audit_objects(struct audit *audit, const struct rendered_plan *rendered, size_t from, size_t to,
                  struct audit_kubernetes kubernetes)
{
    struct object_walk w = {.audit = audit, .kubernetes = kubernetes, .seen = map_new(audit->arena, 256)};
    for (size_t i = from; i < to; i++) {
        w.release = &rendered->releases[i];
        const struct release *release = w.release->release;
        for (size_t k = 0; k < release->files.count; k++) {
            w.file = &release->files.items[k];
            if (!manifest_is_notes(w.file->name))
                look_at_text(&w);
        }
        look_at_manifests(&w, &release->manifests.generic);
        look_at_manifests(&w, &release->manifests.hooks);
    }
}

/* --- what is never the same -------------------------------------------------------------------------------------------- */

void audit_unstable(struct audit *audit, const struct rendered_release *one, const struct rendered_release *other)
{
    const struct rendered_files *files = &one->release->files;
    for (size_t i = 0; i < files->count && i < other->release->files.count; i++) {
        struct slice a = files->items[i].text;
        struct slice b = other->release->files.items[i].text;
        size_t at = 0;
        if (manifest_is_notes(files->items[i].name))
            continue;
        while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
            at++;
        if (at == a.len && at == b.len)
            continue;
        audit_add(audit, AUDIT_UNSTABLE_OUTPUT, rendered_file_place(&files->items[i], at < a.len ? at : at - 1),
                 SLICE("take the value from a Secret that exists, or set it"),
                 "release %.*s: what this line writes differs each time it is rendered", SLICE_ARG(one->planned->name));
    }
}
