/** The page as a reader has it, in Chromium: its numbers, its links between results and cells, and its manners. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { serve } from '../../scripts/serve.js'

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

let browser
let site

before(async () => {
  site = await serve(root('dist/page/'), 0)
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
})

after(async () => {
  await browser?.close()
  site?.server.close()
})

/**
 * A test on a page of its own, which must not complain, break its content security policy, or ask another host.
 * @param {string} name
 * @param {(page: import('playwright-core').Page) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
function pageTest(name, body, options = {}) {
  test(name, async () => {
    const context = await browser.newContext(options)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) complaints.push(`a request to ${request.url()}`)
    })
    try {
      await page.goto(site.url)
      if (options.javaScriptEnabled !== false) await page.waitForSelector('button.output')
      await body(page)
      assert.deepEqual(complaints, [])
    } finally {
      await context.close()
    }
  })
}

const panel = (page, dim) => page.getByRole('region', { name: `dim=${dim}` })
const output = (page, dim, i) => panel(page, dim).getByRole('button').nth(i)
const cell = (page, name) => page.getByLabel(name, { exact: true })
const printed = (page) => page.locator('.call output').allTextContents()
const working = (page, dim) => panel(page, dim).locator('.line > .unseen').allTextContents()

/** What is lit: the fields of A and B by name, and of a panel its drawn cells by value and its outputs. */
const litFields = (page) =>
  page
    .locator('.matrix [data-lit] input')
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label')))
const litCells = (page, dim) => panel(page, dim).locator('.cell[data-lit]').allTextContents()
const litOutputs = (page, dim) =>
  panel(page, dim)
    .locator('button[data-lit]')
    .evaluateAll((buttons) => buttons.map((button) => button.dataset.key))

const SEED = ['tensor([0.9558, 0.9839])', 'tensor([0.9734, 0.9972])']

pageTest('shows the four results of the worked example, with the working of the first', async (page) => {
  assert.deepEqual(await printed(page), SEED)
  assert.deepEqual(await page.locator('button.output').allTextContents(), [
    'p ↓: 0.9558, from A[:, 0] and B[:, 0]',
    'q ↓: 0.9839, from A[:, 1] and B[:, 1]',
    'u →: 0.9734, from A[0, :] and B[0, :]',
    'v →: 0.9972, from A[1, :] and B[1, :]',
  ])
  assert.deepEqual(await working(page, 0), [
    'dot = 1·5 + 3·7 = 26',
    '‖a‖ = √(1² + 3²) = 3.1623',
    '‖b‖ = √(5² + 7²) = 8.6023',
    'cos = 26 / (3.1623 · 8.6023) = 0.9558',
  ])
  assert.equal(await panel(page, 0).locator('math mfrac').count(), 1)
  assert.equal(await panel(page, 1).locator('math msqrt').count(), 2)
})

pageTest(
  'shows the worked example without scripts, and the same as with them',
  async (page) => {
    assert.deepEqual(await printed(page), SEED)
    assert.ok(await page.locator('noscript p').isVisible())
    const texts = (of) =>
      of.locator('.call, .chips, .head, .value, .plain p, .line > .unseen, .angle, h3').allTextContents()
    const live = await browser.newPage()
    try {
      await live.goto(site.url)
      await live.waitForSelector('button.output')
      const trimmed = (all) => all.map((text) => text.trim())
      assert.deepEqual(trimmed(await texts(page)), trimmed(await texts(live)))
    } finally {
      await live.close()
    }
  },
  { javaScriptEnabled: false },
)

test('says why it cannot compute, above the worked example', async () => {
  const page = await browser.newPage()
  try {
    await page.addInitScript(() => {
      globalThis.WebAssembly = undefined
    })
    await page.goto(site.url)
    await page.getByRole('alert').filter({ hasText: 'could not start to compute' }).waitFor()
    assert.deepEqual(await printed(page), SEED)
    assert.equal(await page.locator('input').count(), 0)
  } finally {
    await page.close()
  }
})

