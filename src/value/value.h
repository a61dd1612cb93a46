/*
 * value.h - what values, templates and manifests are made of
 *
 * A value is 24 bytes, held and passed by value: a kind (how it is stored), a Go type (what `typeOf` and fmt say it
 * is: templates see the difference between int, int64 and float64), 8 bytes of content, and the place it was written.
 * Strings and bytes are slices; lists and maps are pointers, shared on copy as Go's are, so a template that sets a key
 * changes it for every holder. Maps keep their entries sorted by key bytes. Everything lives in arenas: whoever
 * builds a value says which, and a value refers only to memory that lives at least as long.
 *
 * The origin of a map's entry is where its key stands, of a list's item where the item begins.
 *
 * Parsed layers and chart defaults are shared between releases and threads: their lists and maps are frozen
 * (freeze.h), and functions that mutate refuse frozen ones. Untyped nil is VALUE_NIL; a nil slice or map of a type is
 * a list or map with the LIST_NIL or MAP_NIL flag.
 */
#ifndef YARE_VALUE_VALUE_H
#define YARE_VALUE_VALUE_H

#include "base/arena.h"
#include "base/source.h"

#include <math.h>

enum value_kind {
    VALUE_NIL,
    VALUE_BOOL,
    VALUE_INT,    /* any signed Go integer, in .i */
    VALUE_UINT,   /* any unsigned Go integer, in .u */
    VALUE_FLOAT,  /* float64 */
    VALUE_STRING, /* string, or a named string type */
    VALUE_BYTES,  /* []byte */
    VALUE_LIST,   /* a slice of any other item type */
    VALUE_MAP,    /* a map with string keys */
    VALUE_OBJECT, /* anything with methods or fields: object.h */
    VALUE_KINDS
};

/* Go types as templates can see them. The name and reflect kind of each is in value_type_name, value_type_kind. */
enum go_type {
    GO_NIL,
    GO_BOOL,
    GO_INT,
    GO_INT32,
    GO_INT64,
    GO_UINT8,
    GO_UINT32,
    GO_UINT64,
    GO_FLOAT64,
    GO_STRING,
    GO_BYTES,      /* []uint8 */
    GO_LIST,       /* []interface {} */
    GO_STRINGS,    /* []string */
    GO_INTS,       /* []int */
    GO_MAPS,       /* []map[string]interface {} */
    GO_LISTS,      /* [][]interface {} */
    GO_MAP,        /* map[string]interface {} */
    GO_STRING_MAP, /* map[string]string */
    GO_VALUES,     /* common.Values (Helm 4) */
    GO_VALUES_HELM3, /* chartutil.Values */
    GO_FILES,      /* engine.files */
    GO_VERSION_SET, /* common.VersionSet (Helm 4): a []string with a method */
    GO_VERSION_SET_HELM3, /* chartutil.VersionSet */
    GO_DURATION,   /* time.Duration, an int64 */
    GO_MONTH,      /* time.Month, an int */
    GO_WEEKDAY,    /* time.Weekday, an int */
    GO_COMPLEX128, /* only ever a literal; stored as an object */
    GO_OBJECT,     /* the object's own type says */
    GO_TYPES
};

struct list;
struct map;
struct object;

struct value {
    uint8_t kind;  /* enum value_kind */
    uint8_t type;  /* enum go_type */
    uint16_t bits; /* enum value_bits, 0 when made */
    uint32_t len;  /* of strings and bytes */
    union {
        bool b;
        int64_t i;
        uint64_t u;
        double f;
        const char *s;
        struct list *list;
        struct map *map;
        struct object *object;
    };
    struct origin origin;
};

struct list {
    struct value *items;
    uint32_t len;
    uint32_t cap;
    uint8_t flags; /* enum value_flags */
};

struct entry {
    struct slice key;
    struct value value;
};

