/*
 * The WebAssembly module: one instance of everything that cosdim.h leaves to its caller, and the functions of cosdim.h
 * that work on it, under their names without the prefix. Numbers that may exceed an int32 are passed as doubles.
 * Structs are read and written at the addresses that `address` returns, in the layout that cosdim.h gives them.
 *
 * Whatever the arguments, nothing is written but the structs, the scratch and the allocated block that is passed: what
 * would be is ignored, or an error. Reads are the caller's responsibility; they cannot leave the module's memory. So is
 * the lifetime of heaps: a block that is released while its walk is suspended, and allocated again, looks the same.
 */
#include "cosdim.h"

#ifdef __wasm__
#include "host/heap.h"
#include "tensor/dtype.h"
#include "tensor/shape.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

/* JavaScript reads these fields by their offsets (js/wasm/abi.js). */
_Static_assert(offsetof(cosdim_tensor, shape) == 8 && offsetof(cosdim_tensor, stride) == 520, "ABI: cosdim_tensor");
_Static_assert(offsetof(cosdim_plan, shape) == 8 && offsetof(cosdim_plan, stride) == 520, "ABI: cosdim_plan");
_Static_assert(offsetof(cosdim_plan, fault) == 1032, "ABI: cosdim_plan");
_Static_assert(offsetof(cosdim_copy, staged) == 40, "ABI: cosdim_copy");
_Static_assert(offsetof(cosdim_output_vector, index) == 40, "ABI: cosdim_output_vector");
_Static_assert(sizeof(cosdim_sums) == 56 && sizeof(cosdim_ranked) == 16, "ABI: what accumulators keep");

/* The operands of a plan. The last is a result given by the caller, or the tensor of a view. */
static cosdim_tensor tensors[COSDIM_OPERANDS];

/* A walk: everything but the scratch, which others may use while it is suspended. `self` tells it from other memory. */
typedef struct walk_state {
  const struct walk_state *self;
  cosdim_plan plan;
  cosdim_topk topk;
} walk_state;
static walk_state walk;

static cosdim_copy the_copy;
static cosdim_output_vector vectors[2];
static cosdim_term the_term;
static cosdim_working the_working;
static cosdim_distribution distribution;
static double lists[2][COSDIM_MAX_RANK]; /* list arguments: a size or an index; or a shape and strides */
static int64_t numbers[2];               /* results of more than one number */

/* The inputs of a tile get 256 KiB each (twice as much is no faster); the rest holds the sums. */
static _Alignas(16) unsigned char scratch[960 << 10];

/* Vectors of a pair without a plan that are copied into the scratch have at most PAIR_BYTES each. */
enum { PAIR_BYTES = 128 << 10, LONGEST_PAIR = PAIR_BYTES / sizeof(float) };

void *EXPORT(address)(int which) {
  void *const addresses[] = {
      &tensors[COSDIM_OUT], &walk.plan, &the_copy, &vectors[0], &vectors[1], &the_term,
      &the_working,         lists[0],   lists[1],  numbers,     scratch,     scratch + PAIR_BYTES};
  return (unsigned)which < sizeof addresses / sizeof *addresses ? addresses[which] : NULL;
}

int EXPORT(scratch_size)(void) {
  return sizeof scratch;
}

enum { PAGE = 65536 };

/*
 * Returns how much memory is left at `end`, after growing it if that is too little. The largest size, set in the
 * Makefile, leaves out the last page of 4 GiB, so that no end wraps around to 0.
 */
/* NOLINTNEXTLINE(readability-non-const-parameter): heap.h has the type */
static size_t grow_memory(unsigned char *end, size_t bytes) {
  size_t pages = __builtin_wasm_memory_size(0), left = pages * PAGE - (size_t)end;
  if (left >= bytes) return left;
  size_t more = (bytes - left - 1) / PAGE + 1;
  if (__builtin_wasm_memory_grow(0, more) == (size_t)-1) return 0;
  return left + more * PAGE;
}

extern unsigned char __heap_base[]; /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's */
static cosdim_heap heap = {.start = __heap_base, .end = __heap_base, .grow = grow_memory};

