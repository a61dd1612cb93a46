/*
 * repositories.c - repositories.yaml, the chart repositories that the user has named
 */
#include "chart/repositories.h"

#include "base/file.h"
#include "chart/struct_read.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "golang/url.h"

static const struct field repository_fields[] = {
    {"name", FIELD_TEXT, offsetof(struct chart_repository, name), NULL},
    {"url", FIELD_TEXT, offsetof(struct chart_repository, url), NULL},
    {"username", FIELD_TEXT, offsetof(struct chart_repository, username), NULL},
    {"password", FIELD_TEXT, offsetof(struct chart_repository, password), NULL},
    {"certFile", FIELD_TEXT, offsetof(struct chart_repository, cert_file), NULL},
    {"keyFile", FIELD_TEXT, offsetof(struct chart_repository, key_file), NULL},
    {"caFile", FIELD_TEXT, offsetof(struct chart_repository, ca_file), NULL},
    {"insecure_skip_tls_verify", FIELD_BOOL, offsetof(struct chart_repository, insecure), NULL},
    {"pass_credentials_all", FIELD_BOOL, offsetof(struct chart_repository, pass_credentials), NULL},
};

static const struct struct_type repository_type = {
    .name = "Entry",
    .size = sizeof(struct chart_repository),
    .fields = repository_fields,
    .field_count = sizeof repository_fields / sizeof repository_fields[0],
};

static const struct field file_fields[] = {
    {"apiVersion", FIELD_TEXT, offsetof(struct repositories, api_version), NULL},
    {"generated", FIELD_TIME, offsetof(struct repositories, generated), NULL},
    {"repositories", FIELD_STRUCTS, offsetof(struct repositories, items), &repository_type},
};

static const struct struct_type file_type = {
    .name = "File",
    .size = sizeof(struct repositories),
    .fields = file_fields,
    .field_count = sizeof file_fields / sizeof file_fields[0],
};

/* FIELD_STRUCTS fills a pointer and a count that stand side by side. */
_Static_assert(offsetof(struct repositories, count) == offsetof(struct repositories, items) + sizeof(void *),
               "items and count");

bool repositories_read(struct arena *a, const char *file, struct repositories *out, struct diag *diag)
{
    struct struct_read read = {.arena = a, .package = "repo"};
    struct slice text;
    memset(out, 0, sizeof *out);
    if (!file_exists(file))
        return true;
    out->exists = true;
    if (!file_read(a, file, 0, &text, diag)) {
        diag_prefix(diag, "couldn't load repositories file (%s): ", file);
        return false;
    }
    return struct_read_text(&read, &file_type, out, NULL, text, diag);
}

static struct value repository_to_value(struct arena *a, const struct chart_repository *r)
{
    struct map *map = map_new(a, 9);
    map_set_text(map, "name", value_string(r->name));
    map_set_text(map, "url", value_string(r->url));
    map_set_text(map, "username", value_string(r->username));
    map_set_text(map, "password", value_string(r->password));
    map_set_text(map, "certFile", value_string(r->cert_file));
    map_set_text(map, "keyFile", value_string(r->key_file));
    map_set_text(map, "caFile", value_string(r->ca_file));
    map_set_text(map, "insecure_skip_tls_verify", value_bool(r->insecure));
    map_set_text(map, "pass_credentials_all", value_bool(r->pass_credentials));
    return value_map(map);
}

bool repositories_write(struct arena *a, const char *file, const struct repositories *repositories,
                        struct diag *diag)
{
    struct map *map = map_new(a, 3);
    struct list *list = list_new(a, (uint32_t)repositories->count);
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct slice generated = repositories->generated;
    for (size_t i = 0; i < repositories->count; i++)
        list_add(a, list, repositories->items[i] ? repository_to_value(a, repositories->items[i]) : value_nil());
    map_set_text(map, "apiVersion", value_string(repositories->api_version));
    map_set_text(map, "generated", value_string(generated.len ? generated : SLICE("0001-01-01T00:00:00Z")));
    map_set_text(map, "repositories", value_list(list));
    bool ok = yaml_write(&text, value_map(map), a, &error) || diag_error_slice(diag, error);
    ok = ok && file_write_private(file, buffer_slice(&text), diag);
    buffer_release(&text);
    return ok;
}

bool repositories_lock(struct arena *a, const char *file, struct file_lock *lock, struct diag *diag)
{
    enum { LOCK_SECONDS = 30 };
    struct slice path = slice_text(file);
    struct slice extension = go_path_ext(path);
    struct slice stem = slice_part(path, 0, extension.len < path.len ? path.len - extension.len : path.len);
    return file_make_directories(arena_text(a, file_folder(path)), diag) &&
           file_lock_acquire(lock, arena_printf(a, "%.*s.lock", SLICE_ARG(stem)).ptr, LOCK_SECONDS, diag);
}

struct chart_repository *repositories_find(const struct repositories *repositories, struct slice name)
{
    for (size_t i = 0; i < repositories->count; i++) {
        if (repositories->items[i] && slice_equal(repositories->items[i]->name, name))
            return repositories->items[i];
    }
    return NULL;
}

void repositories_set(struct arena *a, struct repositories *repositories, struct chart_repository *repository)
{
    for (size_t i = 0; i < repositories->count; i++) {
        if (repositories->items[i] && slice_equal(repositories->items[i]->name, repository->name)) {
            repositories->items[i] = repository;
            return;
        }
    }
    size_t size = repositories->count * sizeof repository;
    repositories->items = arena_resize(a, repositories->items, size, size + sizeof repository);
    repositories->items[repositories->count++] = repository;
}

bool repositories_remove(struct repositories *repositories, struct slice name)
{
    size_t kept = 0;
    bool found = false;
    for (size_t i = 0; i < repositories->count; i++) {
        struct chart_repository *r = repositories->items[i];
        if (r && slice_equal(r->name, name))
            found = true;
        else if (r)
            repositories->items[kept++] = r;
    }
    repositories->count = kept;
    return found;
}

bool repository_equals(const struct chart_repository *one, const struct chart_repository *other)
{
    return slice_equal(one->name, other->name) && slice_equal(one->url, other->url) &&
           slice_equal(one->username, other->username) && slice_equal(one->password, other->password) &&
           slice_equal(one->cert_file, other->cert_file) && slice_equal(one->key_file, other->key_file) &&
           slice_equal(one->ca_file, other->ca_file) && one->insecure == other->insecure &&
           one->pass_credentials == other->pass_credentials;
}

static struct slice comparable(struct arena *a, struct go_url *url)
{
    struct buffer text = BUFFER_INIT;
    url->path = go_path_clean(a, url->path.len ? url->path : SLICE("/"));
    go_url_string(&text, url);
    return buffer_move(&text, a);
}

bool repository_url_equals(struct slice one, struct slice other)
{
    struct arena scratch;
    struct go_url first;
    struct go_url second;
    struct slice error;
    bool same;
    arena_init(&scratch);
    if (!go_url_parse(&scratch, one, &first, &error))
        same = slice_equal(go_path_clean(&scratch, one), go_path_clean(&scratch, other));
    else
        same = go_url_parse(&scratch, other, &second, &error) &&
               slice_equal(comparable(&scratch, &first), comparable(&scratch, &second));
    arena_release(&scratch);
    return same;
}
