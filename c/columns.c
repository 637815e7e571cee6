/*
 * Kernels for columns: both operands contiguous across the reduced axis. Eight rows are read side by side and their
 * products added before a column's sums in memory are touched.
 *
 * The sums of a group of columns lie together, dot, norm1² and norm2² in turn: three arrays of their own would fall on
 * the same cache lines for row lengths that are multiples of 4 KiB.
 */
#include "kernels.h"

enum { ROWS = 8 };

static inline void flush(double *sum, v128_t x) {
  wasm_v128_store(sum, wasm_f64x2_add(wasm_v128_load(sum), wasm_f64x2_promote_low_f32x4(x)));
  wasm_v128_store(sum + 2, wasm_f64x2_add(wasm_v128_load(sum + 2), cosdim_promote_high(x)));
}

/* Adds products that float64 holds exactly: the last rows are few enough for that. */
static inline void flush_products(double *sum, v128_t x, v128_t y) {
  v128_t low = wasm_f64x2_mul(wasm_f64x2_promote_low_f32x4(x), wasm_f64x2_promote_low_f32x4(y));
  v128_t high = wasm_f64x2_mul(cosdim_promote_high(x), cosdim_promote_high(y));
  wasm_v128_store(sum, wasm_f64x2_add(wasm_v128_load(sum), low));
  wasm_v128_store(sum + 2, wasm_f64x2_add(wasm_v128_load(sum + 2), high));
}

static void clear(double *work, size_t n) {
  for (size_t i = 0; i < n; i++) work[i] = 0;
}

void cosdim_columns_f32(cosdim_vector vector1, cosdim_vector vector2, size_t n, size_t columns, double *work) {
  const float *x1 = vector1.data, *x2 = vector2.data;
  ptrdiff_t step1 = vector1.step, step2 = vector2.step;
  clear(work, columns * 3);
  size_t row = 0;
  for (; row + ROWS <= n; row += ROWS, x1 += ROWS * step1, x2 += ROWS * step2) {
    for (size_t column = 0; column < columns; column += COSDIM_GROUP_F32) {
      v128_t a[ROWS], b[ROWS];
      for (int k = 0; k < ROWS; k++) {
        a[k] = wasm_v128_load(x1 + k * step1 + column);
        b[k] = wasm_v128_load(x2 + k * step2 + column);
      }
      double *sums = work + 3 * column;
      flush(sums, cosdim_dot8_f32x4(a, b));
      flush(sums + 4, cosdim_dot8_f32x4(a, a));
      flush(sums + 8, cosdim_dot8_f32x4(b, b));
    }
  }
  for (; row < n; row++, x1 += step1, x2 += step2) {
    for (size_t column = 0; column < columns; column += COSDIM_GROUP_F32) {
      v128_t a = wasm_v128_load(x1 + column), b = wasm_v128_load(x2 + column);
      double *sums = work + 3 * column;
      flush_products(sums, a, b);
      flush_products(sums + 4, a, a);
      flush_products(sums + 8, b, b);
    }
  }
}

cosdim_sums cosdim_column_f32(const double *work, size_t column) {
  const double *sums = work + column / COSDIM_GROUP_F32 * 12 + column % COSDIM_GROUP_F32;
  return (cosdim_sums){{sums[0], 0}, {sums[4], 0}, {sums[8], 0}, 0, 0};
}

/* A group of two columns holds, for each sum, its values and then its carries. */
static inline void flush_f64(double *sum, v128_t x) {
  v128_t value = wasm_v128_load(sum), carry = wasm_v128_load(sum + 2);
  cosdim_add_f64x2(&value, &carry, x);
  wasm_v128_store(sum, value);
  wasm_v128_store(sum + 2, carry);
}

void cosdim_columns_f64(cosdim_vector vector1, cosdim_vector vector2, size_t n, size_t columns, double *work) {
  const double *x1 = vector1.data, *x2 = vector2.data;
  ptrdiff_t step1 = vector1.step, step2 = vector2.step;
  clear(work, columns * COSDIM_COLUMN_WORK);
  size_t row = 0;
  for (; row + ROWS <= n; row += ROWS, x1 += ROWS * step1, x2 += ROWS * step2) {
    for (size_t column = 0; column < columns; column += COSDIM_GROUP_F64) {
      v128_t a[ROWS], b[ROWS];
      for (int k = 0; k < ROWS; k++) {
        a[k] = wasm_v128_load(x1 + k * step1 + column);
        b[k] = wasm_v128_load(x2 + k * step2 + column);
      }
      double *sums = work + 6 * column;
      flush_f64(sums, cosdim_dot8_f64x2(a, b));
      flush_f64(sums + 4, cosdim_dot8_f64x2(a, a));
      flush_f64(sums + 8, cosdim_dot8_f64x2(b, b));
    }
  }
  for (; row < n; row++, x1 += step1, x2 += step2) {
    for (size_t column = 0; column < columns; column += COSDIM_GROUP_F64) {
      v128_t a = wasm_v128_load(x1 + column), b = wasm_v128_load(x2 + column);
      double *sums = work + 6 * column;
      flush_f64(sums, wasm_f64x2_mul(a, b));
      flush_f64(sums + 4, wasm_f64x2_mul(a, a));
      flush_f64(sums + 8, wasm_f64x2_mul(b, b));
    }
  }
}

cosdim_sums cosdim_column_f64(const double *work, size_t column) {
  const double *sums = work + column / COSDIM_GROUP_F64 * 12 + column % COSDIM_GROUP_F64;
  return (cosdim_sums){{sums[0], sums[2]}, {sums[4], sums[6]}, {sums[8], sums[10]}, 0, 0};
}
