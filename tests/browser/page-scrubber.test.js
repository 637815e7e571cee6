/** The names of the stages below the scrubber: they have room, and say what is drawn. */
import assert from 'node:assert/strict'
import { pageTest, SAME } from './browser.js'

/* How near two names, or a name and a dot, may come, in pixels. */
const NEAREST = 4

/**
 * At each stage, what is seen of the stops from left to right: their names, or dots where there is no room for all names.
 */
const marksOf = (page) =>
  page.locator('.collapse .stops').evaluate((stops) => {
    const markOf = (stop) => {
      const { left, right, width } = stop.getBoundingClientRect()
      const rest = (width - Number.parseFloat(getComputedStyle(stop, '::before').width)) / 2
      if (rest > 0) return { name: '·', left: left + rest, right: right - rest }
      const range = document.createRange()
      range.selectNodeContents(stop)
      return {
        name: stop.textContent,
        left: range.getBoundingClientRect().left,
        right: range.getBoundingClientRect().right,
      }
    }
    return [...stops.children].map((stop) => {
      stop.click()
      return [...stops.children].map(markOf)
    })
  })

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `no two names of stages touch, ${lang}`,
    async (page) => {
      const near = []
      for (const width of [320, 360, 376, 377, 390, 414, 544, 545, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        for (const marks of await marksOf(page)) {
          for (const [i, { name, left }] of marks.slice(1).entries()) {
            const gap = left - marks[i].right
            if (gap < NEAREST) near.push(`${gap.toFixed(1)} px between ${marks[i].name} and ${name} at ${width} px`)
          }
          assert.ok(marks[0].left >= 0 && marks[5].right <= width)
        }
      }
      assert.deepEqual(near, [])
    },
    { ...(lang !== 'en' ? SAME : {}), hash: `#lang=${lang}&stage=cosine` },
  )

pageTest(
  'at each place of the film, the name is that of what is drawn',
  async (page) => {
    /** Whether A and B are apart, factors are seen, and jaws are there; and how high a vector is. */
    const drawn = await page.locator('.collapse').evaluate((/** @type {any} */ collapse) => {
      const slider = collapse.querySelector('.track input')
      const press = collapse.querySelector('.press')
      const isSeen = (node) =>
        node && node.getAttribute('display') !== 'none' && Number(node.getAttribute('opacity')) > 0.1
      return Array.from({ length: 201 }, (_, i) => {
        slider.value = `${i / 200}`
        slider.dispatchEvent(new Event('input'))
        const texts = [...press.querySelectorAll('text')].filter(isSeen).map(({ textContent }) => textContent)
        const [jaw, vector] = ['.jaw', '.vector'].map((part) => press.querySelector(part))
        return {
          t: i / 200,
          name: collapse.querySelector('.stops [aria-current]').textContent,
          hasFactors: texts.includes('·'),
          hasJaws: Number(jaw.getAttribute('opacity')) === 1 && isSeen(jaw),
          isApart: texts.includes('A'),
          height: isSeen(vector) ? Number(vector.getAttribute('height')) : 0,
        }
      })
    })
    const whole = Math.max(...drawn.map(({ height }) => height))
    for (const { t, name, isApart, hasFactors, hasJaws, height } of drawn) {
      if (name === 'A, B') assert.ok(isApart, `${t}: they have met`)
      if (name === 'add') assert.ok(hasJaws && !hasFactors, `${t}: it still multiplies`)
      if (name === 'multiply') assert.equal(height, whole, `${t}: it already adds`)
    }
    assert.equal(new Set(drawn.map(({ name }) => name)).size, 6)
  },
  { ...SAME, hash: '#stage=apart' },
)
