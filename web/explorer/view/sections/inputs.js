/** A and B as editable tables, the examples, and further tools in a fold. */
import { element, unseenHeading } from '../dom.js'
import { presets } from '../parts/presets.js'
import { tensorEditors } from '../parts/tensor-editor.js'
import { tools } from '../parts/tools.js'

export const inputs = (context) =>
  element(
    'section',
    { class: 'inputs', 'aria-label': context.t('inputs.heading') },
    unseenHeading(context.t('inputs.heading')),
    tensorEditors(context, { class: 'matrices' }, ['A', 'B'], true),
    element('div', { class: 'settings' }, presets(context), tools(context)),
  )
