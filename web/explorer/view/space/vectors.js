/** The outlines of the vectors that are compared, on the three sides of the block that are seen. */

import { additionAt } from '../collapse/layout.js'
import { box } from '../collapse/marks.js'
import { within } from '../collapse/stages.js'
import { svg } from '../dom.js'
import { AXES, isSeen } from './camera.js'
import { place } from './faces.js'

/* From the edge of a cell to the middle of an outline, in pixels. */
const INSET = 1.5

/**
 * From when partners meet until they are one sum.
 * @param {import('./layout.js').Layout} layout
 * @param {{ index: number[] }[]} lanes
 */
export function vectors({ axis, common }, lanes) {
  const all = AXES.flatMap((across) =>
    lanes.map(({ index }) => {
      const [first, last] = [0, common[axis] - 1].map((end) => [...index.slice(0, axis), end, ...index.slice(axis)])
      const frame = box('vector', { rx: 3 })
      return { across, first, last, frame, root: svg('g', {}, frame.node) }
    }),
  )
  return {
    nodes: all.map(({ root }) => root),
    draw({ pair, add }, scene) {
      const seen = within(pair, 0.6, 1) * (1 - within(additionAt(add).merged, 0, 0.4))
      for (const { across, first, last, frame, root } of all) {
        const face = scene.view.faces[across]
        const isOuter = across === axis || first[across] === (face.near > 0 ? common[across] - 1 : 0)
        const opacity = isOuter && isSeen(face) ? seen : 0
        const [from, to] = [first, last].map(scene.middleOf)
        const middle = from.map((one, each) => (one + to[each]) / 2)
        const size = scene.size.map((one, each) => one + to[each] - from[each])
        const [width, height] = opacity ? place(root, face, { middle, size }, scene) : [0, 0]
        frame.put(INSET, INSET, width - 2 * INSET, height - 2 * INSET, opacity)
      }
    },
  }
}
