/** What readers set: touch, less motion, forced colours, zoom, paper; and links that mean harm. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { cell, litCells, litOutputs, output, pageTest, panel, preset, printed, SEED, working } from './browser.js'
import { STATES } from './states.js'

pageTest(
  'a touch shows and pins an output, another lets it go; a touched cell shows what it feeds',
  async (page) => {
    await output(page, 0, 1).tap()
    assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
    assert.deepEqual(await litCells(page, 0), ['2', '4', '6', '8'])
    assert.equal((await working(page, 0)).at(-1), 'cos = 44 / (4.4721 · 10) = 0.9839')
    await output(page, 0, 1).tap()
    assert.deepEqual(await litOutputs(page, 0), [])
    await cell(page, 'B, row 1, column 0').tap()
    assert.deepEqual([await litOutputs(page, 0), await litOutputs(page, 1)], [['dim0:0'], ['dim1:1']])
  },
  { hasTouch: true, browsers: ['chromium'] },
)

for (const reducedMotion of ['reduce', 'no-preference'])
  pageTest(
    `nothing moves by itself, ${reducedMotion}`,
    async (page) => {
      assert.equal(
        await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches),
        reducedMotion === 'reduce',
      )
      const moving = () =>
        page.evaluate(() => document.getAnimations().map(({ effect }) => effect.target.outerHTML.slice(0, 80)))
      assert.deepEqual(await moving(), [])
      await preset(page, '2×3').click()
      await output(page, 0, 1).click()
      if (reducedMotion === 'reduce') assert.deepEqual(await moving(), [])
    },
    { reducedMotion },
  )

pageTest(
  'in forced colours what is lit, pinned, struck out or wrong has a line of its own',
  async (page) => {
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches))
    const line = (locator) =>
      locator.evaluate((node) => {
        const { outlineStyle, outlineWidth, borderTopWidth, borderTopStyle, textDecorationLine } =
          getComputedStyle(node)
        return [outlineStyle, outlineWidth, borderTopStyle, borderTopWidth, textDecorationLine].join()
      })
    const fill = (name) => preset(page, name).evaluate((node) => getComputedStyle(node).backgroundColor)
    assert.notEqual(await fill('2×2'), await fill('2×3'))
    const other = await line(output(page, 0, 0))
    const plain = await line(cell(page, 'A, row 0, column 0'))
    await output(page, 0, 1).click()
    await page.mouse.move(1, 1)
    assert.notEqual(await line(output(page, 0, 1)), other)
    await cell(page, 'A, row 0, column 0').fill('x')
    await page.evaluate(() => document.activeElement.shadowRoot.activeElement.blur())
    assert.notEqual(await line(cell(page, 'A, row 0, column 0')), plain)
    assert.match(await line(panel(page, 0).locator('s').first()), /line-through/)
  },
  { forcedColors: 'active', browsers: ['chromium'] },
)

pageTest(
  'on paper both dims stand with their results and working, without what only a screen can do',
  async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    assert.deepEqual(await page.locator('.explorer .call output').filter({ visible: true }).allTextContents(), SEED)
    assert.equal(await page.locator('.explorer .panels .line:visible').count(), 8)
    assert.equal(await page.locator('#tools:visible').count(), 0)
    const [ink, paper] = await page.evaluate(() =>
      [document.querySelector('h1'), document.documentElement].map(
        (node, i) => getComputedStyle(node)[i ? 'backgroundColor' : 'color'],
      ),
    )
    const light = (color) =>
      color
        .match(/\d+/g)
        .slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0) / 765
    assert.ok(light(paper) > 0.9 && light(ink) < 0.3, `${ink} on ${paper}`)
    for (const part of ['.tools', '.settings', '.by-hand', '.dims', '.moves', '.quiz', '.predict'])
      assert.equal(await page.locator(`.explorer ${part}:visible`).count(), 0, part)
    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(String(pdf.subarray(0, 5)), '%PDF-')
  },
  { browsers: ['chromium'] },
)

pageTest(
  'of 150 rows, paper has those at the beginning, and they do not overlap',
  async (page) => {
    await page.emulateMedia({ media: 'print' })
    for (const dim of [0, 1]) {
      const tops = await panel(page, dim)
        .locator('.cells .cell:visible')
        .evaluateAll((cells) => cells.map((node) => node.getBoundingClientRect()).map(({ x, y }) => `${x} ${y}`))
      assert.equal(tops.length, 2 * 12 * 4)
      assert.equal(new Set(tops).size, tops.length)
    }
    const rows = page.locator('.explorer .inputs .matrix').first().locator('tbody tr:visible')
    assert.equal(await rows.count(), 12)
    const clipped = await rows.last().evaluate((row) => {
      const box = row.closest('.blocks')
      return [box.scrollHeight - box.clientHeight, getComputedStyle(box, '::after').content]
    })
    assert.deepEqual(clipped, [0, '"⋮"'])
  },
  { hash: STATES.iris, browsers: ['chromium'] },
)

pageTest(
  'of 150 rows, those out of sight are not drawn; they are as soon as one scrolls or walks there, with their numbers',
  async (page) => {
    const isDrawn = (node) => node.checkVisibility({ contentVisibilityAuto: true })
    const last = panel(page, 1).locator('button.output').last()
    const first = panel(page, 1).locator('button.output').first()
    await first.scrollIntoViewIfNeeded()
    await first.evaluate(
      (node) => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100, node))),
    )
    assert.equal(await first.evaluate(isDrawn), true)
    assert.equal(await last.evaluate(isDrawn), false)
    await cell(page, 'A, row 149, column 3').fill('9')
    assert.equal(await last.textContent(), 'z25 →: 0.7800, from A[149, :] and B[0, :]')
    await last.focus()
    await page.waitForTimeout(200)
    assert.equal(await last.evaluate(isDrawn), true)
  },
  { hash: STATES.iris },
)

// A window of 1280 px, zoomed to 200 % and to 400 %, has 640 and 320.
for (const [percent, width, height] of [
  [200, 640, 360],
  [400, 320, 180],
])
  pageTest(
    `at ${percent} % all can be reached without sideways scrolling, and what has the focus is in sight`,
    async (page) => {
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0)
      for (const target of [cell(page, 'B, row 1, column 1'), output(page, 1, 1)]) {
        await target.focus()
        const { x, y, width: w, height: h } = await target.boundingBox()
        assert.ok(x >= 0 && y >= 0 && x + w <= width + 1 && y + h <= height + 1, JSON.stringify({ x, y, w, h }))
      }
    },
    { viewport: { width, height }, deviceScaleFactor: percent / 100 },
  )

pageTest('text twice as large still fits', async (page) => {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0)
})

const anyHash = fc.array(
  fc.oneof(
    fc.constantFrom(
      'a=',
      'b=',
      'dim=',
      'pin=',
      'lang=',
      'hide=',
      'step=',
      'eps=',
      '[[',
      ']]',
      '&',
      '%',
      '%00',
      '<img src=x onerror=alert(1)>',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
  { maxLength: 20 },
)

pageTest('a hash of random bytes is harmless: nothing runs, and the page goes on', async (page) => {
  for (const parts of fc.sample(anyHash, { numRuns: 25, seed: 6 })) {
    await page.follow(parts.join(''))
    assert.equal(await page.locator('.explorer').count(), 1)
    assert.equal(await page.locator('.explorer img').count(), 0)
  }
  await page.follow('')
  await page.waitForFunction(() => location.hash === '' && document.querySelector('cosine-dim').hash === '')
  assert.deepEqual(await printed(page), SEED)
})

/** Boxes that scroll with nothing in them that has the focus need it themselves; where nothing scrolls, none has it. */
const LONG = `[${Array.from({ length: 150 }, (_, i) => i + 1)}]`
for (const [hash, boxes] of [
  ['#step=4', []],
  [
    `#a=${LONG}&b=${LONG}&step=4`,
    ['A, shape (150,)', 'B, shape (150,)', 'A, shape (150,)', 'B, shape (150,)', 'Terms of A[:] and B[:]'],
  ],
])
  pageTest(
    `what scrolls can be scrolled by keyboard, and has a name: ${boxes.length} boxes`,
    async (page) => {
      const scrolled = page.locator('.blocks, .operand-grid, .terms, .lines, .call').and(page.locator('[tabindex="0"]'))
      // They are told apart once they are laid out.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))))
      const names = await scrolled.evaluateAll((all) => all.map((box) => box.ariaLabel))
      assert.deepEqual(names.slice(0, 2), boxes.slice(0, 2))
      assert.deepEqual(names.sort(), boxes.toSorted())
      for (const box of await scrolled.all()) {
        await box.evaluate((node) => node.scrollTo(0, 0))
        const isWide = await box.evaluate((node) => node.scrollWidth > node.clientWidth)
        await box.press(isWide ? 'ArrowRight' : 'ArrowDown')
        await page.waitForFunction((node) => node.scrollLeft + node.scrollTop > 0, await box.elementHandle())
      }
    },
    { hash },
  )
