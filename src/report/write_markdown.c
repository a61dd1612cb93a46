/*
 * write_markdown.c - a diff for a comment on a pull request
 */
#include "report/write_markdown.h"

#include "report/change_text.h"
#include "report/html_text.h"

enum {
    ROOM_FOR_NOTE = 200, /* bytes kept for the note on what was cut */
    FEWEST_TICKS = 3
};

static const char *const kinds[] = {
    [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_REPLACED] = "changed"};

/* A fence longer than any run of backticks in the text. */
static size_t fence_length(struct slice text)
{
    size_t longest = FEWEST_TICKS - 1;
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static size_t count_shown(const struct object_change *change, bool noise)
{
    size_t count = 0;
    for (size_t i = 0; i < change->fields.count; i++)
        count += noise || !change->fields.items[i].noise;
    return count;
}

static void put_block(struct buffer *out, struct slice content)
{
    size_t ticks = fence_length(content);
    buffer_add_repeated(out, '`', ticks);
    buffer_add_text(out, "diff\n");
    buffer_add(out, content);
    buffer_add_repeated(out, '`', ticks);
    buffer_add_text(out, "\n\n");
}

static void put_summary(const struct object_change *change, const struct text_options *options, struct buffer *out)
{
    const struct kube_object *object = change->right ? change->right : change->left;
    struct buffer name = BUFFER_INIT;
    object_write_name(object, &name);
    buffer_printf(out, "<details><summary>%s <b>", kinds[change->kind]);
    html_text(out, buffer_slice(&name));
    buffer_add_text(out, "</b>");
    if (change->renamed) {
        buffer_clear(&name);
        object_write_name(change->left, &name);
        buffer_add_text(out, ", was ");
        html_text(out, buffer_slice(&name));
    }
    if (object->release.len) {
        buffer_add_text(out, ", release ");
        html_text(out, object->release);
    }
    if (change->kind == CHANGE_REPLACED)
        buffer_printf(out, " (%zu)", count_shown(change, options->noise));
    object_change_write_common(change, options, out);
    buffer_add_text(out, "</summary>\n\n");
    buffer_release(&name);
}

static void put_object(const struct object_change *change, const struct text_options *options, struct buffer *out)
{
    struct text_options plain = {.noise = options->noise};
    struct buffer content = BUFFER_INIT;
    object_change_write_text(change, &plain, &content);
    put_summary(change, options, out);
    if (content.len)
        put_block(out, buffer_slice(&content));
    buffer_add_text(out, "</details>\n\n");
    buffer_release(&content);
}

/* What comes before the first object of an environment. */
static void put_start(const struct diff *diff, size_t at, const struct text_options *options, struct buffer *out)
{
    struct text_options plain = {.noise = options->noise};
    struct slice environment = diff->items[at].environment;
    struct buffer common = BUFFER_INIT;
    if (at > 0 && slice_equal(environment, diff->items[at - 1].environment))
        return;
    if (environment.len) {
        buffer_add_text(out, "#### environment ");
        html_text(out, environment);
        buffer_add_text(out, "\n\n");
    }
    if (diff_write_common(diff, at, &plain, &common))
        put_block(out, buffer_slice(&common));
    buffer_release(&common);
}

static void put_head(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    buffer_add_text(out, "### yare diff: ");
    html_text(out, diff->left_name);
    buffer_add_text(out, " → ");
    html_text(out, diff->right_name);
    buffer_add_text(out, "\n\n");
    change_counts_write(&diff->counts, options->noise, out);
    buffer_add_text(out, "\n\n");
}

static bool is_shown(const struct object_change *change, const struct text_options *options)
{
    return !change->noise || options->noise;
}

/* An object that does not fit is left out whole: one cut in the middle would be read as if it were all. */
void diff_write_markdown(const struct diff *diff, const struct text_options *options, struct buffer *out)
{
    size_t start = out->len;
    size_t cut = 0;
    put_head(diff, options, out);
    for (size_t i = 0; i < diff->count; i++) {
        size_t before = out->len;
        put_start(diff, i, options, out);
        if (!is_shown(&diff->items[i], options))
            continue;
        put_object(&diff->items[i], options, out);
        if (options->size && out->len - start + ROOM_FOR_NOTE > options->size) {
            out->len = before;
            cut++;
        }
    }
    if (cut)
        buffer_printf(out, "_%zu more object%s left out, to stay below %zu bytes; `yare diff` shows all._\n", cut,
                      cut == 1 ? " was" : "s were", options->size);
}
