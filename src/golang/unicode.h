/*
 * unicode.h - UTF-8 and the character classes of Go's unicode package
 */
#ifndef YARE_GOLANG_UNICODE_H
#define YARE_GOLANG_UNICODE_H

#include "base/buffer.h"

enum {
    RUNE_ERROR = 0xFFFD
};

/* utf8.DecodeRune: the rune at the front and its size; bad UTF-8 gives RUNE_ERROR with size 1, an empty text size 0. */
uint32_t go_decode_rune(struct slice s, size_t *size);

/* utf8.DecodeLastRune. */
uint32_t go_decode_last_rune(struct slice s, size_t *size);

bool go_valid_utf8(struct slice s);

/* utf8.RuneCount: each bad byte counts as one. */
size_t go_rune_count(struct slice s);

/* unicode.IsPrint, IsSpace, IsLetter, IsDigit, IsNumber, IsUpper, IsLower, IsTitle, IsPunct, IsControl. */
bool go_is_print(uint32_t rune);
bool go_is_space(uint32_t rune);
bool go_is_letter(uint32_t rune);
bool go_is_digit(uint32_t rune);
bool go_is_number(uint32_t rune);
bool go_is_upper(uint32_t rune);
bool go_is_lower(uint32_t rune);
bool go_is_title(uint32_t rune);
bool go_is_punct(uint32_t rune);
bool go_is_control(uint32_t rune);

/* The two letters of its general category ("Lu", "Cn"). */
const char *go_category(uint32_t rune);

/* unicode.ToUpper, ToLower, ToTitle. */
uint32_t go_to_upper(uint32_t rune);
uint32_t go_to_lower(uint32_t rune);
uint32_t go_to_title(uint32_t rune);

/* strings.ToUpper, ToLower. */
void go_upper(struct buffer *out, struct slice s);
void go_lower(struct buffer *out, struct slice s);

/* strings.TrimSpace. */
struct slice go_trim_space(struct slice s);

#endif
