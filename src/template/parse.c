/*
 * parse.c - template text to trees
 *
 * A recursive descent over the tokens, one function a clause, each headed by its grammar rule. The first error ends
 * the parse: every function returns null (or false) then, with the diagnostic added. A {{ define }} or {{ block }}
 * starts a tree of its own with its own variables, hence struct scope.
 */
#include "template/parse.h"

#include "base/limits.h"
#include "golang/strconv.h"
#include "template/lex.h"
#include "value/complex.h"

/* What belongs to the tree being parsed. */
struct scope {
    struct tree *tree;
    struct name_list variables;
    int range_depth;
};

struct parser {
    struct arena *arena;
    struct token_list tokens;
    size_t next;     /* index of the next token */
    size_t farthest; /* of those looked at: errors name its line, as Go's lookahead makes them do */
    const struct token *action; /* the delimiter of the one being parsed, or null */
    int depth;
    struct scope *scope;
    struct slice name;
    struct slice text;
    const struct source *source;
    const struct function_table *functions;
    struct name_list changed; /* variables assigned, or whose maps are changed, so far */
    struct parse_result *result;
    struct diag *diag;
};

/* --- tokens --------------------------------------------------------------------------------------------------- */

static const struct token *token_at(struct parser *p, size_t index)
{
    if (index >= p->tokens.count)
        index = p->tokens.count - 1;
    if (index > p->farthest)
        p->farthest = index;
    return &p->tokens.items[index];
}

static const struct token *peek(struct parser *p)
{
    return token_at(p, p->next);
}

static const struct token *next(struct parser *p)
{
    return token_at(p, p->next++);
}

static void skip_space(struct parser *p)
{
    while (peek(p)->kind == TOKEN_SPACE)
        p->next++;
}

static const struct token *peek_non_space(struct parser *p)
{
    skip_space(p);
    return peek(p);
}

static const struct token *next_non_space(struct parser *p)
{
    skip_space(p);
    return next(p);
}

/* --- errors --------------------------------------------------------------------------------------------------- */

/* 1-based. */
static size_t line_of(const struct parser *p, const struct token *token)
{
    return 1 + slice_count_char(slice_part(p->text, 0, token->pos), '\n');
}

static bool fail(struct parser *p, struct buffer *message)
{
    const struct token *token = &p->tokens.items[p->farthest];
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "template: %.*s:%zu: ", SLICE_ARG(p->name), line_of(p, token));
    buffer_add(&text, buffer_slice(message));
    diag_error_slice(p->diag, buffer_slice(&text));
    if (p->source)
        diag_locate(p->diag, diag_place_at(p->source, token->pos, token->text.len));
    buffer_release(&text);
    buffer_release(message);
    return false;
}

static bool fail_text(struct parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail_text(struct parser *p, const char *format, ...)
{
    struct buffer message = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&message, format, args);
    va_end(args);
    return fail(p, &message);
}

static bool fail_quoted(struct parser *p, const char *before, struct slice quoted, const char *after)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, before);
    go_quote(&message, quoted);
    buffer_add_text(&message, after);
    return fail(p, &message);
}

enum {
    SHOWN_TOKEN = 10 /* characters of a token that a message quotes */
};

static void print_token(const struct token *token, struct buffer *out)
{
    if (token->kind == TOKEN_EOF) {
        buffer_add_text(out, "EOF");
    } else if (token->kind == TOKEN_ERROR) {
        buffer_add(out, token->text);
    } else if (token->kind > TOKEN_KEYWORD) {
        buffer_printf(out, "<%.*s>", SLICE_ARG(token->text));
    } else if (token->text.len > SHOWN_TOKEN) {
        /* fmt's precision counts runes */
        size_t bytes = 0;
        for (int runes = 0; bytes < token->text.len; bytes++) {
            if (((unsigned char)token->text.ptr[bytes] & 0xC0) != 0x80 && runes++ == SHOWN_TOKEN)
                break;
        }
        go_quote(out, slice_part(token->text, 0, bytes));
        buffer_add_text(out, "...");
    } else {
        go_quote(out, token->text);
    }
}

static void print_action_start(struct parser *p, const struct token *token, struct buffer *out)
{
    if (!p->action || line_of(p, p->action) == line_of(p, token))
        return;
    /* "unclosed action started at", not "action in action started at" */
    buffer_add_text(out, slice_ends(token->text, SLICE(" action")) ? "" : " in action");
    buffer_printf(out, " started at %.*s:%zu", SLICE_ARG(p->name), line_of(p, p->action));
}

