/*
 * git_source.c - trees of git repositories
 *
 * In the cache: `git/<checksum of the repository's URL>/<commit>` is a tree, `git/refs/<checksum of URL and ref>` the
 * commit that a ref had last, `git/locks/…` what keeps two processes from fetching the same. A tree is made under a
 * hidden name and renamed when it is complete.
 */
#include "fetch/git_source.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/process.h"
#include "fetch/file_lock.h"
#include "fetch/yare_cache.h"
#include "golang/strconv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    MOST_WORDS = 12,
    LOCK_SECONDS = 300,
    SHA1_DIGITS = 40,
    SHA256_DIGITS = 64
};

struct fetching {
    struct arena *arena;
    const struct git_url *url;
    const char *root;   /* of git's part of the cache */
    const char *trees;  /* of this repository */
    struct diag *diag;
};

/* "failed to run 'git fetch …': …" */
static bool failed_to_run(struct fetching *f, char *const *argv)
{
    struct buffer line = BUFFER_INIT;
    for (char *const *word = argv; *word; word++)
        buffer_printf(&line, "%s%s", word == argv ? "" : " ", *word);
    diag_prefix(f->diag, "failed to run '%.*s': ", SLICE_ARG(buffer_slice(&line)));
    buffer_release(&line);
    return false;
}

static bool run_git(struct fetching *f, const char *folder, const char *const *words, struct slice *output)
{
    char *argv[MOST_WORDS + 2] = {arena_text(f->arena, SLICE("git"))};
    for (size_t i = 0; i < MOST_WORDS && words[i]; i++)
        argv[i + 1] = arena_text(f->arena, slice_text(words[i]));
    struct process_options options = {.argv = argv, .folder = folder, .timeout = f->url->timeout};
    return process_run(f->arena, &options, output, f->diag) || failed_to_run(f, argv);
}

static bool is_commit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (go_hex_digit(text.ptr[i]) < 0)
            return false;
    }
    return text.len == SHA1_DIGITS || text.len == SHA256_DIGITS;
}

/* git takes what begins with a dash for an option. */
static bool check_words(struct fetching *f)
{
    if (f->url->repository.ptr[0] != '-' && (!f->url->ref.len || f->url->ref.ptr[0] != '-'))
        return true;
    return diag_error(f->diag, "'%.*s' at '%.*s': a repository and a ref cannot begin with '-'",
                      SLICE_ARG(f->url->repository), SLICE_ARG(f->url->ref));
}

static const char *tree_path(struct fetching *f, struct slice commit)
{
    const char *kind = f->url->submodules ? "" : "-alone"; /* without submodules the tree is another */
    return arena_printf(f->arena, "%s/%.*s%s", f->trees, SLICE_ARG(commit), kind).ptr;
}

/* --- refs --------------------------------------------------------------------------------------------------- */

static const char *note_path(struct fetching *f)
{
    struct slice name = arena_printf(f->arena, "%.*s %.*s", SLICE_ARG(f->url->repository), SLICE_ARG(f->url->ref));
    return arena_printf(f->arena, "%s/refs/%s", f->root, digest_hex(f->arena, DIGEST_SHA256, name).ptr).ptr;
}

static void note(struct fetching *f, struct slice commit)
{
    struct diag ignored;
    diag_init(&ignored);
    file_write(note_path(f), commit, NULL, &ignored);
    diag_release(&ignored);
}

static bool recall(struct fetching *f, struct slice *commit)
{
    struct diag ignored;
    diag_init(&ignored);
    bool ok = file_read(f->arena, note_path(f), SHA256_DIGITS, commit, &ignored) && is_commit(*commit);
    diag_release(&ignored);
    return ok;
}

/* The commit in the lines of `git ls-remote` whose ref has that name. */
static bool find_ref(struct slice lines, struct slice name, struct slice *commit)
{
    struct slice line;
    while (lines.len && slice_next_piece(&lines, '\n', &line)) {
        size_t tab = slice_find_char(line, '\t');
        if (tab < line.len && slice_equal(slice_after(line, tab + 1), name) && is_commit(slice_part(line, 0, tab))) {
            *commit = slice_part(line, 0, tab);
            return true;
        }
    }
    return false;
}

/* Where the ref stands in the repository, in the order in which git looks for one; false: it is none that is listed. */
static bool ask_ref(struct fetching *f, struct slice *commit)
{
    static const char *const forms[][2] = {
        {"", ""}, {"refs/", ""}, {"refs/tags/", "^{}"}, {"refs/tags/", ""}, {"refs/heads/", ""}};
    struct slice ref = f->url->ref.len ? f->url->ref : SLICE("HEAD");
    struct slice lines;
    struct diag ignored;
    struct diag *diag = f->diag;
    const char *words[] = {"ls-remote", "--", arena_text(f->arena, f->url->repository), NULL};
    diag_init(&ignored);
    f->diag = &ignored; /* the fetch that follows says what is wrong */
    bool ok = run_git(f, NULL, words, &lines);
    f->diag = diag;
    diag_release(&ignored);
    for (size_t i = 0; ok && i < sizeof forms / sizeof forms[0]; i++) {
        if (find_ref(lines, arena_printf(f->arena, "%s%.*s%s", forms[i][0], SLICE_ARG(ref), forms[i][1]), commit))
            return true;
    }
    return false;
}

