/** What axe finds wrong, in every state, both languages and colour schemes: nothing. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { output, pageTest, root } from './browser.js'
import { inLanguage, STATES } from './states.js'

/* Where a rule is broken in every row, a few say it all. */
const SHOWN = 3

/** Those of axe's rules that judge colours: all others find in dark what they find in light. */
const COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] }

const violations = (page, options) =>
  page.evaluate(
    async ([options, shown]) => {
      const { violations } = await globalThis.axe.run({ ...options, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => {
        const places = nodes.slice(0, shown).map(({ target }) => target.flat().join(' '))
        return `${id} at ${nodes.length}: ${places.join('; ')}`
      })
    },
    [options, SHOWN],
  )

async function assertNothingWrong(page) {
  await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
  assert.deepEqual(await violations(page, {}), [])
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.deepEqual(await violations(page, COLOURS), [], 'dark')
}

const OPTIONS = {
  // All is to be judged, and what is far out of sight is not drawn.
  viewport: { width: 1280, height: 8000 },
  reducedMotion: /** @type {const} */ ('reduce'), // colours are judged as they stay, not on their way
  alone: true,
  browsers: ['chromium'],
}

for (const [state, hash] of Object.entries(STATES))
  for (const lang of ['en', 'zh-Hans'])
    pageTest(
      `axe finds nothing wrong, light and dark, ${lang}, ${state}`,
      async (page) => {
        if (state === 'first') await output(page, 0, 1).click()
        // Wrong answers too: to a prediction, which covers the quiz, or to the quiz.
        const form = page.locator('.predict form, .quiz form').first()
        for (const radio of await form.locator('[type=radio]').all()) await radio.check()
        for (const cell of (await form.locator('button.markable').all()).slice(3, 7)) await cell.click()
        await form.locator('[type=submit]').click()
        await assertNothingWrong(page)
      },
      { ...OPTIONS, hash: inLanguage(hash, lang) },
    )

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `axe finds nothing wrong with a refusal, ${lang}`,
    async (page) => {
      const file = { name: 'a.csv', mimeType: '', buffer: Buffer.from('1,2\n3,four') }
      await page.locator('.explorer .file input').first().setInputFiles(file)
      await page.locator('.matrices [role=alert]:not(:empty)').waitFor()
      await assertNothingWrong(page)
    },
    { ...OPTIONS, hash: inLanguage('', lang) },
  )
