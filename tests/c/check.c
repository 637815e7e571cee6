#include "check.h"

#include <stdarg.h>
#include <stdio.h>

int checks_passed, checks_failed;

/* Failures printed in full; the rest are only counted. */
enum { MOST_REPORTS = 100 };

void report_failure(const char *file, int line, const char *condition, const char *format, ...) {
  if (checks_failed++ >= MOST_REPORTS) return;
  printf("%s:%d: failed: %s: ", file, line, condition);
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  printf("\n");
}

int few_rounds;

int rounds(int n) {
  return few_rounds ? n / 50 : n;
}

static uint64_t state;

void seed_random(void) {
  state = 88172645463325252u;
}

/* xorshift64 */
static uint64_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

int below(int n) {
  return (int)(next_random() % (uint64_t)n);
}

double uniform(void) {
  return (double)(next_random() >> 11) * 0x1p-53;
}
