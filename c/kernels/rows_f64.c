/*
 * The kernels for rows of float64, for one with weights, and for one of float32 in float64: compensated sums over trees
 * of four vectors.
 */
#include "kernels/load.h"
#include "kernels/compensated.h"

INLINE cosdim_sum total_f64(sum_f64x2 sum) {
  cosdim_sum total = {wasm_f64x2_extract_lane(sum.value, 0), wasm_f64x2_extract_lane(sum.carry, 0)};
  cosdim_add(&total, wasm_f64x2_extract_lane(sum.value, 1));
  total.carry += wasm_f64x2_extract_lane(sum.carry, 1);
  return total;
}

/* The sums of a row. */
typedef struct {
  sum_f64x2 dot, norm1, norm2;
} sums_f64x2;

/* Two elements, or the last and a zero. */
INLINE v128_t load2(cosdim_dtype dtype, const void *x, int single) {
  if (dtype == COSDIM_FLOAT32) return promote_low(single ? wasm_v128_load32_zero(x) : wasm_v128_load64_zero(x));
  return single ? wasm_v128_load64_zero(x) : wasm_v128_load(x);
}

/* What is added to them. */
typedef struct {
  v128_t dot, norm1, norm2;
} products_f64x2;

/* The products of one vector of two elements, or of four, added as a tree; all weights are 1 if `weights` is NULL. */
INLINE products_f64x2 products_of(cosdim_dtype dtype, int vectors, int single, const void *x1, const void *x2,
                                  const double *weights) {
  v128_t a[4], b[4], weighted_a[4], weighted_b[4];
  for (int k = 0; k < vectors; k++) {
    a[k] = weighted_a[k] = load2(dtype, element_at(dtype, x1, 2 * k), single);
    b[k] = weighted_b[k] = load2(dtype, element_at(dtype, x2, 2 * k), single);
    if (!weights) continue;
    v128_t weight = load2(COSDIM_FLOAT64, weights + 2 * k, single);
    weighted_a[k] = wasm_f64x2_mul(weight, a[k]);
    weighted_b[k] = wasm_f64x2_mul(weight, b[k]);
  }
  if (vectors == 1)
    return (products_f64x2){wasm_f64x2_mul(*weighted_a, *b), wasm_f64x2_mul(*weighted_a, *a),
                            wasm_f64x2_mul(*weighted_b, *b)};
  return (products_f64x2){tree_f64x2(weighted_a, b), tree_f64x2(weighted_a, a), tree_f64x2(weighted_b, b)};
}

INLINE void add_compensated(sums_f64x2 *sums, products_f64x2 x) {
  add_f64x2(&sums->dot, x.dot);
  add_squares_f64x2(&sums->norm1, x.norm1);
  add_squares_f64x2(&sums->norm2, x.norm2);
}

INLINE void put_total(double *work, sum_f64x2 sum) {
  cosdim_sum total = total_f64(sum);
  work[0] = total.value;
  work[2] = total.carry;
}

/* Σw·x1·x2, Σw·x1² and Σw·x2². */
INLINE void sum_row(cosdim_dtype dtype, const void *x1, const void *x2, const double *weights, size_t n, double *work) {
  v128_t zero = wasm_f64x2_splat(0);
  sum_f64x2 none = {zero, zero};
  sums_f64x2 sums = {none, none, none};
  size_t i = 0;
#define PRODUCTS(vectors, single)                                                                               \
  products_of(dtype, vectors, single, element_at(dtype, x1, (ptrdiff_t)i), element_at(dtype, x2, (ptrdiff_t)i), \
              weights ? weights + i : NULL)
  ROLLED for (; i + 8 <= n; i += 8) {
    prefetch_stretch(cosdim_size(dtype), x1, x2, i, n);
    add_compensated(&sums, PRODUCTS(4, 0));
  }
  ROLLED for (; i < n; i += 2) add_compensated(&sums, PRODUCTS(1, i + 1 == n));
#undef PRODUCTS
  put_total(work, sums.dot);
  put_total(work + 4, sums.norm1);
  put_total(work + 8, sums.norm2);
}

void cosdim_weighted_f64_simd128(const double *x1, const double *x2, const double *weights, size_t n, double *work) {
  sum_row(COSDIM_FLOAT64, x1, x2, weights, n, work);
}

void cosdim_pair_f32_in_f64_simd128(const float *x1, const float *x2, size_t n, double *work) {
  sum_row(COSDIM_FLOAT32, x1, x2, NULL, n, work);
}

int cosdim_rows_f64_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  const double *a = x1.data, *b = x2.data;
  for (size_t i = 0; i < count; i++, a += x1.vector_stride, b += x2.vector_stride)
    sum_row(COSDIM_FLOAT64, a, b, NULL, n, cosdim_work_of(work, i, count, COSDIM_GROUP_F64));
  return exact;
}
