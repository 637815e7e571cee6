/*
 * The kernels for all pairs of rows of two matrices: a matrix product. ROWS rows are packed, so that one pointer serves
 * them all, and meet the other rows two at a time: six loads serve eight multiply-adds, which is what the registers
 * hold. SIMD vectors run along the rows.
 */
#include "kernels/block_f32.h"

/* PART vectors of each row are packed at a time: 24 KiB, which stay in a core's first-level cache. */
enum { ROWS = COSDIM_PRODUCT_ROWS, COLUMNS = 2, DOTS = ROWS * COLUMNS, PART = 384 };

/* Packed rows, and room for sums that registers cannot hold: V8 would spill them in places of its own. */
typedef struct {
  v128_t vectors[PART * ROWS], sums[DOTS];
} panel;

/* The part of the rows of a matrix that is multiplied next: where the first row's is, and how many bytes apart they
 * are. */
typedef struct {
  const char *first;
  ptrdiff_t step;
  size_t count;
} part;

#define UNROLLED _Pragma("clang loop unroll(full)")

/*
 * Floats: RUN vectors of products are added in registers, RUNS such sums in float32 in memory, their halves in float32,
 * too, and these to float64 sums: RUN + RUNS roundings. A run of 24 would be a twentieth faster, with 28.
 */
enum { RUN = 12, RUNS = 4 };

/* Multiplies a vector of each packed row with one of each of two others. The first products of a run are its sums. */
INLINE void add_products(int is_first, v128_t *sums, const v128_t *a, const char *b0, const char *b1) {
  v128_t b[COLUMNS] = {wasm_v128_load(b0), wasm_v128_load(b1)};
  UNROLLED for (int k = 0; k < DOTS; k++) {
    v128_t product = wasm_f32x4_mul(a[k / COLUMNS], b[k % COLUMNS]);
    sums[k] = is_first ? product : wasm_f32x4_add(sums[k], product);
  }
}

/* Adds the totals of two vectors to two dots. */
INLINE void add_totals(v128_t first, v128_t next, double *dots) {
  v128_t halves =
      wasm_f32x4_add(wasm_i32x4_shuffle(first, next, 0, 4, 1, 5), wasm_i32x4_shuffle(first, next, 2, 6, 3, 7));
  wasm_v128_store(dots, add_promoted(wasm_v128_load(dots), halves));
}

/* Adds the dots of the packed rows with two others. */
static __attribute__((noinline)) void add_dots_f32(panel *packed, const char *b0, const char *b1, size_t vectors,
                                                   double *dots) {
  enum { BYTES = sizeof(v128_t) };
  const v128_t *a = packed->vectors;
  const char *end = b0 + vectors * BYTES;
  for (int run = 0; b0 != end;) {
    const char *stop = end - b0 > RUN * BYTES ? b0 + RUN * BYTES : end;
    v128_t sums[DOTS];
    add_products(1, sums, a, b0, b1);
    a += ROWS, b0 += BYTES, b1 += BYTES;
    ROLLED while (b0 != stop) {
      add_products(0, sums, a, b0, b1);
      a += ROWS, b0 += BYTES, b1 += BYTES;
    }
    if (run) UNROLLED for (int k = 0; k < DOTS; k++) sums[k] = wasm_f32x4_add(packed->sums[k], sums[k]);
    if (++run < RUNS && b0 != end) {
      UNROLLED for (int k = 0; k < DOTS; k++) packed->sums[k] = sums[k];
    } else {
      UNROLLED for (int k = 0; k < DOTS; k += COLUMNS)
          add_totals(sums[k], sums[k + 1], dots + k / COLUMNS * COSDIM_PRODUCT_COLUMNS);
      run = 0;
    }
  }
}

/* add_totals for int32. */
INLINE void add_totals_i32(v128_t first, v128_t next, double *dots) {
  v128_t halves =
      wasm_i32x4_add(wasm_i32x4_shuffle(first, next, 0, 4, 1, 5), wasm_i32x4_shuffle(first, next, 2, 6, 3, 7));
  v128_t totals = wasm_i32x4_add(halves, wasm_i32x4_shuffle(halves, halves, 2, 3, 2, 3));
  wasm_v128_store(dots, wasm_f64x2_add(wasm_v128_load(dots), wasm_f64x2_convert_low_i32x4(totals)));
}

/*
 * 8-bit integers are multiplied as 16-bit ones, eight at a time, and their dots are exact: the total of a part is at
 * most 8 · PART · 255², less than 2^28.
 */
