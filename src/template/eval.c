/*
 * eval.c - evaluating pipelines, commands, fields and calls
 *
 * `final` is the value piped into a command, or null; `args` are the command's nodes, the first being the function or
 * field itself, or null where no command stands around it.
 */
#include "template/eval.h"

#include "golang/strconv.h"
#include "template/flow_call.h"
#include "value/format.h"
#include "value/time_value.h"

enum {
    FEW_ARGUMENTS = 8 /* kept on the stack */
};

/* --- errors --------------------------------------------------------------------------------------------------- */

/* Writes `file:line:column` as Go counts: the column is the byte offset in the line. */
static void print_location(const struct tree *tree, uint32_t pos, struct buffer *out)
{
    struct slice before = slice_part(tree->text, 0, pos);
    size_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < before.len; i++) {
        if (before.ptr[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    buffer_add(out, tree->file);
    buffer_printf(out, ":%zu:%zu", line, before.len - start);
}

static void print_error_head(const struct exec *e, struct buffer *out)
{
    buffer_add_text(out, "template: ");
    print_location(e->tree, e->node->pos, out);
    buffer_add_text(out, ": executing ");
    go_quote(out, e->tree->name);
    buffer_add_text(out, " at <");
    node_print(e->node, out);
    buffer_add_text(out, ">: ");
}

static size_t node_length(const struct node *node)
{
    struct buffer text = BUFFER_INIT;
    node_print(node, &text);
    size_t first_line = slice_find_char(buffer_slice(&text), '\n');
    buffer_release(&text);
    return first_line;
}

bool exec_fail_cause(struct exec *e, struct slice message, struct template_error *cause)
{
    struct arena *a = e->environment->arena;
    struct template_error *error = ARENA_NEW(a, struct template_error);
    struct buffer text = BUFFER_INIT;
    if (e->node)
        print_error_head(e, &text);
    else
        buffer_printf(&text, "template: %.*s: ", SLICE_ARG(e->tree->name));
    buffer_add(&text, message);
    error->text = buffer_move(&text, a);
    error->template_name = e->tree->name;
    error->cause = cause;
    if (e->node && e->tree->source)
        error->place = diag_place_at(e->tree->source, e->node->pos, node_length(e->node));
    e->error = error;
    return false;
}

bool exec_fail(struct exec *e, const char *format, ...)
{
    struct buffer message = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&message, format, args);
    va_end(args);
    exec_fail_cause(e, buffer_slice(&message), NULL);
    buffer_release(&message);
    return false;
}

/* "BEFORE node AFTER" */
static bool fail_node(struct exec *e, const char *before, const struct node *node, const char *after)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, before);
    node_print(node, &message);
    buffer_add_text(&message, after);
    exec_fail_cause(e, buffer_slice(&message), NULL);
    buffer_release(&message);
    return false;
}

/* The type that a message names for a value in flight. */
static const char *static_type(struct value v)
{
    return v.bits & VALUE_BIT_INTERFACE || v.kind == VALUE_NIL ? "interface {}" : value_type_name(v);
}

/* --- variables ------------------------------------------------------------------------------------------------ */

void exec_push(struct exec *e, struct slice name, struct value value)
{
    if (e->variable_count == e->variable_cap) {
        uint32_t cap = e->variable_cap ? e->variable_cap * 2 : 16;
        e->variables = arena_resize(e->environment->arena, e->variables, e->variable_cap * sizeof(struct variable),
                                    cap * sizeof(struct variable));
        e->variable_cap = cap;
    }
    struct variable variable = {name, value};
    e->variables[e->variable_count++] = variable;
}

static struct variable *find_variable(struct exec *e, struct slice name)
{
    for (uint32_t i = e->variable_count; i-- > e->variable_base;) {
        if (slice_equal(e->variables[i].name, name))
            return &e->variables[i];
    }
    return NULL;
}

void exec_mark_variable(struct exec *e, struct slice name, uint32_t mark)
{
    struct variable *variable = find_variable(e, name);
    if (variable) {
        mark = flow_join(trace_flow(e->environment->trace), flow_mark(variable->value), mark);
        variable->value = flow_marked(variable->value, mark);
    }
}