static bool unexpected(struct parser *p, const struct token *token, const char *context)
{
    struct buffer message = BUFFER_INIT;
    if (token->kind == TOKEN_ERROR) {
        print_token(token, &message);
        print_action_start(p, token, &message);
    } else {
        buffer_add_text(&message, "unexpected ");
        print_token(token, &message);
        buffer_printf(&message, " in %s", context);
    }
    return fail(p, &message);
}

static const struct token *expect(struct parser *p, enum token_kind kind, const char *context)
{
    const struct token *token = next_non_space(p);
    if (token->kind == kind)
        return token;
    unexpected(p, token, context);
    return NULL;
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

static struct node *new_node(struct parser *p, enum node_kind kind, uint32_t pos)
{
    struct node *node = ARENA_NEW(p->arena, struct node);
    node->kind = kind;
    node->pos = pos;
    return node;
}

static bool enter(struct parser *p)
{
    if (++p->depth <= LIMIT_TEMPLATE_NESTING)
        return true;
    return fail_text(p, "template nests deeper than %d levels", LIMIT_TEMPLATE_NESTING);
}

static bool unquote(struct parser *p, const struct token *token, struct slice *value)
{
    if (token->kind == TOKEN_RAW_STRING && !memchr(token->text.ptr, '\r', token->text.len)) {
        *value = slice_part(token->text, 1, token->text.len - 1);
        return true;
    }
    if (token->kind == TOKEN_STRING && !memchr(token->text.ptr, '\\', token->text.len)) {
        *value = slice_part(token->text, 1, token->text.len - 1);
        return true;
    }
    return go_unquote(p->arena, token->text, value) || fail_text(p, "invalid syntax");
}

static bool parse_char_constant(struct parser *p, struct slice text, struct number *n)
{
    uint32_t rune;
    if (text.len < 3 || !go_unquote_rune(slice_part(text, 1, text.len - 1), '\'', &rune)) {
        /* a good character with something after it is told from a bad one */
        size_t end = text.len > 1 ? text.len - 1 : 1;
        for (size_t i = 2; i < end; i++) {
            if (go_unquote_rune(slice_part(text, 1, i), '\'', &rune))
                return fail_text(p, "malformed character constant: %.*s", SLICE_ARG(text));
        }
        return fail_text(p, "invalid syntax");
    }
    n->i = rune;
    n->u = rune;
    n->f = rune;
    n->is_int = n->is_uint = n->is_float = true;
    n->has_value = true;
    n->value = value_int(rune);
    return true;
}

/* A whole complex constant is an integer and a float too when its imaginary part is zero. */
static void set_complex(struct parser *p, struct number *n, double real, double imaginary)
{
    n->is_complex = true;
    n->is_float = imaginary == 0;
    if (n->is_float) {
        n->f = real;
        n->is_int = real >= -9.2e18 && real <= 9.2e18 && (double)(int64_t)real == real;
        n->i = n->is_int ? (int64_t)real : 0;
        n->is_uint = real >= 0 && real <= 1.8e19 && (double)(uint64_t)real == real;
        n->u = n->is_uint ? (uint64_t)real : 0;
    }
    n->has_value = true;
    n->value = value_complex(p->arena, real, imaginary);
}

/* Reads "1+2i": the last sign that is not an exponent's parts the two numbers. */
static bool parse_complex(struct parser *p, struct slice text, struct number *n)
{
    size_t split = text.len - 1;
    while (split > 0 && !((text.ptr[split] == '+' || text.ptr[split] == '-') && !strchr("eEpP", text.ptr[split - 1])))
        split--;
    double real = 0;
    double imaginary = 0;
    struct slice first = slice_part(text, 0, split);
    struct slice second = slice_part(text, split, text.len - 1);
    if (go_parse_float(first, 64, &real) == GO_NUMBER_SYNTAX ||
        go_parse_float(second, 64, &imaginary) == GO_NUMBER_SYNTAX)
        return fail_text(p, "syntax error scanning complex number");
    set_complex(p, n, real, imaginary);
    return true;
}

static bool contains_any(struct slice s, const char *set)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] && strchr(set, s.ptr[i]))
            return true;
    }
    return false;
}

