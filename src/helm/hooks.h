/*
 * hooks.h - helm.sh/hook
 */
#ifndef YARE_HELM_HOOKS_H
#define YARE_HELM_HOOKS_H

#include "base/slice.h"

#include <stdint.h>

enum hook_event {
    HOOK_PRE_INSTALL = 1 << 0,
    HOOK_POST_INSTALL = 1 << 1,
    HOOK_PRE_DELETE = 1 << 2,
    HOOK_POST_DELETE = 1 << 3,
    HOOK_PRE_UPGRADE = 1 << 4,
    HOOK_POST_UPGRADE = 1 << 5,
    HOOK_PRE_ROLLBACK = 1 << 6,
    HOOK_POST_ROLLBACK = 1 << 7,
    HOOK_TEST = 1 << 8
};

/* Reads the annotation's comma list. False where one of its items is no event: Helm then drops the document. */
bool hooks_read(struct slice annotation, uint32_t *events);

#endif
