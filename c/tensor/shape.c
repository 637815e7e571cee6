/* The rules for shapes that plans and views share. */
#include "tensor/shape.h"
#include "status.h"

#include "tensor/dtype.h"

int64_t cosdim_checked_product(int64_t a, int64_t b) {
  int64_t product;
  if (!__builtin_mul_overflow(a, b, &product)) return product;
  return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;
}

cosdim_status cosdim_check_tensor(const cosdim_tensor *x) {
  if (x->rank > COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
  if (x->rank < 0 || x->dtype < COSDIM_BOOL || x->dtype > COSDIM_FLOAT64) return COSDIM_ERROR_TENSOR;
  for (int axis = 0; axis < x->rank; axis++)
    if (x->shape[axis] < 0) return COSDIM_ERROR_TENSOR;
  int64_t low, high;
  if (!cosdim_extent(x, &low, &high)) return COSDIM_OK;
  int64_t most = INT64_MAX / (int64_t)cosdim_size((cosdim_dtype)x->dtype);
  return low <= -most || high >= most ? COSDIM_ERROR_TENSOR : COSDIM_OK;
}

cosdim_status cosdim_wrap_dim(int64_t dim, int64_t rank, int64_t *wrapped, int64_t *fault) {
  int64_t dims = rank > 0 ? rank : 1;
  if (dim < -dims || dim >= dims) return cosdim_fail(fault, COSDIM_ERROR_DIM, -dims, dims - 1, dim);
  *wrapped = dim < 0 ? dim + dims : dim;
  return COSDIM_OK;
}

int64_t cosdim_element_count(int32_t rank, const int64_t *shape) {
  int64_t n = 1;
  for (int axis = 0; axis < rank; axis++) n = cosdim_saturating_multiply(n, shape[axis]);
  return n;
}

void cosdim_contiguous_strides(int32_t rank, const int64_t *shape, int64_t *stride) {
  int64_t next = 1;
  for (int axis = rank - 1; axis >= 0; axis--) {
    stride[axis] = next;
    next = cosdim_saturating_multiply(next, shape[axis] ? shape[axis] : 1);
  }
}

int64_t cosdim_extent(const cosdim_tensor *x, int64_t *low, int64_t *high) {
  *low = *high = 0;
  for (int axis = 0; axis < x->rank; axis++) {
    int64_t reach = cosdim_saturating_multiply(x->shape[axis] - 1, x->stride[axis]), *end = reach < 0 ? low : high;
    *end = cosdim_saturating_add(*end, reach);
  }
  return cosdim_element_count(x->rank, x->shape);
}

int cosdim_copy_spans(const cosdim_spans *spans, int64_t i, int64_t element, void *packed, size_t size,
                      cosdim_copy *copy) {
  const cosdim_span *span = spans->span, one = {1, 1};
  const cosdim_span *columns = spans->count > 0 ? &span[0] : &one, *rows = spans->count > 1 ? &span[1] : &one;
  if (rows->n == 0 || columns->n == 0) return 0;
  int64_t left = i;
  for (int k = 2; k < spans->count; k++) {
    if (span[k].n == 0) return 0;
    element += left % span[k].n * span[k].stride;
    left /= span[k].n;
  }
  if (left) return 0;
  /* No overflow: that many bytes are in the room for the packed elements, which the caller has. */
  int64_t before = i * rows->n * columns->n * (int64_t)size;
  *copy = (cosdim_copy){element, rows->n, rows->stride, columns->n, columns->stride, (char *)packed + before};
  return 1;
}
