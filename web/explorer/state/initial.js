/** The state that a page starts from: the first beat of the story. */
import { TARGETS } from '../model/attention.js'
import { OPENING } from '../model/questions.js'

/** @type {import('./state.js').State} */
export const INITIAL = Object.freeze({
  a: { shape: [2, 2], cells: ['1', '2', '3', '4'] },
  b: { shape: [2, 2], cells: ['5', '6', '7', '8'] },
  eps: '1e-8',
  beat: 'square',
  section: undefined,
  dims: undefined,
  pinned: undefined,
  step: undefined,
  stage: undefined,
  card: undefined,
  predict: undefined,
  predicted: [],
  ...TARGETS,
  code: 'PyTorch',
  quiz: OPENING[0],
  lang: 'en',
  hide: [],
  present: undefined,
})
