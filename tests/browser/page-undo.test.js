/** Undo and redo: Ctrl+Z restores the numbers from before any kind of change; Ctrl+Shift+Z or Ctrl+Y redoes it. */
import assert from 'node:assert/strict'
import {
  blur,
  boxOf,
  cell,
  output,
  pageTest,
  panel,
  paste,
  preset,
  printed,
  SAME,
  SEED,
  textOf,
  unfold,
} from './browser.js'

const button = (page, name) => page.getByRole('button', { name, exact: true })
const numbers = (page, within = 'main') =>
  page
    .locator(`${within} .inputs .matrix input[type=text]`)
    .evaluateAll((all) => all.map(({ value }) => value).join(' '))
const headings = (page) => page.locator('.explorer .panel h2').allTextContents()
const FIRST = '1 2 3 4 5 6 7 8'

/**
 * Ways to change the numbers, and the numbers that result.
 * @type {Record<string, [change: (page: import('./browser.js').TestPage) => Promise<unknown>, numbers?: string]>}
 */
const CHANGES = {
  'a pasted tensor': [(page) => paste(cell(page, 'A, row 1, column 1'), '[[9, 8]]'), '9 8 5 6 7 8'],
  'an example': [(page) => preset(page, '1×4').click(), FIRST],
  'a file': [
    async (page) => {
      const file = { name: 'b.csv', mimeType: '', buffer: Buffer.from('5,5\n5,6') }
      await page.locator('.explorer .file input').nth(1).setInputFiles(file)
      await page.waitForFunction(() => document.querySelector('cosine-dim')?.hash)
    },
    '1 2 3 4 5 5 5 6',
  ],
  'a resize': [
    async (page) => {
      await unfold(page)
      await button(page, 'A: remove the last row').click()
    },
    '1 2 5 6 7 8',
  ],
  typing: [
    async (page) => {
      await cell(page, 'A, row 0, column 1').focus()
      await page.keyboard.press('End')
      await page.keyboard.type('50')
    },
    '1 250 3 4 5 6 7 8',
  ],
  'dragging an arrow’s tip': [
    async (page) => {
      await page.locator('.tip').first().scrollIntoViewIfNeeded()
      const { x, y, width, height } = await boxOf(page.locator('.tip').first())
      await page.mouse.move(x + width / 2, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + 500, y + height / 2, { steps: 4 })
      await page.mouse.up()
    },
  ],
}

for (const [name, [change, changed]] of Object.entries(CHANGES))
  pageTest(
    `${name} can be undone and redone`,
    async (page) => {
      await change(page)
      const after = [await numbers(page), ...(await printed(page))]
      if (changed) assert.equal(after[0], changed)
      assert.notDeepEqual(after, [FIRST, ...SEED])
      for (const redo of ['Control+Shift+KeyZ', 'Control+KeyY', 'Meta+Shift+KeyZ']) {
        await page.keyboard.press(redo.startsWith('Meta') ? 'Meta+KeyZ' : 'Control+KeyZ')
        assert.deepEqual([await numbers(page), ...(await printed(page))], [FIRST, ...SEED])
        await page.keyboard.press(redo)
        assert.deepEqual([await numbers(page), ...(await printed(page))], after)
      }
    },
    { ...(!['typing', 'dragging an arrow’s tip'].includes(name) ? SAME : {}) },
  )

pageTest('undoes changes one by one, a field at a time, and stops at the first state', async (page) => {
  const typed = async (name, text) => {
    await cell(page, name).focus()
    await page.keyboard.press('Control+KeyA')
    await page.keyboard.type(text)
  }
  const undo = () => page.keyboard.press('Control+KeyZ')
  await unfold(page)
  await typed('A, row 0, column 0', '10')
  await typed('B, row 1, column 1', '-7.5')
  await typed('eps', '0.5')
  await preset(page, '2×3').click()
  await undo()
  assert.equal(await numbers(page), '10 2 3 4 5 6 7 -7.5')
  assert.equal(await cell(page, 'eps').inputValue(), '0.5')
  await undo()
  assert.equal(await cell(page, 'eps').inputValue(), '1e-8')
  await undo()
  assert.equal(await numbers(page), '10 2 3 4 5 6 7 8')
  for (let i = 0; i < 3; i++) await undo()
  assert.deepEqual([await numbers(page), ...(await printed(page))], [FIRST, ...SEED])
  // A new change discards what could be redone.
  await typed('A, row 0, column 0', '2')
  await page.keyboard.press('Control+KeyY')
  assert.equal(await numbers(page), '2 2 3 4 5 6 7 8')
})

pageTest(
  'a resize button keeps the focus, even when the resize is undone',
  async (page) => {
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'))
    await unfold(page)
    for (const name of ['A: add a row', 'B: remove the last column']) {
      await button(page, name).focus()
      for (const key of ['Enter', 'Control+KeyZ', 'Control+KeyY']) {
        await page.keyboard.press(key)
        assert.equal(await focused(), name, key)
      }
    }
  },
  SAME,
)

