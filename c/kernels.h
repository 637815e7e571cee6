/*
 * Inside of the core: what the kernels share. A kernel sums the terms of one tile; it reads a single layout and dtype,
 * and knows no shapes. Its pointers point at the first element, its steps count elements.
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

/* The same in both lanes of a vector. */
static inline void cosdim_add_f64x2(v128_t *value, v128_t *carry, v128_t x) {
  v128_t total = wasm_f64x2_add(*value, x), of_x = wasm_f64x2_sub(total, *value);
  v128_t lost = wasm_f64x2_add(wasm_f64x2_sub(*value, wasm_f64x2_sub(total, of_x)), wasm_f64x2_sub(x, of_x));
  *carry = wasm_f64x2_add(*carry, lost);
  *value = total;
}

/* The upper two of four floats, as doubles. */
static inline v128_t cosdim_promote_high(v128_t x) {
  return wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(x, x, 2, 3, 2, 3));
}

/*
 * Σ x · y over eight vectors, lane by lane, in a tree: one rounding for a product and three for its sum. The kernels
 * add such sums in float64 or with their carry, so that a sum is off by at most 4u of Σ|x · y| however long it is, u
 * being 2^-24 or 2^-53. By Cauchy's inequality that is 4u of a cosine for its dot and 4u for both norms together, 8u at
 * most, and the rounding of the result; the hardest data that tests/bench/hard.js finds is 5.8u off in float32 and 6.2u
 * in float64.
 */
#define COSDIM_DOT8(name, mul, add)                                                               \
  static inline v128_t name(const v128_t *x, const v128_t *y) {                                   \
    v128_t a = add(add(mul(x[0], y[0]), mul(x[1], y[1])), add(mul(x[2], y[2]), mul(x[3], y[3]))); \
    v128_t b = add(add(mul(x[4], y[4]), mul(x[5], y[5])), add(mul(x[6], y[6]), mul(x[7], y[7]))); \
    return add(a, b);                                                                             \
  }
COSDIM_DOT8(cosdim_dot8_f32x4, wasm_f32x4_mul, wasm_f32x4_add)
COSDIM_DOT8(cosdim_dot8_f64x2, wasm_f64x2_mul, wasm_f64x2_add)

/* The elements of an operand along the reduced axis. */
typedef struct {
  const void *data;
  ptrdiff_t step;
} cosdim_vector;

/* The kernels of a dtype. */
typedef struct {
  /* Both operands contiguous along the reduced axis: one output. */
  cosdim_sums (*rows)(const void *x1, const void *x2, size_t n);
  /*
   * Both contiguous across it: so many outputs side by side, a multiple of `group`. `work` takes COSDIM_COLUMN_WORK
   * doubles an output; `column` reads the sums of one from it.
   */
  void (*columns)(cosdim_vector x1, cosdim_vector x2, size_t n, size_t columns, double *work);
  cosdim_sums (*column)(const double *work, size_t column);
  size_t group;
} cosdim_kernels;

enum { COSDIM_COLUMN_WORK = 6, COSDIM_GROUP_F32 = 4, COSDIM_GROUP_F64 = 2 };

cosdim_sums cosdim_rows_f32(const void *x1, const void *x2, size_t n);
cosdim_sums cosdim_rows_f64(const void *x1, const void *x2, size_t n);
void cosdim_columns_f32(cosdim_vector x1, cosdim_vector x2, size_t n, size_t columns, double *work);
void cosdim_columns_f64(cosdim_vector x1, cosdim_vector x2, size_t n, size_t columns, double *work);
cosdim_sums cosdim_column_f32(const double *work, size_t column);
cosdim_sums cosdim_column_f64(const double *work, size_t column);

/* One output of any layout, for operands of one dtype; `weights` are float64 or none. Sums are of √w · x · 2^-exponent.
 */
cosdim_sums cosdim_strided(cosdim_dtype dtype, cosdim_vector x1, cosdim_vector x2, cosdim_vector weights, size_t n,
                           int exponent1, int exponent2);

/*
 * The exponent e of the largest magnitude of √w · x, which is near [2^e, 2^(e+1)); 0 when all are 0 or one is not
 * finite.
 */
int cosdim_exponent(cosdim_dtype dtype, cosdim_vector x, cosdim_vector weights, size_t n);

/* The tile of an operand: its first element where the kernels read it (NULL without weights), and how many are staged.
 */
const void *cosdim_first_element(const cosdim_plan *plan, int operand);
size_t cosdim_staged_elements(const cosdim_plan *plan, int operand);

size_t cosdim_size(cosdim_dtype dtype);
int cosdim_is_floating(cosdim_dtype dtype);

/* torch.result_type of two operands. An error writes fault[2]. */
cosdim_status cosdim_common_dtype(const cosdim_tensor *x1, const cosdim_tensor *x2, cosdim_dtype *common,
                                  int64_t *fault);

/* Turns n staged elements, in place, into float32 or float64, `to`, with the values that they have when cast to `as`.
 */
void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n);

/* Writes element i of an array of a floating dtype. */
void cosdim_write(cosdim_dtype dtype, void *data, size_t i, double x);

#endif
