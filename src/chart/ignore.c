/*
 * ignore.c - .helmignore
 */
#include "chart/ignore.h"

#include "golang/path.h"
#include "golang/unicode.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Fills the rule from a trimmed line; false for a line that is no rule (blank, comment). */
static bool is_rule(struct slice line)
{
    return line.len && line.ptr[0] != '#';
}

static bool check_pattern(struct slice line, struct diag *diag)
{
    if (slice_find(line, SLICE("**")) < line.len)
        return diag_error(diag, "double-star (**) syntax is not supported");
    if (go_path_match(line, SLICE("abc")) == GO_MATCH_BAD_PATTERN)
        return diag_error(diag, "syntax error in pattern");
    return true;
}

static bool has_meta(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("*?[\\", s.ptr[i]) && s.ptr[i])
            return true;
    }
    return false;
}

/* Most rules are plain names or "*.ending"; those need no glob. */
static enum ignore_shape shape_of(struct slice pattern)
{
    if (!has_meta(pattern))
        return IGNORE_NAME;
    if (pattern.ptr[0] == '*' && !has_meta(slice_after(pattern, 1)) && slice_find_char(pattern, '/') == pattern.len)
        return IGNORE_ENDING;
    return IGNORE_GLOB;
}

static struct ignore_rule make_rule(struct slice line)
{
    struct ignore_rule rule = {0};
    if (slice_starts(line, SLICE("!"))) {
        rule.negated = true;
        line = slice_after(line, 1);
    }
    if (slice_ends(line, SLICE("/"))) {
        rule.folders_only = true;
        line.len--;
    }
    rule.whole_path = slice_find_char(line, '/') < line.len;
    if (slice_starts(line, SLICE("/")))
        line = slice_after(line, 1);
    rule.pattern = line;
    rule.shape = shape_of(line);
    return rule;
}

bool ignore_read(struct arena *a, struct slice text, struct ignore_rules *rules, struct diag *diag)
{
    if (slice_starts(text, slice_text(byte_order_mark)))
        text = slice_after(text, 3);
    rules->rules = ARENA_ARRAY(a, struct ignore_rule, slice_count_char(text, '\n') + 2);
    rules->count = 0;
    struct slice line;
    while (slice_next_piece(&text, '\n', &line)) {
        line = go_trim_space(line);
        if (!is_rule(line))
            continue;
        if (!check_pattern(line, diag))
            return false;
        rules->rules[rules->count++] = make_rule(line);
    }
    rules->rules[rules->count++] = make_rule(SLICE("templates/.?*"));
    return true;
}

static bool rule_matches(const struct ignore_rule *rule, struct slice path)
{
    struct slice name = rule->whole_path ? path : go_path_base(path);
    switch (rule->shape) {
    case IGNORE_NAME:
        return slice_equal(rule->pattern, name);
    case IGNORE_ENDING:
        return slice_ends(name, slice_after(rule->pattern, 1)) && slice_find_char(name, '/') == name.len;
    default:
        return go_path_match(rule->pattern, name) == GO_MATCH_YES;
    }
}

bool ignore_matches(const struct ignore_rules *rules, struct slice path, bool is_folder)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct ignore_rule *rule = &rules->rules[i];
        bool right_kind = is_folder || !rule->folders_only;
        if (rule->negated && (!right_kind || !rule_matches(rule, path)))
            return true;
        if (!rule->negated && right_kind && rule_matches(rule, path))
            return true;
    }
    return false;
}
