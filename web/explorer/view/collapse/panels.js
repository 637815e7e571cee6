/** The panels of all dims: built for their shapes and for the room, and given other numbers in place. */

import { collapseOf, renew } from '../../model/collapse.js'
import { sizeOfPrinted } from '../space/printed.js'
import { pressPanel } from './panel.js'
import { roomIn } from './room.js'

const areAll = (views, others, alike) =>
  views.length === others.length && views.every((view, i) => alike(view, others[i]))
/** Whether only the numbers differ: the lanes of the same shapes are the same object. */
const haveSameLanes = (view, other) => view.dim === other.dim && view.lanes === other.lanes
const haveSameRank = (view, other) => view.common.length === other.common.length

/**
 * @param {import('../sections.js').Context} context
 * @param {HTMLElement} sides where they stand
 * @param {{ choose: (dim: number) => void, changed: () => void }} acts `changed` is called to draw them
 */
export function pressPanels(context, sides, { choose, changed }) {
  /** @type {import('../../model/collapse.js').Collapse[]} */
  let collapses = []
  let panels = []
  let views = []
  let isAsked = false
  let beat
  let room = /** @type {ReturnType<typeof roomIn>} */ ({})

  const focus = () =>
    /** @type {HTMLElement | null} */ (sides.querySelector('input:checked'))?.focus({ preventScroll: true })

  /** Builds them anew for other shapes, or in another room. To measure the room takes time. */
  function build(fresh = roomIn(sides, collapses)) {
    const isSame = Object.entries(fresh).every(([name, value]) => room[name] === value)
    if (fresh.width <= 0 || (isSame && panels.length)) return
    room = fresh
    const hadFocus = sides.contains(/** @type {ShadowRoot} */ (sides.getRootNode()).activeElement)
    panels = collapses.map((collapse) => pressPanel(context, collapse, fresh, isAsked ? undefined : choose))
    sides.replaceChildren(...panels.map(({ root }) => root))
    arrange(sides, collapses, room)
    changed()
    if (hadFocus) focus()
  }

  function write() {
    for (const [i, view] of views.entries()) renew(collapses[i], collapseOf(view))
    for (const panel of panels) panel.write()
    arrange(sides, collapses, room)
    changed()
  }

  new ResizeObserver(() => build()).observe(sides)
  return {
    get collapses() {
      return collapses
    },
    get isAsked() {
      return isAsked
    },
    focus,
    draw(t, turn, heard) {
      for (const panel of panels) panel.draw(t, turn, heard)
    },
    show(shown, isAsking) {
      const before = isAsking === isAsked ? views : []
      if (areAll(shown, before, Object.is)) return
      const isAlike = panels.length > 0 && areAll(shown, before, haveSameLanes)
      // The stage of present mode leaves more or less room, and so do the words of another beat.
      const { state } = context.store
      const isRoomKnown =
        !state.present && state.beat === beat && panels.length > 0 && areAll(shown, views, haveSameRank)
      beat = state.beat
      views = shown
      isAsked = isAsking
      if (isAlike) return write()
      collapses = shown.map(collapseOf)
      panels = []
      build(isRoomKnown ? room : undefined)
    },
  }
}

/** Has the panels stand, and print, as the room allows. */
function arrange(sides, collapses, room) {
  sides.style.setProperty('--sides', `${room.columns}`)
  sides.style.setProperty('--aside', `${room.aside ?? 0}px`)
  sides.style.setProperty('--printed', `${sizeOfPrinted(collapses, room)}px`)
  sides.toggleAttribute('data-solo', collapses.length === 1)
}
