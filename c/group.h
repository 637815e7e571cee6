/* Groups of four float32 outputs: what they were summed to, whether that can be finished at once, and how. */
#ifndef COSDIM_GROUP_H
#define COSDIM_GROUP_H

#include "load.h"

/* The sums of a group, two outputs to a vector. */
typedef struct {
  v128_t dot[2], norm1_squared[2], norm2_squared[2];
} group;

/* A group as kernels lay it out. */
INLINE group load_group(const double *work) {
  group sums;
  for (int k = 0; k < 2; k++) {
    sums.dot[k] = wasm_v128_load(work + 2 * k);
    sums.norm1_squared[k] = wasm_v128_load(work + 4 + 2 * k);
    sums.norm2_squared[k] = wasm_v128_load(work + 8 + 2 * k);
  }
  return sums;
}

/* What the sums of good outputs are between: each norm², their product, and what of it dot² may be. */
typedef struct {
  v128_t low, high, nearly_one;
} limits;

/* Whether a comparison holds for both lanes. wasm_i64x2_all_true takes five instructions: a 25th of short vectors'
 * time. */
INLINE int both(v128_t compared) {
  return wasm_i64x2_bitmask(compared) == 3;
}

/*
 * Whether the outputs of a group are all good: not clamped, to be believed, no NaN. A norm² that is NaN or infinite
 * makes the product so; a dot is neither beside norms that are not. Where sums are exact, dot² may be anything.
 */
INLINE int is_good(const group *sums, const limits *of, int exact) {
  v128_t product[2], least[2], beside[2];
  for (int k = 0; k < 2; k++) {
    product[k] = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    least[k] = wasm_f64x2_pmin(sums->norm1_squared[k], sums->norm2_squared[k]);
    v128_t dot_squared = wasm_f64x2_mul(sums->dot[k], sums->dot[k]);
    beside[k] = wasm_f64x2_le(dot_squared, wasm_f64x2_mul(of->nearly_one, product[k]));
  }
  v128_t good = wasm_v128_and(wasm_f64x2_ge(wasm_f64x2_pmin(least[0], least[1]), of->low),
                              wasm_f64x2_le(wasm_f64x2_add(product[0], product[1]), of->high));
  if (!exact) good = wasm_v128_and(good, wasm_v128_and(beside[0], beside[1]));
  return both(good);
}

/* Rounds the four cosines of a group. */
INLINE void write_group(v128_t low, v128_t high, float *out) {
  wasm_v128_store(
      out, wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high), 0, 1, 4, 5));
}

/* cosdim_finalize for a good group. No clamp to [-1, 1]: exact sums are beyond by less than a float tells. */
INLINE void finish_group(const group *sums, float *out) {
  v128_t cosine[2];
  for (int k = 0; k < 2; k++) {
    v128_t product = wasm_f64x2_mul(sums->norm1_squared[k], sums->norm2_squared[k]);
    cosine[k] = wasm_f64x2_div(sums->dot[k], wasm_f64x2_sqrt(product));
  }
  write_group(cosine[0], cosine[1], out);
}

/*
 * Makes outputs of vectors of n float32, in groups, up to the first that has a special one: see short.c. Returns how
 * many outputs that is.
 */
size_t cosdim_finalize_short(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, const limits *of,
                             float *out);

#endif
