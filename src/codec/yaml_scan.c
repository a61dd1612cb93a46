/*
 * yaml_scan.c - YAML text to tokens: what begins where
 *
 * The queue, the simple keys, the indentation, and which token stands at a place. Where go-yaml and libyaml part (what
 * a '?' or ':' is in flow context, tags, byte order marks, depth), this is go-yaml's way.
 */
#include "codec/yaml_scan.h"

#include "base/memory.h"

enum {
    MAX_DEPTH = 10000,       /* of flow collections, and of indents, each, as go-yaml */
    LONGEST_SIMPLE_KEY = 1024, /* characters from a key's start to its colon */
    LOOKAHEAD = 4            /* characters that go-yaml wants to see before it tells a token */
};

#define DEPTH_PROBLEM "exceeded max depth of 10000"

void yaml_scanner_init(struct yaml_scanner *s, struct arena *a, const struct yaml_text *text)
{
    memset(s, 0, sizeof *s);
    s->arena = a;
    s->text = text->text.ptr;
    s->end = text->text.len;
    s->is_ascii = text->is_ascii;
    s->cut_problem = text->problem;
    s->indent = -1;
    s->key_allowed = true;
    s->key_cap = 8;
    s->keys = memory_zalloc(s->key_cap, sizeof *s->keys);
}

void yaml_scanner_release(struct yaml_scanner *s)
{
    memory_free(s->indents);
    memory_free(s->keys);
    memory_free(s->tokens);
    buffer_release(&s->fold);
}

bool yaml_scan_fault(struct yaml_scanner *s, struct yaml_place context, const char *problem)
{
    s->failed = true;
    s->by_scanner = true;
    s->problem = problem;
    s->problem_at = yaml_scan_place(s);
    s->context_at = context;
    return false;
}

/* A fault that the decoder found: it has no place. */
static bool cut_fault(struct yaml_scanner *s)
{
    s->failed = true;
    s->by_scanner = false;
    s->problem = s->cut_problem;
    s->problem_at = s->context_at = (struct yaml_place){0, 0};
    return false;
}

/* Whether go-yaml would have wanted to see more characters than there are before the cut. */
static bool is_cut_before(const struct yaml_scanner *s, size_t characters)
{
    if (!s->cut_problem)
        return false;
    size_t found = 0;
    for (size_t i = s->pos; i < s->end && found < characters; i++)
        found += ((unsigned char)s->text[i] & 0xC0) != 0x80;
    return found < characters;
}

bool yaml_scan_need(struct yaml_scanner *s, size_t characters)
{
    return !is_cut_before(s, characters) || cut_fault(s);
}

static const struct yaml_place nowhere = {0, 0};

/* --- characters --------------------------------------------------------------------------------------------------- */

void yaml_scan_skip_break(struct yaml_scanner *s, size_t length)
{
    unsigned char c = (unsigned char)s->text[s->pos];
    s->pos += length;
    if (c >= 0x80)
        s->extra += length - 1;
    s->line++;
    s->line_base = s->pos - s->extra;
}

/* To the end of the line in a text that is ASCII. */
static void skip_ascii_line(struct yaml_scanner *s)
{
    struct slice rest = slice_of(s->text + s->pos, s->end - s->pos);
    rest.len = slice_find_char(rest, '\n');
    s->pos += slice_find_char(rest, '\r');
}

void yaml_scan_skip_line(struct yaml_scanner *s)
{
    if (s->is_ascii) {
        skip_ascii_line(s);
        return;
    }
    while (s->pos < s->end) {
        unsigned char c = (unsigned char)s->text[s->pos];
        if (c == '\n' || c == '\r' || (c >= 0x80 && yaml_scan_break(s, 0)))
            return;
        if (c < 0x80)
            s->pos++;
        else
            yaml_scan_skip(s);
    }
}

void yaml_scan_skip_comment(struct yaml_scanner *s)
{
    if (yaml_scan_at(s, 0) == '#')
        yaml_scan_skip_line(s);
}

/* Blanks, comments and line breaks before the next token. A tab may not stand where a key could begin. A second byte
   order mark at the start of the text is skipped, later ones are text. */
static void skip_to_token(struct yaml_scanner *s)
{
    if (s->pos == 0 && slice_starts(slice_of(s->text, s->end), SLICE("\xEF\xBB\xBF")))
        yaml_scan_skip(s);
    for (;;) {
        while (yaml_scan_at(s, 0) == ' ' || (yaml_scan_at(s, 0) == '\t' && (s->flow_level || !s->key_allowed)))
            s->pos++;
        if (yaml_scan_at(s, 0) == '#')
            yaml_scan_skip_comment(s);
        size_t length = yaml_scan_break(s, 0);
        if (length == 0)
            return;
        yaml_scan_skip_break(s, length);
        if (s->flow_level == 0)
            s->key_allowed = true;
    }
}

