/* Groups of four float32 outputs in registers: their sums, whether those are in the safe range, and their cosines. */
#ifndef COSDIM_OUTPUT_GROUP_H
#define COSDIM_OUTPUT_GROUP_H

#include "kernels/load.h"

/* The sums of a group, two outputs to a vector. */
typedef struct {
  v128_t dot[2], norm1_squared[2], norm2_squared[2];
} group;

/* Reads a group as kernels write it. */
INLINE group load_group(const double *work) {
  group sums;
  for (int k = 0; k < 2; k++) {
    sums.dot[k] = wasm_v128_load(work + 2 * k);
    sums.norm1_squared[k] = wasm_v128_load(work + 4 + 2 * k);
    sums.norm2_squared[k] = wasm_v128_load(work + 8 + 2 * k);
  }
  return sums;
}

/* When sums can be finalized as they are: the least norm², and the largest sum of two products norm1² · norm2². */
typedef struct {
  v128_t least, largest;
} safe_range;

/* Whether a comparison holds in both lanes. wasm_i64x2_all_true takes five instructions: a 25th of short vectors'
 * time. */
INLINE int all_true(v128_t compared) {
  return wasm_i64x2_bitmask(compared) == 3;
}

/*
 * Whether all outputs of a group are in the safe range: no norm is clamped by eps, none over- or underflowed, nothing
 * is NaN. A norm² that is NaN or infinite makes the product so; a dot is finite where the norms are.
 */
INLINE int group_in_safe_range(const group *sums, const safe_range *range) {
  v128_t product[2], least[2];
  for (int k = 0; k < 2; k++) {
    product[k] = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    least[k] = wasm_f64x2_pmin(sums->norm1_squared[k], sums->norm2_squared[k]);
  }
  return all_true(wasm_v128_and(wasm_f64x2_ge(wasm_f64x2_pmin(least[0], least[1]), range->least),
                                wasm_f64x2_le(wasm_f64x2_add(product[0], product[1]), range->largest)));
}

/*
 * cosdim_finalize for a group in the safe range. Exact sums need no clamp to [-1, 1]: they exceed it by less than
 * float32 resolves.
 */
INLINE void finalize_group(const group *sums, int exact, float *out) {
  v128_t cosine[2];
  for (int k = 0; k < 2; k++) {
    v128_t product = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    cosine[k] = wasm_f64x2_div(sums->dot[k], wasm_f64x2_sqrt(product));
  }
  v128_t rounded = demote4(cosine[0], cosine[1]);
  if (!exact) rounded = wasm_f32x4_pmin(wasm_f32x4_splat(1), wasm_f32x4_pmax(wasm_f32x4_splat(-1), rounded));
  wasm_v128_store(out, rounded);
}

/*
 * Accumulates and finalizes vectors of n float32 (short_vectors_f32.c), in groups, up to the first that is not in the
 * safe range. Returns how many outputs those are.
 */
size_t cosdim_finalize_short_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                                         const safe_range *range, float *out);

#endif
