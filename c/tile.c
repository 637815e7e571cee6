/*
 * The walk: a plan's loops, cut into tiles that fit the scratch. It says what to copy, runs the kernel that fits the
 * layout, merges what it summed, and finishes the outputs whose reduced axis is at its end.
 */
#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* So many outputs fill a core's cache with their sums (0.4 MiB); more would not make the copies any longer. */
enum { MAX_OUTPUTS = 4096 };
enum {
  WORK_BYTES = COSDIM_COLUMN_WORK * sizeof(double),
  OUTPUT_BYTES = WORK_BYTES + sizeof(cosdim_sums) + sizeof(double)
};

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int is_staged(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return 0;
  return !plan->in_place[operand];
}

/* An operand's own loops, the smallest step first: its copies are then as long as can be, in whatever order others lie.
 */
static void order_loops(cosdim_plan *plan, int operand) {
  int32_t *order = plan->order[operand], n = 0;
  for (int l = 0; l < plan->loops; l++) {
    int64_t step = llabs(plan->loop[l].step[operand]);
    if (step == 0) continue;
    int at = n++;
    for (; at > 0 && llabs(plan->loop[order[at - 1]].step[operand]) > step; at--) order[at] = order[at - 1];
    order[at] = l;
  }
  plan->own_loops[operand] = n;
}

/* Splits the scratch, and grows the tile from the innermost loop outwards until an operand's share or the outputs are
 * full. */
void cosdim_tile(cosdim_plan *plan, void *scratch, size_t bytes) {
  int staged = 0;
  for (int k = 0; k < COSDIM_OUT; k++) {
    plan->in_place[k] = plan->data[k] && plan->operand_dtype[k] == plan->computed && plan->cast[k] == plan->computed;
    staged += is_staged(plan, k);
  }
  plan->in_place[COSDIM_OUT] = 0;

  int64_t outputs = smaller(MAX_OUTPUTS, (int64_t)(bytes / 2 / OUTPUT_BYTES));
  outputs = outputs > 2 ? outputs & ~1 : 1; /* even, so that what follows stays aligned */
  size_t output_bytes = ((size_t)outputs * OUTPUT_BYTES + 15) & ~(size_t)15;
  size_t share = staged ? (bytes - output_bytes) / staged & ~(size_t)15 : 0;
  char *place = scratch;
  plan->work = (double *)place;
  plan->sums = (cosdim_sums *)(place + outputs * WORK_BYTES);
  plan->stage[COSDIM_OUT] = plan->sums + outputs;
  place += output_bytes;

  int64_t room[COSDIM_OPERANDS];
  for (int k = 0; k < COSDIM_OPERANDS; k++) {
    order_loops(plan, k);
    room[k] = INT64_MAX;
    if (k == COSDIM_OUT) {
      room[k] = outputs;
    } else if (is_staged(plan, k)) {
      size_t raw = cosdim_size(plan->operand_dtype[k]), converted = cosdim_size(plan->computed);
      room[k] = (int64_t)(share / (raw > converted ? raw : converted));
      plan->stage[k] = place;
      place += share;
    }
  }
  for (int l = 0; l < plan->loops; l++) {
    cosdim_loop *loop = &plan->loop[l];
    loop->limit = loop->n > 0 ? loop->n : 1;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      if (loop->step[k]) loop->limit = smaller(loop->limit, room[k]);
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      if (loop->step[k]) room[k] /= loop->limit;
  }
  plan->started = 0;
}

/* Moves one loop to its next part, or back to its start; 1 when it went on. */
static int advance(cosdim_plan *plan, int l) {
  cosdim_loop *loop = &plan->loop[l];
  int64_t before = loop->start;
  int goes_on = loop->start + loop->limit < loop->n;
  loop->start = goes_on ? loop->start + loop->limit : 0;
  loop->length = smaller(loop->limit, loop->n - loop->start);
  for (int k = 0; k < COSDIM_OUT; k++)
    if (loop->start != before && loop->step[k]) plan->stale[k] = 1;
  return goes_on;
}

static int first_tile(cosdim_plan *plan) {
  plan->started = 1;
  for (int l = 0; l < plan->loops; l++) {
    cosdim_loop *loop = &plan->loop[l];
    if (loop->n == 0 && l != plan->reduced) return 0;
    loop->start = 0;
    loop->length = smaller(loop->limit, loop->n);
  }
  for (int k = 0; k < COSDIM_OUT; k++) plan->stale[k] = 1;
  plan->stale[COSDIM_OUT] = 0;
  return 1;
}

