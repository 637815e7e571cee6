/** Readers' settings: touch, reduced motion, forced colours, zoom, paper. Also malicious links. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  blur,
  boxOf,
  COLOR_SCHEMES,
  cell,
  eventually,
  inWords,
  litCells,
  litOutputs,
  output,
  pageTest,
  panel,
  preset,
  printed,
  SAME,
  SEED,
  tooWide,
  unfold,
  working,
} from './browser.js'
import { STATES } from './states.js'

pageTest(
  'a tap pins an output, another unpins it; a tapped cell highlights the outputs it feeds',
  async (page) => {
    await output(page, 0, 1).tap()
    assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
    assert.deepEqual(await litCells(page, 0), ['2', '4', '6', '8'])
    assert.equal((await working(page, 0)).at(-1), inWords('cos = 44 / (4.4721 · 10) = 0.9839'))
    await output(page, 0, 1).tap()
    assert.deepEqual(await litOutputs(page, 0), [])
    await cell(page, 'B, row 1, column 0').tap()
    assert.deepEqual([await litOutputs(page, 0), await litOutputs(page, 1)], [['dim0:0'], ['dim1:1']])
  },
  { hasTouch: true, browsers: ['chromium'] },
)

for (const reducedMotion of /** @type {const} */ (['reduce', 'no-preference']))
  pageTest(
    `nothing moves by itself, ${reducedMotion}`,
    async (page) => {
      assert.equal(
        await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches),
        reducedMotion === 'reduce',
      )
      const moving = await page.evaluate(() => {
        const root = document.querySelector('cosine-dim')?.shadowRoot
        const all = [document, root].flatMap((root) => root?.getAnimations() ?? [])
        const targets = all.map(({ effect }) => /** @type {KeyframeEffect} */ (effect).target)
        // Firefox 140 also lists those of the example, which is no longer drawn.
        return targets.filter((target) => target?.checkVisibility()).map((target) => target?.outerHTML.slice(0, 80))
      })
      assert.deepEqual(moving, [])
      const mayMove = await page.locator('.explorer *').evaluateAll((all) => {
        const styles = all.map((node) => getComputedStyle(node))
        return styles.some((style) => style.transitionDuration !== '0s' || style.animationName !== 'none')
      })
      assert.equal(mayMove, reducedMotion !== 'reduce')
    },
    { reducedMotion },
  )

/** The colours that the system gives selected text. */
const highlight = (page) =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('p'))
    probe.style.cssText = 'forced-color-adjust: none; color: HighlightText; background: Highlight'
    const { color, backgroundColor } = getComputedStyle(probe)
    return `${color} on ${backgroundColor}`
  })

pageTest(
  'in forced colours, highlighted, pinned, struck-out and wrong elements each have their own line',
  async (page) => {
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches))
    const line = (locator) =>
      locator.evaluate((node) => {
        const { outlineStyle, outlineWidth, borderTopWidth, borderTopStyle, textDecorationLine } =
          getComputedStyle(node)
        return [outlineStyle, outlineWidth, borderTopStyle, borderTopWidth, textDecorationLine].join()
      })
    const fill = (name) =>
      preset(page, name).evaluate((node) => {
        const { color, backgroundColor } = getComputedStyle(node)
        return `${color} on ${backgroundColor}`
      })
    assert.equal(await fill('2×2'), await highlight(page))
    assert.notEqual(await fill('2×2'), await fill('2×3'))
    const other = await line(output(page, 0, 0))
    const plain = await line(cell(page, 'A, row 0, column 0'))
    await output(page, 0, 1).click()
    await page.mouse.move(1, 1)
    assert.notEqual(await line(output(page, 0, 1)), other)
    await cell(page, 'A, row 0, column 0').fill('x')
    await blur(page)
    assert.notEqual(await line(cell(page, 'A, row 0, column 0')), plain)
    assert.match(await line(panel(page, 0).locator('s').first()), /line-through/)
    const drawn = (text) => line(panel(page, 0).locator('.cell', { hasText: text }))
    assert.notEqual(await drawn('6'), await drawn('5'))
    await page.getByRole('button', { name: 'dot', exact: true }).click()
    const stepped = page.locator('.stepper .number-cell')
    assert.notEqual(await line(stepped.and(page.locator('[data-now]')).first()), await line(stepped.nth(3)))
    const [ink, ...strokes] = await page
      .locator('.angles :is(h2, .shaft, .arc, .axis)')
      .evaluateAll((all) => all.map((node) => getComputedStyle(node)[node.matches('h2') ? 'color' : 'stroke']))
    assert.deepEqual(new Set(strokes), new Set([ink]))
  },
  { forcedColors: 'active', browsers: ['chromium'] },
)

