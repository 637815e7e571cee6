/* The kernel for columns of float64: compensated sums over trees of four rows, two columns at a time. */
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

INLINE void one_row_f64(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t column, double *sums) {
  v128_t a = load_f64(x1, row, column), b = load_f64(x2, row, column);
  flush_f64(sums, wasm_f64x2_mul(a, b));
  flush_f64(sums + 4, wasm_f64x2_mul(a, a));
  flush_f64(sums + 8, wasm_f64x2_mul(b, b));
}

int cosdim_columns_f64_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  if (count < COSDIM_GROUP_F64) return cosdim_strided_f64_simd128(x1, x2, n, count, exact, work);
  size_t number = (count + COSDIM_GROUP_F64 - 1) / COSDIM_GROUP_F64, row = 0;
  memset(work, 0, number * COSDIM_GROUP_WORK * sizeof *work);
  for (; row + 4 <= n; row += 4)
    for (size_t group = 0; group < number; group++)
      four_rows_f64(x1, x2, row, cosdim_group_start(group, count, COSDIM_GROUP_F64), work + group * COSDIM_GROUP_WORK);
  for (; row < n; row++)
    for (size_t group = 0; group < number; group++)
      one_row_f64(x1, x2, row, cosdim_group_start(group, count, COSDIM_GROUP_F64), work + group * COSDIM_GROUP_WORK);
  return exact;
}
