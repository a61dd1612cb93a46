/*
 * regexp_machine.c - runs a program over a text, all its ways at once
 *
 * At each place of the text there is an ordered list of threads, the preferred first; a thread is a step that waits
 * for a rune, with the bounds it has set so far. A step is entered once at a place, by the thread most preferred: that
 * bounds the work. When a thread matches, those behind it are dropped and the ones before it go on. Memory is the
 * machine's and is used again by the next run.
 */
#include "base/memory.h"
#include "golang/regexp_program.h"
#include "golang/unicode.h"

struct thread_list {
    uint32_t *dense;     /* steps in order of preference */
    size_t count;
    uint32_t *sparse;    /* where in dense a step is */
    uint32_t *threads;   /* number of the thread at a place of dense, where the step waits for a rune */
    size_t thread_count;
    size_t *bounds;      /* by number of the thread */
    size_t bound_room;   /* bounds that there is memory for */
};

/* What is left to do while threads are added: enter a step, or set a bound back. */
struct pending {
    uint32_t step;
    bool restore;
    size_t bound;
};

struct regexp_machine {
    const struct regexp_program *program;
    struct thread_list now;
    struct thread_list next;
    size_t bound_count;    /* of this run */
    size_t bound_capacity; /* of scratch */
    size_t *scratch;       /* bounds of the thread being added */
    struct pending *stack;
    size_t stack_capacity;
};

static void list_init(struct thread_list *list, size_t steps)
{
    list->dense = memory_zalloc(steps, sizeof *list->dense);
    list->sparse = memory_zalloc(steps, sizeof *list->sparse);
    list->threads = memory_zalloc(steps, sizeof *list->threads);
}

static void list_release(struct thread_list *list)
{
    memory_free(list->dense);
    memory_free(list->sparse);
    memory_free(list->threads);
    memory_free(list->bounds);
}

struct regexp_machine *regexp_machine_new(const struct regexp_program *program)
{
    struct regexp_machine *m = memory_zalloc(1, sizeof *m);
    m->program = program;
    list_init(&m->now, program->count);
    list_init(&m->next, program->count);
    return m;
}

void regexp_machine_free(struct regexp_machine *m)
{
    if (!m)
        return;
    list_release(&m->now);
    list_release(&m->next);
    memory_free(m->scratch);
    memory_free(m->stack);
    memory_free(m);
}

static void set_bound_count(struct regexp_machine *m, size_t count)
{
    m->bound_count = count;
    if (count <= m->bound_capacity)
        return;
    m->bound_capacity = count;
    m->scratch = memory_resize(m->scratch, count * sizeof(size_t));
}

/* --- places in the text -------------------------------------------------------------------------------------- */

static bool is_word(uint32_t rune)
{
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || (rune >= '0' && rune <= '9') || rune == '_';
}

/* The assertions that hold at a place. */
static unsigned assertions_at(struct slice text, size_t at)
{
    size_t before_size, after_size;
    uint32_t before = go_decode_last_rune(slice_part(text, 0, at), &before_size);
    uint32_t after = go_decode_rune(slice_after(text, at), &after_size);
    unsigned holds = 0;
    if (at == 0)
        holds |= ASSERT_BEGIN_TEXT | ASSERT_BEGIN_LINE;
    if (at == text.len)
        holds |= ASSERT_END_TEXT | ASSERT_END_LINE;
    if (before_size && before == '\n')
        holds |= ASSERT_BEGIN_LINE;
    if (after_size && after == '\n')
        holds |= ASSERT_END_LINE;
    bool boundary = is_word(before_size ? before : 0) != is_word(after_size ? after : 0);
    return holds | (boundary ? ASSERT_WORD_BOUNDARY : ASSERT_NO_WORD_BOUNDARY);
}

/* --- threads ------------------------------------------------------------------------------------------------- */

static void stack_push(struct regexp_machine *m, size_t *count, struct pending pending)
{
    if (*count == m->stack_capacity) {
        m->stack_capacity = m->stack_capacity ? m->stack_capacity * 2 : 64;
        m->stack = memory_resize(m->stack, m->stack_capacity * sizeof *m->stack);
    }
    m->stack[(*count)++] = pending;
}

/* Marks the step as entered at this place. False: it was. */
static bool enter(struct thread_list *list, uint32_t step)
{
    uint32_t at = list->sparse[step];
    if (at < list->count && list->dense[at] == step)
        return false;
    list->sparse[step] = (uint32_t)list->count;
    list->dense[list->count++] = step;
    return true;
}

static void list_clear(struct thread_list *list)
{
    list->count = 0;
    list->thread_count = 0;
}

