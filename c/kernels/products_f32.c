/*
 * The kernel for all pairs of rows of two matrices: a matrix product. ROWS rows are packed, so that one pointer serves
 * them all, and meet the other rows two at a time: six loads serve eight multiply-adds, which is what the registers
 * hold. SIMD vectors run along the rows.
 */
#include "kernels/block_f32.h"

/*
 * RUN vectors of products are added in registers, RUNS such sums in float32 in memory, their halves in float32, too,
 * and these to float64 sums: RUN + RUNS roundings. A run of 24 would be a twentieth faster, with 28. PART vectors of
 * each row are packed at a time: 24 KiB, which stay in a core's first-level cache.
 */
enum { ROWS = COSDIM_PRODUCT_ROWS, COLUMNS = 2, DOTS = ROWS * COLUMNS, RUN = 12, RUNS = 4, PART = 8 * RUN * RUNS };

#define UNROLLED _Pragma("clang loop unroll(full)")

static const float *row_of(cosdim_vectors x, size_t row, size_t rows) {
  return (const float *)x.data + (ptrdiff_t)(row < rows ? row : rows - 1) * x.vector_stride;
}

/* Packs a part of the rows, interleaved vector by vector. The last row is repeated for missing ones. */
static void pack(cosdim_vectors x, size_t rows, size_t start, size_t vectors, float *panel) {
  const float *from[ROWS];
  for (size_t row = 0; row < ROWS; row++) from[row] = row_of(x, row, rows) + start;
  for (size_t i = 0; i < vectors * LANES; i += LANES, panel += ROWS * LANES)
    for (size_t row = 0; row < ROWS; row++) wasm_v128_store(panel + row * LANES, wasm_v128_load(from[row] + i));
}

/* Multiplies a vector of each packed row with one of each of two others. The first products of a run are its sums. */
INLINE void add_products(int is_first, v128_t *sums, const float *a, const float *b0, const float *b1) {
  v128_t b[COLUMNS] = {wasm_v128_load(b0), wasm_v128_load(b1)};
  UNROLLED for (int k = 0; k < DOTS; k++) {
    v128_t product = wasm_f32x4_mul(wasm_v128_load(a + k / COLUMNS * LANES), b[k % COLUMNS]);
    sums[k] = is_first ? product : wasm_f32x4_add(sums[k], product);
  }
}

/* Adds the totals of two vectors to two dots. */
INLINE void add_totals(v128_t first, v128_t next, double *dots) {
  v128_t halves =
      wasm_f32x4_add(wasm_i32x4_shuffle(first, next, 0, 4, 1, 5), wasm_i32x4_shuffle(first, next, 2, 6, 3, 7));
  wasm_v128_store(dots, add_promoted(wasm_v128_load(dots), halves));
}

/*
 * Adds the dots of a part of the packed rows with two others. The sums of runs are in `block`, in the caller's memory:
 * V8 would spill them in places of its own.
 */
static __attribute__((noinline)) void add_dots(const float *a, const float *b0, const float *b1, size_t vectors,
                                               float (*block)[LANES], double *dots) {
  const float *end = b0 + vectors * LANES;
  for (int run = 0; b0 != end;) {
    const float *stop = end - b0 > RUN * LANES ? b0 + RUN * LANES : end;
    v128_t sums[DOTS];
    add_products(1, sums, a, b0, b1);
    a += ROWS * LANES, b0 += LANES, b1 += LANES;
    ROLLED while (b0 != stop) {
      add_products(0, sums, a, b0, b1);
      a += ROWS * LANES, b0 += LANES, b1 += LANES;
    }
    if (run) UNROLLED for (int k = 0; k < DOTS; k++) sums[k] = wasm_f32x4_add(wasm_v128_load(block[k]), sums[k]);
    if (++run < RUNS && b0 != end) {
      UNROLLED for (int k = 0; k < DOTS; k++) wasm_v128_store(block[k], sums[k]);
    } else {
      UNROLLED for (int k = 0; k < DOTS; k += COLUMNS)
          add_totals(sums[k], sums[k + 1], dots + k / COLUMNS * COSDIM_PRODUCT_COLUMNS);
      run = 0;
    }
  }
}

/* Adds the products of a row with every other from element `start` on: fewer than a vector has. */
static void add_remainder(const float *a, cosdim_vectors x2, size_t start, size_t n, size_t columns, double *dots) {
  for (size_t j = 0; j < columns; j++) {
    const float *b = row_of(x2, j, columns);
    ROLLED for (size_t i = start; i < n; i++) dots[j] += (double)a[i] * b[i];
  }
}

void cosdim_products_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns,
                                 double *dots) {
  float panel[PART * ROWS * LANES], block[DOTS][LANES];
  size_t full = n / LANES;
  memset(dots, 0, COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS * sizeof *dots);
  for (size_t start = 0; start < full; start += PART) {
    size_t vectors = full - start < PART ? full - start : PART;
    pack(x1, rows, start * LANES, vectors, panel);
    for (size_t j = 0; j < columns; j += COLUMNS)
      add_dots(panel, row_of(x2, j, columns) + start * LANES, row_of(x2, j + 1, columns) + start * LANES, vectors,
               block, dots + j);
  }
  for (size_t row = 0; full * LANES < n && row < rows; row++)
    add_remainder(row_of(x1, row, rows), x2, full * LANES, n, columns, dots + row * COSDIM_PRODUCT_COLUMNS);
}