struct map {
    struct entry *entries; /* sorted by key, no key twice */
    uint32_t len;
    uint32_t cap;
    uint8_t flags;       /* enum value_flags */
    struct arena *arena; /* where the entries grow; null for frozen maps */
};

/* What the template executor knows of a value in flight, of no meaning in maps and lists; and of a string in a JSON
   Schema, that it is a number. */
enum value_bits {
    VALUE_BIT_INTERFACE = 1, /* came out of an interface {}: messages name that as its type */
    VALUE_BIT_INVALID = 2,   /* a nil that is Go's zero reflect.Value, not a nil interface */
    VALUE_BIT_NUMBER = 4     /* Go's json.Number: the text of a number, exact (json_read_exact) */
};

/* Flags of lists and maps. */
enum value_flags {
    VALUE_FROZEN = 1, /* shared; never changed again */
    VALUE_NIL_REF = 2, /* Go's nil slice or nil map of that type; always empty */
    MAP_ODD_KEYS = 4,  /* of a map of nodes (yaml_node.h): a key was no string */
    MAP_KEY_TWICE = 8  /* the same: a key was given twice */
};

/* --- making ------------------------------------------------------------------------------------------------- */

static inline struct value value_nil(void)
{
    return (struct value){.kind = VALUE_NIL, .type = GO_NIL};
}

static inline struct value value_bool(bool b)
{
    return (struct value){.kind = VALUE_BOOL, .type = GO_BOOL, .b = b};
}

/* A Go int. */
static inline struct value value_int(int64_t i)
{
    return (struct value){.kind = VALUE_INT, .type = GO_INT, .i = i};
}

static inline struct value value_int64(int64_t i)
{
    return (struct value){.kind = VALUE_INT, .type = GO_INT64, .i = i};
}

/* A signed integer of the given Go type (GO_INT32, GO_DURATION, …). */
static inline struct value value_int_as(enum go_type type, int64_t i)
{
    return (struct value){.kind = VALUE_INT, .type = (uint8_t)type, .i = i};
}

static inline struct value value_uint_as(enum go_type type, uint64_t u)
{
    return (struct value){.kind = VALUE_UINT, .type = (uint8_t)type, .u = u};
}

static inline struct value value_float(double f)
{
    return (struct value){.kind = VALUE_FLOAT, .type = GO_FLOAT64, .f = f};
}

/* The bytes are not copied. Longer than 4 GiB cannot be held: callers stay below LIMIT_RENDERED_OUTPUT. */
static inline struct value value_string(struct slice s)
{
    return (struct value){.kind = VALUE_STRING, .type = GO_STRING, .len = (uint32_t)s.len, .s = s.ptr};
}

/* A string over a NUL-terminated constant. */
static inline struct value value_text(const char *text)
{
    return value_string(slice_text(text));
}

/* A null pointer makes Go's nil slice. */
static inline struct value value_bytes(struct slice s)
{
    return (struct value){.kind = VALUE_BYTES, .type = GO_BYTES, .len = (uint32_t)s.len, .s = s.ptr};
}

static inline struct value value_list_as(enum go_type type, struct list *list)
{
    return (struct value){.kind = VALUE_LIST, .type = (uint8_t)type, .list = list};
}

/* A []interface {}. */
static inline struct value value_list(struct list *list)
{
    return value_list_as(GO_LIST, list);
}

static inline struct value value_map_as(enum go_type type, struct map *map)
{
    return (struct value){.kind = VALUE_MAP, .type = (uint8_t)type, .map = map};
}

/* A map[string]interface {}. */
static inline struct value value_map(struct map *map)
{
    return value_map_as(GO_MAP, map);
}

static inline struct value value_object(struct object *object)
{
    return (struct value){.kind = VALUE_OBJECT, .type = GO_OBJECT, .object = object};
}

