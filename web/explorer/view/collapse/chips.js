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
/* How large it still is there, and how far it turns on its way, in degrees. */
const SHRUNK = 0.75
const TURN = 14
/* How high it flies, when it goes, and when the others close the gap: past no other, or over one. */
const PAST_NONE = { hop: 0.75, goes: [0.25, 0.9], closes: [0.45, 1] }
const OVER_ONE = { hop: 2, goes: [0.25, 1], closes: [0.35, 0.8] }

/** Where the parts of a shape with so many sizes stand. */
function placesIn(count, start) {
  const chips = Array.from({ length: count }, (_, i) => start + PARENTHESIS + i * (CHIP + COMMA))
  const end = count ? chips[count - 1] + CHIP : start + PARENTHESIS
  return { open: start, chips, commas: chips.map((at) => at + CHIP), close: end + (count === 1 ? LAST_COMMA : 0), end }
}

/**
 * Where everything stands before and after. The first of several sizes leaves to the left, any other to the right: the
 * last one passes no neighbour, and one from the middle flies over it.
 */
function courseOf(count, axis) {
  const start = count > 1 && axis === 0 ? GONE : 0
  const before = placesIn(count, start)
  const after = placesIn(count - 1, start)
  const gone = start ? 0 : after.close + PARENTHESIS + 0.2
  /** A size's place once the other has gone. */
  const left = (i) => i - (i > axis ? 1 : 0)
  // Of several commas the one beside the size goes; a single one stays.
  const lost = count === 2 ? undefined : Math.min(axis, Math.max(count - 2, 0))
  return {
    open: [before.open, after.open],
    commas: Array.from({ length: Math.max(count - 1, 1) }, (_, i) => ({
      way: [before.commas[i], i === lost ? before.commas[i] : after.commas[lost === undefined || i < lost ? i : i - 1]],
      isLost: i === lost,
    })),
    close: [before.close, after.close],
    chips: before.chips.map((at, i) => [at, i === axis ? gone : after.chips[left(i)]]),
    flight: axis > 0 && axis < count - 1 ? OVER_ONE : PAST_NONE,
    width: before.end + PARENTHESIS + GONE,
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
  const [open, close] = ['(', ')'].map(sign)
  const commas = course.commas.map(() => sign(','))
  const chips = dimNames(common).map((names, i) => {
    // Below the size stands its dim, which stays: it is what a click on the size names.
    const counted = { 'data-dim': names.dim, 'data-names': t('collapse.names', names.dim, minus(`${names.negative}`)) }
    if (!choose) return element('span', { class: 'axis', 'aria-hidden': 'true', ...counted }, `${common[i]}`)
    const radio = element('input', {
      type: 'radio',
      name: `size-${dim}`,
      checked: i === axis,
      'aria-label': t('collapse.size', names.dim, names.negative, common[i]),
    })
    // Also fires for an arrow key, and for the one that is chosen already.
    radio.addEventListener('click', () => choose(names.dim))
    return element('label', { class: 'axis', ...counted }, radio, sign(`${common[i]}`))
  })
  const root = element(
    'fieldset',
    { class: 'tuple' },
    element('legend', { class: 'unseen' }, choose ? t('collapse.sizes', tuple(common)) : tuple(common)),
    open,
    ...commas,
    close,
    ...chips,
  )
  root.style.width = `${course.width}em`

  const move = (node, way, k, more = '') => {
    node.style.transform = `translateX(${mix(way[0], way[1], k).toFixed(3)}em)${more}`
  }

  function draw(u) {
    const { goes, closes } = course.flight
    const gone = ease(within(u, goes[0], goes[1]))
    const closed = ease(within(u, closes[0], closes[1]))
    move(open, course.open, closed)
    move(close, course.close, closed)
    course.commas.forEach(({ way, isLost }, i) => {
      move(commas[i], way, closed)
      commas[i].style.opacity = `${isLost ? 1 - gone : 1}`
    })
    chips.forEach((node, i) => {
      if (i === axis) fly(node, course.chips[i], u, gone)
      else {
        move(node, course.chips[i], closed)
        // Below the result's shape, its old dim would be taken for its new one.
        node.style.setProperty('--tag', `${1 - closed}`)
      }
    })
  }

  function fly(node, way, u, gone) {
    const arc = Math.sin(Math.PI * gone) ** 0.5
    const turn = TURN * arc * (way[1] < way[0] ? -1 : 1)
    const size = mix(1, SHRUNK, gone)
    move(
      node,
      way,
      gone,
      ` translateY(${(-course.flight.hop * arc).toFixed(3)}em) rotate(${turn.toFixed(1)}deg) scale(${size.toFixed(3)})`,
    )
    node.style.setProperty('--strike', `${within(u, 0, 0.22)}`)
    node.style.opacity = `${mix(1, 0.75, gone)}`
  }
  return { root, draw }
}
