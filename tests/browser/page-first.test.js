/** What the first screen shows without a click, what it says first, and what is folded away. */
import assert from 'node:assert/strict'
import { boxOf, cell, pageTest, panel, preset, SAME, SEED, setEps, textOf } from './browser.js'

/** Whether an element is entirely within the window's height. */
const isInSight = (locator) =>
  locator.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect()
    return top >= 0 && bottom <= window.innerHeight
  })

/** The fields of A and B in the collapse. */
const halves = (page, i) => page.locator('.collapse .halves').nth(i)

/** Where the parts of the collapse are, once it has its room. All in one call: one for each takes Firefox seconds. */
const firstScreen = (page) =>
  page.locator('.collapse').evaluate(async (collapse) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const boxes = (parts) =>
      [...collapse.querySelectorAll(parts)].map((part) => {
        const { top, bottom } = part.getBoundingClientRect()
        return { text: part.textContent, top, bottom }
      })
    return {
      halves: boxes('.halves'),
      results: boxes('.presses .of-result'),
      printed: boxes('.out'),
      controls: boxes('.controls'),
      height: innerHeight,
    }
  })

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `the first screen shows A, B, both collapses at their end and all four results, ${lang}`,
    async (page) => {
      for (const [width, height] of [
        [390, 844],
        [1024, 768],
        [1280, 720],
        [1280, 800],
        [1440, 900],
        [1920, 1080],
      ]) {
        const at = `${width} × ${height}`
        await page.setViewportSize({ width, height })
        const { halves, results, printed, controls, height: bottom } = await firstScreen(page)
        assert.match(
          await page.locator('.intro').first().innerText(),
          lang === 'en' ? /point the same way/ : /方向有多接近/,
        )
        for (const one of halves) assert.ok(one.top >= 0 && one.bottom <= bottom, at)
        assert.deepEqual(
          results.map(({ text }) => text),
          ['0.9558', '0.9839', '0.9734', '0.9972'],
        )
        // The scrubber stays in reach and covers none of it.
        assert.equal(printed.length, 2)
        for (const one of [...results, ...printed]) assert.ok(one.bottom <= controls[0].top, `${one.text} at ${at}`)
        assert.ok(controls[0].top >= 0 && controls[0].bottom < bottom + 0.5, at)
        // Each of the page's first two sentences fits on one line.
        if (width >= 1280)
          for (const line of await page.locator('.intro').all()) {
            const lines = await line.evaluate(
              (node) => node.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(node).lineHeight),
            )
            assert.ok(lines < 1.5, `${await line.textContent()} at ${at}`)
          }
      }
      assert.deepEqual(await page.locator('.collapse .presses .out').allTextContents(), SEED)
    },
    { ...(lang !== 'en' ? SAME : {}), hash: `#lang=${lang}`, reducedMotion: 'reduce', reads: true },
  )

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `on the smallest phone the first screen shows the heading, the lead, and A and B side by side, ${lang}`,
    async (page) => {
      for (const part of await page.locator('h1, .intro').all()) assert.ok(await isInSight(part), await textOf(part))
      assert.match(await page.locator('header').innerText(), lang === 'en' ? /point the same way/ : /方向有多接近/)
      for (const i of [0, 1]) assert.ok(await isInSight(halves(page, i)), `${i}`)
      const [a, b] = await Promise.all([0, 1].map((i) => boxOf(halves(page, i))))
      assert.equal(a.y, b.y)
    },
    { ...(lang !== 'en' ? SAME : {}), viewport: { width: 320, height: 568 }, hash: `#lang=${lang}`, reads: true },
  )

for (const [width, isBeside] of /** @type {const} */ ([
  [390, false],
  [1280, true],
]))
  pageTest(
    `a question comes first when the covered panels are below it, ${width}`,
    async (page) => {
      const question = await boxOf(page.locator('.predict .own'))
      const cover = await boxOf(page.locator('.cover'))
      if (isBeside) assert.ok(cover.y === question.y && cover.x < question.x)
      else assert.ok(cover.y > question.y + question.height)
      assert.ok(question.y < 700)
    },
    { ...SAME, viewport: { width, height: 844 }, hash: '#predict=1', reads: true },
  )

