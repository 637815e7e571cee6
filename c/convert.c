/* Element types: their sizes, and the conversion of staged elements, in place, to the type that is computed in. */
#include "kernels.h"

#include <string.h>

size_t cosdim_size(cosdim_dtype dtype) {
  return dtype == COSDIM_FLOAT32 ? sizeof(float) : sizeof(double);
}

/* memcpy, because the two types overlap in memory, which pointers of both would hide from the compiler. */
static void widen(char *data, size_t i) {
  float narrow;
  memcpy(&narrow, data + i * sizeof narrow, sizeof narrow);
  double wide = narrow;
  memcpy(data + i * sizeof wide, &wide, sizeof wide);
}

static void narrow(char *data, size_t i) {
  double wide;
  memcpy(&wide, data + i * sizeof wide, sizeof wide);
  float narrow = (float)wide;
  memcpy(data + i * sizeof narrow, &narrow, sizeof narrow);
}

void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype to, size_t n) {
  /* Wider elements are written from the end, narrower ones from the start, so that none is lost before it is read. */
  if (from < to)
    for (size_t i = n; i-- > 0;) widen(data, i);
  if (from > to)
    for (size_t i = 0; i < n; i++) narrow(data, i);
}
