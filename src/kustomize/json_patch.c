/*
 * json_patch.c - JSON patches (RFC 6902)
 *
 * A pointer leads to a container and a key in it; each operation is a few steps of get, add, set and remove there. What
 * an operation adds is counted, so that copies of copies end in an error.
 */
#include "kustomize/json_patch.h"

#include "base/limits.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/yaml_read.h"
#include "golang/strconv.h"

struct json_operation {
    struct slice kind;
    const struct value *path;
    const struct value *from;
    const struct value *value; /* null where it is not given */
    struct origin at;
};

struct applying {
    struct arena *arena;
    struct value *document;
    size_t added; /* nodes */
    struct diag *diag;
};

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Numbers that were kept as texts: whole ones stay exact. */
static void make_numbers(struct value *v)
{
    struct slice text = v->kind == VALUE_STRING ? value_slice(*v) : SLICE("");
    if (v->kind == VALUE_STRING && v->bits & VALUE_BIT_NUMBER) {
        struct origin at = v->origin;
        int64_t i;
        uint64_t u;
        double f = 0;
        if (go_parse_int(text, 10, 64, &i) == GO_NUMBER_OK)
            *v = value_from(value_int64(i), at);
        else if (go_parse_uint(text, 10, 64, &u) == GO_NUMBER_OK)
            *v = value_from(value_uint_as(GO_UINT64, u), at);
        else if (go_parse_float(text, 64, &f) != GO_NUMBER_SYNTAX)
            *v = value_from(value_float(f), at);
    }
    for (uint32_t i = 0; value_is_map(*v) && i < v->map->len; i++)
        make_numbers(&v->map->entries[i].value);
    for (uint32_t i = 0; value_is_list(*v) && i < v->list->len; i++)
        make_numbers(&v->list->items[i]);
}

/* Places in JSON are known where it is a source of its own. */
static bool read_json(struct arena *a, const struct placed_text *from, struct value *out, struct diag *diag)
{
    struct slice text = from->text;
    struct slice message;
    size_t used;
    if (!json_read_exact(a, from->lines_before ? NULL : from->source, text, out, &used, &message))
        return diag_error_slice(diag, message);
    struct slice rest = slice_trim(slice_after(text, used));
    if (rest.len)
        return diag_error(diag, "invalid character '%c' after top-level value", rest.ptr[0]);
    make_numbers(out);
    return true;
}

static bool read_document(struct arena *a, const struct placed_text *from, struct value *out, struct diag *diag)
{
    const struct yaml_read_options options = {.keep_integers = true, .lines_before = from->lines_before};
    struct yaml_error error;
    if (from->text.len && from->text.ptr[0] == '[')
        return read_json(a, from, out, diag);
    if (yaml_read(a, from->source, from->text, &options, out, &error))
        return true;
    diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
    if (error.line && from->source)
        diag_locate_origin(diag, from->source, origin_at(from->source, error.line, error.column));
    return false;
}

static void read_operation(struct value v, struct json_operation *out)
{
    const struct value *kind = map_find_text(v.map, "op");
    out->kind = kind && value_is_string(*kind) ? value_slice(*kind) : SLICE("unknown");
    out->path = map_find_text(v.map, "path");
    out->from = map_find_text(v.map, "from");
    out->value = map_find_text(v.map, "value");
    out->at = v.origin;
}

bool json_patch_read(struct arena *a, const struct placed_text *from, struct json_patch *out, struct diag *diag)
{
    struct value document;
    *out = (struct json_patch){NULL, 0};
    if (!read_document(a, from, &document, diag))
        return false;
    if (document.kind == VALUE_NIL)
        return true;
    if (!value_is_list(document))
        return diag_error(diag, "json: cannot unmarshal %s into Go value of type jsonpatch.Patch",
                          value_is_map(document) ? "object" : "string");
    struct json_operation *operations = ARENA_ARRAY(a, struct json_operation, (size_t)document.list->len + 1);
    for (uint32_t i = 0; i < document.list->len; i++) {
        struct value v = document.list->items[i];
        if (v.kind == VALUE_NIL)
            v.map = map_nil();
        else if (!value_is_map(v))
            return diag_error(diag, "json: cannot unmarshal %s into Go value of type jsonpatch.Operation",
                              value_is_list(v) ? "array" : "string");
        read_operation(v, &operations[i]);
    }
    *out = (struct json_patch){operations, document.list->len};
    return true;
}

