/*
 * source.c - the texts that values and templates come from
 */
#include "base/source.h"

#include "base/memory.h"

#include <pthread.h>

enum {
    MAX_SOURCES = (1 << 22) - 1,
    MAX_LINE = (1 << 26) - 1,
    MAX_COLUMN = (1 << 16) - 1
};

struct source_set {
    pthread_mutex_t lock;
    struct arena arena;
    struct source **sources;
    size_t count;
    size_t cap;
};

struct source_set *source_set_new(void)
{
    struct source_set *set = memory_zalloc(1, sizeof *set);
    pthread_mutex_init(&set->lock, NULL);
    arena_init(&set->arena);
    return set;
}

void source_set_free(struct source_set *set)
{
    if (!set)
        return;
    arena_release(&set->arena);
    memory_free(set->sources);
    pthread_mutex_destroy(&set->lock);
    memory_free(set);
}

static const struct source *add_locked(struct source_set *set, struct slice name, struct slice text)
{
    if (set->count == set->cap) {
        set->cap = set->cap ? set->cap * 2 : 16;
        set->sources = memory_resize(set->sources, set->cap * sizeof *set->sources);
    }
    struct source *source = ARENA_NEW(&set->arena, struct source);
    /* beyond the last number places are no longer told apart, but nothing breaks */
    source->id = set->count < MAX_SOURCES ? (uint32_t)(set->count + 1) : 0;
    source->name = name;
    source->text = text;
    set->sources[set->count++] = source;
    return source;
}

const struct source *source_set_add(struct source_set *set, struct slice name, struct slice text)
{
    pthread_mutex_lock(&set->lock);
    const struct source *source = add_locked(set, name, text);
    pthread_mutex_unlock(&set->lock);
    return source;
}

const struct source *source_set_keep(struct source_set *set, struct slice name, struct slice text)
{
    pthread_mutex_lock(&set->lock);
    const struct source *source =
        add_locked(set, arena_slice(&set->arena, name), arena_slice(&set->arena, text));
    pthread_mutex_unlock(&set->lock);
    return source;
}

const struct source *source_set_find(struct source_set *set, uint32_t id)
{
    const struct source *source = NULL;
    pthread_mutex_lock(&set->lock);
    if (id > 0 && id <= set->count)
        source = set->sources[id - 1];
    pthread_mutex_unlock(&set->lock);
    return source;
}

struct origin origin_at(const struct source *source, size_t line, size_t column)
{
    struct origin o = {0, 0, 0};
    o.source = (source ? source->id : 0) & MAX_SOURCES;
    o.line = (line < MAX_LINE ? line : MAX_LINE) & MAX_LINE;
    o.column = (column < MAX_COLUMN ? column : MAX_COLUMN) & MAX_COLUMN;
    return o;
}

struct origin source_origin(const struct source *source, size_t offset)
{
    size_t line = 1;
    size_t start = 0;
    if (offset > source->text.len)
        offset = source->text.len;
    for (size_t i = 0; i < offset; i++) {
        if (source->text.ptr[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return origin_at(source, line, offset - start + 1);
}

struct slice source_line(const struct source *source, size_t line)
{
    struct slice rest = source->text;
    for (size_t n = 1; n < line; n++) {
        size_t at = slice_find_char(rest, '\n');
        if (at == rest.len)
            return slice_of("", 0);
        rest = slice_after(rest, at + 1);
    }
    struct slice text = slice_part(rest, 0, slice_find_char(rest, '\n'));
    if (text.len && text.ptr[text.len - 1] == '\r')
        text.len--;
    return text;
}
