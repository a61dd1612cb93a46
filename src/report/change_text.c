/*
 * change_text.c - changes as lines of text
 */
#include "report/change_text.h"

#include "codec/yaml_write.h"
#include "report/same.h"

struct slice change_path_text(struct arena *a, const struct field_change *change)
{
    struct buffer text = BUFFER_INIT;
    field_path_write(change->path, &text);
    if (text.len == 0)
        buffer_add_char(&text, '.');
    if (change->kind == CHANGE_MOVED)
        buffer_add_text(&text, " (moved)");
    return buffer_move(&text, a);
}

static bool is_block_text(struct value v)
{
    return value_is_string(v) && change_is_block(value_slice(v));
}

struct slice change_value_text(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (is_block_text(v))
        return value_slice(v);
    if (!yaml_write(&text, v, a, &error)) {
        buffer_clear(&text);
        buffer_add(&text, same_scalar_text(a, v));
    }
    struct slice out = buffer_move(&text, a);
    return out.len && out.ptr[out.len - 1] == '\n' ? slice_part(out, 0, out.len - 1) : out;
}

static void write_place(struct slice place, struct buffer *out)
{
    buffer_add(out, place.len ? place : SLICE("(not set)"));
}

/* What stands before the places: nothing for a line or a file that is its own name. */
static void write_cause_name(const struct change_cause *cause, struct buffer *out)
{
    if (cause->kind == CAUSE_RELEASE)
        buffer_add_text(out, "release ");
    buffer_add(out, cause->name);
    if (cause->name.len && (cause->left.len || cause->right.len))
        buffer_add_text(out, ": ");
}

void change_cause_write(const struct change_cause *cause, struct buffer *out)
{
    write_cause_name(cause, out);
    if (cause->left.len == 0 && cause->right.len == 0)
        return;
    if ((cause->kind != CAUSE_VALUE || cause->one_side) && (cause->left.len == 0 || cause->right.len == 0)) {
        buffer_add(out, cause->left.len ? cause->left : cause->right);
        return;
    }
    write_place(cause->left, out);
    if (slice_equal(cause->left, cause->right))
        return;
    buffer_add_text(out, " → ");
    write_place(cause->right, out);
}

bool change_same_causes(const struct field_change *a, const struct field_change *b)
{
    if (a->cause_count != b->cause_count)
        return false;
    for (size_t i = 0; i < a->cause_count; i++) {
        const struct change_cause *x = &a->causes[i];
        const struct change_cause *y = &b->causes[i];
        if (x->kind != y->kind || !slice_equal(x->name, y->name) || !slice_equal(x->left, y->left) ||
            !slice_equal(x->right, y->right))
            return false;
    }
    return true;
}

void change_counts_write(const struct diff_counts *counts, bool noise_shown, struct buffer *out)
{
    buffer_printf(out, "%zu added, %zu removed, %zu changed", counts->added, counts->removed, counts->changed);
    if (counts->renamed)
        buffer_printf(out, " (%zu renamed)", counts->renamed);
    buffer_printf(out, ", %zu the same", counts->same);
    if (counts->noise && !noise_shown)
        buffer_printf(out, "; %zu change%s hidden as noise", counts->noise, counts->noise == 1 ? "" : "s");
}