void *EXPORT(allocate)(double bytes) {
  return bytes >= 0 && bytes <= INT32_MAX ? cosdim_allocate(&heap, (size_t)bytes) : NULL;
}

void EXPORT(release)(void *data) {
  if (data == walk.topk.heaps) walk.topk.heaps = NULL;
  cosdim_free(&heap, data);
}

double EXPORT(used)(void) {
  return (double)heap.used;
}

/* Saturated: a caller may pass any number, and the strides of a view without elements may exceed an int64. */
static int64_t to_int64(double x) {
  if (!(x < 0x1p63)) return INT64_MAX; /* NaN, too */
  return x < -0x1p63 ? INT64_MIN : (int64_t)x;
}

static int is_dtype(int dtype) {
  return (unsigned)dtype <= COSDIM_FLOAT64;
}

static int is_floating(int dtype) {
  return dtype >= COSDIM_FLOAT16 && is_dtype(dtype);
}

static const int64_t *list(int n) {
  static int64_t values[COSDIM_MAX_RANK];
  for (int i = 0; i < n && i < COSDIM_MAX_RANK; i++) values[i] = to_int64(lists[0][i]);
  return values;
}

/*
 * The plan of the last call serves the next one too, if only the addresses of its operands differ. That is common where
 * few vectors are compared at a time, and planning would take as long as computing.
 */
typedef enum { NONE, SIMILARITY, SLICE, DISTANCE, PAIRWISE, ATTENTION, TOPK } planner;

/* How far the plan is: after an error there is none, and after the last tile its walk is over. */
static enum { NO_WALK, PLANNED, IN_TILE } progress;

static struct {
  planner by;
  double number, eps;
  int cast;
} planned;

static int is_planned(planner by, double number, double eps, int cast) {
  progress = PLANNED;
  walk.topk.heaps = NULL;
  if (planned.by == by && planned.number == number && planned.eps == eps && planned.cast == cast) {
    for (int k = 0; k < COSDIM_OUT; k++) walk.plan.data[k] = tensors[k].data;
    cosdim_restart(&walk.plan);
    return 1;
  }
  planned.by = by, planned.number = number, planned.eps = eps, planned.cast = cast;
  return 0;
}

static cosdim_status tiled(cosdim_status status) {
  if (!status) status = cosdim_tile(&walk.plan, scratch, sizeof scratch);
  if (status) planned.by = NONE, progress = NO_WALK;
  return status;
}

/*
 * Sets a tensor. Its shape and strides are in `lists`, and its element at index 0, 0, … is the one at `offset` of
 * `length`. Returns 0 if there can be no such tensor, or if it would read beyond those; `numbers` then holds the lowest
 * and highest, relative to `offset`.
 */
int EXPORT(set_tensor)(int which, int dtype, int rank, const void *data, double offset, double length) {
  static struct {
    int64_t elements, low, high;
  } extents[COSDIM_OPERANDS] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}}; /* zeroed tensors are 0-d */
  if ((unsigned)which >= COSDIM_OPERANDS || !is_dtype(dtype) || (unsigned)rank > COSDIM_MAX_RANK) return 0;
  cosdim_tensor *x = &tensors[which];
  int same_layout = x->rank == rank && which != COSDIM_OUT; /* views change that one */
  for (int axis = 0; axis < rank; axis++) {
    int64_t size = to_int64(lists[0][axis]), stride = to_int64(lists[1][axis]);
    same_layout &= x->shape[axis] == size && x->stride[axis] == stride;
    x->shape[axis] = size;
    x->stride[axis] = stride;
  }
  if (which != COSDIM_OUT && !(same_layout && x->dtype == dtype && !x->data == !data)) planned.by = NONE;
  x->dtype = dtype;
  x->rank = rank;
  x->data = data;
  if (!same_layout) extents[which].elements = cosdim_extent(x, &extents[which].low, &extents[which].high);
  numbers[0] = extents[which].low;
  numbers[1] = extents[which].high;
  return extents[which].elements == 0 || (offset + (double)numbers[0] >= 0 && offset + (double)numbers[1] < length);
}

