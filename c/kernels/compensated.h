/* Sums that lose nothing: compensated, and scaled by a power of two. */
#ifndef COSDIM_COMPENSATED_H
#define COSDIM_COMPENSATED_H

#include "cosdim.h"

#include <math.h>

/* Adds without losing what rounding drops (Knuth's two-sum). An infinite sum ends as NaN, as does every cosine of it.
 */
static inline void cosdim_add(cosdim_sum *sum, double x) {
  double total = sum->value + x, of_x = total - sum->value;
  sum->carry += (sum->value - (total - of_x)) + (x - of_x);
  sum->value = total;
}

/* x · 2^exponent, for exponents beyond a double's own. */
static inline double cosdim_scale(double x, int exponent) {
  return exponent ? scalbn(x, exponent) : x;
}

#endif
