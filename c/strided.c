/*
 * The kernel for every other layout, and for numbers that the others' squares lose: one output, any steps, float64
 * arithmetic, operands scaled by a power of two.
 */
#include "kernels.h"

#include <math.h>

/* So many terms are added before the carried sum: few enough to lose nothing that counts, and a third of the time. */
enum { BLOCK = 8 };

/* Numbers are scaled into a double's middle; beyond ±1000 the factor itself would not be one. */
enum { EXPONENT_LIMIT = 1000 };

static inline double load(cosdim_dtype dtype, cosdim_vector x, size_t i) {
  ptrdiff_t element = (ptrdiff_t)i * x.step;
  return dtype == COSDIM_FLOAT32 ? ((const float *)x.data)[element] : ((const double *)x.data)[element];
}

static inline cosdim_sums sum(cosdim_dtype dtype, cosdim_vector x1, cosdim_vector x2, cosdim_vector weights, size_t n,
                              double scale1, double scale2, double weight_scale) {
  cosdim_sums sums = {0};
  for (size_t i = 0; i < n;) {
    size_t end = n - i < BLOCK ? n : i + BLOCK;
    double dot = 0, norm1_squared = 0, norm2_squared = 0;
    for (; i < end; i++) {
      double weight = weights.data ? load(COSDIM_FLOAT64, weights, i) * weight_scale : 1;
      /* What has no weight does not count, however large it is scaled, unless it is not finite: 0 · inf is NaN. */
      double a = load(dtype, x1, i) * (weight == 0 ? 0 : scale1), b = load(dtype, x2, i) * (weight == 0 ? 0 : scale2);
      dot += weight * (a * b);
      norm1_squared += weight * (a * a);
      norm2_squared += weight * (b * b);
    }
    cosdim_add(&sums.dot, dot);
    cosdim_add(&sums.norm1_squared, norm1_squared);
    cosdim_add(&sums.norm2_squared, norm2_squared);
  }
  return sums;
}

cosdim_sums cosdim_strided(cosdim_dtype dtype, cosdim_vector x1, cosdim_vector x2, cosdim_vector weights, size_t n,
                           int exponent1, int exponent2, int weight_exponent) {
  double scale1 = scalbn(1, -exponent1), scale2 = scalbn(1, -exponent2), weight_scale = scalbn(1, -weight_exponent);
  /* A constant dtype makes two loops of one. */
  cosdim_sums sums = dtype == COSDIM_FLOAT32 ? sum(COSDIM_FLOAT32, x1, x2, weights, n, scale1, scale2, weight_scale)
                                             : sum(COSDIM_FLOAT64, x1, x2, weights, n, scale1, scale2, weight_scale);
  /* Σw·x² = Σ(√w·x)²: half of an even weight exponent goes to each operand. */
  sums.exponent1 = exponent1 + weight_exponent / 2;
  sums.exponent2 = exponent2 + weight_exponent / 2;
  return sums;
}

int cosdim_exponent(cosdim_dtype dtype, cosdim_vector x, cosdim_vector weights, size_t n) {
  double largest = 0;
  for (size_t i = 0; i < n; i++) {
    if (weights.data && load(COSDIM_FLOAT64, weights, i) == 0) continue;
    double magnitude = fabs(load(dtype, x, i));
    if (!(magnitude <= largest)) largest = magnitude;
    if (!isfinite(largest)) return 0;
  }
  if (largest == 0) return 0;
  int exponent = ilogb(largest);
  return exponent < -EXPONENT_LIMIT ? -EXPONENT_LIMIT : exponent > EXPONENT_LIMIT ? EXPONENT_LIMIT : exponent;
}
