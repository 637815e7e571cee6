/** Present mode's stage: each step of each screen is whole, in large type, and looks the same in every window. */
import assert from 'node:assert/strict'
import { boxOf, eventually, pageTest, SAME, tooWide } from './browser.js'
import { button, PRESENTED, screen, where } from './presented.js'

/* Six stages; twice a question and its answer; six phrases; own numbers and their film. */
const STEPS = 6 + 2 + 7 + 2 + 2
/* A question and its answers, in pixels on a projector or a laptop. */
const QUESTION = 24
/* In parts of the height of the largest 16:9 in the window. */
const LEAST = 0.025
/* Numbers in cells, squares in corners among them, and what stands beside the cells. */
const LEAST_NUMBER = 0.019

/** How large the type is, as the window shows it. */
const typeOf = (parts) =>
  parts.evaluateAll((all) =>
    all.map((one) => {
      const dialog = /** @type {HTMLElement} */ (one.closest('.presentation'))
      const zoom = dialog.getBoundingClientRect().width / dialog.offsetWidth
      return Number.parseFloat(getComputedStyle(one).fontSize) * zoom
    }),
  )

/** In the window: what is cut off, and each text with the height of its type. */
const seen = (page) =>
  screen(page).evaluate((node) => {
    const rect = (one) => one.getBoundingClientRect()
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const all = (names, within = node) => [...within.querySelectorAll(names)].filter(isSeen)
    const [controls] = all('.controls')
    const bottom = controls ? rect(controls).top : innerHeight
    const cut = all('.along').flatMap((side) => {
      const { left, right } = rect(side)
      return all('.dim, .tuple > [aria-hidden], .axis, .press, .out', side)
        .filter((part) => part.matches('.press') || part.textContent)
        .filter((part) => {
          const own = rect(part)
          return own.left < left - 1 || own.right > right + 1 || own.bottom > bottom + 1 || own.top < 0
        })
        .map((part) => part.getAttribute('class') ?? part.textContent)
    })
    const zoom = rect(node).width / node.offsetWidth
    /** A drawing is scaled to its place. */
    const scaleOf = (one) => {
      const svg = one.closest('svg')
      const { width, height } = svg?.viewBox.baseVal ?? {}
      return svg && width ? Math.min(rect(svg).width / width, rect(svg).height / height) : zoom
    }
    const texts = all(
      '.telling, .verdict, .dim, .axis, .out, .say, .stops button, .where, .answers .choice, input[type=text], .press text',
    )
      .filter((one) => (one.textContent || one.value) && one.getAttribute('opacity') !== '0')
      .map((one) => ({
        text: `${one.textContent || one.value}`,
        isNumber: one.matches('.press text'),
        height: Number.parseFloat(getComputedStyle(one).fontSize) * scaleOf(one),
      }))
    return {
      cut,
      texts,
      over: [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight],
    }
  })

for (const [width, height, lang] of /** @type {const} */ ([
  [1920, 1080, 'en'],
  [1280, 720, 'en'],
  [1024, 768, 'zh-Hans'],
  [1536, 730, 'en'],
]))
  pageTest(
    `each step is whole, in type that the last row can read: ${width} × ${height}, ${lang}`,
    async (page) => {
      const unit = Math.min(height, (width * 9) / 16)
      for (let step = 0; step < STEPS; step++) {
        const place = `${await where(page)}, step ${step}`
        const { cut, texts, over } = await seen(page)
        assert.deepEqual(cut, [], place)
        assert.ok(over[0] <= 0 && over[1] <= 0, `${place}: ${over} too much`)
        const asked = await typeOf(
          screen(page).locator(
            '.story:is([data-beat=which], [data-beat=three]) :is(.telling, .verdict, .answers .choice):visible',
          ),
        )
        const [verdict, telling] = await Promise.all(
          ['.verdict', '.telling'].map((part) => typeOf(screen(page).locator(part))),
        )
        assert.ok((verdict[0] ?? Infinity) >= telling[0], `${place}: the verdict is smaller than the question`)
        if (width * height >= 1280 * 720 && height >= 720)
          for (const type of asked) assert.ok(type >= QUESTION, `${place}: ${type} px`)
        const small = texts.filter(({ height: tall, isNumber }) => tall < unit * (isNumber ? LEAST_NUMBER : LEAST))
        assert.deepEqual(small, [], place)
        await page.keyboard.press('PageDown')
      }
      assert.equal(await where(page), '5 / 5')
      assert.equal(await screen(page).locator('.out:visible').count(), 2)
    },
    {
      ...(width === 1920 || width === 1536 ? SAME : {}),
      viewport: { width, height },
      hash: `${PRESENTED}&lang=${lang}`,
      reducedMotion: 'reduce',
    },
  )

