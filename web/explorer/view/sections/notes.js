/** How to use the explorer and how to read its numbers. */
import { element, unseenHeading } from '../dom.js'

export const notes = ({ t }) =>
  element(
    'section',
    { class: 'notes', 'aria-label': t('notes.heading') },
    unseenHeading(t('notes.heading')),
    element('p', {}, t('notes.how')),
    element('p', {}, t('notes.printing')),
  )