cosdim_status EXPORT(similarity)(double dim, double eps, int cast) {
  if (is_planned(SIMILARITY, dim, eps, cast)) return COSDIM_OK;
  return tiled(cosdim_similarity(&walk.plan, &tensors[0], &tensors[1], to_int64(dim), eps, cast));
}

/* Plans a slice, whose sums are kept. */
cosdim_status EXPORT(slice)(double dim, double eps, int cast) {
  if (is_planned(SLICE, dim, eps, cast)) return COSDIM_OK;
  cosdim_status status = cosdim_similarity(&walk.plan, &tensors[0], &tensors[1], to_int64(dim), eps, cast);
  cosdim_keep_sums(&walk.plan);
  return tiled(status);
}

/* Whether `memory` is an allocated block with room for n times `size` bytes. */
static int has_room(const void *memory, double n, size_t size) {
  return cosdim_holds(&heap, memory, n * (double)size);
}

void EXPORT(merge_outputs)(cosdim_sums *sums) {
  if (progress == IN_TILE && walk.plan.rule == COSDIM_KEPT_SUMS &&
      has_room(sums, (double)cosdim_element_count(walk.plan.rank, walk.plan.shape), sizeof *sums))
    cosdim_merge_outputs(&walk.plan, sums);
}

void EXPORT(merge_sums)(cosdim_sums *sums, const cosdim_sums *parts, int n) {
  if (!has_room(sums, n, sizeof *sums)) return;
  for (int i = 0; i < n; i++) cosdim_merge(&sums[i], &parts[i]);
}

/* The outputs go to the end of the block that begins with the sums. */
void EXPORT(finalize_sums)(const cosdim_sums *sums, int n, double eps, int dtype) {
  if (is_floating(dtype) && has_room(sums, n, sizeof *sums + cosdim_size((cosdim_dtype)dtype)))
    cosdim_finalize_outputs(sums, (size_t)n, eps, (cosdim_dtype)dtype, (void *)(sums + n));
}

/*
 * The similarity of two vectors, cast to `cast`. The first of four parts of the scratch are for converted vectors.
 * The dtype of the result is in `numbers`. COSDIM_NEEDS_PLAN if it needs one.
 */
double EXPORT(pair)(int dtype1, const void *x1, int stride1, int dtype2, const void *x2, int stride2, int n, double eps,
                    int cast) {
  static cosdim_tensor operands[2];
  if (n < 1 || n > LONGEST_PAIR || !is_dtype(dtype1) || !is_dtype(dtype2)) return COSDIM_NEEDS_PLAN;
  int is_plain = dtype1 == COSDIM_FLOAT32 && dtype2 == COSDIM_FLOAT32 && stride1 == 1 && stride2 == 1;
  if (is_plain && cast == COSDIM_KEEP_DTYPE && eps >= 0) {
    numbers[0] = COSDIM_FLOAT32;
    return cosdim_pair(COSDIM_FLOAT32, x1, x2, (size_t)n, eps);
  }
  operands[0].dtype = dtype1, operands[1].dtype = dtype2;
  int32_t casts[2];
  cosdim_dtype result;
  int64_t fault[3];
  if (!(eps >= 0) || cosdim_casts(&operands[0], &operands[1], cast, casts, &result, fault)) return COSDIM_NEEDS_PLAN;
  numbers[0] = result;
  cosdim_vector vector1 = {(cosdim_dtype)dtype1, x1, stride1}, vector2 = {(cosdim_dtype)dtype2, x2, stride2};
  return cosdim_pair_of(&vector1, &vector2, (size_t)n, eps, (cosdim_dtype)casts[0], (cosdim_dtype)casts[1], scratch,
                        scratch + PAIR_BYTES);
}

/* The weighted similarity of two vectors, or COSDIM_NEEDS_PLAN. The first of six parts of the scratch are for converted
 * vectors. */
double EXPORT(weighted_pair)(int dtype1, const void *x1, int stride1, int dtype2, const void *x2, int stride2,
                             int dtype_weights, const void *weights, int stride_weights, int n) {
  if (n < 1 || n > LONGEST_PAIR || !is_dtype(dtype1) || !is_dtype(dtype2) || !is_dtype(dtype_weights))
    return COSDIM_NEEDS_PLAN;
  const cosdim_vector x[] = {{(cosdim_dtype)dtype1, x1, stride1},
                             {(cosdim_dtype)dtype2, x2, stride2},
                             {(cosdim_dtype)dtype_weights, weights, stride_weights}};
  void *const room[] = {scratch, scratch + PAIR_BYTES, scratch + 2 * PAIR_BYTES};
  return cosdim_weighted_pair(x, (size_t)n, room);
}

