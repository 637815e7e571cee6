/* The table of kernels by dtype. */
#include "kernels/kernels.h"

const cosdim_kernels *cosdim_kernels_of(cosdim_dtype dtype) {
#define ROWS(name) cosdim_rows_##name##_simd128
#define OTHERS(name) cosdim_columns_##name##_simd128, cosdim_strided_##name##_simd128
#define PAIRWISE(name) cosdim_products_##name##_simd128, cosdim_norm_squared_##name##_simd128
#define NONE NULL, NULL
  static const cosdim_kernels kernels[] = {
      [COSDIM_UINT8] = {ROWS(u8), NONE, PAIRWISE(u8)},   [COSDIM_INT8] = {ROWS(i8), NONE, PAIRWISE(i8)},
      [COSDIM_FLOAT16] = {ROWS(f16), NONE, NONE},        [COSDIM_FLOAT32] = {ROWS(f32), OTHERS(f32), PAIRWISE(f32)},
      [COSDIM_FLOAT64] = {ROWS(f64), OTHERS(f64), NONE},
  };
#undef ROWS
#undef OTHERS
#undef PAIRWISE
#undef NONE
  return &kernels[dtype];
}
