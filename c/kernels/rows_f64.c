/* The kernels for rows of float64, and for one with weights: compensated sums over trees of four vectors. */
#include "kernels/load.h"
#include "kernels/compensated.h"

INLINE cosdim_sum total_f64(sum_f64x2 sum) {
  cosdim_sum total = {wasm_f64x2_extract_lane(sum.value, 0), wasm_f64x2_extract_lane(sum.carry, 0)};
  cosdim_add(&total, wasm_f64x2_extract_lane(sum.value, 1));
  total.carry += wasm_f64x2_extract_lane(sum.carry, 1);
  return total;
}

typedef struct {
  sum_f64x2 dot, norm1, norm2;
} sums_f64x2;

/* Two elements of each operand, or the last and a zero. */
INLINE v128_t load2(const double *x, int single) {
  return single ? wasm_v128_load64_zero(x) : wasm_v128_load(x);
}

INLINE void add_two(sums_f64x2 *sums, const double *x1, const double *x2, const double *weights, int single) {
  v128_t a = load2(x1, single), b = load2(x2, single), weighted_a = a, weighted_b = b;
  if (weights) {
    weighted_a = wasm_f64x2_mul(load2(weights, single), a);
    weighted_b = wasm_f64x2_mul(load2(weights, single), b);
  }
  add_f64x2(&sums->dot, wasm_f64x2_mul(weighted_a, b));
  add_squares_f64x2(&sums->norm1, wasm_f64x2_mul(weighted_a, a));
  add_squares_f64x2(&sums->norm2, wasm_f64x2_mul(weighted_b, b));
}

INLINE void add_tree(sums_f64x2 *sums, const double *x1, const double *x2, const double *weights) {
  v128_t a[4], b[4], weighted_a[4], weighted_b[4];
  for (int k = 0; k < 4; k++) {
    a[k] = weighted_a[k] = wasm_v128_load(x1 + 2 * k);
    b[k] = weighted_b[k] = wasm_v128_load(x2 + 2 * k);
    if (!weights) continue;
    weighted_a[k] = wasm_f64x2_mul(wasm_v128_load(weights + 2 * k), a[k]);
    weighted_b[k] = wasm_f64x2_mul(wasm_v128_load(weights + 2 * k), b[k]);
  }
  add_f64x2(&sums->dot, tree_f64x2(weighted_a, b));
  add_squares_f64x2(&sums->norm1, tree_f64x2(weighted_a, a));
  add_squares_f64x2(&sums->norm2, tree_f64x2(weighted_b, b));
}

INLINE void put_total(double *work, sum_f64x2 sum) {
  cosdim_sum total = total_f64(sum);
  work[0] = total.value;
  work[2] = total.carry;
}

/* Σw·x1·x2, Σw·x1² and Σw·x2²; all w are 1 if `weights` is NULL. */
INLINE void sum_row(const double *x1, const double *x2, const double *weights, size_t n, double *work) {
  v128_t zero = wasm_f64x2_splat(0);
  sum_f64x2 none = {zero, zero};
  sums_f64x2 sums = {none, none, none};
  size_t i = 0;
  ROLLED for (; i + 8 <= n; i += 8) {
    prefetch_stretch(sizeof *x1, x1, x2, i, n);
    add_tree(&sums, x1 + i, x2 + i, weights ? weights + i : NULL);
  }
  ROLLED for (; i < n; i += 2) add_two(&sums, x1 + i, x2 + i, weights ? weights + i : NULL, i + 1 == n);
  put_total(work, sums.dot);
  put_total(work + 4, sums.norm1);
  put_total(work + 8, sums.norm2);
}

void cosdim_weighted_f64_simd128(const double *x1, const double *x2, const double *weights, size_t n, double *work) {
  sum_row(x1, x2, weights, n, work);
}

int cosdim_rows_f64_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  const double *a = x1.data, *b = x2.data;
  for (size_t i = 0; i < count; i++, a += x1.vector_stride, b += x2.vector_stride)
    sum_row(a, b, NULL, n, cosdim_work_of(work, i, count, COSDIM_GROUP_F64));
  return exact;
}
