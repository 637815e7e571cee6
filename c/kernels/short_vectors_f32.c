/*
 * The kernel for vectors of a few float32 elements, in any layout: it accumulates in float64 and finalizes at once, a
 * group at a time. Writing the sums to memory and reading them again would take as long as computing them (10^6 x 3:
 * 5.5 ns per output instead of 3.3; 8 elements 5.7 instead of 3.8).
 */
#include "kernels/output_group.h"

/* How the vectors of two neighbouring outputs lie: at any distance, side by side, or as contiguous triples. */
typedef enum { APART, SIDE_BY_SIDE, TRIPLES } layout;

/* One element of each of the vectors of two outputs. */
INLINE v128_t load_two(layout as, const float *x, ptrdiff_t vector_stride) {
  if (as == SIDE_BY_SIDE) return promote_low(wasm_v128_load64_zero(x));
  return promote_low(wasm_v128_load32_lane(x + vector_stride, wasm_v128_load32_zero(x), 1));
}

/* The sums of the products of two contiguous triples, which three vectors of two hold. */
INLINE v128_t total_of_triples(const v128_t *x, const v128_t *y) {
  v128_t first = wasm_f64x2_mul(x[0], y[0]), middle = wasm_f64x2_mul(x[1], y[1]), last = wasm_f64x2_mul(x[2], y[2]);
  return wasm_f64x2_add(wasm_f64x2_add(wasm_i64x2_shuffle(first, last, 0, 2), wasm_i64x2_shuffle(first, last, 1, 3)),
                        middle);
}

/* The sums of two outputs, the `pair`th of a group. */
INLINE void sum_two(layout as, const float *x1, const float *x2, cosdim_vectors of1, cosdim_vectors of2, size_t n,
                    group *sums, int pair) {
  v128_t dot, norm1, norm2;
  if (as == TRIPLES) {
    v128_t a[3], b[3];
    for (int k = 0; k < 3; k++) {
      a[k] = promote_low(wasm_v128_load64_zero(x1 + 2 * k));
      b[k] = promote_low(wasm_v128_load64_zero(x2 + 2 * k));
    }
    dot = total_of_triples(a, b), norm1 = total_of_triples(a, a), norm2 = total_of_triples(b, b);
  } else {
    v128_t a = load_two(as, x1, of1.vector_stride), b = load_two(as, x2, of2.vector_stride);
    dot = wasm_f64x2_mul(a, b), norm1 = wasm_f64x2_mul(a, a), norm2 = wasm_f64x2_mul(b, b);
    while (--n > 0) {
      x1 += of1.element_stride, x2 += of2.element_stride;
      a = load_two(as, x1, of1.vector_stride), b = load_two(as, x2, of2.vector_stride);
      dot = wasm_f64x2_add(dot, wasm_f64x2_mul(a, b));
      norm1 = wasm_f64x2_add(norm1, wasm_f64x2_mul(a, a));
      norm2 = wasm_f64x2_add(norm2, wasm_f64x2_mul(b, b));
    }
  }
  sums->dot[pair] = dot;
  sums->norm1_squared[pair] = norm1;
  sums->norm2_squared[pair] = norm2;
}

INLINE size_t finalize_as(layout as, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                          const safe_range *range, float *out) {
  const float *a = x1.data, *b = x2.data;
  size_t i = 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32) {
    group sums;
    for (int pair = 0; pair < 2; pair++, a += 2 * x1.vector_stride, b += 2 * x2.vector_stride)
      sum_two(as, a, b, x1, x2, n, &sums, pair);
    if (!group_in_safe_range(&sums, range)) break;
    finalize_group(&sums, 1, out + i);
  }
  return i;
}

size_t cosdim_finalize_short_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                                         const safe_range *range, float *out) {
  if (x1.vector_stride == 1 && x2.vector_stride == 1) return finalize_as(SIDE_BY_SIDE, x1, x2, n, count, range, out);
  if (n == 3 && x1.element_stride == 1 && x2.element_stride == 1 && x1.vector_stride == 3 && x2.vector_stride == 3)
    return finalize_as(TRIPLES, x1, x2, n, count, range, out);
  return finalize_as(APART, x1, x2, n, count, range, out);
}
