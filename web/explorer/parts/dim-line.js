/** The line of legal dims, each under both of its names. A dim that there is not checks none of them. */
import { element } from '../dom.js'
import { dimNames, flowOf } from '../explanations.js'

export function dimLine({ store, t }, place) {
  const root = element('fieldset', { class: 'dims' })
  let common
  let radios = []

  function build() {
    radios = dimNames(common).map(({ dim, negative }) => {
      const radio = element('input', { type: 'radio', name: `dim-${place}`, value: dim })
      radio.addEventListener('change', () =>
        store.update({ dims: store.dims.map((one, i) => (i === place ? dim : one)), pinned: undefined }),
      )
      const names = `${dim} / −${-negative} ${flowOf(dim, common.length).arrow}`
      return { radio, dim, negative, label: element('label', {}, radio, names) }
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
