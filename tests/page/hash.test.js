/** The state as text: through a URL's hash and back, old links, damaged ones, and language tags. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIBRARIES } from '../../web/explorer/io/code.js'
import { BEATS, beatOf, toldBeat } from '../../web/explorer/model/beats.js'
import { MISCONCEPTIONS } from '../../web/explorer/model/misconceptions.js'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { writeTensor } from '../../web/explorer/model/tensors.js'
import { readAttributes, readHash, writeHash } from '../../web/explorer/state/hash.js'
import { INITIAL } from '../../web/explorer/state/state.js'
import { knownLanguage, textsIn } from '../../web/explorer/texts/languages.js'
import { SECTION_NAMES } from '../../web/explorer/view/sections.js'

const text = fc.oneof(fc.double().map(String), fc.string({ unit: 'grapheme', maxLength: 20 }))
const typedTensor = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1)
  return fc.array(text, { minLength: length, maxLength: length }).map((cells) => ({ shape, cells }))
})
const optional = (one) => fc.option(one, { nil: undefined })
const anyState = fc.record(
  {
    a: typedTensor,
    b: typedTensor,
    eps: text,
    beat: fc.constantFrom(...BEATS.map(({ key }) => key)),
    section: optional(fc.constantFrom(...SECTION_NAMES)),
    dims: optional(fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 })),
    pinned: optional(fc.constantFrom('A:0,1', 'B:', 'target:2', 'behaviored:0,9', 'dim0:1', 'dim1:')),
    card: optional(fc.constantFrom(...MISCONCEPTIONS.map(({ key }) => key))),
    step: optional(fc.nat({ max: 99 })),
    stage: optional(fc.integer({ max: 100, min: 0 }).map((part) => part / 100)),
    predict: optional(
      fc.record(
        { dim: fc.integer({ min: -9, max: 9 }), part: fc.constantFrom('shape', 'cells') },
        { noNullPrototype: true },
      ),
    ),
    predicted: fc.uniqueArray(fc.constantFrom('0.2x3.right', '1.2x2.skipped', '0..right')),
    target: typedTensor,
    behaviored: typedTensor,
    code: fc.constantFrom(...LIBRARIES),
    quiz: fc.integer({ min: -99, max: 999 }),
    lang: fc.constantFrom('en', 'zh-Hans'),
    hide: fc.subarray([...SECTION_NAMES]),
    present: optional(fc.constantFrom(...SECTION_NAMES)),
  },
  { noNullPrototype: true },
)

/** A link leaves out a beat of other shapes. */
const linked = (state, base) => ({ ...state, beat: toldBeat(state) ? state.beat : base.beat })

test('every state round-trips through a hash, whatever the base state', () => {
  fc.assert(
    fc.property(anyState, anyState, (state, base) => {
      for (const from of [INITIAL, base])
        assert.deepEqual(readHash(writeHash(state, from), from), { state: linked(state, from), complaints: [] })
    }),
  )
  assert.equal(writeHash(INITIAL, INITIAL), '')
})

test('the sections are written as those to hide, or those to show, whichever are fewer', () => {
  const hidden = (hash) => readHash(hash, INITIAL).state.hide
  assert.deepEqual(
    hidden('#show=panels,story'),
    SECTION_NAMES.filter((name) => !['story', 'panels'].includes(name)),
  )
  assert.deepEqual(hidden('#show='), SECTION_NAMES)
  for (const hash of ['#hide=quiz,notes', '#show=story,collapse', '#show=panels&present=panels', '#show='])
    assert.equal(writeHash(readHash(hash, INITIAL).state, INITIAL), hash)
  assert.match(readHash('#show=quizz', INITIAL).complaints[0](textsIn('en')), /^.*show: there is no section “quizz”/)
})

test('a beat is written as its name, and what differs from it besides', () => {
  const beat = fc.constantFrom(...BEATS)
  fc.assert(
    fc.property(beat, beat, anyState, anyState, ({ changes }, { changes: of }, state, other) => {
      for (const base of [INITIAL, other, { ...other, ...of }])
        for (const told of [
          { ...base, ...changes },
          { ...state, beat: changes.beat, a: changes.a, b: changes.b },
        ])
          assert.deepEqual(readHash(writeHash(told, base), base), { state: told, complaints: [] })
    }),
  )
  const hash = (key, more = {}) => {
    const { changes } = /** @type {import('../../web/explorer/model/beats.js').Beat} */ (
      BEATS.find((one) => one.key === key)
    )
    return writeHash({ ...INITIAL, ...changes, ...more }, INITIAL)
  }
  assert.equal(hash('square'), '')
  assert.equal(hash('square', { dims: [0] }), '#dim=0')
  assert.equal(hash('which'), '#beat=which')
  assert.equal(hash('names', { dims: [-1] }), '#beat=names&dim=-1')
  assert.equal(hash('three', { b: { shape: [], cells: ['1'] } }).slice(0, 4), '#a=[')
})

