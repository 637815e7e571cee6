/** The choice of a shape. Square matrices hide what dim does: both results are equally long. */
import { element } from './dom.js'
import { chooseShape, SHAPES, state } from './state.js'

export function shapeChoice() {
  const choices = SHAPES.map((shape) => {
    const radio = element('input', { type: 'radio', name: 'shape', value: shape, checked: shape === state.shape })
    radio.addEventListener('change', () => chooseShape(shape))
    return element('label', {}, radio, shape)
  })
  return element(
    'fieldset',
    { class: 'setting' },
    element('legend', {}, 'Shape of A and B'),
    element('div', { class: 'choices' }, ...choices),
    element(
      'p',
      { class: 'hint' },
      'In a square both results are equally long. Take another shape to see which axis is gone.',
    ),
  )
}
