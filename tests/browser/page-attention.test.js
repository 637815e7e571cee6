/** One target against many rows: shares by sum and by softmax, editing, and what can go wrong with a sum. */
import assert from 'node:assert/strict'
import { cell, litFields, pageTest, SAME, textOf } from './browser.js'

const section = (page) => page.locator('.attention')
/** The table's columns, each as a list of texts. */
const columns = async (page) => {
  const rows = await section(page)
    .locator('.shares tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((one) => one.textContent)))
  return Object.fromEntries(
    ['row', 'cos', 'sum', 'softmax'].map((name, i) => [name, rows.slice(1).map((row) => row[i])]),
  )
}
/** Where the bars of a column start and end, in pixels from the zero line. */
const bars = (page, column) =>
  section(page)
    .locator(`tbody td:nth-child(${column}) .bar`)
    .evaluateAll((all) =>
      all.map((bar) => {
        const [stroke, zero] = ['::before', '::after'].map((part) => getComputedStyle(bar, part))
        const from = parseFloat(stroke.left) - parseFloat(zero.left) - 1
        return { from, to: from + parseFloat(stroke.width) }
      }),
    )
const note = (page) => section(page).locator('.shares > p').textContent()
const example = (page, name) => section(page).getByRole('button', { name, exact: true })

pageTest('first shows three rows, with bars as long as their shares', async (page) => {
  assert.deepEqual(await columns(page), {
    row: ['behaviored, row 0[0] →', 'behaviored, row 1[1] →', 'behaviored, row 2[2] →', 'sum'],
    cos: ['0.8121', '0.7815', '0.7619', '2.3555'],
    sum: ['0.3448', '0.3318', '0.3234', '1.0000'],
    softmax: ['0.3424', '0.3320', '0.3256', '1.0000'],
  })
  const strokes = await section(page)
    .locator('td:nth-child(3) .bar')
    .evaluateAll((all) => all.map((bar) => getComputedStyle(bar, '::before').borderTopColor))
  const names = await section(page)
    .locator('th button')
    .evaluateAll((all) => all.map((name) => getComputedStyle(name).color))
  assert.deepEqual(strokes, names)
  assert.equal(new Set(strokes).size, 3)
  const [bySum, bySoftmax] = [await bars(page, 3), await bars(page, 4)]
  const lengths = [...bySum, ...bySoftmax].map(({ from, to }) => to - from)
  const shares = [0.3448, 0.3318, 0.3234, 0.3424, 0.332, 0.3256]
  assert.equal(lengths.length, shares.length)
  lengths.forEach((length, i) => {
    assert.ok(Math.abs(length / lengths[0] - shares[i] / shares[0]) < 0.02, `${length}, ${shares[i]}`)
  })
})

pageTest(
  'the bar of a negative share points the other way, and a note says it is no probability',
  async (page) => {
    await example(page, 'One row opposite').click()
    assert.deepEqual((await columns(page)).sum, ['1.3218', '0.9419', '-1.2637', '1.0000'])
    assert.deepEqual((await columns(page)).softmax, ['0.5276', '0.3967', '0.0757', '1.0000'])
    const [first, , last] = await bars(page, 3)
    assert.ok(first.to > 10 && Math.abs(first.from) <= 1 && last.from < -10 && Math.abs(last.to) <= 1)
    assert.match(await note(page), /one below 0 is no probability/)
    await page.goBack()
    assert.equal((await columns(page)).sum[0], '0.3448')
    assert.equal(await example(page, 'Three alike').getAttribute('aria-pressed'), 'true')
  },
  SAME,
)

pageTest(
  'a sum of 0 gives inf and nan as in PyTorch, without bars; softmax avoids them',
  async (page) => {
    await example(page, 'A sum of 0').click()
    assert.deepEqual((await columns(page)).sum, ['inf', 'nan', '-inf', 'nan'])
    assert.deepEqual((await columns(page)).softmax, ['0.6652', '0.2447', '0.0900', '1.0000'])
    assert.deepEqual([(await bars(page, 3)).length, (await bars(page, 4)).length], [0, 3])
    assert.match(await note(page), /dividing by 0 gives inf, or nan for 0 \/ 0, as in PyTorch. softmax is the cure/)
    await example(page, 'A zero target').click()
    assert.deepEqual((await columns(page)).sum, ['nan', 'nan', 'nan', 'nan'])
    assert.deepEqual((await columns(page)).softmax, ['0.3333', '0.3333', '0.3333', '1.0000'])
    assert.match(await note(page), /0 \/ 0, which is nan/)
  },
  SAME,
)

pageTest('can be edited by keyboard, is kept in the URL and announces changes; A and B stay', async (page) => {
  await example(page, 'One row opposite').focus()
  await page.keyboard.press('Enter')
  await cell(page, 'behaviored, row 1, column 0').focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('-20')
  // By the definition, cos of (1, 2) with (-20, 3), (3, 1), (-1, -1) is −14/√5√409, 5/√5√10, −3/√5√2.
  assert.deepEqual((await columns(page)).cos, ['-0.3096', '0.7071', '-0.9487', '-0.5512'])
  assert.match(await note(page), /turns the order around/)
  await page
    .getByRole('status')
    .filter({ hasText: /Shares by sum: tensor\(\[ 0\.5617, -1\.2829, {2}1\.7212\]\); by softmax/ })
    .waitFor({ state: 'attached' })
  await page.waitForURL(/#target=\[\[1,2\]\]&behaviored=\[\[-20,3\],\[3,1\],\[-1,-1\]\]$/)
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.deepEqual((await columns(page)).cos, ['-0.3096', '0.7071', '-0.9487', '-0.5512'])
  assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '1')
})

pageTest(
  'flags an invalid number and keeps the last valid shares, even in another language',
  async (page) => {
    const wrong = cell(page, 'target, row 0, column 1')
    const stale = section(page).locator('.stale')
    assert.ok(await stale.isHidden())
    await wrong.fill('abc')
    assert.equal(await wrong.getAttribute('aria-invalid'), 'true')
    assert.match(await section(page).locator('.message:visible').textContent(), /target, row 0, column 1 is “abc”/)
    assert.match(await stale.textContent(), /last good numbers/)
    assert.deepEqual((await columns(page)).sum, ['0.3448', '0.3318', '0.3234', '1.0000'])
    await page.getByRole('button', { name: '中文' }).click()
    assert.deepEqual((await columns(page)).sum, ['0.3448', '0.3318', '0.3234', '1.0000'])
    await page.getByRole('button', { name: 'English' }).click()
    await wrong.press('Escape')
    assert.ok(await stale.isHidden())
  },
  SAME,
)

pageTest(
  'a row highlights its numbers, and a number its row, by mouse and by keyboard',
  async (page) => {
    const lit = async () => [
      (await litFields(page)).length,
      await section(page).locator('tr[data-lit] th').allTextContents(),
    ]
    const row = (i) => section(page).getByRole('button', { name: `row ${i}` })
    await example(page, 'One row opposite').click()
    await page.mouse.move(0, 0)
    assert.deepEqual(await lit(), [0, []])
    await section(page).locator('.shares tbody tr').nth(1).locator('td').last().hover()
    assert.deepEqual(await litFields(page), [
      'target, row 0, column 0',
      'target, row 0, column 1',
      'behaviored, row 1, column 0',
      'behaviored, row 1, column 1',
    ])
    await cell(page, 'behaviored, row 2, column 0').hover()
    assert.deepEqual(await lit(), [1, ['behaviored, row 2[2] →']])
    await cell(page, 'target, row 0, column 0').hover()
    assert.equal((await lit())[1].length, 3)
    await page.mouse.move(0, 0)

    await row(0).focus()
    await page.keyboard.press('Tab')
    assert.deepEqual(await lit(), [4, ['behaviored, row 1[1] →']])
    await page.keyboard.press('Enter')
    assert.equal(await row(1).getAttribute('aria-pressed'), 'true')
    await page.waitForURL(/pin=behaviored:1/)
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.deepEqual(await lit(), [4, ['behaviored, row 1[1] →']])
    await row(1).focus()
    await page.keyboard.press('Escape')
    assert.equal(await row(1).getAttribute('aria-pressed'), 'false')
  },
  SAME,
)

pageTest(
  'reports mismatched shapes in the reader’s language',
  async (page) => {
    const error = section(page).locator('.error')
    assert.match(await textOf(error), /target has the shape \(3,\), behaviored \(3, 10\)\..*the same D/)
    await page.getByRole('button', { name: '中文' }).click()
    assert.match(await textOf(page.locator('.attention .error')), /target 的形状是 \(3,\).*D 相同/)
  },
  { ...SAME, hash: '#target=[1,2,3]' },
)

pageTest('its 40 cells are two Tab stops, and arrow keys move within them', async (page) => {
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.ariaLabel)
  await cell(page, 'target, row 0, column 0').focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), 'target, row 0, column 1')
  await page.keyboard.press('Tab')
  assert.equal(await focused(), 'behaviored, row 0, column 0')
  await page.keyboard.press('ArrowDown')
  assert.equal(await focused(), 'behaviored, row 1, column 0')
  await page.keyboard.press('Shift+Tab')
  assert.equal(await focused(), 'target, row 0, column 1')
})
