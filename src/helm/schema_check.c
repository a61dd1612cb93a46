/*
 * schema_check.c - the values of a release against the schemas of its charts
 */
#include "helm/schema_check.h"

#include "chart/schema.h"

struct checker {
    bool helm3;
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

static void check_chart(struct checker *c, const struct release_chart *chart)
{
    const struct chart_file *file = chart->chart->schema_file;
    if (file) {
        size_t start = c->faults.len;
        buffer_add(&c->faults, chart->metadata.name);
        buffer_add_text(&c->faults, ":\n");
        size_t head = c->faults.len;
        check_values(c, file, value_map(chart->values));
        if (c->faults.len == head)
            c->faults.len = start;
    }
    for (size_t i = 0; i < chart->child_count; i++)
        check_chart(c, chart->children[i]);
}

bool schema_check_release(const struct release_chart *root, bool helm3, struct diag *diag)
{
    struct checker c = {.helm3 = helm3, .diag = diag};
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
