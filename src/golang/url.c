/*
 * url.c - URLs split, unescaped and put together again
 *
 * Which bytes stand unescaped depends on the part of the URL; enum url_part names the parts as net/url does and
 * must_escape knows the rules. Parts of a parsed URL share the text where nothing had to be unescaped, else they live
 * in the arena.
 */
#include "golang/url.h"

#include "golang/ip.h"
#include "golang/strconv.h"

enum url_part {
    URL_PATH,
    URL_PATH_SEGMENT,
    URL_HOST,
    URL_ZONE,
    URL_USER_PASSWORD,
    URL_QUERY,
    URL_FRAGMENT
};

struct url_reader {
    struct arena *arena;
    struct go_url *url;
    struct slice fault;
    bool in_request; /* the text stood in a request: absolute or a path */
};

/* --- escaping ------------------------------------------------------------------------------------------------ */

static bool is_alphanumeric(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(unsigned char c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

static bool must_escape(unsigned char c, enum url_part part)
{
    if (is_alphanumeric(c) || is_one_of(c, "-_.~"))
        return false;
    if ((part == URL_HOST || part == URL_ZONE) && is_one_of(c, "!$&'()*+,;=:[]<>\""))
        return false;
    if (is_one_of(c, "$&+,/:;=?@")) {
        switch (part) {
        case URL_PATH:
            return c == '?';
        case URL_PATH_SEGMENT:
            return is_one_of(c, "/;,?");
        case URL_USER_PASSWORD:
            return is_one_of(c, "@/?:");
        case URL_FRAGMENT:
            return false;
        default:
            return true;
        }
    }
    return part != URL_FRAGMENT || !is_one_of(c, "!()*");
}

static void escape(struct buffer *out, struct slice s, enum url_part part)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == ' ' && part == URL_QUERY)
            buffer_add_char(out, '+');
        else if (must_escape(c, part)) {
            buffer_add_char(out, '%');
            buffer_add_char(out, hex[c >> 4]);
            buffer_add_char(out, hex[c & 15]);
        } else
            buffer_add_char(out, (char)c);
    }
}

/* Whether escaping `plain` gives `escaped`. */
static bool escapes_to(struct slice plain, struct slice escaped, enum url_part part)
{
    struct buffer b = BUFFER_INIT;
    escape(&b, plain, part);
    bool same = slice_equal(buffer_slice(&b), escaped);
    buffer_release(&b);
    return same;
}

/* The byte that "%xx" at the front stands for, or -1 where it is not well-formed. */
static int escaped_byte(struct slice s)
{
    if (s.len < 3 || go_hex_digit(s.ptr[1]) < 0 || go_hex_digit(s.ptr[2]) < 0)
        return -1;
    return go_hex_digit(s.ptr[1]) << 4 | go_hex_digit(s.ptr[2]);
}

static bool fail(struct url_reader *r, struct slice fault)
{
    r->fault = fault;
    return false;
}

/* Fails with a text around a quoted part of the URL. */
static bool fail_quoted(struct url_reader *r, const char *before, struct slice part, const char *after)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, before);
    go_quote(&b, part);
    buffer_add_text(&b, after);
    return fail(r, buffer_move(&b, r->arena));
}

/* Whether an escape may stand in that part: a host escapes only what is not ASCII, a zone only what a host may hold,
   and both "%25". */
static bool escape_allowed(struct slice s, int byte, enum url_part part)
{
    if (slice_starts(s, SLICE("%25")))
        return true;
    if (part == URL_HOST)
        return byte >= 0x80;
    if (part == URL_ZONE)
        return byte == ' ' || !must_escape((unsigned char)byte, URL_HOST);
    return true;
}

/* Checks the escapes, and in a host the other bytes too. */
static bool check_escapes(struct url_reader *r, struct slice s, enum url_part part)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        struct slice rest = slice_after(s, i);
        if (c == '%') {
            int byte = escaped_byte(rest);
            if (byte < 0 || !escape_allowed(rest, byte, part))
                return fail_quoted(r, "invalid URL escape ", slice_part(rest, 0, rest.len < 3 ? rest.len : 3), "");
            i += 2;
        } else if ((part == URL_HOST || part == URL_ZONE) && c < 0x80 && must_escape(c, part))
            return fail_quoted(r, "invalid character ", slice_part(rest, 0, 1), " in host name");
    }
    return true;
}