cosdim_status EXPORT(distance)(int weighted) {
  if (is_planned(DISTANCE, weighted, 0, 0)) return COSDIM_OK;
  return tiled(cosdim_distance(&walk.plan, &tensors[0], &tensors[1], weighted ? &tensors[2] : NULL));
}

cosdim_status EXPORT(pairwise)(double eps, int cast) {
  if (is_planned(PAIRWISE, 0, eps, cast)) return COSDIM_OK;
  return tiled(cosdim_pairwise(&walk.plan, &tensors[0], &tensors[1], eps, cast));
}

cosdim_status EXPORT(attention)(void) {
  if (is_planned(ATTENTION, 0, 0, 0)) return COSDIM_OK;
  return tiled(cosdim_attention(&walk.plan, &tensors[0], &tensors[1]));
}

cosdim_status EXPORT(topk)(double k, double eps, int cast) {
  if (is_planned(TOPK, k, eps, cast)) return COSDIM_OK;
  return tiled(cosdim_topk_plan(&walk.plan, &walk.topk, &tensors[0], &tensors[1], to_int64(k), eps, cast));
}

double EXPORT(topk_bytes)(void) {
  return (double)cosdim_topk_bytes(&walk.topk);
}

/* Whether `heaps` is an allocated block with room for those of the queries. */
static int are_heaps(const cosdim_ranked *heaps, double queries, double k) {
  return queries >= 0 && k >= 0 && has_room(heaps, queries * k, sizeof *heaps);
}

void EXPORT(topk_begin)(void *memory) {
  if (planned.by == TOPK && has_room(memory, (double)cosdim_topk_bytes(&walk.topk), 1))
    cosdim_topk_begin(&walk.topk, memory);
}

/* Goes on with heaps of other shards, after a plan with k = 0. Beyond 2^53, numbers of rows are no doubles. */
void EXPORT(topk_continue)(double k, double first, cosdim_ranked *heaps) {
  if (planned.by != TOPK || !(k >= 1) || !(first >= 0 && first <= 0x1p53) ||
      !are_heaps(heaps, (double)walk.topk.queries, k))
    return;
  walk.topk.k = to_int64(k);
  walk.topk.first = to_int64(first);
  walk.topk.heaps = heaps;
  walk.topk.values = NULL;
}

void EXPORT(topk_clear)(cosdim_ranked *heaps, double queries, double k) {
  if (are_heaps(heaps, queries, k)) cosdim_topk_clear(heaps, to_int64(queries), to_int64(k));
}

void EXPORT(topk_merge)(cosdim_ranked *heaps, const cosdim_ranked *others, double queries, double k) {
  if (are_heaps(heaps, queries, k)) cosdim_topk_merge(heaps, others, to_int64(queries), to_int64(k));
}

void EXPORT(topk_sort)(cosdim_ranked *heaps, double queries, double k) {
  if (are_heaps(heaps, queries, k)) cosdim_topk_sort(heaps, to_int64(queries), to_int64(k));
}

void EXPORT(topk_update)(void) {
  if (walk.topk.heaps) cosdim_topk_update(&walk.topk, &walk.plan);
}

/* Stores the addresses of the values and the indices in `numbers`. */
void EXPORT(topk_end)(void) {
  if (!walk.topk.heaps || !walk.topk.values) return;
  cosdim_topk_end(&walk.topk, (cosdim_dtype)walk.plan.dtype);
  numbers[0] = (uintptr_t)walk.topk.values;
  numbers[1] = (uintptr_t)walk.topk.indices;
}

int EXPORT(state_bytes)(void) {
  return sizeof(walk_state);
}

void EXPORT(suspend)(walk_state *state) {
  if (progress == NO_WALK || !has_room(state, 1, sizeof *state)) return;
  *state = walk;
  state->self = state;
}

