/* Staging: the copies of a tile's operands to the scratch, and what they need there. */
#include "kernels/kernels.h"
#include "plan/tile.h"
#include "tensor/dtype.h"
#include "tensor/shape.h"

int64_t cosdim_tile_elements(const cosdim_plan *plan, int operand) {
  int64_t n = 1;
  for (int i = 0; i < plan->order_count[operand]; i++) n *= plan->loop[plan->order[operand][i]].length;
  return n;
}

/* How many elements are copied along loop i of those that move an operand, with those in the gaps. */
static int64_t copied_length(const cosdim_plan *plan, int operand, int i) {
  int64_t length = plan->loop[plan->order[operand][i]].length;
  return i == 0 ? (length - 1) * (int64_t)cosdim_magnitude(plan->gap[operand]) + 1 : length;
}

/* Closes the gaps in what was copied. */
static void close_gaps(const cosdim_plan *plan, int operand) {
  int64_t gap = (int64_t)cosdim_magnitude(plan->gap[operand]);
  if (gap == 1) return;
  int64_t length = plan->loop[plan->order[operand][0]].length, rows = cosdim_tile_elements(plan, operand) / length;
  int64_t size = (int64_t)cosdim_size((cosdim_dtype)plan->operand_dtype[operand]);
  char *staged = plan->staged[operand];
  for (int64_t row = 0; row < rows; row++)
    cosdim_copy_elements((size_t)size, staged + row * copied_length(plan, operand, 0) * size, (ptrdiff_t)(gap * size),
                         (size_t)length, staged + row * length * size);
}

/* The index of the tile's first element in an operand. */
static int64_t first_element(const cosdim_plan *plan, int operand) {
  int64_t element = 0;
  for (int l = 0; l < plan->loops; l++) element += plan->loop[l].start * plan->loop[l].stride[operand];
  return element;
}

/* How many iterations before the tile's first element the lowest one is: all, where the innermost loop is reversed. */
static int64_t reversed(const cosdim_plan *plan, int operand) {
  return plan->gap[operand] < 0 ? plan->loop[plan->order[operand][0]].length - 1 : 0;
}

int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy) {
  if (!cosdim_is_staged(plan, operand) || !plan->stale[operand]) return 0;
  int is_input = operand != COSDIM_OUT;
  if (!is_input && plan->copied[operand] == 0) /* outputs of float16 are computed in float32 */
    cosdim_convert(plan->staged[operand], (cosdim_dtype)plan->compute_dtype, (cosdim_dtype)plan->dtype,
                   (cosdim_dtype)plan->dtype, (size_t)cosdim_tile_elements(plan, operand));
  cosdim_spans spans;
  spans.count = 0;
  for (int i = 0; i < plan->order_count[operand]; i++) {
    int64_t stride = plan->loop[plan->order[operand][i]].stride[operand];
    cosdim_add_span(&spans, copied_length(plan, operand, i), i == 0 && plan->gap[operand] == stride ? 1 : stride);
  }
  int is_empty = is_input && plan->loop[plan->reduced].n == 0;
  if (!is_empty &&
      cosdim_copy_spans(&spans, plan->copied[operand],
                        first_element(plan, operand) + reversed(plan, operand) * plan->gap[operand],
                        plan->staged[operand], cosdim_size((cosdim_dtype)plan->operand_dtype[operand]), copy)) {
    plan->copied[operand]++;
    return 1;
  }
  plan->stale[operand] = 0;
  if (is_input && !is_empty) {
    close_gaps(plan, operand);
    int32_t as = plan->kernel_dtype == plan->compute_dtype ? plan->cast[operand] : plan->kernel_dtype;
    cosdim_convert(plan->staged[operand], (cosdim_dtype)plan->operand_dtype[operand], (cosdim_dtype)as,
                   (cosdim_dtype)plan->kernel_dtype, (size_t)cosdim_tile_elements(plan, operand));
  }
  return 0;
}

int64_t cosdim_finished_outputs(const cosdim_plan *plan) {
  return cosdim_tile_ends(plan) ? cosdim_tile_elements(plan, COSDIM_OUT) : 0;
}

const void *cosdim_tile_data(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return NULL;
  int in_place = plan->in_place[operand];
  int64_t element = in_place ? first_element(plan, operand) : reversed(plan, operand);
  const char *data = in_place ? plan->data[operand] : plan->staged[operand];
  return data + element * (int64_t)cosdim_size((cosdim_dtype)plan->kernel_dtype);
}