/* --- pointers ----------------------------------------------------------------------------------------------------- */

/* "~1" is '/', "~0" is '~'. */
static struct slice decode_key(struct arena *a, struct slice key)
{
    if (slice_find_char(key, '~') == key.len)
        return key;
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < key.len; i++) {
        bool escaped = key.ptr[i] == '~' && i + 1 < key.len && (key.ptr[i + 1] == '0' || key.ptr[i + 1] == '1');
        buffer_add_char(&out, !escaped ? key.ptr[i] : key.ptr[i + 1] == '1' ? '/' : '~');
        i += escaped;
    }
    return buffer_move(&out, a);
}

enum index_kind {
    INDEX_GOOD,
    INDEX_NO_NUMBER,
    INDEX_OUTSIDE
};

/* An index into `length` items, counted from the end where it is negative; *given is what the key says. */
static enum index_kind read_index(struct slice key, size_t length, size_t *out, int64_t *given)
{
    *given = 0;
    if (go_parse_int(key, 10, 64, given) != GO_NUMBER_OK)
        return INDEX_NO_NUMBER;
    int64_t index = *given < 0 ? *given + (int64_t)length : *given;
    if (index < 0 || index >= (int64_t)length)
        return INDEX_OUTSIDE;
    *out = (size_t)index;
    return INDEX_GOOD;
}

static bool index_error(struct applying *p, enum index_kind kind, struct slice key, int64_t given)
{
    if (kind == INDEX_OUTSIDE)
        return diag_error(p->diag, "Unable to access invalid index: %lld: invalid index referenced",
                          (long long)given);
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, key);
    diag_error(p->diag, "strconv.Atoi: parsing %.*s: invalid syntax", SLICE_ARG(buffer_slice(&quoted)));
    buffer_release(&quoted);
    return false;
}

/* A container and the key in it. */
struct spot {
    struct value *container; /* null: the pointer leads nowhere */
    struct slice key;
};

/* *out is null for a key that a map does not have. */
static bool get(struct applying *p, const struct spot *spot, struct value **out)
{
    size_t index;
    int64_t given;
    *out = NULL;
    if (value_is_map(*spot->container)) {
        *out = map_find(spot->container->map, spot->key);
        return true;
    }
    struct list *list = spot->container->list;
    enum index_kind kind = read_index(spot->key, list->len, &index, &given);
    if (kind != INDEX_GOOD)
        return index_error(p, kind, spot->key, given);
    *out = &list->items[index];
    return true;
}

/* The same where a bad index is no error. */
static bool has(const struct applying *p, const struct spot *spot, struct value **out)
{
    struct diag ignored;
    struct applying quiet = *p;
    diag_init(&ignored);
    quiet.diag = &ignored;
    bool found = get(&quiet, spot, out);
    diag_release(&ignored);
    return found;
}

