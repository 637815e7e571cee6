/** The quiz's questions: their right answers are PyTorch's, they cover what can be asked, and they never end. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { nextQuestion, OPENING, question } from '../../web/explorer/model/questions.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { askedOf } from '../golden/page.js'

const golden = JSON.parse(readFileSync(new URL('../golden/page.json', import.meta.url), 'utf8')).questions

test('the one right option is PyTorch’s answer', () => {
  for (const { answer, ...asked } of golden) {
    assert.deepEqual(askedOf(asked.seed), asked)
    const { options, answer: said } = question(asked.seed)
    const right = options.filter(({ isRight }) => isRight)
    assert.equal(right.length, 1)
    assert.deepEqual(right[0].shape, answer.shape, `${asked.seed}`)
    assert.equal(new Set(options.map(({ shape }) => `${shape && `(${shape})`}`)).size, options.length)
    for (const lang of ['en', 'zh-Hans']) {
      const t = textsIn(lang)
      if (answer.error) assert.ok(said(t).includes(`\`${answer.error}\``))
      for (const { isRight, why } of options) assert.ok(isRight || (why && why(t).length > 3))
    }
  }
})

test('the questions cover all ranks, two kinds of errors and broadcasting, and use no example’s shapes', () => {
  const count = (is) => golden.filter(is).length
  const seen = new Set(PRESETS.map(({ changes: { a, b } }) => `${a.shape};${b.shape}`))
  for (const rank of [1, 2, 3, 4]) assert.ok(count(({ a, b }) => Math.max(a.length, b.length) === rank) > 20, `${rank}`)
  assert.ok(count(({ answer }) => /Dimension/.test(answer.error)) > 10)
  assert.ok(count(({ answer }) => /size of tensor/.test(answer.error)) > 10)
  assert.ok(count(({ a, b, answer }) => answer.shape && `${a}` !== `${b}`) > 40)
  assert.ok(count(({ dim }) => dim < 0) > 60)
  assert.equal(
    count(({ a, b }) => seen.has(`${a};${b}`)),
    0,
  )
})

test('starts with matrices of unequal sizes along each dim, and never ends', () => {
  const asked = OPENING.map((seed) => golden.find((one) => one.seed === seed))
  const isPlain = ({ a, b, dim, answer }) =>
    `${a}` === `${b}` && a.length === 2 && a[0] !== a[1] && dim >= 0 && answer.shape
  assert.ok(asked.slice(0, 2).every(isPlain))
  assert.deepEqual(new Set(asked.slice(0, 2).map(({ dim }) => dim)), new Set([0, 1]))
  for (const { answer } of asked) assert.ok(answer.shape)
  assert.ok(asked.slice(2).some(({ dim }) => dim < 0))
  assert.ok(asked.slice(2).some(({ a }) => a.length === 3))
  assert.ok(asked.slice(2).some(({ a, b }) => `${a}` !== `${b}`))
  const last = asked.reduce((seed) => nextQuestion(seed), OPENING[0])
  assert.equal(last, OPENING[OPENING.length - 1] + 1)
  assert.equal(nextQuestion(999), 0)
})
