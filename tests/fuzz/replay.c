/*
 * replay.c - runs a fuzz target over files and folders of files, without libFuzzer
 */
#include "base/file.h"

#include "fuzz.h"

static bool replay_file(const char *path)
{
    struct arena a;
    struct diag diag;
    struct slice text;
    arena_init(&a);
    diag_init(&diag);
    bool read = file_read(&a, path, 0, &text, &diag);
    if (read)
        LLVMFuzzerTestOneInput((const uint8_t *)text.ptr, text.len);
    else
        fprintf(stderr, "%s: cannot be read\n", path);
    diag_release(&diag);
    arena_release(&a);
    return read;
}

static bool replay_folder(const char *path, size_t *count)
{
    struct arena a;
    struct diag diag;
    struct slice *names;
    size_t files = 0;
    arena_init(&a);
    diag_init(&diag);
    bool read = file_list(&a, path, &names, &files, &diag);
    for (size_t i = 0; read && i < files; i++)
        read = replay_file(file_join(&a, slice_text(path), names[i]));
    *count += files;
    diag_release(&diag);
    arena_release(&a);
    return read;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    bool done = true;
    for (int i = 1; done && i < argc; i++) {
        if (file_is_directory(argv[i])) {
            done = replay_folder(argv[i], &count);
        } else {
            done = replay_file(argv[i]);
            count++;
        }
    }
    printf("%zu inputs replayed\n", count);
    return done ? 0 : 1;
}
