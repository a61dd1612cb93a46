/*
 * git_url.c - the URLs by which Kustomize names folders in git repositories
 */
#include "fetch/git_url.h"

#include "golang/path.h"
#include "golang/strconv.h"
#include "golang/time_format.h"
#include "golang/url.h"

#include <ctype.h>
#include <strings.h>

static const int64_t default_timeout = 27 * INT64_C(1000000000);

enum {
    ALL_SEGMENTS = 0, /* of a path: the whole names the repository */
    ORGANISATION_AND_REPOSITORY = 2
};

static bool starts_in_any_case(struct slice s, const char *prefix)
{
    size_t len = strlen(prefix);
    return s.len >= len && strncasecmp(s.ptr, prefix, len) == 0;
}

static bool fail(struct slice *error, const char *why)
{
    *error = slice_text(why);
    return false;
}

/* --- query -------------------------------------------------------------------------------------------------- */

static void read_timeout(struct arena *a, struct slice value, struct git_url *out)
{
    int64_t number;
    struct slice ignored;
    if (go_parse_int(value, 10, 32, &number) == GO_NUMBER_OK) {
        if (number > 0)
            out->timeout = number * INT64_C(1000000000);
    } else if (go_parse_duration(a, value, &number, &ignored) && number > 0) {
        out->timeout = number;
    }
}

static void read_bool(struct slice value, bool *out)
{
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"};
    static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (slice_is(value, yes[i]))
            *out = true;
        if (slice_is(value, no[i]))
            *out = false;
    }
}

/* `ref` comes before `version`, of two the first counts. */
static void read_query(struct arena *a, struct slice query, struct git_url *out)
{
    struct slice pair;
    struct slice version = SLICE("");
    struct slice ignored;
    while (query.len && slice_next_piece(&query, '&', &pair)) {
        size_t equals = slice_find_char(pair, '=');
        struct slice key = slice_part(pair, 0, equals);
        struct slice value = equals < pair.len ? slice_after(pair, equals + 1) : SLICE("");
        if (!go_path_unescape(a, value, &value, &ignored) || !value.len)
            continue;
        if (slice_is(key, "ref") && !out->ref.len)
            out->ref = value;
        else if (slice_is(key, "version") && !version.len)
            version = value;
        else if (slice_is(key, "timeout"))
            read_timeout(a, value, out);
        else if (slice_is(key, "submodules"))
            read_bool(value, &out->submodules);
    }
    if (!out->ref.len)
        out->ref = version;
}

/* --- host --------------------------------------------------------------------------------------------------- */

struct host_parts {
    struct slice scheme; /* with "://"; empty: none */
    struct slice user;   /* with "@" */
    struct slice host;   /* with the '/' or ':' that ends it */
};

static struct slice take_scheme(struct slice *rest)
{
    static const struct slice known[] = {SLICE_INIT("ssh://"), SLICE_INIT("https://"), SLICE_INIT("http://"),
                                         SLICE_INIT("file://")};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (starts_in_any_case(*rest, known[i].ptr)) {
            *rest = slice_after(*rest, known[i].len);
            return known[i];
        }
    }
    return SLICE("");
}

/* letter (letter | digit | '-')* '@' */
static struct slice take_user(struct slice *rest)
{
    size_t len = 0;
    while (len < rest->len && (isalnum((unsigned char)rest->ptr[len]) || (rest->ptr[len] == '-' && len > 0)))
        len++;
    if (len == 0 || len == rest->len || rest->ptr[len] != '@' || isdigit((unsigned char)rest->ptr[0]))
        return SLICE("");
    struct slice user = slice_part(*rest, 0, len + 1);
    *rest = slice_after(*rest, len + 1);
    return user;
}

/* Where the host ends: at '/', or at ':' in the style of scp; the length where it does not. */
static size_t host_end(struct slice s, bool scp)
{
    size_t slash = slice_find_char(s, '/');
    size_t colon = slice_find_char(s, ':');
    if (scp && (slash == s.len || (colon > 0 && colon < slash)))
        return colon;
    return slash;
}

