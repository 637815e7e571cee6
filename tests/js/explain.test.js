/** How an explanation uses the core: asking for an output plans once, and its terms are computed when they are read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

/* Counts the calls of one export; the package shows its instance to nobody. */
const { Instance } = WebAssembly
let plans = 0
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args)
    const { similarity, ...rest } = this.exports
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

test('at() plans once, and its terms once more, when they are first read', () => {
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
  cosineSimilarity(B, A, { dim: 0 }) // others use the core in between
  const [ofTerms, terms] = counted(() => output.terms)
  assert.equal(ofTerms, 1)
  assert.deepEqual(
    terms.map(({ product }) => product),
    [21, 32],
  )
  assert.equal(counted(() => output.terms)[0], 0)
  assert.deepEqual([output.dot, terms[1].dot], [53, 53])
})
