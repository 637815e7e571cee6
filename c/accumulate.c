/*
 * A tile's sums: the kernel that fits the layout runs over it, what it summed is merged into the outputs' accumulators,
 * and those whose reduced axis is at its end are finished.
 */
#include "kernels.h"

#include <string.h>

/* A place in the tile: where each operand is, while the kept loops run. */
typedef struct {
  int64_t index[COSDIM_MAX_RANK + 1], element[COSDIM_OPERANDS];
} cursor;

/* Goes to the next place of the tile, over the loops that the kernel does not run itself. */
static int move(const cosdim_plan *plan, cursor *at, int across) {
  for (int l = 0; l < plan->loops; l++) {
    if (l == plan->reduced || l == across) continue;
    const cosdim_loop *loop = &plan->loop[l];
    int goes_on = ++at->index[l] < loop->length;
    if (!goes_on) at->index[l] = 0;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      at->element[k] += goes_on ? loop->tile_step[k] : -loop->tile_step[k] * (loop->length - 1);
    if (goes_on) return 1;
  }
  return 0;
}

static const void *element_at(const cosdim_plan *plan, const void *first, int64_t element) {
  return first ? (const char *)first + element * (int64_t)cosdim_size(plan->computed) : NULL;
}

/*
 * Whether a kernel's squares can be believed. In float32 they may have become infinite, or so small that what was lost
 * below the least number counts; in float64 also so large or small that finishing their product would do the same.
 */
static int trustworthy(cosdim_dtype dtype, const cosdim_sums *sums) {
  double low = dtype == COSDIM_FLOAT32 ? 0x1p-90 : 0x1p-480, high = dtype == COSDIM_FLOAT32 ? 0x1p400 : 0x1p480;
  double norm1_squared = sums->norm1_squared.value, norm2_squared = sums->norm2_squared.value;
  return norm1_squared >= low && norm1_squared <= high && norm2_squared >= low && norm2_squared <= high;
}

/* An output's part of the tile, summed without loss. Squares of float32 fit a double as they are. */
static cosdim_sums sum_scaled(const cosdim_plan *plan, const cosdim_vector *x, size_t n) {
  int exponent[COSDIM_WEIGHTS] = {0};
  for (int k = 0; k < COSDIM_WEIGHTS && plan->computed == COSDIM_FLOAT64; k++)
    exponent[k] = cosdim_exponent(COSDIM_FLOAT64, x[k], x[COSDIM_WEIGHTS], n);
  return cosdim_strided(plan->computed, x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], n, exponent[COSDIM_X1],
                        exponent[COSDIM_X2]);
}

/* Merges what a kernel summed of an output, or sums it again where the kernel could not. */
static void settle(const cosdim_plan *plan, int64_t output, cosdim_sums part, const cosdim_vector *x, size_t n) {
  if (!trustworthy(plan->computed, &part)) part = sum_scaled(plan, x, n);
  cosdim_merge(&plan->sums[output], &part);
}

/* The kept loop along which both operands are contiguous, or -1. */
static int contiguous_loop(const cosdim_plan *plan) {
  for (int l = 0; l < plan->loops; l++)
    if (l != plan->reduced && plan->loop[l].tile_step[COSDIM_X1] == 1 && plan->loop[l].tile_step[COSDIM_X2] == 1)
      return l;
  return -1;
}

static const cosdim_kernels kernels_of[] = {
    [COSDIM_FLOAT32] = {cosdim_rows_f32, cosdim_columns_f32, cosdim_column_f32, COSDIM_GROUP_F32},
    [COSDIM_FLOAT64] = {cosdim_rows_f64, cosdim_columns_f64, cosdim_column_f64, COSDIM_GROUP_F64},
};

