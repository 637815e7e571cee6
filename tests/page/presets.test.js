/** The examples: their golden answers are up to date, iris is Fisher's, and an edit of it computes little. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { explain } from 'cosdim'
import { FLOWERS, MEAN_FLOWER } from '../../web/explorer/model/iris.js'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { createStore, INITIAL } from '../../web/explorer/state/state.js'

const golden = JSON.parse(readFileSync(new URL('../golden/presets.json', import.meta.url), 'utf8'))
/** Stands in for a language: each text is its key. */
const keyOf = (key) => key

test('the golden answers belong to the current examples', () => {
  /** @param {import('../../web/explorer/model/presets.js').Preset} preset */
  const asked = ({ name, changes: { a, b, eps } }) => ({
    name: typeof name === 'function' ? name(keyOf) : name,
    a,
    b,
    eps,
  })
  assert.deepEqual(
    golden.map(({ answers, ...question }) => question),
    PRESETS.map(asked),
  )
})

// R prints these means for summary(iris) and colMeans(iris[, 1:4]).
test('iris has 150 flowers, the known means, and rows 35 and 38 as in Fisher', () => {
  assert.deepEqual(FLOWERS.shape, [150, 4])
  assert.equal(FLOWERS.cells.length, 600)
  const means = [5.843333, 3.057333, 3.758, 1.199333]
  means.forEach((mean, column) => {
    const sum = FLOWERS.cells.reduce((sum, text, i) => (i % 4 === column ? sum + Number(text) : sum), 0)
    assert.equal((sum / 150).toFixed(6), mean.toFixed(6))
    assert.equal(Number(MEAN_FLOWER.cells[column]).toFixed(4), mean.toFixed(4))
  })
  assert.equal(FLOWERS.cells.slice(34 * 4, 35 * 4).join(), '4.9,3.1,1.5,0.2')
  assert.equal(FLOWERS.cells.slice(37 * 4, 38 * 4).join(), '4.9,3.6,1.4,0.1')
})

test('an edit of 150 × 4 numbers computes only the workings that are shown', () => {
  const prototype = Object.getPrototypeOf(explain([1], [1], { dim: 0 }))
  const { at } = prototype
  let asked = 0
  prototype.at = function (...index) {
    asked++
    return at.apply(this, index)
  }
  try {
    const store = createStore({ ...INITIAL, a: FLOWERS, b: MEAN_FLOWER }, () => {})
    store.follow(() => store.views.map(({ outputs }, i) => outputs[store.shown[i]].working))
    asked = 0
    store.type('a', 5, '9')
    assert.equal(asked, store.views.length)
  } finally {
    prototype.at = at
  }
})