static inline struct value value_from(struct value v, struct origin origin)
{
    v.origin = origin;
    return v;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

/* The text of a string or bytes; the value must be one. */
static inline struct slice value_slice(struct value v)
{
    return slice_of(v.s, v.len);
}

static inline bool value_is_string(struct value v)
{
    return v.kind == VALUE_STRING;
}

static inline bool value_is_map(struct value v)
{
    return v.kind == VALUE_MAP;
}

static inline bool value_is_list(struct value v)
{
    return v.kind == VALUE_LIST;
}

/* A nil interface, nil slice or nil map. */
bool value_is_nil(struct value v);

/* What {{ if }} takes for true: text/template's rule (an object is true). */
bool value_truth(struct value v);

/* The Go type as `typeOf` prints it, e.g. "map[string]interface {}"; for nil "<nil>". */
const char *value_type_name(struct value v);

/* The reflect kind as `kindOf` prints it, e.g. "map"; for nil "invalid". */
const char *value_kind_name(struct value v);

/* What encoding/json's messages call the kind of a value: "object", "array", "string", "number", "bool". */
const char *value_json_kind(struct value v);

/* Whether a map is Helm's Values: of either version. */
static inline bool value_is_values(struct value v)
{
    return v.type == GO_VALUES || v.type == GO_VALUES_HELM3;
}

/* Type name of a Go type without a value of it (for messages: "expected string; got float64"). */
const char *go_type_name(enum go_type type);

/* --- lists -------------------------------------------------------------------------------------------------- */

/* An empty list with room for `cap` items. */
struct list *list_new(struct arena *a, uint32_t cap);

/* Go's nil slice; never written to. */
struct list *list_nil(void);

/* Adds at the end; the list grows in `a`. */
void list_add(struct arena *a, struct list *list, struct value item);

/* A list of strings of type []string over the slices (copied structs, not bytes). */
struct value list_of_strings(struct arena *a, const struct slice *items, size_t count);

/* --- maps --------------------------------------------------------------------------------------------------- */

/* An empty map with room for `cap` entries; grows in `a`. */
struct map *map_new(struct arena *a, uint32_t cap);

/* Go's nil map; never written to. */
struct map *map_nil(void);

/* The value of a key, or null. The pointer is good until the map changes. */
struct value *map_find(const struct map *map, struct slice key);

/* The same for a NUL-terminated key. */
struct value *map_find_text(const struct map *map, const char *key);

/* Index of the entry, or of where it would stand; *found says which. */
uint32_t map_position(const struct map *map, struct slice key, bool *found);

/* Sets a key, replacing or inserting in order. The map must be neither frozen nor nil. Key bytes are not copied. */
void map_set(struct map *map, struct slice key, struct value value);
void map_set_text(struct map *map, const char *key, struct value value);

/* The same for a text. */
static inline void map_set_slice(struct map *map, const char *key, struct slice text)
{
    map_set_text(map, key, value_string(text));
}

/* Removes a key; true when it was there. */
bool map_remove(struct map *map, struct slice key);

/* Adds without keeping order, for building; map_sort must follow before any other call. */
void map_append(struct map *map, struct slice key, struct value value);

/* Called by map_sort for a key found more than once: `kept` is the later, `dropped` the earlier. */
typedef void map_duplicate_fn(void *context, const struct entry *kept, const struct entry *dropped);

/* Sorts appended entries; of equal keys the last appended stays. `on_duplicate` may be null. */
void map_sort(struct map *map, map_duplicate_fn *on_duplicate, void *context);

/* A map with the same entries (values shared) that can be changed. */
struct map *map_copy(struct arena *a, const struct map *map);

/* --- copying ------------------------------------------------------------------------------------------------ */

/* A deep copy into `a`, strings and keys included: for a value that moves to a longer life. Objects are shared. */
struct value value_copy(struct arena *a, struct value v);

/* A deep copy of lists and maps that can be changed; strings and objects are shared ("thawed"). */
struct value value_thaw(struct arena *a, struct value v);

/* How many entries and items are below it, at any depth. */
size_t value_count_below(struct value v);

/* Marks every list and map below as frozen. */
void value_freeze(struct value v);

#endif
