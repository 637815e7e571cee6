/* One pair without a plan gives what a plan gives, bit for bit. */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LENGTH = 4000 };

/* A vector in memory that holds its elements and no more. */
static operand vector_of(int dtype, int64_t n, int kind) {
  operand o = make_operand(dtype, 1, &n, 1);
  for (int64_t i = 0; i < n; i++) write_element(&o, i, any_value(kind));
  return o;
}

static void check_pair(int dtype, int64_t n, int kind1, int kind2, double eps) {
  operand x1 = vector_of(dtype, n, kind1), x2 = vector_of(dtype, n, kind2);
  double expected = similarity_of(dtype, x1.origin, x2.origin, n, eps),
         got = cosdim_pair(dtype, x1.origin, x2.origin, (size_t)n, eps);
  if (dtype == COSDIM_FLOAT32) got = (float)got;
  int are_nan = got != got && expected != expected;
  CHECK(are_nan || !memcmp(&got, &expected, sizeof got), "dtype %d, length %d: %.17g for %.17g", dtype, (int)n, got,
        expected);
  free_operand(&x1);
  free_operand(&x2);
}

void test_pair(void) {
  const double eps[] = {0, 1e-8, 3};
  for (int dtype = COSDIM_FLOAT32; dtype <= COSDIM_FLOAT64; dtype++)
    for (int64_t n = 1; n <= MAX_LENGTH; n += n < 220 ? 1 : n / 19)
      for (int kind = 0; kind < 4; kind++) {
        check_pair(dtype, n, kind, kind, eps[below(3)]);
        check_pair(dtype, n, kind, below(4), eps[below(3)]);
      }
}
