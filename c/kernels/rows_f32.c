/* Kernels for rows of float32 and float16: the vectors of both operands are contiguous. */
#include "kernels/load.h"

/*
 * A block is two trees of four SIMD vectors. The sums of CHUNK blocks, 1.5 KiB of each operand, are collected in memory
 * and then added in float64. That is so few that the core keeps reading meanwhile (24 blocks are a twentieth slower out
 * of cache).
 */
enum { BLOCK = 32, CHUNK = 12, TREE = 16 };

/* How many blocks are prefetched at once. */
enum { PREFETCH_BLOCKS = 4 };

/* Which norms a row needs: both, or the second operand's alone, because the first one's is known. */
typedef enum { BOTH_NORMS, NORM2_ALONE } norms_needed;

/* One tree of four vectors into `tree`: dot, norm1², norm2². */
INLINE void add_tree(cosdim_dtype dtype, norms_needed norms, const void *x1, const void *x2, float *tree) {
  v128_t a[4], b[4], dot[4], norm1[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    a[k] = load4_finite(dtype, element_at(dtype, x1, 4 * k));
    b[k] = load4_finite(dtype, element_at(dtype, x2, 4 * k));
    dot[k] = wasm_f32x4_mul(a[k], b[k]);
    norm1[k] = wasm_f32x4_mul(a[k], a[k]);
    norm2[k] = wasm_f32x4_mul(b[k], b[k]);
  }
  wasm_v128_store(tree, tree_f32x4(dot));
  if (norms == BOTH_NORMS) wasm_v128_store(tree + 4, tree_f32x4(norm1));
  wasm_v128_store(tree + 8, tree_f32x4(norm2));
}

/* Adds the sums of one tree to another's. */
INLINE void join_trees(float *sums, const float *others) {
  wasm_v128_store(sums, wasm_f32x4_add(wasm_v128_load(sums), wasm_v128_load(others)));
}

typedef struct {
  sum4 dot, norm1, norm2;
} row_sums;

/* Adds up to CHUNK blocks of a row. */
INLINE void add_blocks(cosdim_dtype dtype, norms_needed norms, const void *x1, const void *x2, size_t blocks,
                       row_sums *sums) {
  float trees[CHUNK * TREE], second[TREE], *end = trees;
  for (; blocks > 0; blocks--, end += TREE) {
    if (blocks % PREFETCH_BLOCKS == 0) {
      if (norms == BOTH_NORMS) prefetch(x1, PREFETCH_BLOCKS * BLOCK * cosdim_size(dtype));
      prefetch(x2, PREFETCH_BLOCKS * BLOCK * cosdim_size(dtype));
    }
    add_tree(dtype, norms, x1, x2, end);
    COMPILER_BARRIER;
    add_tree(dtype, norms, element_at(dtype, x1, BLOCK / 2), element_at(dtype, x2, BLOCK / 2), second);
    /* The dot keeps its two trees apart: one rounding less, so that all sums stay within the budget (kernels.h). */
    if (norms == BOTH_NORMS) {
      wasm_v128_store(end + 12, wasm_v128_load(second));
      join_trees(end + 4, second + 4);
    } else {
      join_trees(end, second);
    }
    join_trees(end + 8, second + 8);
    COMPILER_BARRIER;
    x1 = element_at(dtype, x1, BLOCK);
    x2 = element_at(dtype, x2, BLOCK);
  }
  row_sums all = *sums;
  for (const float *tree = trees; tree < end; tree += TREE) {
    add4(&all.dot, tree);
    if (norms == BOTH_NORMS) add4(&all.norm1, tree + 4);
    add4(&all.norm2, tree + 8);
    if (norms == BOTH_NORMS) add4(&all.dot, tree + 12);
  }
  *sums = all;
}

