/*
 * Sums of 8-bit integers are exact at any length. The kernels add products in int32, which the largest products would
 * overflow: after 132,104 elements of 255, and after 524,288 of -128. All pairs are multiplied in parts of 3072
 * elements.
 */
#include "check.h"
#include "layouts.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>

/* How a vector is filled: all of the largest magnitude, both extremes by halves or alternating, or random. */
typedef enum { LARGEST, HALVES, ALTERNATING, RANDOM, FILLS } fill;

static int fill_value(int dtype, fill how, int64_t i, int64_t n) {
  int largest = dtype == COSDIM_UINT8 ? 255 : -128, other = dtype == COSDIM_UINT8 ? 0 : 127;
  switch (how) {
    case LARGEST:
      return largest;
    case HALVES:
      return i < n / 2 ? largest : other;
    case ALTERNATING:
      return i % 2 ? largest : other;
    default:
      return below(256) - (dtype == COSDIM_INT8 ? 128 : 0);
  }
}

static void fill_vectors(const problem *p, const operand *o, fill how) {
  int64_t n = p->shape[p->dim], stride = stride_along_dim(p, o);
  for (int64_t output = 0; output < count_outputs(p); output++) {
    char *at = o->origin + first_element(p, o, output);
    for (int64_t i = 0; i < n; i++, at += stride) *at = (char)fill_value(o->x.dtype, how, i, n);
  }
}

static int64_t integer_at(const operand *o, int64_t element) {
  return o->x.dtype == COSDIM_UINT8 ? ((uint8_t *)o->origin)[element] : ((int8_t *)o->origin)[element];
}

/* The output from sums in int64. */
static double exact_output(const problem *p, int64_t output) {
  int64_t dot = 0, norm1_squared = 0, norm2_squared = 0;
  int64_t element1 = first_element(p, p->x1, output), stride1 = stride_along_dim(p, p->x1);
  int64_t element2 = first_element(p, p->x2, output), stride2 = stride_along_dim(p, p->x2);
  for (int64_t i = 0; i < p->shape[p->dim]; i++) {
    int64_t a = integer_at(p->x1, element1 + i * stride1), b = integer_at(p->x2, element2 + i * stride2);
    dot += a * b;
    norm1_squared += a * a;
    norm2_squared += b * b;
  }
  long double norm1 = sqrtl((long double)norm1_squared), norm2 = sqrtl((long double)norm2_squared);
  return (double)((long double)dot / (fmaxl(norm1, p->eps) * fmaxl(norm2, p->eps)));
}

static void check_sums(const layout *l, int64_t count, int dtype, int64_t length, fill fill1, fill fill2) {
  operand x1, x2;
  problem p = make_layout_problem(l, dtype, length, count, &x1, &x2);
  fill_vectors(&p, &x1, fill1);
  fill_vectors(&p, &x2, fill2);
  operand result = {.x = {.rank = 0}};
  result.origin = compute(&p, &result.x.dtype, 1 << 11);
  for (int64_t i = 0; i < count_outputs(&p); i++) {
    double got = (double)read_element(&result, i), expected = exact_output(&p, i);
    CHECK(fill1 == LARGEST && fill2 == LARGEST ? got == 1 : fabs(got - expected) <= 0x1p-25,
          "%s of dtype %d, fills %d and %d, length %lld: %.9g instead of %.9g", l->name, dtype, fill1, fill2,
          (long long)length, got, expected);
  }
  free_operand(&x1);
  free_operand(&x2);
  free(result.origin);
}

/* One vector with another. */
static void check_pair(int dtype, int64_t length, fill fill1, fill fill2) {
  check_sums(&layouts[0], 1, dtype, length, fill1, fill2);
}

/* Every layout: of the largest integers alone, and beside others. */
static void check_layouts(int dtype, int64_t length) {
  for (int l = 0; l < LAYOUTS; l++) {
    check_sums(&layouts[l], 2, dtype, length, LARGEST, LARGEST);
    check_sums(&layouts[l], 2, dtype, length, LARGEST, HALVES);
  }
}

/* All pairs, of each number of vectors that leaves another rest of a matrix product's rows and columns. */
static void check_all_pairs(int dtype, int64_t length) {
  for (int64_t count = 2; count <= 7; count++) {
    check_sums(&layouts[3], count, dtype, length, LARGEST, HALVES);
    check_sums(&layouts[3], count, dtype, length, HALVES, ALTERNATING);
    check_sums(&layouts[3], count, dtype, length, RANDOM, LARGEST);
    check_sums(&layouts[3], count, dtype, length, RANDOM, RANDOM);
  }
}

static void check_dtype(int dtype) {
  for (int64_t n = 1; n <= 300; n++)
    for (int fills = 0; fills < FILLS * FILLS; fills++)
      check_pair(dtype, n, (fill)(fills / FILLS), (fill)(fills % FILLS));
  for (int64_t n = 1; n < 300000; n += n) check_layouts(dtype, n);
  for (int64_t n = 1; n <= 40; n++) check_all_pairs(dtype, n);
  for (int64_t part = 3072; part <= 2 * 3072; part += 3072)
    for (int64_t off = -9; off <= 9; off++) check_all_pairs(dtype, part + off);
  check_sums(&layouts[3], 130, dtype, 300, RANDOM, RANDOM); /* more columns than are multiplied at once */
  check_sums(&layouts[3], 3, dtype, 300000, LARGEST, HALVES);
  /* Where a block of terms may end and another begin. */
  for (int64_t block = 1024; block <= 65536; block *= 2)
    for (int64_t blocks = 1; blocks <= 4; blocks++)
      for (int64_t off = -17; off <= 17; off += 17) check_pair(dtype, block * blocks + off, LARGEST, HALVES);
  for (int f = 0; f < FILLS; f++) check_pair(dtype, 300000, LARGEST, (fill)f);
  check_pair(dtype, 300000, HALVES, ALTERNATING);
}

void test_integers(void) {
  check_dtype(COSDIM_UINT8);
  check_dtype(COSDIM_INT8);
  check_layouts(COSDIM_INT8, 600000);
  check_pair(COSDIM_INT8, 1200000, LARGEST, HALVES);
}
