/* Copies of elements that are apart: every size, distance and length, in memory that holds these elements and no more.
 */
#include "check.h"
#include "kernels/kernels.h"
#include "tests.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_APART = 5, MOST = 70 };

static void check_copy(size_t size, ptrdiff_t gap, size_t n) {
  size_t apart = (size_t)(gap < 0 ? -gap : gap), bytes = ((n - 1) * apart + 1) * size;
  char *memory = malloc(bytes), *out = malloc(n * size), *from = gap < 0 ? memory + bytes - size : memory;
  for (size_t i = 0; i < bytes; i++) memory[i] = (char)below(256);
  cosdim_copy_elements(size, from, gap * (ptrdiff_t)size, n, out);
  int equal = 1;
  for (size_t i = 0; i < n; i++) equal &= !memcmp(out + i * size, from + (ptrdiff_t)i * gap * (ptrdiff_t)size, size);
  if (gap > 0) { /* also in place */
    cosdim_copy_elements(size, from, gap * (ptrdiff_t)size, n, memory);
    equal &= !memcmp(memory, out, n * size);
  }
  CHECK(equal, "%d elements of %d bytes, %d apart", (int)n, (int)size, (int)gap);
  free(memory);
  free(out);
}

void test_copies(void) {
  for (size_t size = 1; size <= 8; size *= 2)
    for (ptrdiff_t gap = -MOST_APART; gap <= MOST_APART; gap++)
      for (size_t n = 1; gap && n <= MOST; n++) check_copy(size, gap, n);
}
