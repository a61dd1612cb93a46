/*
 * exec.c - running templates: walking the tree
 */
#include "template/exec.h"

#include "base/limits.h"
#include "golang/strconv.h"
#include "template/eval.h"
#include "value/format.h"

enum walk {
    WALK_ON,
    WALK_BREAK,
    WALK_CONTINUE,
    WALK_FAILED
};

static enum walk walk(struct exec *e, const struct value *dot, const struct node *node);

static enum walk walk_list(struct exec *e, const struct value *dot, const struct node *list)
{
    for (uint32_t i = 0; i < list->list.len; i++) {
        enum walk result = walk(e, dot, list->list.items[i]);
        if (result != WALK_ON)
            return result;
    }
    return WALK_ON;
}

static enum walk check_output(struct exec *e)
{
    size_t limit = e->environment->output_limit;
    if (limit && e->out->len > limit) {
        exec_fail(e, "output is larger than %zu bytes", limit);
        return WALK_FAILED;
    }
    return WALK_ON;
}

static enum walk walk_text(struct exec *e, const struct node *node)
{
    if (e->environment->trace)
        trace_write_literal(e->environment->trace, e->out->len, node->text, e->tree, node->pos);
    buffer_add(e->out, node->text);
    return check_output(e);
}

/* Records what was written for a value. An action of a text that tpl runs is there because that text is. */
static void trace_value(struct exec *e, const struct node *node, struct value v, size_t start)
{
    struct trace *trace = e->environment->trace;
    uint32_t reason = trace_template_flow(trace, node->pos);
    uint32_t outer = reason ? trace_enter(trace, TRACE_ACTION, e->tree, node->pos, reason) : 0;
    if (v.kind == VALUE_STRING)
        trace_write_string(trace, start, value_slice(v), e->tree, node->pos, flow_mark(v));
    else
        trace_write(trace, start, e->tree, node->pos, flow_whole(trace_flow(trace), v));
    if (reason)
        trace_leave(trace, outer);
}

static void print_value(struct exec *e, const struct node *node, struct value v)
{
    size_t start = e->out->len;
    if (v.kind == VALUE_STRING)
        buffer_add(e->out, value_slice(v));
    else if (v.kind == VALUE_NIL)
        buffer_add_text(e->out, "<no value>");
    else if (v.kind == VALUE_OBJECT && v.object->type->print_action)
        v.object->type->print_action(v, e->out);
    else
        format_value(e->out, v);
    if (e->environment->trace)
        trace_value(e, node, v, start);
}

static enum walk walk_action(struct exec *e, const struct value *dot, const struct node *node)
{
    struct value v;
    e->node = node;
    if (!exec_eval_pipeline(e, dot, node->pipe, &v))
        return WALK_FAILED;
    if (node->pipe->pipeline.variables.len)
        return WALK_ON;
    e->node = node;
    print_value(e, node, v);
    return check_output(e);
}

/* Opens a frame for what a condition decides; does nothing while no trace is recorded. */
static uint32_t enter_choice(struct exec *e, const struct node *node, struct value condition)
{
    struct trace *trace = e->environment->trace;
    if (!trace)
        return 0;
    uint32_t reason = trace_truth(trace, condition);
    reason = flow_join(trace_flow(trace), reason, trace_template_flow(trace, node->pos));
    if (!reason && node->kind != NODE_RANGE)
        return trace_current(trace); /* the template alone decided */
    trace_decided(trace, reason);
    return trace_enter(trace, TRACE_CHOICE, e->tree, node->pos, reason);
}

/* Ends it. Variables that the branch not taken would have changed are what they are because of the condition. */
static void leave_choice(struct exec *e, const struct name_list *not_changed, uint32_t outer)
{
    struct trace *trace = e->environment->trace;
    if (!trace)
        return;
    uint32_t reasons = trace_deciders(trace);
    trace_leave(trace, outer);
    for (uint32_t i = 0; not_changed && i < not_changed->len; i++)
        exec_mark_variable(e, not_changed->items[i], reasons);
}

static enum walk walk_if_or_with(struct exec *e, const struct value *dot, const struct node *node)
{
    uint32_t mark = e->variable_count;
    struct value v;
    enum walk result = WALK_ON;
    if (!exec_eval_pipeline(e, dot, node->branch.pipe, &v))
        return WALK_FAILED;
    bool truth = value_truth(v);
    uint32_t outer = enter_choice(e, node, v);
    if (truth)
        result = walk_list(e, node->kind == NODE_WITH ? &v : dot, node->branch.body);
    else if (node->branch.otherwise)
        result = walk_list(e, dot, node->branch.otherwise);
    leave_choice(e, truth ? node->branch.otherwise_changes : node->branch.body_changes, outer);
    e->variable_count = mark;
    return result;
}

