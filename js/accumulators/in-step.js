/** Two streams of slices along dim 0. */

/**
 * Pairs of slices with equally many rows: a slice is cut where the other stream's ends. The next one is asked for when it is
 * used up. RangeError if one stream has more rows.
 * @template T
 * @param {string[]} names for the error
 * @param {AsyncIterator<T>[]} iterators
 * @param {(slice: T) => number} rowsOf
 * @param {(slice: T, start: number, end: number) => T} cut
 * @returns {AsyncGenerator<[T, T], void, undefined>}
 */
export async function* inStep(names, iterators, rowsOf, cut) {
  /** @type {(T | undefined)[]} what each stream has given that is not used up */
  let left = []
  let done = 0
  try {
    for (;;) {
      for (const i of [0, 1]) left[i] ??= (await iterators[i].next()).value
      const [one, other] = left
      if (!one && !other) return
      if (one && other) {
        const rows = Math.min(rowsOf(one), rowsOf(other))
        yield [cut(one, 0, rows), cut(other, 0, rows)]
        done += rows
        left = [one, other].map((slice) => (rowsOf(slice) > rows ? cut(slice, rows, rowsOf(slice)) : undefined))
      } else {
        const [first, second] = one ? [names[1], names[0]] : names
        if (rowsOf(/** @type {T} */ (one ?? other)) > 0)
          throw new RangeError(`${first} has ${done} rows, and ${second} has more. Both need the same number.`)
        left = []
      }
    }
  } finally {
    // Not awaited: a source that hangs must not hold up an error.
    for (const iterator of iterators) iterator.return?.().catch(() => {})
  }
}
