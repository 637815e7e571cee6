/** Sharing: the collapse as an image, the element's HTML for other pages, links, and the picture beside a link. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { SCRIPT } from '../../web/explorer/view/share/embedding.js'
import {
  boxOf,
  COLOR_SCHEMES,
  half,
  host,
  listen,
  output,
  pageTest,
  printed,
  root,
  SAME,
  textOf,
  tooWide,
} from './browser.js'
import { newContext } from './browsers.js'
import { channels, coarse, differenceOf, pixelsOf } from './indexed-png.js'
import { linkPicture, WINDOW } from './link-picture.js'

const copyImage = (page) => page.getByRole('button', { name: 'Copy as image' })
const embed = (page) => page.getByRole('button', { name: 'Embed', exact: true })
const dialog = (page) => page.getByRole('dialog')
const said = (page) => page.locator('.sharing > .hint')

/** Keeps what is written to the clipboard: without a screen, Firefox's own keeps no images. */
const keepImage = (page) =>
  page.evaluate(() => {
    const { clipboard } = navigator
    const write = clipboard.write.bind(clipboard)
    clipboard.write = (items) => {
      globalThis.image = items[0].getType('image/png')
      return write(items)
    }
  })

/** A PNG in base64: the kept one, or what `get` gives in the page. */
const keptImage = (page, get = () => globalThis.image) =>
  page.evaluate(
    `(${get})().then(async (image) => {
      const bytes = new Uint8Array(await image.arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    })`,
  )

/** How many pixels of a picture have, almost, a colour. */
const countOf = ({ data }, colour) =>
  data.filter((one) => channels(one).every((value, i) => Math.abs(value - channels(colour)[i]) < 4)).length

/** The colours of collapse.css: A, B, their product, a result, ink and paper. */
const PALETTE = {
  light: { a: 0x93c7f6, b: 0xffcab2, mix: 0xbca4ea, result: 0x54309c, ink: 0x1c1e23, paper: 0xf7f6f3 },
  dark: { a: 0x2f6aa3, b: 0xa34f30, mix: 0x45318a, result: 0xcdb9ff, ink: 0xeceef2, paper: 0x131519 },
}

/** Copies the collapse, and gives the picture's pixels and what is said. */
async function copied(page) {
  await keepImage(page)
  await copyImage(page).press('Enter')
  await said(page).filter({ hasText: /./ }).waitFor()
  assert.equal(await textOf(said(page)), 'The picture is copied: paste it where you need it.')
  return pixelsOf(page, Buffer.from(await keptImage(page), 'base64'))
}

/** @type {[string, string, string[], string[]][]} a stage, where it is, the colours that it has, and those that it has not */
const STAGES = [
  ['pair', '#stage=pair', ['a', 'b'], ['mix', 'result']],
  ['add', '#example=2x3&stage=0.5', ['a', 'b', 'mix', 'ink'], ['result']],
  ['divide, one dim', '#dim=1&stage=divide', ['a', 'b', 'mix', 'ink', 'result'], []],
  ['cosine', '#stage=cosine', ['result', 'ink'], ['a', 'b', 'mix']],
]

for (const colorScheme of COLOR_SCHEMES)
  for (const [stage, hash, has, hasNot] of STAGES)
    pageTest(
      `copies the collapse as a PNG in the page's colours: ${stage}, ${colorScheme}`,
      async (page) => {
        const presses = await boxOf(page.locator('.presses'))
        const picture = await copied(page)
        assert.ok(Math.abs(picture.width - 2 * (presses.width + 64)) <= 2, `${picture.width}`)
        assert.ok(picture.height > 2 * (presses.height + 64), `${picture.height}`)
        const colours = PALETTE[colorScheme]
        // A and B stand below, in lines of 24 px, at twice the size.
        for (const [line, fromBelow] of Object.entries({ A: 72, B: 48 })) {
          const from = picture.height - 2 * fromBelow
          const data = picture.data.slice(from * picture.width, (from + 48) * picture.width)
          assert.ok(countOf({ data }, colours.ink) > 100, line)
        }
        assert.ok(countOf(picture, colours.paper) > picture.data.length / 4)
        for (const name of has)
          assert.ok(countOf(picture, colours[name]) > 300, `${name}: ${countOf(picture, colours[name])}`)
        for (const name of hasNot)
          assert.ok(countOf(picture, colours[name]) < 30, `${name}: ${countOf(picture, colours[name])}`)
      },
      {
        ...(`${stage}, ${colorScheme}` !== 'add, light' ? SAME : {}),
        hash,
        colorScheme,
        alone: true,
        reducedMotion: 'reduce',
      },
    )

