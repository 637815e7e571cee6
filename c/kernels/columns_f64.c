/*
 * The kernels for columns of float64 and for short vectors in any layout: compensated sums, two vectors at a time.
 * Those of columns are over trees of four rows.
 */
#include "kernels/load.h"

INLINE v128_t load_f64(cosdim_vectors x, size_t row, size_t column) {
  const double *from = (const double *)x.data + (ptrdiff_t)row * x.element_stride;
  return x.vector_stride ? wasm_v128_load(from + column) : wasm_v128_load64_splat(from);
}

/* Adds to the sums of two columns: their values, then their carries. */
INLINE void flush_f64(double *sum, v128_t x) {
  sum_f64x2 all = {wasm_v128_load(sum), wasm_v128_load(sum + 2)};
  add_f64x2(&all, x);
  wasm_v128_store(sum, all.value);
  wasm_v128_store(sum + 2, all.carry);
}

/* Four rows, their products added as a tree. */
INLINE void four_rows_f64(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t column, double *sums) {
  v128_t a[4], b[4];
  for (size_t k = 0; k < 4; k++) {
    a[k] = load_f64(x1, row + k, column);
    b[k] = load_f64(x2, row + k, column);
  }
  flush_f64(sums, tree_f64x2(a, b));
  flush_f64(sums + 4, tree_f64x2(a, a));
  flush_f64(sums + 8, tree_f64x2(b, b));
}

/* An element of each of two vectors. */
INLINE v128_t load_two(const double *x, ptrdiff_t vector_stride) {
  if (vector_stride == 1) return wasm_v128_load(x);
  return wasm_v128_load64_lane(x + vector_stride, wasm_v128_load64_zero(x), 1);
}

/* Adds terms one by one, from `row` on, to the sums of those before. The layout may be any. */
static __attribute__((noinline)) void add_terms(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n,
                                                size_t count, double *work) {
  for (size_t group = 0; group * COSDIM_GROUP_F64 < count; group++, work += COSDIM_GROUP_WORK) {
    ptrdiff_t first = (ptrdiff_t)cosdim_group_start(group, count, COSDIM_GROUP_F64);
    const double *x = (const double *)x1.data + (ptrdiff_t)row * x1.element_stride + first * x1.vector_stride;
    const double *y = (const double *)x2.data + (ptrdiff_t)row * x2.element_stride + first * x2.vector_stride;
    const v128_t zero = wasm_f64x2_splat(0);
    sum_f64x2 sums[3] = {{zero, zero}, {zero, zero}, {zero, zero}};
    for (int k = 0; row && k < 3; k++)
      sums[k] = (sum_f64x2){wasm_v128_load(work + 4 * k), wasm_v128_load(work + 4 * k + 2)};
    ROLLED for (size_t i = row; i < n; i++, x += x1.element_stride, y += x2.element_stride) {
      v128_t a = load_two(x, x1.vector_stride), b = load_two(y, x2.vector_stride);
      add_f64x2(&sums[0], wasm_f64x2_mul(a, b));
      add_squares_f64x2(&sums[1], wasm_f64x2_mul(a, a));
      add_squares_f64x2(&sums[2], wasm_f64x2_mul(b, b));
    }
    for (int k = 0; k < 3; k++) {
      wasm_v128_store(work + 4 * k, sums[k].value);
      wasm_v128_store(work + 4 * k + 2, sums[k].carry);
    }
  }
}

int cosdim_short_f64_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  add_terms(x1, x2, 0, n, count, work);
  return exact;
}

int cosdim_columns_f64_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  if (count < COSDIM_GROUP_F64) return cosdim_strided_f64_simd128(x1, x2, n, count, exact, work);
  size_t row = 0;
  memset(work, 0, (count + COSDIM_GROUP_F64 - 1) / COSDIM_GROUP_F64 * COSDIM_GROUP_WORK * sizeof *work);
  for (; row + 4 <= n; row += 4)
    for (size_t group = 0; group * COSDIM_GROUP_F64 < count; group++)
      four_rows_f64(x1, x2, row, cosdim_group_start(group, count, COSDIM_GROUP_F64), work + group * COSDIM_GROUP_WORK);
  add_terms(x1, x2, row, n, count, work);
  return exact;
}