/* --- the queue ---------------------------------------------------------------------------------------------------- */

/* Makes room for a token `ahead` places behind the head. */
static struct yaml_token *insert_token(struct yaml_scanner *s, size_t ahead)
{
    if (s->head == s->token_count)
        s->head = s->token_count = 0;
    if (s->token_count == s->token_cap) {
        s->token_cap = s->token_cap ? s->token_cap * 2 : 32;
        s->tokens = memory_resize(s->tokens, s->token_cap * sizeof *s->tokens);
    }
    struct yaml_token *token = &s->tokens[s->head + ahead];
    memmove(token + 1, token, (s->token_count - s->head - ahead) * sizeof *token);
    s->token_count++;
    return token;
}

static struct yaml_token *add_token(struct yaml_scanner *s, enum yaml_token_kind kind)
{
    struct yaml_token *token = insert_token(s, s->token_count - s->head);
    *token = (struct yaml_token){.kind = (uint8_t)kind, .at = yaml_scan_place(s)};
    return token;
}

/* The number that the next token added will have. */
static size_t next_number(const struct yaml_scanner *s)
{
    return s->parsed + (s->token_count - s->head);
}

/* A token of `length` ASCII characters. */
static bool add_indicator(struct yaml_scanner *s, enum yaml_token_kind kind, size_t length)
{
    add_token(s, kind);
    s->pos += length;
    return true;
}

/* --- simple keys -------------------------------------------------------------------------------------------------- */

static size_t index_of(const struct yaml_scanner *s)
{
    return s->pos - s->extra;
}

/* Whether the key can still be one here: on its line, and not too far away. *fault: it had to be one. */
static bool key_is_valid(struct yaml_scanner *s, struct yaml_simple_key *key)
{
    if (!key->possible)
        return false;
    if (key->at.line == s->line && key->index + LONGEST_SIMPLE_KEY >= index_of(s))
        return true;
    if (key->required)
        return yaml_scan_fault(s, key->at, "could not find expected ':'");
    key->possible = false;
    return false;
}

/* Gives up the key of the current level. */
static bool drop_key(struct yaml_scanner *s)
{
    struct yaml_simple_key *key = &s->keys[s->flow_level];
    if (key->possible && key->required)
        return yaml_scan_fault(s, key->at, "could not find expected ':'");
    key->possible = false;
    return true;
}

/* Notes that the token to come may begin a key. *level is what that token's `key` is to be. */
static bool save_key(struct yaml_scanner *s, uint32_t *level)
{
    *level = 0;
    if (!s->key_allowed)
        return true;
    if (!drop_key(s))
        return false;
    s->keys[s->flow_level] = (struct yaml_simple_key){
        .possible = true,
        .required = s->flow_level == 0 && s->indent == (int64_t)yaml_scan_column(s),
        .awaited = true,
        .number = next_number(s),
        .index = index_of(s),
        .at = yaml_scan_place(s),
    };
    *level = (uint32_t)s->flow_level + 1;
    return true;
}

/* --- indentation -------------------------------------------------------------------------------------------------- */

/* Begins a block collection at the column, unless one is open there; its token stands `ahead` behind the head. */
static bool open_indent(struct yaml_scanner *s, struct yaml_place at, size_t ahead, enum yaml_token_kind kind)
{
    if (s->flow_level || s->indent >= (int64_t)at.column)
        return true;
    if (s->indent_count == s->indent_cap) {
        s->indent_cap = s->indent_cap ? s->indent_cap * 2 : 32;
        s->indents = memory_resize(s->indents, s->indent_cap * sizeof *s->indents);
    }
    s->indents[s->indent_count++] = s->indent;
    s->indent = at.column;
    if (s->indent_count > MAX_DEPTH)
        return yaml_scan_fault(s, s->keys[s->flow_level].at, DEPTH_PROBLEM);
    *insert_token(s, ahead) = (struct yaml_token){.kind = (uint8_t)kind, .at = at};
    return true;
}

static bool open_indent_here(struct yaml_scanner *s, enum yaml_token_kind kind)
{
    return open_indent(s, yaml_scan_place(s), s->token_count - s->head, kind);
}

/* Ends the block collections deeper than the column. */
static void close_indents(struct yaml_scanner *s, int64_t column)
{
    if (s->flow_level)
        return;
    while (s->indent > column) {
        add_token(s, YAML_BLOCK_END);
        s->indent = s->indents[--s->indent_count];
    }
}

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static bool fetch_stream_end(struct yaml_scanner *s)
{
    if (s->cut_problem)
        return cut_fault(s);
    if (yaml_scan_column(s) != 0) {
        s->line++;
        s->line_base = s->pos - s->extra;
    }
    close_indents(s, -1);
    if (!drop_key(s))
        return false;
    s->key_allowed = false;
    return add_indicator(s, YAML_STREAM_END, 0);
}

