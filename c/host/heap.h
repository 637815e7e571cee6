/*
 * Memory for what outlives a call (resident tensors, the state of sliced work): a free list over a region that grows
 * upwards and never moves. Blocks are aligned to 16 bytes.
 */
#ifndef COSDIM_HEAP_H
#define COSDIM_HEAP_H

#include <stddef.h>

typedef struct cosdim_block cosdim_block;

/* To begin, set `start` and `end` to the region's start, aligned to 16 bytes, and `grow`; zero the rest. */
typedef struct {
  unsigned char *start, *end;
  size_t used;         /* bytes in allocated blocks, headers included */
  cosdim_block *free;  /* in the order of their addresses */
  cosdim_block *freed; /* since the last allocation, in any order */
  size_t freed_blocks;
  /* Adds at least `bytes` bytes at `end`. Returns how many, a multiple of 16, or 0 when there are no more. */
  size_t (*grow)(unsigned char *end, size_t bytes);
} cosdim_heap;

/* NULL when the region cannot grow. */
void *cosdim_allocate(cosdim_heap *heap, size_t bytes);

/* Frees a block. NULL, and whatever else is no allocated block, is ignored. */
void cosdim_free(cosdim_heap *heap, void *data);

/* Whether `data` is an allocated block of at least `bytes` bytes. */
int cosdim_holds(const cosdim_heap *heap, const void *data, double bytes);

#endif
