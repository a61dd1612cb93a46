/*
 * template_set.h - named templates
 *
 * The templates of a chart and its subcharts share one namespace; a set maps names to trees. A set can stand on a
 * parent: names not found here are looked up there, which is how the text of a `tpl` call sees every template of the
 * chart while its own definitions stay its own. A set lives in the arena given; once rendering starts it is read only,
 * so releases and threads share it.
 */
#ifndef YARE_TEMPLATE_TEMPLATE_SET_H
#define YARE_TEMPLATE_TEMPLATE_SET_H

#include "template/parse.h"

struct template_set;

/* An empty set on `parent`, which may be null. */
struct template_set *template_set_new(struct arena *a, const struct template_set *parent,
                                      const struct function_table *functions);

/* Parses a file into the set. A tree replaces an older one of its name unless it is empty and the older is not. The
   file's own tree is returned in *tree (null to ignore), whether or not the set took it. */
bool template_set_parse(struct template_set *set, struct slice name, struct slice text, const struct source *source,
                        struct tree **tree, struct diag *diag);

/* Adds what was parsed from the same text under any name, as if it were parsed now; nodes are shared and must live as
   long as the set. False, with nothing added, where that may not be the same: the text defines its own name. */
bool template_set_add(struct template_set *set, struct slice name, const struct source *source,
                      const struct parse_result *parsed);

/* The tree of that name, or null. */
const struct tree *template_set_find(const struct template_set *set, struct slice name);

/* The same for a caller that has the name's hash_slice. */
const struct tree *template_set_find_hashed(const struct template_set *set, struct slice name, uint64_t hash);

/* Whether any template of the set, parents not asked, calls a function that changes maps. */
bool template_set_mutates(const struct template_set *set);

const struct function_table *template_set_functions(const struct template_set *set);

#endif
