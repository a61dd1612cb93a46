/*
 * schema_check.c - the values of a release against the schemas of its charts
 */
#include "helm/schema_check.h"

#include "base/memory.h"
#include "chart/log_line.h"
#include "chart/schema.h"

#include <pthread.h>
#include <stdio.h>

struct checker {
    struct schema_cache *cache; /* or null */
    bool helm3;
    bool debug;
    struct buffer faults;
    struct diag *diag;
};

/* A compiled schema, or why it does not compile. */
struct cached_schema {
    struct cached_schema *next;
    const struct chart_file *file;
    bool helm3;
    pthread_mutex_t lock; /* held while it is compiled */
    struct arena arena;
    bool is_compiled;
    struct schema *schema; /* null: see `error` */
    struct slice error;
};

struct schema_cache {
    pthread_mutex_t lock;
    struct schema_metaschemas *metaschemas;
    struct cached_schema *first;
};

struct schema_cache *schema_cache_new(void)
{
    struct schema_cache *cache = memory_zalloc(1, sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    cache->metaschemas = schema_metaschemas_new();
    return cache;
}

void schema_cache_free(struct schema_cache *cache)
{
    if (!cache)
        return;
    for (struct cached_schema *entry = cache->first; entry;) {
        struct cached_schema *next = entry->next;
        schema_release(entry->schema);
        arena_release(&entry->arena);
        pthread_mutex_destroy(&entry->lock);
        memory_free(entry);
        entry = next;
    }
    schema_metaschemas_free(cache->metaschemas);
    pthread_mutex_destroy(&cache->lock);
    memory_free(cache);
}

static struct cached_schema *find_or_add(struct schema_cache *cache, const struct chart_file *file, bool helm3)
{
    pthread_mutex_lock(&cache->lock);
    struct cached_schema *entry = cache->first;
    while (entry && (entry->file != file || entry->helm3 != helm3))
        entry = entry->next;
    if (!entry) {
        entry = memory_zalloc(1, sizeof *entry);
        entry->file = file;
        entry->helm3 = helm3;
        pthread_mutex_init(&entry->lock, NULL);
        arena_init(&entry->arena);
        entry->next = cache->first;
        cache->first = entry;
    }
    pthread_mutex_unlock(&cache->lock);
    return entry;
}

static void compile(struct checker *c, const struct chart_file *file, struct arena *a, struct schema **schema,
                    struct slice *error)
{
    struct schema_loading loading = {.files = true, .diag = c->diag};
    struct schema_options options = {.load = schema_load,
                                     .load_context = &loading,
                                     .helm3 = c->helm3,
                                     .metaschemas = c->cache ? c->cache->metaschemas : NULL};
    if (c->helm3) {
        options.draft = DRAFT_7; /* where $schema says nothing */
        options.assert_format = true;
    }
    if (!schema_compile(a, file->bytes, &options, schema, error))
        *schema = NULL;
}

static void validate(struct checker *c, const struct schema *schema, struct slice error, struct value values)
{
    struct arena scratch;
    arena_init(&scratch);
    if (schema)
        schema_validate(schema, values, &scratch, &c->faults);
    else
        buffer_add(&c->faults, error);
    arena_release(&scratch);
}

static void check_with_cache(struct checker *c, const struct chart_file *file, struct value values)
{
    struct cached_schema *entry = find_or_add(c->cache, file, c->helm3);
    pthread_mutex_lock(&entry->lock);
    if (!entry->is_compiled)
        compile(c, file, &entry->arena, &entry->schema, &entry->error);
    entry->is_compiled = true;
    pthread_mutex_unlock(&entry->lock);
    validate(c, entry->schema, entry->error, values);
}

static void check_values(struct checker *c, const struct chart_file *file, struct value values)
{
    struct arena arena;
    struct schema *schema = NULL;
    struct slice error = {NULL, 0};
    if (c->cache) {
        check_with_cache(c, file, values);
        return;
    }
    arena_init(&arena);
    compile(c, file, &arena, &schema, &error);
    validate(c, schema, error, values);
    schema_release(schema);
    arena_release(&arena);
}

void schema_check_text(struct slice schema, struct value values, struct buffer *faults, struct diag *diag)
{
    struct checker c = {.faults = *faults, .diag = diag};
    const struct chart_file file = {.bytes = schema};
    check_values(&c, &file, values);
    *faults = c.faults;
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

bool schema_check_release(const struct release_chart *root, struct schema_cache *cache, bool helm3, bool debug,
                          struct diag *diag)
{
    struct checker c = {.cache = cache, .helm3 = helm3, .debug = debug && !helm3, .diag = diag};
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
