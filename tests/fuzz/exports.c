/*
 * The module's exports, called in any order with any arguments, also while an ordinary computation is suspended.
 * Nothing is written but the structs, the scratch and the blocks that are passed, which the sanitizer and the bytes of
 * the other blocks show. What the computation gives is right nevertheless. c/host/wasm.c says what it is a host's to
 * respect: that addresses to read from are ones, and that operands lie where set_tensor has checked them.
 */
#include "hostile.h"

enum { MOST_CALLS = 40 };

/* An operand of a few elements, in a block or with the host. */
static void call_set_tensor(input *in) {
  int k = take(in), dtype = take_dtype(in), rank = take(in) % 16 ? take_below(in, 4) : take_int(in),
      i = take(in) % BLOCKS;
  cosdim_tensor x = {.dtype = dtype & 7, .rank = rank};
  for (int axis = 0; axis < COSDIM_MAX_RANK; axis++) x.shape[axis] = 1;
  for (int axis = 0; axis < rank && axis < 4; axis++) {
    lists[0][axis] = (double)(x.shape[axis] = take_below(in, 9));
    lists[1][axis] = (double)(x.stride[axis] = take(in) % 4 ? take_below(in, 12) - 4 : take_int(in));
  }
  for (int axis = 4; axis < COSDIM_MAX_RANK; axis++) lists[0][axis] = lists[1][axis] = 1;
  int is_resident = take(in) % 2 && blocks[i].data && (unsigned)dtype <= COSDIM_FLOAT64;
  int64_t length = is_resident ? (int64_t)blocks[i].bytes / (int64_t)size_of(dtype) : 4000, low, high;
  int64_t offset = take_below(in, 200);
  unsigned char *data = is_resident ? blocks[i].data + offset * (int64_t)size_of(dtype) : NULL;
  int is_set = set_tensor(k % 5, dtype, rank, data, (double)offset, (double)length);
  if ((unsigned)rank > COSDIM_MAX_RANK || (unsigned)dtype > COSDIM_FLOAT64 || k % 5 > COSDIM_OUT) {
    if (is_set) abort();
    return;
  }
  int64_t elements = cosdim_extent(&x, &low, &high);
  if (rank <= 4 && is_set != (elements == 0 || (offset + low >= 0 && offset + high < length))) abort();
  if (!is_set && !set_tensor(k % 5, COSDIM_FLOAT32, 0, NULL, 0, 1)) abort();
}

/* Copies that fit the scratch, and the operand that was set. */
static void call_stage(input *in) {
  int operand = take(in) % 5;
  while (stage(operand)) {
    unsigned char *staged = the_copy.staged;
    size_t bytes = (size_t)(the_copy.rows * the_copy.columns) * size_of(module_walk.plan.operand_dtype[operand]);
    if (operand > COSDIM_OUT || staged < scratch || staged + bytes > scratch + sizeof scratch) abort();
    if (operand != COSDIM_OUT) memset(staged, take(in), bytes);
  }
}

static void call_pair(input *in) {
  int dtype1 = take_dtype(in), dtype2 = take_dtype(in), n = take_int(in), cast = take_dtype(in);
  int stride1 = take_below(in, 9) - 4, stride2 = take_below(in, 9) - 4;
  if (n > 200 && n <= LONGEST_PAIR) n = 200;
  double got = pair(dtype1, source + 8000, stride1, dtype2, source + 8000, stride2, n, take_double(in), cast);
  if ((n < 1 || n > LONGEST_PAIR) && got != COSDIM_NEEDS_PLAN) abort();
  if (!isnan(got) && got != COSDIM_NEEDS_PLAN && !(got >= -1 && got <= 1)) abort();
}

static void call_weighted_pair(input *in) {
  int dtype[3], stride[3], n = take_int(in);
  for (int k = 0; k < 3; k++) dtype[k] = take_dtype(in), stride[k] = take_below(in, 9) - 4;
  if (n > 200 && n <= LONGEST_PAIR) n = 200;
  double got = weighted_pair(dtype[0], source + 8000, stride[0], dtype[1], source + 8000, stride[1], dtype[2],
                             source + 8000, stride[2], n);
  if ((n < 1 || n > LONGEST_PAIR) && got != COSDIM_NEEDS_PLAN) abort();
  if (got != COSDIM_NEEDS_PLAN && !(got >= -1 && got <= 1)) abort();
}

/* A term is read where the tile of a narrowed plan has one. */
static void call_explain(input *in) {
  for (int i = 0; i < 4; i++) lists[0][i] = take_double(in) - 2;
  if (explain(take_int(in))) return;
  while (next_tile()) {
    for (int k = 0; k < 2; k++)
      while (stage(k))
        memset(the_copy.staged, 0x3f, (size_t)the_copy.columns * size_of(module_walk.plan.operand_dtype[k]));
    for (int i = 0; i < terms(); i++) accumulate_term(i);
  }
  if (module_walk.plan.loop[0].n) working();
}

