/*
 * fuzz_template.c - a chart of one template, parsed and run
 *
 * Functions that take long by their nature (keys, password hashes, sequences) are hidden.
 */
#include "chart/load.h"
#include "codec/targz.h"
#include "funcs/library.h"
#include "helm/release.h"

#include "fuzz.h"

static const char values[] = "s: text\nn: 3\nf: 1.5\nb: true\nz: null\nl: [1, two, {three: 3}]\nm: {k: v, n: {o: 1}}\n"
                             "t: '{{ .Values.s | upper }}'\n";

struct quick_library {
    struct function_table table;
    const struct function_table *all;
};

static const struct function *find_quick(const struct function_table *table, struct slice name)
{
    static const char *const slow[] = {"until",      "untilStep", "seq",           "repeat",         "bcrypt",
                                       "htpasswd",   "genCA",     "genCAWithKey",  "genSignedCert",  "genSelfSignedCert",
                                       "genPrivateKey", "derivePassword", "genSignedCertWithKey",
                                       "genSelfSignedCertWithKey"};
    const struct quick_library *library = (const struct quick_library *)table;
    for (size_t i = 0; i < sizeof(slow) / sizeof(slow[0]); i++) {
        if (slice_is(name, slow[i]))
            return NULL;
    }
    return library->all->find(library->all, name);
}

/* The chart's .tgz. */
static void pack(struct slice text, struct buffer *out)
{
    struct buffer tar = BUFFER_INIT;
    tar_add(&tar, SLICE("f/Chart.yaml"), SLICE("apiVersion: v2\nname: f\nversion: 0.1.0\n"), 0);
    tar_add(&tar, SLICE("f/values.yaml"), slice_text(values), 0);
    tar_add(&tar, SLICE("f/templates/_f.tpl"), SLICE("{{ define \"d\" }}<{{ . }}>{{ end }}"), 0);
    tar_add(&tar, SLICE("f/templates/f.yaml"), text, 0);
    tar_add(&tar, SLICE("f/data.txt"), SLICE("one\ntwo\n"), 0);
    FUZZ_CHECK(targz_pack(&tar, "", SLICE(""), out));
    buffer_release(&tar);
}

static void render(const struct chart *chart, bool helm3, struct diag *diag)
{
    struct arena a;
    struct release release;
    arena_init(&a);
    struct quick_library quick = {{find_quick}, library_new(&a, helm3 ? LIBRARY_HELM3 : LIBRARY_HELM4)};
    struct release_options options = {.chart = chart,
                                      .values = value_map(map_new(&a, 0)),
                                      .name = SLICE("r"),
                                      .name_space = SLICE("default"),
                                      .helm3 = helm3,
                                      .trace = true,
                                      .seeded = true,
                                      .functions = &quick.table};
    if (!release_render(&options, &a, &release, diag))
        FUZZ_CHECK(diag->errors > 0);
    arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct chart_load_options options = {.helm3 = false};
    struct buffer bytes = BUFFER_INIT;
    struct diag diag;
    struct chart *chart;
    struct source_set *sources = source_set_new();
    diag_init(&diag);
    pack(fuzz_text(data, size), &bytes);
    FUZZ_CHECK(chart_load_archive(buffer_slice(&bytes), "f.tgz", &options, sources, &chart, &diag));
    render(chart, size % 2, &diag);
    chart_free(chart);
    diag_release(&diag);
    source_set_free(sources);
    buffer_release(&bytes);
    return 0;
}