pageTest(
  'paper shows both dims with results and working, without interactive controls',
  async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    assert.deepEqual(await page.locator('.explorer .call output').filter({ visible: true }).allTextContents(), SEED)
    assert.equal(await page.locator('.explorer .panels .line:visible').count(), 8)
    assert.equal(await page.locator('#tools:visible').count(), 0)
    const [ink, paper] = await page
      .locator('h1')
      .evaluate((heading) => [
        getComputedStyle(heading).color,
        getComputedStyle(document.documentElement).backgroundColor,
      ])
    const light = (color) =>
      color
        .match(/\d+/g)
        .slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0) / 765
    assert.ok(light(paper) > 0.9 && light(ink) < 0.3, `${ink} on ${paper}`)
    for (const part of ['.tools', '.settings', '.by-hand', '.dims', '.moves', '.quiz', '.predict'])
      assert.equal(await page.locator(`.explorer ${part}:visible`).count(), 0, part)
    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(String(pdf.subarray(0, 5)), '%PDF-')
  },
  { alone: true, browsers: ['chromium'] },
)

pageTest(
  'of 150 rows, paper shows the first three and the last, in A, B and each drawing, without overlap',
  async (page) => {
    await page.emulateMedia({ media: 'print' })
    for (const dim of [0, 1]) {
      const tops = await panel(page, dim)
        .locator('.cells .cell:visible')
        .evaluateAll((cells) => cells.map((node) => node.getBoundingClientRect()).map(({ x, y }) => `${x} ${y}`))
      assert.equal(tops.length, 2 * 4 * 4)
      assert.equal(new Set(tops).size, tops.length)
    }
    const lanes = await panel(page, 1).locator('.output:visible').allTextContents()
    assert.deepEqual(
      lanes.map((text) => text.split(':')[0]),
      ['row 0', 'row 1', 'row 2', 'row 149'],
    )
    const rows = page.locator('.explorer .inputs .matrix').first().locator('tbody tr:visible')
    assert.equal(await rows.count(), 5)
    const fields = await rows
      .locator('input:visible')
      .evaluateAll((/** @type {HTMLInputElement[]} */ inputs) => inputs.map(({ value }) => value).join(' '))
    assert.equal(fields, '5.1 3.5 1.4 0.2 4.9 3 1.4 0.2 4.7 3.2 1.3 0.2 5.9 3 5.1 1.8')
    const gap = await rows
      .nth(3)
      .evaluate((row) => [...row.children].map((node) => getComputedStyle(node, '::after').content))
    assert.deepEqual(gap, Array(5).fill('"⋮"'))
  },
  { hash: STATES.iris, alone: true, browsers: ['chromium'] },
)

/* A4 with margins of 1 cm, in CSS pixels. */
const PAPER = { width: 718, height: 1047 }

/** Elements that reach beyond the paper. */
const tooWideOnPaper = (page, clipped) =>
  page.evaluate((/** @type {string} */ clipped) => {
    const all = [
      ...document.body.querySelectorAll('*'),
      ...(document.querySelector('cosine-dim')?.shadowRoot?.querySelectorAll('*') ?? []),
    ]
    return all
      .filter((node) => node.checkVisibility() && !node.closest('.unseen, svg, math') && !node.matches(clipped))
      .filter((node) => node.getBoundingClientRect().right > window.innerWidth)
      .map((node) => /** @type {Element} */ (node.cloneNode(false)).outerHTML)
  }, clipped)

/** For each panel, where a page may break around its parts, and the height of the parts that stay together. */
const breaksIn = (page) =>
  page.locator('.explorer .panel:not(.is-wrong)').evaluateAll((panels) =>
    panels.map((panel) => {
      const parts = ['.top', '.words', '.stage'].flatMap((part) => panel.querySelector(part) ?? [])
      const [from, to] = [parts[0], parts[2]].map((part) => part.getBoundingClientRect())
      const styles = parts.map((part) => getComputedStyle(part))
      return {
        inside: styles.map(({ breakInside }) => breakInside),
        after: styles.map(({ breakAfter }) => breakAfter),
        height: to.bottom - from.top,
      }
    }),
  )

