/** A cube in which two partners meet, and the plate into which the cubes of a lane are pressed. */

import { laneCell } from '../collapse/lanes.js'
import { additionAt, ease } from '../collapse/layout.js'
import { box, hatch } from '../collapse/marks.js'
import { svg } from '../dom.js'
import { AXES, isSeen } from './camera.js'
import { pairFace, place } from './faces.js'
import { THICK } from './layout.js'

/** Not by `visibility`, which what is inside would override. */
const show = (node, isShown) => node.setAttribute('display', isShown ? 'inline' : 'none')

/**
 * @param {import('../../model/collapse.js').Pair} pair
 * @param {{ lane: import('../../model/collapse.js').Lane, place: number }} where
 * @param {import('./layout.js').Layout} layout
 */
export function cube(pair, where, layout) {
  const root = svg('g')
  /** @type {(ReturnType<typeof pairFace> | undefined)[]} */
  const faces = AXES.map(() => undefined)

  function made(axis) {
    const face = pairFace(pair, where, layout, axis)
    root.append(face.root)
    faces[axis] = face
    return face
  }

  return {
    root,
    draw(at, scene) {
      const isThere = additionAt(at.add).merged < 0.7
      show(root, isThere)
      if (!isThere) return
      const own = { middle: scene.middleOf(pair.index), size: scene.size }
      for (const face of scene.view.faces) {
        const { axis } = face
        const isShown = isSeen(face) && isOpen(pair.index[axis], face, layout.common)
        const drawn = faces[axis] ?? (isShown && made(axis))
        if (drawn) show(drawn.root, isShown)
        if (drawn && isShown) drawn.draw(at, scene, face, own, isFront(pair.index[axis], face, layout.common))
      }
    },
  }
}

/** Whether this side is on the outside of the block. */
const isFront = (i, { axis, near }, common) => i === (near > 0 ? common[axis] - 1 : 0)

/** Whether no other cube touches this side. There is room between the layers. */
const isOpen = (i, face, common) => face.axis === 0 || isFront(i, face, common)

/**
 * @param {import('../../model/collapse.js').Lane} lane
 * @param {import('./layout.js').Layout} layout
 */
export function plate(lane, layout) {
  const { axis, gap, side } = layout
  const front = laneCell(lane, gap, gap, layout)
  const seam = box('seam')
  const surface = svg('g', {}, seam.node, ...front.shapes, ...front.texts)
  const others = AXES.filter((each) => each !== axis).map((each) => plateSide(each, gap))
  const root = svg('g', {}, surface, ...others.map(({ root }) => root))
  const size = AXES.map((each) => (each === axis ? THICK : 1))
  const first = [...lane.index]
  first.splice(axis, 0, 0)

  return {
    root,
    draw(at, scene) {
      const isThere = additionAt(at.add).merged > 0.25
      show(root, isThere)
      if (!isThere) return
      const middle = scene.middleOf(first).map((one, each) => (each === axis ? 0 : one))
      const own = { middle, size }
      const { faces } = scene.view
      show(surface, isSeen(faces[axis]))
      place(surface, faces[axis], own, scene)
      seam.put(0, 0, side, side)
      front.draw(at)
      for (const other of others) other.draw(faces[other.axis], own, scene, ease(at.cosine))
    },
  }
}

/** A narrow side of a plate, which turns solid with its front. */
function plateSide(axis, gap) {
  const [seam, whole, solid] = [box('seam'), box('mix', hatch('mix', axis)), box(`result shaded-${axis}`)]
  const root = svg('g', {}, seam.node, whole.node, solid.node)
  return {
    axis,
    root,
    draw(face, own, scene, solidity) {
      show(root, isSeen(face))
      if (!isSeen(face)) return
      const [width, height] = place(root, face, own, scene)
      seam.put(0, 0, width, height)
      whole.put(gap, gap, width - 2 * gap, height - 2 * gap)
      solid.put(gap, gap, width - 2 * gap, height - 2 * gap, solidity)
    },
  }
}
