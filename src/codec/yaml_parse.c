/*
 * yaml_parse.c - YAML tokens to nodes
 *
 * The grammar as a machine with a stack of states, so that nesting costs memory instead of the C stack. A state looks
 * at one token, reports at most one node or end, and says what comes next; where a node is expected the state to come
 * back to is pushed. Places of open collections are kept for the errors.
 */
#include "codec/yaml_parse.h"

#include "base/memory.h"
#include "codec/yaml_node.h"
#include "codec/yaml_scalar.h"
#include "codec/yaml_scan.h"
#include "value/time_value.h"

enum state {
    STATE_DOCUMENT_START,
    STATE_DOCUMENT_CONTENT,
    STATE_DOCUMENT_END,
    STATE_BLOCK_SEQUENCE_ENTRY,
    STATE_INDENTLESS_SEQUENCE_ENTRY,
    STATE_BLOCK_MAPPING_KEY,
    STATE_BLOCK_MAPPING_VALUE,
    STATE_FLOW_SEQUENCE_FIRST_ENTRY,
    STATE_FLOW_SEQUENCE_ENTRY,
    STATE_FLOW_PAIR_KEY, /* a: b within a flow sequence */
    STATE_FLOW_PAIR_VALUE,
    STATE_FLOW_PAIR_END,
    STATE_FLOW_MAPPING_FIRST_KEY,
    STATE_FLOW_MAPPING_KEY,
    STATE_FLOW_MAPPING_VALUE,
    STATE_FLOW_MAPPING_EMPTY_VALUE,
    STATE_END
};

struct tag_directive {
    struct tag_directive *next;
    struct slice handle;
    struct slice prefix;
};

struct parser {
    struct yaml_scanner scanner;
    struct yaml_build *build;
    const struct source *source;
    bool no_origin;
    size_t first_line; /* of the text in the source, 1-based */
    enum state state;
    uint8_t *states;
    size_t state_count;
    size_t state_cap;
    struct yaml_place *marks;
    size_t mark_count;
    size_t mark_cap;
    struct tag_directive *directives;
};

static const struct yaml_place nowhere = {0, 0};

/* --- the machine -------------------------------------------------------------------------------------------------- */

static struct origin origin_of(const struct parser *p, struct yaml_place at)
{
    return p->no_origin ? (struct origin){0} : origin_at(p->source, at.line + p->first_line, at.column + (size_t)1);
}

static const struct yaml_token *peek(struct parser *p)
{
    return yaml_scanner_peek(&p->scanner);
}

static void skip(struct parser *p)
{
    yaml_scanner_skip(&p->scanner);
}

static const struct yaml_token *skip_and_peek(struct parser *p)
{
    skip(p);
    return peek(p);
}

static void push_state(struct parser *p, enum state state)
{
    if (p->state_count == p->state_cap) {
        p->state_cap = p->state_cap ? p->state_cap * 2 : 64;
        p->states = memory_resize(p->states, p->state_cap);
    }
    p->states[p->state_count++] = (uint8_t)state;
}

static void pop_state(struct parser *p)
{
    p->state = (enum state)p->states[--p->state_count];
}

static void push_mark(struct parser *p, struct yaml_place at)
{
    if (p->mark_count == p->mark_cap) {
        p->mark_cap = p->mark_cap ? p->mark_cap * 2 : 32;
        p->marks = memory_resize(p->marks, p->mark_cap * sizeof *p->marks);
    }
    p->marks[p->mark_count++] = at;
}

static bool fault(struct parser *p, struct yaml_place context, const char *problem, struct yaml_place at)
{
    struct yaml_scanner *s = &p->scanner;
    s->failed = true;
    s->by_scanner = false;
    s->problem = problem;
    s->problem_at = at;
    s->context_at = context;
    return false;
}

