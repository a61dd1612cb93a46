/*
 * node.c - the tree of a template: building and printing
 */
#include "template/node.h"

#include "golang/strconv.h"
#include "golang/unicode.h"

void node_list_add(struct arena *a, struct node_list *list, struct node *node)
{
    if (list->len == list->cap) {
        uint32_t cap = list->cap ? list->cap * 2 : 4;
        list->items = arena_resize(a, list->items, list->cap * sizeof node, cap * sizeof node);
        list->cap = cap;
    }
    list->items[list->len++] = node;
}

void name_list_add(struct arena *a, struct name_list *list, struct slice name)
{
    if (list->len == list->cap) {
        uint32_t cap = list->cap ? list->cap * 2 : 2;
        list->items = arena_resize(a, list->items, list->cap * sizeof name, cap * sizeof name);
        list->cap = cap;
    }
    list->items[list->len++] = name;
}

static void print_list(const struct node_list *list, const char *between, struct buffer *out)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (i > 0)
            buffer_add_text(out, between);
        node_print(list->items[i], out);
    }
}

static void print_fields(const struct name_list *names, struct buffer *out)
{
    for (uint32_t i = 0; i < names->len; i++) {
        buffer_add_char(out, '.');
        buffer_add(out, names->items[i]);
    }
}

static void print_variable(const struct name_list *path, struct buffer *out)
{
    buffer_add(out, path->items[0]);
    struct name_list fields = {path->items + 1, path->len - 1, 0};
    print_fields(&fields, out);
}

static void print_pipe(const struct node *node, struct buffer *out)
{
    if (node->pipeline.variables.len) {
        print_list(&node->pipeline.variables, ", ", out);
        buffer_add_text(out, node->pipeline.is_assign ? " = " : " := ");
    }
    print_list(&node->pipeline.commands, " | ", out);
}

/* A pipe as an operand stands in parentheses. */
static void print_operand(const struct node *node, struct buffer *out)
{
    bool parens = node->kind == NODE_PIPE;
    if (parens)
        buffer_add_char(out, '(');
    node_print(node, out);
    if (parens)
        buffer_add_char(out, ')');
}

static void print_command(const struct node *node, struct buffer *out)
{
    for (uint32_t i = 0; i < node->list.len; i++) {
        if (i > 0)
            buffer_add_char(out, ' ');
        print_operand(node->list.items[i], out);
    }
}

static void print_branch(const struct node *node, const char *keyword, struct buffer *out)
{
    buffer_printf(out, "{{%s ", keyword);
    node_print(node->branch.pipe, out);
    buffer_add_text(out, "}}");
    node_print(node->branch.body, out);
    if (node->branch.otherwise) {
        buffer_add_text(out, "{{else}}");
        node_print(node->branch.otherwise, out);
    }
    buffer_add_text(out, "{{end}}");
}

static void print_template_call(const struct node *node, struct buffer *out)
{
    buffer_add_text(out, "{{template ");
    go_quote(out, node->call.name);
    if (node->call.pipe) {
        buffer_add_char(out, ' ');
        node_print(node->call.pipe, out);
    }
    buffer_add_text(out, "}}");
}

static void print_action(const struct node *node, struct buffer *out)
{
    buffer_add_text(out, "{{");
    node_print(node->pipe, out);
    buffer_add_text(out, "}}");
}

void node_print(const struct node *node, struct buffer *out)
{
    switch (node->kind) {
    case NODE_LIST:
        print_list(&node->list, "", out);
        break;
    case NODE_TEXT:
        buffer_add(out, node->text);
        break;
    case NODE_ACTION:
        print_action(node, out);
        break;
    case NODE_PIPE:
        print_pipe(node, out);
        break;
    case NODE_COMMAND:
        print_command(node, out);
        break;
    case NODE_IDENTIFIER:
        buffer_add(out, node->function.name);
        break;
    case NODE_VARIABLE:
        print_variable(&node->path, out);
        break;
    case NODE_DOT:
        buffer_add_char(out, '.');
        break;
    case NODE_NIL:
        buffer_add_text(out, "nil");
        break;
    case NODE_FIELD:
        print_fields(&node->path, out);
        break;
    case NODE_CHAIN:
        print_operand(node->chain.base, out);
        print_fields(&node->chain.names, out);
        break;
    case NODE_BOOL:
        buffer_add_text(out, node->truth ? "true" : "false");
        break;
    case NODE_NUMBER:
        buffer_add(out, node->number->text);
        break;
    case NODE_STRING:
        buffer_add(out, node->string.quoted);
        break;
    case NODE_IF:
        print_branch(node, "if", out);
        break;
    case NODE_RANGE:
        print_branch(node, "range", out);
        break;
    case NODE_WITH:
        print_branch(node, "with", out);
        break;
    case NODE_TEMPLATE:
        print_template_call(node, out);
        break;
    case NODE_BREAK:
        buffer_add_text(out, "{{break}}");
        break;
    case NODE_CONTINUE:
        buffer_add_text(out, "{{continue}}");
        break;
    case NODE_ELSE:
        buffer_add_text(out, "{{else}}");
        break;
    case NODE_END:
        buffer_add_text(out, "{{end}}");
        break;
    }
}

bool node_is_empty_tree(const struct node *node)
{
    if (!node)
        return true;
    if (node->kind == NODE_TEXT)
        return go_trim_space(node->text).len == 0;
    if (node->kind != NODE_LIST)
        return false;
    for (uint32_t i = 0; i < node->list.len; i++) {
        if (!node_is_empty_tree(node->list.items[i]))
            return false;
    }
    return true;
}
