/* Element types: their sizes, torch's promotion of two, and the conversion of staged elements to what is compute_dtype
 * in.
 */
#include "kernels.h"

#include <math.h>
#include <string.h>

size_t cosdim_size(cosdim_dtype dtype) {
  static const unsigned char sizes[] = {
      [COSDIM_BOOL] = 1,   [COSDIM_UINT8] = 1,   [COSDIM_INT8] = 1,    [COSDIM_INT16] = 2,
      [COSDIM_INT32] = 4,  [COSDIM_INT64] = 8,   [COSDIM_UINT16] = 2,  [COSDIM_UINT32] = 4,
      [COSDIM_UINT64] = 8, [COSDIM_FLOAT16] = 2, [COSDIM_FLOAT32] = 4, [COSDIM_FLOAT64] = 8};
  return sizes[dtype];
}

int cosdim_is_floating(cosdim_dtype dtype) {
  return dtype >= COSDIM_FLOAT16;
}

static int is_barebones_unsigned(cosdim_dtype dtype) {
  return dtype >= COSDIM_UINT16 && dtype <= COSDIM_UINT64;
}

/* torch's promote_types. The order of the enum does most of it: the later of two is the wider. */
static cosdim_status promote(cosdim_dtype a, cosdim_dtype b, cosdim_dtype *both, int64_t *fault) {
  *both = a > b ? a : b;
  if (a == b || cosdim_is_floating(*both)) return COSDIM_OK;
  if (is_barebones_unsigned(*both)) {
    fault[0] = a;
    fault[1] = b;
    return COSDIM_ERROR_PROMOTION;
  }
  if (*both == COSDIM_INT8 && (a == COSDIM_UINT8 || b == COSDIM_UINT8)) *both = COSDIM_INT16;
  return COSDIM_OK;
}

/* torch's result_type: an operand without dims only counts when its category (bool, integer, floating) is the higher.
 */
cosdim_status cosdim_common_dtype(const cosdim_tensor *x1, const cosdim_tensor *x2, cosdim_dtype *common,
                                  int64_t *fault) {
  cosdim_dtype a = (cosdim_dtype)x1->dtype, b = (cosdim_dtype)x2->dtype;
  if ((x1->rank == 0) == (x2->rank == 0)) return promote(a, b, common, fault);
  cosdim_dtype higher = x1->rank ? a : b, lower = x1->rank ? b : a;
  if (!cosdim_is_floating(higher) && (higher == COSDIM_BOOL || cosdim_is_floating(lower)))
    return promote(higher, lower, common, fault);
  *common = higher;
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
  if (magnitude >= 65520) return sign | 0x7c00; /* the middle between the largest half, 65504, and the one after it */
  int exponent = magnitude < 0x1p-14 ? -14 : ilogb(magnitude);
  /* Halves are multiples of 2^(exponent - 10); a fraction rounded up to 2048 carries into the exponent as it should. */
  int multiple = (int)rint(ldexp(magnitude, 10 - exponent));
  return sign | (uint16_t)(multiple + (exponent + 14) * 1024);
}

/* An element as a double. int64 and uint64 are rounded, once, to the type that they are cast to. */
static inline double read(cosdim_dtype from, const char *element, cosdim_dtype as) {
#define READ(type)                                              \
  {                                                             \
    type x;                                                     \
    memcpy(&x, element, sizeof x);                              \
    return as == COSDIM_FLOAT64 ? (double)x : (double)(float)x; \
  }
  switch (from) {
    case COSDIM_BOOL:
      return *element != 0;
    case COSDIM_UINT8:
      READ(uint8_t)
    case COSDIM_INT8:
      READ(int8_t)
    case COSDIM_INT16:
      READ(int16_t)
    case COSDIM_INT32:
      READ(int32_t)
    case COSDIM_INT64:
      READ(int64_t)
    case COSDIM_UINT16:
      READ(uint16_t)
    case COSDIM_UINT32:
      READ(uint32_t)
    case COSDIM_UINT64:
      READ(uint64_t)
    case COSDIM_FLOAT16: {
      uint16_t bits;
      memcpy(&bits, element, sizeof bits);
      return cosdim_half_to_double(bits);
    }
    case COSDIM_FLOAT32:
      READ(float)
    default:
      READ(double)
  }
#undef READ
}

void cosdim_write_element(cosdim_dtype dtype, void *data, size_t i, double x) {
  if (dtype == COSDIM_FLOAT16)
    ((uint16_t *)data)[i] = cosdim_double_to_half(x);
  else if (dtype == COSDIM_FLOAT32)
    ((float *)data)[i] = (float)x;
  else
    ((double *)data)[i] = x;
}

static inline void convert(char *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t i) {
  double x = read(from, data + i * cosdim_size(from), as);
  if (as == COSDIM_FLOAT16 && from != COSDIM_FLOAT16) x = cosdim_half_to_double(cosdim_double_to_half(x));
  float narrow = (float)x;
  /* memcpy, because the two types overlap in memory, which pointers of both would hide from the compiler. */
  if (to == COSDIM_FLOAT32)
    memcpy(data + i * sizeof narrow, &narrow, sizeof narrow);
  else
    memcpy(data + i * sizeof x, &x, sizeof x);
}

void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n) {
  if (from == as && as == to) return;
  /* Wider elements are written from the end, others from the start, so that none is lost before it is read. */
  if (cosdim_size(from) < cosdim_size(to))
    for (size_t i = n; i-- > 0;) convert(data, from, as, to, i);
  else
    for (size_t i = 0; i < n; i++) convert(data, from, as, to, i);
}
