/* Blocks of random sizes, freed in random order: each keeps its bytes, none overlaps another, none is lost. */
#include "heap.h"

#include "check.h"
#include "tests.h"

#include <string.h>

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

void test_heap(void) {
  cosdim_heap heap = {.end = region, .grow = grow_region};
  block blocks[BLOCKS] = {{NULL, 0}};
  int refused = 0;
  for (int step = 0; step < 200000; step++) {
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
  for (int i = 0; i < 1000000; i++) cosdim_free(&heap, cosdim_allocate(&heap, (size_t)below(4096)));
  CHECK(heap.end == end && heap.used == 0, "a million blocks leave %zu bytes", heap.used);
}
