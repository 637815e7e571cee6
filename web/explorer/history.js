/**
 * Undo and redo of what a reader enters, however it is entered: typed, pasted, dragged, by an example, with the browser's
 * back. Texts that are typed are a part of it, since a field forgets its own history when its text is set.
 */

/** Parts of the state that are entered; and those that belong to them, and go with them. */
const ENTERED = ['a', 'b', 'eps', 'dims', 'target', 'behaviored']
const WITH_THEM = [...ENTERED, 'pinned', 'step']

/* As many changes as one remembers. */
const MOST = 100

/** Whether the same is entered in two states; parts that no change made anew are not looked into. */
const areSame = (one, other) =>
  ENTERED.every((part) => one[part] === other[part] || JSON.stringify(one[part]) === JSON.stringify(other[part]))

/** @param {import('./state.js').Store} store */
export function createHistory(store) {
  let past = []
  let future = []
  /** Whether what comes next still belongs to the last change. */
  let isOpen = false
  let isTravelling = false

  const entryOf = (state, isNavigation) => ({
    changes: Object.fromEntries(WITH_THEM.map((part) => [part, state[part]])),
    isNavigation,
  })

  /** Goes to the last entry of one list that is other than what there is now, which the other list keeps. */
  function travel(from, to) {
    while (from.length && areSame(from.at(-1).changes, store.state)) from.pop()
    if (!from.length) return
    const { changes, isNavigation } = from.pop()
    to.push(entryOf(store.state, isNavigation))
    isOpen = false
    isTravelling = true
    store.update(changes, { isNavigation })
    isTravelling = false
  }

  return {
    /** Keeps the state before a change. */
    record(before, isNavigation) {
      if (isTravelling || areSame(before, store.state)) return
      if (isNavigation || !isOpen) past = [...past, entryOf(before, isNavigation)].slice(-MOST)
      future = []
      isOpen = !isNavigation
    },
    /** The next change is another one: until then, all that is typed in a field, or a whole drag, is one. */
    rest() {
      isOpen = false
    },
    undo: () => travel(past, future),
    redo: () => travel(future, past),
  }
}
