/*
 * Kernels for columns: neighbouring vectors side by side, in both operands, or one vector for all of them. Eight rows
 * are read at a time and their products added, by trees, before a column's sums in memory are touched.
 */
#include "load.h"

enum { ROWS = 8 };

/*
 * Columns as few as these are made more by taking several rows for one: so many they become at least. Eight rows of
 * those are a stretch of memory so short that both operands are read as one stream each: with 64, 10^7 x 3 took a tenth
 * longer.
 */
enum { FEW = 16, FOLDED = 24 };

/* A vector beside its neighbours, or a float for all columns. */
INLINE v128_t load_at(cosdim_dtype dtype, int broadcast, const void *x) {
  return broadcast ? wasm_v128_load32_splat(x) : load4(dtype, x);
}

INLINE const void *place(cosdim_dtype dtype, cosdim_vectors x, size_t row, size_t column) {
  return element_of(dtype, x.data, (ptrdiff_t)row * x.step + (ptrdiff_t)column * x.across);
}

INLINE void store4(double *sum, sum4 x) {
  wasm_v128_store(sum, x.low);
  wasm_v128_store(sum + 2, x.high);
}

/* Four rows of four columns, by trees of four. */
typedef struct {
  v128_t dot, norm1, norm2;
} trees;

INLINE trees four_rows(cosdim_dtype dtype, int broadcast1, const void *x1, ptrdiff_t step1, const void *x2,
                       ptrdiff_t step2) {
  v128_t dot[4], norm1[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    v128_t a = load_at(dtype, broadcast1, element_of(dtype, x1, k * step1));
    v128_t b = load_at(dtype, 0, element_of(dtype, x2, k * step2));
    dot[k] = wasm_f32x4_mul(a, b);
    norm1[k] = wasm_f32x4_mul(a, a);
    norm2[k] = wasm_f32x4_mul(b, b);
  }
#define TREE4(x) wasm_f32x4_add(wasm_f32x4_add(x[0], x[1]), wasm_f32x4_add(x[2], x[3]))
  return (trees){TREE4(dot), TREE4(norm1), TREE4(norm2)};
#undef TREE4
}

/*
 * Trees of so many groups lie side by side until they are added in float64, from memory, which converts two floats in
 * one instruction: a sixth faster than group by group. 64 groups are as fast, 4 are not.
 */
enum { BATCH = 16, TREE = 16 };

/*
 * Eight rows of a group into `tree`: dot, norm1² and norm2². Of two operands the dot has one rounding less, so that all
 * sums stay within the bound (kernels.h): the last four rows' is at the end.
 */
INLINE void eight_rows(cosdim_dtype dtype, int broadcast1, const void *x1, ptrdiff_t step1, const void *x2,
                       ptrdiff_t step2, float *tree) {
  trees of = four_rows(dtype, broadcast1, x1, step1, x2, step2);
  wasm_v128_store(tree, of.dot);
  if (!broadcast1) wasm_v128_store(tree + 4, of.norm1);
  wasm_v128_store(tree + 8, of.norm2);
  COMPILER_BARRIER;
  of = four_rows(dtype, broadcast1, element_of(dtype, x1, 4 * step1), step1, element_of(dtype, x2, 4 * step2), step2);
  if (broadcast1) {
    wasm_v128_store(tree, wasm_f32x4_add(wasm_v128_load(tree), of.dot));
  } else {
    wasm_v128_store(tree + 4, wasm_f32x4_add(wasm_v128_load(tree + 4), of.norm1));
    wasm_v128_store(tree + 12, of.dot);
  }
  wasm_v128_store(tree + 8, wasm_f32x4_add(wasm_v128_load(tree + 8), of.norm2));
  COMPILER_BARRIER;
}

INLINE sum4 load_sum4(const double *sum) {
  return (sum4){wasm_v128_load(sum), wasm_v128_load(sum + 2)};
}

/* Adds what eight_rows made to the sums of a group. */
INLINE void flush(int broadcast1, const float *tree, double *sums) {
  sum4 dot = load_sum4(sums), norm2 = load_sum4(sums + 8);
  add4(&dot, tree);
  add4(&norm2, tree + 8);
  if (!broadcast1) {
    sum4 norm1 = load_sum4(sums + 4);
    add4(&dot, tree + 12);
    add4(&norm1, tree + 4);
    store4(sums + 4, norm1);
  }
  store4(sums, dot);
  store4(sums + 8, norm2);
}

