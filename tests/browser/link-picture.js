/**
 * Makes web/picture.png, which messengers and social networks show beside a link to the page:
 * node tests/browser/link-picture.js. It is a picture of the page itself, without what can only be used.
 */
import { writeFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { closeBrowsers, newContext } from './browsers.js'
import { indexed } from './indexed-png.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

export const SIZE = { width: 1200, height: 630 }
/* The press grows with the window, of which only the upper part is the picture. */
export const WINDOW = { width: 1200, height: 1000 }
/* Mid-squeeze, where both axes are seen to go. */
const HASH = '#lang=en&stage=0.5&a=[[1,2,3],[4,5,6]]&b=[[6,5,4],[1,2,3]]'

const PAGE = `
  html { font-size: 23px; scrollbar-gutter: auto; overflow: hidden; }
  body { padding: 44px 56px; max-width: none; }
  header { display: block; margin-bottom: 44px; }
  h1 { width: max-content; height: 70px; font-size: 50px; white-space: nowrap; }
  #tools, .intro, footer { display: none; }`
const EXPLORER = `
  .explorer > :not(.collapse), .collapse > :not(.stand, .hatches), .given { display: none !important; }
  .along .out { display: none; }`

/** @param {import('playwright-core').Page} page that takes scripts and styles from outside */
export async function linkPicture(page, url) {
  await page.bringToFront()
  await page.goto(url + HASH)
  await page.locator('.explorer .press').first().waitFor()
  await page.evaluate(
    ([page, explorer]) => {
      const sheet = (text) => {
        const made = new CSSStyleSheet()
        made.replaceSync(text)
        return made
      }
      const { shadowRoot } = /** @type {Element} */ (document.querySelector('cosine-dim'))
      document.adoptedStyleSheets.push(sheet(page))
      const title = /** @type {HTMLElement} */ (document.querySelector('h1'))
      title.style.fontSize = `${(50 * (document.body.clientWidth - 112)) / title.offsetWidth}px`
      shadowRoot?.adoptedStyleSheets.push(sheet(explorer))
    },
    [PAGE, EXPLORER],
  )
  // The press has taken the room that there is now.
  await page.waitForFunction(() =>
    [...(document.querySelector('cosine-dim')?.shadowRoot?.querySelectorAll('.presses .press') ?? [])].every(
      (press) => Math.abs(Number(press.getAttribute('width')) - (press.parentElement?.clientWidth ?? 0)) < 2,
    ),
  )
  return page.screenshot({ clip: { x: 0, y: 0, ...SIZE } })
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { server, url } = await serve(`${root}dist/page/`, 0)
  try {
    const context = await newContext('chromium', { viewport: WINDOW, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await writeFile(`${root}web/picture.png`, await indexed(page, await linkPicture(page, url)))
  } finally {
    await closeBrowsers()
    server.close()
  }
}
