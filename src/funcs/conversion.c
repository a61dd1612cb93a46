/*
 * conversion.c - values to and from YAML, JSON and TOML
 *
 * Helm's own functions swallow errors: what cannot be written is "", what cannot be read is a map with the text under
 * "Error" or a list of that text. The must forms and sprig's report them.
 */
#include "funcs/groups.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "codec/toml_read.h"
#include "codec/toml_write.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "funcs/traced_text.h"

static const struct json_write_options pretty_json = {false, "  "};
static const struct json_write_options raw_json = {true, NULL};

/* --- writing ---------------------------------------------------------------------------------------------------- */

typedef bool write_fn(struct buffer *out, struct value v, struct arena *scratch, struct slice *error);

static bool write_json(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    return json_write(out, v, NULL, scratch, error);
}

static bool write_pretty_json(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    return json_write(out, v, &pretty_json, scratch, error);
}

static bool write_raw_json(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    return json_write(out, v, &raw_json, scratch, error);
}

/* The text without its final newline, or an error. */
static bool write_or_fail(struct call *call, write_fn *write, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!write(&text, call->args[0], call->arena, &error)) {
        buffer_release(&text);
        return call_error_slice(call, error);
    }
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

/* The same with "" for an error. */
static bool write_or_nothing(struct call *call, write_fn *write, struct value *out)
{
    struct slice before = call->error;
    if (!write_or_fail(call, write, out)) {
        call->error = before;
        *out = value_string(slice_of("", 0));
    }
    return true;
}

/* The same for YAML while a trace is recorded: each item and entry of the text is made of its own value. */
static bool write_traced_yaml(struct call *call, bool leniently, struct value *out)
{
    struct trace *trace = exec_trace(call->exec);
    struct trace_nested outer = trace_begin_nested(trace, 0);
    struct buffer text = BUFFER_INIT;
    struct slice error;
    exec_trace_piece(call->exec, 0, flow_mark(call->args[0]));
    bool ok = yaml_write_telling(&text, call->args[0], call->arena, traced_found, call->exec, &error);
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    *out = value_string(buffer_move(&text, call->arena));
    trace_end_nested(trace, &outer, value_slice(*out));
    return ok || leniently || call_error_slice(call, error);
}

static bool fn_toYaml(struct call *call, struct value *out)
{
    return exec_trace(call->exec) ? write_traced_yaml(call, true, out) : write_or_nothing(call, yaml_write, out);
}

static bool fn_mustToYaml(struct call *call, struct value *out)
{
    return exec_trace(call->exec) ? write_traced_yaml(call, false, out) : write_or_fail(call, yaml_write, out);
}

/* The library panics at a type that it does not know, and that is not swallowed. */
static bool fn_toYamlPretty(struct call *call, struct value *out)
{
    if (write_or_fail(call, yaml_write_pretty, out))
        return true;
    if (slice_starts(call->error, SLICE("cannot marshal type: ")))
        return false;
    call->error = slice_of(NULL, 0);
    *out = value_string(slice_of("", 0));
    return true;
}

static bool fn_toJson(struct call *call, struct value *out)
{
    return write_or_nothing(call, write_json, out);
}

static bool fn_mustToJson(struct call *call, struct value *out)
{
    return write_or_fail(call, write_json, out);
}

static bool fn_toPrettyJson(struct call *call, struct value *out)
{
    return write_or_nothing(call, write_pretty_json, out);
}

static bool fn_mustToPrettyJson(struct call *call, struct value *out)
{
    return write_or_fail(call, write_pretty_json, out);
}

static bool fn_mustToRawJson(struct call *call, struct value *out)
{
    return write_or_fail(call, write_raw_json, out);
}

/* An error is the result; toToml of nothing at all is where the library itself breaks. */
static bool fn_toToml(struct call *call, struct value *out)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (call->args[0].kind == VALUE_NIL)
        return call_error(call, "reflect: call of reflect.Value.Type on zero Value");
    if (!toml_write(&text, call->args[0], call->arena, &error)) {
        *out = value_string(error);
        return true;
    }
    *out = value_string(buffer_move(&text, call->arena));
    return true;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static struct slice mismatch(struct arena *a, struct value v, enum go_type wanted)
{
    return arena_printf(a, "json: cannot unmarshal %s into Go value of type %s", value_json_kind(v), go_type_name(wanted));
}

/* Reads YAML that should be a map or a list; nil means that there was no value. */
static bool read_yaml(struct call *call, enum value_kind wanted, struct value *out, struct slice *error)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct yaml_error fault;
    if (!yaml_read(call->arena, NULL, value_slice(call->args[0]), &options, out, &fault)) {
        *error = arena_concat(call->arena, SLICE("error converting YAML to JSON: "), fault.message);
        return false;
    }
    if (out->kind == wanted || out->kind == VALUE_NIL)
        return true;
    *error = arena_concat(call->arena, SLICE("error unmarshaling JSON: while decoding JSON: "),
                          mismatch(call->arena, *out, wanted == VALUE_MAP ? GO_MAP : GO_LIST));
    return false;
}

