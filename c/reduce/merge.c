/* The accumulator's algebra: the sums of parts, merged in any order. */
#include "kernels/compensated.h"

/* The carries are added to each other first, so that the order of the parts does not matter. */
static void merge_sum(cosdim_sum *sum, int exponent, const cosdim_sum *part, int part_exponent) {
  cosdim_sum merged = {cosdim_scale(sum->value, -exponent), 0};
  cosdim_add(&merged, cosdim_scale(part->value, -part_exponent));
  merged.carry += cosdim_scale(sum->carry, -exponent) + cosdim_scale(part->carry, -part_exponent);
  *sum = merged;
}

/* The exponent of two parts together: that of the larger numbers. A part that is all zeros does not count. */
static int common_exponent(const cosdim_sum *a, int exponent_a, const cosdim_sum *b, int exponent_b) {
  if (b->value == 0) return exponent_a;
  if (a->value == 0) return exponent_b;
  return exponent_a > exponent_b ? exponent_a : exponent_b;
}

void cosdim_merge(cosdim_sums *sums, const cosdim_sums *part) {
  int exponent1 = common_exponent(&sums->norm1_squared, sums->exponent1, &part->norm1_squared, part->exponent1);
  int exponent2 = common_exponent(&sums->norm2_squared, sums->exponent2, &part->norm2_squared, part->exponent2);
  int up1 = exponent1 - sums->exponent1, up2 = exponent2 - sums->exponent2;
  int part_up1 = exponent1 - part->exponent1, part_up2 = exponent2 - part->exponent2;
  merge_sum(&sums->dot, up1 + up2, &part->dot, part_up1 + part_up2);
  merge_sum(&sums->norm1_squared, 2 * up1, &part->norm1_squared, 2 * part_up1);
  merge_sum(&sums->norm2_squared, 2 * up2, &part->norm2_squared, 2 * part_up2);
  sums->exponent1 = exponent1;
  sums->exponent2 = exponent2;
}
