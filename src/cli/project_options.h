/*
 * project_options.h - options that yare's own commands share: which project, environment and releases
 */
#ifndef YARE_CLI_PROJECT_OPTIONS_H
#define YARE_CLI_PROJECT_OPTIONS_H

#include "cli/helm_options.h"
#include "project/plan.h"

struct project_options {
    struct slice environment;
    struct slice name;
    struct slice name_space;
    struct slice helm_version;
    struct slice kube_version;
    struct text_list selectors;
    struct text_list api_versions;
    struct text_list state_values_files;
    struct text_list state_values_set;
    struct text_list state_values_set_string;
    struct helm_value_options values;
    bool allow_exec;
    bool skip_schema;
    uint64_t threads;
    bool help;
};

/* The row of --color, whose text goes to `slot`; terminal_colour says what it means. */
#define PROJECT_COLOUR(slot) \
    {.name = "color", \
     .kind = OPTION_TEXT, \
     .target = (slot), \
     .argument = "auto|always|never", \
     .help = "colours (default auto: on a terminal, unless NO_COLOR is set)"}

/* The table of those options, without those of values, in the arena. */
const struct option *project_table(struct arena *a, struct project_options *o);

/* What the options mean for a plan; it shares their texts. */
bool project_plan_options(struct context *c, const struct project_options *o, struct plan_options *out);

/* Puts these values in the place of those that the options gave. */
void project_set_values(struct plan_options *out, const struct helm_value_options *values);

/* Whether something that can be rendered lies at the path. */
bool project_is_at(struct context *c, struct slice path);

/* The environments to look at: those that were named, or all that the state file at the path has; where it has none, or
   something else lies there, the one of the options. */
bool project_environments(struct context *c, struct slice path, const struct plan_options *options,
                          const struct text_list *named, struct helmfile_texts *out);

/* Prints the help of one of yare's commands. */
int project_help(struct context *c, const char *usage, const char *summary, const struct option *const *tables,
                 size_t count);

/* The one argument that is a path, "." where there is none. False, with an error, where there are more than `most`. */
bool project_path(struct context *c, const struct text_list *arguments, size_t most, struct slice *path);

#endif
