/*
 * hcl.h - values files in HCL
 *
 * A file has blocks `values` and `locals` of attributes. An attribute of values sees those of all files as hv.NAME and the
 * locals of its own file as local.NAME; what is defined several times is merged, later files over earlier ones. Each is
 * evaluated when it is first asked for, so their order does not matter, and a circle is found.
 */
#ifndef YARE_HELMFILE_HCL_H
#define YARE_HELMFILE_HCL_H

#include "base/diag.h"
#include "value/value.h"

/* The values of all the files together, a map whose numbers are all float64: they go through JSON in Helmfile. */
bool hcl_read(struct arena *a, const struct source *const *files, size_t count, struct value *out, struct diag *diag);

#endif
