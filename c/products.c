/*
 * The kernel for all pairs of rows of two matrices: a matrix product, by parts of the rows that stay in a core's first
 * cache while every row of the one block meets every row of the other. The vectors run along the rows.
 */
#include "load.h"

/*
 * Four rows by two at a time: six loads serve eight multiply-adds, which is what the registers hold. Of their products,
 * RUN vectors are added in registers, RUNS such sums in float32 in memory, and those in float64: RUN + RUNS - 1
 * roundings. Longer runs are up to a sixth faster (32, 16), shorter ones (8, 8) a twentieth slower, for the same bound.
 */
enum { ROWS = 4, COLUMNS = 2, DOTS = ROWS * COLUMNS, LANES = 4, RUN = 12, RUNS = 5, PART = RUN * RUNS };

static const float *row_of(cosdim_vectors x, size_t row, size_t rows) {
  return (const float *)x.data + (ptrdiff_t)(row < rows ? row : rows - 1) * x.across;
}

/*
 * A part of ROWS rows, vector by vector, one of each in turn, so that one pointer serves them all: a tenth faster than
 * a pointer for each. Where there are fewer rows, the last stands for those after it.
 */
static void pack(cosdim_vectors x, size_t first, size_t rows, size_t start, size_t vectors, float *panel) {
  const float *from[ROWS];
  for (size_t row = 0; row < ROWS; row++) from[row] = row_of(x, first + row, rows) + start;
  for (size_t i = 0; i < vectors * LANES; i += LANES, panel += ROWS * LANES)
    for (size_t row = 0; row < ROWS; row++) wasm_v128_store(panel + row * LANES, wasm_v128_load(from[row] + i));
}

/* Adds the dots of a part of ROWS rows with two others to `total`, in vectors whose lanes are still to be added. */
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
    COMPILER_BARRIER;
  }
#pragma clang loop unroll(full)
  for (int k = 0; k < DOTS; k++) {
    double *to = total[k / COLUMNS * PRODUCT_COLUMNS + k % COLUMNS];
    v128_t low = promote_low(wasm_v128_load64_zero(sums[k])), high = promote_low(wasm_v128_load64_zero(sums[k] + 2));
    wasm_v128_store(to, wasm_f64x2_add(wasm_v128_load(to), wasm_f64x2_add(low, high)));
  }
}

/* Adds the products from element `start` on, fewer than a vector, of a row with every other. */
static void add_rest(const float *a, cosdim_vectors x2, size_t start, size_t n, size_t columns, double *dots) {
  for (size_t j = 0; j < columns; j++) {
    const float *b = row_of(x2, j, columns);
    for (size_t i = start; i < n; i++) dots[j] += (double)a[i] * b[i];
  }
}

void cosdim_products_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns, double *dots) {
  float panels[PRODUCT_ROWS / ROWS][PART * ROWS * LANES];
  double total[PRODUCT_ROWS * PRODUCT_COLUMNS][2];
  size_t whole = n / LANES;
  for (size_t row = 0; row < rows + -rows % ROWS; row++)
    for (size_t j = 0; j < columns + columns % COLUMNS; j++)
      wasm_v128_store(total[row * PRODUCT_COLUMNS + j], wasm_f64x2_splat(0));
  for (size_t start = 0; start < whole; start += PART) {
    size_t vectors = whole - start < PART ? whole - start : PART;
    for (size_t row = 0; row < rows; row += ROWS) pack(x1, row, rows, start * LANES, vectors, panels[row / ROWS]);
    for (size_t j = 0; j < columns; j += COLUMNS) {
      const float *b0 = row_of(x2, j, columns) + start * LANES, *b1 = row_of(x2, j + 1, columns) + start * LANES;
      for (size_t row = 0; row < rows; row += ROWS)
        add_dots(panels[row / ROWS], b0, b1, vectors, total + row * PRODUCT_COLUMNS + j);
    }
  }
  for (size_t row = 0; row < rows; row++) {
    for (size_t j = 0; j < columns; j += COLUMNS) {
      size_t k = row * PRODUCT_COLUMNS + j;
      v128_t one = wasm_v128_load(total[k]), other = wasm_v128_load(total[k + 1]);
      wasm_v128_store(dots + k,
                      wasm_f64x2_add(wasm_i64x2_shuffle(one, other, 0, 2), wasm_i64x2_shuffle(one, other, 1, 3)));
    }
    if (whole * LANES < n) add_rest(row_of(x1, row, rows), x2, whole * LANES, n, columns, dots + row * PRODUCT_COLUMNS);
  }
}
