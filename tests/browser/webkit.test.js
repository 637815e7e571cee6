/** The page in WebKit: the first screen, the collapse, and the single file. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { startWebKit } from './webkit.js'

const dist = (path) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))

let site
before(async () => {
  site = await serve(dist('page/'), 0)
})
after(() => site.server.close())

/** @typedef {Awaited<ReturnType<typeof startWebKit>>} WebKit */

/**
 * Runs a test in a browser of its own, which ends with it.
 * @param {string} name
 * @param {(webkit: WebKit) => Promise<void>} body
 * @param {{ reducedMotion?: boolean, at?: () => string }} [options]
 */
const webkitTest = (name, body, { at = () => site.url, ...settings } = {}) =>
  test(`${name} (webkit)`, { timeout: 60_000 }, async (t) => {
    const attempt = async () => {
      const webkit = await startWebKit(settings)
      t.after(webkit.end)
      await webkit.goto(at())
      await webkit.waitFor((root) => root?.querySelector('.explorer'))
      await body(webkit)
      assert.equal(await webkit.evaluate((root) => root.querySelector('.complaints')?.textContent), '')
    }
    // MiniBrowser itself has died once in a dozen runs, which says nothing of the page.
    await attempt().catch((error) => {
      if (!/invalid session id/.test(error.message)) throw error
      return attempt()
    })
  })

const RESULTS = ['0.9558', '0.9839', '0.9734', '0.9972']
const TENSORS = ['tensor([0.9558, 0.9839])', 'tensor([0.9734, 0.9972])']

const textsOf = (webkit, selector) =>
  webkit.evaluate((root, selector) => [...root.querySelectorAll(selector)].map((node) => node.textContent), selector)
const resultsOf = (webkit) => textsOf(webkit, '.collapse .presses .of-result')
const tensorsOf = (webkit) => textsOf(webkit, '.collapse .presses .out')
const stageOf = (webkit) =>
  webkit.evaluate((root) => root.querySelector('.scrubber [type=range]').ariaValueText.replace(/, stage . of 6$/, ''))
const focus = (webkit, selector) => webkit.evaluate((root, selector) => root.querySelector(selector).focus(), selector)

/** What of the first screen is outside of the window, or covered by the scrubber. */
const outOfSight = (webkit) =>
  webkit.evaluate((root) => {
    const { top } = root.querySelector('.collapse .controls').getBoundingClientRect()
    return ['.halves', '.presses .of-result', '.presses .out']
      .flatMap((selector) => [...root.querySelectorAll(`.collapse ${selector}`)])
      .filter((node) => {
        const box = node.getBoundingClientRect()
        return !box.width || box.top < 0 || box.left < 0 || box.bottom > top || box.right > innerWidth
      })
      .map((node) => node.textContent)
  })

for (const lang of ['en', 'zh-Hans'])
  webkitTest(
    `the first screen shows A, B, both collapses at their end and all four results, ${lang}`,
    async (webkit) => {
      for (const [width, height] of [
        [1280, 800],
        [390, 844],
      ]) {
        await webkit.resize(width, height)
        await webkit.waitFor((root) => root.querySelectorAll('.collapse .presses .of-result').length === 4)
        assert.deepEqual(await resultsOf(webkit), RESULTS)
        assert.deepEqual(await tensorsOf(webkit), TENSORS)
        assert.deepEqual(await outOfSight(webkit), [], `${width} × ${height}`)
        const tooWide = await webkit.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(tooWide <= 0, `${width} × ${height}`)
      }
    },
    { at: () => `${site.url}#lang=${lang}` },
  )

webkitTest('the stages of the collapse, by keyboard', async (webkit) => {
  await focus(webkit, '.scrubber [type=range]')
  await webkit.press('Home')
  const stages = [await stageOf(webkit)]
  for (let i = 0; i < 5; i++) {
    await webkit.press('PageUp')
    stages.push(await stageOf(webkit))
  }
  assert.deepEqual(stages, ['A, B', 'pair', 'multiply', 'add', 'divide', 'cosine'])
  await webkit.press('PageDown')
  assert.equal(await stageOf(webkit), 'divide')
  assert.match((await textsOf(webkit, '.collapse .say'))[0], /divided by the lengths of its two vectors/)
  await webkit.waitFor(() => location.hash === '#stage=divide')
  await webkit.press('ArrowLeft')
  assert.equal(await stageOf(webkit), 'add')
})

webkitTest(
  'dim=0 squeezes cells in height, dim=1 in width',
  async (webkit) => {
    for (const [place, squeezed, kept] of /** @type {const} */ ([
      [0, 'height', 'width'],
      [1, 'width', 'height'],
    ])) {
      const { width, height } = await webkit.evaluate((root, place) => {
        const [cell] = root.querySelectorAll('.collapse .presses svg')[place].querySelectorAll('.mix')
        return cell.getBoundingClientRect().toJSON()
      }, place)
      const size = { width, height }
      assert.ok(size[squeezed] > 1 && size[squeezed] < 0.8 * size[kept], JSON.stringify(size))
    }
  },
  { at: () => `${site.url}#stage=0.54` },
)

webkitTest(
  'it plays to its end on arrival, and again on request',
  async (webkit) => {
    const isAt = (root, least, most) => {
      const { value } = root.querySelector('.scrubber [type=range]')
      return value >= least && value <= most
    }
    await webkit.waitFor(isAt, 0.01, 0.9)
    await webkit.waitFor(isAt, 1, 1)
    assert.deepEqual(await resultsOf(webkit), RESULTS)
    await webkit.waitFor((root) => root.querySelector('.play-all').ariaLabel === 'Play')
    const button = await webkit.evaluate((root) => {
      const { x, y, width, height } = root.querySelector('.play-all').getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    })
    await webkit.click(button.x, button.y)
    await webkit.waitFor((root) => root.querySelector('.play-all').ariaLabel === 'Stop')
    await webkit.waitFor(isAt, 0.01, 0.9)
  },
  { reducedMotion: false },
)

webkitTest(
  'the single file works from file://, also after an edit',
  async (webkit) => {
    assert.match(await webkit.evaluate(() => location.href), /^file:.*cosdim\.html/)
    assert.deepEqual(await tensorsOf(webkit), TENSORS)
    await webkit.evaluate((root) => root.querySelector('#half-a-1').select())
    await focus(webkit, '#half-a-1')
    await webkit.press('9')
    assert.equal(await webkit.evaluate((root) => root.querySelector('#half-a-1').value), '9')
    await webkit.waitFor((root) => root.querySelector('.collapse .presses .out').textContent.includes('0.9558'))
    assert.deepEqual(await tensorsOf(webkit), ['tensor([0.9558, 0.8732])', 'tensor([0.8342, 0.9972])'])
  },
  { at: () => pathToFileURL(dist('cosdim.html')).href },
)