// What PyTorch 2.14 gives for the same edits.
pageTest('an edit changes the one output of each dim that the cell feeds', async (page) => {
  await cell(page, 'A, row 0, column 1').fill('-9')
  assert.deepEqual(await printed(page), ['tensor([ 0.9558, -0.2234])', 'tensor([-0.6928,  0.9972])'])
  assert.deepEqual(await working(page, 1), [
    'dot = 1·5 + (−9)·6 = −49',
    '‖a‖ = √(1² + (−9)²) = 9.0554',
    '‖b‖ = √(5² + 6²) = 7.8102',
    'cos = −49 / (9.0554 · 7.8102) = −0.6928',
  ])
  await cell(page, 'A, row 0, column 1').fill('2')
  await cell(page, 'B, row 1, column 0').fill('.5')
  assert.deepEqual(await printed(page), ['tensor([0.4091, 0.9839])', 'tensor([0.9734, 0.8359])'])
  await page
    .getByRole('status')
    .filter({ hasText: 'dim=0: tensor([0.4091, 0.9839]); dim=1: tensor([0.9734, 0.8359])' })
    .waitFor({ state: 'attached' })
})

pageTest('eps takes the place of a norm that is less, and the working says so', async (page) => {
  assert.equal(await page.locator('.note').count(), 0)
  await page.getByLabel('eps').fill('4')
  assert.deepEqual(await printed(page), ['tensor([0.7556, 0.9839])', 'tensor([0.5442, 0.9972])'])
  assert.equal((await working(page, 0)).at(-1), 'cos = 26 / (4 · 8.6023) = 0.7556')
  assert.equal(
    await panel(page, 0).locator('.note').textContent(),
    '‖a‖ = 3.1623 is less than eps = 4, so eps takes its place.',
  )
  await page.getByLabel('eps').fill('1e-8')
  await cell(page, 'A, row 0, column 0').fill('0')
  await cell(page, 'A, row 1, column 0').fill('0')
  assert.equal((await printed(page))[0], 'tensor([0.0000, 0.9839])')
  assert.equal(await panel(page, 0).locator('.angle').textContent(), 'No angle: one of the two has length 0.')
})

for (const [shape, chips, results] of [
  ['(2, 3)', ['(2, 3) → (3,)', '(2, 3) → (2,)'], ['tensor([ 0.9558,  0.9839, -0.1414])', 'tensor([0.8043, 0.8878])']],
  ['(3, 2)', ['(3, 2) → (2,)', '(3, 2) → (3,)'], ['tensor([0.8641, 0.8570])', 'tensor([ 0.9734,  0.9972, -0.1414])']],
])
  pageTest(`in the shape ${shape} the two results differ in length`, async (page) => {
    await cell(page, 'A, row 0, column 0').fill('7')
    await page.getByRole('radio', { name: shape }).check()
    assert.deepEqual(await printed(page), results)
    assert.deepEqual(
      await page.locator('.chips').allTextContents(),
      chips.map((text) => `Shape: ${text}`),
    )
    await page.getByRole('radio', { name: '(2, 2)' }).check()
    assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '7')
  })

pageTest('strikes the reduced axis out, and says so in words', async (page) => {
  await page.getByRole('radio', { name: '(2, 3)' }).check()
  for (const [dim, struck, words] of [
    [0, '2', 'Index 0 runs ↓ and disappears. Index 1 stays: one output for each of its 3 values.'],
    [1, '3', 'Index 1 runs → and disappears. Index 0 stays: one output for each of its 2 values.'],
  ]) {
    assert.deepEqual(await panel(page, dim).locator('s').allTextContents(), [struck])
    assert.ok(await panel(page, dim).getByText(words).isVisible())
  }
})

/** The ways to look at something, each with how to look away. */
const LOOKS = {
  'the mouse': [(target) => target.hover(), (page) => page.mouse.move(1, 1)],
  'the keyboard': [
    async (target) => {
      await target.page().keyboard.press('Tab')
      await target.focus()
    },
    (page) => page.evaluate(() => document.activeElement.blur()),
  ],
}

