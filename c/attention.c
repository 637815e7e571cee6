/*
 * Attention: scores made into a distribution, in two passes over chunks of any size. The first folds the scores into
 * their total (for softmax, relative to the largest so far, so that exp does not overflow), the second divides.
 */
#include "kernels.h"

#include <math.h>

double cosdim_read_element(cosdim_dtype dtype, const void *data, size_t i) {
  if (dtype == COSDIM_FLOAT16) return cosdim_half_to_double(((const uint16_t *)data)[i]);
  return dtype == COSDIM_FLOAT32 ? ((const float *)data)[i] : ((const double *)data)[i];
}

/* e^x for x ≤ 0, within two units of float64. libc's exp is nearer, by a table that is a tenth of the module, gzipped.
 */
static double power_of_e(double x) {
  return 1 / (1 + expm1(-x));
}

void cosdim_distribution_add(cosdim_distribution *distribution, cosdim_dtype dtype, const void *scores, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double score = cosdim_read_element(dtype, scores, i);
    if (distribution->kind == COSDIM_SUM) {
      cosdim_add(&distribution->total, score);
      continue;
    }
    if (!distribution->any || score > distribution->largest) {
      double shrunk = distribution->any ? power_of_e(distribution->largest - score) : 0;
      distribution->total.value *= shrunk;
      distribution->total.carry *= shrunk;
      distribution->largest = score;
      distribution->any = 1;
    }
    cosdim_add(&distribution->total, power_of_e(score - distribution->largest));
  }
}

void cosdim_distribution_divide(const cosdim_distribution *distribution, cosdim_dtype dtype, void *scores, size_t n) {
  double total = distribution->total.value + distribution->total.carry;
  for (size_t i = 0; i < n; i++) {
    double score = cosdim_read_element(dtype, scores, i);
    double share = (distribution->kind == COSDIM_SUM ? score : power_of_e(score - distribution->largest)) / total;
    cosdim_write_element(dtype, scores, i, share);
  }
}
