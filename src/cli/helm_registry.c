/*
 * helm_registry.c - `helm registry login` and `logout`
 */
#include "chart/log_line.h"
#include "chart/registry_chart.h"
#include "cli/helm_remote.h"
#include "cli/helm_subcommand.h"

#include <termios.h>
#include <unistd.h>

struct login_options {
    struct helm_global_options global;
    struct helm_remote_options remote;
    bool password_stdin;
    bool insecure;
    bool help;
};

/* One line of standard input, byte by byte: the next question reads the next one. */
static bool read_line(struct context *c, struct slice *line)
{
    struct buffer text = BUFFER_INIT;
    char byte;
    ssize_t got;
    while ((got = read(STDIN_FILENO, &byte, 1)) == 1 && byte != '\n')
        buffer_add_char(&text, byte);
    bool ended = got != 1 && text.len == 0;
    *line = buffer_move(&text, c->arena);
    if (slice_ends(*line, SLICE("\r")))
        line->len--;
    return !ended || diag_error(c->diag, "EOF");
}

static bool ask(struct context *c, const char *prompt, struct slice *answer)
{
    return context_print(c, slice_text(prompt)) && read_line(c, answer);
}

/* The same without showing what is typed. */
static bool ask_silently(struct context *c, const char *prompt, struct slice *answer)
{
    struct termios shown;
    struct termios hidden;
    if (!context_print(c, slice_text(prompt)))
        return false;
    if (tcgetattr(STDIN_FILENO, &shown) != 0)
        return diag_error(c->diag, "inappropriate ioctl for device");
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool ok = read_line(c, answer);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    return ok && context_print(c, SLICE("\n"));
}

static bool ask_for_rest(struct context *c, struct remote_options *r)
{
    if (!r->username.len) {
        if (!ask(c, "Username: ", &r->username))
            return false;
        r->username = slice_trim(r->username);
    }
    bool token = !r->username.len;
    if (!ask_silently(c, token ? "Token: " : "Password: ", &r->password))
        return false;
    return r->password.len || diag_error(c->diag, token ? "token required" : "password required");
}

static bool read_credentials(struct context *c, struct login_options *o)
{
    struct remote_options *r = &o->remote.remote;
    if (o->password_stdin)
        return helm_read_password(c, &r->password);
    if (!r->password.len)
        return ask_for_rest(c, r);
    log_line(c->diag, DIAG_WARNING, "using --password via the CLI is insecure. Use --password-stdin", NULL, 0);
    return true;
}

static void warn_of_path(struct context *c, struct slice host)
{
    size_t slash = slice_find_char(host, '/');
    struct log_pair pairs[] = {{"host", host}, {"suggested", slice_part(host, 0, slash)}};
    if (slash < host.len)
        log_line(c->diag, DIAG_WARNING,
                 "registry login currently only supports registry hostname, not a repository path", pairs, 2);
}

static bool login(struct context *c, struct login_options *o, struct slice host)
{
    struct remote_options *r = &o->remote.remote;
    struct credential credential;
    struct oci_client *client;
    if (!read_credentials(c, o))
        return false;
    warn_of_path(c, host);
    if (!oci_registry_check(c->arena, host, c->diag))
        return false;
    r->http.insecure = o->insecure;
    struct oci_options options = registry_options(r);
    options.plain_http = r->plain_http;
    if (!oci_client_new(&options, &client, c->diag))
        return false;
    bool ok = oci_ping(client, c->arena, host, c->diag);
    oci_client_free(client);
    if (!ok) {
        diag_prefix(c->diag, "authenticating to \"%.*s\": ", SLICE_ARG(host));
        return false;
    }
    credential = (struct credential){.username = r->username, .password = r->password};
    if (!credentials_store(c->arena, r->paths.registry_config, host, &credential, c->diag))
        return false;
    context_say(c, SLICE("Login Succeeded"));
    return true;
}

static int registry_login(struct context *c)
{
    static const char usage[] = "registry login [host]";
    struct login_options o;
    struct option_result result;
    memset(&o, 0, sizeof o);
    const struct option *reach = helm_remote_table(c, &o.remote, false);
    struct remote_options *r = &o.remote.remote;
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o.help, .help = "this text"},
        {.name = "insecure",
         .kind = OPTION_FLAG,
         .target = &o.insecure,
         .help = "do not check the registry's certificate"},
        {.name = "password",
         .letter = 'p',
         .kind = OPTION_TEXT,
         .target = &r->password,
         .argument = "text",
         .help = "password at the registry"},
        {.name = "password-stdin",
         .kind = OPTION_FLAG,
         .target = &o.password_stdin,
         .help = "read the password from standard input"},
        {.name = "username",
         .letter = 'u',
         .kind = OPTION_TEXT,
         .target = &r->username,
         .argument = "name",
         .help = "name at the registry"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, reach, helm_global_table(c->arena, &o.global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &o.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (o.help)
        return helm_help(c, usage, "Keeps name and password for a registry.", tables, count);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_LEAST, 1) &&
              helm_remote_apply(c, &o.global, &o.remote) && login(c, &o, result.arguments.items[0]);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

static int registry_logout(struct context *c)
{
    static const char usage[] = "registry logout [host]";
    struct helm_global_options global = {.debug = false};
    struct helm_remote_options remote;
    struct option_result result;
    bool help = false;
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &help, .help = "this text"},
        {.name = NULL},
    };
    helm_remote_table(c, &remote, false);
    const struct option *tables[] = {own, helm_global_table(c->arena, &global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &global, &result))
        return context_finish(c, EXIT_FAILED);
    if (help)
        return helm_help(c, usage, "Forgets name and password for a registry.", tables, count);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_LEAST, 1) &&
              helm_remote_apply(c, &global, &remote) &&
              credentials_erase(c->arena, remote.remote.paths.registry_config, result.arguments.items[0], c->diag);
    if (ok)
        context_say(c, arena_printf(c->arena, "Removing login credentials for %.*s",
                                    SLICE_ARG(result.arguments.items[0])));
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

static const struct command commands[] = {
    {"login", registry_login, "login to a registry"},
    {"logout", registry_logout, "logout from a registry"},
    {NULL, NULL, NULL},
};

int helm_registry(struct context *c)
{
    return helm_subcommand(c, "registry", "Logs in to registries, and out.", commands);
}
