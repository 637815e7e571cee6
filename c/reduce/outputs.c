/*
 * From a kernel's sums to outputs. If the tile has the entire reduced axis, the sums are finalized. Otherwise they are
 * parts, which are merged until the axis ends. Sums outside the safe range are accumulated again without loss.
 */
#include "plan/tile.h"
#include "reduce/reduce.h"

void cosdim_skip_outputs(const cosdim_plan *plan, cosdim_run *run, size_t outputs) {
  run->count -= outputs;
  run->output += (int64_t)outputs * run->output_stride;
  for (int k = 0; k < COSDIM_WEIGHTS; k++)
    run->x[k].data = cosdim_tile_element(plan, run->x[k].data, (int64_t)outputs * run->x[k].vector_stride);
}

cosdim_sums cosdim_sums_at(int is_f64, const double *work) {
  if (is_f64) return (cosdim_sums){{work[0], work[2]}, {work[4], work[6]}, {work[8], work[10]}, 0, 0};
  return (cosdim_sums){{work[0], 0}, {work[4], 0}, {work[8], 0}, 0, 0};
}

int cosdim_in_safe_range(int is_f64, const cosdim_sums *sums) {
  double least = is_f64 ? COSDIM_MIN_F64 : COSDIM_MIN_F32, largest = is_f64 ? COSDIM_MAX_F64 : COSDIM_MAX_F32;
  double norm1_squared = sums->norm1_squared.value, norm2_squared = sums->norm2_squared.value;
  return norm1_squared >= least && norm1_squared <= largest && norm2_squared >= least && norm2_squared <= largest;
}

double cosdim_min_norm_squared(double eps, int exact) {
  double least = exact ? COSDIM_MIN_F64 : COSDIM_MIN_F32, clamped = eps * eps * (1 + 0x1p-50);
  return least > clamped ? least : clamped;
}

safe_range cosdim_safe_range(double eps, int exact) {
  return (safe_range){wasm_f64x2_splat(cosdim_min_norm_squared(eps, exact)),
                      wasm_f64x2_splat(COSDIM_MAX_F32 * COSDIM_MAX_F32)};
}

static size_t group_size(const cosdim_plan *plan) {
  return cosdim_is_f64(plan) ? COSDIM_GROUP_F64 : COSDIM_GROUP_F32;
}

/* Finalizes sums and writes the output. */
static void write_output(const cosdim_plan *plan, int64_t output, const cosdim_sums *sums) {
  double out = cosdim_finalize(sums, plan->eps, NULL);
  if (plan->rule == COSDIM_COSINE_DISTANCE)
    out = 1 - out;
  else if (plan->loop[plan->reduced].n == 0)
    out = 0; /* an empty sum, whatever eps is */
  cosdim_write_element((cosdim_dtype)plan->compute_dtype, plan->staged[COSDIM_OUT], (size_t)output, out);
}

/*
 * Where the parts of a float32 output are added up, in the layout that kernels write: as values alone, since in float64
 * they need no carry.
 */
static double *totals_of(const cosdim_plan *plan, int64_t output) {
  return (double *)plan->sums + output / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK + output % COSDIM_GROUP_F32;
}

cosdim_sums cosdim_sums_of(const cosdim_plan *plan, int64_t output) {
  return cosdim_is_f64(plan) ? plan->sums[output] : cosdim_sums_at(0, totals_of(plan, output));
}

void cosdim_finalize_output(const cosdim_plan *plan, int64_t output, cosdim_sums part) {
  if (cosdim_tile_is_complete(plan)) {
    if (cosdim_is_f64(plan)) plan->sums[output] = part; /* explain reads them */
    write_output(plan, output, &part);
  } else if (cosdim_is_f64(plan)) {
    cosdim_merge(&plan->sums[output], &part);
    if (cosdim_tile_ends(plan)) write_output(plan, output, &plan->sums[output]);
  } else {
    double *totals = totals_of(plan, output);
    part.dot.value = totals[0] += part.dot.value;
    part.norm1_squared.value = totals[4] += part.norm1_squared.value;
    part.norm2_squared.value = totals[8] += part.norm2_squared.value;
    if (cosdim_tile_ends(plan)) write_output(plan, output, &part);
  }
}

