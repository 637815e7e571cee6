/*
 * The kernel for every other layout, for weights, and for numbers that the others' squares lose: one output, any steps,
 * float64 arithmetic, operands scaled by a power of two. A weight w is √w on each operand: Σw·x1·x2 = Σ(√w·x1)·(√w·x2).
 */
#include "kernels.h"

#include <math.h>

/* So many terms are added before the carried sum: few enough to lose nothing that counts, and a third of the time. */
enum { BLOCK = 8 };

static inline double load(cosdim_dtype dtype, cosdim_vector x, size_t i) {
  ptrdiff_t element = (ptrdiff_t)i * x.step;
  return dtype == COSDIM_FLOAT32 ? ((const float *)x.data)[element] : ((const double *)x.data)[element];
}

static inline double root_of_weight(cosdim_vector weights, size_t i) {
  return weights.data ? sqrt(load(COSDIM_FLOAT64, weights, i)) : 1;
}

/* x · root · 2^-exponent, whose factors may be beyond a double where their product is not. */
static double scaled(double x, double root, int exponent) {
  double product = x * root;
  if (!exponent || x == 0 || root == 0 || !isfinite(x) || !isfinite(root)) return product;
  int of_x = ilogb(x), of_root = ilogb(root);
  return scalbn(scalbn(x, -of_x) * scalbn(root, -of_root), of_x + of_root - exponent);
}

static inline cosdim_sums sum(cosdim_dtype dtype, cosdim_vector x1, cosdim_vector x2, cosdim_vector weights, size_t n,
                              int exponent1, int exponent2) {
  cosdim_sums sums = {.exponent1 = exponent1, .exponent2 = exponent2};
  for (size_t i = 0; i < n;) {
    size_t end = n - i < BLOCK ? n : i + BLOCK;
    double dot = 0, norm1_squared = 0, norm2_squared = 0;
    for (; i < end; i++) {
      double root = root_of_weight(weights, i);
      double a = scaled(load(dtype, x1, i), root, exponent1), b = scaled(load(dtype, x2, i), root, exponent2);
      dot += a * b;
      norm1_squared += a * a;
      norm2_squared += b * b;
    }
    cosdim_add(&sums.dot, dot);
    cosdim_add(&sums.norm1_squared, norm1_squared);
    cosdim_add(&sums.norm2_squared, norm2_squared);
  }
  return sums;
}

cosdim_sums cosdim_strided(cosdim_dtype dtype, cosdim_vector x1, cosdim_vector x2, cosdim_vector weights, size_t n,
                           int exponent1, int exponent2) {
  /* A constant dtype makes two loops of one. */
  return dtype == COSDIM_FLOAT32 ? sum(COSDIM_FLOAT32, x1, x2, weights, n, exponent1, exponent2)
                                 : sum(COSDIM_FLOAT64, x1, x2, weights, n, exponent1, exponent2);
}

int cosdim_exponent(cosdim_dtype dtype, cosdim_vector x, cosdim_vector weights, size_t n) {
  int largest = INT32_MIN;
  for (size_t i = 0; i < n; i++) {
    double element = load(dtype, x, i), root = root_of_weight(weights, i);
    if (!isfinite(element) || !isfinite(root)) return 0;
    if (element == 0 || root == 0) continue;
    int exponent = ilogb(element) + ilogb(root);
    if (exponent > largest) largest = exponent;
  }
  return largest == INT32_MIN ? 0 : largest;
}
