/*
 * regexp.c - regular expressions: compiled, searched, replaced, cached
 *
 * RE2's promise is a match in linear time with Go's choice among the possible ones, down to what groups report, so the
 * expression is run by a machine of our own (regexp_machine.c) and not handed to a backtracking library.
 */
#include "golang/regexp.h"

#include "base/hash.h"
#include "base/memory.h"
#include "golang/regexp_program.h"
#include "golang/unicode.h"

struct go_regexp {
    struct arena arena; /* the tree, its classes and names */
    struct regexp_tree tree;
    struct regexp_program program;
    struct regexp_machine *machine;
};

struct go_regexp *go_regexp_compile(struct arena *a, struct slice pattern, struct slice *error)
{
    struct go_regexp *re = memory_zalloc(1, sizeof *re);
    arena_init(&re->arena);
    if (!regexp_parse(&re->arena, arena_slice(&re->arena, pattern), &re->tree, error)) {
        *error = arena_slice(a, *error);
        arena_release(&re->arena);
        memory_free(re);
        return NULL;
    }
    regexp_program_compile(&re->program, &re->tree);
    re->machine = regexp_machine_new(&re->program);
    return re;
}

void go_regexp_free(struct go_regexp *re)
{
    if (!re)
        return;
    regexp_machine_free(re->machine);
    regexp_program_release(&re->program);
    arena_release(&re->arena);
    memory_free(re);
}

size_t go_regexp_groups(const struct go_regexp *re)
{
    return re->tree.group_count;
}

static size_t bound_count(const struct go_regexp *re)
{
    return 2 * (re->tree.group_count + 1);
}

bool go_regexp_match(struct go_regexp *re, struct slice text, size_t from, size_t *groups)
{
    return regexp_machine_run(re->machine, text, from, groups, groups ? bound_count(re) : 0);
}

/* --- successive matches -------------------------------------------------------------------------------------- */

/* Bytes of the rune at a place, 0 at the end. */
static size_t rune_size(struct slice text, size_t at)
{
    size_t size;
    go_decode_rune(slice_after(text, at), &size);
    return size;
}

void go_regexp_find_all(struct go_regexp *re, struct slice text, int limit, go_regexp_found_fn *found, void *context)
{
    size_t *groups = memory_zalloc(bound_count(re), sizeof *groups);
    size_t last_end = SIZE_MAX;
    int count = 0;
    for (size_t at = 0; (limit < 0 || count < limit) && at <= text.len;) {
        if (!go_regexp_match(re, text, at, groups))
            break;
        bool accept = true;
        size_t end = groups[1];
        if (end == at) {
            accept = groups[0] != last_end; /* no empty match right behind a match */
            size_t size = rune_size(text, at);
            at = size ? at + size : text.len + 1;
        } else
            at = end;
        last_end = end;
        if (accept) {
            found(context, groups);
            count++;
        }
    }
    memory_free(groups);
}

/* --- replacing ----------------------------------------------------------------------------------------------- */

/* A reference after '$': "1", "{1}", "name", "{name}". False: none. */
static bool read_reference(struct slice *s, struct slice *name)
{
    struct slice rest = *s;
    bool brace = rest.len > 0 && rest.ptr[0] == '{';
    if (brace)
        rest = slice_after(rest, 1);
    size_t len = 0;
    while (len < rest.len) {
        size_t size;
        uint32_t rune = go_decode_rune(slice_after(rest, len), &size);
        if (rune != '_' && !go_is_letter(rune) && !go_is_digit(rune))
            break;
        len += size;
    }
    if (len == 0 || (brace && (len == rest.len || rest.ptr[len] != '}')))
        return false;
    *name = slice_part(rest, 0, len);
    *s = slice_after(rest, len + brace);
    return true;
}

/* The group that a reference means, or SIZE_MAX. A number has no leading zero; of equal names the first that took
   part counts. */