static bool is_hex_int(struct slice s)
{
    return s.len > 2 && s.ptr[0] == '0' && (s.ptr[1] == 'x' || s.ptr[1] == 'X') && !contains_any(s, "pP");
}

/* The constant's own type where the context does not ask for one. */
static void set_ideal(struct number *n)
{
    if (n->is_float && !is_hex_int(n->text) && contains_any(n->text, ".eEpP")) {
        n->has_value = true;
        n->value = value_float(n->f);
    } else if (n->is_int) {
        n->has_value = true;
        n->value = value_int(n->i);
    }
}

static void set_integers_from_float(struct number *n)
{
    n->is_int = n->f >= -9223372036854775808.0 && n->f < 9223372036854775808.0 && (double)(int64_t)n->f == n->f;
    n->i = n->is_int ? (int64_t)n->f : 0;
    n->is_uint = n->f >= 0 && n->f < 18446744073709551616.0 && (double)(uint64_t)n->f == n->f;
    n->u = n->is_uint ? (uint64_t)n->f : 0;
}

static bool parse_number(struct parser *p, const struct token *token, struct number *n)
{
    n->text = token->text;
    if (token->kind == TOKEN_CHAR_CONSTANT)
        return parse_char_constant(p, token->text, n);
    if (token->kind == TOKEN_COMPLEX)
        return parse_complex(p, token->text, n);
    struct slice text = token->text;
    if (text.len && text.ptr[text.len - 1] == 'i') {
        double imaginary;
        if (go_parse_float(slice_part(text, 0, text.len - 1), 64, &imaginary) == GO_NUMBER_OK) {
            set_complex(p, n, 0, imaginary);
            return true;
        }
    }
    n->is_uint = go_parse_uint(text, 0, 64, &n->u) == GO_NUMBER_OK;
    n->is_int = go_parse_int(text, 0, 64, &n->i) == GO_NUMBER_OK;
    if (n->is_int && n->i == 0)
        n->is_uint = true;
    if (n->is_int || n->is_uint) {
        n->is_float = true;
        n->f = n->is_int ? (double)n->i : (double)n->u;
    } else if (go_parse_float(text, 64, &n->f) == GO_NUMBER_OK) {
        if (!contains_any(text, ".eEpP"))
            return fail_quoted(p, "integer overflow: ", text, "");
        n->is_float = true;
        set_integers_from_float(n);
    }
    if (!n->is_int && !n->is_uint && !n->is_float)
        return fail_quoted(p, "illegal number syntax: ", text, "");
    set_ideal(n);
    return true;
}

static struct node *new_number(struct parser *p, const struct token *token)
{
    struct number *number = ARENA_NEW(p->arena, struct number);
    if (!parse_number(p, token, number))
        return NULL;
    struct node *node = new_node(p, NODE_NUMBER, token->pos);
    node->number = number;
    return node;
}

static struct node *new_string(struct parser *p, const struct token *token)
{
    struct slice value;
    if (!unquote(p, token, &value))
        return NULL;
    struct node *node = new_node(p, NODE_STRING, token->pos);
    node->string.value = value;
    node->string.quoted = token->text;
    return node;
}

static const struct {
    const char *name;
    enum special_function special;
} special_functions[] = {
    {"and", SPECIAL_AND},
    {"or", SPECIAL_OR},
    {"call", SPECIAL_CALL},
};

static const char *const mutating_functions[] = {
    "set", "unset", "merge", "mustMerge", "mergeOverwrite", "mustMergeOverwrite", "tpl", "setValueAtPath",
};

static bool is_mutating(struct slice name)
{
    for (size_t i = 0; i < sizeof mutating_functions / sizeof mutating_functions[0]; i++) {
        if (slice_is(name, mutating_functions[i]))
            return true;
    }
    return false;
}

static void set_parameters(struct node *node, const char *params)
{
    size_t len = strlen(params);
    node->function.variadic = len > 0 && params[len - 1] == '*';
    node->function.fixed = (int)(node->function.variadic ? len - 2 : len);
}

