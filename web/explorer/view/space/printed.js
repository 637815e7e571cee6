/** The size of type in which all printed results keep their lines. */

/* The width of a monospaced letter, as a part of its height. */
const LETTER = 0.61
/* The largest size, in rem, and the smallest, in pixels. */
const LARGEST = 1.0625
const SMALLEST = 10

/**
 * @param {{ printed: string }[]} collapses
 * @param {{ width: number, rem: number }} room that each has
 */
export function sizeOfPrinted(collapses, { width, rem }) {
  const longest = Math.max(...collapses.flatMap(({ printed }) => printed.split('\n').map(({ length }) => length)))
  return Math.max(SMALLEST, Math.min(LARGEST * rem, width / (longest * LETTER)))
}
