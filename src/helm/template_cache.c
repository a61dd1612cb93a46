/*
 * template_cache.c - templates parsed once, however many releases use them
 */
#include "helm/template_cache.h"

#include "base/hash.h"
#include "base/memory.h"

#include <pthread.h>

struct cached_set {
    struct cached_set *next;
    uint64_t hash;
    pthread_mutex_t lock; /* held while parsing, so that others wait for this set only */
    struct arena arena;
    const struct function_table *functions;
    struct template_file *files; /* copied names; null until parsed */
    size_t count;
    const struct template_set *set; /* null until parsed */
};

/* A text, under whatever names files have it. */
struct cached_text {
    struct cached_text *next;
    uint64_t hash;
    pthread_mutex_t lock; /* held while parsing */
    struct arena arena;
    const struct function_table *functions;
    struct slice text;
    bool is_tried;
    bool is_parsed; /* false: it has an error, which names the file */
    struct parse_result result;
};

enum {
    BUCKETS = 256
};

struct template_cache {
    pthread_mutex_t lock;
    struct cached_set *first;
    struct cached_text *texts[BUCKETS];
};

struct template_cache *template_cache_new(void)
{
    struct template_cache *cache = memory_zalloc(1, sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static void free_texts(struct cached_text *text)
{
    while (text) {
        struct cached_text *next = text->next;
        pthread_mutex_destroy(&text->lock);
        arena_release(&text->arena);
        memory_free(text);
        text = next;
    }
}

void template_cache_free(struct template_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < BUCKETS; i++)
        free_texts(cache->texts[i]);
    for (struct cached_set *entry = cache->first; entry;) {
        struct cached_set *next = entry->next;
        pthread_mutex_destroy(&entry->lock);
        arena_release(&entry->arena);
        memory_free(entry);
        entry = next;
    }
    pthread_mutex_destroy(&cache->lock);
    memory_free(cache);
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static struct cached_text *find_or_add_text(struct template_cache *cache, struct slice text,
                                            const struct function_table *functions)
{
    uint64_t hash = hash_slice(text);
    struct cached_text **bucket = &cache->texts[hash % BUCKETS];
    pthread_mutex_lock(&cache->lock);
    struct cached_text *entry = *bucket;
    while (entry && !(entry->hash == hash && entry->functions == functions && slice_equal(entry->text, text)))
        entry = entry->next;
    if (!entry) {
        entry = memory_zalloc(1, sizeof *entry);
        pthread_mutex_init(&entry->lock, NULL);
        arena_init(&entry->arena);
        entry->hash = hash;
        entry->functions = functions;
        entry->text = text;
        entry->next = *bucket;
        *bucket = entry;
    }
    pthread_mutex_unlock(&cache->lock);
    return entry;
}

/* Parses the text unless that was done before; null where it has an error. */
static const struct parse_result *parse_text(struct cached_text *entry, const struct template_file *file)
{
    pthread_mutex_lock(&entry->lock);
    if (!entry->is_tried) {
        struct diag ignored;
        diag_init(&ignored);
        entry->is_parsed = template_parse(&entry->arena, file->name, entry->text, file->file->source, entry->functions,
                                          &entry->result, &ignored);
        entry->is_tried = true;
        diag_release(&ignored);
    }
    pthread_mutex_unlock(&entry->lock);
    return entry->is_parsed ? &entry->result : NULL;
}

static bool parse_shared(struct template_cache *cache, struct template_set *set, const struct template_file *file,
                         struct diag *diag)
{
    const struct function_table *functions = template_set_functions(set);
    const struct parse_result *parsed = parse_text(find_or_add_text(cache, file->file->bytes, functions), file);
    return (parsed && template_set_add(set, file->name, file->file->source, parsed)) ||
           template_set_parse(set, file->name, file->file->bytes, file->file->source, NULL, diag);
}

static const struct template_set *parse_files(struct template_cache *cache, struct arena *a,
                                              const struct template_file *files, size_t count,
                                              const struct function_table *functions, size_t *failed,
                                              struct diag *diag)
{
    struct template_set *set = template_set_new(a, NULL, functions);
    for (size_t i = 0; i < count; i++) {
        if (!parse_shared(cache, set, &files[i], diag)) {
            *failed = i;
            return NULL;
        }
    }
    return set;
}

/* --- without a cache ------------------------------------------------------------------------------------------ */

/* Texts of one set of files: subcharts often carry copies of one library chart. */
struct own_texts {
    struct arena *arena;
    struct slice *texts; /* open addressing; a null pointer is a free slot */
    struct parse_result *results;
    size_t cap; /* a power of two, twice the files at least */
};

static void own_texts_init(struct own_texts *own, struct arena *a, size_t count)
{
    *own = (struct own_texts){.arena = a, .cap = 16};
    while (own->cap < count * 2)
        own->cap *= 2;
    own->texts = ARENA_ARRAY(a, struct slice, own->cap);
    own->results = ARENA_ARRAY(a, struct parse_result, own->cap);
}

static bool parse_own(struct own_texts *own, struct template_set *set, const struct template_file *file,
                      struct diag *diag)
{
    struct slice text = file->file->bytes;
    const struct source *source = file->file->source;
    if (!text.ptr)
        text = SLICE("");
    size_t at = hash_slice(text) & (own->cap - 1);
    while (own->texts[at].ptr && !slice_equal(own->texts[at], text))
        at = (at + 1) & (own->cap - 1);
    if (!own->texts[at].ptr) {
        if (!template_parse(own->arena, file->name, text, source, template_set_functions(set), &own->results[at], diag))
            return false;
        own->texts[at] = text;
    }
    return template_set_add(set, file->name, source, &own->results[at]) ||
           template_set_parse(set, file->name, text, source, NULL, diag);
}

const struct template_set *template_files_parse(struct arena *a, const struct template_file *files, size_t count,
                                                const struct function_table *functions, size_t *failed,
                                                struct diag *diag)
{
    struct template_set *set = template_set_new(a, NULL, functions);
    struct own_texts own;
    own_texts_init(&own, a, count);
    for (size_t i = 0; i < count; i++) {
        if (!parse_own(&own, set, &files[i], diag)) {
            *failed = i;
            return NULL;
        }
    }
    return set;
}

/* --- sets ----------------------------------------------------------------------------------------------------- */

static uint64_t hash_files(const struct template_file *files, size_t count)
{
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++)
        hash = hash * 31 + (hash_slice(files[i].name) ^ (uint64_t)(uintptr_t)files[i].file);
    return hash;
}

static bool is_same(const struct cached_set *entry, const struct template_file *files, size_t count,
                    const struct function_table *functions)
{
    if (entry->count != count || entry->functions != functions)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (entry->files[i].file != files[i].file || !slice_equal(entry->files[i].name, files[i].name))
            return false;
    }
    return true;
}

