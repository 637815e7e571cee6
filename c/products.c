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
enum { RUN = 16 };

INLINE void block(const float *const *x1, const float *const *x2, const int rows, const int columns, size_t n,
                  double *dots) {
  sum4 total[8];
  float run[8][4];
  for (int k = 0; k < rows * columns; k++) total[k] = zero4();
  size_t i = 0, vectors = n / 4 * 4;
  while (i < vectors) {
    size_t end = vectors - i > 4 * RUN ? i + 4 * RUN : vectors;
    v128_t sum[8];
    for (int k = 0; k < rows * columns; k++) sum[k] = wasm_f32x4_splat(0);
    for (; i < end; i += 4) {
      v128_t b[2];
      for (int column = 0; column < columns; column++) b[column] = wasm_v128_load(x2[column] + i);
      for (int row = 0; row < rows; row++) {
        v128_t a = wasm_v128_load(x1[row] + i);
        for (int column = 0; column < columns; column++) {
          int k = row * columns + column;
          sum[k] = wasm_f32x4_add(sum[k], wasm_f32x4_mul(a, b[column]));
        }
      }
    }
    for (int k = 0; k < rows * columns; k++) wasm_v128_store(run[k], sum[k]);
    COMPILER_BARRIER;
    for (int k = 0; k < rows * columns; k++) add4(&total[k], run[k]);
  }
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++) {
      double rest = 0;
      for (i = vectors; i < n; i++) rest += (double)x1[row][i] * x2[column][i];
      dots[row * columns + column] = total4(total[row * columns + column]) + rest;
    }
}

void cosdim_products(cosdim_vectors x1, cosdim_vectors x2, size_t n, double *dots) {
  const float *a = x1.data, *b = x2.data;
  const float *of1[] = {a, a + x1.across, a + 2 * x1.across, a + 3 * x1.across}, *of2[] = {b, b + x2.across};
  block(of1, of2, 4, 2, n, dots);
}

double cosdim_product(const float *x1, const float *x2, size_t n) {
  double dot;
  block(&x1, &x2, 1, 1, n, &dot);
  return dot;
}
