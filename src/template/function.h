/*
 * function.h - how a template function is called
 *
 * A function is one row in its group's table: name, parameter letters, implementation, a sentence, an example and
 * its result; calls, documentation and a unit test of the example all come from the row. The executor checks count and
 * types against the letters as Go's reflection would, with its error texts, so an implementation gets what it asked
 * for:
 *
 *     a  interface {}              any value, VALUE_NIL included
 *     v  reflect.Value             the same for text/template's own functions: a nil tells by VALUE_BIT_INVALID whether
 *                                  it is no value at all or a nil interface
 *     s  string                    VALUE_STRING
 *     b  bool                      VALUE_BOOL
 *     i  int                       VALUE_INT of type GO_INT
 *     I  int64                     VALUE_INT of type GO_INT64
 *     u  uint32                    VALUE_UINT of type GO_UINT32
 *     f  float64                   VALUE_FLOAT
 *     l  []interface {}            VALUE_LIST (perhaps nil) of type GO_LIST
 *     m  map[string]interface {}   VALUE_MAP (perhaps nil) of type GO_MAP or Helm's Values
 *     S  []string                  VALUE_LIST of type GO_STRINGS
 *     t  time.Time                 object of that type
 *     c  certificate               object of sprig's certificate type
 *     d  time.Duration             VALUE_INT of type GO_DURATION
 *     V  *semver.Version           object of that type
 *
 * and a trailing '*' makes the last letter variadic ("sa*": a string, then any number of any). Results are the
 * function's; a new string, list or map is made in call->arena.
 */
#ifndef YARE_TEMPLATE_FUNCTION_H
#define YARE_TEMPLATE_FUNCTION_H

#include "value/call.h"

struct include_state;
struct regexp_cache;

/* Returns true with *out set, or false after call_error. */
typedef bool function_fn(struct call *call, struct value *out);

struct function {
    const char *name;
    const char *params;
    function_fn *fn;
    const char *doc;     /* one sentence */
    const char *example; /* template text without braces; null where the result differs each time */
    const char *result;  /* what the example prints */
};

struct function_host;

/* Told what `required` or `fail` had to say where they are forgiven: the line to log, and their message. */
typedef void function_forgiven_fn(struct function_host *host, bool warning, const char *line, struct slice message);

/* What functions may ask of the world around them. One per release; not shared between threads. */
struct function_host {
    bool helm3;               /* results of Helm 3.17 where they differ */
    bool enable_dns;
    bool seeded;              /* --seed: every random function, `now` and key repeats */
    uint64_t seed;
    uint64_t random_state[4]; /* of funcs/random; all zero: not started */
    struct regexp_cache *regexps; /* of funcs/regex: null until first used; the host's owner frees it */
    struct include_state *includes; /* of include and tpl (funcs/helm_funcs.h); null where there are none */
    function_forgiven_fn *forgiven; /* null: required and fail end rendering; else they give "" (helm lint) */
    void *owner;              /* the renderer's own (helm/engine, helmfile/gotmpl) */
};

#endif
