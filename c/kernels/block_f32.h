/*
 * How products are summed in float32, the same in every kernel: four vectors of products are a tree, BLOCK_TREES trees
 * are added one to another in registers, and that block to float64 sums. The dot and both norms are summed in the very
 * same order, so that the cosine of x and ±x is exactly ±1.
 */
#ifndef COSDIM_BLOCK_F32_H
#define COSDIM_BLOCK_F32_H

#include "kernels/load.h"

#include <math.h>

enum { LANES = 4, BLOCK_TREES = 3, TREE = 4 * LANES, BLOCK = BLOCK_TREES * TREE };

/* The sums of a block, or in float64 those of a row. norm1 is unused where the first operand's norm is known. */
typedef struct {
  v128_t dot, norm1, norm2;
} sums_f32;

/* Two vectors of each operand, `step1` and `step2` elements apart. */
INLINE sums_f32 two_products(cosdim_dtype dtype, int with_norm1, const void *x1, ptrdiff_t step1, const void *x2,
                             ptrdiff_t step2) {
  v128_t a = load4_finite(dtype, x1), b = load4_finite(dtype, x2);
  v128_t next_a = load4_finite(dtype, element_at(dtype, x1, step1)),
         next_b = load4_finite(dtype, element_at(dtype, x2, step2));
  sums_f32 two;
  two.dot = wasm_f32x4_add(wasm_f32x4_mul(a, b), wasm_f32x4_mul(next_a, next_b));
  if (with_norm1) two.norm1 = wasm_f32x4_add(wasm_f32x4_mul(a, a), wasm_f32x4_mul(next_a, next_a));
  two.norm2 = wasm_f32x4_add(wasm_f32x4_mul(b, b), wasm_f32x4_mul(next_b, next_b));
  return two;
}

INLINE void add_sums(int with_norm1, sums_f32 *to, sums_f32 x) {
  to->dot = wasm_f32x4_add(to->dot, x.dot);
  if (with_norm1) to->norm1 = wasm_f32x4_add(to->norm1, x.norm1);
  to->norm2 = wasm_f32x4_add(to->norm2, x.norm2);
}

/* Four vectors of each operand. */
INLINE sums_f32 tree_of_products(cosdim_dtype dtype, int with_norm1, const void *x1, ptrdiff_t step1, const void *x2,
                                 ptrdiff_t step2) {
  sums_f32 tree = two_products(dtype, with_norm1, x1, step1, x2, step2);
  add_sums(with_norm1, &tree,
           two_products(dtype, with_norm1, element_at(dtype, x1, 2 * step1), step1, element_at(dtype, x2, 2 * step2),
                        step2));
  return tree;
}

/* Adds four floats to two sums in float64. */
INLINE v128_t add_promoted(v128_t sum, v128_t x) {
  return wasm_f64x2_add(sum, wasm_f64x2_add(promote_low(x), promote_high(x)));
}

typedef struct {
  sum4 dot, norm1, norm2;
} exact_sums;

/* Adds products that float64 holds exactly. */
INLINE void add_exact_products(exact_sums *sums, v128_t a, v128_t b) {
  sum4 of1 = promote4(a), of2 = promote4(b);
  add_products4(&sums->dot, of1, of2);
  add_products4(&sums->norm1, of1, of1);
  add_products4(&sums->norm2, of2, of2);
}

/* Puts the norm of the one vector beside the sums of many, which a kernel accumulated as if it was x1. */
static inline void set_norm_of_one(double norm_squared, int is_x2, size_t count, double *work) {
  for (size_t i = 0; i < count; i++) {
    double *of = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    of[4] = is_x2 ? of[8] : norm_squared;
    if (is_x2) of[8] = norm_squared;
  }
}

/* A sum of squares with an infinity or NaN in it is at least this large (load_finite_halves). */
#define BEYOND_HALVES 0x1p32

/* Makes such sums NaN, so that they are accumulated again. */
static inline void mark_nonfinite_halves(size_t count, double *work) {
  for (size_t i = 0; i < count; i++) {
    double *of = cosdim_work_of(work, i, count, COSDIM_GROUP_F32);
    if (!(of[4] < BEYOND_HALVES && of[8] < BEYOND_HALVES)) of[4] = NAN;
  }
}

#endif
