/* Tiles: a plan's loops, cut into parts that fit the scratch. */
#include "plan/tile.h"

#include "kernels/kernels.h"
#include "tensor/dtype.h"
#include "tensor/shape.h"

/* The sums of this many outputs fill a core's cache (0.4 MiB). More outputs would not lengthen the copies. */
enum { MAX_OUTPUTS = 4096 };
enum {
  WORK_BYTES = COSDIM_OUTPUT_WORK * sizeof(double),
  OUTPUT_BYTES = WORK_BYTES + sizeof(cosdim_sums) + sizeof(double)
};

/*
 * A pairwise tile has at most this many vectors of one operand and as many of the other as fit. Those of the second are
 * copied once, those of the first for every tile, which costs little. If the second operand has few vectors, the tile
 * has up to PAIRWISE_PAIRS pairs more: 32 vectors with two queries are too little work for a tile. Vectors that do not
 * fit are split. Vectors side by side are staged by columns, as many as below.
 */
enum { PAIRWISE_VECTORS = 32, PAIRWISE_PAIRS = 1024 };

/*
 * All pairs of fewer vectors are accumulated by rows, one vector at a time with all others. As a matrix product, two
 * queries of float16 take 1.3 times as long, of float32 1.2 to 1.5 times, of int8 0.93 times.
 */
enum { LEAST_PAIRWISE = 3, LEAST_PAIRWISE_INTEGERS = 2 };

/*
 * At most this many elements (16 MiB) are read in place: 10 ms of work, so that a walk can yield to the event loop. No
 * loop has more iterations in a tile, even if it moves no operand: a size_t of 32 bits counts them.
 */
enum { IN_PLACE_ELEMENTS = 4 << 20 };

/*
 * If not all columns fit, a tile has this many bytes of each row, so that it has more rows: sums are merged once per
 * tile, and 4 KiB at a time are copied about as fast as more.
 */
enum { TILE_ROW = 4096 };

/* As many columns if the other operand is staged by rows, parts of which are then copied: both copies are about as
 * long. */
enum { MIXED_TILE_COLUMNS = 128 };

/* Elements this far apart, or reversed, are copied with what is between them: engines copy spans 20 times faster. */
enum { MAX_GAP = 4 };

/* Whether one loop moves x1 alone and the other x2 alone: all pairs of their vectors. */
static int are_pairwise(const cosdim_loop *a, const cosdim_loop *b) {
  int a1 = a->stride[COSDIM_X1] != 0, a2 = a->stride[COSDIM_X2] != 0;
  int b1 = b->stride[COSDIM_X1] != 0, b2 = b->stride[COSDIM_X2] != 0;
  return (a1 && !a2 && !b1 && b2) || (!a1 && a2 && b1 && !b2);
}

/* How many vectors the outer of two loops over all pairs has, if `loop` is the inner one; else 0. */
static int64_t pairwise_vectors(const cosdim_plan *plan, int loop) {
  const cosdim_loop *inner = &plan->loop[loop];
  int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 1 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;
  for (int l = loop + 1; l < plan->loops; l++)
    if (l != plan->reduced && loop != plan->reduced && are_pairwise(inner, &plan->loop[l]) &&
        cosdim_min(inner->n, plan->loop[l].n) >= least)
      return plan->loop[l].n;
  return 0;
}

int cosdim_has_pairwise(const cosdim_plan *plan) {
  for (int l = 0; l < plan->loops; l++)
    if (pairwise_vectors(plan, l)) return 1;
  return 0;
}

/* Orders the loops that move an operand, smallest stride first, so that its copies are as long as possible. */
static void order_loops(cosdim_plan *plan, int operand) {
  int32_t *order = plan->order[operand], n = 0;
  for (int l = 0; l < plan->loops; l++) {
    uint64_t stride = cosdim_magnitude(plan->loop[l].stride[operand]);
    if (stride == 0) continue;
    int at = n++;
    for (; at > 0 && cosdim_magnitude(plan->loop[order[at - 1]].stride[operand]) > stride; at--)
      order[at] = order[at - 1];
    order[at] = l;
  }
  plan->order_count[operand] = n;
}

/* How much room an element takes with what is beside it. Reversed elements are copied behind their places. */
static uint64_t room_with_gap(int64_t stride) {
  return cosdim_magnitude(stride) + (stride < 0);
}

