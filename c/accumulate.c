/*
 * A tile's sums: the kernel that fits the layout runs over it, and what it summed becomes outputs; or, where the
 * reduced axis goes on in the next tile, is merged into their accumulators until its end.
 */
#include "group.h"

#include <math.h>
#include <string.h>

/* A place in the tile: where each operand is, while the kept loops run. */
typedef struct {
  int64_t index[COSDIM_MAX_RANK + 1], element[COSDIM_OPERANDS];
} cursor;

/* Goes to the next place of the tile, over the loops that the kernel does not run itself. */
static int move(const cosdim_plan *plan, cursor *at, int along, int along_too) {
  for (int l = 0; l < plan->loops; l++) {
    if (l == plan->reduced || l == along || l == along_too) continue;
    const cosdim_loop *loop = &plan->loop[l];
    int goes_on = ++at->index[l] < loop->length;
    if (!goes_on) at->index[l] = 0;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      at->element[k] += goes_on ? loop->tile_stride[k] : -loop->tile_stride[k] * (loop->length - 1);
    if (goes_on) return 1;
  }
  return 0;
}

static const void *element_at(const cosdim_plan *plan, const void *first, int64_t element) {
  return first ? (const char *)first + element * (int64_t)cosdim_size((cosdim_dtype)plan->kernel_dtype) : NULL;
}

static const cosdim_kernels kernels_of[] = {
    [COSDIM_UINT8] = {cosdim_rows_u8, cosdim_columns_u8, NULL},
    [COSDIM_INT8] = {cosdim_rows_i8, cosdim_columns_i8, NULL},
    [COSDIM_FLOAT16] = {cosdim_rows_f16, cosdim_columns_f16, NULL},
    [COSDIM_FLOAT32] = {cosdim_rows_f32, cosdim_columns_f32, cosdim_products_f32},
    [COSDIM_FLOAT64] = {cosdim_rows_f64, cosdim_columns_f64, NULL},
};

/* Outputs side by side along a kept loop, and where they are: in the operands, and among the outputs of the tile. */
typedef struct {
  cosdim_kernel *kernel;
  cosdim_vectors x[COSDIM_OUT];
  size_t n, count;
  int64_t output, output_step;
} run;

/* Goes on to the outputs after the first ones. */
static void skip(const cosdim_plan *plan, run *r, size_t outputs) {
  r->count -= outputs;
  r->output += (int64_t)outputs * r->output_step;
  for (int k = 0; k < COSDIM_WEIGHTS; k++)
    r->x[k].data = element_at(plan, r->x[k].data, (int64_t)outputs * r->x[k].across);
}

static int is_f64(const cosdim_plan *plan) {
  return plan->compute_dtype == COSDIM_FLOAT64;
}

static size_t group_of(const cosdim_plan *plan) {
  return is_f64(plan) ? COSDIM_GROUP_F64 : COSDIM_GROUP_F32;
}

static cosdim_sums sums_at(int is_f64, const double *work) {
  if (is_f64) return (cosdim_sums){{work[0], work[2]}, {work[4], work[6]}, {work[8], work[10]}, 0, 0};
  return (cosdim_sums){{work[0], 0}, {work[4], 0}, {work[8], 0}, 0, 0};
}

/* Below this, the square of a cosine, its sums need not be made again for the sake of ±1: see kernels.h. */
#define NEARLY_ONE (1 - 0x1p-18)

/* Squares of float32 outside of these have become infinite, or so small that what was lost counts. */
#define LEAST_F32 0x1p-90
#define LARGEST_F32 0x1p400

/* Squares beyond these do the same to their product. */
#define LEAST_F64 0x1p-480
#define LARGEST_F64 0x1p480

/* Whether a kernel's sums can be believed. */
static int trustworthy(int is_f64, const cosdim_sums *sums) {
  double low = is_f64 ? LEAST_F64 : LEAST_F32, high = is_f64 ? LARGEST_F64 : LARGEST_F32;
  double norm1_squared = sums->norm1_squared.value, norm2_squared = sums->norm2_squared.value;
  if (!(norm1_squared >= low && norm1_squared <= high && norm2_squared >= low && norm2_squared <= high)) return 0;
  return is_f64 || sums->dot.value * sums->dot.value <= NEARLY_ONE * (norm1_squared * norm2_squared);
}

