/** The story: its numbers are PyTorch's, its answers and phrases are true, and a question is open until it is answered. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { BEATS, beatOf, choicesIn, choose, isAsked, isQuestion, shownChoice } from '../../web/explorer/model/beats.js'
import { resized } from '../../web/explorer/model/tensors.js'
import { readHash, writeHash } from '../../web/explorer/state/hash.js'
import { createHistory } from '../../web/explorer/state/history.js'
import { createStore, INITIAL } from '../../web/explorer/state/state.js'
import { textsIn } from '../../web/explorer/texts/languages.js'

const read = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'))
const golden = read('presets')
/** PyTorch's answers to what a link shows. */
const answersAt = (hash) => read('page').code.find((one) => one.hash === hash).answers.PyTorch

const [square, which, names, three, own] = BEATS
const LANGUAGES = ['en', 'zh-Hans'].map((lang) => textsIn(lang))

/** PyTorch's answer along each dim. */
const answersTo = ({ changes: { a, b } }) => {
  const known = golden.find((one) => `${[one.a.cells, one.b.cells]}` === `${[a.cells, b.cells]}`)
  assert.deepEqual([known.a.shape, known.b.shape], [a.shape, b.shape])
  return known.answers
}
const product = (sizes) => sizes.reduce((count, size) => count * size, 1)
const tuple = (sizes) => `(${sizes.join(', ')})`

const storeAt = (hash) => createStore(readHash(hash, INITIAL).state, () => {})
const go = (store, { changes }) => store.update(changes, { isNavigation: true })

test('every beat shows PyTorch’s results', () => {
  assert.deepEqual(
    BEATS.map(({ key }) => key),
    ['square', 'which', 'names', 'three', 'own'],
  )
  for (const beat of BEATS) {
    const { views, dims } = storeAt(`#beat=${beat.key}`)
    const answers = answersTo(beat)
    assert.deepEqual(
      views.map(({ printed }) => printed),
      dims.map((dim) => answers.at(dim).printed),
    )
  }
})

test('the examples of the last beat: broadcasting, and a dim that is out of range; each as long as it is there', () => {
  const store = storeAt('#beat=own')
  const [broadcast, outside] = choicesIn(own)
  assert.equal(choicesIn(own).length, 2)
  choose(store, own, 0)
  // PyTorch has them the other way round: A and B can change places.
  assert.deepEqual(
    store.views.map(({ printed }) => printed),
    answersAt('#a=[1,2,2]&b=[[5,6,1],[7,8,3]]&dim=0,1').map(({ text }) => text),
  )
  assert.deepEqual([beatOf(store.state), shownChoice(store, own)], [own, broadcast])
  store.type('a', 0, '7')
  assert.equal(shownChoice(store, own), broadcast)
  store.update({ dims: [1] })
  assert.equal(shownChoice(store, own), undefined)
  choose(store, own, 1)
  const [{ error }] = answersAt('#example=2x3&dim=2')
  assert.match(error, /^Dimension out of range \(expected to be in range of \[-2, 1\], but got 2\)/)
  assert.ok(`${store.views[0].error}`.startsWith(error))
  assert.deepEqual([beatOf(store.state), shownChoice(store, own)], [own, outside])
  store.update(which.changes)
  assert.equal(shownChoice(store, own), undefined)
  for (const t of LANGUAGES) assert.match(outside.says(t), /`dim=2`/)
})

test('a square gives both dims the same shape; from then on, no two sizes are equal', () => {
  const [down, right] = answersTo(square)
  assert.deepEqual(down.shape, right.shape)
  for (const beat of [which, names, three, own]) {
    assert.equal(new Set(beat.changes.a.shape).size, beat.changes.a.shape.length)
    const all = answersTo(beat).flatMap(({ printed }) => printed.match(/-?\d\.\d+/g))
    assert.equal(new Set(all).size, all.length, `${beat.key}: no two results are the same`)
  }
})

test('the answers to “how many numbers?” are those of the dim, of the other dim, and all of them', () => {
  const [dim] = which.changes.dims ?? []
  const answers = answersTo(which)
  const [other, right, all, error] = which.choices ?? []
  const names = [other, right, all].map(({ name }) => Number(name(LANGUAGES[0])))
  assert.deepEqual(names, [
    product(answers[1 - dim].shape),
    product(answers[dim].shape),
    product(which.changes.a.shape),
  ])
  assert.deepEqual(
    which.choices?.map(({ isRight }) => isRight),
    [false, true, false, false],
  )
  for (const t of LANGUAGES) {
    assert.match(which.words(t, [dim]), new RegExp(`\`dim=${dim}\``))
    assert.match(other.says(t), new RegExp(`\`dim=${1 - dim}\`.*\`dim=${dim}\`.*${names[1]}`))
    for (const { says } of [right, all, error]) assert.ok(says(t).includes(`${names[1]}`))
  }
})

