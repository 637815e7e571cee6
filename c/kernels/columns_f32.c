/*
 * The kernel for columns of float32: neighbouring vectors are contiguous in both operands, or one operand is a single
 * vector. Four columns are a SIMD vector.
 */
#include "kernels/block_f32.h"

/*
 * NARROW columns or fewer are folded: several rows are treated as one row of at least FOLDED columns. More would gain
 * nothing, and cost more at the end: 500 x 3 takes a third longer with 128.
 */
enum { NARROW = 16, FOLDED = 24 };

/*
 * What a core's second-level cache holds. From there, all trees of a block are summed at once: its twelve rows of each
 * operand. Memory delivers that many streams at half the speed of those of a single tree, and rows whose distance is a
 * multiple of SAME_SET evict each other from the first-level cache.
 */
enum { IN_CACHE = 512 << 10, SAME_SET = 4096 };

/* A single vector is read from copies side by side, of this many elements at a time. */
enum { REPEATED = 512 };

INLINE const void *at_row_column(cosdim_vectors x, size_t row, size_t column) {
  return element_at(COSDIM_FLOAT32, x.data, (ptrdiff_t)row * x.element_stride + (ptrdiff_t)column * x.vector_stride);
}

/* Some trees of a block. The first write its float32 sums, the others add to them, and the last to those in float64. */
typedef struct {
  size_t trees;
  int is_first, is_last;
} part;

INLINE void add_four(double *total, v128_t x) {
  sum4 sum = load_sum4(total), four = promote4(x);
  store_sum4(total, (sum4){wasm_f64x2_add(sum.low, four.low), wasm_f64x2_add(sum.high, four.high)});
}

/* Adds trees to the sums of each group, from neighbouring rows on: the four rows of a tree are `apart` rows apart. */
INLINE void add_trees(part of, cosdim_vectors x1, cosdim_vectors x2, ptrdiff_t apart, size_t groups, sums_f32 *block,
                      double *total) {
  const ptrdiff_t size = sizeof(float);
  const char *next1 = x1.data, *next2 = x2.data;
  ptrdiff_t step1 = apart * x1.element_stride, step2 = apart * x2.element_stride;
  ROLLED for (const sums_f32 *end = block + groups; block != end; block++) {
    const char *a = next1, *b = next2;
    sums_f32 tree = tree_of_products(COSDIM_FLOAT32, 1, a, step1, b, step2);
    ROLLED for (size_t left = of.trees; --left;) {
      a += x1.element_stride * size;
      b += x2.element_stride * size;
      add_sums(1, &tree, tree_of_products(COSDIM_FLOAT32, 1, a, step1, b, step2));
    }
    if (!of.is_first) add_sums(1, &tree, *block);
    if (of.is_last) {
      add_four(total, tree.dot);
      add_four(total + 4, tree.norm1);
      add_four(total + 8, tree.norm2);
    } else {
      *block = tree;
    }
    next1 += COSDIM_GROUP_F32 * x1.vector_stride * size;
    next2 += COSDIM_GROUP_F32 * x2.vector_stride * size;
    total += COSDIM_GROUP_WORK;
  }
}

/* Adds the rows from `row` on, in float64, to the sums so far. */
INLINE void add_rows(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n, size_t column, double *total) {
  exact_sums sum = {load_sum4(total), load_sum4(total + 4), load_sum4(total + 8)};
  for (; row < n; row++)
    add_exact_products(&sum, load4(COSDIM_FLOAT32, at_row_column(x1, row, column)),
                       load4(COSDIM_FLOAT32, at_row_column(x2, row, column)));
  store_sum4(total, sum.dot);
  store_sum4(total + 4, sum.norm1);
  store_sum4(total + 8, sum.norm2);
}

/*
 * Adds rows to the sums of columns, at least one group of them, `at_once` trees at a time, or each in float64 if that
 * is 0; float32 sums are behind the others in `work`. The four rows of a tree are a quarter of all rows apart, so that
 * memory delivers few long streams; an odd number of rows, so that their distance is no multiple of SAME_SET.
 */
