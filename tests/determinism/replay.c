/*
 * Computes again, natively, what the package computed for the cases of a file (native.test.js writes it), and prints
 * the hash of the results. Those of exact cases must not depend on the size of the tiles, either.
 */
#include "cosdim.h"
#include "tensor/dtype.h"

#include <stdio.h>
#include <stdlib.h>

/* What the module has (host/wasm.c), and sizes that cut the operands anywhere. */
static const size_t scratch_sizes[] = {960 << 10, COSDIM_MIN_SCRATCH, 1040, 5008, 65536, 2 << 20};

enum { SIMILARITY, PAIRWISE, TOPK, DISTANCE, WEIGHTED, ATTENTION };

/* The numbers of a case, all as doubles. */
typedef struct {
  double op, operands, dim, eps, cast, k, is_exact, outputs;
} heading;

typedef struct {
  cosdim_tensor x;
  char *data; /* the element at index 0, 0, … */
  int is_resident;
} operand;

static char *at; /* in the file */

static const void *take(size_t bytes) {
  char *taken = at;
  at += (bytes + 7) / 8 * 8;
  return taken;
}

static double take_number(void) {
  double number;
  memcpy(&number, take(sizeof number), sizeof number);
  return number;
}

static operand take_operand(void) {
  operand o = {.x = {.dtype = (int32_t)take_number(), .rank = (int32_t)take_number()}};
  for (int axis = 0; axis < o.x.rank; axis++) {
    o.x.shape[axis] = (int64_t)take_number();
    o.x.stride[axis] = (int64_t)take_number();
  }
  o.is_resident = (int)take_number();
  ptrdiff_t offset = (ptrdiff_t)take_number();
  size_t size = cosdim_size((cosdim_dtype)o.x.dtype), bytes = (size_t)take_number() * size;
  o.data = (char *)take(bytes) + offset * (ptrdiff_t)size;
  /* What is in the module's memory is read there; everything else is staged. */
  o.x.data = o.is_resident ? o.data : NULL;
  return o;
}

static cosdim_status plan_case(cosdim_plan *plan, cosdim_topk *topk, const heading *h, const operand *o) {
  int32_t cast = (int32_t)h->cast;
  switch ((int)h->op) {
    case SIMILARITY:
      return cosdim_similarity(plan, &o[0].x, &o[1].x, (int64_t)h->dim, h->eps, cast);
    case PAIRWISE:
      return cosdim_pairwise(plan, &o[0].x, &o[1].x, h->eps, cast);
    case TOPK:
      return cosdim_topk_plan(plan, topk, &o[0].x, &o[1].x, (int64_t)h->k, h->eps, cast);
    case ATTENTION:
      return cosdim_attention(plan, &o[0].x, &o[1].x);
    default:
      return cosdim_distance(plan, &o[0].x, &o[1].x, h->op == WEIGHTED ? &o[2].x : NULL);
  }
}

static void copy(char *elements, const cosdim_copy *copy, size_t size, int is_out) {
  char *staged = copy->staged;
  for (int64_t row = 0; row < copy->rows; row++)
    for (int64_t column = 0; column < copy->columns; column++, staged += size) {
      char *element =
          elements + (copy->element + row * copy->row_stride + column * copy->column_stride) * (int64_t)size;
      memcpy(is_out ? element : staged, is_out ? staged : element, size);
    }
}

/* Walks the tiles as js/wasm/tiles.js does. */
static void walk(cosdim_plan *plan, cosdim_topk *topk, const operand *o, void *scratch, size_t bytes, char *out) {
  cosdim_copy the_copy;
  cosdim_tile(plan, scratch, bytes);
  while (cosdim_next_tile(plan)) {
    for (int k = 0; k < COSDIM_OUT; k++)
      while (cosdim_stage(plan, k, &the_copy)) copy(o[k].data, &the_copy, cosdim_size((cosdim_dtype)o[k].x.dtype), 0);
    cosdim_accumulate(plan);
    if (topk) cosdim_topk_update(topk, plan);
    while (!topk && cosdim_stage(plan, COSDIM_OUT, &the_copy))
      copy(out, &the_copy, cosdim_size((cosdim_dtype)plan->dtype), 1);
  }
}

/* All NaNs become one, as in hash.js. */
static void unify_nans(int dtype, char *data, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    double x = cosdim_read_element((cosdim_dtype)dtype, data, i);
    if (x == x) continue;
    static const uint16_t half = 0x7e00;
    static const uint32_t single = 0x7fc00000;
    static const uint64_t wide = UINT64_C(0x7ff8) << 48;
    const void *nan = dtype == COSDIM_FLOAT16   ? (const void *)&half
                      : dtype == COSDIM_FLOAT32 ? (const void *)&single
                                                : &wide;
    memcpy(data + i * (int64_t)cosdim_size((cosdim_dtype)dtype), nan, cosdim_size((cosdim_dtype)dtype));
  }
}