static struct node *new_function(struct parser *p, const struct token *token)
{
    struct node *node = new_node(p, NODE_IDENTIFIER, token->pos);
    node->function.name = token->text;
    for (size_t i = 0; i < sizeof special_functions / sizeof special_functions[0]; i++) {
        if (slice_is(token->text, special_functions[i].name))
            node->function.special = special_functions[i].special;
    }
    if (node->function.special) {
        set_parameters(node, "vv*");
        return node;
    }
    node->function.function = p->functions->find(p->functions, token->text);
    if (!node->function.function) {
        fail_quoted(p, "function ", token->text, " not defined");
        return NULL;
    }
    set_parameters(node, node->function.function->params);
    if (is_mutating(token->text))
        p->result->mutates = true;
    return node;
}

static struct node *new_variable(struct parser *p, const struct token *token)
{
    struct node *node = new_node(p, NODE_VARIABLE, token->pos);
    name_list_add(p->arena, &node->path, token->text);
    return node;
}

static struct node *use_variable(struct parser *p, const struct token *token)
{
    struct name_list *known = &p->scope->variables;
    for (uint32_t i = 0; i < known->len; i++) {
        if (slice_equal(known->items[i], token->text))
            return new_variable(p, token);
    }
    fail_quoted(p, "undefined variable ", token->text, "");
    return NULL;
}

static struct node *new_field(struct parser *p, const struct token *token)
{
    struct node *node = new_node(p, NODE_FIELD, token->pos);
    name_list_add(p->arena, &node->path, slice_after(token->text, 1));
    return node;
}

/* --- pipelines ------------------------------------------------------------------------------------------------ */

static struct node *parse_pipeline(struct parser *p, const char *context, enum token_kind end);

/* term -> literal | function | '.' | .Field | $variable | '(' pipeline ')'; *none: nothing of that stands here. */
static struct node *parse_term(struct parser *p, bool *none)
{
    const struct token *token = next_non_space(p);
    *none = false;
    switch (token->kind) {
    case TOKEN_IDENTIFIER:
        return new_function(p, token);
    case TOKEN_DOT:
        return new_node(p, NODE_DOT, token->pos);
    case TOKEN_NIL:
        return new_node(p, NODE_NIL, token->pos);
    case TOKEN_VARIABLE:
        return use_variable(p, token);
    case TOKEN_FIELD:
        return new_field(p, token);
    case TOKEN_BOOL: {
        struct node *node = new_node(p, NODE_BOOL, token->pos);
        node->truth = slice_is(token->text, "true");
        return node;
    }
    case TOKEN_CHAR_CONSTANT:
    case TOKEN_COMPLEX:
    case TOKEN_NUMBER:
        return new_number(p, token);
    case TOKEN_LEFT_PAREN:
        return parse_pipeline(p, "parenthesized pipeline", TOKEN_RIGHT_PAREN);
    case TOKEN_STRING:
    case TOKEN_RAW_STRING:
        return new_string(p, token);
    default:
        p->next--;
        *none = true;
        return NULL;
    }
}

static bool fail_dot_after(struct parser *p, const struct node *node)
{
    struct buffer text = BUFFER_INIT;
    node_print(node, &text);
    fail_quoted(p, "unexpected . after term ", buffer_slice(&text), "");
    buffer_release(&text);
    return false;
}

/* The fields after a term: more names on a field or variable, a chain on anything else that can have some. */
static struct node *parse_fields(struct parser *p, struct node *term)
{
    struct name_list fields = {NULL, 0, 0};
    uint32_t pos = peek(p)->pos;
    while (peek(p)->kind == TOKEN_FIELD)
        name_list_add(p->arena, &fields, slice_after(next(p)->text, 1));
    switch (term->kind) {
    case NODE_FIELD:
    case NODE_VARIABLE:
        term->pos = pos;
        for (uint32_t i = 0; i < fields.len; i++)
            name_list_add(p->arena, &term->path, fields.items[i]);
        return term;
    case NODE_BOOL:
    case NODE_STRING:
    case NODE_NUMBER:
    case NODE_NIL:
    case NODE_DOT:
        fail_dot_after(p, term);
        return NULL;
    default: {
        struct node *chain = new_node(p, NODE_CHAIN, pos);
        chain->chain.base = term;
        chain->chain.names = fields;
        return chain;
    }
    }
}

/* operand -> term .Field* */
static struct node *parse_operand(struct parser *p, bool *none)
{
    struct node *term = parse_term(p, none);
    if (term && peek(p)->kind == TOKEN_FIELD)
        return parse_fields(p, term);
    return term;
}

