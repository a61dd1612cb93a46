/*
 * write_json.c - a diff for programs
 */
#include "report/write_json.h"

#include "codec/json_write.h"
#include "report/cause.h"
#include "report/secret.h"

struct json_writer {
    struct buffer *out;
    struct json_write_options options;
    struct arena scratch;
    bool secrets;
};

/* --- parts ------------------------------------------------------------------------------------------------------- */

static void put_value(struct json_writer *w, struct value v)
{
    struct slice error;
    size_t start = w->out->len;
    if (json_write(w->out, v, &w->options, &w->scratch, &error))
        return;
    w->out->len = start; /* a number that JSON does not have */
    buffer_add_text(w->out, "null");
}

/* `"key":`, with a comma unless it is the first of its object. */
static void put_key(struct json_writer *w, const char *key)
{
    char last = w->out->len ? w->out->ptr[w->out->len - 1] : '{';
    if (last != '{')
        buffer_add_char(w->out, ',');
    buffer_printf(w->out, "\"%s\":", key);
}

static void put_text(struct json_writer *w, const char *key, struct slice text)
{
    put_key(w, key);
    put_value(w, value_string(text));
}

static void put_text_if_any(struct json_writer *w, const char *key, struct slice text)
{
    if (text.len)
        put_text(w, key, text);
}

static void put_count(struct json_writer *w, const char *key, size_t count)
{
    put_key(w, key);
    buffer_printf(w->out, "%zu", count);
}

static void put_flag(struct json_writer *w, const char *key, bool flag)
{
    if (!flag)
        return;
    put_key(w, key);
    buffer_add_text(w->out, "true");
}

static void put_causes(struct json_writer *w, const struct change_cause *causes, size_t count)
{
    static const char *const kinds[] = {
        [CAUSE_VALUE] = "value", [CAUSE_TEMPLATE] = "template", [CAUSE_FILE] = "file", [CAUSE_CHART] = "chart",
        [CAUSE_RELEASE] = "release"};
    if (count == 0)
        return;
    put_key(w, "causes");
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(w->out, i ? ",{" : "[{");
        put_text(w, "kind", slice_text(kinds[causes[i].kind]));
        put_text_if_any(w, "name", causes[i].name);
        put_text_if_any(w, "left", causes[i].left);
        put_text_if_any(w, "right", causes[i].right);
        put_flag(w, "oneSide", causes[i].one_side);
        buffer_add_char(w->out, '}');
    }
    buffer_add_char(w->out, ']');
}

/* --- changes of fields ------------------------------------------------------------------------------------------- */

static void put_operation(struct json_writer *w, const struct field_change *change)
{
    static const char *const ops[] = {
        [CHANGE_ADDED] = "add", [CHANGE_REMOVED] = "remove", [CHANGE_REPLACED] = "replace", [CHANGE_MOVED] = "move"};
    struct buffer path = BUFFER_INIT;
    put_text(w, "op", slice_text(ops[change->kind]));
    put_text_if_any(w, "from", change->from);
    put_text(w, "path", change->pointer);
    if (change->kind == CHANGE_ADDED || change->kind == CHANGE_REPLACED) {
        put_key(w, "value");
        put_value(w, change->right);
    }
    if (change->kind == CHANGE_REMOVED || change->kind == CHANGE_REPLACED) {
        put_key(w, "old");
        put_value(w, change->left);
    }
    field_path_write(change->path, &path);
    put_text(w, "field", buffer_slice(&path));
    buffer_release(&path);
    put_text_if_any(w, "noise", slice_text(change->noise));
    put_flag(w, "secret", change->secret);
    put_causes(w, change->causes, change->cause_count);
}

static void put_patch(struct json_writer *w, const struct field_changes *fields)
{
    put_key(w, "patch");
    buffer_add_char(w->out, '[');
    for (size_t i = 0; i < fields->count; i++) {
        buffer_add_text(w->out, i ? ",{" : "{");
        put_operation(w, &fields->items[i]);
        buffer_add_char(w->out, '}');
        arena_clear(&w->scratch);
    }
    buffer_add_char(w->out, ']');
}

/* --- objects ----------------------------------------------------------------------------------------------------- */

static void put_names(struct json_writer *w, const struct kube_object *object)
{
    put_text(w, "apiVersion", object->api_version);
    put_text(w, "kind", object->kind);
    put_text_if_any(w, "namespace", object->name_space);
    put_text(w, "name", object->name);
    put_text_if_any(w, "release", object->release);
}

static void put_new_names(struct json_writer *w, const struct kube_object *object)
{
    put_key(w, "renamedTo");
    buffer_add_char(w->out, '{');
    put_text(w, "apiVersion", object->api_version);
    put_text(w, "kind", object->kind);
    put_text_if_any(w, "namespace", object->name_space);
    put_text(w, "name", object->name);
    buffer_add_char(w->out, '}');
}

static void put_object(struct json_writer *w, const struct object_change *change)
{
    static const char *const kinds[] = {
        [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_REPLACED] = "changed"};
    const struct kube_object *object = change->left ? change->left : change->right;
    buffer_add_char(w->out, '{');
    put_text(w, "change", slice_text(kinds[change->kind]));
    put_text_if_any(w, "environment", change->environment);
    put_names(w, object);
    if (change->renamed)
        put_new_names(w, change->right);
    put_flag(w, "noise", change->noise);
    put_causes(w, change->causes, change->cause_count);
    if (change->kind == CHANGE_REPLACED) {
        put_patch(w, &change->fields);
    } else {
        put_key(w, "object");
        put_value(w, w->secrets ? object->body : secret_mask_object(&w->scratch, object));
    }
    buffer_add_char(w->out, '}');
    arena_clear(&w->scratch);
}

static void put_summary(struct json_writer *w, const struct diff_counts *counts)
{
    put_key(w, "summary");
    buffer_add_char(w->out, '{');
    put_count(w, "added", counts->added);
    put_count(w, "removed", counts->removed);
    put_count(w, "changed", counts->changed);
    put_count(w, "renamed", counts->renamed);
    put_count(w, "same", counts->same);
    put_count(w, "fields", counts->fields);
    put_count(w, "noise", counts->noise);
    buffer_add_char(w->out, '}');
}

static void put_diff(struct json_writer *w, const struct diff *diff)
{
    arena_init(&w->scratch);
    buffer_add_char(w->out, '{');
    put_text(w, "format", SLICE("yare-diff/1"));
    put_text(w, "left", diff->left_name);
    put_text(w, "right", diff->right_name);
    put_summary(w, &diff->counts);
    put_key(w, "objects");
    buffer_add_char(w->out, '[');
    for (size_t i = 0; i < diff->count; i++) {
        buffer_add_text(w->out, i ? ",\n" : "\n");
        put_object(w, &diff->items[i]);
    }
    buffer_add_text(w->out, "\n]}\n");
    arena_release(&w->scratch);
}

void diff_write_json(const struct diff *diff, struct buffer *out)
{
    struct json_writer w = {.out = out, .options = {.no_html_escape = true}, .secrets = diff->secrets_shown};
    put_diff(&w, diff);
}

void diff_write_json_for_html(const struct diff *diff, struct buffer *out)
{
    struct json_writer w = {.out = out, .secrets = diff->secrets_shown};
    put_diff(&w, diff);
}
