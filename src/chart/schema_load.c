/*
 * schema_load.c - documents that a schema refers to
 *
 * Helm reads file: URLs from the whole machine and fetches http: and https: ones. A chart is untrusted, so here files
 * are read where the caller allows it, and nothing is fetched.
 */
#include "base/file.h"
#include "base/limits.h"
#include "chart/schema.h"
#include "golang/strconv.h"
#include "golang/url.h"

static bool load_file(const struct schema_loading *loading, struct arena *a, struct slice path, struct value *document,
                      struct slice *error)
{
    const char *name = arena_text(a, path);
    struct diag diag;
    struct slice text;
    if (!loading->files && file_exists(name)) {
        *error = arena_printf(a, "open %s: files outside of the chart may not be read", name);
        return false;
    }
    diag_init(&diag);
    bool loaded = file_read(a, name, LIMIT_CHART_FILE, &text, &diag);
    if (!loaded)
        *error = arena_slice(a, diag.last->message);
    diag_release(&diag);
    return loaded && schema_read(a, text, document, error);
}

static bool load_urn(const struct schema_loading *loading, struct slice url, struct value *document)
{
    if (loading->diag)
        diag_warning(loading->diag, "msg=\"unresolved URN reference ignored; using permissive schema\" urn=%.*s",
                     SLICE_ARG(url));
    *document = value_bool(true);
    return true;
}

static bool refuse(struct arena *a, struct slice url, bool fetchable, struct slice *error)
{
    struct buffer b = BUFFER_INIT;
    if (fetchable)
        buffer_printf(&b, "HTTP request failed for %.*s: Get ", SLICE_ARG(url));
    else
        buffer_add_text(&b, "no URLLoader registered for ");
    go_quote(&b, url);
    if (fetchable)
        buffer_add_text(&b, ": schemas are not fetched");
    *error = buffer_move(&b, a);
    return false;
}

bool schema_load(void *context, struct arena *a, struct slice url, struct value *document, struct slice *error)
{
    static const struct schema_loading confined = {.files = false};
    const struct schema_loading *loading = context ? context : &confined;
    struct go_url parsed;
    if (!go_url_parse(a, url, &parsed, error))
        return false;
    if (slice_is(parsed.scheme, "file"))
        return load_file(loading, a, parsed.path, document, error);
    if (slice_is(parsed.scheme, "urn"))
        return load_urn(loading, url, document);
    return refuse(a, url, slice_is(parsed.scheme, "http") || slice_is(parsed.scheme, "https"), error);
}
