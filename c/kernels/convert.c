/* Conversion of staged elements, in place and four at a time. */
#include "kernels/load.h"

/* Rounds to float16. Halves are multiples of 2^(exponent - 10), as floats near 2^(exponent + 13) are. */
static v128_t round_to_halves(v128_t x) {
  v128_t infinity = wasm_i32x4_splat(0x7f800000);
  v128_t power = wasm_i32x4_max(wasm_v128_and(x, infinity), wasm_f32x4_splat(0x1p-14f));
  v128_t near = wasm_f32x4_mul(wasm_i32x4_min(power, wasm_f32x4_splat(0x1p16f)), wasm_f32x4_splat(0x1p13f));
  v128_t rounded = wasm_f32x4_sub(wasm_f32x4_add(wasm_f32x4_abs(x), near), near);
  rounded = wasm_v128_bitselect(infinity, rounded, wasm_f32x4_ge(rounded, wasm_f32x4_splat(0x1p16f)));
  return wasm_v128_bitselect(x, rounded, wasm_f32x4_splat(-0.0f));
}

/* Stores floats that are halves: load_finite_halves the other way round. */
INLINE void store_halves(void *to, v128_t x) {
  v128_t bits = wasm_f32x4_mul(x, wasm_f32x4_splat(0x1p-112f));
  v128_t number = wasm_v128_and(wasm_u32x4_shr(bits, 13), wasm_i32x4_splat(0x7fff));
  v128_t halves = wasm_v128_or(number, wasm_v128_and(wasm_u32x4_shr(bits, 16), wasm_i32x4_splat(0x8000)));
  wasm_v128_store64_lane(to, wasm_u16x8_narrow_i32x4(halves, halves), 0);
}

/* Four integers of at most 22 bits as floats. clang takes the conversion of widened integers apart, so they are added
 * to a float whose last bit stands for 1. */
INLINE v128_t small_to_floats(v128_t x) {
  v128_t unit = wasm_f32x4_splat(0x1.8p23f);
  return wasm_f32x4_sub(wasm_i32x4_add(x, unit), unit);
}

/* Whether four 64-bit integers have at most 52 bits. */
INLINE int are_small(v128_t low, v128_t high) {
  v128_t half = wasm_i64x2_splat(INT64_C(1) << 51);
  return !wasm_v128_any_true(wasm_u64x2_shr(wasm_v128_or(wasm_i64x2_add(low, half), wasm_i64x2_add(high, half)), 52));
}

/* Two such integers as doubles, as in small_to_floats. */
INLINE v128_t small_to_doubles(v128_t x) {
  v128_t unit = wasm_f64x2_splat(0x1.8p52);
  return wasm_f64x2_sub(wasm_i64x2_add(x, unit), unit);
}

/* Any four 64-bit integers as floats, rounded once. */
static __attribute__((noinline)) v128_t load_large(const void *x) {
  float four[4];
  for (int i = 0; i < 4; i++) four[i] = (float)cosdim_element_as(COSDIM_INT64, x, i, COSDIM_FLOAT32);
  return wasm_v128_load(four);
}

/* Four elements as floats. Those of more than 24 bits are rounded. */
INLINE v128_t load_floats(cosdim_dtype dtype, const void *x) {
  switch (dtype) {
    case COSDIM_UINT8:
      return small_to_floats(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(x))));
    case COSDIM_INT8:
      return small_to_floats(wasm_i32x4_extend_low_i16x8(wasm_i16x8_extend_low_i8x16(wasm_v128_load32_zero(x))));
    case COSDIM_INT16:
      return small_to_floats(wasm_i32x4_load16x4(x));
    case COSDIM_INT32:
      return wasm_f32x4_convert_i32x4(wasm_v128_load(x));
    case COSDIM_FLOAT16:
      return load_halves(x);
    case COSDIM_INT64: {
      v128_t low = wasm_v128_load(x), high = wasm_v128_load((const int64_t *)x + 2);
      return are_small(low, high) ? demote4(small_to_doubles(low), small_to_doubles(high)) : load_large(x);
    }
    case COSDIM_FLOAT64:
      return demote4(wasm_v128_load(x), wasm_v128_load((const double *)x + 2));
    default:
      COSDIM_UNREACHABLE();
  }
}

/* In place: wider elements are written from the end, so that none is overwritten before it is read. */
#define EACH(number, is_wider) \
  ROLLED for (ptrdiff_t left = (number), i = (is_wider) ? left - 1 : 0; left; left--, i += (is_wider) ? -1 : 1)