/** For each call with its result, how many lines the text has, and how many are drawn. */
const linesOfCalls = (page) =>
  page.locator('.explorer .call:visible').evaluateAll((calls) =>
    calls
      .filter((call) => call.querySelector('output'))
      .map((call) => {
        const { lineHeight, paddingBlock } = getComputedStyle(call)
        const height = call.clientHeight - 2 * Number.parseFloat(paddingBlock)
        return [call.textContent?.split('\n').length, Math.round(height / Number.parseFloat(lineHeight))]
      }),
  )

pageTest(
  'on paper nothing is cut off at the side, and related parts share a page, in any state',
  async (page) => {
    await page.emulateMedia({ media: 'print' })
    for (const [state, hash] of Object.entries(STATES)) {
      await page.follow(hash)
      // Printing is what builds the list of all steps.
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
      // Side by side, more numbers than fit on paper are cut at its edge.
      const clipped = state === 'summing a long lane' ? '.blocks *, .stage *' : '.unseen'
      assert.deepEqual((await tooWideOnPaper(page, clipped)).slice(0, 5), [], state)
      // The dim, the change of the shape and the lanes: no page break within or between them.
      for (const { inside, after, height } of await breaksIn(page)) {
        assert.deepEqual(after, ['avoid', 'avoid', 'auto'], state)
        assert.equal(inside[2], 'avoid', state)
        assert.ok(height < PAPER.height, `${height} px: ${state}`)
      }
      // A printed result has as many lines as PyTorch gives it.
      for (const [lines, drawn] of await linesOfCalls(page)) assert.equal(drawn, lines, state)
    }
  },
  { viewport: PAPER, alone: true, browsers: ['chromium'] },
)

pageTest(
  'of 150 rows, those off screen are not drawn until the reader scrolls or tabs there; their numbers stay current',
  async (page) => {
    const isDrawn = (node) => node.checkVisibility({ contentVisibilityAuto: true })
    const last = panel(page, 1).locator('button.output').last()
    const first = panel(page, 1).locator('button.output').first()
    await first.scrollIntoViewIfNeeded()
    await eventually(async () => assert.equal(await first.evaluate(isDrawn), true))
    assert.equal(await last.evaluate(isDrawn), false)
    await cell(page, 'A, row 149, column 3').fill('9')
    assert.equal(await last.textContent(), 'row 149: 0.7800, from row 149 of A and row 0 of B')
    await last.focus()
    await eventually(async () => assert.equal(await last.evaluate(isDrawn), true))
  },
  { hash: STATES.iris },
)

pageTest(
  'with 150 rows down, the first and the last of A and B are drawn with the results, all in view at once',
  async (page) => {
    const stage = panel(page, 0).locator('.stage')
    for (const [operand, texts] of [
      ['A', '5.1 3.5 1.4 0.2 4.9 3 1.4 0.2 4.7 3.2 1.3 0.2 ⋮ ⋮ ⋮ ⋮ 5.9 3 5.1 1.8'],
      ['B', `${'5.8433 3.0573 3.758 1.1993 '.repeat(3)}⋮ ⋮ ⋮ ⋮ 5.8433 3.0573 3.758 1.1993`],
    ])
      assert.equal((await stage.locator(`[data-operand=${operand}] > *`).allTextContents()).join(' '), texts)
    assert.ok(await stage.evaluate((node) => node.scrollHeight <= node.clientHeight + 1))
    // The last drawn row follows the last row's cell.
    await cell(page, 'A, row 149, column 3').fill('9')
    assert.equal(await stage.locator('[data-operand=A] .value').last().textContent(), '9')
    assert.deepEqual(await litCells(page, 0), ['0.2', '0.2', '0.2', '9', '1.1993', '1.1993', '1.1993', '1.1993'])
  },
  { hash: STATES.iris, viewport: { width: 1280, height: 800 } },
)

pageTest(
  'screen readers find every heading and every named region from the start',
  async (page) => {
    const session = await page.context().newCDPSession(page)
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const named = (role) =>
      nodes.filter((node) => !node.ignored && node.role?.value === role).map(({ name }) => name?.value)
    const shown = page.locator('.explorer :is(h2, h3)').filter({ visible: true })
    const headings = await shown.evaluateAll((all) =>
      all.map((node) => {
        const heard = /** @type {Element} */ (node.cloneNode(true))
        for (const part of heard.querySelectorAll('[aria-hidden=true]')) part.remove()
        return heard.textContent?.trim().replace(/\s+/g, ' ') ?? ''
      }),
    )
    assert.ok(headings.length >= 20, headings.join())
    const heard = named('heading').map((text) => text.replace(/\s+/g, ' '))
    assert.deepEqual(
      headings.filter((text) => !heard.includes(text)),
      [],
    )
    assert.ok(!named('region').includes(''))
    for (const name of [
      'Step by step',
      'Angles',
      'The same in code',
      'Common misconceptions',
      'One target against many',
    ])
      assert.ok(named('region').includes(name), name)
  },
  { browsers: ['chromium'] },
)