static size_t find_group(const struct go_regexp *re, struct slice name, const size_t *groups)
{
    size_t number = 0;
    bool is_number = name.len == 1 || name.ptr[0] != '0';
    for (size_t i = 0; is_number && i < name.len; i++) {
        is_number = name.ptr[i] >= '0' && name.ptr[i] <= '9' && number < 100000000;
        number = number * 10 + (size_t)(name.ptr[i] - '0');
    }
    if (is_number)
        return number <= re->tree.group_count ? number : SIZE_MAX;
    for (size_t i = 1; i <= re->tree.group_count; i++)
        if (slice_equal(re->tree.names[i], name) && groups[2 * i] != SIZE_MAX)
            return i;
    return SIZE_MAX;
}

/* regexp.Expand. */
static void expand(const struct go_regexp *re, struct slice text, struct slice with, const size_t *groups,
                   struct buffer *out)
{
    for (;;) {
        size_t dollar = slice_find_char(with, '$');
        buffer_add(out, slice_part(with, 0, dollar));
        if (dollar == with.len)
            return;
        with = slice_after(with, dollar + 1);
        struct slice name;
        if (with.len > 0 && with.ptr[0] == '$') {
            buffer_add_char(out, '$');
            with = slice_after(with, 1);
        } else if (read_reference(&with, &name)) {
            size_t group = find_group(re, name, groups);
            if (group != SIZE_MAX && groups[2 * group] != SIZE_MAX)
                buffer_add(out, slice_part(text, groups[2 * group], groups[2 * group + 1]));
        } else
            buffer_add_char(out, '$');
    }
}

void go_regexp_replace(struct go_regexp *re, struct slice text, struct slice with, bool literal, struct buffer *out)
{
    size_t *groups = memory_zalloc(bound_count(re), sizeof *groups);
    size_t copied = 0;
    for (size_t at = 0; at <= text.len && go_regexp_match(re, text, at, groups);) {
        buffer_add(out, slice_part(text, copied, groups[0]));
        if (groups[1] > copied || groups[0] == 0) { /* not an empty match right behind a match */
            if (literal)
                buffer_add(out, with);
            else
                expand(re, text, with, groups, out);
        }
        copied = groups[1];
        size_t past_rune = at + rune_size(text, at);
        if (past_rune > groups[1])
            at = past_rune;
        else
            at = at + 1 > groups[1] ? at + 1 : groups[1];
    }
    buffer_add(out, slice_after(text, copied));
    memory_free(groups);
}

void go_regexp_quote_meta(struct buffer *out, struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] && strchr("\\.+*?()|[]{}^$", s.ptr[i]))
            buffer_add_char(out, '\\');
        buffer_add_char(out, s.ptr[i]);
    }
}

/* --- cache --------------------------------------------------------------------------------------------------- */

enum {
    CACHE_SIZE = 64
};

struct cached_regexp {
    char *pattern; /* owned */
    size_t length;
    struct go_regexp *re;
};

/* Slots by the hash of the pattern; a new expression takes the place of the old one in its slot. */
struct regexp_cache {
    struct cached_regexp slots[CACHE_SIZE];
};

struct regexp_cache *regexp_cache_new(void)
{
    return memory_zalloc(1, sizeof(struct regexp_cache));
}

static void empty_slot(struct cached_regexp *slot)
{
    go_regexp_free(slot->re);
    memory_free(slot->pattern);
    memset(slot, 0, sizeof *slot);
}

void regexp_cache_free(struct regexp_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < CACHE_SIZE; i++)
        empty_slot(&cache->slots[i]);
    memory_free(cache);
}

static struct cached_regexp *slot_of(struct regexp_cache *cache, struct slice pattern)
{
    return &cache->slots[hash_slice(pattern) % CACHE_SIZE];
}

struct go_regexp *regexp_cache_get(struct regexp_cache *cache, struct slice pattern, struct arena *a,
                                   struct slice *error)
{
    struct cached_regexp *slot = slot_of(cache, pattern);
    if (slot->re && slice_equal(slice_of(slot->pattern, slot->length), pattern))
        return slot->re;
    struct go_regexp *re = go_regexp_compile(a, pattern, error);
    if (!re)
        return NULL;
    empty_slot(slot);
    slot->pattern = memory_alloc(pattern.len);
    if (pattern.len > 0)
        memcpy(slot->pattern, pattern.ptr, pattern.len);
    slot->length = pattern.len;
    slot->re = re;
    return re;
}
