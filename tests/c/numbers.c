/* What holds for all numbers: finite ones neither overflow nor underflow, and parts can be merged in any order. */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>

void test_magnitudes(void) {
  float huge[] = {3e38f, 3e38f, 3e38f, 1e38f, 2e38f}, tiny[] = {1e-45f, 3e-45f, 1e-44f}, ones[] = {1, 1, 1, 1, 1};
  CHECK(similarity_of(COSDIM_FLOAT32, huge, huge, 5, 1e-8) == 1, "huge float32");
  CHECK(similarity_of(COSDIM_FLOAT32, tiny, tiny, 3, 0) == 1, "tiny float32");
  CHECK(fabs(similarity_of(COSDIM_FLOAT32, huge, ones, 2, 1e-8) - 1) <= 0x1p-24, "huge with ones");
  for (int e = -1070; e <= 1020; e += 11) {
    double x1[] = {ldexp(3, e), ldexp(-1, e), ldexp(2, e)}, x2[] = {ldexp(1, e), ldexp(2, e), ldexp(4, e)},
           one[] = {1, 2, 4};
    double expected = 9 / sqrt(14.0 * 21);
    CHECK(similarity_of(COSDIM_FLOAT64, x1, x1, 3, 0) == 1, "cos(x, x) at 2^%d", e);
    CHECK(fabs(similarity_of(COSDIM_FLOAT64, x1, x2, 3, 0) - expected) <= 0x1p-52, "2^%d squared", e);
    CHECK(fabs(similarity_of(COSDIM_FLOAT64, x1, one, 3, 0) - expected) <= 0x1p-52, "2^%d with 1", e);
  }
  double zeros[] = {0, 0}, some[] = {1, 2}, infinite[] = {INFINITY, 1};
  CHECK(similarity_of(COSDIM_FLOAT64, zeros, some, 2, 1e-200) == 0, "a zero vector with a tiny eps");
  CHECK(similarity_of(COSDIM_FLOAT64, zeros, zeros, 2, 1e-200) == 0, "two zero vectors with a tiny eps");
  CHECK(isnan(similarity_of(COSDIM_FLOAT64, zeros, some, 2, 0)), "a zero vector without eps");
  CHECK(isnan(similarity_of(COSDIM_FLOAT64, infinite, some, 2, 1e-8)), "an infinite element");
}

/* The sums of 100 terms. */
static cosdim_sums sums_of_part(const double *x1, const double *x2) {
  cosdim_tensor a = {.dtype = COSDIM_FLOAT64, .rank = 1, .shape = {100}, .stride = {1}, .data = x1}, b = a;
  b.data = x2;
  double scratch[512], out;
  cosdim_plan plan;
  if (cosdim_similarity(&plan, &a, &b, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
  cosdim_compute(&plan, scratch, sizeof scratch, &out);
  return plan.sums[0];
}

void test_merging(void) {
  double x1[300], x2[300];
  for (int i = 0; i < 300; i++) {
    x1[i] = any_value(3) * (i < 100 ? 1e200 : 1);
    x2[i] = any_value(3) * (i > 200 ? 1e-250 : 1);
  }
  double expected = similarity_of(COSDIM_FLOAT64, x1, x2, 300, 1e-8);
  cosdim_sums parts[3], merged[2] = {{.exponent1 = 0}, {.exponent1 = 0}};
  for (int i = 0; i < 3; i++) parts[i] = sums_of_part(x1 + 100 * i, x2 + 100 * i);
  for (int i = 0; i < 3; i++) {
    cosdim_merge(&merged[0], &parts[i]);
    cosdim_merge(&merged[1], &parts[2 - i]);
  }
  for (int i = 0; i < 2; i++)
    CHECK(fabs(cosdim_finalize(&merged[i], 1e-8, NULL) - expected) <= 8 * 0x1p-53, "order %d", i);
}
