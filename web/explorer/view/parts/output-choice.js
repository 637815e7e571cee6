/** The list of all outputs of all dims. Choosing one pins it. */
import { element } from '../dom.js'

/** @param {import('../sections.js').Context} context */
export function outputChoice({ store, t }) {
  const select = element('select', { id: 'stepped', class: 'choice' })
  select.addEventListener('change', () => store.update({ pinned: select.value }))
  /** The lanes that the list was built from. */
  let listed = []

  function list() {
    const lanes = store.views.map((view) => view.lanes)
    if (lanes.length === listed.length && lanes.every((one, i) => one === listed[i])) return
    listed = lanes
    select.replaceChildren(
      ...store.views.map(({ dim, outputs = [] }) =>
        element(
          'optgroup',
          { label: `dim=${dim}` },
          // An option has one text for everybody, so it is in words.
          ...outputs.map(({ key, name }) => element('option', { value: key }, t('spoken', name(t)))),
        ),
      ),
    )
  }
  return {
    select,
    root: element('label', { class: 'stepped' }, t('stepper.output'), select),
    update(output) {
      list()
      select.value = output.key
    },
  }
}
