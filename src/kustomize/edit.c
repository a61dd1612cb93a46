/*
 * edit.c - what the changes of `kustomize edit` share
 */
#include "kustomize/edit.h"

#include "base/file.h"
#include "golang/path.h"
#include "kustomize/root.h"

#include <glob.h>

bool edit_has_text(const struct texts *texts, struct slice text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (slice_equal(texts->items[i], text))
            return true;
    }
    return false;
}

bool edit_same_namespace(struct slice a, struct slice b)
{
    return slice_equal(a.len ? a : SLICE("default"), b.len ? b : SLICE("default"));
}

void *edit_append(struct arena *a, struct records *records, size_t size, const void *item)
{
    records->items = arena_resize(a, records->items, records->count * size, (records->count + 1) * size);
    char *added = (char *)records->items + records->count++ * size;
    memcpy(added, item, size);
    return added;
}

/* --- patterns of files -------------------------------------------------------------------------------------------- */

static bool is_hidden(struct slice path)
{
    return slice_starts(file_base(path), SLICE("."));
}

static bool has_meta(struct slice pattern)
{
    return slice_find_char(pattern, '*') < pattern.len || slice_find_char(pattern, '?') < pattern.len ||
           slice_find_char(pattern, '[') < pattern.len || slice_find_char(pattern, '\\') < pattern.len;
}

/* What a pattern finds; hidden files only where it asks for them. */
static void glob_one(struct arena *a, struct slice pattern, struct texts *out)
{
    const char *text = arena_text(a, pattern);
    glob_t found;
    if (!has_meta(pattern)) {
        if (file_exists(text))
            texts_add(a, out, pattern);
        return;
    }
    if (glob(text, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            struct slice path = arena_slice(a, slice_text(found.gl_pathv[i]));
            if (is_hidden(pattern) || !is_hidden(path))
                texts_add(a, out, go_path_clean(a, path));
        }
    }
    globfree(&found);
}

/* What is no file may be a folder of another place; a remote one is not looked for. */
static bool check_folder(struct arena *a, struct slice pattern, struct diag *diag)
{
    struct root here;
    struct root below;
    if (root_open(a, ".", false, &here, diag) && root_open_below(a, &here, pattern, &below, diag))
        return true;
    diag_prefix(diag, "%.*s has no match: ", SLICE_ARG(pattern));
    return false;
}

bool edit_glob(struct arena *a, const struct texts *patterns, bool must_exist, struct texts *out, struct diag *diag)
{
    for (size_t i = 0; i < patterns->count; i++) {
        size_t before = out->count;
        glob_one(a, patterns->items[i], out);
        if (out->count > before)
            continue;
        if (!must_exist) {
            diag_warning(diag, "%.*s has no match", SLICE_ARG(patterns->items[i]));
            continue;
        }
        if (!check_folder(a, patterns->items[i], diag))
            return false;
        texts_add(a, out, patterns->items[i]);
    }
    return true;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

static struct slice without_quotes(struct slice text)
{
    bool quoted = text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"';
    return quoted ? slice_part(text, 1, text.len - 1) : text;
}

bool edit_pairs(struct arena *a, const struct texts *words, const char *kind, struct map **out, struct diag *diag)
{
    *out = map_new(a, (uint32_t)words->count);
    for (size_t i = 0; i < words->count; i++) {
        struct slice word = words->items[i];
        size_t at = slice_find_char(word, ':');
        if (at == 0 && word.len)
            return diag_error(diag, "invalid %s: '%.*s' (need k:v pair where v may be quoted)", kind, SLICE_ARG(word));
        struct slice text = at < word.len ? without_quotes(slice_after(word, at + 1)) : SLICE("");
        map_set(*out, slice_part(word, 0, at), value_string(text));
    }
    return true;
}

bool edit_build_metadata_words(struct edit *e, struct texts *out, struct diag *diag)
{
    static const char *const known[] = {"originAnnotations", "transformerAnnotations", "managedByLabel"};
    if (e->words->count == 0)
        return diag_error(diag, "must specify a buildMetadata option");
    if (e->words->count > 1)
        return diag_error(diag, "too many arguments: [%.*s …]; to provide multiple buildMetadata options, please "
                                "separate options by comma", SLICE_ARG(e->words->items[0]));
    struct slice rest = e->words->items[0];
    struct slice word;
    while (slice_next_piece(&rest, ',', &word)) {
        bool good = false;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            good |= slice_is(word, known[i]);
        if (!good)
            return diag_error(diag, "invalid buildMetadata option: %.*s", SLICE_ARG(word));
        texts_add(e->arena, out, word);
    }
    return true;
}
