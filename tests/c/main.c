/*
 * The native tests of the core, built with the sanitizers: build/native/test-c runs all of them, build/native/test-c
 * views halves two. Each subject starts from the same random numbers. For valgrind, --memory runs a fiftieth of the
 * random tests, and judges no numbers: valgrind computes long double as double.
 */
#include "check.h"
#include "tests.h"

#include <stdio.h>
#include <string.h>

static const struct {
  const char *name;
  void (*run)(void);
} subjects[] = {
    {"heap", test_heap},
    {"arguments", test_arguments},
    {"halves", test_halves},
    {"conversion", test_conversion},
    {"copies", test_copies},
    {"similarity", test_similarity},
    {"slices", test_slices},
    {"topk", test_topk},
    {"operations", test_operations},
    {"kernels", test_kernels},
    {"short_vectors", test_short_vectors},
    {"nonfinite", test_nonfinite},
    {"pair", test_pair},
    {"selves", test_selves},
    {"integers", test_integers},
    {"magnitudes", test_magnitudes},
    {"merging", test_merging},
    {"views", test_views},
    {"refusals", test_refusals},
};

enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static int find_subject(const char *name) {
  for (int i = 0; i < SUBJECTS; i++)
    if (!strcmp(subjects[i].name, name)) return i;
  return -1;
}

static void run_subject(int i) {
  int passed = checks_passed, failed = checks_failed;
  seed_random();
  subjects[i].run();
  printf("%-14s %8d passed, %d failed\n", subjects[i].name, checks_passed - passed, checks_failed - failed);
}

int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[1], "--memory")) few_rounds = 1, argc--, argv++;
  for (int i = 0; argc < 2 && i < SUBJECTS; i++) run_subject(i);
  for (int k = 1; k < argc; k++) {
    int i = find_subject(argv[k]);
    if (i < 0) {
      fprintf(stderr, "no subject is called %s\n", argv[k]);
      return 2;
    }
    run_subject(i);
  }
  return checks_failed != 0 && !few_rounds;
}
