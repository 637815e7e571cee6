/*
 * The core against the definition, compute_dtype directly in long double over random shapes: broadcast, permuted, gapped and
 * reversed views, operands in place and staged, a scratch of any size. Built with the sanitizers, and every operand
 * allocated to the byte, so that a read past its end is found.
 */
#include "cosdim.h"
#include "host/heap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

#define CHECK(condition, ...)                                          \
  do {                                                                 \
    if (condition) {                                                   \
      passed++;                                                        \
    } else {                                                           \
      failed++;                                                        \
      printf("%s:%d: %s is not so: ", __FILE__, __LINE__, #condition); \
      printf(__VA_ARGS__);                                             \
      printf("\n");                                                    \
    }                                                                  \
  } while (0)

static uint64_t state = 88172645463325252u;

/* xorshift64: the same cases everywhere. */
static uint64_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static int below(int n) {
  return (int)(next_random() % (uint64_t)n);
}

static double uniform(void) {
  return (double)(next_random() >> 11) * 0x1p-53;
}

static size_t size_of(int dtype) {
  return (size_t[]){1, 1, 1, 2, 4, 8, 2, 4, 8, 2, 4, 8}[dtype];
}

static int any_dtype(void) {
  return below(3) ? COSDIM_FLOAT16 + below(3) : below(COSDIM_FLOAT64 + 1);
}

/* A tensor over memory of its own, `memory`, which holds what it reads and no more. */
typedef struct {
  cosdim_tensor x;
  char *memory, *origin;
} operand;

#define FOR_EACH_INTEGER(X) \
  X(COSDIM_UINT8, uint8_t)  \
  X(COSDIM_INT8, int8_t)    \
  X(COSDIM_INT16, int16_t)  \
  X(COSDIM_INT32, int32_t)  \
  X(COSDIM_INT64, int64_t)  \
  X(COSDIM_UINT16, uint16_t) X(COSDIM_UINT32, uint32_t) X(COSDIM_UINT64, uint64_t)

static long double read_element(const operand *o, int64_t element) {
  const char *at = o->origin + element * (int64_t)size_of(o->x.dtype);
  switch (o->x.dtype) {
#define READ(dtype, type) \
  case dtype:             \
    return *(const type *)at;
    FOR_EACH_INTEGER(READ)
    READ(COSDIM_BOOL, uint8_t)
    READ(COSDIM_FLOAT32, float)
    READ(COSDIM_FLOAT64, double)
    default:
      return cosdim_half_to_double(*(const uint16_t *)at);
  }
}

static void write_element(operand *o, int64_t element, double value) {
  char *at = o->origin + element * (int64_t)size_of(o->x.dtype);
  switch (o->x.dtype) {
#define WRITE(dtype, type)                         \
  case dtype:                                      \
    *(type *)at = (type)llrint(fabs(value * 100)); \
    break;
    FOR_EACH_INTEGER(WRITE)
    case COSDIM_BOOL:
      *(uint8_t *)at = value > 0;
      break;
    case COSDIM_FLOAT16:
      *(uint16_t *)at = cosdim_double_to_half(value);
      break;
    case COSDIM_FLOAT32:
      *(float *)at = (float)value;
      break;
    default:
      *(double *)at = value;
  }
}

/* Half floats and integers get no more than they hold. */
static double any_value(int kind) {
  double sign = below(2) ? 1 : -1;
  switch (kind) {
    case 0:
      return uniform();
    case 1:
      return below(3) ? 0 : sign;
    case 2:
      return sign * ldexp(1 + uniform(), below(200) - 100);
    default:
      return sign * uniform();
  }
}

/* Lays a shape out in memory: axes in any order, with gaps, some reversed. */
static operand make_operand(int dtype, int rank, const int64_t *shape, int plain) {
  operand o = {.x = {.dtype = dtype, .rank = rank}};
  int order[8];
  int64_t step = 1;
  for (int i = 0; i < rank; i++) order[i] = rank - 1 - i;
  if (!plain)
    for (int i = rank - 1; i > 0; i--) {
      int j = below(i + 1), kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  for (int i = 0; i < rank; i++) {
    int axis = order[i];
    o.x.shape[axis] = shape[axis];
    if (!plain && !below(6)) step *= 2;
    o.x.stride[axis] = !plain && !below(6) ? -step : step;
    step *= shape[axis] ? shape[axis] : 1;
  }
  int64_t low, high;
  int64_t elements = cosdim_extent(&o.x, &low, &high);
  if (!elements) low = high = 0;
  o.memory = malloc((size_t)(high - low + 1) * size_of(dtype));
  o.origin = o.memory - low * (int64_t)size_of(dtype);
  int kind = dtype < COSDIM_FLOAT32 ? (int[]){0, 1, 3}[below(3)] : below(4);
  for (int64_t element = low; element <= high; element++) write_element(&o, element, any_value(kind));
  return o;
}

static int64_t element_under(const cosdim_tensor *x, int common_rank, const int64_t *index) {
  int64_t element = 0;
  for (int axis = 0; axis < x->rank; axis++) {
    int64_t at = index[axis + common_rank - x->rank];
    element += (x->shape[axis] == 1 ? 0 : at) * x->stride[axis];
  }
  return element;
}

/* Values are exact in every type that they are cast to here. */
static long double definition(const operand *a, const operand *b, int common_rank, const int64_t *common, int dim,
                              const int64_t *kept, double eps) {
  long double dot = 0, norm1_squared = 0, norm2_squared = 0;
  int64_t index[8], n = common_rank ? common[dim] : 1;
  for (int axis = 0, i = 0; axis < common_rank; axis++)
    if (axis != dim) index[axis] = kept[i++];
  for (int64_t t = 0; t < n; t++) {
    if (common_rank) index[dim] = t;
    long double x1 = read_element(a, element_under(&a->x, common_rank, index));
    long double x2 = read_element(b, element_under(&b->x, common_rank, index));
    dot += x1 * x2;
    norm1_squared += x1 * x1;
    norm2_squared += x2 * x2;
  }
  return n ? dot / (fmaxl(sqrtl(norm1_squared), eps) * fmaxl(sqrtl(norm2_squared), eps)) : 0;
}

/* Walks the tiles as a host does whose operands lie elsewhere: those without `data` are copied in. */
static void walk(cosdim_plan *plan, const operand *const *operands, void *scratch, size_t bytes, char *out) {
  cosdim_copy copy;
  cosdim_tile(plan, scratch, bytes);
  while (cosdim_next_tile(plan)) {
    for (int k = 0; k <= COSDIM_OUT; k++) {
      if (k == COSDIM_WEIGHTS) continue;
      if (k == COSDIM_OUT && cosdim_accumulate(plan)) abort();
      while (cosdim_stage(plan, k, &copy)) {
        size_t size = size_of(k == COSDIM_OUT ? plan->dtype : operands[k]->x.dtype);
        char *staged = copy.staged;
        for (int64_t row = 0; row < copy.rows; row++)
          for (int64_t column = 0; column < copy.columns; column++, staged += size) {
            int64_t element = copy.element + row * copy.row_stride + column * copy.column_stride;
            if (k == COSDIM_OUT)
              memcpy(out + element * (int64_t)size, staged, size);
            else
              memcpy(staged, operands[k]->origin + element * (int64_t)size, size);
          }
      }
    }
  }
}

static void random_case(int number) {
  int common_rank = below(6), dim = common_rank ? below(common_rank) : 0;
  int64_t common[8] = {0}, shape[2][8];
  int rank[2] = {common_rank, common_rank};
  for (int axis = 0; axis < common_rank; axis++) {
    common[axis] = below(20) ? 1 + below(common_rank < 3 ? 40 : 6) : 0;
    int broadcast = below(6);
    shape[0][axis] = broadcast == 0 ? 1 : common[axis];
    shape[1][axis] = broadcast == 1 ? 1 : common[axis];
  }
  if (common_rank && !below(10)) common[dim] = shape[0][dim] = shape[1][dim] = 100 + below(400);
  int short_one = below(2);
  while (rank[short_one] > 0 && !below(4)) { /* leading axes that one operand lacks */
    int64_t first = shape[short_one][0];
    if (first != 1 && shape[!short_one][common_rank - rank[short_one]] != common[common_rank - rank[short_one]]) break;
    memmove(shape[short_one], shape[short_one] + 1, sizeof shape[0] - sizeof shape[0][0]);
    rank[short_one]--;
  }
  operand a = make_operand(any_dtype(), rank[0], shape[0], below(2));
  operand b = make_operand(any_dtype(), rank[1], shape[1], below(2));
  if (!below(2)) a.x.data = a.origin;
  if (!below(2)) b.x.data = b.origin;
  double eps = (double[]){1e-8, 0, 1e-3, 2}[below(4)];
  int integers = a.x.dtype < COSDIM_FLOAT16 && b.x.dtype < COSDIM_FLOAT16;
  int cast = integers ? COSDIM_FLOAT32 + below(2) : COSDIM_KEEP_DTYPE;

  cosdim_plan plan;
  cosdim_status status =
      cosdim_similarity(&plan, &a.x, &b.x, below(2) ? dim : dim - (common_rank ? common_rank : 1), eps, cast);
  CHECK(status == COSDIM_OK, "case %d has status %d", number, status);
  CHECK(plan.rank == (common_rank ? common_rank - 1 : 0), "case %d has rank %d", number, plan.rank);
  int64_t count = 1;
  for (int axis = 0; axis < plan.rank; axis++) count *= plan.shape[axis];
  size_t bytes = below(3) ? COSDIM_MIN_SCRATCH + (size_t)below(3000) : 1 << 18;
  void *scratch = aligned_alloc(16, (bytes + 15) & ~(size_t)15);
  char *out = malloc((size_t)count * size_of(plan.dtype) + 1);
  const operand *operands[] = {&a, &b};
  if (a.x.data && b.x.data)
    cosdim_compute(&plan, scratch, bytes, out);
  else
    walk(&plan, operands, scratch, bytes, out);

  /* A half may be the neighbour of the nearest. */
  double unit = plan.dtype == COSDIM_FLOAT64 ? 0x1p-53 : plan.dtype == COSDIM_FLOAT32 ? 0x1p-24 : 0x1p-14;
  int64_t kept[8] = {0};
  for (int64_t i = 0; i < count; i++) {
    int64_t left = i;
    for (int axis = plan.rank - 1; axis >= 0; left /= plan.shape[axis--]) kept[axis] = left % plan.shape[axis];
    operand result = {.x = {.dtype = plan.dtype}, .origin = out};
    double got = (double)read_element(&result, i);
    long double expected = definition(&a, &b, common_rank, common, dim, kept, eps);
    CHECK(isnan(expected) ? isnan(got) : fabsl(got - expected) <= 8 * unit, "case %d, output %lld: %.17g for %.17Lg",
          number, (long long)i, got, expected);
  }
  free(a.memory);
  free(b.memory);
  free(scratch);
  free(out);
}

/* Each layout that has a kernel: shapes of x1 and x2, where N is the length and C and D are numbers of vectors. */
enum { N = -1, C = -2, D = -3 };
static const struct {
  const char *name;
  int rank, dim;
  int64_t shape[2][3];
} layouts[] = {
    {"rows", 2, 1, {{C, N}, {C, N}}},
    {"one row against many", 2, 1, {{1, N}, {C, N}}},
    {"many rows against one", 2, 1, {{C, N}, {1, N}}},
    {"all pairs", 3, 2, {{C, 1, N}, {1, D, N}}},
    {"columns", 2, 0, {{N, C}, {N, C}}},
    {"one column against many", 2, 0, {{N, 1}, {N, C}}},
    {"many columns against one", 2, 0, {{N, C}, {N, 1}}},
};

/* Around a vector and a block of every kernel, and around once and twice the chunk of the longest. */
static const struct { int64_t first, last; } lengths[] = {{1, 150}, {350, 420}, {736, 802}};

/* Every kernel, at every such length and for any number of vectors, past a batch of columns too; in place. */
static void kernels_at(int64_t first, int64_t last) {
  const int dtypes[] = {COSDIM_UINT8, COSDIM_INT8, COSDIM_FLOAT16, COSDIM_FLOAT32, COSDIM_FLOAT64};
  for (int d = 0; d < 5; d++)
    for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++)
      for (int64_t n = first; n <= last; n++) {
        int rank = layouts[l].rank, dim = layouts[l].dim;
        int64_t c = 1 + below(n % 10 ? 9 : rank == 3 ? 40 : 200), shape[2][3], common[3], count = 1, kept[2];
        for (int axis = 0; axis < rank; axis++) {
          for (int k = 0; k < 2; k++) {
            int64_t size = layouts[l].shape[k][axis];
            shape[k][axis] = size == N ? n : size == C ? c : size == D ? 1 + c / 2 : size;
          }
          common[axis] = shape[0][axis] > shape[1][axis] ? shape[0][axis] : shape[1][axis];
          if (axis != dim) count *= common[axis];
        }
        operand a = make_operand(dtypes[d], rank, shape[0], 1), b = make_operand(dtypes[d], rank, shape[1], 1);
        a.x.data = a.origin;
        b.x.data = b.origin;
        int cast = dtypes[d] < COSDIM_FLOAT16 ? COSDIM_FLOAT32 : COSDIM_KEEP_DTYPE;
        size_t bytes = below(3) ? 1 << 17 : 1 << 11;
        void *scratch = aligned_alloc(16, bytes), *out = malloc((size_t)count * 8);
        cosdim_plan plan;
        CHECK(cosdim_similarity(&plan, &a.x, &b.x, dim, 1e-8, cast) == COSDIM_OK, "%s", layouts[l].name);
        cosdim_compute(&plan, scratch, bytes, out);
        operand result = {.x = {.dtype = plan.dtype}, .origin = out};
        double unit = plan.dtype == COSDIM_FLOAT64 ? 0x1p-53 : plan.dtype == COSDIM_FLOAT32 ? 0x1p-24 : 0x1p-14;
        for (int64_t i = 0; i < count; i++) {
          int64_t left = i;
          for (int axis = rank - 1, k = rank - 2; axis >= 0; axis--) {
            if (axis == dim) continue;
            kept[k--] = left % common[axis];
            left /= common[axis];
          }
          long double expected = definition(&a, &b, rank, common, dim, kept, 1e-8);
          double got = (double)read_element(&result, i);
          CHECK(fabsl(got - expected) <= 8 * unit, "%s of dtype %d, %d long, %d of them, output %d: %.17g for %.17Lg",
                layouts[l].name, dtypes[d], (int)n, (int)c, (int)i, got, expected);
        }
        free(a.memory);
        free(b.memory);
        free(scratch);
        free(out);
      }
}

static void kernels(void) {
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) kernels_at(lengths[i].first, lengths[i].last);
}

