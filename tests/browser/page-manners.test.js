/** The page's basic manners: it does not scroll sideways, nothing jumps, and targets are large enough to touch. */
import assert from 'node:assert/strict'
import { cell, pageTest, preset, tooWide, unfold } from './browser.js'
import { inLanguage, STATES } from './states.js'

pageTest('does not scroll sideways on any screen width, even with long numbers and a message', async (page) => {
  for (const width of [320, 760, 2560, 3840]) {
    await page.setViewportSize({ width, height: 700 })
    for (const shape of ['2×2', '2×3', '3×2', '1×4']) {
      await preset(page, shape).click()
      await cell(page, 'A, row 0, column 1').fill('-123456.789')
      assert.ok((await tooWide(page)) <= 0, `${shape} at ${width} px`)
    }
    await cell(page, 'A, row 0, column 1').fill('unreadable'.repeat(8))
    assert.ok((await tooWide(page)) <= 0, `with a message at ${width} px`)
  }
})

/** The vertical position of each visible heading. */
const places = (page) =>
  page
    .locator('.explorer h2')
    .evaluateAll((headings) =>
      headings
        .filter((heading) => heading.getClientRects().length)
        .map((heading) => Math.round(heading.getBoundingClientRect().top + scrollY)),
    )

for (const state of ['first', 'iris', 'summing a long lane'])
  pageTest(
    `nothing moves during scrolling, ${state}`,
    async (page) => {
      const before = await places(page)
      assert.ok(before.length > 1)
      await page.evaluate(async () => {
        for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
          scrollTo(0, top)
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
        }
      })
      assert.deepEqual(await places(page), before)
    },
    { hash: STATES[state], viewport: { width: 1280, height: 720 } },
  )

pageTest(
  'targets are large enough to touch',
  async (page) => {
    await unfold(page)
    const targets = ':is(input, button, summary, select, [role=slider]):visible'
    // All in one call: one call per target takes Firefox half a minute.
    const small = await page.locator(targets).evaluateAll((all) =>
      all
        .filter((target) => {
          const { width, height } = target.getBoundingClientRect()
          return width < 24 || height < 24
        })
        .map((target) => target.outerHTML),
    )
    assert.deepEqual(small, [])
  },
  { viewport: { width: 320, height: 700 } },
)

pageTest(
  'does not scroll sideways at 320 px in any state, en and zh-Hans',
  async (page) => {
    for (const [state, hash] of Object.entries(STATES))
      for (const lang of ['en', 'zh-Hans']) {
        await page.follow(inLanguage(hash, lang))
        assert.equal(await page.locator('.explorer').getAttribute('lang'), lang)
        assert.ok((await tooWide(page)) <= 0, `${state}, ${lang}`)
      }
  },
  { viewport: { width: 320, height: 700 } },
)
