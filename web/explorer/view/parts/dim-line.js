/**
 * The radio buttons for the legal dims, each labelled with both of its names. An out-of-range dim selects none of them.
 */

import { dimNames, flowOf, isSameAxis, legalDims } from '../../model/explanations.js'
import { minus } from '../../model/numbers.js'
import { element } from '../dom.js'

/**
 * The dims after one panel switches to another dim. No two panels show the same axis, so a panel that already shows it
 * takes the old dim in exchange. If the old dim was out of range, that panel is removed.
 * @param {import('../../state/state.js').Store} store
 * @param {number} place the index of the panel that switches
 * @param {number} dim
 */
export function dimsWith({ dims, views }, place, dim) {
  const { common } = views[place]
  const had = legalDims(common).filter((one) => one === dims[place])
  return dims.flatMap((one, i) => (i === place ? dim : isSameAxis(one, dim, common) ? had : one))
}

export function dimLine({ store, t }, place) {
  const root = element('fieldset', { class: 'dims' })
  let common
  let radios = []

  function build() {
    radios = dimNames(common).map(({ dim, negative }) => {
      const radio = element('input', {
        type: 'radio',
        name: `dim-${place}`,
        value: dim,
        'aria-label': t('collapse.size', dim, negative, common[dim] ?? 1),
      })
      radio.addEventListener('change', () => store.update({ dims: dimsWith(store, place, dim), pinned: undefined }))
      const names = `${t('collapse.names', dim, minus(`${negative}`))} ${flowOf(dim, common.length).arrow}`.trimEnd()
      return {
        radio,
        dim,
        negative,
        label: element('label', {}, radio, element('span', { 'aria-hidden': 'true' }, names)),
      }
    })
    root.replaceChildren(element('legend', { class: 'unseen' }, t('panels.dims')), ...radios.map(({ label }) => label))
  }

  return {
    root,
    update(view, chosen) {
      root.hidden = !view?.common
      if (root.hidden) return
      if (`${view.common}` !== `${common}` || !radios.length) {
        common = view.common
        build()
      }
      for (const { radio, dim, negative } of radios) radio.checked = chosen === dim || chosen === negative
    },
  }
}