/* How far apart the elements are that copies take together. */
static int64_t gap_of(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_OUT || plan->order_count[operand] == 0) return 1;
  int64_t stride = plan->loop[plan->order[operand][0]].stride[operand];
  return room_with_gap(stride) <= MAX_GAP ? stride : 1;
}

/* Whether an operand has contiguous rows, at the latest when it is staged. */
static int has_rows(const cosdim_plan *plan, int operand) {
  int64_t stride = plan->loop[plan->reduced].stride[operand];
  return stride == (plan->data[operand] ? 1 : plan->gap[operand]) && plan->order[operand][0] == plan->reduced;
}

/*
 * Rows of the same narrow dtype are not converted if a kernel reads them directly: no cast changes their values. Short
 * ones are, since float32 has a kernel for them, and so are those of all pairs if their dtype has no products: each is
 * read many times.
 */
static void choose_kernel_dtype(cosdim_plan *plan) {
  int32_t dtype = plan->operand_dtype[COSDIM_X1];
  int reads = cosdim_is_narrow((cosdim_dtype)dtype) && dtype == plan->operand_dtype[COSDIM_X2] &&
              plan->compute_dtype == COSDIM_FLOAT32 && plan->loop[plan->reduced].n >= COSDIM_SHORT_F32 &&
              has_rows(plan, COSDIM_X1) && has_rows(plan, COSDIM_X2);
  plan->kernel_dtype = reads ? dtype : plan->compute_dtype;
  if (reads && !cosdim_kernels_of((cosdim_dtype)dtype)->products && cosdim_has_pairwise(plan))
    plan->kernel_dtype = plan->compute_dtype;
}

/* Chooses the operands that kernels can read in place. Returns how many have to be staged. */
static int choose_in_place(cosdim_plan *plan) {
  int staged = 0;
  for (int k = 0; k < COSDIM_OUT; k++) {
    int is_readable = plan->operand_dtype[k] == plan->kernel_dtype &&
                      (plan->kernel_dtype != plan->compute_dtype || plan->cast[k] == plan->kernel_dtype);
    plan->in_place[k] = plan->data[k] && is_readable;
    staged += cosdim_is_staged(plan, k);
  }
  plan->in_place[COSDIM_OUT] = 0;
  return staged;
}

/* Divides the scratch among work, sums, outputs and staged operands. `room` becomes how many elements of each fit. */
static void divide_scratch(cosdim_plan *plan, char *scratch, size_t bytes, int staged, int64_t *room) {
  int64_t outputs = cosdim_min(MAX_OUTPUTS, (int64_t)(bytes / 2 / OUTPUT_BYTES));
  outputs = outputs > 2 ? outputs & ~1 : 1; /* even, so that what follows stays aligned */
  /* One more group than the outputs fill: the last may be partial. */
  size_t work_bytes = ((size_t)outputs + 1) * WORK_BYTES,
         sums_bytes = (size_t)outputs * sizeof(cosdim_sums) + WORK_BYTES;
  /* And one more output: they are rounded to float16 four at a time. */
  size_t output_bytes = (work_bytes + sums_bytes + ((size_t)outputs + 1) * sizeof(double) + 15) & ~(size_t)15;
  size_t share = staged ? (bytes - output_bytes) / (size_t)staged & ~(size_t)31 : 0; /* whole blocks of four */
  plan->work = (double *)scratch;
  plan->sums = (cosdim_sums *)(scratch + work_bytes);
  plan->staged[COSDIM_OUT] = scratch + work_bytes + sums_bytes;
  room[COSDIM_OUT] = outputs;
  scratch += output_bytes;
  for (int k = 0; k < COSDIM_OUT; k++) {
    room[k] = IN_PLACE_ELEMENTS;
    if (!cosdim_is_staged(plan, k)) continue;
    size_t raw = cosdim_size((cosdim_dtype)plan->operand_dtype[k]),
           converted = cosdim_size((cosdim_dtype)plan->kernel_dtype);
    room[k] = (int64_t)(share / (raw > converted ? raw : converted) / room_with_gap(plan->gap[k]));
    plan->staged[k] = scratch;
    scratch += share;
  }
}

static int64_t least_columns(const cosdim_plan *plan) {
  for (int k = 0; k < COSDIM_OUT; k++)
    if (cosdim_is_staged(plan, k) && plan->order_count[k] > 0 && plan->order[k][0] == plan->reduced)
      return MIXED_TILE_COLUMNS;
  return TILE_ROW / (int64_t)cosdim_size((cosdim_dtype)plan->kernel_dtype);
}

