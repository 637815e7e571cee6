/* Every kernel against the definition: every layout, dtype and length, for any number of vectors. */
#include "check.h"
#include "layouts.h"
#include "plan/tile.h"
#include "tensor/dtype.h"
#include "tests.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void check_kernel(const layout *l, int dtype, int64_t length) {
  /* Every tenth length gets enough vectors for a batch of columns. */
  int64_t count = 1 + below(length % 10 ? 9 : l->rank == 3 ? 40 : 200);
  operand x1, x2;
  problem p = make_layout_problem(l, dtype, length, count, &x1, &x2);
  int result_dtype;
  char *out = compute(&p, &result_dtype, below(3) ? 1 << 17 : 1 << 11);
  char name[100];
  snprintf(name, sizeof name, "%s of dtype %d, length %d, count %d", l->name, dtype, (int)length, (int)count);
  check_outputs(&p, result_dtype, out, name);
  free_operand(&x1);
  free_operand(&x2);
  free(out);
}

/* Up to some blocks of every kernel, then around one and two segments of the kernel with the longest segment. */
static const struct { int64_t first, last; } lengths[] = {{1, 150}, {350, 420}, {736, 802}, {1530, 1560}};

/* Rows of narrow dtypes are read by kernels of their own: slower ones would compute nearly the same. */
static void narrow_dtypes(void) {
  const int32_t dtypes[] = {COSDIM_UINT8, COSDIM_INT8, COSDIM_FLOAT16, COSDIM_INT16, COSDIM_FLOAT32};
  static _Alignas(16) char scratch[1 << 14], zeros[1 << 10];
  for (int i = 0; i < 5; i++) {
    cosdim_tensor x = {.dtype = dtypes[i], .rank = 2, .shape = {2, 64}, .stride = {64, 1}, .data = zeros};
    cosdim_plan plan;
    if (cosdim_similarity(&plan, &x, &x, 1, 1e-8, i == 2 ? COSDIM_KEEP_DTYPE : COSDIM_FLOAT32)) abort();
    cosdim_tile(&plan, scratch, sizeof scratch);
    CHECK(plan.kernel_dtype == (i < 3 ? dtypes[i] : COSDIM_FLOAT32), "dtype %d is read as %d", dtypes[i],
          plan.kernel_dtype);
  }
}

/*
 * All pairs of many vectors, one after another or side by side, are tiled for a matrix product: rows would compute
 * nearly the same, in more time.
 */
static void matrix_products(void) {
  static const struct {
    int32_t dtype, rows1, rows2, are_products;
  } cases[] = {
      {COSDIM_FLOAT32, 40, 40, 1}, {COSDIM_INT8, 40, 40, 1},   {COSDIM_UINT8, 40, 40, 1},
      {COSDIM_FLOAT32, 1, 40, 0},  {COSDIM_FLOAT32, 40, 1, 0}, {COSDIM_INT8, 1, 40, 0},
  };
  static _Alignas(16) char scratch[1 << 14], zeros[1 << 14];
  for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
    int64_t rows[] = {cases[i / 2].rows1, cases[i / 2].rows2};
    cosdim_tensor x[2];
    for (int k = 0; k < 2; k++) {
      x[k] = (cosdim_tensor){.dtype = cases[i / 2].dtype, .rank = 2, .shape = {rows[k], 64}, .data = zeros};
      x[k].stride[0] = i % 2 ? 1 : 64;
      x[k].stride[1] = i % 2 ? rows[k] : 1;
    }
    cosdim_plan plan;
    if (cosdim_pairwise(&plan, &x[0], &x[1], 1e-8, COSDIM_FLOAT32)) abort();
    cosdim_tile(&plan, scratch, sizeof scratch);
    CHECK(cosdim_has_pairwise(&plan) == cases[i / 2].are_products, "%d rows of dtype %d with %d%s", (int)rows[0],
          cases[i / 2].dtype, (int)rows[1], i % 2 ? ", side by side" : "");
  }
}

void test_kernels(void) {
  narrow_dtypes();
  matrix_products();
  const int dtypes[] = {COSDIM_UINT8, COSDIM_INT8, COSDIM_FLOAT16, COSDIM_FLOAT32, COSDIM_FLOAT64};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
    for (int d = 0; d < 5; d++)
      for (int l = 0; l < LAYOUTS; l++)
        for (int64_t n = lengths[i].first; n <= lengths[i].last; n++) check_kernel(&layouts[l], dtypes[d], n);
}

enum { MAX_SHORT = 5, SHORT_COUNT = 70 };

/*
 * Vectors of up to MAX_SHORT elements with every pair of strides, from element to element and from vector to vector:
 * the result is that of the packed vectors. There are enough of them that some are prefetched.
 */
static void check_short_vectors(cosdim_dtype dtype, int n, int strides) {
  cosdim_tensor tensors[2];
  char *x[2];
  double packed[2][MAX_SHORT], out[SHORT_COUNT];
  for (int k = 0; k < 2; k++, strides /= MAX_SHORT * MAX_SHORT) {
    int vector_stride = 1 + strides % MAX_SHORT, element_stride = strides / MAX_SHORT % MAX_SHORT;
    size_t elements = (size_t)((SHORT_COUNT - 1) * vector_stride + (n - 1) * element_stride + 1);
    x[k] = malloc(elements * cosdim_size(dtype));
    for (size_t i = 0; i < elements; i++) cosdim_write_element(dtype, x[k], i, any_value(3));
    tensors[k] = (cosdim_tensor){dtype, 2, {SHORT_COUNT, n}, {vector_stride, element_stride}, x[k]};
  }
  double scratch[2048];
  cosdim_plan plan;
  if (cosdim_similarity(&plan, &tensors[0], &tensors[1], 1, 1e-8, COSDIM_KEEP_DTYPE)) abort();
  cosdim_compute(&plan, scratch, sizeof scratch, out);
  for (int i = 0; i < SHORT_COUNT; i++) {
    for (int k = 0; k < 2; k++)
      for (int t = 0; t < n; t++)
        cosdim_write_element(
            dtype, packed[k], (size_t)t,
            cosdim_read_element(dtype, x[k], (ptrdiff_t)(i * tensors[k].stride[0] + t * tensors[k].stride[1])));
    double expected = similarity_of(dtype, packed[0], packed[1], n, 1e-8), got = cosdim_read_element(dtype, out, i);
    CHECK(fabs(got - expected) <= (dtype == COSDIM_FLOAT64 ? 0x1p-50 : 0x1p-24),
          "dtype %d, length %d, element strides %d and %d, vector strides %d and %d: %.17g instead of %.17g", dtype, n,
          (int)tensors[0].stride[1], (int)tensors[1].stride[1], (int)tensors[0].stride[0], (int)tensors[1].stride[0],
          got, expected);
  }
  for (int k = 0; k < 2; k++) free(x[k]);
}

void test_short_vectors(void) {
  for (int n = 1; n <= MAX_SHORT; n++)
    for (int strides = 0; strides < MAX_SHORT * MAX_SHORT * MAX_SHORT * MAX_SHORT; strides++) {
      check_short_vectors(COSDIM_FLOAT32, n, strides);
      check_short_vectors(COSDIM_FLOAT64, n, strides);
    }
}