test('with other shapes than its own, a beat is the last; a wrong name is complained about', () => {
  for (const [hash, key] of Object.entries({
    '': 'square',
    '#dim=0&stage=add': 'square',
    '#beat=which': 'which',
    '#beat=which&dim=1': 'which',
    '#beat=which&a=[[1,2,2],[3,4,0]]': 'which',
    '#beat=which&a=[[1,2,2]]': 'own',
    '#beat=own': 'own',
    '#example=2x3': 'own',
    '#a=[[1,2],[3,5]]': 'square',
    '#a=[[1,2,3]]': 'own',
  }))
    assert.equal(beatOf(readHash(hash, INITIAL).state).key, key, hash)
  const { state, complaints } = readHash('#beat=witch&section=corners', INITIAL)
  assert.deepEqual(state, INITIAL)
  const said = complaints.map((say) => say(textsIn('en')))
  assert.match(said[0], /beat: there is no beat “witch”\. There are square, which, names, three, own\./)
  assert.match(said[1], /section: there is no section “corners”\. There are story, collapse, /)
})

test('an example is written as its name; old links without names can still be read', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PRESETS), anyState, anyState, ({ key, changes: { a, b } }, other, base) => {
      const state = { ...other, a, b, beat: base.beat }
      const hash = writeHash(state, base)
      assert.deepEqual(readHash(hash, base), { state, complaints: [] })
      assert.ok(hash.startsWith(`#example=${key}`))
      const first = { ...state, a: { shape: [], cells: [key] } }
      assert.deepEqual(readHash(`${hash}&a=${key}`, base).state, first)
      assert.deepEqual(readHash(writeHash(first, base), base).state, first)
      const old = `#a=${writeTensor(a)}&b=${writeTensor(b)}`
      assert.deepEqual(readHash(old, INITIAL), { state: { ...INITIAL, a, b }, complaints: [] })
    }),
  )
  const [say] = readHash('#example=rose', INITIAL).complaints
  assert.match(say(textsIn('en')), /no example “rose”. There are 2x2, .*iris/)
})

test('a hash whose brackets were escaped can be read', () => {
  const hash = '#a=[[1,%5B],[2,3]]'
  const { state } = readHash(hash, INITIAL)
  assert.deepEqual(state.a.cells, ['1', '[', '2', '3'])
  assert.deepEqual(readHash(`#a=${encodeURIComponent(hash.slice(3))}`, INITIAL).state, state)
})

test('no hash throws, and its errors are worded in both languages', () => {
  const part = fc.constantFrom(
    'a=',
    'b=',
    'dim=',
    '[',
    ']',
    ',',
    '%',
    '&',
    '__proto__=',
    'pin=',
    'lang=',
    'step=',
    'stage=',
    'hide=',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 20 }), (parts) => {
      const { complaints } = readHash(`#${parts.join('')}`, INITIAL)
      for (const lang of ['en', 'zh-Hans'])
        for (const say of complaints) assert.equal(typeof say(textsIn(lang)), 'string')
    }),
  )
  const { complaints } = readHash(`#a=${'['.repeat(1e5)}&b=[${'1,'.repeat(1e4)}1]`, INITIAL)
  assert.equal(complaints.length, 2)
  const { state, complaints: others } = readHash(`#eps=${'1'.repeat(1e4)}&${'n'.repeat(1e4)}=1`, INITIAL)
  assert.ok(state.eps.length < 1000)
  assert.ok(others[0](textsIn('en')).length < 1000)
})

