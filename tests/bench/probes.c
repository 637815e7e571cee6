/*
 * The most that WebAssembly can do on the machine that runs this: reading, multiply-adds, roots. Each probe has several
 * forms, since the fastest one depends on the engine and the core; the limit is the best of them. Every probe returns
 * or writes its result, so that no compiler can drop the work.
 */
#include <stddef.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

extern unsigned char __heap_base;

void *EXPORT(base)(void) {
  return &__heap_base;
}

static v128_t any(const v128_t *sums, int n) {
  v128_t all = sums[0];
  for (int k = 1; k < n; k++) all = wasm_v128_or(all, sums[k]);
  return all;
}

static int first_lane(v128_t x) {
  return wasm_i32x4_extract_lane(x, 0);
}

/* Reads `bytes`, a multiple of 256. */
#define READ_ONE(name, width)                                                                                  \
  int EXPORT(name)(const char *x, size_t bytes) {                                                              \
    v128_t sums[width] = {0};                                                                                  \
    for (size_t i = 0; i < bytes; i += 16 * width)                                                             \
      for (int k = 0; k < width; k++) sums[k] = wasm_v128_or(sums[k], wasm_v128_load(x + i + 16 * (size_t)k)); \
    return first_lane(any(sums, width));                                                                       \
  }
READ_ONE(read_one_4, 4)
READ_ONE(read_one_8, 8)

/* Reads `bytes` of each of two arrays, alternating. */
#define READ_TWO(name, width)                                                                    \
  int EXPORT(name)(const char *x, const char *y, size_t bytes) {                                 \
    v128_t sums[2 * width] = {0};                                                                \
    for (size_t i = 0; i < bytes; i += 16 * width)                                               \
      for (int k = 0; k < width; k++) {                                                          \
        sums[k] = wasm_v128_or(sums[k], wasm_v128_load(x + i + 16 * (size_t)k));                 \
        sums[width + k] = wasm_v128_or(sums[width + k], wasm_v128_load(y + i + 16 * (size_t)k)); \
      }                                                                                          \
    return first_lane(any(sums, 2 * width));                                                     \
  }
READ_TWO(read_two_1, 1)
READ_TWO(read_two_2, 2)
READ_TWO(read_two_4, 4)

/* The same, alternating every kilobyte. */
int EXPORT(read_two_in_turn)(const char *x, const char *y, size_t bytes) {
  v128_t sums[4] = {0};
  for (size_t block = 0; block < bytes; block += 1024) {
    size_t end = bytes - block < 1024 ? bytes : block + 1024;
    for (int of = 0; of < 2; of++) {
      const char *from = of ? y : x;
      for (size_t i = block; i < end; i += 64)
        for (int k = 0; k < 4; k++) sums[k] = wasm_v128_or(sums[k], wasm_v128_load(from + i + 16 * k));
    }
  }
  return first_lane(any(sums, 4));
}

/* `n` multiply-adds of vectors of four floats, in registers, on as many sums at once as the name says. */
#define MULTIPLY_ADD(name, width)                                                                        \
  float EXPORT(name)(const float *x, size_t n) {                                                         \
    v128_t factor = wasm_v128_load(x), sums[width];                                                      \
    for (int k = 0; k < width; k++) sums[k] = wasm_v128_load(x + 4 * k);                                 \
    for (size_t i = 0; i < n; i += width)                                                                \
      for (int k = 0; k < width; k++) sums[k] = wasm_f32x4_add(wasm_f32x4_mul(sums[k], factor), factor); \
    v128_t total = sums[0];                                                                              \
    for (int k = 1; k < width; k++) total = wasm_f32x4_add(total, sums[k]);                              \
    return wasm_f32x4_extract_lane(total, 0);                                                            \
  }
MULTIPLY_ADD(multiply_add_8, 8)
MULTIPLY_ADD(multiply_add_12, 12)
MULTIPLY_ADD(multiply_add_14, 14)

/* The same, with one factor from memory. */
float EXPORT(multiply_add_loaded)(const float *x, size_t n) {
  v128_t sums[8] = {0}, factors[4];
  for (int k = 0; k < 4; k++) factors[k] = wasm_v128_load(x + 4 * k);
  for (size_t i = 0; i < n; i += 8) {
    v128_t a = wasm_v128_load(x + i % 512), b = wasm_v128_load(x + i % 512 + 4);
    for (int k = 0; k < 4; k++) {
      sums[k] = wasm_f32x4_add(sums[k], wasm_f32x4_mul(a, factors[k]));
      sums[4 + k] = wasm_f32x4_add(sums[4 + k], wasm_f32x4_mul(b, factors[k]));
    }
  }
  v128_t total = sums[0];
  for (int k = 1; k < 8; k++) total = wasm_f32x4_add(total, sums[k]);
  return wasm_f32x4_extract_lane(total, 0);
}

/* A root and a division for each of `n` outputs, a multiple of 4, in float64, from sums in cache. */
void EXPORT(roots_f64)(const double *dots, const double *squares, float *out, size_t n) {
  for (size_t i = 0; i < n; i += 4) {
    size_t at = i % 1024;
    v128_t low = wasm_f64x2_div(wasm_v128_load(dots + at), wasm_f64x2_sqrt(wasm_v128_load(squares + at)));
    v128_t high = wasm_f64x2_div(wasm_v128_load(dots + at + 2), wasm_f64x2_sqrt(wasm_v128_load(squares + at + 2)));
    wasm_v128_store(out + at, wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high),
                                                 0, 1, 4, 5));
  }
}

/* The same in float32. */
void EXPORT(roots_f32)(const float *dots, const float *squares, float *out, size_t n) {
  for (size_t i = 0; i < n; i += 4) {
    size_t at = i % 1024;
    wasm_v128_store(out + at, wasm_f32x4_div(wasm_v128_load(dots + at), wasm_f32x4_sqrt(wasm_v128_load(squares + at))));
  }
}