static int is_last(const cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  return reduced->start + reduced->length == reduced->n;
}

static int is_whole(const cosdim_plan *plan) {
  return plan->loop[plan->reduced].start == 0 && is_last(plan);
}

static void finish(const cosdim_plan *plan, int64_t output, const cosdim_sums *sums) {
  double out = cosdim_finalize(sums, plan->eps, NULL);
  if (plan->rule == COSDIM_COSINE_DISTANCE)
    out = 1 - out;
  else if (plan->loop[plan->reduced].n == 0)
    out = 0; /* an empty sum, whatever eps is */
  cosdim_write_element((cosdim_dtype)plan->dtype, plan->stage[COSDIM_OUT], (size_t)output, out);
}

/* Where the parts of a float32 output are added up, laid out as kernels lay out theirs: float64 needs no carry there.
 */
static double *totals_of(const cosdim_plan *plan, int64_t output) {
  return (double *)plan->sums + output / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK + output % COSDIM_GROUP_F32;
}

/* Takes a part of an output, which is all of it where the tile has the whole reduced axis. */
static void settle(const cosdim_plan *plan, int64_t output, cosdim_sums part) {
  if (is_whole(plan)) {
    if (is_f64(plan)) plan->sums[output] = part; /* for who reads the working */
    finish(plan, output, &part);
  } else if (is_f64(plan)) {
    cosdim_merge(&plan->sums[output], &part);
    if (is_last(plan)) finish(plan, output, &plan->sums[output]);
  } else {
    double *totals = totals_of(plan, output);
    part.dot.value = totals[0] += part.dot.value;
    part.norm1_squared.value = totals[4] += part.norm1_squared.value;
    part.norm2_squared.value = totals[8] += part.norm2_squared.value;
    if (is_last(plan)) finish(plan, output, &part);
  }
}

/* Where eps may take a norm's place, its square is less. */
static double clamped_below(const cosdim_plan *plan) {
  return plan->eps * plan->eps * (1 + 0x1p-50);
}

/* The least that a good norm² is, if it is not to be less than `clamped`. */
static double least_of(int exact, double clamped) {
  double least = exact ? LEAST_F64 : LEAST_F32;
  return least > clamped ? least : clamped;
}

static limits limits_of(int exact, double clamped) {
  return (limits){wasm_f64x2_splat(least_of(exact, clamped)), wasm_f64x2_splat(LARGEST_F32 * LARGEST_F32),
                  wasm_f64x2_splat(NEARLY_ONE)};
}

static void add_to(double *total, const double *part) {
  for (int k = 0; k < COSDIM_GROUP_WORK; k += 2)
    wasm_v128_store(total + k, wasm_f64x2_add(wasm_v128_load(total + k), wasm_v128_load(part + k)));
}

/* Adds a good group to the totals, and finishes them where the reduced axis is at its end. */
static void add_group(const cosdim_plan *plan, int64_t output, const double *part, const limits *of_totals) {
  double *totals = totals_of(plan, output);
  add_to(totals, part);
  if (!is_last(plan)) return;
  group all = load_group(totals);
  if (is_good(&all, of_totals, 1)) {
    finish_group(&all, (float *)plan->stage[COSDIM_OUT] + output);
    return;
  }
  for (int k = 0; k < COSDIM_GROUP_F32; k++) {
    cosdim_sums sums = sums_at(is_f64(plan), totals + k);
    finish(plan, output + k, &sums);
  }
}

