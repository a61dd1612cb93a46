/*
 * manifest.c - rendered files to manifests
 */
#include "helm/manifest.h"

#include "chart/log_line.h"
#include "golang/unicode.h"
#include "helm/hooks.h"
#include "helm/kind_order.h"
#include "helm/manifest_head.h"

#include <stdlib.h>

/* --- splitting ------------------------------------------------------------------------------------------------ */

/* What a regular expression's \s matches: fewer characters than Unicode's blanks. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Offset of the next "---" that begins a line, at or after `from`; the length where there is none. */
static size_t find_dashes(struct slice text, size_t from)
{
    if (from == 0 && slice_starts(text, SLICE("---")))
        return 0;
    for (size_t at = from; at < text.len; at++) {
        at += slice_find_char(slice_after(text, at), '\n');
        if (at < text.len && slice_starts(slice_after(text, at + 1), SLICE("---")))
            return at + 1;
    }
    return text.len;
}

/* Helm's separator is (?:^|\s*\n)---\s*. Finds the next one at or after `from`; false where there is none. */
static bool find_separator(struct slice text, size_t from, size_t *start, size_t *end)
{
    size_t dashes = find_dashes(text, from);
    if (dashes == text.len)
        return false;
    *start = dashes;
    while (*start > from && is_blank(text.ptr[*start - 1]))
        --*start;
    *end = dashes + 3;
    while (*end < text.len && is_blank(text.ptr[*end]))
        ++*end;
    return true;
}

bool manifest_split(struct slice text, manifest_document_fn *found, void *context)
{
    text = go_trim_space(text);
    size_t from = 0;
    size_t start;
    size_t end;
    while (find_separator(text, from, &start, &end)) {
        struct slice document = slice_part(text, from, start);
        if (document.len && !found(context, go_trim_space(document)))
            return false;
        from = end;
    }
    struct slice last = slice_after(text, from);
    return last.len == 0 || found(context, go_trim_space(last));
}

/* --- collecting ----------------------------------------------------------------------------------------------- */

struct collector {
    const struct rendered_file *file;
    bool helm3;
    struct arena *arena;
    struct arena scratch; /* the parsed document; let go after each */
    struct manifests *out;
    struct diag *diag;
};

static void add_manifest(struct arena *a, struct manifest_list *list, const struct manifest *manifest)
{
    list->items = arena_room(a, list->items, list->count, &list->cap, sizeof *list->items);
    list->items[list->count++] = *manifest;
}

/* The byte at which a 1-based line of the document starts, in the file's text. */
static size_t line_offset(const struct rendered_file *file, struct slice document, size_t line)
{
    size_t offset = (size_t)(document.ptr - file->text.ptr);
    struct slice rest = document;
    for (size_t n = 1; n < line; n++) {
        size_t end = slice_find_char(rest, '\n');
        if (end == rest.len)
            break;
        rest = slice_after(rest, end + 1);
        offset += end + 1;
    }
    return offset;
}

/* Points at the template line that wrote the broken line, and shows the broken line itself. */
static void locate(struct collector *c, struct slice document, const struct yaml_error *error)
{
    size_t line = error->line ? error->line : 1;
    size_t offset = line_offset(c->file, document, line);
    struct slice broken = slice_after(c->file->text, offset);
    broken = slice_part(broken, 0, slice_find_char(broken, '\n'));
    while (broken.len && is_blank(broken.ptr[0])) {
        broken = slice_after(broken, 1);
        offset++;
    }
    struct diag_place nowhere = {NULL, 0, 0, 0};
    struct diag_place place = rendered_file_place(c->file, offset);
    if (place.source)
        diag_locate(c->diag, place);
    diag_note(c->diag, nowhere, "it rendered as line %zu of the document: %.*s", line, SLICE_ARG(broken));
}

