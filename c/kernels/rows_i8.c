/* Kernels for rows of 8-bit integers, whose products and sums are exact. */
#include "kernels/load.h"

/* As many vectors of products as an int32 can hold the sum of: each adds at most 4 · 255². */
enum { INTEGER_BLOCK = 4096 };

INLINE double total_i32(v128_t x) {
  v128_t high = wasm_i32x4_shuffle(x, x, 2, 3, 2, 3);
  v128_t pairs = wasm_f64x2_add(wasm_f64x2_convert_low_i32x4(x), wasm_f64x2_convert_low_i32x4(high));
  return wasm_f64x2_extract_lane(pairs, 0) + wasm_f64x2_extract_lane(pairs, 1);
}

INLINE v128_t dot16(v128_t low1, v128_t high1, v128_t low2, v128_t high2) {
  return wasm_i32x4_add(wasm_i32x4_dot_i16x8(low1, low2), wasm_i32x4_dot_i16x8(high1, high2));
}

/* Sums of one row: dot, norm1², norm2². */
INLINE void sum_row(cosdim_dtype dtype, const char *x1, const char *x2, size_t n, double *total) {
  size_t i = 0;
  total[0] = total[1] = total[2] = 0;
  while (i + 16 <= n) {
    size_t end = n - i > 16 * INTEGER_BLOCK ? i + 16 * INTEGER_BLOCK : n;
    v128_t dot = wasm_i32x4_splat(0), norm1 = dot, norm2 = dot;
    for (; i + 16 <= end; i += 16) {
      prefetch_stretch(1, x1, x2, i, n);
      v128_t low1 = load8(dtype, x1 + i), high1 = load8(dtype, x1 + i + 8);
      v128_t low2 = load8(dtype, x2 + i), high2 = load8(dtype, x2 + i + 8);
      dot = wasm_i32x4_add(dot, dot16(low1, high1, low2, high2));
      norm1 = wasm_i32x4_add(norm1, dot16(low1, high1, low1, high1));
      norm2 = wasm_i32x4_add(norm2, dot16(low2, high2, low2, high2));
    }
    total[0] += total_i32(dot);
    total[1] += total_i32(norm1);
    total[2] += total_i32(norm2);
  }
  ROLLED for (; i < n; i++) {
    double of1 = cosdim_element(dtype, x1, (ptrdiff_t)i), of2 = cosdim_element(dtype, x2, (ptrdiff_t)i);
    total[0] += of1 * of2;
    total[1] += of1 * of1;
    total[2] += of2 * of2;
  }
}

INLINE int rows(cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, double *work) {
  const char *a = x1.data, *b = x2.data;
  for (size_t output = 0; output < count; output++, a += x1.vector_stride, b += x2.vector_stride) {
    double total[3];
    sum_row(dtype, a, b, n, total);
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F32);
    for (int k = 0; k < 3; k++) sums[4 * k] = total[k];
  }
  return 1;
}

INLINE double norm_squared(cosdim_dtype dtype, const char *x, size_t n) {
  double total = 0;
  const char *end = x + n / 16 * 16;
  ROLLED while (x != end) {
    const char *stop = end - x > 16 * INTEGER_BLOCK ? x + 16 * INTEGER_BLOCK : end;
    v128_t sum = wasm_i32x4_splat(0);
    ROLLED for (; x != stop; x += 16) {
      v128_t low = load8(dtype, x), high = load8(dtype, x + 8);
      sum = wasm_i32x4_add(sum, dot16(low, high, low, high));
    }
    total += total_i32(sum);
  }
  ROLLED for (ptrdiff_t i = 0; i < (ptrdiff_t)(n % 16); i++) total +=
      cosdim_element(dtype, x, i) * cosdim_element(dtype, x, i);
  return total;
}

#define ROWS_OF(name, dtype)                                                                                \
  int cosdim_rows_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, \
                                   double *work) {                                                          \
    (void)exact;                                                                                            \
    return rows(dtype, x1, x2, n, count, work);                                                             \
  }                                                                                                         \
  double cosdim_norm_squared_##name##_simd128(const void *x, size_t n) {                                    \
    return norm_squared(dtype, x, n);                                                                       \
  }
COSDIM_INTEGER_KERNELS(ROWS_OF)
#undef ROWS_OF