/* settle for groups of float32 outputs, up to the first that has a special one. Returns how many outputs that is. */
static size_t settle_groups(const cosdim_plan *plan, int64_t output, const double *work, size_t count, int exact) {
  double clamped = clamped_below(plan);
  int whole = is_whole(plan);
  limits of = limits_of(exact, whole ? clamped : 0), of_totals = limits_of(1, clamped);
  size_t i = 0;
  if (!whole && output % COSDIM_GROUP_F32 != 0) return 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32, work += COSDIM_GROUP_WORK) {
    group sums = load_group(work);
    if (!is_good(&sums, &of, exact)) break;
    if (whole)
      finish_group(&sums, (float *)plan->stage[COSDIM_OUT] + output + i);
    else
      add_group(plan, output + (int64_t)i, work, &of_totals);
  }
  return i;
}

/* So many outputs are summed again at a time. */
enum { AGAIN = 64 };

/* Sums outputs from `first` on again, up to one that is trustworthy, without loss. Returns how many. */
static size_t settle_again(const cosdim_plan *plan, const run *r, size_t first, const double *work) {
  size_t group = group_of(plan), end = first + 1;
  for (; end < r->count && end - first < AGAIN; end++) {
    cosdim_sums part = sums_at(is_f64(plan), cosdim_work_of((double *)work, end, r->count, group));
    if (trustworthy(is_f64(plan), &part)) break;
  }
  double again[AGAIN / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK];
  size_t count = end - first;
  run part = *r;
  skip(plan, &part, first);
  if (!is_f64(plan)) r->kernel(part.x[COSDIM_X1], part.x[COSDIM_X2], r->n, count, 1, again);
  for (size_t i = 0; i < count; i++, skip(plan, &part, 1)) {
    cosdim_sums sums = is_f64(plan) ? cosdim_scaled(part.x[COSDIM_X1], part.x[COSDIM_X2], r->x[COSDIM_WEIGHTS], r->n, 1)
                                    : sums_at(0, cosdim_work_of(again, i, count, group));
    settle(plan, part.output, sums);
  }
  return count;
}

/* Whether outputs side by side can be settled in groups. */
static int has_groups(const cosdim_plan *plan, const run *r) {
  return plan->dtype == COSDIM_FLOAT32 && r->output_step == 1 && r->n;
}

/* Makes outputs of what a kernel summed. */
static void settle_run(const cosdim_plan *plan, const run *r, int exact, const double *work) {
  size_t group = group_of(plan);
  int in_groups = has_groups(plan, r);
  for (size_t i = 0; i < r->count;) {
    int64_t output = r->output + (int64_t)i * r->output_step;
    const double *sums = cosdim_work_of((double *)work, i, r->count, group);
    if (in_groups && i % COSDIM_GROUP_F32 == 0) {
      size_t settled = settle_groups(plan, output, sums, r->count - i, exact);
      i += settled;
      if (settled) continue;
    }
    cosdim_sums part = sums_at(is_f64(plan), sums);
    if (exact || trustworthy(is_f64(plan), &part)) {
      settle(plan, output, part);
      i++;
    } else {
      i += settle_again(plan, r, i, work);
    }
  }
}

/* Of vectors' norms: their squares, and 1 / norm where the norm is neither clamped nor too small; else NaN. */
typedef struct {
  double *squared, *inverse;
} norms;

static void sum_norms(const cosdim_plan *plan, cosdim_vectors x, size_t n, size_t count, norms to) {
  double least = least_of(0, clamped_below(plan));
  for (size_t i = 0; i < count; i++) {
    double squared = cosdim_norm_squared_f32(x.data, n);
    to.squared[i] = squared;
    to.inverse[i] = squared >= least ? 1 / sqrt(squared) : NAN;
    x.data = (const float *)x.data + x.across;
  }
}

/*
 * Finishes whole dots of one vector with others, in groups, up to the first that has a special one: nearly ±1, or NaN,
 * as what is infinite or has no inverse makes it. Returns how many outputs that is.
 */
