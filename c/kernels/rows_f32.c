/* Kernels for rows of float32 and float16: the vectors of both operands are contiguous. */
#include "kernels/block_f32.h"

/* The last n % LANES elements of a row's segment, and zeros: the elements before them, in the row, are masked out. */
INLINE v128_t load_rest(cosdim_dtype dtype, const void *x, size_t n) {
  static const int32_t masks[2 * LANES] = {0, 0, 0, 0, -1, -1, -1, -1};
  return wasm_v128_and(load4(dtype, element_at(dtype, x, (ptrdiff_t)n - LANES)), wasm_v128_load(masks + n % LANES));
}

/* A vector of fewer than LANES elements, and zeros. */
static __attribute__((noinline)) v128_t load_few(cosdim_dtype dtype, const void *x, size_t n) {
  float few[LANES] = {0};
  for (size_t i = 0; i < n; i++) few[i] = (float)cosdim_read_element(dtype, x, (ptrdiff_t)i);
  return wasm_v128_load(few);
}

INLINE double total_f64x2(v128_t x) {
  return wasm_f64x2_extract_lane(x, 0) + wasm_f64x2_extract_lane(x, 1);
}

INLINE void add_products(int with_norm1, sums_f32 *to, v128_t a, v128_t b) {
  sums_f32 products = {wasm_f32x4_mul(a, b), wasm_f32x4_mul(a, a), wasm_f32x4_mul(b, b)};
  add_sums(with_norm1, to, products);
}

INLINE void flush(int with_norm1, sums_f32 *total, sums_f32 block) {
  total->dot = add_promoted(total->dot, block.dot);
  if (with_norm1) total->norm1 = add_promoted(total->norm1, block.norm1);
  total->norm2 = add_promoted(total->norm2, block.norm2);
}

/*
 * Sums a row of at least one tree into its places in a group. The elements after the last tree form a block of their
 * own. A block's last line is touched first, so that memory delivers all of it at once: 3072 elements take 0.9 of the
 * time.
 */
INLINE void sum_row(cosdim_dtype dtype, int with_norm1, const void *x1, const void *x2, size_t n, double *to) {
  const size_t size = cosdim_size(dtype);
  const char *a = x1, *b = x2, *end = a + n / TREE * TREE * size;
  v128_t zero = wasm_f64x2_splat(0);
  sums_f32 total = {zero, zero, zero};
  ROLLED while (a != end) {
    const char *stop = (size_t)(end - a) > BLOCK * size ? a + BLOCK * size : end;
    if (with_norm1) touch(stop - 1);
    touch(b + (stop - a) - 1);
    sums_f32 block = tree_of_products(dtype, with_norm1, a, LANES, b, LANES);
    a += TREE * size;
    b += TREE * size;
    ROLLED while (a != stop) {
      add_sums(with_norm1, &block, tree_of_products(dtype, with_norm1, a, LANES, b, LANES));
      a += TREE * size;
      b += TREE * size;
    }
    flush(with_norm1, &total, block);
  }
  if (n % TREE) {
    sums_f32 rest = {zero, zero, zero};
    ROLLED for (end = (const char *)x1 + n / LANES * LANES * size; a != end; a += LANES * size, b += LANES * size)
        add_products(with_norm1, &rest, load4_finite(dtype, a), load4_finite(dtype, b));
    if (n % LANES) add_products(with_norm1, &rest, load_rest(dtype, x1, n), load_rest(dtype, x2, n));
    flush(with_norm1, &total, rest);
  }
  to[0] = total_f64x2(total.dot);
  if (with_norm1) to[4] = total_f64x2(total.norm1);
  to[8] = total_f64x2(total.norm2);
}

/* The sums of a row in float64. */
INLINE void sum_row_exact(cosdim_dtype dtype, const void *x1, const void *x2, size_t n, double *to) {
  exact_sums sums = {zero4(), zero4(), zero4()};
  for (size_t i = 0; i + LANES <= n; i += LANES)
    add_exact_products(&sums, load4(dtype, element_at(dtype, x1, (ptrdiff_t)i)),
                       load4(dtype, element_at(dtype, x2, (ptrdiff_t)i)));
  if (n < LANES)
    add_exact_products(&sums, load_few(dtype, x1, n), load_few(dtype, x2, n));
  else if (n % LANES)
    add_exact_products(&sums, load_rest(dtype, x1, n), load_rest(dtype, x2, n));
  to[0] = total4(sums.dot);
  to[4] = total4(sums.norm1);
  to[8] = total4(sums.norm2);
}

/* The parts of a kernel for one dtype: the sums of a row, those without norm1, and both in float64. */
typedef void sum_row_kernel(const void *x1, const void *x2, size_t n, double *to);
typedef struct {
  cosdim_dtype dtype;
  sum_row_kernel *both, *norm2_alone, *exact;
} row_kernels;

/*
 * Rows are read from two places of a run in turn, and long ones a segment of each, since memory delivers more to
 * several streams (one vector against many of 768: 83 ns a row instead of 103). From four or eight places it delivers
 * far less. Without segments rows of 3072 take a seventh longer; with one vector against many, a tenth less.
 */
enum { PLACES = 2, SEGMENT = 16 * BLOCK };