bool exec_assign(struct exec *e, struct slice name, struct value value)
{
    struct variable *variable = find_variable(e, name);
    if (!variable)
        return exec_fail(e, "undefined variable: %.*s", SLICE_ARG(name));
    /* a map that is the same as before has marks for what was changed in it */
    bool is_same = value.kind == VALUE_MAP && variable->value.kind == VALUE_MAP && value.map == variable->value.map;
    variable->value = value;
    if (e->environment->trace && !is_same)
        exec_mark_variable(e, name, trace_deciders(e->environment->trace));
    return true;
}

/* --- arguments ------------------------------------------------------------------------------------------------ */

static bool eval_function(struct exec *e, const struct value *dot, const struct node *identifier, const struct node *node,
                          const struct node_list *args, const struct value *final, struct value *out);
static bool eval_field_node(struct exec *e, const struct value *dot, const struct node *field, const struct node_list *args,
                            const struct value *final, struct value *out);
static bool eval_chain(struct exec *e, const struct value *dot, const struct node *chain, const struct node_list *args,
                       const struct value *final, struct value *out);
static bool eval_variable(struct exec *e, const struct value *dot, const struct node *variable, const struct node_list *args,
                          const struct value *final, struct value *out);

static const char *parameter_type(char letter)
{
    switch (letter) {
    case 's':
        return "string";
    case 'b':
        return "bool";
    case 'i':
        return "int";
    case 'I':
        return "int64";
    case 'u':
        return "uint32";
    case 'f':
        return "float64";
    case 'l':
        return "[]interface {}";
    case 'm':
        return "map[string]interface {}";
    case 'S':
        return "[]string";
    case 't':
        return "time.Time";
    case 'c':
        return "sprig.certificate";
    case 'd':
        return "time.Duration";
    case 'v':
        return "reflect.Value";
    case 'V':
        return "*semver.Version";
    default:
        return "interface {}";
    }
}

static bool can_be_nil(char letter)
{
    return strchr("avlmS", letter) != NULL;
}

/* The zero value of a parameter that can be nil. */
static struct value zero_of(char letter)
{
    switch (letter) {
    case 'l':
        return value_list(list_nil());
    case 'm':
        return value_map(map_nil());
    case 'S':
        return value_list_as(GO_STRINGS, list_nil());
    case 'v':
        return exec_invalid();
    default:
        return value_nil();
    }
}

static bool is_assignable(const struct value *v, char letter)
{
    switch (letter) {
    case 'a':
    case 'v':
        return true;
    case 's':
        return v->type == GO_STRING;
    case 'b':
        return v->type == GO_BOOL;
    case 'i':
        return v->type == GO_INT;
    case 'I':
        return v->type == GO_INT64;
    case 'u':
        return v->type == GO_UINT32;
    case 'f':
        return v->type == GO_FLOAT64;
    case 'l':
        return v->type == GO_LIST;
    case 'm':
        return v->type == GO_MAP || value_is_values(*v);
    case 'S':
        return v->type == GO_STRINGS;
    case 'd':
        return v->type == GO_DURATION;
    default:
        return v->kind == VALUE_OBJECT && strcmp(v->object->type->name, parameter_type(letter)) == 0;
    }
}

/* Go's check of a value that was computed against the parameter it is for. */
static bool validate(struct exec *e, const struct value *v, char letter, struct value *out)
{
    if (v->kind == VALUE_NIL && v->bits & VALUE_BIT_INVALID) {
        if (!can_be_nil(letter))
            return exec_fail(e, "invalid value; expected %s", parameter_type(letter));
        *out = value_from(zero_of(letter), v->origin);
        return true;
    }
    if (v->kind == VALUE_NIL && letter != 'a' && letter != 'v')
        return exec_fail(e, "wrong type for value; expected %s; got interface {}", parameter_type(letter));
    if (!is_assignable(v, letter))
        return exec_fail(e, "wrong type for value; expected %s; got %s", parameter_type(letter), value_type_name(*v));
    if (out != v)
        *out = *v;
    out->bits &= (uint16_t)~VALUE_BIT_INTERFACE;
    return true;
}

