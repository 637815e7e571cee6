/* Promotion, float16, and access to single elements. */
#include "tensor/dtype.h"

#include "status.h"

#include <math.h>

static int is_barebones_unsigned(cosdim_dtype dtype) {
  return dtype >= COSDIM_UINT16 && dtype <= COSDIM_UINT64;
}

/* torch's promote_types. The enum's order does most of it: the later of two is the wider. */
static cosdim_status promote(cosdim_dtype a, cosdim_dtype b, cosdim_dtype *promoted, int64_t *fault) {
  *promoted = a > b ? a : b;
  if (a == b || cosdim_is_floating(*promoted)) return COSDIM_OK;
  if (is_barebones_unsigned(*promoted)) {
    return cosdim_fail(fault, COSDIM_ERROR_PROMOTION, a, b, 0);
  }
  if (*promoted == COSDIM_INT8 && (a == COSDIM_UINT8 || b == COSDIM_UINT8)) *promoted = COSDIM_INT16;
  return COSDIM_OK;
}

/* torch's result_type: a 0-d operand counts only when its category (bool, integer, floating) is the higher one. */
cosdim_status cosdim_common_dtype(const cosdim_tensor *x1, const cosdim_tensor *x2, cosdim_dtype *common,
                                  int64_t *fault) {
  cosdim_dtype a = (cosdim_dtype)x1->dtype, b = (cosdim_dtype)x2->dtype;
  if ((x1->rank == 0) == (x2->rank == 0)) return promote(a, b, common, fault);
  cosdim_dtype with_dims = x1->rank ? a : b, without = x1->rank ? b : a;
  if (!cosdim_is_floating(with_dims) && (with_dims == COSDIM_BOOL || cosdim_is_floating(without)))
    return promote(with_dims, without, common, fault);
  *common = with_dims;
  return COSDIM_OK;
}

double cosdim_half_to_double(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double magnitude = exponent == 31 ? (fraction ? NAN : INFINITY)
                     : exponent     ? ldexp(1024 + fraction, exponent - 25)
                                    : ldexp(fraction, -24);
  return bits >> 15 ? -magnitude : magnitude;
}

uint16_t cosdim_double_to_half(double x) {
  uint16_t sign = signbit(x) ? 0x8000 : 0;
  double magnitude = fabs(x);
  if (isnan(x)) return sign | 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00; /* halfway between the largest half, 65504, and the next power */
  int exponent = magnitude < 0x1p-14 ? -14 : ilogb(magnitude);
  /* Halves are multiples of 2^(exponent - 10). A fraction that rounds up to 2048 carries into the exponent. */
  int multiple = (int)rint(ldexp(magnitude, 10 - exponent));
  return sign | (uint16_t)(multiple + (exponent + 14) * 1024);
}

double cosdim_read_element(cosdim_dtype dtype, const void *data, ptrdiff_t i) {
  return cosdim_element(dtype, data, i);
}

void cosdim_write_element(cosdim_dtype dtype, void *data, size_t i, double x) {
  switch (dtype) {
    case COSDIM_FLOAT16:
      ((uint16_t *)data)[i] = cosdim_double_to_half(x);
      return;
    case COSDIM_FLOAT32:
      ((float *)data)[i] = (float)x;
      return;
    case COSDIM_FLOAT64:
      ((double *)data)[i] = x;
      return;
    default:
      COSDIM_UNREACHABLE();
  }
}
