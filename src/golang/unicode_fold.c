/*
 * unicode_fold.c - case folding and the named classes of \p{…}
 *
 * Most runes have one counterpart, found by mapping to lower or upper case; the few circles that this misses are a
 * table. Categories come from unicode.h. Scripts are asked of PCRE2: one text holds every code point, and each run
 * that `\p{sc:Name}+` matches in it is a range. Its Unicode data is one version behind Go's.
 */
#include "golang/unicode_fold.h"

#include "golang/unicode.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    MAX_RUNE = 0x10FFFF
};

/* --- folding ------------------------------------------------------------------------------------------------- */

static const uint32_t irregular[][2] = {
    {0x006B, 0x212A}, {0x0073, 0x017F}, {0x00DF, 0x1E9E}, {0x00E5, 0x212B}, {0x0130, 0x0130}, {0x0131, 0x0131},
    {0x01C4, 0x01C5}, {0x01C7, 0x01C8}, {0x01CA, 0x01CB}, {0x01F1, 0x01F2}, {0x03A3, 0x03C2}, {0x03B2, 0x03D0},
    {0x03B5, 0x03F5}, {0x03B8, 0x03D1}, {0x03B9, 0x1FBE}, {0x03BA, 0x03F0}, {0x03BC, 0x00B5}, {0x03C0, 0x03D6},
    {0x03C1, 0x03F1}, {0x03C2, 0x03C3}, {0x03C6, 0x03D5}, {0x03C9, 0x2126}, {0x03D1, 0x03F4}, {0x03F4, 0x0398},
    {0x0432, 0x1C80}, {0x0434, 0x1C81}, {0x043E, 0x1C82}, {0x0441, 0x1C83}, {0x0442, 0x1C84}, {0x044A, 0x1C86},
    {0x0463, 0x1C87}, {0x1C84, 0x1C85}, {0x1E61, 0x1E9B}, {0x1FBE, 0x0345}, {0x2126, 0x03A9}, {0x212A, 0x004B},
    {0x212B, 0x00C5}, {0xA64B, 0x1C88},
};