for (const [means, [lookAt, lookAway]] of Object.entries(LOOKS))
  pageTest(`links an output with its lane, and a cell with the outputs it feeds, by ${means}`, async (page) => {
    await lookAt(output(page, 0, 1))
    assert.deepEqual(
      await litFields(page),
      [0, 1].map((i) => `A, row ${i}, column 1`).concat([0, 1].map((i) => `B, row ${i}, column 1`)),
    )
    assert.deepEqual(await litCells(page, 0), ['2', '4', '6', '8'])
    assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])
    assert.deepEqual(await litOutputs(page, 1), [])
    assert.equal((await working(page, 0)).at(-1), 'cos = 44 / (4.4721 · 10) = 0.9839')

    await lookAt(output(page, 1, 1))
    assert.deepEqual(await litCells(page, 1), ['3', '4', '7', '8'])
    assert.deepEqual(await litOutputs(page, 0), [])

    await lookAt(cell(page, 'B, row 1, column 0'))
    assert.deepEqual(await litFields(page), ['B, row 1, column 0'])
    assert.deepEqual(await litOutputs(page, 0), ['dim0:0'])
    assert.deepEqual(await litOutputs(page, 1), ['dim1:1'])
    assert.deepEqual(await litCells(page, 0), ['1', '3', '5', '7'])
    assert.equal((await working(page, 0)).at(-1), 'cos = 26 / (3.1623 · 8.6023) = 0.9558')
    assert.equal((await working(page, 1)).at(-1), 'cos = 53 / (5 · 10.6301) = 0.9972')

    await lookAway(page)
    assert.equal(await page.locator('[data-lit]').count(), 0)
  })

pageTest('a click pins an output; a second click or Esc lets it go', async (page) => {
  const pinned = output(page, 0, 1)
  const pressed = () => pinned.getAttribute('aria-pressed')
  await pinned.click()
  await page.mouse.move(1, 1)
  assert.equal(await pressed(), 'true')
  assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])

  await output(page, 0, 0).hover()
  assert.deepEqual(await litOutputs(page, 0), ['dim0:0'])
  await page.mouse.move(1, 1)
  assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])

  await pinned.click()
  await page.mouse.move(1, 1)
  assert.equal(await pressed(), 'false')
  assert.equal(await page.locator('[data-lit]').count(), 0)

  await pinned.click()
  await page.mouse.move(1, 1)
  await page.keyboard.press('Escape')
  assert.equal(await pressed(), 'false')
  assert.equal(await page.locator('[data-lit]').count(), 0)
})

pageTest('a pin survives an edit, whose result it shows', async (page) => {
  await output(page, 0, 1).click()
  await cell(page, 'A, row 0, column 1').fill('-9')
  assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
  assert.equal((await working(page, 0)).at(-1), 'cos = −22 / (9.8489 · 10) = −0.2234')
})

for (const [typed, words] of [
  ['abc', 'A, row 0, column 1 is “abc”, which is not a number. The last good value was 2; Esc brings it back.'],
  ['', 'A, row 0, column 1 is empty. Give a number. The last good value was 2; Esc brings it back.'],
  ['1,5', 'A, row 0, column 1 is “1,5”. Write 1.5. The last good value was 2; Esc brings it back.'],
  [
    '1e999',
    'A, row 0, column 1 is “1e999”, too large for float32, which ends at 3.4e38. The last good value was 2; Esc brings it back.',
  ],
])
  pageTest(`flags a cell with “${typed}” in words, keeps the last good result, and recovers`, async (page) => {
    const wrong = cell(page, 'A, row 0, column 1')
    const marks = page.getByText('Last good result, from before the marked input.')
    const visibleMarks = async () =>
      (await marks.all()).length && Promise.all((await marks.all()).map((mark) => mark.isVisible()))
    const message = page.locator('.message:visible')
    assert.deepEqual(await visibleMarks(), [false, false])

    await wrong.fill(typed)
    assert.equal(await wrong.getAttribute('aria-invalid'), 'true')
    assert.deepEqual(await message.allTextContents(), [words])
    assert.equal(await wrong.getAttribute('aria-describedby'), await message.getAttribute('id'))
    assert.deepEqual(await visibleMarks(), [true, true])
    assert.deepEqual(await printed(page), SEED)

    await cell(page, 'A, row 0, column 0').fill('12')
    assert.deepEqual(await printed(page), SEED)

    await wrong.press('Escape')
    assert.equal(await wrong.inputValue(), '2')
    assert.equal(await wrong.getAttribute('aria-invalid'), null)
    assert.equal(await message.count(), 0)
    assert.deepEqual(await visibleMarks(), [false, false])
    assert.deepEqual(await printed(page), ['tensor([0.7612, 0.9839])', 'tensor([0.7578, 0.9972])'])
  })

