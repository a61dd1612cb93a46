/*
 * library.c - all template functions under their names, in an open-addressed table
 */
#include "funcs/library.h"

#include "base/hash.h"
#include "funcs/groups.h"

enum {
    SLOTS = 1024 /* a power of two, well above the number of functions */
};

struct library {
    struct function_table table; /* first: the parser holds a pointer to it */
    const struct function *slots[SLOTS];
};

static const struct function *const groups[] = {
    functions_builtins, functions_strings,    functions_cases,      functions_lists,        functions_dicts,
    functions_math,     functions_defaults,   functions_reflection, functions_encoding,     functions_conversion,
    functions_dates,    functions_crypto,     functions_random,     functions_certificates, functions_regex,
    functions_semver,   functions_paths,      functions_helm,
};

/* Functions that Helm 4 has and Helm 3.17 has not. */
static const char *const only_helm4[] = {"mustToYaml"};

static bool is_left_out(const char *name, enum library_kind kind)
{
    for (size_t i = 0; i < sizeof only_helm4 / sizeof only_helm4[0]; i++) {
        if (kind == LIBRARY_HELM3 && strcmp(name, only_helm4[i]) == 0)
            return true;
    }
    return false;
}

static size_t slot_of(const struct library *library, struct slice name)
{
    size_t at = hash_slice(name) & (SLOTS - 1);
    while (library->slots[at] && !slice_is(name, library->slots[at]->name))
        at = (at + 1) & (SLOTS - 1);
    return at;
}

static const struct function *find(const struct function_table *table, struct slice name)
{
    const struct library *library = (const struct library *)table;
    return library->slots[slot_of(library, name)];
}

const struct function_table *library_new(struct arena *a, enum library_kind kind)
{
    struct library *library = ARENA_NEW(a, struct library);
    size_t count = kind == LIBRARY_BUILTINS ? 1 : sizeof groups / sizeof groups[0]; /* they stand first */
    library->table.find = find;
    for (size_t g = 0; g < count; g++) {
        for (const struct function *f = groups[g]; f->name; f++) {
            if (!is_left_out(f->name, kind))
                library->slots[slot_of(library, slice_text(f->name))] = f;
        }
    }
    return &library->table;
}
