/** The working of one output as formulas: dot, both norms, the effect of eps, and the quotient. */

import { degrees, printed } from '../../model/numbers.js'
import { element, fraction, joined, number, operator, root, row, spoken, squared, symbol, unseen } from '../dom.js'
import { scrolls } from './scroller.js'

export function working({ t }, output, eps) {
  const { dot, norm1, norm2, clamped1, clamped2, terms, angle } = output.working
  const products = joined(
    abridged(terms, ({ x1, x2 }) => row(factor(x1), operator('·'), factor(x2))),
    ' + ',
  )
  const [a, b] = output.slices
  return element(
    'div',
    { class: 'working', 'data-look': output.look },
    element(
      'h3',
      { 'aria-level': 4 },
      element('span', { class: 'head', 'data-look': output.look }, ...spoken(t, output.name(t))),
      ...spoken(t, t('working.vectors', a, b)),
    ),
    lines(
      t,
      output,
      line(t, symbol('dot'), products, number(printed(dot))),
      line(t, norm('a'), rootOfSquares(terms.map(({ x1 }) => x1)), number(printed(norm1))),
      line(t, norm('b'), rootOfSquares(terms.map(({ x2 }) => x2)), number(printed(norm2))),
      line(
        t,
        symbol('cos'),
        fraction(number(printed(dot)), row(factor(clamped1), operator(' · '), factor(clamped2))),
        number(output.text),
      ),
    ),
    ...clampNote(t, 'a', norm1, clamped1, eps),
    ...clampNote(t, 'b', norm2, clamped2, eps),
    element('p', { class: 'angle' }, angleSentence(t, angle)),
  )
}

export const norm = (name) => row(operator('‖'), symbol(name), operator('‖'))
export const factor = (value) => number(printed(value), true)
export const rootOfSquares = (values) =>
  root(
    joined(
      abridged(values, (value) => squared(factor(value))),
      ' + ',
    ),
  )

/** A formula can be wider than its box, which then scrolls. */
export const lines = (t, { slices }, ...formulas) =>
  scrolls(element('div', { class: 'lines' }, ...formulas), t('spoken', slices.join(', ')))

/* Readers do not follow more terms than this. */
const MOST_TERMS = 8

/** Formulas for terms or numbers. Of many, only the first three and the last are kept. */
const abridged = (terms, formula) =>
  terms.length <= MOST_TERMS
    ? terms.map(formula)
    : [...terms.slice(0, 3).map(formula), symbol('…'), formula(terms.at(-1))]

/** MathML for sighted readers, and the same in words for screen readers, which read MathML inconsistently. */
export function line(t, left, ...right) {
  const sides = right.map((side) => row(operator(' = '), side))
  return element(
    'p',
    { class: 'line' },
    unseen(t('spoken', row(left, ...sides).text)),
    left.math(),
    element('span', { class: 'sides' }, ...sides.map((side) => side.math())),
  )
}

const clampNote = (t, name, norm, clamped, eps) =>
  clamped > norm
    ? [element('p', { class: 'note' }, ...spoken(t, t('working.clamped', name, printed(norm), printed(eps))))]
    : []

export const angleSentence = (t, angle) =>
  Number.isNaN(angle) ? t('working.noAngle') : t('working.angle', degrees(angle))