/* The reduced axis first, so that outputs are finished before others begin. */
static int next_tile(cosdim_plan *plan) {
  if (advance(plan, plan->reduced)) return 1;
  for (int l = 0; l < plan->loops; l++)
    if (l != plan->reduced && advance(plan, l)) return 1;
  return 0;
}

int cosdim_next(cosdim_plan *plan) {
  if (!(plan->started ? next_tile(plan) : first_tile(plan))) return 0;
  for (int k = 0; k < COSDIM_OPERANDS; k++) {
    plan->copied[k] = 0;
    int64_t packed = 1;
    for (int l = 0; l < plan->loops; l++) plan->loop[l].tile_step[k] = plan->loop[l].step[k];
    if (!is_staged(plan, k)) continue;
    for (int i = 0; i < plan->own_loops[k]; i++) {
      cosdim_loop *loop = &plan->loop[plan->order[k][i]];
      loop->tile_step[k] = packed;
      packed *= loop->length;
    }
  }
  return 1;
}

static size_t staged_elements(const cosdim_plan *plan, int operand) {
  int64_t n = 1;
  for (int i = 0; i < plan->own_loops[operand]; i++) n *= plan->loop[plan->order[operand][i]].length;
  return (size_t)n;
}

int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy) {
  if (!is_staged(plan, operand) || !plan->stale[operand]) return 0;
  /* The operand's part of the tile: runs of (n, step), those that go on in one another joined; two of them are a copy.
   */
  int64_t n[COSDIM_MAX_RANK + 3], step[COSDIM_MAX_RANK + 3], element = 0;
  int runs = 0;
  for (int l = 0; l < plan->loops; l++) element += plan->loop[l].start * plan->loop[l].step[operand];
  for (int i = 0; i < plan->own_loops[operand]; i++) {
    const cosdim_loop *loop = &plan->loop[plan->order[operand][i]];
    if (runs && loop->step[operand] == n[runs - 1] * step[runs - 1]) {
      n[runs - 1] *= loop->length;
    } else {
      n[runs] = loop->length;
      step[runs++] = loop->step[operand];
    }
  }
  while (runs < 2) n[runs] = 1, step[runs++] = 1;
  int64_t copies = 1, left = plan->copied[operand];
  for (int i = 2; i < runs; i++) copies *= n[i];
  if (plan->copied[operand] == copies || n[0] == 0 || n[1] == 0) {
    plan->stale[operand] = 0;
    if (operand != COSDIM_OUT)
      cosdim_convert(plan->stage[operand], plan->operand_dtype[operand], plan->cast[operand], plan->computed,
                     staged_elements(plan, operand));
    return 0;
  }
  for (int i = 2; i < runs; i++) {
    element += left % n[i] * step[i];
    left /= n[i];
  }
  int64_t staged = plan->copied[operand]++ * n[0] * n[1];
  *copy = (cosdim_copy){element, n[1],
                        step[1], n[0],
                        step[0], (char *)plan->stage[operand] + staged * cosdim_size(plan->operand_dtype[operand])};
  return 1;
}

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