test('the answers to “what does (2, 3, 4) become?” are those of the dims, and one that keeps the axis', () => {
  const [dim] = three.changes.dims ?? []
  const shapes = answersTo(three).map(({ shape }) => tuple(shape))
  const kept = tuple(three.changes.a.shape.map((size, axis) => (axis === dim ? 1 : size)))
  const choices = three.choices ?? []
  assert.deepEqual(
    choices.map(({ name }) => name(LANGUAGES[0])),
    [...shapes, kept],
  )
  assert.deepEqual(
    choices.map(({ isRight }) => isRight),
    [0, 1, 2, 3].map((i) => i === dim),
  )
  for (const t of LANGUAGES) {
    assert.ok(three.title(t).includes(tuple(three.changes.a.shape)) && three.words(t, [dim]).includes(`\`dim=${dim}\``))
    for (const i of [0, 2]) {
      const says = choices[i].says(t)
      assert.ok(says.includes(`\`dim=${i}\``) && says.includes(shapes[dim]), says)
    }
    assert.ok(choices[3].says(t).includes(shapes[dim]))
  }
})

test('what people say means the dim that leaves as many numbers', () => {
  const [rows, columns] = names.changes.a.shape
  const left = (names.choices ?? []).map(({ changes: { dims: [dim] = [] } = {} }) =>
    product(answersTo(names).at(dim).shape),
  )
  // One per row, over the rows, along each row, one per column, NumPy’s axis=0, the last axis.
  assert.deepEqual(left, [rows, columns, rows, columns, columns, rows])
  for (const t of LANGUAGES)
    for (const { changes: { dims: [dim] = [] } = {}, name, says } of names.choices ?? []) {
      const [, said] = says(t).match(/`dim=(-?\d)`/) ?? name(t).match(/axis=(\d)/) ?? []
      assert.equal(Number(said), dim, says(t))
    }
})

test('a beat says no more than two short sentences', () => {
  for (const t of LANGUAGES)
    for (const beat of BEATS)
      for (const text of [beat.words(t, [0, 1, -1]), ...choicesIn(beat).map(({ says }) => says(t))]) {
        assert.ok(text.split(/[.?](?= |$)|[。？]/).length <= 3, text)
        assert.ok(text.length <= 120, text)
      }
})

test('a question is open until one answer, and while its numbers and dim stay; a link asks anew', () => {
  for (const beat of BEATS.filter(isQuestion)) {
    const store = storeAt(`#beat=${beat.key}&pin=A:0,0`)
    assert.ok(isAsked(store) && store.isAsking)
    assert.equal(store.looked, undefined, 'a pin would give the answer away')
    for (const changes of [{ dims: [2] }, { hide: ['story'] }, { hide: ['collapse'] }, { a: own.changes.a }])
      assert.ok(!isAsked(createStore({ ...store.state, ...changes }, () => {})), Object.keys(changes).join())
    choose(store, beat, 0)
    assert.ok(!store.isAsking)
    assert.equal(store.looked, 'A:0,0')
  }
  assert.deepEqual(BEATS.filter(isQuestion), [which, three])
})

test('an edit keeps the beat and its question; another shape makes it the last; undo returns', () => {
  const store = storeAt('#beat=which')
  const history = createHistory(store)
  const { update } = store
  store.update = (changes, how) => {
    const before = store.state
    update(changes, how)
    history.record(before, how?.isNavigation)
  }
  store.type('a', 0, '7')
  assert.equal(beatOf(store.state), which)
  assert.ok(isAsked(store))
  assert.equal(writeHash(store.state, INITIAL), '#beat=which&a=[[7,2,2],[3,4,-1]]')
  history.rest()
  store.update({ a: resized(store.state.a, 0, 3), b: resized(store.state.b, 0, 3) })
  assert.equal(beatOf(store.state), own)
  assert.ok(!isAsked(store))
  assert.match(writeHash(store.state, INITIAL), /^#a=/)
  history.undo()
  assert.equal(beatOf(store.state), which)
  history.redo()
  assert.equal(beatOf(store.state), own)
  history.rest()
  go(store, names)
  history.undo()
  assert.equal(beatOf(store.state), own)
  assert.deepEqual(store.dims, [0])
})
