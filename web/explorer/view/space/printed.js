/** The size of type in which all printed results keep their lines. */

/* The width of a monospaced letter, as a part of its height. */
const LETTER = 0.61
/* The largest size, and below a block, in rem, and the smallest, in pixels. */
const LARGEST = 1.0625
const BELOW = 0.875
const SMALLEST = 10

export const linesOf = (/** @type {string} */ printed) => printed.split('\n')

/** How many lines a result takes in the largest size, where long ones are broken. */
export const brokenLines = (/** @type {string} */ printed, /** @type {number} */ width, /** @type {number} */ rem) =>
  linesOf(printed).reduce((sum, { length }) => sum + Math.ceil((length * LETTER * LARGEST * rem) / width), 0)

/**
 * @param {{ printed: string }[]} collapses
 * @param {{ width: number, rem: number, aside?: number, print?: number }} room that each has, or the column `aside`
 */
export function sizeOfPrinted(collapses, { width, rem, aside = width, print = BELOW }) {
  const longest = Math.max(...collapses.flatMap(({ printed }) => linesOf(printed).map(({ length }) => length)))
  return Math.max(SMALLEST, Math.min(print * rem, aside / (longest * LETTER)))
}