uint32_t go_simple_fold(uint32_t rune)
{
    size_t low = 0, high = sizeof irregular / sizeof irregular[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (irregular[middle][0] == rune)
            return irregular[middle][1];
        if (irregular[middle][0] < rune)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t lower = go_to_lower(rune);
    return lower != rune ? lower : go_to_upper(rune);
}

/* --- scripts ------------------------------------------------------------------------------------------------- */

/* Those that Go can be asked for: it drops underscores from a name before it looks it up. */
static const char *const scripts[] = {
    "Adlam",      "Ahom",       "Arabic",      "Armenian", "Avestan",   "Balinese", "Bamum",      "Batak",
    "Bengali",    "Bhaiksuki",  "Bopomofo",    "Brahmi",   "Braille",   "Buginese", "Buhid",      "Carian",
    "Chakma",     "Cham",       "Cherokee",    "Chorasmian", "Common",  "Coptic",   "Cuneiform",  "Cypriot",
    "Cyrillic",   "Deseret",    "Devanagari",  "Dogra",    "Duployan",  "Elbasan",  "Elymaic",    "Ethiopic",
    "Georgian",   "Glagolitic", "Gothic",      "Grantha",  "Greek",     "Gujarati", "Gurmukhi",   "Han",
    "Hangul",     "Hanunoo",    "Hatran",      "Hebrew",   "Hiragana",  "Inherited", "Javanese",  "Kaithi",
    "Kannada",    "Katakana",   "Kawi",        "Kharoshthi", "Khmer",   "Khojki",   "Khudawadi",  "Lao",
    "Latin",      "Lepcha",     "Limbu",       "Lisu",     "Lycian",    "Lydian",   "Mahajani",   "Makasar",
    "Malayalam",  "Mandaic",    "Manichaean",  "Marchen",  "Medefaidrin", "Miao",   "Modi",       "Mongolian",
    "Mro",        "Multani",    "Myanmar",     "Nabataean", "Nandinagari", "Newa",  "Nko",        "Nushu",
    "Ogham",      "Oriya",      "Osage",       "Osmanya",  "Palmyrene", "Phoenician", "Rejang",   "Runic",
    "Samaritan",  "Saurashtra", "Sharada",     "Shavian",  "Siddham",   "Sinhala",  "Sogdian",    "Soyombo",
    "Sundanese",  "Syriac",     "Tagalog",     "Tagbanwa", "Takri",     "Tamil",    "Tangsa",     "Tangut",
    "Telugu",     "Thaana",     "Thai",        "Tibetan",  "Tifinagh",  "Tirhuta",  "Toto",       "Ugaritic",
    "Vai",        "Vithkuqi",   "Wancho",      "Yezidi",   "Yi",
};

/* Every code point but the surrogates, in order. */
static void add_all_runes(struct buffer *text)
{
    for (uint32_t rune = 0; rune <= MAX_RUNE; rune++)
        if (rune < 0xD800 || rune > 0xDFFF)
            buffer_add_rune(text, rune);
}

static void add_range(struct arena *a, struct unicode_property *property, uint32_t first, uint32_t last)
{
    size_t used = property->range_count * 2 * sizeof(uint32_t);
    uint32_t *ranges = arena_resize(a, (void *)(uintptr_t)property->ranges, used, used + 2 * sizeof(uint32_t));
    ranges[property->range_count * 2] = first;
    ranges[property->range_count * 2 + 1] = last;
    property->ranges = ranges;
    property->range_count++;
}

static void find_runs(struct arena *a, const pcre2_code *code, struct slice text, struct unicode_property *property)
{
    size_t unused;
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    if (!match)
        return;
    const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(match);
    for (size_t at = 0; at < text.len; at = bounds[1]) {
        if (pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, at, PCRE2_NO_UTF_CHECK, match, NULL) < 0)
            break;
        uint32_t first = go_decode_rune(slice_after(text, bounds[0]), &unused);
        uint32_t last = go_decode_last_rune(slice_part(text, 0, bounds[1]), &unused);
        add_range(a, property, first, last);
    }
    pcre2_match_data_free(match);
}

static bool find_script(struct arena *a, const char *name, struct unicode_property *property)
{
    int error;
    PCRE2_SIZE offset;
    struct slice pattern = arena_printf(a, "\\p{sc:%s}++", name);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error, &offset, NULL);
    if (!code)
        return false;
    struct buffer text = BUFFER_INIT;
    add_all_runes(&text);
    property->kind = PROPERTY_SCRIPT;
    find_runs(a, code, buffer_slice(&text), property);
    buffer_release(&text);
    pcre2_code_free(code);
    return true;
}

/* --- names --------------------------------------------------------------------------------------------------- */

struct category_name {
    const char *name;
    const char *category;
};

