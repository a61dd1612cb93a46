/*
 * helm_repo.c - `helm repo add`, `list`, `update`, `remove` and `index`
 */
#include "base/file.h"
#include "chart/repository_directory.h"
#include "chart/text_table.h"
#include "cli/helm_remote.h"
#include "cli/helm_subcommand.h"
#include "codec/json_write.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "golang/strconv.h"
#include "golang/time_format.h"

#include <stdio.h>

/* A command's options that all of these have. */
struct repo_options {
    struct helm_global_options global;
    struct helm_remote_options remote;
    struct slice timeout;
    bool help;
};

/* Parses and applies; false: the command is over and *code is what it gives. */
static bool begin(struct context *c, struct repo_options *o, const struct option *own, const char *usage,
                  const char *summary, struct option_result *result, int *code)
{
    const struct option common[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o->help, .help = "this text"},
        {.name = NULL},
    };
    struct remote_options *r = &o->remote.remote;
    const struct option *tables[] = {own, common, helm_global_table(c->arena, &o->global)};
    size_t count = sizeof tables / sizeof tables[0];
    struct slice error;
    *code = EXIT_FAILED;
    bool ok = helm_parse(c, tables, count, &o->global, result);
    if (ok && o->help) {
        *code = helm_help(c, usage, summary, tables, count);
        return false;
    }
    if (ok && o->timeout.len && !go_parse_duration(c->arena, o->timeout, &r->http.timeout, &error)) {
        struct buffer quoted = BUFFER_INIT;
        go_quote(&quoted, o->timeout);
        ok = diag_error(c->diag, "invalid argument %.*s for \"--timeout\" flag: %.*s",
                        SLICE_ARG(buffer_slice(&quoted)), SLICE_ARG(error));
        buffer_release(&quoted);
    }
    ok = ok && helm_remote_apply(c, &o->global, &o->remote);
    if (!ok)
        *code = context_finish(c, EXIT_FAILED);
    return ok;
}

static void print_quoted(struct context *c, struct slice name, const char *after)
{
    struct buffer text = BUFFER_INIT;
    go_quote(&text, name);
    buffer_add_text(&text, after);
    context_print(c, buffer_slice(&text));
    buffer_release(&text);
}

/* --- add ------------------------------------------------------------------------------------------------------ */

struct add_options {
    struct repo_options common;
    struct chart_repository repository;
    bool password_stdin;
    bool force;
    bool allow_deprecated;
};

static bool check_deprecated(struct context *c, struct slice url)
{
    static const char *const gone[][2] = {
        {"//kubernetes-charts.storage.googleapis.com", "https://charts.helm.sh/stable"},
        {"//kubernetes-charts-incubator.storage.googleapis.com", "https://charts.helm.sh/incubator"},
    };
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        if (slice_find(url, slice_text(gone[i][0])) < url.len)
            return diag_error(c->diag, "repo \"%.*s\" is no longer available; try \"%s\" instead", SLICE_ARG(url),
                              gone[i][1]);
    }
    return true;
}

static bool complete_password(struct context *c, struct add_options *o)
{
    struct chart_repository *r = &o->repository;
    if (!r->username.len || r->password.len)
        return true;
    if (o->password_stdin)
        return helm_read_password(c, &r->password);
    context_print(c, SLICE("Password: \n"));
    return diag_error(c->diag, "inappropriate ioctl for device");
}

static bool add_locked(struct context *c, struct add_options *o)
{
    const struct remote_options *remote = &o->common.remote.remote;
    struct chart_repository *r = &o->repository;
    struct repositories known;
    if (!repositories_read(c->arena, remote->paths.repository_config, &known, c->diag) || !complete_password(c, o))
        return false;
    if (slice_find_char(r->name, '/') < r->name.len)
        return diag_error(c->diag, "repository name (%.*s) contains '/', please specify a different name without '/'",
                          SLICE_ARG(r->name));
    const struct chart_repository *existing = repositories_find(&known, r->name);
    if (existing && !o->force) {
        if (!repository_equals(existing, r))
            return diag_error(c->diag, "repository name (%.*s) already exists, please specify a different name",
                              SLICE_ARG(r->name));
        print_quoted(c, r->name, " already exists with the same configuration, skipping\n");
        return true;
    }
    if (!repository_check_url(c->arena, r->url, c->diag))
        return false;
    if (!repository_update(r, remote, c->diag)) {
        diag_prefix(c->diag, "looks like \"%.*s\" is not a valid chart repository or cannot be reached: ",
                    SLICE_ARG(r->url));
        return false;
    }
    repositories_set(c->arena, &known, r);
    if (!repositories_write(c->arena, remote->paths.repository_config, &known, c->diag))
        return false;
    print_quoted(c, r->name, " has been added to your repositories\n");
    return true;
}

