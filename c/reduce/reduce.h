/* From a tile to its outputs: what the files of this folder share. */
#ifndef COSDIM_REDUCE_H
#define COSDIM_REDUCE_H

#include "kernels/output_group.h"

/* The outputs along one kept loop: their vectors, and their positions in the tile. */
typedef struct {
  cosdim_kernel *kernel;
  cosdim_vectors x[COSDIM_OUT];
  size_t n, count;
  int64_t output, output_stride;
} cosdim_run;

/* Element `element` of an operand in the tile; NULL stays NULL. */
static inline const void *cosdim_tile_element(const cosdim_plan *plan, const void *data, int64_t element) {
  return data ? (const char *)data + element * (int64_t)cosdim_size((cosdim_dtype)plan->kernel_dtype) : NULL;
}

/* Moves a run past its first outputs. */
void cosdim_skip_outputs(const cosdim_plan *plan, cosdim_run *run, size_t outputs);

/*
 * The safe range of a kernel's sums. Outside [2^-90, 2^400], squares of float32 have become infinite, or so small that
 * the lost digits matter. Outside [2^-480, 2^480], the product of two squares of float64 overflows or underflows.
 */
#define COSDIM_MIN_F32 0x1p-90
#define COSDIM_MAX_F32 0x1p400
#define COSDIM_MIN_F64 0x1p-480
#define COSDIM_MAX_F64 0x1p480

/* Whether a kernel's sums can be finalized as they are. */
int cosdim_in_safe_range(int is_f64, const cosdim_sums *sums);

/* The sums of one output as a kernel wrote them. */
cosdim_sums cosdim_sums_at(int is_f64, const double *work);

/* The least norm² in the safe range that eps does not clamp. */
double cosdim_min_norm_squared(double eps, int exact);

/* The safe range of groups of outputs. */
safe_range cosdim_safe_range(double eps, int exact);

/* Whether neighbouring outputs of a run can be finalized in groups. */
int cosdim_has_groups(const cosdim_plan *plan, const cosdim_run *run);

/* Handles the sums of an output over the tile: finalizes them, or merges them until the reduced axis ends. */
void cosdim_finalize_output(const cosdim_plan *plan, int64_t output, cosdim_sums part);

/* The same for a run, as a kernel wrote it. Sums outside the safe range are accumulated again without loss. */
void cosdim_finalize_run(const cosdim_plan *plan, const cosdim_run *run, int exact, const double *work);

/* Whether one of n weights, `stride` apart, is negative. */
int cosdim_has_negative(const double *weights, ptrdiff_t stride, size_t n);

/* The merged sums of an output over the reduced axis so far. */
cosdim_sums cosdim_sums_of(const cosdim_plan *plan, int64_t output);

/*
 * The sums of one float64 output of any layout, with weights or without (data NULL): those of √w · x, and where the
 * squares need it (`rescale`), of √w · x · 2^-exponent.
 */
cosdim_sums cosdim_scaled_sums(cosdim_vectors x1, cosdim_vectors x2, cosdim_vectors weights, size_t n, int rescale);

/*
 * The outputs of every vector of x1, along loop `rows`, with every vector of x2, along loop `columns`. Their norms are
 * kept in plan->work while an operand's part of the tile stays the same, unless `norms_stale`.
 */
void cosdim_accumulate_pairwise(cosdim_plan *plan, const cosdim_run *run, int rows, int columns, int norms_stale);

static inline int cosdim_is_f64(const cosdim_plan *plan) {
  return plan->compute_dtype == COSDIM_FLOAT64;
}

#endif
