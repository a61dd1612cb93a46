/*
 * label_selector.c - Kubernetes label selectors
 */
#include "kustomize/label_selector.h"

#include "golang/strconv.h"

enum {
    LONGEST_NAME = 63,
    LONGEST_DOMAIN = 253
};

/* --- words -------------------------------------------------------------------------------------------------------- */

enum token {
    TOKEN_ERROR,
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_OPERATOR
};

struct lexer {
    struct slice rest;
    enum token token;
    struct slice text; /* of the token */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_special(char c)
{
    return c && strchr("=!(),><", c) != NULL;
}

static void take(struct lexer *l, enum token token, size_t len)
{
    l->token = token;
    l->text = slice_part(l->rest, 0, len);
    l->rest = slice_after(l->rest, len);
}

static size_t operator_length(struct slice rest)
{
    bool doubles = rest.len > 1 && rest.ptr[1] == '=' && (rest.ptr[0] == '=' || rest.ptr[0] == '!');
    return doubles ? 2 : 1;
}

static void advance(struct lexer *l)
{
    while (l->rest.len && is_blank(l->rest.ptr[0]))
        l->rest = slice_after(l->rest, 1);
    if (l->rest.len == 0 || l->rest.ptr[0] == '\0') {
        take(l, TOKEN_END, 0);
    } else if (is_special(l->rest.ptr[0])) {
        take(l, TOKEN_OPERATOR, operator_length(l->rest));
    } else {
        size_t len = 1;
        while (len < l->rest.len && l->rest.ptr[len] && !is_special(l->rest.ptr[len]) && !is_blank(l->rest.ptr[len]))
            len++;
        take(l, TOKEN_WORD, len);
    }
}

static bool is_operator(const struct lexer *l, const char *text)
{
    return l->token == TOKEN_OPERATOR && slice_is(l->text, text);
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Letters and digits, with others of `inner` between them. */
static bool is_name(struct slice s, const char *inner, bool lower)
{
    if (s.len == 0 || !is_alphanumeric(s.ptr[0]) || !is_alphanumeric(s.ptr[s.len - 1]))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!is_alphanumeric(c) && !strchr(inner, c))
            return false;
        if (lower && c >= 'A' && c <= 'Z')
            return false;
    }
    return true;
}

static bool is_domain(struct slice s)
{
    struct slice label;
    if (s.len > LONGEST_DOMAIN)
        return false;
    while (slice_next_piece(&s, '.', &label)) {
        if (!is_name(label, "-", true))
            return false;
    }
    return true;
}

static bool check_key(struct slice key, struct diag *diag)
{
    size_t slash = slice_find_char(key, '/');
    struct slice name = slash < key.len ? slice_after(key, slash + 1) : key;
    bool good = name.len <= LONGEST_NAME && is_name(name, "-_.", false);
    if (slash < key.len)
        good = good && slash > 0 && is_domain(slice_part(key, 0, slash));
    return good || diag_error(diag, "invalid label key \"%.*s\"", SLICE_ARG(key));
}

static bool check_value(struct slice key, struct slice value, struct diag *diag)
{
    if (value.len == 0 || (value.len <= LONGEST_NAME && is_name(value, "-_.", false)))
        return true;
    return diag_error(diag, "invalid label value: \"%.*s\": at key: \"%.*s\"", SLICE_ARG(value), SLICE_ARG(key));
}

/* --- requirements ------------------------------------------------------------------------------------------------- */

struct parser {
    struct arena *arena;
    struct lexer lexer;
    struct diag *diag;
};

static bool unexpected(struct parser *p, const char *expected)
{
    return diag_error(p->diag, "found '%.*s', expected: %s", SLICE_ARG(p->lexer.text), expected);
}

/* "(a,b)"; between commas there may be nothing, which is the empty value. */
static bool read_values(struct parser *p, struct texts *values)
{
    bool wants_value = true;
    if (!is_operator(&p->lexer, "("))
        return diag_error(p->diag, "found '%.*s' expected: '('", SLICE_ARG(p->lexer.text));
    for (;;) {
        advance(&p->lexer);
        if (p->lexer.token == TOKEN_WORD && wants_value) {
            texts_add(p->arena, values, p->lexer.text);
            wants_value = false;
        } else if (is_operator(&p->lexer, ",") || is_operator(&p->lexer, ")")) {
            bool is_end = is_operator(&p->lexer, ")");
            if (wants_value)
                texts_add(p->arena, values, SLICE(""));
            wants_value = true;
            if (is_end)
                break;
        } else {
            return unexpected(p, "',' or ')'");
        }
    }
    advance(&p->lexer);
    return true;
}

static bool read_value(struct parser *p, struct texts *values)
{
    if (p->lexer.token == TOKEN_END || is_operator(&p->lexer, ",")) {
        texts_add(p->arena, values, SLICE(""));
        return true;
    }
    if (p->lexer.token != TOKEN_WORD)
        return unexpected(p, "identifier");
    texts_add(p->arena, values, p->lexer.text);
    advance(&p->lexer);
    return true;
}

