/* Kernels for rows: the vectors of both operands contiguous. */
#include "load.h"

/*
 * So many elements are two trees of four vectors; and the sums of so many blocks, 1.5 KiB of each operand, are kept
 * to be added in float64: few enough that the core reads on meanwhile (24 blocks are a twentieth slower out of cache).
 */
enum { BLOCK = 32, CHUNK = 12, TREE = 16 };

/* So many blocks are touched at once, and where there are no blocks, so many bytes. */
enum { TOUCHED = 4, STRETCH = 256 };

/* Where element i of two rows begins a stretch, touches it. */
INLINE void touch_stretch(size_t size, const void *x1, const void *x2, size_t i, size_t n) {
  size_t elements = STRETCH / size;
  if (i % elements != 0 || i + elements > n) return;
  touch((const char *)x1 + i * size, STRETCH);
  touch((const char *)x2 + i * size, STRETCH);
}

/* What a row needs: every sum, or those of the second operand alone, the first one's norm being known. */
typedef enum { BOTH, SECOND } which;

/* Half a block, by trees of four, into tree: dot, norm1², norm2². */
INLINE void half(cosdim_dtype dtype, which needed, const void *x1, const void *x2, float *tree) {
  v128_t a[4], b[4], dot[4], norm1[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    a[k] = load4_finite(dtype, element_of(dtype, x1, 4 * k));
    b[k] = load4_finite(dtype, element_of(dtype, x2, 4 * k));
    dot[k] = wasm_f32x4_mul(a[k], b[k]);
    norm1[k] = wasm_f32x4_mul(a[k], a[k]);
    norm2[k] = wasm_f32x4_mul(b[k], b[k]);
  }
#define TREE4(x) wasm_f32x4_add(wasm_f32x4_add(x[0], x[1]), wasm_f32x4_add(x[2], x[3]))
  wasm_v128_store(tree, TREE4(dot));
  if (needed == BOTH) wasm_v128_store(tree + 4, TREE4(norm1));
  wasm_v128_store(tree + 8, TREE4(norm2));
#undef TREE4
}

/* Adds `sums` of one half tree to the other's. */
INLINE void join(float *sums, const float *others) {
  wasm_v128_store(sums, wasm_f32x4_add(wasm_v128_load(sums), wasm_v128_load(others)));
}

typedef struct {
  sum4 dot, norm1, norm2;
} row_sums;

/* Adds up to CHUNK blocks of a row. */
INLINE void add_blocks(cosdim_dtype dtype, which needed, const void *x1, const void *x2, size_t blocks,
                       row_sums *sums) {
  float trees[CHUNK * TREE], second[TREE], *end = trees;
  for (; blocks > 0; blocks--, end += TREE) {
    if (blocks % TOUCHED == 0) {
      if (needed == BOTH) touch(x1, TOUCHED * BLOCK * bytes_of(dtype));
      touch(x2, TOUCHED * BLOCK * bytes_of(dtype));
    }
    half(dtype, needed, x1, x2, end);
    COMPILER_BARRIER;
    half(dtype, needed, element_of(dtype, x1, BLOCK / 2), element_of(dtype, x2, BLOCK / 2), second);
    /* One rounding less for the dot, so that all sums together stay within the bound (kernels.h). */
    if (needed == BOTH) {
      wasm_v128_store(end + 12, wasm_v128_load(second));
      join(end + 4, second + 4);
    } else {
      join(end, second);
    }
    join(end + 8, second + 8);
    COMPILER_BARRIER;
    x1 = element_of(dtype, x1, BLOCK);
    x2 = element_of(dtype, x2, BLOCK);
  }
  row_sums all = *sums;
  for (const float *tree = trees; tree < end; tree += TREE) {
    add4(&all.dot, tree);
    if (needed == BOTH) add4(&all.norm1, tree + 4);
    add4(&all.norm2, tree + 8);
    if (needed == BOTH) add4(&all.dot, tree + 12);
  }
  *sums = all;
}

