/** An arrow's tip that can be moved, with the cells that it stands for: dragged, or by the arrow keys; Esc takes it back. */
import { element } from '../dom.js'
import { indexesOf } from '../tensors.js'

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }

/**
 * @param {import('../sections.js').Context} context
 * @param {'a' | 'b'} name of the vector, and of its operand in the state
 * @param {HTMLElement} plot what it stands on
 * @param {(isHeld: boolean) => void} hold while it is dragged, the frame must stay
 */
export function arrowTip({ store, t }, name, plot, hold) {
  const root = element('button', { type: 'button', class: 'tip', role: 'slider' }, name)
  let point
  let frame
  let indexes

  /** Moves to the multiple of the step that is nearest, within the frame. */
  function moveTo(x, y) {
    const { shape, cells } = store.state[name]
    const all = indexesOf(shape).map(String)
    const texts = [...cells]
    for (const [axis, value] of [x, y].entries()) {
      const rounded = Math.round(value / frame.step) * frame.step
      // A cell that broadcasting repeats is in both places: it follows the one that moves.
      if (value !== point[axis]) texts[all.indexOf(`${indexes[axis]}`)] = `${Number(rounded.toPrecision(12)) || 0}`
    }
    if (`${texts}` !== `${cells}`) store.update({ [name]: { shape, cells: texts } })
  }

  let before
  root.addEventListener('focus', () => {
    before = store.state[name]
  })

  root.addEventListener('keydown', (event) => {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    const way = WAYS[event.key]
    if (way) {
      event.preventDefault()
      moveTo(...point.map((value, axis) => value + way[axis] * frame.step))
    } else if (event.key === 'Escape' && before && before !== store.state[name]) {
      event.preventDefault()
      store.update({ [name]: before })
    }
  })

  /** From the pointer to the tip, so that it does not jump when it is taken. */
  let offset
  root.addEventListener('pointerdown', (event) => {
    root.focus()
    before = store.state[name]
    const { left, top, width, height } = root.getBoundingClientRect()
    offset = [left + width / 2 - event.clientX, top + height / 2 - event.clientY]
    root.setPointerCapture(event.pointerId)
    hold(true)
  })
  root.addEventListener('pointermove', (event) => {
    if (!root.hasPointerCapture(event.pointerId)) return
    const box = plot.getBoundingClientRect()
    const [right, down] = [event.clientX + offset[0] - box.left, event.clientY + offset[1] - box.top]
    const within = (share) => Math.min(Math.max(share, 0), 1)
    moveTo(
      frame.left + within(right / box.width) * frame.width,
      frame.bottom + (1 - within(down / box.height)) * frame.height,
    )
  })
  root.addEventListener('lostpointercapture', () => hold(false))

  return {
    root,
    update(now) {
      ;({ point, frame, indexes } = now)
      const cells = indexes.map((index) => `${name.toUpperCase()}[${index.join(', ')}]`)
      root.setAttribute('aria-label', t('angles.tip', name, now.output, cells))
      root.setAttribute('aria-valuenow', point[0])
      root.setAttribute('aria-valuetext', now.said)
      root.style.setProperty('--right', `${(100 * (point[0] - frame.left)) / frame.width}%`)
      root.style.setProperty('--up', `${(100 * (point[1] - frame.bottom)) / frame.height}%`)
    },
  }
}
