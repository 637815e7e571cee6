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

/* When sums can be finalized as they are: the least norm², the largest sum of two products norm1² · norm2², and the
 * largest fraction of such a product that dot² may be. */
typedef struct {
  v128_t least, largest, nearly_one;
} safe_range;

/* Whether a comparison holds in both lanes. wasm_i64x2_all_true takes five instructions: a 25th of short vectors'
 * time. */
INLINE int all_true(v128_t compared) {
  return wasm_i64x2_bitmask(compared) == 3;
}

/*
 * Whether all outputs of a group are in the safe range: no norm is clamped by eps, none over- or underflowed, nothing
 * is NaN. A norm² that is NaN or infinite makes the product so; a dot is finite where the norms are. Where sums
 * are exact, dot² may be anything.
 */
INLINE int group_in_safe_range(const group *sums, const safe_range *range, int exact) {
  v128_t product[2], least[2], below_one[2];
  for (int k = 0; k < 2; k++) {
    product[k] = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    least[k] = wasm_f64x2_pmin(sums->norm1_squared[k], sums->norm2_squared[k]);
    v128_t dot_squared = wasm_f64x2_mul(sums->dot[k], sums->dot[k]);
    below_one[k] = wasm_f64x2_le(dot_squared, wasm_f64x2_mul(range->nearly_one, product[k]));
  }
  v128_t safe = wasm_v128_and(wasm_f64x2_ge(wasm_f64x2_pmin(least[0], least[1]), range->least),
                              wasm_f64x2_le(wasm_f64x2_add(product[0], product[1]), range->largest));
  if (!exact) safe = wasm_v128_and(safe, wasm_v128_and(below_one[0], below_one[1]));
  return all_true(safe);
}

/* Rounds the four cosines of a group to float32. */
INLINE void store_group(v128_t low, v128_t high, float *out) {
  wasm_v128_store(
      out, wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high), 0, 1, 4, 5));
}

/* cosdim_finalize for a group in the safe range. No clamp to [-1, 1]: exact sums exceed it by less than float32
 * resolves.
 */
INLINE void finalize_group(const group *sums, float *out) {
  v128_t cosine[2];
  for (int k = 0; k < 2; k++) {
    v128_t product = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    cosine[k] = wasm_f64x2_div(sums->dot[k], wasm_f64x2_sqrt(product));
  }
  store_group(cosine[0], cosine[1], out);
}

/*
 * Accumulates and finalizes vectors of n float32 (short_vectors_f32.c), in groups, up to the first that is not in the
 * safe range. Returns how many outputs those are.
 */
size_t cosdim_finalize_short_f32_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count,
                                         const safe_range *range, float *out);

#endif
