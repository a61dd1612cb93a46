/*
 * path.c - slash paths as Go's path package cleans and cuts them, and filepath.Match
 *
 * Paths are plain text here: nothing looks at the file system, but for go_path_abs, which asks where the program is. A result that is a part of the input shares its bytes;
 * only go_path_clean has to make new ones, in the arena given.
 */
#include "golang/path.h"

#include "golang/unicode.h"

#include <stdlib.h>
#include <unistd.h>

/* --- path ---------------------------------------------------------------------------------------------------- */

/* Cuts the last element from the cleaned text, which keeps at least `keep` bytes. */
static size_t drop_element(const char *text, size_t len, size_t keep)
{
    len--;
    while (len > keep && text[len] != '/')
        len--;
    return len;
}

struct slice go_path_clean(struct arena *a, struct slice path)
{
    if (path.len == 0)
        return SLICE(".");
    bool rooted = path.ptr[0] == '/';
    char *out = arena_alloc(a, path.len + 1);
    size_t len = 0;
    size_t keep = 0; /* what ".." cannot take back: the root, or leading ".." elements */
    if (rooted) {
        out[len++] = '/';
        keep = 1;
    }
    struct slice rest = path;
    struct slice element;
    while (slice_next_piece(&rest, '/', &element)) {
        if (element.len == 0 || slice_is(element, "."))
            continue;
        bool up = slice_is(element, "..");
        if (up && len > keep) {
            len = drop_element(out, len, keep);
            continue;
        }
        if (up && rooted)
            continue;
        if (len > (rooted ? 1u : 0u))
            out[len++] = '/';
        memcpy(out + len, element.ptr, element.len);
        len += element.len;
        if (up)
            keep = len;
    }
    return len ? slice_of(out, len) : SLICE(".");
}

struct slice go_path_base(struct slice path)
{
    if (path.len == 0)
        return SLICE(".");
    while (path.len > 0 && path.ptr[path.len - 1] == '/')
        path.len--;
    if (path.len == 0)
        return SLICE("/");
    size_t slash = slice_find_last_char(path, '/');
    return slash < path.len ? slice_after(path, slash + 1) : path;
}

struct slice go_path_dir(struct arena *a, struct slice path)
{
    size_t slash = slice_find_last_char(path, '/');
    return go_path_clean(a, slice_part(path, 0, slash < path.len ? slash + 1 : 0));
}

struct slice go_path_ext(struct slice path)
{
    for (size_t i = path.len; i > 0 && path.ptr[i - 1] != '/'; i--)
        if (path.ptr[i - 1] == '.')
            return slice_after(path, i - 1);
    return slice_of("", 0);
}

struct slice go_path_abs(struct arena *a, struct slice path)
{
    if (slice_starts(path, SLICE("/")))
        return go_path_clean(a, path);
    char *here = getcwd(NULL, 0);
    struct slice whole = arena_printf(a, "%s/%.*s", here ? here : "", SLICE_ARG(path));
    free(here);
    return go_path_clean(a, whole);
}

/* --- filepath.Match ------------------------------------------------------------------------------------------ */

/* Cuts the leading stars and the chunk up to the next star outside brackets from the front of the pattern. */
static struct slice next_chunk(struct slice *pattern, bool *star)
{
    struct slice p = *pattern;
    *star = false;
    while (p.len > 0 && p.ptr[0] == '*') {
        p = slice_after(p, 1);
        *star = true;
    }
    bool in_range = false;
    size_t i = 0;
    for (; i < p.len; i++) {
        char c = p.ptr[i];
        if (c == '\\' && i + 1 < p.len)
            i++;
        else if (c == '[')
            in_range = true;
        else if (c == ']')
            in_range = false;
        else if (c == '*' && !in_range)
            break;
    }
    *pattern = slice_after(p, i);
    return slice_part(p, 0, i);
}

/* One end of a range in brackets; something must follow it. */
static bool range_end(struct slice *chunk, uint32_t *rune)
{
    struct slice c = *chunk;
    if (c.len == 0 || c.ptr[0] == '-' || c.ptr[0] == ']')
        return false;
    if (c.ptr[0] == '\\') {
        c = slice_after(c, 1);
        if (c.len == 0)
            return false;
    }
    size_t size;
    *rune = go_decode_rune(c, &size);
    if (*rune == RUNE_ERROR && size == 1)
        return false;
    *chunk = slice_after(c, size);
    return chunk->len > 0;
}

