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

/*
 * What is copied of an operand, and with it what is between its elements. Spans side by side are merged, also where the
 * last element of one and the first of the next are as far apart as all others.
 */
static cosdim_spans copied_spans(const cosdim_plan *plan, int operand) {
  int64_t gap = (int64_t)cosdim_magnitude(plan->gap[operand]);
  cosdim_spans spans;
  spans.count = 0;
  for (int i = 0; i < plan->order_count[operand]; i++) {
    const cosdim_loop *loop = &plan->loop[plan->order[operand][i]];
    if (i == 0 && plan->gap[operand] == loop->stride[operand])
      cosdim_add_span(&spans, loop->length * gap, 1);
    else
      cosdim_add_span(&spans, loop->length, loop->stride[operand]);
  }
  if (gap > 1) spans.span[0].n -= gap - 1; /* NOLINT(clang-analyzer-core.uninitialized.Assign): no span has no gap */
  return spans;
}

/* Where copies go: behind the places of their elements, if these are reversed. */
static char *copied_to(const cosdim_plan *plan, int operand) {
  size_t size = cosdim_size((cosdim_dtype)plan->operand_dtype[operand]);
  size_t behind = plan->gap[operand] < 0 ? (size_t)cosdim_tile_elements(plan, operand) * size : 0;
  return (char *)plan->staged[operand] + behind;
}

/* The first element of a run, counted from its lowest: the last, if it is reversed. */
static int64_t first_of_run(const cosdim_plan *plan, int operand) {
  int64_t gap = plan->gap[operand];
  return gap < 0 ? (plan->loop[plan->order[operand][0]].length - 1) * -gap : 0;
}

/* Brings the copied elements side by side: those of a span at once, or if they are reversed, run by run. */
static void close_gaps(const cosdim_plan *plan, int operand) {
  ptrdiff_t gap = (ptrdiff_t)plan->gap[operand];
  if (gap == 1) return;
  size_t apart = (size_t)cosdim_magnitude(gap), span = (size_t)copied_spans(plan, operand).span[0].n;
  size_t of_span = (span - 1) / apart + 1, elements = (size_t)cosdim_tile_elements(plan, operand);
  size_t length = gap < 0 ? (size_t)plan->loop[plan->order[operand][0]].length : of_span;
  size_t size = cosdim_size((cosdim_dtype)plan->operand_dtype[operand]);
  const char *first = copied_to(plan, operand) + first_of_run(plan, operand) * (int64_t)size;
  char *to = plan->staged[operand];
  for (size_t done = 0, from = 0; done < elements; done += of_span, from += span)
    for (size_t run = 0; run < of_span; run += length, to += length * size)
      cosdim_copy_elements(size, first + (from + run * apart) * size, gap * (ptrdiff_t)size, length, to);
}

/* The index of the tile's first element in an operand. */
static int64_t first_element(const cosdim_plan *plan, int operand) {
  int64_t element = 0;
  for (int l = 0; l < plan->loops; l++) element += plan->loop[l].start * plan->loop[l].stride[operand];
  return element;
}

int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy) {
  if (!cosdim_is_staged(plan, operand) || !plan->stale[operand]) return 0;
  int is_input = operand != COSDIM_OUT;
  if (!is_input && plan->copied[operand] == 0) /* outputs of float16 are computed in float32 */
    cosdim_convert(plan->staged[operand], (cosdim_dtype)plan->compute_dtype, (cosdim_dtype)plan->dtype,
                   (cosdim_dtype)plan->dtype, (size_t)cosdim_tile_elements(plan, operand));
  cosdim_spans spans = copied_spans(plan, operand);
  int is_empty = is_input && plan->loop[plan->reduced].n == 0;
  if (!is_empty &&
      cosdim_copy_spans(&spans, plan->copied[operand], first_element(plan, operand) - first_of_run(plan, operand),
                        copied_to(plan, operand), cosdim_size((cosdim_dtype)plan->operand_dtype[operand]), copy)) {
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
  if (!plan->in_place[operand]) return plan->staged[operand];
  return (const char *)plan->data[operand] +
         first_element(plan, operand) * (int64_t)cosdim_size((cosdim_dtype)plan->kernel_dtype);
}
