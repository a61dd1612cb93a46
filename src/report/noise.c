/*
 * noise.c - differences of no interest
 */
#include "report/noise.h"

/* A label or annotation that is noise, by name or by how its name begins. */
struct noise_key {
    const char *map;    /* "labels" or "annotations" */
    const char *name;
    bool prefix;
    const char *reason;
};

static const struct noise_key noise_keys[] = {
    {"labels", "helm.sh/chart", false, "chart version label"},
    {"labels", "chart", false, "chart version label"},
    {"annotations", "checksum/", true, "checksum annotation"},
    {"annotations", "checksum", true, "checksum annotation"},
    {"annotations", "rollme", false, "generated value"},
    {"annotations", "kubectl.kubernetes.io/restartedAt", false, "restart annotation"},
};

bool noise_pattern_fits(struct slice pattern, struct slice text)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = pattern.len; /* the last star passed, and the text where it now ends */
    size_t star_end = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            star_end = t;
        } else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
            p++;
            t++;
        } else if (star < pattern.len) {
            p = star + 1;
            t = ++star_end;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

static bool fits_key(const struct noise_key *key, struct slice map, struct slice name)
{
    return slice_is(map, key->map) &&
           (key->prefix ? slice_starts(name, slice_text(key->name)) : slice_is(name, key->name));
}

static const char *key_reason(const struct field_path *path)
{
    const struct field_path *map = path ? path->parent : NULL;
    if (!map || path->is_item || map->is_item)
        return NULL;
    for (size_t i = 0; i < sizeof noise_keys / sizeof noise_keys[0]; i++) {
        if (fits_key(&noise_keys[i], map->key, path->key))
            return noise_keys[i].reason;
    }
    return NULL;
}

/* KIND or KIND/NAME before a colon. A path has a colon only within quotes. */
static bool fits_object(struct slice *pattern, const struct kube_object *object)
{
    size_t colon = slice_find_char(*pattern, ':');
    if (colon == pattern->len || slice_find_char(*pattern, '"') < colon)
        return true;
    struct slice kind = slice_part(*pattern, 0, colon);
    *pattern = slice_after(*pattern, colon + 1);
    size_t slash = slice_find_char(kind, '/');
    return noise_pattern_fits(slice_part(kind, 0, slash), object->kind) &&
           (slash == kind.len || noise_pattern_fits(slice_after(kind, slash + 1), object->name));
}

static bool fits_pattern(struct slice pattern, const struct kube_object *object, const struct field_path *path)
{
    struct buffer text = BUFFER_INIT;
    if (!fits_object(&pattern, object))
        return false;
    field_path_write(path, &text);
    bool fits = noise_pattern_fits(pattern, buffer_slice(&text));
    buffer_release(&text);
    return fits;
}

/* Whether both are the same place on the right side. */
static bool same_path(const struct field_path *a, const struct field_path *b)
{
    for (; a && b; a = a->parent, b = b->parent) {
        if (a->is_item != b->is_item || (a->is_item ? a->right != b->right : !slice_equal(a->key, b->key)))
            return false;
    }
    return !a && !b;
}

static bool is_generated(const struct field_changes *generated, const struct field_change *change)
{
    for (size_t i = 0; i < generated->count; i++) {
        if (same_path(generated->items[i].path, change->path))
            return true;
    }
    return false;
}

const char *noise_reason(const struct noise_rules *rules, const struct kube_object *object,
                         const struct field_changes *generated, const struct field_change *change)
{
    if (rules->off)
        return NULL;
    const char *reason = key_reason(change->path);
    if (!reason && is_generated(generated, change))
        reason = "generated value";
    for (size_t i = 0; !reason && i < rules->pattern_count; i++) {
        if (fits_pattern(rules->patterns[i], object, change->path))
            reason = "ignored";
    }
    return reason;
}
