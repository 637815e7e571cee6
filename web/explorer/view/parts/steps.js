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
  const { common, axis, flow, A, B, inputs } = view
  const { terms, dot, norm1, norm2, clamped1, clamped2, similarity, angle } = output.working
  const { eps } = inputs
  const count = terms.length
  const lane = { from: 0, to: count - 1 }
  const [a, b] = output.slices
  const [shapeA, shapeB, shape] = [A.shape, B.shape, common].map(tuple)

  const vector = (name, key) =>
    line(
      symbol(name),
      row(
        operator('('),
        joined(
          terms.map((term) => number(printed(term[key]))),
          ', ',
        ),
        operator(')'),
      ),
    )

  const perStep = Math.ceil(count / MOST_DOT_STEPS)
  /** @type {Step[]} */
  const dotSteps = Array.from({ length: Math.ceil(count / perStep) }, (_, i) => {
    const from = i * perStep
    const to = Math.min(from + perStep, count) - 1
    const before = terms[from - 1]
    const now = terms.slice(from, to + 1)
    const result = printed(terms[to].dot)
    return {
      phase: 'dot',
      words:
        (now.length === 1 ? t('stepper.term', to + 1, count) : t('stepper.terms', from + 1, to + 1, count)) +
        (to === count - 1 ? t('stepper.dotWhole', minus(result)) : t('stepper.dotSoFar', minus(result))),
      lines: () => {
        const products = now.map(({ x1, x2 }) => row(factor(x1), operator(' · '), factor(x2)))
        const sum = joined([...(before ? [number(printed(before.dot))] : []), ...products], ' + ')
        const single = now.length === 1 && before && joined([before.dot, now[0].product].map(factor), ' + ')
        return [line(symbol(to === count - 1 ? 'dot' : 'sum'), sum, ...(single ? [single] : []), number(result))]
      },
      now: { from, to, in: 'AB' },
      columns: ['a', 'b', 'product', 'dot'],
    }
  })

  /** @returns {Step} */
  const normStep = (name, operand, key, sumKey, columns, length) => ({
    phase: 'norms',
    words: t('stepper.norm', name, minus(printed(length))),
    lines: () => [
      line(
        norm(name),
        rootOfSquares(terms.map((term) => term[key])),
        root(number(printed(terms[count - 1][sumKey]))),
        number(printed(length)),
      ),
    ],
    now: { ...lane, in: operand },
    columns,
  })

  const greater = (one, other) => row(symbol('max'), operator('('), joined([one, other], ', '), operator(')'))
  const clampedNorm = (name) => greater(norm(name), symbol('eps'))
  const clampLine = (name, length, clamped) =>
    line(clampedNorm(name), greater(number(printed(length)), number(printed(eps))), number(printed(clamped)))
  const clamped = [...(clamped1 > norm1 ? ['a'] : []), ...(clamped2 > norm2 ? ['b'] : [])]

  return [
    {
      phase: 'broadcast',
      words: shapeA === shapeB ? t('stepper.same', shape) : t('stepper.repeated', shapeA, shapeB, shape),
      lines: () => [],
      columns: [],
    },
    {
      phase: 'pair',
      words: t('stepper.lane', axis, flow.flow, [a, b], count),
      lines: () => [vector('a', 'x1'), vector('b', 'x2')],
      now: { ...lane, in: 'AB' },
      columns: ['a', 'b'],
    },
    ...dotSteps,
    normStep('a', 'A', 'x1', 'norm1Squared', ['a', 'square1', 'norm1Squared'], norm1),
    normStep('b', 'B', 'x2', 'norm2Squared', ['b', 'square2', 'norm2Squared'], norm2),
    {
      phase: 'clamp',
      words: clamped.length
        ? t('stepper.clamped', clamped, minus(printed(eps)))
        : t('stepper.notClamped', printed(eps)),
      lines: () => [clampLine('a', norm1, clamped1), clampLine('b', norm2, clamped2)],
      now: { ...lane, in: '' },
      columns: [],
    },
    {
      phase: 'divide',
      words: !Number.isNaN(similarity)
        ? `${t('stepper.quotient', output.index, minus(output.text))} ${angleSentence(t, angle)}`
        : Number.isFinite(norm1) && Number.isFinite(norm2)
          ? t('stepper.nan')
          : t('stepper.notFinite'),
      lines: () => [
        line(symbol('cos'), fraction(symbol('dot'), joined([clampedNorm('a'), clampedNorm('b')], ' · '))),
        line(
          symbol('cos'),
          fraction(number(printed(dot)), row(factor(clamped1), operator(' · '), factor(clamped2))),
          number(output.text),
        ),
      ],
      now: { ...lane, in: '' },
      columns: [],
    },
  ]
}
