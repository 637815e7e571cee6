/** axe finds no violations in any state, language or colour scheme. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { output, pageTest, root } from './browser.js'
import { inLanguage, PRESENTED, STATES } from './states.js'

/* When every row breaks a rule, a few examples are enough. */
const SHOWN = 3

/** axe's rules about colours. All other rules give the same result in dark mode. */
const COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] }

/*
 * The drawings are hidden from screen readers, and axe knows no colours of SVG. The first state has them, and their stills,
 * which in space are thousands of nodes. In the others the stills are removed: axe would look at them, and then exclude them.
 */
const DRAWINGS = { exclude: [{ fromShadowDom: ['cosine-dim', '.press'] }] }

const violations = (page, options, context) =>
  page.evaluate(
    async ([options, shown, context]) => {
      const { violations } = await globalThis.axe.run(context, { ...options, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => {
        const places = nodes.slice(0, shown).map(({ target }) => target.flat().join(' '))
        return `${id} at ${nodes.length}: ${places.join('; ')}`
      })
    },
    [options, SHOWN, context],
  )

const withoutStills = (page) =>
  page.locator('.explorer .stills').evaluateAll((all) => all.map((one) => one.replaceChildren()))

/**
 * @param {import("playwright-core").Page} page
 * @param {object} [context]
 */
async function assertNothingWrong(page, context = DRAWINGS) {
  await page.evaluate(await readFile(root('node_modules/axe-core/axe.min.js'), 'utf8'))
  assert.deepEqual(await violations(page, {}, context), [])
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.deepEqual(await violations(page, COLOURS, context), [], 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
}

const OPTIONS = {
  // Tall enough to draw everything, because content far off screen is skipped.
  viewport: { width: 1280, height: 8000 },
  reducedMotion: /** @type {const} */ ('reduce'), // avoids judging colours in mid-transition
  browsers: ['chromium'],
}

/*
 * What is the same in most states is judged in the WHOLE ones. The others hide it, and those of the press show little but
 * the press and its fields.
 */
const WHOLE = ['first', 'no broadcast', 'teacher link', 'sum of 0', 'predicting cells']
/* Of a lane of 150, only the summing is judged: it takes long, and the state of iris has tables of that length. */
const LANE = 'summing a long lane'
const PRESSES = /^(beat|adding|multiplying|a block)/
const shown = (state) => {
  if (WHOLE.includes(state)) return ''
  if (PRESSES.test(state)) return '&show=story,collapse,inputs,quiz'
  return state === LANE ? '&show=stepper,quiz' : '&hide=attention,code,cards,notes,contents'
}

/* In the other language only the words differ, so a few states are enough. */
const IN_CHINESE = ['first', 'no broadcast', 'predicting cells', 'presented', '#present', 'a refusal']
const languagesOf = (state) => (IN_CHINESE.includes(state) ? ['en', 'zh-Hans'] : ['en'])

for (const [state, hash] of Object.entries(STATES))
  for (const lang of languagesOf(state))
    pageTest(
      `axe finds nothing wrong, light and dark, ${lang}, ${state}`,
      async (page) => {
        if (state === 'first' && lang === 'en') {
          await output(page, 0, 1).click()
          await assertNothingWrong(page, { include: ['html'] })
        }
        await withoutStills(page)
        const answer = page.locator('.story .answers button').first()
        if (await answer.isVisible()) {
          await assertNothingWrong(page)
          await answer.click()
          await page.emulateMedia({ colorScheme: 'light' })
        }
        // Also covers wrong answers: to the prediction, which hides the quiz, or to the quiz.
        const form = page.locator('.predict form, .quiz form').first()
        for (const radio of await form.locator('[type=radio]').all()) await radio.check()
        for (const cell of (await form.locator('button.markable').all()).slice(3, 7)) await cell.click()
        await form.locator('[type=submit]').click()
        await assertNothingWrong(page)
      },
      { ...OPTIONS, hash: inLanguage(`${hash || '#'}${shown(state)}`, lang) },
    )

for (const lang of languagesOf('a refusal'))
  pageTest(
    `axe finds nothing wrong with a refusal, ${lang}`,
    async (page) => {
      const file = { name: 'a.csv', mimeType: '', buffer: Buffer.from('1,2\n3,four') }
      await page.locator('.explorer .file input').first().setInputFiles(file)
      await page.locator('.matrices [role=alert]:not(:empty)').waitFor()
      await withoutStills(page)
      await assertNothingWrong(page)
    },
    { ...OPTIONS, hash: inLanguage('', lang) },
  )

for (const [state, hash] of Object.entries(PRESENTED))
  for (const lang of languagesOf(state))
    pageTest(
      `axe finds nothing wrong, light and dark, ${lang}, ${state}`,
      async (page) => {
        await assertNothingWrong(page)
        await page.emulateMedia({ colorScheme: 'light' })
        await page.keyboard.press('PageDown')
        await assertNothingWrong(page)
      },
      { ...OPTIONS, viewport: { width: 1280, height: 800 }, hash: inLanguage(hash, lang) },
    )

for (const opener of ['#present', '.sharing button[aria-haspopup]'])
  for (const lang of languagesOf(opener))
    pageTest(
      `axe finds nothing wrong with the dialog of ${opener}, ${lang}`,
      async (page) => {
        await withoutStills(page)
        await page.locator(opener).click()
        await assertNothingWrong(page)
      },
      { ...OPTIONS, hash: inLanguage('', lang) },
    )
