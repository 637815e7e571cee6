/** Present mode's stage: each step of each screen is whole, in large type, and looks the same in every window. */
import assert from 'node:assert/strict'
import { boxOf, pageTest, tooWide } from './browser.js'

const PRESENTED = '#show=story,collapse&present=story'
/* In parts of the height of the largest 16:9 in the window. */
const LEAST = 0.025
/* Numbers in cells, squares in corners among them, and what stands beside the cells. */
const LEAST_NUMBER = 0.019

const screen = (page) => page.locator('dialog.presentation')
const where = (page) => screen(page).locator('.where').textContent()

/** In the window: what is cut off, and each text with the height of its type. */
const seen = (page) =>
  screen(page).evaluate((node) => {
    const rect = (one) => one.getBoundingClientRect()
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const all = (names, within = node) => [...within.querySelectorAll(names)].filter(isSeen)
    const [controls] = all('.controls')
    const bottom = controls ? rect(controls).top : innerHeight
    const cut = all('.along').flatMap((side) => {
      const { left, right } = rect(side)
      return all('.dim, .tuple > [aria-hidden], .axis, .press, .out', side)
        .filter((part) => part.matches('.press') || part.textContent)
        .filter((part) => {
          const own = rect(part)
          if (own.right > right+1||own.bottom>bottom+1||own.left<left-1) console.log(part.className, JSON.stringify([own, {left,right,bottom}]))
          return own.left < left - 1 || own.right > right + 1 || own.bottom > bottom + 1 || own.top < 0
        })
        .map((part) => part.getAttribute('class') ?? part.textContent)
    })
    const zoom = rect(node).width / node.offsetWidth
    const texts = all('.telling, .verdict, .dim, .axis, .out, .say, .stops button, .where, .answers .choice, input[type=text], .press text')
      .filter((one) => (one.textContent || one.value) && one.getAttribute('opacity') !== '0')
      .map((one) => ({
        text: `${one.textContent || one.value}`,
        isNumber: one.matches('.press text'),
        height: Number.parseFloat(getComputedStyle(one).fontSize) * zoom,
      }))
    return {
      cut,
      texts,
      over: [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight],
    }
  })

for (const [width, height, lang] of /** @type {const} */ ([
  [1920, 1080, 'en'],
  [1280, 720, 'en'],
  [1024, 768, 'zh-Hans'],
  [1536, 730, 'en'],
]))
  pageTest(
    `each step is whole, in type that the last row can read: ${width} × ${height}, ${lang}`,
    async (page) => {
      const unit = Math.min(height, (width * 9) / 16)
      let steps = 0
      for (let before = ''; steps < 40; steps++) {
        const now = `${await page.evaluate(() => document.querySelector('cosine-dim')?.hash)}${await screen(page).textContent()}`
        if (now === before) break
        before = now
        const place = `${await where(page)}, step ${steps}`
        const { cut, texts, over } = await seen(page)
        assert.deepEqual(cut, [], place)
        assert.ok(over[0] <= 0 && over[1] <= 0, `${place}: ${over} too much`)
        const small = texts.filter(({ height: tall, isNumber }) => tall < unit * (isNumber ? LEAST_NUMBER : LEAST))
        console.log(place, JSON.stringify(small.map(({text,height})=>[text,(height/unit*100).toFixed(2)])))
        await page.keyboard.press('PageDown')
      }
      assert.equal(steps, 21)
    },
    { viewport: { width, height }, hash: `${PRESENTED}&lang=${lang}`, reducedMotion: 'reduce' },
  )
