/* A view has the elements of its tensor in the same order, or is refused. */
#include "check.h"
#include "operand.h"
#include "tests.h"

/* Where element i of a tensor of three dims is, in order. */
static int64_t element_in_order(const cosdim_tensor *x, int64_t i) {
  int64_t element = 0;
  for (int axis = 2; axis >= 0; axis--) {
    element += i % x->shape[axis] * x->stride[axis];
    i /= x->shape[axis];
  }
  return element;
}

static void check_view(int number, int contiguous) {
  int64_t shape[3] = {1 + below(4), 1 + below(4), 1 + below(4)}, fault[3];
  operand o = make_operand(COSDIM_FLOAT64, 3, shape, contiguous);
  cosdim_tensor view = o.x;
  int64_t to[3] = {shape[0] * shape[1], -1, 1};
  if (below(2)) to[0] = shape[0], to[2] = shape[1];
  cosdim_status status = cosdim_view(&view, 3, to, fault);
  if (contiguous) CHECK(status == COSDIM_OK, "a contiguous tensor has every view, not status %d", status);
  if (status) {
    CHECK(status == COSDIM_ERROR_VIEW_STRIDES, "status %d", status);
  } else {
    for (int64_t i = 0; i < shape[0] * shape[1] * shape[2]; i++)
      CHECK(element_in_order(&o.x, i) == element_in_order(&view, i), "element %d of view %d", (int)i, number);
  }
  free_operand(&o);
}

/* Whatever its strides, a tensor can be viewed as its own shape, with dims of one element anywhere. */
static void check_own_view(int number) {
  int64_t shape[3] = {1 + below(4), 1 + below(4), 1 + below(4)}, fault[3], to[5], from[5];
  operand o = make_operand(COSDIM_FLOAT64, 3, shape, 0);
  int rank = 0;
  for (int axis = 0; axis < 3; axis++) {
    if (rank < axis + 2 && below(2)) from[rank] = -1, to[rank++] = 1;
    from[rank] = axis, to[rank++] = shape[axis];
  }
  cosdim_tensor view = o.x;
  cosdim_status status = cosdim_view(&view, rank, to, fault);
  CHECK(!status, "view %d of a tensor as itself: status %d", number, status);
  for (int axis = 0; axis < rank && !status; axis++)
    CHECK(to[axis] == 1 || view.stride[axis] == o.x.stride[from[axis]], "view %d: dim %d", number, axis);
  free_operand(&o);
}

void test_views(void) {
  for (int number = 0; number < rounds(2000); number++) check_own_view(number);
  for (int number = 0; number < rounds(2000); number++) check_view(number, number % 2);
}