/* Gives the variables of the range their values. Declared ones are the top of the stack; `index` may be null. */
static bool set_range_variables(struct exec *e, const struct node *node, struct value index, struct value element,
                                uint32_t mark)
{
    const struct node_list *variables = &node->branch.pipe->pipeline.variables;
    bool two = variables->len > 1;
    if (variables->len == 0)
        return true;
    if (node->branch.pipe->pipeline.is_assign) {
        if (!exec_assign(e, variables->items[0]->path.items[0], two ? index : element))
            return false;
        return !two || exec_assign(e, variables->items[1]->path.items[0], element);
    }
    e->variables[mark - 1].value = element;
    if (two)
        e->variables[mark - 2].value = index;
    return true;
}

/* Opens a frame for one round: it takes place because the element is there. The key tells of that, too. */
static uint32_t enter_round(struct exec *e, const struct node *node, struct value *index, struct value *element)
{
    struct trace *trace = e->environment->trace;
    if (!trace)
        return 0;
    uint32_t container = trace_frame(trace, trace_current(trace))->flow;
    struct value unmarked = *element;
    *element = flow_marked(unmarked, flow_element(trace_flow(trace), container, flow_mark(unmarked)));
    uint32_t there = flow_name(trace_flow(trace), flow_mark(*element));
    *index = flow_marked(*index, there);
    return trace_enter(trace, TRACE_ROUND, e->tree, node->pos, there);
}

static enum walk walk_iteration(struct exec *e, const struct node *node, struct value index, struct value element)
{
    uint32_t mark = e->variable_count;
    uint32_t outer = enter_round(e, node, &index, &element);
    if (!set_range_variables(e, node, index, element, mark))
        return WALK_FAILED;
    enum walk result = walk_list(e, &element, node->branch.body);
    leave_choice(e, NULL, outer);
    e->variable_count = mark;
    return result == WALK_CONTINUE ? WALK_ON : result;
}

static enum walk range_list(struct exec *e, const struct node *node, struct value v)
{
    bool interfaces = v.type == GO_LIST;
    for (uint32_t i = 0; i < v.list->len; i++) {
        struct value element = v.list->items[i];
        element.bits = interfaces ? VALUE_BIT_INTERFACE : 0;
        enum walk result = walk_iteration(e, node, value_int(i), element);
        if (result != WALK_ON)
            return result;
    }
    return WALK_ON;
}

/* The entries are those of the start: what the body sets or removes changes values, not which keys are visited. */
static enum walk range_map(struct exec *e, const struct node *node, struct value v)
{
    bool interfaces = v.type == GO_MAP || value_is_values(v);
    uint32_t len = v.map->len;
    struct entry *entries = v.map->entries;
    if (len && !(v.map->flags & VALUE_FROZEN)) {
        entries = arena_alloc(e->environment->arena, len * sizeof *entries);
        memcpy(entries, v.map->entries, len * sizeof *entries);
    }
    for (uint32_t i = 0; i < len; i++) {
        struct value element = entries[i].value;
        element.bits = interfaces ? VALUE_BIT_INTERFACE : 0;
        enum walk result = walk_iteration(e, node, value_string(entries[i].key), element);
        if (result != WALK_ON)
            return result;
    }
    return WALK_ON;
}

static enum walk range_bytes(struct exec *e, const struct node *node, struct value v)
{
    for (uint32_t i = 0; i < v.len; i++) {
        struct value element = value_uint_as(GO_UINT8, (unsigned char)v.s[i]);
        enum walk result = walk_iteration(e, node, value_int(i), element);
        if (result != WALK_ON)
            return result;
    }
    return WALK_ON;
}

static enum walk range_integer(struct exec *e, const struct node *node, struct value v)
{
    for (int64_t i = 0; v.kind == VALUE_UINT ? (uint64_t)i < v.u : i < v.i; i++) {
        struct value element = v;
        element.i = i;
        enum walk result = walk_iteration(e, node, exec_invalid(), element);
        if (result != WALK_ON)
            return result;
    }
    return WALK_ON;
}

static enum walk fail_range(struct exec *e, const char *before, struct value v, const char *after)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, before);
    format_value(&message, v);
    buffer_add_text(&message, after);
    exec_fail_cause(e, buffer_slice(&message), NULL);
    buffer_release(&message);
    return WALK_FAILED;
}

/* Iterates; *empty says that there was nothing to visit. */
static enum walk range_over(struct exec *e, const struct node *node, struct value v, bool *empty)
{
    if (v.kind == VALUE_OBJECT && v.object->type->is_map_like)
        v = v.object->type->to_plain(v, e->environment->arena);
    *empty = !value_truth(v);
    switch (v.kind) {
    case VALUE_NIL:
        return WALK_ON;
    case VALUE_LIST:
        return range_list(e, node, v);
    case VALUE_MAP:
        return range_map(e, node, v);
    case VALUE_BYTES:
        return range_bytes(e, node, v);
    case VALUE_INT:
    case VALUE_UINT:
        if (e->environment->host->helm3)
            break; /* text/template ranges over integers since Go 1.24; Helm 3.17 was built with 1.23 */
        if (node->branch.pipe->pipeline.variables.len > 1)
            return fail_range(e, "can't use ", v, " to iterate over more than one variable");
        *empty = v.kind == VALUE_UINT ? v.u == 0 : v.i <= 0;
        return range_integer(e, node, v);
    default:
        break;
    }
    return fail_range(e, "range can't iterate over ", v, "");
}

