/** How an explanation uses the core: one plan for each output asked for, and no terms until they are read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

/* The package keeps its instance to itself, so the export is wrapped while the instance is made. */
const { Instance } = WebAssembly
let plans = 0
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports)
    const { similarity, ...rest } = /** @type {any} */ (this.exports)
    const counted = (...parameters) => {
      plans++
      return similarity(...parameters)
    }
    Object.defineProperty(this, 'exports', { value: { ...rest, similarity: counted } })
  }
}
const { cosineSimilarity, explain } = await import('cosdim')

const A = [
  [1, 2],
  [3, 4],
]
const B = [
  [5, 6],
  [7, 8],
]

test('at() plans once, and reading its terms once more', () => {
  const explanation = explain(A, B)
  const { result } = explanation
  const counted = (use) => {
    plans = 0
    const value = use()
    return [plans, value]
  }
  const [ofAt, output] = counted(() => explanation.at(1))
  assert.equal(ofAt, 1)
  assert.equal(output.similarity, result.data[1])
  cosineSimilarity(B, A, { dim: 0 }) // another call uses the core in between
  const [ofTerms, terms] = counted(() => output.terms)
  assert.equal(ofTerms, 1)
  assert.deepEqual(
    terms.map(({ product }) => product),
    [21, 32],
  )
  assert.equal(counted(() => output.terms)[0], 0)
  assert.deepEqual([output.dot, terms[1].dot], [53, 53])
})
