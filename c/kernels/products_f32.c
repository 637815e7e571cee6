/*
 * The kernel for all pairs of rows of two matrices: a matrix product. It takes parts of the rows that stay in a core's
 * first-level cache while every row of one block meets every row of the other. SIMD vectors run along the rows.
 */
#include "kernels/load.h"

/*
 * Four rows by two at a time: six loads serve eight multiply-adds, which is what the registers hold. RUN vectors of
 * products are added in registers, RUNS such sums in float32 in memory, and those in float64: RUN + RUNS - 1 roundings.
 * Longer runs (32, 16) are up to a sixth faster; shorter ones (8, 8) are a twentieth slower at the same bound.
 */
enum { ROWS = 4, COLUMNS = 2, DOTS = ROWS * COLUMNS, LANES = 4, RUN = 12, RUNS = 5, PART = RUN * RUNS };

static const float *row_of(cosdim_vectors x, size_t row, size_t rows) {
  return (const float *)x.data + (ptrdiff_t)(row < rows ? row : rows - 1) * x.vector_stride;
}

/*
 * Packs a part of ROWS rows, interleaved vector by vector, so that one pointer serves them all: a tenth faster than a
 * pointer for each. The last row is repeated for missing ones.
 */
static void pack(cosdim_vectors x, size_t first, size_t rows, size_t start, size_t vectors, float *panel) {
  const float *from[ROWS];
  for (size_t row = 0; row < ROWS; row++) from[row] = row_of(x, first + row, rows) + start;
  for (size_t i = 0; i < vectors * LANES; i += LANES, panel += ROWS * LANES)
    for (size_t row = 0; row < ROWS; row++) wasm_v128_store(panel + row * LANES, wasm_v128_load(from[row] + i));
}

/* Adds the dots of a part of ROWS rows with two others to `total`, whose two lanes are added up at the end. */
static void add_dots(const float *a, const float *b0, const float *b1, size_t vectors, double (*total)[2]) {
  float sums[DOTS][LANES];
#pragma clang loop unroll(full)
  for (int k = 0; k < DOTS; k++) wasm_v128_store(sums[k], wasm_f32x4_splat(0));
  while (vectors) {
    size_t run = vectors < RUN ? vectors : RUN;
    const float *end = b0 + run * LANES;
    vectors -= run;
    v128_t sum[DOTS];
#pragma clang loop unroll(full)
    for (int k = 0; k < DOTS; k++) sum[k] = wasm_f32x4_splat(0);
#pragma clang loop unroll(disable)
    for (; b0 != end; a += ROWS * LANES, b0 += LANES, b1 += LANES) {
      v128_t of2[COLUMNS] = {wasm_v128_load(b0), wasm_v128_load(b1)};
#pragma clang loop unroll(full)
      for (int row = 0; row < ROWS; row++) {
        v128_t of1 = wasm_v128_load(a + row * LANES);
        for (int column = 0; column < COLUMNS; column++) {
          v128_t *to = &sum[row * COLUMNS + column];
          *to = wasm_f32x4_add(*to, wasm_f32x4_mul(of1, of2[column]));
        }
      }
    }
#pragma clang loop unroll(full)
    for (int k = 0; k < DOTS; k++) wasm_v128_store(sums[k], wasm_f32x4_add(wasm_v128_load(sums[k]), sum[k]));
  }
#pragma clang loop unroll(full)
  for (int k = 0; k < DOTS; k++) {
    double *to = total[k / COLUMNS * COSDIM_PRODUCT_COLUMNS + k % COLUMNS];
    v128_t low = promote_low(wasm_v128_load64_zero(sums[k])), high = promote_low(wasm_v128_load64_zero(sums[k] + 2));
    wasm_v128_store(to, wasm_f64x2_add(wasm_v128_load(to), wasm_f64x2_add(low, high)));
  }
}

/* Adds the products of a row with every other from element `start` on: fewer than a vector has. */
static void add_remainder(const float *a, cosdim_vectors x2, size_t start, size_t n, size_t columns, double *dots) {
  for (size_t j = 0; j < columns; j++) {
    const float *b = row_of(x2, j, columns);
    for (size_t i = start; i < n; i++) dots[j] += (double)a[i] * b[i];
  }
}

void cosdim_products_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns,
                                 double *dots) {
  float panels[COSDIM_PRODUCT_ROWS / ROWS][PART * ROWS * LANES];
  double total[COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS][2];
  size_t full = n / LANES;
  for (size_t row = 0; row < rows + -rows % ROWS; row++)
    for (size_t j = 0; j < columns + columns % COLUMNS; j++)
      wasm_v128_store(total[row * COSDIM_PRODUCT_COLUMNS + j], wasm_f64x2_splat(0));
  for (size_t start = 0; start < full; start += PART) {
    size_t vectors = full - start < PART ? full - start : PART;
    for (size_t row = 0; row < rows; row += ROWS) pack(x1, row, rows, start * LANES, vectors, panels[row / ROWS]);
    for (size_t j = 0; j < columns; j += COLUMNS) {
      const float *b0 = row_of(x2, j, columns) + start * LANES, *b1 = row_of(x2, j + 1, columns) + start * LANES;
      for (size_t row = 0; row < rows; row += ROWS)
        add_dots(panels[row / ROWS], b0, b1, vectors, total + row * COSDIM_PRODUCT_COLUMNS + j);
    }
  }
  for (size_t row = 0; row < rows; row++) {
    for (size_t j = 0; j < columns; j += COLUMNS) {
      size_t k = row * COSDIM_PRODUCT_COLUMNS + j;
      v128_t first = wasm_v128_load(total[k]), next = wasm_v128_load(total[k + 1]);
      wasm_v128_store(dots + k,
                      wasm_f64x2_add(wasm_i64x2_shuffle(first, next, 0, 2), wasm_i64x2_shuffle(first, next, 1, 3)));
    }
    if (full * LANES < n)
      add_remainder(row_of(x1, row, rows), x2, full * LANES, n, columns, dots + row * COSDIM_PRODUCT_COLUMNS);
  }
}
