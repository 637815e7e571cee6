/** The working behind an output: which elements it came from, its terms, and what was done with their sums. */
import { element, lanes, similarity, similarityShape, terms, working } from './core.js'
import { integer } from './options.js'
import { Tensor } from './tensor.js'

/**
 * One term: x1 · x2, x1² and x2², and the sums of them so far. `index1` and `index2` are where x1 and x2 stand in their
 * operands, broadcasting undone.
 * @typedef {{ index1: number[], index2: number[], x1: number, x2: number, product: number, square1: number,
 *   square2: number, dot: number, norm1Squared: number, norm2Squared: number }} Term
 */

/** The working of cosineSimilarity(x1, x2, { dim, eps }), computed where it is asked for. */
export class Explanation {
  #x1
  #x2
  #dim
  #eps
  /** @type {Tensor | undefined} */
  #result

  /**
   * @param {import('./strided.js').Strided} x1
   * @param {import('./strided.js').Strided} x2
   * @param {number} dim
   * @param {number} eps
   */
  constructor(x1, x2, dim, eps) {
    this.#x1 = x1
    this.#x2 = x2
    this.#dim = dim
    this.#eps = eps
    /** The result's shape. */
    this.shape = similarityShape(x1, x2, dim, eps)
  }

  /** What cosineSimilarity returns. */
  get result() {
    this.#result ??= new Tensor(similarity([this.#x1, this.#x2], this.#dim, this.#eps))
    return this.#result
  }

  /**
   * The working of the output at an index. RangeError for one that there is not.
   * @param {...number} index
   */
  at(...index) {
    const eps = this.#eps
    index.forEach((i) => {
      integer('at()', 'index', i)
    })
    /** @type {Parameters<typeof lanes>} */
    const output = [this.#x1, this.#x2, this.#dim, eps, index]
    const [lane1, lane2] = lanes(...output)
    const { dot, norm1, norm2, clamped1, clamped2, angle } = working(...output)
    const similarity = element(this.result, lane1.output)
    /** @type {Term[] | undefined} */
    let computed
    return {
      /** As in the result. */
      similarity: /** @type {number} */ (similarity),
      /** Between the two vectors, in radians; NaN beside a zero vector. */
      angle,
      /** Σ x1 · x2 */
      dot,
      /** √Σ x1², and below it √Σ x2² */
      norm1,
      norm2,
      /** max(norm1, eps) and max(norm2, eps), which dot is divided by. */
      clamped1,
      clamped2,
      /** @returns {Term[]} */
      get terms() {
        computed ??= terms(...output).map((term, t) => ({
          index1: lane1.index(t),
          index2: lane2.index(t),
          ...term,
        }))
        return computed
      },
    }
  }
}
