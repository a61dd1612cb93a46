/*
 * oci_auth.c - authorization at a registry
 */
#include "fetch/oci_auth.h"

#include "codec/json_read.h"
#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/url.h"
#include "value/format.h"

#include <ctype.h>
#include <strings.h>

enum {
    TOKEN_LIMIT = 1 << 20,
    MOST_SCOPES = 64
};

/* --- challenges --------------------------------------------------------------------------------------------- */

static bool is_token_char(char c)
{
    return c && (isalnum((unsigned char)c) || strchr("!#$%&'*+-.^_`|~", c)) && (unsigned char)c < 0x80;
}

static struct slice take_token(struct slice *rest)
{
    size_t len = 0;
    while (len < rest->len && is_token_char(rest->ptr[len]))
        len++;
    struct slice token = slice_part(*rest, 0, len);
    *rest = slice_after(*rest, len);
    return token;
}

static void skip_blanks(struct slice *rest)
{
    while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t'))
        *rest = slice_after(*rest, 1);
}

/* The length of a text in quotes at the front, quotes included; 0 where it does not end. */
static size_t quoted_length(struct slice s)
{
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] == '\\')
            i++;
        else if (s.ptr[i] == '"')
            return i + 1;
    }
    return 0;
}

static bool take_value(struct arena *a, struct slice *rest, struct slice *value)
{
    if (rest->len == 0)
        return false;
    if (rest->ptr[0] != '"') {
        *value = take_token(rest);
        return value->len != 0;
    }
    size_t len = quoted_length(*rest);
    if (len == 0 || !go_unquote(a, slice_part(*rest, 0, len), value))
        return false;
    *rest = slice_after(*rest, len);
    return true;
}

/* key "=" value; false at the end or where it is malformed */
static bool take_parameter(struct arena *a, struct slice *rest, struct slice *key, struct slice *value)
{
    skip_blanks(rest);
    *key = take_token(rest);
    skip_blanks(rest);
    if (!key->len || !rest->len || rest->ptr[0] != '=')
        return false;
    *rest = slice_after(*rest, 1);
    skip_blanks(rest);
    return take_value(a, rest, value);
}

void oci_challenge_read(struct arena *a, struct slice header, struct oci_challenge *out)
{
    struct slice key;
    struct slice value;
    memset(out, 0, sizeof *out);
    struct slice scheme = take_token(&header);
    if (scheme.len == strlen("Basic") && strncasecmp(scheme.ptr, "Basic", scheme.len) == 0)
        out->scheme = OCI_SCHEME_BASIC;
    if (scheme.len != strlen("Bearer") || strncasecmp(scheme.ptr, "Bearer", scheme.len) != 0)
        return;
    out->scheme = OCI_SCHEME_BEARER;
    while (take_parameter(a, &header, &key, &value)) {
        if (slice_is(key, "realm"))
            out->realm = value;
        else if (slice_is(key, "service"))
            out->service = value;
        else if (slice_is(key, "scope"))
            out->scope = value;
        skip_blanks(&header);
        if (!header.len || header.ptr[0] != ',')
            return;
        header = slice_after(header, 1);
    }
}

/* --- scopes ------------------------------------------------------------------------------------------------- */

/* "repository:name:actions" cut before the actions; the whole where there are none. */
static struct slice scope_resource(struct slice scope)
{
    size_t colon = slice_find_last_char(scope, ':');
    return slice_part(scope, 0, colon);
}

static bool has_action(const struct slice *actions, size_t count, struct slice action)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(actions[i], action))
            return true;
    }
    return false;
}

/* Adds the scope's actions to the list, in order. */
static void add_actions(struct slice scope, struct slice *actions, size_t *count)
{
    struct slice resource = scope_resource(scope);
    struct slice rest = resource.len < scope.len ? slice_after(scope, resource.len + 1) : SLICE("");
    struct slice action;
    while (rest.len && slice_next_piece(&rest, ',', &action)) {
        if (!action.len || *count == MOST_SCOPES || has_action(actions, *count, action))
            continue;
        size_t at = (*count)++;
        for (; at > 0 && slice_compare(action, actions[at - 1]) < 0; at--)
            actions[at] = actions[at - 1];
        actions[at] = action;
    }
}

static void write_scope(struct buffer *out, struct slice resource, const struct slice *actions, size_t count)
{
    if (out->len)
        buffer_add_char(out, ' ');
    buffer_add(out, resource);
    for (size_t i = 0; i < count; i++) {
        buffer_add_char(out, i ? ',' : ':');
        buffer_add(out, has_action(actions, count, SLICE("*")) ? SLICE("*") : actions[i]);
        if (has_action(actions, count, SLICE("*")))
            break;
    }
}

