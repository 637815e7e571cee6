/*
 * Kernels for columns of float32, float16 and 8-bit integers: neighbouring vectors are contiguous in both operands, or
 * one operand is a single vector. Eight rows are read at a time. Their products are added as trees, and only then to
 * the column's sums in memory.
 */
#include "kernels/load.h"

enum { ROWS = 8 };

/*
 * NARROW columns or fewer are folded: several rows are treated as one row of at least FOLDED columns. Eight such rows
 * are so close in memory that each operand is read as one stream. With 64 columns instead of FOLDED, 10^7 x 3 took a
 * tenth longer.
 */
enum { NARROW = 16, FOLDED = 24 };

/* Four columns, or one element for all columns. */
INLINE v128_t load_columns(cosdim_dtype dtype, int broadcast, const void *x) {
  return broadcast ? wasm_v128_load32_splat(x) : load4(dtype, x);
}

INLINE const void *at_row_column(cosdim_dtype dtype, cosdim_vectors x, size_t row, size_t column) {
  return element_at(dtype, x.data, (ptrdiff_t)row * x.element_stride + (ptrdiff_t)column * x.vector_stride);
}

/* Four rows of four columns, as trees of four. */
typedef struct {
  v128_t dot, norm1, norm2;
} trees;

INLINE trees four_rows(cosdim_dtype dtype, int broadcast1, const void *x1, ptrdiff_t stride1, const void *x2,
                       ptrdiff_t stride2) {
  v128_t dot[4], norm1[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    v128_t a = load_columns(dtype, broadcast1, element_at(dtype, x1, k * stride1));
    v128_t b = load_columns(dtype, 0, element_at(dtype, x2, k * stride2));
    dot[k] = wasm_f32x4_mul(a, b);
    norm1[k] = wasm_f32x4_mul(a, a);
    norm2[k] = wasm_f32x4_mul(b, b);
  }
  return (trees){tree_f32x4(dot), tree_f32x4(norm1), tree_f32x4(norm2)};
}

/*
 * The trees of BATCH groups are written side by side, then added in float64 from memory, which converts two floats in
 * one instruction: a sixth faster than group by group. 64 groups are as fast, 4 are not.
 */
enum { BATCH = 16, TREE = 16 };

/*
 * Eight rows of a group into `tree`: dot, norm1² and norm2². With two operands the dot keeps its two trees apart, the
 * second one at the end: one rounding less, so that all sums stay within the budget (kernels.h).
 */
INLINE void eight_rows(cosdim_dtype dtype, int broadcast1, const void *x1, ptrdiff_t stride1, const void *x2,
                       ptrdiff_t stride2, float *tree) {
  trees of = four_rows(dtype, broadcast1, x1, stride1, x2, stride2);
  wasm_v128_store(tree, of.dot);
  if (!broadcast1) wasm_v128_store(tree + 4, of.norm1);
  wasm_v128_store(tree + 8, of.norm2);
  COMPILER_BARRIER;
  of = four_rows(dtype, broadcast1, element_at(dtype, x1, 4 * stride1), stride1, element_at(dtype, x2, 4 * stride2),
                 stride2);
  if (broadcast1) {
    wasm_v128_store(tree, wasm_f32x4_add(wasm_v128_load(tree), of.dot));
  } else {
    wasm_v128_store(tree + 4, wasm_f32x4_add(wasm_v128_load(tree + 4), of.norm1));
    wasm_v128_store(tree + 12, of.dot);
  }
  wasm_v128_store(tree + 8, wasm_f32x4_add(wasm_v128_load(tree + 8), of.norm2));
  COMPILER_BARRIER;
}

/* Adds the trees of a group to its sums. */
INLINE void flush_trees(int broadcast1, const float *tree, double *sums) {
  sum4 dot = load_sum4(sums), norm2 = load_sum4(sums + 8);
  add4(&dot, tree);
  add4(&norm2, tree + 8);
  if (!broadcast1) {
    sum4 norm1 = load_sum4(sums + 4);
    add4(&dot, tree + 12);
    add4(&norm1, tree + 4);
    store_sum4(sums + 4, norm1);
  }
  store_sum4(sums, dot);
  store_sum4(sums + 8, norm2);
}

/* Adds the rows from `row` on, in float64, to the sums so far; row 0 starts from zero. */
INLINE void add_rows(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n,
                     size_t column, double *sums) {
  sum4 sum[3];
  for (int k = 0; k < 3; k++) sum[k] = row ? load_sum4(sums + 4 * k) : zero4();
  for (; row < n; row++) {
    sum4 a = promote4(load_columns(dtype, broadcast1, at_row_column(dtype, x1, row, column)));
    sum4 b = promote4(load4(dtype, at_row_column(dtype, x2, row, column)));
    add_products4(&sum[0], a, b);
    if (!broadcast1) add_products4(&sum[1], a, a);
    add_products4(&sum[2], b, b);
  }
  for (int k = 0; k < 3; k++) store_sum4(sums + 4 * k, sum[k]);
}

