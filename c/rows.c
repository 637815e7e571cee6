/* Kernels for rows: the vectors of both operands contiguous. */
#include "load.h"

/* So many elements are two trees of four vectors; and so many of their sums wait in the cache to be added in float64.
 */
enum { BLOCK = 32, BLOCKS = 24, TREE = 16 };

/* What a row needs: every sum, or those of the second operand alone, the first one's norm being known. */
typedef enum { BOTH, SECOND } which;

/* Half a block, by trees of four, into tree: dot, norm1², norm2². */
INLINE void half(cosdim_dtype dtype, which needed, const void *x1, const void *x2, float *tree) {
  v128_t a[4], b[4], dot[4], norm1[4], norm2[4];
  for (int k = 0; k < 4; k++) {
    a[k] = load4(dtype, element_of(dtype, x1, 4 * k));
    b[k] = load4(dtype, element_of(dtype, x2, 4 * k));
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

/* The blocks of a row; returns how many elements they have. */
INLINE size_t add_blocks(cosdim_dtype dtype, which needed, const void *x1, const void *x2, size_t n, row_sums *sums) {
  float trees[BLOCKS * TREE], second[TREE];
  size_t i = 0;
  while (i + BLOCK <= n) {
    float *end = trees;
    for (; i + BLOCK <= n && end < trees + BLOCKS * TREE; i += BLOCK, end += TREE) {
      half(dtype, needed, element_of(dtype, x1, i), element_of(dtype, x2, i), end);
      COMPILER_BARRIER;
      half(dtype, needed, element_of(dtype, x1, i + BLOCK / 2), element_of(dtype, x2, i + BLOCK / 2), second);
      /* One rounding less for the dot, so that all sums together stay within the bound (kernels.h). */
      if (needed == BOTH) {
        wasm_v128_store(end + 12, wasm_v128_load(second));
        join(end + 4, second + 4);
      } else {
        join(end, second);
      }
      join(end + 8, second + 8);
      COMPILER_BARRIER;
    }
    for (const float *tree = trees; tree < end; tree += TREE) {
      add4(&sums->dot, tree);
      if (needed == BOTH) add4(&sums->norm1, tree + 4);
      add4(&sums->norm2, tree + 8);
      if (needed == BOTH) add4(&sums->dot, tree + 12);
    }
  }
  return i;
}

/* One row, into its place in a group. */
INLINE void row(cosdim_dtype dtype, which needed, const void *x1, const void *x2, size_t n, int exact, double *work) {
  row_sums sums = {zero4(), zero4(), zero4()};
  size_t i = exact ? 0 : add_blocks(dtype, needed, x1, x2, n, &sums);
  for (; i + 4 <= n; i += 4) {
    sum4 a = promote4(load4(dtype, element_of(dtype, x1, i))), b = promote4(load4(dtype, element_of(dtype, x2, i)));
    add_products4(&sums.dot, a, b);
    if (needed == BOTH) add_products4(&sums.norm1, a, a);
    add_products4(&sums.norm2, b, b);
  }
  double rest_dot = 0, rest1 = 0, rest2 = 0;
  for (; i < n; i++) {
    double a = cosdim_element(dtype, x1, i), b = cosdim_element(dtype, x2, i);
    rest_dot += a * b;
    rest1 += a * a;
    rest2 += b * b;
  }
  work[0] = total4(sums.dot) + rest_dot;
  if (needed == BOTH) work[4] = total4(sums.norm1) + rest1;
  work[8] = total4(sums.norm2) + rest2;
}

/* The rows of a dtype: functions, since a copy of each for each use would be most of the module. */
typedef void (*row_kernel)(const void *x1, const void *x2, size_t n, int exact, double *work);

#define ROW(name, dtype, needed)                                                        \
  static void name(const void *x1, const void *x2, size_t n, int exact, double *work) { \
    row(dtype, needed, x1, x2, n, exact, work);                                         \
  }
ROW(both_f32, COSDIM_FLOAT32, BOTH)
ROW(second_f32, COSDIM_FLOAT32, SECOND)
ROW(both_f16, COSDIM_FLOAT16, BOTH)
ROW(second_f16, COSDIM_FLOAT16, SECOND)
#undef ROW

/* One vector against many: its norm is summed once, in float64. */
static void one_against_many(row_kernel second, const void *one, cosdim_vectors many, size_t bytes, size_t n,
                             size_t count, int exact, int exchanged, double *work) {
  double of_one[COSDIM_GROUP_WORK];
  second(one, one, n, 1, of_one);
  const char *x = many.data;
  for (size_t i = 0; i < count; i++, x += many.across * (ptrdiff_t)bytes) {
    double *sums = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    second(one, x, n, exact, sums);
    sums[4] = exchanged ? sums[8] : of_one[8];
    if (exchanged) sums[8] = of_one[8];
  }
}

static int rows(row_kernel both, row_kernel second, size_t bytes, cosdim_vectors x1, cosdim_vectors x2, size_t n,
                size_t count, int exact, double *work) {
  if (count > 1 && x1.across == 0) {
    one_against_many(second, x1.data, x2, bytes, n, count, exact, 0, work);
  } else if (count > 1 && x2.across == 0) {
    one_against_many(second, x2.data, x1, bytes, n, count, exact, 1, work);
  } else {
    const char *a = x1.data, *b = x2.data;
    for (size_t i = 0; i < count; i++, a += x1.across * (ptrdiff_t)bytes, b += x2.across * (ptrdiff_t)bytes)
      both(a, b, n, exact, cosdim_work_of(work, i, count, COSDIM_GROUP_F32));
  }
  return exact || n < BLOCK;
}

/* Element k of two rows. */
INLINE v128_t two_of(const float *x, ptrdiff_t across, ptrdiff_t k) {
  return promote_low(wasm_v128_load32_lane(x + across + k, wasm_v128_load32_zero(x + k), 1));
}

/* Rows of a few elements, two at a time: what adding up the lanes of a vector costs is more than they are worth. */
INLINE void narrow_rows(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, double *work) {
  const float *a = x1.data, *b = x2.data;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    double *sums = work + i / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK;
#pragma clang loop unroll(disable)
    for (int pair = 0; pair < 2; pair++, a += 2 * x1.across, b += 2 * x2.across, sums += 2) {
      v128_t dot = wasm_f64x2_splat(0), norm1 = dot, norm2 = dot;
      for (size_t k = 0; k < n; k++) {
        v128_t of1 = two_of(a, x1.across, k), of2 = two_of(b, x2.across, k);
        dot = wasm_f64x2_add(dot, wasm_f64x2_mul(of1, of2));
        norm1 = wasm_f64x2_add(norm1, wasm_f64x2_mul(of1, of1));
        norm2 = wasm_f64x2_add(norm2, wasm_f64x2_mul(of2, of2));
      }
      wasm_v128_store(sums, dot);
      wasm_v128_store(sums + 4, norm1);
      wasm_v128_store(sums + 8, norm2);
    }
  }
  for (; i < count; i++, a += x1.across, b += x2.across)
    both_f32(a, b, n, 1, cosdim_work_of(work, i, count, COSDIM_GROUP_F32));
}

int cosdim_rows_f32(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  if (n >= 8) return rows(both_f32, second_f32, sizeof(float), x1, x2, n, count, exact, work);
  if (n == 3) /* points in space: a straight line is a tenth faster than a loop */
    narrow_rows(x1, x2, 3, count, work);
  else
    narrow_rows(x1, x2, n, count, work);
  return 1;
}

int cosdim_rows_f16(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  return rows(both_f16, second_f16, sizeof(uint16_t), x1, x2, n, count, exact, work);
}

/* Sums of so many vectors of products of 8-bit integers fit an int32: each adds at most 4 · 255². */
enum { INTEGER_BLOCK = 4096 };

INLINE v128_t extend_low(cosdim_dtype dtype, v128_t x) {
  return dtype == COSDIM_INT8 ? wasm_i16x8_extend_low_i8x16(x) : wasm_u16x8_extend_low_u8x16(x);
}

INLINE v128_t extend_high(cosdim_dtype dtype, v128_t x) {
  return dtype == COSDIM_INT8 ? wasm_i16x8_extend_high_i8x16(x) : wasm_u16x8_extend_high_u8x16(x);
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
        v128_t of1 = wasm_v128_load(a + i), of2 = wasm_v128_load(b + i);
        v128_t low1 = extend_low(dtype, of1), high1 = extend_high(dtype, of1);
        v128_t low2 = extend_low(dtype, of2), high2 = extend_high(dtype, of2);
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
  double sums[COSDIM_GROUP_WORK];
  second_f32(x, x, n, 1, sums);
  return sums[8];
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