/* The most iterations of a loop for which an operand has room. */
static int64_t max_iterations(const cosdim_plan *plan, int l, int operand, int64_t room, int pairwise) {
  int64_t most = room;
  if (l < plan->reduced && operand != COSDIM_OUT && cosdim_is_staged(plan, operand)) {
    int64_t entire_columns = most / cosdim_saturating_add(plan->loop[plan->reduced].n, 1), least = least_columns(plan);
    most = cosdim_min(most, entire_columns > least ? entire_columns : least);
  }
  int inner = 0; /* whether the vectors have a limit already */
  for (int k = 0; k < l; k++) inner |= plan->loop[k].stride[operand] != 0;
  if (l == plan->reduced && pairwise && !inner) most = most > PAIRWISE_VECTORS ? most / PAIRWISE_VECTORS : 1;
  return most;
}

/* Grows the tile from the innermost loop outwards until the room is used up. */
cosdim_status cosdim_tile(cosdim_plan *plan, void *scratch, size_t bytes) {
  if (bytes < COSDIM_MIN_SCRATCH) return COSDIM_ERROR_SCRATCH;
  int64_t room[COSDIM_OPERANDS];
  for (int k = 0; k < COSDIM_OPERANDS; k++) order_loops(plan, k);
  for (int k = 0; k < COSDIM_OPERANDS; k++) plan->gap[k] = gap_of(plan, k);
  choose_kernel_dtype(plan);
  int staged = choose_in_place(plan), pairwise = cosdim_has_pairwise(plan);
  divide_scratch(plan, scratch, bytes, staged, room);
  for (int l = 0; l < plan->loops; l++) {
    cosdim_loop *loop = &plan->loop[l];
    loop->limit = loop->n > 0 ? cosdim_min(loop->n, IN_PLACE_ELEMENTS) : 1;
    int64_t others = pairwise_vectors(plan, l);
    if (others)
      loop->limit =
          cosdim_min(loop->limit, l < plan->reduced ? MIXED_TILE_COLUMNS : PAIRWISE_VECTORS + PAIRWISE_PAIRS / others);
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      if (loop->stride[k]) loop->limit = cosdim_min(loop->limit, max_iterations(plan, l, k, room[k], pairwise));
    if (loop->limit > COSDIM_PRODUCT_ROWS && loop->limit < loop->n) loop->limit -= loop->limit % COSDIM_PRODUCT_ROWS;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      if (loop->stride[k]) room[k] /= loop->limit;
  }
  cosdim_restart(plan);
  return COSDIM_OK;
}

void cosdim_restart(cosdim_plan *plan) {
  plan->started = 0;
}

/* Moves one loop to its next part, or back to its start; returns 1 when it moved on. */
static int advance(cosdim_plan *plan, int l) {
  cosdim_loop *loop = &plan->loop[l];
  int64_t before = loop->start;
  int continues = loop->limit < loop->n - loop->start;
  loop->start = continues ? loop->start + loop->limit : 0;
  loop->length = cosdim_min(loop->limit, loop->n - loop->start);
  for (int k = 0; k < COSDIM_OUT; k++)
    if (loop->start != before && loop->stride[k]) plan->stale[k] = plan->norms_stale[k] = 1;
  return continues;
}

static int first_tile(cosdim_plan *plan) {
  plan->started = 1;
  for (int l = 0; l < plan->loops; l++) {
    cosdim_loop *loop = &plan->loop[l];
    if (loop->n == 0 && l != plan->reduced) return 0;
    loop->start = 0;
    loop->length = cosdim_min(loop->limit, loop->n);
  }
  cosdim_resume(plan);
  plan->stale[COSDIM_OUT] = 0;
  return 1;
}

/* The reduced axis first, so that outputs are finalized before others begin. */
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
    for (int l = 0; l < plan->loops; l++) plan->loop[l].tile_stride[k] = plan->loop[l].stride[k];
    if (!cosdim_is_staged(plan, k)) continue;
    for (int i = 0; i < plan->order_count[k]; i++) {
      cosdim_loop *loop = &plan->loop[plan->order[k][i]];
      loop->tile_stride[k] = packed;
      packed *= loop->length;
    }
  }
  return 1;
}

void cosdim_resume(cosdim_plan *plan) {
  for (int k = 0; k < COSDIM_OUT; k++) plan->stale[k] = plan->norms_stale[k] = 1;
}
