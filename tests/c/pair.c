/* One pair without a plan gives what a plan gives, bit for bit. */
#include "check.h"
#include "operand.h"
#include "tensor/dtype.h"
#include "tests.h"

#include <math.h>
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

/* Any two vectors, cast as a plan casts them. The bounds are those of the README, with the rounding of the result. */
static void check_pair_of(void) {
  int64_t n = 1 + below(below(3) ? 40 : 400), fault[3];
  int dtype = any_dtype(), kind = (int[]){0, 1, 3}[below(3)];
  operand x1 = make_operand(dtype, 1, &n, below(2)), x2 = make_operand(below(2) ? dtype : any_dtype(), 1, &n, below(2));
  cosdim_vector vectors[] = {{(cosdim_dtype)x1.x.dtype, x1.origin, (ptrdiff_t)x1.x.stride[0]},
                             {(cosdim_dtype)x2.x.dtype, x2.origin, (ptrdiff_t)x2.x.stride[0]}};
  for (int64_t i = 0; i < n; i++) {
    write_element(&x1, i * x1.x.stride[0], any_value(kind));
    write_element(&x2, i * x2.x.stride[0], any_value(kind));
  }
  problem p = {.x1 = &x1, .x2 = &x2, .rank = 1, .shape = {n}, .eps = below(2) ? 1e-8 : 3};
  int32_t casts[2], cast = COSDIM_KEEP_DTYPE;
  cosdim_dtype result;
  if (x1.x.dtype < COSDIM_FLOAT16 && x2.x.dtype < COSDIM_FLOAT16) cast = COSDIM_FLOAT32;
  if (below(2)) cast = COSDIM_FLOAT64;
  if (!cosdim_casts(&x1.x, &x2.x, cast, casts, &result, fault)) {
    static _Alignas(16) char rooms[2][404 * sizeof(double)];
    double got = cosdim_pair_of(&vectors[0], &vectors[1], (size_t)n, p.eps, (cosdim_dtype)casts[0],
                                (cosdim_dtype)casts[1], rooms[0], rooms[1]);
    cosdim_dtype precision = result == COSDIM_FLOAT64 ? result : COSDIM_FLOAT32;
    double out;
    cosdim_write_element(precision, &out, 0, got);
    check_outputs(&p, precision, (char *)&out, "pair_of");
  }
  free_operand(&x1);
  free_operand(&x2);
}

/* A vector with any dtype and stride in memory that holds it and no more; its values are at least `least`. */
static cosdim_vector any_vector(operand *x, int64_t n, double least) {
  *x = make_operand(any_dtype(), 1, &n, below(2));
  for (int64_t i = 0; i < n; i++) write_element(x, i * x->x.stride[0], fmax(any_value(0), least));
  return (cosdim_vector){(cosdim_dtype)x->x.dtype, x->origin, (ptrdiff_t)x->x.stride[0]};
}

/* With weights, against the definition in long double. A negative weight needs a plan. */
static void check_weighted_pair(void) {
  static _Alignas(16) char rooms[3][404 * sizeof(double)];
  int64_t n = 1 + below(below(3) ? 40 : 400);
  double least = below(4) ? 0 : -1;
  operand x[3];
  cosdim_vector vectors[3];
  for (int k = 0; k < 3; k++) vectors[k] = any_vector(&x[k], n, k == 2 ? least : -1);
  double got = cosdim_weighted_pair(vectors, (size_t)n, (void *[]){rooms[0], rooms[1], rooms[2]});
  long double dot = 0, norm1 = 0, norm2 = 0, lowest = 0;
  for (int64_t i = 0; i < n; i++) {
    long double element[3];
    for (int k = 0; k < 3; k++) element[k] = read_element(&x[k], i * x[k].x.stride[0]);
    dot += element[2] * element[0] * element[1];
    norm1 += element[2] * element[0] * element[0], norm2 += element[2] * element[1] * element[1];
    lowest = fminl(lowest, element[2]);
  }
  long double expected = dot / sqrtl(norm1) / sqrtl(norm2);
  if (lowest < 0 || norm1 == 0 || norm2 == 0)
    CHECK(got == COSDIM_NEEDS_PLAN, "weighted pair of %d: %.17g instead of a plan", (int)n, got);
  else
    CHECK(fabsl(got - expected) <= 1e-15L, "weighted pair of %d: %.17g for %.17Lg", (int)n, got, expected);
  for (int k = 0; k < 3; k++) free_operand(&x[k]);
}

void test_pair(void) {
  for (int number = 0; number < 20000; number++) check_weighted_pair();
  for (int number = 0; number < 20000; number++) check_pair_of();
  const double eps[] = {0, 1e-8, 3};
  for (int dtype = COSDIM_FLOAT32; dtype <= COSDIM_FLOAT64; dtype++)
    for (int64_t n = 1; n <= MAX_LENGTH; n += n < 220 ? 1 : n / 19)
      for (int kind = 0; kind < 4; kind++) {
        check_pair(dtype, n, kind, kind, eps[below(3)]);
        check_pair(dtype, n, kind, below(4), eps[below(3)]);
      }
}