/** The picture looks like the screen, without its margins: compared at a size at which typefaces hardly differ. */
pageTest(
  'the copied picture is what is on the screen',
  async (page) => {
    const place = await boxOf(page.locator('.presses'))
    const screen = await pixelsOf(page, await page.screenshot())
    const { width, height } = place
    const twice = { x: 64, y: 64, width: 2 * width, height: 2 * height }
    const difference = differenceOf(coarse(screen, place), coarse(await copied(page), twice))
    assert.ok(difference < 4, `${difference}`)
  },
  { hash: '#example=2x3&stage=0.5', alone: true, reducedMotion: 'reduce' },
)

pageTest(
  'the clipboard has the picture',
  async (page) => {
    const picture = await copied(page)
    const read = () => navigator.clipboard.read().then(([item]) => item.getType('image/png'))
    // The browser writes it anew.
    assert.deepEqual(await pixelsOf(page, Buffer.from(await keptImage(page, read), 'base64')), picture)
  },
  { alone: true, browsers: ['chromium'] },
)

pageTest(
  'where the clipboard takes no images, the picture is downloaded',
  async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new Error('refused'))
      HTMLAnchorElement.prototype.click = function () {
        globalThis.saved = { name: this.download, href: this.href }
      }
    })
    await copyImage(page).click()
    await said(page).filter({ hasText: 'in your downloads' }).waitFor()
    const { name, href } = await page.evaluate(() => globalThis.saved)
    assert.equal(name, 'cosine-similarity.png')
    assert.match(href, /^blob:/)
    await half(page, 'A, row 0, column 0').fill('7')
    assert.equal(await textOf(said(page)), '')
  },
  { alone: true },
)

for (const [where, options] of /** @type {const} */ ([
  ['in the single file', { file: 'cosdim.html' }],
  ['on a foreign page', host('<cosine-dim example="2x3" dim="0" lang="en"></cosine-dim>')],
]))
  pageTest(
    `copies the collapse ${where}`,
    async (page) => {
      await page.evaluate(() => {
        globalThis.ClipboardItem = /** @type {any} */ (
          class {
            constructor(/** @type {any} */ parts) {
              globalThis.copied = parts['image/png']
            }
          }
        )
        const write = async () => {
          await globalThis.copied
        }
        // A file has no clipboard in some browsers.
        Object.defineProperty(navigator, 'clipboard', { value: { write } })
      })
      await copyImage(page).click()
      await said(page).filter({ hasText: 'The picture is copied' }).waitFor()
      const size = await page.evaluate(async () => (await globalThis.copied).size)
      assert.ok(size > 5000, `${size}`)
    },
    { ...options, alone: true, reducedMotion: 'reduce' },
  )

const EMBEDDED = [
  '',
  '#example=2x3&dim=0&lang=en',
  '#a=[[1.5,-2],[3,4]]&eps=2&stage=add&pin=dim0:1&hide=quiz,notes',
  '#lang=zh-Hans&example=iris&dim=1&predicted=1.150x4.right',
]
for (const hash of EMBEDDED)
  pageTest(
    `the embedded element shows the same: ${hash || 'first'}`,
    async (page) => {
      const results = await printed(page)
      await page.locator('.sharing button[aria-haspopup]').click()
      const code = await dialog(page).getByRole('textbox').inputValue()
      assert.match(
        code,
        /^<script type="module" src="[^"]+"><\/script>\n<cosine-dim[^<]*><a href="https:[^"]+">[^<]+<\/a><\/cosine-dim>$/,
      )
      assert.ok(code.includes(SCRIPT))
      assert.doesNotMatch(code, /predicted/)
      for (const name of ['explorer.js', 'cosdim.js'])
        await page.route(`**/${name}`, async (route) =>
          route.fulfill({ contentType: 'text/javascript', body: await readFile(root(`dist/${name}`), 'utf8') }),
        )
      await page.route('**/fresh.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><title>fresh</title><link rel="icon" href="data:,">${code.replace(SCRIPT, 'explorer.js')}`,
        }),
      )
      const state = await page.evaluate(() => document.querySelector('cosine-dim')?.sharedMarkup)
      await page.goto(new URL('fresh.html', page.url()).href)
      await page.locator('.explorer').waitFor()
      assert.deepEqual(await printed(page), results)
      assert.equal(await page.evaluate(() => document.querySelector('cosine-dim')?.sharedMarkup), state)
    },
    { ...(hash ? SAME : {}), hash, alone: true },
  )

