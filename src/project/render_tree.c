/*
 * render_tree.c - rendered releases as a tree of files
 */
#include "project/render_tree.h"

#include "base/file.h"
#include "base/hash.h"
#include "helm/manifest_head.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define LIST_NAME ".yare-manifest"

enum {
    LONGEST_NAME = 200 /* bytes of a file's name */
};

struct tree_file {
    struct slice path; /* relative to the folder */
    struct slice text;
};

struct render_tree {
    struct arena *arena;
    const struct plan *plan;
    struct tree_file *files;
    size_t count;
    size_t cap;
    size_t *slots; /* open addressing: 1 + the index of a file, by its path; 0 is free */
    size_t slot_count; /* a power of two */
};

struct render_tree *render_tree_new(struct arena *a, const struct plan *plan)
{
    struct render_tree *tree = ARENA_NEW(a, struct render_tree);
    tree->arena = a;
    tree->plan = plan;
    return tree;
}

/* --- names ---------------------------------------------------------------------------------------------------- */

static void add_name_part(struct buffer *out, struct slice part, bool lower)
{
    for (size_t i = 0; i < part.len; i++) {
        char c = part.ptr[i];
        if (lower && c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        bool bad = (unsigned char)c < 0x21 || c == '/' || c == '\\' || c == 0x7F || (c == '.' && i == 0);
        buffer_add_char(out, bad ? '_' : c);
    }
}

/* The release's folder: its name, with the namespace where another release has the same name. */
static void add_folder(const struct render_tree *tree, const struct planned_release *release, struct buffer *out)
{
    size_t same = 0;
    for (size_t i = 0; i < tree->plan->count; i++)
        same += slice_equal(tree->plan->releases[i].name, release->name);
    add_name_part(out, release->name, false);
    if (same > 1) {
        buffer_add_char(out, '-');
        add_name_part(out, release->name_space, false);
    }
    buffer_add_char(out, '/');
}

/* The slot that has the path, or the free one where it would go. */
static size_t slot_of(const struct render_tree *tree, struct slice path)
{
    size_t at = hash_slice(path) & (tree->slot_count - 1);
    while (tree->slots[at] && !slice_equal(tree->files[tree->slots[at] - 1].path, path))
        at = (at + 1) & (tree->slot_count - 1);
    return at;
}

static bool is_taken(const struct render_tree *tree, struct slice path)
{
    return tree->slot_count && tree->slots[slot_of(tree, path)];
}

/* KIND-NAME.yaml, then with the namespace, then with a number, until the name is free. */
static struct slice file_path(const struct render_tree *tree, const struct planned_release *release,
                              const struct manifest_head *head)
{
    struct buffer base = BUFFER_INIT;
    struct slice path;
    add_folder(tree, release, &base);
    size_t start = base.len;
    add_name_part(&base, head->kind.len ? head->kind : SLICE("document"), true);
    if (head->name.len) {
        buffer_add_char(&base, '-');
        add_name_part(&base, head->name, false);
    }
    if (base.len - start > LONGEST_NAME)
        base.len = start + LONGEST_NAME;
    path = arena_printf(tree->arena, "%.*s.yaml", SLICE_ARG(buffer_slice(&base)));
    if (is_taken(tree, path) && head->name_space.len) {
        buffer_add_char(&base, '-');
        add_name_part(&base, head->name_space, false);
        path = arena_printf(tree->arena, "%.*s.yaml", SLICE_ARG(buffer_slice(&base)));
    }
    for (size_t number = 2; is_taken(tree, path); number++)
        path = arena_printf(tree->arena, "%.*s-%zu.yaml", SLICE_ARG(buffer_slice(&base)), number);
    buffer_release(&base);
    return path;
}

/* --- documents ------------------------------------------------------------------------------------------------ */

struct adding {
    struct render_tree *tree;
    const struct planned_release *release;
};

static void grow_slots(struct render_tree *tree)
{
    tree->slot_count = tree->slot_count ? tree->slot_count * 2 : 256;
    tree->slots = ARENA_ARRAY(tree->arena, size_t, tree->slot_count);
    for (size_t i = 0; i < tree->count; i++)
        tree->slots[slot_of(tree, tree->files[i].path)] = i + 1;
}

static void add_file(struct render_tree *tree, struct slice path, struct slice text)
{
    if (tree->count * 2 >= tree->slot_count)
        grow_slots(tree);
    tree->files = arena_room(tree->arena, tree->files, tree->count, &tree->cap, sizeof *tree->files);
    tree->slots[slot_of(tree, path)] = tree->count + 1;
    tree->files[tree->count++] = (struct tree_file){path, text};
}

static bool add_document(void *context, struct slice document)
{
    struct adding *adding = context;
    struct render_tree *tree = adding->tree;
    struct manifest_head head = {0};
    struct yaml_error error;
    struct slice content = slice_trim(document);
    if (content.len == 0)
        return true;
    if (!manifest_head_read(tree->arena, content, adding->release->helm3, &head, &error))
        head = (struct manifest_head){0};
    struct slice path = file_path(tree, adding->release, &head);
    add_file(tree, path, arena_printf(tree->arena, "---\n%.*s\n", SLICE_ARG(content)));
    return true;
}

bool render_tree_add(void *tree, const struct rendered_release *rendered, struct diag *diag)
{
    struct adding adding = {tree, rendered->planned};
    (void)diag;
    return manifest_split(rendered->text, add_document, &adding);
}

/* --- the list of what was written ----------------------------------------------------------------------------- */

/* A line of the list is only believed where it stays in the folder. */
static bool stays_inside(struct slice path)
{
    struct slice rest = path;
    struct slice part;
    if (path.len == 0 || path.ptr[0] == '/')
        return false;
    while (slice_next_piece(&rest, '/', &part)) {
        if (part.len == 0 || slice_is(part, ".") || slice_is(part, ".."))
            return false;
    }
    return true;
}

static bool remove_file(const char *path, struct render_tree_counts *counts, struct diag *diag)
{
    if (unlink(path) == 0)
        counts->removed++;
    else if (errno != ENOENT)
        return diag_error(diag, "remove %s: %s", path, file_error_text(errno));
    return true;
}

/* Removes what the old list has and the tree has not, and folders that become empty by that. */
static bool remove_old(struct render_tree *tree, struct slice folder, struct render_tree_counts *counts,
                       struct diag *diag)
{
    const char *list = file_join(tree->arena, folder, SLICE(LIST_NAME));
    struct slice rest;
    struct slice line;
    if (!file_exists(list))
        return true;
    if (!file_read(tree->arena, list, 0, &rest, diag))
        return false;
    while (slice_next_piece(&rest, '\n', &line)) {
        if (!stays_inside(line) || is_taken(tree, line))
            continue;
        const char *path = file_join(tree->arena, folder, line);
        if (!remove_file(path, counts, diag))
            return false;
        if (slice_find_char(line, '/') < line.len)
            rmdir(arena_text(tree->arena, file_folder(slice_text(path)))); /* stays where it has other files */
    }
    return true;
}

static int compare_files(const void *a, const void *b)
{
    const struct tree_file *x = a;
    const struct tree_file *y = b;
    return slice_compare(x->path, y->path);
}

static bool write_list(struct render_tree *tree, struct slice folder, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    qsort(tree->files, tree->count, sizeof *tree->files, compare_files);
    for (size_t i = 0; i < tree->count; i++)
        buffer_printf(&text, "%.*s\n", SLICE_ARG(tree->files[i].path));
    bool ok = file_write(file_join(tree->arena, folder, SLICE(LIST_NAME)), buffer_slice(&text), NULL, diag);
    buffer_release(&text);
    return ok;
}

bool render_tree_write(struct render_tree *tree, struct slice folder, struct render_tree_counts *counts,
                       struct diag *diag)
{
    *counts = (struct render_tree_counts){0};
    if (!remove_old(tree, folder, counts, diag))
        return false;
    for (size_t i = 0; i < tree->count; i++) {
        bool changed;
        const char *path = file_join(tree->arena, folder, tree->files[i].path);
        if (!file_write(path, tree->files[i].text, &changed, diag))
            return false;
        if (changed)
            counts->written++;
        else
            counts->unchanged++;
    }
    return write_list(tree, folder, diag);
}
