/** The page's state, all of it, and how it changes. Its parts draw what it says, and are told when to. */
import { cellKey, lookAlong, outputsFor } from './lanes.js'
import { readElement, readEps } from './numbers.js'

/* What the page begins with, per shape. The larger ones hold the first, so that one sees what an index more does. */
const EXAMPLES = {
  '(2, 2)': {
    A: [
      ['1', '2'],
      ['3', '4'],
    ],
    B: [
      ['5', '6'],
      ['7', '8'],
    ],
  },
  '(2, 3)': {
    A: [
      ['1', '2', '2'],
      ['3', '4', '-1'],
    ],
    B: [
      ['5', '6', '1'],
      ['7', '8', '3'],
    ],
  },
  '(3, 2)': {
    A: [
      ['1', '2'],
      ['3', '4'],
      ['2', '-1'],
    ],
    B: [
      ['5', '6'],
      ['7', '8'],
      ['1', '3'],
    ],
  },
}
export const SHAPES = Object.keys(EXAMPLES)

const field = (text, read) => ({ text, good: { text, ...read(text) }, problem: undefined })

export const state = {
  /** One of SHAPES. */
  shape: SHAPES[0],
  /** What is typed in each field, by key: { text, good: { text, value }, problem }. Each shape keeps its own. */
  fields: {},
  /** What explain says of the last good numbers, per dim. */
  views: [],
  /** The output whose working each dim's panel shows. */
  shown: [0, 0],
  /** The keys of what the pointer is on, what has the focus, and what was clicked; the first of them counts. */
  hovered: undefined,
  focused: undefined,
  pinned: undefined,
}

const kept = new Map()
const listeners = []

/** Calls `draw` now, and after every change. */
export function follow(draw) {
  listeners.push(draw)
  draw()
}

function change(changes) {
  Object.assign(state, changes)
  state.shown = state.views.map((view) => {
    const [output] = [active(), state.pinned].flatMap((key) => outputsFor(view, key))
    return output?.lane ?? Math.min(state.shown[view.dim], view.outputs.length - 1)
  })
  for (const draw of listeners) draw()
}

/** The key of the output or cell that is looked at. */
export const active = () => state.hovered ?? state.focused ?? state.pinned

export const problems = () => Object.entries(state.fields).filter(([, { problem }]) => problem)

/** The fields of a matrix, as its table has them: rows of keys. */
export const keysOf = (operand, shape = state.shape) =>
  EXAMPLES[shape][operand].map((row, i) => row.map((_, j) => cellKey(operand, [i, j])))

/** Fills the page with the first example. */
export const begin = () => change(numbersOf(SHAPES[0], field('1e-8', readEps)))

/** Goes to a shape's own numbers: the example's, or those that were last good in it. */
export function chooseShape(shape) {
  const { eps, ...cells } = restored(state.fields)
  kept.set(state.shape, cells)
  change({ ...numbersOf(shape, eps), hovered: undefined, pinned: undefined })
}

function numbersOf(shape, eps) {
  const cells = kept.get(shape) ?? Object.fromEntries(exampleFields(shape))
  return { shape, ...evaluated(shape, { ...cells, eps }) }
}

const exampleFields = (shape) =>
  Object.entries(EXAMPLES[shape]).flatMap(([operand, rows]) =>
    rows.flatMap((row, i) => row.map((text, j) => [cellKey(operand, [i, j]), field(text, readElement)])),
  )

const restored = (fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, { good }]) => [key, { text: good.text, good, problem: undefined }]),
  )

/** Takes what is typed in a field. While any field is wrong the last good numbers stay. */
export function edit(key, text) {
  const { value, problem } = (key === 'eps' ? readEps : readElement)(text)
  const good = problem ? state.fields[key].good : { text, value }
  change(evaluated(state.shape, { ...state.fields, [key]: { text, good, problem } }))
}

function evaluated(shape, fields) {
  if (Object.values(fields).some(({ problem }) => problem)) return { fields }
  const [A, B] = ['A', 'B'].map((operand) =>
    keysOf(operand, shape).map((row) => row.map((key) => fields[key].good.value)),
  )
  return { fields, views: [0, 1].map((dim) => lookAlong(dim, A, B, fields.eps.good.value)) }
}

/** What the pointer is on, or has the focus, is another. */
export const look = (changes) => change(changes)

/** Pins what is clicked, or lets it go; without a key, lets go. */
export const pin = (key) => change({ pinned: key === state.pinned ? undefined : key })
