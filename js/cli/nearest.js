/** What a mistyped word was meant to be. */

/**
 * The word that takes the fewest changes, each of one letter, unless they are many.
 * @param {string} typed
 * @param {string[]} words
 */
export function nearest(typed, words) {
  const ranked = words.map((word) => ({ word, changes: changesBetween(typed.toLowerCase(), word) }))
  const [{ word, changes }] = ranked.sort((one, other) => one.changes - other.changes)
  return changes <= Math.max(1, word.length / 3) ? word : undefined
}

/**
 * Levenshtein's distance.
 * @param {string} a
 * @param {string} b
 */
function changesBetween(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + Number(letter !== b[j])))
    row = next
  }
  return row[b.length]
}
