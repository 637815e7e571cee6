/* Conversion of staged elements to the dtype that the kernels read. */
#include "kernels/kernels.h"
#include "tensor/dtype.h"

static inline void convert(char *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t i) {
  double x = cosdim_element_as(from, data, (ptrdiff_t)i, as);
  if (as == COSDIM_FLOAT16 && from != COSDIM_FLOAT16) x = cosdim_half_to_double(cosdim_double_to_half(x));
  float narrow = (float)x;
  /* memcpy: the two dtypes overlap in memory, which typed pointers would hide from the compiler. */
  if (to == COSDIM_FLOAT32)
    memcpy(data + i * sizeof narrow, &narrow, sizeof narrow);
  else
    memcpy(data + i * sizeof x, &x, sizeof x);
}

void cosdim_convert(void *data, cosdim_dtype from, cosdim_dtype as, cosdim_dtype to, size_t n) {
  if (from == as && as == to) return;
  /* Wider elements are written from the end, so that none is overwritten before it is read. */
  if (cosdim_size(from) < cosdim_size(to))
    for (size_t i = n; i-- > 0;) convert(data, from, as, to, i);
  else
    for (size_t i = 0; i < n; i++) convert(data, from, as, to, i);
}
