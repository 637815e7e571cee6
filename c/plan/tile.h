/* The current tile, for the code that computes with it. */
#ifndef COSDIM_TILE_H
#define COSDIM_TILE_H

#include "cosdim.h"

/* The tile's first element of an operand, where the kernels read it; NULL for absent weights. */
const void *cosdim_tile_data(const cosdim_plan *plan, int operand);

/* How many elements of the operand the tile has. */
int64_t cosdim_tile_elements(const cosdim_plan *plan, int operand);

/* Whether there are all pairs of enough vectors for a matrix product. */
int cosdim_has_pairwise(const cosdim_plan *plan);

/* Whether an operand is copied to the scratch. */
static inline int cosdim_is_staged(const cosdim_plan *plan, int operand) {
  if (operand == COSDIM_WEIGHTS && !plan->weighted) return 0;
  return !plan->in_place[operand];
}

/* Whether the tile begins, ends, or holds all of the reduced axis. Of kept sums, further slices will come. */
static inline int cosdim_tile_starts(const cosdim_plan *plan) {
  return plan->loop[plan->reduced].start == 0;
}

static inline int cosdim_tile_ends(const cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  return reduced->start + reduced->length == reduced->n;
}

static inline int cosdim_tile_is_complete(const cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  return reduced->length == reduced->n && plan->rule != COSDIM_KEPT_SUMS;
}

#endif
