/* The native tests, each a subject in a file of its own. */
#ifndef TESTS_H
#define TESTS_H

void test_heap(void);
void test_arguments(void);
void test_halves(void);
void test_conversion(void);
void test_copies(void);
void test_similarity(void);
void test_slices(void);
void test_topk(void);
void test_operations(void);
void test_kernels(void);
void test_short_vectors(void);
void test_nonfinite(void);
void test_pair(void);
void test_selves(void);
void test_integers(void);
void test_magnitudes(void);
void test_merging(void);
void test_views(void);
void test_refusals(void);

#endif
