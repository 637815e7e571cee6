/* Kernels for rows: both operands contiguous along the reduced axis. */
#include "kernels.h"

/* Four running float32 sums, in float64. */
typedef struct {
  v128_t low, high;
} sum_f32;

static inline void flush(sum_f32 *sum, v128_t x) {
  sum->low = wasm_f64x2_add(sum->low, wasm_f64x2_promote_low_f32x4(x));
  sum->high = wasm_f64x2_add(sum->high, cosdim_promote_high(x));
}

static inline double total_f32(const sum_f32 *sum) {
  v128_t both = wasm_f64x2_add(sum->low, sum->high);
  return wasm_f64x2_extract_lane(both, 0) + wasm_f64x2_extract_lane(both, 1);
}

cosdim_sums cosdim_rows_f32(const void *data1, const void *data2, size_t n) {
  const float *x1 = data1, *x2 = data2;
  v128_t zero = wasm_f64x2_splat(0);
  sum_f32 dot = {zero, zero}, norm1 = dot, norm2 = dot;
  size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    v128_t a[8], b[8];
    for (int k = 0; k < 8; k++) {
      a[k] = wasm_v128_load(x1 + i + 4 * k);
      b[k] = wasm_v128_load(x2 + i + 4 * k);
    }
    flush(&dot, cosdim_dot8_f32x4(a, b));
    flush(&norm1, cosdim_dot8_f32x4(a, a));
    flush(&norm2, cosdim_dot8_f32x4(b, b));
  }
  for (; i + 4 <= n; i += 4) {
    v128_t a = wasm_v128_load(x1 + i), b = wasm_v128_load(x2 + i);
    flush(&dot, wasm_f32x4_mul(a, b));
    flush(&norm1, wasm_f32x4_mul(a, a));
    flush(&norm2, wasm_f32x4_mul(b, b));
  }
  cosdim_sums sums = {{total_f32(&dot), 0}, {total_f32(&norm1), 0}, {total_f32(&norm2), 0}, 0, 0};
  for (; i < n; i++) {
    double a = x1[i], b = x2[i];
    sums.dot.value += a * b;
    sums.norm1_squared.value += a * a;
    sums.norm2_squared.value += b * b;
  }
  return sums;
}

typedef struct {
  v128_t value, carry;
} sum_f64;

static inline cosdim_sum total_f64(const sum_f64 *sum) {
  cosdim_sum total = {wasm_f64x2_extract_lane(sum->value, 0), wasm_f64x2_extract_lane(sum->carry, 0)};
  cosdim_add(&total, wasm_f64x2_extract_lane(sum->value, 1));
  total.carry += wasm_f64x2_extract_lane(sum->carry, 1);
  return total;
}

/* float64 sums keep their carry, so that they do not lose more with the length either. */
cosdim_sums cosdim_rows_f64(const void *data1, const void *data2, size_t n) {
  const double *x1 = data1, *x2 = data2;
  v128_t zero = wasm_f64x2_splat(0);
  sum_f64 dot = {zero, zero}, norm1 = dot, norm2 = dot;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    v128_t a[8], b[8];
    for (int k = 0; k < 8; k++) {
      a[k] = wasm_v128_load(x1 + i + 2 * k);
      b[k] = wasm_v128_load(x2 + i + 2 * k);
    }
    cosdim_add_f64x2(&dot.value, &dot.carry, cosdim_dot8_f64x2(a, b));
    cosdim_add_f64x2(&norm1.value, &norm1.carry, cosdim_dot8_f64x2(a, a));
    cosdim_add_f64x2(&norm2.value, &norm2.carry, cosdim_dot8_f64x2(b, b));
  }
  cosdim_sums sums = {total_f64(&dot), total_f64(&norm1), total_f64(&norm2), 0, 0};
  for (; i < n; i++) {
    cosdim_add(&sums.dot, x1[i] * x2[i]);
    cosdim_add(&sums.norm1_squared, x1[i] * x1[i]);
    cosdim_add(&sums.norm2_squared, x2[i] * x2[i]);
  }
  return sums;
}