static bool constant_value(struct exec *e, const struct node *node, struct value *out)
{
    e->node = node;
    if (!node->number->has_value)
        return exec_fail(e, "%.*s overflows int", SLICE_ARG(node->number->text));
    *out = node->number->value;
    return true;
}

/* A literal where the parameter wants its own kind. */
static bool literal_argument(struct exec *e, const struct node *node, char letter, struct value *out)
{
    switch (letter) {
    case 's':
        if (node->kind != NODE_STRING)
            return fail_node(e, "expected string; found ", node, "");
        *out = value_string(node->string.value);
        return true;
    case 'b':
        if (node->kind != NODE_BOOL)
            return fail_node(e, "expected bool; found ", node, "");
        *out = value_bool(node->truth);
        return true;
    case 'i':
    case 'I':
    case 'd':
        if (node->kind != NODE_NUMBER || !node->number->is_int)
            return fail_node(e, "expected integer; found ", node, "");
        *out = value_int_as(letter == 'i' ? GO_INT : letter == 'I' ? GO_INT64 : GO_DURATION, node->number->i);
        return true;
    case 'u':
        if (node->kind != NODE_NUMBER || !node->number->is_uint)
            return fail_node(e, "expected unsigned integer; found ", node, "");
        *out = value_uint_as(GO_UINT32, (uint32_t)node->number->u);
        return true;
    case 'f':
        if (node->kind != NODE_NUMBER || !node->number->is_float)
            return fail_node(e, "expected float; found ", node, "");
        *out = value_float(node->number->f);
        return true;
    default: {
        struct buffer message = BUFFER_INIT;
        buffer_add_text(&message, "can't handle ");
        node_print(node, &message);
        buffer_printf(&message, " for arg of type %s", parameter_type(letter));
        exec_fail_cause(e, buffer_slice(&message), NULL);
        buffer_release(&message);
        return false;
    }
    }
}

/* A literal where anything will do. */
static bool any_literal(struct exec *e, const struct node *node, struct value *out)
{
    switch (node->kind) {
    case NODE_BOOL:
        *out = value_bool(node->truth);
        return true;
    case NODE_STRING:
        *out = value_string(node->string.value);
        return true;
    case NODE_NUMBER:
        return constant_value(e, node, out);
    default:
        return fail_node(e, "can't handle assignment of ", node, " to empty interface argument");
    }
}

/* The value of an operand that is no literal. */
static bool eval_operand(struct exec *e, const struct value *dot, const struct node *node, struct value *out)
{
    switch (node->kind) {
    case NODE_FIELD:
        return eval_field_node(e, dot, node, NULL, NULL, out);
    case NODE_VARIABLE:
        return eval_variable(e, dot, node, NULL, NULL, out);
    case NODE_PIPE:
        return exec_eval_pipeline(e, dot, node, out);
    case NODE_IDENTIFIER:
        return eval_function(e, dot, node, node, NULL, NULL, out);
    default:
        return eval_chain(e, dot, node, NULL, NULL, out);
    }
}

static bool eval_argument(struct exec *e, const struct value *dot, char letter, const struct node *node, struct value *out)
{
    e->node = node;
    switch (node->kind) {
    case NODE_DOT:
        return validate(e, dot, letter, out);
    case NODE_NIL:
        if (!can_be_nil(letter))
            return exec_fail(e, "cannot assign nil to %s", parameter_type(letter));
        *out = zero_of(letter);
        return true;
    case NODE_FIELD:
    case NODE_VARIABLE:
    case NODE_PIPE:
    case NODE_IDENTIFIER:
    case NODE_CHAIN:
        return eval_operand(e, dot, node, out) && validate(e, out, letter, out);
    default:
        return letter == 'a' || letter == 'v' ? any_literal(e, node, out) : literal_argument(e, node, letter, out);
    }
}

/* --- calls ---------------------------------------------------------------------------------------------------- */

/* What a call needs to know of its function. */
struct callee {
    struct slice name;
    const char *params;
    int fixed;
    bool variadic;
};

static char letter_of(const struct callee *f, int index)
{
    return f->params[index < f->fixed ? index : f->fixed];
}

