/*
 * audit.c - findings about a project, and what is done with them
 */
#include "report/audit.h"

#include "base/hash.h"

#include <stdlib.h>

const struct audit_rule audit_rules[AUDIT_RULES] = {
    [AUDIT_SCHEMA] = {"schema", AUDIT_ERROR, "values are not as the chart's schema wants them: Helm refuses them"},
    [AUDIT_UNREAD_VALUE] = {"unread-value", AUDIT_WARNING, "a value is set that no template reads in any environment"},
    [AUDIT_UNKNOWN_KEY] = {"unknown-key", AUDIT_WARNING, "a value is set that the chart's schema does not know"},
    [AUDIT_AMBIGUOUS_SCALAR] = {"ambiguous-scalar", AUDIT_WARNING,
                               "a scalar without quotes is one thing to YAML 1.1 and another to YAML 1.2"},
    [AUDIT_YAML_12] = {"yaml-1.2", AUDIT_WARNING, "a file is read by YAML 1.1 and refused by YAML 1.2"},
    [AUDIT_DUPLICATE_KEY] = {"duplicate-key", AUDIT_WARNING, "a key is given twice in one map; the last one counts"},
    [AUDIT_GLUED_DOCUMENT] = {"glued-document", AUDIT_ERROR,
                             "a document separator is glued to the end of a line, so that two documents become one"},
    [AUDIT_DUPLICATE_OBJECT] = {"duplicate-object", AUDIT_ERROR, "the same object is rendered twice"},
    [AUDIT_INCOMPLETE_OBJECT] = {"incomplete-object", AUDIT_ERROR, "an object has no apiVersion, kind or name"},
    [AUDIT_NO_VALUE] = {"no-value", AUDIT_WARNING, "a template prints a value that is not there"},
    [AUDIT_TAB] = {"tab", AUDIT_WARNING, "a rendered line is indented by tabs"},
    [AUDIT_MISPLACED_BLOCK] = {"misplaced-block", AUDIT_WARNING,
                              "a block that a template put in is not below the key it was meant for"},
    [AUDIT_UNSTABLE_OUTPUT] = {"unstable-output", AUDIT_WARNING, "an object differs each time it is rendered"},
    [AUDIT_DEPRECATED_API] = {"deprecated-api", AUDIT_WARNING, "the Kubernetes version gives up an object's API version"},
    [AUDIT_NO_EFFECT] = {"no-effect", AUDIT_NOTE, "a field of a state file changes nothing in what is rendered"},
};

