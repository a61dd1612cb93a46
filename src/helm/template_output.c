/*
 * template_output.c - what `helm template` prints
 */
#include "helm/template_output.h"

#include "base/file.h"
#include "golang/path.h"
#include "golang/unicode.h"
#include "helm/hooks.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static void write_document(struct slice path, struct slice content, struct buffer *out)
{
    buffer_add_text(out, "---\n# Source: ");
    buffer_add(out, path);
    buffer_add_char(out, '\n');
    buffer_add(out, content);
    buffer_add_char(out, '\n');
}

/* Calls `write` for the CRDs of a chart, then for those of its subcharts. */
static bool each_crd(const struct release_chart *chart,
                     bool (*write)(void *context, struct slice path, struct slice content), void *context)
{
    for (size_t i = 0; i < chart->chart->files.count; i++) {
        const struct chart_file *file = &chart->chart->files.items[i];
        struct buffer path = BUFFER_INIT;
        if (!chart_file_is_crd(file))
            continue;
        buffer_printf(&path, "%.*s/%.*s", SLICE_ARG(chart->path), SLICE_ARG(file->name));
        bool ok = write(context, buffer_slice(&path), file->bytes);
        buffer_release(&path);
        if (!ok)
            return false;
    }
    for (size_t i = 0; i < chart->child_count; i++) {
        if (!each_crd(chart->children[i], write, context))
            return false;
    }
    return true;
}

static bool write_crd(void *context, struct slice path, struct slice content)
{
    write_document(path, content, context);
    return true;
}

static bool is_shown_hook(const struct manifest *hook, const struct template_output_options *options)
{
    return !options->no_hooks && !(options->skip_tests && hook->hook_events & HOOK_TEST);
}

/* About the bytes that all documents take with their heads. */
static size_t total_size(const struct manifests *manifests)
{
    const struct manifest_list *lists[] = {&manifests->generic, &manifests->hooks};
    size_t size = 1;
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->count; i++)
            size += lists[l]->items[i].content.len + lists[l]->items[i].file->name.len + 32;
    }
    return size;
}

static void write_all(const struct release *release, const struct template_output_options *options,
                      struct buffer *out)
{
    size_t start = out->len;
    buffer_reserve(out, total_size(&release->manifests));
    if (options->include_crds)
        each_crd(release->chart, write_crd, out);
    for (size_t i = 0; i < release->manifests.generic.count; i++) {
        const struct manifest *m = &release->manifests.generic.items[i];
        write_document(m->file->name, m->content, out);
    }
    /* the first part as a whole has no blanks around it */
    struct slice part = slice_after(buffer_slice(out), start);
    struct slice trimmed = go_trim_space(part);
    memmove(out->ptr + (out->ptr ? start : 0), trimmed.ptr, trimmed.len);
    out->len = start + trimmed.len;
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < release->manifests.hooks.count; i++) {
        const struct manifest *m = &release->manifests.hooks.items[i];
        if (is_shown_hook(m, options))
            write_document(m->file->name, m->content, out);
    }
}

/* --- show only ------------------------------------------------------------------------------------------------ */

struct selection {
    struct slice pattern;
    bool found;
    struct buffer *out;
};

/* The path behind "# Source: CHART/" in a document; empty where it has none. */
static struct slice source_path(struct slice document)
{
    const struct slice mark = SLICE_INIT("# Source: ");
    for (struct slice rest = document;;) {
        size_t at = slice_find(rest, mark);
        if (at == rest.len)
            return slice_of("", 0);
        rest = slice_after(rest, at + mark.len);
        struct slice line = slice_part(rest, 0, slice_find_char(rest, '\n'));
        size_t slash = slice_find_char(line, '/');
        if (slash > 0 && slash + 1 < line.len)
            return slice_after(line, slash + 1);
    }
}

static bool select_document(void *context, struct slice document)
{
    struct selection *s = context;
    struct slice path = source_path(document);
    if (path.len == 0 || go_path_match(s->pattern, path) != GO_MATCH_YES)
        return true;
    s->found = true;
    buffer_add_text(s->out, "---\n");
    buffer_add(s->out, document);
    buffer_add_char(s->out, '\n');
    return true;
}

static bool write_selected(struct slice all, const struct template_output_options *options, struct buffer *out,
                           struct diag *diag)
{
    size_t start = out->len;
    for (size_t i = 0; i < options->show_only_count; i++) {
        struct selection s = {options->show_only[i], false, out};
        manifest_split(all, select_document, &s);
        if (!s.found) {
            out->len = start;
            return diag_error(diag, "could not find template %.*s in chart", SLICE_ARG(options->show_only[i]));
        }
    }
    return true;
}