/* Go checks the count before it evaluates anything; a piped value counts, but messages do not count it. */
static bool check_count(struct exec *e, const struct callee *f, int given, bool piped)
{
    int count = given + piped;
    if (f->variadic ? count >= f->fixed : count == f->fixed)
        return true;
    if (f->variadic)
        return exec_fail(e, "wrong number of args for %.*s: want at least %d got %d", SLICE_ARG(f->name), f->fixed,
                         given);
    return exec_fail(e, "wrong number of args for %.*s: want %d got %d", SLICE_ARG(f->name), f->fixed, count);
}

static bool eval_arguments(struct exec *e, const struct value *dot, const struct callee *f, const struct node_list *args,
                           const struct value *final, struct value *argv)
{
    int given = args ? (int)args->len - 1 : 0;
    for (int i = 0; i < given; i++) {
        if (!eval_argument(e, dot, letter_of(f, i), args->items[i + 1], &argv[i]))
            return false;
    }
    return !final || validate(e, final, letter_of(f, given), &argv[given]);
}

static bool fail_call(struct exec *e, const struct node *node, const struct call *call)
{
    struct buffer message = BUFFER_INIT;
    buffer_printf(&message, "error calling %s: ", call->name);
    buffer_add(&message, call->error);
    struct template_error *cause = call->cause;
    if (!cause) {
        cause = ARENA_NEW(e->environment->arena, struct template_error);
        cause->text = call->error;
    }
    e->node = node;
    exec_fail_cause(e, buffer_slice(&message), cause);
    buffer_release(&message);
    return false;
}

static void call_init(struct exec *e, struct call *call, const char *name, struct value *argv, int count)
{
    memset(call, 0, sizeof *call);
    call->name = name;
    call->args = argv;
    call->count = count;
    call->arena = e->environment->arena;
    call->host = e->environment->host;
    call->exec = e;
}

static struct value *argument_space(struct exec *e, struct value *few, int count)
{
    return count <= FEW_ARGUMENTS ? few : ARENA_ARRAY(e->environment->arena, struct value, (size_t)count);
}

/* What the arguments of `and` and `or` that were looked at are made of, and what their truth is. */
struct asked {
    uint32_t value;
    uint32_t truth;
};

/* Marks an argument as the result. Where it ends the evaluation the truth of the result is its own: no other truth of
   those before it would change that. */
static void ask(struct exec *e, struct asked *asked, struct value *v, bool stop_at)
{
    struct trace *trace = e->environment->trace;
    if (!trace)
        return;
    struct flow *f = trace_flow(trace);
    bool stops = value_truth(*v) == stop_at;
    uint32_t truth = trace_truth(trace, *v);
    bool of_bools = v->kind == VALUE_BOOL;
    asked->truth = stops ? truth : flow_join(f, asked->truth, truth);
    asked->value = stops && of_bools ? truth : flow_join(f, asked->value, flow_mark(*v));
    *v = flow_marked(*v, flow_answer(f, asked->value, asked->truth));
}

/* `and` and `or` evaluate no further than the answer needs. */
static bool eval_short_circuit(struct exec *e, const struct value *dot, const struct node *identifier,
                               const struct node_list *args, const struct value *final, struct value *out)
{
    bool stop_at = identifier->function.special == SPECIAL_OR;
    struct asked asked = {0, 0};
    for (uint32_t i = 1; args && i < args->len; i++) {
        if (!eval_argument(e, dot, 'v', args->items[i], out))
            return false;
        ask(e, &asked, out, stop_at);
        if (value_truth(*out) == stop_at)
            return true;
    }
    if (!final)
        return true;
    bool ok = validate(e, final, 'v', out);
    ask(e, &asked, out, stop_at);
    return ok;
}

/* No value of a template is a function, so `call` only ever explains why it cannot. */
static bool eval_call_builtin(struct exec *e, const struct node *node, const struct node_list *args,
                              const struct value *final, struct value *argv)
{
    struct buffer name = BUFFER_INIT;
    if (args && args->len > 1)
        node_print(args->items[1], &name);
    else if (final)
        format_value(&name, *final);
    struct call call;
    call_init(e, &call, "call", argv, 0);
    if (value_is_nil(argv[0]) && argv[0].kind == VALUE_NIL)
        call_error(&call, "call of nil");
    else
        call_error(&call, "non-function %.*s of type %s", SLICE_ARG(buffer_slice(&name)), value_type_name(argv[0]));
    buffer_release(&name);
    return fail_call(e, node, &call);
}