/* Notes the variable whose map a command such as `set $x "k" 1` changes. */
static void note_change(struct parser *p, const struct node_list *words)
{
    if (words->len < 2 || words->items[0]->kind != NODE_IDENTIFIER || words->items[1]->kind != NODE_VARIABLE)
        return;
    struct slice name = words->items[0]->function.name;
    if (is_mutating(name) && !slice_is(name, "tpl"))
        name_list_add(p->arena, &p->changed, words->items[1]->path.items[0]);
}

/* command -> operand (space operand)*, up to a pipe or the end of the pipeline */
static struct node *parse_command(struct parser *p)
{
    struct node *command = new_node(p, NODE_COMMAND, peek_non_space(p)->pos);
    for (;;) {
        bool none;
        skip_space(p);
        struct node *operand = parse_operand(p, &none);
        if (operand)
            node_list_add(p->arena, &command->list, operand);
        else if (!none)
            return NULL;
        const struct token *token = next(p);
        if (token->kind == TOKEN_SPACE)
            continue;
        if (token->kind == TOKEN_RIGHT_DELIM || token->kind == TOKEN_RIGHT_PAREN) {
            p->next--;
            break;
        }
        if (token->kind == TOKEN_PIPE)
            break;
        unexpected(p, token, "operand");
        return NULL;
    }
    if (command->list.len == 0) {
        fail_text(p, "empty command");
        return NULL;
    }
    note_change(p, &command->list);
    return command;
}

static void declare(struct parser *p, struct node *pipe, const struct token *variable)
{
    node_list_add(p->arena, &pipe->pipeline.variables, new_variable(p, variable));
    name_list_add(p->arena, &p->scope->variables, variable->text);
}

/* declarations -> $x [',' $y] (':=' | '=')?; the second variable only in range */
static bool parse_declarations(struct parser *p, struct node *pipe, const char *context)
{
    bool is_range = strcmp(context, "range") == 0;
    while (peek_non_space(p)->kind == TOKEN_VARIABLE) {
        size_t start = p->next;
        const struct token *variable = next(p);
        const struct token *after = peek_non_space(p);
        if (after->kind == TOKEN_ASSIGN || after->kind == TOKEN_DECLARE) {
            pipe->pipeline.is_assign = after->kind == TOKEN_ASSIGN;
            if (pipe->pipeline.is_assign)
                name_list_add(p->arena, &p->changed, variable->text);
            p->next++;
            declare(p, pipe, variable);
            return true;
        }
        if (after->kind != TOKEN_CHAR || !slice_is(after->text, ",")) {
            p->next = start; /* not a declaration: an argument */
            return true;
        }
        p->next++;
        declare(p, pipe, variable);
        if (!is_range || pipe->pipeline.variables.len > 1)
            return fail_text(p, "too many declarations in %s", context);
        enum token_kind kind = peek_non_space(p)->kind;
        if (kind != TOKEN_VARIABLE && kind != TOKEN_RIGHT_DELIM && kind != TOKEN_RIGHT_PAREN)
            return fail_text(p, "range can only initialize variables");
    }
    return true;
}

static bool begins_command(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_BOOL:
    case TOKEN_CHAR_CONSTANT:
    case TOKEN_COMPLEX:
    case TOKEN_DOT:
    case TOKEN_FIELD:
    case TOKEN_IDENTIFIER:
    case TOKEN_NUMBER:
    case TOKEN_NIL:
    case TOKEN_RAW_STRING:
    case TOKEN_STRING:
    case TOKEN_VARIABLE:
    case TOKEN_LEFT_PAREN:
        return true;
    default:
        return false;
    }
}

static bool check_pipeline(struct parser *p, const struct node *pipe, const char *context)
{
    const struct node_list *commands = &pipe->pipeline.commands;
    if (commands->len == 0)
        return fail_text(p, "missing value for %s", context);
    for (uint32_t i = 1; i < commands->len; i++) {
        switch (commands->items[i]->list.items[0]->kind) {
        case NODE_BOOL:
        case NODE_DOT:
        case NODE_NIL:
        case NODE_NUMBER:
        case NODE_STRING:
            return fail_text(p, "non executable command in pipeline stage %u", i + 1);
        default:
            break;
        }
    }
    return true;
}

