/*
 * selector.c - which releases are meant
 */
#include "helmfile/selector.h"

static bool is_label_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("_./+-", c);
}

static bool is_label(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!s.ptr[i] || !is_label_char(s.ptr[i]))
            return false;
    }
    return s.len > 0;
}

static bool parse_term(struct slice text, struct selector_term *term)
{
    size_t equals = slice_find_char(text, '=');
    if (equals == text.len)
        return false;
    term->negated = equals > 0 && text.ptr[equals - 1] == '!';
    term->key = slice_part(text, 0, equals - term->negated);
    term->value = slice_after(text, equals + 1);
    return is_label(term->key) && is_label(term->value);
}

bool selector_parse(struct arena *a, struct slice text, struct selector *out, struct diag *diag)
{
    size_t most = 1;
    for (size_t i = 0; i < text.len; i++)
        most += text.ptr[i] == ',';
    out->terms = ARENA_ARRAY(a, struct selector_term, most);
    out->count = 0;
    struct slice rest = text.ptr ? text : slice_of("", 0);
    struct slice piece;
    while (slice_next_piece(&rest, ',', &piece)) {
        if (!parse_term(piece, &out->terms[out->count++]))
            return diag_error(diag, "malformed label: %.*s. Expected label in form k=v or k!=v", SLICE_ARG(piece));
    }
    return true;
}

bool selector_matches(const struct selector *selector, struct value labels)
{
    for (size_t i = 0; i < selector->count; i++) {
        const struct selector_term *term = &selector->terms[i];
        const struct value *label = labels.kind == VALUE_MAP ? map_find(labels.map, term->key) : NULL;
        bool equal = label && value_is_string(*label) && slice_equal(value_slice(*label), term->value);
        if (equal == term->negated)
            return false;
    }
    return true;
}

bool selectors_parse(struct arena *a, const struct helmfile_texts *texts, struct selector **out, struct diag *diag)
{
    *out = ARENA_ARRAY(a, struct selector, texts->count);
    for (size_t i = 0; i < texts->count; i++) {
        if (!selector_parse(a, texts->items[i], &(*out)[i], diag))
            return false;
    }
    return true;
}

static bool pair_compatible(const struct selector *a, const struct selector *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            const struct selector_term *x = &a->terms[i];
            const struct selector_term *y = &b->terms[j];
            if (!x->negated && !y->negated && slice_equal(x->key, y->key) && !slice_equal(x->value, y->value))
                return false;
        }
    }
    return true;
}

bool selectors_compatible(const struct selector *a, size_t a_count, const struct selector *b, size_t b_count)
{
    if (a_count == 0 || b_count == 0)
        return true;
    for (size_t i = 0; i < a_count; i++) {
        for (size_t j = 0; j < b_count; j++) {
            if (pair_compatible(&a[i], &b[j]))
                return true;
        }
    }
    return false;
}
