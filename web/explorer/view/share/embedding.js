/** The HTML that shows the same on another page, in a dialog. */

import { choice, element, prose } from '../dom.js'

/** Where scripts do not run, the tag shows this. */
const PACKAGE = 'https://www.npmjs.com/package/cosdim'
/** As in the README. */
export const SCRIPT = 'https://cdn.jsdelivr.net/npm/cosdim@0.1/dist/explorer.js'

/** @param {import('../sections.js').Context} context */
export function embedding({ t, markup }) {
  const code = element('textarea', { readonly: true, rows: 5, 'aria-label': t('sharing.label'), spellcheck: 'false' })
  const said = element('p', { class: 'hint', 'aria-live': 'polite' })
  const dialog = element(
    'dialog',
    { class: 'embedding', 'aria-labelledby': 'embedding' },
    element('h2', { id: 'embedding' }, t('sharing.embed')),
    element('p', {}, t('sharing.lead')),
    code,
    element('p', { class: 'hint' }, ...prose(t('sharing.serve'))),
    element(
      'div',
      { class: 'actions' },
      choice(t('sharing.copy'), async () => {
        code.select()
        try {
          await navigator.clipboard.writeText(code.value)
          said.textContent = t('sharing.embedded')
        } catch {
          code.focus()
          said.textContent = t('sharing.select')
        }
      }),
      choice(t('sharing.close'), () => dialog.close()),
      said,
    ),
  )
  const button = choice(t('sharing.embed'), () => {
    const script = element('script', { type: 'module', src: SCRIPT })
    const link = element('a', { href: PACKAGE }, t('sharing.link'))
    code.value = `${script.outerHTML}\n${markup().replace('></', `>${link.outerHTML}</`)}`
    said.textContent = ''
    dialog.showModal()
    code.focus()
    code.select()
  })
  button.setAttribute('aria-haspopup', 'dialog')
  // Esc closes the dialog, and no more.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  return { button, dialog }
}