/* A function that runs templates does so in a frame of its own. */
static bool call_traced(struct exec *e, const struct function *function, const struct node *node, struct call *call,
                        struct value *out)
{
    struct trace *trace = e->environment->trace;
    bool runs = flow_runs_templates(trace, call);
    uint32_t outer = runs ? trace_enter(trace, TRACE_CALL, e->tree, node->pos, 0) : 0;
    e->node = node;
    bool ok = function->fn(call, out);
    if (runs)
        trace_leave(trace, outer);
    if (!ok)
        return fail_call(e, node, call);
    trace_set_site(trace, e->tree, node->pos);
    flow_call(trace, call, out);
    return true;
}

static bool eval_function(struct exec *e, const struct value *dot, const struct node *identifier, const struct node *node,
                          const struct node_list *args, const struct value *final, struct value *out)
{
    e->node = identifier;
    const struct function *function = identifier->function.function;
    struct callee f = {identifier->function.name, function ? function->params : "vv*", identifier->function.fixed,
                       identifier->function.variadic};
    int given = args ? (int)args->len - 1 : 0;
    if (!check_count(e, &f, given, final != NULL))
        return false;
    if (identifier->function.special == SPECIAL_AND || identifier->function.special == SPECIAL_OR)
        return eval_short_circuit(e, dot, identifier, args, final, out);
    int count = given + (final != NULL);
    struct value few[FEW_ARGUMENTS];
    struct value *argv = argument_space(e, few, count);
    if (!eval_arguments(e, dot, &f, args, final, argv))
        return false;
    if (identifier->function.special == SPECIAL_CALL)
        return eval_call_builtin(e, node, args, final, argv);
    struct call call;
    call_init(e, &call, function->name, argv, count);
    return e->environment->trace ? call_traced(e, function, node, &call, out)
                                 : function->fn(&call, out) || fail_call(e, node, &call);
}

static bool eval_method(struct exec *e, const struct value *dot, struct value self, const struct method *method,
                        const struct node *node, const struct node_list *args, const struct value *final,
                        struct value *out)
{
    bool callable = method->params[0] != '!';
    const char *params = callable ? method->params : "";
    size_t len = strlen(params);
    bool variadic = len > 0 && params[len - 1] == '*';
    struct callee f = {slice_text(method->name), params, (int)(variadic ? len - 2 : len), variadic};
    int given = args ? (int)args->len - 1 : 0;
    if (!check_count(e, &f, given, final != NULL))
        return false;
    if (!callable)
        return exec_fail(e, "%s", method->params + 1);
    int count = given + (final != NULL);
    struct value few[FEW_ARGUMENTS];
    struct value *argv = argument_space(e, few, count);
    if (!eval_arguments(e, dot, &f, args, final, argv))
        return false;
    struct call call;
    call_init(e, &call, method->name, argv, count);
    if (!method->fn(&call, self, out))
        return fail_call(e, node, &call);
    if (e->environment->trace)
        flow_method(e->environment->trace, &call, self, out);
    return true;
}

/* --- fields --------------------------------------------------------------------------------------------------- */

static bool fail_evaluate(struct exec *e, struct slice name, struct value receiver)
{
    return exec_fail(e, "can't evaluate field %.*s in type %s", SLICE_ARG(name), static_type(receiver));
}

/* BEFORE "name" */
static bool fail_key(struct exec *e, const char *before, struct slice name)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, before);
    go_quote(&message, name);
    exec_fail_cause(e, buffer_slice(&message), NULL);
    buffer_release(&message);
    return false;
}

/* Marks what was found at a key; null: nothing was. */
static struct value mark_element(const struct exec *e, const struct value *receiver, struct slice name,
                                 const struct value *found, struct value v)
{
    struct trace *trace = e->environment->trace;
    if (!trace)
        return v;
    struct flow *flow = trace_flow(trace);
    uint32_t container = flow_mark(*receiver);
    return flow_marked(v, found ? flow_element(flow, container, flow_mark(*found))
                                : flow_missing(flow, container, name));
}