static double pair(int dtype, const void *x1, const void *x2, int64_t n, double eps) {
  cosdim_tensor a = {.dtype = dtype, .rank = 1, .shape = {n}, .stride = {1}, .data = x1}, b = a;
  b.data = x2;
  double scratch[512], out;
  cosdim_plan plan;
  if (cosdim_similarity(&plan, &a, &b, 0, eps, COSDIM_KEEP_DTYPE)) abort();
  cosdim_compute(&plan, scratch, sizeof scratch, &out);
  return dtype == COSDIM_FLOAT32 ? *(float *)&out : out;
}

/*
 * Vectors of a few elements at every distance, from one another and within: each as it is packed, by itself. They are
 * so many that some are read ahead, and end where their memory does.
 */
static void short_vectors(void) {
  enum { MOST = 5, COUNT = 70 };
  for (int n = 1; n <= MOST; n++)
    for (int layout = 0; layout < MOST * MOST * MOST * MOST; layout++) {
      cosdim_tensor of[2];
      float *x[2], packed[2][MOST], out[COUNT];
      for (int k = 0, left = layout; k < 2; k++, left /= MOST * MOST) {
        int across = 1 + left % MOST, step = left / MOST % MOST, elements = (COUNT - 1) * across + (n - 1) * step + 1;
        x[k] = malloc((size_t)elements * sizeof(float));
        for (int i = 0; i < elements; i++) x[k][i] = (float)any_value(3);
        of[k] = (cosdim_tensor){COSDIM_FLOAT32, 2, {COUNT, n}, {across, step}, x[k]};
      }
      double scratch[2048];
      cosdim_plan plan;
      if (cosdim_similarity(&plan, &of[0], &of[1], 1, 1e-8, COSDIM_KEEP_DTYPE)) abort();
      cosdim_compute(&plan, scratch, sizeof scratch, out);
      for (int i = 0; i < COUNT; i++) {
        for (int k = 0; k < 2; k++)
          for (int t = 0; t < n; t++) packed[k][t] = x[k][i * of[k].stride[0] + t * of[k].stride[1]];
        double expected = pair(COSDIM_FLOAT32, packed[0], packed[1], n, 1e-8);
        CHECK(fabs(out[i] - expected) <= 0x1p-24, "%d elements %d and %d apart, vectors %d and %d: %.9g for %.9g", n,
              (int)of[0].stride[1], (int)of[1].stride[1], (int)of[0].stride[0], (int)of[1].stride[0], out[i], expected);
      }
      for (int k = 0; k < 2; k++) free(x[k]);
    }
}

