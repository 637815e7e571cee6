/*
 * Memory for what outlives a call (resident tensors, the state of long work): a free list over a region that grows
 * upwards and is never moved. Blocks are aligned to 16 bytes.
 */
#ifndef COSDIM_HEAP_H
#define COSDIM_HEAP_H

#include <stddef.h>

typedef struct cosdim_block cosdim_block;

/* Starts with `end` where the region is to begin, aligned to 16 bytes, and `grow`; the rest zero. */
typedef struct {
  unsigned char *end;
  size_t used;        /* bytes in blocks that are allocated, what the heap notes of them included */
  cosdim_block *free; /* the others, by their address */
  /* Makes room for at least so many bytes at `end`; says how many, a multiple of 16, or 0 when there are none. */
  size_t (*grow)(unsigned char *end, size_t bytes);
} cosdim_heap;

/* NULL when the region cannot grow. */
void *cosdim_allocate(cosdim_heap *heap, size_t bytes);

/* Takes back what cosdim_allocate gave; NULL is nothing. */
void cosdim_free(cosdim_heap *heap, void *data);

#endif
