/*
 * helm_funcs.c - include, tpl, required, fail, lookup
 */
#include "funcs/helm_funcs.h"

#include "base/hash.h"
#include "base/limits.h"
#include "funcs/groups.h"
#include "golang/strconv.h"

struct include_count {
    struct slice name;
    int active;
};

enum {
    FIRST_SLOTS = 64
};

/* A text that tpl has parsed, with the set that its own definitions made. */
struct tpl_text {
    struct slice text;
    const struct template_set *parent;
    const struct template_set *set;
    struct tree *tree;
};

struct include_state {
    struct arena *arena;
    struct include_count *counts;
    size_t count;
    size_t count_cap;
    uint32_t *slots; /* open addressing: 1 + the number of a count, by its name; 0 is free */
    size_t slot_count;
    struct tpl_text *texts; /* open addressing; a null tree is a free slot */
    size_t text_count;
    size_t text_cap;
};

struct include_state *include_state_new(struct arena *a)
{
    struct include_state *state = ARENA_NEW(a, struct include_state);
    state->arena = a;
    return state;
}

/* --- include -------------------------------------------------------------------------------------------------- */

static size_t count_slot(const struct include_state *state, struct slice name, uint64_t hash)
{
    size_t at = hash & (state->slot_count - 1);
    while (state->slots[at] && !slice_equal(state->counts[state->slots[at] - 1].name, name))
        at = (at + 1) & (state->slot_count - 1);
    return at;
}

static void grow_slots(struct include_state *state)
{
    state->slot_count = state->slot_count ? state->slot_count * 2 : FIRST_SLOTS;
    state->slots = ARENA_ARRAY(state->arena, uint32_t, state->slot_count);
    for (size_t i = 0; i < state->count; i++) {
        struct slice name = state->counts[i].name;
        state->slots[count_slot(state, name, hash_slice(name))] = (uint32_t)i + 1;
    }
}

/* The number of a name's counter, for good. */
static size_t include_counter(struct include_state *state, struct slice name, uint64_t hash)
{
    if (state->count * 2 >= state->slot_count)
        grow_slots(state);
    size_t at = count_slot(state, name, hash);
    if (state->slots[at])
        return state->slots[at] - 1;
    state->counts = arena_room(state->arena, state->counts, state->count, &state->count_cap, sizeof *state->counts);
    state->counts[state->count] = (struct include_count){name, 0};
    state->slots[at] = (uint32_t)++state->count;
    return state->count - 1;
}

static bool fail_no_template(struct call *call, struct slice name)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "template: no template ");
    go_quote(&text, name);
    buffer_add_text(&text, " associated with template \"gotpl\"");
    call->error = buffer_move(&text, call->arena);
    return false;
}

static bool fn_include(struct call *call, struct value *out)
{
    struct slice name = value_slice(call->args[0]);
    struct include_state *state = call->host->includes;
    uint64_t hash = hash_slice(name);
    size_t counter = include_counter(state, name, hash);
    if (state->counts[counter].active > LIMIT_INCLUDE_DEPTH)
        return call_error(call, "rendering template has a nested reference name: %.*s: unable to execute template",
                          SLICE_ARG(name));
    const struct tree *tree = template_set_find_hashed(exec_templates(call->exec), name, hash);
    if (!tree)
        return fail_no_template(call, name);
    state->counts[counter].active++;
    struct slice text;
    bool ok = exec_nested(call->exec, exec_templates(call->exec), tree, call->args[1], call, &text);
    state->counts[counter].active--;
    if (ok)
        *out = value_string(text);
    return ok;
}

/* --- tpl ------------------------------------------------------------------------------------------------------ */

struct slice helm_without_no_value(struct arena *a, struct slice text)
{
    const struct slice mark = SLICE_INIT(HELM_NO_VALUE);
    size_t at = slice_find(text, mark);
    if (at == text.len)
        return text;
    struct buffer rest = BUFFER_INIT;
    while (at < text.len) {
        buffer_add(&rest, slice_part(text, 0, at));
        text = slice_after(text, at + mark.len);
        at = slice_find(text, mark);
    }
    buffer_add(&rest, text);
    return buffer_move(&rest, a);
}

static size_t text_slot(const struct include_state *state, struct slice text, const struct template_set *parent)
{
    size_t at = hash_slice(text) & (state->text_cap - 1);
    while (state->texts[at].tree &&
           !(state->texts[at].parent == parent && slice_equal(state->texts[at].text, text)))
        at = (at + 1) & (state->text_cap - 1);
    return at;
}

