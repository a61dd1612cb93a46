/*
 * paths.c - functions on slash paths, URLs and host names
 *
 * The os… forms are the same functions here: paths of the systems yare runs on are slash paths.
 */
#include "funcs/groups.h"
#include "golang/path.h"
#include "golang/url.h"

#include <netdb.h>
#include <sys/socket.h>

/* --- paths --------------------------------------------------------------------------------------------------- */

static bool fn_base(struct call *call, struct value *out)
{
    *out = value_string(go_path_base(value_slice(call->args[0])));
    return true;
}

static bool fn_dir(struct call *call, struct value *out)
{
    *out = value_string(go_path_dir(call->arena, value_slice(call->args[0])));
    return true;
}

static bool fn_clean(struct call *call, struct value *out)
{
    *out = value_string(go_path_clean(call->arena, value_slice(call->args[0])));
    return true;
}

static bool fn_ext(struct call *call, struct value *out)
{
    *out = value_string(go_path_ext(value_slice(call->args[0])));
    return true;
}

static bool fn_isAbs(struct call *call, struct value *out)
{
    *out = value_bool(slice_starts(value_slice(call->args[0]), SLICE("/")));
    return true;
}

/* --- URLs ---------------------------------------------------------------------------------------------------- */

static bool fn_urlParse(struct call *call, struct value *out)
{
    struct go_url url;
    struct slice error;
    if (!go_url_parse(call->arena, value_slice(call->args[0]), &url, &error))
        return call_error(call, "unable to parse url: %.*s", SLICE_ARG(error));
    struct buffer userinfo = BUFFER_INIT;
    go_url_userinfo(&userinfo, &url);
    struct map *map = map_new(call->arena, 8);
    map_set_text(map, "fragment", value_string(url.fragment));
    map_set_text(map, "host", value_string(url.host));
    map_set_text(map, "hostname", value_string(go_url_hostname(&url)));
    map_set_text(map, "opaque", value_string(url.opaque));
    map_set_text(map, "path", value_string(url.path));
    map_set_text(map, "query", value_string(url.raw_query));
    map_set_text(map, "scheme", value_string(url.scheme));
    map_set_text(map, "userinfo", value_string(buffer_move(&userinfo, call->arena)));
    *out = value_map(map);
    return true;
}

/* The string under a key, empty where there is none. */
static bool url_part(struct call *call, const struct map *map, const char *key, struct slice *part)
{
    const struct value *v = map_find_text(map, key);
    *part = slice_of("", 0);
    if (!v)
        return true;
    if (v->kind == VALUE_NIL)
        return call_error(call, "runtime error: invalid memory address or nil pointer dereference");
    if (v->kind != VALUE_STRING)
        return call_error(call, "unable to parse %s key, must be of type string, but %s found", key,
                          value_kind_name(*v));
    *part = value_slice(*v);
    return true;
}

/* Takes "user:password" apart by way of a URL that holds it. */
static bool url_userinfo(struct call *call, struct slice userinfo, struct go_url *url)
{
    if (userinfo.len == 0)
        return true;
    struct go_url holder;
    struct slice error;
    struct slice text = arena_concat(call->arena, SLICE("proto://"), arena_concat(call->arena, userinfo, SLICE("@host")));
    if (!go_url_parse(call->arena, text, &holder, &error))
        return call_error(call, "unable to parse userinfo in dict: %.*s", SLICE_ARG(error));
    url->has_user = holder.has_user;
    url->user = holder.user;
    url->has_password = holder.has_password;
    url->password = holder.password;
    return true;
}

static bool fn_urlJoin(struct call *call, struct value *out)
{
    const struct map *map = call->args[0].map;
    struct go_url url = {.has_user = false};
    struct slice userinfo;
    if (!url_part(call, map, "scheme", &url.scheme) || !url_part(call, map, "host", &url.host) ||
        !url_part(call, map, "path", &url.path) || !url_part(call, map, "query", &url.raw_query) ||
        !url_part(call, map, "opaque", &url.opaque) || !url_part(call, map, "fragment", &url.fragment) ||
        !url_part(call, map, "userinfo", &userinfo) || !url_userinfo(call, userinfo, &url))
        return false;
    struct buffer text = BUFFER_INIT;
    go_url_string(&text, &url);
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

/* --- names --------------------------------------------------------------------------------------------------- */

/* The first address of a host; empty unless --enable-dns, as in Helm. */
static bool fn_getHostByName(struct call *call, struct value *out)
{
    *out = value_text("");
    if (!call->host || !call->host->enable_dns)
        return true;
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char address[NI_MAXHOST];
    if (getaddrinfo(arena_text(call->arena, value_slice(call->args[0])), NULL, &hints, &found) != 0)
        return call_error(call, "invalid argument to Intn");
    int status = getnameinfo(found->ai_addr, found->ai_addrlen, address, sizeof address, NULL, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    if (status != 0)
        return call_error(call, "invalid argument to Intn");
    *out = value_string(arena_slice(call->arena, slice_text(address)));
    return true;
}

const struct function functions_paths[] = {
    {"base", "s", fn_base, "last element of a slash path", "base \"a/b.txt\"", "b.txt"},
    {"clean", "s", fn_clean, "shortest equal path", "clean \"a//b/../c\"", "a/c"},
    {"dir", "s", fn_dir, "path without its last element", "dir \"a/b.txt\"", "a"},
    {"ext", "s", fn_ext, "file name extension with its dot", "ext \"a/b.txt\"", ".txt"},
    {"getHostByName", "s", fn_getHostByName, "address of a host; empty unless --enable-dns", "getHostByName \"a\"", ""},
    {"isAbs", "s", fn_isAbs, "whether the path begins at the root", "isAbs \"/a\"", "true"},
    {"osBase", "s", fn_base, "last element of a file path", "osBase \"a/b.txt\"", "b.txt"},
    {"osClean", "s", fn_clean, "shortest equal file path", "osClean \"a//b\"", "a/b"},
    {"osDir", "s", fn_dir, "file path without its last element", "osDir \"a/b.txt\"", "a"},
    {"osExt", "s", fn_ext, "file name extension with its dot", "osExt \"a/b.txt\"", ".txt"},
    {"osIsAbs", "s", fn_isAbs, "whether the file path begins at the root", "osIsAbs \"a\"", "false"},
    {"urlJoin", "m", fn_urlJoin, "URL from its parts", "urlJoin (dict \"scheme\" \"http\" \"host\" \"a\" \"path\" \"/b\")",
     "http://a/b"},
    {"urlParse", "s", fn_urlParse, "map of the parts of a URL", "(urlParse \"http://a:80/b\").hostname", "a"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
