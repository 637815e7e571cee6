/**
 * What learners get wrong about dim, most common first. Each card has an example that shows the correct behaviour, and
 * a `truth` that states it with the numbers the package gives for that example.
 */

import { INITIAL } from '../state/initial.js'
import { tuple } from '../view/dom.js'
import { explanationsOf } from './explanations.js'
import { printed, readElement } from './numbers.js'
import { typed } from './tensors.js'

/** @typedef {import('../texts/languages.js').Translate} Translate */
/** @typedef {import('./tensors.js').TypedTensor} TypedTensor */
/** @typedef {{ a: TypedTensor, b: TypedTensor, dims: number[], eps?: string, pinned?: string }} Shown */

/**
 * @typedef {object} Misconception
 * @property {string} key its name in links
 * @property {(t: Translate) => string} wrong in the learner's words
 * @property {Shown} shown
 * @property {Shown} [plain] an example that refutes it, and comes first: it has fewer results than A's rows times B's
 * @property {(t: Translate, views: Required<import('./explanations.js').View>[]) => string} truth
 * @property {{ name: (t: Translate) => string, changes: Partial<Shown> }[]} [tries] what to try next, from there
 */

const WIDE = { a: typed([2, 3], '1 2 2 3 4 -1'), b: typed([2, 3], '5 6 1 7 8 3') }
const VECTORS = { a: typed([3], '1 2 2'), b: typed([3], '5 6 1') }
const SQUARE = { a: typed([2, 2], '1 2 3 4'), b: typed([2, 2], '5 6 7 8') }

/** @type {Misconception[]} */
export const MISCONCEPTIONS = [
  {
    key: 'rows',
    wrong: (t) => t('cards.rowsWrong'),
    shown: { ...WIDE, dims: [0, 1] },
    truth: (t, [down, right]) => t('cards.rows', tuple(down.common), tuple(down.shape), tuple(right.shape)),
  },
  {
    key: 'vector',
    wrong: (t) => t('cards.vectorWrong'),
    shown: { ...VECTORS, dims: [1] },
    truth: (t, [view]) => t('cards.vector', tuple(view.common)),
    tries: [
      { name: () => 'dim=0', changes: { dims: [0] } },
      { name: () => 'dim=-1', changes: { dims: [-1] } },
      {
        name: (t) => t('cards.addAxis'),
        changes: { a: typed([1, 3], '1 2 2'), b: typed([1, 3], '5 6 1') },
      },
    ],
  },
  {
    key: 'from-one',
    wrong: (t) => t('cards.fromOneWrong'),
    shown: { ...WIDE, dims: [2] },
    truth: (t, [view]) => t('cards.fromOne', tuple(view.common)),
    tries: [
      { name: () => 'dim=1', changes: { dims: [1] } },
      { name: () => 'dim=-1', changes: { dims: [-1] } },
    ],
  },
  {
    key: 'square',
    wrong: (t) => t('cards.squareWrong'),
    shown: { ...SQUARE, dims: [0, 1] },
    truth: (t, [down, right]) => t('cards.square', tuple(down.shape), down.printed, right.printed),
    tries: [{ name: (t) => t('cards.take', '2×3'), changes: WIDE }],
  },
  {
    key: 'pairs',
    wrong: (t) => t('cards.pairsWrong'),
    plain: { ...SQUARE, dims: [1] },
    shown: { a: typed([2, 1, 2], '1 2 3 4'), b: typed([1, 2, 2], '5 6 7 8'), dims: [-1] },
    truth: (t, [{ A, B, printed }]) => t('cards.pairs', tuple(A.shape), tuple(B.shape), printed.replace(/\s+/g, ' ')),
  },
  {
    key: 'keepdim',
    wrong: (t) => t('cards.keepdimWrong'),
    shown: { ...WIDE, dims: [0] },
    truth: (t, [{ common, shape, result }]) =>
      t('cards.keepdim', tuple(common), tuple(shape), tuple(result.unsqueeze(0).shape)),
  },
  {
    key: 'softmax',
    wrong: (t) => t('cards.softmaxWrong'),
    shown: { ...WIDE, dims: [1] },
    truth: (t, [{ common, shape }]) => t('cards.softmax', tuple(common), tuple(shape)),
  },
  {
    key: 'own',
    wrong: (t) => t('cards.ownWrong'),
    shown: { a: VECTORS.a, b: WIDE.b, dims: [0, 1] },
    truth: (t, [first, second]) =>
      t('cards.own', ...[first.A.shape, first.B.shape, first.common, first.shape, second.shape].map(tuple)),
  },
  {
    key: 'length-one',
    wrong: (t) => t('cards.lengthOneWrong'),
    shown: { a: typed([1, 3], '1 -2 3'), b: typed([1, 3], '4 5 -6'), dims: [0, 1] },
    truth: (t, [down, right]) => t('cards.lengthOne', tuple(down.common), down.printed, right.printed),
  },
  {
    key: 'zero',
    wrong: (t) => t('cards.zeroWrong'),
    shown: { a: typed([2, 3], '0 0 0 3 4 -1'), b: WIDE.b, dims: [1], pinned: 'dim1:0' },
    truth: (
      t,
      [
        {
          outputs: [{ working, text }],
        },
      ],
    ) => t('cards.zero', printed(working.clamped1), printed(working.clamped2), text),
    tries: [{ name: () => 'eps=0', changes: { eps: '0' } }],
  },
]

/** @param {string} [key] */
export const misconceptionOf = (key) => MISCONCEPTIONS.find((one) => one.key === key)

/** The package's views of an example. Each card's `truth` knows which fields they have. */
export function viewsOf({ a, b, dims, eps = INITIAL.eps }) {
  const read = (text) => /** @type {number} */ (readElement(text).value)
  const numbers = ({ shape, cells }) => ({ shape, values: cells.map(read) })
  const views = explanationsOf({ a: numbers(a), b: numbers(b), eps: read(eps) }, dims)
  return /** @type {Required<import('./explanations.js').View>[]} */ (views)
}
