/*
 * hooks.c - helm.sh/hook
 */
#include "helm/hooks.h"

#include "golang/unicode.h"

#include <strings.h>

static const struct {
    const char *name;
    enum hook_event event;
} events_by_name[] = {
    {"pre-install", HOOK_PRE_INSTALL},
    {"post-install", HOOK_POST_INSTALL},
    {"pre-delete", HOOK_PRE_DELETE},
    {"post-delete", HOOK_POST_DELETE},
    {"pre-upgrade", HOOK_PRE_UPGRADE},
    {"post-upgrade", HOOK_POST_UPGRADE},
    {"pre-rollback", HOOK_PRE_ROLLBACK},
    {"post-rollback", HOOK_POST_ROLLBACK},
    {"test", HOOK_TEST},
    {"test-success", HOOK_TEST}, /* the name of Helm 2 */
};

static uint32_t event_of(struct slice name)
{
    for (size_t i = 0; i < sizeof events_by_name / sizeof events_by_name[0]; i++) {
        const char *known = events_by_name[i].name;
        if (name.len == strlen(known) && strncasecmp(name.ptr, known, name.len) == 0)
            return events_by_name[i].event;
    }
    return 0;
}

bool hooks_read(struct slice annotation, uint32_t *events)
{
    struct slice rest = annotation.ptr ? annotation : SLICE("");
    struct slice piece;
    *events = 0;
    while (slice_next_piece(&rest, ',', &piece)) {
        uint32_t event = event_of(go_trim_space(piece));
        if (!event)
            return false;
        *events |= event;
    }
    return true;
}
