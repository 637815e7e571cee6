/** What is shared: the element's HTML for each state, the address of its script, and what crawlers read. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { published, unpictured } from '../../scripts/published.js'
import { readAttributes, readHash } from '../../web/explorer/state/hash.js'
import { writeMarkup } from '../../web/explorer/state/markup.js'
import { INITIAL } from '../../web/explorer/state/state.js'
import { SCRIPT } from '../../web/explorer/view/share/embedding.js'
import { SIZE } from '../browser/link-picture.js'
import { STATES } from '../browser/states.js'

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url))
const html = String(read('web/index.html'))

const UNESCAPED = { '&amp;': '&', '&quot;': '"', '&lt;': '<' }

/** The attributes of an element's HTML, as a browser reads them. */
const attributesIn = (markup) =>
  [...markup.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, text]) => [
    name,
    text.replace(/&\w+;/g, (entity) => UNESCAPED[entity]),
  ])

for (const [name, hash] of Object.entries(STATES))
  test(`the element's HTML has the whole state: ${name}`, () => {
    const { state } = readHash(hash, INITIAL)
    const markup = writeMarkup(state, INITIAL)
    assert.match(markup, /^<cosine-dim( [a-z]+="[^"<]*")*><\/cosine-dim>$/)
    assert.deepEqual(readAttributes(attributesIn(markup), INITIAL), { state, complaints: [] })
  })

test("any text in a cell survives in the element's HTML", () => {
  const a = { shape: [2, 2], cells: ['"><script>', "&quot;'", '%20 a', ''] }
  const markup = writeMarkup({ ...INITIAL, a }, INITIAL)
  assert.doesNotMatch(markup, /<script/)
  assert.deepEqual(readAttributes(attributesIn(markup), INITIAL), { state: { ...INITIAL, a }, complaints: [] })
})

test('the script to embed is that of the README and of this version', () => {
  const { version } = JSON.parse(String(read('package.json')))
  assert.ok(SCRIPT.includes(`cosdim@${version.replace(/\.\d+$/, '')}/`))
  for (const path of ['README.md', 'docs/README.zh-CN.md']) assert.ok(read(path).includes(SCRIPT), path)
})

const tags = (html) =>
  Object.fromEntries(
    [...html.matchAll(/<meta\s+(?:property|name)="((?:og|twitter):[^"]+)"\s+content="([^"]*)"/g)].map(
      ([, ...pair]) => pair,
    ),
  )

test('crawlers get a title, a description, and a picture of 1200 × 630 in at most 60 kB', () => {
  const { 'og:title': title, 'og:description': description, ...others } = tags(html)
  const [, heading] = html.match(/<h1>\s*<span lang="en">(.*)<\/span>\n/) ?? []
  assert.equal(heading.replace(/<[^>]*>/g, ''), title)
  assert.ok(description.length > 60 && description.length < 160)
  assert.equal(others['twitter:card'], 'summary_large_image')
  assert.ok(others['og:image:alt'].length > 60)
  const png = read(`web/${others['og:image']}`)
  assert.ok(png.length <= 60_000)
  assert.equal(png.toString('latin1', 1, 4), 'PNG')
  const size = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
  assert.deepEqual(size, SIZE)
  assert.deepEqual(
    ['og:image:width', 'og:image:height'].map((name) => Number(others[name])),
    [1200, 630],
  )
})

test('the address of the picture is whole where the page is published, and a single file has none', () => {
  for (const site of ['https://example.org/cosdim', 'https://example.org/cosdim/']) {
    const { 'og:image': image, 'og:url': url } = tags(published(html, site))
    assert.deepEqual([image, url], ['https://example.org/cosdim/picture.png', 'https://example.org/cosdim/'])
  }
  assert.equal(published(html), html)
  assert.throws(() => published(html, 'example.org'), /Invalid URL/)
  const left = Object.keys(tags(unpictured(published(html, 'https://example.org/'))))
  assert.deepEqual(left, ['og:title', 'og:description', 'og:type', 'twitter:card'])
  assert.equal(unpictured(html).split('</head>')[1], html.split('</head>')[1])
})
