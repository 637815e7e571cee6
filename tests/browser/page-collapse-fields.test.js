/** The half cells of A and B in the collapse, by keyboard. */
import assert from 'node:assert/strict'
import { cell, half, pageTest, SAME } from './browser.js'

const focused = (page) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'))

pageTest(
  'arrow keys go from half cell to half cell, after the caret has come to the end of the text',
  async (page) => {
    const press = async (key) => {
      await page.keyboard.press(key)
      return focused(page)
    }
    await half(page, 'A, row 0, column 0').focus()
    await page.keyboard.press('End')
    assert.equal(await press('ArrowRight'), 'A, row 0, column 1')
    assert.equal(await press('ArrowRight'), 'A, row 0, column 2', 'a text that is selected whole has no caret to move')
    assert.equal(await press('ArrowDown'), 'A, row 1, column 2')
    assert.equal(await press('ArrowDown'), 'A, row 1, column 2')
    await page.keyboard.press('End')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 2', 'the caret stands before 1')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 2', 'and then before −')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 1')
    assert.equal(await press('ArrowUp'), 'A, row 0, column 1')
    await page.keyboard.type('7')
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '7')
    assert.equal(await press('Tab'), 'B, row 0, column 0', 'a matrix is one Tab stop')
  },
  { hash: '#example=2x3&stage=cosine' },
)

pageTest(
  'a click into a cell selects its number, so that typing replaces it; a second click sets the caret',
  async (page) => {
    const field = half(page, 'A, row 0, column 1')
    await field.click()
    await page.keyboard.type('40')
    assert.equal(await field.inputValue(), '40')
    await field.click()
    await page.keyboard.press('End')
    await page.keyboard.type('5')
    assert.equal(await field.inputValue(), '405')
  },
  { hash: '#stage=cosine' },
)

pageTest(
  'many half cells are one Tab stop each for A and B, as in the editor',
  async (page) => {
    await half(page, 'A, row 0, column 0').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    assert.equal(await focused(page), 'B, row 0, column 0')
    await page.keyboard.press('Shift+Tab')
    assert.equal(await focused(page), 'A, row 0, column 1')
    const group = page
      .locator('.collapse')
      .getByRole('group', { name: /^A in the picture\. Arrow keys go from cell to cell/ })
    assert.equal(await group.count(), 1)
  },
  { hash: '#a=[[1,2,3,4],[5,6,7,8],[9,1,2,3]]&b=[[1,2,3,4],[5,6,7,8],[9,1,2,3]]&stage=cosine' },
)

pageTest(
  'an edit draws what is seen: hidden numbers have no layout, and the stills follow when typing rests',
  async (page) => {
    const numbers = page.locator('.collapse .presses text')
    const isLaidOut = (all) => all.filter((node) => node.getClientRects().length).map((node) => node.textContent)
    assert.deepEqual(await numbers.evaluateAll(isLaidOut), [
      ...['column 0\u00a0↓', 'column 1\u00a0↓'],
      '0.9558',
      '0.9839',
      ...['row 0\u00a0→', 'row 1\u00a0→'],
      '0.9734',
      '0.9972',
    ])
    const stills = page.locator('.collapse .stills .of-result:visible')
    const before = await stills.allTextContents()
    await half(page, 'A, row 0, column 1').evaluate((/** @type {HTMLInputElement} */ field) => {
      field.value = '-2'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    assert.match(await page.locator('.collapse .presses .out').first().innerText(), /0\.4472/)
    assert.ok(before.length === 4 && before[1] === '0.9839')
    await stills.getByText('0.4472').waitFor()
  },
  { hash: '#stage=cosine', reducedMotion: 'reduce' },
)

/** Once the room has been measured. */
const frame = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

/** Everything that the presses show, and their tables say. */
const drawn = (page) =>
  page
    .locator('.collapse .presses')
    .evaluate((sides) =>
      [...sides.querySelectorAll('svg *, .out, td')]
        .filter((node) => !node.matches('g') && node.closest('[display=none]') === null)
        .map(
          (node) => `${[...node.attributes].map(({ name, value }) => `${name}=${value}`).sort()} ${node.textContent}`,
        ),
    )

/** Among them other signs, more digits, and a 0. */
const EDITS = {
  '2x3': { 'A, row 0, column 1': '-12.5', 'A, row 1, column 1': '0' },
  '2x3x4': { 'A, layer 0, row 0, column 0': '-7', 'B, layer 1, row 2, column 3': '12.5' },
}

for (const [example, edits] of Object.entries(EDITS))
  pageTest(
    `an edit of ${example} changes the numbers of the press in place, to those of a press built for them`,
    async (page) => {
      for (const stage of ['multiply', 'add', 'cosine']) {
        await page.follow(`#example=${example}&dim=0,1&stage=${stage}&hide=panels,stepper,angles,attention`)
        await frame(page)
        const before = await drawn(page)
        const press = await page.locator('.presses .press').elementHandles()
        for (const [name, text] of Object.entries(edits)) await cell(page, name).fill(text)
        const after = await drawn(page)
        assert.notDeepEqual(after, before)
        for (const one of press) assert.ok(await one.evaluate((node) => node.isConnected), 'built anew')
        for (const _ of ['zh-Hans', 'en']) await page.locator('#language').click()
        await frame(page)
        assert.deepEqual(after, await drawn(page), stage)
      }
    },
    SAME,
  )
