/*
 * repository.c - the git repository that a project lies in, as git tells it
 */
#include "project/repository.h"

#include "base/file.h"
#include "base/process.h"

#include <stdlib.h>

enum {
    MOST_WORDS = 4
};

/* What `git WORDS` prints in the folder, without blanks around it; empty where it fails. */
static struct slice ask_git(struct arena *a, const char *folder, const char *const words[MOST_WORDS])
{
    char *argv[MOST_WORDS + 2] = {"git"};
    struct process_options options = {.argv = argv, .folder = folder};
    struct slice output;
    struct diag silent;
    for (size_t i = 0; i < MOST_WORDS && words[i]; i++)
        argv[i + 1] = arena_text(a, slice_text(words[i]));
    diag_init(&silent);
    bool ok = process_run(a, &options, &output, &silent);
    diag_release(&silent);
    return ok ? slice_trim(output) : SLICE("");
}

/* Credentials that stand in a URL stay where they are. */
static struct slice without_credentials(struct arena *a, struct slice url)
{
    size_t scheme = slice_find(url, SLICE("://"));
    if (scheme == url.len)
        return url;
    struct slice rest = slice_after(url, scheme + 3);
    size_t slash = slice_find_char(rest, '/');
    size_t at = slice_find_char(slice_part(rest, 0, slash), '@');
    if (at == slash)
        return url;
    return arena_concat(a, slice_part(url, 0, scheme + 3), slice_after(rest, at + 1));
}

/* The folder of a path. */
static const char *folder_of(struct arena *a, struct slice path)
{
    const char *text = arena_text(a, path);
    return file_is_directory(text) ? text : arena_text(a, file_folder(path));
}

static struct slice next_line(struct slice *rest)
{
    struct slice line;
    return slice_next_piece(rest, '\n', &line) ? line : SLICE("");
}

static void read_commit(struct arena *a, const char *folder, struct repository *out)
{
    static const char *const words[MOST_WORDS] = {"log", "-1", "--format=%H%n%an <%ae>%n%aI%n%s%n%b"};
    struct slice rest = ask_git(a, folder, words);
    out->commit = next_line(&rest);
    out->author = next_line(&rest);
    out->date = next_line(&rest);
    out->subject = next_line(&rest);
    out->body = slice_trim(rest);
}

void repository_read(struct arena *a, struct slice path, struct repository *out)
{
    static const char *const url_words[MOST_WORDS] = {"config", "--get", "remote.origin.url"};
    static const char *const prefix_words[MOST_WORDS] = {"rev-parse", "--show-prefix"};
    const char *folder = folder_of(a, path);
    struct slice prefix = ask_git(a, folder, prefix_words);
    *out = (struct repository){.url = without_credentials(a, ask_git(a, folder, url_words)),
                               .prefix = prefix.len > 1 ? slice_part(prefix, 0, prefix.len - 1) : SLICE(".")};
    read_commit(a, folder, out);
}

const char *repository_real(struct arena *a, const char *folder)
{
    char *real = realpath(folder, NULL);
    const char *text = arena_text(a, slice_text(real ? real : "/"));
    free(real);
    return text;
}

const char *repository_root(struct arena *a, struct slice path)
{
    struct slice start = slice_text(repository_real(a, folder_of(a, path)));
    for (struct slice folder = start; folder.len > 1; folder = file_folder(folder)) {
        if (file_exists(file_join(a, folder, SLICE(".git"))))
            return arena_text(a, folder);
    }
    return start.ptr;
}

bool repository_holds(const char *root, const char *path)
{
    char *real = realpath(path, NULL);
    struct slice text = slice_text(real ? real : "");
    size_t length = strlen(root);
    bool inside = slice_starts(text, slice_text(root)) &&
                  (length == 1 || text.len == length || text.ptr[length] == '/');
    free(real);
    return inside;
}

struct slice repository_name(struct slice url)
{
    struct slice name = file_base(url);
    return slice_ends(name, SLICE(".git")) ? slice_part(name, 0, name.len - 4) : name;
}
