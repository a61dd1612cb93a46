/*
 * yare_cache.c - where yare keeps what it fetched for itself
 */
#include "fetch/yare_cache.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *environment(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

static bool is_usable(const char *folder)
{
    struct diag ignored;
    diag_init(&ignored);
    bool ok = file_make_directories(folder, &ignored) && access(folder, W_OK | X_OK) == 0;
    diag_release(&ignored);
    return ok;
}

/* Others may write to TMPDIR too: the folder must be ours, and no link. */
static bool use_temporary(struct arena *a, const char **folder, struct diag *diag)
{
    struct stat st;
    const char *base = environment("TMPDIR");
    *folder = arena_printf(a, "%s/yare-cache-%lu", base ? base : "/tmp", (unsigned long)getuid()).ptr;
    if (mkdir(*folder, 0700) != 0 && errno != EEXIST)
        return diag_error(diag, "mkdir %s: %s", *folder, file_error_text(errno));
    if (lstat(*folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == getuid() && !(st.st_mode & 022))
        return true;
    return diag_error(diag, "%s is not a folder of this user alone", *folder);
}

bool yare_cache_folder(struct arena *a, const char **folder, struct diag *diag)
{
    const char *own = environment("YARE_CACHE_HOME");
    const char *xdg = environment("XDG_CACHE_HOME");
    const char *home = environment("HOME");
    *folder = own;
    if (!own && xdg)
        *folder = file_join(a, slice_text(xdg), SLICE("yare"));
    else if (!own && home)
        *folder = file_join(a, slice_text(home), SLICE(".cache/yare"));
    if (*folder && is_usable(*folder))
        return true;
    return use_temporary(a, folder, diag);
}

bool yare_is_offline(void)
{
    const char *offline = environment("YARE_OFFLINE");
    return offline && strcmp(offline, "0") != 0 && strcmp(offline, "false") != 0;
}
