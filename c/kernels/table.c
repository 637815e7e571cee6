/* The table of kernels by dtype. */
#include "kernels/kernels.h"

const cosdim_kernels *cosdim_kernels_of(cosdim_dtype dtype) {
#define KERNELS(name, dtype) [dtype] = {cosdim_rows_##name##_simd128, cosdim_columns_##name##_simd128},
  static const cosdim_kernels kernels[] = {COSDIM_FLOAT_KERNELS(KERNELS) COSDIM_INTEGER_KERNELS(KERNELS)
                                               KERNELS(f64, COSDIM_FLOAT64)};
#undef KERNELS
  return &kernels[dtype];
}
