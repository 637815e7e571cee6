/** The faces of a cube that are seen. Each is drawn flat, in pixels of its own, and then seen as the block is turned. */

import { pairFill, pairTexts, SIDES } from '../collapse/cells.js'
import { box } from '../collapse/marks.js'
import { within } from '../collapse/stages.js'
import { svg } from '../dom.js'
import { onFace } from './camera.js'

/**
 * Puts a face of a box where it is seen, and returns its width and height.
 * @param {SVGElement} node
 * @param {import('./camera.js').Face} face
 * @param {{ middle: number[], size: number[] }} box in units
 * @param {import('./block.js').Scene} scene
 */
export function place(node, { axis, near, right, down, linear }, { middle, size }, { view, center, side }) {
  const start = [...middle]
  start[axis] += (near * size[axis]) / 2
  for (const [each, way] of [right, down]) start[each] -= (way * size[each]) / 2
  const at = view.seen(start).map((one, i) => center[i] + one * side)
  node.setAttribute(
    'transform',
    `matrix(${[...linear.map((one) => one.toFixed(4)), ...at.map((one) => one.toFixed(2))].join(' ')})`,
  )
  return [size[right[0]] * side, size[down[0]] * side]
}

/**
 * One face of the cube in which two partners meet.
 * @param {import('../../model/collapse.js').Pair} pair
 * @param {{ lane: import('../../model/collapse.js').Lane, place: number }} where
 * @param {import('./layout.js').Layout} layout
 * @param {number} axis across which the face lies
 */
export function pairFace(pair, { lane, place: own }, layout, axis) {
  // The halves are opaque: what is behind them is hidden.
  const blanks = SIDES.map(() => box('blank'))
  const fill = pairFill(pair, axis)
  const figures = svg('g')
  const root = svg('g', {}, ...blanks.map(({ node }) => node), ...fill.nodes, figures)
  /** @type {ReturnType<typeof pairTexts> | undefined} */
  let texts
  let madeFor = ''

  /** The numbers, for the way the face is turned. */
  function textsOn({ right, down }) {
    if (madeFor === `${right}`) return texts
    madeFor = `${right}`
    const [along, way] = [right, down].find(([each]) => each === layout.axis) ?? [undefined, 1]
    const seen = way < 0 ? lane.pairs.length - 1 - own : own
    texts = pairTexts(pair, { lane, place: along === undefined ? 0 : seen, isDown: along === down[0] }, layout)
    figures.replaceChildren(...texts.nodes)
    return texts
  }

  return {
    root,
    /** Only faces in front have numbers. Behind them, a number would be cut off. */
    draw(at, scene, face, cube, isFront) {
      const [width, height] = place(root, face, cube, scene)
      const { gap } = layout
      const inner = { x: gap, y: gap, width: width - 2 * gap, height: height - 2 * gap }
      const places = SIDES.map((side) => {
        const [x, y] = at.pair < 1 ? onFace(face, (side ? 1 : -1) * scene.apart, 0) : [0, 0]
        return { ...inner, x: gap + x, y: gap + y }
      })
      const missing = 1 - within(at.pair, 0.7, 1)
      blanks.forEach((blank, side) => {
        blank.put(places[side].x - gap, places[side].y - gap, width, height, side ? missing : 1)
        blank.node.setAttribute('stroke-opacity', missing.toFixed(2))
      })
      fill.draw(at, inner, places)
      const hasTexts = isFront && axis === scene.numbersAcross
      figures.setAttribute('display', hasTexts ? 'inline' : 'none')
      if (hasTexts) textsOn(face)?.draw(at, inner, places)
    },
  }
}
