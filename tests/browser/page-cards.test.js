/** The misconceptions: each card shows what it says, in place and in the panels, and can be returned to. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { MISCONCEPTIONS } from '../../web/explorer/model/misconceptions.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { hashOf } from '../golden/page.js'
import { boxOf, output, pageTest, panel, printed, root, SAME, SEED, textOf } from './browser.js'

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

pageTest(
  'each card’s button shows its state above, and back returns',
  async (page) => {
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
  },
  SAME,
)

/** What a card shows of its example: results as printed, and errors. */
const inCard = (page, wrong) =>
  card(page, wrong)
    .locator('[aria-label^="cos = "], .error')
    .evaluateAll((all) => all.map((node) => node.ariaLabel?.slice('cos = '.length) ?? node.textContent))

pageTest(
  'each card shows PyTorch’s results for its example',
  async (page) => {
    const t = textsIn('en')
    for (const one of MISCONCEPTIONS) {
      const plain = one.plain ? [golden.get('#dim=0,1')[1]] : []
      const answers = [...plain, ...answersTo(one)].map((text) => text.split('. ')[0])
      assert.deepEqual(await inCard(page, one.wrong(t)), answers, one.wrong(t))
      assert.doesNotMatch(await textOf(card(page, one.wrong(t))), /undefined|NaN/)
      const results = await card(page, one.wrong(t)).locator('.result').allTextContents()
      const numbers = answers.join(' ').match(/-?\d+\.\d*/g) ?? []
      assert.deepEqual(
        results.map((text) => text.replace('−', '-')),
        numbers,
      )
    }
  },
  SAME,
)

pageTest(
  'the card about pairs first shows that N rows with M rows give N results, and not N × M',
  async (page) => {
    const pairs = card(page, 'N rows with M rows give N × M results.')
    assert.deepEqual(
      await pairs.locator('.example').evaluateAll((all) => all.map((one) => one.querySelectorAll('.result').length)),
      [2, 4],
    )
    const claimed = pairs.locator('p > s[aria-hidden]')
    assert.equal(await claimed.textContent(), '4')
    assert.equal(await textOf(pairs.locator('p').filter({ hasText: 'not 4' })), '4 2 results, not 4.')
    assert.match(await pairs.ariaSnapshot(), /paragraph: 2 results, not 4\./)
    const [plain, struck] = [await boxOf(pairs.locator('.example').first()), await boxOf(claimed)]
    assert.ok(struck.y > plain.y && struck.y < (await boxOf(pairs.locator('.example').last())).y)
  },
  SAME,
)

pageTest('a card’s remedies change its own example, by keyboard and in place', async (page) => {
  const wrong = 'Two vectors need no dim.'
  const remedy = (name) => card(page, wrong).getByRole('button', { name, exact: true })
  const pressed = () => card(page, wrong).locator('[aria-pressed=true]').allTextContents()
  await remedy('dim=0').focus()
  const before = await page.evaluate(() => [location.href, scrollY])
  assert.match((await inCard(page, wrong)).join(), /^Dimension out of range .*but got 1\)$/)
  // PyTorch's answer for [1, 2, 2] and [5, 6, 1].
  for (const [name, result] of [
    ['dim=0', 'tensor(0.8043)'],
    ['dim=-1', 'tensor(0.8043)'],
    ['add an axis', 'tensor([0.8043])'],
  ]) {
    await remedy(name).focus()
    await page.keyboard.press('Enter')
    assert.deepEqual([await inCard(page, wrong), await pressed()], [[result], [name]])
    assert.equal(await focused(page), name)
  }
  assert.deepEqual(await page.evaluate(() => [location.href, scrollY]), before)
  assert.deepEqual(await printed(page), SEED)
  // It survives a change of language, and is taken along to the panels.
  await page.getByRole('button', { name: '中文' }).click()
  assert.deepEqual(await inCard(page, '两个向量不需要写 dim。'), ['tensor([0.8043])'])
  await page.getByRole('button', { name: 'English' }).click()
  await button(page, wrong, 'See it').click()
  assert.deepEqual(await said(page), ['tensor([0.8043])'])
  // Pressed again, the card shows its own example.
  await remedy('add an axis').press('Space')
  assert.match((await inCard(page, wrong)).join(), /^Dimension/)
  assert.deepEqual(await pressed(), [])
})

