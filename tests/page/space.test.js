/** The view in space: what is seen is a rotation, texts can be read from all sides, and the plates turn towards the reader. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AXES, isSeen, onFace, viewOf } from '../../web/explorer/view/space/camera.js'
import { LEAST, layoutOf, MOST, measures, THICK, TURN, viewAt } from '../../web/explorer/view/space/layout.js'

const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-9, `${one} is not ${other}`)
const unit = (axis) => AXES.map((each) => Number(each === axis))
const views = fc
  .record({ yaw: fc.double({ min: -7, max: 7, noNaN: true }), pitch: fc.double({ min: 0.2, max: 1, noNaN: true }) })
  .map(({ yaw, pitch }) => viewOf(yaw, pitch))

test('the view is a rotation, seen from far away', () =>
  fc.assert(
    fc.property(views, ({ seen }) => {
      // Of three directions at right angles, what goes right and what goes down are at right angles, too.
      const [right, down] = [0, 1].map((part) => AXES.map((axis) => seen(unit(axis))[part]))
      const dot = (one, other) => one.reduce((sum, x, i) => sum + x * other[i], 0)
      near(dot(right, right), 1)
      near(dot(down, down), 1)
      near(dot(right, down), 0)
    }),
  ))

test('from every side, three faces at most are seen, and what is written on them runs to the right and down', () =>
  fc.assert(
    fc.property(views, (view) => {
      for (const face of view.faces.filter(isSeen)) {
        const [right, , , down] = face.linear
        assert.ok(right > 0 && down > 0)
        // The end of the axis at which the face is, is on the face's side of the middle: nearer than the other end.
        assert.equal(face.near, view.near[face.axis])
        const [x, y] = onFace(face, 3, -2)
        near(face.linear[0] * x + face.linear[2] * y, 3)
        near(face.linear[1] * x + face.linear[3] * y, -2)
      }
      // From above, the upper face, and at least one upright one.
      assert.ok(isSeen(view.faces[1]) && view.faces[1].near === -1)
      assert.ok([0, 2].some((axis) => isSeen(view.faces[axis])))
    }),
  ))

test('areas of a unit cube’s faces as seen add up to its shadow’s, a hexagon between 1 and √3', () =>
  fc.assert(
    fc.property(views, ({ faces }) => {
      const shadow = faces.reduce((sum, { area }) => sum + area, 0)
      assert.ok(shadow > 1 - 1e-9 && shadow < Math.sqrt(3) + 1e-9)
      near(Math.hypot(...faces.map(({ area }) => area)), 1)
    }),
  ))

const ROOM = { width: 346, height: 360, rem: 16, character: 0.58 }

test('the axis goes from its length to one plate, and the others stay', () => {
  for (const axis of AXES) {
    const layout = layoutOf({ common: [2, 3, 4], axis }, ROOM)
    const [before, after] = [measures(layout, 0), measures(layout, 1)]
    near(after.spans[axis], THICK)
    for (const other of AXES.filter((each) => each !== axis)) near(after.spans[other], before.spans[other])
    for (const { spans, size, middleOf } of [before, after]) {
      // From the first cell's outer side to the last one's.
      const ends = [0, [2, 3, 4][axis] - 1].map(
        (i) => middleOf([0, 0, 0].map((_, each) => (each === axis ? i : 0)))[axis],
      )
      near(ends[1] - ends[0] + size[axis], spans[axis])
    }
  }
})

test('the view turns by no more than 24°, and what the reader needs to read is seen better', () => {
  for (const axis of AXES)
    for (let turn = LEAST; turn <= MOST; turn += 5) {
      const [before, after] = [0, 1].map((add) => viewAt({ axis }, turn, add).faces[axis].area)
      assert.ok(after > before - 0.05, `axis ${axis} at ${turn}°: ${before}, ${after}`)
      if (turn === TURN) assert.ok(after > 0.7, `axis ${axis}: ${after}`)
    }
  const yawOf = ({ seen }) => Math.atan2(seen(unit(0))[0], seen(unit(2))[0])
  for (const axis of AXES)
    for (let turn = LEAST; turn <= MOST; turn += 5) {
      const [before, after] = [0, 1].map((add) => yawOf(viewAt({ axis }, turn, add)))
      assert.ok(Math.cos(after - before) >= Math.cos((24.001 * Math.PI) / 180), `axis ${axis} at ${turn}°`)
    }
})

test('the results stand in the order of the print, however the block may be turned', () => {
  /** What goes to the right and what down: of the last two axes that stay, or across axis 2, transposed. */
  const inPrint = [
    [2, 1],
    [2, 0],
    [0, 1],
  ]
  for (const axis of AXES)
    for (let turn = LEAST; turn <= MOST; turn += 5) {
      const { seen, faces } = viewAt({ axis }, turn, 1)
      const [right, down] = inPrint[axis]
      assert.ok(isSeen(faces[axis]), `axis ${axis} at ${turn}°`)
      assert.ok(seen(unit(right))[0] > 0 && seen(unit(down))[1] > 0, `axis ${axis} at ${turn}°`)
      assert.deepEqual([faces[axis].right, faces[axis].down].flat(), [right, 1, down, 1], `axis ${axis} at ${turn}°`)
    }
})

test('A and B, the block and its result have room', () => {
  for (const common of [
    [2, 3, 4],
    [2, 2, 2],
    [4, 4, 5],
    [5, 1, 1],
    [1, 5, 1],
    [1, 1, 5],
  ])
    for (const axis of AXES) {
      const layout = layoutOf({ common, axis }, ROOM)
      const { spans } = measures(layout, 0)
      assert.ok(layout.height <= ROOM.height + 1)
      for (const [turn, add, side] of [
        [TURN, 0, layout.side],
        [TURN, 1, layout.side],
        [TURN, 0, layout.small],
      ])
        assert.ok(viewAt(layout, turn, add).heightOf(spans) * side <= layout.height)
      for (let turn = LEAST; turn <= MOST; turn += 10) {
        const view = viewAt(layout, turn, 0)
        const reach = AXES.reduce((sum, each) => sum + Math.abs(view.seen(unit(each))[0] * spans[each]), 0) / 2
        assert.ok(reach * layout.side <= ROOM.width / 2)
        assert.ok((layout.apart + reach) * layout.small <= ROOM.width / 2)
        assert.ok(reach <= layout.apart, 'A and B do not touch')
      }
    }
})