static bool unescape(struct url_reader *r, struct slice s, enum url_part part, struct slice *out)
{
    if (!check_escapes(r, s, part))
        return false;
    if (slice_find_char(s, '%') == s.len) {
        *out = s;
        return true;
    }
    char *text = arena_alloc(r->arena, s.len);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '%') {
            text[len++] = (char)escaped_byte(slice_after(s, i));
            i += 2;
        } else
            text[len++] = s.ptr[i];
    }
    *out = slice_of(text, len);
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* Cuts at the first `c`: *rest is what follows it, empty where there is none. */
static struct slice cut(struct slice s, char c, struct slice *rest)
{
    size_t at = slice_find_char(s, c);
    *rest = at < s.len ? slice_after(s, at + 1) : slice_part(s, s.len, s.len);
    return slice_part(s, 0, at);
}

static bool has_control_byte(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f)
            return true;
    return false;
}

static struct slice lower(struct arena *a, struct slice s)
{
    char *text = arena_text(a, s);
    for (size_t i = 0; i < s.len; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] + ('a' - 'A'));
    return slice_of(text, s.len);
}

/* [ scheme ":" ]; a text that does not begin like one has none. */
static bool read_scheme(struct url_reader *r, struct slice *rest)
{
    struct slice s = *rest;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == ':') {
            if (i == 0)
                return fail(r, SLICE("missing protocol scheme"));
            r->url->scheme = lower(r->arena, slice_part(s, 0, i));
            *rest = slice_after(s, i + 1);
            return true;
        }
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!letter && (!other || i == 0))
            return true;
    }
    return true;
}

static void read_query(struct url_reader *r, struct slice *rest)
{
    struct slice query;
    struct slice before = cut(*rest, '?', &query);
    r->url->force_query = before.len + 1 == rest->len;
    r->url->raw_query = query;
    *rest = before;
}

static bool is_optional_port(struct slice s)
{
    if (s.len == 0)
        return true;
    if (s.ptr[0] != ':')
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return true;
}

/* "[" IPv6 address [ "%25" zone ] "]" [ ":" port ] */
static bool read_bracketed_host(struct url_reader *r, struct slice host)
{
    size_t close = slice_find_last_char(host, ']');
    if (close == host.len)
        return fail(r, SLICE("missing ']' in host"));
    struct slice port = slice_after(host, close + 1);
    if (!is_optional_port(port))
        return fail_quoted(r, "invalid port ", port, " after host");
    struct slice name = slice_part(host, 1, close);
    size_t zone_at = slice_find(name, SLICE("%25"));
    struct slice address, zone;
    if (!unescape(r, slice_part(name, 0, zone_at), URL_HOST, &address) ||
        !unescape(r, slice_after(name, zone_at), URL_ZONE, &zone))
        return false;
    struct go_ip ip;
    struct slice fault;
    address = arena_concat(r->arena, address, zone);
    if (!go_ip_parse(r->arena, address, &ip, &fault))
        return fail(r, arena_printf(r->arena, "invalid host: %.*s", SLICE_ARG(fault)));
    if (ip.is4)
        return fail(r, SLICE("invalid IP-literal"));
    r->url->host = arena_printf(r->arena, "[%.*s]%.*s", SLICE_ARG(address), SLICE_ARG(port));
    return true;
}

static bool read_host(struct url_reader *r, struct slice host)
{
    size_t bracket = slice_find_last_char(host, '[');
    if (bracket == 0 && host.len > 0)
        return read_bracketed_host(r, host);
    if (bracket < host.len)
        return fail(r, SLICE("invalid IP-literal"));
    size_t colon = slice_find_last_char(host, ':');
    struct slice port = slice_after(host, colon);
    if (!is_optional_port(port))
        return fail_quoted(r, "invalid port ", port, " after host");
    return unescape(r, host, URL_HOST, &r->url->host);
}