static size_t finish_dots(const double *dots, double inverse1, const double *inverse2, size_t count, float *out) {
  const v128_t norm1 = wasm_f64x2_splat(inverse1), most = wasm_f64x2_splat(sqrt(NEARLY_ONE));
  size_t i = 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32) {
    v128_t low = wasm_f64x2_mul(wasm_f64x2_mul(wasm_v128_load(dots + i), norm1), wasm_v128_load(inverse2 + i)),
           high = wasm_f64x2_mul(wasm_f64x2_mul(wasm_v128_load(dots + i + 2), norm1), wasm_v128_load(inverse2 + i + 2));
    v128_t good = wasm_v128_and(wasm_f64x2_le(wasm_f64x2_abs(low), most), wasm_f64x2_le(wasm_f64x2_abs(high), most));
    if (!both(good)) break;
    write_group(low, high, out + i);
  }
  return i;
}

/* Makes outputs of the dots of one vector, x1, with `count` others. */
static void settle_dots(const cosdim_plan *plan, const run *r, const double *dots, norms norm1, norms norms2) {
  int at_once = has_groups(plan, r) && is_whole(plan);
  for (size_t i = 0; i < r->count; i += COSDIM_GROUP_F32) {
    if (at_once) {
      float *out = (float *)plan->stage[COSDIM_OUT] + r->output + i;
      i += finish_dots(dots + i, *norm1.inverse, norms2.inverse + i, r->count - i, out);
      if (i == r->count) return;
    }
    run part = *r;
    skip(plan, &part, i);
    if (part.count > COSDIM_GROUP_F32) part.count = COSDIM_GROUP_F32;
    double work[COSDIM_GROUP_WORK];
    for (size_t k = 0; k < part.count; k++) {
      work[k] = dots[i + k];
      work[4 + k] = *norm1.squared;
      work[8 + k] = norms2.squared[i + k];
    }
    settle_run(plan, &part, 0, work);
  }
}

/*
 * The outputs of every vector of x1, along loop `i`, with every one of x2, along loop `j`. Their norms, in float64, are
 * kept in plan->work while the operand's part of the tile is the same, unless `anew`.
 */
static void sum_products(cosdim_plan *plan, const run *first, int i, int j, int anew) {
  const cosdim_loop *rows = &plan->loop[i], *columns = &plan->loop[j];
  size_t kept = (size_t)((double *)plan->sums - plan->work) / 4;
  norms norms1 = {plan->work, plan->work + kept}, norms2 = {plan->work + 2 * kept, plan->work + 3 * kept};
  cosdim_vectors x1 = first->x[COSDIM_X1], x2 = first->x[COSDIM_X2];
  if (anew || plan->moved[COSDIM_X1]) sum_norms(plan, x1, first->n, (size_t)rows->length, norms1);
  if (anew || plan->moved[COSDIM_X2]) sum_norms(plan, x2, first->n, (size_t)columns->length, norms2);
  plan->moved[COSDIM_X1] = plan->moved[COSDIM_X2] = 0;

  double dots[PRODUCT_ROWS * PRODUCT_COLUMNS];
  for (int64_t column = 0; column < columns->length; column += PRODUCT_COLUMNS) {
    for (int64_t row = 0; row < rows->length; row += PRODUCT_ROWS) {
      int64_t n_rows = rows->length - row < PRODUCT_ROWS ? rows->length - row : PRODUCT_ROWS;
      run r = *first;
      r.count = (size_t)(columns->length - column < PRODUCT_COLUMNS ? columns->length - column : PRODUCT_COLUMNS);
      r.x[COSDIM_X1].data = element_at(plan, x1.data, row * x1.across);
      r.x[COSDIM_X2].data = element_at(plan, x2.data, column * x2.across);
      r.output += row * rows->tile_stride[COSDIM_OUT] + column * columns->tile_stride[COSDIM_OUT];
      r.output_step = columns->tile_stride[COSDIM_OUT];
      kernels_of[plan->kernel_dtype].products(r.x[COSDIM_X1], r.x[COSDIM_X2], r.n, (size_t)n_rows, r.count, dots);
      r.x[COSDIM_X1].across = 0;
      for (int64_t k = 0; k < n_rows; k++) {
        norms of1 = {norms1.squared + row + k, norms1.inverse + row + k},
              of2 = {norms2.squared + column, norms2.inverse + column};
        settle_dots(plan, &r, dots + k * PRODUCT_COLUMNS, of1, of2);
        r.x[COSDIM_X1].data = element_at(plan, r.x[COSDIM_X1].data, x1.across);
        r.output += rows->tile_stride[COSDIM_OUT];
      }
    }
  }
}

