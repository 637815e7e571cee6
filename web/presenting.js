/** The menu for teachers: what to show, present mode, and a link to it. */

import { BEATS, beatOf, isQuestion, STORY } from './explorer/model/beats.js'
import { isPressable } from './explorer/model/collapse.js'
import { isAmbiguous } from './explorer/model/predictions.js'
import { PRESETS } from './explorer/model/presets.js'
import { LESSON_STEPS, presentable } from './explorer/model/screens.js'
import { readHash } from './explorer/state/hash.js'
import { createStore, INITIAL } from './explorer/state/state.js'
import { textsIn, translator } from './explorer/texts/languages.js'
import { choice, element, prose, tuple } from './explorer/view/dom.js'
import { SECTION_NAMES, SECTIONS } from './explorer/view/sections.js'
import { PAGE_TEXTS } from './texts.js'

/* What a link to present mode says itself. */
const OWN = /^(show|hide|present|section|beat|stage)=/
/* What else a link for homework says itself: it asks. */
const ASKS = /^(dim|predict|predicted|pin)=/
const NUMBERS = /^(example|a|b)=/
/* Its sizes differ, so that each dim gives another shape. */
const CLEAR = /** @type {import('./explorer/model/presets.js').Preset} */ (PRESETS.find(({ key }) => key === '2x3'))
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
    const said = element('p', { class: 'hint', role: 'status' })
    const isPresented = element('input', { type: 'checkbox', checked: true })
    const boxes = boxesFor(explorer, chosen, () => {
      said.textContent = ''
      count()
    })
    const names = () => presentable(SECTION_NAMES).filter((name) => chosen.has(name))
    const start = choice('', () => {
      dialog.close()
      explorer.startPresenting(/** @type {any} */ (names()))
    })
    start.classList.add('strong')
    start.autofocus = true
    function count() {
      start.textContent = t('present.start', ...startOf(explorer, names()))
    }
    count()
    const linkButton = (label, write) =>
      choice(label, async () => {
        try {
          await copy(write())
          said.textContent = t('present.copied')
        } catch {
          said.textContent = write()
        }
      })
    const link = linkButton(t('present.copy'), () =>
      linkTo(explorer, [...shownFor(names()), ...(isPresented.checked ? [`present=${STORY}`] : [])]),
    )
    const homework = linkButton(t('present.homework'), () => linkForHomework(explorer, names()))
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
          t('present.always', BEATS.length, LESSON_STEPS),
        ),
        ...boxes,
      ),
      element('label', {}, isPresented, t('present.opens')),
      element('p', { class: 'hint' }, t('present.holds')),
      element('p', { class: 'hint' }, ...asks(explorer, t)),
      element(
        'div',
        { class: 'actions' },
        start,
        link,
        homework,
        choice(t('present.close'), () => dialog.close()),
        said,
      ),
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

/** The place of the screen that it starts at, how many there are, and that one's title. */
function startOf(explorer, names) {
  const screens = [...BEATS, ...SECTIONS.filter(({ name }) => names.includes(name))]
  const from = explorer.presentingStart(names)
  const place = screens.findIndex((one) => ('key' in one ? one.key : one.name) === from)
  return [place + 1, screens.length, screens[place].title(textsIn(explorer.language))]
}

/** A box for each section that can be a screen. */
function boxesFor(explorer, chosen, changed) {
  const titleOf = (name) => SECTIONS.find((one) => one.name === name)?.title(textsIn(explorer.language)) ?? ''
  return presentable(SECTION_NAMES).map((name) => {
    const box = element('input', { type: 'checkbox', value: name, checked: chosen.has(name) })
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(name)
      else chosen.delete(name)
      changed()
    })
    return element('label', {}, box, titleOf(name))
  })
}

const shownFor = (names) => [`show=${[STORY, 'collapse', ...names]}`]
const partsOf = (hash) => hash.replace('#', '').split('&').filter(Boolean)

/** A link to the page's numbers, in its language, with these parts. */
function linkTo(explorer, parts, isLeft = (part) => OWN.test(part)) {
  const own = partsOf(explorer.sharedHash).filter((part) => !isLeft(part))
  return `${location.href.replace(/#.*/s, '')}#${[...own, ...parts].join('&')}`
}

/**
 * What homework asks, at A and B: the question of the beat, or else what the first dim gives. If another dim would give
 * the same shape, or nothing can be asked, it is asked of other numbers.
 */
function homeworkOf(explorer) {
  const { state } = readHash(explorer.sharedHash, INITIAL)
  const t = textsIn(explorer.language)
  const beat = beatOf(state)
  if (isQuestion(beat)) {
    const asked = `${beat.words(t, beat.changes.dims ?? [])} ${beat.title(t)}`
    return { shown: [], parts: [`beat=${beat.key}`], isOwn: true, asked }
  }
  const [own] = createStore(state, () => {}).views
  const isOwn = Boolean(own?.outputs?.length) && !isAmbiguous(own)
  const [view] = isOwn ? [own] : createStore({ ...INITIAL, ...CLEAR.changes }, () => {}).views
  const { A, B, common, dim } = view
  return {
    // What the press has no room for, the panels show.
    shown: isPressable(common) ? ['predict'] : ['predict', 'panels'],
    parts: [...(isOwn ? [] : [`example=${CLEAR.key}`]), `dim=${dim}`, `predict=${dim}`, 'stage=apart'],
    isOwn,
    asked: t('quiz.asked', tuple(A.shape), tuple(B.shape), dim),
  }
}

/** Says which question the link for homework opens, and about which numbers. */
function asks(explorer, t) {
  const { isOwn, asked } = homeworkOf(explorer)
  return prose(t('present.asks', isOwn, asked))
}

function linkForHomework(explorer, names) {
  const { shown, parts, isOwn } = homeworkOf(explorer)
  const isLeft = (part) => OWN.test(part) || ASKS.test(part) || (!isOwn && NUMBERS.test(part))
  return linkTo(explorer, [...shownFor(new Set([...shown, ...names])), ...parts], isLeft)
}