for (const [width, height, lang] of /** @type {const} */ ([
  [1280, 720, 'en'],
  [1024, 768, 'zh-Hans'],
]))
  pageTest(
    `the names of two dims do not run together: ${width} × ${height}, ${lang}`,
    async (page) => {
      /** Between the names below a size and those below the next, as parts of the height of their type. */
      const gaps = await screen(page).evaluate((node) => {
        const zoom = node.getBoundingClientRect().width / node.offsetWidth
        return [...node.querySelectorAll('.tuple')].map((one) => {
          const [left, right] = [...one.querySelectorAll('.axis')].map((axis) => {
            const { x, width } = axis.getBoundingClientRect()
            const names = getComputedStyle(axis, '::before')
            return { middle: (x + width / 2) / zoom, half: Number.parseFloat(names.width) / 2, type: names.fontSize }
          })
          return (right.middle - left.middle - left.half - right.half) / Number.parseFloat(left.type)
        })
      })
      assert.equal(gaps.length, 2)
      for (const gap of gaps) assert.ok(gap > 0.75, `${gaps}`)
    },
    { hash: `#beat=names&lang=${lang}&${PRESENTED.slice(1)}`, viewport: { width, height }, reducedMotion: 'reduce' },
  )

pageTest(
  'a laptop shows what a projector shows, only smaller',
  async (page) => {
    /** Where everything is, in parts of the window. */
    const places = () =>
      screen(page).evaluate((node) =>
        [...node.querySelectorAll('.title, .where, .telling, .dim, .axis, .press, .out, .say, .stops button')]
          .filter((one) => one.checkVisibility())
          .flatMap((one) => {
            const { x, y, width, height } = one.getBoundingClientRect()
            return [x / innerWidth, y / innerHeight, width / innerWidth, height / innerHeight]
          }),
      )
    await screen(page).locator('.along .press').nth(1).waitFor()
    const large = await places()
    assert.ok(large.length > 70)
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.waitForFunction(() => {
      const dialog = document.querySelector('cosine-dim')?.shadowRoot?.querySelector('.presentation')
      return dialog && Math.abs(dialog.getBoundingClientRect().width - 1280) < 1
    })
    await eventually(async () => {
      const small = await places()
      assert.equal(small.length, large.length)
      small.forEach((one, i) => {
        assert.ok(Math.abs(one - large[i]) < 0.01, `${i}: ${one} instead of ${large[i]}`)
      })
    })
  },
  { hash: `#beat=own&stage=1&${PRESENTED.slice(1)}`, viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' },
)

for (const lang of ['en', 'zh-Hans'])
  for (const beat of ['which', 'names', 'three'])
    pageTest(
      `a single press has its dim beside its shape, and stays where it is whatever is said: ${beat}, ${lang}`,
      async (page) => {
        const part = (name) => boxOf(screen(page).locator(name).first())
        const choices = screen(page).locator('.answers .choice')
        const before = beat === 'names' ? undefined : await part('.presses')
        const places = []
        for (const choice of await choices.all()) {
          await choice.click()
          const [presses, dim, shape, axis] = await Promise.all(['.presses', '.dim', '.tuple', '.axis'].map(part))
          assert.ok(Math.abs(dim.y + dim.height / 2 - (shape.y + shape.height / 2)) < dim.height / 2, 'in one line')
          assert.ok(shape.x - dim.x - dim.width < dim.height && dim.x + dim.width < axis.x, 'near each other')
          places.push(presses)
          if (beat !== 'names') await screen(page).press('PageUp')
        }
        assert.ok(places.length >= 4)
        for (const place of places) assert.deepEqual(place, before ?? places[0])
      },
      {
        ...SAME,
        hash: `#beat=${beat}&lang=${lang}&${PRESENTED.slice(1)}`,
        viewport: { width: 1280, height: 720 },
        reducedMotion: 'reduce',
      },
    )

const CUBE = 'a=[[[1,2],[3,4]],[[5,6],[7,8]]]&b=[[[5,6],[7,8]],[[1,2],[3,4]]]'
for (const dims of ['1', '0,1,2'])
  pageTest(
    `three axes of the own example are whole: dim=${dims}`,
    async (page) => {
      assert.equal(await screen(page).locator('.along').count(), dims.split(',').length)
      const { cut, over } = await seen(page)
      assert.deepEqual(cut, [])
      assert.ok(over[0] <= 0 && over[1] <= 0)
    },
    {
      ...(dims === '1' ? SAME : {}),
      hash: `#beat=own&${CUBE}&dim=${dims}&stage=1&${PRESENTED.slice(1)}`,
      viewport: { width: 1920, height: 1080 },
      reducedMotion: 'reduce',
    },
  )

for (const [width, height] of [
  [320, 568],
  [390, 844],
])
  pageTest(
    `a phone has no stage, but buttons for fingers, and nothing too wide: ${width} × ${height}`,
    async (page) => {
      for (const one of await screen(page).locator('.present-bar > button, .where').all()) {
        const { x, y, width: wide, height: tall } = await boxOf(one)
        assert.ok(wide >= 24 && tall >= 24 && x >= 0 && y >= 0 && x + wide <= width)
      }
      for (let i = 1; i <= 5; i++) {
        assert.equal(await where(page), `${i} / 5`)
        assert.ok((await seen(page)).over[0] <= 0)
        for (let n = 0; n < 9 && (await where(page)) === `${i} / 5`; n++) await button(page, 'Next').click()
      }
      assert.ok((await tooWide(page)) <= 0)
    },
    { viewport: { width, height }, hash: PRESENTED, reducedMotion: 'reduce', browsers: ['chromium'] },
  )