/* Adds the rest of each row, from `first`, in float64 to the sums in `begin`, and writes them to `work`. */
INLINE void end_rows(cosdim_dtype dtype, const cosdim_vectors *x1, const cosdim_vectors *x2, size_t first, size_t n,
                     size_t count, const row_sums *begin, double *work) {
  const void *a = x1->data, *b = x2->data;
  for (size_t row = 0; row < count; row++) {
    row_sums sums = *begin;
    size_t i = first;
    for (; i + 4 <= n; i += 4) {
      sum4 of1 = promote4(load4(dtype, element_at(dtype, a, (ptrdiff_t)i)));
      sum4 of2 = promote4(load4(dtype, element_at(dtype, b, (ptrdiff_t)i)));
      add_products4(&sums.dot, of1, of2);
      add_products4(&sums.norm1, of1, of1);
      add_products4(&sums.norm2, of2, of2);
    }
    double rest_dot = 0, rest1 = 0, rest2 = 0;
    for (; i < n; i++) {
      double of1 = cosdim_element(dtype, a, (ptrdiff_t)i), of2 = cosdim_element(dtype, b, (ptrdiff_t)i);
      rest_dot += of1 * of2;
      rest1 += of1 * of1;
      rest2 += of2 * of2;
    }
    double *to = cosdim_work_of(work, row, count, COSDIM_GROUP_F32);
    to[0] = total4(sums.dot) + rest_dot;
    to[4] = total4(sums.norm1) + rest1;
    to[8] = total4(sums.norm2) + rest2;
    a = element_at(dtype, a, x1->vector_stride);
    b = element_at(dtype, b, x2->vector_stride);
  }
}

/* Σx², in float64. */
INLINE double norm_squared(cosdim_dtype dtype, const void *x, size_t n) {
  sum4 sum = zero4();
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    sum4 four = promote4(load4(dtype, element_at(dtype, x, (ptrdiff_t)i)));
    add_products4(&sum, four, four);
  }
  double rest = 0;
  for (; i < n; i++) rest += cosdim_element(dtype, x, (ptrdiff_t)i) * cosdim_element(dtype, x, (ptrdiff_t)i);
  return total4(sum) + rest;
}

/* The parts of a kernel for one dtype. Called, not inlined: copies at every use would be most of the module. */
typedef struct {
  cosdim_dtype dtype;
  void (*add_blocks)(const void *x1, const void *x2, size_t blocks, row_sums *sums);
  void (*add_blocks_norm2)(const void *x1, const void *x2, size_t blocks, row_sums *sums);
  void (*end_rows)(const cosdim_vectors *x1, const cosdim_vectors *x2, size_t first, size_t n, size_t count,
                   const row_sums *begin, double *work);
  double (*norm_squared)(const void *x, size_t n);
} row_kernel;

/*
 * Two rows of a run are accumulated in turn, a chunk of each, `distance` apart: memory delivers more to four streams
 * than to two (rows of 768, out of cache: 275 ns instead of 320; one against many, where they are two streams instead
 * of one, 180 instead of 240). In cache it makes no difference.
 */
enum { ROWS = 2 };

/* A sum of squares with an infinity or NaN in it is at least this large (load_finite_halves), and is redone. */
#define BEYOND_HALVES 0x1p32

static const row_sums zero_sums;

static void sum_rows(const row_kernel *kernel, norms_needed norms, cosdim_vectors x1, cosdim_vectors x2, size_t n,
                     size_t count, int exact, double *work) {
  size_t blocks = exact ? 0 : n / BLOCK, distance = (count + 1) / ROWS;
  cosdim_dtype dtype = kernel->dtype;
  for (size_t i = 0; i < distance; i++) {
    size_t rows = i + distance < count ? ROWS : 1;
    cosdim_vectors a[ROWS], b[ROWS];
    row_sums sums[ROWS];
    for (size_t k = 0; k < rows; k++) {
      ptrdiff_t row = (ptrdiff_t)(i + k * distance);
      a[k] = (cosdim_vectors){element_at(dtype, x1.data, row * x1.vector_stride), 1, 0};
      b[k] = (cosdim_vectors){element_at(dtype, x2.data, row * x2.vector_stride), 1, 0};
      sums[k] = zero_sums;
    }
    for (size_t block = 0; block < blocks; block += CHUNK) {
      size_t most = blocks - block < CHUNK ? blocks - block : CHUNK;
      ptrdiff_t element = (ptrdiff_t)(block * BLOCK);
      for (size_t k = 0; k < rows; k++)
        (norms == BOTH_NORMS ? kernel->add_blocks : kernel->add_blocks_norm2)(
            element_at(dtype, a[k].data, element), element_at(dtype, b[k].data, element), most, &sums[k]);
    }
    for (size_t k = 0; k < rows; k++) {
      double *to = cosdim_work_of(work, i + k * distance, count, COSDIM_GROUP_F32);
      kernel->end_rows(&a[k], &b[k], blocks * BLOCK, n, 1, &sums[k], to);
      if (dtype == COSDIM_FLOAT16 && !(to[4] < BEYOND_HALVES && to[8] < BEYOND_HALVES))
        kernel->end_rows(&a[k], &b[k], 0, n, 1, &zero_sums, to);
    }
  }
}

