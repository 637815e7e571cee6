/** The examples of one target against many have PyTorch's similarities, shares and sums. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ATTENTION_EXAMPLES, attentionOf } from '../../web/explorer/model/attention.js'

const golden = JSON.parse(readFileSync(new URL('../golden/page.json', import.meta.url), 'utf8')).attention

const numbers = ({ shape, cells }) => ({ shape, values: cells.map(Number) })

test('PyTorch gives the same similarities, shares and sums for each example', () => {
  for (const { changes } of ATTENTION_EXAMPLES) {
    const { answers } = golden.find(
      ({ behaviored, target }) =>
        JSON.stringify([target, behaviored]) === JSON.stringify([changes.target, changes.behaviored]),
    )
    const { similarities, sum, softmax, error } = attentionOf({
      target: numbers(changes.target),
      behaviored: numbers(changes.behaviored),
    })
    assert.equal(error, undefined)
    for (const [kind, column] of Object.entries({ cos: similarities, sum, softmax })) {
      assert.equal(column.printed, answers[kind].text)
      assert.ok(Object.is(column.sum, Number(answers[kind].total)) || Math.abs(column.sum - answers[kind].total) < 1e-6)
    }
  }
})