static bool add(struct context *c, struct add_options *o)
{
    struct file_lock lock = FILE_LOCK_INIT;
    if (!o->allow_deprecated && !check_deprecated(c, o->repository.url))
        return false;
    if (!repositories_lock(c->arena, o->common.remote.remote.paths.repository_config, &lock, c->diag))
        return false;
    bool ok = add_locked(c, o);
    file_lock_release(&lock);
    return ok;
}

static int repo_add(struct context *c)
{
    static const char usage[] = "repo add [NAME] [URL]";
    struct add_options o;
    struct option_result result;
    int code;
    memset(&o, 0, sizeof o);
    helm_remote_table(c, &o.common.remote, false);
    struct chart_repository *r = &o.repository;
    const struct option own[] = {
        {.name = "allow-deprecated-repos", .kind = OPTION_FLAG, .target = &o.allow_deprecated},
        {.name = "ca-file", .kind = OPTION_TEXT, .target = &r->ca_file, .argument = "file"},
        {.name = "cert-file", .kind = OPTION_TEXT, .target = &r->cert_file, .argument = "file"},
        {.name = "force-update",
         .kind = OPTION_FLAG,
         .target = &o.force,
         .help = "replace a repository of the same name"},
        {.name = "insecure-skip-tls-verify", .kind = OPTION_FLAG, .target = &r->insecure},
        {.name = "key-file", .kind = OPTION_TEXT, .target = &r->key_file, .argument = "file"},
        {.name = "pass-credentials",
         .kind = OPTION_FLAG,
         .target = &r->pass_credentials,
         .help = "name and password go to other hosts too"},
        {.name = "password", .kind = OPTION_TEXT, .target = &r->password, .argument = "text"},
        {.name = "password-stdin",
         .kind = OPTION_FLAG,
         .target = &o.password_stdin,
         .help = "read the password from standard input"},
        {.name = "timeout",
         .kind = OPTION_TEXT,
         .target = &o.common.timeout,
         .argument = "duration",
         .help = "how long to wait for the index (default 2m0s)"},
        {.name = "username", .kind = OPTION_TEXT, .target = &r->username, .argument = "name"},
        {.name = NULL},
    };
    if (!begin(c, &o.common, own, usage, "Names a chart repository.", &result, &code))
        return code;
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_EXACTLY, 2);
    if (ok) {
        r->name = result.arguments.items[0];
        r->url = result.arguments.items[1];
        ok = add(c, &o);
    }
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/* --- list ----------------------------------------------------------------------------------------------------- */

static struct value list_to_value(struct arena *a, const struct repositories *known)
{
    struct list *list = list_new(a, (uint32_t)known->count);
    for (size_t i = 0; i < known->count; i++) {
        struct map *map = map_new(a, 2);
        map_append(map, SLICE("name"), value_string(known->items[i]->name));
        map_append(map, SLICE("url"), value_string(known->items[i]->url));
        list_add(a, list, value_map(map));
    }
    return value_list(list);
}

static void write_table(struct context *c, const struct repositories *known, bool headers, struct buffer *out)
{
    struct text_table table;
    text_table_init(&table, c->arena, 2);
    if (headers)
        text_table_add(&table, (struct slice[]){SLICE("NAME"), SLICE("URL")});
    for (size_t i = 0; i < known->count; i++)
        text_table_add(&table, (struct slice[]){known->items[i]->name, known->items[i]->url});
    text_table_write(&table, out);
}

static bool list(struct context *c, const struct repo_options *o, struct slice format, bool headers)
{
    struct repositories known;
    struct diag ignored;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    bool table = slice_is(format, "table");
    bool json = slice_is(format, "json");
    if (!table && !json && !slice_is(format, "yaml"))
        return diag_error(c->diag, "invalid argument \"%.*s\" for \"-o, --output\" flag: invalid format type",
                          SLICE_ARG(format));
    diag_init(&ignored);
    if (!repositories_read(c->arena, o->remote.remote.paths.repository_config, &known, &ignored))
        known.count = 0;
    diag_release(&ignored);
    if (known.count == 0 && table) {
        fputs("no repositories to show\n", stderr);
        return true;
    }
    if (table)
        write_table(c, &known, headers, &out);
    else if (json)
        json_write(&out, list_to_value(c->arena, &known), NULL, c->arena, &error);
    else
        yaml_write(&out, list_to_value(c->arena, &known), c->arena, &error);
    if (json)
        buffer_add_char(&out, '\n');
    bool ok = context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

static int repo_list(struct context *c)
{
    static const char usage[] = "repo list";
    struct repo_options o;
    struct option_result result;
    struct slice format = SLICE("table");
    bool no_headers = false;
    int code;
    memset(&o, 0, sizeof o);
    helm_remote_table(c, &o.remote, false);
    const struct option own[] = {
        {.name = "no-headers", .kind = OPTION_FLAG, .target = &no_headers, .help = "leave the table's head out"},
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &format,
         .argument = "table|json|yaml",
         .help = "form of the list (default table)"},
        {.name = NULL},
    };
    if (!begin(c, &o, own, usage, "Lists the chart repositories.", &result, &code))
        return code;
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_MOST, 0) && list(c, &o, format, !no_headers);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/* --- update --------------------------------------------------------------------------------------------------- */