/* Cuts scheme, user and host from the front. */
static bool take_host(struct slice *rest, struct host_parts *parts, struct slice *error)
{
    if (starts_in_any_case(*rest, "git::"))
        *rest = slice_after(*rest, strlen("git::"));
    parts->scheme = take_scheme(rest);
    parts->user = take_user(rest);
    parts->host = SLICE("");
    bool github = starts_in_any_case(*rest, "github.com/") || starts_in_any_case(*rest, "github.com:");
    bool scp = !parts->scheme.len && (parts->user.len || github);
    if (!parts->scheme.len && !scp)
        return fail(error, "failed to parse scheme");
    if (slice_is(parts->scheme, "file://"))
        return true;
    size_t end = host_end(*rest, scp);
    parts->host = end < rest->len ? slice_part(*rest, 0, end + 1) : *rest;
    *rest = slice_after(*rest, parts->host.len);
    if (github) {
        bool ssh = slice_is(parts->scheme, "ssh://") || parts->user.len;
        parts->scheme = ssh ? SLICE("") : SLICE("https://");
        parts->host = ssh ? SLICE("github.com:") : SLICE("github.com/");
    }
    return parts->host.len || fail(error, "failed to parse host segment");
}

/* --- path --------------------------------------------------------------------------------------------------- */

/* Splits at what marks the end of the repository: the element after `_git/`, `//`, or `.git`. */
static bool split_at_mark(struct slice path, struct slice *repository, struct slice *rest)
{
    size_t azure = slice_find(path, SLICE("_git/"));
    size_t twice = slice_find(path, SLICE("//"));
    size_t suffix = slice_find(path, SLICE(".git"));
    if (azure < path.len) {
        size_t from = azure + strlen("_git/");
        size_t end = from + slice_find_char(slice_after(path, from), '/');
        *repository = slice_part(path, 0, end);
        *rest = end < path.len ? slice_after(path, end + 1) : SLICE("");
        return true;
    }
    if (twice < path.len) {
        *repository = slice_part(path, 0, twice);
        *rest = slice_after(path, twice + 2);
        return true;
    }
    if (suffix < path.len) {
        *repository = slice_part(path, 0, suffix + strlen(".git"));
        *rest = slice_after(path, suffix + strlen(".git"));
        return true;
    }
    return false;
}

static bool split_by_length(struct slice path, int segments, struct slice *repository, struct slice *rest)
{
    size_t end = 0;
    for (int i = 0; i < segments; i++) {
        if (i > 0 && end == path.len)
            return false;
        end += i > 0 ? 1 : 0;
        end += slice_find_char(slice_after(path, end), '/');
    }
    if (segments == ALL_SEGMENTS)
        end = path.len;
    *repository = slice_part(path, 0, end);
    *rest = end < path.len ? slice_after(path, end + 1) : SLICE("");
    return true;
}

static bool leads_out(struct arena *a, struct slice path)
{
    while (path.len && path.ptr[0] == '/')
        path = slice_after(path, 1);
    struct slice clean = go_path_clean(a, path);
    return slice_is(clean, "..") || slice_starts(clean, SLICE("../"));
}

bool git_url_parse(struct arena *a, struct slice text, struct git_url *out, struct slice *error)
{
    struct host_parts parts;
    struct slice repository;
    *out = (struct git_url){.timeout = default_timeout, .submodules = true};
    if (text.len && text.ptr[0] == '/')
        return fail(error, "uri looks like abs path");
    size_t mark = slice_find_char(text, '?');
    struct slice path = slice_part(text, 0, mark);
    if (mark < text.len)
        read_query(a, slice_after(text, mark + 1), out);
    if (!take_host(&path, &parts, error))
        return false;
    bool file = slice_is(parts.scheme, "file://");
    struct slice whole = file ? arena_concat(a, parts.user, path) : path;
    if (!split_at_mark(whole, &repository, &out->path) &&
        !split_by_length(whole, file ? ALL_SEGMENTS : ORGANISATION_AND_REPOSITORY, &repository, &out->path))
        return fail(error, "failed to parse repo path segment");
    if (!repository.len)
        return fail(error, "failed to parse repo path segment");
    if (leads_out(a, out->path))
        return fail(error, "url path exits repo");
    if (out->path.len && out->path.ptr[0] == '/')
        out->path = slice_after(out->path, 1);
    out->repository = arena_printf(a, "%.*s%.*s%.*s%.*s", SLICE_ARG(parts.scheme),
                                   SLICE_ARG(file ? SLICE("") : parts.user), SLICE_ARG(parts.host),
                                   SLICE_ARG(repository));
    return true;
}