/* The step entered last waits for a rune: gives it a thread with the bounds in scratch. */
static void add_waiting(struct regexp_machine *m, struct thread_list *list)
{
    size_t end = (list->thread_count + 1) * m->bound_count;
    if (end > list->bound_room) {
        list->bound_room = end * 2;
        list->bounds = memory_resize(list->bounds, list->bound_room * sizeof *list->bounds);
    }
    if (m->bound_count)
        memcpy(list->bounds + list->thread_count * m->bound_count, m->scratch, m->bound_count * sizeof(size_t));
    list->threads[list->count - 1] = (uint32_t)list->thread_count++;
}

/* Adds a thread at `step` and all it reaches without a rune, in order of preference, with the bounds in scratch.
   *holds are the assertions that hold here, found out when first needed (0: not yet). */
static void add_thread(struct regexp_machine *m, struct thread_list *list, uint32_t step, struct slice text, size_t at,
                       unsigned *holds)
{
    size_t pending = 0;
    stack_push(m, &pending, (struct pending){step, false, 0});
    while (pending > 0) {
        struct pending todo = m->stack[--pending];
        const struct regexp_step *s = &m->program->steps[todo.step];
        if (todo.restore) {
            m->scratch[s->other] = todo.bound;
            continue;
        }
        if (!enter(list, todo.step))
            continue;
        switch (s->op) {
        case STEP_FORK:
            stack_push(m, &pending, (struct pending){s->other, false, 0});
            stack_push(m, &pending, (struct pending){s->next, false, 0});
            break;
        case STEP_CAPTURE:
            if (s->other < m->bound_count) {
                stack_push(m, &pending, (struct pending){todo.step, true, m->scratch[s->other]});
                m->scratch[s->other] = at;
            }
            stack_push(m, &pending, (struct pending){s->next, false, 0});
            break;
        case STEP_ASSERT:
            if (!*holds)
                *holds = assertions_at(text, at);
            if (*holds & s->other)
                stack_push(m, &pending, (struct pending){s->next, false, 0});
            break;
        case STEP_FAIL:
            break;
        default:
            add_waiting(m, list);
            break;
        }
    }
}

static bool takes(const struct regexp_step *s, uint32_t rune)
{
    switch (s->op) {
    case STEP_RUNE:
        return rune == s->other;
    case STEP_CLASS:
        return rune_class_has(s->class, rune);
    case STEP_ANY:
        return true;
    case STEP_ANY_NOT_NEWLINE:
        return rune != '\n';
    default:
        return false;
    }
}

/* The bounds of a waiting step, where any are wanted; steps that do not wait have none. */
static void copy_bounds(const struct regexp_machine *m, size_t *to, size_t step)
{
    if (m->bound_count)
        memcpy(to, m->now.bounds + m->now.threads[step] * m->bound_count, m->bound_count * sizeof *to);
}

/* Moves the threads over the rune at `at` (size 0: the end of the text). True: one matched; its bounds are given. */
static bool step_threads(struct regexp_machine *m, struct slice text, size_t at, uint32_t rune, size_t size,
                         size_t *bounds)
{
    unsigned holds = 0;
    list_clear(&m->next);
    for (size_t i = 0; i < m->now.count; i++) {
        const struct regexp_step *s = &m->program->steps[m->now.dense[i]];
        if (s->op == STEP_MATCH) {
            copy_bounds(m, bounds, i);
            return true;
        }
        if (size == 0 || !takes(s, rune))
            continue;
        copy_bounds(m, m->scratch, i);
        add_thread(m, &m->next, s->next, text, at + size, &holds);
    }
    return false;
}

/* Where the next match may begin, SIZE_MAX where none can. */
static size_t next_start(const struct regexp_program *program, struct slice text, size_t at)
{
    if (program->at_text_begin && at > 0)
        return SIZE_MAX;
    if (program->prefix_length == 0)
        return at;
    struct slice rest = slice_after(text, at);
    size_t found = slice_find(rest, slice_of(program->prefix, program->prefix_length));
    return found < rest.len ? at + found : SIZE_MAX;
}

bool regexp_machine_run(struct regexp_machine *m, struct slice text, size_t from, size_t *bounds, size_t bound_count)
{
    bool matched = false;
    set_bound_count(m, bound_count);
    list_clear(&m->now);
    for (size_t at = from;;) {
        unsigned holds = 0;
        if (m->now.count == 0) {
            if (matched)
                break;
            at = next_start(m->program, text, at);
            if (at == SIZE_MAX)
                break;
        }
        if (!matched && !(m->program->at_text_begin && at > 0)) {
            for (size_t i = 0; i < bound_count; i++)
                m->scratch[i] = SIZE_MAX;
            if (bound_count)
                m->scratch[0] = at;
            add_thread(m, &m->now, m->program->start, text, at, &holds);
        }
        size_t size;
        uint32_t rune = go_decode_rune(slice_after(text, at), &size);
        matched = step_threads(m, text, at, rune, size, bounds) || matched;
        if (size == 0 || (matched && bound_count == 0))
            break;
        at += size;
        struct thread_list swap = m->now;
        m->now = m->next;
        m->next = swap;
    }
    return matched;
}