static void grow_texts(struct include_state *state)
{
    struct tpl_text *old = state->texts;
    size_t old_cap = state->text_cap;
    state->text_cap = state->text_cap ? state->text_cap * 2 : FIRST_SLOTS;
    state->texts = ARENA_ARRAY(state->arena, struct tpl_text, state->text_cap);
    for (size_t i = 0; i < old_cap; i++) {
        if (old[i].tree)
            state->texts[text_slot(state, old[i].text, old[i].parent)] = old[i];
    }
}

static bool fail_parse(struct call *call, struct slice text, const struct diag *diag)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, "cannot parse template ");
    go_quote(&message, text);
    buffer_add_text(&message, ": ");
    buffer_add(&message, diag->last->message);
    call->error = buffer_move(&message, call->arena);
    return false;
}

/* Parses the text on top of the templates in force, once a release. */
static const struct tpl_text *parse_text(struct call *call, struct slice text)
{
    struct include_state *state = call->host->includes;
    if (state->text_count * 2 >= state->text_cap)
        grow_texts(state);
    const struct template_set *parent = exec_templates(call->exec);
    struct tpl_text *entry = &state->texts[text_slot(state, text, parent)];
    if (entry->tree)
        return entry;
    struct template_set *set = template_set_new(state->arena, parent, template_set_functions(parent));
    struct diag diag;
    diag_init(&diag);
    struct tree *tree;
    bool ok = template_set_parse(set, SLICE("gotpl"), text, NULL, &tree, &diag);
    if (ok) {
        struct tpl_text parsed = {text, parent, set, tree};
        *entry = parsed;
        state->text_count++;
    } else {
        fail_parse(call, text, &diag);
    }
    diag_release(&diag);
    return ok ? entry : NULL;
}

static bool fail_execution(struct call *call, struct slice text)
{
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, "error during tpl function execution for ");
    go_quote(&message, text);
    buffer_add_text(&message, ": ");
    buffer_add(&message, call->error);
    struct template_error *wrapped = ARENA_NEW(call->arena, struct template_error);
    call->error = buffer_move(&message, call->arena);
    wrapped->text = call->error;
    wrapped->cause = call->cause;
    call->cause = wrapped;
    return false;
}

static bool fn_tpl(struct call *call, struct value *out)
{
    struct slice text = value_slice(call->args[0]);
    if (slice_find(text, SLICE("{{")) == text.len) { /* no action: nothing to parse or run */
        *out = value_string(helm_without_no_value(call->arena, text));
        return true;
    }
    const struct tpl_text *parsed = parse_text(call, text);
    if (!parsed)
        return false;
    const struct tpl_text copy = *parsed; /* running it may parse more and move the table */
    struct slice result;
    if (!exec_nested(call->exec, copy.set, copy.tree, call->args[1], call, &result))
        return fail_execution(call, text);
    *out = value_string(helm_without_no_value(call->arena, result));
    return true;
}

/* --- the rest ------------------------------------------------------------------------------------------------- */

/* Ends rendering with the message, or tells the host of it where that forgives. */
static bool fail(struct call *call, bool warning, const char *line, struct slice message, struct value *out)
{
    if (!call->host || !call->host->forgiven)
        return call_error(call, "%s%.*s%s", HELM_MESSAGE_START, SLICE_ARG(message), HELM_MESSAGE_END);
    call->host->forgiven(call->host, warning, line, message);
    *out = value_text("");
    return true;
}

static bool fn_required(struct call *call, struct value *out)
{
    struct value v = call->args[1];
    struct slice message = value_slice(call->args[0]);
    if (v.kind == VALUE_NIL)
        return fail(call, true, "missing required value", message, out);
    if (v.kind == VALUE_STRING && v.len == 0)
        return fail(call, true, "missing required values", message, out);
    *out = v;
    return true;
}

static bool fn_fail(struct call *call, struct value *out)
{
    return fail(call, false, "funcMap fail", value_slice(call->args[0]), out);
}

static bool fn_lookup(struct call *call, struct value *out)
{
    *out = value_map(map_new(call->arena, 0));
    return true;
}

const struct function functions_helm[] = {
    {"include", "sa", fn_include, "the text of a named template run with the value as its dot", NULL, NULL},
    {"tpl", "sa", fn_tpl, "the text run as a template with the value as its dot", NULL, NULL},
    {"required", "sa", fn_required, "the value, or an error with the message where it is nil or empty",
     "required \"no name\" \"a\"", "a"},
    {"fail", "s", fn_fail, "ends rendering with the message", NULL, NULL},
    {"lookup", "ssss", fn_lookup, "an object of the cluster; without a cluster an empty dict",
     "lookup \"v1\" \"Pod\" \"\" \"\"", "map[]"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
