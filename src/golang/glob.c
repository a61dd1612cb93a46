/*
 * glob.c - globs of github.com/gobwas/glob with '/' as separator
 *
 * A pattern becomes a small program (characters, classes, stars, forks for the alternatives in braces) that is run
 * over all its states at once, so time is bounded by pattern length times name length whatever the pattern. The
 * program lives in buffers of this file that each match releases. As the peer, a brace left open is closed at the end
 * of the pattern, and a NUL ends it.
 */
#include "base/buffer.h"
#include "base/memory.h"
#include "golang/path.h"
#include "golang/unicode.h"

enum glob_op {
    GLOB_RUNE,  /* the rune `low` */
    GLOB_ONE,   /* ?: any rune but '/' */
    GLOB_ANY,   /* *: any number of runes but '/' */
    GLOB_SUPER, /* **: any number of any runes */
    GLOB_RANGE, /* [low-high] */
    GLOB_LIST,  /* [list] */
    GLOB_FORK,  /* both the next step and the one at `target` */
    GLOB_JUMP,  /* the step at `target` */
    GLOB_END
};

struct glob_step {
    enum glob_op op;
    bool negated;
    uint32_t low;
    uint32_t high;
    struct slice list; /* as written, escapes included */
    size_t target;
};

struct glob_group {
    size_t fork;  /* the step that may lead to the next alternative */
    size_t jumps; /* chain of jumps to the end of the group, through their targets */
};

struct glob {
    struct slice text;
    size_t at;
    struct glob_step *steps;
    size_t count;
    size_t capacity;
    struct glob_group *groups; /* of the braces that are open */
    size_t depth;
    size_t group_capacity;
};

static const size_t no_step = SIZE_MAX;