/* Kernels are chosen by layout, not by dim. Weights have none of their own: a weighted distance is of one pair. */
static void sum_tile(cosdim_plan *plan) {
  const cosdim_kernels *kernels = &kernels_of[plan->computed];
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  size_t n = (size_t)reduced->length;
  int rows = !plan->weighted && reduced->tile_step[COSDIM_X1] == 1 && reduced->tile_step[COSDIM_X2] == 1;
  int across = rows || plan->weighted ? -1 : contiguous_loop(plan);
  size_t columns = across < 0 ? 1 : (size_t)plan->loop[across].length, whole = 0;
  if (across >= 0) whole = columns - columns % kernels->group;
  const void *first[COSDIM_OUT];
  for (int k = 0; k < COSDIM_OUT; k++) first[k] = cosdim_first_element(plan, k);

  cursor at = {0};
  do {
    cosdim_vector x[COSDIM_OUT];
    for (int k = 0; k < COSDIM_OUT; k++)
      x[k] = (cosdim_vector){element_at(plan, first[k], at.element[k]), (ptrdiff_t)reduced->tile_step[k]};
    int64_t output = at.element[COSDIM_OUT];
    if (rows) {
      settle(plan, output, kernels->rows(x[COSDIM_X1].data, x[COSDIM_X2].data, n), x, n);
      continue;
    }
    if (whole) kernels->columns(x[COSDIM_X1], x[COSDIM_X2], n, whole, plan->work);
    for (size_t column = 0; column < columns; column++) {
      cosdim_sums part = column < whole
                             ? kernels->column(plan->work, column)
                             : cosdim_strided(plan->computed, x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], n, 0, 0);
      settle(plan, output, part, x, n);
      if (across < 0) break;
      output += plan->loop[across].tile_step[COSDIM_OUT];
      x[COSDIM_X1].data = element_at(plan, x[COSDIM_X1].data, 1);
      x[COSDIM_X2].data = element_at(plan, x[COSDIM_X2].data, 1);
    }
  } while (move(plan, &at, across));
}

static int has_negative_weight(const cosdim_plan *plan) {
  const double *weights = cosdim_first_element(plan, COSDIM_WEIGHTS);
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  for (int64_t i = 0; i < reduced->length; i++)
    if (weights[i * reduced->tile_step[COSDIM_WEIGHTS]] < 0) return 1;
  return 0;
}

static void finish_tile(const cosdim_plan *plan) {
  size_t outputs = cosdim_staged_elements(plan, COSDIM_OUT);
  for (size_t i = 0; i < outputs; i++) {
    double out = cosdim_finish(&plan->sums[i], plan->eps, NULL);
    if (plan->rule == COSDIM_COSINE_DISTANCE)
      out = 1 - out;
    else if (plan->loop[plan->reduced].n == 0)
      out = 0; /* an empty sum, whatever eps is */
    cosdim_write((cosdim_dtype)plan->dtype, plan->stage[COSDIM_OUT], i, out);
  }
}

cosdim_status cosdim_accumulate(cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  if (plan->weighted && has_negative_weight(plan)) return COSDIM_ERROR_NEGATIVE_WEIGHT;
  if (reduced->start == 0) memset(plan->sums, 0, cosdim_staged_elements(plan, COSDIM_OUT) * sizeof *plan->sums);
  sum_tile(plan);
  if (reduced->start + reduced->length < reduced->n) return COSDIM_OK;
  finish_tile(plan);
  plan->stale[COSDIM_OUT] = 1;
  return COSDIM_OK;
}

void cosdim_step(cosdim_plan *plan, int64_t i, cosdim_term *term) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  cosdim_sums *sums = &plan->sums[0];
  if (reduced->start == 0 && i == 0) memset(sums, 0, sizeof *sums);
  double x1 = ((const double *)cosdim_first_element(plan, COSDIM_X1))[i * reduced->tile_step[COSDIM_X1]];
  double x2 = ((const double *)cosdim_first_element(plan, COSDIM_X2))[i * reduced->tile_step[COSDIM_X2]];
  cosdim_add(&sums->dot, x1 * x2);
  cosdim_add(&sums->norm1_squared, x1 * x1);
  cosdim_add(&sums->norm2_squared, x2 * x2);
  term->x1 = x1;
  term->x2 = x2;
  term->product = x1 * x2;
  term->square1 = x1 * x1;
  term->square2 = x2 * x2;
  term->dot = sums->dot.value + sums->dot.carry;
  term->norm1_squared = sums->norm1_squared.value + sums->norm1_squared.carry;
  term->norm2_squared = sums->norm2_squared.value + sums->norm2_squared.carry;
}
