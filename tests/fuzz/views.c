/*
 * Views of views: whatever their order, a view and an unsqueezed dim keep the elements in order, a transposition swaps
 * their indices, and packing copies them in order. Every size is what size(dim) says.
 */
#include "input.h"

enum { MOST_ELEMENTS = 256, MOST_STEPS = 12 };

/* Where each element is, in order, with two dims swapped. Returns how many there are. */
static int elements_of(const cosdim_tensor *x, int swap1, int swap2, int64_t *elements) {
  int64_t shape[COSDIM_MAX_RANK], stride[COSDIM_MAX_RANK], n = 1;
  for (int axis = 0; axis < x->rank; axis++) {
    int from = axis == swap1 ? swap2 : axis == swap2 ? swap1 : axis;
    shape[axis] = x->shape[from], stride[axis] = x->stride[from];
  }
  for (int axis = 0; axis < x->rank; axis++)
    if (shape[axis] == 0) return 0;
  for (int axis = 0; axis < x->rank; axis++)
    if ((n *= shape[axis]) > MOST_ELEMENTS) abort();
  for (int64_t i = 0; i < n; i++) {
    int64_t left = i;
    elements[i] = 0;
    for (int axis = x->rank - 1; axis >= 0; axis--) {
      elements[i] += left % shape[axis] * stride[axis];
      left /= shape[axis];
    }
  }
  return (int)n;
}

static void check_packed(const operand *o, const cosdim_tensor *x, const int64_t *elements, int n) {
  size_t size = size_of(x->dtype);
  char *packed = malloc((size_t)n * size);
  cosdim_copy copy;
  for (int i = 0; cosdim_pack(x, i, packed, &copy); i++) copy_tile(&copy, size, o->origin, 0);
  for (int i = 0; i < n; i++)
    if (memcmp(packed + (size_t)i * size, o->origin + elements[i] * (int64_t)size, size)) abort();
  free(packed);
}

/* Some shape of n elements, now and then with a size of -1, or one that is wrong. */
static int32_t take_shape(input *in, int64_t n, int64_t *shape) {
  int32_t rank = take(in) % 16 ? take_below(in, 6) : take_below(in, COSDIM_MAX_RANK + 4);
  int inferred = take(in) % 3 ? -1 : take_below(in, rank + 1);
  for (int axis = 0; axis < rank; axis++) {
    int64_t size = axis == rank - 1 ? n : 1 + take_below(in, 5);
    while (size > 0 && n % size) size--;
    shape[axis] = take(in) == 255 ? take(in) - 9 : axis == inferred ? -1 : size;
    n = size > 0 ? n / size : n;
  }
  return rank;
}

static void step(input *in, cosdim_tensor *x, int64_t *elements, int n) {
  int64_t fault[3], shape[COSDIM_MAX_RANK + 4], after[MOST_ELEMENTS], dim = take_below(in, x->rank + 3) - 1;
  int64_t dim2 = take_below(in, 2 * x->rank + 2) - x->rank, size = -1;
  int32_t rank;
  switch (take_below(in, 4)) {
    case 0:
      rank = take_shape(in, n, shape);
      if (!cosdim_view(x, rank, shape, fault) && x->rank != rank) abort();
      break;
    case 1:
      cosdim_unsqueeze(x, dim - 1, fault);
      break;
    case 2: {
      int64_t dims = x->rank ? x->rank : 1, at = dim < 0 ? dim + dims : dim, at2 = dim2 < 0 ? dim2 + dims : dim2;
      int are_dims = at >= 0 && at < dims && at2 >= 0 && at2 < dims;
      if (are_dims) elements_of(x, (int)at, (int)at2, elements);
      if ((cosdim_transpose(x, dim, dim2, fault) == COSDIM_OK) != are_dims) abort();
      break;
    }
    default:
      if (!cosdim_size_at(x, dim, &size, fault) && size != x->shape[dim < 0 ? dim + x->rank : dim]) abort();
  }
  if (elements_of(x, 0, 0, after) != n || memcmp(after, elements, (size_t)n * sizeof *after)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  int rank = take_below(&in, 6);
  int64_t shape[6], elements[MOST_ELEMENTS], n = 1;
  for (int axis = 0; axis < rank; axis++) {
    int how = take(&in);
    n *= shape[axis] = how < 8 ? 0 : 1 + how % 6;
    if (n > MOST_ELEMENTS) return 0;
  }
  operand o;
  if (take_operand(&in, take_below(&in, COSDIM_FLOAT64 + 1), rank, shape, &o)) {
    cosdim_tensor x = o.x;
    elements_of(&x, 0, 0, elements);
    for (int steps = take_below(&in, MOST_STEPS); steps > 0; steps--) {
      step(&in, &x, elements, (int)n);
      check_packed(&o, &x, elements, (int)n);
    }
  }
  free_operand(&o);
  return 0;
}
