/*
 * credentials.c - who one is to a registry
 */
#include "fetch/credentials.h"

#include "base/file.h"
#include "base/process.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "fetch/file_lock.h"
#include "golang/base64.h"
#include "value/value.h"

#include <stdlib.h>
#include <sys/stat.h>

enum {
    LOGIN_FILE_LIMIT = 1 << 24,
    LOCK_SECONDS = 30
};

bool credential_is_empty(const struct credential *c)
{
    return !c->username.len && !c->password.len && !c->identity_token.len && !c->registry_token.len;
}

/* --- files of logins ---------------------------------------------------------------------------------------- */

/* The file as a map; an empty one where there is no file. */
static bool read_logins(struct arena *a, const char *file, struct map **out, struct diag *diag)
{
    struct slice text;
    struct slice error;
    struct value v;
    size_t used;
    *out = map_new(a, 4);
    if (!file_exists(file))
        return true;
    if (!file_read(a, file, LOGIN_FILE_LIMIT, &text, diag)) {
        diag_prefix(diag, "failed to open config file at %s: ", file);
        return false;
    }
    if (!json_read_prefix(a, NULL, text, &v, &used, &error))
        return diag_error(diag, "failed to decode config file at %s: invalid config format: %.*s", file,
                          SLICE_ARG(error));
    if (!value_is_map(v))
        return diag_error(diag, "failed to decode config file at %s: invalid config format: json: cannot unmarshal "
                                "into Go value of type map[string]json.RawMessage", file);
    *out = v.map;
    return true;
}

static struct map *inner_map(const struct map *map, const char *key)
{
    struct value *v = map_find_text(map, key);
    return v && value_is_map(*v) ? v->map : map_nil();
}

static struct slice text_of(const struct map *map, const char *key)
{
    struct value *v = map_find_text(map, key);
    return v && value_is_string(*v) ? value_slice(*v) : SLICE("");
}

/* The host of an address that may have a scheme and a path, as old files write it. */
static struct slice address_host(struct slice address)
{
    size_t scheme = slice_find(address, SLICE("://"));
    if (scheme < address.len)
        address = slice_after(address, scheme + 3);
    return slice_part(address, 0, slice_find_char(address, '/'));
}

static struct map *find_login(const struct map *auths, struct slice key)
{
    struct value *exact = map_find(auths, key);
    for (uint32_t i = 0; !exact && i < auths->len; i++) {
        if (slice_equal(address_host(auths->entries[i].key), key))
            exact = &auths->entries[i].value;
    }
    return exact && value_is_map(*exact) ? exact->map : NULL;
}

static bool read_login(struct arena *a, const struct map *login, struct credential *out, struct diag *diag)
{
    struct slice decoded;
    size_t at;
    struct slice joined = text_of(login, "auth");
    *out = (struct credential){text_of(login, "username"), text_of(login, "password"), text_of(login, "identitytoken"),
                               text_of(login, "registrytoken")};
    if (!joined.len)
        return true;
    if (!go_base64_decode(a, joined, &decoded, &at))
        return diag_error(diag, "failed to decode auth field: invalid config format: illegal base64 data at input byte "
                                "%zu", at);
    size_t colon = slice_find_char(decoded, ':');
    if (colon == decoded.len)
        return diag_error(diag, "failed to decode auth field: invalid config format: it is not base64 of "
                                "username:password");
    out->username = slice_part(decoded, 0, colon);
    out->password = slice_after(decoded, colon + 1);
    return true;
}

/* Docker Hub's key is an address of its time. */
static struct slice login_key(struct slice registry)
{
    if (slice_is(registry, "docker.io") || slice_is(registry, "registry-1.docker.io"))
        return SLICE("https://index.docker.io/v1/");
    return registry;
}

static const char *docker_file(struct arena *a)
{
    const char *folder = getenv("DOCKER_CONFIG");
    const char *home = getenv("HOME");
    if (folder && *folder)
        return file_join(a, slice_text(folder), SLICE("config.json"));
    return home && *home ? file_join(a, slice_text(home), SLICE(".docker/config.json")) : NULL;
}

/* --- helpers ------------------------------------------------------------------------------------------------ */

/* The name of the program that keeps this registry's logins, or empty. */
static struct slice helper_of(const struct map *file, struct slice key)
{
    struct value *own = map_find(inner_map(file, "credHelpers"), key);
    return own && value_is_string(*own) ? value_slice(*own) : text_of(file, "credsStore");
}

static bool run_helper(struct arena *a, struct slice name, const char *action, struct slice input,
                       struct slice *output, struct diag *diag)
{
    struct slice program = arena_printf(a, "docker-credential-%.*s", SLICE_ARG(name));
    char *argv[] = {arena_text(a, program), arena_text(a, slice_text(action)), NULL};
    struct process_options options = {.argv = argv, .input = input};
    return process_run(a, &options, output, diag);
}