/* pipeline -> declarations? command ('|' command)* '|'? */
static struct node *parse_pipeline(struct parser *p, const char *context, enum token_kind end)
{
    if (!enter(p))
        return NULL;
    struct node *pipe = new_node(p, NODE_PIPE, peek_non_space(p)->pos);
    if (!parse_declarations(p, pipe, context))
        return NULL;
    for (;;) {
        const struct token *token = next_non_space(p);
        if (token->kind == end)
            break;
        if (!begins_command(token->kind)) {
            unexpected(p, token, context);
            return NULL;
        }
        p->next--;
        struct node *command = parse_command(p);
        if (!command)
            return NULL;
        node_list_add(p->arena, &pipe->pipeline.commands, command);
    }
    p->depth--;
    return check_pipeline(p, pipe, context) ? pipe : NULL;
}

/* --- actions -------------------------------------------------------------------------------------------------- */

static struct node *parse_text_or_action(struct parser *p);

static bool fail_unexpected_node(struct parser *p, const struct node *node, const char *context)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "unexpected ");
    node_print(node, &text);
    if (context)
        buffer_printf(&text, " in %s", context);
    return fail(p, &text);
}

/* list -> (text | action)*, up to {{ end }} or {{ else }}, which *last receives */
static struct node *parse_list(struct parser *p, struct node **last)
{
    struct node *list = new_node(p, NODE_LIST, peek_non_space(p)->pos);
    while (peek_non_space(p)->kind != TOKEN_EOF) {
        struct node *node = parse_text_or_action(p);
        if (!node)
            return NULL;
        if (node->kind == NODE_END || node->kind == NODE_ELSE) {
            *last = node;
            return list;
        }
        node_list_add(p->arena, &list->list, node);
    }
    fail_text(p, "unexpected EOF");
    return NULL;
}

static struct node *parse_branch(struct parser *p, enum node_kind kind, const char *context);

/* else -> 'else' (if-branch | with-branch | list 'end'); an else-branch of the same kind shares the one {{ end }} */
static struct node *parse_otherwise(struct parser *p, enum node_kind kind, struct node *last, const char *context)
{
    enum token_kind again = kind == NODE_IF ? TOKEN_IF : TOKEN_WITH;
    if (kind != NODE_RANGE && peek(p)->kind == again) {
        next(p);
        struct node *list = new_node(p, NODE_LIST, last->pos);
        struct node *branch = parse_branch(p, kind, context);
        if (!branch)
            return NULL;
        node_list_add(p->arena, &list->list, branch);
        return list;
    }
    struct node *list = parse_list(p, &last);
    if (list && last->kind != NODE_END) {
        struct buffer text = BUFFER_INIT;
        buffer_add_text(&text, "expected end; found ");
        node_print(last, &text);
        fail(p, &text);
        return NULL;
    }
    return list;
}

/* The variables that were changed since there were `from`; null where there are none. */
static const struct name_list *changes_since(struct parser *p, uint32_t from)
{
    if (p->changed.len == from)
        return NULL;
    struct name_list *changes = ARENA_NEW(p->arena, struct name_list);
    for (uint32_t i = from; i < p->changed.len; i++)
        name_list_add(p->arena, changes, p->changed.items[i]);
    return changes;
}

/* branch -> ('if' | 'with' | 'range') pipeline list [else] 'end'; variables declared in it end with it */
static struct node *parse_branch(struct parser *p, enum node_kind kind, const char *context)
{
    if (!enter(p))
        return NULL;
    uint32_t variables = p->scope->variables.len;
    struct node *pipe = parse_pipeline(p, context, TOKEN_RIGHT_DELIM);
    if (!pipe)
        return NULL;
    struct node *branch = new_node(p, kind, pipe->pos);
    branch->branch.pipe = pipe;
    struct node *last = NULL;
    uint32_t changed = p->changed.len;
    p->scope->range_depth += kind == NODE_RANGE;
    branch->branch.body = parse_list(p, &last);
    p->scope->range_depth -= kind == NODE_RANGE;
    if (!branch->branch.body)
        return NULL;
    branch->branch.body_changes = changes_since(p, changed);
    changed = p->changed.len;
    if (last->kind == NODE_ELSE) {
        branch->branch.otherwise = parse_otherwise(p, kind, last, context);
        if (!branch->branch.otherwise)
            return NULL;
        branch->branch.otherwise_changes = changes_since(p, changed);
    }
    p->scope->variables.len = variables;
    p->depth--;
    return branch;
}

