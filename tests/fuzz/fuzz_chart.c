/*
 * fuzz_chart.c - a chart's archive
 *
 * Bytes that begin as gzip does are an archive as they are. Else the input is a text of records, ended by 0x1e each: a
 * path below the chart, a line feed, the file's content; an archive is made of them, so that the fuzzer gets past the
 * checksums.
 */
#include "chart/load.h"
#include "codec/targz.h"

#include "fuzz.h"

static void pack(struct slice text, struct buffer *out)
{
    struct buffer tar = BUFFER_INIT;
    struct slice record;
    while (slice_next_piece(&text, '\x1e', &record)) {
        struct slice name = fuzz_line(&record);
        tar_add(&tar, name, record, 0);
    }
    FUZZ_CHECK(targz_pack(&tar, "", SLICE(""), out));
    buffer_release(&tar);
}

static void load(struct slice bytes, bool helm3)
{
    struct chart_load_options options = {.helm3 = helm3};
    struct chart *chart;
    struct diag diag;
    struct source_set *sources = source_set_new();
    diag_init(&diag);
    if (chart_load_archive(bytes, "f.tgz", &options, sources, &chart, &diag))
        chart_free(chart);
    else
        FUZZ_CHECK(diag.errors > 0);
    diag_release(&diag);
    source_set_free(sources);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = fuzz_text(data, size);
    struct buffer packed = BUFFER_INIT;
    if (!slice_starts(input, SLICE("\x1f\x8b"))) {
        pack(input, &packed);
        input = buffer_slice(&packed);
    }
    load(input, size % 2);
    buffer_release(&packed);
    return 0;
}
