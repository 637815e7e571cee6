/*
 * The kernels for every other layout, for weights, and for numbers whose squares the others lose: any steps, float64
 * arithmetic.
 */
#include "kernels.h"

#include <math.h>

int cosdim_strided_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  (void)exact; /* products of float32 are, in float64 */
  for (size_t output = 0; output < count; output++) {
    const float *a = (const float *)x1.data + (ptrdiff_t)output * x1.across;
    const float *b = (const float *)x2.data + (ptrdiff_t)output * x2.across;
    double dot = 0, norm1 = 0, norm2 = 0;
    for (size_t i = 0; i < n; i++, a += x1.step, b += x2.step) {
      dot += (double)*a * *b;
      norm1 += (double)*a * *a;
      norm2 += (double)*b * *b;
    }
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F32);
    sums[0] = dot;
    sums[4] = norm1;
    sums[8] = norm2;
  }
  return 1;
}

/* Two terms are added before the carried sum: more would cost more roundings than the bound has (kernels.h). */
enum { BLOCK = 2 };

int cosdim_strided_f64(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  for (size_t output = 0; output < count; output++) {
    const double *a = (const double *)x1.data + (ptrdiff_t)output * x1.across;
    const double *b = (const double *)x2.data + (ptrdiff_t)output * x2.across;
    cosdim_sum dot = {0}, norm1 = {0}, norm2 = {0};
    for (size_t i = 0; i < n; i += BLOCK) {
      double dots = 0, norms1 = 0, norms2 = 0;
      for (size_t k = i; k < n && k < i + BLOCK; k++, a += x1.step, b += x2.step) {
        dots += *a * *b;
        norms1 += *a * *a;
        norms2 += *b * *b;
      }
      cosdim_add(&dot, dots);
      cosdim_add(&norm1, norms1);
      cosdim_add(&norm2, norms2);
    }
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F64);
    const cosdim_sum of[] = {dot, norm1, norm2};
    for (int k = 0; k < 3; k++) {
      sums[4 * k] = of[k].value;
      sums[4 * k + 2] = of[k].carry;
    }
  }
  return exact;
}

/* A weight w is √w on each operand: Σw·x1·x2 = Σ(√w·x1)·(√w·x2). */
static double root_of_weight(cosdim_vectors weights, size_t i) {
  return weights.data ? sqrt(((const double *)weights.data)[(ptrdiff_t)i * weights.step]) : 1;
}

/* x · root · 2^-exponent, whose factors may be beyond a double where their product is not. */
static double scaled(double x, double root, int exponent) {
  double product = x * root;
  if (!exponent || x == 0 || root == 0 || !isfinite(x) || !isfinite(root)) return product;
  int of_x = ilogb(x), of_root = ilogb(root);
  return scalbn(scalbn(x, -of_x) * scalbn(root, -of_root), of_x + of_root - exponent);
}

/*
 * The exponent e of the largest magnitude of √w · x, which is near [2^e, 2^(e+1)); 0 when all are 0 or one is not
 * finite.
 */
static int largest_exponent(cosdim_vectors x, cosdim_vectors weights, size_t n) {
  int largest = INT32_MIN;
  for (size_t i = 0; i < n; i++) {
    double element = ((const double *)x.data)[(ptrdiff_t)i * x.step], root = root_of_weight(weights, i);
    if (!isfinite(element) || !isfinite(root)) return 0;
    if (element == 0 || root == 0) continue;
    int exponent = ilogb(element) + ilogb(root);
    if (exponent > largest) largest = exponent;
  }
  return largest == INT32_MIN ? 0 : largest;
}

cosdim_sums cosdim_scaled(cosdim_vectors x1, cosdim_vectors x2, cosdim_vectors weights, size_t n, int scale) {
  const double *a = x1.data, *b = x2.data;
  cosdim_sums sums = {0};
  if (scale) {
    sums.exponent1 = largest_exponent(x1, weights, n);
    sums.exponent2 = largest_exponent(x2, weights, n);
  }
  for (size_t i = 0; i < n; i++, a += x1.step, b += x2.step) {
    double root = root_of_weight(weights, i);
    double of1 = scaled(*a, root, sums.exponent1), of2 = scaled(*b, root, sums.exponent2);
    cosdim_add(&sums.dot, of1 * of2);
    cosdim_add(&sums.norm1_squared, of1 * of1);
    cosdim_add(&sums.norm2_squared, of2 * of2);
  }
  return sums;
}
