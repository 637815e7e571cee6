/* Views of a tensor, by torch's rules: shape and strides change, the data stays. */
#include "tensor/dtype.h"
#include "tensor/shape.h"
#include "status.h"

/* Fills in the one size that may be -1 (torch's infer_size). */
static cosdim_status infer_size(int32_t rank, int64_t *shape, int64_t elements, int64_t *fault) {
  int inferred = -1;
  int64_t known = 1;
  for (int axis = 0; axis < rank; axis++) {
    if (shape[axis] == -1) {
      if (inferred >= 0) return COSDIM_ERROR_VIEW_INFERRED;
      inferred = axis;
    } else if (shape[axis] < 0) {
      return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIGN, shape[axis], axis, 0);
    } else {
      known = cosdim_saturating_multiply(known, shape[axis]);
    }
  }
  if (inferred >= 0 && known == 0 && elements == 0) return COSDIM_ERROR_VIEW_AMBIGUOUS;
  if (inferred >= 0 && known > 0 && elements % known == 0) {
    shape[inferred] = elements / known;
    return COSDIM_OK;
  }
  if (inferred >= 0 || known != elements) return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0, 0);
  return COSDIM_OK;
}

/* torch's computeStride: lays the new axes, last first, over spans of contiguous old axes. */
static cosdim_status view_strides(const cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *stride) {
  int axis = rank - 1;
  int64_t n = 1, filled = 1, innermost = x->rank ? x->stride[x->rank - 1] : 1;
  for (int old = x->rank - 1; old >= 0; old--) {
    n = cosdim_saturating_multiply(n, x->shape[old]);
    if (old > 0 && (x->shape[old - 1] == 1 || x->stride[old - 1] == cosdim_saturating_multiply(n, innermost))) continue;
    while (axis >= 0 && (filled < n || shape[axis] == 1)) {
      stride[axis] = cosdim_saturating_multiply(filled, innermost);
      filled = cosdim_saturating_multiply(filled, shape[axis--]);
    }
    if (filled != n) return COSDIM_ERROR_VIEW_STRIDES;
    if (old > 0) {
      innermost = x->stride[old - 1];
      n = filled = 1;
    }
  }
  for (; axis >= 0; axis--) stride[axis] = innermost; /* leading sizes of 1 */
  return COSDIM_OK;
}

cosdim_status cosdim_view(cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *fault) {
  int64_t new_shape[COSDIM_MAX_RANK], stride[COSDIM_MAX_RANK];
  cosdim_status status = cosdim_check_tensor(x);
  if (status) return status;
  if (rank < 0 || rank > COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
  int64_t elements = cosdim_element_count(x->rank, x->shape);
  memcpy(new_shape, shape, (size_t)rank * sizeof *shape);
  if (elements == INT64_MAX) return COSDIM_ERROR_TOO_LARGE;
  if ((status = infer_size(rank, new_shape, elements, fault))) return status;
  if (elements == 0)
    cosdim_contiguous_strides(rank, new_shape, stride);
  else if ((status = view_strides(x, rank, new_shape, stride)))
    return status;
  x->rank = rank;
  memcpy(x->shape, new_shape, (size_t)rank * sizeof *shape);
  memcpy(x->stride, stride, (size_t)rank * sizeof *stride);
  return COSDIM_OK;
}

cosdim_status cosdim_unsqueeze(cosdim_tensor *x, int64_t dim, int64_t *fault) {
  int64_t at;
  cosdim_status status = cosdim_check_tensor(x);
  if (status) return status;
  if (x->rank == COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
  if ((status = cosdim_wrap_dim(dim, x->rank + 1, &at, fault))) return status;
  int64_t stride = at < x->rank ? cosdim_saturating_multiply(x->shape[at], x->stride[at]) : 1;
  size_t tail_bytes = (size_t)(x->rank - at) * sizeof *x->shape;
  memmove(x->shape + at + 1, x->shape + at, tail_bytes);
  memmove(x->stride + at + 1, x->stride + at, tail_bytes);
  x->shape[at] = 1;
  x->stride[at] = stride;
  x->rank++;
  return COSDIM_OK;
}

static void swap(int64_t *a, int64_t *b) {
  int64_t old = *a;
  *a = *b;
  *b = old;
}

cosdim_status cosdim_transpose(cosdim_tensor *x, int64_t dim0, int64_t dim1, int64_t *fault) {
  int64_t at0, at1;
  cosdim_status status = cosdim_check_tensor(x);
  if (!status) status = cosdim_wrap_dim(dim0, x->rank, &at0, fault);
  if (!status) status = cosdim_wrap_dim(dim1, x->rank, &at1, fault);
  if (status || x->rank == 0) return status;
  swap(&x->shape[at0], &x->shape[at1]);
  swap(&x->stride[at0], &x->stride[at1]);
  return COSDIM_OK;
}

cosdim_status cosdim_size_at(const cosdim_tensor *x, int64_t dim, int64_t *size, int64_t *fault) {
  int64_t at;
  cosdim_status status = cosdim_check_tensor(x);
  if (status) return status;
  if (x->rank == 0) return cosdim_fail(fault, COSDIM_ERROR_NO_DIMS, 0, 0, dim);
  if ((status = cosdim_wrap_dim(dim, x->rank, &at, fault))) return status;
  *size = x->shape[at];
  return COSDIM_OK;
}

int cosdim_pack(const cosdim_tensor *x, int64_t i, void *packed, cosdim_copy *copy) {
  cosdim_spans spans;
  spans.count = 0;
  for (int axis = x->rank - 1; axis >= 0; axis--)
    if (x->shape[axis] != 1) cosdim_add_span(&spans, x->shape[axis], x->stride[axis]);
  return cosdim_copy_spans(&spans, i, 0, packed, cosdim_size((cosdim_dtype)x->dtype), copy);
}
