/*
 * regexp_program.h - a regular expression as a program, and the machine that runs it
 *
 * The program is a graph of steps; a fork prefers its first way, which makes matches leftmost-first. The machine runs
 * all ways at once, in order of preference, so its time is bounded by program length times text length.
 */
#ifndef YARE_GOLANG_REGEXP_PROGRAM_H
#define YARE_GOLANG_REGEXP_PROGRAM_H

#include "golang/regexp_syntax.h"

enum regexp_step_op {
    STEP_FAIL,
    STEP_MATCH,
    STEP_FORK,    /* to `next`, else to `other` */
    STEP_CAPTURE, /* the place becomes bound `other` */
    STEP_ASSERT,  /* assertion `other` holds here */
    STEP_RUNE,    /* the rune `other` */
    STEP_CLASS,
    STEP_ANY,
    STEP_ANY_NOT_NEWLINE
};

struct regexp_step {
    enum regexp_step_op op;
    uint32_t next;
    uint32_t other;
    const struct rune_class *class;
};

struct regexp_program {
    struct regexp_step *steps;
    size_t count;
    size_t capacity;
    uint32_t start;
    bool at_text_begin; /* matches only at the begin of the text */
    char prefix[32];    /* bytes that every match begins with */
    size_t prefix_length;
};

/* Compiles a tree; classes are shared with it. Released with regexp_program_release. */
void regexp_program_compile(struct regexp_program *program, const struct regexp_tree *tree);
void regexp_program_release(struct regexp_program *program);

struct regexp_machine;

/* A machine for the program, which must outlive it; used by one thread at a time. */
struct regexp_machine *regexp_machine_new(const struct regexp_program *program);
void regexp_machine_free(struct regexp_machine *machine);

/* Finds the leftmost-first match at or after `from`. `bound_count` bounds are kept (0: only whether there is one);
   those of groups that took no part are SIZE_MAX. */
bool regexp_machine_run(struct regexp_machine *machine, struct slice text, size_t from, size_t *bounds,
                        size_t bound_count);

#endif
