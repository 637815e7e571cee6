/* What the fuzzers' targets read their input with: bytes, and zeros after the last. */
#ifndef INPUT_H
#define INPUT_H

#include "../c/check.h"
#include "../c/operand.h"

#include <stdlib.h>

typedef struct {
  const uint8_t *at, *end;
} input;

static inline int take(input *in) {
  return in->at < in->end ? *in->at++ : 0;
}

/* A number below n, which is at most 2^16. */
static inline int take_below(input *in, int n) {
  int low = take(in);
  return (n > 256 ? low | take(in) << 8 : low) % n;
}

/* A dtype, and elements of one kind; the memory holds no byte more than the tensor reads. */
static inline void fill(input *in, operand *o) {
  int64_t low, high;
  if (!cosdim_extent(&o->x, &low, &high)) low = 0, high = -1;
  size_t size = size_of(o->x.dtype);
  o->memory = malloc((size_t)(high - low + 1) * size);
  o->origin = o->memory - low * (int64_t)size;
  int kind = take_below(in, o->x.dtype < COSDIM_FLOAT32 ? 2 : 4);
  for (int skipped = take(in); skipped > 0; skipped--) below(2);
  for (int64_t element = low; element <= high; element++) write_element(o, element, any_value(kind));
}

#endif