static bool fault_in_collection(struct parser *p, const char *problem, const struct yaml_token *token)
{
    return fault(p, p->marks[p->mark_count - 1], problem, token->at);
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

/* Anchor and tag in front of a node. */
struct properties {
    struct yaml_place start;
    struct slice anchor;
    struct slice tag; /* in full */
};

static bool is_any_of(const struct yaml_token *token, enum yaml_token_kind a, enum yaml_token_kind b,
                      enum yaml_token_kind c)
{
    return token->kind == a || token->kind == b || token->kind == c;
}

static bool empty_node(struct parser *p, struct yaml_place at)
{
    struct value v = p->build->options->raw_scalars ? yaml_node(SLICE(""), YAML_TAG_NULL, YAML_PLAIN) : value_nil();
    yaml_build_scalar(p->build, value_from(v, origin_of(p, at)), slice_of("", 0));
    return true;
}

/* A node that is not there, behind an indicator. */
static bool empty_node_behind(struct parser *p, struct yaml_place indicator)
{
    indicator.column++;
    return empty_node(p, indicator);
}

/* Puts a tag's handle in full. */
static bool resolve_tag(struct parser *p, struct slice handle, struct slice suffix, struct properties *node,
                        struct yaml_place at)
{
    if (handle.len == 0) {
        node->tag = suffix;
        return true;
    }
    for (const struct tag_directive *d = p->directives; d; d = d->next) {
        if (slice_equal(d->handle, handle)) {
            node->tag = arena_concat(p->build->arena, d->prefix, suffix);
            break;
        }
    }
    if (node->tag.len == 0)
        return fault(p, node->start, "found undefined tag handle", at);
    return true;
}

/* Takes an anchor and a tag in either order; the token behind them, or null after a fault. */
static const struct yaml_token *read_properties(struct parser *p, const struct yaml_token *token,
                                                struct properties *node)
{
    bool has_tag = false;
    bool has_anchor = false;
    struct slice handle = {NULL, 0};
    struct slice suffix = {NULL, 0};
    struct yaml_place tag_at = nowhere;
    node->start = token->at;
    while (token && ((token->kind == YAML_ANCHOR && !has_anchor) || (token->kind == YAML_TAG && !has_tag))) {
        if (token->kind == YAML_ANCHOR) {
            has_anchor = true;
            node->anchor = token->text;
        } else {
            has_tag = true;
            handle = token->text;
            suffix = token->suffix;
            tag_at = token->at;
        }
        token = skip_and_peek(p);
    }
    if (token && has_tag && !resolve_tag(p, handle, suffix, node, tag_at))
        return NULL;
    return token;
}

/* A scalar with a tag; "!" alone makes it plain, whatever its style. */
static void tagged_scalar(struct parser *p, const struct properties *node, struct slice text, struct origin at)
{
    struct value v;
    struct slice error;
    if (yaml_scalar_resolve_tagged(p->build->arena, node->tag, text, &v, &error))
        yaml_build_scalar(p->build, value_from(v, at), node->anchor);
    else
        yaml_build_bad_scalar(p->build, error, node->anchor, at);
}

/* A date or time as go-yaml v3 reads it; false where it is none. */
static bool read_time(const struct parser *p, struct slice text, struct value *out)
{
    static const char *const layouts[] = {"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00",
                                          "2006-1-2 15:4:5.999999999", "2006-1-2"};
    struct go_time time;
    struct slice error;
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (go_time_parse(p->build->arena, slice_text(layouts[i]), text, "UTC", &time, &error)) {
            *out = time_value(p->build->arena, time);
            return true;
        }
    }
    return false;
}

/* go-yaml v3 has dates, and of YAML 1.1's many words for booleans only true and false. */
static struct value plain_value(const struct parser *p, struct slice text)
{
    struct value v = yaml_scalar_resolve(text);
    if (!p->build->options->go_yaml_v3)
        return v;
    bool is_core = v.kind == VALUE_BOOL && ((text.ptr[0] | 0x20) == 't' || (text.ptr[0] | 0x20) == 'f');
    if (v.kind == VALUE_BOOL && !is_core)
        return value_string(text);
    if (v.kind == VALUE_STRING && yaml_scalar_is_timestamp(text))
        read_time(p, text, &v);
    return v;
}