pageTest(
  'undo restores panels that were removed or switched; the language stays',
  async (page) => {
    await button(page, 'Remove the panel dim=0').click()
    await panel(page, 1).getByRole('radio').nth(0).check()
    await button(page, '中文').click()
    await output(page, 0, 0).focus()
    await page.keyboard.press('Control+KeyZ')
    assert.deepEqual(await headings(page), ['dim=1'])
    await page.keyboard.press('Control+KeyZ')
    assert.deepEqual(await headings(page), ['dim=0', 'dim=1'])
    assert.equal(await page.locator('.explorer').getAttribute('lang'), 'zh-Hans')
    await page.keyboard.press('Control+KeyY')
    assert.deepEqual(await headings(page), ['dim=1'])
    assert.ok(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement))
  },
  SAME,
)

pageTest(
  'the URL follows undo, so a link shows what is on screen, and back still works',
  async (page) => {
    await preset(page, '1×4').click()
    await page.keyboard.press('Control+KeyZ')
    await page.waitForFunction(() => location.hash === '')
    await page.goBack()
    assert.equal(await cell(page, 'A, row 0, column 3').inputValue(), '4')
    await page.goBack()
    assert.deepEqual(await printed(page), SEED)
  },
  SAME,
)

for (const id of ['language', 'share'])
  pageTest(`from the page’s header, at #${id}, undo goes to the explorer used last`, async (page) => {
    await preset(page, '1×4').click()
    for (const come of [() => page.locator(`#${id}`).focus(), () => page.locator(`#${id}`).click()]) {
      await come()
      await page.keyboard.press('Control+KeyZ')
      assert.deepEqual([await numbers(page), ...(await printed(page))], [FIRST, ...SEED])
      await page.keyboard.press('Control+KeyY')
      assert.equal(await numbers(page), FIRST)
      assert.notDeepEqual(await printed(page), SEED)
      assert.equal(await page.evaluate(() => document.activeElement?.id), id)
    }
  })

pageTest('fields of the surrounding page keep their own undo', async (page) => {
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<input id="own"><textarea></textarea><p contenteditable>text</p>')
  })
  await preset(page, '1×4').click()
  for (const field of ['#own', 'body > textarea', '[contenteditable]']) {
    await page.locator(field).click()
    await page.keyboard.type('x')
    await page.keyboard.press('Control+KeyZ')
    assert.equal(await preset(page, '1×4').getAttribute('aria-pressed'), 'true', field)
    const text = await page
      .locator(field)
      .evaluate((/** @type {HTMLInputElement} */ node) => node.value ?? node.textContent)
    assert.doesNotMatch(text, /x$/)
  }
})

pageTest(
  'after an edit, a hint says how to undo it',
  async (page) => {
    const hint = page.locator('.explorer .setting > .hint').first()
    assert.match(await textOf(hint), /^Equal sizes/)
    await cell(page, 'A, row 0, column 1').fill('9')
    assert.match(await hint.innerText(), /^You edited these\. Ctrl\+Z \(⌘Z\) undoes it\./)
    await button(page, '中文').click()
    assert.match(await hint.innerText(), /按 Ctrl\+Z（⌘Z）撤销/)
    await page.keyboard.press('Control+KeyZ')
    assert.match(await hint.innerText(), /^各个轴大小相同/)
  },
  SAME,
)

pageTest('a question’s own field and another explorer keep their own undo', async (page) => {
  await page.evaluate(async () => {
    const other = document.createElement('cosine-dim')
    other.id = 'other'
    document.body.append(other)
    await other.ready
  })
  await preset(page, '1×4').first().click()
  await page.locator('#other input[type=text]').first().fill('6')
  await blur(page)
  // With no focus, the explorer touched last gets the key.
  await page.locator('#other .notes p').last().click()
  await page.keyboard.press('Control+KeyZ')
  assert.equal(await numbers(page, '#other'), FIRST)
  assert.equal(await preset(page, '1×4').first().getAttribute('aria-pressed'), 'true')
  // This holds wherever else the focus is, and however it got there.
  await page.locator('#other input[type=text]').first().fill('7')
  await page.locator('#share').click()
  await page.keyboard.press('Control+KeyZ')
  assert.equal(await numbers(page, '#other'), FIRST)
  assert.equal(await preset(page, '1×4').first().getAttribute('aria-pressed'), 'true')
  await page.getByRole('button', { name: 'Predict dim=1' }).first().click()
  await page.getByLabel('Shape of the result').first().pressSequentially('(1')
  await page.keyboard.press('Control+KeyZ')
  assert.equal(await preset(page, '1×4').first().getAttribute('aria-pressed'), 'true')
})
