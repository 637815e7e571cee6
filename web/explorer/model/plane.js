/**
 * Where a lane's two vectors are drawn. A lane of length 2 is drawn at its own coordinates. Any other is drawn in the
 * plane that its vectors span, with the lengths and the angle that explain gives. None of these coordinates is shown as
 * a number.
 */

/** @typedef {[number, number]} Point x to the right, y up */

/** Whether the lanes of a view are drawn at their own coordinates. */
export const isExactIn = ({ axis, common }) => common[axis] === 2

/**
 * A vector with nan or inf in it has no end that could be drawn, and gets no arrow.
 * @returns {{ isExact: boolean, a: Point, b: Point }}
 */
export function arrowsOf(working, isExact) {
  const { norm1, norm2, angle } = working
  const [a, b] = isExact
    ? ['x1', 'x2'].map((key) => working.terms.map((term) => term[key]))
    : [[norm1, 0], turned(norm2, Number.isNaN(angle) ? 0 : angle)]
  return { isExact, a: drawable(a), b: drawable(b) }
}

const drawable = (point) => (point.every(Number.isFinite) ? point : [0, 0])

/**
 * The point at a given distance and angle.
 * @returns {Point}
 */
export const turned = (length, angle) => [length * Math.cos(angle), length * Math.sin(angle)]
export const direction = ([x, y]) => Math.atan2(y, x)

/** The next round number that is at least the value: 1, 2 or 5 times a power of ten. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power
}

/**
 * The area that all of a panel's pictures show, so that their arrows can be compared. It is given by its lower left
 * corner, in the vectors' units. `step` is how far a key moves a tip.
 * @typedef {{ left: number, bottom: number, width: number, height: number, grid: number, step: number }} Frame
 */

/**
 * @param {ReturnType<typeof arrowsOf>[]} pictures
 * @returns {Frame}
 */
export function frameOf(pictures) {
  const points = [[0, 0], ...pictures.flatMap(({ a, b }) => [a, b])]
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]))
  const size = Math.max(...xs.map(Math.abs), ...ys.map(Math.abs)) || 1
  const isExact = pictures.every((picture) => picture.isExact)
  // Tips that can be dragged need room around the origin.
  const [before, after] = isExact ? [0.3 * size, 0.2 * size] : [0.15 * size, 0.15 * size]
  const [left, bottom] = [xs, ys].map((all) => Math.min(...all) - before)
  const [width, height] = [Math.max(...xs) + after - left, Math.max(...ys) + after - bottom]
  const side = Math.max(width, height)
  return {
    left,
    bottom,
    width: side,
    height: isExact ? side : height,
    grid: roundUp(size / 5),
    step: roundUp(size / 20),
  }
}
