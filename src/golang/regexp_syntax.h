/*
 * regexp_syntax.h - a regular expression as a tree
 *
 * The grammar is that of Go's regexp/syntax with Perl flags. Nodes live in the arena given, names share the pattern.
 */
#ifndef YARE_GOLANG_REGEXP_SYNTAX_H
#define YARE_GOLANG_REGEXP_SYNTAX_H

#include "golang/rune_class.h"

enum regexp_op {
    REGEXP_EMPTY,          /* the empty text */
    REGEXP_LITERAL,        /* one rune */
    REGEXP_CLASS,          /* one rune of a class */
    REGEXP_ANY,            /* any rune */
    REGEXP_ANY_NOT_NEWLINE,
    REGEXP_ASSERT,         /* a place: see enum regexp_assertion */
    REGEXP_CAPTURE,
    REGEXP_REPEAT,         /* min to max times, max -1 without end; also * + ? */
    REGEXP_CONCAT,
    REGEXP_ALTERNATE,
    REGEXP_LEFT_PAREN,     /* these two stand on the parser's stack only */
    REGEXP_VERTICAL_BAR
};

enum regexp_assertion {
    ASSERT_BEGIN_LINE = 1,
    ASSERT_END_LINE = 2,
    ASSERT_BEGIN_TEXT = 4,
    ASSERT_END_TEXT = 8,
    ASSERT_WORD_BOUNDARY = 16,
    ASSERT_NO_WORD_BOUNDARY = 32
};

struct regexp_node {
    enum regexp_op op;
    bool non_greedy;            /* of a repetition */
    bool counted;               /* of a repetition: written {n,m} */
    bool nullable;              /* can match the empty text, as Go's compiler reckons it */
    uint32_t rune;              /* of a literal */
    enum regexp_assertion assertion;
    const struct rune_class *class; /* also of a literal whose case does not matter */
    int min;
    int max;
    size_t capture;             /* number of the group, from 1; 0: not capturing */
    struct slice name;          /* of the group */
    unsigned flags;             /* in force before a left parenthesis */
    struct regexp_node **subs;
    size_t sub_count;
    size_t height;
    uint64_t size;              /* instructions it will need */
};

struct regexp_tree {
    struct regexp_node *root;
    size_t group_count;         /* capturing groups */
    struct slice *names;        /* of the groups, from 1; entry 0 is empty */
};

/* Parses; on failure *error has Go's text. */
bool regexp_parse(struct arena *a, struct slice pattern, struct regexp_tree *tree, struct slice *error);

#endif
