/*
 * flow_call.c - what the result of a function is made of
 */
#include "template/flow_call.h"

#include "base/limits.h"
#include "template/flow_text.h"
#include "value/compare.h"
#include "value/convert.h"

#include <stdlib.h>

/* --- the usual case ----------------------------------------------------------------------------------------------- */

/* Everything that was given, to the last leaf. */
static uint32_t rule_whole(struct trace *t, const struct call *call, struct value *out)
{
    struct flow *f = trace_flow(t);
    uint32_t all = flow_mark(*out);
    for (int i = 0; i < call->count; i++) {
        struct value arg = call->args[i];
        bool is_container = arg.kind == VALUE_MAP || arg.kind == VALUE_LIST;
        all = flow_join(f, all, is_container ? flow_whole(f, arg) : flow_mark(arg));
    }
    return all;
}

/* The truth of the arguments: of texts that they are not empty, of the rest what it is made of. */
static uint32_t rule_truth(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t all = 0;
    (void)out;
    for (int i = 0; i < call->count; i++)
        all = flow_join(trace_flow(t), all, trace_truth(t, call->args[i]));
    return all;
}

/* Whether the arguments are there, and which kind they have; scalars wholly. */
static uint32_t rule_presence(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t all = 0;
    (void)out;
    for (int i = 0; i < call->count; i++)
        all = flow_join(trace_flow(t), all, flow_mark(call->args[i]));
    return all;
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

/* The first argument that is not empty, and those before it, which were looked at. */
static uint32_t rule_coalesce(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t passed = 0;
    for (int i = 0; i < call->count && convert_is_empty(call->args[i]); i++)
        passed = flow_join(trace_flow(t), passed, flow_mark(call->args[i]));
    return trace_because(t, flow_mark(*out), passed);
}

static uint32_t rule_default(struct trace *t, const struct call *call, struct value *out)
{
    bool is_given = call->count > 1 && !convert_is_empty(call->args[1]);
    if (call->count < 2 || is_given)
        return flow_mark(*out);
    return trace_because(t, flow_mark(*out), flow_mark(call->args[1]));
}

/* One of the first arguments, as the last says. */
static uint32_t rule_ternary(struct trace *t, const struct call *call, struct value *out)
{
    return trace_because(t, flow_mark(*out), trace_truth(t, call->args[call->count - 1]));
}

static uint32_t rule_same(struct trace *t, const struct call *call, struct value *out)
{
    (void)t;
    (void)call;
    return flow_mark(*out);
}

/* --- elements ----------------------------------------------------------------------------------------------------- */

/* A container on the way down to an element, with its mark. */
struct step {
    struct value value;
    uint32_t mark;
    bool found;
};

static const struct value *find_element(struct value container, struct value key)
{
    if (container.kind == VALUE_MAP && key.kind == VALUE_STRING)
        return map_find(container.map, value_slice(key));
    if (container.kind == VALUE_LIST && key.kind == VALUE_INT && key.i >= 0 && key.i < container.list->len)
        return &container.list->items[key.i];
    return NULL;
}

static void step_into(struct trace *t, struct step *step, struct value key)
{
    struct flow *f = trace_flow(t);
    const struct value *found = find_element(step->value, key);
    step->found = found != NULL;
    if (found)
        step->mark = flow_element(f, step->mark, flow_mark(*found));
    else if (key.kind == VALUE_STRING)
        step->mark = flow_missing(f, step->mark, value_slice(key));
    step->mark = flow_join(f, step->mark, flow_mark(key));
    step->value = found ? *found : value_nil();
}

/* index and get: a container, then keys. */
static uint32_t rule_index(struct trace *t, const struct call *call, struct value *out)
{
    struct step step = {call->args[0], flow_mark(call->args[0]), true};
    (void)out;
    for (int i = 1; i < call->count && step.found; i++)
        step_into(t, &step, call->args[i]);
    return step.mark;
}

/* A key of the values is there because it is set, one of a dict that a template made because that was made. */
static uint32_t rule_hasKey(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t container = flow_mark(call->args[0]);
    struct step step = {call->args[0], container, true};
    (void)out;
    step_into(t, &step, call->args[1]);
    if (step.found && flow_node(trace_flow(t), container)->kind != FLOW_PATH)
        return flow_join(trace_flow(t), container, flow_mark(call->args[1]));
    return step.found ? flow_name(trace_flow(t), step.mark) : step.mark;
}

/* Keys, a default, a container. */
static uint32_t rule_dig(struct trace *t, const struct call *call, struct value *out)
{
    struct value container = call->args[call->count - 1];
    struct step step = {container, flow_mark(container), true};
    (void)out;
    for (int i = 0; i < call->count - 2 && step.found; i++)
        step_into(t, &step, call->args[i]);
    return step.found ? step.mark : flow_join(trace_flow(t), step.mark, flow_mark(call->args[call->count - 2]));
}

static uint32_t rule_first(struct trace *t, const struct call *call, struct value *out)
{
    return flow_element(trace_flow(t), flow_mark(call->args[0]), flow_mark(*out));
}

/* An item that is there once is there because of itself; of two that are the same neither alone matters. */
static uint32_t rule_has(struct trace *t, const struct call *call, struct value *out)
{
    struct value list = call->args[1];
    uint32_t mark = 0;
    size_t found = 0;
    if (list.kind != VALUE_LIST || !out->b)
        return rule_whole(t, call, out);
    for (uint32_t i = 0; i < list.list->len; i++) {
        if (!value_deep_equal(list.list->items[i], call->args[0]))
            continue;
        mark = flow_element(trace_flow(t), flow_mark(list), flow_mark(list.list->items[i]));
        found++;
    }
    return flow_join(trace_flow(t), found == 1 ? mark : flow_computed(trace_flow(t), flow_mark(list)),
                     flow_mark(call->args[0]));
}

/* --- containers --------------------------------------------------------------------------------------------------- */

/* Elements keep their marks; what stays is how the containers that they come from were computed. */
static uint32_t rule_gather(struct trace *t, const struct call *call, struct value *out)
{
    struct flow *f = trace_flow(t);
    uint32_t all = 0;
    (void)out;
    for (int i = 0; i < call->count; i++) {
        struct value arg = call->args[i];
        if (arg.kind == VALUE_LIST || arg.kind == VALUE_MAP)
            all = flow_join(f, all, flow_computed(f, flow_mark(arg)));
    }
    return all;
}

/* Items are put next to each other; containers among them stay what they are. */
static uint32_t rule_list(struct trace *t, const struct call *call, struct value *out)
{
    (void)t;
    (void)call;
    (void)out;
    return 0;
}

static uint32_t rule_dict(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t keys = 0;
    (void)out;
    for (int i = 0; i < call->count; i += 2)
        keys = flow_join(trace_flow(t), keys, flow_mark(call->args[i]));
    return keys;
}

/* The new entry is there because execution came here. */
static uint32_t rule_set(struct trace *t, const struct call *call, struct value *out)
{
    struct flow *f = trace_flow(t);
    struct value *entry = map_find(call->args[0].map, value_slice(call->args[1]));
    (void)out;
    if (entry) {
        uint32_t reasons = flow_join(f, flow_mark(call->args[1]), trace_deciders(t));
        *entry = flow_marked(*entry, flow_join(f, flow_mark(*entry), reasons));
    }
    return flow_mark(call->args[0]);
}

static bool is_same_value(struct value a, struct value b)
{
    return a.kind == b.kind && a.len == b.len && a.u == b.u && flow_mark(a) == flow_mark(b);
}

/* What a template wrote itself, and nothing says yet what it is made of, is there because of what chose it. */
static void mark_literals(struct flow *f, struct value v, uint32_t reason, size_t depth)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return;
    for (uint32_t i = 0; v.kind == VALUE_MAP && !(v.map->flags & VALUE_FROZEN) && i < v.map->len; i++) {
        struct value *entry = &v.map->entries[i].value;
        if (!flow_mark(*entry))
            *entry = flow_marked(*entry, reason);
        mark_literals(f, *entry, reason, depth + 1);
    }
    for (uint32_t i = 0; v.kind == VALUE_LIST && !(v.list->flags & VALUE_FROZEN) && i < v.list->len; i++) {
        struct value *item = &v.list->items[i];
        if (!flow_mark(*item))
            *item = flow_marked(*item, reason);
        mark_literals(f, *item, reason, depth + 1);
    }
}

