/*
 * secrets.c - encrypted values files
 */
#include "helmfile/secrets.h"

#include "base/process.h"
#include "base/scratch.h"
#include "codec/yaml_write.h"
#include "golang/path.h"

static bool run_sops(struct helmfile *h, const char *path, struct slice *text, struct diag *diag)
{
    char *words[] = {(char *)"sops", (char *)"--decrypt", arena_text(h->arena, slice_text(path)), NULL};
    struct process_options options = {.argv = words};
    return process_run(h->arena, &options, text, diag);
}

bool secrets_read(struct helmfile *h, const char *path, const struct source **source, struct diag *diag)
{
    struct slice whole = go_path_abs(h->arena, slice_text(path));
    struct slice name = arena_printf(h->arena, "%s (decrypted)", path);
    const struct value *known = map_find(h->secrets, name);
    struct slice text;
    if (!h->options->allow_exec) {
        diag_warning(diag, "secrets stay as they are: --allow-exec lets sops decrypt %s", path);
        return helmfile_read(h, path, source, diag);
    }
    if (!known) {
        diag_info(diag, "Decrypting secret %.*s", SLICE_ARG(whole));
        if (!run_sops(h, path, &text, diag))
            return false;
        map_set(h->secrets, name, value_string(text));
        known = map_find(h->secrets, name);
    }
    *source = source_set_add(h->sources, name, value_slice(*known));
    return true;
}

bool secrets_read_inline(struct helmfile *h, struct value v, const struct source **source, struct diag *diag)
{
    struct scratch folder;
    struct buffer text = BUFFER_INIT;
    struct slice error;
    const char *path;
    if (!scratch_make(&folder, h->arena, diag))
        return false;
    bool ok = (yaml_write_pretty(&text, v, h->arena, &error) || diag_error_slice(diag, error)) &&
              scratch_write(&folder, h->arena, SLICE("secrets.yaml"), buffer_slice(&text), &path, diag) &&
              secrets_read(h, path, source, diag);
    buffer_release(&text);
    scratch_release(&folder);
    return ok;
}
