/*
 * url.h - URLs as Go's net/url reads and writes them
 */
#ifndef YARE_GOLANG_URL_H
#define YARE_GOLANG_URL_H

#include "base/buffer.h"

struct go_url {
    struct slice scheme;
    struct slice opaque;
    bool has_user;
    struct slice user;      /* decoded */
    bool has_password;
    struct slice password;  /* decoded */
    struct slice host;      /* host or host:port */
    struct slice path;      /* decoded */
    struct slice raw_path;  /* as written, where that differs from the default encoding of path */
    bool force_query;
    struct slice raw_query;
    struct slice fragment;  /* decoded */
    struct slice raw_fragment;
    bool omit_host;
};

/* url.Parse; on failure *error has Go's text (`parse "…": …`). */
bool go_url_parse(struct arena *a, struct slice text, struct go_url *out, struct slice *error);

/* url.ParseRequestURI: absolute or a path, and '#' begins no fragment. */
bool go_url_parse_request(struct arena *a, struct slice text, struct go_url *out, struct slice *error);

/* url.URL.ResolveReference: what `ref` stands for in a document at `base`. */
void go_url_resolve(struct arena *a, const struct go_url *base, const struct go_url *ref, struct go_url *out);

/* url.URL.String. */
void go_url_string(struct buffer *out, const struct go_url *url);

/* url.URL.Hostname: host without port and brackets. */
struct slice go_url_hostname(const struct go_url *url);

/* url.Userinfo.String. */
void go_url_userinfo(struct buffer *out, const struct go_url *url);

/* url.QueryEscape, PathEscape. */
void go_query_escape(struct buffer *out, struct slice s);
void go_path_escape(struct buffer *out, struct slice s);

/* url.PathUnescape; on failure *error has Go's text (`invalid URL escape "%zz"`). */
bool go_path_unescape(struct arena *a, struct slice s, struct slice *out, struct slice *error);

#endif
