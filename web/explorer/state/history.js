/**
 * Undo and redo for everything the reader enters: typed, pasted, dragged, loaded as an example, or restored by the
 * browser's back button. Typing is included because a field loses its own undo when its text is set by script.
 */

/** The parts of the state that are entered, and the parts restored along with them. */
const ENTERED = ['a', 'b', 'eps', 'dims', 'target', 'behaviored']
const WITH_THEM = [...ENTERED, 'pinned', 'step', 'stage', 'card', 'beat']

/* The number of changes kept. */
const MOST = 100

/** Whether two states have the same entries. Most changes leave most parts alone, so identity is checked first. */
const areSame = (one, other) =>
  ENTERED.every((part) => one[part] === other[part] || JSON.stringify(one[part]) === JSON.stringify(other[part]))

/** @param {import('./state.js').Store} store */
export function createHistory(store) {
  let past = []
  let future = []
  /** Whether the next change still belongs to the current entry. */
  let isOpen = false
  let isTravelling = false

  const entryOf = (state, isNavigation) => ({
    changes: Object.fromEntries(WITH_THEM.map((part) => [part, state[part]])),
    isNavigation,
  })

  /** Restores the latest entry of `from` that differs from the current state, and adds the current state to `to`. */
  function travel(from, to) {
    while (from.length && areSame(from.at(-1).changes, store.state)) from.pop()
    if (!from.length) return
    const { changes, isNavigation } = from.pop()
    to.push(entryOf(store.state, isNavigation))
    isOpen = false
    isTravelling = true
    store.restored = store.state
    store.update(changes, { isNavigation })
    isTravelling = false
  }

  return {
    /** Records the state before a change. */
    record(before, isNavigation) {
      if (isTravelling || areSame(before, store.state)) return
      if (isNavigation || !isOpen) past = [...past, entryOf(before, isNavigation)].slice(-MOST)
      future = []
      isOpen = !isNavigation
    },
    /** Ends the current entry. Until then, typing in one field or a whole drag counts as one change. */
    rest() {
      isOpen = false
    },
    undo: () => travel(past, future),
    redo: () => travel(future, past),
  }
}
