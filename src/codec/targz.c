/*
 * targz.c - .tar.gz archives in memory
 *
 * The gzip stream is unpacked as a whole, bounded, and contents are slices of what came out; only one that fills its
 * last block is copied, to be followed by NUL.
 */
#include "codec/targz.h"

#include "golang/strconv.h"

#include <limits.h>
#include <zlib.h>

enum {
    BLOCK = 512,
    NAME_SIZE = 100,
    PREFIX_SIZE = 155,
    STEP = 256 * 1024
};

/* The header block of an entry, POSIX.1-1988 (ustar). */
struct tar_header {
    char name[NAME_SIZE];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char modified[12];
    char checksum[8];
    char type;
    char link[NAME_SIZE];
    char magic[8];
    char user[32];
    char group[32];
    char device_major[8];
    char device_minor[8];
    char prefix[PREFIX_SIZE];
    char padding[12];
};

_Static_assert(sizeof(struct tar_header) == BLOCK, "a header is one block");

/* --- gzip --------------------------------------------------------------------------------------------------- */

static const char *inflate_problem(int status)
{
    if (status == Z_BUF_ERROR)
        return "unexpected EOF";
    return status == Z_DATA_ERROR ? "gzip: invalid checksum" : "gzip: invalid header";
}

/* Unpacks one stream after the other, as gzip files may be joined. */
static bool inflate_all(z_stream *z, struct buffer *out, size_t limit, const char **problem)
{
    for (;;) {
        buffer_reserve(out, STEP);
        z->next_out = (unsigned char *)out->ptr + out->len;
        z->avail_out = STEP;
        int status = inflate(z, Z_NO_FLUSH);
        out->len += STEP - z->avail_out;
        if (out->len > limit) {
            *problem = "archive is too large";
            return false;
        }
        if (status == Z_STREAM_END && z->avail_in == 0)
            return true;
        if (status == Z_STREAM_END)
            status = inflateReset(z);
        else if (status == Z_OK && z->avail_in == 0 && z->avail_out > 0)
            status = Z_BUF_ERROR;
        if (status != Z_OK) {
            *problem = inflate_problem(status);
            return false;
        }
    }
}

static bool gunzip(struct slice bytes, size_t limit, struct buffer *out, const char **problem)
{
    z_stream z = {0};
    if (bytes.len == 0) {
        *problem = "EOF";
        return false;
    }
    if (!slice_starts(bytes, SLICE("\x1f\x8b\x08")) || bytes.len > UINT_MAX ||
        inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
        *problem = bytes.len < 10 ? "unexpected EOF" : "gzip: invalid header";
        return false;
    }
    z.next_in = (unsigned char *)bytes.ptr; /* zlib does not write there */
    z.avail_in = (unsigned)bytes.len;
    bool ok = inflate_all(&z, out, limit, problem);
    inflateEnd(&z);
    return ok;
}

bool targz_open(struct targz_reader *reader, struct arena *a, struct slice bytes, size_t limit, struct slice *error)
{
    struct buffer tar = BUFFER_INIT;
    const char *problem;
    if (!gunzip(bytes, limit, &tar, &problem)) {
        buffer_release(&tar);
        *error = slice_text(problem);
        return false;
    }
    reader->arena = a;
    reader->tar = buffer_move(&tar, a);
    return true;
}

/* --- headers ------------------------------------------------------------------------------------------------ */

static struct slice field_text(const char *field, size_t size)
{
    const char *end = memchr(field, '\0', size);
    return slice_of(field, end ? (size_t)(end - field) : size);
}

/* A number field: octal digits between blanks, or, with the first bit set, big-endian binary. */
static bool field_number(const char *field, size_t size, int64_t *out)
{
    const unsigned char *bytes = (const unsigned char *)field;
    if (bytes[0] & 0x80) {
        uint64_t number = bytes[0] & 0x3F;
        for (size_t i = 1; i < size; i++) {
            if (number >> 55)
                return false;
            number = number << 8 | bytes[i];
        }
        *out = (int64_t)number;
        return !(bytes[0] & 0x40);
    }
    struct slice text = slice_trim(field_text(field, size));
    *out = 0;
    return text.len == 0 || go_parse_int(text, 8, 64, out) == GO_NUMBER_OK;
}

/* Old programs summed signed bytes. */
static bool checksum_matches(const struct tar_header *header)
{
    const char *bytes = (const char *)header;
    int64_t expected;
    int64_t plain = 0;
    int64_t with_sign = 0;
    size_t first = offsetof(struct tar_header, checksum);
    for (size_t i = 0; i < BLOCK; i++) {
        bool is_sum = i >= first && i < first + sizeof header->checksum;
        plain += is_sum ? ' ' : (unsigned char)bytes[i];
        with_sign += is_sum ? ' ' : (signed char)bytes[i];
    }
    return field_number(header->checksum, sizeof header->checksum, &expected) &&
           (expected == plain || expected == with_sign);
}