/** Elements whose text is wider than their box. */
const areWhole = (boxes) =>
  boxes.evaluateAll((all) => all.filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.outerHTML))

for (const width of [320, 1280])
  pageTest(
    `the iris numbers are not cut off at ${width} px, in the fields or in the stepper`,
    async (page) => {
      const fields = page.locator('.explorer .inputs .matrix').nth(1).locator('input')
      assert.equal(await fields.first().inputValue(), '5.8433')
      assert.deepEqual(await areWhole(fields), [])
      await page.locator('.stepper').scrollIntoViewIfNeeded()
      const cells = page.locator('.stepper .operand-grid').nth(1).locator('.stretch:first-child .number-cell')
      assert.equal(await cells.first().textContent(), '5.8433')
      assert.deepEqual(await areWhole(cells), [])
    },
    { ...(width !== 320 ? SAME : {}), viewport: { width, height: 720 }, hash: '#example=iris' },
  )

for (const height of [568, 720, 1000])
  pageTest(
    `the drawing of 150 rows down fits a window ${height} px tall`,
    async (page) => {
      const hidden = await panel(page, 0)
        .locator('.stage')
        .evaluate((stage) => stage.scrollHeight - stage.clientHeight)
      assert.ok(hidden <= 0, `${hidden} px`)
    },
    { ...(height !== 568 ? SAME : {}), viewport: { width: 1280, height }, hash: '#example=iris', reads: true },
  )

pageTest(
  'the lead says what the cosine means and how each dim reads the numbers',
  async (page) => {
    const lead = async () => (await page.locator('.intro').allInnerTexts()).join(' ').replace(/\s+/g, ' ')
    assert.match(
      await lead(),
      /1 the same, 0 at right angles, −1 opposite.*In a matrix, dim=0 works down ↓ each column, dim=1 across → each row/,
    )
    await page.getByRole('button', { name: '中文' }).click()
    assert.match(await lead(), /1 是同向，0 是垂直，−1 是反向.*在矩阵里，dim=0 向下 ↓ 压每列，dim=1 向右 → 压每行/)
  },
  SAME,
)

const tools = (page) => page.locator('.explorer details.tools')
const isOpen = (page) => tools(page).evaluate((details) => details.open)
const summary = (page) => tools(page).locator('summary')

for (const [means, press] of Object.entries({
  mouse: (target) => target.click(),
  keyboard: (target) => target.press('Enter'),
}))
  pageTest(
    `sizes, files and eps unfold by ${means}, and stay unfolded in another language`,
    async (page) => {
      const row = page.getByRole('button', { name: 'A: add a row' })
      assert.ok(await row.isHidden())
      await press(summary(page))
      assert.ok(await row.isVisible())
      assert.ok(await page.getByLabel('Open a file for B: .npy, .csv').isVisible())
      await page.getByRole('button', { name: '中文' }).click()
      assert.ok(await isOpen(page))
      await press(summary(page))
      await page.getByRole('button', { name: 'English' }).click()
      assert.ok(!(await isOpen(page)))
    },
    { ...(means === 'mouse' ? SAME : {}) },
  )

pageTest(
  'the fold’s heading shows an eps other than the default',
  async (page) => {
    assert.equal(await summary(page).textContent(), 'Sizes, files, eps')
    await setEps(page, '4')
    assert.equal(await summary(page).textContent(), 'Sizes, files, eps = 4')
    await preset(page, '2×2').click()
    assert.equal(await summary(page).textContent(), 'Sizes, files, eps')
  },
  SAME,
)

pageTest(
  'an error inside the fold opens it',
  async (page) => {
    assert.ok(await cell(page, 'eps').isVisible())
    assert.match(await textOf(page.locator('.message:visible')), /^eps is “x”/)
  },
  { hash: '#eps=x' },
)
