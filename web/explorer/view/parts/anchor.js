/** Links to sections. They change the state and scroll, but leave the URL to the page. */

import { element } from '../dom.js'
import { isModified } from './rove.js'

/**
 * Scrolls to a section, and focuses what names it.
 * @param {ShadowRoot} root
 * @param {string} name
 */
export function goToSection(root, name) {
  const section = root.getElementById(`section-${name}`)
  if (!section || section.hidden) return
  const heading = root.getElementById(section.getAttribute('aria-labelledby') ?? '') ?? section
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  section.scrollIntoView()
}

/**
 * @param {import('../sections.js').Context} context
 * @param {string} name
 * @param {string} label
 * @param {Record<string, unknown>} [attributes]
 * @param {import('../sections.js').Section['begin']} [begin] what changes on going there
 */
export function sectionLink({ store }, name, label, attributes = {}, begin) {
  const link = element('a', { href: `#section=${name}`, ...attributes }, label)
  link.addEventListener('click', (event) => {
    if (isModified(event)) return
    event.preventDefault()
    const root = /** @type {ShadowRoot} */ (link.getRootNode())
    store.update({ ...begin?.(store), section: name }, { isNavigation: true })
    goToSection(root, name)
  })
  return link
}

/**
 * A section's heading, with a link to it for the mouse. The table of contents has the same links for the keyboard.
 * @param {import('../sections.js').Context} context
 * @param {string} name
 */
export function sectionHeading(context, name) {
  const { title } = /** @type {import('../sections.js').Section} */ (context.shown.find((one) => one.name === name))
  const link = sectionLink(context, name, '', { class: 'anchor', 'aria-hidden': 'true', tabindex: -1 })
  return element('h2', { id: name }, title(context.t), link)
}