static bool collect_document(void *context, struct slice document)
{
    struct collector *c = context;
    struct manifest_head head;
    struct yaml_error error;
    arena_clear(&c->scratch);
    if (!manifest_head_read(&c->scratch, document, c->helm3, &head, &error)) {
        diag_error(c->diag, "YAML parse error on %.*s: %.*s", SLICE_ARG(c->file->name), SLICE_ARG(error.message));
        c->diag->last->peer_detail = true;
        locate(c, document, &error);
        return false;
    }
    struct manifest manifest = {.file = c->file, .content = document};
    if (head.has_hook && !hooks_read(head.hook, &manifest.hook_events)) {
        struct log_pair types = {"hookTypes", head.hook};
        if (c->helm3)
            log_text(c->diag, true, "manifest_sorter.go:190", "info: skipping unknown hook: \"%.*s\"",
                     SLICE_ARG(head.hook));
        else
            log_line(c->diag, DIAG_INFO, "skipping unknown hooks", &types, 1);
        return true;
    }
    manifest.api_version = arena_slice(c->arena, head.api_version);
    manifest.kind = arena_slice(c->arena, head.kind);
    manifest.name = arena_slice(c->arena, head.name);
    manifest.name_space = arena_slice(c->arena, head.name_space);
    add_manifest(c->arena, head.has_hook ? &c->out->hooks : &c->out->generic, &manifest);
    return true;
}

bool manifest_is_notes(struct slice name)
{
    return slice_ends(name, SLICE("NOTES.txt"));
}

static int compare_files(const void *a, const void *b)
{
    const struct rendered_file *const *x = a;
    const struct rendered_file *const *y = b;
    return slice_compare((*x)->name, (*y)->name);
}

static bool collect_files(struct collector *c, const struct rendered_files *files)
{
    const struct rendered_file **sorted = ARENA_ARRAY(c->arena, const struct rendered_file *, files->count);
    for (size_t i = 0; i < files->count; i++)
        sorted[i] = &files->items[i];
    qsort(sorted, files->count, sizeof *sorted, compare_files);
    for (size_t i = 0; i < files->count; i++) {
        c->file = sorted[i];
        if (manifest_is_notes(c->file->name) || go_trim_space(c->file->text).len == 0)
            continue;
        if (!manifest_split(c->file->text, collect_document, c))
            return false;
    }
    return true;
}

/* A stable merge sort: ties keep the order of files and of documents in them. */
static void sort_by_kind(struct arena *a, struct manifest_list *list, bool helm3)
{
    struct manifest *spare = ARENA_ARRAY(a, struct manifest, list->count);
    for (size_t width = 1; width < list->count; width *= 2) {
        for (size_t left = 0; left < list->count; left += 2 * width) {
            size_t middle = left + width < list->count ? left + width : list->count;
            size_t right = left + 2 * width < list->count ? left + 2 * width : list->count;
            size_t i = left;
            size_t j = middle;
            for (size_t k = left; k < right; k++) {
                bool take_left = i < middle && (j >= right || kind_compare(list->items[i].kind, list->items[j].kind,
                                                                           helm3) <= 0);
                spare[k] = take_left ? list->items[i++] : list->items[j++];
            }
        }
        memcpy(list->items, spare, list->count * sizeof *spare);
    }
}

bool manifests_collect(const struct rendered_files *files, bool helm3, struct arena *a, struct manifests *out,
                       struct diag *diag)
{
    struct collector c = {.helm3 = helm3, .arena = a, .out = out, .diag = diag};
    memset(out, 0, sizeof *out);
    arena_init(&c.scratch);
    bool ok = collect_files(&c, files);
    arena_release(&c.scratch);
    if (ok) {
        sort_by_kind(a, &out->generic, helm3);
        sort_by_kind(a, &out->hooks, helm3);
    }
    return ok;
}

struct slice manifest_group(struct slice api_version)
{
    size_t slash = slice_find_char(api_version, '/');
    return slice_part(api_version, 0, slash == api_version.len ? 0 : slash);
}