static bool fetch_directive(struct yaml_scanner *s)
{
    close_indents(s, -1);
    if (!drop_key(s))
        return false;
    s->key_allowed = false;
    struct yaml_token token = {.at = yaml_scan_place(s)};
    if (!yaml_scan_directive(s, &token))
        return false;
    *insert_token(s, s->token_count - s->head) = token;
    return true;
}

static bool fetch_document_indicator(struct yaml_scanner *s)
{
    close_indents(s, -1);
    if (!drop_key(s))
        return false;
    s->key_allowed = false;
    return add_indicator(s, yaml_scan_at(s, 0) == '-' ? YAML_DOCUMENT_START : YAML_DOCUMENT_END, 3);
}

static bool fetch_flow_start(struct yaml_scanner *s, enum yaml_token_kind kind)
{
    uint32_t level;
    if (!save_key(s, &level))
        return false;
    if (++s->flow_level == s->key_cap) {
        s->key_cap *= 2;
        s->keys = memory_resize(s->keys, s->key_cap * sizeof *s->keys);
    }
    s->keys[s->flow_level] = (struct yaml_simple_key){.number = next_number(s), .at = yaml_scan_place(s)};
    if (s->flow_level > MAX_DEPTH)
        return yaml_scan_fault(s, yaml_scan_place(s), DEPTH_PROBLEM);
    s->key_allowed = true;
    add_indicator(s, kind, 1);
    s->tokens[s->token_count - 1].key = level;
    return true;
}

/* go-yaml forgets at the end of an empty flow collection that its bracket may begin a key: the collection is handed out
   before a ':' behind it is seen, and "{}: 1" ends with the braces. */
static bool fetch_flow_end(struct yaml_scanner *s, enum yaml_token_kind kind)
{
    if (!drop_key(s))
        return false;
    if (s->flow_level) {
        size_t number = s->keys[s->flow_level--].number;
        if (s->keys[s->flow_level].number == number)
            s->keys[s->flow_level].awaited = false;
    }
    s->key_allowed = false;
    return add_indicator(s, kind, 1);
}

static bool fetch_flow_entry(struct yaml_scanner *s)
{
    if (!drop_key(s))
        return false;
    s->key_allowed = true;
    return add_indicator(s, YAML_FLOW_ENTRY, 1);
}

/* '-' */
static bool fetch_block_entry(struct yaml_scanner *s)
{
    if (s->flow_level == 0) {
        if (!s->key_allowed)
            return yaml_scan_fault(s, nowhere, "block sequence entries are not allowed in this context");
        if (!open_indent_here(s, YAML_BLOCK_SEQUENCE_START))
            return false;
    }
    if (!drop_key(s))
        return false;
    s->key_allowed = true;
    return add_indicator(s, YAML_BLOCK_ENTRY, 1);
}

/* '?' */
static bool fetch_key(struct yaml_scanner *s)
{
    if (s->flow_level == 0) {
        if (!s->key_allowed)
            return yaml_scan_fault(s, nowhere, "mapping keys are not allowed in this context");
        if (!open_indent_here(s, YAML_BLOCK_MAPPING_START))
            return false;
    }
    if (!drop_key(s))
        return false;
    s->key_allowed = s->flow_level == 0;
    return add_indicator(s, YAML_KEY, 1);
}

/* ':' behind what may be a key: the tokens that say so go before it, or to the end where it was handed out already. */
static bool confirm_key(struct yaml_scanner *s, struct yaml_simple_key *key)
{
    bool is_queued = key->number >= s->parsed;
    size_t ahead = is_queued ? key->number - s->parsed : s->token_count - s->head;
    *insert_token(s, ahead) = (struct yaml_token){.kind = YAML_KEY, .at = key->at};
    if (!open_indent(s, key->at, is_queued ? ahead : ahead + 1, YAML_BLOCK_MAPPING_START))
        return false;
    key->possible = false;
    s->key_allowed = false;
    return true;
}

/* ':' behind a key that '?' began, or behind none. */
static bool begin_complex_value(struct yaml_scanner *s)
{
    if (s->flow_level == 0) {
        if (!s->key_allowed)
            return yaml_scan_fault(s, nowhere, "mapping values are not allowed in this context");
        if (!open_indent_here(s, YAML_BLOCK_MAPPING_START))
            return false;
    }
    s->key_allowed = s->flow_level == 0;
    return true;
}

