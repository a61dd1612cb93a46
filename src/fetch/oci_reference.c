/*
 * oci_reference.c - what names a thing in a registry
 */
#include "fetch/oci_reference.h"

#include "fetch/content_cache.h"
#include "golang/strconv.h"
#include "golang/url.h"

#include <ctype.h>

enum { LONGEST_TAG = 128 };

static const struct slice scheme = SLICE_INIT("oci://");

bool is_oci(struct slice url)
{
    return slice_starts(url, scheme);
}

static bool invalid(struct diag *diag, const char *what, struct slice text, const char *why)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, text);
    diag_error(diag, "invalid reference: invalid %s %.*s%s", what, SLICE_ARG(buffer_slice(&quoted)), why);
    buffer_release(&quoted);
    return false;
}

bool oci_registry_check(struct arena *a, struct slice registry, struct diag *diag)
{
    struct go_url url;
    struct slice error;
    struct slice text = arena_concat(a, SLICE("dummy://"), registry);
    if (!go_url_parse(a, text, &url, &error) || url.host.len == 0 || !slice_equal(url.host, registry))
        return invalid(diag, "registry", registry, "");
    return true;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* What may stand between two words: one '.' or '_', two '_', or dashes. */
static size_t separator_length(struct slice s)
{
    size_t dashes = 0;
    if (slice_starts(s, SLICE("__")))
        return 2;
    if (s.len && (s.ptr[0] == '.' || s.ptr[0] == '_'))
        return 1;
    while (dashes < s.len && s.ptr[dashes] == '-')
        dashes++;
    return dashes;
}

/* word (separator word)* */
static bool is_path_component(struct slice s)
{
    for (;;) {
        size_t word = 0;
        while (word < s.len && is_word_char(s.ptr[word]))
            word++;
        if (word == 0 || word == s.len)
            return word != 0;
        s = slice_after(s, word);
        size_t separator = separator_length(s);
        if (separator == 0)
            return false;
        s = slice_after(s, separator);
    }
}

static bool is_repository(struct slice s)
{
    struct slice component;
    while (slice_next_piece(&s, '/', &component)) {
        if (!is_path_component(component))
            return false;
    }
    return true;
}

static bool is_tag(struct slice s)
{
    if (s.len == 0 || s.len > LONGEST_TAG)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool inner = c == '.' || c == '-';
        if (c >= 0x80 || (!isalnum(c) && c != '_' && !(inner && i > 0)))
            return false;
    }
    return true;
}

static bool check_digest(struct slice digest, struct diag *diag)
{
    size_t colon = slice_find_char(digest, ':');
    if (colon == 0 || colon + 1 >= digest.len)
        return invalid(diag, "digest", digest, ": invalid checksum digest format");
    if (!slice_is(slice_part(digest, 0, colon), "sha256"))
        return invalid(diag, "digest", digest, ": unsupported digest algorithm");
    if (!is_checksum(slice_after(digest, colon + 1)))
        return invalid(diag, "digest", digest, ": invalid checksum digest length");
    return true;
}

/* A copy in which '+' is written '_'. */
static struct slice tag_of_version(struct arena *a, struct slice version)
{
    char *text = arena_text(a, version);
    for (size_t i = 0; i < version.len; i++) {
        if (text[i] == '+')
            text[i] = '_';
    }
    return slice_of(text, version.len);
}

bool oci_reference_parse(struct arena *a, struct slice text, struct oci_reference *out, struct diag *diag)
{
    memset(out, 0, sizeof *out);
    if (is_oci(text))
        text = slice_after(text, scheme.len);
    size_t at = slice_find_last_char(text, '@');
    if (at < text.len) {
        out->digest = slice_after(text, at + 1);
        text = slice_part(text, 0, at);
    }
    size_t slash = slice_find_char(text, '/');
    if (slash == text.len)
        return diag_error(diag, "invalid reference: missing registry or repository");
    out->registry = slice_part(text, 0, slash);
    struct slice path = slice_after(text, slash + 1);
    size_t colon = slice_find_char(path, ':');
    out->repository = slice_part(path, 0, colon);
    if (!oci_registry_check(a, out->registry, diag))
        return false;
    if (!is_repository(out->repository))
        return invalid(diag, "repository", out->repository, "");
    if (colon < path.len)
        out->tag = tag_of_version(a, slice_after(path, colon + 1));
    if (out->tag.len && !is_tag(out->tag))
        return invalid(diag, "tag", out->tag, "");
    return !out->digest.len || check_digest(out->digest, diag);
}

struct slice oci_reference_text(struct arena *a, const struct oci_reference *r)
{
    struct slice base = arena_printf(a, "%.*s/%.*s", SLICE_ARG(r->registry), SLICE_ARG(r->repository));
    if (r->tag.len)
        return arena_printf(a, "%.*s:%.*s", SLICE_ARG(base), SLICE_ARG(r->tag));
    return r->digest.len ? arena_printf(a, "%.*s@%.*s", SLICE_ARG(base), SLICE_ARG(r->digest)) : base;
}
