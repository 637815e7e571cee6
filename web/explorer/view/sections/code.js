/** The code that computes what is on the screen, in each library, ready to copy. */
import { isDecidedByEps, LIBRARIES, writeCode } from '../../io/code.js'
import { isBeyondFloat32 } from '../../model/explanations.js'
import { outcomeOf } from '../../model/predictions.js'
import { isCovered } from '../../model/screens.js'
import { choice, element, prose } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'

/**
 * Replaces only the part of the text that differs. The browser then keeps the layout of the other lines; 150 rows have
 * many.
 */
function rewrite(node, text) {
  const { data } = node
  const shorter = Math.min(data.length, text.length)
  let start = 0
  while (start < shorter && data[start] === text[start]) start++
  let end = 0
  while (end < shorter - start && data.at(-1 - end) === text.at(-1 - end)) end++
  if (start < data.length || start < text.length)
    node.replaceData(start, data.length - start - end, text.slice(start, text.length - end))
}

/** Where no panel shows the results, those that are still to be predicted are left out. */
function told({ store, shown }, view) {
  const { present, predicted } = store.state
  const has = (name) => shown.some((one) => one.name === name)
  const isAsked = has('predict') && !has('panels') && !present
  return isAsked && view.outputs?.length && !outcomeOf(predicted, view) ? { ...view, printed: '…' } : view
}

/* A result is a comment of its own. Covered in present mode, its lines stay. */
const RESULT = /^(#|\/\/) .*/gm

export function code(context) {
  const { store, t } = context
  const heading = sectionHeading(context, 'code')
  const radios = LIBRARIES.map((name) => {
    const radio = element('input', { type: 'radio', name: 'code', value: name })
    radio.addEventListener('change', () => store.update({ code: name }))
    return radio
  })
  const written = document.createTextNode('')
  const text = element('pre', { class: 'code', tabindex: 0, role: 'group', 'aria-labelledby': heading.id }, written)
  const hint = element('p', { class: 'hint' })
  const copied = element('p', { class: 'hint', role: 'status' })

  const copy = choice(t('code.copy'), async () => {
    try {
      await navigator.clipboard.writeText(text.textContent)
      copied.textContent = t('code.copied')
    } catch {
      getSelection()?.selectAllChildren(text)
      copied.textContent = t('code.notCopied')
    }
  })

  let drawn
  let library
  let predicted
  let wasCovered
  store.follow(() => {
    const covered = isCovered(store)
    const { state, views } = store
    const isSame = views === drawn && state.code === library && state.predicted === predicted
    if (isSame && covered === wasCovered) return
    wasCovered = covered
    drawn = views
    library = state.code
    predicted = state.predicted
    for (const radio of radios) radio.checked = radio.value === library
    const isWhole = drawn.length > 0
    text.hidden = copy.hidden = !isWhole
    const whole = isWhole
      ? writeCode(
          library,
          drawn.map((view) => told(context, view)),
        )
      : ''
    rewrite(written, covered ? whole.replace(RESULT, '$1 …') : whole)
    hint.replaceChildren(...prose(hintOf()))
    copied.textContent = ''
  })

  function hintOf() {
    if (!drawn.length) return t('panels.none')
    if (library === 'PyTorch' && isBeyondFloat32(drawn)) return t('code.overflow')
    return library === 'SciPy' && isDecidedByEps(drawn) ? t('code.noEps') : t('code.note', library)
  }

  return element(
    'section',
    { class: 'code-section', 'aria-labelledby': heading.id },
    heading,
    element(
      'div',
      { class: 'choices' },
      element(
        'fieldset',
        { class: 'radios' },
        element('legend', { class: 'unseen' }, t('code.library')),
        ...radios.map((radio) => element('label', {}, radio, radio.value)),
      ),
      copy,
      copied,
    ),
    text,
    hint,
  )
}