/* Adds what is left of rows from element i on, in float64, to what their sums begin with, and puts them into groups. */
INLINE void end_rows(cosdim_dtype dtype, const void *x1, ptrdiff_t across1, const void *x2, ptrdiff_t across2,
                     size_t first, size_t n, size_t count, const row_sums *begun, double *work) {
  for (size_t row = 0; row < count; row++) {
    row_sums sums = *begun;
    size_t i = first;
    for (; i + 4 <= n; i += 4) {
      sum4 a = promote4(load4(dtype, element_of(dtype, x1, i)));
      sum4 b = promote4(load4(dtype, element_of(dtype, x2, i)));
      add_products4(&sums.dot, a, b);
      add_products4(&sums.norm1, a, a);
      add_products4(&sums.norm2, b, b);
    }
    double rest_dot = 0, rest1 = 0, rest2 = 0;
    for (; i < n; i++) {
      double a = cosdim_element(dtype, x1, i), b = cosdim_element(dtype, x2, i);
      rest_dot += a * b;
      rest1 += a * a;
      rest2 += b * b;
    }
    double *place = cosdim_work_of(work, row, count, COSDIM_GROUP_F32);
    place[0] = total4(sums.dot) + rest_dot;
    place[4] = total4(sums.norm1) + rest1;
    place[8] = total4(sums.norm2) + rest2;
    x1 = element_of(dtype, x1, across1);
    x2 = element_of(dtype, x2, across2);
  }
}

/* Σx², in float64. */
INLINE double norm_squared(cosdim_dtype dtype, const void *x, size_t n) {
  sum4 sum = zero4();
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    sum4 four = promote4(load4(dtype, element_of(dtype, x, i)));
    add_products4(&sum, four, four);
  }
  double rest = 0;
  for (; i < n; i++) rest += cosdim_element(dtype, x, i) * cosdim_element(dtype, x, i);
  return total4(sum) + rest;
}

/* How rows of a dtype are summed: functions, since a copy of each for each use would be most of the module. */
typedef struct {
  cosdim_dtype dtype;
  void (*both)(const void *x1, const void *x2, size_t blocks, row_sums *sums);
  void (*second)(const void *x1, const void *x2, size_t blocks, row_sums *sums);
  void (*end)(const void *x1, ptrdiff_t across1, const void *x2, ptrdiff_t across2, size_t first, size_t n,
              size_t count, const row_sums *begun, double *work);
  double (*norm_squared)(const void *x, size_t n);
} row_kernel;

