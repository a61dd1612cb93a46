/*
 * schema_error.c - the tree of faults in the words of santhosh-tekuri/jsonschema v6
 *
 * The library prints numbers for English readers (golang.org/x/text): groups of three digits, and a power of ten
 * spelled with superscripts where the number has more than six digits before the point.
 */
#include "chart/schema_error.h"

#include "chart/schema_url.h"
#include "golang/strconv.h"

void schema_error_add_cause(struct schema_error *error, struct schema_error *cause)
{
    if (!cause)
        return;
    if (error->last_cause)
        error->last_cause->next = cause;
    else
        error->causes = cause;
    while (cause->next)
        cause = cause->next;
    error->last_cause = cause;
}

/* --- words -------------------------------------------------------------------------------------------------- */

/* Go's quoted text, with the quotes exchanged. */
void schema_add_quoted(struct buffer *out, struct slice s)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, s);
    buffer_add_char(out, '\'');
    for (size_t i = 1; i + 1 < quoted.len; i++) {
        char c = quoted.ptr[i];
        if (c == '\\' && quoted.ptr[i + 1] == '"' && i + 2 < quoted.len)
            continue;
        if (c == '\'')
            buffer_add_char(out, '\\');
        buffer_add_char(out, c);
    }
    buffer_add_char(out, '\'');
    buffer_release(&quoted);
}

static void add_quoted_names(struct buffer *out, const struct schema_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i)
            buffer_add_text(out, ", ");
        schema_add_quoted(out, names->items[i]);
    }
}

static void add_joined(struct buffer *out, const struct schema_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i)
            buffer_add_char(out, ' ');
        buffer_add(out, names->items[i]);
    }
}

/* The digits with a comma before every third one from the end. */
static void add_grouped(struct buffer *out, struct slice digits)
{
    for (size_t i = 0; i < digits.len; i++) {
        if (i && (digits.len - i) % 3 == 0)
            buffer_add_char(out, ',');
        buffer_add_char(out, digits.ptr[i]);
    }
}

static void add_integer(struct buffer *out, int64_t n)
{
    struct buffer digits = BUFFER_INIT;
    go_format_int(&digits, n, 10);
    struct slice s = buffer_slice(&digits);
    if (n < 0) {
        buffer_add_char(out, '-');
        s = slice_after(s, 1);
    }
    add_grouped(out, s);
    buffer_release(&digits);
}

