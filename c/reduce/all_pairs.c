/* All pairs of vectors: one norm per vector and a matrix product of dots, combined into cosines. */
#include "plan/tile.h"
#include "reduce/reduce.h"

#include <math.h>

/* The norms of vectors: their squares, and 1 / norm, or NaN where the norm is clamped or outside the safe range. */
typedef struct {
  double *squared, *inverse;
} norms;

static void accumulate_norms(const cosdim_plan *plan, cosdim_vectors x, size_t n, size_t count, norms to) {
  cosdim_norm_kernel *norm_squared = cosdim_kernels_of((cosdim_dtype)plan->kernel_dtype)->norm_squared;
  double least = cosdim_min_norm_squared(plan->eps, 0);
  for (size_t i = 0; i < count; i++) {
    double squared = norm_squared(x.data, n);
    to.squared[i] = squared;
    to.inverse[i] = squared >= least ? 1 / sqrt(squared) : NAN;
    x.data = cosdim_tile_element(plan, x.data, x.vector_stride);
  }
}

/*
 * Cosines whose square is above NEARLY_ONE, or NaN because dots overflowed, are accumulated again as rows: those make
 * the cosine of x and ±x exactly ±1 (block_f32.h).
 */
#define NEARLY_ONE (1 - 0x1p-18)

/*
 * Finalizes the dots of one vector with others, in groups, up to the first group that has a cosine near ±1 or a NaN
 * (from infinite values or NaN inverses). Returns the number of finalized outputs.
 */
static size_t finalize_dot_groups(const double *dots, double inverse1, const double *inverse2, size_t count,
                                  float *out) {
  const v128_t norm1 = wasm_f64x2_splat(inverse1), most = wasm_f64x2_splat(sqrt(NEARLY_ONE));
  size_t i = 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32) {
    v128_t low = wasm_f64x2_mul(wasm_f64x2_mul(wasm_v128_load(dots + i), norm1), wasm_v128_load(inverse2 + i)),
           high = wasm_f64x2_mul(wasm_f64x2_mul(wasm_v128_load(dots + i + 2), norm1), wasm_v128_load(inverse2 + i + 2));
    if (!all_true(wasm_v128_and(wasm_f64x2_le(wasm_f64x2_abs(low), most), wasm_f64x2_le(wasm_f64x2_abs(high), most))))
      break;
    wasm_v128_store(out + i, demote4(low, high));
  }
  return i;
}

/* Accumulates outputs near ±1 or NaN again as rows. */
static void accumulate_near_one(const cosdim_plan *plan, cosdim_run run, double *work) {
  for (; run.count; cosdim_skip_outputs(plan, &run, 1), work++) {
    /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): the run has the outputs in `work` */
    if (work[0] * work[0] <= NEARLY_ONE * (work[4] * work[8])) continue;
    double again[COSDIM_GROUP_WORK];
    run.kernel(run.x[COSDIM_X1], run.x[COSDIM_X2], run.n, 1, 0, again);
    for (int k = 0; k < COSDIM_GROUP_WORK; k += COSDIM_GROUP_F32) work[k] = again[k];
  }
}

/*
 * Turns the dots of one vector, x1, with others into outputs. Each is rounded alike wherever it is, so that the rows of
 * a corpus can be compared in shards.
 */
static void finalize_dots(const cosdim_plan *plan, const cosdim_run *run, const double *dots, norms norm1,
                          norms norms2) {
  int in_groups = cosdim_has_groups(plan, run) && cosdim_tile_is_complete(plan);
  float *out = (float *)plan->staged[COSDIM_OUT] + run->output;
  for (size_t i = 0; i < run->count;) {
    if (in_groups) {
      i += finalize_dot_groups(dots + i, *norm1.inverse, norms2.inverse + i, run->count - i, out + i);
      if (i == run->count) return;
      double cosine = dots[i] * *norm1.inverse * norms2.inverse[i];
      if (fabs(cosine) <= sqrt(NEARLY_ONE)) {
        out[i++] = (float)cosine;
        continue;
      }
    }
    cosdim_run part = *run;
    cosdim_skip_outputs(plan, &part, i);
    if (in_groups)
      part.count = 1;
    else if (part.count > COSDIM_GROUP_F32)
      part.count = COSDIM_GROUP_F32;
    double work[COSDIM_GROUP_WORK];
    for (size_t k = 0; k < part.count; k++, i++) {
      work[k] = dots[i];
      work[4 + k] = *norm1.squared;
      work[8 + k] = norms2.squared[i];
    }
    accumulate_near_one(plan, part, work);
    cosdim_finalize_run(plan, &part, 0, work);
  }
}

static size_t at_most(int64_t n, int64_t most) {
  return (size_t)(n < most ? n : most);
}

void cosdim_accumulate_pairwise(cosdim_plan *plan, const cosdim_run *run, int rows, int columns, int norms_stale) {
  const cosdim_loop *row_loop = &plan->loop[rows], *column_loop = &plan->loop[columns];
  size_t capacity = (size_t)((double *)plan->sums - plan->work) / 4;
  norms norms1 = {plan->work, plan->work + capacity}, norms2 = {plan->work + 2 * capacity, plan->work + 3 * capacity};
  cosdim_vectors x1 = run->x[COSDIM_X1], x2 = run->x[COSDIM_X2];
  if (norms_stale || plan->norms_stale[COSDIM_X1]) accumulate_norms(plan, x1, run->n, (size_t)row_loop->length, norms1);
  if (norms_stale || plan->norms_stale[COSDIM_X2])
    accumulate_norms(plan, x2, run->n, (size_t)column_loop->length, norms2);
  plan->norms_stale[COSDIM_X1] = plan->norms_stale[COSDIM_X2] = 0;

  cosdim_products_kernel *products = cosdim_kernels_of((cosdim_dtype)plan->kernel_dtype)->products;
  double dots[COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS];
  for (int64_t column = 0; column < column_loop->length; column += COSDIM_PRODUCT_COLUMNS) {
    for (int64_t row = 0; row < row_loop->length; row += COSDIM_PRODUCT_ROWS) {
      size_t n_rows = at_most(row_loop->length - row, COSDIM_PRODUCT_ROWS);
      cosdim_run r = *run;
      r.count = at_most(column_loop->length - column, COSDIM_PRODUCT_COLUMNS);
      r.x[COSDIM_X1].data = cosdim_tile_element(plan, x1.data, row * x1.vector_stride);
      r.x[COSDIM_X2].data = cosdim_tile_element(plan, x2.data, column * x2.vector_stride);
      r.output += row * row_loop->tile_stride[COSDIM_OUT] + column * column_loop->tile_stride[COSDIM_OUT];
      r.output_stride = column_loop->tile_stride[COSDIM_OUT];
      products(r.x[COSDIM_X1], r.x[COSDIM_X2], r.n, n_rows, r.count, dots);
      r.x[COSDIM_X1].vector_stride = 0; /* each row is one vector against many */
      for (size_t k = 0; k < n_rows; k++) {
        norms of1 = {norms1.squared + row + k, norms1.inverse + row + k},
              of2 = {norms2.squared + column, norms2.inverse + column};
        finalize_dots(plan, &r, dots + k * COSDIM_PRODUCT_COLUMNS, of1, of2);
        r.x[COSDIM_X1].data = cosdim_tile_element(plan, r.x[COSDIM_X1].data, x1.vector_stride);
        r.output += row_loop->tile_stride[COSDIM_OUT];
      }
    }
  }
}