/* A scalar that stays as it is written; only what !!binary says is done at once. */
static void raw_scalar(struct parser *p, const struct properties *node, struct slice text, enum yaml_style style,
                       struct origin at)
{
    enum yaml_tag tag = style == YAML_PLAIN ? yaml_node_resolve(text) : YAML_TAG_STR;
    if (node->tag.len && !slice_is(node->tag, "!")) {
        struct value v;
        struct slice error;
        if (!yaml_scalar_raw_tag(p->build->arena, node->tag, text, &v, &error)) {
            yaml_build_bad_scalar(p->build, error, node->anchor, at);
            return;
        }
        text = value_slice(v);
        tag = yaml_node_tag(v);
    }
    yaml_build_scalar(p->build, value_from(yaml_node(text, tag, style), at), node->anchor);
}

static void scalar(struct parser *p, const struct properties *node, struct slice text, enum yaml_style style)
{
    struct origin at = origin_of(p, node->start);
    bool untagged = node->tag.len == 0;
    bool by_bang = slice_is(node->tag, "!");
    bool is_plain = by_bang || (untagged && style == YAML_PLAIN);
    if (slice_is(text, "<<") && (is_plain || slice_is(node->tag, "tag:yaml.org,2002:merge")))
        yaml_build_merge_key(p->build, text, node->anchor, at);
    else if (p->build->options->raw_scalars)
        raw_scalar(p, node, text, style, at);
    else if (untagged)
        yaml_build_scalar(p->build, value_from(is_plain ? plain_value(p, text) : value_string(text), at),
                          node->anchor);
    else
        tagged_scalar(p, node, text, at);
}

static bool begin(struct parser *p, const struct properties *node, bool is_map, enum state next)
{
    yaml_build_begin(p->build, is_map, node->anchor, origin_of(p, node->start));
    p->state = next;
    return true;
}

/* Begins a collection whose first token is taken. */
static bool open(struct parser *p, const struct properties *node, const struct yaml_token *token, bool is_map,
                 enum state next)
{
    push_mark(p, token->at);
    skip(p);
    return begin(p, node, is_map, next);
}

/* Where a node with properties has no content. */
static bool end_of_properties(struct parser *p, const struct properties *node, const struct yaml_token *token)
{
    if (node->anchor.len == 0 && node->tag.len == 0)
        return fault(p, node->start, "did not find expected node content", token->at);
    pop_state(p);
    scalar(p, node, slice_of("", 0), YAML_PLAIN);
    return true;
}

/* Any node; in block context block collections, too, and where allowed a list that is not indented. */
static bool read_node(struct parser *p, bool block, bool indentless)
{
    const struct yaml_token *token = peek(p);
    struct properties node = {0};
    if (!token)
        return false;
    if (token->kind == YAML_ALIAS) {
        struct slice name = token->text;
        struct yaml_place at = token->at;
        pop_state(p);
        skip(p);
        return yaml_build_alias(p->build, name, origin_of(p, at));
    }
    token = read_properties(p, token, &node);
    if (!token)
        return false;
    switch (token->kind) {
    case YAML_SCALAR:
        pop_state(p);
        scalar(p, &node, token->text, (enum yaml_style)token->style);
        skip(p);
        return true;
    case YAML_FLOW_SEQUENCE_START:
        return open(p, &node, token, false, STATE_FLOW_SEQUENCE_FIRST_ENTRY);
    case YAML_FLOW_MAPPING_START:
        return open(p, &node, token, true, STATE_FLOW_MAPPING_FIRST_KEY);
    case YAML_BLOCK_ENTRY:
        if (indentless)
            return begin(p, &node, false, STATE_INDENTLESS_SEQUENCE_ENTRY);
        break;
    case YAML_BLOCK_SEQUENCE_START:
        if (block)
            return open(p, &node, token, false, STATE_BLOCK_SEQUENCE_ENTRY);
        break;
    case YAML_BLOCK_MAPPING_START:
        if (block)
            return open(p, &node, token, true, STATE_BLOCK_MAPPING_KEY);
        break;
    default:
        break;
    }
    return end_of_properties(p, &node, token);
}