/* 'else', before its right delimiter or before the 'if' or 'with' that follows it */
static struct node *parse_else(struct parser *p)
{
    const struct token *token = peek_non_space(p);
    if (token->kind != TOKEN_IF && token->kind != TOKEN_WITH)
        token = expect(p, TOKEN_RIGHT_DELIM, "else");
    return token ? new_node(p, NODE_ELSE, token->pos) : NULL;
}

static struct node *parse_end(struct parser *p)
{
    const struct token *token = expect(p, TOKEN_RIGHT_DELIM, "end");
    return token ? new_node(p, NODE_END, token->pos) : NULL;
}

/* 'break' | 'continue' */
static struct node *parse_jump(struct parser *p, enum node_kind kind, uint32_t pos)
{
    const char *name = kind == NODE_BREAK ? "{{break}}" : "{{continue}}";
    const struct token *token = next_non_space(p);
    if (token->kind != TOKEN_RIGHT_DELIM) {
        unexpected(p, token, name);
        return NULL;
    }
    if (p->scope->range_depth == 0) {
        fail_text(p, "%s outside {{range}}", name);
        return NULL;
    }
    return new_node(p, kind, pos);
}

static bool parse_template_name(struct parser *p, const struct token *token, const char *context, struct slice *name)
{
    if (token->kind != TOKEN_STRING && token->kind != TOKEN_RAW_STRING)
        return unexpected(p, token, context);
    return unquote(p, token, name);
}

/* template -> 'template' string pipeline? */
static struct node *parse_template_call(struct parser *p)
{
    const struct token *token = next_non_space(p);
    struct node *call = new_node(p, NODE_TEMPLATE, token->pos);
    if (!parse_template_name(p, token, "template clause", &call->call.name))
        return NULL;
    if (next_non_space(p)->kind == TOKEN_RIGHT_DELIM)
        return call;
    p->next--;
    call->call.pipe = parse_pipeline(p, "template clause", TOKEN_RIGHT_DELIM);
    return call->call.pipe ? call : NULL;
}

static struct tree *find_tree(const struct tree_list *trees, struct slice name)
{
    for (uint32_t i = 0; i < trees->len; i++) {
        if (slice_equal(trees->items[i]->name, name))
            return trees->items[i];
    }
    return NULL;
}

/* Within one file a name may be defined twice only where one of the two is empty. */
static bool add_tree(struct parser *p, struct tree *tree)
{
    struct tree_list *trees = &p->result->trees;
    struct tree *old = find_tree(trees, tree->name);
    if (old) {
        if (node_is_empty_tree(old->root))
            *old = *tree;
        else if (!node_is_empty_tree(tree->root))
            return fail_quoted(p, "template: multiple definition of template ", tree->name, "");
        return true;
    }
    if (trees->len == trees->cap) {
        uint32_t cap = trees->cap ? trees->cap * 2 : 8;
        trees->items = arena_resize(p->arena, trees->items, trees->cap * sizeof tree, cap * sizeof tree);
        trees->cap = cap;
    }
    trees->items[trees->len++] = tree;
    return true;
}

static struct tree *new_tree(struct parser *p, struct slice name)
{
    struct tree *tree = ARENA_NEW(p->arena, struct tree);
    tree->name = name;
    tree->file = p->name;
    tree->text = p->text;
    tree->source = p->source;
    return tree;
}

static void scope_init(struct parser *p, struct scope *scope, struct tree *tree)
{
    memset(scope, 0, sizeof *scope);
    scope->tree = tree;
    name_list_add(p->arena, &scope->variables, SLICE("$"));
}

/* The body of a define or block, as a tree of its own. */
static bool parse_body(struct parser *p, struct slice name, const char *context)
{
    if (!enter(p))
        return false;
    struct scope scope;
    struct scope *outer = p->scope;
    scope_init(p, &scope, new_tree(p, name));
    p->scope = &scope;
    struct node *last = NULL;
    scope.tree->root = parse_list(p, &last);
    p->scope = outer;
    if (!scope.tree->root)
        return false;
    if (last->kind != NODE_END)
        return fail_unexpected_node(p, last, context);
    p->depth--;
    return add_tree(p, scope.tree);
}

