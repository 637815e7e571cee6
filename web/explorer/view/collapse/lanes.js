/** What a lane of the press has become: its sum, then a fraction, whose bar opens into the result. */

import { across, CORNER, corner, IN_CORNER, SIDES, TYPE } from './cells.js'
import { additionAt, ease, mix } from './layout.js'
import { box, hatch, label, polygon } from './marks.js'
import { within } from './stages.js'

/* The type of a root and of a result, as parts of a cell's side. */
const ROOT = 0.19
const RESULT = 0.27
const LOWER = 0.76
/* The smallest type of a root, in pixels: two of them share a cell. */
const LEAST_ROOT = 8

/**
 * @param {import('../../model/collapse.js').Lane} lane
 * @param {number} x where the lane's one cell stands
 * @param {number} y
 * @param {Pick<ReturnType<typeof import('./layout.js').layoutOf>, 'side' | 'gap' | 'fit' | 'widthOf'>} layout
 */
export function laneCell(lane, x, y, layout) {
  const whole = box('mix', hatch('mix'))
  const halves = SIDES.map((side) => polygon('ab'[side], hatch('ab'[side])))
  const sum = label(lane.sum)
  const sums = lane.sums.map((one) => label(one))
  const roots = lane.roots.map((one) => label(one))
  const dot = label('·')
  const bar = box('result')
  const result = label(lane.result, 'figure of-result')
  const size = layout.side - 2 * layout.gap
  const cell = { x, y, width: size, height: size }
  const center = x + size / 2
  /** @type {ReturnType<typeof lengthsIn>} */
  let lengths

  let isResult = false

  function draw({ add, divide, cosine }) {
    const wasResult = isResult
    isResult = cosine === 1
    drawResult(divide, ease(cosine), cosine)
    if (wasResult && isResult) return
    lengths = lengthsIn(lane, size, layout)
    const { merged } = additionAt(add)
    const seen = within(merged, 0.25, 0.6)
    const down = ease(divide)
    const fading = 1 - within(cosine, 0.1, 0.5)
    whole.put(x, y, size, size, seen * (1 - within(cosine, 0.9, 1)))
    const form = layout.fit(lane.sum, size * 0.86, size * TYPE.product)
    sum.put(center, y + size * mix(0.5, 0.26, down), form.size, within(merged, 0.6, 1) * fading, form.text)
    for (const side of SIDES) {
      halves[side].put(walked(side, cell, down), seen * (1 - within(cosine, 0.9, 1)))
      drawLength(side, down, merged, fading)
    }
    dot.put(x + lengths.dot, y + size * LOWER, lengths.size, lengths.between && within(divide, 0.8, 1) * fading)
  }

  /** A sum of squares walks below the bar, where it becomes a length. */
  function drawLength(side, down, merged, fading) {
    const from = layout.fit(lane.sums[side], size * 0.37, size * TYPE.square)
    const inset = Math.max(IN_CORNER, layout.widthOf(from.text, from.size) / 2 / size + 0.02)
    const right = x + mix(across(side, inset) * size, lengths.middles[side], down)
    const low = y + size * mix(across(side, IN_CORNER), LOWER, down)
    sums[side].put(right, low, from.size, within(merged, 0.6, 1) * (1 - within(down, 0, 0.12)), from.text)
    roots[side].put(right, low, lengths.size, within(down, 0.85, 1) * fading, lengths.texts[side])
  }

  function drawResult(divide, open, cosine) {
    const width = (size - mix(size * 0.12, 0, open)) * within(divide, 0.5, 1)
    const height = mix(Math.max(2, size * 0.022), size, open)
    bar.node.setAttribute('rx', `${mix(1, size * 0.06, open)}`)
    bar.put(center - width / 2, y + size * 0.5 - height / 2, width, height, divide > 0.5 ? 1 : 0)
    const form = layout.fit(lane.result, size * 0.93, size * RESULT)
    result.put(center, y + size / 2, form.size, within(cosine, 0.55, 0.9), form.text)
  }

  const nodesOf = (marks) => marks.map(({ node }) => node)
  return {
    shapes: nodesOf([whole, ...halves]),
    texts: nodesOf([sum, ...sums, ...roots, dot, bar, result]),
    draw,
  }
}

/** Where the two lengths stand, and the dot between them if it has room. */
function lengthsIn({ roots }, wide, { fit, widthOf }) {
  const { size } = fit(roots.join('·'), wide * 0.96, wide * ROOT, LEAST_ROOT)
  const texts = roots.map((one) => fit(one, wide * 0.48, size, LEAST_ROOT).text)
  const [first, second] = texts.map((text) => widthOf(text, size))
  const left = wide - first - second
  const between = left < 0.3 * size ? 0 : Math.min(left, 0.45 * size)
  const start = (left - between) / 2
  return {
    size,
    texts,
    between,
    middles: [start + first / 2, wide - start - second / 2],
    dot: start + first + between / 2,
  }
}

/** A corner on its way to a quarter below the bar: the lower left one for A, the lower right one for B. */
function walked(side, cell, k) {
  const [outer, along, down] = corner(side, cell, CORNER)
  const fold = [(along[0] + down[0]) / 2, (along[1] + down[1]) / 2]
  const quarter = (right, low) => [cell.x + right * cell.width, cell.y + low * cell.height]
  const [near, far] = side ? [1, 0.5] : [0, 0.5]
  const to = side
    ? [quarter(near, 1), quarter(far, 1), quarter(far, 0.5), quarter(near, 0.5)]
    : [quarter(near, 0.5), quarter(far, 0.5), quarter(far, 1), quarter(near, 1)]
  return [outer, along, fold, down].map(([x, y], i) => [mix(x, to[i][0], k), mix(y, to[i][1], k)])
}
