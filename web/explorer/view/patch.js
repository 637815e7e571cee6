/**
 * Changes a part of the page into another without building it anew: an edit changes a few numbers, and the browser then lays
 * out only these. For parts without listeners, because those of the new nodes are lost.
 */

import { scrollsLike } from './parts/scroller.js'

/**
 * Gives a node the children that it would get from replaceChildren().
 * @param {Element} node
 * @param {(Node | string)[]} children
 */
export function patch(node, ...children) {
  let old = node.firstChild
  for (const child of children) {
    const next = old?.nextSibling ?? null
    if (!old) node.append(child)
    else if (typeof child === 'string') write(old, child)
    else if (old.nodeName !== child.nodeName) old.replaceWith(child)
    else if (old instanceof Element) become(old, /** @type {Element} */ (child))
    else write(old, child.nodeValue)
    old = next
  }
  while (old) {
    const next = old.nextSibling
    old.remove()
    old = next
  }
}

function write(node, text) {
  if (node instanceof Element) node.replaceWith(text)
  else if (node.nodeValue !== text) node.nodeValue = text
}

/**
 * @param {Element} node
 * @param {Element} other of the same name
 */
function become(node, other) {
  if (node.isEqualNode(other)) return
  patch(node, ...other.childNodes)
  // Such a box got attributes once it was laid out.
  if (scrollsLike(node, other)) return
  for (const name of node.getAttributeNames()) if (!other.hasAttribute(name)) node.removeAttribute(name)
  for (const name of other.getAttributeNames()) {
    const value = /** @type {string} */ (other.getAttribute(name))
    if (node.getAttribute(name) === value) continue
    // A strict policy forbids the attribute.
    if (name === 'style') /** @type {HTMLElement} */ (node).style.cssText = value
    else node.setAttribute(name, value)
  }
}