static void add_superscript(struct buffer *out, struct slice digits)
{
    static const char *const superscripts[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    for (size_t i = 0; i < digits.len; i++)
        buffer_add_text(out, superscripts[digits.ptr[i] - '0']);
}

/* "1.5e+07" as "1.5×10⁰⁷". */
static void add_scientific(struct buffer *out, struct slice s)
{
    size_t e = slice_find_char(s, 'e');
    buffer_add(out, slice_part(s, 0, e));
    buffer_add_text(out, "×10");
    if (s.ptr[e + 1] == '-')
        buffer_add_text(out, "⁻");
    add_superscript(out, slice_after(s, e + 2));
}

/* "12345.5" as "12,345.5". */
static void add_decimal(struct buffer *out, struct slice s)
{
    size_t point = slice_find_char(s, '.');
    add_grouped(out, slice_part(s, 0, point));
    buffer_add(out, slice_after(s, point));
}

static void add_number(struct buffer *out, const struct schema_number *n)
{
    struct buffer text = BUFFER_INIT;
    double f = schema_number_double(n);
    if (f < 0)
        buffer_add_char(out, '-');
    f = fabs(f);
    if (isinf(f)) {
        buffer_add_text(out, "∞");
        return;
    }
    bool scientific = f != 0 && (f < 1e-4 || f >= 1e6);
    go_format_float(&text, f, scientific ? 'e' : 'f', -1, 64);
    if (scientific)
        add_scientific(out, buffer_slice(&text));
    else
        add_decimal(out, buffer_slice(&text));
    buffer_release(&text);
}

/* A value that is no map and no list. */
static void add_primitive(struct buffer *out, struct value v)
{
    if (schema_value_is_string(v))
        schema_add_quoted(out, value_slice(v));
    else if (v.kind == VALUE_STRING)
        buffer_add(out, value_slice(v));
    else
        buffer_add_text(out, v.kind == VALUE_NIL ? "<nil>" : v.b ? "true" : "false");
}

static void add_types(struct buffer *out, unsigned types)
{
    bool first = true;
    for (unsigned i = 0; i < SCHEMA_TYPES; i++) {
        if (!(types & (1U << i)))
            continue;
        if (!first)
            buffer_add_text(out, " or ");
        buffer_add_text(out, schema_type_name(1U << i));
        first = false;
    }
}

/* --- messages ----------------------------------------------------------------------------------------------- */

static void write_type(const struct schema_error *e, struct buffer *out)
{
    buffer_printf(out, "got %s, want ", schema_type_name(schema_type_of(e->value)));
    add_types(out, e->node->types);
}

static bool is_composite(struct value v)
{
    return v.kind == VALUE_LIST || v.kind == VALUE_MAP;
}

static void write_const(const struct schema_error *e, struct buffer *out)
{
    if (is_composite(*e->node->constant_value)) {
        buffer_add_text(out, "'const' failed");
        return;
    }
    buffer_add_text(out, "value must be ");
    add_primitive(out, *e->node->constant_value);
}

static void write_enum(const struct schema_error *e, struct buffer *out)
{
    const struct list *list = e->node->enumeration;
    for (uint32_t i = 0; i < list->len; i++) {
        if (is_composite(list->items[i])) {
            buffer_add_text(out, "'enum' failed");
            return;
        }
    }
    buffer_add_text(out, list->len == 1 ? "value must be " : "value must be one of ");
    for (uint32_t i = 0; i < list->len; i++) {
        if (i)
            buffer_add_text(out, ", ");
        add_primitive(out, list->items[i]);
    }
}

static void write_cycle(const struct schema_error *e, struct buffer *out)
{
    struct buffer location = BUFFER_INIT;
    schema_node_add_location(e->node, &location);
    buffer_printf(out, "both %.*s and %.*s resolve to ", SLICE_ARG(e->text), SLICE_ARG(e->text2));
    go_quote(out, buffer_slice(&location));
    buffer_add_text(out, " causing reference cycle");
    buffer_release(&location);
}

static void write_format(const struct schema_error *e, struct buffer *out)
{
    add_primitive(out, e->value);
    buffer_printf(out, " is not valid %.*s: ", SLICE_ARG(e->node->format->name));
    buffer_add(out, e->text);
}

static void write_size(const struct schema_error *e, struct buffer *out)
{
    static const char *const keywords[] = {"minProperties", "maxProperties", "minItems",
                                           "maxItems",      "minLength",     "maxLength"};
    buffer_printf(out, "%s: got ", keywords[e->kind - SCHEMA_ERROR_MIN_PROPERTIES]);
    add_integer(out, e->got);
    buffer_add_text(out, ", want ");
    add_integer(out, e->want);
}

static void write_bound(const struct schema_error *e, struct buffer *out)
{
    static const char *const keywords[] = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
                                           "multipleOf"};
    buffer_printf(out, "%s: got ", keywords[e->kind - SCHEMA_ERROR_MINIMUM]);
    add_number(out, e->number);
    buffer_add_text(out, ", want ");
    add_number(out, e->bound);
}

static void write_required(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, e->names.count == 1 ? "missing property " : "missing properties ");
    add_quoted_names(out, &e->names);
}

static void write_dependency(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, "properties ");
    add_quoted_names(out, &e->names);
    buffer_add_text(out, " required, if ");
    schema_add_quoted(out, e->text);
    buffer_add_text(out, " exists");
}

static void write_additional_properties(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, "additional properties ");
    add_quoted_names(out, &e->names);
    buffer_add_text(out, " not allowed");
}

static void write_additional_items(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, "last ");
    add_integer(out, e->got);
    buffer_add_text(out, " additionalItem(s) not allowed");
}

static void write_unique(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, "items at ");
    add_integer(out, e->got);
    buffer_add_text(out, " and ");
    add_integer(out, e->want);
    buffer_add_text(out, " are equal");
}

static void write_contains_count(const struct schema_error *e, struct buffer *out)
{
    buffer_add_text(out, e->kind == SCHEMA_ERROR_MIN_CONTAINS ? "min " : "max ");
    add_integer(out, e->want);
    buffer_add_text(out, " items required to match contains schema, but ");
    if (e->names.count == 0 && e->kind == SCHEMA_ERROR_MIN_CONTAINS) {
        buffer_add_text(out, "none matched");
        return;
    }
    buffer_add_text(out, "matched ");
    add_integer(out, (int64_t)e->names.count);
    buffer_add_text(out, " items at ");
    add_joined(out, &e->names);
}

static void write_pattern(const struct schema_error *e, struct buffer *out)
{
    schema_add_quoted(out, value_slice(e->value));
    buffer_add_text(out, " does not match pattern ");
    schema_add_quoted(out, e->node->string->pattern->text);
}

static void write_one_of(const struct schema_error *e, struct buffer *out)
{
    if (e->got == e->want) {
        buffer_add_text(out, "'oneOf' failed, none matched");
        return;
    }
    buffer_add_text(out, "'oneOf' failed, subschemas ");
    add_integer(out, e->got);
    buffer_add_text(out, ", ");
    add_integer(out, e->want);
    buffer_add_text(out, " matched");
}

