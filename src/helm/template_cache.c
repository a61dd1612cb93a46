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

struct template_cache {
    pthread_mutex_t lock;
    struct cached_set *first;
};

struct template_cache *template_cache_new(void)
{
    struct template_cache *cache = memory_zalloc(1, sizeof *cache);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void template_cache_free(struct template_cache *cache)
{
    if (!cache)
        return;
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

const struct template_set *template_files_parse(struct arena *a, const struct template_file *files, size_t count,
                                                const struct function_table *functions, size_t *failed,
                                                struct diag *diag)
{
    struct template_set *set = template_set_new(a, NULL, functions);
    for (size_t i = 0; i < count; i++) {
        const struct chart_file *file = files[i].file;
        if (!template_set_parse(set, files[i].name, file->bytes, file->source, NULL, diag)) {
            *failed = i;
            return NULL;
        }
    }
    return set;
}

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
        entry->set = template_files_parse(&entry->arena, entry->files, count, functions, failed, diag);
    const struct template_set *set = entry->set;
    pthread_mutex_unlock(&entry->lock);
    return set;
}