/* --- trees -------------------------------------------------------------------------------------------------- */

/* What Kustomize does, in a folder of ours. */
static bool clone_into(struct fetching *f, const char *folder)
{
    const char *repository = arena_text(f->arena, f->url->repository);
    const char *ref = f->url->ref.len ? arena_text(f->arena, f->url->ref) : "HEAD";
    const char *const init[] = {"init", "-q", NULL};
    const char *const origin[] = {"remote", "add", "origin", repository, NULL};
    const char *const fetch[] = {"fetch", "-q", "--depth=1", "--", repository, ref, NULL};
    const char *const checkout[] = {"-c", "advice.detachedHead=false", "checkout", "-q", "FETCH_HEAD", NULL};
    const char *const submodules[] = {"submodule", "-q", "update", "--init", "--recursive", NULL};
    const char *const *steps[] = {init, origin, fetch, checkout, submodules};
    size_t count = sizeof steps / sizeof steps[0] - (f->url->submodules ? 0 : 1);
    struct slice ignored;
    for (size_t i = 0; i < count; i++) {
        if (!run_git(f, folder, steps[i], &ignored))
            return false;
    }
    return true;
}

static bool head_of(struct fetching *f, const char *folder, struct slice *commit)
{
    const char *const words[] = {"rev-parse", "HEAD", NULL};
    if (!run_git(f, folder, words, commit))
        return false;
    *commit = slice_trim(*commit);
    return is_commit(*commit) || diag_error(f->diag, "git names no commit in %s", folder);
}

/* Puts the tree in its place; one that another process put there meanwhile is as good. */
static bool settle(struct fetching *f, const char *folder, struct slice commit, const char **tree)
{
    *tree = tree_path(f, commit);
    if (rename(folder, *tree) == 0)
        return true;
    int error = errno;
    file_remove_tree(folder);
    return file_is_directory(*tree) ||
           diag_error(f->diag, "rename %s %s: %s", folder, *tree, file_error_text(error));
}

/* Trees that a killed process left: the lock is ours, so nobody works on them. */
static void remove_leftovers(struct fetching *f)
{
    struct slice *names;
    size_t count;
    struct diag ignored;
    diag_init(&ignored);
    if (!file_list(f->arena, f->trees, &names, &count, &ignored))
        count = 0;
    diag_release(&ignored);
    for (size_t i = 0; i < count; i++) {
        if (slice_starts(names[i], SLICE(".new.")))
            file_remove_tree(file_join(f->arena, slice_text(f->trees), names[i]));
    }
}

static bool make_tree(struct fetching *f, const char **tree)
{
    struct slice commit;
    char *folder = arena_text(f->arena, arena_printf(f->arena, "%s/.new.XXXXXX", f->trees));
    if (!file_make_directories(f->trees, f->diag))
        return false;
    remove_leftovers(f);
    if (!mkdtemp(folder))
        return diag_error(f->diag, "mkdir %s: %s", folder, file_error_text(errno));
    if (!clone_into(f, folder) || !head_of(f, folder, &commit)) {
        file_remove_tree(folder);
        return false;
    }
    note(f, commit);
    return settle(f, folder, commit, tree);
}

static bool fetch(struct fetching *f, const char **tree)
{
    struct slice commit = f->url->ref;
    if (!is_commit(commit) && !ask_ref(f, &commit))
        return make_tree(f, tree);
    *tree = tree_path(f, commit);
    if (!file_is_directory(*tree))
        return make_tree(f, tree);
    note(f, commit);
    return true;
}

static bool fetch_offline(struct fetching *f, const char **tree)
{
    struct slice commit = f->url->ref;
    if (is_commit(commit) || recall(f, &commit)) {
        *tree = tree_path(f, commit);
        if (file_is_directory(*tree))
            return true;
    }
    return diag_error(f->diag, "%.*s is not fetched, because yare is offline", SLICE_ARG(f->url->repository));
}

static bool lock(struct fetching *f, struct slice name, struct file_lock *held)
{
    const char *folder = arena_printf(f->arena, "%s/locks", f->root).ptr;
    return file_make_directories(folder, f->diag) &&
           file_lock_acquire(held, file_join(f->arena, slice_text(folder), name), LOCK_SECONDS, f->diag);
}

bool git_source_fetch(struct arena *a, const struct git_url *url, const char **folder, struct diag *diag)
{
    struct fetching f = {.arena = a, .url = url, .diag = diag};
    struct file_lock held = FILE_LOCK_INIT;
    struct slice name = digest_hex(a, DIGEST_SHA256, url->repository);
    const char *cache;
    if (!check_words(&f) || !yare_cache_folder(a, &cache, diag))
        return false;
    f.root = file_join(a, slice_text(cache), SLICE("git"));
    f.trees = file_join(a, slice_text(f.root), name);
    if (yare_is_offline())
        return fetch_offline(&f, folder);
    if (!lock(&f, name, &held))
        return false;
    bool ok = fetch(&f, folder);
    file_lock_release(&held);
    return ok;
}
