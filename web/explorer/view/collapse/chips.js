/**
 * The shape as chips, one radio button for each size: the one of the dim that is shown is struck, and flies out. The comma
 * stays.
 */

import { dimNames } from '../../model/explanations.js'
import { minus } from '../../model/numbers.js'
import { element, tuple } from '../dom.js'
import { ease, mix } from './layout.js'
import { within } from './stages.js'

/* Widths in em: of a chip, of what stands between chips, of a parenthesis, of the place of the chip that has gone. */
const CHIP = 1.5
const COMMA = 0.75
const LAST_COMMA = 0.45
const PARENTHESIS = 0.6
const GONE = 1.5
/* How large it still is there, how high it flies, and how far it turns, in degrees. */
const SHRUNK = 0.75
const HOP = 0.75
const TURN = 14

/**
 * Where everything stands before and after. The first of two sizes leaves to the left, any other to the right, so
 * that it passes no neighbour.
 */
function courseOf(count, axis) {
  const start = count > 1 && axis === 0 ? GONE : 0
  const chip = (i) => start + PARENTHESIS + i * (CHIP + COMMA)
  const after = start + PARENTHESIS + (count > 1 ? CHIP + LAST_COMMA : 0)
  return {
    open: [start, start],
    comma: [chip(0) + CHIP, chip(0) + CHIP],
    close: [count > 1 ? chip(1) + CHIP : chip(0) + CHIP + LAST_COMMA, after],
    chips: Array.from({ length: count }, (_, i) => [
      chip(i),
      i === axis ? (start ? 0 : after + PARENTHESIS + 0.2) : chip(0),
    ]),
    width: chip(count - 1) + CHIP + PARENTHESIS + GONE,
  }
}

/**
 * @param {import('../sections.js').Context} context
 * @param {{ dim: number, axis: number, common: number[] }} collapse
 * @param {(dim: number) => void} [choose] if it is missing, the chips are not buttons, and none is marked
 */
export function sizeChips({ t }, { dim, axis, common }, choose) {
  const course = courseOf(common.length, axis)
  const sign = (text) => element('span', { 'aria-hidden': 'true' }, text)
  const [open, comma, close] = ['(', ',', ')'].map(sign)
  const chips = dimNames(common).map((names, i) => {
    if (!choose) return element('span', { class: 'axis' }, `${common[i]}`)
    const radio = element('input', {
      type: 'radio',
      name: `size-${dim}`,
      checked: i === axis,
      'aria-label': t('collapse.size', names.dim, names.negative, common[i]),
    })
    // Also fires for an arrow key, and for the one that is chosen already.
    radio.addEventListener('click', () => choose(names.dim))
    const both = `${names.dim} / ${minus(`${names.negative}`)}`
    return element('label', { class: 'axis', 'data-names': both }, radio, `${common[i]}`)
  })
  const root = element(
    'fieldset',
    { class: 'tuple' },
    element('legend', { class: 'unseen' }, choose ? t('collapse.sizes', tuple(common)) : tuple(common)),
    open,
    comma,
    close,
    ...chips,
  )
  root.style.width = `${course.width}em`

  const move = (node, way, k, more = '') => {
    node.style.transform = `translateX(${mix(way[0], way[1], k).toFixed(3)}em)${more}`
  }
  function draw(u) {
    const gone = ease(within(u, 0.25, 0.9))
    const closed = ease(within(u, 0.45, 1))
    move(open, course.open, closed)
    move(comma, course.comma, closed)
    move(close, course.close, closed)
    comma.style.opacity = `${common.length > 1 ? 1 : 1 - gone}`
    chips.forEach((node, i) => {
      if (i === axis) fly(node, course.chips[i], u, gone)
      else move(node, course.chips[i], closed)
    })
  }

  function fly(node, way, u, gone) {
    const arc = Math.sin(Math.PI * gone)
    const turn = TURN * arc * (way[1] < way[0] ? -1 : 1)
    const size = mix(1, SHRUNK, gone)
    move(
      node,
      way,
      gone,
      ` translateY(${(-HOP * arc).toFixed(3)}em) rotate(${turn.toFixed(1)}deg) scale(${size.toFixed(3)})`,
    )
    node.style.setProperty('--strike', `${within(u, 0, 0.22)}`)
    node.style.opacity = `${mix(1, 0.75, gone)}`
  }
  return { root, draw }
}
