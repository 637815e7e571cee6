#include "operand.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t size_of(int dtype) {
  static const size_t sizes[] = {1, 1, 1, 2, 4, 8, 2, 4, 8, 2, 4, 8};
  return sizes[dtype];
}

int any_dtype(void) {
  return below(3) ? COSDIM_FLOAT16 + below(3) : below(COSDIM_FLOAT64 + 1);
}

#define FOR_EACH_INTEGER(X) \
  X(COSDIM_UINT8, uint8_t)  \
  X(COSDIM_INT8, int8_t)    \
  X(COSDIM_INT16, int16_t)  \
  X(COSDIM_INT32, int32_t)  \
  X(COSDIM_INT64, int64_t)  \
  X(COSDIM_UINT16, uint16_t) X(COSDIM_UINT32, uint32_t) X(COSDIM_UINT64, uint64_t)

long double read_element(const operand *o, int64_t element) {
  const char *at = o->origin + element * (int64_t)size_of(o->x.dtype);
  switch (o->x.dtype) {
#define READ(dtype, type) \
  case dtype:             \
    return *(const type *)at;
    FOR_EACH_INTEGER(READ)
    READ(COSDIM_BOOL, uint8_t)
    READ(COSDIM_FLOAT32, float)
    READ(COSDIM_FLOAT64, double)
    default:
      return cosdim_half_to_double(*(const uint16_t *)at);
  }
}

void write_element(operand *o, int64_t element, double value) {
  char *at = o->origin + element * (int64_t)size_of(o->x.dtype);
  switch (o->x.dtype) {
#define WRITE(dtype, type)                         \
  case dtype:                                      \
    *(type *)at = (type)llrint(fabs(value * 100)); \
    break;
    FOR_EACH_INTEGER(WRITE)
    case COSDIM_BOOL:
      *(uint8_t *)at = value > 0;
      break;
    case COSDIM_FLOAT16:
      *(uint16_t *)at = cosdim_double_to_half(value);
      break;
    case COSDIM_FLOAT32:
      *(float *)at = (float)value;
      break;
    default:
      *(double *)at = value;
  }
}

double any_value(int kind) {
  double sign = below(2) ? 1 : -1;
  switch (kind) {
    case 0:
      return uniform();
    case 1:
      return below(3) ? 0 : sign;
    case 2:
      return sign * ldexp(1 + uniform(), below(200) - 100);
    default:
      return sign * uniform();
  }
}

static void shuffle(int *values, int n) {
  for (int i = n - 1; i > 0; i--) {
    int j = below(i + 1), swapped = values[i];
    values[i] = values[j];
    values[j] = swapped;
  }
}

operand make_operand(int dtype, int rank, const int64_t *shape, int contiguous) {
  operand o = {.x = {.dtype = dtype, .rank = rank}};
  int order[MAX_AXES];
  int64_t stride = 1;
  for (int i = 0; i < rank; i++) order[i] = rank - 1 - i;
  if (!contiguous) shuffle(order, rank);
  for (int i = 0; i < rank; i++) {
    int axis = order[i];
    o.x.shape[axis] = shape[axis];
    if (!contiguous && !below(6)) stride *= 2;
    o.x.stride[axis] = !contiguous && !below(6) ? -stride : stride;
    stride *= shape[axis] ? shape[axis] : 1;
  }
  int64_t low, high;
  int64_t elements = cosdim_extent(&o.x, &low, &high);
  if (!elements) low = high = 0;
  o.memory = malloc((size_t)(high - low + 1) * size_of(dtype));
  o.origin = o.memory - low * (int64_t)size_of(dtype);
  int kind = dtype < COSDIM_FLOAT32 ? (int[]){0, 1, 3}[below(3)] : below(4);
  for (int64_t element = low; element <= high; element++) write_element(&o, element, any_value(kind));
  return o;
}

void free_operand(operand *o) {
  free(o->memory);
}

int64_t count_outputs(const problem *p) {
  int64_t count = 1;
  for (int axis = 0; axis < p->rank; axis++)
    if (axis != p->dim) count *= p->shape[axis];
  return count;
}

int64_t element_at_index(const cosdim_tensor *x, int common_rank, const int64_t *index) {
  int64_t element = 0;
  for (int axis = 0; axis < x->rank; axis++)
    if (x->shape[axis] != 1) element += index[axis + common_rank - x->rank] * x->stride[axis];
  return element;
}

