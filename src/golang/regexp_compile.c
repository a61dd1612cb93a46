/*
 * regexp_compile.c - makes a program of a tree
 *
 * Each node is compiled with the step that follows it known, from the end of the expression to its begin; only loops
 * need a step made before their body. A repetition whose body can match the empty text becomes (body+)? as in Go,
 * which decides what its groups report. The parser has bounded the size and the height of the tree.
 */
#include "base/buffer.h"
#include "base/memory.h"
#include "golang/regexp_program.h"

static uint32_t add_step(struct regexp_program *p, enum regexp_step_op op, uint32_t next, uint32_t other)
{
    if (p->count == p->capacity) {
        p->capacity = p->capacity ? p->capacity * 2 : 32;
        p->steps = memory_resize(p->steps, p->capacity * sizeof *p->steps);
    }
    p->steps[p->count] = (struct regexp_step){op, next, other, NULL};
    return (uint32_t)p->count++;
}

static uint32_t add_fork(struct regexp_program *p, uint32_t body, uint32_t next, bool non_greedy)
{
    return non_greedy ? add_step(p, STEP_FORK, next, body) : add_step(p, STEP_FORK, body, next);
}

static uint32_t compile(struct regexp_program *p, const struct regexp_node *node, uint32_t next);

/* body, then a fork back to it; returns the begin of the body, or of the fork with `may_skip`. */
static uint32_t compile_loop(struct regexp_program *p, const struct regexp_node *node, uint32_t next, bool may_skip)
{
    uint32_t fork = add_step(p, STEP_FORK, 0, 0);
    uint32_t body = compile(p, node->subs[0], fork);
    p->steps[fork].next = node->non_greedy ? next : body;
    p->steps[fork].other = node->non_greedy ? body : next;
    return may_skip ? fork : body;
}

static uint32_t compile_star(struct regexp_program *p, const struct regexp_node *node, uint32_t next)
{
    if (!node->subs[0]->nullable)
        return compile_loop(p, node, next, true);
    return add_fork(p, compile_loop(p, node, next, false), next, node->non_greedy);
}

/* {n,m}: the body n times, then up to m-n times within each other. */
static uint32_t compile_repeat(struct regexp_program *p, const struct regexp_node *node, uint32_t next)
{
    int copies = node->min;
    if (node->max == -1) {
        if (node->min == 0)
            return compile_star(p, node, next);
        next = compile_loop(p, node, next, false);
        copies--;
    } else {
        uint32_t end = next;
        for (int i = node->min; i < node->max; i++)
            next = add_fork(p, compile(p, node->subs[0], next), end, node->non_greedy);
    }
    for (int i = 0; i < copies; i++)
        next = compile(p, node->subs[0], next);
    return next;
}

static uint32_t compile_alternate(struct regexp_program *p, const struct regexp_node *node, uint32_t next)
{
    uint32_t rest = compile(p, node->subs[node->sub_count - 1], next);
    for (size_t i = node->sub_count - 1; i > 0; i--)
        rest = add_step(p, STEP_FORK, compile(p, node->subs[i - 1], next), rest);
    return rest;
}

static uint32_t compile_class(struct regexp_program *p, const struct rune_class *class, uint32_t next)
{
    uint32_t step = add_step(p, STEP_CLASS, next, 0);
    p->steps[step].class = class;
    return step;
}

static uint32_t compile(struct regexp_program *p, const struct regexp_node *node, uint32_t next)
{
    switch (node->op) {
    case REGEXP_LITERAL:
        return node->class ? compile_class(p, node->class, next) : add_step(p, STEP_RUNE, next, node->rune);
    case REGEXP_CLASS:
        return compile_class(p, node->class, next);
    case REGEXP_ANY:
        return add_step(p, STEP_ANY, next, 0);
    case REGEXP_ANY_NOT_NEWLINE:
        return add_step(p, STEP_ANY_NOT_NEWLINE, next, 0);
    case REGEXP_ASSERT:
        return add_step(p, STEP_ASSERT, next, node->assertion);
    case REGEXP_CAPTURE:
        next = add_step(p, STEP_CAPTURE, next, (uint32_t)node->capture * 2 + 1);
        next = compile(p, node->subs[0], next);
        return add_step(p, STEP_CAPTURE, next, (uint32_t)node->capture * 2);
    case REGEXP_REPEAT:
        return compile_repeat(p, node, next);
    case REGEXP_CONCAT:
        for (size_t i = node->sub_count; i > 0; i--)
            next = compile(p, node->subs[i - 1], next);
        return next;
    case REGEXP_ALTERNATE:
        return compile_alternate(p, node, next);
    default:
        return next;
    }
}

/* What every match must begin with: an assertion of the text's begin, or bytes to search for. */
static void find_prefix(struct regexp_program *p)
{
    struct buffer prefix = BUFFER_INIT;
    uint32_t at = p->start;
    while (p->steps[at].op == STEP_CAPTURE)
        at = p->steps[at].next;
    p->at_text_begin = p->steps[at].op == STEP_ASSERT && p->steps[at].other == ASSERT_BEGIN_TEXT;
    while (p->steps[at].op == STEP_RUNE || p->steps[at].op == STEP_CAPTURE) {
        if (p->steps[at].op == STEP_RUNE && p->steps[at].other == 0xFFFD)
            break; /* bytes that are not UTF-8 match it too */
        if (p->steps[at].op == STEP_RUNE)
            buffer_add_rune(&prefix, p->steps[at].other);
        if (prefix.len > sizeof p->prefix)
            break;
        p->prefix_length = prefix.len;
        at = p->steps[at].next;
    }
    if (p->prefix_length > 0)
        memcpy(p->prefix, prefix.ptr, p->prefix_length);
    buffer_release(&prefix);
}

void regexp_program_compile(struct regexp_program *program, const struct regexp_tree *tree)
{
    memset(program, 0, sizeof *program);
    uint32_t match = add_step(program, STEP_MATCH, 0, 0);
    uint32_t end = add_step(program, STEP_CAPTURE, match, 1);
    program->start = compile(program, tree->root, end);
    find_prefix(program);
}

void regexp_program_release(struct regexp_program *program)
{
    memory_free(program->steps);
}
