/** The examples to start from. The larger ones contain the smallest, so the reader sees what one more index adds. */

import { INITIAL } from '../state/initial.js'
import { FLOWERS, MEAN_FLOWER } from './iris.js'
import { isSameTensor, typed } from './tensors.js'

/** @typedef {import('../state/state.js').State} State */
/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */
/** @typedef {Partial<State> & Pick<State, 'a' | 'b'>} Changes */
/** @typedef {{ key: string, name: string | Say, about?: Say, changes: Changes }} Preset */

/**
 * An example starts over: parts of the state that it does not set are reset.
 * @template {Partial<State>} Given
 * @param {Given} changes
 */
export function beginning(changes) {
  const { dims, eps, pinned, step, card, beat, section } = INITIAL
  return { dims, eps, pinned, step, card, beat, section, ...changes }
}

/** @type {Preset[]} */
export const PRESETS = [
  { key: '2x2', name: '2×2', changes: { a: typed([2, 2], '1 2 3 4'), b: typed([2, 2], '5 6 7 8') } },
  { key: '2x3', name: '2×3', changes: { a: typed([2, 3], '1 2 2 3 4 -1'), b: typed([2, 3], '5 6 1 7 8 3') } },
  { key: '3x2', name: '3×2', changes: { a: typed([3, 2], '1 2 3 4 2 -1'), b: typed([3, 2], '5 6 7 8 1 3') } },
  { key: '1x4', name: '1×4', changes: { a: typed([1, 4], '1 2 3 4'), b: typed([1, 4], '5 6 7 8') } },
  {
    key: '2x2x2',
    name: '2×2×2',
    changes: {
      a: typed([2, 2, 2], '1 2 3 4 5 6 7 8'),
      b: typed([2, 2, 2], '5 6 7 8 1 2 3 4'),
      dims: [0, 1, 2],
    },
  },
  {
    key: '2x3x4',
    name: '2×3×4',
    changes: {
      a: typed([2, 3, 4], '2 2 3 3 1 4 -1 1 1 1 5 -1 1 4 5 4 1 3 5 1 4 1 0 4'),
      b: typed([2, 3, 4], '1 4 0 4 5 5 3 2 2 5 3 3 3 4 1 2 -1 5 2 3 3 1 4 3'),
      dims: [0, 1, 2],
    },
  },
  {
    key: 'pairs',
    name: (t) => t('presets.pairs'),
    about: (t) => t('presets.pairsShape'),
    changes: { a: typed([2, 1, 2], '1 2 3 4'), b: typed([1, 2, 2], '5 6 7 8'), dims: [-1] },
  },
  {
    key: 'iris',
    name: (t) => t('presets.iris'),
    about: (t) => t('presets.irisSource'),
    changes: { a: FLOWERS, b: MEAN_FLOWER },
  },
].map((preset) => ({ ...preset, changes: beginning(preset.changes) }))

/** The example whose A and B the state has, if any. */
export const presetOf = ({ a, b }) =>
  PRESETS.find(({ changes }) => isSameTensor(a, changes.a) && isSameTensor(b, changes.b))
