/** Present mode without a screen: which screens there are, and what each step shows and hides. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BEATS, beatOf, chosenIn, isAsked, isQuestion } from '../../web/explorer/model/beats.js'
import { MISCONCEPTIONS } from '../../web/explorer/model/misconceptions.js'
import { OPENING, question } from '../../web/explorer/model/questions.js'
import {
  begin,
  cardIn,
  end,
  isCovered,
  LESSON_STEPS,
  placeIn,
  presentable,
  screensOf,
  skip,
  step,
} from '../../web/explorer/model/screens.js'
import { createStore, INITIAL } from '../../web/explorer/state/state.js'
import { STAGES } from '../../web/explorer/view/collapse/stages.js'
import { SECTION_NAMES } from '../../web/explorer/view/sections.js'

const ats = STAGES.map(({ at }) => at)

/** A store in present mode with some sections, and what a teacher sees of it. */
function presenting(sections, state = INITIAL) {
  const store = createStore(state, () => {})
  const shown = ['story', 'collapse', ...sections]
  begin(
    store,
    SECTION_NAMES.filter((name) => !shown.includes(name)),
  )
  const screens = screensOf(store.state, shown)
  return {
    store,
    screens,
    seen() {
      const { present, stage = 0 } = store.state
      const answered = chosenIn(store, beatOf(store.state))?.isRight
      const within = present === 'story' ? (isAsked(store) ? '?' : `${answered ? '!' : ''}${stage}`) : isCovered(store)
      return `${placeIn(screens, store.state) + 1} ${within}`
    },
    go(isBack = false) {
      const { plays } = store
      step(store, screens, { ats, isBack })
      // The film that was asked for has come to its end.
      if (store.plays !== plays) store.update({ stage: 1 })
    },
  }
}

test('a screen for each beat, and one for each section that has any', () => {
  const all = presentable(SECTION_NAMES)
  assert.deepEqual(
    SECTION_NAMES.filter((name) => !all.includes(name)),
    ['story', 'collapse', 'contents', 'predict', 'notes'],
  )
  const names = (state, sections) => screensOf(state, sections).map(({ name, beat }) => beat?.key ?? name)
  assert.deepEqual(names(INITIAL, ['story', 'collapse', 'quiz']), [...BEATS.map(({ key }) => key), 'quiz'])
  assert.deepEqual(names({ ...INITIAL, hide: ['story'] }, ['collapse', 'quiz']), ['story', 'quiz'])
})

test('steps go through every stage of the first beat, each question, film and phrase, once on and once back', () => {
  const { store, screens, seen, go } = presenting(['panels', 'code'])
  const there = [seen()]
  while (there.length < 200) {
    const { state } = store
    go()
    if (store.state === state && seen() === there.at(-1)) break
    there.push(seen())
  }
  const wanted = BEATS.flatMap((beat, i) => {
    if (i === 0) return ats.map((at) => `1 ${at}`)
    if (isQuestion(beat)) return [`${i + 1} ?`, `${i + 1} !1`]
    return [`${i + 1} 0`, ...(beat.choices ?? [1]).map(() => `${i + 1} 1`)]
  })
  assert.deepEqual(there, [...wanted, '6 true', '6 false', '7 true', '7 false'])
  assert.equal(screens.length, 7)

  const back = [seen()]
  for (let i = 1; i < there.length; i++) {
    go(true)
    back.push(seen())
    if (seen() === '1 0') break
  }
  // A question that was answered is open again.
  assert.deepEqual(back.reverse(), there)
})

test('the lesson takes as many steps as the menu says', () => {
  const { store, seen, go } = presenting([])
  const now = () => JSON.stringify([store.state, store.kept])
  let steps = 0
  for (let last = ''; last !== now(); steps++) {
    last = now()
    go()
  }
  // The last of them changed nothing.
  assert.equal(steps - 1, LESSON_STEPS)
  assert.equal(seen(), '5 1')
})

test('misconceptions are steps: one at a time, what one may believe, and what is true', () => {
  const { store, seen, go } = presenting(['cards', 'code'])
  store.update({ present: 'cards' })
  for (const place of MISCONCEPTIONS.keys())
    for (const covered of [true, false]) {
      assert.deepEqual([seen(), cardIn(store)], [`6 ${covered}`, place])
      go()
    }
  assert.equal(seen(), '7 true')
  go(true)
  assert.deepEqual([seen(), cardIn(store)], ['6 false', MISCONCEPTIONS.length - 1])
  go(true)
  assert.equal(seen(), '6 true')
  go(true)
  assert.deepEqual([seen(), cardIn(store)], ['6 false', MISCONCEPTIONS.length - 2])
})

