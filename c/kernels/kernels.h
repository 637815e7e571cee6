/*
 * The kernels' interface. A kernel accumulates a run of outputs. It reads one layout and one dtype, and knows nothing
 * of shapes. Kernels are named operation_dtype_isa.
 *
 * Error budgets, with u = 2^-24 for float32 and 2^-53 for float64: products of float32 are added in float32 over blocks
 * of trees (block_f32.h), and the blocks in float64. That rounds a term five times: once its product, twice in its tree
 * and twice as trees are added. By Cauchy's inequality a cosine is off by at most one u for each rounding of its dot,
 * 0.5 u for each rounding of a norm, and 0.5 u for its own:
 *
 *     rows, columns         dot 5, norms 5 and 5: 10.5
 *     pairwise              dot 16, norms 0 and 0: 16.5, below 2 on random data (products.c)
 *     float64               3, 3 and 3: 6.5
 *     short vectors         0, 0 and 0: 0.5 (float32, accumulated in float64)
 *     8-bit integers        0, 0 and 0: 0.5
 *
 * Every kernel but the products adds the dot and both norms in the same order, so that the cosine of x and ±x is
 * exactly ±1; pairwise cosines within 2^-19 of ±1 are accumulated again as rows.
 */
#ifndef COSDIM_KERNELS_H
#define COSDIM_KERNELS_H

#include "cosdim.h"

/* The vectors of one operand in a run of outputs. Strides count elements. */
typedef struct {
  const void *data;
  ptrdiff_t element_stride, vector_stride;
} cosdim_vectors;

/*
 * What a kernel writes: the sums of outputs in groups, and in a group first every dot, then every norm1², then every
 * norm2². A float64 group has the values of each, then their carries. Separate arrays would collide in the cache at
 * many lengths, and a group can be finalized in SIMD vectors.
 *
 * If the number of outputs is not a multiple of the group size, the last group ends with the last output and overlaps
 * the one before.
 */
enum { COSDIM_GROUP_F32 = 4, COSDIM_GROUP_F64 = 2, COSDIM_GROUP_WORK = 12 };
enum { COSDIM_OUTPUT_WORK = COSDIM_GROUP_WORK / COSDIM_GROUP_F64 }; /* doubles for an output of either dtype */

/* Vectors of float32 or float16 shorter than this, a tree of products, are accumulated in float64. */
enum { COSDIM_SHORT_F32 = 16 };

/* Where the sums of an output are in `work`. */
static inline double *cosdim_work_of(double *work, size_t output, size_t count, size_t group) {
  size_t full = count - count % group;
  if (output < full || count < group) return work + output / group * COSDIM_GROUP_WORK + output % group;
  return work + full / group * COSDIM_GROUP_WORK + (output + group - count);
}

/* The first output of a group. */
static inline size_t cosdim_group_start(size_t group_index, size_t count, size_t group) {
  size_t first = group_index * group;
  return first + group <= count ? first : count - group;
}

/*
 * Accumulates `count` outputs of n terms. Returns whether the sums are exact to float64, as they are when `exact` asks
 * for it. If it does not, columns need half as much memory again behind the sums.
 */
typedef int cosdim_kernel(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work);

/*
 * Pairwise: the dots of `rows` vectors of x1, at most COSDIM_PRODUCT_ROWS, with each of `columns` vectors of x2, at
 * most COSDIM_PRODUCT_COLUMNS, all contiguous: that of row i and column j is dots[i * COSDIM_PRODUCT_COLUMNS + j].
 */
enum { COSDIM_PRODUCT_ROWS = 4, COSDIM_PRODUCT_COLUMNS = 64 };
typedef void cosdim_products_kernel(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t rows, size_t columns,
                                    double *dots);

/* Pairwise: Σx², in float64. */
typedef double cosdim_norm_kernel(const void *x, size_t n);

/* The dtypes that kernels read without conversion. Those narrower than float32 have kernels for rows, and the integers
 * for all pairs. */
#define COSDIM_WIDE_KERNELS(X) X(f32, COSDIM_FLOAT32) X(f64, COSDIM_FLOAT64)
#define COSDIM_INTEGER_KERNELS(X) X(i8, COSDIM_INT8) X(u8, COSDIM_UINT8)
#define COSDIM_NARROW_KERNELS(X) COSDIM_INTEGER_KERNELS(X) X(f16, COSDIM_FLOAT16)

/* The kernels of a dtype. Rows: contiguous vectors. Columns: contiguous neighbours, or one vector broadcast. Strided:
 * every other layout. Products and norm²: all pairs of contiguous vectors. */
typedef struct {
  cosdim_kernel *rows, *columns, *strided;
  cosdim_products_kernel *products;
  cosdim_norm_kernel *norm_squared;
} cosdim_kernels;

#define COSDIM_DECLARE_ROWS(name, dtype) cosdim_kernel cosdim_rows_##name##_simd128;
#define COSDIM_DECLARE_OTHERS(name, dtype) \
  cosdim_kernel cosdim_columns_##name##_simd128, cosdim_strided_##name##_simd128;
#define COSDIM_DECLARE_PAIRWISE(name, dtype)               \
  cosdim_products_kernel cosdim_products_##name##_simd128; \
  cosdim_norm_kernel cosdim_norm_squared_##name##_simd128;
COSDIM_NARROW_KERNELS(COSDIM_DECLARE_ROWS)
COSDIM_WIDE_KERNELS(COSDIM_DECLARE_ROWS)
COSDIM_WIDE_KERNELS(COSDIM_DECLARE_OTHERS)
COSDIM_INTEGER_KERNELS(COSDIM_DECLARE_PAIRWISE)
COSDIM_DECLARE_PAIRWISE(f32, COSDIM_FLOAT32)
#undef COSDIM_DECLARE_ROWS
#undef COSDIM_DECLARE_OTHERS
#undef COSDIM_DECLARE_PAIRWISE

/* Two or more vectors of float64, in any layout, term by term: faster than rows for fewer terms than this. */
enum { COSDIM_SHORT_F64 = 8 };
cosdim_kernel cosdim_short_f64_simd128;

/* By dtype. The entries are NULL where a dtype is converted first, or all pairs are accumulated as rows. */
const cosdim_kernels *cosdim_kernels_of(cosdim_dtype dtype);

/* Whether a dtype narrower than float32 has kernels of its own. */
static inline int cosdim_is_narrow(cosdim_dtype dtype) {
  return dtype < COSDIM_FLOAT32 && cosdim_kernels_of(dtype)->rows;
}

/*
 * The cosine of two contiguous vectors, from the sums of the rows kernel and one root. NaN if a norm² is below `least`,
 * or if the sums are infinite, NaN or not exact enough to stay within ±1.
 */
double cosdim_pair_f32_simd128(const float *x1, const float *x2, size_t n, double least);
/* Accumulate one output in float64, all contiguous: of float32, and of float64 with weights. */
void cosdim_pair_f32_in_f64_simd128(const float *x1, const float *x2, size_t n, double *work);
void cosdim_weighted_f64_simd128(const double *x1, const double *x2, const double *weights, size_t n, double *work);

/* Copies n elements, `step` bytes apart, side by side: also in place. */
void cosdim_copy_elements(size_t size, const char *from, ptrdiff_t step, size_t n, char *to);

/*
 * Converts n staged elements in place to a floating dtype `to`, with the values that they have when cast to `as`, a
 * floating dtype that `to` holds. The memory has room for a multiple of four elements of either dtype.
 */
void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n);

#endif