/* Finite input neither overflows nor vanishes, and a vector's cosine with itself is exactly 1. */
static void magnitudes(void) {
  float huge[] = {3e38f, 3e38f, 3e38f, 1e38f, 2e38f}, tiny[] = {1e-45f, 3e-45f, 1e-44f}, ones[] = {1, 1, 1, 1, 1};
  CHECK(pair(COSDIM_FLOAT32, huge, huge, 5, 1e-8) == 1, "huge float32");
  CHECK(pair(COSDIM_FLOAT32, tiny, tiny, 3, 0) == 1, "tiny float32");
  CHECK(fabs(pair(COSDIM_FLOAT32, huge, ones, 2, 1e-8) - 1) <= 0x1p-24, "huge beside one");
  for (int e = -1070; e <= 1020; e += 11) {
    double x1[] = {ldexp(3, e), ldexp(-1, e), ldexp(2, e)}, x2[] = {ldexp(1, e), ldexp(2, e), ldexp(4, e)},
           one[] = {1, 2, 4};
    double expected = 9 / sqrt(14.0 * 21);
    CHECK(pair(COSDIM_FLOAT64, x1, x1, 3, 0) == 1, "cos(x, x) at 2^%d", e);
    CHECK(fabs(pair(COSDIM_FLOAT64, x1, x2, 3, 0) - expected) <= 0x1p-52, "2^%d squared", e);
    CHECK(fabs(pair(COSDIM_FLOAT64, x1, one, 3, 0) - expected) <= 0x1p-52, "2^%d beside 1", e);
  }
  double zeros[] = {0, 0}, some[] = {1, 2}, bad[] = {INFINITY, 1};
  CHECK(pair(COSDIM_FLOAT64, zeros, some, 2, 1e-200) == 0, "a zero vector beside a tiny eps");
  CHECK(pair(COSDIM_FLOAT64, zeros, zeros, 2, 1e-200) == 0, "two zero vectors beside a tiny eps");
  CHECK(isnan(pair(COSDIM_FLOAT64, zeros, some, 2, 0)), "a zero vector without eps");
  CHECK(isnan(pair(COSDIM_FLOAT64, bad, some, 2, 1e-8)), "an infinite element");
}

