/** The page’s manners: no sideways scrolling, targets that can be touched, nothing that axe finds wrong. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { cell, output, pageTest, preset, root, unfold } from './browser.js'
import { inLanguage, STATES } from './states.js'

/** The places where something is wider than the window. */
const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const width of [320, 760, 2560, 3840])
  pageTest(
    `does not scroll sideways at ${width} px`,
    async (page) => {
      for (const shape of ['2×2', '2×3', '3×2', '1×4']) {
        await preset(page, shape).click()
        await cell(page, 'A, row 0, column 1').fill('-123456.789')
        assert.ok((await tooWide(page)) <= 0, shape)
      }
      await cell(page, 'A, row 0, column 1').fill('unreadable'.repeat(8))
      assert.ok((await tooWide(page)) <= 0, 'with a message')
    },
    { viewport: { width, height: 700 } },
  )

pageTest(
  'is large enough to be touched',
  async (page) => {
    await unfold(page)
    for (const target of await page.locator('input:visible, button:visible, summary:visible').all()) {
      const { width, height } = await target.boundingBox()
      assert.ok(width >= 24 && height >= 24, await target.evaluate((node) => node.outerHTML))
    }
  },
  { viewport: { width: 320, height: 700 } },
)

const violations = async (page) => {
  // All is to be judged, and what is far out of sight is not drawn.
  await page.setViewportSize({ width: 1280, height: 8000 })
  await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

for (const colorScheme of ['light', 'dark'])
  for (const [state, hash] of Object.entries(STATES))
    for (const lang of ['en', 'zh-Hans'])
      pageTest(
        `axe finds nothing wrong, ${colorScheme}, ${lang}, ${state}`,
        async (page) => {
          if (state === 'first') await output(page, 0, 1).click()
          // Wrong answers too: to a prediction, which covers the quiz, or to the quiz.
          const form = page.locator('.predict form, .quiz form').first()
          for (const radio of await form.locator('[type=radio]').all()) await radio.check()
          for (const cell of (await form.locator('button.markable').all()).slice(3, 7)) await cell.click()
          await form.locator('[type=submit]').click()
          assert.deepEqual(await violations(page), [])
        },
        { colorScheme, hash: inLanguage(hash, lang), browsers: ['chromium'] },
      )

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `axe finds nothing wrong with a refusal, ${lang}`,
    async (page) => {
      const file = { name: 'a.csv', mimeType: '', buffer: Buffer.from('1,2\n3,four') }
      await page.locator('.explorer .file input').first().setInputFiles(file)
      await page.locator('.matrices [role=alert]:not(:empty)').waitFor()
      assert.deepEqual(await violations(page), [])
    },
    { hash: inLanguage('', lang), browsers: ['chromium'] },
  )

for (const [state, hash] of Object.entries(STATES))
  for (const lang of ['en', 'zh-Hans'])
    pageTest(
      `does not scroll sideways at 320 px, ${lang}, ${state}`,
      async (page) => {
        assert.ok((await tooWide(page)) <= 0)
      },
      { viewport: { width: 320, height: 700 }, hash: inLanguage(hash, lang) },
    )
