/*
 * Accumulates a tile: chooses the kernel that fits its layout, and runs it over the tile. Kernels are chosen by layout,
 * not by dim.
 */
#include "plan/tile.h"
#include "reduce/reduce.h"

/* Which loops a kernel runs itself. */
typedef struct {
  cosdim_kernel *kernel;
  int outputs; /* the loop that gives a run of outputs, or -1 */
  int columns; /* pairwise: the loop of x2's vectors, while `outputs` is that of x1's; else -1 */
} layout;

/* A position in the tile: where each operand is, over the loops that the kernel does not run. */
typedef struct {
  int64_t index[COSDIM_MAX_RANK + 1], element[COSDIM_OPERANDS];
} cursor;

static int is_run_by_kernel(const cosdim_plan *plan, const layout *of, int l) {
  return l == plan->reduced || l == of->outputs || l == of->columns;
}

/* Moves the cursor to the next position; returns 0 after the last. */
static int advance(const cosdim_plan *plan, cursor *at, const layout *of) {
  for (int l = 0; l < plan->loops; l++) {
    if (is_run_by_kernel(plan, of, l)) continue;
    const cosdim_loop *loop = &plan->loop[l];
    int continues = ++at->index[l] < loop->length;
    if (!continues) at->index[l] = 0;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      at->element[k] += continues ? loop->tile_stride[k] : -loop->tile_stride[k] * (loop->length - 1);
    if (continues) return 1;
  }
  return 0;
}

/* The longest kept loop that satisfies `fits`, or -1. */
static int longest_loop(const cosdim_plan *plan, int (*fits)(const cosdim_loop *)) {
  int longest = -1;
  for (int l = 0; l < plan->loops; l++)
    if (l != plan->reduced && fits(&plan->loop[l]) &&
        (longest < 0 || plan->loop[l].length > plan->loop[longest].length))
      longest = l;
  return longest;
}

static int is_any(const cosdim_loop *loop) {
  return loop != NULL;
}

static int is_contiguous(const cosdim_loop *loop) {
  return loop->tile_stride[COSDIM_X1] == 1 && loop->tile_stride[COSDIM_X2] == 1;
}

static int is_contiguous_or_broadcast(const cosdim_loop *loop) {
  int64_t stride1 = loop->tile_stride[COSDIM_X1], stride2 = loop->tile_stride[COSDIM_X2];
  return is_contiguous(loop) || (stride1 == 0 && stride2 == 1) || (stride1 == 1 && stride2 == 0);
}

static int moves_x1_alone(const cosdim_loop *loop) {
  return loop->length > 1 && loop->tile_stride[COSDIM_X1] != 0 && loop->tile_stride[COSDIM_X2] == 0;
}

static int moves_x2_alone(const cosdim_loop *loop) {
  return loop->length > 1 && loop->tile_stride[COSDIM_X1] == 0 && loop->tile_stride[COSDIM_X2] != 0;
}

/*
 * Rows where the reduced axis is contiguous, columns where neighbouring vectors are, else strided. Several short
 * vectors of float64 that are not columns have a kernel of their own.
 */
static layout choose_layout(const cosdim_plan *plan) {
  const cosdim_kernels *kernels = cosdim_kernels_of((cosdim_dtype)plan->kernel_dtype);
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  int are_rows = is_contiguous(reduced), columns = longest_loop(plan, is_contiguous_or_broadcast);
  layout pairwise = {kernels->rows, longest_loop(plan, moves_x1_alone), longest_loop(plan, moves_x2_alone)};
  if (are_rows && kernels->products && cosdim_has_pairwise(plan) && pairwise.outputs >= 0 && pairwise.columns >= 0)
    return pairwise;
  if (!are_rows && columns >= 0) return (layout){kernels->columns, columns, -1};
  layout of = {are_rows ? kernels->rows : kernels->strided, longest_loop(plan, is_any), -1};
  int are_several = of.outputs >= 0 && plan->loop[of.outputs].length >= COSDIM_GROUP_F64;
  if (plan->kernel_dtype == COSDIM_FLOAT64 && reduced->length < COSDIM_SHORT_F64 && are_several)
    of.kernel = cosdim_short_f64_simd128;
  return of;
}

/* The run of outputs that the kernel computes at each position of the cursor. */
static cosdim_run run_of(const cosdim_plan *plan, const layout *of) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  cosdim_run run = {.kernel = of->kernel, .n = (size_t)reduced->length, .count = 1};
  for (int k = 0; k < COSDIM_OUT; k++) run.x[k].element_stride = (ptrdiff_t)reduced->tile_stride[k];
  if (of->outputs >= 0) {
    const cosdim_loop *loop = &plan->loop[of->outputs];
    run.count = (size_t)loop->length;
    run.output_stride = loop->tile_stride[COSDIM_OUT];
    for (int k = 0; k < COSDIM_OUT; k++) run.x[k].vector_stride = (ptrdiff_t)loop->tile_stride[k];
  }
  if (of->columns >= 0) run.x[COSDIM_X2].vector_stride = (ptrdiff_t)plan->loop[of->columns].tile_stride[COSDIM_X2];
  return run;
}