static bool is_zero_block(struct slice tar)
{
    for (size_t i = 0; i < BLOCK; i++) {
        if (tar.ptr[i])
            return false;
    }
    return true;
}

static struct slice header_name(struct targz_reader *reader, const struct tar_header *header)
{
    struct slice name = field_text(header->name, NAME_SIZE);
    bool has_prefix = memcmp(header->magic, "ustar\0" "00", 8) == 0 && header->prefix[0];
    if (!has_prefix)
        return name;
    struct slice prefix = field_text(header->prefix, PREFIX_SIZE);
    return arena_printf(reader->arena, "%.*s/%.*s", SLICE_ARG(prefix), SLICE_ARG(name));
}

/* --- reading ------------------------------------------------------------------------------------------------ */

/* What extended headers say of the entry that follows. */
struct extension {
    struct slice name; /* null pointer: nothing */
    struct slice size;
    struct slice modified;
};

static enum targz_step fail(struct slice *error, const char *text)
{
    *error = slice_text(text);
    return TARGZ_BROKEN;
}

/* Records of a pax header: "25 path=some/long/name\n", the number counting the whole. */
static bool read_pax(struct slice records, struct extension *extension)
{
    while (records.len) {
        uint64_t len;
        size_t blank = slice_find_char(records, ' ');
        if (blank == records.len || go_parse_uint(slice_part(records, 0, blank), 10, 32, &len) != GO_NUMBER_OK ||
            len <= blank + 1 || len > records.len)
            return false;
        struct slice record = slice_part(records, blank + 1, (size_t)len - 1);
        size_t equals = slice_find_char(record, '=');
        if (records.ptr[len - 1] != '\n' || equals == record.len)
            return false;
        struct slice key = slice_part(record, 0, equals);
        struct slice value = slice_after(record, equals + 1);
        if (slice_is(key, "path"))
            extension->name = value;
        else if (slice_is(key, "size"))
            extension->size = value;
        else if (slice_is(key, "mtime"))
            extension->modified = slice_part(value, 0, slice_find_char(value, '.'));
        records = slice_after(records, (size_t)len);
    }
    return true;
}

/* Cuts the content with its padding off; false when the tar ends before. */
static bool cut_content(struct targz_reader *reader, size_t size, struct slice *content)
{
    if (size > reader->tar.len)
        return false;
    *content = slice_part(reader->tar, 0, size);
    size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
    reader->tar = slice_after(reader->tar, padded < reader->tar.len ? padded : reader->tar.len);
    return true;
}

static bool has_content(char type)
{
    return !strchr("123456", type) || type == '\0';
}

/* Numbers and the name, those of an extended header before the entry's own. */
static bool fill_entry(struct targz_reader *reader, const struct tar_header *header, const struct extension *extension,
                       struct targz_entry *entry)
{
    int64_t size;
    if (!field_number(header->size, sizeof header->size, &size) ||
        !field_number(header->modified, sizeof header->modified, &entry->modified))
        return false;
    if (extension->size.ptr && go_parse_int(extension->size, 10, 64, &size) != GO_NUMBER_OK)
        return false;
    if (extension->modified.ptr && go_parse_int(extension->modified, 10, 64, &entry->modified) != GO_NUMBER_OK)
        return false;
    if (size < 0)
        return false;
    entry->size = has_content(header->type) ? (size_t)size : 0;
    entry->name = extension->name.ptr ? extension->name : header_name(reader, header);
    entry->is_folder = header->type == '5' || slice_ends(entry->name, SLICE("/"));
    return true;
}

static bool read_extension(char type, struct slice content, struct extension *extension)
{
    if (type == 'x')
        return read_pax(content, extension);
    if (type == 'L')
        extension->name = field_text(content.ptr, content.len);
    return true;
}

enum targz_step targz_next(struct targz_reader *reader, struct targz_entry *entry, struct slice *error)
{
    struct extension extension = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    for (;;) {
        struct slice content;
        if (reader->tar.len == 0)
            return extension.name.ptr ? fail(error, "unexpected EOF") : TARGZ_END;
        if (reader->tar.len < BLOCK)
            return fail(error, "unexpected EOF");
        if (is_zero_block(reader->tar))
            return TARGZ_END;
        const struct tar_header *header = (const struct tar_header *)reader->tar.ptr;
        bool is_extension = header->type == 'x' || header->type == 'g' || header->type == 'L' || header->type == 'K';
        static const struct extension none = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
        if (!checksum_matches(header) || !fill_entry(reader, header, is_extension ? &none : &extension, entry))
            return fail(error, "archive/tar: invalid tar header");
        reader->tar = slice_after(reader->tar, BLOCK);
        if (!cut_content(reader, entry->size, &content))
            return fail(error, "unexpected EOF");
        if (!is_extension) {
            if (content.len % BLOCK == 0 && content.len)
                content = arena_slice(reader->arena, content);
            entry->bytes = content.len ? content : slice_of(NULL, 0);
            return TARGZ_ENTRY;
        }
        if (!read_extension(header->type, content, &extension))
            return fail(error, "archive/tar: invalid tar header");
    }
}