/* Sums columns, at least one group of them. */
INLINE void sum_groups(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                       int exact, double *work) {
  size_t full = count / COSDIM_GROUP_F32, number = (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32, row = 0;
  if (!exact && n >= ROWS)
    for (size_t i = 0; i < number * COSDIM_GROUP_WORK; i++) work[i] = 0;
  for (; !exact && row + ROWS <= n; row += ROWS) {
    const void *a = at_row_column(dtype, x1, row, 0), *b = at_row_column(dtype, x2, row, 0);
    for (size_t first = 0, last; first < number; first = last) {
      float trees[BATCH * TREE], *tree = trees;
      last = full - first < BATCH ? full : first + BATCH;
      if (first == full) { /* the last group, which overlaps the one before */
        last = number;
        a = at_row_column(dtype, x1, row, count - COSDIM_GROUP_F32);
        b = at_row_column(dtype, x2, row, count - COSDIM_GROUP_F32);
      }
      for (size_t group = first; group < last; group++, tree += TREE) {
        eight_rows(dtype, broadcast1, a, x1.element_stride, b, x2.element_stride, tree);
        a = element_at(dtype, a, COSDIM_GROUP_F32 * x1.vector_stride);
        b = element_at(dtype, b, COSDIM_GROUP_F32);
      }
      double *sums = work + first * COSDIM_GROUP_WORK;
      for (const float *t = trees; t < tree; t += TREE, sums += COSDIM_GROUP_WORK) flush_trees(broadcast1, t, sums);
    }
  }
  if (row < n || n == 0)
    for (size_t group = 0; group < number; group++)
      add_rows(dtype, broadcast1, x1, x2, row, n, cosdim_group_start(group, count, COSDIM_GROUP_F32),
               work + group * COSDIM_GROUP_WORK);
}

/* sum_groups for one dtype. Called, not inlined: copies at every use would be most of the module. */
typedef void sum_groups_kernel(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work);

/* One vector against many; `swapped` if it is x2's. Its norm is accumulated once, in float64. */
static void one_against_many(sum_groups_kernel *one_kernel, cosdim_dtype dtype, cosdim_vectors one, cosdim_vectors many,
                             size_t n, size_t count, int exact, int swapped, double *work) {
  one_kernel(one, many, n, count, exact, work);
  double norm_squared = 0;
  for (size_t i = 0; i < n; i++) {
    double x = cosdim_read_element(dtype, one.data, (ptrdiff_t)i * one.element_stride);
    norm_squared += x * x;
  }
  for (size_t i = 0; i < count; i++) {
    double *sums = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    sums[4] = swapped ? sums[8] : norm_squared;
    if (swapped) sums[8] = norm_squared;
  }
}

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
  double folded[NARROW * COSDIM_GROUP_WORK];
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

/* `one_kernel` is for one vector against many. Narrow dtypes have none: choose_kernel.c gives them another layout. */
static int columns(sum_groups_kernel *kernel, sum_groups_kernel *one_kernel, cosdim_dtype dtype, cosdim_vectors x1,
                   cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  int dense = x1.vector_stride == 1 && x2.vector_stride == 1 && x1.element_stride == (ptrdiff_t)count &&
              x2.element_stride == (ptrdiff_t)count;
  if (dense && count <= NARROW) {
    fold_narrow(kernel, dtype, x1, x2, n, count, exact, work);
  } else if (count < COSDIM_GROUP_F32 && dtype == COSDIM_FLOAT32) {
    return cosdim_strided_f32_scalar(x1, x2, n, count, exact, work);
  } else if (count < COSDIM_GROUP_F32) {
    for (size_t column = 0; column < count; column++) {
      double *sums = cosdim_work_of(work, column, count, COSDIM_GROUP_F32);
      sums[0] = sums[4] = sums[8] = 0;
      add_scalars(dtype, x1, x2, 0, n, column, sums);
    }
    return 1;
  } else if (x1.vector_stride == 0) {
    one_against_many(one_kernel, dtype, x1, x2, n, count, exact, 0, work);
  } else if (x2.vector_stride == 0) {
    one_against_many(one_kernel, dtype, x2, x1, n, count, exact, 1, work);
  } else {
    kernel(x1, x2, n, count, exact, work);
  }
  return exact || n < ROWS;
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
COSDIM_INTEGER_KERNELS(COLUMNS_OF)
#undef COLUMNS_OF