/* A node, after which the machine goes on in that state. */
static bool read_node_then(struct parser *p, enum state next, bool block, bool indentless)
{
    push_state(p, next);
    return read_node(p, block, indentless);
}

/* The end of a collection; its last token is taken. */
static bool close(struct parser *p)
{
    skip(p);
    p->mark_count--;
    pop_state(p);
    yaml_build_end(p->build);
    return true;
}

/* --- block collections -------------------------------------------------------------------------------------------- */

static bool block_sequence_entry(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind == YAML_BLOCK_END)
        return close(p);
    if (token->kind != YAML_BLOCK_ENTRY)
        return fault_in_collection(p, "did not find expected '-' indicator", token);
    struct yaml_place dash = token->at;
    token = skip_and_peek(p);
    if (!token)
        return false;
    if (token->kind == YAML_BLOCK_ENTRY || token->kind == YAML_BLOCK_END)
        return empty_node_behind(p, dash);
    return read_node_then(p, STATE_BLOCK_SEQUENCE_ENTRY, true, false);
}

static bool indentless_sequence_entry(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind != YAML_BLOCK_ENTRY) {
        pop_state(p);
        yaml_build_end(p->build);
        return true;
    }
    struct yaml_place dash = token->at;
    token = skip_and_peek(p);
    if (!token)
        return false;
    if (token->kind == YAML_BLOCK_ENTRY || is_any_of(token, YAML_KEY, YAML_VALUE, YAML_BLOCK_END))
        return empty_node_behind(p, dash);
    return read_node_then(p, STATE_INDENTLESS_SEQUENCE_ENTRY, true, false);
}

static bool block_mapping_key(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind == YAML_BLOCK_END)
        return close(p);
    if (token->kind != YAML_KEY)
        return fault_in_collection(p, "did not find expected key", token);
    struct yaml_place mark = token->at;
    token = skip_and_peek(p);
    if (!token)
        return false;
    if (!is_any_of(token, YAML_KEY, YAML_VALUE, YAML_BLOCK_END))
        return read_node_then(p, STATE_BLOCK_MAPPING_VALUE, true, true);
    p->state = STATE_BLOCK_MAPPING_VALUE;
    return empty_node_behind(p, mark);
}

static bool block_mapping_value(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    p->state = STATE_BLOCK_MAPPING_KEY;
    if (token->kind != YAML_VALUE)
        return empty_node(p, token->at);
    struct yaml_place colon = token->at;
    token = skip_and_peek(p);
    if (!token)
        return false;
    if (is_any_of(token, YAML_KEY, YAML_VALUE, YAML_BLOCK_END))
        return empty_node_behind(p, colon);
    return read_node_then(p, STATE_BLOCK_MAPPING_KEY, true, true);
}

/* --- flow collections --------------------------------------------------------------------------------------------- */

/* Takes the comma that all entries but the first need; the token behind it, or null. */
static const struct yaml_token *take_comma(struct parser *p, const struct yaml_token *token, bool first,
                                           const char *problem)
{
    if (first)
        return token;
    if (token->kind == YAML_FLOW_ENTRY)
        return skip_and_peek(p);
    fault_in_collection(p, problem, token);
    return NULL;
}

static bool flow_sequence_entry(struct parser *p, bool first)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind != YAML_FLOW_SEQUENCE_END) {
        token = take_comma(p, token, first, "did not find expected ',' or ']'");
        if (!token)
            return false;
    }
    if (token->kind == YAML_FLOW_SEQUENCE_END)
        return close(p);
    if (token->kind != YAML_KEY)
        return read_node_then(p, STATE_FLOW_SEQUENCE_ENTRY, false, false);
    struct properties node = {.start = token->at};
    skip(p);
    return begin(p, &node, true, STATE_FLOW_PAIR_KEY);
}

