/* Every half to double and back, and the doubles between two halves. */
#include "check.h"
#include "cosdim.h"
#include "tests.h"

#include <math.h>

enum { HALF_INFINITY = 0x7c00, HALF_SIGN = 0x8000 };

static void check_half(int bits) {
  double value = cosdim_half_to_double((uint16_t)bits);
  double next = bits + 1 < HALF_INFINITY ? cosdim_half_to_double((uint16_t)(bits + 1)) : 65536;
  CHECK(cosdim_double_to_half(value) == bits && cosdim_double_to_half(-value) == (bits | HALF_SIGN), "half %04x", bits);
  CHECK(value < next, "half %04x", bits);
  double middle = (value + next) / 2;
  CHECK(cosdim_double_to_half(middle) == bits + bits % 2, "a tie above half %04x goes to the even one", bits);
  CHECK(cosdim_double_to_half(nextafter(middle, 0)) == bits, "below the tie above half %04x", bits);
  CHECK(cosdim_double_to_half(nextafter(middle, INFINITY)) == bits + 1, "above the tie above half %04x", bits);
}

void test_halves(void) {
  for (int bits = 0; bits < HALF_INFINITY; bits++) check_half(bits);
  CHECK(cosdim_double_to_half(INFINITY) == HALF_INFINITY, "infinity");
  CHECK(cosdim_double_to_half(-INFINITY) == (HALF_INFINITY | HALF_SIGN), "-infinity");
  CHECK(isnan(cosdim_half_to_double(cosdim_double_to_half(NAN))), "NaN");
  CHECK(isnan(cosdim_half_to_double(HALF_INFINITY + 1)), "a NaN of another payload");
  CHECK(isinf(cosdim_half_to_double(HALF_INFINITY)), "infinity");
  CHECK(cosdim_half_to_double(0xc000) == -2 && cosdim_half_to_double(1) == 0x1p-24, "-2 and the least subnormal");
}
