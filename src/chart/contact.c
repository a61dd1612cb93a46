/*
 * contact.c - mail addresses and URLs as `helm lint` checks them
 *
 * Patterns are put together from named pieces and compiled where they are needed: a chart has few of them.
 */
#include "chart/contact.h"

#include "golang/regexp.h"
#include "golang/unicode.h"
#include "golang/url.h"

/* Letters beyond ASCII, as a piece of a character class. */
#define OTHER "\\x{00A0}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFEF}"

/* Mail: a dotted atom or a quoted text, then labels. In the peer's rule each quoted character has its own quote. */
#define ATOM "[a-zA-Z\\d!#$%&'*+\\-/=?^_`{|}~" OTHER "]+"
#define FOLD "(?:(?:[\\x20\\x09]*\\x0d\\x0a)?[\\x20\\x09]+)?"
#define QUOTED_CHARACTER \
    "(?:[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\x21\\x23-\\x5b\\x5d-\\x7e" OTHER "]|\\([\\x01-\\x09\\x0b-\\x7f])"
#define QUOTED "(?:\\x22" FOLD QUOTED_CHARACTER ")*" FOLD "\\x22"
#define MAIL_LABEL "[a-zA-Z\\d" OTHER "](?:[a-zA-Z\\d\\-._~" OTHER "]*[a-zA-Z\\d" OTHER "])?"
#define MAIL_TOP "[a-zA-Z" OTHER "](?:[a-zA-Z\\d\\-_~" OTHER "]*[a-zA-Z" OTHER "])?"
#define EMAIL "^(?:" ATOM "(?:\\." ATOM ")*|" QUOTED ")@(?:(?:" MAIL_LABEL ")\\.)+(?:" MAIL_TOP ")\\.?$"

/* Addresses of version 4 and 6. */
#define OCTET "(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])"
#define DOTTED "(?:" OCTET "\\.){3}" OCTET
#define GROUP "[0-9a-fA-F]{1,4}"
#define IP6 \
    "(?:(?:" GROUP ":){7}" GROUP "|(?:" GROUP ":){1,7}:|(?:" GROUP ":){1,6}:" GROUP "|(?:" GROUP ":){1,5}(?::" GROUP \
    "){1,2}|(?:" GROUP ":){1,4}(?::" GROUP "){1,3}|(?:" GROUP ":){1,3}(?::" GROUP "){1,4}|(?:" GROUP ":){1,2}(?::" \
    GROUP "){1,5}|" GROUP ":(?::" GROUP "){1,6}|:(?:(?::" GROUP "){1,7}|:)|fe80:(?::[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+|" \
    "::(?:ffff(?::0{1,4})?:)?" DOTTED "|(?:" GROUP ":){1,4}:" DOTTED ")"
#define IP4 \
    "(?:[1-9]\\d?|1\\d\\d|2[01]\\d|22[0-3]|24\\d|25[0-5])(?:\\.(?:\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5])){2}" \
    "\\.(?:[0-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])"

/* URL: scheme, user, host, port, path, all but the host optional. */
#define SCHEME "(?:(?:ftp|tcp|udp|wss?|https?)://)?"
#define USER "(?:\\S+(?::\\S*)?@)?"
#define SUBDOMAIN "(?:www\\.|[a-zA-Z0-9]+(?:[-_.]?[a-zA-Z0-9])*[a-zA-Z0-9]\\.[a-zA-Z0-9]+)?"
#define DOMAIN "[a-zA-Z0-9](?:[a-zA-Z0-9\\-_]+)?[a-zA-Z0-9](?:[-.][a-zA-Z0-9]+)*"
#define WORD "[a-zA-Z\\x{00a1}-\\x{ffff}0-9]"
#define HOST_NAME "(?:" DOMAIN "|" SUBDOMAIN ")?(?:" WORD "+-?-?)*" WORD "+(?:\\.[a-zA-Z\\x{00a1}-\\x{ffff}]+)?"
#define HOST "(?:" IP4 "|\\[" IP6 "\\]|" HOST_NAME ")"
#define URL "^" SCHEME USER HOST "\\.?(?::\\d{1,5})?(?:[/?#][^\\s]*)?$"

static bool matches(struct arena *a, struct slice pattern, struct slice text)
{
    struct slice error;
    struct go_regexp *re = go_regexp_compile(a, pattern, &error);
    bool found = re && go_regexp_match(re, text, 0, NULL);
    go_regexp_free(re);
    return found;
}

bool contact_is_email(struct slice text)
{
    struct arena scratch;
    arena_init(&scratch);
    bool ok = matches(&scratch, SLICE(EMAIL), text);
    arena_release(&scratch);
    return ok;
}

/* What net/url says of it, "http://" being added where a colon can only belong to a port. */
static bool parses_as_url(struct arena *a, struct slice text)
{
    struct go_url url;
    struct slice error;
    bool has_port = slice_find_char(text, ':') < text.len && slice_find(text, SLICE("://")) == text.len;
    if (!go_url_parse(a, has_port ? arena_concat(a, SLICE("http://"), text) : text, &url, &error))
        return false;
    if (slice_starts(url.host, SLICE(".")))
        return false;
    return url.host.len || !url.path.len || slice_find_char(url.path, '.') < url.path.len;
}

bool contact_is_url(struct slice text)
{
    enum { SHORTEST = 4, LONGEST = 2082 };
    struct arena scratch;
    if (text.len < SHORTEST || go_rune_count(text) > LONGEST || text.ptr[0] == '.')
        return false;
    arena_init(&scratch);
    bool ok = parses_as_url(&scratch, text) && matches(&scratch, SLICE(URL), text);
    arena_release(&scratch);
    return ok;
}

bool contact_is_request_url(struct slice text)
{
    struct arena scratch;
    struct go_url url;
    struct slice error;
    arena_init(&scratch);
    bool ok = go_url_parse_request(&scratch, text, &url, &error) && url.scheme.len > 0;
    arena_release(&scratch);
    return ok;
}
