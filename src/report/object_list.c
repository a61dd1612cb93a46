/*
 * object_list.c - the Kubernetes objects of one side of a comparison
 */
#include "report/object_list.h"

#include "codec/yaml_read.h"
#include "helm/hooks.h"
#include "helm/manifest_head.h"
#include "kustomize/known_kinds.h"

void object_list_init(struct object_list *list, struct arena *a, struct source_set *sources)
{
    *list = (struct object_list){.arena = a, .sources = sources};
}

static struct kube_object *add_object(struct object_list *list)
{
    list->items = arena_room(list->arena, list->items, list->count, &list->cap, sizeof *list->items);
    struct kube_object *object = &list->items[list->count++];
    *object = (struct kube_object){.body = value_nil()};
    return object;
}

void object_list_add(struct object_list *list, const struct kube_object *object)
{
    *add_object(list) = *object;
}

/* What an object without a namespace of its own is taken to be in. */
static void settle_namespace(struct kube_object *object, struct slice release_namespace)
{
    if (object->name_space.len || known_kind_is_cluster_scoped(object->api_version, object->kind))
        return;
    object->name_space = release_namespace;
    object->no_namespace = release_namespace.len == 0;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

bool object_read(struct arena *a, struct source_set *sources, struct kube_object *object, struct diag *diag)
{
    struct yaml_read_options options = {.keep_integers = true};
    struct yaml_error error;
    if (object->source || object->text.len == 0)
        return true;
    struct slice name = object->manifest ? object->manifest->file->name : SLICE("manifest");
    object->source = source_set_add(sources, name, object->text);
    if (yaml_read(a, object->source, object->text, &options, &object->body, &error))
        return true;
    return diag_error(diag, "YAML parse error on %.*s: %.*s", SLICE_ARG(name), SLICE_ARG(error.message));
}

static struct slice text_field(struct value map, const char *key)
{
    const struct value *found = value_is_map(map) ? map_find_text(map.map, key) : NULL;
    return found && value_is_string(*found) ? value_slice(*found) : slice_of("", 0);
}

static void take_head(struct kube_object *object)
{
    const struct value *metadata = value_is_map(object->body) ? map_find_text(object->body.map, "metadata") : NULL;
    object->api_version = text_field(object->body, "apiVersion");
    object->kind = text_field(object->body, "kind");
    object->name = metadata ? text_field(*metadata, "name") : slice_of("", 0);
    object->name_space = metadata ? text_field(*metadata, "namespace") : slice_of("", 0);
}

void object_list_add_body(struct object_list *list, struct value body)
{
    struct kube_object *object = add_object(list);
    object->body = body;
    take_head(object);
    settle_namespace(object, SLICE(""));
}

/* Puts the items of a List in its place, which is the last of `list`. */
static bool take_apart(struct object_list *list, struct slice release_namespace, struct diag *diag)
{
    struct kube_object whole = list->items[list->count - 1];
    if (!object_read(list->arena, list->sources, &whole, diag))
        return false;
    const struct value *items = value_is_map(whole.body) ? map_find_text(whole.body.map, "items") : NULL;
    if (!items || !value_is_list(*items))
        return true;
    list->count--;
    for (uint32_t i = 0; i < items->list->len; i++) {
        struct kube_object *object = add_object(list);
        *object = whole;
        object->text = slice_of("", 0);
        object->body = items->list->items[i];
        take_head(object);
        settle_namespace(object, release_namespace);
    }
    return true;
}

/* --- releases ---------------------------------------------------------------------------------------------------- */

static bool add_manifest(struct object_list *list, const struct rendered_release *rendered, const struct manifest *m,
                         struct diag *diag)
{
    if (m->kind.len == 0 && m->name.len == 0)
        return true; /* nothing but comments */
    struct kube_object *object = add_object(list);
    object->api_version = m->api_version;
    object->kind = m->kind;
    object->name = m->name;
    object->name_space = m->name_space;
    object->release = rendered->planned->name;
    object->text = m->content;
    object->manifest = m;
    object->rendered = rendered;
    settle_namespace(object, rendered->planned->name_space);
    return !slice_ends(m->kind, SLICE("List")) || take_apart(list, rendered->planned->name_space, diag);
}

static bool is_wanted(const struct manifest *m, const struct template_output_options *options)
{
    return m->hook_events == 0 || (!options->no_hooks && !(options->skip_tests && m->hook_events & HOOK_TEST));
}

static bool add_manifests(struct object_list *list, const struct rendered_release *rendered,
                          const struct manifest_list *manifests, const struct template_output_options *options,
                          struct diag *diag)
{
    for (size_t i = 0; i < manifests->count; i++) {
        if (is_wanted(&manifests->items[i], options) && !add_manifest(list, rendered, &manifests->items[i], diag))
            return false;
    }
    return true;
}

static bool add_crds(struct object_list *list, const struct release_chart *chart, struct slice release,
                     struct diag *diag)
{
    for (size_t i = 0; i < chart->chart->files.count; i++) {
        const struct chart_file *file = &chart->chart->files.items[i];
        if (chart_file_is_crd(file) && !object_list_add_text(list, file->name, file->bytes, release, diag))
            return false;
    }
    for (size_t i = 0; i < chart->child_count; i++) {
        if (!add_crds(list, chart->children[i], release, diag))
            return false;
    }
    return true;
}

bool object_list_add_release(struct object_list *list, const struct rendered_release *rendered,
                             const struct template_output_options *options, struct diag *diag)
{
    const struct manifests *manifests = &rendered->release->manifests;
    return (!options->include_crds || add_crds(list, rendered->release->chart, rendered->planned->name, diag)) &&
           add_manifests(list, rendered, &manifests->generic, options, diag) &&
           add_manifests(list, rendered, &manifests->hooks, options, diag);
}

/* --- texts ------------------------------------------------------------------------------------------------------- */

struct text_adding {
    struct object_list *list;
    struct slice name;
    struct slice release;
    struct diag *diag;
};

static bool add_document(void *context, struct slice document)
{
    struct text_adding *t = context;
    struct manifest_head head;
    struct yaml_error error;
    if (!manifest_head_read(t->list->arena, document, false, &head, &error))
        return diag_error(t->diag, "YAML parse error on %.*s: %.*s", SLICE_ARG(t->name), SLICE_ARG(error.message));
    if (head.kind.len == 0 && head.name.len == 0)
        return true;
    struct kube_object *object = add_object(t->list);
    object->api_version = head.api_version;
    object->kind = head.kind;
    object->name = head.name;
    object->name_space = head.name_space;
    object->release = t->release;
    object->text = document;
    settle_namespace(object, SLICE(""));
    return !slice_ends(head.kind, SLICE("List")) || take_apart(t->list, SLICE(""), t->diag);
}

bool object_list_add_text(struct object_list *list, struct slice name, struct slice text, struct slice release,
                          struct diag *diag)
{
    struct text_adding adding = {list, name, release, diag};
    return manifest_split(text, add_document, &adding);
}

void object_list_set_alternates(struct object_list *list, struct object_list *other)
{
    for (size_t i = 0; i < list->count && list->count == other->count; i++) {
        if (!object_same_text(&list->items[i], &other->items[i]))
            list->items[i].alternate = &other->items[i];
    }
}

/* --- what they are ----------------------------------------------------------------------------------------------- */

struct slice object_group(const struct kube_object *object)
{
    return manifest_group(object->api_version);
}

bool object_same_text(const struct kube_object *a, const struct kube_object *b)
{
    return a->text.len > 0 && slice_equal(a->text, b->text);
}