/** Text spacing that readers may set, by WCAG 1.4.12. */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'

for (const width of [320, 1280])
  pageTest(
    `wide text spacing neither cuts text nor widens the page at ${width} px`,
    async (page) => {
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        document.adoptedStyleSheets = [sheet]
        document.querySelector('cosine-dim')?.shadowRoot?.adoptedStyleSheets.push(sheet)
      }, SPACED)
      const wider = await tooWide(page)
      assert.ok(wider <= 0, `${wider}`)
      // Content off screen is not laid out.
      await page.locator('.explorer .operands').scrollIntoViewIfNeeded()
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))))
      const cut = await page
        .locator('.explorer input[type=text]:visible')
        .evaluateAll((all) =>
          all
            .filter((node) => node.scrollWidth > node.clientWidth)
            .map((node) => `${node.ariaLabel}: ${node.scrollWidth} > ${node.clientWidth}`),
        )
      assert.deepEqual(cut, [])
    },
    { viewport: { width, height: 800 }, browsers: ['chromium'] },
  )

pageTest(
  'the focus ring of an output is not cut off',
  async (page) => {
    for (const dim of [0, 1]) {
      const last = output(page, dim, 1)
      await last.focus()
      const room = await last.evaluate((node) => {
        const [box, own] = [node.closest('.stage'), node].map((one) => one.getBoundingClientRect())
        return Math.min(box.bottom - own.bottom, box.right - own.right)
      })
      const ring = await last.evaluate((node) => {
        const { outlineWidth, outlineOffset } = getComputedStyle(node)
        return Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset)
      })
      assert.ok(room >= ring, `dim=${dim}: ${room} < ${ring}`)
    }
  },
  { browsers: ['chromium'] },
)

pageTest(
  'in forced colours, marked and focused elements differ, and use the system’s colours',
  async (page) => {
    await page.getByRole('button', { name: 'Predict dim=0' }).click()
    await page.getByLabel('Shape of the result').fill('(2,)')
    await page.getByLabel('Shape of the result').press('Enter')
    const look = (locator) =>
      locator.evaluate((node) => {
        const { outlineStyle, outlineWidth, color, backgroundColor } = getComputedStyle(node)
        return { outline: `${outlineStyle} ${outlineWidth}`, colours: `${color} on ${backgroundColor}` }
      })
    const [first, second, third] = await page.locator('button.markable').all()
    await first.press('Space')
    await second.press('Space')
    const [marked, both] = [await look(first), await look(second)]
    await third.focus()
    await third.press('Shift')
    const focused = await look(third)
    assert.equal(both.colours, marked.colours)
    assert.notEqual(focused.colours, marked.colours)
    assert.equal(focused.outline, both.outline)
    assert.notEqual(both.outline, marked.outline)
    assert.equal(marked.colours, await highlight(page))
  },
  { forcedColors: 'active', browsers: ['chromium'] },
)

// At 200 % and 400 % zoom, a window of 1280 px is 640 and 320 px wide.
for (const [percent, width, height] of [
  [200, 640, 360],
  [400, 320, 180],
])
  pageTest(
    `at ${percent} % zoom the page does not scroll sideways, and the focused element is in view`,
    async (page) => {
      assert.ok((await tooWide(page)) <= 0)
      for (const target of [cell(page, 'B, row 1, column 1'), output(page, 1, 1)]) {
        await target.focus()
        const { x, y, width: w, height: h } = await boxOf(target)
        assert.ok(x >= 0 && y >= 0 && x + w <= width + 1 && y + h <= height + 1, JSON.stringify({ x, y, w, h }))
      }
    },
    { viewport: { width, height }, deviceScaleFactor: percent / 100 },
  )

pageTest('text at twice the size still fits', async (page) => {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  assert.ok((await tooWide(page)) <= 0)
})