static bool fetch_value(struct yaml_scanner *s)
{
    struct yaml_simple_key *key = &s->keys[s->flow_level];
    bool is_simple = key_is_valid(s, key);
    if (s->failed || !(is_simple ? confirm_key(s, key) : begin_complex_value(s)))
        return false;
    return add_indicator(s, YAML_VALUE, 1);
}

static bool fetch_block_scalar(struct yaml_scanner *s, bool literal)
{
    if (!drop_key(s))
        return false;
    s->key_allowed = true;
    struct yaml_token token = {.kind = YAML_SCALAR, .at = yaml_scan_place(s)};
    if (!yaml_scan_block(s, &token, literal))
        return false;
    *insert_token(s, s->token_count - s->head) = token;
    return true;
}

/* An anchor, alias, tag or scalar: each may begin a key. `c` is its first character. */
static bool fetch_node_part(struct yaml_scanner *s, unsigned char c)
{
    uint32_t level;
    if (!save_key(s, &level))
        return false;
    s->key_allowed = false;
    struct yaml_token token = {.key = level, .at = yaml_scan_place(s)};
    bool done;
    if (c == '*' || c == '&')
        done = yaml_scan_anchor(s, &token);
    else if (c == '!')
        done = yaml_scan_tag(s, &token);
    else if (c == '"' || c == '\'')
        done = yaml_scan_quoted(s, &token, (char)c);
    else
        done = yaml_scan_plain(s, &token);
    if (done)
        *insert_token(s, s->token_count - s->head) = token;
    return done;
}

/* No indicator begins a plain scalar, but for those that a character follows. */
static bool may_begin_plain(const struct yaml_scanner *s, unsigned char c)
{
    switch (c) {
    case '-':
        return !yaml_scan_blank(s, 1);
    case '?':
    case ':':
        return s->flow_level == 0 && !yaml_scan_blankz(s, 1);
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '#':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '\'':
    case '"':
    case '%':
    case '@':
    case '`':
        return false;
    default:
        return !yaml_scan_blankz(s, 0);
    }
}

/* The token that the character begins. */
static bool fetch_by_character(struct yaml_scanner *s, unsigned char c)
{
    switch (c) {
    case '[':
        return fetch_flow_start(s, YAML_FLOW_SEQUENCE_START);
    case '{':
        return fetch_flow_start(s, YAML_FLOW_MAPPING_START);
    case ']':
        return fetch_flow_end(s, YAML_FLOW_SEQUENCE_END);
    case '}':
        return fetch_flow_end(s, YAML_FLOW_MAPPING_END);
    case ',':
        return fetch_flow_entry(s);
    case '-':
        if (yaml_scan_blankz(s, 1))
            return fetch_block_entry(s);
        break;
    case '?':
        if (s->flow_level || yaml_scan_blankz(s, 1))
            return fetch_key(s);
        break;
    case ':':
        if (s->flow_level || yaml_scan_blankz(s, 1))
            return fetch_value(s);
        break;
    case '*':
    case '&':
    case '!':
    case '\'':
    case '"':
        return fetch_node_part(s, c);
    case '|':
    case '>':
        if (s->flow_level == 0)
            return fetch_block_scalar(s, c == '|');
        break;
    default:
        break;
    }
    if (may_begin_plain(s, c))
        return fetch_node_part(s, c);
    return yaml_scan_fault(s, yaml_scan_place(s), "found character that cannot start any token");
}

static bool fetch_token(struct yaml_scanner *s)
{
    skip_to_token(s);
    close_indents(s, (int64_t)yaml_scan_column(s));
    if (!yaml_scan_need(s, LOOKAHEAD))
        return false;
    unsigned char c = yaml_scan_at(s, 0);
    if (s->pos >= s->end)
        return fetch_stream_end(s);
    if (c == '%' && yaml_scan_column(s) == 0)
        return fetch_directive(s);
    if (yaml_scan_document_indicator(s))
        return fetch_document_indicator(s);
    bool done = fetch_by_character(s, c);
    return yaml_scan_need(s, 2) && done;
}

/* The token at the head waits for more as long as it may begin a key. */
static bool head_is_open(struct yaml_scanner *s)
{
    uint32_t level = s->tokens[s->head].key;
    if (level == 0 || level > s->flow_level + 1)
        return false;
    struct yaml_simple_key *key = &s->keys[level - 1];
    return key->awaited && key->number == s->parsed && key_is_valid(s, key);
}

const struct yaml_token *yaml_scanner_peek(struct yaml_scanner *s)
{
    while (s->head == s->token_count || head_is_open(s)) {
        if (s->failed || !fetch_token(s))
            return NULL;
    }
    return s->failed ? NULL : &s->tokens[s->head];
}