static bool is_valid_userinfo(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_alphanumeric((unsigned char)s.ptr[i]) && !is_one_of((unsigned char)s.ptr[i], "-._:~!$&'()*+,;=%@"))
            return false;
    return true;
}

/* [ user [ ":" password ] "@" ] host */
static bool read_authority(struct url_reader *r, struct slice authority)
{
    size_t at = slice_find_last_char(authority, '@');
    bool has_user = at < authority.len;
    if (!read_host(r, has_user ? slice_after(authority, at + 1) : authority))
        return false;
    if (!has_user)
        return true;
    struct slice userinfo = slice_part(authority, 0, at);
    if (!is_valid_userinfo(userinfo))
        return fail(r, SLICE("net/url: invalid userinfo"));
    struct slice password;
    struct slice user = cut(userinfo, ':', &password);
    r->url->has_user = true;
    r->url->has_password = user.len < userinfo.len;
    return unescape(r, user, URL_USER_PASSWORD, &r->url->user) &&
           unescape(r, password, URL_USER_PASSWORD, &r->url->password);
}

static bool read_path(struct url_reader *r, struct slice s)
{
    if (!unescape(r, s, URL_PATH, &r->url->path))
        return false;
    if (!escapes_to(r->url->path, s, URL_PATH))
        r->url->raw_path = s;
    return true;
}

static bool read_fragment(struct url_reader *r, struct slice s)
{
    if (!unescape(r, s, URL_FRAGMENT, &r->url->fragment))
        return false;
    if (!escapes_to(r->url->fragment, s, URL_FRAGMENT))
        r->url->raw_fragment = s;
    return true;
}

/* [ scheme ":" ] ( "//" authority [ path ] | path | opaque ) [ "?" query ] */
static bool read_url(struct url_reader *r, struct slice rest)
{
    if (has_control_byte(rest))
        return fail(r, SLICE("net/url: invalid control character in URL"));
    if (slice_is(rest, "*")) {
        r->url->path = rest;
        return true;
    }
    if (!read_scheme(r, &rest))
        return false;
    read_query(r, &rest);
    bool has_scheme = r->url->scheme.len > 0;
    if (rest.len == 0 || rest.ptr[0] != '/') {
        if (has_scheme) {
            r->url->opaque = rest;
            return true;
        }
        if (r->in_request)
            return fail(r, SLICE("invalid URI for request"));
        if (slice_find_char(rest, ':') < slice_find_char(rest, '/'))
            return fail(r, SLICE("first path segment in URL cannot contain colon"));
    }
    if (slice_starts(rest, SLICE("//")) && (has_scheme || !slice_starts(rest, SLICE("///")))) {
        struct slice authority = slice_after(rest, 2);
        size_t slash = slice_find_char(authority, '/');
        rest = slice_after(authority, slash);
        if (!read_authority(r, slice_part(authority, 0, slash)))
            return false;
    } else
        r->url->omit_host = has_scheme;
    return read_path(r, rest);
}

/* The error names the text without its fragment, unless the fragment is at fault. */
static struct slice parse_error(struct url_reader *r, struct slice text)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "parse ");
    go_quote(&b, text);
    buffer_add_text(&b, ": ");
    buffer_add(&b, r->fault);
    return buffer_move(&b, r->arena);
}

bool go_url_parse(struct arena *a, struct slice text, struct go_url *out, struct slice *error)
{
    struct go_url url = {.force_query = false};
    struct url_reader r = {.arena = a, .url = &url};
    struct slice fragment;
    struct slice before = cut(text, '#', &fragment);
    if (!read_url(&r, before)) {
        *error = parse_error(&r, before);
        return false;
    }
    if (!read_fragment(&r, fragment)) {
        *error = parse_error(&r, text);
        return false;
    }
    *out = url;
    return true;
}