struct updating {
    struct context *c;
    struct buffer failed; /* URLs between blanks */
};

static void report_update(void *context, const struct chart_repository *r, const struct slice *error)
{
    struct updating *u = context;
    struct buffer line = BUFFER_INIT;
    buffer_add_text(&line, error ? "...Unable to get an update from the " : "...Successfully got an update from the ");
    go_quote(&line, r->name);
    buffer_add_text(&line, " chart repository");
    if (error) {
        buffer_printf(&line, " (%.*s):\n\t%.*s", SLICE_ARG(r->url), SLICE_ARG(*error));
        if (u->failed.len)
            buffer_add_char(&u->failed, ' ');
        buffer_add(&u->failed, r->url);
    }
    buffer_add_char(&line, '\n');
    context_print(u->c, buffer_slice(&line));
    buffer_release(&line);
}

static bool is_named(const struct text_list *names, struct slice name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (slice_equal(names->items[i], name))
            return true;
    }
    return names->count == 0;
}

/* Those that are meant. */
static bool select_repositories(struct context *c, const struct repositories *known, const struct text_list *names,
                                struct chart_repository **selected, size_t *count)
{
    for (size_t i = 0; i < names->count; i++) {
        if (!repositories_find(known, names->items[i]))
            return diag_error(c->diag, "no repositories found matching '%.*s'.  Nothing will be updated",
                              SLICE_ARG(names->items[i]));
    }
    for (size_t i = 0; i < known->count; i++) {
        struct chart_repository *r = known->items[i];
        if (!r || !is_named(names, r->name))
            continue;
        if (!repository_check_url(c->arena, r->url, c->diag))
            return false;
        selected[(*count)++] = r;
    }
    return true;
}

static bool update(struct context *c, const struct repo_options *o, const struct text_list *names)
{
    const struct remote_options *remote = &o->remote.remote;
    struct repositories known;
    struct updating u = {.c = c};
    size_t count = 0;
    if (!repositories_read(c->arena, remote->paths.repository_config, &known, c->diag)) {
        diag_prefix(c->diag, "failed loading file: %s: ", remote->paths.repository_config);
        return false;
    }
    if (known.count == 0)
        return diag_error(c->diag, "no repositories found. You must add one before updating");
    struct chart_repository **selected = ARENA_ARRAY(c->arena, struct chart_repository *, known.count);
    if (!select_repositories(c, &known, names, selected, &count))
        return false;
    context_print(c, SLICE("Hang tight while we grab the latest from your chart repositories...\n"));
    repository_update_all(selected, count, remote, report_update, &u, c->diag);
    bool ok = u.failed.len == 0;
    if (ok)
        context_print(c, SLICE("Update Complete. \u2388Happy Helming!\u2388\n"));
    else
        diag_error(c->diag, "failed to update the following repositories: [%.*s]",
                   SLICE_ARG(buffer_slice(&u.failed)));
    buffer_release(&u.failed);
    return ok;
}

static int repo_update(struct context *c)
{
    static const char usage[] = "repo update [REPO1 [REPO2 ...]]";
    struct repo_options o;
    struct option_result result;
    int code;
    memset(&o, 0, sizeof o);
    helm_remote_table(c, &o.remote, false);
    const struct option own[] = {
        {.name = "timeout",
         .kind = OPTION_TEXT,
         .target = &o.timeout,
         .argument = "duration",
         .help = "how long to wait for an index (default 2m0s)"},
        {.name = NULL},
    };
    if (!begin(c, &o, own, usage, "Fetches the indexes of chart repositories.", &result, &code))
        return code;
    return context_finish(c, update(c, &o, &result.arguments) ? EXIT_DONE : EXIT_FAILED);
}

/* --- remove --------------------------------------------------------------------------------------------------- */

static bool remove_one(struct context *c, const struct helm_paths *paths, struct repositories *known,
                       struct slice name)
{
    if (!repositories_remove(known, name))
        return diag_error(c->diag, "no repo named \"%.*s\" found", SLICE_ARG(name));
    if (!repositories_write(c->arena, paths->repository_config, known, c->diag) ||
        !repository_forget(c->arena, paths, name, c->diag))
        return false;
    print_quoted(c, name, " has been removed from your repositories\n");
    return true;
}

