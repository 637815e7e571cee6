/** What is wider or taller than its place scrolls. By keyboard that needs the focus, and a name to be told by; else neither. */

/** @type {WeakMap<Element, Record<string, string>>} */
const ATTRIBUTES = new WeakMap()

let observer

function look(entries) {
  for (const { target } of entries) {
    const { overflowX, overflowY } = getComputedStyle(target)
    // A pixel more comes of rounding.
    const isScrolled =
      (overflowX === 'auto' && target.scrollWidth > target.clientWidth + 1) ||
      (overflowY === 'auto' && target.scrollHeight > target.clientHeight + 1)
    for (const [name, value] of Object.entries(ATTRIBUTES.get(target) ?? {}))
      if (isScrolled) target.setAttribute(name, value)
      else target.removeAttribute(name)
  }
}

/**
 * To be called again when other things are in the box.
 * @template {Element} Box
 * @param {Box} box
 * @param {string} [label] without one, it has a role and a name of its own
 * @returns {Box}
 */
export function scrolls(box, label) {
  ATTRIBUTES.set(box, { tabindex: '0', ...(label !== undefined && { role: 'group', 'aria-label': label }) })
  // It tells of a box when it is first observed, after that is laid out, and when it becomes larger or smaller.
  observer ??= new ResizeObserver(look)
  observer.unobserve(box)
  observer.observe(box)
  return box
}