/* A weighted distance is one pair. */
static void accumulate_weighted(const cosdim_plan *plan, const cosdim_run *run) {
  const cosdim_vectors *x = run->x;
  double work[COSDIM_GROUP_WORK];
  int contiguous = 1;
  for (int k = 0; k < COSDIM_OUT; k++) contiguous &= x[k].element_stride == 1 || run->n == 1;
  if (contiguous)
    cosdim_weighted_f64_simd128(x[COSDIM_X1].data, x[COSDIM_X2].data, x[COSDIM_WEIGHTS].data, run->n, work);
  cosdim_sums part = contiguous ? cosdim_sums_at(1, work)
                                : cosdim_scaled_sums(x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], run->n, 0);
  if (!cosdim_in_safe_range(1, &part))
    part = cosdim_scaled_sums(x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], run->n, 1);
  cosdim_finalize_output(plan, run->output, part);
}

static void accumulate_run(const cosdim_plan *plan, cosdim_run run) {
  int is_short = run.n < COSDIM_SHORT_F32 && cosdim_has_groups(plan, &run) && cosdim_tile_is_complete(plan) &&
                 plan->kernel_dtype == COSDIM_FLOAT32;
  for (;;) {
    if (is_short) {
      safe_range range = cosdim_safe_range(plan->eps, 1);
      float *out = (float *)plan->staged[COSDIM_OUT] + run.output;
      size_t finalized =
          cosdim_finalize_short_f32_simd128(run.x[COSDIM_X1], run.x[COSDIM_X2], run.n, run.count, &range, out);
      cosdim_skip_outputs(plan, &run, finalized);
    }
    if (!run.count) return;
    /* All of the run, or the one group that is outside the safe range. */
    cosdim_run part = run;
    if (is_short && part.count > COSDIM_GROUP_F32) part.count = COSDIM_GROUP_F32;
    int exact = part.kernel(part.x[COSDIM_X1], part.x[COSDIM_X2], part.n, part.count, 0, plan->work);
    cosdim_finalize_run(plan, &part, exact, plan->work);
    cosdim_skip_outputs(plan, &run, part.count);
  }
}

static void accumulate_tile(cosdim_plan *plan) {
  layout of = choose_layout(plan);
  cosdim_run run = run_of(plan, &of);
  const void *data[COSDIM_OUT];
  for (int k = 0; k < COSDIM_OUT; k++) data[k] = cosdim_tile_data(plan, k);
  int several = 0; /* whether the cursor has several positions */
  for (int l = 0; l < plan->loops; l++) several |= !is_run_by_kernel(plan, &of, l) && plan->loop[l].length > 1;

  /* A kernel overwrites the norms that pairwise keeps in `work`. */
  if (of.columns < 0) plan->norms_stale[COSDIM_X1] = plan->norms_stale[COSDIM_X2] = 1;
  cursor at;
  for (int l = 0; l < plan->loops; l++) at.index[l] = 0;
  for (int k = 0; k < COSDIM_OPERANDS; k++) at.element[k] = 0;
  do {
    for (int k = 0; k < COSDIM_OUT; k++) run.x[k].data = cosdim_tile_element(plan, data[k], at.element[k]);
    run.output = at.element[COSDIM_OUT];
    if (plan->weighted)
      accumulate_weighted(plan, &run);
    else if (of.columns >= 0)
      cosdim_accumulate_pairwise(plan, &run, of.outputs, of.columns, several);
    else
      accumulate_run(plan, run);
  } while (advance(plan, &at, &of));
}

int cosdim_has_negative(const double *weights, ptrdiff_t stride, size_t n) {
  for (; n; n--, weights += stride)
    if (*weights < 0) return 1;
  return 0;
}

static int has_negative_weight(const cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  return cosdim_has_negative(cosdim_tile_data(plan, COSDIM_WEIGHTS), (ptrdiff_t)reduced->tile_stride[COSDIM_WEIGHTS],
                             (size_t)reduced->length);
}

cosdim_status cosdim_accumulate(cosdim_plan *plan) {
  if (plan->weighted && has_negative_weight(plan)) return COSDIM_ERROR_NEGATIVE_WEIGHT;
  if (cosdim_tile_starts(plan) && !cosdim_tile_is_complete(plan))
    memset(plan->sums, 0, (size_t)((char *)plan->staged[COSDIM_OUT] - (char *)plan->sums));
  accumulate_tile(plan);
  if (cosdim_tile_ends(plan)) plan->stale[COSDIM_OUT] = 1;
  return COSDIM_OK;
}
