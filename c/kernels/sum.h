/* Compensated summation. */
#ifndef COSDIM_SUM_H
#define COSDIM_SUM_H

#include "cosdim.h"

/* Adds without losing what rounding drops (Knuth's two-sum). An infinite sum ends as NaN, as does every cosine of it.
 */
static inline void cosdim_add(cosdim_sum *sum, double x) {
  double total = sum->value + x, of_x = total - sum->value;
  sum->carry += (sum->value - (total - of_x)) + (x - of_x);
  sum->value = total;
}

#endif