void index_of_output(const problem *p, int64_t output, int64_t *index) {
  for (int axis = p->rank - 1; axis >= 0; axis--) {
    index[axis] = axis == p->dim ? 0 : output % p->shape[axis];
    if (axis != p->dim) output /= p->shape[axis];
  }
}

int64_t stride_along_dim(const problem *p, const operand *o) {
  int axis = p->dim - p->rank + o->x.rank;
  return axis < 0 || o->x.shape[axis] == 1 ? 0 : o->x.stride[axis];
}

int64_t first_element(const problem *p, const operand *o, int64_t output) {
  int64_t index[MAX_AXES];
  index_of_output(p, output, index);
  return element_at_index(&o->x, p->rank, index);
}

/* No cast changes a value here, so the elements are taken as they are. */
long double definition(const problem *p, int64_t output) {
  long double dot = 0, norm1_squared = 0, norm2_squared = 0;
  int64_t n = p->rank ? p->shape[p->dim] : 1;
  int64_t element1 = first_element(p, p->x1, output), stride1 = n > 1 ? stride_along_dim(p, p->x1) : 0;
  int64_t element2 = first_element(p, p->x2, output), stride2 = n > 1 ? stride_along_dim(p, p->x2) : 0;
  for (int64_t term = 0; term < n; term++) {
    long double x1 = read_element(p->x1, element1 + term * stride1);
    long double x2 = read_element(p->x2, element2 + term * stride2);
    dot += x1 * x2;
    norm1_squared += x1 * x1;
    norm2_squared += x2 * x2;
  }
  return n ? dot / (fmaxl(sqrtl(norm1_squared), p->eps) * fmaxl(sqrtl(norm2_squared), p->eps)) : 0;
}

double rounding_of(int dtype) {
  return dtype == COSDIM_FLOAT64 ? 0x1p-53 : dtype == COSDIM_FLOAT32 ? 0x1p-24 : 0x1p-14;
}

void check_outputs(const problem *p, int dtype, char *out, const char *name) {
  operand result = {.x = {.dtype = dtype}, .origin = out};
  int64_t count = count_outputs(p);
  for (int64_t i = 0; i < count; i++) {
    double got = (double)read_element(&result, i);
    long double expected = definition(p, i);
    CHECK(isnan(expected) ? isnan(got) : fabsl(got - expected) <= 8 * rounding_of(dtype),
          "%s, output %lld: %.17g instead of %.17Lg", name, (long long)i, got, expected);
  }
}

double similarity_of(int dtype, const void *x1, const void *x2, int64_t n, double eps) {
  cosdim_tensor a = {.dtype = dtype, .rank = 1, .shape = {n}, .stride = {1}, .data = x1}, b = a;
  b.data = x2;
  double scratch[512], out;
  cosdim_plan plan;
  if (cosdim_similarity(&plan, &a, &b, 0, eps, COSDIM_KEEP_DTYPE)) abort();
  cosdim_compute(&plan, scratch, sizeof scratch, &out);
  return cosdim_read_element((cosdim_dtype)dtype, &out, 0);
}

void copy_tile(const cosdim_copy *copy, size_t size, char *memory, int to_memory) {
  char *staged = copy->staged;
  for (int64_t row = 0; row < copy->rows; row++)
    for (int64_t column = 0; column < copy->columns; column++, staged += size) {
      int64_t element = copy->element + row * copy->row_stride + column * copy->column_stride;
      char *at = memory + element * (int64_t)size;
      memcpy(to_memory ? at : staged, to_memory ? staged : at, size);
    }
}

void walk(cosdim_plan *plan, const operand *x1, const operand *x2, void *scratch, size_t bytes, char *out) {
  cosdim_copy copy;
  cosdim_tile(plan, scratch, bytes);
  while (cosdim_next_tile(plan)) {
    while (cosdim_stage(plan, COSDIM_X1, &copy)) copy_tile(&copy, size_of(x1->x.dtype), x1->origin, 0);
    while (cosdim_stage(plan, COSDIM_X2, &copy)) copy_tile(&copy, size_of(x2->x.dtype), x2->origin, 0);
    if (cosdim_accumulate(plan)) abort();
    if (plan->rule == COSDIM_KEPT_SUMS) cosdim_merge_outputs(plan, (cosdim_sums *)(void *)out);
    while (cosdim_stage(plan, COSDIM_OUT, &copy)) copy_tile(&copy, size_of(plan->dtype), out, 1);
  }
}
