/** A and B as small half cells that can be edited, with what is wrong with them below. */

import { isFlat } from '../../model/collapse.js'
import { cellKey } from '../../model/explanations.js'
import { blocksOf, indexesOf } from '../../model/tensors.js'
import { element } from '../dom.js'
import { numberField } from '../parts/field.js'
import { takeHere } from '../parts/intake.js'
import { rove } from '../parts/rove.js'
import { walkWithArrows } from '../parts/walk.js'

/** @param {import('../sections.js').Context} context */
export function operandFields(context) {
  const { store } = context
  const all = ['A', 'B'].map((operand) => operandField(context, operand))
  const root = element(
    'div',
    { class: 'given-operands' },
    ...all.map(({ root }) => root),
    element('div', { class: 'faults' }, ...all.map(({ faults }) => faults)),
  )
  store.follow(() => {
    const { a, b } = store.state
    const digits = Math.max(...[...a.cells, ...b.cells].map(({ length }) => length))
    root.style.setProperty('--digits', `${digits}`)
    for (const one of all) one.update()
  })
  return root
}

function operandField(context, operand) {
  const { store, t } = context
  const part = /** @type {'a' | 'b'} */ (operand.toLowerCase())
  const cells = element('div', { class: `halves ${part}` })
  const faults = element('div')
  const root = element(
    'div',
    { role: 'group' },
    element('span', { class: 'operand-name', 'aria-hidden': 'true' }, operand),
    cells,
  )
  takeHere(store, part, root)
  let shape
  let fields = []

  function build() {
    fields = indexesOf(shape).map((index, place) => {
      const name = t('inputs.cell', operand, index)
      return numberField(context, part, place, name, {
        id: `half-${part}-${place}`,
        'aria-label': name,
        inputmode: 'decimal',
        'data-key': cellKey(operand, index),
      })
    })
    for (const { message } of fields) message.className = 'fault'
    const inputs = fields.map(({ input }) => input)
    cells.replaceChildren(...inputs)
    rove(inputs, 1)
    const [{ rows }] = blocksOf(shape)
    walkWithArrows(rows.map((row, i) => inputs.slice(i * row.length, (i + 1) * row.length)))
    root.setAttribute('aria-label', t('inputs.pictured', operand) + (inputs.length > 1 ? t('inputs.arrows') : ''))
    faults.replaceChildren(...fields.map(({ message }) => message))
    cells.style.setProperty('--columns', shape.at(-1) ?? 1)
  }

  return {
    root,
    faults,
    update() {
      const { shape: now } = store.state[part]
      if (`${now}` !== `${shape}`) {
        shape = now
        if (isFlat(shape)) build()
        else fields = []
      }
      const output = store.views.flatMap(({ outputs = [] }) => outputs).find(({ key }) => key === store.looked)
      const lit = new Set(output?.cells ?? [store.looked])
      for (const { input, update } of fields) {
        update()
        input.toggleAttribute('data-lit', lit.has(input.dataset.key))
      }
    },
  }
}