static __attribute__((noinline)) void sum_groups(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                                                 size_t at_once, double *work) {
  size_t full = count / COSDIM_GROUP_F32, number = (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32, row = 0;
  sums_f32 *block = (sums_f32 *)(work + number * COSDIM_GROUP_WORK);
  for (size_t far; at_once && (far = (n - row) / 4) > 0; row += 4 * far) {
    far -= far % 2 == 0;
    for (size_t tree = 0, first = 0; tree < far;) {
      size_t last = first + BLOCK_TREES < far ? first + BLOCK_TREES : far;
      part of = {tree + at_once < last ? at_once : last - tree, tree == first, 0};
      of.is_last = tree + of.trees == last;
      for (size_t group = 0; group < number; group += full) {
        size_t column = cosdim_group_start(group, count, COSDIM_GROUP_F32);
        cosdim_vectors from1 = {at_row_column(x1, row + tree, column), x1.element_stride, x1.vector_stride};
        cosdim_vectors from2 = {at_row_column(x2, row + tree, column), x2.element_stride, x2.vector_stride};
        add_trees(of, from1, from2, (ptrdiff_t)far, group ? 1 : full, block + group, work + group * COSDIM_GROUP_WORK);
      }
      tree += of.trees;
      if (tree == last) first = last;
    }
  }
  for (size_t group = 0; row < n && group < number; group++)
    add_rows(x1, x2, row, n, cosdim_group_start(group, count, COSDIM_GROUP_F32), work + group * COSDIM_GROUP_WORK);
}

static void clear(size_t count, double *work) {
  memset(work, 0, (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK * sizeof *work);
}

/* Folds narrow columns without gaps: several rows are as many columns side by side, which are added up at the end. */
static void fold_narrow(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, size_t at_once, double *work) {
  double folded[NARROW * (COSDIM_GROUP_WORK + sizeof(sums_f32) / sizeof(double))];
  size_t times = COSDIM_GROUP_F32 * ((FOLDED / COSDIM_GROUP_F32 + count - 1) / count), width = times * count;
  size_t rest = n % times;
  clear(width, folded);
  sum_groups((cosdim_vectors){x1.data, (ptrdiff_t)width, 1}, (cosdim_vectors){x2.data, (ptrdiff_t)width, 1}, n / times,
             width, at_once, folded);
  x1.data = at_row_column(x1, n - rest, 0);
  x2.data = at_row_column(x2, n - rest, 0);
  cosdim_strided_f32_simd128(x1, x2, rest, count, !at_once, work);
  for (size_t i = 0; i < width; i++) {
    double *sums = cosdim_work_of(work, i % count, count, COSDIM_GROUP_F32),
           *fold = cosdim_work_of(folded, i, width, COSDIM_GROUP_F32);
    for (int k = 0; k < COSDIM_GROUP_WORK; k += COSDIM_GROUP_F32) sums[k] += fold[k];
  }
}

/* Some rows of an operand. The elements of a single vector are copied to each column of a group. */
static cosdim_vectors rows_of(cosdim_vectors x, size_t row, size_t rows, char *repeated) {
  ptrdiff_t size = sizeof(float), step = x.element_stride * size;
  const char *from = at_row_column(x, row, 0);
  if (x.vector_stride) return (cosdim_vectors){from, x.element_stride, x.vector_stride};
  for (size_t i = 0; i < rows; i++, from += step)
    cosdim_copy_elements((size_t)size, from, 0, COSDIM_GROUP_F32, repeated + i * COSDIM_GROUP_F32 * (size_t)size);
  return (cosdim_vectors){repeated, COSDIM_GROUP_F32, 0};
}

int cosdim_columns_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  const size_t size = sizeof(float);
  exact |= n < COSDIM_SHORT_F32;
  int in_cache = 2 * n * count * size <= IN_CACHE && x1.element_stride * (ptrdiff_t)size % SAME_SET != 0;
  size_t at_once = exact ? 0 : in_cache ? BLOCK_TREES : 1;
  int dense = x1.vector_stride == 1 && x2.vector_stride == 1 && x1.element_stride == (ptrdiff_t)count &&
              x2.element_stride == (ptrdiff_t)count;
  if (dense && count <= NARROW) {
    fold_narrow(x1, x2, n, count, at_once, work);
  } else if (count < COSDIM_GROUP_F32) {
    return cosdim_strided_f32_simd128(x1, x2, n, count, exact, work);
  } else {
    char repeated[REPEATED * COSDIM_GROUP_F32 * sizeof(float)];
    size_t most = x1.vector_stride && x2.vector_stride ? n : REPEATED;
    clear(count, work);
    for (size_t row = 0; row < n; row += most) {
      size_t rows = n - row < most ? n - row : most;
      sum_groups(rows_of(x1, row, rows, repeated), rows_of(x2, row, rows, repeated), rows, count, at_once, work);
    }
  }
  return exact;
}
