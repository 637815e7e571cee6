/*
 * The kernel for all pairs of rows of two matrices: a matrix product, four rows by two at a time. The vectors run along
 * the rows as they lie, so that nothing is packed: six loads serve eight multiply-adds, which is what the registers
 * hold.
 */
#include "load.h"

/*
 * Products of so many vectors are added in float32, then in float64: runs of 8 give half the speed of multiply-adds, of
 * 16 three quarters, of 32 nine tenths, and a bound of as many roundings. Random data is within 2 units with 16.
 */
enum { RUN = 16, DOTS = PRODUCT_ROWS * PRODUCT_COLUMNS };

/* The dots of up to four rows of x1 with up to two of x2: where there are fewer, the last stands for those after it. */
void cosdim_products_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns, double *dots) {
  const float *a[PRODUCT_ROWS], *b[PRODUCT_COLUMNS];
  for (size_t k = 0; k < PRODUCT_ROWS; k++)
    a[k] = (const float *)x1.data + (ptrdiff_t)(k < rows ? k : rows - 1) * x1.across;
  for (size_t k = 0; k < PRODUCT_COLUMNS; k++)
    b[k] = (const float *)x2.data + (ptrdiff_t)(k < columns ? k : columns - 1) * x2.across;
  v128_t total[DOTS];
  float run[DOTS][4];
  for (int k = 0; k < DOTS; k++) total[k] = wasm_f64x2_splat(0);
  size_t i = 0, vectors = n / 4 * 4;
  while (i < vectors) {
    size_t end = vectors - i > 4 * RUN ? i + 4 * RUN : vectors;
    v128_t sum[DOTS];
#pragma clang loop unroll(full)
    for (int k = 0; k < DOTS; k++) sum[k] = wasm_f32x4_splat(0);
    for (; i < end; i += 4) {
      v128_t of2[PRODUCT_COLUMNS] = {wasm_v128_load(b[0] + i), wasm_v128_load(b[1] + i)};
#pragma clang loop unroll(full)
      for (int row = 0; row < PRODUCT_ROWS; row++) {
        v128_t of1 = wasm_v128_load(a[row] + i);
        for (int column = 0; column < PRODUCT_COLUMNS; column++) {
          v128_t *to = &sum[row * PRODUCT_COLUMNS + column];
          *to = wasm_f32x4_add(*to, wasm_f32x4_mul(of1, of2[column]));
        }
      }
    }
#pragma clang loop unroll(full)
    for (int k = 0; k < DOTS; k++) wasm_v128_store(run[k], sum[k]);
    COMPILER_BARRIER;
    for (int k = 0; k < DOTS; k++) {
      v128_t low = promote_low(wasm_v128_load64_zero(run[k])), high = promote_low(wasm_v128_load64_zero(run[k] + 2));
      total[k] = wasm_f64x2_add(total[k], wasm_f64x2_add(low, high));
    }
  }
  for (int k = 0; k < DOTS; k++) {
    double rest = 0;
    for (i = vectors; i < n; i++) rest += (double)a[k / PRODUCT_COLUMNS][i] * b[k % PRODUCT_COLUMNS][i];
    dots[k] = wasm_f64x2_extract_lane(total[k], 0) + wasm_f64x2_extract_lane(total[k], 1) + rest;
  }
}
