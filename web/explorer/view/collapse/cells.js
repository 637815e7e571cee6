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

/** A and B. */
export const SIDES = [0, 1]
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
 * @param {{ lane: import('../../model/collapse.js').Lane, place: number, isDown: boolean }} where the pair's place in its
 *   lane
 * @param {ReturnType<typeof import('./layout.js').layoutOf>} layout
 */
export function pairCell(pair, where, layout) {
  const fill = pairFill(pair)
  const texts = pairTexts(pair, where, layout)
  let isGone = false
  return {
    shapes: fill.nodes,
    texts: texts.nodes,
    draw(at) {
      // At the end, an edit changes nothing that is seen of it.
      const wasGone = isGone
      isGone = at.add === 1
      if (wasGone && isGone) return
      const cell = placeOf(pair, where, layout, additionAt(at.add).squeezed)
      const places = SIDES.map((side) => (at.pair < 1 ? movedHalf(pair, side, layout, ease(at.pair)) : cell))
      fill.draw(at, cell, places)
      texts.draw(at, cell, places)
    },
  }
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Place */
/** @typedef {ReturnType<typeof import('./stages.js').progressAt>} Progress */

/**
 * The two halves, and the product that opens between them.
 * @param {import('../../model/collapse.js').Pair} pair
 * @param {number} [shade] see marks.js
 */
export function pairFill({ ghosts }, shade) {
  const product = box('mix', hatch('mix', shade))
  const halves = SIDES.map((side) => polygon(`${'ab'[side]}${ghosts[side] ? ' ghost' : ''}`, hatch('ab'[side], shade)))
  return {
    nodes: [product, ...halves].map(({ node }) => node),
    /**
     * @param {Progress} at
     * @param {Place} cell
     * @param {Place[]} places of A's half and B's
     */
    draw(at, cell, places) {
      const seen = 1 - within(additionAt(at.add).merged, 0.3, 0.7)
      product.put(cell.x, cell.y, cell.width, cell.height, at.multiply > 0 ? seen : 0)
      for (const side of SIDES) halves[side].put(corner(side, places[side], mix(1, CORNER, ease(at.multiply))), seen)
    },
  }
}

/**
 * The numbers in them.
 * @param {import('../../model/collapse.js').Pair} pair
 * @param {{ lane: { longest: string }, place: number, isDown: boolean }} where
 * @param {Pick<ReturnType<typeof import('./layout.js').layoutOf>, 'side' | 'gap' | 'fit' | 'widthOf'> & { leastNumber?: number }} layout
 */
export function pairTexts(pair, { lane, place, isDown }, layout) {
  const numbers = pair.factors.map((one) => label(one))
  const dot = label('·')
  const squares = pair.squares.map((one) => label(one))
  const value = label(pair.term)
  const plus = label('+')
  /** @type {ReturnType<typeof factorsIn>} */
  let factors

  /**
   * @param {Progress} at
   * @param {Place} cell
   * @param {Place[]} places
   */
  function draw(at, cell, places) {
    factors = factorsIn(pair, layout)
    for (const side of SIDES) {
      drawNumber(side, places[side], at)
      drawSquare(side, cell, at)
    }
    const { x, y } = cell
    const isProduct = within(at.multiply, 0.75, 1) * (1 - within(at.add, 0, 0.1))
    dot.put(x + factors.dot, y + layout.side / 2, factors.size, isProduct)
    drawTerm(cell, at, additionAt(at.add))
  }

  /** The two numbers go from their halves to the middle, where they are factors. */
  function drawNumber(side, half, { multiply, add }) {
    const k = ease(within(multiply, 0, 0.9))
    const home = across(side, IN_HALF) * half.width
    const own = layout.fit([pair.a, pair.b][side], half.width * 0.54, half.width * TYPE.number, layout.leastNumber)
    numbers[side].put(
      half.x + mix(home, factors.middles[side], k),
      half.y + mix(home, half.width / 2, k),
      mix(own.size, factors.size, k),
      1 - within(add, 0, 0.1),
      k < 0.7 ? own.text : factors.texts[side],
    )
  }

  function drawSquare(side, { x, y, width }, { multiply, add }) {
    const { text, size } = layout.fit(pair.squares[side], width * 0.36, width * TYPE.square)
    const inset = Math.max(IN_CORNER, layout.widthOf(text, size) / 2 / width + 0.02)
    const seen = within(multiply, 0.6, 0.9) * (1 - within(add, 0.1, 0.24))
    squares[side].put(x + across(side, inset) * width, y + across(side, IN_CORNER) * width, size, seen, text)
  }

  /** The product's value, as one term of the sum. Squeezed too small to read, it is left out. */
  function drawTerm({ x, y, width, height }, { add }, { evaluated, squeezed, merged }) {
    const room = isDown ? width * 0.86 : width * 0.8 - layout.side * 0.1 * squeezed
    const size = Math.min(layout.side * TYPE.product, height * 0.74, room / layout.widthOf(lane.longest, 1))
    const seen = within(evaluated, 0.5, 1) * (1 - within(merged, 0, 0.3))
    value.put(x + width / 2, y + height / 2, size, seen * within(size, 6.5, 8.5), pair.term)
    const sign = Math.min(layout.side * 0.2, size, isDown ? height * 0.45 : Infinity)
    plus.put(
      isDown ? x + width / 2 : x,
      isDown ? y : y + height / 2,
      sign,
      place === 0 ? 0 : seen * within(add, 0.16, 0.26) * within(sign, 6.5, 8.5),
    )
  }

  return { nodes: [...numbers, dot, ...squares, value, plus].map(({ node }) => node), draw }
}

/** Where the factors and the dot between them stand in a cell, centred together. */
function factorsIn({ factors }, layout) {
  const width = layout.side - 2 * layout.gap
  const { size } = layout.fit(factors.join(' · '), width * 0.9, layout.side * TYPE.product)
  const texts = factors.map((one) => layout.fit(one, width * 0.36, size).text)
  const [first, second] = texts.map((text) => layout.widthOf(text, size))
  const between = 0.5 * size
  const start = (width - first - between - second) / 2
  return {
    size,
    texts,
    middles: [start + first / 2, width - start - second / 2],
    dot: start + first + between / 2,
  }
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
function placeOf({ row, column }, { lane, place, isDown }, { x, y, side, gap }, squeezed) {
  const of = lane.pairs.length
  const length = mix(side, side / of, squeezed)
  const start = (of * (side - length)) / 2 + place * length
  const seam = gap * (1 - squeezed * 0.5)
  const size = side - 2 * gap
  return isDown
    ? { x: x + column * side, y: y + start, width: size, height: length - 2 * seam }
    : { x: x + start, y: y + row * side, width: length - 2 * seam, height: size }
}