INLINE void add_integer_dots(cosdim_dtype dtype, const panel *packed, const char *b0, const char *b1, size_t vectors,
                             double *dots) {
  const v128_t *a = packed->vectors;
  v128_t sums[DOTS];
  UNROLLED for (int k = 0; k < DOTS; k++) sums[k] = wasm_i32x4_splat(0);
  ROLLED for (const char *end = b0 + vectors * 8; b0 != end; a += ROWS, b0 += 8, b1 += 8) {
    v128_t b[COLUMNS] = {load8(dtype, b0), load8(dtype, b1)};
    UNROLLED for (int k = 0; k < DOTS; k++) {
      v128_t product = wasm_i32x4_dot_i16x8(a[k / COLUMNS], b[k % COLUMNS]);
      sums[k] = wasm_i32x4_add(sums[k], product);
    }
  }
  UNROLLED for (int k = 0; k < DOTS; k += COLUMNS)
      add_totals_i32(sums[k], sums[k + 1], dots + k / COLUMNS * COSDIM_PRODUCT_COLUMNS);
}

/* How many bytes of a row a SIMD vector takes. */
INLINE size_t vector_bytes(size_t size) {
  return size == 1 ? 8 : sizeof(v128_t);
}

/* Packs rows, interleaved vector by vector. The last row is repeated for missing ones. */
INLINE void pack(cosdim_dtype dtype, const part *x, size_t vectors, v128_t *to) {
  const size_t bytes = vector_bytes(cosdim_size(dtype));
  const char *from[ROWS] = {x->first};
  UNROLLED for (size_t row = 1; row < ROWS; row++) from[row] = from[row - 1] + (row < x->count ? x->step : 0);
  ROLLED for (size_t i = 0; i < vectors * bytes; i += bytes, to += ROWS)
      UNROLLED for (size_t row = 0; row < ROWS; row++) to[row] =
          dtype == COSDIM_FLOAT32 ? wasm_v128_load(from[row] + i) : load8(dtype, from[row] + i);
}

/* Replaces vectors by copies of their last elements, fewer than a SIMD vector has, and zeros. */
static __attribute__((noinline)) void copy_rest(part *x, size_t bytes, v128_t *to) {
  const char *from = x->first;
  ptrdiff_t step = x->step;
  x->first = (const char *)to;
  x->step = sizeof *to;
  ROLLED for (size_t i = 0; i < x->count; i++, from += step, to++) {
    *to = wasm_i32x4_splat(0);
    ROLLED for (size_t k = 0; k < bytes; k++)((char *)to)[k] = from[k];
  }
}

/* Adds the dots of a part of rows with that of others. */
typedef void add_part_kernel(const part *x1, const part *x2, size_t vectors, double *dots);

static __attribute__((noinline)) void products(add_part_kernel *add_part, ptrdiff_t size, size_t n, part x1, part x2,
                                               double *dots) {
  const size_t bytes = vector_bytes((size_t)size);
  size_t left = n * (size_t)size;
  x1.step *= size, x2.step *= size;
  memset(dots, 0, COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS * sizeof *dots);
  while (left >= bytes) {
    size_t vectors = left / bytes < PART ? left / bytes : PART;
    add_part(&x1, &x2, vectors, dots);
    x1.first += vectors * bytes;
    x2.first += vectors * bytes;
    left -= vectors * bytes;
  }
  if (left) {
    v128_t rest1[ROWS], rest2[COSDIM_PRODUCT_COLUMNS];
    copy_rest(&x1, left, rest1);
    copy_rest(&x2, left, rest2);
    add_part(&x1, &x2, 1, dots);
  }
}

#define PRODUCTS_OF(name, dtype)                                                                                     \
  static void add_part_##name(const part *x1, const part *x2, size_t vectors, double *dots) {                        \
    panel packed;                                                                                                    \
    pack(dtype, x1, vectors, packed.vectors);                                                                        \
    const char *b = x2->first;                                                                                       \
    for (size_t j = 0; j < x2->count; j += COLUMNS, b += COLUMNS * x2->step)                                         \
      add_dots_##name(&packed, b, b + (j + 1 < x2->count ? x2->step : 0), vectors, dots + j);                        \
  }                                                                                                                  \
  void cosdim_products_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns, \
                                        double *dots) {                                                              \
    products(add_part_##name, (ptrdiff_t)cosdim_size(dtype), n, (part){x1.data, x1.vector_stride, rows},             \
             (part){x2.data, x2.vector_stride, columns}, dots);                                                      \
  }
#define INTEGER_PRODUCTS_OF(name, dtype)                                                                     \
  static __attribute__((noinline)) void add_dots_##name(const panel *packed, const char *b0, const char *b1, \
                                                        size_t vectors, double *dots) {                      \
    add_integer_dots(dtype, packed, b0, b1, vectors, dots);                                                  \
  }                                                                                                          \
  PRODUCTS_OF(name, dtype)
COSDIM_INTEGER_KERNELS(INTEGER_PRODUCTS_OF)
PRODUCTS_OF(f32, COSDIM_FLOAT32)
#undef PRODUCTS_OF
#undef INTEGER_PRODUCTS_OF
