/** How an explanation uses the core: one plan for each output asked for, and no terms until they are read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importWith } from './instance.js'

let plans = 0
const { cosineSimilarity, explain } = await importWith((exports) => ({
  similarity(...parameters) {
    plans++
    return exports.similarity(...parameters)
  },
}))

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
