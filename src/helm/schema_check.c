/*
 * schema_check.c - the values of a release against the schemas of its charts
 */
#include "helm/schema_check.h"

#include "chart/log_line.h"
#include "chart/schema.h"

#include <stdio.h>

struct checker {
    bool helm3;
    bool debug;
    struct buffer faults;
    struct diag *diag;
};

static void check_values(struct checker *c, const struct chart_file *file, struct value values)
{
    struct schema_loading loading = {.files = true, .diag = c->diag};
    struct schema_options options = {.load = schema_load, .load_context = &loading, .helm3 = c->helm3};
    struct arena scratch;
    struct schema *schema = NULL;
    struct slice error;
    arena_init(&scratch);
    if (!schema_compile(&scratch, file->bytes, &options, &schema, &error))
        buffer_add(&c->faults, error);
    else
        schema_validate(schema, values, &scratch, &c->faults);
    schema_release(schema);
    arena_release(&scratch);
}

static void log_schema(struct checker *c, const struct release_chart *chart)
{
    struct log_pair name = {"chart-name", chart->metadata->name};
    struct log_pair schema = {"schema", chart->chart->schema_file->bytes};
    if (!c->debug)
        return;
    log_line(c->diag, DIAG_DEBUG, "chart name", &name, 1);
    log_line(c->diag, DIAG_DEBUG, "unmarshalled JSON schema", &schema, 1);
}

static void log_dependencies(struct checker *c, const struct release_chart *chart)
{
    char count[24];
    if (!c->debug)
        return;
    snprintf(count, sizeof count, "%zu", chart->child_count);
    struct log_pair pairs[] = {{"chart", chart->metadata->name}, {"dependencies", slice_text(count)}};
    log_line(c->diag, DIAG_DEBUG, "number of dependencies in the chart", pairs, 2);
}

static void check_chart(struct checker *c, const struct release_chart *chart)
{
    const struct chart_file *file = chart->chart->schema_file;
    if (file) {
        log_schema(c, chart);
        size_t start = c->faults.len;
        buffer_add(&c->faults, chart->metadata->name);
        buffer_add_text(&c->faults, ":\n");
        size_t head = c->faults.len;
        check_values(c, file, value_map(chart->values));
        if (c->faults.len == head)
            c->faults.len = start;
    }
    log_dependencies(c, chart);
    for (size_t i = 0; i < chart->child_count; i++)
        check_chart(c, chart->children[i]);
}

bool schema_check_release(const struct release_chart *root, bool helm3, bool debug, struct diag *diag)
{
    struct checker c = {.helm3 = helm3, .debug = debug && !helm3, .diag = diag};
    check_chart(&c, root);
    bool ok = c.faults.len == 0;
    if (!ok) {
        struct buffer text = BUFFER_INIT;
        buffer_add_text(&text, "values don't meet the specifications of the schema(s) in the following chart(s):\n");
        buffer_add(&text, buffer_slice(&c.faults));
        diag_error_slice(diag, buffer_slice(&text));
        buffer_release(&text);
    }
    buffer_release(&c.faults);
    return ok;
}
