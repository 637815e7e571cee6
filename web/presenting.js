/** The menu for teachers: what to show, present mode, and a link to it. */

import { BEATS, STORY } from './explorer/model/beats.js'
import { presentable } from './explorer/model/screens.js'
import { textsIn, translator } from './explorer/texts/languages.js'
import { choice, element, prose } from './explorer/view/dom.js'
import { SECTION_NAMES, SECTIONS } from './explorer/view/sections.js'
import { PAGE_TEXTS } from './texts.js'

/* What a link to present mode says itself. */
const OWN = /^(show|hide|present|section|beat|stage)=/
/* The sections that the page shows, if its link chooses. */
const SHOWN = /(?:^#?|&)show=([^&]*)/

const MENU = { class: 'present-menu', 'aria-labelledby': 'present-heading', 'aria-describedby': 'present-lead' }

/**
 * @param {import('../types/explorer.js').CosineDimElement} explorer
 * @param {(text: string) => Promise<void>} copy
 * @returns {{ open: () => void, dialog: HTMLDialogElement }}
 */
export function presentMenu(explorer, copy) {
  const dialog = element('dialog', MENU)
  const chosen = new Set()

  function build() {
    const t = translator(PAGE_TEXTS[explorer.language])
    const titleOf = (name) => SECTIONS.find((one) => one.name === name)?.title(textsIn(explorer.language)) ?? ''
    const said = element('p', { class: 'hint', role: 'status' })
    const isPresented = element('input', { type: 'checkbox', checked: true })
    const boxes = presentable(SECTION_NAMES).map((name) => {
      const box = element('input', { type: 'checkbox', value: name, checked: chosen.has(name) })
      box.addEventListener('change', () => {
        if (box.checked) chosen.add(name)
        else chosen.delete(name)
        said.textContent = ''
        count()
      })
      return element('label', {}, box, titleOf(name))
    })
    const names = () => presentable(SECTION_NAMES).filter((name) => chosen.has(name))
    const start = choice('', () => {
      dialog.close()
      explorer.startPresenting(/** @type {any} */ (names()))
    })
    start.classList.add('strong')
    start.autofocus = true
    function count() {
      start.textContent = t('present.start', BEATS.length + names().length)
    }
    count()
    const link = choice(t('present.copy'), async () => {
      try {
        await copy(linkTo(explorer, names(), isPresented.checked))
        said.textContent = t('present.copied')
      } catch {
        said.textContent = linkTo(explorer, names(), isPresented.checked)
      }
    })
    dialog.replaceChildren(
      element('h2', { id: 'present-heading' }, t('page.present')),
      element('p', { id: 'present-lead' }, t('present.lead')),
      element(
        'fieldset',
        {},
        element('legend', {}, t('present.what')),
        element(
          'label',
          {},
          element('input', { type: 'checkbox', checked: true, disabled: true }),
          t('present.always', BEATS.length),
        ),
        ...boxes,
      ),
      element('label', {}, isPresented, t('present.opens')),
      element('p', { class: 'hint' }, t('present.holds')),
      element(
        'div',
        { class: 'actions' },
        start,
        link,
        choice(t('present.close'), () => dialog.close()),
        said,
      ),
      element('p', { class: 'hint' }, ...prose(t('present.names'))),
    )
  }

  // Esc closes the menu, and no more.
  dialog.addEventListener('keydown', (event) => event.stopPropagation())
  return {
    dialog,
    open() {
      const shown = SHOWN.exec(explorer.hash)?.[1].split(',')
      if (shown) chosen.clear()
      for (const name of shown ?? []) chosen.add(name)
      build()
      dialog.showModal()
    },
  }
}

function linkTo(explorer, names, isPresented) {
  const own = explorer.sharedHash
    .replace('#', '')
    .split('&')
    .filter((part) => part && !OWN.test(part))
  const parts = [`show=${[STORY, 'collapse', ...names]}`, ...(isPresented ? [`present=${STORY}`] : [])]
  return `${location.href.replace(/#.*/s, '')}#${[...own, ...parts].join('&')}`
}