bool go_url_parse_request(struct arena *a, struct slice text, struct go_url *out, struct slice *error)
{
    struct go_url url = {.force_query = false};
    struct url_reader r = {.arena = a, .url = &url, .in_request = true};
    bool ok = text.len ? read_url(&r, text) : fail(&r, SLICE("empty url"));
    if (ok)
        *out = url;
    else
        *error = parse_error(&r, text);
    return ok;
}

/* --- writing ------------------------------------------------------------------------------------------------- */

/* The bytes need no escape in that part, sub-delimiters counted as fine. */
static bool is_valid_encoding(struct slice s, enum url_part part)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (!is_one_of(c, "!$&'()*+,;=:@[]%") && must_escape(c, part))
            return false;
    }
    return true;
}

/* Unescaping `raw` gives `plain`. */
static bool unescapes_to(struct slice raw, struct slice plain)
{
    size_t at = 0;
    for (size_t i = 0; i < raw.len; i++, at++) {
        int byte = (unsigned char)raw.ptr[i];
        if (byte == '%') {
            byte = escaped_byte(slice_after(raw, i));
            if (byte < 0)
                return false;
            i += 2;
        }
        if (at == plain.len || (unsigned char)plain.ptr[at] != byte)
            return false;
    }
    return at == plain.len;
}

/* The text as it was written, where that still stands for `plain`; else `plain` escaped. */
static void write_part(struct buffer *out, struct slice raw, struct slice plain, enum url_part part)
{
    if (raw.len > 0 && is_valid_encoding(raw, part) && unescapes_to(raw, plain))
        buffer_add(out, raw);
    else if (part == URL_PATH && slice_is(plain, "*"))
        buffer_add(out, plain);
    else
        escape(out, plain, part);
}

void go_url_userinfo(struct buffer *out, const struct go_url *url)
{
    if (!url->has_user)
        return;
    escape(out, url->user, URL_USER_PASSWORD);
    if (url->has_password) {
        buffer_add_char(out, ':');
        escape(out, url->password, URL_USER_PASSWORD);
    }
}

static void write_authority(struct buffer *out, const struct go_url *url)
{
    bool has_authority = url->host.len > 0 || url->has_user;
    if (!has_authority && (url->scheme.len == 0 || url->omit_host))
        return;
    if (has_authority || url->path.len > 0)
        buffer_add_text(out, "//");
    if (url->has_user) {
        go_url_userinfo(out, url);
        buffer_add_char(out, '@');
    }
    escape(out, url->host, URL_HOST);
}

/* A relative path whose first segment has a colon would be read as a scheme: it gets "./" in front. */
static void write_path(struct buffer *out, const struct go_url *url, size_t start)
{
    struct buffer path = BUFFER_INIT;
    write_part(&path, url->raw_path, url->path, URL_PATH);
    struct slice s = buffer_slice(&path);
    if (s.len > 0 && s.ptr[0] != '/' && url->host.len > 0)
        buffer_add_char(out, '/');
    if (out->len == start && slice_find_char(s, ':') < slice_find_char(s, '/'))
        buffer_add_text(out, "./");
    buffer_add(out, s);
    buffer_release(&path);
}

void go_url_string(struct buffer *out, const struct go_url *url)
{
    size_t start = out->len;
    if (url->scheme.len > 0) {
        buffer_add(out, url->scheme);
        buffer_add_char(out, ':');
    }
    if (url->opaque.len > 0)
        buffer_add(out, url->opaque);
    else {
        write_authority(out, url);
        write_path(out, url, start);
    }
    if (url->force_query || url->raw_query.len > 0) {
        buffer_add_char(out, '?');
        buffer_add(out, url->raw_query);
    }
    if (url->fragment.len > 0) {
        buffer_add_char(out, '#');
        write_part(out, url->raw_fragment, url->fragment, URL_FRAGMENT);
    }
}

/* --- resolving ----------------------------------------------------------------------------------------------- */

static struct slice escaped_path(struct arena *a, const struct go_url *url)
{
    struct buffer b = BUFFER_INIT;
    write_part(&b, url->raw_path, url->path, URL_PATH);
    return buffer_move(&b, a);
}