static void call_view(input *in) {
  for (int i = 0; i < COSDIM_MAX_RANK; i++) lists[0][i] = i < 6 ? take_double(in) : 1;
  view(take_int(in));
}

static void call_pack(input *in) {
  for (int i = 0; i < 20 && pack(i, source); i++)
    if (the_copy.rows < 1 || the_copy.columns < 1) abort();
  pack(take_int(in), source);
}

static void call_halves(input *in) {
  int bits = take_below(in, 1 << 16);
  double x = half_to_double(bits);
  if (!isnan(x) && double_to_half(x) != bits) abort();
}

static void call_address(input *in) {
  const unsigned char *at = address(take_int(in));
  if (at == scratch && scratch_size() != sizeof scratch) abort();
}

static void call_allocate(input *in) {
  int i = take(in) % BLOCKS;
  double bytes = take(in) % 8 ? take_below(in, MOST_BYTES) : take_double(in);
  if (blocks[i].data) free_block(i);
  if (bytes <= MODULE_PAGE) make_block(i, bytes < 0 ? 0 : floor(bytes));
  if (!(bytes >= 0) && allocate(bytes)) abort();
}

/* What is no block is not released, and none is released twice. */
static void call_release(input *in) {
  int i = take(in) % BLOCKS;
  unsigned char *data = blocks[i].data;
  if (data) free_block(i);
  double before = used();
  release(data), release(source), release(scratch), release(NULL), release(heap.end);
  if (used() != before) abort();
}

/* A walk that was suspended with outputs, or before it computed any, has the sums that the scratch happens to hold. */
static void call_merge_outputs(input *in) {
  cosdim_plan *plan = &module_walk.plan;
  unsigned char *sums = (unsigned char *)plan->sums;
  if (sums) limit_exponents(sums, (size_t)((unsigned char *)plan->staged[COSDIM_OUT] - sums));
  merge_outputs(take_sums(in));
}

/* Sums of a part of the reduced axis are lost with the scratch: as cosdim_resume says, no walk is to be suspended then.
 */
static void call_suspend(input *in) {
  walk_state *state = (walk_state *)(void *)take_address(in);
  if (progress != IN_TILE || finished_outputs()) suspend(state);
}

/* The heaps of a suspended walk are the host's to keep: a block that was released and allocated again looks alike. */
static void call_resume(input *in) {
  resume((walk_state *)(void *)take_address(in));
  for (int i = 0; i < BLOCKS; i++) blocks[i].is_written |= blocks[i].data == (unsigned char *)module_walk.topk.heaps;
}

static void call_topk_continue(input *in) {
  double k = take_double(in), first = take_double(in);
  topk_continue(k, first, (cosdim_ranked *)(void *)take_address(in));
}

static void call_topk_merge(input *in) {
  cosdim_ranked *heaps = (cosdim_ranked *)(void *)take_address(in);
  double queries = take_double(in), k = take_double(in);
  topk_clear(heaps, queries, k);
  topk_merge(heaps, (cosdim_ranked *)(void *)source, queries, k);
  topk_sort(heaps, queries, k);
}

/* The largest block has room for more sums than `source` has parts: to read no more is the host's responsibility. */
static void call_sums(input *in) {
  cosdim_sums *sums = take_sums(in);
  int n = take_int(in), dtype = take_dtype(in), most = sizeof source / sizeof *sums;
  if (n > most && n <= (int)(MODULE_PAGE / sizeof *sums)) n = most;
  merge_sums(sums, (const cosdim_sums *)(void *)source, n);
  finalize_sums(sums, n, take_double(in), dtype);
}

/* The rest take no more than numbers and addresses. */
#define CALL(name, ...)                \
  static void call_##name(input *in) { \
    (void)in;                          \
    name(__VA_ARGS__);                 \
  }
CALL(similarity, take_double(in) - 2, take(in) % 8 ? 1e-8 : take_double(in), take_dtype(in))
CALL(slice, take_double(in) - 2, take(in) % 8 ? 1e-8 : take_double(in), take_dtype(in))
CALL(distance, take(in) % 3)
CALL(pairwise, take_double(in), take_dtype(in))
CALL(attention, )
CALL(topk, take_double(in), take_double(in), take_dtype(in))
CALL(topk_begin, take_address(in))
CALL(topk_update, )
CALL(topk_end, )
CALL(topk_bytes, )
CALL(finished_outputs, )
CALL(next_tile, )
CALL(accumulate, )
CALL(unsqueeze, take_double(in) - 2)
CALL(transpose, take_double(in) - 2, take_double(in) - 2)
CALL(size_at, take_double(in) - 2)
CALL(distribution_begin, take_int(in))
CALL(distribution_add, take_dtype(in), take_int(in))
CALL(distribution_divide, take_dtype(in), take_int(in))
#undef CALL

