/*
 * proxy.c - the proxy for a URL, from the environment as Go's net/http reads it
 */
#include "fetch/proxy.h"

#include "golang/url.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <strings.h>

/* The upper-case name first, as Go does. */
static struct slice either_case(const char *upper, const char *lower)
{
    const char *value = getenv(upper);
    if (!value || !*value)
        value = getenv(lower);
    return slice_text(value);
}

static bool is_address(struct slice host, int family, unsigned char *bytes, struct arena *a)
{
    return inet_pton(family, arena_text(a, host), bytes) == 1;
}

static bool is_this_machine(struct arena *a, struct slice host)
{
    unsigned char v4[4];
    unsigned char v6[16];
    static const unsigned char loopback[16] = {[15] = 1};
    if (slice_is(host, "localhost"))
        return true;
    if (is_address(host, AF_INET, v4, a))
        return v4[0] == 127;
    return is_address(host, AF_INET6, v6, a) && memcmp(v6, loopback, sizeof v6) == 0;
}

/* "10.0.0.0/8" against an address. */
static bool network_has(struct arena *a, struct slice network, struct slice host)
{
    unsigned char base[16];
    unsigned char address[16];
    size_t slash = slice_find_char(network, '/');
    struct slice prefix = slice_part(network, 0, slash);
    int family = slice_find_char(host, ':') < host.len ? AF_INET6 : AF_INET;
    if (!is_address(prefix, family, base, a) || !is_address(host, family, address, a))
        return false;
    int bits = atoi(arena_text(a, slice_after(network, slash + 1)));
    for (int i = 0; i < bits && i < 128; i++) {
        int mask = 0x80 >> (i & 7);
        if ((base[i / 8] & mask) != (address[i / 8] & mask))
            return false;
    }
    return true;
}

static bool ends_with_domain(struct slice host, struct slice domain)
{
    if (host.len < domain.len)
        return false;
    struct slice tail = slice_after(host, host.len - domain.len);
    return strncasecmp(tail.ptr, domain.ptr, domain.len) == 0 &&
           (host.len == domain.len || host.ptr[host.len - domain.len - 1] == '.');
}

/* One entry of NO_PROXY: "*", "host", ".domain", "*.domain", "host:port", an address or a network. */
static bool entry_matches(struct arena *a, struct slice entry, struct slice host, struct slice host_port)
{
    entry = slice_trim(entry);
    if (entry.len == 0)
        return false;
    if (slice_is(entry, "*") || slice_equal(entry, host_port))
        return true;
    if (slice_find_char(entry, '/') < entry.len)
        return network_has(a, entry, host);
    bool below_only = entry.ptr[0] == '.' || slice_starts(entry, SLICE("*."));
    struct slice domain = below_only ? slice_after(entry, entry.ptr[0] == '*' ? 2 : 1) : entry;
    return ends_with_domain(host, domain) && (!below_only || host.len > domain.len);
}

static bool is_exempt(struct arena *a, struct slice host, struct slice host_port)
{
    struct slice rest = either_case("NO_PROXY", "no_proxy");
    struct slice entry;
    if (is_this_machine(a, host))
        return true;
    while (rest.len && slice_next_piece(&rest, ',', &entry)) {
        if (entry_matches(a, entry, host, host_port))
            return true;
    }
    return false;
}

const char *proxy_for(struct arena *a, struct slice text)
{
    struct go_url url;
    struct slice error;
    if (!go_url_parse(a, text, &url, &error))
        return "";
    struct slice proxy = slice_is(url.scheme, "https") ? either_case("HTTPS_PROXY", "https_proxy")
                                                       : either_case("HTTP_PROXY", "http_proxy");
    if (!proxy.len || is_exempt(a, go_url_hostname(&url), url.host))
        return "";
    return arena_text(a, proxy);
}