// PyTorch's results for [[1, 2, 2], [3, 4, -1]] and [[5, 6, 1], [7, 8, 3]].
pageTest(
  'each remedy shows the state that it names',
  async (page) => {
    const [down, right] = ['tensor([ 0.9558,  0.9839, -0.1414])', 'tensor([0.8043, 0.8878])']
    for (const [wrong, name, results] of /** @type {const} */ ([
      ['Dims count from 1, so a matrix has dims 1 and 2.', 'dim=1', [right]],
      ['Dims count from 1, so a matrix has dims 1 and 2.', 'dim=-1', [right]],
      ['The result’s shape will tell me if I used the wrong dim.', 'take 2×3', [down, right]],
      ['With a zero vector I get nan: 0 / 0.', 'eps=0', ['tensor([   nan, 0.8878])']],
    ])) {
      await button(page, wrong, name).click()
      assert.deepEqual(await inCard(page, wrong), results, name)
    }
  },
  SAME,
)

pageTest(
  'shows the working for the zero vector; without eps the result is nan',
  async (page) => {
    const wrong = 'With a zero vector I get nan: 0 / 0.'
    await button(page, wrong, 'See it').click()
    assert.equal(await output(page, 1, 0).getAttribute('aria-pressed'), 'true')
    assert.match(await panel(page, 1).locator('.note').textContent(), /‖a‖ = 0 is less than eps = 1e-08/)
    await button(page, wrong, 'eps=0').click()
    await button(page, wrong, 'See it').click()
    assert.equal(await page.getByLabel('eps', { exact: true }).inputValue(), '0')
    assert.deepEqual(await printed(page), ['tensor([   nan, 0.8878])'])
  },
  SAME,
)

const back = (page) => page.locator('.explorer .back')

pageTest(
  'every card can be returned to, whatever its numbers are',
  async (page) => {
    const t = textsIn('en')
    for (const one of MISCONCEPTIONS) {
      const wrong = one.wrong(t)
      await button(page, wrong, 'See it').click()
      assert.equal(await textOf(back(page)), `Back to the card (${wrong})`)
      assert.ok((await boxOf(back(page))).y >= 0)
      await back(page).press('Enter')
      assert.equal((await focused(page)).replace(/\s/g, ' '), `“${wrong}”`)
      const { y } = await boxOf(card(page, wrong))
      assert.ok(y >= 0 && y < 40, `${wrong} is at ${y}`)
    }
  },
  SAME,
)

pageTest(
  'a preset ends the way back to a card; the way back is in the link',
  async (page) => {
    await button(page, 'Dims count from 1', 'See it').click()
    await page.getByRole('button', { name: '2×3', exact: true }).first().click()
    assert.ok(await back(page).isHidden())
    assert.doesNotMatch(page.url(), /card=/)
    await page.goBack()
    // The reader still came from the card after changing a number.
    await page.locator('.explorer .inputs').getByLabel('A, row 0, column 0').fill('7')
    assert.match(page.url(), /card=from-one/)
    assert.match(await back(page).textContent(), /\(Dims count from 1/)
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.match(await back(page).textContent(), /\(Dims count from 1/)
  },
  SAME,
)

pageTest(
  'an old link shows a card’s numbers, and no way back to a card',
  async (page) => {
    assert.match((await said(page)).join(), /^Dimension out of range/)
    assert.ok(await back(page).isHidden())
  },
  { ...SAME, hash: '#example=2x3&dim=2' },
)

pageTest(
  'the way back is in view on a phone and in Chinese, and absent when the cards are hidden',
  async (page) => {
    await button(page, '有零向量', '到上面看').click()
    assert.match(await back(page).textContent(), /^回到卡片 \(有零向量/)
    const { y } = await boxOf(back(page))
    assert.ok(y >= 0 && y < 300, `it is at ${y}`)
    await page.locator('cosine-dim').evaluate((/** @type {CosineDimElement} */ explorer) => {
      explorer.hash += '&hide=cards'
    })
    assert.ok(await back(page).isHidden())
  },
  { viewport: { width: 320, height: 568 }, hash: '#lang=zh-Hans' },
)

pageTest(
  'the cards exist in Chinese and can be hidden',
  async (page) => {
    await page.getByRole('button', { name: '中文' }).click()
    assert.equal(await page.locator('.card').count(), MISCONCEPTIONS.length)
    await button(page, '两个向量不需要写 dim。', '到上面看').click()
    assert.match((await said(page)).join(), /^Dimension out of range/)
    await page.follow('#hide=cards')
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.equal(await page.locator('.card').count(), 0)
  },
  SAME,
)