static void call_anything(input *in) {
  static void (*const calls[])(input *) = {call_set_tensor,
                                           call_stage,
                                           call_pair,
                                           call_weighted_pair,
                                           call_explain,
                                           call_view,
                                           call_pack,
                                           call_halves,
                                           call_address,
                                           call_allocate,
                                           call_release,
                                           call_topk_continue,
                                           call_topk_merge,
                                           call_sums,
                                           call_similarity,
                                           call_slice,
                                           call_distance,
                                           call_pairwise,
                                           call_attention,
                                           call_topk,
                                           call_topk_begin,
                                           call_topk_update,
                                           call_topk_end,
                                           call_topk_bytes,
                                           call_merge_outputs,
                                           call_suspend,
                                           call_resume,
                                           call_finished_outputs,
                                           call_next_tile,
                                           call_accumulate,
                                           call_unsqueeze,
                                           call_transpose,
                                           call_size_at,
                                           call_distribution_begin,
                                           call_distribution_add,
                                           call_distribution_divide,
                                           call_set_tensor,
                                           call_next_tile,
                                           call_accumulate,
                                           call_stage,
                                           call_allocate};
  calls[take_below(in, sizeof calls / sizeof *calls)](in);
}

/* An operand in a block of its own, or with the host. */
static unsigned char *set_operand(int k, operand *o, int is_resident) {
  int64_t low, high;
  if (!cosdim_extent(&o->x, &low, &high)) low = 0, high = -1;
  size_t size = size_of(o->x.dtype), bytes = (size_t)(high - low + 1) * size;
  unsigned char *block = is_resident ? allocate((double)bytes) : NULL;
  if (block) memcpy(block, o->memory, bytes);
  for (int axis = 0; axis < o->x.rank; axis++)
    lists[0][axis] = (double)o->x.shape[axis], lists[1][axis] = (double)o->x.stride[axis];
  if (!set_tensor(k, o->x.dtype, o->x.rank, block ? block - low * (int64_t)size : NULL, (double)-low,
                  (double)(high - low + 1)))
    abort();
  return block;
}

/* All pairs of rows, or their sums in slices, computed while other calls interrupt it. */
static void compute(input *in, operand *x, const problem *p) {
  unsigned char *memory[2], *state = allocate(state_bytes());
  for (int k = 0; k < 2; k++) memory[k] = set_operand(k, &x[k], take(in) % 2);
  int status = similarity(p->dim, p->eps, take_cast(in, x[0].x.dtype, x[1].x.dtype)), dtype = module_walk.plan.dtype;
  char *out = malloc((size_t)count_outputs(p) * sizeof(double));
  if (status && status != COSDIM_ERROR_PROMOTION) abort();
  while (!status && next_tile()) {
    for (int k = 0; k < 2; k++)
      while (stage(k)) copy_tile(&the_copy, size_of(x[k].x.dtype), x[k].origin, 0);
    if (accumulate()) abort();
    while (stage(COSDIM_OUT)) copy_tile(&the_copy, size_of(dtype), out, 1);
    if (!finished_outputs() || !state || take(in) % 2) continue;
    suspend((walk_state *)(void *)state);
    for (int calls = take_below(in, MOST_CALLS); calls > 0; calls--) call_anything(in);
    resume((const walk_state *)(const void *)state);
  }
  operand result = {.x = {.dtype = dtype}, .origin = out};
  for (int64_t i = 0; !status && i < count_outputs(p); i++)
    check_close(dtype, (double)read_element(&result, i), definition(p, i));
  release(state), release(memory[0]), release(memory[1]);
  free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  memset(blocks, 0, sizeof blocks);
  instantiate(1 + (size_t)take_below(&in, MODULE_PAGES));
  for (int i = 0; i < BLOCKS; i++) make_block(i, take_below(&in, MOST_BYTES));
  make_source(&in);
  for (int calls = take_below(&in, MOST_CALLS); calls > 0; calls--) call_anything(&in);
  int64_t shape[] = {take_below(&in, 9), take_below(&in, 40)};
  operand x[2] = {{.memory = NULL}};
  problem p = {.x1 = &x[0], .x2 = &x[1], .rank = 2, .dim = take(&in) % 2, .shape = {shape[0], shape[1]}, .eps = 1e-8};
  if (take_operand(&in, take_below(&in, 12), 2, shape, &x[0]) &&
      take_operand(&in, take_below(&in, 12), 2, shape, &x[1]))
    compute(&in, x, &p);
  for (int k = 0; k < 2; k++) free_operand(&x[k]);
  for (int i = 0; i < BLOCKS; i++)
    if (blocks[i].data) free_block(i);
  if (used() != 0) abort();
  return 0;
}