test('the quiz goes on and on: an answer that is nobody’s, then another question', () => {
  const { store, seen, go } = presenting(['quiz'])
  store.update({ present: 'quiz' })
  for (const number of OPENING) {
    assert.deepEqual([seen(), store.state.quiz], ['6 true', number])
    go()
    assert.equal(seen(), '6 false')
    assert.ok(store.kept.quiz.isGiven)
    go()
  }
  go()
  go(true)
  assert.equal(seen(), '6 true')
  // A wrong answer does not end it.
  const wrong = question(store.state.quiz).options.findIndex(({ isRight }) => !isRight)
  store.kept.quiz = { number: store.state.quiz, chosen: wrong, checked: wrong, isChecked: true }
  assert.equal(seen(), '6 true')
  for (const number of [...OPENING].reverse())
    for (const covered of [false, true]) {
      go(true)
      assert.deepEqual([seen(), store.state.quiz], [`6 ${covered}`, number])
    }
  go(true)
  assert.match(seen(), /^5 /)
  // Reached anew, it has asked nothing before.
  go()
  go(true)
  assert.match(seen(), /^5 /)
})

test('a key goes to another screen from any step', () => {
  const { store, screens, seen, go } = presenting(['quiz'])
  go()
  skip(store, screens, false)
  assert.equal(seen(), '2 ?')
  skip(store, screens, false)
  go()
  skip(store, screens, false)
  assert.equal(seen(), '4 ?')
  skip(store, screens, true)
  assert.equal(seen(), '3 0')
  for (const _ of screens) skip(store, screens, false)
  assert.equal(seen(), '6 true')
})

test('a beat that was gone back to asks anew when it is reached again', () => {
  const { seen, go } = presenting([])
  for (const _ of ats) go()
  assert.equal(seen(), '2 ?')
  go()
  assert.equal(seen(), '2 !1')
  go(true)
  assert.equal(seen(), '2 ?')
  go(true)
  assert.equal(seen(), '1 1')
  go()
  assert.equal(seen(), '2 ?')
})

test('a step or a skip that leads nowhere says so, and changes nothing', () => {
  const { store, screens, seen } = presenting([])
  const moves = (isBack) => [step(store, screens, { ats, isBack }), skip(store, screens, isBack)]
  assert.deepEqual(moves(true), [false, false])
  assert.equal(seen(), '1 0')
  assert.deepEqual(moves(false), [true, true])
  store.update({ ...BEATS[4].changes, present: 'story', stage: 1 })
  const { state } = store
  assert.deepEqual(moves(false), [false, false])
  assert.equal(store.state, state)
})

test('without a press there are no stages to step through', () => {
  const { store, screens, seen } = presenting([])
  step(store, screens, { ats: [] })
  assert.equal(seen(), '2 ?')
})

test('afterwards everything is as before, but the language', () => {
  const a = { shape: [2, 2], cells: ['9', '2', '3', '4'] }
  const before = { ...INITIAL, a, hide: ['notes'], stage: 0.36, pinned: 'dim0:1' }
  const { store, go } = presenting(['quiz'], before)
  go()
  go()
  store.update({ lang: 'zh-Hans' })
  end(store)
  assert.deepEqual(store.state, { ...before, lang: 'zh-Hans' })
})

test('a question is asked on the screen of its beat, and hides no other screen', () => {
  for (const [present, isOpen] of /** @type {const} */ ([
    [undefined, true],
    ['story', true],
    ['panels', false],
  ])) {
    const store = createStore({ ...INITIAL, ...BEATS[1].changes, present }, () => {})
    assert.equal(store.isAsking, isOpen, `${present}`)
  }
})

test('numbers that are changed while presenting stay', () => {
  const { store, seen, go } = presenting(['quiz'], INITIAL)
  store.update({ ...BEATS[4].changes, present: 'story', stage: 1 })
  store.type('a', 0, '7')
  assert.equal(seen(), '5 1')
  go()
  assert.equal(seen(), '6 true')
  go(true)
  assert.equal(store.state.a.cells[0], '7')
  assert.equal(seen(), '5 1')
})

test('a link that opens in present mode leaves it with what it shows', () => {
  const hide = SECTION_NAMES.filter((name) => !['story', 'collapse', 'panels'].includes(name))
  const store = createStore({ ...INITIAL, hide, present: 'panels', stage: 1 }, () => {})
  end(store)
  assert.deepEqual(store.state, { ...INITIAL, hide, present: undefined, stage: undefined })
})