static struct cached_set *new_entry(const struct template_file *files, size_t count,
                                    const struct function_table *functions, uint64_t hash)
{
    struct cached_set *entry = memory_zalloc(1, sizeof *entry);
    pthread_mutex_init(&entry->lock, NULL);
    arena_init(&entry->arena);
    entry->hash = hash;
    entry->functions = functions;
    entry->count = count;
    entry->files = ARENA_ARRAY(&entry->arena, struct template_file, count);
    for (size_t i = 0; i < count; i++) {
        entry->files[i].name = arena_slice(&entry->arena, files[i].name);
        entry->files[i].file = files[i].file;
    }
    return entry;
}

static struct cached_set *find_or_add(struct template_cache *cache, const struct template_file *files, size_t count,
                                      const struct function_table *functions)
{
    uint64_t hash = hash_files(files, count);
    pthread_mutex_lock(&cache->lock);
    struct cached_set *entry = cache->first;
    while (entry && !(entry->hash == hash && is_same(entry, files, count, functions)))
        entry = entry->next;
    if (!entry) {
        entry = new_entry(files, count, functions, hash);
        entry->next = cache->first;
        cache->first = entry;
    }
    pthread_mutex_unlock(&cache->lock);
    return entry;
}

const struct template_set *template_cache_get(struct template_cache *cache, const struct template_file *files,
                                              size_t count, const struct function_table *functions, size_t *failed,
                                              struct diag *diag)
{
    struct cached_set *entry = find_or_add(cache, files, count, functions);
    pthread_mutex_lock(&entry->lock);
    if (!entry->set)
        entry->set = parse_files(cache, &entry->arena, entry->files, count, functions, failed, diag);
    const struct template_set *set = entry->set;
    pthread_mutex_unlock(&entry->lock);
    return set;
}
