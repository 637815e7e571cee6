/** A copy of an SVG drawing that no longer needs the page's style sheets. */

import { svg } from '../dom.js'

/* What style sheets say of drawings. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
]
const REFERENCE = /url\(["']?#([^"')]+)["']?\)/

/** @param {SVGElement} original */
export function drawingOf(original) {
  const copy = /** @type {SVGElement} */ (original.cloneNode(true))
  const copies = [copy, ...copy.querySelectorAll('*')]
  const originals = [original, ...original.querySelectorAll('*')]
  for (const [i, node] of originals.entries()) if (!settle(node, copies[i])) copies[i].remove()
  copy.setAttribute('overflow', 'visible')
  return copy
}

/** Writes the styles of a node into its copy. Returns whether it is seen. */
function settle(node, copy) {
  const style = getComputedStyle(node)
  if (style.display === 'none' || style.visibility === 'hidden') return false
  for (const name of ['class', 'style', 'aria-hidden']) copy.removeAttribute(name)
  for (const name of STYLES) copy.setAttribute(name, style.getPropertyValue(name).replace(REFERENCE, 'url(#$1)'))
  if (style.transform !== 'none') copy.setAttribute('transform', style.transform)
  return true
}

/**
 * The patterns and gradients that a picture refers to, wherever they are defined.
 * @param {SVGElement} picture
 * @param {ShadowRoot} root
 */
export function definitionsFor(picture, root) {
  const names = [...picture.querySelectorAll('*')].flatMap((node) =>
    ['fill', 'stroke'].flatMap((name) => node.getAttribute(name)?.match(REFERENCE)?.[1] ?? []),
  )
  const definitions = [...new Set(names)].flatMap((name) => root.getElementById(name) ?? [])
  return svg('defs', {}, ...definitions.map((one) => drawingOf(/** @type {any} */ (one))))
}
