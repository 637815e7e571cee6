/* The cosine of one pair of contiguous vectors, without a plan, since it is often called in a loop. */
#include "reduce/reduce.h"

#include <math.h>

/*
 * Whether sums are so far inside the safe range that neither eps, nor the clamp to ±1, nor a float64's range matters:
 * the cosine is then dot / √(norm1² · norm2²), with one root instead of three.
 */
static int is_plain(double dot, double norm1_squared, double norm2_squared, double eps) {
  double least = cosdim_min_norm_squared(eps, 0), product = norm1_squared * norm2_squared;
  return norm1_squared >= least && norm2_squared >= least && norm1_squared <= COSDIM_MAX_F32 &&
         norm2_squared <= COSDIM_MAX_F32 && dot * dot <= product;
}

double cosdim_pair(cosdim_dtype dtype, const void *data1, const void *data2, size_t n, double eps) {
  cosdim_vectors x1 = {data1, 1, 0}, x2 = {data2, 1, 0}, none = {NULL, 0, 0};
  cosdim_kernel *rows = cosdim_kernels_of(dtype)->rows;
  int is_f64 = dtype == COSDIM_FLOAT64;
  double work[COSDIM_GROUP_WORK];
  int exact = rows(x1, x2, n, 1, 0, work);
  if (!is_f64 && is_plain(work[0], work[4], work[8], eps)) return work[0] / sqrt(work[4] * work[8]);
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
