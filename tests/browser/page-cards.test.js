/** The misconceptions: each card's button shows what it says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { MISCONCEPTIONS } from '../../web/explorer/model/misconceptions.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { hashOf } from '../golden/page.js'
import { boxOf, output, pageTest, panel, printed, root, SEED } from './browser.js'

/** @typedef {import('../../types/explorer.js').CosineDimElement} CosineDimElement */

const golden = new Map(
  JSON.parse(readFileSync(root('tests/golden/page.json'), 'utf8')).code.map(({ hash, answers }) => [
    hash,
    answers.PyTorch.map(({ text, error }) => text ?? error),
  ]),
)
const answersTo = ({ shown }) => golden.get(hashOf(shown))
const card = (page, wrong) => page.locator('.card').filter({ hasText: wrong })
const button = (page, wrong, name) => card(page, wrong).getByRole('button', { name, exact: false }).first()
/** What the panels show: results or errors. */
const said = (page) => page.locator('.explorer .call').locator('output, .error').allTextContents()
const focused = (page) => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)

pageTest('each card’s button shows its state, and back returns', async (page) => {
  const t = textsIn('en')
  for (const one of MISCONCEPTIONS) {
    await button(page, one.wrong(t), 'See it').click()
    const shown = (await said(page)).map((text) => text.split('. ')[0])
    assert.deepEqual(
      shown,
      answersTo(one).map((text) => text.split('. ')[0]),
      one.wrong(t),
    )
    assert.equal(await focused(page), `dim=${one.shown.dims[0]}`)
    const { y } = await boxOf(panel(page, one.shown.dims[0]))
    assert.ok(y >= -1 && y < 400, `${one.wrong(t)}: its panel is at ${y}`)
  }
  for (const _ of MISCONCEPTIONS) await page.goBack()
  assert.deepEqual(await printed(page), SEED)
})

pageTest('a card works by keyboard, and its suggestions fix the error of two vectors', async (page) => {
  const wrong = 'Two vectors need no dim.'
  const press = async (name) => {
    await button(page, wrong, name).focus()
    await page.keyboard.press('Enter')
  }
  await press('See it')
  assert.equal(await focused(page), 'dim=1')
  assert.match((await said(page)).join(), /^Dimension out of range \(expected to be in range of \[-1, 0\], but got 1\)/)
  // PyTorch's answer for [1, 2, 2] and [5, 6, 1].
  for (const [name, dim, result] of [
    ['dim=0', '0', 'tensor(0.8043)'],
    ['dim=-1', '-1', 'tensor(0.8043)'],
    ['add an axis', '1', 'tensor([0.8043])'],
  ]) {
    await press(name)
    assert.deepEqual(await said(page), [result])
    assert.equal(await focused(page), `dim=${dim}`)
  }
})

pageTest('shows the working for the zero vector; without eps the result is nan', async (page) => {
  const wrong = 'With a zero vector I get nan: 0 / 0.'
  await button(page, wrong, 'See it').click()
  assert.equal(await output(page, 1, 0).getAttribute('aria-pressed'), 'true')
  assert.match(await panel(page, 1).locator('.note').textContent(), /‖a‖ = 0 is less than eps = 1e-08/)
  await button(page, wrong, 'eps=0').click()
  assert.equal(await page.getByLabel('eps', { exact: true }).inputValue(), '0')
  assert.deepEqual(await printed(page), ['tensor([   nan, 0.8878])'])
})

const tries = (page) => page.locator('.explorer .tries')
const tryOf = (page, name) => tries(page).getByRole('button', { name })
const pressed = (page) => tries(page).locator('[aria-pressed=true]').allTextContents()

pageTest('a card’s suggestions can be tried in the state it loads, and a button returns to the card', async (page) => {
  const wrong = 'Two vectors need no dim.'
  assert.ok(await tries(page).isHidden())
  await button(page, wrong, 'See it').click()
  assert.equal(await tries(page).textContent(), `Then try:dim=0dim=-1add an axisBack to the card (${wrong})`)
  assert.deepEqual(await pressed(page), [])
  const { y } = await boxOf(tries(page))
  assert.ok(y >= 0 && y < 400, `it is at ${y}`)
  // PyTorch's answer for [1, 2, 2] and [5, 6, 1].
  await tryOf(page, 'dim=0').click()
  assert.deepEqual([await said(page), await pressed(page)], [['tensor(0.8043)'], ['dim=0']])
  await tryOf(page, 'add an axis').focus()
  await page.keyboard.press('Enter')
  assert.deepEqual([await said(page), await pressed(page)], [['tensor([0.8043])'], ['add an axis']])
  assert.equal(await focused(page), 'add an axis')
  await page.goBack()
  assert.deepEqual(await pressed(page), ['dim=0'])
  await tryOf(page, 'Back to the card').focus()
  await page.keyboard.press('Enter')
  assert.equal(await focused(page), `“${wrong}”`)
  const { y: top, height } = await boxOf(card(page, wrong))
  assert.ok(top >= 0 && top + height <= 720)
  // Other numbers are no longer the card's state.
  await page.getByLabel('A, index 0').fill('7')
  assert.ok(await tries(page).isHidden())
})

pageTest(
  'the suggestions are in view on a phone and in Chinese, and absent when the cards are hidden',
  async (page) => {
    await button(page, '有零向量', '看一看').click()
    assert.match(await tries(page).textContent(), /^再试试：eps=0回到卡片 \(有零向量/)
    const { y } = await boxOf(tries(page))
    assert.ok(y >= 0 && y < 300, `it is at ${y}`)
    await page.locator('cosine-dim').evaluate((/** @type {CosineDimElement} */ explorer) => {
      explorer.hash += '&hide=cards'
    })
    assert.ok(await tries(page).isHidden())
  },
  { viewport: { width: 320, height: 568 }, hash: '#lang=zh-Hans' },
)

pageTest('the cards exist in Chinese and can be hidden', async (page) => {
  await page.getByRole('button', { name: '中文' }).click()
  assert.equal(await page.locator('.card').count(), MISCONCEPTIONS.length)
  await button(page, '两个向量不需要写 dim。', '看一看').click()
  assert.match((await said(page)).join(), /^Dimension out of range/)
  await page.follow('#hide=cards')
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.equal(await page.locator('.card').count(), 0)
})

// PyTorch's results for [[1, 2, 2], [3, 4, -1]] and [[5, 6, 1], [7, 8, 3]].
pageTest('a card’s suggestion loads the state that it names', async (page) => {
  const [down, right] = ['tensor([ 0.9558,  0.9839, -0.1414])', 'tensor([0.8043, 0.8878])']
  for (const [wrong, name, results] of /** @type {const} */ ([
    ['Dims count from 1, so a matrix has dims 1 and 2.', 'dim=1', [right]],
    ['Dims count from 1, so a matrix has dims 1 and 2.', 'dim=-1', [right]],
    ['The result’s shape will tell me if I took the wrong dim.', 'take 2×3', [down, right]],
  ])) {
    await button(page, wrong, name).click()
    assert.deepEqual(await said(page), results, name)
    assert.equal(await focused(page), name.startsWith('dim') ? name : 'dim=0')
  }
})
