/** An orthographic view of three axes: axis 0 goes away from the reader, axis 1 down, axis 2 to the right. */

export const AXES = [0, 1, 2]

/* A face seen more from the side than this is not drawn. */
const LEAST_AREA = 0.03

/**
 * @typedef {object} Face one of the three sides of a box that are seen
 * @property {number} axis that it lies across
 * @property {number} near 1 if it is at the end of its axis, −1 if at the start
 * @property {[number, number]} right the axis that runs to the right on it, and whether forwards, 1, or backwards, −1
 * @property {[number, number]} down
 * @property {[number, number, number, number]} linear how its own pixels are seen: the first four numbers of an SVG matrix
 * @property {number} area of one square pixel, as seen
 */

/**
 * @param {number} yaw how far the block is turned, in radians: the larger, the more of its right side is seen
 * @param {number} pitch how far from above it is seen
 */
export function viewOf(yaw, pitch) {
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)]
  // Of each axis: how far to the right it goes, how far down, and how far away.
  const units = [
    [sinYaw, -cosYaw * sinPitch, cosYaw * cosPitch],
    [0, cosPitch, sinPitch],
    [cosYaw, sinYaw * sinPitch, -sinYaw * cosPitch],
  ]
  /** The direction in which each axis comes nearer. */
  const near = units.map(([, , away]) => (away > 0 ? -1 : 1))
  return {
    near,
    faces: AXES.map((axis) => faceOf(axis, units, near)),
    /** Where a point is seen, in the units of the block. */
    seen: (point) => [0, 1].map((part) => AXES.reduce((sum, axis) => sum + point[axis] * units[axis][part], 0)),
    /** How high a block of a size is, as seen. */
    heightOf: (size) => AXES.reduce((sum, axis) => sum + Math.abs(size[axis] * units[axis][1]), 0),
  }
}

/** @typedef {ReturnType<typeof viewOf>} View */

/** @returns {Face} */
function faceOf(axis, units, near) {
  const [one, other] = AXES.filter((each) => each !== axis)
  const isOneRight = Math.abs(units[one][0]) > Math.abs(units[other][0])
  const [across, along] = isOneRight ? [one, other] : [other, one]
  const right = /** @type {[number, number]} */ ([across, Math.sign(units[across][0]) || 1])
  const down = /** @type {[number, number]} */ ([along, Math.sign(units[along][1]) || 1])
  const linear = /** @type {Face['linear']} */ (
    [right, down].flatMap(([each, way]) => [units[each][0] * way, units[each][1] * way])
  )
  return { axis, near: near[axis], right, down, linear, area: linear[0] * linear[3] - linear[1] * linear[2] }
}

export const isSeen = ({ area }) => area > LEAST_AREA

/** Where a point of the screen is on a face: the inverse of its `linear`. */
export function onFace({ linear: [a, b, c, d], area }, x, y) {
  return [(d * x - c * y) / area, (a * y - b * x) / area]
}