/* The value of a key; what a missing one gives depends on the map's element type. */
static struct value map_element(const struct exec *e, const struct value *map, struct slice name)
{
    const struct value *found = map_find(map->map, name);
    struct value v = value_nil();
    if (found)
        v = *found;
    else if (map->type == GO_STRING_MAP)
        v = value_string(SLICE(""));
    else if (map->type == GO_FILES)
        v = value_bytes(slice_of(NULL, 0));
    v.bits = map->type == GO_STRING_MAP || map->type == GO_FILES ? 0 : VALUE_BIT_INTERFACE;
    return mark_element(e, map, name, found, v);
}

/* A field of an object: objects have no marks inside. */
static void mark_member(const struct exec *e, const struct value *receiver, struct slice name, struct value *out)
{
    struct trace *trace = e->environment->trace;
    if (trace && !flow_mark(*out))
        *out = flow_marked(*out, flow_child(trace_flow(trace), flow_mark(*receiver), name, *out));
}

static bool eval_member(struct exec *e, const struct value *dot, struct slice name, const struct node *node,
                        const struct node_list *args, const struct value *final, const struct value *receiver,
                        struct value *out, bool *found)
{
    const struct method *method = NULL;
    enum member_kind kind = MEMBER_NONE;
    bool has_args = (args && args->len > 1) || final;
    *found = true;
    if (receiver->kind == VALUE_OBJECT && receiver->object->type->member)
        kind = receiver->object->type->member(*receiver, name, e->environment->arena, out, &method);
    else if (receiver->kind == VALUE_INT)
        kind = value_time_member(*receiver, name, e->environment->arena, out, &method);
    else if (receiver->kind != VALUE_OBJECT && receiver->type != GO_MAP && e->environment->member)
        kind = e->environment->member(*receiver, name, e->environment->arena, out, &method);
    if (kind == MEMBER_METHOD)
        return eval_method(e, dot, *receiver, method, node, args, final, out);
    if (kind == MEMBER_FIELD) {
        if (has_args)
            return exec_fail(e, "%.*s has arguments but cannot be invoked as function", SLICE_ARG(name));
        mark_member(e, receiver, name, out);
        return true;
    }
    *found = false;
    return true;
}

static bool eval_field(struct exec *e, const struct value *dot, struct slice name, const struct node *node,
                       const struct node_list *args, const struct value *final, const struct value *receiver,
                       struct value *out)
{
    if (receiver->kind == VALUE_NIL) {
        if (!(receiver->bits & VALUE_BIT_INVALID))
            return exec_fail(e, "nil pointer evaluating interface {}.%.*s", SLICE_ARG(name));
        if (e->environment->missing_key_is_error)
            return fail_key(e, "nil data; no entry for key ", name);
        *out = mark_element(e, receiver, name, NULL, exec_invalid());
        return true;
    }
    if (receiver->type != GO_MAP) {
        bool found;
        if (!eval_member(e, dot, name, node, args, final, receiver, out, &found))
            return false;
        if (found)
            return true;
    }
    if (receiver->kind != VALUE_MAP)
        return fail_evaluate(e, name, *receiver);
    if ((args && args->len > 1) || final)
        return exec_fail(e, "%.*s is not a method but has arguments", SLICE_ARG(name));
    if (e->environment->missing_key_is_error && !map_find(receiver->map, name))
        return fail_key(e, "map has no entry for key ", name);
    *out = map_element(e, receiver, name);
    return true;
}

static bool eval_field_chain(struct exec *e, const struct value *dot, const struct value *receiver, const struct node *node,
                             const struct slice *names, uint32_t count, const struct node_list *args,
                             const struct value *final, struct value *out)
{
    struct value between[2]; /* the field read last, and the next */
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (!eval_field(e, dot, names[i], node, NULL, NULL, receiver, &between[i % 2]))
            return false;
        receiver = &between[i % 2];
    }
    return eval_field(e, dot, names[count - 1], node, args, final, receiver, out);
}