struct slice oci_scopes_join(struct arena *a, struct slice one, struct slice other)
{
    struct slice scopes[MOST_SCOPES];
    size_t count = 0;
    struct slice rest = arena_printf(a, "%.*s %.*s", SLICE_ARG(one), SLICE_ARG(other));
    struct slice scope;
    struct buffer out = BUFFER_INIT;
    while (slice_next_piece(&rest, ' ', &scope)) {
        if (scope.len && count < MOST_SCOPES)
            scopes[count++] = scope;
    }
    for (size_t i = 0; i < count; i++) {
        struct slice actions[MOST_SCOPES];
        size_t action_count = 0;
        bool seen = false;
        for (size_t j = 0; j < i; j++)
            seen = seen || slice_equal(scope_resource(scopes[i]), scope_resource(scopes[j]));
        for (size_t j = i; !seen && j < count; j++) {
            if (slice_equal(scope_resource(scopes[i]), scope_resource(scopes[j])))
                add_actions(scopes[j], actions, &action_count);
        }
        if (!seen)
            write_scope(&out, scope_resource(scopes[i]), actions, action_count);
    }
    return buffer_move(&out, a);
}

/* --- refusals ----------------------------------------------------------------------------------------------- */

/* "name unknown: repository name not known to registry: map[name:x]" of one {code, message, detail}. */
static void write_fault(struct buffer *out, const struct map *fault)
{
    struct value *code = map_find_text(fault, "code");
    struct value *message = map_find_text(fault, "message");
    struct value *detail = map_find_text(fault, "detail");
    if (code && value_is_string(*code)) {
        for (size_t i = 0; i < code->len; i++)
            buffer_add_char(out, code->s[i] == '_' ? ' ' : (char)tolower((unsigned char)code->s[i]));
    }
    if (!message || !value_is_string(*message) || message->len == 0)
        return;
    buffer_add_text(out, ": ");
    buffer_add(out, value_slice(*message));
    if (detail && detail->kind != VALUE_NIL) {
        buffer_add_text(out, ": ");
        format_value(out, *detail);
    }
}

static bool write_faults(struct buffer *out, struct arena *a, struct slice body)
{
    enum { FAULTS_LIMIT = 8 * 1024 };
    struct value v;
    struct slice error;
    size_t used;
    if (body.len > FAULTS_LIMIT || !json_read_prefix(a, NULL, body, &v, &used, &error) || !value_is_map(v))
        return false;
    struct value *faults = map_find_text(v.map, "errors");
    if (!faults || !value_is_list(*faults) || faults->list->len == 0)
        return false;
    for (uint32_t i = 0; i < faults->list->len; i++) {
        if (i)
            buffer_add_text(out, "; ");
        if (value_is_map(faults->list->items[i]))
            write_fault(out, faults->list->items[i].map);
    }
    return true;
}

bool oci_refused(struct arena *a, const char *method, const struct http_response *response, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%s ", method);
    go_quote(&text, response->url);
    buffer_printf(&text, ": response status code %d: ", response->status);
    if (!write_faults(&text, a, response->body))
        buffer_add(&text, slice_trim(slice_after(response->status_text, slice_find_char(response->status_text, ' '))));
    diag_error_slice(diag, buffer_slice(&text));
    buffer_release(&text);
    return false;
}

/* --- tokens ------------------------------------------------------------------------------------------------- */

static struct slice basic(struct arena *a, struct slice username, struct slice password)
{
    struct slice joined = arena_printf(a, "%.*s:%.*s", SLICE_ARG(username), SLICE_ARG(password));
    return arena_concat(a, SLICE("Basic "), go_base64_encode(a, joined));
}

static void add_query(struct buffer *out, const char *key, struct slice value)
{
    if (out->len)
        buffer_add_char(out, '&');
    buffer_printf(out, "%s=", key);
    go_query_escape(out, value);
}