int cosdim_has_groups(const cosdim_plan *plan, const cosdim_run *run) {
  return plan->compute_dtype == COSDIM_FLOAT32 && run->output_stride == 1 && run->n;
}

/* Adds a group's part to its totals, and finalizes them where the reduced axis ends. */
static void merge_group(const cosdim_plan *plan, int64_t output, const double *part, const safe_range *of_totals) {
  double *totals = totals_of(plan, output);
  for (int k = 0; k < COSDIM_GROUP_WORK; k += 2)
    wasm_v128_store(totals + k, wasm_f64x2_add(wasm_v128_load(totals + k), wasm_v128_load(part + k)));
  if (!cosdim_tile_ends(plan)) return;
  group all = load_group(totals);
  if (group_in_safe_range(&all, of_totals)) {
    finalize_group(&all, 0, (float *)plan->staged[COSDIM_OUT] + output);
    return;
  }
  for (int k = 0; k < COSDIM_GROUP_F32; k++) {
    cosdim_sums sums = cosdim_sums_at(cosdim_is_f64(plan), totals + k);
    write_output(plan, output + k, &sums);
  }
}

/*
 * cosdim_finalize_output for groups of float32 outputs, up to the first that is not in the safe range. Returns how many
 * outputs those are.
 */
static size_t finalize_groups(const cosdim_plan *plan, int64_t output, const double *work, size_t count, int exact) {
  int complete = cosdim_tile_is_complete(plan);
  safe_range range = cosdim_safe_range(complete ? plan->eps : 0, exact), of_totals = cosdim_safe_range(plan->eps, 1);
  size_t i = 0;
  if (!complete && output % COSDIM_GROUP_F32 != 0) return 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32, work += COSDIM_GROUP_WORK) {
    group sums = load_group(work);
    if (!group_in_safe_range(&sums, &range)) break;
    if (complete)
      finalize_group(&sums, 0, (float *)plan->staged[COSDIM_OUT] + output + i);
    else
      merge_group(plan, output + (int64_t)i, work, &of_totals);
  }
  return i;
}

/*
 * cosdim_finalize for two float64 outputs in the safe range, whose norms eps does not clamp. The roots of both norms
 * matter only where their product may equal the dot, and the root of the product does not.
 */
static v128_t finalize_two(v128_t dot, v128_t norm1_squared, v128_t norm2_squared) {
  const v128_t magnitude = wasm_f64x2_abs(dot);
  v128_t root = wasm_f64x2_sqrt(wasm_f64x2_mul(norm1_squared, norm2_squared));
  v128_t far = wasm_f64x2_lt(magnitude, wasm_f64x2_mul(root, wasm_f64x2_splat(1 - 0x1p-49)));
  if (!all_true(wasm_v128_or(far, wasm_f64x2_eq(magnitude, root)))) {
    v128_t roots = wasm_f64x2_mul(wasm_f64x2_sqrt(norm1_squared), wasm_f64x2_sqrt(norm2_squared));
    root = wasm_v128_bitselect(roots, root, wasm_f64x2_eq(magnitude, roots));
  }
  v128_t cosine = wasm_f64x2_div(dot, root);
  return wasm_f64x2_pmin(wasm_f64x2_splat(1), wasm_f64x2_pmax(wasm_f64x2_splat(-1), cosine));
}

/* cosdim_merge for two float64 outputs, as a kernel wrote them. Returns 0 if their sums so far are scaled. */
static int merge_two(cosdim_sums *totals, const double *part) {
  if (totals[0].exponent1 | totals[0].exponent2 | totals[1].exponent1 | totals[1].exponent2) return 0;
  double *first = &totals[0].dot.value, *second = &totals[1].dot.value;
  for (const double *end = part + COSDIM_GROUP_WORK; part != end; part += 4, first += 2, second += 2) {
    v128_t a = wasm_v128_load(first), b = wasm_v128_load(second);
    sum_f64x2 sum = {wasm_i64x2_shuffle(a, b, 0, 2), wasm_i64x2_shuffle(a, b, 1, 3)};
    add_f64x2(&sum, wasm_v128_load(part));
    sum.carry = wasm_f64x2_add(sum.carry, wasm_v128_load(part + 2));
    wasm_v128_store(first, wasm_i64x2_shuffle(sum.value, sum.carry, 0, 2));
    wasm_v128_store(second, wasm_i64x2_shuffle(sum.value, sum.carry, 1, 3));
  }
  return 1;
}