/* --- writing ------------------------------------------------------------------------------------------------ */

static void pad_block(struct buffer *tar)
{
    buffer_add_repeated(tar, '\0', (BLOCK - tar->len % BLOCK) % BLOCK);
}

static void write_octal(char *field, size_t size, uint64_t number)
{
    field[size - 1] = '\0';
    for (size_t i = size - 1; i-- > 0; number >>= 3)
        field[i] = (char)('0' + (number & 7));
}

static void add_header(struct buffer *tar, struct slice prefix, struct slice name, char type, size_t size,
                       int64_t modified)
{
    struct tar_header header = {.type = type, .magic = "ustar\0" "00"};
    memcpy(header.name, name.ptr, name.len);
    if (prefix.len)
        memcpy(header.prefix, prefix.ptr, prefix.len);
    write_octal(header.mode, sizeof header.mode, 0644);
    write_octal(header.uid, sizeof header.uid, 0);
    write_octal(header.gid, sizeof header.gid, 0);
    write_octal(header.size, sizeof header.size, size);
    write_octal(header.modified, sizeof header.modified, modified > 0 ? (uint64_t)modified : 0);
    write_octal(header.device_major, sizeof header.device_major, 0);
    write_octal(header.device_minor, sizeof header.device_minor, 0);
    memset(header.checksum, ' ', sizeof header.checksum);
    uint64_t sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += ((const unsigned char *)&header)[i];
    write_octal(header.checksum, sizeof header.checksum - 1, sum);
    buffer_add(tar, slice_of((const char *)&header, BLOCK));
}

/* Whether the name fits an ustar header, perhaps with its first folders in the prefix. */
static bool split_name(struct slice name, struct slice *prefix, struct slice *rest)
{
    *prefix = slice_of("", 0);
    *rest = name;
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80)
            return false;
    }
    if (name.len <= NAME_SIZE)
        return true;
    for (size_t at = name.len <= PREFIX_SIZE ? name.len - 1 : PREFIX_SIZE; at > 0; at--) {
        if (name.ptr[at] == '/' && name.len - at - 1 <= NAME_SIZE && at + 1 < name.len) {
            *prefix = slice_part(name, 0, at);
            *rest = slice_after(name, at + 1);
            return true;
        }
    }
    return false;
}

static size_t count_digits(size_t n)
{
    size_t digits = 1;
    while (n >= 10) {
        n /= 10;
        digits++;
    }
    return digits;
}

/* A pax header that gives the next entry its name. */
static void add_long_name(struct buffer *tar, struct slice name)
{
    size_t rest = strlen(" path=\n") + name.len;
    size_t len = rest + count_digits(rest);
    len = rest + count_digits(len);
    add_header(tar, SLICE(""), SLICE("PaxHeaders.0/name"), 'x', len, 0);
    buffer_printf(tar, "%zu path=", len);
    buffer_add(tar, name);
    buffer_add_char(tar, '\n');
    pad_block(tar);
}

void tar_add(struct buffer *tar, struct slice name, struct slice bytes, int64_t modified)
{
    struct slice prefix;
    struct slice rest;
    if (!split_name(name, &prefix, &rest)) {
        add_long_name(tar, name);
        prefix = SLICE("");
        rest = slice_part(name, 0, name.len < NAME_SIZE ? name.len : NAME_SIZE);
    }
    add_header(tar, prefix, rest, '0', bytes.len, modified);
    buffer_add(tar, bytes);
    pad_block(tar);
}

bool targz_pack(struct buffer *tar, const char *comment, struct slice extra, struct buffer *out)
{
    z_stream z = {0};
    gz_header header = {.os = 255, .comment = (unsigned char *)comment, .extra = (unsigned char *)extra.ptr,
                        .extra_len = (unsigned)extra.len}; /* zlib reads them only */
    buffer_add_repeated(tar, '\0', 2 * BLOCK);
    if (tar->len > UINT_MAX ||
        deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    deflateSetHeader(&z, &header);
    size_t bound = deflateBound(&z, tar->len);
    buffer_reserve(out, bound);
    z.next_in = (unsigned char *)tar->ptr;
    z.avail_in = (unsigned)tar->len;
    z.next_out = (unsigned char *)out->ptr + out->len;
    z.avail_out = (unsigned)bound;
    bool ok = bound <= UINT_MAX && deflate(&z, Z_FINISH) == Z_STREAM_END;
    out->len += bound - z.avail_out;
    deflateEnd(&z);
    return ok;
}
