/*
 * options.h - command lines from tables
 *
 * An option is one row: from it come parsing, usage and help. Parsing follows the conventions of the programs yare
 * stands in for (GNU long options, bundled letters, options and arguments in any order, "--" ends options), with their
 * error texts. Targets live on the caller's stack; texts are slices of argv.
 */
#ifndef YARE_CLI_OPTIONS_H
#define YARE_CLI_OPTIONS_H

#include "base/diag.h"

enum option_kind {
    OPTION_FLAG,    /* bool *: --x, --x=false */
    OPTION_TEXT,    /* struct slice *: the last one given counts */
    OPTION_TEXTS,   /* struct text_list *: each one given is kept */
    OPTION_COMMAS,  /* struct text_list *: each is a comma list (CSV quotes) */
    OPTION_NUMBER,  /* uint64_t * */
    OPTION_CHECKED, /* struct slice *, or no target: a text that the row's check looks at */
    OPTION_HELP     /* bool *: --help, -h */
};

/* Looks at a value; false with the reason appended where it is not acceptable. */
typedef bool option_check_fn(struct slice value, struct buffer *reason);

struct text_list {
    struct slice *items;
    size_t count;
    size_t cap;
};

struct option {
    const char *name; /* without dashes; null ends a table */
    char letter;      /* 0: none */
    enum option_kind kind;
    void *target;           /* null: accepted and without effect here */
    const char *argument;   /* name of the argument in help; null for flags */
    const char *help;       /* null: left out of help */
    const char *implied;    /* value where "--x" is given alone; null: an argument is needed (flags: "true") */
    const char *note;       /* printed as a warning when used (deprecation); may be null */
    option_check_fn *check; /* of OPTION_CHECKED */
};

struct option_result {
    struct text_list arguments; /* what is no option */
};

/* Parses argv[0..argc) by the tables (`count` of them). Memory comes from `a`. */
bool options_parse(struct arena *a, const struct option *const *tables, size_t count, int argc, char **argv,
                   struct option_result *result, struct diag *diag);

/* Reads a bool as Go's strconv.ParseBool does; false where the text is none. */
bool options_read_bool(struct slice text, bool *out);

/* Whether the word is an option whose value is the next word; unknown ones count as such. */
bool options_take_next(const struct option *const *tables, size_t count, struct slice word);

void text_list_add(struct arena *a, struct text_list *list, struct slice text);

/* Appends the help of the tables' rows, one or more lines each, in two columns. A row whose name an earlier table has
   is left out: that one is parsed. */
void options_write_help(const struct option *const *tables, size_t count, struct buffer *out);

#endif
