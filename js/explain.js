/** How each output is computed: the elements behind it, its terms, and their sums, norms and angle. */

import { integer } from './input/options.js'
import { planSimilarity, similarity } from './operations.js'
import { element } from './tensor/elements.js'
import { relaid } from './tensor/strided.js'
import { Tensor } from './tensor/tensor.js'
import { doubles, INT64, int64s, MAX_RANK, readLayout, setList } from './wasm/abi.js'
import { check } from './wasm/check.js'
import { at, wasm } from './wasm/instance.js'
import { walk } from './wasm/tiles.js'

/** @typedef {import('./tensor/strided.js').Strided} Strided */
/** @typedef {import('../types/index.js').Term} Term */

/**
 * What an explanation is of. Not in private fields, which the build would turn into functions that every import pays for.
 * @typedef {{ operands: Strided[], dim: number, eps: number, result?: Tensor }} Subject
 * @type {WeakMap<Explanation, Subject>}
 */
const subjects = new WeakMap()

/** @param {Explanation} explanation */
const subjectOf = (explanation) => /** @type {Subject} */ (subjects.get(explanation))

/** What explain() returns. The working of an output is computed on request. */
export class Explanation {
  /**
   * @param {Strided[]} operands x1 and x2
   * @param {number} dim
   * @param {number} eps
   */
  constructor(operands, dim, eps) {
    subjects.set(this, { operands, dim, eps })
    planSimilarity(operands, dim, eps)
    this.shape = [...readLayout(at.plan).shape]
  }

  get result() {
    const subject = subjectOf(this)
    subject.result ??= new Tensor(similarity(subject.operands, subject.dim, subject.eps))
    return subject.result
  }

  /** @type {import('../types/index.js').Explanation['at']} */
  at(...index) {
    for (const i of index) integer('at()', 'index', i)
    const plan = () => planOutput(subjectOf(this), index)
    const [vector1, vector2] = plan()
    walk([vector1.elements, vector2.elements], wasm.accumulate)
    wasm.working()
    const [dot, norm1, norm2, clamped1, clamped2, , angle] = doubles(at.working, 7)
    /** @type {Term[] | undefined} */
    let computed
    return {
      similarity: /** @type {number} */ (element(this.result, vector1.output)),
      angle,
      dot,
      norm1,
      norm2,
      clamped1,
      clamped2,
      get terms() {
        computed ??= termsOf(plan())
        return computed
      },
    }
  }
}

/**
 * Narrows the plan to one output, and returns the vectors behind it.
 * @param {Subject} subject
 * @param {readonly number[]} index
 */
function planOutput({ operands, dim, eps }, index) {
  const list = index.slice(0, MAX_RANK)
  planSimilarity(operands, dim, eps)
  setList(list)
  check(wasm.explain(index.length), operands)
  return [outputVector(operands[0], at.outputVector1), outputVector(operands[1], at.outputVector2)]
}

/**
 * Where the terms of an output lie in an operand.
 * @typedef {object} OutputVector
 * @property {Strided} elements
 * @property {number} output counted in order in the result
 * @property {(t: number) => number[]} index of term t in the operand
 */

/**
 * Reads a cosdim_output_vector.
 * @param {Strided} x
 * @param {number} address
 * @returns {OutputVector}
 */
function outputVector(x, address) {
  const [n, first, stride, axis, output] = int64s(address, 5)
  const index = int64s(address + 5 * INT64, x.shape.length)
  const elements = relaid(x, { dtype: x.dtype, shape: [n], strides: [stride] }, x.offset + first)
  return { elements, output, index: (t) => Object.assign([...index], axis < 0 ? undefined : { [axis]: t }) }
}

/**
 * The terms of the output that the plan is for.
 * @param {OutputVector[]} vectors
 */
function termsOf([vector1, vector2]) {
  /** @type {Term[]} */
  const terms = []
  walk([vector1.elements, vector2.elements], () => {
    for (let i = 0, n = wasm.terms(); i < n; i++) {
      wasm.accumulate_term(i)
      const [x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared] = doubles(at.term, 8)
      const [index1, index2] = [vector1.index(terms.length), vector2.index(terms.length)]
      terms.push({ index1, index2, x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared })
    }
  })
  return terms
}