pageTest('flags an eps below 0 in PyTorch’s words', async (page) => {
  await page.getByLabel('eps').fill('-1')
  assert.match(await page.locator('.message:visible').textContent(), /eps must be non-negative, got: -1/)
  assert.deepEqual(await printed(page), SEED)
  await page.getByRole('radio', { name: '(3, 2)' }).check()
  assert.equal(await page.getByLabel('eps').inputValue(), '1e-8')
  assert.equal(await page.locator('.message:visible').count(), 0)
})

pageTest('is walked by keyboard alone: cells by arrows, the caret first, then shape, eps and outputs', async (page) => {
  const focused = () =>
    page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key)
    return focused()
  }
  assert.equal(await press('Tab'), 'A, row 0, column 0')
  assert.equal(await press('ArrowUp'), 'A, row 0, column 0')
  assert.equal(await press('ArrowDown'), 'A, row 1, column 0')
  assert.equal(await press('ArrowRight'), 'A, row 1, column 1')
  await page.keyboard.type('12')
  assert.equal(await press('ArrowLeft'), 'A, row 1, column 1')
  assert.equal(await press('ArrowLeft'), 'A, row 1, column 1')
  assert.equal(await press('ArrowLeft'), 'A, row 1, column 0')
  assert.equal(await press('ArrowUp', 'ArrowRight'), 'A, row 0, column 1')
  assert.equal(await cell(page, 'A, row 1, column 1').inputValue(), '12')
  await press('Tab', 'Tab') // over row 1 of A
  assert.equal(await press('Tab'), 'B, row 0, column 0')
  await press('Tab', 'Tab', 'Tab', 'Tab')
  assert.equal(await page.evaluate(() => document.activeElement.value), '(2, 2)')
  await press('ArrowRight')
  assert.deepEqual((await printed(page))[1], 'tensor([0.8043, 0.8878])')
  await press('ArrowLeft', 'Tab')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'eps')
  assert.match(await press('Tab'), /^p ↓/)
  assert.match(await press('Tab'), /^q ↓/)
  await press('Enter')
  assert.match(await press('Tab'), /^u →/)
  assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
  await press('Escape')
  assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'false')
})

/** The places where something is wider than the window. */
const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const width of [320, 760, 2560])
  pageTest(
    `does not scroll sideways at ${width} px`,
    async (page) => {
      for (const shape of ['(2, 2)', '(2, 3)', '(3, 2)']) {
        await page.getByRole('radio', { name: shape }).check()
        await cell(page, 'A, row 1, column 1').fill('-123456.789')
        assert.ok((await tooWide(page)) <= 0, shape)
      }
      await cell(page, 'A, row 1, column 1').fill('unreadable'.repeat(8))
      assert.ok((await tooWide(page)) <= 0, 'with a message')
    },
    { viewport: { width, height: 700 } },
  )

pageTest(
  'is large enough to be touched',
  async (page) => {
    for (const target of await page.locator('input, button').all()) {
      const { width, height } = await target.boundingBox()
      assert.ok(width >= 24 && height >= 24, await target.evaluate((node) => node.outerHTML))
    }
  },
  { viewport: { width: 320, height: 700 } },
)

for (const colorScheme of ['light', 'dark'])
  pageTest(
    `axe finds nothing wrong, ${colorScheme}`,
    async (page) => {
      await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
      const violations = async () => {
        const { violations } = await page.evaluate(() => globalThis.axe.run())
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      }
      assert.deepEqual(await violations(), [])
      await page.getByRole('radio', { name: '(2, 3)' }).check()
      await output(page, 0, 2).click()
      await page.getByLabel('eps').fill('9')
      await cell(page, 'B, row 0, column 0').fill('x')
      assert.deepEqual(await violations(), [])
    },
    { colorScheme, reducedMotion: 'reduce' },
  )