INLINE void blocks_to_floats(cosdim_dtype from, char *data, ptrdiff_t blocks) {
  const ptrdiff_t size = 4 * (ptrdiff_t)cosdim_size(from), step = size < 16 ? -1 : 1;
  const char *source = data + (step < 0 ? (blocks - 1) * size : 0);
  char *to = data + (step < 0 ? (blocks - 1) * 16 : 0);
  ROLLED for (; blocks; blocks--, source += step * size, to += step * 16)
      wasm_v128_store(to, load_floats(from, source));
}

/* Integers that have no loop of their own, since they are rare. They are rounded once. */
static void convert_rare(cosdim_dtype from, cosdim_dtype to, void *data, ptrdiff_t n) {
  double *doubles = data;
  float *floats = data;
  if (to == COSDIM_FLOAT64)
    EACH(n, cosdim_size(from) < 8) doubles[i] = cosdim_read_element(from, data, i);
  else if (from == COSDIM_UINT64)
    EACH(n, 0) floats[i] = (float)cosdim_element_as(COSDIM_UINT64, data, i, COSDIM_FLOAT32);
  else
    EACH(n, cosdim_size(from) < 4) floats[i] = (float)cosdim_read_element(from, data, i);
}

/* Four integers of 32 or 64 bits as doubles. */
INLINE sum4 load_doubles(cosdim_dtype from, const void *x) {
  v128_t low = wasm_v128_load(x);
  if (from == COSDIM_INT32)
    return (sum4){wasm_f64x2_convert_low_i32x4(low),
                  wasm_f64x2_convert_low_i32x4(wasm_i32x4_shuffle(low, low, 2, 3, 2, 3))};
  v128_t high = wasm_v128_load((const int64_t *)x + 2);
  if (are_small(low, high)) return (sum4){small_to_doubles(low), small_to_doubles(high)};
  double four[4];
  for (int i = 0; i < 4; i++) four[i] = cosdim_element(COSDIM_INT64, x, i);
  return load_sum4(four);
}

/* Integers that float32 does not hold. */
static void integers_to_doubles(cosdim_dtype from, double *data, ptrdiff_t n) {
  ptrdiff_t blocks = (n + 3) / 4;
  if (from == COSDIM_INT64)
    EACH(blocks, 0) store_sum4(data + 4 * i, load_doubles(COSDIM_INT64, data + 4 * i));
  else if (from == COSDIM_INT32)
    EACH(blocks, 1) store_sum4(data + 4 * i, load_doubles(COSDIM_INT32, (const int32_t *)data + 4 * i));
  else
    convert_rare(from, COSDIM_FLOAT64, data, n);
}

static void to_floats(cosdim_dtype from, char *data, ptrdiff_t n) {
  ptrdiff_t blocks = (n + 3) / 4;
  switch (from) {
#define BLOCKS(dtype) \
  case dtype:         \
    return blocks_to_floats(dtype, data, blocks);
    BLOCKS(COSDIM_UINT8)
    BLOCKS(COSDIM_INT8)
    BLOCKS(COSDIM_INT16)
    BLOCKS(COSDIM_INT32)
    BLOCKS(COSDIM_INT64)
    BLOCKS(COSDIM_FLOAT16)
    BLOCKS(COSDIM_FLOAT64)
#undef BLOCKS
    case COSDIM_FLOAT32:
      break;
    default:
      convert_rare(from, COSDIM_FLOAT32, data, n);
  }
}

void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n) {
  if (from == as && as == to) return;
  ptrdiff_t blocks = (ptrdiff_t)((n + 3) / 4);
  int is_exact = cosdim_size(from) < 4 || from >= COSDIM_FLOAT16; /* as float32 */
  /* A branch depends on each of four 64-bit integers. */
  if (from == COSDIM_INT64) memset((int64_t *)data + n, 0, ((size_t)blocks * 4 - n) * sizeof(int64_t));
  if (to == COSDIM_FLOAT64 && as == to && !is_exact) {
    integers_to_doubles(from, data, (ptrdiff_t)n);
    return;
  }
  to_floats(from, data, (ptrdiff_t)n);
  float *floats = data;
  if (as == COSDIM_FLOAT16 && from != as && cosdim_size(from) > 1) /* float16 holds all integers of 8 bits */
    EACH(blocks, 0) wasm_v128_store(floats + 4 * i, round_to_halves(wasm_v128_load(floats + 4 * i)));
  if (to == COSDIM_FLOAT64)
    EACH(blocks, 1) store_sum4((double *)data + 4 * i, promote4(wasm_v128_load(floats + 4 * i)));
  if (to == COSDIM_FLOAT16) EACH(blocks, 0) store_halves((uint16_t *)data + 4 * i, wasm_v128_load(floats + 4 * i));
}