/* Sums rows of any length. Not inlined: what it keeps over calls would cost short rows a tenth. */
static __attribute__((noinline)) void sum_segments(cosdim_dtype dtype, sum_row_kernel *sum, cosdim_vectors x1,
                                                   cosdim_vectors x2, size_t n, size_t count, double *work) {
  size_t distance = (count + PLACES - 1) / PLACES;
  memset(work, 0, (count + COSDIM_GROUP_F32 - 1) / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK * sizeof *work);
  for (size_t i = 0; i < distance; i++)
    for (size_t start = 0; start < n; start += SEGMENT)
      for (size_t row = i; row < count; row += distance) {
        double part[COSDIM_GROUP_WORK] = {0}, *total = cosdim_work_of(work, row, count, COSDIM_GROUP_F32);
        sum(element_at(dtype, x1.data, (ptrdiff_t)start + (ptrdiff_t)row * x1.vector_stride),
            element_at(dtype, x2.data, (ptrdiff_t)start + (ptrdiff_t)row * x2.vector_stride),
            n - start < SEGMENT ? n - start : SEGMENT, part);
        for (int k = 0; k < COSDIM_GROUP_WORK; k += COSDIM_GROUP_F32) total[k] += part[k];
      }
}

/* With one vector against many, the norm of the one is summed once, in the order of the others. */
static __attribute__((noinline)) int rows(const row_kernels *kernels, cosdim_vectors x1, cosdim_vectors x2, size_t n,
                                          size_t count, int exact, double *work) {
  exact |= n < COSDIM_SHORT_F32;
  int is_x1 = x1.vector_stride == 0, is_one = !exact && count > 1 && (is_x1 || x2.vector_stride == 0);
  cosdim_vectors first = is_one && !is_x1 ? x2 : x1, second = is_one && !is_x1 ? x1 : x2;
  sum_row_kernel *sum = exact ? kernels->exact : is_one ? kernels->norm2_alone : kernels->both;
  ptrdiff_t size = (ptrdiff_t)cosdim_size(kernels->dtype), step1 = first.vector_stride * size,
            step2 = second.vector_stride * size, distance = (ptrdiff_t)(count + PLACES - 1) / PLACES;
  double of_one[COSDIM_GROUP_WORK];
  int in_segments = n > SEGMENT && !is_one;
  if (is_one) sum(first.data, first.data, n, of_one);
  if (in_segments) sum_segments(kernels->dtype, sum, first, second, n, count, work);
  for (ptrdiff_t i = 0; !in_segments && i < (ptrdiff_t)count; i++) {
    ptrdiff_t row = i / PLACES + i % PLACES * distance;
    sum((const char *)first.data + row * step1, (const char *)second.data + row * step2, n,
        cosdim_work_of(work, (size_t)row, count, COSDIM_GROUP_F32));
  }
  if (is_one) set_norm_of_one(of_one[8], !is_x1, count, work);
  if (kernels->dtype == COSDIM_FLOAT16 && !exact) mark_nonfinite_halves(count, work);
  return exact;
}

#define ROWS_OF(name, dtype)                                                                                \
  static void sum_both_##name(const void *x1, const void *x2, size_t n, double *to) {                       \
    sum_row(dtype, 1, x1, x2, n, to);                                                                       \
  }                                                                                                         \
  static void sum_norm2_alone_##name(const void *x1, const void *x2, size_t n, double *to) {                \
    sum_row(dtype, 0, x1, x2, n, to);                                                                       \
  }                                                                                                         \
  static void sum_exact_##name(const void *x1, const void *x2, size_t n, double *to) {                      \
    sum_row_exact(dtype, x1, x2, n, to);                                                                    \
  }                                                                                                         \
  int cosdim_rows_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, \
                                   double *work) {                                                          \
    static const row_kernels kernels = {dtype, sum_both_##name, sum_norm2_alone_##name, sum_exact_##name};  \
    return rows(&kernels, x1, x2, n, count, exact, work);                                                   \
  }
ROWS_OF(f32, COSDIM_FLOAT32)
ROWS_OF(f16, COSDIM_FLOAT16)
#undef ROWS_OF

double cosdim_pair_f32_simd128(const float *x1, const float *x2, size_t n, double least) {
  double sums[COSDIM_GROUP_WORK];
  (n < COSDIM_SHORT_F32 ? sum_exact_f32 : sum_both_f32)(x1, x2, n, sums);
  double dot = sums[0], norm1_squared = sums[4], norm2_squared = sums[8];
  double product = norm1_squared * norm2_squared;
  int is_safe = norm1_squared >= least && norm2_squared >= least && product < INFINITY && dot * dot <= product;
  return is_safe ? dot / sqrt(product) : NAN;
}

double cosdim_norm_squared_f32_simd128(const void *vector, size_t n) {
  sum4 even = zero4(), odd = zero4();
  const float *x = vector, *end = x + n / (2 * LANES) * (2 * LANES);
  ROLLED for (const float *stop = end; x != stop; x += 2 * LANES) {
    sum4 a = promote4(wasm_v128_load(x)), b = promote4(wasm_v128_load(x + LANES));
    add_products4(&even, a, a);
    add_products4(&odd, b, b);
  }
  double rest = 0;
  ROLLED for (size_t i = 0; i < n % (2 * LANES); i++) rest += (double)end[i] * end[i];
  return total4(even) + total4(odd) + rest;
}
