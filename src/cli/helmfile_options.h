/*
 * helmfile_options.h - options and first steps that helmfile's commands share
 *
 * Helmfile takes its options before and after the command's name, so one table serves all commands.
 */
#ifndef YARE_CLI_HELMFILE_OPTIONS_H
#define YARE_CLI_HELMFILE_OPTIONS_H

#include "cli/command.h"
#include "cli/options.h"
#include "project/plan.h"

struct helmfile_command {
    /* of every command */
    struct slice file;
    struct slice environment;
    struct slice name_space;
    struct slice kube_context;
    struct slice chart;
    struct slice log_level;
    struct text_list selectors;
    struct text_list state_values_files;
    struct text_list state_values_set;
    struct text_list state_values_set_string;
    bool quiet;
    bool debug;
    bool allow_no_match;
    bool allow_exec;
    bool is_v0;
    bool version;
    bool help;
    /* of those that render */
    struct text_list set;
    struct text_list values;
    struct text_list show_only;
    struct slice kube_version;
    struct slice output_dir;
    struct slice output_dir_template;
    struct slice output_file_template;
    struct slice output;
    bool include_crds;
    bool skip_tests;
    bool no_hooks;
    bool skip_schema;
    bool skip_deps;
    bool skip_needs;
    bool include_needs;
    bool include_transitive_needs;
    bool enforce_installed;
    bool embed_values;
    bool write_output;
    bool validate;
    struct slice refused_args;
    struct slice refused_template_args;
    struct slice refused_post_renderer;
    struct text_list words; /* the command's name and what follows it */
    uint64_t concurrency;
};

/* The table with the struct's members as targets, in the arena; sets the members that are true by default. */
const struct option *helmfile_table(struct arena *a, struct helmfile_command *o);

/* Helmfile's commands, each with the options read and the program in the state file's folder. */
typedef int helmfile_run_fn(struct context *c, const struct helmfile_command *o);
helmfile_run_fn helmfile_template, helmfile_list, helmfile_build, helmfile_show_dag, helmfile_print_env,
    helmfile_write_values, helmfile_version, helmfile_lint, helmfile_deps, helmfile_fetch, helmfile_cache,
    helmfile_repos;

/* Finds the state file, or the folder of several, and fills in what the options mean for a plan; of a single file the
   program goes to its folder, as Helmfile does. */
bool helmfile_enter(struct context *c, const struct helmfile_command *o, struct plan_options *options,
                    struct slice *path);

/* Ends a command: prints the diagnostics; where nothing failed and no release was found that is an error of its own,
   unless the user allows it. */
int helmfile_finish(struct context *c, const struct helmfile_command *o, bool ok, bool found);

/* Calls `found` for each state. */
bool helmfile_each_state(struct context *c, const struct helmfile_command *o, helmfile_visit_fn *found, void *context,
                         struct helmfile *h);

#endif
