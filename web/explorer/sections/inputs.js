/** A and B to edit, the examples to begin from, and eps. */
import { element } from '../dom.js'
import { epsField } from '../parts/field.js'
import { presets } from '../parts/presets.js'
import { tensorEditor } from '../parts/tensor-editor.js'

export const inputs = (context) =>
  element(
    'section',
    { class: 'inputs', 'aria-label': context.t('inputs.heading') },
    tensorEditor(context, 'A', 'B'),
    tensorEditor(context, 'B', 'A'),
    element('div', { class: 'settings' }, presets(context), epsField(context)),
  )