static const struct category_name categories[] = {
    {"C", "C"},   {"Cc", "Cc"}, {"Cf", "Cf"}, {"Cn", "Cn"}, {"Co", "Co"}, {"Cs", "Cs"}, {"L", "L"},   {"Ll", "Ll"},
    {"Lm", "Lm"}, {"Lo", "Lo"}, {"Lt", "Lt"}, {"Lu", "Lu"}, {"M", "M"},   {"Mc", "Mc"}, {"Me", "Me"}, {"Mn", "Mn"},
    {"N", "N"},   {"Nd", "Nd"}, {"Nl", "Nl"}, {"No", "No"}, {"P", "P"},   {"Pc", "Pc"}, {"Pd", "Pd"}, {"Pe", "Pe"},
    {"Pf", "Pf"}, {"Pi", "Pi"}, {"Po", "Po"}, {"Ps", "Ps"}, {"S", "S"},   {"Sc", "Sc"}, {"Sk", "Sk"}, {"Sm", "Sm"},
    {"So", "So"}, {"Z", "Z"},   {"Zl", "Zl"}, {"Zp", "Zp"}, {"Zs", "Zs"},
    {"Closepunctuation", "Pe"},     {"Combiningmark", "M"},    {"Connectorpunctuation", "Pc"},
    {"Control", "Cc"},              {"Currencysymbol", "Sc"},  {"Dashpunctuation", "Pd"},
    {"Decimalnumber", "Nd"},        {"Enclosingmark", "Me"},   {"Finalpunctuation", "Pf"},
    {"Format", "Cf"},               {"Initialpunctuation", "Pi"}, {"Letter", "L"},
    {"Letternumber", "Nl"},         {"Lineseparator", "Zl"},   {"Lowercaseletter", "Ll"},
    {"Mark", "M"},                  {"Mathsymbol", "Sm"},      {"Modifierletter", "Lm"},
    {"Modifiersymbol", "Sk"},       {"Nonspacingmark", "Mn"},  {"Number", "N"},
    {"Openpunctuation", "Ps"},      {"Other", "C"},            {"Otherletter", "Lo"},
    {"Othernumber", "No"},          {"Otherpunctuation", "Po"}, {"Othersymbol", "So"},
    {"Paragraphseparator", "Zp"},   {"Privateuse", "Co"},      {"Punctuation", "P"},
    {"Separator", "Z"},             {"Spaceseparator", "Zs"},  {"Spacingmark", "Mc"},
    {"Surrogate", "Cs"},            {"Symbol", "S"},           {"Titlecaseletter", "Lt"},
    {"Unassigned", "Cn"},           {"Uppercaseletter", "Lu"}, {"Cntrl", "Cc"},
    {"Digit", "Nd"},                {"Punct", "P"},
};

static const struct {
    const char *name;
    enum unicode_property_kind kind;
} specials[] = {
    {"Any", PROPERTY_ANY},          {"Ascii", PROPERTY_ASCII},
    {"Assigned", PROPERTY_ASSIGNED}, {"Casedletter", PROPERTY_CASED_LETTER},
    {"Lc", PROPERTY_CASED_LETTER},
};

static char ascii_case(char c, bool upper)
{
    if (upper && c >= 'a' && c <= 'z')
        return (char)(c - ('a' - 'A'));
    if (!upper && c >= 'A' && c <= 'Z')
        return (char)(c + ('a' - 'A'));
    return c;
}

/* Without '_', '-' and blanks, the first letter in upper case and the others in lower case. */
static struct slice canonical_name(struct arena *a, struct slice name)
{
    char *text = arena_alloc(a, name.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c != '_' && c != '-' && c != ' ') {
            text[len] = ascii_case(c, len == 0);
            len++;
        }
    }
    return slice_of(text, len);
}

bool unicode_property_find(struct arena *a, struct slice name, struct unicode_property *out)
{
    struct slice canonical = canonical_name(a, name);
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++) {
        if (slice_is(canonical, specials[i].name)) {
            out->kind = specials[i].kind;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        if (slice_is(canonical, categories[i].name)) {
            out->kind = PROPERTY_CATEGORY;
            strncpy(out->category, categories[i].category, sizeof out->category - 1);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (slice_is(canonical, scripts[i]))
            return find_script(a, scripts[i], out);
    return false;
}

static bool in_ranges(const struct unicode_property *property, uint32_t rune)
{
    size_t low = 0, high = property->range_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > property->ranges[middle * 2 + 1])
            low = middle + 1;
        else if (rune < property->ranges[middle * 2])
            high = middle;
        else
            return true;
    }
    return false;
}

bool unicode_property_has(const struct unicode_property *property, uint32_t rune)
{
    const char *category;
    switch (property->kind) {
    case PROPERTY_ANY:
        return true;
    case PROPERTY_ASCII:
        return rune < 0x80;
    case PROPERTY_ASSIGNED:
        return memcmp(go_category(rune), "Cn", 2) != 0;
    case PROPERTY_CASED_LETTER:
        category = go_category(rune);
        return category[0] == 'L' && strchr("ult", category[1]);
    case PROPERTY_CATEGORY:
        category = go_category(rune);
        return category[0] == property->category[0] &&
               (!property->category[1] || category[1] == property->category[1]);
    case PROPERTY_SCRIPT:
        return in_ranges(property, rune);
    }
    return false;
}
