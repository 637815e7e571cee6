/* Views of a tensor: the shape and strides change, by torch's rules, the data does not move. */
#include "kernels.h"

#include <string.h>

static cosdim_status fail(int64_t *fault, cosdim_status status, int64_t a, int64_t b) {
  fault[0] = a;
  fault[1] = b;
  return status;
}

static int64_t count(const cosdim_tensor *x) {
  int64_t n = 1;
  for (int axis = 0; axis < x->rank; axis++) n = cosdim_times(n, x->shape[axis]);
  return n;
}

/* Fills in the one size that may be -1 (torch's infer_size). */
static cosdim_status infer_size(int32_t rank, int64_t *shape, int64_t elements, int64_t *fault) {
  int inferred = -1;
  int64_t known = 1;
  for (int axis = 0; axis < rank; axis++) {
    if (shape[axis] == -1) {
      if (inferred >= 0) return COSDIM_ERROR_VIEW_INFERRED;
      inferred = axis;
    } else if (shape[axis] < 0) {
      return fail(fault, COSDIM_ERROR_VIEW_SIGN, shape[axis], axis);
    } else {
      known = cosdim_times(known, shape[axis]);
    }
  }
  if (inferred >= 0 && known == 0 && elements == 0) return COSDIM_ERROR_VIEW_AMBIGUOUS;
  if (inferred >= 0 && known > 0 && elements % known == 0) {
    shape[inferred] = elements / known;
    return COSDIM_OK;
  }
  if (inferred >= 0 || known != elements) return fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0);
  return COSDIM_OK;
}

/* Runs of old axes that lie in memory as one are filled by new axes from the last on (torch's computeStride). */
static cosdim_status view_strides(const cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *stride) {
  int axis = rank - 1;
  int64_t run = 1, filled = 1, step = x->rank ? x->stride[x->rank - 1] : 1;
  for (int old = x->rank - 1; old >= 0; old--) {
    run *= x->shape[old];
    if (old > 0 && (x->shape[old - 1] == 1 || x->stride[old - 1] == run * step)) continue;
    while (axis >= 0 && (filled < run || shape[axis] == 1)) {
      stride[axis] = filled * step;
      filled *= shape[axis--];
    }
    if (filled != run) return COSDIM_ERROR_VIEW_STRIDES;
    if (old > 0) {
      step = x->stride[old - 1];
      run = filled = 1;
    }
  }
  for (; axis >= 0; axis--) stride[axis] = step; /* sizes of 1 in front */
  return COSDIM_OK;
}

static void contiguous_strides(int32_t rank, const int64_t *shape, int64_t *stride) {
  int64_t step = 1;
  for (int axis = rank - 1; axis >= 0; axis--) {
    stride[axis] = step;
    step = cosdim_times(step, shape[axis] ? shape[axis] : 1);
  }
}

cosdim_status cosdim_view(cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *fault) {
  int64_t new_shape[COSDIM_MAX_RANK], stride[COSDIM_MAX_RANK], elements = count(x);
  if (rank > COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
  memcpy(new_shape, shape, (size_t)rank * sizeof *shape);
  cosdim_status status = infer_size(rank, new_shape, elements, fault);
  if (status) return status;
  if (elements == 0)
    contiguous_strides(rank, new_shape, stride);
  else if ((status = view_strides(x, rank, new_shape, stride)))
    return status;
  x->rank = rank;
  memcpy(x->shape, new_shape, (size_t)rank * sizeof *shape);
  memcpy(x->stride, stride, (size_t)rank * sizeof *stride);
  return COSDIM_OK;
}

cosdim_status cosdim_unsqueeze(cosdim_tensor *x, int64_t dim, int64_t *fault) {
  int64_t at;
  if (x->rank == COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
  cosdim_status status = cosdim_wrap_dim(dim, x->rank + 1, &at, fault);
  if (status) return status;
  int64_t step = at < x->rank ? x->shape[at] * x->stride[at] : 1;
  size_t behind = (size_t)(x->rank - at) * sizeof *x->shape;
  memmove(x->shape + at + 1, x->shape + at, behind);
  memmove(x->stride + at + 1, x->stride + at, behind);
  x->shape[at] = 1;
  x->stride[at] = step;
  x->rank++;
  return COSDIM_OK;
}

static void swap(int64_t *a, int64_t *b) {
  int64_t kept = *a;
  *a = *b;
  *b = kept;
}

cosdim_status cosdim_transpose(cosdim_tensor *x, int64_t dim0, int64_t dim1, int64_t *fault) {
  int64_t at0, at1;
  cosdim_status status = cosdim_wrap_dim(dim0, x->rank, &at0, fault);
  if (!status) status = cosdim_wrap_dim(dim1, x->rank, &at1, fault);
  if (status || x->rank == 0) return status;
  swap(&x->shape[at0], &x->shape[at1]);
  swap(&x->stride[at0], &x->stride[at1]);
  return COSDIM_OK;
}

cosdim_status cosdim_size_at(const cosdim_tensor *x, int64_t dim, int64_t *size, int64_t *fault) {
  int64_t at;
  if (x->rank == 0) {
    fault[2] = dim;
    return COSDIM_ERROR_NO_DIMS;
  }
  cosdim_status status = cosdim_wrap_dim(dim, x->rank, &at, fault);
  if (!status) *size = x->shape[at];
  return status;
}

int64_t cosdim_extent(const cosdim_tensor *x, int64_t *low, int64_t *high) {
  *low = *high = 0;
  for (int axis = 0; axis < x->rank; axis++) {
    int64_t reach = cosdim_times(x->shape[axis] - 1, x->stride[axis]), *end = reach < 0 ? low : high;
    *end = cosdim_plus(*end, reach);
  }
  return count(x);
}

int cosdim_pack(const cosdim_tensor *x, int64_t i, void *packed, cosdim_copy *copy) {
  /* The axes as runs of (n, step) from the last on, joined where one goes on in the next; two are a copy. */
  int64_t n[COSDIM_MAX_RANK + 2], step[COSDIM_MAX_RANK + 2], element = 0, left = i;
  int runs = 0;
  for (int axis = x->rank - 1; axis >= 0; axis--) {
    if (x->shape[axis] == 0) return 0;
    if (x->shape[axis] == 1) continue;
    if (runs && x->stride[axis] == n[runs - 1] * step[runs - 1]) {
      n[runs - 1] *= x->shape[axis];
    } else {
      n[runs] = x->shape[axis];
      step[runs++] = x->stride[axis];
    }
  }
  while (runs < 2) n[runs] = 1, step[runs++] = 1;
  for (int run = 2; run < runs; run++) {
    element += left % n[run] * step[run];
    left /= n[run];
  }
  if (left) return 0;
  size_t bytes = cosdim_size((cosdim_dtype)x->dtype) * (size_t)(n[0] * n[1]);
  *copy = (cosdim_copy){element, n[1], step[1], n[0], step[0], (char *)packed + (size_t)i * bytes};
  return 1;
}