bool template_output_write(const struct release *release, const struct template_output_options *options,
                           struct buffer *out, struct diag *diag)
{
    if (options->show_only_count == 0) {
        write_all(release, options, out);
        return true;
    }
    struct buffer all = BUFFER_INIT;
    write_all(release, options, &all);
    bool ok = write_selected(buffer_slice(&all), options, out, diag);
    buffer_release(&all);
    return ok;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

struct file_writer {
    struct slice folder;
    struct arena *arena;
    const char **written; /* paths that this run has begun */
    size_t count;
    size_t cap;
    struct buffer *out;
    struct diag *diag;
};

static bool is_written(const struct file_writer *w, const char *path)
{
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->written[i], path) == 0)
            return true;
    }
    return false;
}

static void remember(struct file_writer *w, const char *path)
{
    w->written = arena_room(w->arena, w->written, w->count, &w->cap, sizeof *w->written);
    w->written[w->count++] = path;
}

static bool put_document(struct file_writer *w, struct slice path, struct slice content, bool append)
{
    const char *full = arena_printf(w->arena, "%.*s/%.*s", SLICE_ARG(w->folder), SLICE_ARG(path)).ptr;
    const char *folder = arena_text(w->arena, file_folder(slice_text(full)));
    if (!file_make_directories(folder, w->diag))
        return false;
    FILE *file = fopen(full, append ? "ab" : "wb");
    if (!file)
        return diag_error(w->diag, "open %s: %s", full, file_error_text(errno));
    struct buffer text = BUFFER_INIT;
    write_document(path, content, &text);
    bool ok = fwrite(text.ptr, 1, text.len, file) == text.len;
    ok = fclose(file) == 0 && ok;
    buffer_release(&text);
    if (!ok)
        return diag_error(w->diag, "write %s: %s", full, file_error_text(errno));
    if (!is_written(w, full))
        remember(w, full);
    buffer_printf(w->out, "wrote %s\n", full);
    return true;
}

static bool put_new_document(void *context, struct slice path, struct slice content)
{
    struct file_writer *w = context;
    const char *full = arena_printf(w->arena, "%.*s/%.*s", SLICE_ARG(w->folder), SLICE_ARG(path)).ptr;
    return put_document(w, path, content, is_written(w, full));
}

/* A hook is added to a file that exists, even from an earlier run: that is Helm's behaviour. */
static bool put_hook(struct file_writer *w, const struct manifest *hook)
{
    const char *full = arena_printf(w->arena, "%.*s/%.*s", SLICE_ARG(w->folder), SLICE_ARG(hook->file->name)).ptr;
    return put_document(w, hook->file->name, hook->content, file_exists(full));
}

static bool put_all(struct file_writer *w, const struct release *release,
                    const struct template_output_options *options)
{
    if (options->include_crds && !each_crd(release->chart, put_new_document, w))
        return false;
    if (options->release_folder.len)
        w->folder = slice_text(file_join(w->arena, w->folder, options->release_folder));
    for (size_t i = 0; i < release->manifests.generic.count; i++) {
        const struct manifest *m = &release->manifests.generic.items[i];
        if (!put_new_document(w, m->file->name, m->content))
            return false;
    }
    for (size_t i = 0; i < release->manifests.hooks.count; i++) {
        const struct manifest *m = &release->manifests.hooks.items[i];
        if (is_shown_hook(m, options) && !put_hook(w, m))
            return false;
    }
    return true;
}

bool template_output_files(const struct release *release, const struct template_output_options *options,
                           struct slice folder, struct buffer *out, struct diag *diag)
{
    struct arena scratch;
    arena_init(&scratch);
    struct file_writer w = {.folder = folder, .arena = &scratch, .out = out, .diag = diag};
    bool ok = put_all(&w, release, options);
    arena_release(&scratch);
    if (ok)
        buffer_add_char(out, '\n');
    return ok;
}

void template_output_debug(const struct release *release, struct buffer *out)
{
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < release->files.count; i++) {
        const struct rendered_file *file = &release->files.items[i];
        if (!manifest_is_notes(file->name) && go_trim_space(file->text).len)
            write_document(file->name, file->text, &all);
    }
    buffer_add(out, go_trim_space(buffer_slice(&all)));
    buffer_add_char(out, '\n');
    buffer_release(&all);
}