/* Takes the last segment off a path that begins with '/'; the root stays. */
static void drop_segment(struct buffer *path)
{
    while (path->len > 1 && path->ptr[path->len - 1] != '/')
        path->len--;
    if (path->len > 1)
        path->len--;
}

/* The path with "." and ".." segments carried out, as net/url's resolvePath does. */
static struct slice without_dots(struct arena *a, struct slice full)
{
    if (full.len == 0)
        return full;
    struct buffer out = BUFFER_INIT;
    struct slice segment = full;
    bool first = true;
    buffer_add_char(&out, '/');
    while (slice_next_piece(&full, '/', &segment)) {
        if (slice_is(segment, "..")) {
            drop_segment(&out);
            first = out.len == 1;
            continue;
        }
        if (!slice_is(segment, ".")) {
            if (!first)
                buffer_add_char(&out, '/');
            buffer_add(&out, segment);
        }
        first = false;
    }
    if (slice_is(segment, ".") || slice_is(segment, ".."))
        buffer_add_char(&out, '/');
    struct slice path = buffer_move(&out, a);
    return path.len > 1 && path.ptr[1] == '/' ? slice_after(path, 1) : path;
}

static struct slice resolve_path(struct arena *a, struct slice base, struct slice ref)
{
    if (ref.len == 0)
        return without_dots(a, base);
    if (ref.ptr[0] == '/')
        return without_dots(a, ref);
    size_t slash = slice_find_last_char(base, '/');
    struct slice folder = slash < base.len ? slice_part(base, 0, slash + 1) : SLICE("");
    return without_dots(a, arena_concat(a, folder, ref));
}

/* The same without authority and path, which an opaque URL does not have. */
static void clear_hierarchy(struct go_url *url)
{
    url->has_user = url->has_password = false;
    url->host = url->path = SLICE("");
}

void go_url_resolve(struct arena *a, const struct go_url *base, const struct go_url *ref, struct go_url *out)
{
    struct go_url url = *ref;
    struct url_reader r = {.arena = a, .url = &url};
    if (ref->scheme.len == 0)
        url.scheme = base->scheme;
    if (ref->scheme.len || ref->host.len || ref->has_user) {
        url.raw_path = SLICE("");
        read_path(&r, resolve_path(a, escaped_path(a, ref), SLICE("")));
        *out = url;
        return;
    }
    if (ref->opaque.len) {
        clear_hierarchy(&url);
        *out = url;
        return;
    }
    if (ref->path.len == 0 && !ref->force_query && ref->raw_query.len == 0) {
        url.raw_query = base->raw_query;
        if (ref->fragment.len == 0) {
            url.fragment = base->fragment;
            url.raw_fragment = base->raw_fragment;
        }
    }
    if (ref->path.len == 0 && base->opaque.len) {
        url.opaque = base->opaque;
        clear_hierarchy(&url);
        *out = url;
        return;
    }
    url.host = base->host;
    url.has_user = base->has_user;
    url.user = base->user;
    url.has_password = base->has_password;
    url.password = base->password;
    url.raw_path = SLICE("");
    read_path(&r, resolve_path(a, escaped_path(a, base), escaped_path(a, ref)));
    *out = url;
}

struct slice go_url_hostname(const struct go_url *url)
{
    struct slice host = url->host;
    size_t colon = slice_find_last_char(host, ':');
    if (is_optional_port(slice_after(host, colon)))
        host = slice_part(host, 0, colon);
    if (host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
        host = slice_part(host, 1, host.len - 1);
    return host;
}

void go_query_escape(struct buffer *out, struct slice s)
{
    escape(out, s, URL_QUERY);
}

void go_path_escape(struct buffer *out, struct slice s)
{
    escape(out, s, URL_PATH_SEGMENT);
}

bool go_path_unescape(struct arena *a, struct slice s, struct slice *out, struct slice *error)
{
    struct url_reader r = {.arena = a};
    if (unescape(&r, s, URL_PATH_SEGMENT, out))
        return true;
    *error = r.fault;
    return false;
}