/* A class after its '[', up to and including its ']'. False: malformed. */
static bool class_matches(struct slice *chunk, uint32_t rune, bool *matches)
{
    bool negated = chunk->len > 0 && chunk->ptr[0] == '^';
    if (negated)
        *chunk = slice_after(*chunk, 1);
    bool in = false;
    for (size_t ranges = 0;; ranges++) {
        if (chunk->len > 0 && chunk->ptr[0] == ']' && ranges > 0)
            break;
        uint32_t low, high;
        if (!range_end(chunk, &low))
            return false;
        high = low;
        if (chunk->ptr[0] == '-') {
            *chunk = slice_after(*chunk, 1);
            if (!range_end(chunk, &high))
                return false;
        }
        in = in || (low <= rune && rune <= high);
    }
    *chunk = slice_after(*chunk, 1);
    *matches = in != negated;
    return true;
}

/* Matches a chunk without stars at the front of *name, which is moved past it on success. The chunk is checked to its
   end even when the name does not match. */
static enum go_match match_chunk(struct slice chunk, struct slice *name)
{
    struct slice s = *name;
    bool failed = false;
    while (chunk.len > 0) {
        failed = failed || s.len == 0;
        char c = chunk.ptr[0];
        size_t size = 1;
        chunk = slice_after(chunk, 1);
        if (c == '[') {
            uint32_t rune = failed ? 0 : go_decode_rune(s, &size);
            bool matches;
            if (!class_matches(&chunk, rune, &matches))
                return GO_MATCH_BAD_PATTERN;
            failed = failed || !matches;
        } else if (c == '?') {
            if (!failed) {
                failed = s.ptr[0] == '/';
                go_decode_rune(s, &size);
            }
        } else {
            if (c == '\\') {
                if (chunk.len == 0)
                    return GO_MATCH_BAD_PATTERN;
                c = chunk.ptr[0];
                chunk = slice_after(chunk, 1);
            }
            failed = failed || s.ptr[0] != c;
        }
        if (!failed)
            s = slice_after(s, size);
    }
    if (failed)
        return GO_MATCH_NO;
    *name = s;
    return GO_MATCH_YES;
}

/* Matches a chunk after a star: at each place up to the next '/', the first that fits. */
static enum go_match match_after_star(struct slice chunk, struct slice *name, bool last)
{
    for (size_t i = 0; i < name->len && name->ptr[i] != '/'; i++) {
        struct slice s = slice_after(*name, i + 1);
        enum go_match m = match_chunk(chunk, &s);
        if (m == GO_MATCH_BAD_PATTERN)
            return m;
        if (m == GO_MATCH_YES && !(last && s.len > 0)) {
            *name = s;
            return m;
        }
    }
    return GO_MATCH_NO;
}

/* No match, unless what is left of the pattern is malformed. */
static enum go_match check_rest(struct slice pattern)
{
    while (pattern.len > 0) {
        bool star;
        struct slice chunk = next_chunk(&pattern, &star);
        struct slice empty = {NULL, 0};
        if (match_chunk(chunk, &empty) == GO_MATCH_BAD_PATTERN)
            return GO_MATCH_BAD_PATTERN;
    }
    return GO_MATCH_NO;
}

enum go_match go_path_match(struct slice pattern, struct slice name)
{
    while (pattern.len > 0) {
        bool star;
        struct slice chunk = next_chunk(&pattern, &star);
        if (star && chunk.len == 0)
            return slice_find_char(name, '/') == name.len ? GO_MATCH_YES : GO_MATCH_NO;
        struct slice rest = name;
        enum go_match m = match_chunk(chunk, &rest);
        if (m == GO_MATCH_YES && (rest.len == 0 || pattern.len > 0)) {
            name = rest;
            continue;
        }
        if (m == GO_MATCH_BAD_PATTERN)
            return m;
        m = star ? match_after_star(chunk, &name, pattern.len == 0) : GO_MATCH_NO;
        if (m == GO_MATCH_BAD_PATTERN)
            return m;
        if (m == GO_MATCH_NO)
            return check_rest(pattern);
    }
    return name.len == 0 ? GO_MATCH_YES : GO_MATCH_NO;
}