#define ROW(name, of)                                                                                                  \
  static void both_##name(const void *x1, const void *x2, size_t blocks, row_sums *sums) {                             \
    add_blocks(of, BOTH, x1, x2, blocks, sums);                                                                        \
  }                                                                                                                    \
  static void second_##name(const void *x1, const void *x2, size_t blocks, row_sums *sums) {                           \
    add_blocks(of, SECOND, x1, x2, blocks, sums);                                                                      \
  }                                                                                                                    \
  static void end_##name(const void *x1, ptrdiff_t across1, const void *x2, ptrdiff_t across2, size_t first, size_t n, \
                         size_t count, const row_sums *begun, double *work) {                                          \
    end_rows(of, x1, across1, x2, across2, first, n, count, begun, work);                                              \
  }                                                                                                                    \
  static double norm_squared_##name(const void *x, size_t n) {                                                         \
    return norm_squared(of, x, n);                                                                                     \
  }                                                                                                                    \
  static const row_kernel name = {of, both_##name, second_##name, end_##name, norm_squared_##name};
ROW(f32, COSDIM_FLOAT32)
ROW(f16, COSDIM_FLOAT16)
#undef ROW

/*
 * Two rows of a run are summed in turn, a chunk of each, and half the run lies between them: memory gives more to four
 * streams than to two (rows of 768, out of cache: 275 ns instead of 320; one against many, where they are two streams
 * instead of one, 180 instead of 240). In cache it is all the same.
 */
enum { ROWS = 2 };

/* A square sum with an infinite half or a NaN in it is at least as large (load_finite_halves): it is made again. */
#define BEYOND_HALVES 0x1p32

static const row_sums none;

static void sum_rows(const row_kernel *kernel, which needed, cosdim_vectors x1, cosdim_vectors x2, size_t n,
                     size_t count, int exact, double *work) {
  size_t blocks = exact ? 0 : n / BLOCK, half_run = (count + 1) / ROWS;
  for (size_t i = 0; i < half_run; i++) {
    size_t rows = i + half_run < count ? ROWS : 1;
    const void *a[ROWS], *b[ROWS];
    row_sums sums[ROWS];
    for (size_t k = 0; k < rows; k++) {
      ptrdiff_t row = (ptrdiff_t)(i + k * half_run);
      a[k] = element_of(kernel->dtype, x1.data, row * x1.across);
      b[k] = element_of(kernel->dtype, x2.data, row * x2.across);
      sums[k] = none;
    }
    for (size_t block = 0; block < blocks; block += CHUNK) {
      size_t most = blocks - block < CHUNK ? blocks - block : CHUNK;
      ptrdiff_t element = (ptrdiff_t)(block * BLOCK);
      for (size_t k = 0; k < rows; k++)
        (needed == BOTH ? kernel->both : kernel->second)(element_of(kernel->dtype, a[k], element),
                                                         element_of(kernel->dtype, b[k], element), most, &sums[k]);
    }
    for (size_t k = 0; k < rows; k++) {
      double *place = cosdim_work_of(work, i + k * half_run, count, COSDIM_GROUP_F32);
      kernel->end(a[k], 0, b[k], 0, blocks * BLOCK, n, 1, &sums[k], place);
      if (kernel->dtype == COSDIM_FLOAT16 && !(place[4] < BEYOND_HALVES && place[8] < BEYOND_HALVES))
        kernel->end(a[k], 0, b[k], 0, 0, n, 1, &none, place);
    }
  }
}

/* One vector against many: its norm is summed once, in float64. Inlined, it would be there twice. */
static __attribute__((noinline)) void one_against_many(const row_kernel *kernel, cosdim_vectors one,
                                                       cosdim_vectors many, size_t n, size_t count, int exact,
                                                       int exchanged, double *work) {
  double of_one = kernel->norm_squared(one.data, n);
  sum_rows(kernel, SECOND, one, many, n, count, exact, work);
  for (size_t i = 0; i < count; i++) {
    double *sums = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    sums[4] = exchanged ? sums[8] : of_one;
    if (exchanged) sums[8] = of_one;
  }
}

/* Shorter rows take no longer in float64 alone, one after the other (10 ns for 8 elements instead of 28, 46 for 64
 * instead of 60). */
enum { WORTH_BLOCKS = 3 * BLOCK };

/* Touches and sums a batch at a time, of whole groups, so that all sums lie where one call for all would put them. */
static void short_rows(const row_kernel *kernel, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                       double *work) {
  size_t groups = STRETCH / (n * bytes_of(kernel->dtype) + 1) / COSDIM_GROUP_F32 + 1, batch = groups * COSDIM_GROUP_F32;
  for (; count >= 2 * batch; count -= batch) {
    touch_rows(kernel->dtype, x1.data, x1.across, n, batch);
    touch_rows(kernel->dtype, x2.data, x2.across, n, batch);
    kernel->end(x1.data, x1.across, x2.data, x2.across, 0, n, batch, &none, work);
    x1.data = element_of(kernel->dtype, x1.data, (ptrdiff_t)batch * x1.across);
    x2.data = element_of(kernel->dtype, x2.data, (ptrdiff_t)batch * x2.across);
    work += groups * COSDIM_GROUP_WORK;
  }
  kernel->end(x1.data, x1.across, x2.data, x2.across, 0, n, count, &none, work);
}

static int rows(const row_kernel *kernel, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact,
                double *work) {
  if (n < WORTH_BLOCKS)
    short_rows(kernel, x1, x2, n, count, work);
  else if (count > 1 && x1.across == 0)
    one_against_many(kernel, x1, x2, n, count, exact, 0, work);
  else if (count > 1 && x2.across == 0)
    one_against_many(kernel, x2, x1, n, count, exact, 1, work);
  else
    sum_rows(kernel, BOTH, x1, x2, n, count, exact, work);
  return exact || n < WORTH_BLOCKS;
}

int cosdim_rows_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  return rows(&f32, x1, x2, n, count, exact, work);
}

int cosdim_rows_f16(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  return rows(&f16, x1, x2, n, count, exact, work);
}

/* Sums of so many vectors of products of 8-bit integers fit an int32: each adds at most 4 · 255². */
enum { INTEGER_BLOCK = 4096 };

/* Eight as 16-bit integers, in one load: halves of a whole vector take Node 26 184 ns a row of 768 instead of 114. */
INLINE v128_t load8(cosdim_dtype dtype, const char *x) {
  return dtype == COSDIM_INT8 ? wasm_i16x8_load8x8(x) : wasm_u16x8_load8x8(x);
}

