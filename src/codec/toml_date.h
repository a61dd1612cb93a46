/*
 * toml_date.h - dates and times of TOML
 *
 * TOML has times without a zone and dates without a time. BurntSushi/toml marks them by the name of a made-up zone,
 * and writes them by that name.
 */
#ifndef YARE_CODEC_TOML_DATE_H
#define YARE_CODEC_TOML_DATE_H

#include "golang/time_format.h"

/* `text` with 'T' and 'Z' in capitals and no blank. */
bool toml_date_read(struct arena *a, struct slice text, struct go_time *out);

void toml_date_write(struct buffer *out, struct go_time t);

#endif