static bool flow_pair_key(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (!is_any_of(token, YAML_VALUE, YAML_FLOW_ENTRY, YAML_FLOW_SEQUENCE_END))
        return read_node_then(p, STATE_FLOW_PAIR_VALUE, false, false);
    struct yaml_place mark = token->at;
    skip(p); /* go-yaml drops the token, even the ']' */
    p->state = STATE_FLOW_PAIR_VALUE;
    return empty_node_behind(p, mark);
}

static bool flow_pair_value(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    struct yaml_place mark = token->at;
    if (token->kind == YAML_VALUE) {
        token = skip_and_peek(p);
        if (!token)
            return false;
        if (token->kind != YAML_FLOW_ENTRY && token->kind != YAML_FLOW_SEQUENCE_END)
            return read_node_then(p, STATE_FLOW_PAIR_END, false, false);
    }
    p->state = STATE_FLOW_PAIR_END;
    return empty_node(p, mark);
}

static bool flow_pair_end(struct parser *p)
{
    if (!peek(p))
        return false;
    p->state = STATE_FLOW_SEQUENCE_ENTRY;
    yaml_build_end(p->build);
    return true;
}

static bool flow_mapping_key(struct parser *p, bool first)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind != YAML_FLOW_MAPPING_END) {
        token = take_comma(p, token, first, "did not find expected ',' or '}'");
        if (!token)
            return false;
    }
    if (token->kind == YAML_FLOW_MAPPING_END)
        return close(p);
    if (token->kind != YAML_KEY)
        return read_node_then(p, STATE_FLOW_MAPPING_EMPTY_VALUE, false, false);
    token = skip_and_peek(p);
    if (!token)
        return false;
    if (!is_any_of(token, YAML_VALUE, YAML_FLOW_ENTRY, YAML_FLOW_MAPPING_END))
        return read_node_then(p, STATE_FLOW_MAPPING_VALUE, false, false);
    p->state = STATE_FLOW_MAPPING_VALUE;
    return empty_node(p, token->at);
}

static bool flow_mapping_value(struct parser *p, bool empty)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    p->state = STATE_FLOW_MAPPING_KEY;
    if (!empty && token->kind == YAML_VALUE) {
        token = skip_and_peek(p);
        if (!token)
            return false;
        if (token->kind != YAML_FLOW_ENTRY && token->kind != YAML_FLOW_MAPPING_END)
            return read_node_then(p, STATE_FLOW_MAPPING_KEY, false, false);
    }
    return empty_node(p, token->at);
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

static bool add_directive(struct parser *p, struct slice handle, struct slice prefix, bool again,
                          struct yaml_place at)
{
    for (const struct tag_directive *d = p->directives; d; d = d->next) {
        if (slice_equal(d->handle, handle))
            return again || fault(p, nowhere, "found duplicate %TAG directive", at);
    }
    struct tag_directive *directive = ARENA_NEW(p->build->arena, struct tag_directive);
    *directive = (struct tag_directive){p->directives, handle, prefix};
    p->directives = directive;
    return true;
}

static bool read_version(struct parser *p, const struct yaml_token *token, bool *seen)
{
    if (*seen)
        return fault(p, nowhere, "found duplicate %YAML directive", token->at);
    *seen = true;
    if (token->major != 1 || token->minor != 1)
        return fault(p, nowhere, "found incompatible YAML document", token->at);
    return true;
}

/* Takes the directives; the token behind them, or null. */
static const struct yaml_token *read_directives(struct parser *p, const struct yaml_token *token)
{
    bool seen = false;
    while (token && (token->kind == YAML_VERSION_DIRECTIVE || token->kind == YAML_TAG_DIRECTIVE)) {
        bool done = token->kind == YAML_VERSION_DIRECTIVE
                        ? read_version(p, token, &seen)
                        : add_directive(p, token->text, token->suffix, false, token->at);
        if (!done)
            return NULL;
        token = skip_and_peek(p);
    }
    add_directive(p, SLICE("!"), SLICE("!"), true, nowhere);
    add_directive(p, SLICE("!!"), SLICE("tag:yaml.org,2002:"), true, nowhere);
    return token;
}

