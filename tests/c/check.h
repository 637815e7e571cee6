/* What the native tests share: checks that are counted, and random numbers that are the same on every machine. */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>

/* Counts a check. If it fails, prints the text that follows the condition. */
#define CHECK(condition, ...)                                      \
  do {                                                             \
    if (condition)                                                 \
      checks_passed++;                                             \
    else                                                           \
      report_failure(__FILE__, __LINE__, #condition, __VA_ARGS__); \
  } while (0)

extern int checks_passed, checks_failed;

__attribute__((format(printf, 4, 5))) void report_failure(const char *file, int line, const char *condition,
                                                          const char *format, ...);

/* Restarts the random numbers, so that no test depends on those before it. */
void seed_random(void);

/* How many times a test with random numbers is run: n times, or a fiftieth of that under valgrind. */
extern int few_rounds;
int rounds(int n);

int below(int n);
double uniform(void); /* in [0, 1) */

#endif
