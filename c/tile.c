/* The walk: a plan's loops, cut into tiles that fit the scratch, and what has to be copied for each. */
#include "kernels.h"

#include <stdlib.h>

/* So many outputs fill a core's cache with their sums (0.4 MiB); more would not make the copies any longer. */
enum { MAX_OUTPUTS = 4096 };
enum {
  WORK_BYTES = COSDIM_OUTPUT_WORK * sizeof(double),
  OUTPUT_BYTES = WORK_BYTES + sizeof(cosdim_sums) + sizeof(double)
};

/*
 * Of all pairs of vectors, a tile takes so many of the one operand, and as many of the other as it has room for: each
 * of these is copied once, and those again for every tile, which costs little when they are few beside the others.
 * Vectors that are too long for that are taken in parts.
 */
enum { PAIRED = 32 };

/*
 * Of operands that are read in place, a tile takes so many elements, 16 MiB, of each: some 10 ms, after which a walk
 * that shares its thread can pause.
 */
enum { IN_PLACE = 4 << 20 };

/*
 * Of columns that do not fit as a whole, a tile takes so many, for the sake of more rows: their sums are merged once a
 * tile, and runs of 4 KiB are copied about as fast as longer ones.
 */
enum { COLUMNS = 1024 };

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int is_staged(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return 0;
  return !plan->in_place[operand];
}

/* An operand's own loops, the smallest step first: so its copies are as long as can be, however the others lie. */
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

static int is_contiguous(const cosdim_plan *plan, int operand, int loop) {
  if (plan->in_place[operand]) return plan->loop[loop].step[operand] == 1;
  return plan->own_loops[operand] > 0 && plan->order[operand][0] == loop;
}

/* Rows, or columns: what the narrow dtypes have kernels for. */
static int has_kernel(const cosdim_plan *plan) {
  if (is_contiguous(plan, COSDIM_X1, plan->reduced) && is_contiguous(plan, COSDIM_X2, plan->reduced)) return 1;
  for (int l = 0; l < plan->loops; l++) {
    if (l == plan->reduced) continue;
    if (is_contiguous(plan, COSDIM_X1, l) && is_contiguous(plan, COSDIM_X2, l)) return 1;
  }
  return 0;
}

/* All pairs of vectors: the outer loop is of the one operand alone, the inner of the other. */
static int are_paired(const cosdim_loop *inner, const cosdim_loop *outer) {
  int one =
      inner->step[COSDIM_X1] == 0 && outer->step[COSDIM_X2] == 0 && inner->step[COSDIM_X2] && outer->step[COSDIM_X1];
  return one || (inner->step[COSDIM_X2] == 0 && outer->step[COSDIM_X1] == 0 && inner->step[COSDIM_X1] &&
                 outer->step[COSDIM_X2]);
}

static int is_paired(const cosdim_plan *plan, int loop) {
  for (int l = loop + 1; l < plan->loops; l++)
    if (l != plan->reduced && loop != plan->reduced && are_paired(&plan->loop[loop], &plan->loop[l])) return 1;
  return 0;
}

static int has_pairs(const cosdim_plan *plan) {
  for (int l = 0; l < plan->loops; l++)
    if (is_paired(plan, l)) return 1;
  return 0;
}

/*
 * Chooses what kernels read. Operands of the same narrow dtype are not converted, if a kernel reads them as they lie:
 * it has their values, whatever they are cast to. All pairs are: each is read many times.
 */
static void choose_loaded(cosdim_plan *plan) {
  int32_t dtype = plan->operand_dtype[COSDIM_X1];
  int narrow = dtype == COSDIM_INT8 || dtype == COSDIM_UINT8 || dtype == COSDIM_FLOAT16;
  plan->kernel_dtype = plan->compute_dtype;
  if (!narrow || dtype != plan->operand_dtype[COSDIM_X2] || plan->compute_dtype != COSDIM_FLOAT32) return;
  if (has_pairs(plan)) return;
  for (int k = 0; k < COSDIM_OUT; k++) plan->in_place[k] = plan->data[k] != NULL;
  if (has_kernel(plan)) plan->kernel_dtype = dtype;
}