/* One case with one size of the scratch. Returns the bytes of the result: values and, for top-k, indices. */
static size_t compute(const heading *h, const operand *o, size_t scratch_size, char **values, int32_t **indices) {
  cosdim_plan plan;
  cosdim_topk topk;
  int is_topk = h->op == TOPK;
  if (plan_case(&plan, &topk, h, o)) abort();
  int64_t n = 1;
  for (int axis = 0; axis < plan.rank; axis++) n *= plan.shape[axis];
  size_t bytes = (size_t)n * cosdim_size((cosdim_dtype)plan.dtype);
  char *out = *values = malloc(bytes + 1);
  *indices = is_topk ? malloc((size_t)n * sizeof(int32_t) + 1) : NULL;
  void *scratch = aligned_alloc(16, scratch_size);
  if (is_topk && n > 0) {
    void *memory = aligned_alloc(16, ((size_t)cosdim_topk_bytes(&topk) + 15) / 16 * 16);
    cosdim_topk_begin(&topk, memory);
    walk(&plan, &topk, o, scratch, scratch_size, NULL);
    cosdim_topk_end(&topk, (cosdim_dtype)plan.dtype);
    memcpy(out, topk.values, bytes);
    memcpy(*indices, topk.indices, (size_t)n * sizeof(int32_t));
    free(memory);
  } else if (!is_topk) {
    walk(&plan, NULL, o, scratch, scratch_size, out);
  }
  if (h->op == ATTENTION) {
    cosdim_distribution distribution = {.kind = COSDIM_SUM};
    cosdim_distribution_add(&distribution, (cosdim_dtype)plan.dtype, out, (size_t)n);
    cosdim_distribution_divide(&distribution, (cosdim_dtype)plan.dtype, out, (size_t)n);
  }
  unify_nans(plan.dtype, out, n);
  free(scratch);
  return bytes;
}

static uint32_t hash[2] = {0x811c9dc5, 0x1b873593};

/* The sanitizers take an unsigned product that wraps around for a mistake. */
static uint32_t product_mod_32(uint64_t a, uint64_t b) {
  return (uint32_t)(a * b & UINT32_MAX);
}

static void add_to_hash(const void *data, size_t bytes) {
  const unsigned char *byte = data;
  for (size_t i = 0; i < bytes; i++) {
    hash[0] = product_mod_32(hash[0] ^ byte[i], 0x01000193);
    hash[1] = product_mod_32(hash[1] ^ byte[i], 0x85ebca6b);
  }
}

/* Returns how many sizes of the scratch gave other results than the package. */
static int replay(int number) {
  heading h;
  memcpy(&h, take(sizeof h), sizeof h);
  operand operands[3] = {0};
  for (int k = 0; k < (int)h.operands; k++) operands[k] = take_operand();
  size_t expected_bytes[2] = {0};
  const void *expected[2] = {0};
  for (int i = 0; i < (int)h.outputs; i++) {
    expected_bytes[i] = (size_t)take_number();
    expected[i] = take(expected_bytes[i]);
  }
  int wrong = 0, sizes = h.is_exact ? (int)(sizeof scratch_sizes / sizeof *scratch_sizes) : 1;
  for (int i = 0; i < sizes; i++) {
    char *values;
    int32_t *indices;
    size_t bytes = compute(&h, operands, scratch_sizes[i], &values, &indices);
    int is_same = bytes == expected_bytes[0] && !memcmp(values, expected[0], bytes) &&
                  (!indices || !memcmp(indices, expected[1], expected_bytes[1]));
    if (!is_same)
      printf("case %d, operation %g: other bits with a scratch of %zu bytes\n", number, h.op, scratch_sizes[i]);
    wrong += !is_same;
    if (i == 0) add_to_hash(values, bytes);
    if (i == 0 && indices) add_to_hash(indices, expected_bytes[1]);
    free(values), free(indices);
  }
  return wrong;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  fseek(file, 0, SEEK_END);
  size_t bytes = (size_t)ftell(file);
  rewind(file);
  char *all = aligned_alloc(16, (bytes + 15) / 16 * 16);
  if (fread(all, 1, bytes, file) != bytes) return 2;
  fclose(file);
  at = all;
  int wrong = 0;
  for (int number = 0; at < all + bytes; number++) wrong += replay(number);
  free(all);
  printf("%08x%08x\n", hash[0], hash[1]);
  return wrong > 0;
}
