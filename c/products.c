/*
 * The kernel for all pairs of rows of two matrices: a matrix product, four rows by two at a time. The vectors run along
 * the rows as they lie, so that nothing is packed: six loads serve eight multiply-adds, which is what the registers
 * hold.
 */
#include "load.h"

/*
 * Products of RUN vectors are added in registers, RUNS such sums in float32 in memory, and those in float64: RUN + RUNS
 * - 1 roundings. Longer runs are up to a sixth faster (32, 16), shorter ones (8, 8) a twentieth slower, for the same
 * bound.
 */
enum { RUN = 12, RUNS = 5, COLUMNS = 2, DOTS = PRODUCT_ROWS * COLUMNS };

/* Rows whose dots are taken together: where there are fewer, the last stands for those after it. */
INLINE void take(const float **rows, size_t most, cosdim_vectors x, size_t count) {
  for (size_t k = 0; k < most; k++) rows[k] = (const float *)x.data + (ptrdiff_t)(k < count ? k : count - 1) * x.across;
}

/* The dots of four rows with two. */
static void dots_of(const float *const *a, const float *const *b, size_t n, double *dots, size_t across) {
  v128_t total[DOTS];
  float part[DOTS][4];
  for (int k = 0; k < DOTS; k++) total[k] = wasm_f64x2_splat(0);
  size_t i = 0, vectors = n / 4 * 4;
  while (i < vectors) {
    size_t last = vectors - i > 4 * RUN * RUNS ? i + 4 * RUN * RUNS : vectors;
    for (int k = 0; k < DOTS; k++) wasm_v128_store(part[k], wasm_f32x4_splat(0));
    while (i < last) {
      size_t end = last - i > 4 * RUN ? i + 4 * RUN : last;
      v128_t sum[DOTS];
#pragma clang loop unroll(full)
      for (int k = 0; k < DOTS; k++) sum[k] = wasm_f32x4_splat(0);
      for (; i < end; i += 4) {
        v128_t of2[COLUMNS] = {wasm_v128_load(b[0] + i), wasm_v128_load(b[1] + i)};
#pragma clang loop unroll(full)
        for (int row = 0; row < PRODUCT_ROWS; row++) {
          v128_t of1 = wasm_v128_load(a[row] + i);
          for (int column = 0; column < COLUMNS; column++) {
            v128_t *to = &sum[row * COLUMNS + column];
            *to = wasm_f32x4_add(*to, wasm_f32x4_mul(of1, of2[column]));
          }
        }
      }
#pragma clang loop unroll(full)
      for (int k = 0; k < DOTS; k++) wasm_v128_store(part[k], wasm_f32x4_add(wasm_v128_load(part[k]), sum[k]));
      COMPILER_BARRIER;
    }
    for (int k = 0; k < DOTS; k++) {
      v128_t low = promote_low(wasm_v128_load64_zero(part[k])), high = promote_low(wasm_v128_load64_zero(part[k] + 2));
      total[k] = wasm_f64x2_add(total[k], wasm_f64x2_add(low, high));
    }
  }
  for (int k = 0; k < DOTS; k++) {
    double rest = 0;
    for (i = vectors; i < n; i++) rest += (double)a[k / COLUMNS][i] * b[k % COLUMNS][i];
    dots[(size_t)(k / COLUMNS) * across + (size_t)(k % COLUMNS)] =
        wasm_f64x2_extract_lane(total[k], 0) + wasm_f64x2_extract_lane(total[k], 1) + rest;
  }
}

void cosdim_products_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns, double *dots,
                         size_t across) {
  const float *a[PRODUCT_ROWS], *b[COLUMNS];
  take(a, PRODUCT_ROWS, x1, rows);
  for (size_t j = 0; j < columns; j += COLUMNS) {
    take(b, COLUMNS, x2, columns - j);
    dots_of(a, b, n, dots + j, across);
    x2.data = (const float *)x2.data + COLUMNS * x2.across;
  }
}
