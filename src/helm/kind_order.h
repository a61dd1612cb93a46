/*
 * kind_order.h - the order in which Helm installs kinds
 */
#ifndef YARE_HELM_KIND_ORDER_H
#define YARE_HELM_KIND_ORDER_H

#include "base/slice.h"

/* Compares two kinds by install order: known ones as listed, then unknown ones bytewise. Zero for equal ranks: a stable
   sort then keeps the order of files and documents. */
int kind_compare(struct slice a, struct slice b, bool helm3);

#endif
