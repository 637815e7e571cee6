/* The kernels for rows of float64, and for one with weights: compensated sums over trees of four vectors. */
#include "kernels/load.h"
#include "kernels/compensated.h"

INLINE cosdim_sum total_f64(sum_f64x2 sum) {
  cosdim_sum total = {wasm_f64x2_extract_lane(sum.value, 0), wasm_f64x2_extract_lane(sum.carry, 0)};
  cosdim_add(&total, wasm_f64x2_extract_lane(sum.value, 1));
  total.carry += wasm_f64x2_extract_lane(sum.carry, 1);
  return total;
}

/* Multiplied by weights, where there are any. */
INLINE v128_t weighted(const double *weights, size_t i, v128_t x) {
  return weights ? wasm_f64x2_mul(wasm_v128_load(weights + i), x) : x;
}

/* Σw·x1·x2, Σw·x1² and Σw·x2²; all w are 1 if `weights` is NULL. */
INLINE void sum_row(const double *x1, const double *x2, const double *weights, size_t n, double *work) {
  v128_t zero = wasm_f64x2_splat(0);
  sum_f64x2 dot = {zero, zero}, norm1 = dot, norm2 = dot;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    prefetch_stretch(sizeof *x1, x1, x2, i, n);
    v128_t a[4], b[4], weighted_a[4], weighted_b[4];
    for (size_t k = 0; k < 4; k++) {
      a[k] = wasm_v128_load(x1 + i + 2 * k);
      b[k] = wasm_v128_load(x2 + i + 2 * k);
      weighted_a[k] = weighted(weights, i + 2 * k, a[k]);
      weighted_b[k] = weighted(weights, i + 2 * k, b[k]);
    }
    add_f64x2(&dot, tree_f64x2(weighted_a, b));
    add_f64x2(&norm1, tree_f64x2(weighted_a, a));
    add_f64x2(&norm2, tree_f64x2(weighted_b, b));
  }
  cosdim_sum sums[3] = {total_f64(dot), total_f64(norm1), total_f64(norm2)};
  for (; i < n; i++) {
    double weight = weights ? weights[i] : 1;
    cosdim_add(&sums[0], weight * x1[i] * x2[i]);
    cosdim_add(&sums[1], weight * x1[i] * x1[i]);
    cosdim_add(&sums[2], weight * x2[i] * x2[i]);
  }
  for (int k = 0; k < 3; k++) {
    work[4 * k] = sums[k].value;
    work[4 * k + 2] = sums[k].carry;
  }
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
