/* The accumulator's algebra: merging the sums of parts, and finalizing them as a cosine. */
#include "kernels/sum.h"

#include <math.h>

/* x · 2^exponent, for exponents beyond a double's own. */
static double scale(double x, int exponent) {
  return exponent ? scalbn(x, exponent) : x;
}

static void merge_sum(cosdim_sum *sum, int exponent, const cosdim_sum *part, int part_exponent) {
  sum->value = scale(sum->value, -exponent);
  sum->carry = scale(sum->carry, -exponent);
  cosdim_add(sum, scale(part->value, -part_exponent));
  sum->carry += scale(part->carry, -part_exponent);
}

/* The exponent of two parts together: that of the larger numbers. A part of zeros has no say. */
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

static double clamp(double x, double low, double high) {
  return x < low ? low : x > high ? high : x; /* NaN stays */
}

double cosdim_finalize(const cosdim_sums *sums, double eps, cosdim_working *working) {
  double dot = sums->dot.value + sums->dot.carry;
  double norm1_squared = sums->norm1_squared.value + sums->norm1_squared.carry;
  double norm2_squared = sums->norm2_squared.value + sums->norm2_squared.carry;
  double norm1 = sqrt(norm1_squared), norm2 = sqrt(norm2_squared);
  double eps1 = scale(eps, -sums->exponent1), eps2 = scale(eps, -sums->exponent2);
  int clamped1 = norm1 < eps1, clamped2 = norm2 < eps2;
  /* √(s · s) is s, and √(x · x) is |x|: so the root of the product makes cos(x, x) exactly 1, and the product of the
     roots, where dot equals it, the cosine of single numbers exactly ±1. The squares are in the safe range (reduce.h),
     their product within a double's. */
  double product = norm1 * norm2;
  double divisor = fabs(dot) == product ? product : sqrt(norm1_squared * norm2_squared);
  double unclamped = clamp(dot / divisor, -1, 1);
  double cosine = unclamped;
  if (clamped1 || clamped2) {
    double divisor1 = clamped1 ? eps1 : norm1, divisor2 = clamped2 ? eps2 : norm2;
    /* Two divisions, since the product of two tiny divisors could underflow. The larger one first, so that cos(a, b)
       and cos(b, a) are the same. */
    double larger = divisor1 < divisor2 ? divisor2 : divisor1, smaller = divisor1 < divisor2 ? divisor1 : divisor2;
    cosine = clamp(dot / larger / smaller, -1, 1);
  }
  if (working) {
    working->dot = scale(dot, sums->exponent1 + sums->exponent2);
    working->norm1 = scale(norm1, sums->exponent1);
    working->norm2 = scale(norm2, sums->exponent2);
    working->clamped1 = clamped1 ? eps : working->norm1;
    working->clamped2 = clamped2 ? eps : working->norm2;
    working->cosine = cosine;
    working->angle = acos(unclamped);
  }
  return cosine;
}
