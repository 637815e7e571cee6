/**
 * One target against many rows: similarities turned into shares, by their sum and by softmax, with bars beside the
 * numbers.
 */
import { ATTENTION_EXAMPLES } from '../../model/attention.js'
import { outputsFor } from '../../model/explanations.js'
import { isSameTensor } from '../../model/tensors.js'
import { choice, element, prose, unseen } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'
import { tensorEditors } from '../parts/tensor-editor.js'
import { patch } from '../patch.js'

export function attention(context) {
  const { store, t } = context
  const heading = sectionHeading(context, 'attention')
  const stale = element('p', { class: 'stale' })
  const result = element('div', { class: 'shares' })
  let drawn = null
  store.follow(() => {
    stale.hidden = !store.isAttentionStale
    if (!stale.hidden) stale.textContent = store.attention ? t('attention.stale') : t('panels.none')
    if (store.attention !== drawn) {
      drawn = store.attention
      patch(result, ...(drawn ? shares(t, drawn) : []))
    }
    if (drawn) light(result, drawn, store)
  })
  return element(
    'section',
    { class: 'attention', 'aria-labelledby': heading.id },
    heading,
    element('p', {}, ...prose(t('attention.lead'))),
    examples(context),
    tensorEditors(context, { class: 'operands' }, ['target', 'behaviored']),
    stale,
    result,
  )
}

function examples({ store, t }) {
  const buttons = ATTENTION_EXAMPLES.map(({ name, changes }) =>
    choice(name(t), () => store.update(changes, { isNavigation: true })),
  )
  store.follow(() => {
    ATTENTION_EXAMPLES.forEach(({ changes }, i) => {
      const isHere = Object.entries(changes).every(([part, tensor]) => isSameTensor(store.state[part], tensor))
      buttons[i].setAttribute('aria-pressed', `${isHere}`)
    })
  })
  return element('div', { class: 'choices', role: 'group', 'aria-label': t('attention.examples') }, ...buttons)
}

/** Highlights the rows of what is hovered, focused or pinned. */
function light(result, attention, { looked, state }) {
  const lit = new Set(outputsFor(attention, looked).map(({ key }) => key))
  for (const row of result.querySelectorAll('tbody tr')) {
    const button = row.querySelector('button')
    row.toggleAttribute('data-lit', lit.has(button.dataset.key))
    button.setAttribute('aria-pressed', `${button.dataset.key === state.pinned}`)
  }
}

function shares(t, { error, similarities, sum, softmax, outputs }) {
  if (error) return [element('p', { class: 'error' }, error(t))]
  const scale = scaleOf([...sum.values, ...softmax.values])
  const head = (name) => element('th', { scope: 'col' }, ...prose(name))
  const figure = (text) => element('td', { class: 'figure' }, text)
  const total = ({ total }) => figure(total)
  return [
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, t('attention.caption')),
      element(
        'thead',
        {},
        element('tr', {}, head(t('attention.row')), head('`cos`'), head(t('attention.bySum')), head('`softmax`')),
      ),
      element(
        'tbody',
        {},
        ...similarities.texts.map((text, i) =>
          element(
            'tr',
            { 'data-look': outputs[i].look, 'data-key': outputs[i].key },
            element('th', { scope: 'row' }, rowButton(t, i, outputs[i])),
            figure(text),
            ...[sum, softmax].map(({ values, texts }) => share(values[i], texts[i], scale)),
          ),
        ),
      ),
      element(
        'tfoot',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, t('attention.total')),
          ...[similarities, sum, softmax].map(total),
        ),
      ),
    ),
    element('p', {}, ...prose(note(t, similarities, sum))),
  ]
}

const rowButton = (t, i, { key }) =>
  element(
    'button',
    { type: 'button', class: 'row', 'data-key': key },
    unseen(`${t('attention.rowName')}, ${t('attention.row')} ${i}`),
    element('span', { 'aria-hidden': 'true' }, `[${i}] →`),
  )

/** Maps the range of the values, extended to include 0, to [0, 1]. */
function scaleOf(values) {
  const finite = values.filter(Number.isFinite)
  const [least, largest] = [Math.min(0, ...finite), Math.max(0, ...finite)]
  return (value) => (value - least) / (largest - least)
}

/** A bar from 0 to the value. inf and nan get none. */
function share(value, text, scale) {
  const cell = element('td', { class: 'figure' }, text)
  if (!Number.isFinite(value)) return cell
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' })
  bar.style.setProperty('--from', scale(Math.min(0, value)))
  bar.style.setProperty('--to', scale(Math.max(0, value)))
  bar.style.setProperty('--zero', scale(0))
  cell.append(bar)
  return cell
}

/** A remark on these numbers: what goes wrong with them, or else what could. */
function note(t, similarities, sum) {
  if (similarities.values.every((value) => value === 0)) return t('attention.allZero')
  if (!similarities.values.every(Number.isFinite)) return t('attention.notFinite')
  if (!sum.values.every(Number.isFinite)) return t('attention.sumZero')
  if (similarities.sum < 0) return t('attention.turned')
  return sum.values.some((value) => value < 0) ? t('attention.negative') : t('attention.fine')
}
