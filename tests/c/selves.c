/*
 * The cosine of a vector and itself, or a multiple by a power of two, is exactly 1, that of their opposites exactly -1:
 * in every layout and dtype, since a kernel sums the dot and both norms in the same order. That of other multiples,
 * whose elements are rounded, is never beyond.
 */
#include "check.h"
#include "layouts.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_LENGTH = 5000 };

/* What the vector at an element of an operand is multiplied by. Integers are written without sign or fraction. */
static double factor_at(const operand *o, int64_t element) {
  if (o->x.dtype < COSDIM_FLOAT16) return 1;
  return ldexp(element % 3 ? 1 : -1, (int)(element % 5));
}

/* Makes every vector of an operand a multiple of x. */
static void fill(const problem *p, operand *o, const double *x) {
  int64_t stride = stride_along_dim(p, o);
  for (int64_t i = 0; i < count_outputs(p); i++) {
    int64_t first = first_element(p, o, i);
    for (int64_t t = 0; t < p->shape[p->dim]; t++) write_element(o, first + t * stride, x[t] * factor_at(o, first));
  }
}

static void check_length(const layout *l, int dtype, int64_t length) {
  static double x[MAX_LENGTH];
  for (int64_t t = 0; t < length; t++) x[t] = (below(2) ? 0.5 : -0.5) * (1 + uniform());
  operand x1, x2, result = {.x = {.rank = 0}};
  problem p = make_layout_problem(l, dtype, length, 1 + below(9), &x1, &x2);
  fill(&p, &x1, x);
  fill(&p, &x2, x);
  result.origin = compute(&p, &result.x.dtype, below(3) ? 1 << 17 : 1 << 11);
  for (int64_t i = 0; i < count_outputs(&p); i++) {
    double expected =
        factor_at(&x1, first_element(&p, &x1, i)) * factor_at(&x2, first_element(&p, &x2, i)) < 0 ? -1 : 1;
    double got = (double)read_element(&result, i);
    CHECK(got == expected, "%s of dtype %d, length %d, output %d: %.17g", l->name, dtype, (int)length, (int)i, got);
  }
  free_operand(&x1);
  free_operand(&x2);
  free(result.origin);
}

static void check_multiples(const layout *l, int dtype, int64_t length) {
  static double x[2][MAX_LENGTH];
  double multiple = 1 + uniform();
  for (int64_t t = 0; t < length; t++) x[0][t] = uniform() - 0.5, x[1][t] = multiple * x[0][t];
  operand x1, x2, result = {.x = {.rank = 0}};
  problem p = make_layout_problem(l, dtype, length, 1 + below(9), &x1, &x2);
  fill(&p, &x1, x[0]);
  fill(&p, &x2, x[1]);
  result.origin = compute(&p, &result.x.dtype, below(3) ? 1 << 17 : 1 << 11);
  for (int64_t i = 0; i < count_outputs(&p); i++) {
    double got = (double)read_element(&result, i);
    CHECK(fabs(got) <= 1, "%s of dtype %d, length %d, output %d: %.17g", l->name, dtype, (int)length, (int)i, got);
  }
  free_operand(&x1);
  free_operand(&x2);
  free(result.origin);
}

void test_selves(void) {
  const int dtypes[] = {COSDIM_UINT8, COSDIM_INT8, COSDIM_FLOAT16, COSDIM_FLOAT32, COSDIM_FLOAT64};
  for (int d = 0; d < 5; d++)
    for (int l = 0; l < LAYOUTS; l++) {
      for (int64_t n = 1; n <= 220; n++) check_length(&layouts[l], dtypes[d], n);
      for (int64_t n = 220; n <= MAX_LENGTH; n += n / 9) check_length(&layouts[l], dtypes[d], n);
      for (int64_t n = 1; n <= 50 && dtypes[d] >= COSDIM_FLOAT16; n++) check_multiples(&layouts[l], dtypes[d], n);
    }
}
