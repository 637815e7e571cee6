/** One pair of partners in the press: the halves of A and B, their product, and their squares in the corners. */

import { additionAt, ease, mix } from './layout.js'
import { box, hatch, label, polygon } from './marks.js'
import { within } from './stages.js'

/* Where a number stands in its half, and its square in the corner, as parts of the cell. B's are opposite. */
export const IN_HALF = 0.3
export const IN_CORNER = 0.165
/* The leg of the corner that stays of a half. */
export const CORNER = 0.5
/** The sizes of type, as parts of a cell's side. */
export const TYPE = { number: 0.31, product: 0.3, square: 0.165 }

const SIDES = [0, 1]
/** A's places are counted from the upper left corner of a cell, B's from the lower right one. */
export const across = (side, part) => (side ? 1 - part : part)

/** The corner of a cell, with legs that are parts of its sides. */
export const corner = (side, { x, y, width, height }, leg) =>
  [
    [0, 0],
    [leg, 0],
    [0, leg],
  ].map(([right, down]) => [x + across(side, right) * width, y + across(side, down) * height])

/**
 * @param {import('../../model/collapse.js').Pair} pair
 * @param {{ place: number, of: number, longest: string, isDown: boolean }} lane the pair's place in its lane, and the
 *   lane's longest product
 * @param {ReturnType<typeof import('./layout.js').layoutOf>} layout
 */
export function pairCell(pair, lane, layout) {
  const product = box('mix', hatch('mix'))
  const halves = SIDES.map((side) => polygon(`${'ab'[side]}${pair.ghosts[side] ? ' ghost' : ''}`, hatch('ab'[side])))
  const numbers = [label(pair.a), label(pair.b)]
  const factors = pair.factors.map((one) => label(one))
  const dot = label('·')
  const squares = pair.squares.map((one) => label(one))
  const value = label(pair.product)
  const plus = label('+')

  function draw(at) {
    const sum = additionAt(at.add)
    const seen = 1 - within(sum.merged, 0.1, 0.6)
    const cell = placeOf(pair, lane, layout, sum.squeezed)
    product.put(cell.x, cell.y, cell.width, cell.height, at.multiply > 0 ? seen : 0)
    for (const side of SIDES) {
      const half = at.pair < 1 ? movedHalf(pair, side, layout, ease(at.pair)) : cell
      halves[side].put(corner(side, half, mix(1, CORNER, ease(at.multiply))), seen)
      drawNumber(side, half, at)
    }
    drawProduct(cell, at)
    drawTerm(cell, at, sum)
  }

  /** A number goes into its corner, where it becomes its square. */
  function drawNumber(side, half, { multiply, add }) {
    const k = ease(multiply)
    const from = layout.fit([pair.a, pair.b][side], half.width * 0.54, half.width * TYPE.number)
    const to = layout.fit(pair.squares[side], half.width * 0.36, half.width * TYPE.square)
    const inset = Math.max(IN_CORNER, layout.widthOf(to.text, to.size) / 2 / half.width + 0.02)
    const x = half.x + across(side, mix(IN_HALF, inset, k)) * half.width
    const y = half.y + across(side, mix(IN_HALF, IN_CORNER, k)) * half.width
    numbers[side].put(x, y, mix(from.size, to.size, k), 1 - within(multiply, 0.45, 0.6), from.text)
    squares[side].put(x, y, to.size, within(multiply, 0.6, 0.8) * (1 - within(add, 0.1, 0.24)), to.text)
  }

  /** Copies of both numbers meet in the middle, as factors. */
  function drawProduct(cell, { multiply, add }) {
    const k = ease(within(multiply, 0.1, 0.9))
    const seen = within(multiply, 0.15, 0.4) * (1 - within(add, 0, 0.1))
    const { size } = layout.fit(pair.factors.join(' · '), cell.width * 0.9, layout.side * TYPE.product)
    const texts = pair.factors.map((one) => layout.fit(one, cell.width * 0.36, size).text)
    const widths = [layout.widthOf(texts[0], size), 0.5 * size, layout.widthOf(texts[1], size)]
    const start = (cell.width - widths[0] - widths[1] - widths[2]) / 2
    const middles = [start + widths[0] / 2, cell.width - start - widths[2] / 2]
    const y = cell.y + cell.height / 2
    for (const side of SIDES) {
      const home = across(side, IN_HALF) * layout.side
      factors[side].put(cell.x + mix(home, middles[side], k), mix(cell.y + home, y, k), size, seen, texts[side])
    }
    dot.put(cell.x + start + widths[0] + widths[1] / 2, y, size, seen * within(multiply, 0.7, 1))
  }

  /** The product's value, as one term of the sum. Squeezed too small to read, it is left out. */
  function drawTerm({ x, y, width, height }, { add }, { evaluated, squeezed, merged }) {
    const room = lane.isDown ? width * 0.86 : width * 0.8 - layout.side * 0.1 * squeezed
    const size = Math.min(layout.side * TYPE.product, height * 0.74, room / layout.widthOf(lane.longest, 1))
    const seen = within(evaluated, 0.5, 1) * (1 - within(merged, 0, 0.4))
    value.put(x + width / 2, y + height / 2, size, seen * within(size, 6.5, 8.5))
    if (lane.place === 0) return plus.put(0, 0, 0, 0)
    const sign = Math.min(layout.side * 0.2, size)
    plus.put(
      lane.isDown ? x + width / 2 : x,
      lane.isDown ? y : y + height / 2,
      sign,
      seen * within(add, 0.16, 0.26) * within(sign, 6.5, 8.5),
    )
  }

  const nodes = [product, ...halves, ...numbers, ...factors, dot, ...squares, value].map(({ node }) => node)
  return { nodes, above: plus.node, draw }
}

/** A cell in its own half block, on its way to its partner. */
function movedHalf({ row, column }, side, layout, k) {
  const from = layout.apart[side]
  const size = mix(layout.small, layout.side, k)
  return {
    x: mix(from.x, layout.x, k) + column * size,
    y: mix(from.y, layout.y, k) + row * size,
    width: size - 2 * layout.gap,
    height: size - 2 * layout.gap,
  }
}

/** A cell among those of its lane, which are squeezed into the place of one. */
function placeOf({ row, column }, { place, of, isDown }, { x, y, side, gap }, squeezed) {
  const length = mix(side, side / of, squeezed)
  const start = (of * (side - length)) / 2 + place * length
  const seam = gap * (1 - squeezed * 0.5)
  const size = side - 2 * gap
  return isDown
    ? { x: x + column * side, y: y + start, width: size, height: length - 2 * seam }
    : { x: x + start, y: y + row * side, width: length - 2 * seam, height: size }
}
