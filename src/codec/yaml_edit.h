/*
 * yaml_edit.h - one value of a YAML file changed, every other byte left as it is
 *
 * libfyaml says where the value, or the map that should have it, stands; the text is changed there and nowhere else, so
 * comments, order, quotes and blank lines stay. A new key goes to the end of its map, indented as its neighbours are.
 */
#ifndef YARE_CODEC_YAML_EDIT_H
#define YARE_CODEC_YAML_EDIT_H

#include "base/diag.h"
#include "value/key_path.h"

/* The text with the key set to `value`, which is a scalar or a flow collection in YAML's notation, on one line. A plain
   one that `is_text` gets the quotes of what it replaces. False with an error where the text is no YAML, or where what stands at the key cannot be replaced by one line. */
bool yaml_edit_set(struct arena *a, struct slice text, const struct key_path *path, struct slice value,
                   bool is_text, struct slice *out, struct diag *diag);

#endif
