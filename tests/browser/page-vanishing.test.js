/** The word in the heading that is squeezed in step with the jaws. */
import assert from 'node:assert/strict'
import { pageTest, SAME } from './browser.js'

const HEADINGS = { en: 'The dim you name is the dim that vanishes', 'zh-Hans': '指定哪个 dim，哪个 dim 就消失' }

/** The widths of the word and of its letters as they are seen, and the height of the heading, in pixels. */
const measure = (page) =>
  page.locator('h1').evaluate((heading) => {
    const word = [...heading.querySelectorAll('.vanishing')].find((one) => one.offsetWidth)
    const widthOf = (node) => node.getBoundingClientRect().width
    return {
      letters: [...word.querySelectorAll('[data-letter]')].map(widthOf),
      word: widthOf(word),
      height: heading.getBoundingClientRect().height,
    }
  })

const goTo = async (page, place) => {
  await page.locator('.collapse .stops button').nth(place).click()
  return measure(page)
}

for (const [lang, heading] of Object.entries(HEADINGS))
  pageTest(
    `the word that vanishes is squeezed with the axis, and nothing else moves, ${lang}`,
    async (page) => {
      const whole = await goTo(page, 2)
      const squeezed = await goTo(page, 3)
      assert.deepEqual({ ...squeezed, letters: [] }, { ...whole, letters: [] })
      const parts = squeezed.letters.map((width, i) => width / whole.letters[i])
      assert.ok(parts.length >= 2 && Math.abs((parts.at(-1) ?? 0) - 0.5) < 0.02, `${parts}`)
      assert.ok(parts.every((part, i) => part < (parts[i - 1] ?? 1)))
      assert.deepEqual(await goTo(page, 0), whole)
      await goTo(page, 5)
      await page.locator('.collapse').getByRole('slider').press('ArrowLeft')
      assert.deepEqual(await measure(page), squeezed)
      // It stays one word for those who read or copy it.
      assert.equal(await page.locator('h1').innerText(), heading)
      assert.equal(
        await page.getByRole('heading', { name: new RegExp(`^${heading.replace('消', ' ?消')}$`) }).count(),
        1,
      )
    },
    { ...(lang !== 'en' ? SAME : {}), hash: `#lang=${lang}&stage=add`, reducedMotion: 'no-preference' },
  )

pageTest(
  'in the other language its word is squeezed as far',
  async (page) => {
    const { letters } = await measure(page)
    await page.locator('#language').click()
    const other = await measure(page)
    assert.notEqual(other.letters.length, letters.length)
    assert.ok((other.letters.at(-1) ?? 0) < 0.6 * other.word)
    const full = await goTo(page, 0)
    assert.ok((other.letters.at(-1) ?? 0) < 0.6 * (full.letters.at(-1) ?? 0))
  },
  { ...SAME, hash: '#stage=cosine', reducedMotion: 'no-preference' },
)

pageTest(
  'with less motion the word stays as it is',
  async (page) => {
    const before = await goTo(page, 0)
    assert.deepEqual(await goTo(page, 3), before)
    assert.deepEqual(await goTo(page, 5), before)
  },
  { ...SAME, reducedMotion: 'reduce' },
)

pageTest(
  'the explorer tells its page where the collapse stands',
  async (page) => {
    const told = await page.locator('cosine-dim').evaluate((/** @type {any} */ explorer) => {
      const told = []
      explorer.addEventListener('stagechange', ({ detail }) => told.push(detail.stage))
      const slider = explorer.shadowRoot.querySelector('.scrubber [type=range]')
      for (const value of ['0.5', '0.5', '1']) {
        slider.value = value
        slider.dispatchEvent(new Event('input'))
      }
      return told
    })
    assert.deepEqual(told, [0.5, 1])
  },
  { ...SAME, hash: '#stage=add', reducedMotion: 'reduce' },
)
