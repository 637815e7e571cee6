/** docs/scale.md says what its formula gives for the figures that it states. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { figuresIn, withTables } from './scale.js'

const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')

test('the tables follow from the figures', () => {
  const figures = figuresIn(page)
  for (const [name, value] of Object.entries(figures)) assert.ok(value > 0, name)
  assert.equal(withTables(page, figures), page)
})

test('other figures give other tables', () => {
  const figures = { ...figuresIn(page), 'c, float32': 1000 }
  const changed = withTables(page, figures)
  assert.match(changed, /\| 1 \| 280 h \| 3\.1 MB\/s \| 280 h \|/)
  assert.deepEqual(figuresIn(changed), figures)
})