static bool document_start(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (token->kind == YAML_STREAM_END) {
        p->state = STATE_END;
        return true;
    }
    bool is_explicit = is_any_of(token, YAML_VERSION_DIRECTIVE, YAML_TAG_DIRECTIVE, YAML_DOCUMENT_START);
    token = read_directives(p, token);
    if (!token)
        return false;
    push_state(p, STATE_DOCUMENT_END);
    if (!is_explicit)
        return read_node(p, true, false);
    if (token->kind != YAML_DOCUMENT_START)
        return fault(p, nowhere, "did not find expected <document start>", token->at);
    skip(p);
    p->state = STATE_DOCUMENT_CONTENT;
    return true;
}

static bool document_content(struct parser *p)
{
    const struct yaml_token *token = peek(p);
    if (!token)
        return false;
    if (is_any_of(token, YAML_VERSION_DIRECTIVE, YAML_TAG_DIRECTIVE, YAML_DOCUMENT_START) ||
        token->kind == YAML_DOCUMENT_END || token->kind == YAML_STREAM_END) {
        pop_state(p);
        return empty_node(p, token->at);
    }
    return read_node(p, true, false);
}

/* The token behind the document is looked at, for its faults, but nothing behind it. */
static bool document_end(struct parser *p)
{
    p->state = STATE_END;
    return peek(p) != NULL;
}

static bool step(struct parser *p)
{
    switch (p->state) {
    case STATE_DOCUMENT_START:
        return document_start(p);
    case STATE_DOCUMENT_CONTENT:
        return document_content(p);
    case STATE_DOCUMENT_END:
        return document_end(p);
    case STATE_BLOCK_SEQUENCE_ENTRY:
        return block_sequence_entry(p);
    case STATE_INDENTLESS_SEQUENCE_ENTRY:
        return indentless_sequence_entry(p);
    case STATE_BLOCK_MAPPING_KEY:
        return block_mapping_key(p);
    case STATE_BLOCK_MAPPING_VALUE:
        return block_mapping_value(p);
    case STATE_FLOW_SEQUENCE_FIRST_ENTRY:
        return flow_sequence_entry(p, true);
    case STATE_FLOW_SEQUENCE_ENTRY:
        return flow_sequence_entry(p, false);
    case STATE_FLOW_PAIR_KEY:
        return flow_pair_key(p);
    case STATE_FLOW_PAIR_VALUE:
        return flow_pair_value(p);
    case STATE_FLOW_PAIR_END:
        return flow_pair_end(p);
    case STATE_FLOW_MAPPING_FIRST_KEY:
        return flow_mapping_key(p, true);
    case STATE_FLOW_MAPPING_KEY:
        return flow_mapping_key(p, false);
    case STATE_FLOW_MAPPING_VALUE:
        return flow_mapping_value(p, false);
    case STATE_FLOW_MAPPING_EMPTY_VALUE:
        return flow_mapping_value(p, true);
    case STATE_END:
        break;
    }
    return false;
}

static void report(struct parser *p)
{
    const struct yaml_scanner *s = &p->scanner;
    struct yaml_problem problem = {s->problem, s->by_scanner, s->problem_at.line, s->problem_at.column,
                                   s->context_at.line, p->build->options->go_yaml_v3};
    yaml_faults_add(&p->build->faults, YAML_STAGE_PARSE, yaml_problem_text(p->build->arena, &problem),
                    origin_at(p->source, s->problem_at.line + p->first_line, s->problem_at.column + (size_t)1));
}

void yaml_parse(struct yaml_build *build, const struct yaml_text *text, const struct source *source,
                const struct yaml_read_options *options)
{
    struct parser p = {.build = build, .source = source, .no_origin = options->no_origin,
                       .first_line = options->lines_before + 1};
    yaml_scanner_init(&p.scanner, build->arena, text);
    while (step(&p) && p.state != STATE_END)
        continue;
    if (p.scanner.failed)
        report(&p);
    yaml_scanner_release(&p.scanner);
    memory_free(p.states);
    memory_free(p.marks);
}
