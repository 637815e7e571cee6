/*
 * Kernels for columns of float32 and float16: neighbouring vectors are contiguous in both operands, or
 * one operand is a single vector. The trees of a block are added in memory, a group of columns after the other.
 */
#include "kernels/block_f32.h"

/* Floats in the sums of a group over a block: its dots, norm1² and norm2². */
enum { GROUP_SUMS = 12 };

/*
 * NARROW columns or fewer are folded: several rows are treated as one row of at least FOLDED columns. More would gain
 * nothing, and cost more at the end: 500 x 3 takes a third longer with 128.
 */
enum { NARROW = 16, FOLDED = 24 };

INLINE const void *at_row_column(cosdim_dtype dtype, cosdim_vectors x, size_t row, size_t column) {
  return element_at(dtype, x.data, (ptrdiff_t)row * x.element_stride + (ptrdiff_t)column * x.vector_stride);
}

/* The trees of a block: the first writes the float32 sums, the next add to them, and the last to those in float64. */
typedef enum { FIRST, NEXT, LAST } place;

INLINE void put(place at, v128_t x, float *block, double *total) {
  if (at != FIRST) x = wasm_f32x4_add(x, wasm_v128_load(block));
  if (at != LAST) {
    wasm_v128_store(block, x);
    return;
  }
  sum4 sum = load_sum4(total), four = promote4(x);
  store_sum4(total, (sum4){wasm_f64x2_add(sum.low, four.low), wasm_f64x2_add(sum.high, four.high)});
}

/* The dot and norm2 of four rows with four elements of one vector. */
INLINE sums tree_with_one(cosdim_dtype dtype, const v128_t *one, const void *x2, ptrdiff_t step2) {
  v128_t dot[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    v128_t of2 = load4_finite(dtype, element_at(dtype, x2, k * step2));
    dot[k] = wasm_f32x4_mul(one[k], of2);
    norm2[k] = wasm_f32x4_mul(of2, of2);
  }
  return (sums){.dot = tree_f32x4(dot), .norm2 = tree_f32x4(norm2)};
}

/*
 * Adds a tree to the sums of each group: of four rows, `step1` and `step2` elements apart. Where x1 is one vector, its
 * norm is added to the first group's alone.
 */
INLINE void add_trees(place at, cosdim_dtype dtype, int broadcast1, const void *x1, ptrdiff_t step1, const void *x2,
                      ptrdiff_t step2, size_t groups, float *block, double *total) {
  v128_t one[4], squares[4];
  for (int k = 0; broadcast1 && k < 4; k++) {
    one[k] = wasm_v128_load32_splat(element_at(dtype, x1, k * step1));
    squares[k] = wasm_f32x4_mul(one[k], one[k]);
  }
  if (broadcast1) put(at, tree_f32x4(squares), block + 4, total + 4);
  const char *a = x1, *b = x2;
  ROLLED for (const float *end = block + groups * GROUP_SUMS; block != end; block += GROUP_SUMS) {
    sums tree = broadcast1 ? tree_with_one(dtype, one, b, step2) : tree_of_products(dtype, 1, a, step1, b, step2);
    put(at, tree.dot, block, total);
    if (!broadcast1) put(at, tree.norm1, block + 4, total + 4);
    put(at, tree.norm2, block + 8, total + 8);
    a += COSDIM_GROUP_F32 * cosdim_size(dtype);
    b += COSDIM_GROUP_F32 * cosdim_size(dtype);
    total += COSDIM_GROUP_WORK;
  }
}

/* Adds the rows from `row` on, in float64, to the sums so far. */
INLINE void add_rows(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n,
                     size_t column, double *total) {
  exact_sums sum = {load_sum4(total), load_sum4(total + 4), load_sum4(total + 8)};
  for (; row < n; row++) {
    const void *a = at_row_column(dtype, x1, row, column), *b = at_row_column(dtype, x2, row, column);
    add_exact_products(&sum, broadcast1 ? wasm_v128_load32_splat(a) : load4(dtype, a), load4(dtype, b));
  }
  store_sum4(total, sum.dot);
  store_sum4(total + 4, sum.norm1);
  store_sum4(total + 8, sum.norm2);
}

/* Trees in the next block of `left`: never one alone. */
static size_t block_of(size_t left) {
  return left == 2 || left == 4 ? 2 : BLOCK_TREES;
}

/*
 * Sums columns, at least one group of them; the float32 sums are behind the others in `work`. The four rows of a tree
 * are a quarter of all rows apart, so that memory delivers few long streams; an odd number of rows, since at a multiple
 * of 4 KiB they would collide in the cache.
 */