static bool read_comparison(struct parser *p, struct requirement *r)
{
    static const struct {
        const char *text;
        enum requirement_kind kind;
        bool has_list;
    } rows[] = {
        {"=", REQUIRES_IN, false},  {"==", REQUIRES_IN, false},    {"!=", REQUIRES_NOT_IN, false},
        {"in", REQUIRES_IN, true},  {"notin", REQUIRES_NOT_IN, true}, {">", REQUIRES_GREATER, false},
        {"<", REQUIRES_LESS, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!slice_is(p->lexer.text, rows[i].text))
            continue;
        r->kind = rows[i].kind;
        advance(&p->lexer);
        return rows[i].has_list ? read_values(p, &r->values) : read_value(p, &r->values);
    }
    return unexpected(p, "'=', '!=', '==', 'in', notin'");
}

static bool check_requirement(const struct requirement *r, struct diag *diag)
{
    for (size_t i = 0; i < r->values.count; i++) {
        int64_t number;
        struct slice value = r->values.items[i];
        if ((r->kind == REQUIRES_GREATER || r->kind == REQUIRES_LESS) && go_parse_int(value, 10, 64, &number) != GO_NUMBER_OK)
            return diag_error(diag, "for 'Gt', 'Lt' operators, the value must be an integer");
        if (!check_value(r->key, value, diag))
            return false;
    }
    return true;
}

static bool read_requirement(struct parser *p, struct requirement *r)
{
    bool negated = is_operator(&p->lexer, "!");
    if (negated)
        advance(&p->lexer);
    if (p->lexer.token != TOKEN_WORD)
        return unexpected(p, "identifier");
    r->key = p->lexer.text;
    if (!check_key(r->key, p->diag))
        return false;
    advance(&p->lexer);
    r->kind = negated ? REQUIRES_NO_KEY : REQUIRES_KEY;
    bool is_bare = negated || p->lexer.token == TOKEN_END || is_operator(&p->lexer, ",");
    return (is_bare || read_comparison(p, r)) && check_requirement(r, p->diag);
}

static void add_requirement(struct arena *a, struct label_selector *selector, struct requirement r)
{
    selector->items = arena_room(a, selector->items, selector->count, &selector->cap, sizeof *selector->items);
    selector->items[selector->count++] = r;
}

static bool starts_requirement(const struct parser *p)
{
    return p->lexer.token == TOKEN_WORD || is_operator(&p->lexer, "!");
}

bool label_selector_read(struct arena *a, struct slice text, struct label_selector *out, struct diag *diag)
{
    struct parser p = {a, {.rest = text}, diag};
    *out = (struct label_selector){NULL, 0, 0};
    advance(&p.lexer);
    if (p.lexer.token == TOKEN_END)
        return true;
    if (!starts_requirement(&p))
        return unexpected(&p, "!, identifier, or 'end of string'");
    for (;;) {
        struct requirement r = {.key = SLICE("")};
        if (!read_requirement(&p, &r)) {
            diag_prefix(diag, "unable to parse requirement: ");
            return false;
        }
        add_requirement(a, out, r);
        if (p.lexer.token == TOKEN_END)
            return true;
        if (!is_operator(&p.lexer, ","))
            return unexpected(&p, "',' or 'end of string'");
        advance(&p.lexer);
        if (!starts_requirement(&p))
            return unexpected(&p, "identifier after ','");
    }
}

/* --- matching ----------------------------------------------------------------------------------------------------- */

static bool has_value(const struct requirement *r, struct slice value)
{
    for (size_t i = 0; i < r->values.count; i++) {
        if (slice_equal(r->values.items[i], value))
            return true;
    }
    return false;
}

static bool compares(const struct requirement *r, struct slice value)
{
    int64_t label;
    int64_t bound;
    if (go_parse_int(value, 10, 64, &label) != GO_NUMBER_OK ||
        go_parse_int(r->values.items[0], 10, 64, &bound) != GO_NUMBER_OK)
        return false;
    return r->kind == REQUIRES_GREATER ? label > bound : label < bound;
}

static bool holds(const struct requirement *r, const struct map *labels)
{
    const struct value *label = labels ? map_find(labels, r->key) : NULL;
    struct slice value = label && label->kind == VALUE_STRING ? value_slice(*label) : SLICE("");
    switch (r->kind) {
    case REQUIRES_IN:
        return label && has_value(r, value);
    case REQUIRES_NOT_IN:
        return !label || !has_value(r, value);
    case REQUIRES_KEY:
        return label != NULL;
    case REQUIRES_NO_KEY:
        return !label;
    default:
        return label && compares(r, value);
    }
}

bool label_selector_matches(const struct label_selector *selector, const struct map *labels)
{
    for (size_t i = 0; i < selector->count; i++) {
        if (!holds(&selector->items[i], labels))
            return false;
    }
    return true;
}