/* The longest kept loop of which `fits` can be said, or -1. */
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

static int is_across_both(const cosdim_loop *loop) {
  return loop->tile_stride[COSDIM_X1] == 1 && loop->tile_stride[COSDIM_X2] == 1;
}

static int is_across_columns(const cosdim_loop *loop) {
  int64_t step1 = loop->tile_stride[COSDIM_X1], step2 = loop->tile_stride[COSDIM_X2];
  return is_across_both(loop) || (step1 == 0 && step2 == 1) || (step1 == 1 && step2 == 0);
}

static int is_of_x1_alone(const cosdim_loop *loop) {
  return loop->length > 1 && loop->tile_stride[COSDIM_X1] != 0 && loop->tile_stride[COSDIM_X2] == 0;
}

static int is_of_x2_alone(const cosdim_loop *loop) {
  return loop->length > 1 && loop->tile_stride[COSDIM_X1] == 0 && loop->tile_stride[COSDIM_X2] != 0;
}

/* A weighted distance is of one pair, and has no kernel of its own. */
static void sum_weighted(cosdim_plan *plan, const run *r) {
  cosdim_sums part = cosdim_scaled(r->x[COSDIM_X1], r->x[COSDIM_X2], r->x[COSDIM_WEIGHTS], r->n, 0);
  if (!trustworthy(is_f64(plan), &part))
    part = cosdim_scaled(r->x[COSDIM_X1], r->x[COSDIM_X2], r->x[COSDIM_WEIGHTS], r->n, 1);
  settle(plan, r->output, part);
}

/* Vectors as short as these are finished as they are summed (see short.c). */
enum { SHORT = 8 };

/* Sums a run, and makes outputs of it. */
static void sum_run(const cosdim_plan *plan, run r) {
  int is_short = r.n < SHORT && has_groups(plan, &r) && is_whole(plan) && plan->kernel_dtype == COSDIM_FLOAT32;
  for (;;) {
    if (is_short) {
      limits of = limits_of(1, clamped_below(plan));
      float *out = (float *)plan->stage[COSDIM_OUT] + r.output;
      skip(plan, &r, cosdim_finalize_short(r.x[COSDIM_X1], r.x[COSDIM_X2], r.n, r.count, &of, out));
    }
    if (!r.count) return;
    /* All of it, or the group that has a special output. */
    run part = r;
    if (is_short && part.count > COSDIM_GROUP_F32) part.count = COSDIM_GROUP_F32;
    int exact = part.kernel(part.x[COSDIM_X1], part.x[COSDIM_X2], part.n, part.count, 0, plan->work);
    settle_run(plan, &part, exact, plan->work);
    skip(plan, &r, part.count);
  }
}

