/**
 * Questions about shapes. Each is made from its number, so a link always asks the same question. The right answer comes
 * from explain.
 */
import { explain, tensor } from 'cosdim'
import { pytorchWords } from '../texts/languages.js'
import { tuple } from '../view/dom.js'
import { commonShape, dimNames, legalDims } from './explanations.js'

/** @typedef {import('../texts/languages.js').Translate} Translate */

/**
 * @typedef {object} Question
 * @property {import('./tensors.js').TypedTensor} a
 * @property {import('./tensors.js').TypedTensor} b
 * @property {number} dim
 * @property {{ shape?: number[], isRight: boolean, why?: (t: Translate) => string }[]} options an option without a
 *   shape is an error; `why` says what is wrong with it
 * @property {(t: Translate) => string} answer the right answer, and why
 */

/* The number of questions; a question's number is part of a link. */
const QUESTIONS = 1000

/** The first questions. Each adds one idea: a matrix along either dim, a negative dim, three axes, broadcasting. */
export const OPENING = [21, 38, 185, 48, 147]

/** The number of the next question. */
export function nextQuestion(number) {
  const place = OPENING.indexOf(number)
  return (place >= 0 && OPENING[place + 1]) || (number + 1) % QUESTIONS
}

/** Returns a generator of integers below `count` that depend only on the seed. */
function randomFrom(seed) {
  let state = seed
  return (count) => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b)
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b)
    return ((mixed ^ (mixed >>> 16)) >>> 0) % count
  }
}

const MOST_OPTIONS = 4

/** @returns {Question} */
export function question(seed) {
  const random = randomFrom(seed)
  const shuffled = (items) =>
    items
      .map((item) => ({ item, place: random(2 ** 20) }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item)

  const { shapes, dim } = asked(random, shuffled)
  const operands = shapes.map((shape) => tensor(new Float32Array(count(shape)), { shape }))
  const [a, b] = shapes.map((shape) => ({
    shape,
    cells: Array.from({ length: count(shape) }, () => `${1 + random(9)}`),
  }))
  const { shape, error, answer } = answered(operands, dim)

  const wrong = shuffled(plausible(operands, dim)).filter(
    (option, i, all) =>
      all.findIndex(({ shape }) => `${shape}` === `${option.shape}`) === i && `${option.shape}` !== `${shape}`,
  )
  const options = [
    ...wrong.slice(0, MOST_OPTIONS - (error ? 1 : 2)).map((option) => ({ ...option, isRight: false })),
    ...(error ? [] : [{ shape, isRight: true }]),
  ].sort((one, other) => one.shape.length - other.shape.length || one.shape.join().localeCompare(other.shape.join()))
  options.push({ isRight: Boolean(error), why: (t) => t('quiz.noError') })
  return { a, b, dim, options, answer }
}

const count = (shape) => shape.reduce((product, size) => product * size, 1)

/** Two shapes and a dim. Sizes differ, so an axis can be told by its size. One question in four is an error. */
function asked(random, shuffled) {
  const rank = 1 + random(4)
  const sizes = shuffled(rank < 4 ? [3, 4, 5] : [2, 3, 4, 5]).slice(0, rank)
  const shapes = [[...sizes], [...sizes]]
  if (random(3)) {
    for (let axis = 0; axis < rank; axis++) if (!random(3)) shapes[random(2)][axis] = 1
    const shorter = random(2)
    shapes[shorter] = shapes[shorter].slice(random(rank))
  }
  const dim = random(2 * rank) - rank
  if (random(4)) return { shapes, dim }
  if (random(2)) return { shapes, dim: random(2) ? rank : -rank - 1 }
  shapes[0][shapes[0].length - 1] = 6
  shapes[1][shapes[1].length - 1] = 4
  return { shapes, dim }
}

/**
 * The package's answer.
 * @param {import('cosdim').Tensor[]} operands
 * @param {number} dim
 */
function answered([A, B], dim) {
  const common = commonShape(A, B)
  try {
    const { shape } = explain(A, B, { dim })
    const { dim: axis } = dimNames(common).find((names) => names.dim === dim || names.negative === dim)
    const isBroadcast = [A, B].some((operand) => `${operand.shape}` !== `${common}`)
    return {
      shape,
      answer: (t) =>
        (isBroadcast ? t('quiz.broadcast', tuple(common)) : '') + t('quiz.runs', axis, tuple(common), tuple(shape)),
    }
  } catch (error) {
    const { message } = /** @type {Error} */ (error)
    const why = (t) => (common ? t('panels.noDim', dim, tuple(common), legalDims(common)) : t('quiz.isError'))
    return { error, answer: (t) => `${why(t)} ${t('quiz.error', pytorchWords(message))}` }
  }
}

/**
 * Shapes that one may mistake for the answer, and what each of them really is.
 * @param {import('cosdim').Tensor[]} operands
 * @param {number} dim
 */
export function plausible([A, B], dim) {
  const common = commonShape(A, B)
  if (!common)
    return [A, B]
      .flatMap((operand) => [{ shape: [...operand.shape] }, ...along(operand, operand)])
      .map(({ shape }) => ({ shape, why: (t) => t('quiz.isError') }))
  const isChosen = (names) => names.dim === dim || names.negative === dim
  const names = dimNames(common)
  const chosen = names.find(isChosen)
  const options = [
    { shape: common, why: (t) => t('quiz.whole') },
    ...along(A, B).map(({ shape, dim, negative }) => ({ shape, why: (t) => t('quiz.otherDim', dim, negative) })),
  ]
  if (!chosen) return options
  const { result } = explain(A, B, { dim })
  return [
    ...options,
    { shape: [...result.unsqueeze(chosen.dim).shape], why: (t) => t('quiz.keeps') },
    { shape: [common[chosen.dim]], why: (t) => t('quiz.only', chosen.dim) },
  ]
}

/** The result's shape along each dim. */
const along = (A, B) =>
  dimNames(commonShape(A, B)).map((names) => ({ ...names, shape: [...explain(A, B, { dim: names.dim }).shape] }))
