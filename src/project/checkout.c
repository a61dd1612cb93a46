/*
 * checkout.c - a project as it is in a revision of its git repository
 */
#include "project/checkout.h"

#include "base/file.h"
#include "base/process.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

enum {
    MOST_WORDS = 6
};

struct git {
    struct arena *arena;
    const char *folder; /* where it runs */
    const char *index;  /* its index file; null: the repository's */
};

static bool run_git(const struct git *git, const char *const words[MOST_WORDS], struct slice *output,
                    struct diag *diag)
{
    char *argv[MOST_WORDS + 2] = {"git"};
    char *environment[2] = {NULL, NULL};
    for (size_t i = 0; i < MOST_WORDS && words[i]; i++)
        argv[i + 1] = arena_text(git->arena, slice_text(words[i]));
    if (git->index)
        environment[0] = arena_text(git->arena, arena_printf(git->arena, "GIT_INDEX_FILE=%s", git->index));
    struct process_options options = {.argv = argv, .folder = git->folder, .environment = environment};
    return process_run(git->arena, &options, output, diag);
}

/* What a command prints that fails for one reason only; false, with nothing said, where it fails. */
static bool ask_git(const struct git *git, const char *const words[MOST_WORDS], struct slice *output)
{
    struct diag silent;
    diag_init(&silent);
    bool ok = run_git(git, words, output, &silent);
    diag_release(&silent);
    *output = ok ? slice_trim(*output) : SLICE("");
    return ok;
}

/* The hash of the revision's tree. A text that looks like an option is none. */
static bool find_tree(const struct git *git, struct slice revision, struct slice *tree, struct diag *diag)
{
    const char *name = arena_printf(git->arena, "%.*s^{tree}", SLICE_ARG(revision)).ptr;
    const char *const words[MOST_WORDS] = {"rev-parse", "--verify", "--quiet", "--end-of-options", name};
    return ask_git(git, words, tree) ||
           diag_error(diag, "git knows no revision '%.*s' here", SLICE_ARG(revision));
}

static bool write_files(const struct git *git, struct slice tree, const struct checkout *out, struct diag *diag)
{
    struct slice ignored;
    const char *prefix = arena_printf(git->arena, "--prefix=%.*s", SLICE_ARG(out->tree)).ptr;
    const char *const read_words[MOST_WORDS] = {"read-tree", arena_text(git->arena, tree)};
    const char *const write_words[MOST_WORDS] = {"checkout-index", "--all", "--quiet", prefix};
    return run_git(git, read_words, &ignored, diag) && run_git(git, write_words, &ignored, diag);
}

/* The path within the repository: "" for its root. */
static bool path_below(struct arena *a, struct slice root, struct slice path, struct slice *out, struct diag *diag)
{
    char resolved[PATH_MAX];
    if (!realpath(arena_text(a, path), resolved))
        return diag_error(diag, "open %.*s: %s", SLICE_ARG(path), file_error_text(errno));
    struct slice whole = slice_text(resolved);
    if (!slice_starts(whole, root) || (whole.len > root.len && whole.ptr[root.len] != '/'))
        return diag_error(diag, "'%.*s' is outside of the git repository %.*s", SLICE_ARG(path), SLICE_ARG(root));
    *out = arena_slice(a, slice_after(whole, whole.len > root.len ? root.len + 1 : root.len));
    return true;
}

bool checkout_make(struct arena *a, struct slice path, struct slice revision, struct checkout *out, struct diag *diag)
{
    static const char *const root_words[MOST_WORDS] = {"rev-parse", "--show-toplevel"};
    const char *place = arena_text(a, path);
    struct git git = {.arena = a, .folder = file_is_directory(place) ? place : arena_text(a, file_folder(path))};
    struct slice root;
    struct slice tree;
    struct slice below;
    *out = (struct checkout){.revision = revision};
    if (!ask_git(&git, root_words, &root))
        return diag_error(diag, "'%.*s' is in no git repository (or git is not installed)", SLICE_ARG(path));
    if (!find_tree(&git, revision, &tree, diag) || !path_below(a, root, path, &below, diag) ||
        !temporary_folder_make(a, &out->folder, diag))
        return false;
    out->tree = arena_printf(a, "%s/tree/", out->folder.path);
    out->path = slice_text(file_join(a, slice_part(out->tree, 0, out->tree.len - 1), below));
    git.folder = arena_text(a, root);
    git.index = arena_printf(a, "%s/index", out->folder.path).ptr;
    if (!write_files(&git, tree, out, diag))
        return false;
    return file_exists(arena_text(a, out->path)) ||
           diag_error(diag, "'%.*s' is not in revision '%.*s'", SLICE_ARG(path), SLICE_ARG(revision));
}

void checkout_end(struct checkout *checkout)
{
    temporary_folder_remove(&checkout->folder);
}
