/*
 * release.c - one release rendered
 */
#include "helm/release.h"

#include "base/digest.h"
#include "chart/dependency.h"
#include "chart/log_line.h"
#include "golang/regexp.h"
#include "helm/coalesce.h"
#include "helm/schema_check.h"

enum {
    LONGEST_RELEASE_NAME = 53
};

bool release_check_type(const struct chart *chart, bool helm3, struct diag *diag)
{
    if (metadata_is_library(&chart->metadata))
        return diag_error(diag, "library charts are not installable");
    if (chart->metadata.deprecated)
        diag_warning(diag, helm3 ? "WARNING: This chart is deprecated" : "msg=\"this chart is deprecated\"");
    return true;
}

bool release_check_chart(const struct chart *chart, bool helm3, struct diag *diag)
{
    return release_check_type(chart, helm3, diag) && dependency_check(chart, helm3, diag);
}

static bool is_name_end(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A DNS subdomain: labels of lower-case letters, digits and inner dashes, joined by dots. */
static bool is_release_name(struct slice name)
{
    if (name.len == 0 || name.len > LONGEST_RELEASE_NAME)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        bool first = i == 0 || name.ptr[i - 1] == '.';
        bool last = i + 1 == name.len || name.ptr[i + 1] == '.';
        bool ok = is_name_end(name.ptr[i]) || (name.ptr[i] == '-' && !first && !last) ||
                  (name.ptr[i] == '.' && !first && i + 1 < name.len);
        if (!ok)
            return false;
    }
    return true;
}

static bool check_name(struct slice name, bool helm3, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    if (is_release_name(name))
        return true;
    if (name.len == 0)
        buffer_add_text(&text, "no name provided");
    else
        buffer_printf(&text,
                      "release name \"%.*s\": invalid release name, must match regex "
                      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be "
                      "longer than 53",
                      SLICE_ARG(name));
    if (!helm3) {
        struct log_pair error = {"error", buffer_slice(&text)};
        log_line(diag, DIAG_LOGGED_ERROR, "release name check failed", &error, 1);
    }
    diag_error(diag, "%s%.*s", helm3 ? "" : "release name check failed: ", SLICE_ARG(buffer_slice(&text)));
    buffer_release(&text);
    return false;
}

/* Releases of one run draw different streams: the seed is joined with what tells them apart. */
static uint64_t release_seed(const struct release_options *o, struct arena *a)
{
    unsigned char digest[DIGEST_LONGEST];
    uint64_t seed = o->seed;
    digest_bytes(DIGEST_SHA256, arena_concat(a, arena_concat(a, o->name_space, SLICE("/")), o->name), digest);
    for (int i = 0; i < 8; i++)
        seed ^= (uint64_t)digest[i] << 8 * i;
    return seed;
}

static bool run_templates(const struct release_options *o, struct release_chart *root,
                          const struct capabilities *capabilities, struct arena *a, struct release *out,
                          struct diag *diag)
{
    struct function_host host = {
        .helm3 = o->helm3, .enable_dns = o->enable_dns, .seeded = o->seeded, .seed = release_seed(o, a)};
    struct trace *trace = o->trace ? trace_new(a) : NULL;
    struct release_info info = {
        .name = o->name, .name_space = o->name_space, .revision = 1, .is_upgrade = o->is_upgrade};
    struct engine_options engine = {.functions = o->functions,
                                    .host = &host,
                                    .release = &info,
                                    .capabilities = capabilities,
                                    .trace = trace,
                                    .cache = o->cache};
    out->trace = trace;
    bool ok = engine_render(root, &engine, a, &out->files, diag);
    regexp_cache_free(host.regexps);
    return ok && manifests_collect(&out->files, o->helm3, a, &out->manifests, diag);
}

static bool render(const struct release_options *o, struct arena *a, struct release *out, struct diag *diag)
{
    struct release_chart *root;
    struct capabilities capabilities;
    struct coalesce_options coalesce = {.helm3 = o->helm3};
    memset(out, 0, sizeof *out);
    if (!check_name(o->name, o->helm3, diag) ||
        !conditions_process(o->chart, o->values, o->helm3, a, &root, diag) ||
        !capabilities_make(a, &o->capabilities, &capabilities, diag) ||
        !coalesce_release(root, o->values, &coalesce, a, diag))
        return false;
    out->chart = root;
    if (!o->skip_schema && !schema_check_release(root, o->schemas, o->helm3, o->debug, diag))
        return false;
    if (!capabilities_check(&capabilities, o->chart->metadata.kube_version, diag))
        return false;
    return run_templates(o, root, &capabilities, a, out, diag);
}

/* The same once more with a trace, for the place of an error that a first run could not know. */
static void render_for_place(const struct release_options *o, struct diag *diag)
{
    struct release_options traced = *o;
    struct release again;
    struct diag second;
    struct arena scratch;
    traced.trace = true;
    arena_init(&scratch);
    diag_init(&second);
    if (!render(&traced, &scratch, &again, &second) && second.last->place.source)
        diag_locate(diag, second.last->place);
    diag_release(&second);
    arena_release(&scratch);
}

bool release_render(const struct release_options *options, struct arena *a, struct release *out, struct diag *diag)
{
    if (render(options, a, out, diag))
        return true;
    bool in_manifests = out->files.count > 0 && !diag->last->place.source && diag->last->notes;
    if (in_manifests && !options->trace)
        render_for_place(options, diag);
    return false;
}
