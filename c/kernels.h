/*
 * Inside of the core: what the kernels share. A kernel sums the terms of a run of outputs; it reads a single layout and
 * dtype, and knows no shapes.
 *
 * How far sums may be off, u being 2^-24 or 2^-53: products of float32 are added in float32 over short trees, and the
 * trees in float64. A tree of four products costs three roundings of each term, one of eight four. By Cauchy's
 * inequality a cosine is off by at most as many u as its dot has roundings and half of what each norm has, and by the
 * half u of its own rounding:
 *
 *     rows, columns         dot 3, norms 4 and 4: 7.5
 *     one against many      dot 4, norms 0 and 4: 6.5 (the norm of the one is summed in float64)
 *     all pairs             dot 16, norms 0 and 0: 16.5, below 2 on random data (products.c)
 *     float64               3, 3 and 3: 6.5
 *     short vectors         0, 0 and 0: 0.5 (float32 below 8 elements, rows below 96: summed in float64)
 *
 * A cosine within 2^-19 of 1 is summed again in float64, so that those of x and ±x are exactly ±1 in every layout.
 */
#ifndef COSDIM_KERNELS_H
#define COSDIM_KERNELS_H

#include "cosdim.h"

#ifdef __wasm__
#include <wasm_simd128.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/wasm/simd128.h>
#endif

/* a · b, or the number nearest to it that an int64 has: shapes and strides can be anything until they are checked. */
static inline int64_t cosdim_times(int64_t a, int64_t b) {
  int64_t product;
  if (!__builtin_mul_overflow(a, b, &product)) return product;
  return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;
}

static inline int64_t cosdim_plus(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? INT64_MIN : INT64_MAX;
}

/* Adds without losing what rounding drops (Knuth's two-sum). An infinite sum ends as NaN, as every cosine of it does.
 */
static inline void cosdim_add(cosdim_sum *sum, double x) {
  double total = sum->value + x, of_x = total - sum->value;
  sum->carry += (sum->value - (total - of_x)) + (x - of_x);
  sum->value = total;
}

/* The vectors of one operand in a run of outputs: their elements `step` apart, one vector `across` from the next. */
typedef struct {
  const void *data;
  ptrdiff_t step, across;
} cosdim_vectors;

/*
 * What a kernel sums: outputs in groups of GROUP, and in a group first every dot, then every norm1², then every norm2².
 * Together, since arrays of their own would fall on the same cache lines for many lengths; and so that a group is
 * finished in vectors. A float64 group has its values, then their carries.
 *
 * Where the number of outputs is no multiple of GROUP, the last group ends with the last output and overlaps the one
 * before.
 */
enum { COSDIM_GROUP_F32 = 4, COSDIM_GROUP_F64 = 2, COSDIM_GROUP_WORK = 12 };
enum { COSDIM_OUTPUT_WORK = COSDIM_GROUP_WORK / COSDIM_GROUP_F64 }; /* doubles for an output, of either */

static inline double *cosdim_work_of(double *work, size_t output, size_t count, size_t group) {
  size_t whole = count - count % group;
  if (output < whole || count < group) return work + output / group * COSDIM_GROUP_WORK + output % group;
  return work + whole / group * COSDIM_GROUP_WORK + (output + group - count);
}

/* The first output of a group. */
static inline size_t cosdim_first_of(size_t group_index, size_t count, size_t group) {
  size_t first = group_index * group;
  return first + group <= count ? first : count - group;
}

/*
 * Sums `count` outputs of n terms. Returns whether the sums are exact to float64, as they are when `exact` asks for it.
 */
typedef int cosdim_kernel(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work);

/*
 * The dots of `rows` vectors of x1, at most PRODUCT_ROWS, with each of `columns` vectors of x2, at most
 * PRODUCT_COLUMNS, all contiguous: that of row i and column j is dots[i * PRODUCT_COLUMNS + j].
 */
enum { PRODUCT_ROWS = 16, PRODUCT_COLUMNS = 64 };
typedef void cosdim_products(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns, double *dots);

/*
 * The kernels that read a dtype: vectors contiguous; their neighbours contiguous (or one vector for all of them); all
 * pairs of contiguous vectors.
 */
typedef struct {
  cosdim_kernel *rows, *columns;
  cosdim_products *products;
} cosdim_kernels;

cosdim_kernel cosdim_rows_f32, cosdim_rows_f16, cosdim_rows_i8, cosdim_rows_u8, cosdim_rows_f64;
cosdim_kernel cosdim_columns_f32, cosdim_columns_f16, cosdim_columns_i8, cosdim_columns_u8, cosdim_columns_f64;
cosdim_products cosdim_products_f32;

/* Every other layout, of float32 or float64. */
cosdim_kernel cosdim_strided_f32, cosdim_strided_f64;

/* Σx², summed in float64. */
double cosdim_norm_squared_f32(const float *x, size_t n);

/*
 * One float64 output of any layout, with weights or none: its sums are of √w · x, or where the squares need it
 * ('scale'), of √w · x · 2^-exponent.
 */
cosdim_sums cosdim_scaled(cosdim_vectors x1, cosdim_vectors x2, cosdim_vectors weights, size_t n, int scale);

/* Element i of a vector, of any dtype that kernels read. */
static inline double cosdim_element(cosdim_dtype dtype, const void *x, ptrdiff_t i) {
  switch (dtype) {
    case COSDIM_INT8:
      return ((const int8_t *)x)[i];
    case COSDIM_UINT8:
      return ((const uint8_t *)x)[i];
    case COSDIM_FLOAT16:
      return cosdim_half_to_double(((const uint16_t *)x)[i]);
    case COSDIM_FLOAT32:
      return ((const float *)x)[i];
    default:
      return ((const double *)x)[i];
  }
}

/* The tile of an operand: its first element where the kernels read it (NULL without weights), and how many are staged.
 */
const void *cosdim_first_element(const cosdim_plan *plan, int operand);
size_t cosdim_staged_elements(const cosdim_plan *plan, int operand);

size_t cosdim_size(cosdim_dtype dtype);
int cosdim_is_floating(cosdim_dtype dtype);

/* torch.result_type of two operands. An error writes fault[2]. */
cosdim_status cosdim_common_dtype(const cosdim_tensor *x1, const cosdim_tensor *x2, cosdim_dtype *common,
                                  int64_t *fault);

/* Turns n staged elements, in place, into `to`, with the values that they have when cast to `as`. */
void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n);

/* Writes element i of an array of a floating dtype. */
void cosdim_write_element(cosdim_dtype dtype, void *data, size_t i, double x);

#endif