pageTest(
  'by keyboard: the dialog opens with its text selected, copies it, and Esc only closes it',
  async (page) => {
    await output(page, 0, 1).click()
    await copyImage(page).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const box = dialog(page).getByRole('textbox', { name: 'HTML to embed' })
    assert.equal(
      await box.evaluate((node) => node.value.slice(node.selectionStart, node.selectionEnd) === node.value),
      true,
    )
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await dialog(page).getByText('Copied.').waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await box.inputValue())
    await page.keyboard.press('Escape')
    assert.equal(await dialog(page).count(), 0)
    const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)
    assert.equal(focused, 'Embed')
    assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
    await page.keyboard.press('Enter')
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
    })
    await dialog(page).getByRole('button', { name: 'Copy' }).click()
    await dialog(page).getByText('Ctrl+C').waitFor()
    await dialog(page).getByRole('button', { name: 'Close' }).click()
    assert.equal(await dialog(page).count(), 0)
  },
  { alone: true },
)

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `the sharing tools fit on the smallest phone, and are large enough for a finger, ${lang}`,
    async (page) => {
      const buttons = page.locator('#tools button, .sharing > button')
      for (const button of await buttons.all()) {
        const { x, width, height } = await boxOf(button)
        assert.ok(height >= 24 && x >= 0 && x + width <= 320, await textOf(button))
      }
      await page.locator('.sharing button[aria-haspopup]').click()
      assert.ok((await tooWide(page)) <= 0)
      const { x, width } = await boxOf(dialog(page))
      assert.ok(x >= 0 && x + width <= 320)
    },
    { ...(lang !== 'en' ? SAME : {}), viewport: { width: 320, height: 568 }, hash: `#lang=${lang}` },
  )

pageTest(
  'where the collapse steps aside, there is no picture, but the element',
  async (page) => {
    assert.equal(await copyImage(page).count(), 0)
    assert.ok(await embed(page).isVisible())
  },
  { ...SAME, hash: '#example=iris' },
)

pageTest(
  'a picture and a dialog change no result: nothing is announced',
  async (page) => {
    const announcements = await listen(page)
    await copyImage(page).click()
    await said(page).filter({ hasText: /./ }).waitFor()
    await page.waitForTimeout(700) // longer than the pause before results are announced
    assert.deepEqual(await announcements(), [])
  },
  { ...SAME, alone: true },
)

pageTest(
  'links lead to PyTorch and to the package, with or without scripts',
  async (page) => {
    const links = page.locator('footer > a').filter({ visible: true })
    assert.deepEqual(
      await links.evaluateAll((all) => all.map((/** @type {any} */ { href, rel }) => [new URL(href).host, rel])),
      [
        ['docs.pytorch.org', 'noopener'],
        ['www.npmjs.com', 'noopener'],
      ],
    )
    assert.deepEqual(
      (await Promise.all((await links.all()).map((one) => one.innerText()))).map((text) => text.trim()),
      ['PyTorch’s page on cosine_similarity', 'cosdim on npm: this page and its library'],
    )
  },
  SAME,
)

pageTest(
  'the picture beside a link is up to date',
  async (page) => {
    const context = await newContext('chromium', { viewport: WINDOW, reducedMotion: 'reduce' })
    try {
      const own = await context.newPage()
      const url = page.url().replace(/#.*/, '')
      const pictures = [await linkPicture(own, url), await readFile(root('web/picture.png'))]
      // Below the title, whose typeface differs between machines.
      const part = { x: 0, y: 280, width: 1200, height: 350 }
      const [now, then] = await Promise.all(pictures.map(async (png) => coarse(await pixelsOf(page, png), part)))
      const difference = differenceOf(now, then)
      assert.ok(difference < 4, `${difference}: run node tests/browser/link-picture.js`)
    } finally {
      await context.close()
    }
  },
  { browsers: ['chromium'], hash: '#lang=en' },
)
