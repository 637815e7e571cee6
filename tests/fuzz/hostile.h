/* Arguments that a host could pass to the module's exports by mistake, and the blocks that show what they did. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "module.h"

enum { BLOCKS = 6, MOST_BYTES = 6000 };

/* Memory of the module that calls are given. Others never write to a block that was not passed to a call. */
static struct {
  unsigned char *data;
  size_t bytes;
  int is_written;
} blocks[BLOCKS];

/* What calls may read: vectors of a pair, and parts to merge. */
static _Alignas(16) unsigned char source[16384];

static void free_block(int i) {
  for (size_t byte = 0; byte < blocks[i].bytes && !blocks[i].is_written; byte++)
    if (blocks[i].data[byte] != 0xa0 + i) abort();
  release(blocks[i].data);
  blocks[i].data = NULL;
}

static int make_block(int i, double bytes) {
  unsigned char *data = allocate(bytes);
  if (!data) return 0;
  blocks[i].data = data, blocks[i].bytes = (size_t)bytes, blocks[i].is_written = 0;
  memset(data, 0xa0 + i, (size_t)bytes);
  return 1;
}

static int take_int(input *in) {
  static const int numbers[] = {INT32_MAX, INT32_MIN, -1, 65, 64, 4096, LONGEST_PAIR, LONGEST_PAIR + 1, 1 << 20};
  int how = take(in);
  return how < 200 ? how % 12 : how < 230 ? take_below(in, 400) : numbers[how % 9];
}

static double take_double(input *in) {
  static const double numbers[] = {0x1p31, 0x1p32, 0x1p53, 0x1p62, 0.5, -0.5, -1, 1e-8, 1e300, -1e300, NAN};
  int how = take(in);
  return how < 200 ? how % 12 : how < 230 ? take_int(in) : numbers[how % 11];
}

static int take_dtype(input *in) {
  int how = take(in);
  return how < 220 ? how % 12 : how < 240 ? COSDIM_KEEP_DTYPE : take_int(in);
}

/* An address, mostly of a block, which then is one that may be written to. */
static unsigned char *take_address(input *in) {
  int how = take(in), i = how % BLOCKS;
  unsigned char *data = blocks[i].data;
  void *const others[] = {NULL, source, scratch, &module_walk, data ? data + 16 : NULL, heap.end};
  if (how >= 200) data = others[how % 6];
  for (i = 0; i < BLOCKS; i++) blocks[i].is_written |= blocks[i].data == data;
  return data;
}

/* Any sums may be merged whose exponents are some that the core gives. */
static void limit_exponents(unsigned char *memory, size_t bytes) {
  for (size_t end = sizeof(cosdim_sums); end <= bytes; end += sizeof(cosdim_sums)) {
    cosdim_sums *sums = (cosdim_sums *)(void *)(memory + end) - 1;
    sums->exponent1 %= 2000, sums->exponent2 %= 2000;
  }
}

static cosdim_sums *take_sums(input *in) {
  unsigned char *address = take_address(in);
  for (int i = 0; i < BLOCKS; i++)
    if (address && address == blocks[i].data) limit_exponents(address, (blocks[i].bytes + 15) & ~(size_t)15);
  return (cosdim_sums *)(void *)address;
}

static void make_source(input *in) {
  for (size_t byte = 0; byte < sizeof source; byte += 64) source[byte] = (unsigned char)take(in);
  limit_exponents(source, sizeof source);
}

#endif