static bool eval_field_node(struct exec *e, const struct value *dot, const struct node *field, const struct node_list *args,
                            const struct value *final, struct value *out)
{
    e->node = field;
    return eval_field_chain(e, dot, dot, field, field->path.items, field->path.len, args, final, out);
}

static bool eval_chain(struct exec *e, const struct value *dot, const struct node *chain, const struct node_list *args,
                       const struct value *final, struct value *out)
{
    e->node = chain;
    if (chain->chain.base->kind == NODE_NIL)
        return fail_node(e, "indirection through explicit nil in ", chain, "");
    struct value base;
    if (!eval_operand(e, dot, chain->chain.base, &base))
        return false;
    return eval_field_chain(e, dot, &base, chain, chain->chain.names.items, chain->chain.names.len, args, final, out);
}

/* Something that cannot be called must stand alone. */
static bool check_no_arguments(struct exec *e, const struct node_list *args, const struct value *final)
{
    if ((!args || args->len <= 1) && !final)
        return true;
    return fail_node(e, "can't give argument to non-function ", args->items[0], "");
}

static bool eval_variable(struct exec *e, const struct value *dot, const struct node *variable, const struct node_list *args,
                          const struct value *final, struct value *out)
{
    e->node = variable;
    const struct variable *found = find_variable(e, variable->path.items[0]);
    if (!found)
        return exec_fail(e, "undefined variable: %.*s", SLICE_ARG(variable->path.items[0]));
    if (variable->path.len == 1) {
        *out = found->value;
        return check_no_arguments(e, args, final);
    }
    struct value value = found->value; /* the stack of variables may move */
    return eval_field_chain(e, dot, &value, variable, variable->path.items + 1, variable->path.len - 1, args, final,
                            out);
}

/* --- pipelines ------------------------------------------------------------------------------------------------ */

static bool eval_constant(struct exec *e, const struct value *dot, const struct node *word, struct value *out)
{
    switch (word->kind) {
    case NODE_DOT:
        *out = *dot;
        return true;
    case NODE_NIL:
        return exec_fail(e, "nil is not a command");
    default:
        return any_literal(e, word, out);
    }
}

static bool eval_command(struct exec *e, const struct value *dot, const struct node *command, const struct value *final,
                         struct value *out)
{
    const struct node *first = command->list.items[0];
    const struct node_list *args = &command->list;
    switch (first->kind) {
    case NODE_FIELD:
        return eval_field_node(e, dot, first, args, final, out);
    case NODE_CHAIN:
        return eval_chain(e, dot, first, args, final, out);
    case NODE_IDENTIFIER:
        return eval_function(e, dot, first, command, args, final, out);
    case NODE_PIPE:
        return check_no_arguments(e, args, final) && exec_eval_pipeline(e, dot, first, out);
    case NODE_VARIABLE:
        return eval_variable(e, dot, first, args, final, out);
    default:
        e->node = first;
        return check_no_arguments(e, args, final) && eval_constant(e, dot, first, out);
    }
}

bool exec_eval_pipeline(struct exec *e, const struct value *dot, const struct node *pipe, struct value *out)
{
    if (!pipe) {
        *out = exec_invalid();
        return true;
    }
    e->node = pipe;
    const struct node_list *commands = &pipe->pipeline.commands;
    struct value between[2]; /* what was piped last, and the next */
    const struct value *final = NULL;
    for (uint32_t i = 0; i < commands->len; i++) {
        struct value *result = i + 1 < commands->len ? &between[i % 2] : out;
        if (!eval_command(e, dot, commands->items[i], final, result))
            return false;
        /* what is inside the interface goes on: a nil one becomes no value at all */
        result->bits = result->kind == VALUE_NIL ? VALUE_BIT_INVALID : 0;
        final = result;
    }
    const struct node_list *variables = &pipe->pipeline.variables;
    for (uint32_t i = 0; i < variables->len; i++) {
        struct slice name = variables->items[i]->path.items[0];
        if (!pipe->pipeline.is_assign)
            exec_push(e, name, *out);
        else if (!exec_assign(e, name, *out))
            return false;
    }
    return true;
}