/* One vector against many: its norm is accumulated once, in float64. noinline: it has two call sites. */
static __attribute__((noinline)) void one_against_many(const row_kernel *kernel, cosdim_vectors one,
                                                       cosdim_vectors many, size_t n, size_t count, int exact,
                                                       int swapped, double *work) {
  double norm_squared = kernel->norm_squared(one.data, n);
  sum_rows(kernel, NORM2_ALONE, one, many, n, count, exact, work);
  for (size_t i = 0; i < count; i++) {
    double *sums = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    sums[4] = swapped ? sums[8] : norm_squared;
    if (swapped) sums[8] = norm_squared;
  }
}

/* Shorter rows take no longer in float64 alone, one after the other (10 ns for 8 elements instead of 28, 46 for 64
 * instead of 60). */
enum { WORTH_BLOCKS = 3 * BLOCK };

/* Prefetches and accumulates a batch of groups at a time, so that all sums are where one call would write them. */
static void short_rows(const row_kernel *kernel, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                       double *work) {
  cosdim_dtype dtype = kernel->dtype;
  size_t groups = PREFETCH_BYTES / (n * cosdim_size(dtype) + 1) / COSDIM_GROUP_F32 + 1,
         batch = groups * COSDIM_GROUP_F32;
  for (; count >= 2 * batch; count -= batch) {
    prefetch_rows(dtype, x1.data, x1.vector_stride, n, batch);
    prefetch_rows(dtype, x2.data, x2.vector_stride, n, batch);
    kernel->end_rows(&x1, &x2, 0, n, batch, &zero_sums, work);
    x1.data = element_at(dtype, x1.data, (ptrdiff_t)batch * x1.vector_stride);
    x2.data = element_at(dtype, x2.data, (ptrdiff_t)batch * x2.vector_stride);
    work += groups * COSDIM_GROUP_WORK;
  }
  kernel->end_rows(&x1, &x2, 0, n, count, &zero_sums, work);
}

static int rows(const row_kernel *kernel, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact,
                double *work) {
  if (n < WORTH_BLOCKS)
    short_rows(kernel, x1, x2, n, count, work);
  else if (count > 1 && x1.vector_stride == 0)
    one_against_many(kernel, x1, x2, n, count, exact, 0, work);
  else if (count > 1 && x2.vector_stride == 0)
    one_against_many(kernel, x2, x1, n, count, exact, 1, work);
  else
    sum_rows(kernel, BOTH_NORMS, x1, x2, n, count, exact, work);
  return exact || n < WORTH_BLOCKS;
}

#define ROWS_OF(name, dtype)                                                                                \
  static void add_blocks_##name(const void *x1, const void *x2, size_t blocks, row_sums *sums) {            \
    add_blocks(dtype, BOTH_NORMS, x1, x2, blocks, sums);                                                    \
  }                                                                                                         \
  static void add_blocks_norm2_##name(const void *x1, const void *x2, size_t blocks, row_sums *sums) {      \
    add_blocks(dtype, NORM2_ALONE, x1, x2, blocks, sums);                                                   \
  }                                                                                                         \
  static void end_rows_##name(const cosdim_vectors *x1, const cosdim_vectors *x2, size_t first, size_t n,   \
                              size_t count, const row_sums *begin, double *work) {                          \
    end_rows(dtype, x1, x2, first, n, count, begin, work);                                                  \
  }                                                                                                         \
  static double norm_squared_##name(const void *x, size_t n) {                                              \
    return norm_squared(dtype, x, n);                                                                       \
  }                                                                                                         \
  int cosdim_rows_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, \
                                   double *work) {                                                          \
    static const row_kernel kernel = {dtype, add_blocks_##name, add_blocks_norm2_##name, end_rows_##name,   \
                                      norm_squared_##name};                                                 \
    return rows(&kernel, x1, x2, n, count, exact, work);                                                    \
  }
COSDIM_FLOAT_KERNELS(ROWS_OF)
#undef ROWS_OF

double cosdim_norm_squared_f32_simd128(const float *x, size_t n) {
  return norm_squared_f32(x, n);
}
