/*
 * Blocks of random sizes, freed in random order: each keeps its bytes, none overlaps another, none is lost. What is no
 * block is not freed, and many blocks are freed in a time that grows with their number.
 */
#include "heap.h"

#include "check.h"
#include "tests.h"

#include <string.h>
#include <time.h>

enum { REGION = 1 << 16, BLOCKS = 40 };
static _Alignas(16) unsigned char region[REGION];

/* As WebAssembly memory grows: by whole pages, until there are no more. */
static size_t grow_region(unsigned char *end, size_t bytes) {
  size_t left = (size_t)(region + REGION - end), pages = (bytes + 1023) / 1024 * 1024;
  return bytes > left ? 0 : pages > left ? left : pages;
}

typedef struct {
  unsigned char *data;
  size_t bytes;
} block;

/* Frees a block that is allocated, after checking that it is filled with `i`. */
static void free_block(cosdim_heap *heap, block *of, int i, int step) {
  int is_intact = 1;
  for (size_t byte = 0; byte < of->bytes; byte++) is_intact &= of->data[byte] == i;
  CHECK(is_intact, "block %d after %d steps", i, step);
  cosdim_free(heap, of->data);
  of->data = NULL;
}

/* Allocates a block and fills it with `i`. Returns whether there was room. */
static int allocate_block(cosdim_heap *heap, block *to, int i, int step) {
  size_t bytes = (size_t)(below(8) ? below(200) : below(30000));
  unsigned char *data = cosdim_allocate(heap, bytes);
  if (!data) return 0;
  CHECK((uintptr_t)data % 16 == 0 && data >= region && data + bytes <= heap->end, "step %d", step);
  memset(data, i, bytes);
  *to = (block){data, bytes};
  return 1;
}

/* What is no allocated block is left alone, and nothing has room there. */
static void foreign_pointers(cosdim_heap *heap) {
  unsigned char *a = cosdim_allocate(heap, 100), *b = cosdim_allocate(heap, 100), *guard = cosdim_allocate(heap, 100);
  memset(guard, 7, 100);
  CHECK(cosdim_holds(heap, a, 100) && !cosdim_holds(heap, a, 1000) && !cosdim_holds(heap, a, -1), "100 bytes");
  cosdim_free(heap, b);
  size_t used = heap->used;
  int on_stack[16] = {0};
  void *const foreign[] = {NULL,    b, a + 16, a + 1, guard - 1, region, heap->end, (void *)((uintptr_t)region - 64),
                           on_stack};
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    CHECK(!cosdim_holds(heap, foreign[i], 0), "pointer %zu", i);
    cosdim_free(heap, foreign[i]);
    CHECK(heap->used == used, "pointer %zu was freed", i);
  }
  CHECK(cosdim_allocate(heap, 100) == b, "a block that was freed twice");
  unsigned char *c = cosdim_allocate(heap, 100);
  CHECK(c != a && c != b && c != guard && guard[0] == 7 && guard[99] == 7, "two blocks overlap");
  cosdim_free(heap, a), cosdim_free(heap, b), cosdim_free(heap, c), cosdim_free(heap, guard);
}

enum { MANY = 40000 };
static _Alignas(16) unsigned char large[MANY * 64];

static size_t grow_large(unsigned char *end, size_t bytes) {
  return bytes > (size_t)(large + sizeof large - end) ? 0 : (bytes + 15) / 16 * 16;
}

/* A block without room is nothing but its header, so that what follows the last one is the heap's end. */
static void empty_block_at_end(void) {
  cosdim_heap heap = {.grow = grow_large, .start = large, .end = large};
  void *data = cosdim_allocate(&heap, 0);
  CHECK(data == heap.end && cosdim_holds(&heap, data, 0) && !cosdim_holds(&heap, data, 1), "an empty block");
  cosdim_free(&heap, data);
  CHECK(heap.used == 0, "an empty block leaves %zu bytes", heap.used);
}

/* Every other one of many blocks is freed, in any order. Without the sanitizers this takes a few milliseconds. */
static void many_blocks(void) {
  static unsigned char *of[MANY];
  for (int order = 0; order < 3; order++) {
    cosdim_heap heap = {.start = large, .end = large, .grow = grow_large};
    for (int i = 0; i < MANY; i++) of[i] = cosdim_allocate(&heap, 16);
    clock_t start = clock();
    for (int i = 0; i < MANY; i += 2) {
      int j = order == 0 ? i : order == 1 ? MANY - 2 - i : (int)((int64_t)i * 7919 % MANY);
      cosdim_free(&heap, of[j]);
    }
    unsigned char *first = of[0];
    of[0] = cosdim_allocate(&heap, 16);
    double ms = (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC;
    CHECK(ms < 500, "freeing takes %g ms in order %d", ms, order);
    CHECK(of[0] == first, "the first free block is not used in order %d", order);
    cosdim_free(&heap, of[0]);
    for (int i = 1; i < MANY; i += 2) cosdim_free(&heap, of[i]);
    CHECK(heap.used == 0, "%zu bytes are lost in order %d", heap.used, order);
    CHECK(cosdim_allocate(&heap, (size_t)(heap.end - large) - 64), "blocks are not joined in order %d", order);
  }
}

void test_heap(void) {
  cosdim_heap heap = {.start = region, .end = region, .grow = grow_region};
  foreign_pointers(&heap);
  many_blocks();
  empty_block_at_end();
  block blocks[BLOCKS] = {{NULL, 0}};
  int refused = 0;
  for (int step = 0; step < rounds(200000); step++) {
    int i = below(BLOCKS);
    if (blocks[i].data)
      free_block(&heap, &blocks[i], i, step);
    else
      refused += !allocate_block(&heap, &blocks[i], i, step);
  }
  CHECK(refused > 0, "the region had room for everything, so running out was not tested");
  for (int i = 0; i < BLOCKS; i++) cosdim_free(&heap, blocks[i].data);
  CHECK(heap.used == 0, "%zu bytes are lost", heap.used);

  /* Everything is one block again, so that the largest possible fits. */
  void *all = cosdim_allocate(&heap, REGION - 64);
  CHECK(all != NULL, "free blocks are not joined");
  CHECK(!cosdim_allocate(&heap, 64) && !cosdim_allocate(&heap, SIZE_MAX), "more than the region holds");
  unsigned char *end = heap.end;
  cosdim_free(&heap, all);
  for (int i = 0; i < rounds(1000000); i++) cosdim_free(&heap, cosdim_allocate(&heap, (size_t)below(4096)));
  CHECK(heap.end == end && heap.used == 0, "a million blocks leave %zu bytes", heap.used);
}
