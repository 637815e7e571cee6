/*
 * Attention: similarities, and their normalization to a distribution, in two passes over chunks of any size. The first
 * adds the scores to a total. (For softmax it adds exp(score - largest so far), so that exp does not overflow.) The
 * second divides by the total.
 */
#include "kernels/compensated.h"
#include "tensor/dtype.h"

#include <math.h>

cosdim_status cosdim_attention(cosdim_plan *plan, const cosdim_tensor *target, const cosdim_tensor *behaviored) {
  int is_one = target->rank == 1 || (target->rank == 2 && target->shape[0] == 1);
  if (!is_one || behaviored->rank != 2 || target->shape[target->rank - 1] != behaviored->shape[1])
    return COSDIM_ERROR_ATTENTION_SHAPES;
  return cosdim_similarity(plan, target, behaviored, 1, 1e-8, COSDIM_KEEP_DTYPE);
}

/* e^x for x ≤ 0, within 2 ulp of float64. libc's exp is closer, but its table is a tenth of the module, gzipped. */
static double power_of_e(double x) {
  return 1 / (1 + expm1(-x));
}

void cosdim_distribution_add(cosdim_distribution *distribution, cosdim_dtype dtype, const void *scores, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double score = cosdim_read_element(dtype, scores, (ptrdiff_t)i);
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
    double score = cosdim_read_element(dtype, scores, (ptrdiff_t)i);
    double share = (distribution->kind == COSDIM_SUM ? score : power_of_e(score - distribution->largest)) / total;
    cosdim_write_element(dtype, scores, i, share);
  }
}
