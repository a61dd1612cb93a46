/*
 * archive.c - the files of a chart's .tgz
 */
#include "chart/archive.h"

#include "base/limits.h"
#include "codec/targz.h"
#include "golang/path.h"
#include "golang/strconv.h"

#include <ctype.h>

/* --- what kind of file it is -------------------------------------------------------------------------------- */

struct signature {
    struct slice bytes;
    const char *type;
};

/* The part of Go's http.DetectContentType that files mistaken for charts fall into. */
static const struct signature signatures[] = {
    {SLICE_INIT("%PDF-"), "application/pdf"},
    {SLICE_INIT("%!PS-Adobe-"), "application/postscript"},
    {SLICE_INIT("\xFE\xFF"), "text/plain; charset=utf-16be"},
    {SLICE_INIT("\xFF\xFE"), "text/plain; charset=utf-16le"},
    {SLICE_INIT("\xEF\xBB\xBF"), "text/plain; charset=utf-8"},
    {SLICE_INIT("GIF87a"), "image/gif"},
    {SLICE_INIT("GIF89a"), "image/gif"},
    {SLICE_INIT("\x89PNG\x0D\x0A\x1A\x0A"), "image/png"},
    {SLICE_INIT("\xFF\xD8\xFF"), "image/jpeg"},
    {SLICE_INIT("PK\x03\x04"), "application/zip"},
    {SLICE_INIT("Rar!\x1A\x07\x00"), "application/x-rar-compressed"},
    {SLICE_INIT("Rar!\x1A\x07\x01\x00"), "application/x-rar-compressed"},
};

static struct slice skip_blanks(struct slice s)
{
    while (s.len && strchr("\t\n\f\r ", s.ptr[0]) && s.ptr[0])
        s = slice_after(s, 1);
    return s;
}

static bool starts_with_tag(struct slice s, const char *tag)
{
    size_t len = strlen(tag);
    if (s.len <= len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (toupper((unsigned char)s.ptr[i]) != tag[i])
            return false;
    }
    return s.ptr[len] == ' ' || s.ptr[len] == '>';
}

static bool is_html(struct slice s)
{
    static const char *const tags[] = {"<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT",
                                       "<TABLE", "<A", "<STYLE", "<TITLE", "<B", "<BODY", "<BR", "<P"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (starts_with_tag(s, tags[i]))
            return true;
    }
    return slice_starts(s, SLICE("<!--"));
}

static bool is_text(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= 0x08 || c == 0x0B || (c >= 0x0E && c <= 0x1A) || (c >= 0x1C && c <= 0x1F))
            return false;
    }
    return true;
}

/* Go looks at 512 bytes, those beyond a shorter file being zero. */
static const char *detect_type(struct slice bytes)
{
    enum { SNIFFED = 512 };
    bool short_file = bytes.len < SNIFFED;
    struct slice head = slice_part(bytes, 0, short_file ? bytes.len : SNIFFED);
    struct slice text = skip_blanks(head);
    if (is_html(text))
        return "text/html; charset=utf-8";
    if (slice_starts(text, SLICE("<?xml")))
        return "text/xml; charset=utf-8";
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        if (slice_starts(head, signatures[i].bytes))
            return signatures[i].type;
    }
    return !short_file && is_text(text) ? "text/plain; charset=utf-8" : "application/octet-stream";
}

bool archive_is_gzip(struct slice bytes, const char **type)
{
    if (slice_starts(bytes, SLICE("\x1f\x8b\x08")))
        return true;
    *type = detect_type(bytes);
    return false;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

struct archive_reading {
    struct arena *arena;
    struct file_list *out;
    struct slice *error;
    size_t remaining; /* bytes that all files together may still have */
};

static bool fail(struct archive_reading *r, const char *reason)
{
    *r->error = slice_text(reason);
    return false;
}

static bool fail_with_name(struct archive_reading *r, const char *before, struct slice name, struct slice after)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    go_quote(&text, name);
    buffer_add(&text, after);
    *r->error = buffer_move(&text, r->arena);
    return false;
}

static bool fail_too_large(struct archive_reading *r)
{
    *r->error = arena_printf(r->arena, "decompressed chart is larger than the maximum size %d", LIMIT_CHART_ARCHIVE);
    return false;
}

/* The path within the chart: without first component, backslashes turned where the name has one, clean. */
static bool inner_path(struct archive_reading *r, struct slice name, struct slice *path)
{
    bool windows = slice_find_char(name, '\\') < name.len;
    char delimiter = windows ? '\\' : '/';
    size_t first = slice_find_char(name, delimiter);
    struct slice rest = first < name.len ? slice_after(name, first + 1) : SLICE("");
    char *inner = arena_text(r->arena, rest);
    for (size_t i = 0; windows && i < rest.len; i++) {
        if (inner[i] == '\\')
            inner[i] = '/';
    }
    if (inner[0] == '/')
        return fail(r, "chart illegally contains absolute paths");
    *path = go_path_clean(r->arena, slice_of(inner, rest.len));
    if (slice_is(*path, "."))
        return fail_with_name(r, "chart illegally contains content outside the base directory: ", name, SLICE(""));
    if (slice_starts(*path, SLICE("..")))
        return fail(r, "chart illegally references parent directory");
    if (path->len > 2 && isalpha((unsigned char)path->ptr[0]) && path->ptr[1] == ':' && path->ptr[2] == '/')
        return fail(r, "chart contains illegally named files");
    if (slice_is(slice_part(name, 0, first), "Chart.yaml"))
        return fail(r, "chart yaml not in base directory");
    return true;
}

static bool read_entry(struct archive_reading *r, const struct targz_entry *entry)
{
    struct chart_file file = {.bytes = entry->bytes, .modified = entry->modified};
    if (entry->is_folder)
        return true;
    if (!inner_path(r, entry->name, &file.name))
        return false;
    if (entry->size > r->remaining)
        return fail_too_large(r);
    if (entry->size > LIMIT_CHART_FILE)
        return fail_with_name(r, "decompressed chart file ", entry->name,
                              arena_printf(r->arena, " is larger than the maximum file size %d", LIMIT_CHART_FILE));
    r->remaining -= file.bytes.len;
    if (r->remaining == 0)
        return fail_too_large(r);
    file.bytes = file_without_mark(file.bytes);
    file_list_add(r->arena, r->out, &file);
    return true;
}

bool archive_read(struct arena *a, struct slice bytes, struct file_list *out, struct slice *error)
{
    enum { TAR_OVERHEAD = 64 * 1024 * 1024 }; /* headers and padding of very many files */
    struct archive_reading r = {a, out, error, LIMIT_CHART_ARCHIVE};
    struct targz_reader reader;
    struct targz_entry entry;
    if (!targz_open(&reader, a, bytes, LIMIT_CHART_ARCHIVE + TAR_OVERHEAD, error))
        return false;
    enum targz_step step;
    while ((step = targz_next(&reader, &entry, error)) == TARGZ_ENTRY) {
        if (!read_entry(&r, &entry))
            return false;
    }
    if (step == TARGZ_BROKEN)
        return false;
    return out->files.count ? true : fail(&r, "no files in chart archive");
}