/* finalize_groups for cosines of float64. */
static size_t finalize_groups_f64(const cosdim_plan *plan, int64_t output, const double *work, size_t count) {
  int complete = cosdim_tile_is_complete(plan);
  v128_t least = wasm_f64x2_splat(cosdim_min_norm_squared(complete ? plan->eps : 0, 1)),
         largest = wasm_f64x2_splat(COSDIM_MAX_F64);
  size_t i = 0;
  for (; i + COSDIM_GROUP_F64 <= count; i += COSDIM_GROUP_F64, work += COSDIM_GROUP_WORK) {
    cosdim_sums *totals = plan->sums + output + i;
    v128_t sums[3];
    int in_range = 1;
    for (size_t k = 0; k < 3; k++) {
      sums[k] = wasm_f64x2_add(wasm_v128_load(work + 4 * k), wasm_v128_load(work + 4 * k + 2));
      if (k) in_range &= all_true(wasm_v128_and(wasm_f64x2_ge(sums[k], least), wasm_f64x2_le(sums[k], largest)));
    }
    if (!in_range || (!complete && !merge_two(totals, work))) break;
    if (complete)
      wasm_v128_store((double *)plan->staged[COSDIM_OUT] + output + i, finalize_two(sums[0], sums[1], sums[2]));
    for (int k = 0; k < COSDIM_GROUP_F64 && !complete && cosdim_tile_ends(plan); k++)
      write_output(plan, output + (int64_t)i + k, totals + k);
  }
  return i;
}

/* How many outputs are accumulated again at a time. */
enum { REDO_OUTPUTS = 64 };

/*
 * Accumulates outputs again without loss, from `first` up to one whose sums are in the safe range. Returns how many.
 */
static size_t accumulate_again(const cosdim_plan *plan, const cosdim_run *run, size_t first, const double *work) {
  int is_f64 = cosdim_is_f64(plan);
  size_t of_group = group_size(plan), end = first + 1;
  for (; end < run->count && end - first < REDO_OUTPUTS; end++) {
    cosdim_sums part = cosdim_sums_at(is_f64, cosdim_work_of((double *)work, end, run->count, of_group));
    if (cosdim_in_safe_range(is_f64, &part)) break;
  }
  double again[REDO_OUTPUTS / COSDIM_GROUP_F32 * COSDIM_GROUP_WORK];
  size_t count = end - first;
  cosdim_run part = *run;
  cosdim_skip_outputs(plan, &part, first);
  if (!is_f64) run->kernel(part.x[COSDIM_X1], part.x[COSDIM_X2], run->n, count, 1, again);
  for (size_t i = 0; i < count; i++, cosdim_skip_outputs(plan, &part, 1)) {
    cosdim_sums sums = is_f64
                           ? cosdim_scaled_sums(part.x[COSDIM_X1], part.x[COSDIM_X2], run->x[COSDIM_WEIGHTS], run->n, 1)
                           : cosdim_sums_at(0, cosdim_work_of(again, i, count, of_group));
    cosdim_finalize_output(plan, part.output, sums);
  }
  return count;
}

void cosdim_finalize_run(const cosdim_plan *plan, const cosdim_run *run, int exact, const double *work) {
  int is_f64 = cosdim_is_f64(plan), in_groups = run->output_stride == 1 && run->n;
  for (size_t i = 0; i < run->count;) {
    int64_t output = run->output + (int64_t)i * run->output_stride;
    const double *sums = cosdim_work_of((double *)work, i, run->count, group_size(plan));
    if (in_groups && i % group_size(plan) == 0) {
      size_t finalized = is_f64 ? finalize_groups_f64(plan, output, sums, run->count - i)
                                : finalize_groups(plan, output, sums, run->count - i, exact);
      i += finalized;
      if (finalized) continue;
    }
    cosdim_sums part = cosdim_sums_at(is_f64, sums);
    if (exact || cosdim_in_safe_range(is_f64, &part)) {
      cosdim_finalize_output(plan, output, part);
      i++;
    } else {
      i += accumulate_again(plan, run, i, work);
    }
  }
}
