/*
 * audit_file.c - findings in files that people write
 *
 * The file is read as nodes, so that each scalar still has its text and style. What a plain scalar is to YAML 1.1 is what
 * go-yaml v2 makes of it, as in Helm; for 1.2 it is the core schema. Whether the syntax is good YAML 1.2 is asked of
 * libfyaml.
 */
#include "report/audit_file.h"

#include "base/limits.h"
#include "codec/yaml12.h"
#include "codec/yaml_node.h"
#include "codec/yaml_read.h"
#include "golang/strconv.h"

/* --- scalars ------------------------------------------------------------------------------------------------------ */

static const char *kind_words(enum yaml12_kind kind)
{
    static const char *const words[] = {
        [YAML12_STRING] = "a text",
        [YAML12_NULL] = "null",
        [YAML12_BOOL] = "a boolean",
        [YAML12_INT] = "an integer",
        [YAML12_FLOAT] = "a number",
    };
    return words[kind];
}

static enum yaml12_kind kind_by_11(struct slice text, struct value *v)
{
    if (!yaml_resolve_plain(text, v))
        return YAML12_STRING;
    switch (v->kind) {
    case VALUE_NIL:
        return YAML12_NULL;
    case VALUE_BOOL:
        return YAML12_BOOL;
    case VALUE_INT:
    case VALUE_UINT:
        return YAML12_INT;
    case VALUE_FLOAT:
        return YAML12_FLOAT;
    default:
        return YAML12_STRING;
    }
}

static bool same_number(struct value old, enum yaml12_kind old_kind, struct yaml12_scalar now)
{
    double was = old.kind == VALUE_INT ? (double)old.i : old.kind == VALUE_UINT ? (double)old.u : old.f;
    return (old_kind != YAML12_INT && old_kind != YAML12_FLOAT) || was == now.number ||
           (was != was && now.number != now.number);
}

/* [-+]?[1-9][0-9]*(:[0-5]?[0-9])+: YAML 1.1's numbers to the base of 60, which Helm does not know. */
static bool is_base_60(struct slice text)
{
    struct slice rest = text, part;
    size_t count = 0;
    if (rest.len && (rest.ptr[0] == '-' || rest.ptr[0] == '+'))
        rest = slice_after(rest, 1);
    while (slice_next_piece(&rest, ':', &part)) {
        bool first = count++ == 0;
        if (part.len == 0 || (!first && (part.len > 2 || (part.len == 2 && part.ptr[0] > '5'))) ||
            (first && part.ptr[0] == '0'))
            return false;
        for (size_t i = 0; i < part.len; i++) {
            if (part.ptr[i] < '0' || part.ptr[i] > '9')
                return false;
        }
    }
    return count > 1;
}

static void audit_scalar(struct audit *audit, struct value node)
{
    struct value old = value_nil();
    struct slice text = value_slice(node);
    if (yaml_node_style(node) != YAML_PLAIN || slice_is(text, "<<"))
        return;
    if (is_base_60(text)) {
        audit_add(audit, AUDIT_AMBIGUOUS_SCALAR, audit_place(audit, node.origin),
                  arena_printf(audit->arena, "quote it: \"%.*s\"", SLICE_ARG(text)),
                  "%.*s is a text to Helm and YAML 1.2, a number to the base of 60 to other readers of YAML 1.1",
                  SLICE_ARG(text));
        return;
    }
    enum yaml12_kind before = kind_by_11(text, &old);
    struct yaml12_scalar now = yaml12_resolve(text);
    bool both_numbers = (before == YAML12_INT || before == YAML12_FLOAT) &&
                        (now.kind == YAML12_INT || now.kind == YAML12_FLOAT);
    if (before == now.kind ? same_number(old, before, now) : both_numbers && same_number(old, before, now))
        return;
    if (before == now.kind)
        audit_add(audit, AUDIT_AMBIGUOUS_SCALAR, audit_place(audit, node.origin), SLICE("quote it, or write it in decimal"),
                 "%.*s is %.15g to YAML 1.1 (Helm), %.15g to YAML 1.2", SLICE_ARG(text),
                 old.kind == VALUE_INT ? (double)old.i : old.f, now.number);
    else
        audit_add(audit, AUDIT_AMBIGUOUS_SCALAR, audit_place(audit, node.origin),
                 arena_printf(audit->arena, "quote it: \"%.*s\"%s", SLICE_ARG(text),
                              before == YAML12_BOOL ? ", or write true or false" : ""),
                 "%.*s is %s to YAML 1.1 (Helm), %s to YAML 1.2", SLICE_ARG(text), kind_words(before),
                 kind_words(now.kind));
}

static void audit_nodes(struct audit *audit, struct value node, size_t depth)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return;
    for (uint32_t i = 0; value_is_list(node) && i < node.list->len; i++)
        audit_nodes(audit, node.list->items[i], depth + 1);
    for (uint32_t i = 0; value_is_map(node) && i < node.map->len; i++)
        audit_nodes(audit, node.map->entries[i].value, depth + 1);
    if (value_is_string(node))
        audit_scalar(audit, node);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

static bool is_plain_yaml(const struct source *source)
{
    return slice_ends(source->name, SLICE(".yaml")) || slice_ends(source->name, SLICE(".yml"));
}

/* Strict reading tells of every key given twice, a line each: `  line 3: key "a" already set in map`. */
static void audit_duplicates(struct audit *audit, const struct source *source, struct arena *scratch)
{
    static const struct slice before = SLICE_INIT("  line ");
    static const struct slice after = SLICE_INIT(" already set in map");
    const struct yaml_read_options strict = {.reject_duplicates = true};
    struct value v;
    struct yaml_error error;
    struct slice rest, line;
    int64_t number;
    if (yaml_read(scratch, source, source->text, &strict, &v, &error))
        return;
    rest = error.message;
    while (slice_next_piece(&rest, '\n', &line)) {
        size_t colon = slice_find(line, SLICE(": key "));
        if (!slice_starts(line, before) || !slice_ends(line, after) || colon == line.len ||
            go_parse_int(slice_part(line, before.len, colon), 10, 32, &number) != GO_NUMBER_OK)
            continue;
        struct diag_place place = {source, (uint32_t)number, 0, 0};
        audit_add(audit, AUDIT_DUPLICATE_KEY, place, SLICE("remove one of the two"),
                 "key %.*s was given before in this map: the last one counts",
                 SLICE_ARG(slice_part(line, colon + strlen(": key "), line.len - after.len)));
    }
}

static void audit_yaml12(struct audit *audit, const struct source *source, struct arena *scratch)
{
    struct yaml12_error error;
    if (yaml12_check(scratch, source->text, &error))
        return;
    struct diag_place place = {source, (uint32_t)error.line, (uint32_t)error.column, 1};
    audit_add(audit, AUDIT_YAML_12, place, SLICE(""), "a reader of YAML 1.2 refuses this: %.*s", SLICE_ARG(error.message));
}

void audit_file(struct audit *audit, const struct source *source)
{
    const struct yaml_read_options nodes = {.raw_scalars = true};
    struct arena scratch;
    struct value v;
    struct yaml_error error;
    if (!is_plain_yaml(source))
        return;
    arena_init(&scratch);
    if (yaml_read(&scratch, source, source->text, &nodes, &v, &error)) {
        audit_nodes(audit, v, 0);
        audit_duplicates(audit, source, &scratch);
        audit_yaml12(audit, source, &scratch);
    }
    arena_release(&scratch);
}