/* Kernels are chosen by layout, not by dim. */
static void sum_tile(cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  const cosdim_kernels *kernels = &kernels_of[plan->kernel_dtype];
  run r = {.n = (size_t)reduced->length, .count = 1};
  int along = -1, along_too = -1;
  if (reduced->tile_stride[COSDIM_X1] == 1 && reduced->tile_stride[COSDIM_X2] == 1) {
    r.kernel = kernels->rows;
    along = longest_loop(plan, is_of_x1_alone);
    along_too = longest_loop(plan, is_of_x2_alone);
    if (plan->kernel_dtype != COSDIM_FLOAT32 || along < 0 || along_too < 0)
      along = longest_loop(plan, is_any), along_too = -1;
  } else {
    along = longest_loop(plan, plan->kernel_dtype == plan->compute_dtype ? is_across_columns : is_across_both);
    r.kernel =
        along < 0 ? plan->kernel_dtype == COSDIM_FLOAT64 ? cosdim_strided_f64 : cosdim_strided_f32 : kernels->columns;
    if (along < 0) along = longest_loop(plan, is_any);
  }
  for (int k = 0; k < COSDIM_OUT; k++) r.x[k].step = (ptrdiff_t)reduced->tile_stride[k];
  if (along >= 0) {
    const cosdim_loop *loop = &plan->loop[along];
    r.count = (size_t)loop->length;
    r.output_step = loop->tile_stride[COSDIM_OUT];
    for (int k = 0; k < COSDIM_OUT; k++) r.x[k].across = (ptrdiff_t)loop->tile_stride[k];
  }
  if (along_too >= 0) r.x[COSDIM_X2].across = (ptrdiff_t)plan->loop[along_too].tile_stride[COSDIM_X2];

  const void *first[COSDIM_OUT];
  for (int k = 0; k < COSDIM_OUT; k++) first[k] = cosdim_first_element(plan, k);
  int others = 0; /* places that the cursor goes to */
  for (int l = 0; l < plan->loops; l++)
    others |= l != plan->reduced && l != along && l != along_too && plan->loop[l].length > 1;

  /* A kernel's sums go over the norms that pairs keep. */
  if (along_too < 0) plan->moved[COSDIM_X1] = plan->moved[COSDIM_X2] = 1;
  cursor at = {0};
  do {
    for (int k = 0; k < COSDIM_OUT; k++) r.x[k].data = element_at(plan, first[k], at.element[k]);
    r.output = at.element[COSDIM_OUT];
    if (plan->weighted)
      sum_weighted(plan, &r);
    else if (along_too >= 0)
      sum_products(plan, &r, along, along_too, others);
    else
      sum_run(plan, r);
  } while (move(plan, &at, along, along_too));
}

static int has_negative_weight(const cosdim_plan *plan) {
  const double *weights = cosdim_first_element(plan, COSDIM_WEIGHTS);
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  for (int64_t i = 0; i < reduced->length; i++)
    if (weights[i * reduced->tile_stride[COSDIM_WEIGHTS]] < 0) return 1;
  return 0;
}

cosdim_status cosdim_accumulate(cosdim_plan *plan) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  if (plan->weighted && has_negative_weight(plan)) return COSDIM_ERROR_NEGATIVE_WEIGHT;
  if (reduced->start == 0 && !is_whole(plan))
    memset(plan->sums, 0, (char *)plan->stage[COSDIM_OUT] - (char *)plan->sums);
  sum_tile(plan);
  if (is_last(plan)) plan->stale[COSDIM_OUT] = 1;
  return COSDIM_OK;
}

double cosdim_pair(cosdim_dtype dtype, const void *data1, const void *data2, size_t n, double eps) {
  cosdim_vectors x1 = {data1, 1, 0}, x2 = {data2, 1, 0}, none = {NULL, 0, 0};
  cosdim_kernel *rows = kernels_of[dtype].rows;
  double work[COSDIM_GROUP_WORK];
  int exact = rows(x1, x2, n, 1, 0, work);
  cosdim_sums sums = sums_at(dtype == COSDIM_FLOAT64, work);
  if (!exact && !trustworthy(dtype == COSDIM_FLOAT64, &sums)) {
    if (dtype == COSDIM_FLOAT64) {
      sums = cosdim_scaled(x1, x2, none, n, 1);
    } else {
      rows(x1, x2, n, 1, 1, work);
      sums = sums_at(0, work);
    }
  }
  return cosdim_finalize(&sums, eps, NULL);
}

void cosdim_accumulate_term(cosdim_plan *plan, int64_t i, cosdim_term *term) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  cosdim_sums *sums = &plan->sums[0];
  if (reduced->start == 0 && i == 0) memset(sums, 0, sizeof *sums);
  double x1 = ((const double *)cosdim_first_element(plan, COSDIM_X1))[i * reduced->tile_stride[COSDIM_X1]];
  double x2 = ((const double *)cosdim_first_element(plan, COSDIM_X2))[i * reduced->tile_stride[COSDIM_X2]];
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
