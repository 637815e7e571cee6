/**
 * The press in space: one drawing of one dim of three axes. `draw(t, turn)` depends on nothing else, so it can be played,
 * turned, stopped and printed.
 */

import { additionAt, ease, mix } from '../collapse/layout.js'
import { progressAt } from '../collapse/stages.js'
import { svg } from '../dom.js'
import { AXES } from './camera.js'
import { cube, plate } from './cube.js'
import { axisNames, jaws, operandNames, outline } from './frame.js'
import { layoutOf, measures, TURN, viewAt } from './layout.js'
import { vectors } from './vectors.js'

/**
 * How the block is seen at a moment.
 * @typedef {ReturnType<typeof sceneAt>} Scene
 */

/**
 * @param {import('../../model/collapse.js').Collapse} collapse
 * @param {import('../collapse/layout.js').Room} room
 * @param {(axis: number) => string} nameOf
 */
export function block(collapse, room, nameOf) {
  const layout = layoutOf(collapse, room)
  const lanes = collapse.lanes.map((lane) => ({
    index: lane.index,
    plate: plate(lane, layout),
    cubes: lane.pairs.map((pair, place) => cube(pair, { lane, place }, layout)),
  }))
  const press = jaws(layout)
  const others = [outline(layout), vectors(layout, lanes), operandNames(layout), axisNames(layout, nameOf)]
  const cells = svg('g')
  const root = svg(
    'svg',
    {
      class: 'press block',
      'aria-hidden': 'true',
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
    },
    ...others[0].nodes,
    press.far,
    cells,
    press.near,
    ...others.slice(1).flatMap(({ nodes }) => nodes),
  )
  const parts = [...others, press, ...lanes.flatMap(({ plate, cubes }) => [plate, ...cubes])]
  let order = ''

  /** While A and B slide into each other, layer by layer; later lane by lane. */
  function sort(near, isSliding) {
    const { axis } = layout
    const axes = isSliding ? AXES : [...AXES.filter((each) => each !== axis), axis]
    if (order !== `${near};${axes}`) cells.replaceChildren(...farToNear(lanes, near, axes, axis))
    order = `${near};${axes}`
  }

  return {
    root,
    draw(t, turn = TURN) {
      const at = progressAt(t)
      const scene = sceneAt(layout, at, turn)
      sort(scene.view.near, at.pair < 1)
      for (const part of parts) part.draw(at, scene)
    },
  }
}

function sceneAt(layout, at, turn) {
  const moved = ease(at.pair)
  const side = mix(layout.small, layout.side, moved)
  const view = viewAt(layout, turn, at.add)
  return {
    view,
    side,
    center: [layout.center[0], layout.center[1] - moved * layout.lift],
    /** How far A is to the left of the middle, and B to the right, in pixels. */
    apart: (1 - moved) * layout.apart * layout.small,
    /** The vertical sides that face the reader more have the numbers. The view turns later, so they stay. */
    numbersAcross: Math.abs(Math.cos((turn * Math.PI) / 180)) < Math.SQRT1_2 ? 2 : 0,
    ...measures(layout, additionAt(at.add).squeezed),
  }
}

/** What is nearer covers what is farther. */
function farToNear(lanes, near, axes, axis) {
  const things = lanes.flatMap(({ index, plate, cubes }) =>
    [plate, ...cubes].map(({ root }, i) => {
      const place = [...index]
      // The cubes of a lane cover the plate that they become.
      place.splice(axis, 0, i ? i - 1 : -near[axis] * Infinity)
      return { root, place }
    }),
  )
  const difference = (one, other) => {
    const deciding = axes.find((each) => one.place[each] !== other.place[each])
    return deciding === undefined ? 0 : (one.place[deciding] - other.place[deciding]) * near[deciding]
  }
  return things.sort(difference).map(({ root }) => root)
}