/* Follows a pointer up to its last key. What stands before the first '/' counts for nothing. */
static struct spot find_spot(struct applying *p, struct slice pointer)
{
    struct spot spot = {NULL, SLICE("")};
    size_t at = slice_find_char(pointer, '/');
    if (at == pointer.len || (!value_is_map(*p->document) && !value_is_list(*p->document)))
        return spot;
    spot.container = p->document;
    struct slice rest = slice_after(pointer, at + 1);
    while (spot.container && (at = slice_find_char(rest, '/')) < rest.len) {
        struct value *next;
        spot.key = decode_key(p->arena, slice_part(rest, 0, at));
        rest = slice_after(rest, at + 1);
        bool leads = has(p, &spot, &next) && next && (value_is_map(*next) || value_is_list(*next));
        spot.container = leads ? next : NULL;
    }
    spot.key = decode_key(p->arena, rest);
    return spot;
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

/* Counts the nodes of a value; false where it is nested deeper than `depth` or has too many. */
static bool count_nodes(struct applying *p, struct value v, size_t depth)
{
    if (depth == 0 || ++p->added > LIMIT_ALIAS_EXPANSION)
        return false;
    for (uint32_t i = 0; value_is_map(v) && i < v.map->len; i++) {
        if (!count_nodes(p, v.map->entries[i].value, depth - 1))
            return false;
    }
    for (uint32_t i = 0; value_is_list(v) && i < v.list->len; i++) {
        if (!count_nodes(p, v.list->items[i], depth - 1))
            return false;
    }
    return true;
}

/* A copy of the value for a place that far down. */
static bool copy_value(struct applying *p, const struct value *v, struct slice pointer, struct value *out)
{
    size_t above = slice_count_char(pointer, '/');
    if (!v) {
        *out = value_nil();
        return true;
    }
    if (above >= LIMIT_VALUE_DEPTH || !count_nodes(p, *v, LIMIT_VALUE_DEPTH - above))
        return diag_error(p->diag, "the patch makes the object too large");
    *out = value_thaw(p->arena, *v);
    return true;
}

static void insert(struct arena *a, struct list *list, size_t index, struct value v)
{
    list_add(a, list, v);
    memmove(list->items + index + 1, list->items + index, (list->len - 1 - index) * sizeof *list->items);
    list->items[index] = v;
}

static bool add(struct applying *p, const struct spot *spot, struct value v)
{
    size_t index;
    int64_t given;
    if (value_is_map(*spot->container)) {
        map_set(spot->container->map, spot->key, v);
        return true;
    }
    struct list *list = spot->container->list;
    if (slice_is(spot->key, "-")) {
        list_add(p->arena, list, v);
        return true;
    }
    enum index_kind kind = read_index(spot->key, (size_t)list->len + 1, &index, &given);
    if (kind == INDEX_GOOD) {
        insert(p->arena, list, index, v);
        return true;
    }
    index_error(p, kind, spot->key, given);
    if (kind == INDEX_NO_NUMBER)
        diag_prefix(p->diag, "value was not a proper array index: '%.*s': ", SLICE_ARG(spot->key));
    return false;
}

static bool take_out(struct applying *p, const struct spot *spot)
{
    size_t index;
    int64_t given;
    if (value_is_map(*spot->container))
        return map_remove(spot->container->map, spot->key) ||
               diag_error(p->diag, "Unable to remove nonexistent key: %.*s: missing value", SLICE_ARG(spot->key));
    struct list *list = spot->container->list;
    enum index_kind kind = read_index(spot->key, list->len, &index, &given);
    if (kind != INDEX_GOOD)
        return index_error(p, kind, spot->key, given);
    list->len--;
    memmove(list->items + index, list->items + index + 1, (list->len - index) * sizeof *list->items);
    return true;
}

/* --- operations --------------------------------------------------------------------------------------------------- */

/* The text of a path; what is missing or no text is told in the operation's words. */
static bool pointer_of(struct applying *p, const struct value *v, const char *operation, const char *what,
                       struct slice *out)
{
    if (v && value_is_string(*v)) {
        *out = value_slice(*v);
        return true;
    }
    return diag_error(p->diag, "%s operation failed to decode %s: missing value", operation, what);
}

static bool missing(struct applying *p, const char *operation, const char *what, struct slice pointer)
{
    return diag_error(p->diag, "%s operation does not apply: doc is missing %s: %.*s: missing value", operation, what,
                      SLICE_ARG(pointer));
}

static bool in_error(struct applying *p, const char *operation, struct slice pointer)
{
    diag_prefix(p->diag, "error in %s for path: '%.*s': ", operation, SLICE_ARG(pointer));
    return false;
}

static bool apply_add(struct applying *p, const struct json_operation *op)
{
    struct slice path;
    struct value v;
    if (!pointer_of(p, op->path, "add", "path", &path))
        return false;
    struct spot spot = find_spot(p, path);
    if (!spot.container)
        return diag_error(p->diag, "add operation does not apply: doc is missing path: \"%.*s\": missing value",
                          SLICE_ARG(path));
    return copy_value(p, op->value, path, &v) && (add(p, &spot, v) || in_error(p, "add", path));
}

static bool apply_remove(struct applying *p, const struct json_operation *op)
{
    struct slice path;
    if (!pointer_of(p, op->path, "remove", "path", &path))
        return false;
    struct spot spot = find_spot(p, path);
    if (!spot.container)
        return diag_error(p->diag, "remove operation does not apply: doc is missing path: \"%.*s\": missing value",
                          SLICE_ARG(path));
    return take_out(p, &spot) || in_error(p, "remove", path);
}

static bool replace_document(struct applying *p, const struct json_operation *op)
{
    if (!op->value || (!value_is_map(*op->value) && !value_is_list(*op->value)))
        return diag_error(p->diag, "replace operation value must be object or array");
    return copy_value(p, op->value, SLICE(""), p->document);
}

static bool apply_replace(struct applying *p, const struct json_operation *op)
{
    struct slice path;
    struct value *old;
    struct value v;
    if (!pointer_of(p, op->path, "replace", "path", &path))
        return false;
    if (path.len == 0)
        return replace_document(p, op);
    struct spot spot = find_spot(p, path);
    if (!spot.container)
        return missing(p, "replace", "path", path);
    if (!has(p, &spot, &old))
        return missing(p, "replace", "key", path);
    if (!copy_value(p, op->value, path, &v))
        return false;
    if (old)
        *old = v;
    else
        map_set(spot.container->map, spot.key, v);
    return true;
}

static bool apply_move(struct applying *p, const struct json_operation *op)
{
    struct slice from;
    struct slice path;
    struct value *found;
    if (!pointer_of(p, op->from, "move", "from", &from))
        return false;
    struct spot spot = find_spot(p, from);
    if (!spot.container)
        return missing(p, "move", "from path", from);
    if (!get(p, &spot, &found))
        return in_error(p, "move", spot.key);
    struct value moved = found ? *found : value_nil();
    if (!take_out(p, &spot))
        return in_error(p, "move", spot.key);
    if (!pointer_of(p, op->path, "move", "path", &path))
        return false;
    spot = find_spot(p, path);
    if (!spot.container)
        return missing(p, "move", "destination path", path);
    return copy_value(p, &moved, path, &moved) && (add(p, &spot, moved) || in_error(p, "move", path));
}

static bool apply_copy(struct applying *p, const struct json_operation *op)
{
    struct slice from;
    struct slice path;
    struct value *found;
    struct value v;
    if (!pointer_of(p, op->from, "copy", "from", &from))
        return false;
    struct spot spot = find_spot(p, from);
    if (!spot.container)
        return missing(p, "copy", "from path", from);
    if (!get(p, &spot, &found)) {
        diag_prefix(p->diag, "error in copy for from: '%.*s': ", SLICE_ARG(from));
        return false;
    }
    if (!pointer_of(p, op->path, "copy", "path", &path) || !copy_value(p, found, path, &v))
        return false;
    spot = find_spot(p, path);
    if (!spot.container)
        return missing(p, "copy", "destination path", path);
    if (add(p, &spot, v))
        return true;
    diag_prefix(p->diag, "error while adding value during copy: ");
    return false;
}

/* Values are equal that are the same JSON, whatever the order of keys. */
static bool is_same(struct applying *p, struct value a, struct value b)
{
    struct buffer left = BUFFER_INIT;
    struct buffer right = BUFFER_INIT;
    struct slice error;
    bool same = json_write(&left, a, NULL, p->arena, &error) && json_write(&right, b, NULL, p->arena, &error) &&
                slice_equal(buffer_slice(&left), buffer_slice(&right));
    buffer_release(&left);
    buffer_release(&right);
    return same;
}

static bool apply_test(struct applying *p, const struct json_operation *op)
{
    struct slice path;
    struct value *found = p->document;
    if (!pointer_of(p, op->path, "test", "path", &path))
        return false;
    if (path.len) {
        struct spot spot = find_spot(p, path);
        if (!spot.container)
            return diag_error(p->diag, "test operation does not apply: is missing path: %.*s: missing value",
                              SLICE_ARG(path));
        if (!get(p, &spot, &found))
            return in_error(p, "test", path);
    }
    if (op->value && is_same(p, found ? *found : value_nil(), *op->value))
        return true;
    return diag_error(p->diag, "testing value %.*s failed: test failed", SLICE_ARG(path));
}

static bool apply_one(struct applying *p, const struct json_operation *op)
{
    static const struct {
        const char *kind;
        bool (*apply)(struct applying *p, const struct json_operation *op);
    } rows[] = {
        {"add", apply_add},   {"remove", apply_remove}, {"replace", apply_replace},
        {"move", apply_move}, {"copy", apply_copy},     {"test", apply_test},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (slice_is(op->kind, rows[i].kind))
            return rows[i].apply(p, op);
    }
    return diag_error(p->diag, "Unexpected kind: %.*s", SLICE_ARG(op->kind));
}

bool json_patch_apply(struct arena *a, const struct json_patch *patch, const struct source *source,
                      struct value *document, struct diag *diag)
{
    struct applying p = {a, document, 0, diag};
    for (size_t i = 0; i < patch->count; i++) {
        if (apply_one(&p, &patch->operations[i]))
            continue;
        if (source && patch->operations[i].at.line)
            diag_locate_origin(diag, source, patch->operations[i].at);
        return false;
    }
    return true;
}