/* The same for JSON. *out is set on failure, too: to nil, or to what was read beside a number out of range. */
static bool read_json(struct call *call, enum value_kind wanted, struct value *out, struct slice *error)
{
    *out = value_nil();
    bool done = json_read(call->arena, NULL, value_slice(call->args[0]), out, error, NULL);
    if (out->kind == wanted || out->kind == VALUE_NIL)
        return done;
    *error = mismatch(call->arena, *out, wanted == VALUE_MAP ? GO_MAP : GO_LIST);
    *out = value_nil();
    return false;
}

/* A map that holds the error beside what may have been read. */
static struct value error_map(struct arena *a, struct value partial, struct slice error)
{
    struct map *map = partial.kind == VALUE_MAP ? partial.map : map_new(a, 1);
    map_set_text(map, "Error", value_string(error));
    return value_map(map);
}

static struct value error_list(struct arena *a, struct slice error)
{
    struct list *list = list_new(a, 1);
    list_add(a, list, value_string(error));
    return value_list(list);
}

static bool fn_fromYaml(struct call *call, struct value *out)
{
    struct slice error;
    if (!read_yaml(call, VALUE_MAP, out, &error))
        *out = error_map(call->arena, value_nil(), error);
    else if (out->kind == VALUE_NIL)
        *out = value_map(map_new(call->arena, 0));
    return true;
}

static bool fn_fromYamlArray(struct call *call, struct value *out)
{
    struct slice error;
    if (!read_yaml(call, VALUE_LIST, out, &error))
        *out = error_list(call->arena, error);
    else if (out->kind == VALUE_NIL)
        *out = value_list(list_new(call->arena, 0));
    return true;
}

/* Unlike YAML's, a null of JSON gives a nil map. */
static bool fn_fromJson(struct call *call, struct value *out)
{
    struct slice error;
    if (!read_json(call, VALUE_MAP, out, &error))
        *out = error_map(call->arena, *out, error);
    else if (out->kind == VALUE_NIL)
        *out = value_map(map_nil());
    return true;
}

static bool fn_fromJsonArray(struct call *call, struct value *out)
{
    struct slice error;
    if (!read_json(call, VALUE_LIST, out, &error))
        *out = error_list(call->arena, error);
    else if (out->kind == VALUE_NIL)
        *out = value_list(list_nil());
    return true;
}

static bool fn_mustFromJson(struct call *call, struct value *out)
{
    struct slice error;
    if (!json_read(call->arena, NULL, value_slice(call->args[0]), out, &error, NULL))
        return call_error_slice(call, error);
    return true;
}

static bool fn_fromToml(struct call *call, struct value *out)
{
    struct slice error;
    if (!toml_read(call->arena, value_slice(call->args[0]), out, &error))
        *out = error_map(call->arena, value_nil(), error);
    return true;
}

const struct function functions_conversion[] = {
    {"toYaml", "a", fn_toYaml, "YAML of a value without its final newline; empty where it cannot be written.",
     "toYaml (dict \"a\" (list 1 \"2\"))", "a:\n- 1\n- \"2\""},
    {"mustToYaml", "a", fn_mustToYaml, "As toYaml; fails where the value cannot be written.", "mustToYaml (list 1)",
     "- 1"},
    {"toYamlPretty", "a", fn_toYamlPretty, "YAML with lists indented in maps and no folded lines.",
     "toYamlPretty (dict \"a\" (list 1))", "a:\n  - 1"},
    {"fromYaml", "s", fn_fromYaml, "A map read from YAML; the error text under Error where that fails.",
     "(fromYaml \"a: 1\").a", "1"},
    {"fromYamlArray", "s", fn_fromYamlArray, "A list read from YAML; a list of the error text where that fails.",
     "fromYamlArray \"[1, b]\"", "[1 b]"},
    {"toJson", "a", fn_toJson, "JSON of a value; empty where it cannot be written.", "toJson (dict \"a\" \"<\")",
     "{\"a\":\"\\u003c\"}"},
    {"mustToJson", "a", fn_mustToJson, "As toJson; fails where the value cannot be written.", "mustToJson (list 1)",
     "[1]"},
    {"toPrettyJson", "a", fn_toPrettyJson, "JSON with an indent of two spaces.", "toPrettyJson (list 1)",
     "[\n  1\n]"},
    {"mustToPrettyJson", "a", fn_mustToPrettyJson, "As toPrettyJson; fails where the value cannot be written.",
     "mustToPrettyJson (list 1)", "[\n  1\n]"},
    {"toRawJson", "a", fn_mustToRawJson, "JSON with <, > and & as they are.", "toRawJson \"<\"", "\"<\""},
    {"mustToRawJson", "a", fn_mustToRawJson, "The same as toRawJson.", "mustToRawJson \"<\"", "\"<\""},
    {"fromJson", "s", fn_fromJson, "A map read from JSON; the error text under Error where that fails.",
     "(fromJson \"{\\\"a\\\":1}\").a", "1"},
    {"fromJsonArray", "s", fn_fromJsonArray, "A list read from JSON; a list of the error text where that fails.",
     "fromJsonArray \"[1]\"", "[1]"},
    {"mustFromJson", "s", fn_mustFromJson, "Any value read from JSON; fails on bad JSON.", "mustFromJson \"[1]\"",
     "[1]"},
    {"toToml", "a", fn_toToml, "TOML of a value, or the error text.", "toToml (dict \"a\" 1)", "a = 1\n"},
    {"fromToml", "s", fn_fromToml, "A map read from TOML; the error text under Error where that fails.",
     "(fromToml \"a = 1\").a", "1"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