/* What came into `dst` from `src` is there because of what decided which map `src` is. */
static void mark_merged(struct flow *f, struct map *dst, const struct map *src, uint32_t computed, size_t depth)
{
    for (uint32_t i = 0; i < src->len && depth < LIMIT_VALUE_DEPTH; i++) {
        struct value low = src->entries[i].value;
        struct value *high = map_find(dst, src->entries[i].key);
        if (high && high->kind == VALUE_MAP && low.kind == VALUE_MAP && high->map != low.map)
            mark_merged(f, high->map, low.map, computed, depth + 1);
        else if (high && is_same_value(*high, low)) {
            *high = flow_marked(*high, flow_join(f, flow_mark(*high), computed));
            mark_literals(f, *high, computed, depth);
        }
    }
}

/* The first argument, changed. */
static uint32_t rule_merge(struct trace *t, const struct call *call, struct value *out)
{
    struct flow *f = trace_flow(t);
    for (int i = 1; i < call->count; i++) {
        struct value source = call->args[i];
        uint32_t computed = flow_computed(f, flow_mark(source));
        if (computed && source.kind == VALUE_MAP && out->kind == VALUE_MAP && source.map != out->map)
            mark_merged(f, out->map, source.map, computed, 0);
    }
    return flow_mark(call->args[0]);
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static bool is_part_of(struct value part, struct value whole)
{
    return part.s >= whole.s && part.s + part.len <= whole.s + whole.len;
}

static uint32_t rule_include(struct trace *t, const struct call *call, struct value *out)
{
    (void)call;
    (void)out;
    return trace_newest(t);
}

/* Without an action the text is its own result. */
static uint32_t rule_tpl(struct trace *t, const struct call *call, struct value *out)
{
    trace_set_template(t, 0);
    return out->len && is_part_of(*out, call->args[0]) ? flow_mark(call->args[0]) : trace_newest(t);
}

/* toYaml has told the trace what it wrote, unless there is nothing. */
static uint32_t rule_yaml(struct trace *t, const struct call *call, struct value *out)
{
    return trace_is_newest(t, value_slice(*out)) ? trace_newest(t) : rule_whole(t, call, out);
}

static uint32_t indent_lines(struct trace *t, const struct call *call, struct value *out, size_t before)
{
    struct value text = call->args[1];
    size_t lines = 1 + slice_count_char(value_slice(text), '\n');
    uint32_t mark = flow_mark(text);
    if (flow_node(trace_flow(t), mark)->kind != FLOW_TEXT)
        return rule_whole(t, call, out);
    return trace_indent(t, mark, value_slice(text), before, (out->len - before - text.len) / lines, value_slice(*out));
}

static uint32_t rule_indent(struct trace *t, const struct call *call, struct value *out)
{
    return indent_lines(t, call, out, 0);
}

static uint32_t rule_nindent(struct trace *t, const struct call *call, struct value *out)
{
    return indent_lines(t, call, out, 1);
}

/* Charts look for "{{" to save running tpl over a text that has none: what comes out is the same either way. A text that
   was found is made of where it stands. */
static uint32_t rule_contains(struct trace *t, const struct call *call, struct value *out)
{
    struct slice part = value_slice(call->args[0]);
    struct slice text = value_slice(call->args[1]);
    size_t at = slice_find(text, part);
    if (slice_is(part, "{{"))
        return 0;
    if (!out->b || part.len == 0)
        return rule_whole(t, call, out);
    uint32_t mark = trace_range_flow(t, flow_mark(call->args[1]), at, at + part.len);
    return flow_join(trace_flow(t), mark, flow_mark(call->args[0]));
}

static uint32_t rule_join(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t mark = flow_text_join(t, call, value_slice(*out));
    return mark ? mark : rule_whole(t, call, out);
}

static uint32_t rule_printf(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t mark = flow_text_printf(t, call, value_slice(*out));
    return mark ? mark : rule_whole(t, call, out);
}

/* Elements keep what they are made of, the list what it was computed from. */
static uint32_t rule_sort(struct trace *t, const struct call *call, struct value *out)
{
    (void)out;
    return flow_computed(trace_flow(t), flow_mark(call->args[0]));
}

static uint32_t rule_read(struct trace *t, const struct call *call, struct value *out)
{
    uint32_t mark = flow_mark(call->args[0]);
    if (flow_node(trace_flow(t), mark)->kind != FLOW_TEXT)
        return rule_whole(t, call, out);
    flow_text_read(t, mark, value_slice(call->args[0]), call->arena, out);
    return 0;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

struct named_rule {
    const char *name;
    flow_rule *rule;
};

/* In order of names; what is not here is made of all it is given. */
static const struct named_rule rules[] = {
    {"all", rule_truth},
    {"any", rule_truth},
    {"append", rule_gather},
    {"coalesce", rule_coalesce},
    {"compact", rule_gather},
    {"concat", rule_gather},
    {"contains", rule_contains},
    {"deepCopy", rule_gather},
    {"default", rule_default},
    {"dict", rule_dict},
    {"dig", rule_dig},
    {"empty", rule_truth},
    {"first", rule_first},
    {"fromJson", rule_read},
    {"fromJsonArray", rule_read},
    {"fromYaml", rule_read},
    {"fromYamlArray", rule_read},
    {"get", rule_index},
    {"has", rule_has},
    {"hasKey", rule_hasKey},
    {"include", rule_include},
    {"indent", rule_indent},
    {"index", rule_index},
    {"initial", rule_gather},
    {"join", rule_join},
    {"keys", rule_presence},
    {"kindIs", rule_presence},
    {"kindOf", rule_presence},
    {"last", rule_first},
    {"len", rule_presence},
    {"list", rule_list},
    {"merge", rule_merge},
    {"mergeOverwrite", rule_merge},
    {"mustAppend", rule_gather},
    {"mustCompact", rule_gather},
    {"mustDeepCopy", rule_gather},
    {"mustFirst", rule_first},
    {"mustHas", rule_has},
    {"mustInitial", rule_gather},
    {"mustLast", rule_first},
    {"mustMerge", rule_merge},
    {"mustMergeOverwrite", rule_merge},
    {"mustPrepend", rule_gather},
    {"mustPush", rule_gather},
    {"mustRest", rule_gather},
    {"mustReverse", rule_gather},
    {"mustSlice", rule_gather},
    {"mustToYaml", rule_yaml},
    {"mustUniq", rule_gather},
    {"mustWithout", rule_gather},
    {"nindent", rule_nindent},
    {"not", rule_truth},
    {"omit", rule_gather},
    {"pick", rule_gather},
    {"pluck", rule_gather},
    {"prepend", rule_gather},
    {"printf", rule_printf},
    {"push", rule_gather},
    {"required", rule_same},
    {"rest", rule_gather},
    {"reverse", rule_gather},
    {"set", rule_set},
    {"slice", rule_gather},
    {"sortAlpha", rule_sort},
    {"ternary", rule_ternary},
    {"toStrings", rule_sort},
    {"toYaml", rule_yaml},
    {"tpl", rule_tpl},
    {"tuple", rule_list},
    {"typeIs", rule_presence},
    {"typeIsLike", rule_presence},
    {"typeOf", rule_presence},
    {"uniq", rule_gather},
    {"unset", rule_merge},
    {"values", rule_gather},
    {"without", rule_gather},
};

static int compare_rules(const void *a, const void *b)
{
    return strcmp(((const struct named_rule *)a)->name, ((const struct named_rule *)b)->name);
}

static flow_rule *find_rule(struct trace *t, const char *name)
{
    struct trace_rule *known = trace_rule_slot(t, name);
    if (known->name == name)
        return known->rule;
    const struct named_rule wanted = {name, NULL};
    const struct named_rule *found = bsearch(&wanted, rules, sizeof rules / sizeof rules[0], sizeof rules[0],
                                             compare_rules);
    *known = (struct trace_rule){name, found ? found->rule : rule_whole};
    return known->rule;
}

bool flow_runs_templates(struct trace *t, const struct call *call)
{
    flow_rule *rule = find_rule(t, call->name);
    if (rule == rule_tpl)
        trace_set_template(t, flow_mark(call->args[0]));
    return rule == rule_tpl || rule == rule_include;
}

void flow_call(struct trace *t, const struct call *call, struct value *out)
{
    *out = flow_marked(*out, find_rule(t, call->name)(t, call, out));
}

/* .Files.Get and its kin read one file, Glob finds several; AsConfig has told the trace what it wrote. */
static uint32_t file_flow(struct trace *t, const struct call *call, struct value self, struct value *out)
{
    struct flow *f = trace_flow(t);
    uint32_t files = flow_mark(self);
    if (out->type == GO_FILES) {
        for (uint32_t i = 0; i < out->map->len; i++) {
            struct entry *file = &out->map->entries[i];
            file->value = flow_marked(file->value, flow_child(f, files, file->key, file->value));
        }
        return files;
    }
    if (call->count == 1)
        return flow_child(f, files, value_slice(call->args[0]), *out);
    return out->kind == VALUE_STRING && trace_is_newest(t, value_slice(*out)) ? trace_newest(t) : flow_whole(f, self);
}

void flow_method(struct trace *t, const struct call *call, struct value self, struct value *out)
{
    struct flow *f = trace_flow(t);
    uint32_t mark = self.type == GO_FILES ? file_flow(t, call, self, out) : flow_mark(self);
    for (int i = 0; i < call->count; i++)
        mark = flow_join(f, mark, flow_whole(f, call->args[i]));
    *out = flow_marked(*out, mark);
}