/* The tile's first element of an operand, where the kernels read it; NULL without weights. */
static const void *first_element(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return NULL;
  if (!plan->in_place[operand]) return plan->stage[operand];
  int64_t element = 0;
  for (int l = 0; l < plan->loops; l++) element += plan->loop[l].start * plan->loop[l].step[operand];
  return (const char *)plan->data[operand] + element * (int64_t)cosdim_size(plan->computed);
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

/* An output's part of the tile, summed without loss. */
static cosdim_sums sum_scaled(const cosdim_plan *plan, const cosdim_vector *x, size_t n) {
  cosdim_vector none = {NULL, 0};
  int exponent[COSDIM_OUT] = {0};
  if (plan->computed != COSDIM_FLOAT32) /* squares of float32 fit a double */
    for (int k = 0; k < COSDIM_OUT; k++)
      if (x[k].data)
        exponent[k] = cosdim_exponent(plan->computed, x[k], k == COSDIM_WEIGHTS ? none : x[COSDIM_WEIGHTS], n);
  return cosdim_strided(plan->computed, x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], n, exponent[COSDIM_X1],
                        exponent[COSDIM_X2], exponent[COSDIM_WEIGHTS] & ~1);
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

/* Kernels are chosen by layout, not by dim. Weights are for distances, which are of one pair: they have no own kernel.
 */
static void sum_tile(cosdim_plan *plan) {
  const cosdim_kernels *kernels = &kernels_of[plan->computed];
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  size_t n = (size_t)reduced->length;
  int rows = !plan->weighted && reduced->tile_step[COSDIM_X1] == 1 && reduced->tile_step[COSDIM_X2] == 1;
  int across = rows || plan->weighted ? -1 : contiguous_loop(plan);
  size_t columns = across < 0 ? 1 : (size_t)plan->loop[across].length, whole = 0;
  if (across >= 0) whole = columns - columns % kernels->group;
  const void *first[COSDIM_OUT];
  for (int k = 0; k < COSDIM_OUT; k++) first[k] = first_element(plan, k);

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
      cosdim_sums part =
          column < whole ? kernels->column(plan->work, column)
                         : cosdim_strided(plan->computed, x[COSDIM_X1], x[COSDIM_X2], x[COSDIM_WEIGHTS], n, 0, 0, 0);
      settle(plan, output, part, x, n);
      if (across < 0) break;
      output += plan->loop[across].tile_step[COSDIM_OUT];
      x[COSDIM_X1].data = element_at(plan, x[COSDIM_X1].data, 1);
      x[COSDIM_X2].data = element_at(plan, x[COSDIM_X2].data, 1);
    }
  } while (move(plan, &at, across));
}

static int has_negative_weight(const cosdim_plan *plan) {
  const double *weights = first_element(plan, COSDIM_WEIGHTS);
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  for (int64_t i = 0; i < reduced->length; i++)
    if (weights[i * reduced->tile_step[COSDIM_WEIGHTS]] < 0) return 1;
  return 0;
}

static void finish_tile(const cosdim_plan *plan) {
  size_t outputs = staged_elements(plan, COSDIM_OUT);
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
  if (reduced->start == 0) memset(plan->sums, 0, staged_elements(plan, COSDIM_OUT) * sizeof *plan->sums);
  sum_tile(plan);
  if (reduced->start + reduced->length < reduced->n) return COSDIM_OK;
  finish_tile(plan);
  plan->stale[COSDIM_OUT] = 1;
  return COSDIM_OK;
}

/* Between an operand in memory and the scratch. */
static void copy_elements(char *operand, const cosdim_copy *copy, size_t size, int to_operand) {
  char *staged = copy->staged;
  for (int64_t row = 0; row < copy->rows; row++) {
    for (int64_t column = 0; column < copy->columns; column++, staged += size) {
      char *element = operand + (copy->element + row * copy->row_step + column * copy->column_step) * (int64_t)size;
      memcpy(to_operand ? element : staged, to_operand ? staged : element, size);
    }
  }
}

cosdim_status cosdim_compute(cosdim_plan *plan, void *scratch, size_t bytes, void *out) {
  cosdim_copy copy;
  cosdim_tile(plan, scratch, bytes);
  while (cosdim_next(plan)) {
    for (int k = 0; k < COSDIM_OUT; k++)
      while (cosdim_stage(plan, k, &copy))
        copy_elements((char *)plan->data[k], &copy, cosdim_size(plan->operand_dtype[k]), 0);
    cosdim_status status = cosdim_accumulate(plan);
    if (status) return status;
    while (cosdim_stage(plan, COSDIM_OUT, &copy)) copy_elements(out, &copy, cosdim_size(plan->dtype), 1);
  }
  return COSDIM_OK;
}

void cosdim_step(cosdim_plan *plan, int64_t i, cosdim_term *term) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  cosdim_sums *sums = &plan->sums[0];
  if (reduced->start == 0 && i == 0) memset(sums, 0, sizeof *sums);
  double x1 = ((const double *)first_element(plan, COSDIM_X1))[i * reduced->tile_step[COSDIM_X1]];
  double x2 = ((const double *)first_element(plan, COSDIM_X2))[i * reduced->tile_step[COSDIM_X2]];
  cosdim_add(&sums->dot, x1 * x2);
  cosdim_add(&sums->norm1_squared, x1 * x1);
  cosdim_add(&sums->norm2_squared, x2 * x2);
  *term = (cosdim_term){x1,
                        x2,
                        x1 * x2,
                        x1 * x1,
                        x2 * x2,
                        sums->dot.value + sums->dot.carry,
                        sums->norm1_squared.value + sums->norm1_squared.carry,
                        sums->norm2_squared.value + sums->norm2_squared.carry};
}