/* The rows from `row` on, in float64, added to the sums so far, or put there if there are none. */
INLINE void add_rows(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n,
                     size_t column, double *sums) {
  sum4 sum[3];
  for (int k = 0; k < 3; k++) sum[k] = row ? load_sum4(sums + 4 * k) : zero4();
  for (; row < n; row++) {
    sum4 a = promote4(load_at(dtype, broadcast1, place(dtype, x1, row, column)));
    sum4 b = promote4(load4(dtype, place(dtype, x2, row, column)));
    add_products4(&sum[0], a, b);
    if (!broadcast1) add_products4(&sum[1], a, a);
    add_products4(&sum[2], b, b);
  }
  for (int k = 0; k < 3; k++) store4(sums + 4 * k, sum[k]);
}

/* At least a group of columns. */
INLINE void groups(cosdim_dtype dtype, int broadcast1, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                   int exact, double *work) {
  size_t whole = count / COSDIM_GROUP_F32, number = (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32, row = 0;
  if (!exact && n >= ROWS)
    for (size_t i = 0; i < number * COSDIM_GROUP_WORK; i++) work[i] = 0;
  for (; !exact && row + ROWS <= n; row += ROWS) {
    const void *a = place(dtype, x1, row, 0), *b = place(dtype, x2, row, 0);
    for (size_t first = 0, last; first < number; first = last) {
      float trees[BATCH * TREE], *tree = trees;
      last = whole - first < BATCH ? whole : first + BATCH;
      if (first == whole) { /* the last group, which overlaps the one before */
        last = number;
        a = place(dtype, x1, row, count - COSDIM_GROUP_F32);
        b = place(dtype, x2, row, count - COSDIM_GROUP_F32);
      }
      for (size_t group = first; group < last; group++, tree += TREE) {
        eight_rows(dtype, broadcast1, a, x1.step, b, x2.step, tree);
        a = element_of(dtype, a, COSDIM_GROUP_F32 * x1.across);
        b = element_of(dtype, b, COSDIM_GROUP_F32);
      }
      double *sums = work + first * COSDIM_GROUP_WORK;
      for (const float *t = trees; t < tree; t += TREE, sums += COSDIM_GROUP_WORK) flush(broadcast1, t, sums);
    }
  }
  if (row < n || n == 0)
    for (size_t group = 0; group < number; group++)
      add_rows(dtype, broadcast1, x1, x2, row, n, cosdim_first_of(group, count, COSDIM_GROUP_F32),
               work + group * COSDIM_GROUP_WORK);
}

/* The columns of a dtype, and one vector for all of x2's: functions, since a copy of each for each use is too much. */
typedef void (*group_kernel)(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work);

#define GROUPS(name, dtype, broadcast1)                                                                     \
  static void name(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) { \
    groups(dtype, broadcast1, x1, x2, n, count, exact, work);                                               \
  }
GROUPS(both_f32, COSDIM_FLOAT32, 0)
GROUPS(second_f32, COSDIM_FLOAT32, 1)
GROUPS(both_f16, COSDIM_FLOAT16, 0)
GROUPS(both_i8, COSDIM_INT8, 0)
GROUPS(both_u8, COSDIM_UINT8, 0)
#undef GROUPS

/* The norm of the one vector, in float64, for all columns; which are x1's if the operands are `exchanged`. */
static void one_against_many(group_kernel second, cosdim_dtype dtype, cosdim_vectors one, cosdim_vectors many, size_t n,
                             size_t count, int exact, int exchanged, double *work) {
  second(one, many, n, count, exact, work);
  double norm_squared = 0;
  for (size_t i = 0; i < n; i++) {
    double x = cosdim_element(dtype, one.data, (ptrdiff_t)i * one.step);
    norm_squared += x * x;
  }
  for (size_t i = 0; i < count; i++) {
    double *sums = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    sums[4] = exchanged ? sums[8] : norm_squared;
    if (exchanged) sums[8] = norm_squared;
  }
}

static void add_scalars(cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t n, size_t column,
                        double *sums) {
  for (; row < n; row++) {
    double a = cosdim_element(dtype, x1.data, (ptrdiff_t)row * x1.step + (ptrdiff_t)column * x1.across);
    double b = cosdim_element(dtype, x2.data, (ptrdiff_t)row * x2.step + (ptrdiff_t)column * x2.across);
    sums[0] += a * b;
    sums[4] += a * a;
    sums[8] += b * b;
  }
}

/* A few columns without gaps: several rows, side by side as they lie, are as many columns; then those are added up. */
static void few(group_kernel both, cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                int exact, double *work) {
  double folded[FEW * COSDIM_GROUP_WORK];
  size_t times = COSDIM_GROUP_F32 * ((FOLDED / COSDIM_GROUP_F32 + count - 1) / count), wide = times * count;
  both((cosdim_vectors){x1.data, (ptrdiff_t)wide, 1}, (cosdim_vectors){x2.data, (ptrdiff_t)wide, 1}, n / times, wide,
       exact, folded);
  for (size_t column = 0; column < count; column++) {
    double *sums = cosdim_work_of(work, column, count, COSDIM_GROUP_F32);
    for (int k = 0; k < 3; k++) {
      sums[4 * k] = 0;
      for (size_t i = column; i < wide; i += count)
        sums[4 * k] += cosdim_work_of(folded, i, wide, COSDIM_GROUP_F32)[4 * k];
    }
    add_scalars(dtype, x1, x2, n / times * times, n, column, sums);
  }
}

static int columns(group_kernel both, group_kernel second, cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2,
                   size_t n, size_t count, int exact, double *work) {
  int dense = x1.across == 1 && x2.across == 1 && x1.step == (ptrdiff_t)count && x2.step == (ptrdiff_t)count;
  if (dense && count <= FEW) {
    few(both, dtype, x1, x2, n, count, exact, work);
  } else if (count < COSDIM_GROUP_F32) {
    for (size_t column = 0; column < count; column++) {
      double *sums = cosdim_work_of(work, column, count, COSDIM_GROUP_F32);
      sums[0] = sums[4] = sums[8] = 0;
      add_scalars(dtype, x1, x2, 0, n, column, sums);
    }
    return 1;
  } else if (x1.across == 0) {
    one_against_many(second, dtype, x1, x2, n, count, exact, 0, work);
  } else if (x2.across == 0) {
    one_against_many(second, dtype, x2, x1, n, count, exact, 1, work);
  } else {
    both(x1, x2, n, count, exact, work);
  }
  return exact || n < ROWS;
}

/* The narrow dtypes have none for one vector against many, and are never run over that (see sum_tile). */
#define COLUMNS(name, second, dtype)                                                                                 \
  int cosdim_columns_##name(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) { \
    return columns(both_##name, second, dtype, x1, x2, n, count, exact, work);                                       \
  }
COLUMNS(f32, second_f32, COSDIM_FLOAT32)
COLUMNS(f16, NULL, COSDIM_FLOAT16)
COLUMNS(i8, NULL, COSDIM_INT8)
COLUMNS(u8, NULL, COSDIM_UINT8)
#undef COLUMNS

INLINE v128_t load_f64(cosdim_vectors x, size_t row, size_t column) {
  const double *at = (const double *)x.data + (ptrdiff_t)row * x.step;
  return x.across ? wasm_v128_load(at + column) : wasm_v128_load64_splat(at);
}

/* Adds to the sums of two columns, which are values and then carries. */
INLINE void flush_f64(double *sum, v128_t x) {
  carried both = {wasm_v128_load(sum), wasm_v128_load(sum + 2)};
  add_f64x2(&both, x);
  wasm_v128_store(sum, both.value);
  wasm_v128_store(sum + 2, both.carry);
}

/* Four rows, whose products are a tree. */
INLINE void four_rows_f64(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t column, double *sums) {
  v128_t a[4], b[4];
  for (size_t k = 0; k < 4; k++) {
    a[k] = load_f64(x1, row + k, column);
    b[k] = load_f64(x2, row + k, column);
  }
  flush_f64(sums, tree_f64x2(a, b));
  flush_f64(sums + 4, tree_f64x2(a, a));
  flush_f64(sums + 8, tree_f64x2(b, b));
}

INLINE void one_row_f64(cosdim_vectors x1, cosdim_vectors x2, size_t row, size_t column, double *sums) {
  v128_t a = load_f64(x1, row, column), b = load_f64(x2, row, column);
  flush_f64(sums, wasm_f64x2_mul(a, b));
  flush_f64(sums + 4, wasm_f64x2_mul(a, a));
  flush_f64(sums + 8, wasm_f64x2_mul(b, b));
}

int cosdim_columns_f64(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  if (count < COSDIM_GROUP_F64) return cosdim_strided_f64(x1, x2, n, count, exact, work);
  size_t number = (count + COSDIM_GROUP_F64 - 1) / COSDIM_GROUP_F64, row = 0;
  for (size_t i = 0; i < number * COSDIM_GROUP_WORK; i++) work[i] = 0;
  for (; row + 4 <= n; row += 4)
    for (size_t group = 0; group < number; group++)
      four_rows_f64(x1, x2, row, cosdim_first_of(group, count, COSDIM_GROUP_F64), work + group * COSDIM_GROUP_WORK);
  for (; row < n; row++)
    for (size_t group = 0; group < number; group++)
      one_row_f64(x1, x2, row, cosdim_first_of(group, count, COSDIM_GROUP_F64), work + group * COSDIM_GROUP_WORK);
  return exact;
}
