/** The page's basic manners: it does not scroll sideways, nothing jumps, and targets are large enough to touch. */
import assert from 'node:assert/strict'
import { pageTest, SAME, unfold } from './browser.js'
import { inLanguage, STATES } from './states.js'

/** @typedef {import('../../types/explorer.js').CosineDimElement} CosineDimElement */

/** Goes to several states, and returns those that are wider than the window. In one call: each takes Firefox a second. */
const tooWideIn = (page, hashes) =>
  page.locator('cosine-dim').evaluate(
    (/** @type {CosineDimElement} */ explorer, hashes) =>
      hashes.filter((hash) => {
        explorer.hash = hash
        return document.documentElement.scrollWidth > innerWidth
      }),
    hashes,
  )

const LONG_NUMBERS = [
  '#a=[[1,-123456.789],[3,4]]&b=[[5,6],[7,8]]',
  '#a=[[1,-123456.789,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]',
  '#a=[[1,-123456.789],[3,4],[2,-1]]&b=[[5,6],[7,8],[1,3]]',
  '#a=[[1,-123456.789,3,4]]&b=[[5,6,7,8]]',
  `#a=[[1,${'unreadable'.repeat(8)}],[3,4]]&b=[[5,6],[7,8]]`,
]

pageTest('does not scroll sideways on any screen width, even with long numbers and a message', async (page) => {
  for (const width of [320, 760, 2560, 3840]) {
    await page.setViewportSize({ width, height: 700 })
    assert.deepEqual(await tooWideIn(page, LONG_NUMBERS), [], `at ${width} px`)
  }
  assert.ok(await page.locator('.message:visible').first().isVisible())
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
    { ...(state !== 'iris' ? SAME : {}), hash: STATES[state], viewport: { width: 1280, height: 720 } },
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

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `does not scroll sideways at 320 px in any state, ${lang}`,
    async (page) => {
      const hashes = Object.values(STATES).map((hash) => inLanguage(hash, lang))
      assert.deepEqual(await tooWideIn(page, hashes), [])
      assert.equal(await page.locator('.explorer').getAttribute('lang'), lang)
    },
    { ...(lang !== 'en' ? SAME : {}), viewport: { width: 320, height: 700 } },
  )