/* Asks the helper; one that knows nothing is no error. */
static bool ask_helper(struct arena *a, struct slice name, struct slice key, struct credential *out)
{
    struct diag ignored;
    struct slice text;
    struct slice error;
    struct value v;
    diag_init(&ignored);
    bool ok = run_helper(a, name, "get", key, &text, &ignored) && json_read(a, NULL, text, &v, &error, NULL) &&
              value_is_map(v);
    diag_release(&ignored);
    if (!ok)
        return false;
    struct slice user = text_of(v.map, "Username");
    struct slice secret = text_of(v.map, "Secret");
    if (slice_is(user, "<token>"))
        out->identity_token = secret;
    else
        *out = (struct credential){.username = user, .password = secret};
    return true;
}

static struct slice helper_input(struct arena *a, struct slice key, const struct credential *c)
{
    struct map *map = map_new(a, 3);
    struct buffer text = BUFFER_INIT;
    struct slice error;
    map_append(map, SLICE("ServerURL"), value_string(key));
    map_append(map, SLICE("Username"), value_string(c->identity_token.len ? SLICE("<token>") : c->username));
    map_append(map, SLICE("Secret"), value_string(c->identity_token.len ? c->identity_token : c->password));
    json_write(&text, value_map(map), NULL, a, &error); /* texts can always be written */
    return buffer_move(&text, a);
}

/* --- finding ------------------------------------------------------------------------------------------------ */

static bool find_in_file(struct arena *a, const char *file, struct slice key, struct credential *out,
                         struct diag *diag)
{
    struct map *logins;
    if (!file)
        return true;
    if (!read_logins(a, file, &logins, diag))
        return false;
    struct slice helper = helper_of(logins, key);
    if (helper.len) {
        ask_helper(a, helper, key, out);
        return true;
    }
    const struct map *login = find_login(inner_map(logins, "auths"), key);
    return !login || read_login(a, login, out, diag);
}

bool credentials_find(struct arena *a, const char *file, struct slice registry, struct credential *out,
                      struct diag *diag)
{
    struct slice key = login_key(registry);
    memset(out, 0, sizeof *out);
    if (!find_in_file(a, file, key, out, diag))
        return false;
    return !credential_is_empty(out) || find_in_file(a, docker_file(a), key, out, diag);
}

bool credentials_check(struct arena *a, const char *file, struct diag *diag)
{
    struct map *ignored;
    const char *docker = docker_file(a);
    return read_logins(a, file, &ignored, diag) && (!docker || read_logins(a, docker, &ignored, diag));
}

/* --- keeping ------------------------------------------------------------------------------------------------ */

static bool make_private_folder(struct arena *a, const char *file, struct diag *diag)
{
    const char *folder = arena_text(a, file_folder(slice_text(file)));
    bool existed = file_is_directory(folder);
    if (!file_make_directories(folder, diag)) {
        diag_prefix(diag, "failed to make directory %s: ", folder);
        return false;
    }
    if (!existed)
        chmod(folder, 0700);
    return true;
}

static bool write_logins(struct arena *a, const char *file, struct map *logins, struct diag *diag)
{
    struct json_write_options options = {.indent = "\t"};
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!json_write(&text, value_map(logins), &options, a, &error)) {
        buffer_release(&text);
        return diag_error(diag, "failed to marshal config: %.*s", SLICE_ARG(error));
    }
    bool ok = file_write_private(file, buffer_slice(&text), diag);
    if (!ok)
        diag_prefix(diag, "failed to save config file: ");
    buffer_release(&text);
    return ok;
}

/* Changes one login under the file's lock; null erases it. */
static bool change_login(struct arena *a, const char *file, struct slice key, const struct credential *c,
                         struct diag *diag)
{
    struct map *logins;
    if (!read_logins(a, file, &logins, diag))
        return false;
    struct slice helper = helper_of(logins, key);
    struct slice output;
    if (helper.len)
        return c ? run_helper(a, helper, "store", helper_input(a, key, c), &output, diag)
                 : run_helper(a, helper, "erase", key, &output, diag);
    struct map *changed = map_copy(a, logins);
    struct map *auths = map_copy(a, inner_map(logins, "auths"));
    if (c) {
        struct map *login = map_new(a, 1);
        struct slice joined = arena_printf(a, "%.*s:%.*s", SLICE_ARG(c->username), SLICE_ARG(c->password));
        if (c->username.len || c->password.len)
            map_set_text(login, "auth", value_string(go_base64_encode(a, joined)));
        map_set(auths, key, value_map(login));
    } else if (!map_remove(auths, key)) {
        return true;
    }
    map_set_text(changed, "auths", value_map(auths));
    return write_logins(a, file, changed, diag);
}

static bool change_locked(struct arena *a, const char *file, struct slice registry, const struct credential *c,
                          struct diag *diag)
{
    struct file_lock lock = FILE_LOCK_INIT;
    if (!c && !file_exists(file))
        return true;
    if (!make_private_folder(a, file, diag) ||
        !file_lock_acquire(&lock, arena_printf(a, "%s.lock", file).ptr, LOCK_SECONDS, diag))
        return false;
    bool ok = change_login(a, file, login_key(registry), c, diag);
    file_lock_release(&lock);
    return ok;
}

bool credentials_store(struct arena *a, const char *file, struct slice registry, const struct credential *credential,
                       struct diag *diag)
{
    return change_locked(a, file, registry, credential, diag);
}

bool credentials_erase(struct arena *a, const char *file, struct slice registry, struct diag *diag)
{
    return change_locked(a, file, registry, NULL, diag);
}
