/*
 * secret.c - what is not to be shown
 */
#include "report/secret.h"

#include "golang/base64.h"
#include "report/same.h"
#include "report/values_object.h"

enum {
    LONGEST_KEY = 64
};

/* Letters and digits of a key, in lower case. */
static struct slice plain_key(struct slice key, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < key.len && len < LONGEST_KEY; i++) {
        char c = key.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if (c != '-' && c != '_' && c != '.')
            out[len++] = c;
    }
    return slice_of(out, len);
}

/* A key of values whose text is a secret; one that names a Secret (existingSecret, secretName) is none. */
static bool is_secret_key(struct slice key)
{
    static const char *const ends[] = {"password", "passwd",    "passphrase", "token",      "apikey",
                                       "secretkey", "accesskey", "privatekey", "credentials", "secret"};
    char text[LONGEST_KEY];
    struct slice plain = plain_key(key, text);
    if (slice_starts(plain, SLICE("existing")))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (slice_ends(plain, slice_text(ends[i])))
            return true;
    }
    return false;
}

/* Bytes of the secret itself. */
static size_t secret_size(struct arena *a, struct value v, bool encoded)
{
    struct slice text = same_scalar_text(a, v);
    struct slice bytes;
    size_t at;
    return encoded && go_base64_decode(a, text, &bytes, &at) ? bytes.len : text.len;
}

/* Each scalar below replaced by its size, `encoded` in base64 or not; nulls and bools say nothing. */
static struct value mask(struct arena *a, struct value v, bool encoded)
{
    struct value masked;
    if (value_is_map(v)) {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = mask(a, map->entries[i].value, encoded);
        masked = value_map(map);
    } else if (value_is_list(v)) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, mask(a, v.list->items[i], encoded));
        masked = value_list(list);
    } else if (v.kind == VALUE_NIL || v.kind == VALUE_BOOL) {
        return v;
    } else {
        masked = value_string(arena_printf(a, "(secret, %zu bytes)", secret_size(a, v, encoded)));
    }
    return value_from(masked, v.origin);
}

/* Values with secret keys masked, at any depth. */
static struct value mask_keys(struct arena *a, struct value v)
{
    if (value_is_list(v)) {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, mask_keys(a, v.list->items[i]));
        return value_from(value_list(list), v.origin);
    }
    if (!value_is_map(v))
        return v;
    struct map *map = map_copy(a, v.map);
    for (uint32_t i = 0; i < map->len; i++) {
        struct value *entry = &map->entries[i].value;
        bool secret = value_is_scalar(*entry) && is_secret_key(map->entries[i].key);
        *entry = secret ? mask(a, *entry, false) : mask_keys(a, *entry);
    }
    return value_from(value_map(map), v.origin);
}

/* What kubectl apply keeps of a Secret in an annotation is the Secret once more. */
static struct value mask_metadata(struct arena *a, struct value metadata)
{
    const struct slice copy = SLICE_INIT("kubectl.kubernetes.io/last-applied-configuration");
    struct value *annotations = value_is_map(metadata) ? map_find_text(metadata.map, "annotations") : NULL;
    struct value *found = annotations && value_is_map(*annotations) ? map_find(annotations->map, copy) : NULL;
    if (!found)
        return metadata;
    struct map *outer = map_copy(a, metadata.map);
    struct map *inner = map_copy(a, annotations->map);
    map_set(inner, copy, mask(a, *found, false));
    map_set_text(outer, "annotations", value_from(value_map(inner), annotations->origin));
    return value_from(value_map(outer), metadata.origin);
}

struct value secret_mask_object(struct arena *a, const struct kube_object *object)
{
    if (values_object_is(object))
        return mask_keys(a, object->body);
    if (!slice_is(object->kind, "Secret") || !value_is_map(object->body))
        return object->body;
    struct map *map = map_copy(a, object->body.map);
    for (uint32_t i = 0; i < map->len; i++) {
        struct slice key = map->entries[i].key;
        if (slice_is(key, "data") || slice_is(key, "stringData"))
            map->entries[i].value = mask(a, map->entries[i].value, slice_is(key, "data"));
        else if (slice_is(key, "metadata"))
            map->entries[i].value = mask_metadata(a, map->entries[i].value);
    }
    return value_from(value_map(map), object->body.origin);
}
