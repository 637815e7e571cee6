/**
 * The steps of the definition for one output: broadcast, pair, dot, both norms, clamp by eps, divide. Each step
 * describes in words and formulas what it does with explain's numbers.
 */

import { minus, printed } from '../../model/numbers.js'
import { fraction, joined, number, operator, root, row, symbol, tuple } from '../dom.js'
import { angleSentence, factor, line, norm, rootOfSquares } from './working.js'

export const PHASES = {
  broadcast: (t) => t('stepper.broadcast'),
  pair: (t) => t('stepper.pair'),
  dot: (t) => t('stepper.dot'),
  norms: (t) => t('stepper.norms'),
  clamp: (t) => t('stepper.clamp'),
  divide: (t) => t('stepper.divide'),
}

/* A longer lane adds several terms per step, so that the steps stay few. */
const MOST_DOT_STEPS = 8
/**
 * @typedef {object} Step
 * @property {keyof typeof PHASES} phase
 * @property {string} words
 * @property {() => HTMLElement[]} lines builds the formulas; only the current step's are shown
 * @property {{ from: number, to: number, in: string }} [now] the range of terms, and the operands they are read from
 * @property {string[]} columns keys of COLUMNS in terms-table.js
 */

/**
 * @param {import('../../texts/languages.js').Translate} t
 * @param {import('../../model/explanations.js').ViewWithResult} view
 * @param {import('../../model/explanations.js').Output} output
 * @returns {Step[]}
 */
export function stepsOf(t, view, output) {
  const { working } = output
  return [
    broadcastStep(t, view),
    pairStep(t, view, output),
    ...dotSteps(t, working.terms),
    normStep(t, working, SIDES[0]),
    normStep(t, working, SIDES[1]),
    clampStep(t, working, view.inputs.eps),
    divideStep(t, output),
  ]
}

/** The vectors, their operands, and the fields of their numbers. */
const SIDES = [
  { name: 'a', operand: 'A', key: 'x1', norm: 'norm1', clamped: 'clamped1', square: 'square1', sum: 'norm1Squared' },
  { name: 'b', operand: 'B', key: 'x2', norm: 'norm2', clamped: 'clamped2', square: 'square2', sum: 'norm2Squared' },
]

const whole = (terms) => ({ from: 0, to: terms.length - 1 })

/** @returns {Step} */
function broadcastStep(t, { A, B, common }) {
  const [a, b, both] = [A.shape, B.shape, common].map(tuple)
  return {
    phase: 'broadcast',
    words: a === b ? t('stepper.same', both) : t('stepper.repeated', a, b, both),
    lines: () => [],
    columns: [],
  }
}

/** @returns {Step} */
function pairStep(t, { axis, flow }, { slices, working: { terms } }) {
  const vector = ({ name, key }) => {
    const numbers = terms.map((term) => number(printed(term[key])))
    return line(t, symbol(name), row(operator('('), joined(numbers, ', '), operator(')')))
  }
  return {
    phase: 'pair',
    words: t('stepper.lane', axis, flow.flow, slices, terms.length),
    lines: () => SIDES.map(vector),
    now: { ...whole(terms), in: 'AB' },
    columns: [],
  }
}

/** @returns {Step[]} */
function dotSteps(t, terms) {
  const count = terms.length
  const perStep = Math.ceil(count / MOST_DOT_STEPS)
  return Array.from({ length: Math.ceil(count / perStep) }, (_, i) =>
    dotStep(t, terms, i * perStep, Math.min((i + 1) * perStep, count) - 1),
  )
}

/** @returns {Step} */
function dotStep(t, terms, from, to) {
  const count = terms.length
  const before = terms[from - 1]
  const now = terms.slice(from, to + 1)
  const result = printed(terms[to].dot)
  const isLast = to === count - 1
  return {
    phase: 'dot',
    words:
      (now.length === 1 ? t('stepper.term', to + 1, count) : t('stepper.terms', from + 1, to + 1, count)) +
      (isLast ? t('stepper.dotWhole', minus(result)) : t('stepper.dotSoFar', minus(result))),
    lines: () => {
      const products = now.map(({ x1, x2 }) => row(factor(x1), operator(' · '), factor(x2)))
      const sum = joined([...(before ? [number(printed(before.dot))] : []), ...products], ' + ')
      const single = now.length === 1 && before && joined([before.dot, now[0].product].map(factor), ' + ')
      return [line(t, symbol(isLast ? 'dot' : 'sum'), sum, ...(single ? [single] : []), number(result))]
    },
    now: { from, to, in: 'AB' },
    columns: ['a', 'b', 'product', 'dot'],
  }
}

/** @returns {Step} */
function normStep(t, working, side) {
  const { terms, [side.norm]: length } = working
  return {
    phase: 'norms',
    words: t('stepper.norm', side.name, minus(printed(length))),
    lines: () => [
      line(
        t,
        norm(side.name),
        rootOfSquares(terms.map((term) => term[side.key])),
        root(number(printed(terms.at(-1)[side.sum]))),
        number(printed(length)),
      ),
    ],
    now: { ...whole(terms), in: side.operand },
    columns: [side.name, side.square, side.sum],
  }
}

const greater = (one, other) => row(symbol('max'), operator('('), joined([one, other], ', '), operator(')'))
const clampedNorm = ({ name }) => greater(norm(name), symbol('eps'))

/** @returns {Step} */
function clampStep(t, working, eps) {
  const clamped = SIDES.filter((side) => working[side.clamped] > working[side.norm]).map(({ name }) => name)
  const ofSide = (side) =>
    line(
      t,
      clampedNorm(side),
      greater(number(printed(working[side.norm])), number(printed(eps))),
      number(printed(working[side.clamped])),
    )
  return {
    phase: 'clamp',
    words: clamped.length ? t('stepper.clamped', clamped, minus(printed(eps))) : t('stepper.notClamped', printed(eps)),
    lines: () => SIDES.map(ofSide),
    now: { ...whole(working.terms), in: '' },
    columns: [],
  }
}

/** @returns {Step} */
function divideStep(t, { index, text, working }) {
  const { terms, dot, norm1, norm2, clamped1, clamped2, similarity, angle } = working
  return {
    phase: 'divide',
    words: !Number.isNaN(similarity)
      ? `${t('stepper.quotient', index, minus(text))} ${angleSentence(t, angle)}`
      : Number.isFinite(norm1) && Number.isFinite(norm2)
        ? t('stepper.nan')
        : t('stepper.notFinite'),
    lines: () => [
      line(t, symbol('cos'), fraction(symbol('dot'), joined(SIDES.map(clampedNorm), ' · '))),
      line(
        t,
        symbol('cos'),
        fraction(number(printed(dot)), row(factor(clamped1), operator(' · '), factor(clamped2))),
        number(text),
      ),
    ],
    now: { ...whole(terms), in: '' },
    columns: [],
  }
}