test('a number in a link is refused for the true reason', () => {
  for (const [hash, words] of /** @type {const} */ ([
    ['#quiz=99999999', 'quiz: “99999999” is too large. 999 is the most.'],
    ['#quiz=-99999999', 'quiz: “-99999999” is too small. -999 is the least.'],
    ['#quiz=1.5', 'quiz: “1.5” is not a whole number.'],
    ['#quiz=seven', 'quiz: “seven” is not a whole number.'],
    ['#step=1000', 'step: “1000” is too large. 999 is the most.'],
    ['#dim=0,12345', 'dim: “12345” is too large. 999 is the most.'],
    ['#predict=-1000,shape', 'predict: “-1000” is too small. -999 is the least.'],
    [`#dim=${'9'.repeat(150)}`, `dim: “${'9'.repeat(40)}…” is too large. 999 is the most.`],
    [`#dim=${'x'.repeat(400)}`, `dim: “${'x'.repeat(40)}…” is longer than 200 characters.`],
    [`#eps=0.${'0'.repeat(400)}1e400`, `eps: “0.${'0'.repeat(38)}…” is longer than 200 characters.`],
    [`#a=[1,${'1'.repeat(400)}]`, `a: “${'1'.repeat(40)}…” is longer than 200 characters.`],
    [`#hide=${Array(500).fill('nothing')}`, 'hide: there is no section “nothing, nothing, nothing”.'],
  ])) {
    const { state, complaints } = readHash(hash, INITIAL)
    assert.deepEqual(state, INITIAL)
    assert.equal(complaints.length, 1)
    const said = complaints[0](textsIn('en'))
    assert.ok(said.includes(words), said)
    assert.ok(complaints[0](textsIn('zh-Hans')).includes(words.slice(0, words.indexOf(':'))))
  }
  for (const [hash, quiz] of /** @type {const} */ ([
    ['#quiz=0007', 7],
    ['#quiz=+7', 7],
    ['#quiz=-7', -7],
  ]))
    assert.deepEqual(readHash(hash, INITIAL), { state: { ...INITIAL, quiz }, complaints: [] })
})

test('nothing in a link is dropped without a word, nor in an attribute', () => {
  const said = ({ complaints }) => complaints.map((say) => say(textsIn('en')))
  for (const [hash, words] of /** @type {const} */ ([
    ['#dim=0,1,2,3,-1', 'dim: it names 5 dims. 4 can be shown side by side.'],
    ['#predict=0,shape,cells', 'predict: “0,shape,cells” is not a prediction.'],
    ['#dim=0&dim=1', 'dim: it has no effect, because another dim follows.'],
    ['#example=2x3&a=[1]&b=[2]', 'example: it has no effect, because a and b are given too.'],
    ['#a=[1]&b=[2]&a=[3]&example=iris', 'b: it has no effect, because example is given too.'],
  ])) {
    const all = readHash(hash, INITIAL)
    assert.ok(
      said(all).some((one) => one.includes(words)),
      `${said(all)}`,
    )
    assert.ok(all.complaints.every((say) => say(textsIn('zh-Hans')) !== say(textsIn('en'))))
  }
  assert.equal(readHash('#a=[1]&b=[2]&a=[3]&example=iris', INITIAL).complaints.length, 3)
  assert.deepEqual(readHash('#dim=0,1,2,3,-1', INITIAL).state, INITIAL)
  assert.deepEqual(readHash('#dim=0&dim=1', INITIAL).state.dims, [1])
  // A dim named twice is one dim, b is the example's, and a value that cannot be read replaces nothing.
  for (const hash of ['#dim=0,1,2,3,0', '#example=2x3&a=[[1]]']) assert.deepEqual(said(readHash(hash, INITIAL)), [])
  assert.equal(said(readHash('#dim=0&dim=x', INITIAL)).length, 1)
  // Attributes have no order: a and b win over an example.
  const attributes = Object.entries({ example: '2x3', a: '1', b: '2' })
  assert.deepEqual(said(readAttributes(attributes, INITIAL)), [])
  assert.deepEqual(said(readAttributes([['dim', '0,1,2,3,4']], INITIAL)), [
    'In the attribute dim: it names 5 dims. 4 can be shown side by side.',
  ])
})

test('many predictions survive a link', () => {
  const predicted = Array.from({ length: 40 }, (_, i) => `${i % 4}.${i + 1}x3.right`)
  const state = { ...INITIAL, predicted }
  assert.deepEqual(readHash(writeHash(state, INITIAL), INITIAL), { state, complaints: [] })
})

test('a language tag selects one of the page’s languages', () => {
  for (const [tag, lang] of /** @type {const} */ ([
    ['en-GB', 'en'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-TW', undefined],
    ['zh-Hant', undefined],
    ['fr', undefined],
  ]))
    assert.equal(knownLanguage(tag), lang, tag)
})