const anyHash = fc.array(
  fc.oneof(
    fc.constantFrom(
      'a=',
      'b=',
      'dim=',
      'pin=',
      'lang=',
      'hide=',
      'step=',
      'eps=',
      '[[',
      ']]',
      '&',
      '%',
      '%00',
      '<img src=x onerror=alert(1)>',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
  { maxLength: 20 },
)

pageTest(
  'a hash of random bytes is harmless: nothing runs, and the page keeps working',
  async (page) => {
    for (const parts of fc.sample(anyHash, { numRuns: 25, seed: 6 })) {
      await page.follow(parts.join(''))
      assert.equal(await page.locator('.explorer').count(), 1)
      assert.equal(await page.locator('.explorer img').count(), 0)
    }
    await page.follow('')
    await page.waitForFunction(() => location.hash === '' && document.querySelector('cosine-dim')?.hash === '')
    assert.deepEqual(await printed(page), SEED)
  },
  SAME,
)

/** A box that scrolls and contains nothing focusable needs a Tab stop of its own. A box that fits gets none. */
const LONG = `[${Array.from({ length: 150 }, (_, i) => i + 1)}]`
for (const [hash, boxes] of /** @type {const} */ ([
  ['#step=4', []],
  [
    `#a=${LONG}&b=${LONG}&step=4`,
    [
      'A, shape (150,)',
      'B, shape (150,)',
      'A, shape (150,)',
      'B, shape (150,)',
      'Terms of every number of A and every number of B',
    ],
  ],
]))
  pageTest(
    `boxes that scroll can be scrolled by keyboard and have names: ${boxes.length} boxes`,
    async (page) => {
      const scrolled = page.locator('.blocks, .operand-grid, .terms, .lines, .call').and(page.locator('[tabindex="0"]'))
      // Boxes are only measured once they are laid out.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))))
      await eventually(async () => {
        const names = await scrolled.evaluateAll((all) => all.map((box) => box.ariaLabel))
        assert.deepEqual(names.slice(0, 2), boxes.slice(0, 2))
        assert.deepEqual(names.sort(), boxes.toSorted())
      })
      for (const box of await scrolled.all()) {
        await box.evaluate((node) => node.scrollTo(0, 0))
        const isWide = await box.evaluate((node) => node.scrollWidth > node.clientWidth)
        await box.press(isWide ? 'ArrowRight' : 'ArrowDown')
        await page.waitForFunction((node) => node && node.scrollLeft + node.scrollTop > 0, await box.elementHandle())
      }
    },
    { hash },
  )

for (const colorScheme of COLOR_SCHEMES)
  pageTest(
    `keyboard focus shows a ring, ${colorScheme}`,
    async (page) => {
      const named = (role, name) => page.getByRole(role, { name, exact: true }).first()
      await page.keyboard.press('Shift')
      await unfold(page)
      for (const target of [
        named('button', 'Copy link'),
        cell(page, 'A, row 0, column 0'),
        preset(page, '2×3'),
        page.locator('.explorer summary'),
        page.locator('.explorer .file').first(),
        panel(page, 0).getByRole('radio').first(),
        output(page, 0, 0),
        page.locator('.stepper select'),
        page.locator('.tip [role=slider]').first(),
        page.locator('.quiz [type=radio]').first(),
      ]) {
        const ring = await target.evaluate((node) => {
          ;(node.matches('label') ? node.control : node).focus()
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node)
          const probe = node.parentNode.appendChild(document.createElement('i'))
          probe.style.color = 'var(--focus)'
          const { color } = getComputedStyle(probe)
          probe.remove()
          return [outlineStyle, outlineWidth, outlineColor === color]
        })
        assert.deepEqual(ring, ['solid', '3px', true], await target.evaluate((node) => node.outerHTML))
      }
    },
    { ...(colorScheme === 'dark' ? SAME : {}), colorScheme },
  )

for (const colorScheme of COLOR_SCHEMES)
  pageTest(
    `the page follows the reader’s colour scheme: ${colorScheme}`,
    async (page) => {
      const colours = await page.evaluate(() => {
        const root = document.querySelector('cosine-dim')?.shadowRoot
        const pairs = /** @type {Element[][]} */ ([
          [document.querySelector('h1'), document.documentElement],
          [root?.querySelector('h2'), root?.querySelector('.panel')],
        ])
        return pairs.map(([text, ground]) => [getComputedStyle(text).color, getComputedStyle(ground).backgroundColor])
      })
      const sum = (colour) => colour.match(/\d+/g).reduce((all, part) => all + Number(part), 0)
      for (const [text, ground] of colours) assert.equal(sum(text) > sum(ground), colorScheme === 'dark')
    },
    { colorScheme },
  )

pageTest(
  'a phone shows the page at its own width',
  async (page) => {
    assert.equal(await page.evaluate(() => window.innerWidth), 390)
  },
  { isMobile: true, viewport: { width: 390, height: 844 }, browsers: ['chromium'] },
)