static void write_message(const struct schema_error *e, struct buffer *out)
{
    switch (e->kind) {
    case SCHEMA_ERROR_FALSE:
        buffer_add_text(out, "false schema");
        break;
    case SCHEMA_ERROR_CYCLE:
        write_cycle(e, out);
        break;
    case SCHEMA_ERROR_INVALID:
        buffer_printf(out, "invalid jsonType %s", value_type_name(e->value));
        break;
    case SCHEMA_ERROR_TYPE:
        write_type(e, out);
        break;
    case SCHEMA_ERROR_CONST:
        write_const(e, out);
        break;
    case SCHEMA_ERROR_ENUM:
        write_enum(e, out);
        break;
    case SCHEMA_ERROR_FORMAT:
        write_format(e, out);
        break;
    case SCHEMA_ERROR_MIN_PROPERTIES:
    case SCHEMA_ERROR_MAX_PROPERTIES:
    case SCHEMA_ERROR_MIN_ITEMS:
    case SCHEMA_ERROR_MAX_ITEMS:
    case SCHEMA_ERROR_MIN_LENGTH:
    case SCHEMA_ERROR_MAX_LENGTH:
        write_size(e, out);
        break;
    case SCHEMA_ERROR_REQUIRED:
        write_required(e, out);
        break;
    case SCHEMA_ERROR_DEPENDENCY:
        write_dependency(e, out);
        break;
    case SCHEMA_ERROR_ADDITIONAL_PROPERTIES:
        write_additional_properties(e, out);
        break;
    case SCHEMA_ERROR_ADDITIONAL_ITEMS:
        write_additional_items(e, out);
        break;
    case SCHEMA_ERROR_PROPERTY_NAME:
        buffer_add_text(out, "invalid propertyName ");
        schema_add_quoted(out, e->text);
        break;
    case SCHEMA_ERROR_UNIQUE:
        write_unique(e, out);
        break;
    case SCHEMA_ERROR_CONTAINS:
        buffer_add_text(out, "no items match contains schema");
        break;
    case SCHEMA_ERROR_MIN_CONTAINS:
    case SCHEMA_ERROR_MAX_CONTAINS:
        write_contains_count(e, out);
        break;
    case SCHEMA_ERROR_PATTERN:
        write_pattern(e, out);
        break;
    case SCHEMA_ERROR_MINIMUM:
    case SCHEMA_ERROR_MAXIMUM:
    case SCHEMA_ERROR_EXCLUSIVE_MINIMUM:
    case SCHEMA_ERROR_EXCLUSIVE_MAXIMUM:
    case SCHEMA_ERROR_MULTIPLE_OF:
        write_bound(e, out);
        break;
    case SCHEMA_ERROR_NOT:
        buffer_add_text(out, "'not' failed");
        break;
    case SCHEMA_ERROR_ALL_OF:
        buffer_add_text(out, "'allOf' failed");
        break;
    case SCHEMA_ERROR_ANY_OF:
        buffer_add_text(out, "'anyOf' failed");
        break;
    case SCHEMA_ERROR_ONE_OF:
        write_one_of(e, out);
        break;
    default:
        buffer_add_text(out, "validation failed");
    }
}

/* --- the tree ----------------------------------------------------------------------------------------------- */

static void add_pointer(struct buffer *out, const struct schema_path *path)
{
    size_t start = out->len;
    struct buffer segment = BUFFER_INIT;
    for (; path; path = path->parent) {
        buffer_clear(&segment);
        buffer_add_char(&segment, '/');
        schema_pointer_add(&segment, path->token);
        buffer_insert(out, start, buffer_slice(&segment));
    }
    buffer_release(&segment);
}

/* A reference with a single cause is passed over: what broke says all. */
static bool is_shown(const struct schema_error *e)
{
    return e->kind != SCHEMA_ERROR_REFERENCE || !e->causes || e->causes->next;
}

static void write_error(const struct schema_error *e, size_t indent, struct buffer *out)
{
    if (is_shown(e)) {
        struct buffer pointer = BUFFER_INIT;
        add_pointer(&pointer, e->path);
        buffer_add_char(out, '\n');
        buffer_add_repeated(out, ' ', 2 * indent);
        buffer_add_text(out, "- at ");
        schema_add_quoted(out, buffer_slice(&pointer));
        buffer_add_text(out, ": ");
        write_message(e, out);
        buffer_release(&pointer);
        indent++;
    }
    for (const struct schema_error *cause = e->causes; cause; cause = cause->next)
        write_error(cause, indent, out);
}

void schema_error_write_causes(const struct schema_error *error, struct buffer *out)
{
    for (const struct schema_error *cause = error->causes; cause; cause = cause->next)
        write_error(cause, 0, out);
}