/* Splits the scratch, and grows the tile from the innermost loop outwards until a share of it is full. */
void cosdim_tile(cosdim_plan *plan, void *scratch, size_t bytes) {
  for (int k = 0; k < COSDIM_OPERANDS; k++) order_loops(plan, k);
  choose_loaded(plan);
  int staged = 0;
  for (int k = 0; k < COSDIM_OUT; k++) {
    int as_it_is = plan->operand_dtype[k] == plan->kernel_dtype &&
                   (plan->kernel_dtype != plan->compute_dtype || plan->cast[k] == plan->kernel_dtype);
    plan->in_place[k] = plan->data[k] && as_it_is;
    staged += is_staged(plan, k);
  }
  plan->in_place[COSDIM_OUT] = 0;

  int64_t outputs = smaller(MAX_OUTPUTS, (int64_t)(bytes / 2 / OUTPUT_BYTES));
  outputs = outputs > 2 ? outputs & ~1 : 1; /* even, so that what follows stays aligned */
  /* The last group may be half full, or less. */
  size_t work_bytes = ((size_t)outputs + 1) * WORK_BYTES,
         sums_bytes = (size_t)outputs * sizeof(cosdim_sums) + WORK_BYTES;
  size_t output_bytes = (work_bytes + sums_bytes + (size_t)outputs * sizeof(double) + 15) & ~(size_t)15;
  size_t share = staged ? (bytes - output_bytes) / staged & ~(size_t)15 : 0;
  char *place = scratch;
  plan->work = (double *)place;
  plan->sums = (cosdim_sums *)(place + work_bytes);
  plan->stage[COSDIM_OUT] = place + work_bytes + sums_bytes;
  place += output_bytes;

  int64_t room[COSDIM_OPERANDS];
  for (int k = 0; k < COSDIM_OPERANDS; k++) {
    room[k] = IN_PLACE;
    if (k == COSDIM_OUT) {
      room[k] = outputs;
    } else if (is_staged(plan, k)) {
      size_t raw = cosdim_size(plan->operand_dtype[k]), converted = cosdim_size(plan->kernel_dtype);
      room[k] = (int64_t)(share / (raw > converted ? raw : converted));
      plan->stage[k] = place;
      place += share;
    }
  }
  int paired = has_pairs(plan);
  for (int l = 0; l < plan->loops; l++) {
    cosdim_loop *loop = &plan->loop[l];
    loop->limit = loop->n > 0 ? loop->n : 1;
    if (is_paired(plan, l)) loop->limit = smaller(loop->limit, PAIRED);
    for (int k = 0; k < COSDIM_OPERANDS; k++) {
      if (!loop->step[k]) continue;
      int64_t most = room[k];
      if (l < plan->reduced && k != COSDIM_OUT && is_staged(plan, k)) {
        int64_t of_whole_columns = most / (plan->loop[plan->reduced].n + 1);
        most = smaller(most, of_whole_columns > COLUMNS ? of_whole_columns : COLUMNS);
      }
      if (l == plan->reduced && paired) most = most > PAIRED ? most / PAIRED : 1;
      loop->limit = smaller(loop->limit, most);
    }
    if (loop->limit > PRODUCT_ROWS && loop->limit < loop->n) loop->limit -= loop->limit % PRODUCT_ROWS;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      if (loop->step[k]) room[k] /= loop->limit;
  }
  cosdim_restart(plan);
}

void cosdim_restart(cosdim_plan *plan) {
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
    if (loop->start != before && loop->step[k]) plan->stale[k] = plan->moved[k] = 1;
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
  for (int k = 0; k < COSDIM_OUT; k++) plan->stale[k] = plan->moved[k] = 1;
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

int cosdim_next_tile(cosdim_plan *plan) {
  if (!(plan->started ? next_tile(plan) : first_tile(plan))) return 0;
  for (int k = 0; k < COSDIM_OPERANDS; k++) {
    plan->copied[k] = 0;
    int64_t packed = 1;
    for (int l = 0; l < plan->loops; l++) plan->loop[l].tile_stride[k] = plan->loop[l].step[k];
    if (!is_staged(plan, k)) continue;
    for (int i = 0; i < plan->own_loops[k]; i++) {
      cosdim_loop *loop = &plan->loop[plan->order[k][i]];
      loop->tile_stride[k] = packed;
      packed *= loop->length;
    }
  }
  return 1;
}

size_t cosdim_staged_elements(const cosdim_plan *plan, int operand) {
  int64_t n = 1;
  for (int i = 0; i < plan->own_loops[operand]; i++) n *= plan->loop[plan->order[operand][i]].length;
  return (size_t)n;
}

int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy) {
  if (!is_staged(plan, operand) || !plan->stale[operand]) return 0;
  /* The operand's part of the tile as runs of (n, step), joined where one goes on in the next; two are a copy. */
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
      cosdim_convert(plan->stage[operand], plan->operand_dtype[operand],
                     plan->kernel_dtype == plan->compute_dtype ? plan->cast[operand] : plan->kernel_dtype,
                     plan->kernel_dtype, cosdim_staged_elements(plan, operand));
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

int64_t cosdim_finished_outputs(const cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  return reduced->start + reduced->length < reduced->n ? 0 : (int64_t)cosdim_staged_elements(plan, COSDIM_OUT);
}

void cosdim_resume(cosdim_plan *plan) {
  for (int k = 0; k < COSDIM_OUT; k++) plan->stale[k] = plan->moved[k] = 1;
}

const void *cosdim_first_element(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return NULL;
  if (!plan->in_place[operand]) return plan->stage[operand];
  int64_t element = 0;
  for (int l = 0; l < plan->loops; l++) element += plan->loop[l].start * plan->loop[l].step[operand];
  return (const char *)plan->data[operand] + element * (int64_t)cosdim_size(plan->kernel_dtype);
}