/* Parts merged in any order give what the whole gives. */
static void merging(void) {
  double x1[300], x2[300];
  for (int i = 0; i < 300; i++) {
    x1[i] = any_value(3) * (i < 100 ? 1e200 : 1);
    x2[i] = any_value(3) * (i > 200 ? 1e-250 : 1);
  }
  double whole = pair(COSDIM_FLOAT64, x1, x2, 300, 1e-8);
  cosdim_sums parts[3], merged[2] = {{.exponent1 = 0}, {.exponent1 = 0}};
  for (int i = 0; i < 3; i++) {
    cosdim_tensor a = {.dtype = COSDIM_FLOAT64, .rank = 1, .shape = {100}, .stride = {1}, .data = x1 + 100 * i}, b = a;
    b.data = x2 + 100 * i;
    double scratch[512], out;
    cosdim_plan plan;
    if (cosdim_similarity(&plan, &a, &b, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
    cosdim_compute(&plan, scratch, sizeof scratch, &out);
    parts[i] = plan.sums[0];
  }
  for (int i = 0; i < 3; i++) {
    cosdim_merge(&merged[0], &parts[i]);
    cosdim_merge(&merged[1], &parts[2 - i]);
  }
  for (int i = 0; i < 2; i++) CHECK(fabs(cosdim_finalize(&merged[i], 1e-8, NULL) - whole) <= 8 * 0x1p-53, "order %d", i);
}

/* A view has the elements of the tensor in their order, or is refused. */
static void views(void) {
  for (int number = 0; number < 2000; number++) {
    int64_t shape[3] = {1 + below(4), 1 + below(4), 1 + below(4)}, fault[3];
    operand o = make_operand(COSDIM_FLOAT64, 3, shape, number % 2);
    cosdim_tensor x = o.x;
    int64_t count = shape[0] * shape[1] * shape[2];
    int64_t to[3] = {shape[0] * shape[1], -1, 1};
    if (below(2)) to[0] = shape[0], to[2] = shape[1];
    cosdim_status status = cosdim_view(&x, 3, to, fault);
    if (number % 2) CHECK(status == COSDIM_OK, "a contiguous tensor has every view, not %d", status);
    if (status) {
      CHECK(status == COSDIM_ERROR_VIEW_STRIDES, "status %d", status);
    } else {
      for (int64_t i = 0; i < count; i++) {
        int64_t from = 0, seen = 0, left = i, left_view = i;
        for (int axis = 2; axis >= 0; axis--) {
          from += left % o.x.shape[axis] * o.x.stride[axis];
          left /= o.x.shape[axis];
          seen += left_view % x.shape[axis] * x.stride[axis];
          left_view /= x.shape[axis];
        }
        CHECK(from == seen, "element %d of view %d", (int)i, number);
      }
    }
    free(o.memory);
  }
}

/* Every half, there and back, and the numbers between two. */
static void halves(void) {
  for (int bits = 0; bits < 0x7c00; bits++) {
    double value = cosdim_half_to_double((uint16_t)bits), next = bits + 1 < 0x7c00 ? cosdim_half_to_double(bits + 1) : 65536;
    CHECK(cosdim_double_to_half(value) == bits && cosdim_double_to_half(-value) == (bits | 0x8000), "half %04x", bits);
    CHECK(value < next, "half %04x", bits);
    double middle = (value + next) / 2;
    CHECK(cosdim_double_to_half(middle) == bits + bits % 2, "the middle above half %04x goes to the even one", bits);
    CHECK(cosdim_double_to_half(nextafter(middle, 0)) == bits, "below the middle above half %04x", bits);
    CHECK(cosdim_double_to_half(nextafter(middle, INFINITY)) == bits + 1, "above the middle above half %04x", bits);
  }
  CHECK(cosdim_double_to_half(INFINITY) == 0x7c00 && cosdim_double_to_half(-INFINITY) == 0xfc00, "infinities");
  CHECK(isnan(cosdim_half_to_double(cosdim_double_to_half(NAN))) && isnan(cosdim_half_to_double(0x7c01)), "NaN");
  CHECK(isinf(cosdim_half_to_double(0x7c00)) && cosdim_half_to_double(0xc000) == -2 && cosdim_half_to_double(1) == 0x1p-24,
        "values");
}

enum { REGION = 1 << 16, BLOCKS = 40 };
static _Alignas(16) unsigned char region[REGION];

/* As WebAssembly memory grows: by whole pages, until there are no more. */
static size_t grow_region(unsigned char *end, size_t bytes) {
  size_t left = (size_t)(region + REGION - end), pages = (bytes + 1023) / 1024 * 1024;
  return bytes > left ? 0 : pages > left ? left : pages;
}

/* Blocks of random sizes, freed in random order: each keeps its bytes, none reaches into another, none is lost. */
static void allocator(void) {
  cosdim_heap heap = {.end = region, .grow = grow_region};
  struct {
    unsigned char *data;
    size_t bytes;
  } blocks[BLOCKS] = {{NULL, 0}};
  int refused = 0;
  for (int number = 0; number < 200000; number++) {
    int i = below(BLOCKS);
    if (blocks[i].data) {
      int kept = 1;
      for (size_t byte = 0; byte < blocks[i].bytes; byte++) kept &= blocks[i].data[byte] == i;
      CHECK(kept, "block %d after %d steps", i, number);
      cosdim_free(&heap, blocks[i].data);
      blocks[i].data = NULL;
      continue;
    }
    size_t bytes = (size_t)(below(8) ? below(200) : below(30000));
    unsigned char *data = cosdim_allocate(&heap, bytes);
    refused += !data;
    if (!data) continue;
    CHECK((uintptr_t)data % 16 == 0 && data >= region && data + bytes <= heap.end, "step %d", number);
    memset(data, i, bytes);
    blocks[i].data = data;
    blocks[i].bytes = bytes;
  }
  CHECK(refused > 0, "the region is large enough for all");
  for (int i = 0; i < BLOCKS; i++) cosdim_free(&heap, blocks[i].data);
  CHECK(heap.used == 0, "%zu bytes are lost", heap.used);
  /* All is one block again: there is room for the largest. */
  void *all = cosdim_allocate(&heap, REGION - 64);
  CHECK(all != NULL, "free blocks are not joined");
  CHECK(!cosdim_allocate(&heap, 64) && !cosdim_allocate(&heap, SIZE_MAX), "more than there is");
  unsigned char *end = heap.end;
  cosdim_free(&heap, all);
  for (int number = 0; number < 1000000; number++) cosdim_free(&heap, cosdim_allocate(&heap, (size_t)below(4096)));
  CHECK(heap.end == end && heap.used == 0, "a million blocks leave %zu bytes", heap.used);
}

int main(void) {
  allocator();
  halves();
  for (int number = 0; number < 20000; number++) random_case(number);
  kernels();
  short_vectors();
  magnitudes();
  merging();
  views();
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
