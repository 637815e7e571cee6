/** At a matrix: its sizes, one more and one less along each axis, and what is dropped on it, opened or pasted into it. */
import { element } from '../dom.js'
import { flowOf } from '../explanations.js'
import { isNpy, readNpy } from '../npy.js'
import { isTensor, readPasted } from '../pasted.js'
import { MAX_CELLS, resized, Unreadable } from '../tensors.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {string} operand
 * @param {string} partner the operand that it is broadcast with
 * @param {HTMLElement} target where things are dropped and pasted
 */
export function operandTools({ store, t }, operand, partner, target) {
  const part = operand.toLowerCase()
  const other = partner.toLowerCase()
  const sizes = element('div', { class: 'sizes', role: 'group', 'aria-label': t('tools.sizes', operand) })
  const file = element('input', { type: 'file', accept: '.npy,.csv,.tsv,.txt', 'aria-label': t('tools.file', operand) })
  const refusal = element('p', { class: 'message', role: 'alert' })
  let shape

  const refuse = (say) => store.refuse(part, say)

  /** Takes what `read` gives, or says why not, and leaves all as it is. */
  function take(read) {
    try {
      store.update({ [part]: read(), pinned: undefined }, { isNavigation: true })
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      refuse(error.say)
    }
  }

  /**
   * The other operand follows only where the two would no longer broadcast. Beside a longer axis of it, one of size 1 gets
   * as long: what broadcasting repeated becomes cells of its own, and the results stay.
   */
  function resize(axis, by) {
    const { [part]: own, [other]: beside } = store.state
    const otherAxis = axis + beside.shape.length - own.shape.length
    const [size, sizeBeside = 1] = [own.shape[axis], beside.shape[otherAxis]]
    const wanted = size === 1 && sizeBeside > 1 ? sizeBeside : size + by
    const changes = { [part]: resized(own, axis, wanted) }
    if (size === sizeBeside && wanted !== 1 && sizeBeside !== 1) changes[other] = resized(beside, otherAxis, wanted)
    const most = Math.max(...Object.values(changes).map(({ cells }) => cells.length))
    if (most > MAX_CELLS) return refuse((t) => t('paste.tooMany', most, MAX_CELLS))
    store.update({ ...changes, pinned: undefined }, { isNavigation: true })
  }

  function stepper(axis) {
    const { length: rank } = shape
    const button = (sign, by, label) => {
      const node = element('button', { type: 'button', class: 'choice', 'aria-label': label }, sign)
      if (by < 0 && shape[axis] === 1) node.setAttribute('aria-disabled', 'true')
      node.addEventListener('click', () => {
        if (node.ariaDisabled === 'true') return
        resize(axis, by)
        sizes.querySelectorAll('button')[axis * 2 + (by > 0 ? 1 : 0)]?.focus()
      })
      return node
    }
    return element(
      'span',
      { class: 'size' },
      element('span', {}, t('inputs.axis', axis, flowOf(axis, rank).arrow)),
      button('−', -1, t('tools.remove', operand, axis, rank)),
      element('span', { class: 'count' }, `${shape[axis]}`),
      button('+', 1, t('tools.add', operand, axis, rank)),
    )
  }

  async function open(chosen) {
    if (!chosen) return
    const buffer = await chosen.arrayBuffer()
    take(() => (isNpy(buffer) ? readNpy(buffer) : readPasted(new TextDecoder().decode(buffer).replace(/^\ufeff/, ''))))
  }

  file.addEventListener('change', async () => {
    await open(file.files[0])
    file.value = ''
  })
  target.addEventListener('dragover', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    target.classList.add('is-target')
  })
  target.addEventListener('dragleave', () => target.classList.remove('is-target'))
  target.addEventListener('drop', (event) => {
    target.classList.remove('is-target')
    if (!event.dataTransfer.files.length) return
    event.preventDefault()
    open(event.dataTransfer.files[0])
  })
  target.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain')
    if (!isTensor(text)) return
    event.preventDefault()
    take(() => readPasted(text))
    // The cell that it was pasted into may be gone.
    if (!target.contains(target.getRootNode().activeElement)) target.querySelector('input').focus()
  })

  let refused
  store.follow(() => {
    const say = store.refusals[part]
    if (say !== refused) refusal.textContent = say ? t('paste.refused', operand, say(t)) : ''
    refused = say
    const { shape: now } = store.state[part]
    if (`${now}` === `${shape}`) return
    shape = now
    sizes.replaceChildren(...shape.map((_, axis) => stepper(axis)))
  })
  return element(
    'div',
    { class: 'tools' },
    sizes,
    element('label', { class: 'choice file' }, t('tools.open'), file),
    refusal,
  )
}
