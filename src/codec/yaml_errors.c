/*
 * yaml_errors.c - what go-yaml v2 and sigs.k8s.io/yaml say about a bad document
 */
#include "codec/yaml_errors.h"

#include "golang/strconv.h"

void yaml_faults_add(struct yaml_faults *faults, enum yaml_stage stage, struct slice message, struct origin at)
{
    if (faults->found[stage])
        return;
    faults->found[stage] = true;
    faults->first[stage] = (struct yaml_error){message, at.line, at.column};
}

bool yaml_faults_first(const struct yaml_faults *faults, struct yaml_error *error)
{
    for (int stage = 0; stage < YAML_STAGES; stage++) {
        if (faults->found[stage]) {
            *error = faults->first[stage];
            return true;
        }
    }
    return false;
}

struct slice yaml_problem_text(struct arena *a, const struct yaml_problem *problem)
{
    const char *text = problem->text ? problem->text : "unknown problem parsing YAML content";
    size_t line = problem->context_line;
    if (problem->line && (line == 0 || !problem->context_first))
        line = problem->by_scanner ? problem->line + 1 : problem->line;
    else if (line && problem->context_first && problem->by_scanner)
        line++;
    if (line)
        return arena_printf(a, "yaml: line %zu: %s", line, text);
    return arena_printf(a, "yaml: %s", text);
}

/* --- Go syntax of decoded values ------------------------------------------------------------------------------ */

static void write_syntax(struct buffer *out, struct value v, bool v3);

static void write_list(struct buffer *out, const struct list *list, bool v3)
{
    buffer_add_text(out, "[]interface {}{");
    for (uint32_t i = 0; i < list->len; i++) {
        if (i)
            buffer_add_text(out, ", ");
        write_syntax(out, list->items[i], v3);
    }
    buffer_add_char(out, '}');
}

static void write_key(struct buffer *out, const struct entry *entry)
{
    if (entry->value.bits == YAML_BIT_NIL_KEY)
        buffer_add_text(out, "interface {}(nil)");
    else if (entry->value.bits == YAML_BIT_BARE_KEY)
        buffer_add(out, entry->key);
    else
        go_quote(out, entry->key);
}

/* go-yaml v3 makes maps whose keys are all strings maps of strings. */
static bool has_other_keys(const struct map *map)
{
    for (uint32_t i = 0; i < map->len; i++) {
        if (map->entries[i].value.bits & (YAML_BIT_BARE_KEY | YAML_BIT_NIL_KEY))
            return true;
    }
    return false;
}

static void write_map(struct buffer *out, const struct map *map, bool v3)
{
    buffer_add_text(out, v3 && !has_other_keys(map) ? "map[string]interface {}{" : "map[interface {}]interface {}{");
    for (uint32_t i = 0; i < map->len; i++) {
        if (i)
            buffer_add_text(out, ", ");
        write_key(out, &map->entries[i]);
        buffer_add_char(out, ':');
        write_syntax(out, map->entries[i].value, v3);
    }
    buffer_add_char(out, '}');
}

/* Numbers of a finished tree are all floats; a whole one was most likely an integer in the text. */
static void write_float(struct buffer *out, double f)
{
    if (f == floor(f) && fabs(f) < 9e15)
        go_format_int(out, (int64_t)f, 10);
    else
        go_format_float(out, f, 'g', -1, 64);
}

/* What %#v prints; the depth is that of a value the reader made. */
static void write_syntax(struct buffer *out, struct value v, bool v3)
{
    switch (v.kind) {
    case VALUE_BOOL:
        buffer_add_text(out, v.b ? "true" : "false");
        break;
    case VALUE_INT:
        go_format_int(out, v.i, 10);
        break;
    case VALUE_UINT:
        buffer_add_text(out, "0x");
        go_format_uint(out, v.u, 16);
        break;
    case VALUE_FLOAT:
        write_float(out, v.f);
        break;
    case VALUE_STRING:
        go_quote(out, value_slice(v));
        break;
    case VALUE_LIST:
        write_list(out, v.list, v3);
        break;
    case VALUE_MAP:
        write_map(out, v.map, v3);
        break;
    default:
        buffer_add_text(out, "interface {}(nil)");
        break;
    }
}

/* As an argument of its own nil prints as <nil>. */
static void write_argument(struct buffer *out, struct value v)
{
    if (v.kind == VALUE_NIL)
        buffer_add_text(out, "<nil>");
    else
        write_syntax(out, v, false);
}

struct slice yaml_unsupported_key_text(struct arena *a, struct value key, struct value value)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "unsupported map key of type: ");
    buffer_add_text(&text, key.kind == VALUE_NIL ? "%!s(<nil>)" : value_type_name(key));
    buffer_add_text(&text, ", key: ");
    write_argument(&text, key);
    buffer_add_text(&text, ", value: ");
    write_argument(&text, value);
    return buffer_move(&text, a);
}

struct slice yaml_invalid_key_text(struct arena *a, struct value key, bool v3)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "yaml: invalid map key: ");
    write_syntax(&text, key, v3);
    return buffer_move(&text, a);
}

/* --- what JSON cannot say --------------------------------------------------------------------------------------- */

static bool find_in_list(const struct list *list, struct slice *message, struct origin *at)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (yaml_find_unsupported(list->items[i], message, at))
            return true;
    }
    return false;
}

static bool find_in_map(const struct map *map, struct slice *message, struct origin *at)
{
    for (uint32_t i = 0; i < map->len; i++) {
        if (yaml_find_unsupported(map->entries[i].value, message, at))
            return true;
    }
    return false;
}

bool yaml_find_unsupported(struct value v, struct slice *message, struct origin *at)
{
    if (v.kind == VALUE_LIST)
        return find_in_list(v.list, message, at);
    if (v.kind == VALUE_MAP)
        return find_in_map(v.map, message, at);
    if (v.kind != VALUE_FLOAT || isfinite(v.f))
        return false;
    *at = v.origin;
    *message = isnan(v.f)   ? SLICE("json: unsupported value: NaN")
               : v.f > 0 ? SLICE("json: unsupported value: +Inf")
                         : SLICE("json: unsupported value: -Inf");
    return true;
}