/* block -> 'block' string pipeline list 'end': a define and a template call in one */
static struct node *parse_block(struct parser *p)
{
    const struct token *token = next_non_space(p);
    struct node *call = new_node(p, NODE_TEMPLATE, token->pos);
    if (!parse_template_name(p, token, "block clause", &call->call.name))
        return NULL;
    call->call.pipe = parse_pipeline(p, "block clause", TOKEN_RIGHT_DELIM);
    if (!call->call.pipe || !parse_body(p, call->call.name, "block clause"))
        return NULL;
    return call;
}

/* action -> control clause | pipeline, after the left delimiter */
static struct node *parse_action(struct parser *p)
{
    const struct token *token = next_non_space(p);
    switch (token->kind) {
    case TOKEN_BLOCK:
        return parse_block(p);
    case TOKEN_BREAK:
        return parse_jump(p, NODE_BREAK, token->pos);
    case TOKEN_CONTINUE:
        return parse_jump(p, NODE_CONTINUE, token->pos);
    case TOKEN_ELSE:
        return parse_else(p);
    case TOKEN_END:
        return parse_end(p);
    case TOKEN_IF:
        return parse_branch(p, NODE_IF, "if");
    case TOKEN_RANGE:
        return parse_branch(p, NODE_RANGE, "range");
    case TOKEN_TEMPLATE:
        return parse_template_call(p);
    case TOKEN_WITH:
        return parse_branch(p, NODE_WITH, "with");
    default:
        break;
    }
    p->next--;
    struct node *action = new_node(p, NODE_ACTION, peek(p)->pos);
    action->pipe = parse_pipeline(p, "command", TOKEN_RIGHT_DELIM);
    return action->pipe ? action : NULL;
}

/* text | '{{' action '}}' */
static struct node *parse_text_or_action(struct parser *p)
{
    const struct token *token = next_non_space(p);
    if (token->kind == TOKEN_TEXT) {
        struct node *text = new_node(p, NODE_TEXT, token->pos);
        text->text = token->text;
        return text;
    }
    if (token->kind == TOKEN_LEFT_DELIM) {
        p->action = token;
        struct node *action = parse_action(p);
        p->action = NULL;
        return action;
    }
    unexpected(p, token, "input");
    return NULL;
}

/* define -> 'define' string list 'end', after the word define */
static bool parse_definition(struct parser *p)
{
    const struct token *token = next_non_space(p);
    if (token->kind != TOKEN_STRING && token->kind != TOKEN_RAW_STRING)
        return unexpected(p, token, "define clause");
    struct slice name;
    return unquote(p, token, &name) && expect(p, TOKEN_RIGHT_DELIM, "define clause") &&
           parse_body(p, name, "define clause");
}

/* A {{ define }} is only one at the top of a file. *is_definition says whether one stood here. */
static bool parse_if_definition(struct parser *p, bool *is_definition)
{
    size_t start = p->next;
    *is_definition = false;
    if (peek(p)->kind != TOKEN_LEFT_DELIM)
        return true;
    next(p);
    if (next_non_space(p)->kind != TOKEN_DEFINE) {
        p->next = start;
        return true;
    }
    *is_definition = true;
    return parse_definition(p);
}

/* file -> (define | text | action)* */
static bool parse_file(struct parser *p)
{
    struct node *root = new_node(p, NODE_LIST, peek(p)->pos);
    p->scope->tree->root = root;
    while (peek(p)->kind != TOKEN_EOF) {
        bool is_definition;
        if (!parse_if_definition(p, &is_definition))
            return false;
        if (is_definition)
            continue;
        struct node *node = parse_text_or_action(p);
        if (!node)
            return false;
        if (node->kind == NODE_END || node->kind == NODE_ELSE)
            return fail_unexpected_node(p, node, NULL);
        node_list_add(p->arena, &root->list, node);
    }
    return add_tree(p, p->scope->tree);
}

bool template_parse(struct arena *a, struct slice name, struct slice text, const struct source *source,
                    const struct function_table *functions, struct parse_result *result, struct diag *diag)
{
    struct parser p = {.arena = a, .name = name, .text = text, .source = source, .functions = functions,
                       .result = result, .diag = diag};
    memset(result, 0, sizeof *result);
    struct arena tokens;
    arena_init(&tokens);
    p.tokens = lex_template(&tokens, text);
    struct scope scope;
    scope_init(&p, &scope, new_tree(&p, name));
    p.scope = &scope;
    result->tree = scope.tree;
    bool ok = parse_file(&p);
    arena_release(&tokens);
    return ok;
}
