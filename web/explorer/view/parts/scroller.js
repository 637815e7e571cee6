/** Makes boxes that scroll reachable by keyboard: they get a Tab stop and a name. Boxes that fit get neither. */

/** @type {WeakMap<Element, Record<string, string>>} */
const ATTRIBUTES = new WeakMap()

let observer

function look(entries) {
  for (const { target } of entries) {
    const { overflowX, overflowY } = getComputedStyle(target)
    // Rounding can account for one pixel.
    const isScrolled =
      (overflowX === 'auto' && target.scrollWidth > target.clientWidth + 1) ||
      (overflowY === 'auto' && target.scrollHeight > target.clientHeight + 1)
    for (const [name, value] of Object.entries(ATTRIBUTES.get(target) ?? {}))
      if (isScrolled) target.setAttribute(name, value)
      else target.removeAttribute(name)
  }
}

/**
 * Has a box scroll as another one does that takes its place. Returns whether that is one that scrolls.
 * @param {Element} box
 * @param {Element} other
 */
export function scrollsLike(box, other) {
  const attributes = ATTRIBUTES.get(other)
  if (attributes) scrolls(box, attributes['aria-label'])
  return Boolean(attributes)
}

/**
 * Call it again when the box's content changes.
 * @template {Element} Box
 * @param {Box} box
 * @param {string} [label] leave it out if the box already has a role and a name
 * @returns {Box}
 */
export function scrolls(box, label) {
  ATTRIBUTES.set(box, { tabindex: '0', ...(label !== undefined && { role: 'group', 'aria-label': label }) })
  // The observer reports a box after its first layout, and whenever its size changes.
  observer ??= new ResizeObserver(look)
  observer.unobserve(box)
  observer.observe(box)
  return box
}