const char *audit_severity_name(enum audit_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

enum audit_rule_id audit_rule_find(struct slice name)
{
    size_t rule = 0;
    while (rule < AUDIT_RULES && !slice_is(name, audit_rules[rule].name))
        rule++;
    return (enum audit_rule_id)rule;
}

void audit_init(struct audit *audit, struct arena *a, struct source_set *sources)
{
    *audit = (struct audit){.arena = a, .sources = sources};
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

/* A file read for several environments is several sources of one name. */
static struct slice file_name(const struct audit_finding *f)
{
    return f->place.source ? f->place.source->name : SLICE("");
}

static uint64_t hash_of(const struct audit_finding *f)
{
    return hash_slice(f->message) ^ (hash_slice(file_name(f)) << 16) ^ ((uint64_t)f->place.line << 8) ^ (uint64_t)f->rule;
}

static bool same(const struct audit_finding *a, const struct audit_finding *b)
{
    return a->rule == b->rule && slice_equal(file_name(a), file_name(b)) && a->place.line == b->place.line &&
           a->place.column == b->place.column && slice_equal(a->message, b->message);
}

static size_t slot_of(const struct audit *audit, const struct audit_finding *f)
{
    size_t at = hash_of(f) & (audit->slot_count - 1);
    while (audit->slots[at] && !same(&audit->findings[audit->slots[at] - 1], f))
        at = (at + 1) & (audit->slot_count - 1);
    return at;
}

static void grow_slots(struct audit *audit)
{
    audit->slot_count = audit->slot_count ? audit->slot_count * 2 : 256;
    audit->slots = ARENA_ARRAY(audit->arena, size_t, audit->slot_count);
    for (size_t i = 0; i < audit->count; i++)
        audit->slots[slot_of(audit, &audit->findings[i])] = i + 1;
}

void audit_add(struct audit *audit, enum audit_rule_id rule, struct diag_place place, struct slice fix, const char *format,
              ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    struct audit_finding f = {.rule = rule, .place = place, .message = buffer_move(&text, audit->arena), .fix = fix};
    if (audit->count * 2 >= audit->slot_count)
        grow_slots(audit);
    size_t slot = slot_of(audit, &f);
    if (audit->slots[slot])
        return;
    audit->findings = arena_room(audit->arena, audit->findings, audit->count, &audit->cap, sizeof *audit->findings);
    audit->slots[slot] = audit->count + 1;
    audit->findings[audit->count++] = f;
}

struct diag_place audit_place(const struct audit *audit, struct origin origin)
{
    const struct source *source = source_set_find(audit->sources, (uint32_t)origin.source);
    return source ? (struct diag_place){source, origin.line, origin.column, 1} : (struct diag_place){NULL, 0, 0, 0};
}

/* --- comments that suppress ----------------------------------------------------------------------------------------- */

/* Whether the list of rules after a mark, up to the first blank, has the rule or is "all". */
static bool lists(struct slice text, enum audit_rule_id rule)
{
    size_t end = 0;
    struct slice rest, name;
    text = slice_trim(text);
    while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '*' && text.ptr[end] != '\n')
        end++;
    rest = slice_part(text, 0, end);
    while (slice_next_piece(&rest, ',', &name)) {
        if (slice_is(name, audit_rules[rule].name) || slice_is(name, "all"))
            return true;
    }
    return false;
}

static bool line_suppresses(struct slice line, enum audit_rule_id rule)
{
    static const struct slice mark = SLICE_INIT("yare:ignore ");
    size_t at = slice_find(line, mark);
    return slice_find_char(line, '#') < line.len || slice_find(line, SLICE("/*")) < line.len
               ? at < line.len && lists(slice_after(line, at + mark.len), rule)
               : false;
}

static bool file_suppresses(const struct source *source, enum audit_rule_id rule)
{
    static const struct slice mark = SLICE_INIT("yare:ignore-file ");
    struct slice rest = source->text;
    for (size_t at = slice_find(rest, mark); at < rest.len; at = slice_find(rest, mark)) {
        rest = slice_after(rest, at + mark.len);
        if (lists(rest, rule))
            return true;
    }
    return false;
}

static bool is_suppressed(const struct audit_finding *f)
{
    const struct source *source = f->place.source;
    if (!source)
        return false;
    return line_suppresses(source_line(source, f->place.line), f->rule) ||
           (f->place.line > 1 && line_suppresses(source_line(source, f->place.line - 1), f->rule)) ||
           file_suppresses(source, f->rule);
}

static int compare(const void *a, const void *b)
{
    const struct audit_finding *x = a;
    const struct audit_finding *y = b;
    int order = slice_compare(file_name(x), file_name(y));
    if (order)
        return order;
    if (x->place.line != y->place.line)
        return x->place.line < y->place.line ? -1 : 1;
    if (x->place.column != y->place.column)
        return x->place.column < y->place.column ? -1 : 1;
    return x->rule != y->rule ? (int)x->rule - (int)y->rule : slice_compare(x->message, y->message);
}

void audit_finish(struct audit *audit)
{
    size_t kept = 0;
    for (size_t i = 0; i < audit->count; i++) {
        if (!is_suppressed(&audit->findings[i]))
            audit->findings[kept++] = audit->findings[i];
    }
    audit->count = kept;
    if (kept)
        qsort(audit->findings, kept, sizeof *audit->findings, compare);
}

size_t audit_count(const struct audit *audit, enum audit_severity least)
{
    size_t count = 0;
    for (size_t i = 0; i < audit->count; i++)
        count += audit_rules[audit->findings[i].rule].severity >= least;
    return count;
}
