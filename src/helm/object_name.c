/*
 * object_name.c - whether an object's name is one that Kubernetes takes
 *
 * Most kinds take DNS subdomains; services and namespaces one label, roles whatever fits into a path.
 */
#include "helm/object_name.h"

#include "golang/strconv.h"

#include <strings.h>

enum {
    LONGEST_LABEL = 63,
    LONGEST_SUBDOMAIN = 253,
    MOST_FAULTS = 2
};

#define SUBDOMAIN_FAULT \
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " \
    "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " \
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
#define LABEL_FAULT \
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end " \
    "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " \
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
#define OLD_LABEL_FAULT \
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic " \
    "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " \
    "'[a-z]([-a-z0-9]*[a-z0-9])?')"

/* What is wrong with a name; never more than two things. */
struct faults {
    const char *items[MOST_FAULTS];
    int count;
};

static void add_fault(struct faults *faults, const char *text)
{
    if (faults->count < MOST_FAULTS)
        faults->items[faults->count++] = text;
}

static bool is_lower_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_label_end(char c)
{
    return is_lower_letter(c) || (c >= '0' && c <= '9');
}

static bool is_label(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!is_label_end(s.ptr[i]) && s.ptr[i] != '-')
            return false;
    }
    return s.len && is_label_end(s.ptr[0]) && is_label_end(s.ptr[s.len - 1]);
}

static bool is_subdomain(struct slice s)
{
    struct slice label;
    if (s.len == 0)
        return false;
    while (slice_next_piece(&s, '.', &label)) {
        if (!is_label(label))
            return false;
    }
    return true;
}

static void check_subdomain(struct slice name, struct faults *faults)
{
    if (name.len > LONGEST_SUBDOMAIN)
        add_fault(faults, "must be no more than 253 characters");
    if (!is_subdomain(name))
        add_fault(faults, SUBDOMAIN_FAULT);
}

static void check_label(struct slice name, struct faults *faults)
{
    if (name.len > LONGEST_LABEL)
        add_fault(faults, "must be no more than 63 characters");
    if (!is_label(name))
        add_fault(faults, is_subdomain(name) ? "must not contain dots" : LABEL_FAULT);
}

static void check_old_label(struct slice name, struct faults *faults)
{
    if (name.len > LONGEST_LABEL)
        add_fault(faults, "must be no more than 63 characters");
    if (!is_label(name) || !is_lower_letter(name.ptr[0]))
        add_fault(faults, OLD_LABEL_FAULT);
}

static void check_path_segment(struct slice name, struct faults *faults)
{
    if (slice_is(name, "."))
        add_fault(faults, "may not be '.'");
    if (slice_is(name, ".."))
        add_fault(faults, "may not be '..'");
    if (slice_find_char(name, '/') < name.len)
        add_fault(faults, "may not contain '/'");
    if (slice_find_char(name, '%') < name.len)
        add_fault(faults, "may not contain '%'");
}

static void check_nothing(struct slice name, struct faults *faults)
{
    (void)name;
    (void)faults;
}

/* Kinds with rules of their own; the others are subdomains. */
static const struct {
    const char *kind;
    void (*check)(struct slice name, struct faults *faults);
} rules[] = {
    {"service", check_old_label},
    {"namespace", check_label},
    {"certificatesigningrequest", check_nothing},
    {"role", check_path_segment},
    {"clusterrole", check_path_segment},
    {"rolebinding", check_path_segment},
    {"clusterrolebinding", check_path_segment},
};

static void check(struct slice kind, struct slice name, struct faults *faults)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (kind.len == strlen(rules[i].kind) && strncasecmp(kind.ptr, rules[i].kind, kind.len) == 0) {
            rules[i].check(name, faults);
            return;
        }
    }
    check_subdomain(name, faults);
}

bool object_name_check(struct slice kind, struct slice name, struct buffer *reason)
{
    struct faults faults = {.count = 0};
    check(kind, name, &faults);
    if (faults.count > 1)
        buffer_add_char(reason, '[');
    for (int i = 0; i < faults.count; i++) {
        buffer_add_text(reason, i ? ", metadata.name: Invalid value: " : "metadata.name: Invalid value: ");
        go_quote(reason, name);
        buffer_printf(reason, ": %s", faults.items[i]);
    }
    if (faults.count > 1)
        buffer_add_char(reason, ']');
    return faults.count == 0;
}
