/**
 * An arrow's tip that moves together with its cells: by dragging, or by keys; Esc undoes the move. ARIA sliders have
 * one dimension, so a tip is two sliders on top of each other, horizontal and vertical, that share one Tab stop.
 */

import { cellKey } from '../../model/explanations.js'
import { indexesOf } from '../../model/tensors.js'
import { element } from '../dom.js'

/* For each arrow key, the axis it moves along and the direction. Other keys move the focused slider. */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] }
const JUMPS = { PageUp: 1, PageDown: -1 }
const ENDS = { Home: 0, End: 1 }

/**
 * @typedef {object} TipEvents
 * @property {(isHeld: boolean) => void} hold called when a drag starts and ends; the frame must not change in between
 * @property {(keys: string[]) => void} look called with the cells of the tip that has the focus
 */

/**
 * @param {import('../sections.js').Context} context
 * @param {'a' | 'b'} name of the vector, and of its operand in the state
 * @param {HTMLElement} plot the box that the tip moves in
 * @param {TipEvents} on
 */
export function arrowTip({ store, t }, name, plot, on) {
  const sliders = ['horizontal', 'vertical'].map((orientation, axis) =>
    element('span', { role: 'slider', tabindex: axis ? -1 : 0, 'aria-orientation': orientation }),
  )
  const root = element('div', { class: 'tip' }, name, ...sliders)
  let now
  const tip = {
    root,
    plot,
    sliders,
    hold: on.hold,
    get now() {
      return now
    },
    /** Moves to the nearest multiple of the step. */
    moveTo(...to) {
      const { shape, cells } = store.state[name]
      const all = indexesOf(shape).map(String)
      const texts = [...cells]
      for (const [axis, value] of to.entries()) {
        const rounded = Math.round(value / now.frame.step) * now.frame.step
        // A cell that broadcasting repeats stands for both coordinates. It follows the one that moves.
        if (value !== now.point[axis])
          texts[all.indexOf(`${now.indexes[axis]}`)] = `${Number(rounded.toPrecision(12)) || 0}`
      }
      if (`${texts}` !== `${cells}`) store.update({ [name]: { shape, cells: texts } })
    },
    focus(axis) {
      for (const slider of sliders) slider.tabIndex = slider === sliders[axis] ? 0 : -1
      sliders[axis].focus()
    },
  }
  listenToKeys(tip, undoing(store, name, tip))
  listenToPointer(tip)
  root.addEventListener('focusin', () => on.look(now.indexes.map((index) => cellKey(name.toUpperCase(), index))))
  root.addEventListener('focusout', () => on.look([]))

  function update(next) {
    now = next
    const { point, frame, indexes } = now
    sliders.forEach((slider, axis) => {
      const cell = t('inputs.cell', name.toUpperCase(), indexes[axis])
      const [least, most] = rangeOf(frame, axis).map((end) => Number(end.toPrecision(3)))
      slider.setAttribute('aria-label', t('angles.tip', name, now.output, cell, axis))
      slider.setAttribute('aria-valuemin', `${Math.min(least, point[axis])}`)
      slider.setAttribute('aria-valuemax', `${Math.max(most, point[axis])}`)
      slider.setAttribute('aria-valuenow', point[axis])
      slider.setAttribute('aria-valuetext', now.said[axis])
    })
    root.style.setProperty('--right', `${(100 * (point[0] - frame.left)) / frame.width}%`)
    root.style.setProperty('--up', `${(100 * (point[1] - frame.bottom)) / frame.height}%`)
  }
  return { root, update }
}

const rangeOf = ({ left, bottom, width, height }, axis) => (axis ? [bottom, bottom + height] : [left, left + width])

/** Remembers the operand at the start of each move. Returns what undoes the move, and whether there was one. */
function undoing(store, name, { root, sliders }) {
  let before
  const remember = () => {
    before = store.state[name]
  }
  root.addEventListener('focusin', ({ relatedTarget }) => {
    if (!sliders.includes(/** @type {HTMLElement} */ (relatedTarget))) remember()
  })
  root.addEventListener('pointerdown', remember)
  return () => {
    const hasMoved = before && before !== store.state[name]
    if (hasMoved) store.update({ [name]: before })
    return hasMoved
  }
}

/** The axis that a key moves along, and the new coordinate. */
function askedBy({ key, shiftKey }, focused, { point, frame }) {
  if (key in ARROWS) {
    const [axis, way] = ARROWS[key]
    return [axis, point[axis] + way * (shiftKey ? frame.grid : frame.step)]
  }
  if (key in JUMPS) return [focused, point[focused] + JUMPS[key] * frame.grid]
  return key in ENDS && [focused, rangeOf(frame, focused)[ENDS[key]]]
}

function listenToKeys(tip, undo) {
  tip.root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const asked = askedBy(event, tip.sliders.indexOf(/** @type {HTMLElement} */ (event.target)), tip.now)
    if (asked) {
      event.preventDefault()
      const [axis, value] = asked
      tip.focus(axis)
      tip.moveTo(...tip.now.point.map((old, i) => (i === axis ? value : old)))
    } else if (event.key === 'Escape' && undo()) event.preventDefault()
  })
}

function listenToPointer(tip) {
  const { root, plot, sliders } = tip
  /** The distance from the pointer to the tip's centre, so that the tip does not jump when a drag starts. */
  let offset
  root.addEventListener('pointerdown', (event) => {
    tip.focus(sliders.findIndex(({ tabIndex }) => tabIndex === 0))
    const { left, top, width, height } = root.getBoundingClientRect()
    offset = [left + width / 2 - event.clientX, top + height / 2 - event.clientY]
    root.setPointerCapture(event.pointerId)
    tip.hold(true)
  })
  root.addEventListener('pointermove', (event) => {
    if (!root.hasPointerCapture(event.pointerId)) return
    const { frame } = tip.now
    const box = plot.getBoundingClientRect()
    const [right, down] = [event.clientX + offset[0] - box.left, event.clientY + offset[1] - box.top]
    const within = (share) => Math.min(Math.max(share, 0), 1)
    tip.moveTo(
      frame.left + within(right / box.width) * frame.width,
      frame.bottom + (1 - within(down / box.height)) * frame.height,
    )
  })
  root.addEventListener('lostpointercapture', () => tip.hold(false))
}
