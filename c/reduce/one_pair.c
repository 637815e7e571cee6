/* The cosine of one pair of contiguous vectors, without a plan, since it is often called in a loop. */
#include "reduce/reduce.h"

double cosdim_pair(cosdim_dtype dtype, const void *data1, const void *data2, size_t n, double eps) {
  int is_f64 = dtype == COSDIM_FLOAT64;
  if (dtype == COSDIM_FLOAT32) {
    double cosine = cosdim_pair_f32_simd128(data1, data2, n, cosdim_min_norm_squared(eps, 0));
    if (cosine == cosine) return cosine;
  }
  cosdim_vectors x1 = {data1, 1, 0}, x2 = {data2, 1, 0}, none = {NULL, 0, 0};
  cosdim_kernel *rows = cosdim_kernels_of(dtype)->rows;
  double work[COSDIM_GROUP_WORK];
  int exact = rows(x1, x2, n, 1, 0, work);
  cosdim_sums sums = cosdim_sums_at(is_f64, work);
  if (!exact && !cosdim_in_safe_range(is_f64, &sums)) {
    if (is_f64) {
      sums = cosdim_scaled_sums(x1, x2, none, n, 1);
    } else {
      rows(x1, x2, n, 1, 1, work);
      sums = cosdim_sums_at(0, work);
    }
  }
  return cosdim_finalize(&sums, eps, NULL);
}