/* The token in an answer of the token server. */
static bool read_token(struct arena *a, const char *method, const struct http_response *response, struct slice *token,
                       struct diag *diag)
{
    static const char *const keys[] = {"access_token", "token"};
    struct value v;
    struct slice error;
    size_t used;
    if (response->status != 200)
        return oci_refused(a, method, response, diag);
    if (!json_read_prefix(a, NULL, response->body, &v, &used, &error))
        return diag_error(diag, "%s \"%.*s\": failed to decode response: %.*s", method, SLICE_ARG(response->url),
                          SLICE_ARG(error));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct value *found = value_is_map(v) ? map_find_text(v.map, keys[i]) : NULL;
        if (found && value_is_string(*found) && found->len) {
            *token = value_slice(*found);
            return true;
        }
    }
    return diag_error(diag, "%s \"%.*s\": empty token returned", method, SLICE_ARG(response->url));
}

/* The distribution protocol: GET REALM?scope=…&service=… */
static bool get_token(struct http_client *http, struct arena *a, const struct oci_challenge *challenge,
                      struct slice scopes, const struct credential *c, struct slice user_agent, struct slice *token,
                      struct diag *diag)
{
    struct buffer query = BUFFER_INIT;
    struct slice scope;
    struct http_response response;
    bool known = c->username.len || c->password.len;
    while (scopes.len && slice_next_piece(&scopes, ' ', &scope))
        add_query(&query, "scope", scope);
    if (challenge->service.len)
        add_query(&query, "service", challenge->service);
    const char *before = slice_find_char(challenge->realm, '?') < challenge->realm.len ? "&" : "?";
    struct slice url = arena_printf(a, "%.*s%s%.*s", SLICE_ARG(challenge->realm), query.len ? before : "",
                                    SLICE_ARG(buffer_slice(&query)));
    buffer_release(&query);
    struct http_header headers[] = {
        {SLICE("User-Agent"), user_agent},
        {SLICE("Authorization"), known ? basic(a, c->username, c->password) : SLICE("")},
    };
    struct http_request request = {
        .method = "GET", .url = url, .headers = headers, .header_count = known ? 2 : 1, .limit = TOKEN_LIMIT};
    return http_send(http, a, &request, &response, diag) && read_token(a, "GET", &response, token, diag);
}

/* OAuth2: POST REALM with a form */
static bool post_token(struct http_client *http, struct arena *a, const struct oci_challenge *challenge,
                       struct slice scopes, const struct credential *c, struct slice user_agent, struct slice *token,
                       struct diag *diag)
{
    struct buffer form = BUFFER_INIT;
    struct http_response response;
    if (!c->identity_token.len && (!c->username.len || !c->password.len))
        return diag_error(diag, "missing username or password for bearer auth");
    add_query(&form, "client_id", SLICE("oras-go"));
    add_query(&form, "grant_type", c->identity_token.len ? SLICE("refresh_token") : SLICE("password"));
    if (c->identity_token.len) {
        add_query(&form, "refresh_token", c->identity_token);
    } else {
        add_query(&form, "password", c->password);
        add_query(&form, "username", c->username);
    }
    if (scopes.len)
        add_query(&form, "scope", scopes);
    add_query(&form, "service", challenge->service);
    struct http_header headers[] = {
        {SLICE("User-Agent"), user_agent},
        {SLICE("Content-Type"), SLICE("application/x-www-form-urlencoded")},
    };
    struct http_request request = {.method = "POST",
                                   .url = challenge->realm,
                                   .headers = headers,
                                   .header_count = 2,
                                   .body = buffer_move(&form, a),
                                   .limit = TOKEN_LIMIT};
    return http_send(http, a, &request, &response, diag) && read_token(a, "POST", &response, token, diag);
}

static bool answer_basic(struct arena *a, const struct credential *c, struct slice *authorization, struct diag *diag)
{
    if (credential_is_empty(c))
        return diag_error(diag, "basic credential not found");
    if (!c->username.len || !c->password.len)
        return diag_error(diag, "missing username or password for basic auth");
    *authorization = basic(a, c->username, c->password);
    return true;
}

bool oci_authorize(struct http_client *http, struct arena *a, const struct oci_challenge *challenge,
                   struct slice scopes, const struct credential *c, struct slice user_agent, bool oauth2,
                   struct slice *authorization, struct diag *diag)
{
    struct slice token = c->registry_token;
    bool by_get = credential_is_empty(c) || (!c->identity_token.len && !oauth2);
    if (challenge->scheme == OCI_SCHEME_BASIC)
        return answer_basic(a, c, authorization, diag);
    if (!token.len && by_get && !get_token(http, a, challenge, scopes, c, user_agent, &token, diag))
        return false;
    if (!token.len && !post_token(http, a, challenge, scopes, c, user_agent, &token, diag))
        return false;
    *authorization = arena_concat(a, SLICE("Bearer "), token);
    return true;
}