INLINE double total_i32(v128_t x) {
  return (double)wasm_i32x4_extract_lane(x, 0) + wasm_i32x4_extract_lane(x, 1) + wasm_i32x4_extract_lane(x, 2) +
         wasm_i32x4_extract_lane(x, 3);
}

/* Products and sums of 8-bit integers are exact. */
INLINE int integer_rows(cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                        double *work) {
  const char *a = x1.data, *b = x2.data;
  for (size_t output = 0; output < count; output++, a += x1.across, b += x2.across) {
    double total[3] = {0, 0, 0};
    size_t i = 0;
    while (i + 16 <= n) {
      size_t end = n - i > 16 * INTEGER_BLOCK ? i + 16 * INTEGER_BLOCK : n;
      v128_t dot = wasm_i32x4_splat(0), norm1 = dot, norm2 = dot;
      for (; i + 16 <= end; i += 16) {
        touch_stretch(1, a, b, i, n);
        v128_t low1 = load8(dtype, a + i), high1 = load8(dtype, a + i + 8);
        v128_t low2 = load8(dtype, b + i), high2 = load8(dtype, b + i + 8);
#define DOT(x, y) wasm_i32x4_add(wasm_i32x4_dot_i16x8(low##x, low##y), wasm_i32x4_dot_i16x8(high##x, high##y))
        dot = wasm_i32x4_add(dot, DOT(1, 2));
        norm1 = wasm_i32x4_add(norm1, DOT(1, 1));
        norm2 = wasm_i32x4_add(norm2, DOT(2, 2));
#undef DOT
      }
      total[0] += total_i32(dot);
      total[1] += total_i32(norm1);
      total[2] += total_i32(norm2);
    }
    for (; i < n; i++) {
      double of1 = cosdim_element(dtype, a, i), of2 = cosdim_element(dtype, b, i);
      total[0] += of1 * of2;
      total[1] += of1 * of1;
      total[2] += of2 * of2;
    }
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F32);
    for (int k = 0; k < 3; k++) sums[4 * k] = total[k];
  }
  return 1;
}

int cosdim_rows_i8(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  (void)exact;
  return integer_rows(COSDIM_INT8, x1, x2, n, count, work);
}

int cosdim_rows_u8(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  (void)exact;
  return integer_rows(COSDIM_UINT8, x1, x2, n, count, work);
}

double cosdim_norm_squared_f32(const float *x, size_t n) {
  return norm_squared_f32(x, n);
}

INLINE cosdim_sum total_f64(carried sum) {
  cosdim_sum total = {wasm_f64x2_extract_lane(sum.value, 0), wasm_f64x2_extract_lane(sum.carry, 0)};
  cosdim_add(&total, wasm_f64x2_extract_lane(sum.value, 1));
  total.carry += wasm_f64x2_extract_lane(sum.carry, 1);
  return total;
}

static void row_f64(const double *x1, const double *x2, size_t n, double *work) {
  v128_t zero = wasm_f64x2_splat(0);
  carried dot = {zero, zero}, norm1 = dot, norm2 = dot;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    touch_stretch(sizeof *x1, x1, x2, i, n);
    v128_t a[4], b[4];
    for (int k = 0; k < 4; k++) {
      a[k] = wasm_v128_load(x1 + i + 2 * k);
      b[k] = wasm_v128_load(x2 + i + 2 * k);
    }
    add_f64x2(&dot, tree_f64x2(a, b));
    add_f64x2(&norm1, tree_f64x2(a, a));
    add_f64x2(&norm2, tree_f64x2(b, b));
  }
  cosdim_sum sums[3] = {total_f64(dot), total_f64(norm1), total_f64(norm2)};
  for (; i < n; i++) {
    cosdim_add(&sums[0], x1[i] * x2[i]);
    cosdim_add(&sums[1], x1[i] * x1[i]);
    cosdim_add(&sums[2], x2[i] * x2[i]);
  }
  for (int k = 0; k < 3; k++) {
    work[4 * k] = sums[k].value;
    work[4 * k + 2] = sums[k].carry;
  }
}

int cosdim_rows_f64(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  const double *a = x1.data, *b = x2.data;
  for (size_t i = 0; i < count; i++, a += x1.across, b += x2.across)
    row_f64(a, b, n, cosdim_work_of(work, i, count, COSDIM_GROUP_F64));
  return exact;
}
