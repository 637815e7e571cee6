/** The bounds of the accuracy table hold, up to a length of 10⁵. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LENGTHS, trials, worst } from './accuracy.js'

for (const { kind, dtype, bound, eps, pairs } of trials())
  test(`${kind}, ${dtype}: within ${bound} units, and exactly ±1 for x and ±x`, () => {
    for (const n of LENGTHS) {
      const { rows, columns, self } = worst(...pairs(n), dtype, n, eps)
      assert.ok(rows <= bound && columns <= bound, `length ${n}: ${rows} by rows, ${columns} by columns`)
      assert.equal(self, 0, `length ${n}`)
    }
  })
