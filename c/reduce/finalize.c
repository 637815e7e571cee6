/* An accumulator becomes a cosine: the definition, with eps, the clamp to [-1, 1] and NaN. */
#include "kernels/compensated.h"

#include <math.h>

static double clamp(double x, double low, double high) {
  return x < low ? low : x > high ? high : x; /* NaN stays */
}

double cosdim_finalize(const cosdim_sums *sums, double eps, cosdim_working *working) {
  double dot = sums->dot.value + sums->dot.carry;
  double norm1_squared = sums->norm1_squared.value + sums->norm1_squared.carry;
  double norm2_squared = sums->norm2_squared.value + sums->norm2_squared.carry;
  double norm1 = sqrt(norm1_squared), norm2 = sqrt(norm2_squared);
  double eps1 = cosdim_scale(eps, -sums->exponent1), eps2 = cosdim_scale(eps, -sums->exponent2);
  int clamped1 = norm1 < eps1, clamped2 = norm2 < eps2;
  /* √(s · s) is s, so the root of the product makes cos(x, x) exactly 1. √(x · x) is |x|, so the product of the roots,
     if |dot| equals it, makes the cosine of single numbers exactly ±1. The squares are in the safe range (reduce.h), so
     their product is in a double's range. */
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
    working->dot = cosdim_scale(dot, sums->exponent1 + sums->exponent2);
    working->norm1 = cosdim_scale(norm1, sums->exponent1);
    working->norm2 = cosdim_scale(norm2, sums->exponent2);
    working->clamped1 = clamped1 ? eps : working->norm1;
    working->clamped2 = clamped2 ? eps : working->norm2;
    working->cosine = cosine;
    working->angle = acos(unclamped);
  }
  return cosine;
}
