/*
 * schema_metaschemas.c - the metaschemas, compiled
 *
 * All come from one compilation, whose nodes never change once compiled: the lock is held while a metaschema is found
 * or made, not while schemas are checked by it.
 */
#include "base/memory.h"
#include "chart/schema_compile.h"

struct schema_metaschemas {
    pthread_mutex_t lock;
    struct arena arena;
    struct schema_options options;
    struct schema_compiler compiler;
    struct schema_table combined; /* (this, draft and vocabularies) → struct schema_node */
};

struct schema_metaschemas *schema_metaschemas_new(void)
{
    struct schema_metaschemas *m = memory_zalloc(1, sizeof *m);
    pthread_mutex_init(&m->lock, NULL);
    arena_init(&m->arena);
    schema_compiler_init(&m->compiler, &m->arena, &m->options, NULL);
    schema_table_init(&m->combined, &m->arena);
    return m;
}

void schema_metaschemas_free(struct schema_metaschemas *m)
{
    if (!m)
        return;
    schema_compiler_release(&m->compiler);
    arena_release(&m->arena);
    pthread_mutex_destroy(&m->lock);
    memory_free(m);
}

/* A schema that is all metaschemas of a set of vocabularies. */
static bool combine_vocabularies(struct schema_compiler *c, struct schema_dialect dialect, struct schema_node **out)
{
    struct arena *a = c->documents.arena;
    struct schema_node *node = ARENA_NEW(a, struct schema_node);
    node->name = SLICE("urn:mem:metaschema");
    node->draft = dialect.draft;
    node->resource = node;
    node->all_of.items = ARENA_ARRAY(a, struct schema_node *, VOCABULARIES);
    for (size_t i = 0; i < VOCABULARIES; i++) {
        if (!(dialect.vocabularies & (1U << i)))
            continue;
        struct slice url = schema_meta_vocabulary_url(dialect.draft, 1U << i);
        if (!schema_compiler_run(c, url, &node->all_of.items[node->all_of.count++]))
            return false;
    }
    if (dialect.draft >= DRAFT_2020) {
        node->dynamic_anchor = SLICE("meta");
        node->anchors = ARENA_NEW(a, struct schema_dynamic_anchor);
        *node->anchors = (struct schema_dynamic_anchor){NULL, node->dynamic_anchor, node};
    }
    *out = node;
    return true;
}

static bool get(struct schema_metaschemas *m, struct schema_dialect dialect, struct schema_node **out)
{
    if (!dialect.vocabularies)
        return schema_compiler_run(&m->compiler, schema_meta_url(dialect.draft), out);
    struct slice key = arena_printf(&m->arena, "%d %u", (int)dialect.draft, dialect.vocabularies);
    *out = schema_table_get(&m->combined, m, key);
    if (*out)
        return true;
    if (!combine_vocabularies(&m->compiler, dialect, out))
        return false;
    schema_table_put(&m->combined, m, key, *out);
    return true;
}

bool schema_metaschemas_get(struct schema_metaschemas *m, struct schema_dialect dialect, struct arena *a,
                            struct schema_node **out, struct slice *error)
{
    pthread_mutex_lock(&m->lock);
    bool ok = get(m, dialect, out);
    if (!ok)
        *error = arena_slice(a, m->compiler.documents.error);
    pthread_mutex_unlock(&m->lock);
    return ok;
}
