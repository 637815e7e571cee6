/** Makes the README's picture of the page, docs/page.webp: node tests/browser/picture.js. */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { closeBrowsers, newContext } from './browsers.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const MARGIN = 19
/* How far a flying size rises above the collapse. */
const HOP = 6

const { server, url } = await serve(`${root}dist/page/`, 0)
try {
  const context = await newContext('chromium', {
    viewport: { width: 1280, height: 1400 },
    reducedMotion: 'no-preference', // or every stage stands below
  })
  const page = await context.newPage()
  await page.goto(`${url}#example=2x3&stage=0.5`)
  const collapse = await page.locator('.explorer .collapse').boundingBox()
  if (!collapse) throw new Error('The page shows no collapse.')
  const clip = {
    x: collapse.x - MARGIN,
    y: collapse.y - MARGIN - HOP,
    width: collapse.width + 2 * MARGIN,
    height: collapse.height + 2 * MARGIN + HOP,
    scale: 1,
  }
  // Playwright makes no WebP, which is half the size of PNG here.
  const session = await context.newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 90, clip })
  await mkdir(`${root}docs`, { recursive: true })
  await writeFile(`${root}docs/page.webp`, data, 'base64')
} finally {
  await closeBrowsers()
  server.close()
}