INLINE void sum_groups(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                       int exact, double *work) {
  size_t full = count / COSDIM_GROUP_F32, number = (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32;
  size_t trees = exact || n < COSDIM_SHORT_F32 ? 0 : n / 4, far = trees - (trees % 2 == 0 && trees > 0);
  float *block = (float *)(work + number * COSDIM_GROUP_WORK);
  memset(work, 0, number * COSDIM_GROUP_WORK * sizeof *work);
  for (size_t tree = 0, first = 0; tree < trees; tree++) {
    size_t last = first + block_of(trees - first) - 1, row = tree < far ? tree : 4 * tree;
    place at = tree == first ? FIRST : tree == last ? LAST : NEXT;
    ptrdiff_t apart = tree < far ? (ptrdiff_t)far : 1;
    for (size_t group = 0; group < number; group += full) {
      size_t column = cosdim_group_start(group, count, COSDIM_GROUP_F32);
      add_trees(at, dtype, broadcast1, at_row_column(dtype, x1, row, column), apart * x1.element_stride,
                at_row_column(dtype, x2, row, column), apart * x2.element_stride, group ? 1 : full,
                block + group * GROUP_SUMS, work + group * COSDIM_GROUP_WORK);
    }
    if (tree == last) first = tree + 1;
  }
  if (4 * trees < n)
    for (size_t group = 0; group < number; group++)
      add_rows(dtype, broadcast1, x1, x2, 4 * trees, n, cosdim_group_start(group, count, COSDIM_GROUP_F32),
               work + group * COSDIM_GROUP_WORK);
}

/* sum_groups for one dtype. Called, not inlined: copies at every use would be most of the module. */
typedef void sum_groups_kernel(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work);

/* Called an element at a time: inlined, the switch over dtypes would be here twice, for a few rows and columns. */
static void add_scalars(cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n, size_t column,
                        double *sums) {
  ptrdiff_t start1 = (ptrdiff_t)column * x1.vector_stride, start2 = (ptrdiff_t)column * x2.vector_stride;
  for (; row < n; row++) {
    double a = cosdim_read_element(dtype, x1.data, start1 + (ptrdiff_t)row * x1.element_stride);
    double b = cosdim_read_element(dtype, x2.data, start2 + (ptrdiff_t)row * x2.element_stride);
    sums[0] += a * b;
    sums[4] += a * a;
    sums[8] += b * b;
  }
}

/* Folds narrow columns without gaps: several rows are as many columns side by side, which are added up at the end. */
static void fold_narrow(sum_groups_kernel *kernel, cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t n,
                        size_t count, int exact, double *work) {
  double folded[NARROW * (COSDIM_GROUP_WORK + GROUP_SUMS / 2)];
  size_t times = COSDIM_GROUP_F32 * ((FOLDED / COSDIM_GROUP_F32 + count - 1) / count), width = times * count;
  kernel((cosdim_vectors){x1.data, (ptrdiff_t)width, 1}, (cosdim_vectors){x2.data, (ptrdiff_t)width, 1}, n / times,
         width, exact, folded);
  for (size_t column = 0; column < count; column++) {
    double *sums = cosdim_work_of(work, column, count, COSDIM_GROUP_F32);
    for (int k = 0; k < 3; k++) {
      sums[4 * k] = 0;
      for (size_t i = column; i < width; i += count)
        sums[4 * k] += cosdim_work_of(folded, i, width, COSDIM_GROUP_F32)[4 * k];
    }
    add_scalars(dtype, x1, x2, n / times * times, n, column, sums);
  }
}

/* `one_kernel` is for one vector against many. float16 has none: choose_kernel.c gives it another layout. */
static int columns(sum_groups_kernel *kernel, sum_groups_kernel *one_kernel, cosdim_dtype dtype, cosdim_vectors x1,
                   cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  exact |= n < COSDIM_SHORT_F32;
  int dense = x1.vector_stride == 1 && x2.vector_stride == 1 && x1.element_stride == (ptrdiff_t)count &&
              x2.element_stride == (ptrdiff_t)count;
  if (dense && count <= NARROW) {
    fold_narrow(kernel, dtype, x1, x2, n, count, exact, work);
  } else if (count < COSDIM_GROUP_F32) {
    return cosdim_kernels_of(dtype)->strided(x1, x2, n, count, exact, work);
  } else if (x1.vector_stride == 0) {
    one_kernel(x1, x2, n, count, exact, work);
    set_norm_of_one(work[4], 0, count, work);
  } else if (x2.vector_stride == 0) {
    one_kernel(x2, x1, n, count, exact, work);
    set_norm_of_one(work[4], 1, count, work);
  } else {
    kernel(x1, x2, n, count, exact, work);
  }
  if (dtype == COSDIM_FLOAT16 && !exact) mark_nonfinite_halves(count, work);
  return exact;
}

static void sum_groups_one_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  sum_groups(COSDIM_FLOAT32, 1, x1, x2, n, count, exact, work);
}

#define COLUMNS_OF(name, dtype)                                                                                     \
  static void sum_groups_##name(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact,            \
                                double *work) {                                                                     \
    sum_groups(dtype, 0, x1, x2, n, count, exact, work);                                                            \
  }                                                                                                                 \
  int cosdim_columns_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact,      \
                                      double *work) {                                                               \
    return columns(sum_groups_##name, dtype == COSDIM_FLOAT32 ? sum_groups_one_f32 : NULL, dtype, x1, x2, n, count, \
                   exact, work);                                                                                    \
  }
COSDIM_FLOAT_KERNELS(COLUMNS_OF)
#undef COLUMNS_OF
