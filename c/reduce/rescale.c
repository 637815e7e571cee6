/*
 * Sums of float64 operands with weights, or whose squares would overflow or underflow. Each operand is multiplied by
 * the root of the weight and by a power of two.
 */
#include "kernels/compensated.h"
#include "reduce/reduce.h"

#include <math.h>

/* A weight w is √w on each operand: Σw·x1·x2 = Σ(√w·x1)·(√w·x2). */
static double root_of_weight(cosdim_vectors weights, size_t i) {
  return weights.data ? sqrt(((const double *)weights.data)[(ptrdiff_t)i * weights.element_stride]) : 1;
}

/* x · root · 2^-exponent. Its factors may exceed a double's range where their product does not. */
static double scaled(double x, double root, int exponent) {
  double product = x * root;
  if (!exponent || x == 0 || root == 0 || !isfinite(x) || !isfinite(root)) return product;
  int of_x = ilogb(x), of_root = ilogb(root);
  return scalbn(scalbn(x, -of_x) * scalbn(root, -of_root), of_x + of_root - exponent);
}

/* The exponent of the largest magnitude of √w · x, within 1; 0 when all are 0 or one is not finite. */
static int largest_exponent(cosdim_vectors x, cosdim_vectors weights, size_t n) {
  int largest = INT32_MIN;
  for (size_t i = 0; i < n; i++) {
    double element = ((const double *)x.data)[(ptrdiff_t)i * x.element_stride], root = root_of_weight(weights, i);
    if (!isfinite(element) || !isfinite(root)) return 0;
    if (element == 0 || root == 0) continue;
    int exponent = ilogb(element) + ilogb(root);
    if (exponent > largest) largest = exponent;
  }
  return largest == INT32_MIN ? 0 : largest;
}

cosdim_sums cosdim_scaled_sums(cosdim_vectors x1, cosdim_vectors x2, cosdim_vectors weights, size_t n, int rescale) {
  const double *a = x1.data, *b = x2.data;
  cosdim_sums sums = {0};
  if (rescale) {
    sums.exponent1 = largest_exponent(x1, weights, n);
    sums.exponent2 = largest_exponent(x2, weights, n);
  }
  for (size_t i = 0; i < n; i++, a += x1.element_stride, b += x2.element_stride) {
    double root = root_of_weight(weights, i);
    double of1 = scaled(*a, root, sums.exponent1), of2 = scaled(*b, root, sums.exponent2);
    cosdim_add(&sums.dot, of1 * of2);
    cosdim_add(&sums.norm1_squared, of1 * of1);
    cosdim_add(&sums.norm2_squared, of2 * of2);
  }
  return sums;
}