static struct glob_step *add_step(struct glob *g, enum glob_op op)
{
    if (g->count == g->capacity) {
        g->capacity = g->capacity ? g->capacity * 2 : 32;
        g->steps = memory_resize(g->steps, g->capacity * sizeof *g->steps);
    }
    struct glob_step *step = &g->steps[g->count++];
    *step = (struct glob_step){.op = op, .target = no_step};
    return step;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* The next rune, 0 at the end. False: not UTF-8. */
static bool peek_rune(const struct glob *g, uint32_t *rune, size_t *size)
{
    *rune = 0;
    *size = 0;
    if (g->at == g->text.len)
        return true;
    *rune = go_decode_rune(slice_after(g->text, g->at), size);
    return *rune != RUNE_ERROR;
}

/* '{': a fork whose target, the next alternative, is known at ',' or '}'. */
static void open_group(struct glob *g)
{
    if (g->depth == g->group_capacity) {
        g->group_capacity = g->group_capacity ? g->group_capacity * 2 : 8;
        g->groups = memory_resize(g->groups, g->group_capacity * sizeof *g->groups);
    }
    g->groups[g->depth++] = (struct glob_group){.fork = g->count, .jumps = no_step};
    add_step(g, GLOB_FORK);
}

/* ',': the alternative that ends here jumps to the end of the group, the fork leads here. */
static void next_alternative(struct glob *g)
{
    struct glob_group *group = &g->groups[g->depth - 1];
    size_t jump = g->count;
    add_step(g, GLOB_JUMP)->target = group->jumps;
    group->jumps = jump;
    g->steps[group->fork].target = g->count;
    group->fork = g->count;
    add_step(g, GLOB_FORK);
}

/* '}': the last fork has one way only, all jumps lead here. */
static void close_group(struct glob *g)
{
    struct glob_group *group = &g->groups[--g->depth];
    g->steps[group->fork] = (struct glob_step){.op = GLOB_JUMP, .target = group->fork + 1};
    for (size_t jump = group->jumps; jump != no_step;) {
        size_t next = g->steps[jump].target;
        g->steps[jump].target = g->count;
        jump = next;
    }
}

/* "low-high]" or "characters]" after '[' and '!'. False: malformed. */
static bool read_class(struct glob *g)
{
    uint32_t rune, dash, high;
    size_t size, dash_size;
    bool negated = g->at < g->text.len && g->text.ptr[g->at] == '!';
    g->at += negated;
    if (!peek_rune(g, &rune, &size) || rune == 0)
        return false;
    size_t start = g->at;
    g->at += size;
    if (!peek_rune(g, &dash, &dash_size))
        return false;
    if (dash == '-') {
        g->at += dash_size;
        if (!peek_rune(g, &high, &size) || high < rune)
            return false;
        g->at += size;
        struct glob_step *step = add_step(g, GLOB_RANGE);
        step->negated = negated;
        step->low = rune;
        step->high = high;
    } else {
        g->at = start;
        for (;;) {
            if (!peek_rune(g, &rune, &size) || rune == 0)
                return false;
            if (rune == ']')
                break;
            g->at += size;
            if (rune == '\\') {
                if (!peek_rune(g, &rune, &size) || rune == 0)
                    return false;
                g->at += size;
            }
        }
        struct glob_step *step = add_step(g, GLOB_LIST);
        step->negated = negated;
        step->list = slice_part(g->text, start, g->at);
        if (step->list.len == 0)
            return false;
    }
    if (!peek_rune(g, &rune, &size) || rune != ']')
        return false;
    g->at += size;
    return true;
}

/* A character that stands for itself, perhaps escaped; a lone backslash at the end stands for nothing. */
static bool read_literal(struct glob *g, uint32_t rune)
{
    if (rune == '\\') {
        size_t size;
        if (!peek_rune(g, &rune, &size))
            return false;
        if (rune == 0)
            return true;
        g->at += size;
    }
    add_step(g, GLOB_RUNE)->low = rune;
    return true;
}

static bool read_token(struct glob *g, uint32_t rune)
{
    if (rune == '{')
        open_group(g);
    else if (rune == ',' && g->depth > 0)
        next_alternative(g);
    else if (rune == '}' && g->depth > 0)
        close_group(g);
    else if (rune == '[')
        return read_class(g);
    else if (rune == '?')
        add_step(g, GLOB_ONE);
    else if (rune == '*') {
        bool super = g->at < g->text.len && g->text.ptr[g->at] == '*';
        g->at += super;
        add_step(g, super ? GLOB_SUPER : GLOB_ANY);
    } else
        return read_literal(g, rune);
    return true;
}

static bool glob_read(struct glob *g)
{
    uint32_t rune;
    size_t size;
    for (;;) {
        if (!peek_rune(g, &rune, &size))
            return false;
        if (rune == 0)
            break;
        g->at += size;
        if (!read_token(g, rune))
            return false;
    }
    while (g->depth > 0)
        close_group(g);
    add_step(g, GLOB_END);
    return true;
}

/* --- running ------------------------------------------------------------------------------------------------- */

struct glob_states {
    size_t *list;
    size_t count;
    bool *in;
};

/* Adds a state and those it reaches without reading a rune. `stack` has room for each step twice. */
static void add_state(const struct glob *g, struct glob_states *set, size_t state, size_t *stack)
{
    size_t top = 0;
    stack[top++] = state;
    while (top > 0) {
        state = stack[--top];
        if (set->in[state])
            continue;
        set->in[state] = true;
        const struct glob_step *step = &g->steps[state];
        if (step->op == GLOB_JUMP || step->op == GLOB_FORK)
            stack[top++] = step->target;
        else
            set->list[set->count++] = state;
        if (step->op == GLOB_FORK || step->op == GLOB_ANY || step->op == GLOB_SUPER)
            stack[top++] = state + 1;
    }
}

static bool in_list(struct slice list, uint32_t rune)
{
    while (list.len > 0) {
        size_t size;
        uint32_t r = go_decode_rune(list, &size);
        list = slice_after(list, size);
        if (r == '\\') {
            r = go_decode_rune(list, &size);
            list = slice_after(list, size);
        }
        if (r == rune)
            return true;
    }
    return false;
}

/* Adds the states that follow `state` on reading `rune`. */
static void advance(const struct glob *g, struct glob_states *to, size_t state, uint32_t rune, size_t *stack)
{
    const struct glob_step *step = &g->steps[state];
    switch (step->op) {
    case GLOB_RUNE:
        if (rune == step->low)
            add_state(g, to, state + 1, stack);
        break;
    case GLOB_ONE:
        if (rune != '/')
            add_state(g, to, state + 1, stack);
        break;
    case GLOB_RANGE:
        if ((step->low <= rune && rune <= step->high) != step->negated)
            add_state(g, to, state + 1, stack);
        break;
    case GLOB_LIST:
        if (in_list(step->list, rune) != step->negated)
            add_state(g, to, state + 1, stack);
        break;
    case GLOB_ANY:
        if (rune != '/')
            add_state(g, to, state, stack);
        break;
    case GLOB_SUPER:
        add_state(g, to, state, stack);
        break;
    default:
        break;
    }
}

static bool glob_run(const struct glob *g, struct slice name)
{
    size_t *room = memory_zalloc(g->count * 4, sizeof *room);
    bool *marks = memory_zalloc(g->count * 2, sizeof *marks);
    size_t *stack = room + 2 * g->count;
    struct glob_states now = {room, 0, marks};
    struct glob_states next = {room + g->count, 0, marks + g->count};
    add_state(g, &now, 0, stack);
    while (name.len > 0 && now.count > 0) {
        size_t size;
        uint32_t rune = go_decode_rune(name, &size);
        name = slice_after(name, size);
        next.count = 0;
        memset(next.in, 0, g->count * sizeof *next.in);
        for (size_t i = 0; i < now.count; i++)
            advance(g, &next, now.list[i], rune, stack);
        struct glob_states swap = now;
        now = next;
        next = swap;
    }
    bool matches = now.count > 0 && now.in[g->count - 1];
    memory_free(room);
    memory_free(marks);
    return matches;
}

enum go_match go_glob_match(struct slice pattern, struct slice name)
{
    struct glob g = {.text = pattern};
    enum go_match result = GO_MATCH_BAD_PATTERN;
    if (glob_read(&g))
        result = glob_run(&g, name) ? GO_MATCH_YES : GO_MATCH_NO;
    memory_free(g.steps);
    memory_free(g.groups);
    return result;
}
