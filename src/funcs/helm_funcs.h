/*
 * helm_funcs.h - what include and tpl keep during one release
 */
#ifndef YARE_FUNCS_HELM_FUNCS_H
#define YARE_FUNCS_HELM_FUNCS_H

#include "template/exec.h"

/* Marks around the message of `fail` and `required`, by which the renderer finds it in a chain of errors. */
#define HELM_MESSAGE_START "HELM_ERR_START"
#define HELM_MESSAGE_END "HELM_ERR_END"

/* How often each name is being included, and the texts that tpl has parsed. Made in the release's arena and hung into
   function_host.includes before the first template runs. */
struct include_state;
struct include_state *include_state_new(struct arena *a);

/* What a missing value prints as, and Helm takes away again. */
#define HELM_NO_VALUE "<no value>"

/* Takes every "<no value>" out of a rendered text; the text itself where there is none. */
struct slice helm_without_no_value(struct arena *a, struct slice text);

#endif