void EXPORT(resume)(const walk_state *state) {
  if (!has_room(state, 1, sizeof *state) || state->self != state) return;
  walk = *state;
  if (!are_heaps(walk.topk.heaps, (double)walk.topk.queries, (double)walk.topk.k)) walk.topk.heaps = NULL;
  planned.by = NONE;
  progress = PLANNED;
  cosdim_resume(&walk.plan);
}

double EXPORT(finished_outputs)(void) {
  return (double)cosdim_finished_outputs(&walk.plan);
}

int EXPORT(next_tile)(void) {
  progress = progress && cosdim_next_tile(&walk.plan) ? IN_TILE : NO_WALK;
  return (int)progress;
}

int EXPORT(stage)(int operand) {
  return progress == IN_TILE && (unsigned)operand < COSDIM_OPERANDS && cosdim_stage(&walk.plan, operand, &the_copy);
}

cosdim_status EXPORT(accumulate)(void) {
  return progress == IN_TILE ? cosdim_accumulate(&walk.plan) : COSDIM_OK;
}

/* The vectors behind the output at the index in `lists`. Narrows the plan to this output. */
cosdim_status EXPORT(explain)(int indices) {
  if (progress == NO_WALK) return COSDIM_ERROR_INDICES;
  for (int k = 0; k < 2; k++) {
    cosdim_status status = cosdim_explain(&walk.plan, &tensors[k], indices, list(indices), &vectors[k]);
    if (status) return status;
  }
  cosdim_narrow_to_output(&walk.plan, &vectors[0], &vectors[1]);
  planned.by = NONE;
  progress = PLANNED;
  return tiled(COSDIM_OK);
}

/* The steps of the one output of a narrowed plan, after its walk. */
void EXPORT(working)(void) {
  cosdim_finalize(&walk.plan.sums[0], walk.plan.eps, &the_working);
}

/* The number of terms in the current tile. */
int EXPORT(terms)(void) {
  return (int)walk.plan.loop[walk.plan.reduced].length;
}

void EXPORT(accumulate_term)(int i) {
  if (progress == IN_TILE) cosdim_accumulate_term(&walk.plan, i, &the_term);
}

void EXPORT(distribution_begin)(int kind) {
  distribution = (cosdim_distribution){.kind = (cosdim_normalization)kind};
}

/* Whether the scratch has n scores. */
static int are_scores(int dtype, int n) {
  return is_floating(dtype) && n >= 0 && n <= (int)sizeof scratch / (int)cosdim_size((cosdim_dtype)dtype);
}

void EXPORT(distribution_add)(int dtype, int n) {
  if (are_scores(dtype, n)) cosdim_distribution_add(&distribution, (cosdim_dtype)dtype, scratch, (size_t)n);
}

void EXPORT(distribution_divide)(int dtype, int n) {
  if (are_scores(dtype, n)) cosdim_distribution_divide(&distribution, (cosdim_dtype)dtype, scratch, (size_t)n);
}

/* Views change the layout of the last tensor in place. */
cosdim_status EXPORT(view)(int rank) {
  return cosdim_view(&tensors[COSDIM_OUT], rank, list(rank), walk.plan.fault);
}

cosdim_status EXPORT(unsqueeze)(double dim) {
  return cosdim_unsqueeze(&tensors[COSDIM_OUT], to_int64(dim), walk.plan.fault);
}

cosdim_status EXPORT(transpose)(double dim0, double dim1) {
  return cosdim_transpose(&tensors[COSDIM_OUT], to_int64(dim0), to_int64(dim1), walk.plan.fault);
}

cosdim_status EXPORT(size_at)(double dim) {
  return cosdim_size_at(&tensors[COSDIM_OUT], to_int64(dim), &numbers[0], walk.plan.fault);
}

int EXPORT(pack)(int i, void *packed) {
  return cosdim_pack(&tensors[COSDIM_OUT], i, packed, &the_copy);
}

double EXPORT(half_to_double)(int bits) {
  return cosdim_half_to_double((uint16_t)bits);
}

int EXPORT(double_to_half)(double x) {
  return cosdim_double_to_half(x);
}
#endif
