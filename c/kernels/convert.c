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

INLINE v128_t demote4(sum4 x) {
  return wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(x.low), wasm_f32x4_demote_f64x2_zero(x.high), 0, 1, 4, 5);
}

/* Four elements. Those of 64 bits are rounded once, straight to `as`; all others are exact. */
static sum4 load4_as(cosdim_dtype dtype, const void *x, cosdim_dtype as) {
  v128_t integers;
  switch (dtype) {
    case COSDIM_BOOL:
    case COSDIM_UINT8:
      integers = wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(x)));
      if (dtype == COSDIM_BOOL) integers = wasm_u32x4_min(integers, wasm_i32x4_splat(1));
      break;
    case COSDIM_INT8:
      integers = wasm_i32x4_extend_low_i16x8(wasm_i16x8_extend_low_i8x16(wasm_v128_load32_zero(x)));
      break;
    case COSDIM_INT16:
      integers = wasm_i32x4_load16x4(x);
      break;
    case COSDIM_UINT16:
      integers = wasm_u32x4_load16x4(x);
      break;
    case COSDIM_INT32:
      integers = wasm_v128_load(x);
      break;
    case COSDIM_FLOAT64:
      return load_sum4(x);
    case COSDIM_FLOAT16:
    case COSDIM_FLOAT32:
      return promote4(dtype == COSDIM_FLOAT16 ? load_halves(x) : wasm_v128_load(x));
    default:
      return (sum4){wasm_f64x2_make(cosdim_element_as(dtype, x, 0, as), cosdim_element_as(dtype, x, 1, as)),
                    wasm_f64x2_make(cosdim_element_as(dtype, x, 2, as), cosdim_element_as(dtype, x, 3, as))};
  }
  return (sum4){wasm_f64x2_convert_low_i32x4(integers),
                wasm_f64x2_convert_low_i32x4(wasm_i32x4_shuffle(integers, integers, 2, 3, 2, 3))};
}

void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n) {
  if (from == as && as == to) return;
  int is_rounded = as == COSDIM_FLOAT16 && from != as && cosdim_size(from) > 1; /* it holds eight bits */
  ptrdiff_t size = 4 * (ptrdiff_t)cosdim_size(from), new_size = 4 * (ptrdiff_t)cosdim_size(to);
  ptrdiff_t blocks = (ptrdiff_t)((n + 3) / 4);
  /* Wider elements are written from the end, so that none is overwritten before it is read. */
  int is_wider = size < new_size;
  for (ptrdiff_t done = 0; done < blocks; done++) {
    ptrdiff_t block = is_wider ? blocks - 1 - done : done;
    sum4 four = load4_as(from, (const char *)data + block * size, as);
    void *at = (char *)data + block * new_size;
    if (to == COSDIM_FLOAT64) {
      store_sum4(at, four);
    } else {
      v128_t floats = demote4(four);
      if (is_rounded) floats = round_to_halves(floats);
      if (to == COSDIM_FLOAT16)
        store_halves(at, floats);
      else
        wasm_v128_store(at, floats);
    }
  }
}