static bool remove_locked(struct context *c, const struct helm_paths *paths, const struct text_list *names)
{
    struct repositories known;
    if (!repositories_read(c->arena, paths->repository_config, &known, c->diag))
        return false;
    if (known.count == 0)
        return diag_error(c->diag, "no repositories configured");
    for (size_t i = 0; i < names->count; i++) {
        if (!remove_one(c, paths, &known, names->items[i]))
            return false;
    }
    return true;
}

static int repo_remove(struct context *c)
{
    static const char usage[] = "repo remove [REPO1 [REPO2 ...]]";
    static const struct option none[] = {{.name = NULL}};
    struct repo_options o;
    struct option_result result;
    struct file_lock lock = FILE_LOCK_INIT;
    int code;
    memset(&o, 0, sizeof o);
    helm_remote_table(c, &o.remote, false);
    if (!begin(c, &o, none, usage, "Forgets chart repositories.", &result, &code))
        return code;
    const struct helm_paths *paths = &o.remote.remote.paths;
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_LEAST, 1) &&
              (!file_exists(paths->repository_config) || repositories_lock(c->arena, paths->repository_config, &lock, c->diag)) &&
              remove_locked(c, paths, &result.arguments);
    file_lock_release(&lock);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/* --- index ---------------------------------------------------------------------------------------------------- */

struct index_options {
    struct repo_options common;
    struct slice url;
    struct slice merge;
    bool json;
};

static bool write_index(struct context *c, const struct repository_index *index, const char *file, bool json)
{
    struct buffer text = BUFFER_INIT;
    const char *folder = arena_text(c->arena, file_folder(slice_text(file)));
    bool ok = file_is_directory(folder) || diag_error(c->diag, "open %s: no such file or directory", file);
    ok = ok && repository_index_write(&text, index, json, c->arena, c->diag) &&
         file_write(file, buffer_slice(&text), NULL, c->diag);
    buffer_release(&text);
    return ok;
}

static bool merge_index(struct context *c, const struct index_options *o, struct repository_index *index)
{
    struct repository_index other;
    const char *file = arena_text(c->arena, o->merge);
    if (!file_exists(file)) {
        repository_index_init(&other, helm_now(c->arena));
        write_index(c, &other, file, o->json);
    } else if (!repository_index_load(c->arena, file, &other, c->diag)) {
        diag_prefix(c->diag, "merge failed: ");
        return false;
    }
    repository_index_merge(c->arena, index, &other);
    return true;
}

static bool make_index(struct context *c, const struct index_options *o, struct slice folder)
{
    struct repository_index index;
    const char *path = arena_text(c->arena, go_path_abs(c->arena, folder));
    struct slice now = helm_now(c->arena);
    if (!repository_index_directory(c->arena, path, o->url, now, c->sources, &index, c->diag) ||
        (o->merge.len && !merge_index(c, o, &index)))
        return false;
    repository_index_sort(&index);
    return write_index(c, &index, file_join(c->arena, slice_text(path), SLICE("index.yaml")), o->json);
}

static int repo_index(struct context *c)
{
    static const char usage[] = "repo index [DIR]";
    struct index_options o;
    struct option_result result;
    int code;
    memset(&o, 0, sizeof o);
    helm_remote_table(c, &o.common.remote, false);
    const struct option own[] = {
        {.name = "json", .kind = OPTION_FLAG, .target = &o.json, .help = "write JSON"},
        {.name = "merge",
         .kind = OPTION_TEXT,
         .target = &o.merge,
         .argument = "file",
         .help = "index whose entries are kept beside the new ones"},
        {.name = "url",
         .kind = OPTION_TEXT,
         .target = &o.url,
         .argument = "url",
         .help = "where the folder will be found"},
        {.name = NULL},
    };
    if (!begin(c, &o.common, own, usage, "Writes the index of a folder of packed charts.", &result, &code))
        return code;
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_EXACTLY, 1) &&
              make_index(c, &o, result.arguments.items[0]);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

/* -------------------------------------------------------------------------------------------------------------- */

static const struct command commands[] = {
    {"add", repo_add, "add a chart repository"},
    {"index", repo_index, "generate an index file given a directory containing packaged charts"},
    {"list", repo_list, "list chart repositories"},
    {"ls", repo_list, NULL},
    {"remove", repo_remove, "remove one or more chart repositories"},
    {"rm", repo_remove, NULL},
    {"update", repo_update, "update information of available charts locally from chart repositories"},
    {"up", repo_update, NULL},
    {NULL, NULL, NULL},
};

int helm_repo(struct context *c)
{
    return helm_subcommand(c, "repo", "Keeps a list of chart repositories.", commands);
}
