/** What the texts in the fields mean: each one's number, or what is wrong with it. */
import { readElement, readEps } from '../model/numbers.js'
import { hasSameShape } from '../model/tensors.js'

/**
 * A text and its reading: a `value` or a `problem`, or neither while typing may still make it a number. `good` is the
 * last valid text; while a field is edited, it is the last one from before.
 * @typedef {{ text: string, value?: number, problem?: (t: import('../texts/languages.js').Translate) => string, good?: string }} Field
 */

/** @typedef {{ a: Field[], b: Field[], eps: Field, target: Field[], behaviored: Field[] }} Fields */
/** @typedef {{ name: string, place: number }} Place */
/** @typedef {import('./state.js').State} State */

/* The parts of the state that the views depend on, and those that the attention depends on. */
export const INPUTS = ['a', 'b', 'eps']
export const TARGET_INPUTS = /** @type {('target' | 'behaviored')[]} */ (['target', 'behaviored'])

const allIn = (fields, names) => names.flatMap((name) => fields[name])
export const wrongIn = (fields, names) => allIn(fields, names).filter(({ problem }) => problem)
export const areNumbers = (fields, names) => allIn(fields, names).every(({ value }) => value !== undefined)

/** Whether the numbers still have the shapes of the state. */
export const hasShapesOf = (state, numbers) =>
  Object.entries(numbers).every(([name, one]) => hasSameShape(one, state[name]))

/**
 * Reads the texts that changed. Returns whether there were any.
 * @param {Fields} fields gets the readings
 * @param {string[]} names
 * @param {State} state
 * @param {State} before
 * @param {Place} [edited] the field being edited
 */
export function readTexts(fields, names, state, before, edited) {
  const others = names.filter((name) => !fields[name] || state[name] !== before[name])
  for (const name of others) {
    const place = edited?.name === name ? edited.place : undefined
    fields[name] =
      name === 'eps'
        ? fieldOf(state.eps, readEps, fields.eps, place === 0)
        : fieldsOf(state[name], before[name], fields[name], place)
  }
  return others.length > 0
}

/**
 * Ends the editing of a field: its text becomes the last valid one, or is flagged. Returns whether it was flagged.
 * @param {Fields} fields
 * @param {Place} place
 */
export function finishField(fields, { name, place }) {
  const field = name === 'eps' ? fields.eps : fields[name][place]
  const { text, good, problem } = field ?? {}
  if (problem || text === good) return false
  const done = fieldOf(text, name === 'eps' ? readEps : readElement, { good })
  fields[name] = name === 'eps' ? done : fields[name].map((one, i) => (i === place ? done : one))
  return Boolean(done.problem)
}

function fieldOf(text, read, before, isEdited) {
  if (before?.text === text) return before
  const { value, problem, isBeginning } = read(text)
  return {
    text,
    value,
    problem: isEdited && isBeginning ? undefined : problem,
    good: problem || (isEdited && before) ? before?.good : text,
  }
}

function fieldsOf(tensor, before, fields, edited) {
  const kept = hasSameShape(tensor, before) ? fields : undefined
  return tensor.cells.map((text, i) => fieldOf(text, readElement, kept?.[i], i === edited))
}

/**
 * @template {'a' | 'b' | 'target' | 'behaviored'} Part
 * @param {State} state
 * @param {Fields} fields
 * @param {Part[]} names
 */
export function valuesOf(state, fields, names) {
  const entries = names.map((name) => [
    name,
    { shape: state[name].shape, values: fields[name].map(({ value }) => value) },
  ])
  return /** @type {Record<Part, import('../model/explanations.js').Numbers>} */ (Object.fromEntries(entries))
}
