/** Phones: the scrubber, which stays in reach at the bottom, covers nothing of what a beat is about. */
import assert from 'node:assert/strict'
import { boxOf, HASTY, pageTest, SAME, textOf } from './browser.js'

const collapse = (page) => page.locator('.explorer .collapse')
const story = (page) => page.locator('.explorer .story')
const next = (page) => story(page).locator('.next button')
const answer = (page, place) => story(page).locator('.answers button').nth(place)
const both = (page) => collapse(page).locator('.both')

const WIDE = { width: 390, height: 844 }
const SMALL = { width: 320, height: 640 }

/** Where pictures and printed results end, and where the scrubber's bar begins. */
const endsOf = (page) =>
  collapse(page).evaluate((root) => {
    const bottoms = (parts) => [...root.querySelectorAll(parts)].map((part) => part.getBoundingClientRect().bottom)
    return {
      presses: bottoms('.presses .press'),
      results: bottoms('.along:first-child .of-result'),
      printed: bottoms('.out'),
      bar: root.querySelector('.controls')?.getBoundingClientRect().top ?? 0,
    }
  })

/** What a reader does in each beat before going on; each leaves something to be seen. */
const STEPS = [
  { name: 'dim=0 of the second beat', act: (page) => answer(page, 1).click() },
  { name: 'both dims of the second beat', act: (page) => both(page).click() },
  { name: 'both dims of the third beat', act: (page) => next(page).click() },
  { name: 'a phrase of the third beat', act: (page) => answer(page, 0).click(), goesOn: true },
  { name: 'dim=1 of the fourth beat', act: (page) => answer(page, 1).click() },
  { name: 'all dims of the fourth beat', act: (page) => both(page).click(), isLong: true },
  { name: 'the last beat', act: (page) => next(page).click() },
]

for (const lang of ['en', 'zh-Hans'])
  for (const viewport of [WIDE, SMALL])
    pageTest(
      `the bar covers no picture and no result of any beat, and the next one is in sight, ${viewport.width} px, ${lang}`,
      async (page) => {
        await next(page).click()
        for (const { name, act, goesOn, isLong } of STEPS) {
          await act(page)
          const { presses, results, printed, bar } = await endsOf(page)
          // No phone has room for three blocks. The smallest has room for the results of one of two presses.
          const whole = isLong ? 1 : presses.length
          const isCramped = viewport === SMALL && whole === 2
          assert.ok(bar > 0 && whole > 0, name)
          for (const bottom of isCramped ? results : [...presses.slice(0, whole), ...printed.slice(0, whole)])
            assert.ok(bottom <= bar + 1, `${name}: ${bottom} is below ${bar}`)
          const onward = await boxOf(story(page).locator('.next'))
          assert.ok(onward.y >= 0 && onward.y + onward.height <= bar, `${name}: next at ${onward.y}`)
          if (goesOn) await next(page).click()
        }
      },
      { ...(lang === 'en' && viewport === WIDE ? {} : SAME), viewport, hash: `#lang=${lang}` },
    )

/* By a link, nothing scrolls. A short wide window leaves no room for blocks, the smallest phone none for three of them. */
const LINKS = ['#stage=1', '#beat=names&stage=1', '#beat=own&stage=1', '#example=2x3x4', '#example=2x3x4&dim=0,1,2']
for (const [width, height, count = LINKS.length] of [
  [320, 640, 4],
  [390, 844],
  [768, 1024],
  [1024, 768],
  [1280, 720, 3],
  [1920, 1080],
])
  for (const lang of ['en', 'zh-Hans'])
    pageTest(
      `a link’s first picture and its result stand above the bar, ${width} × ${height}, ${lang}`,
      async (page) => {
        for (const hash of LINKS.slice(0, count)) {
          await page.follow(`${hash}&lang=${lang}`)
          const { presses, printed, bar } = await endsOf(page)
          assert.equal(await page.evaluate(() => scrollY), 0)
          const seen = width < 768 ? 1 : presses.length
          for (const bottom of [...presses.slice(0, seen), ...printed.slice(0, seen)])
            assert.ok(bottom <= bar + 1, `${hash}: ${bottom} is below ${bar}`)
        }
      },
      { ...(lang !== 'en' ? SAME : {}), viewport: { width, height }, reads: true },
    )

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `every phrase of the third beat is in sight, ${lang}`,
    async (page) => {
      for (const viewport of [WIDE, SMALL]) {
        await page.setViewportSize(viewport)
        const { x, width } = await boxOf(story(page))
        for (const phrase of await story(page).locator('.answers button').all()) {
          const box = await boxOf(phrase)
          assert.ok(box.x >= x && box.x + box.width <= x + width, await textOf(phrase))
        }
      }
    },
    { ...SAME, viewport: WIDE, hash: `#beat=names&lang=${lang}`, reads: true },
  )

pageTest(
  'the smallest phone shows four decimals of every result of a block',
  async (page) => {
    const texts = await collapse(page).locator('.along').first().locator('.press .of-result').allTextContents()
    assert.equal(texts.length, 12)
    for (const text of texts) assert.match(text, /^\d\.\d{4}$/)
  },
  { viewport: SMALL, hash: '#example=2x3x4', reads: true },
)

pageTest(
  'the first beat asks its question, below the heading and above A and B',
  async (page) => {
    for (const viewport of [WIDE, SMALL]) {
      await page.setViewportSize(viewport)
      const words = story(page).locator('.telling')
      assert.match(await textOf(words), /Which axis vanished\?$/)
      const { y, width, height } = await boxOf(words)
      assert.ok(width > 200 && height > 15)
      assert.ok(y + height <= (await boxOf(collapse(page).locator('.given'))).y + 1)
    }
  },
  { viewport: WIDE, reads: true },
)

/** Where the press stands on the page, wherever that has been scrolled to. */
const topOf = (page) =>
  collapse(page)
    .locator('.press')
    .evaluate((press) => Math.round(press.getBoundingClientRect().top + scrollY))

for (const viewport of [WIDE, SMALL])
  pageTest(
    `a verdict, which is seen once the press has played, moves nothing, ${viewport.width} px`,
    async (page) => {
      const verdict = story(page).locator('.verdict')
      for (const hash of ['#beat=three', '#beat=which']) {
        await page.follow(hash)
        // Wrong: the longer verdict.
        await answer(page, 0).click()
        assert.match(await textOf(verdict), /^Not quite/)
        assert.equal(await verdict.getAttribute('class'), 'verdict wrong unseen')
        const before = await topOf(page)
        await story(page).locator('.verdict:not(.unseen)').waitFor()
        assert.equal(await topOf(page), before)
        const { printed, bar } = await endsOf(page)
        assert.ok(printed[0] <= bar + 1, `every row of the result: ${printed[0]} is below ${bar}`)
      }
    },
    { ...(viewport === WIDE ? {} : SAME), ...HASTY, viewport },
  )
