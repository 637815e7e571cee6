/**
 * Screenshots of every state, for people to look at: node tests/browser/screenshots.js [folder] [part of a name]. Each
 * state in light and dark, 320, 1280 and 2560 px wide, in English and Chinese. BROWSERS=firefox uses Firefox.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { BROWSERS, closeBrowsers, newContext } from './browsers.js'
import { inLanguage, PRESENTED, STATES } from './states.js'

const [folder = 'build/screenshots', part = ''] = process.argv.slice(2)
const [browser] = BROWSERS

await mkdir(folder, { recursive: true })
const { server, url } = await serve(fileURLToPath(new URL('../../dist/page/', import.meta.url)), 0)
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    for (const width of [320, 1280, 2560]) {
      const context = await newContext(browser, { colorScheme, viewport: { width, height: 900 } })
      for (const [state, hash] of Object.entries({ ...STATES, ...PRESENTED }))
        for (const lang of ['en', 'zh-Hans']) {
          const name = `${state.replaceAll(' ', '-')}-${width}-${colorScheme}-${lang}.png`
          if (!name.includes(part)) continue
          const page = await context.newPage()
          await page.goto(url + inLanguage(hash, lang))
          await page.locator('.explorer').waitFor()
          // As tall as the page, because content far off screen is not drawn. Twice, because drawing it makes the page
          // taller.
          for (let i = 0; i < 2; i++) {
            const height = await page.evaluate(() => document.documentElement.scrollHeight)
            await page.setViewportSize({ width, height })
            await page.evaluate(
              () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
            )
          }
          await page.screenshot({ path: `${folder}/${name}` })
          await page.close()
          console.log(`${folder}/${name}`)
        }
      await context.close()
    }
} finally {
  await closeBrowsers()
  server.close()
}