static enum walk walk_range(struct exec *e, const struct value *dot, const struct node *node)
{
    uint32_t mark = e->variable_count;
    struct value v;
    bool empty;
    e->node = node;
    if (!exec_eval_pipeline(e, dot, node->branch.pipe, &v))
        return WALK_FAILED;
    uint32_t outer = enter_choice(e, node, v);
    enum walk result = range_over(e, node, v, &empty);
    if (result == WALK_BREAK)
        result = WALK_ON;
    if (result == WALK_ON && empty && node->branch.otherwise)
        result = walk_list(e, dot, node->branch.otherwise);
    leave_choice(e, empty ? node->branch.body_changes : node->branch.otherwise_changes, outer);
    e->variable_count = mark;
    return result;
}

/* Runs a tree with variables of its own: only `$` is known there. */
static enum walk walk_tree(struct exec *e, const struct tree *tree, const struct value *dot)
{
    const struct tree *outer_tree = e->tree;
    uint32_t outer_base = e->variable_base;
    uint32_t mark = e->variable_count;
    e->tree = tree;
    e->variable_base = mark;
    exec_push(e, SLICE("$"), *dot);
    enum walk result = walk_list(e, dot, tree->root);
    e->variable_count = mark;
    e->variable_base = outer_base;
    e->tree = outer_tree;
    return result == WALK_FAILED ? WALK_FAILED : WALK_ON;
}

static enum walk walk_template(struct exec *e, const struct value *dot, const struct node *node)
{
    e->node = node;
    const struct tree *tree = template_set_find(e->set, node->call.name);
    if (!tree) {
        struct buffer message = BUFFER_INIT;
        buffer_add_text(&message, "template ");
        go_quote(&message, node->call.name);
        buffer_add_text(&message, " not defined");
        exec_fail_cause(e, buffer_slice(&message), NULL);
        buffer_release(&message);
        return WALK_FAILED;
    }
    if (e->depth == LIMIT_TEMPLATE_DEPTH) {
        exec_fail(e, "exceeded maximum template depth (%d)", LIMIT_TEMPLATE_DEPTH);
        return WALK_FAILED;
    }
    struct value data;
    if (!exec_eval_pipeline(e, dot, node->call.pipe, &data))
        return WALK_FAILED;
    struct trace *trace = e->environment->trace;
    uint32_t outer = trace ? trace_enter(trace, TRACE_CALL, e->tree, node->pos, 0) : 0;
    e->depth++;
    enum walk result = walk_tree(e, tree, &data);
    e->depth--;
    if (trace)
        trace_leave(trace, outer);
    return result;
}

static enum walk walk(struct exec *e, const struct value *dot, const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        return walk_text(e, node);
    case NODE_ACTION:
        return walk_action(e, dot, node);
    case NODE_IF:
    case NODE_WITH:
        return walk_if_or_with(e, dot, node);
    case NODE_RANGE:
        return walk_range(e, dot, node);
    case NODE_TEMPLATE:
        return walk_template(e, dot, node);
    case NODE_BREAK:
        return WALK_BREAK;
    case NODE_CONTINUE:
        return WALK_CONTINUE;
    default:
        return walk_list(e, dot, node);
    }
}

bool exec_tree(const struct exec_environment *environment, const struct template_set *set, const struct tree *tree,
               struct value data, struct buffer *out, struct template_error **error)
{
    struct exec e = {.environment = environment, .set = set, .tree = tree, .out = out};
    if (data.kind == VALUE_NIL)
        data = exec_invalid();
    if (walk_tree(&e, tree, &data) != WALK_FAILED)
        return true;
    *error = e.error;
    return false;
}

bool exec_nested(struct exec *e, const struct template_set *set, const struct tree *tree, struct value data,
                 struct call *call, struct slice *out)
{
    /* the nested text is written behind the outer one and then taken off: one buffer serves all depths */
    size_t start = e->out->len;
    struct trace *trace = e->environment->trace;
    struct trace_nested outer;
    const struct template_set *outer_set = e->set;
    const struct node *outer_node = e->node;
    int outer_depth = e->depth;
    if (trace)
        outer = trace_begin_nested(trace, start);
    e->set = set;
    e->depth = 0;
    if (data.kind == VALUE_NIL)
        data = exec_invalid();
    bool ok = walk_tree(e, tree, &data) != WALK_FAILED;
    e->set = outer_set;
    e->node = outer_node;
    e->depth = outer_depth;
    *out = arena_slice(e->environment->arena, slice_part(buffer_slice(e->out), start, e->out->len));
    e->out->len = start;
    if (trace)
        trace_end_nested(trace, &outer, *out);
    if (!ok) {
        call->error = e->error->text;
        call->cause = e->error;
    }
    return ok;
}

const struct template_set *exec_templates(const struct exec *e)
{
    return e->set;
}

struct trace *exec_trace(const struct exec *e)
{
    return e ? e->environment->trace : NULL;
}

void exec_trace_piece(const struct exec *e, size_t offset, uint32_t flow)
{
    trace_write(e->environment->trace, offset, e->tree, e->node->pos, flow);
}
